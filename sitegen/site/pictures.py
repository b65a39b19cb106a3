"""Pictures on pages: which variants one has, under which names, and the HTML that offers them.

A variant is the picture in WebP at one width. The file that an editor gave is the fallback, for
browsers that know no WebP.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html import escape
from pathlib import PurePosixPath

from sitegen.model import Copied, Derived, File, Recipe, Shape
from sitegen.shown import Picture
from sitegen.urls import site_path

WIDTHS = (320, 640, 960, 1280, 1920)
# A variant must be so much narrower than the picture to be worth a file of its own.
NARROWER = 0.8
# How wide templates/assets/css/ shows pictures. The column of a post has the margins of .wrap.
COLUMN = 42 * 16
IN_COLUMN = "(min-width: 44rem) 42rem, calc(100vw - 2rem)"
PORTRAIT = "4.5rem"
PORTRAIT_WIDTHS = WIDTHS[:1]


def original(path: PurePosixPath, file: File, shape: Shape | None) -> Copied | Derived:
    """The picture itself: without metadata and upright, or copied where it is so already."""
    source, owner = file.source, file.source.as_posix()
    if shape is None or not shape.dirty:
        return Copied(path=path, source=source, digest=file.digest, owner=owner)
    recipe = Recipe(format=shape.kind)
    return Derived(path=path, source=source, digest=file.digest, recipe=recipe, owner=owner)


def variants(
    path: PurePosixPath, file: File, shape: Shape | None, at: Iterable[int] = WIDTHS
) -> tuple[Derived, ...]:
    """The WebP variants of the picture at a path of output/, narrowest first.

    Their names hold the whole name and the digest of the picture, so that neither ``a.png`` beside
    ``a.jpg`` nor any file of an editor's can have the same.
    """
    return tuple(
        Derived(
            path=path.with_name(f"{path.name}.{file.digest[:8]}.{width}w.webp"),
            source=file.source,
            digest=file.digest,
            recipe=Recipe(format="webp", width=width),
            owner=file.source.as_posix(),
        )
        for width in (widths(shape, at) if shape else ())
    )


def widths(shape: Shape, at: Iterable[int] = WIDTHS) -> tuple[int, ...]:
    """How wide its variants are: of these widths the narrower ones, and its own up to the widest.

    Drawings (SVG), what moves and what is small already have none.
    """
    own, at = shape.width or 0, tuple(at)
    if shape.kind == "svg" or shape.animated or own < 2 * WIDTHS[0]:
        return ()
    narrower = tuple(width for width in at if width <= own * NARROWER)
    return (*narrower, own) if own <= at[-1] else narrower


def srcset(made: Iterable[Derived], href: Callable[[str], str]) -> str | None:
    """The candidates for ``srcset``; None when there are none."""
    rows = (f"{href(site_path(one.path))} {one.recipe.width}w" for one in made)
    return ", ".join(rows) or None


def sizes(shape: Shape) -> str:
    """How wide a picture in a text is shown: as wide as it is, up to the column."""
    own = shape.width or COLUMN
    if own >= COLUMN:
        return IN_COLUMN
    return f"(min-width: {own + 32}px) {own}px, calc(100vw - 2rem)"


def element(picture: Picture, attributes: str) -> str:
    """The whole HTML of a picture in a text. ``attributes`` are those typed, as HTML."""
    size = (("width", picture.width), ("height", picture.height))
    known = "".join(f' {name}="{value}"' for name, value in size if value)
    when = ' loading="lazy" decoding="async"' if picture.lazy else ""
    image = f'<img src="{escape(picture.src)}"{attributes}{known}{when}>'
    if not picture.srcset:
        return image
    offered = f'srcset="{escape(picture.srcset)}" sizes="{escape(picture.sizes or "100vw")}"'
    return f'<picture><source type="image/webp" {offered}>{image}</picture>'
