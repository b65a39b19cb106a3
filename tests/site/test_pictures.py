"""Which variants a picture has, what they are called, and the HTML that offers them."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from sitegen.model import Copied, Derived, File, Recipe, Shape
from sitegen.shown import Picture
from sitegen.site.pictures import (
    IN_COLUMN,
    PORTRAIT_WIDTHS,
    element,
    original,
    sizes,
    srcset,
    variants,
    widths,
)

PATH = PurePosixPath("media/a ward.jpg")
FILE = File(source=PurePosixPath("content/media/a ward.jpg"), digest="0123456789abcdef", size=9)


def shape(width: int | None, **more: object) -> Shape:
    """A picture so wide."""
    return Shape(width=width, height=600, **{"kind": "jpeg", **more})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("own", "wanted"),
    [
        (4000, (320, 640, 960, 1280, 1920)),
        (1921, (320, 640, 960, 1280)),
        (1920, (320, 640, 960, 1280, 1920)),
        (1300, (320, 640, 960, 1300)),
        (1000, (320, 640, 1000)),
        (640, (320, 640)),
        (639, ()),
        (1, ()),
    ],
)
def test_the_widths_of_variants(own: int, wanted: tuple[int, ...]) -> None:
    """Clearly narrower ones, and its own where that is not too wide; a small picture has none."""
    assert widths(shape(own)) == wanted


@pytest.mark.parametrize(
    "alone", [shape(4000, animated=True), shape(4000, kind="svg"), shape(None, kind="svg")]
)
def test_what_has_no_variants(alone: Shape) -> None:
    """What moves would stand still, and a drawing is sharp at any size."""
    assert widths(alone) == ()
    assert variants(PATH, FILE, alone) == ()


def test_a_portrait_has_a_small_one() -> None:
    """It is shown no wider than a thumb, even if the photo is a large one."""
    assert widths(shape(4000), PORTRAIT_WIDTHS) == (320,)
    assert widths(shape(700), PORTRAIT_WIDTHS) == (320,)


def test_a_variant_is_called_after_its_picture() -> None:
    """Its whole name and what is in it: no other file has that name."""
    first, *_ = variants(PATH, FILE, shape(700))
    assert first == Derived(
        path=PurePosixPath("media/a ward.jpg.01234567.320w.webp"),
        source=FILE.source,
        digest=FILE.digest,
        recipe=Recipe(format="webp", width=320),
        owner="content/media/a ward.jpg",
    )


def test_pictures_with_one_stem_have_their_own_variants() -> None:
    """a.png and a.jpg can lie in one folder, even if they are the same file."""
    made = [variants(PATH.with_suffix(end), FILE, shape(700)) for end in (".png", ".jpg")]
    assert not {v.path for v in made[0]} & {v.path for v in made[1]}


def test_the_original() -> None:
    """It is copied as it is; cleaned when it says more than the picture."""
    copied = Copied(path=PATH, source=FILE.source, digest=FILE.digest, owner=str(FILE.source))
    assert original(PATH, FILE, shape(700)) == copied
    assert original(PATH, FILE, None) == copied
    cleaned = original(PATH, FILE, shape(700, kind="png", dirty=True))
    assert isinstance(cleaned, Derived)
    assert (cleaned.path, cleaned.recipe) == (PATH, Recipe(format="png"))


def test_a_srcset() -> None:
    """Addresses ready for use, each with its width; none without variants."""
    assert srcset(variants(PATH, FILE, shape(700)), lambda path: f"/site{path}") == (
        "/site/media/a%20ward.jpg.01234567.320w.webp 320w, "
        "/site/media/a%20ward.jpg.01234567.700w.webp 700w"
    )
    assert srcset((), str) is None


@pytest.mark.parametrize(
    ("own", "wanted"),
    [
        (2000, IN_COLUMN),
        (672, IN_COLUMN),
        (None, IN_COLUMN),
        (400, "(min-width: 432px) 400px, calc(100vw - 2rem)"),
    ],
)
def test_how_wide_it_is_shown(own: int | None, wanted: str) -> None:
    """As wide as the column, but no wider than it is itself."""
    assert sizes(shape(own)) == wanted


def test_an_element() -> None:
    """A picture with its variants; what an editor typed stays."""
    picture = Picture(
        src="/a&b.jpg", alt="", width=8, height=6, srcset="/a&b.webp 8w", sizes="4rem", lazy=True
    )
    assert element(picture, ' alt="A &quot;ward&quot;" title="T"') == (
        '<picture><source type="image/webp" srcset="/a&amp;b.webp 8w" sizes="4rem">'
        '<img src="/a&amp;b.jpg" alt="A &quot;ward&quot;" title="T" width="8" height="6"'
        ' loading="lazy" decoding="async"></picture>'
    )


def test_a_plain_element() -> None:
    """Without variants it is an image; without a size, one whose size the browser finds out."""
    assert element(Picture(src="/a.svg", alt=""), ' alt=""') == '<img src="/a.svg" alt="">'
