"""A picture's file without what it says besides the picture: where, when and by whom it was made.

The picture itself isn't touched: its pixels, colours and movement stay as they are, byte for byte.
JPEG: ITU-T T.81, annex B. PNG: W3C, third edition, 5.3. GIF: GIF89a. WebP: RFC 9649, 2.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Set


class Damaged(ValueError):
    """A picture's file that has lost its end, or some of its bytes."""


def bare(data: bytes) -> bytes:
    """A JPEG, PNG, GIF or WebP file without metadata, and without what follows the picture's end.

    It equals ``data`` when there is none; a file of another format is returned as it is. Damaged
    when the file ends too early.
    """
    for signature, parts in _FORMATS:
        if signature.match(data):
            return b"".join(parts(data))
    return data


def _piece(data: bytes, start: int, length: int) -> bytes:
    """So many bytes from here, all of them."""
    if start + length > len(data):
        raise Damaged("the file ends in the middle of the picture")
    return data[start : start + length]


# JPEG: segments, each after a marker. APP0 to APP15 and COM are what programs add.

# Not those inside a scan. Python finds what begins with a letter far faster than a repeat.
_MARKER = re.compile(rb"\xff\xff*([^\x00\xd0-\xd7\xff])")
_END, _SCAN, _COMMENT = 0xD9, 0xDA, 0xFE
MOST_SCANS = 100  # ten are usual; each has the whole picture decoded again


def _jpeg(data: bytes) -> Iterator[bytes]:
    yield data[:2]
    at, scans = 2, 0
    while marker := _MARKER.search(data, at):
        code, start = marker[1][0], marker.end()
        if code == _END:
            yield b"\xff\xd9"
            return
        at = start + int.from_bytes(_piece(data, start, 2), "big")
        yield from _segment(code, _piece(data, start, at - start))
        if code == _SCAN:
            scans += 1
            if scans > MOST_SCANS:
                raise Damaged("this picture is made of too many scans")
            end = _MARKER.search(data, at)
            yield data[at : end.start() if end else at]
    raise Damaged("the file ends in the middle of the picture")


def _tells_colours(code: int, said: bytes) -> bool:
    """A colour profile, or Adobe's word on how colours are coded (ICC.1, B.4; Adobe 5116)."""
    profile = code == 0xE2 and said.startswith(b"ICC_PROFILE\0")
    return profile or (code == 0xEE and said.startswith(b"Adobe") and len(said) == 12)


def _segment(code: int, segment: bytes) -> Iterator[bytes]:
    """A segment, when a browser needs it: of those added, the colours and what they are told by."""
    added = 0xE0 <= code <= 0xEF or code == _COMMENT
    if code == 0xE0 and segment[2:7] == b"JFIF\0":
        segment = b"\x00\x10" + segment[2:14] + b"\0\0"  # less its thumbnail
    elif added and not _tells_colours(code, segment[2:]):
        return
    yield bytes((0xFF, code)) + segment


# PNG: chunks. What isn't known here isn't needed to show a picture, or no browser shows it.

_SHOWN = frozenset(
    (
        *(
            b"IHDR",
            b"PLTE",
            b"IDAT",
            b"tRNS",
            b"gAMA",
            b"cHRM",
            b"sRGB",
            b"iCCP",
            b"cICP",
            b"mDCV",
            b"cLLI",
            b"sBIT",
        ),
        *(b"bKGD", b"pHYs", b"acTL", b"fcTL", b"fdAT"),
    )
)
_PNG_END = b"\0\0\0\0IEND\xaeB`\x82"


def _png(data: bytes) -> Iterator[bytes]:
    yield data[:8]
    at, name = 8, b""
    while name != b"IEND":
        size = int.from_bytes(_piece(data, at, 4), "big")
        chunk = _piece(data, at, size + 12)
        name = chunk[4:8]
        if name in _SHOWN:
            if zlib.crc32(chunk[4:-4]) != int.from_bytes(chunk[-4:], "big"):
                raise Damaged("some of the picture's bytes have changed")
            yield chunk
        at += len(chunk)
    yield _PNG_END


# GIF: images and extensions, in sub-blocks of which an empty one is the last.

_IMAGE, _EXTENSION, _TRAILER = 0x2C, 0x21, 0x3B
_CONTROL, _APPLICATION = 0xF9, 0xFF
_LOOPS = (b"\x0bNETSCAPE2.0\x03\x01", b"\x0bANIMEXTS1.0\x03\x01")


def _gif(data: bytes) -> Iterator[bytes]:
    start = 13 + _colours(_piece(data, 0, 13)[10])
    yield _piece(data, 0, start)
    while start < len(data) and data[start] != _TRAILER:
        kind, label = _piece(data, start, 2)
        if kind == _IMAGE:
            blocks = start + 11 + _colours(_piece(data, start, 10)[9])
        elif kind == _EXTENSION:
            blocks = start + 2
        else:
            raise Damaged("some of the picture's bytes have changed")
        end = _after_blocks(data, blocks)
        if kind == _IMAGE:
            yield data[start:end]
        elif label == _CONTROL:
            yield data[start : start + 7] + b"\0"  # no more than its one block
        elif label == _APPLICATION and data[blocks : blocks + 14] in _LOOPS:
            yield data[start : start + 18] + b"\0"
        start = end
    yield bytes((_TRAILER,))


def _colours(flags: int) -> int:
    """The size in bytes of the table of colours that these flags tell of."""
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _after_blocks(data: bytes, at: int) -> int:
    while size := _piece(data, at, 1)[0]:
        at += size + 1
    return at + 1


# WebP: a RIFF file of chunks, each of even size. VP8X, the first, tells which others there are;
# ANMF is a frame of what moves, with chunks of its own after 16 bytes that say where it stands.

_FRAME, _PLACED = b"ANMF", 24
_OF_A_FRAME = frozenset((b"VP8 ", b"VP8L", b"ALPH"))
_OF_A_FILE = _OF_A_FRAME | {b"VP8X", b"ANIM", b"ICCP", _FRAME}
_TOLD = 0b1100  # the flags of Exif and XMP


def _webp(data: bytes) -> Iterator[bytes]:
    end = 8 + int.from_bytes(data[4:8], "little")
    _piece(data, 0, end)
    chunks = b"".join(_chunks(data, 12, end, _OF_A_FILE))
    yield b"RIFF" + (len(chunks) + 4).to_bytes(4, "little") + b"WEBP" + chunks


def _chunks(data: bytes, at: int, end: int, wanted: Set[bytes]) -> Iterator[bytes]:
    while at + 8 <= end:
        name, size = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "little")
        chunk = _piece(data, at, 8 + size + size % 2)
        if name == b"VP8X":
            chunk = chunk[:8] + bytes((chunk[8] & ~_TOLD,)) + chunk[9:]
        if name in wanted:
            yield _frame(chunk, size) if name == _FRAME else chunk
        at += len(chunk)


def _frame(chunk: bytes, size: int) -> bytes:
    """A frame with no other chunks in it than those of a picture."""
    inside = chunk[8:_PLACED] + b"".join(_chunks(chunk, _PLACED, 8 + size, _OF_A_FRAME))
    return _FRAME + len(inside).to_bytes(4, "little") + inside


_FORMATS = (
    (re.compile(rb"\xff\xd8\xff"), _jpeg),
    (re.compile(rb"\x89PNG\r\n\x1a\n"), _png),
    (re.compile(rb"GIF8[79]a"), _gif),
    (re.compile(rb"RIFF....WEBP", re.S), _webp),
)
