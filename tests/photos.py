"""Pictures for the tests, made as cameras, telephones and drawing programs make them."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any

from PIL import Image, PngImagePlugin

RED, GREEN, BLUE, WHITE = (220, 20, 20), (20, 200, 20), (20, 20, 220), (250, 250, 250)
SECRET = "zqsecretzq"
XMP = f"<x:xmpmeta xmlns:x='adobe:ns:meta/'>{SECRET}</x:xmpmeta>".encode()
ORIENTATION, GPS = 0x0112, 0x8825


def scene(width: int = 800, height: int = 600) -> Image.Image:
    """Four fields, clockwise red, green, blue and white: it shows which way up it is."""
    image = Image.new("RGB", (width, height), WHITE)
    right, low = width // 2, height // 2
    image.paste(RED, (0, 0, right, low))
    image.paste(GREEN, (right, 0, width, low))
    image.paste(BLUE, (right, low, width, height))
    return image


def fields(data: bytes) -> list[tuple[int, ...]]:
    """The colours in the middle of the four fields, clockwise from the top left, a little rough."""
    with Image.open(io.BytesIO(data)) as image:
        shown = image.convert("RGB")
    x, y = shown.width // 4, shown.height // 4
    at = ((x, y), (3 * x, y), (3 * x, 3 * y), (x, 3 * y))
    return [tuple(round(c / 100) for c in shown.getpixel(p)) for p in at]  # type: ignore[union-attr]


UPRIGHT = [(2, 0, 0), (0, 2, 0), (0, 0, 2), (2, 2, 2)]


def exif(orientation: int = 1) -> Image.Exif:
    """What a telephone tells: who has it, where it was, and how it was held."""
    told = Image.Exif()
    told[ORIENTATION] = orientation
    told[0x013B] = SECRET  # the artist
    told.get_ifd(GPS).update({1: "N", 2: (52.0, 2.0, 24.0), 3: "W", 4: (0.0, 45.0, 36.0)})
    return told


def encoded(image: Image.Image, kind: str, **options: Any) -> bytes:
    """The picture as a file of a kind."""
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def moving(kind: str, **options: Any) -> bytes:
    """Two pictures in turn."""
    first, second = scene(700, 700), Image.new("RGB", (700, 700), BLUE)
    return encoded(first, kind, save_all=True, append_images=[second], duration=90, **options)


def written() -> PngImagePlugin.PngInfo:
    """What a drawing program writes into a PNG."""
    told = PngImagePlugin.PngInfo()
    told.add_text("Author", SECRET)
    told.add_itxt("XML:com.adobe.xmp", XMP.decode())
    return told


def claiming(width: int, height: int) -> bytes:
    """A sound PNG of a few bytes that claims to be so large."""
    data = encoded(Image.new("1", (8, 8)), "PNG")
    header = b"IHDR" + struct.pack(">II", width, height) + data[24:29]
    return data[:12] + header + struct.pack(">I", zlib.crc32(header)) + data[33:]


def spelling(words: bytes) -> bytes:
    """A PNG in whose bytes these words can be found, for they are its pixels."""
    image = Image.frombytes("P", (len(words), 1), words)  # pixels of a palette aren't filtered
    image.putpalette(bytes(range(256)) * 3)
    return encoded(image, "PNG", compress_level=0)
