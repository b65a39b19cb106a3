"""The files of the web editor, which lie in the package."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from sitegen.formats.sveltia import FILES
from sitegen.problems import SitegenError

HERE = Path(__file__).parents[1] / "vendor" / "sveltia"


def read() -> Mapping[str, bytes]:
    """The files that are served, by name. SitegenError for one that is not as it was made.

    People type the keys to their repository into what these files make.
    """
    found = {name: (HERE / name).read_bytes() for name in FILES}
    for name, data in found.items():
        if sha256(data).hexdigest() != FILES[name]:
            message = f"{HERE / name} is not the file that belongs to the web editor"
            raise SitegenError(message, fix="install sitegen again")
    return found
