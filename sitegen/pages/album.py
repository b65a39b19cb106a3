"""A picture as a page shows it: its size, its variants, and how wide it is shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from sitegen.model import Entry
from sitegen.pages.desk import Desk
from sitegen.shown import Picture
from sitegen.site import pictures
from sitegen.urls import output_path
from sitegen.views.frame import SharedImage


def lead(entry: Entry, desk: Desk) -> Picture | None:
    """The lead image of a post."""
    image = entry.front.image
    found = desk.links.files.get((entry.ref, "image.src"))
    if image is None or found is None:
        return None
    return replace(
        picture(found.address, desk, sizes=pictures.IN_COLUMN),
        alt=image.alt or "",
        caption=image.caption,
        credit=image.credit,
        lazy=False,
    )


def share_image(entry: Entry, desk: Desk) -> SharedImage | None:
    """The lead image, for those who show a link to the page; no SVG, which few of them can."""
    found = lead(entry, desk)
    if found is None or found.src.lower().endswith(".svg"):
        return None
    url = desk.absolute(desk.links.files[entry.ref, "image.src"].address)
    return SharedImage(url=url, width=found.width, height=found.height, alt=found.alt)


def portrait(address: str, desk: Desk) -> Picture:
    """The photo of a person."""
    return picture(address, desk, at=pictures.PORTRAIT_WIDTHS, sizes=pictures.PORTRAIT)


def picture(
    address: str, desk: Desk, *, at: Iterable[int] = pictures.WIDTHS, sizes: str | None = None
) -> Picture:
    """The picture at a site path, with its variants where the site has any.

    ``sizes`` says how wide it is shown, when that isn't as in a text.
    """
    path = output_path(address.partition("#")[0])
    file = desk.links.copies.get(path)
    shape = desk.shapes.get(file.digest) if file else None
    if file is None or shape is None:
        return Picture(src=desk.href(address), alt="", lazy=True)
    made = pictures.variants(path, file, shape, at) if desk.site.config.images else ()
    return Picture(
        src=desk.href(address),
        alt="",
        width=shape.width,
        height=shape.height,
        srcset=pictures.srcset(made, desk.href),
        sizes=(sizes or pictures.sizes(shape)) if made else None,
        lazy=True,
    )
