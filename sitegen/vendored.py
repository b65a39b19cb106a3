"""The files of the web editor, which lie in the package."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from sitegen.sveltia import FILES

HERE = Path(__file__).parent / "vendor" / "sveltia"


def read() -> Mapping[str, bytes]:
    """The files that are served, by name."""
    return {name: (HERE / name).read_bytes() for name in FILES}
