"""sitegen's own code and its libraries: all that shapes the output beside the site itself."""

from __future__ import annotations

import platform
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from sitegen.fingerprint import Digest, digest

# What shapes the output besides sitegen's own code.
LIBRARIES = (
    *("babel", "cbor2", "jinja2", "markdown", "markupsafe"),
    *("nh3", "pagefind-bin", "pillow", "pyyaml", "tzdata"),
)


@cache
def code_digest() -> Digest:
    """The digest of sitegen's own code and of the libraries that shape the output."""
    versions = tuple((name, _version(name)) for name in LIBRARIES)
    return digest((own_files(), versions, platform.python_version()))


def own_files() -> tuple[tuple[str, bytes], ...]:
    """The files of the package, code and what it serves, by their names."""
    here = Path(__file__).parents[1]
    files = (p for p in sorted(here.rglob("*")) if p.is_file() and "__pycache__" not in p.parts)
    return tuple((str(p.relative_to(here)), p.read_bytes()) for p in files)


def _version(name: str) -> str:
    """The version of a library; empty when it is not there, which is told when it is needed."""
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
