"""Media and bundle files that published pages use, pictures in more sizes, and templates/root/."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from sitegen.model import Address, Copied, Derived, Output
from sitegen.pages.desk import Desk
from sitegen.site import pictures
from sitegen.site.index import Site

ROOT = "templates/root/"


def addresses(site: Site) -> Iterator[Address]:
    """None that a link could lead to before the links are resolved."""
    return iter(())


def outputs(desk: Desk) -> Iterator[Output]:
    """The files that pages use, and those for the site's root.

    Pictures are without metadata; those that pages show have variants too.
    """
    for path, file in desk.links.copies.items():
        yield pictures.original(path, file, desk.shapes.get(file.digest))
    if desk.site.config.images:
        yield from _variants(desk)
    for name, file in desk.files.items():
        if name.startswith(ROOT):
            path = PurePosixPath(name.removeprefix(ROOT))
            yield Copied(path=path, source=file.source, digest=file.digest, owner=name)


def _variants(desk: Desk) -> Iterator[Derived]:
    """Of a picture that is only somebody's portrait there are small ones alone."""
    portraits = {
        found.public
        for (_, field), found in desk.links.files.items()
        if field == "photo" and found.public
    }
    widths = {
        **dict.fromkeys(portraits, pictures.PORTRAIT_WIDTHS),
        **dict.fromkeys(desk.links.pictures, pictures.WIDTHS),
    }
    for path, at in sorted(widths.items()):
        file = desk.links.copies[path]
        yield from pictures.variants(path, file, desk.shapes.get(file.digest), at)
