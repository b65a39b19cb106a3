"""Files as they are: media and bundle files that published pages use, and templates/root/."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from sitegen.model import Address, Copied, Output
from sitegen.present import Desk
from sitegen.site import Site

ROOT = "templates/root/"


def addresses(site: Site) -> Iterator[Address]:
    """None that a link could lead to before the links are resolved."""
    return iter(())


def outputs(desk: Desk) -> Iterator[Output]:
    """The files that pages use, and those for the site's root."""
    for path, file in desk.links.copies.items():
        owner = file.source.as_posix()
        yield Copied(path=path, source=file.source, digest=file.digest, owner=owner)
    for name, file in desk.files.items():
        if name.startswith(ROOT):
            path = PurePosixPath(name.removeprefix(ROOT))
            yield Copied(path=path, source=file.source, digest=file.digest, owner=name)
