"""Pictures measured by their headers, cleaned, and made smaller in WebP."""

from __future__ import annotations

import io
import subprocess
import sys

import pytest
from PIL import Image, ImageCms

from sitegen.disk.images import TURNS, Unusable, make, measure
from sitegen.model import Recipe, Shape
from tests.photos import (
    SECRET,
    UPRIGHT,
    XMP,
    claiming,
    encoded,
    exif,
    fields,
    moving,
    scene,
    written,
)

CLEANED = {kind: Recipe(format=kind) for kind in ("jpeg", "png", "webp", "gif", "avif")}


def webp(data: bytes, width: int) -> bytes:
    """The picture at a width."""
    return make(data, Recipe(format="webp", width=width))


def opened(data: bytes) -> Image.Image:
    """The picture, decoded."""
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def held(kind: str, orientation: int, size: tuple[int, int] = (800, 600), **more: object) -> bytes:
    """The scene as a camera that is held so writes it: turned, with a word on how to turn it."""
    undo = {6: TURNS[8], 8: TURNS[6]}.get(orientation, TURNS.get(orientation))
    turned = scene(*size).transpose(undo) if undo is not None else scene(*size)
    return encoded(turned, kind, exif=exif(orientation), **more)


# ---- measuring


@pytest.mark.parametrize(
    ("kind", "name"),
    [("JPEG", "jpeg"), ("PNG", "png"), ("GIF", "gif"), ("WEBP", "webp"), ("AVIF", "avif")],
)
def test_a_plain_picture(kind: str, name: str) -> None:
    """Its size and its kind; there is nothing to clean. Of AVIF that can't be known."""
    dirty = kind == "AVIF"
    assert measure(encoded(scene(), kind)) == Shape(width=800, height=600, kind=name, dirty=dirty)


@pytest.mark.parametrize("kind", ["GIF", "PNG", "WEBP", "AVIF"])
def test_a_moving_picture(kind: str) -> None:
    """It is known by its frames."""
    found = measure(moving(kind))
    assert (found.animated, found.dirty, found.width) == (True, False, 700)


def test_two_pictures_in_a_jpeg_do_not_move() -> None:
    """Telephones put a second one behind the first; it goes, and what it tells goes with it."""
    data = encoded(scene(), "MPO", save_all=True, append_images=[scene(80, 60)])
    assert measure(data) == Shape(width=800, height=600, kind="jpeg", dirty=True)
    assert opened(make(data, CLEANED["jpeg"])).format == "JPEG"


def test_a_picture_on_its_side() -> None:
    """Its size is that of the upright one."""
    assert measure(held("JPEG", 6, (600, 800))) == Shape(
        width=600, height=800, kind="jpeg", dirty=True
    )


@pytest.mark.parametrize(
    ("told", "size"),
    [
        ('width="40" height="30"', (40, 30)),
        ("height='30px' width='40.4px' viewBox='0 0 4 3'", (40, 30)),
        ('width="100%" height="100%" viewBox="0 0 400 300.6"', (400, 301)),
        ('width="4cm" height="3cm" viewBox="-5,-5,40,30"', (40, 30)),
        ('xmlns="a" data-note=">" viewBox="0 0 4 3"', (4, 3)),
        ('width="40"', (None, None)),
        ('width="1.2.3" height="4"', (None, None)),
        (f'width="1{"0" * 400}" height="4"', (None, None)),
        ("", (None, None)),
    ],
)
def test_a_drawing(told: str, size: tuple[int | None, int | None]) -> None:
    """An SVG's size is in pixels, or in its viewBox, or nobody knows it."""
    head = '\ufeff<?xml version="1.0"?>\n<!-- a -->\n<!DOCTYPE svg [ <!ENTITY a "b"> ]>\n'
    for text in (f"<svg {told}></svg>", f"{head}<svg {told}/>"):
        assert measure(text.encode()) == Shape(width=size[0], height=size[1], kind="svg")


def test_a_drawing_is_read_in_no_time() -> None:
    """Whatever it begins with: a regular expression could look for ages."""
    for text in (b"<!---->" * 50_000, b"<?" * 50_000, b'<svg a="' * 50_000, b" " * 100_000):
        with pytest.raises(Unusable):
            measure(text)


# ---- what can't be shown


@pytest.mark.parametrize("size", [(60_000, 60_000), (9_000, 9_000), (12_001, 10), (10, 12_001)])
def test_absurd_sizes_are_refused(size: tuple[int, int]) -> None:
    """By what the header claims: nothing is decoded."""
    with pytest.raises(Unusable, match="pixels large, which no page needs") as refused:
        measure(claiming(*size))
    assert refused.value.code == "image-too-large"
    assert refused.value.fix == "save it no wider than 4000 pixels"
    with pytest.raises(Unusable):
        webp(claiming(*size), 640)


def test_a_bomb_takes_no_memory() -> None:
    """A few bytes that would be 150 million pixels are refused within what a small program has."""
    program = (
        "import resource, sys; from sitegen.disk import images;"
        "resource.setrlimit(resource.RLIMIT_AS, (400_000_000,) * 2)\n"
        "try: images.measure(sys.stdin.buffer.read())\n"
        "except images.Unusable as reason: print(reason.code)"
    )
    told = subprocess.run(
        [sys.executable, "-c", program], input=claiming(15_000, 10_000), capture_output=True
    )
    assert told.stdout.strip() == b"image-too-large", told.stderr.decode()


def test_the_largest_allowed() -> None:
    """What a good camera makes is no bomb."""
    assert measure(claiming(8_660, 5_773)).width == 8_660
    assert measure(claiming(12_000, 1)).width == 12_000


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "this file is no picture, whatever its name says"),
        (b"Dear all,\n", "this file is no picture, whatever its name says"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "this is a HEIC picture, which most browsers"),
        (encoded(scene(), "TIFF"), "this file is no picture"),
        (encoded(scene(), "JPEG")[:3000], "the file ends in the middle of the picture"),
        (encoded(scene(), "PNG")[:-20], "the file ends in the middle of the picture"),
        (encoded(scene(), "GIF")[:-20], "the file ends in the middle of the picture"),
        (encoded(scene(), "WEBP")[:-20], "the file ends in the middle of the picture"),
    ],
    ids=["empty", "text", "heic", "tiff", "jpeg", "png", "gif", "webp"],
)
def test_what_is_no_picture(data: bytes, message: str) -> None:
    """Each is told apart, in words that an editor can do something about."""
    with pytest.raises(Unusable, match=message) as refused:
        measure(data)
    assert refused.value.code == "image-unreadable"
    assert refused.value.fix


def test_spoilt_pixels_are_told_when_they_are_looked_at() -> None:
    """A header can be sound, and the rest not: that is no crash either."""
    data = bytearray(encoded(scene(), "WEBP", lossless=True))
    data[40:-8] = b"\xff" * (len(data) - 48)
    with pytest.raises(Unusable):
        webp(bytes(data), 320)


def test_a_moving_avif_that_tells_something() -> None:
    """It can't be cleaned so that the same bytes come of it each time, so it is refused."""
    with pytest.raises(Unusable) as refused:
        measure(moving("AVIF", exif=exif()))
    assert refused.value.code == "image-metadata"


# ---- the picture itself


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_it_is_upright_and_tells_nothing(kind: str, orientation: int) -> None:
    """However the camera was held, and whatever it wrote: the original and its variants."""
    data = held(kind, orientation)
    shape = measure(data)
    assert (shape.width, shape.height, shape.dirty) == (800, 600, True)
    original, small = make(data, CLEANED[shape.kind]), webp(data, 320)
    for made, size in ((original, (800, 600)), (small, (320, 240))):
        assert opened(made).size == size
        assert fields(made) == UPRIGHT
        assert not {"exif", "xmp", "comment"} & opened(made).info.keys()
        assert SECRET.encode() not in made
    clean = Shape(width=800, height=600, kind=shape.kind, dirty=kind == "AVIF")
    assert measure(original) == clean


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_nothing_is_lost_of_an_upright_picture(kind: str) -> None:
    """Only what it says goes; its pixels aren't encoded anew."""
    more = {"pnginfo": written()} if kind == "PNG" else {"xmp": XMP}
    data = encoded(scene(), kind, exif=exif(), **more)
    made = make(data, CLEANED[kind.lower()])
    assert opened(made).tobytes() == opened(data).tobytes()
    assert len(made) < len(data)


def test_a_turned_jpeg_is_as_good_as_before() -> None:
    """It is encoded with its own tables, so nearly nothing is lost; its profile stays."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    data = held("JPEG", 3, quality=95, subsampling=0, progressive=True, icc_profile=profile)
    before, made = opened(data), opened(make(data, CLEANED["jpeg"]))
    assert made.quantization == before.quantization  # type: ignore[attr-defined]
    assert made.info["icc_profile"] == profile
    assert "progression" in made.info


@pytest.mark.parametrize(
    ("kind", "mode"),
    [("JPEG", "CMYK"), ("JPEG", "L"), ("PNG", "P"), ("PNG", "RGBA"), ("PNG", "1"), ("PNG", "I;16")],
)
def test_any_mode_can_be_turned(kind: str, mode: str) -> None:
    """And stays the mode that it was, with what is clear in it."""
    image = scene().quantize(8) if mode == "P" else scene().convert(mode)
    more = {"transparency": image.getpixel((1, 1))} if mode == "P" else {}
    data = encoded(image.transpose(TURNS[8]), kind, exif=exif(6), quality=95, **more)
    made = make(data, CLEANED[kind.lower()])
    assert opened(made).mode == mode
    assert opened(made).size == (800, 600)
    assert fields(made) == fields(encoded(image, kind))
    assert opened(made).info.get("transparency") == opened(data).info.get("transparency")


def test_exif_alone_says_how_to_turn_it() -> None:
    """XMP may too, but browsers don't listen to that."""
    says = b"<x:xmpmeta xmlns:tiff='t'><a tiff:Orientation='6'/></x:xmpmeta>"
    assert measure(encoded(scene(), "JPEG", xmp=says)).width == 800


# ---- variants


@pytest.mark.parametrize(
    "data",
    [
        encoded(scene(), "JPEG"),
        encoded(scene().convert("CMYK"), "JPEG"),
        encoded(scene().convert("P"), "PNG"),
        encoded(scene(), "GIF"),
        encoded(scene().convert("RGBA"), "PNG"),
    ],
    ids=["jpeg", "cmyk", "palette", "gif", "alpha"],
)
def test_any_mode_makes_a_variant(data: bytes) -> None:
    """With the colours that it had, and in the width that was asked for."""
    made = webp(data, 320)
    assert opened(made).format == "WEBP"
    assert opened(made).size == (320, 240)
    assert fields(made) == UPRIGHT


@pytest.mark.parametrize(
    ("image", "grey"),
    [
        (Image.new("1", (800, 600), 1), 255),
        (Image.new("L", (800, 600), 100), 100),
        (Image.new("LA", (800, 600), (100, 255)), 100),
        (Image.new("I;16", (800, 600), 40_000), 156),
    ],
    ids=["black and white", "grey", "grey with alpha", "16 bits"],
)
def test_greys_stay(image: Image.Image, grey: int) -> None:
    """Those of 16 bits too, which a careless program would make white."""
    shown = opened(webp(encoded(image, "PNG"), 320)).convert("L").getpixel((9, 9))
    assert isinstance(shown, int | float)
    assert abs(shown - grey) < 3


def test_what_is_clear_stays_clear() -> None:
    """A palette's transparent colour, and alpha at its edges."""
    palette = scene().quantize(8, dither=Image.Dither.NONE)
    clear = palette.getpixel((1, 1))
    for data in (
        encoded(palette, "PNG", transparency=clear),
        encoded(palette, "GIF", transparency=clear),
    ):
        small = opened(webp(data, 320)).convert("RGBA")
        assert small.getpixel((9, 9))[3] == 0  # type: ignore[index]
        assert small.getpixel((300, 9))[3] == 255  # type: ignore[index]


def test_colours_are_those_of_the_web() -> None:
    """A profile is applied, and then left out: here one that calls red what others call blue."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = profile.replace(b"rXYZ", b"????").replace(b"bXYZ", b"rXYZ").replace(b"????", b"bXYZ")
    for image in (scene(), scene().convert("RGBA")):
        made = webp(encoded(image, "PNG", icc_profile=swapped), 320)
        red, green, blue, white = UPRIGHT
        assert fields(made) == [blue, green, red, white]
        assert "icc_profile" not in opened(made).info


@pytest.mark.parametrize("profile", [b"", b"zq" * 200, b"\0" * 500])
def test_a_broken_profile_is_passed_over(profile: bytes) -> None:
    """The picture is shown all the same."""
    assert fields(webp(encoded(scene(), "JPEG", icc_profile=profile), 320)) == UPRIGHT


def test_a_drawing_of_few_colours_stays_sharp() -> None:
    """At its own width it is encoded without losses, which is smaller for such."""
    data = encoded(scene().quantize(8), "PNG")
    assert opened(webp(data, 800)).convert("RGB").tobytes() == (
        opened(data).convert("RGB").tobytes()
    )


def test_the_same_bytes_every_time() -> None:
    """In this process and in another."""
    data = held("JPEG", 6, (1600, 1200))
    program = (
        "import sys; from sitegen.disk.images import make; from sitegen.model import Recipe;"
        "sys.stdout.buffer.write(make(sys.stdin.buffer.read(), Recipe(format={!r}, width={!r})))"
    )
    for recipe in (Recipe(format="webp", width=640), CLEANED["jpeg"]):
        call = [sys.executable, "-c", program.format(recipe.format, recipe.width)]
        told = subprocess.run(call, input=data, capture_output=True, check=True)
        assert make(data, recipe) == make(data, recipe) == told.stdout
