"""A picture's bytes, measured and made anew with Pillow. Nothing else here knows Pillow.

What is too large to be shown is refused by its header, before any of it is decoded.
"""

from __future__ import annotations

import io
import re
import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from PIL import Image, ImageCms, ImageFile, JpegImagePlugin, UnidentifiedImageError

from sitegen.formats.metadata import Damaged, bare
from sitegen.model import Recipe, Shape

MOST_PIXELS = 50_000_000
LONGEST = 12_000  # pixels along a side
# How WebP is written: from 80 on, artefacts are hard to see; method 4 of 0 to 6 is half the size
# of 0 in a quarter of the time of 6.
QUALITY, METHOD = 80, 4
AS_GOOD = 90  # for what stands in for the original
KINDS = {
    "JPEG": "jpeg",
    "MPO": "jpeg",  # a JPEG with another behind it, as telephones make
    "PNG": "png",
    "GIF": "gif",
    "WEBP": "webp",
    "AVIF": "avif",
}
# Exif's orientation (Exif 3.0, 4.6.5.1.5) → what brings the picture upright.
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
ORIENTATION = 0x0112


class Unusable(Exception):
    """A picture that can't be shown: code, message and what to do about it."""

    def __init__(self, code: str, message: str, fix: str) -> None:
        super().__init__(message)
        self.code, self.message, self.fix = code, message, fix


def measure(data: bytes) -> Shape:
    """What a picture's file holds, read off its header; Unusable when it can't be shown."""
    if drawing := _SVG.match(data):
        return _drawing(drawing[1].decode("utf-8", "replace"))
    with _opened(data) as image:
        turn = _turn(image)
        width, height = image.size if turn is None or _keeps_sides(turn) else image.size[::-1]
        return Shape(
            width=width,
            height=height,
            kind=KINDS[image.format or ""],
            animated=_moves(image),
            dirty=bare(data) != data or turn is not None or _tells(image),
        )


def make(data: bytes, recipe: Recipe) -> bytes:
    """What the recipe makes of a picture; Unusable when it can't be.

    Without a width that is the picture itself, upright and without metadata. The same bytes come
    of the same picture, always.
    """
    with _opened(data) as image:
        if recipe.width:
            return _variant(image, recipe.width)
        turn = _turn(image)
        as_it_is = turn is None and image.format != "AVIF"
        return bare(data if as_it_is else _upright(image, turn))


# Opening.


@contextmanager
def _opened(data: bytes) -> Iterator[ImageFile.ImageFile]:
    """The picture, not decoded yet. Whatever Pillow makes of a bad file is Unusable."""
    refused = (Image.DecompressionBombWarning, Image.DecompressionBombError)
    formats = [name for name in KINDS if name != "MPO"]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what it would print of metadata that it can't read
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=formats) as image:
                _refuse_absurd(*image.size)
                yield image
    except (Unusable, MemoryError):
        raise
    except refused:
        raise _absurd("hundreds of millions of pixels large") from None
    except Exception as error:  # Pillow has no one exception for a bad file
        raise _unreadable(data, error) from error


def _refuse_absurd(width: int, height: int) -> None:
    if width * height > MOST_PIXELS or max(width, height) > LONGEST or min(width, height) < 1:
        raise _absurd(f"{width} × {height} pixels large")


def _absurd(what: str) -> Unusable:
    fix = "save it no wider than 4000 pixels"
    return Unusable("image-too-large", f"this picture is {what}, which no page needs", fix)


_PHOTOS_OF_TELEPHONES = re.compile(rb"....ftyp(hei|hev|mif1|msf1)", re.S)


def _unreadable(data: bytes, error: Exception) -> Unusable:
    try:
        bare(data)
    except Damaged as damage:
        return Unusable("image-unreadable", str(damage), "copy it anew from where it came from")
    if _PHOTOS_OF_TELEPHONES.match(data):
        message = "this is a HEIC picture, which most browsers can't show"
    elif isinstance(error, UnidentifiedImageError):
        message = "this file is no picture, whatever its name says"
    else:
        message = "this picture can't be read"
    return Unusable("image-unreadable", message, "save it again as JPEG or PNG")


# The picture itself.


def _moves(image: ImageFile.ImageFile) -> bool:
    return image.format != "MPO" and bool(getattr(image, "is_animated", False))


def _turn(image: ImageFile.ImageFile) -> Image.Transpose | None:
    """What brings it upright: Exif's word alone, as browsers do; None where it is, or moves."""
    if _moves(image) or "exif" not in image.info:
        return None
    exif = Image.Exif()
    try:
        exif.load(image.info["exif"])
    except (SyntaxError, ValueError, KeyError, struct.error):  # browsers pass over it too
        return None
    return TURNS.get(exif.get(ORIENTATION, 1))


def _tells(image: ImageFile.ImageFile) -> bool:
    """Whether an AVIF holds metadata. Of a moving one it can't be taken out: Pillow writes the
    time of day into those."""
    if image.format == "AVIF" and not _moves(image):
        return True  # Pillow tells of some boxes only, so all are made anew
    told = image.format == "AVIF" and not {"exif", "xmp"}.isdisjoint(image.info)
    if told:
        message = "this moving picture may tell where and by whom it was made"
        raise Unusable("image-metadata", message, "save it without metadata, or as WebP")
    return told


def _keeps_sides(turn: Image.Transpose) -> bool:
    return turn in (TURNS[2], TURNS[3], TURNS[4])


def _upright(image: ImageFile.ImageFile, turn: Image.Transpose | None) -> bytes:
    """The picture decoded, turned and encoded as it was; as little as can be is lost of it."""
    options: dict[str, object] = {"icc_profile": image.info.get("icc_profile")}
    if isinstance(image, JpegImagePlugin.JpegImageFile):
        options |= {
            "qtables": image.quantization,
            "subsampling": JpegImagePlugin.get_sampling(image),
            "progressive": "progression" in image.info,
            "optimize": True,
        }
    elif image.format in ("WEBP", "AVIF"):
        options |= {"quality": AS_GOOD, "max_threads": 1}
    kind = "JPEG" if image.format == "MPO" else image.format
    return _encoded(image.transpose(turn) if turn is not None else image, kind or "", options)


def _encoded(image: Image.Image, kind: str, options: dict[str, object]) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


# Variants.


def _variant(image: ImageFile.ImageFile, width: int) -> bytes:
    """The picture in WebP, so many pixels wide once it is upright, in the colours of the web."""
    turn, profile = _turn(image), image.info.get("icc_profile")
    sideways = turn is not None and not _keeps_sides(turn)
    own = image.height if sideways else image.width
    size = _scaled(image.size, width / own)
    image.draft(None, (2 * size[0], 2 * size[1]))  # a JPEG is decoded no larger than it need be
    small: Image.Image = _plain(image)
    if small.size != size:
        small = small.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
    small = _in_colours_of_the_web(small, profile)
    small = small.transpose(turn) if turn is not None else small
    lossy = _webp(small, quality=QUALITY)
    if own != width or image.format not in ("PNG", "GIF"):
        return lossy
    # A drawing of few colours is smaller, and sharper, without losses.
    return min(_webp(small, lossless=True), lossy, key=len)


def _scaled(size: tuple[int, int], by: float) -> tuple[int, int]:
    return max(1, round(size[0] * by)), max(1, round(size[1] * by))


def _plain(image: Image.Image) -> Image.Image:
    """The picture with 8 bits a channel, so that it can be made smaller smoothly."""
    if image.mode.startswith("I"):  # 16 bits of grey, of which convert() would cut off the top
        return image.convert("I").point(lambda value: value * (1 / 257)).convert("RGB")
    if image.has_transparency_data:
        return image.convert("RGBA")
    return image if image.mode == "CMYK" else image.convert("RGB")


def _in_colours_of_the_web(image: Image.Image, profile: bytes | None) -> Image.Image:
    """The picture in sRGB, which is what browsers take one without a profile for."""
    if profile:
        mode = "RGB" if image.mode == "CMYK" else image.mode
        try:
            own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            web = ImageCms.createProfile("sRGB")
            turned = ImageCms.profileToProfile(image, own, web, outputMode=mode)
        except (ImageCms.PyCMSError, OSError, ValueError):
            turned = None  # a profile that is broken, or another kind of picture's
        if turned is not None:
            image = turned
    return image.convert("RGB") if image.mode == "CMYK" else image


def _webp(image: Image.Image, **options: object) -> bytes:
    image.info.clear()
    return _encoded(image, "WEBP", {**options, "method": METHOD})


# Drawings. A regular expression reads no entities and no other files.

_SVG = re.compile(
    rb"(?:\xef\xbb\xbf)?(?>\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*+(?:\[[^\]]*+\]\s*)?>)*+"
    rb"<(?:\w+:)?svg\b((?>[^>\"']+|\"[^\"]*\"|'[^']*')*+)>",
    re.S | re.I,
)
_LENGTH = r"\s{}\s*=\s*[\"']\s*(\d+(?:\.\d+)?)(?:px)?\s*[\"']"
_BOX = re.compile(
    r"\sviewBox\s*=\s*[\"'][\s,]*(?:[-+.\de]+[\s,]+){2}([.\d]+)[\s,]+([.\d]+)[\s,]*[\"']"
)


def _drawing(attributes: str) -> Shape:
    """The size of an SVG: its width and height when both are in pixels, else its viewBox."""
    wide, high = (re.search(_LENGTH.format(name), attributes) for name in ("width", "height"))
    box = _BOX.search(attributes)
    found = (wide[1], high[1]) if wide and high else box.groups() if box else ()
    try:
        width, height = (max(1, round(float(number))) for number in found)
    except (ValueError, OverflowError):
        return Shape(width=None, height=None, kind="svg")
    return Shape(width=width, height=height, kind="svg")
