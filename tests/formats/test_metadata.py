"""What a picture's file says besides the picture is left out; the picture isn't touched."""

from __future__ import annotations

import io
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageSequence

from sitegen.formats.metadata import Damaged, bare
from tests.photos import SECRET, XMP, encoded, exif, moving, scene, written

TELLING = {
    "jpeg": encoded(scene(), "JPEG", exif=exif(), comment=SECRET, xmp=XMP),
    "progressive jpeg": encoded(scene(), "JPEG", exif=exif(), progressive=True),
    "jpeg with a second one": encoded(
        scene(), "MPO", save_all=True, append_images=[scene()], exif=exif()
    ),
    "png": encoded(scene(), "PNG", pnginfo=written(), exif=exif()),
    "moving png": moving("PNG", pnginfo=written()),
    "gif": encoded(scene(), "GIF", comment=SECRET),
    "moving gif": moving("GIF", comment=SECRET, loop=3),
    "webp": encoded(scene(), "WEBP", exif=exif(), xmp=XMP),
    "moving webp": moving("WEBP", exif=exif(), xmp=XMP, loop=3),
}
SILENT = {
    "jpeg": encoded(scene(), "JPEG", quality=92),
    "grey jpeg": encoded(scene().convert("L"), "JPEG"),
    "png": encoded(scene(), "PNG"),
    "moving png": moving("PNG"),
    "gif": encoded(scene(), "GIF"),
    "moving gif": moving("GIF", loop=3),
    "webp": encoded(scene(), "WEBP"),
    "webp with alpha": encoded(scene().convert("RGBA"), "WEBP", lossless=True),
    "moving webp": moving("WEBP", loop=3),
}


def frames(data: bytes) -> list[tuple[bytes, object]]:
    """What is seen: the pixels of each frame, and for how long."""
    with Image.open(io.BytesIO(data)) as image:
        found = [(f.convert("RGBA").tobytes(), f.info.get("duration")) for f in each(image)]
        return [*found, (b"", image.info.get("loop"))]


def each(image: Image.Image) -> ImageSequence.Iterator | list[Image.Image]:
    """The frames of a picture; of a JPEG the first alone is one."""
    return [image] if image.format in ("JPEG", "MPO") else ImageSequence.Iterator(image)


@pytest.mark.parametrize("name", TELLING)
def test_nothing_is_told(name: str) -> None:
    """No word of it stays, and no picture behind the picture; what is seen is the same."""
    data = TELLING[name]
    left = bare(data)
    assert len(left) < len(data)
    for word in (SECRET.encode(), b"Exif", b"xmpmeta", b"MPF\0"):
        assert word not in left
    assert frames(left) == frames(data)
    assert bare(left) == left


@pytest.mark.parametrize("name", SILENT)
def test_what_tells_nothing_is_left_alone(name: str) -> None:
    """Byte for byte."""
    assert bare(SILENT[name]) == SILENT[name]


@pytest.mark.parametrize("name", [n for n in SILENT if "jpeg" in n or "png" in n])
def test_what_follows_the_end_goes(name: str) -> None:
    """A film behind a photo, or what a careless program left of a picture that was cut."""
    assert bare(SILENT[name] + b"ftypmp42" + SECRET.encode()) == SILENT[name]


def test_a_profile_of_colours_stays() -> None:
    """Without it the colours would be others."""
    profile = b"\0" * 128 + SECRET.encode()
    for kind in ("JPEG", "PNG", "WEBP"):
        with Image.open(io.BytesIO(bare(encoded(scene(), kind, icc_profile=profile)))) as left:
            assert left.info["icc_profile"] == profile


def test_a_thumbnail_goes() -> None:
    """It may show what was cut off the picture."""
    plain = SILENT["jpeg"]
    thumbnail = b"\xff\xe0\x00\x13JFIF\0\x01\x01\0\0\x01\0\x01\x01\x01zqz"
    assert plain[2:4] == b"\xff\xe0"
    assert bare(plain[:2] + thumbnail + plain[20:]) == plain


@pytest.mark.parametrize("name", {**SILENT, **TELLING})
def test_a_lost_end_is_noticed(name: str) -> None:
    """Whether half of the file is missing or the last few bytes of the picture."""
    data = bare({**SILENT, **TELLING}[name])
    for left in (len(data) // 2, len(data) - 4):
        with pytest.raises(Damaged):
            bare(data[:left])


def test_changed_bytes_are_noticed() -> None:
    """Where the format can tell: PNG has a sum of every chunk."""
    data = bytearray(SILENT["png"])
    data[len(data) // 2] ^= 1
    with pytest.raises(Damaged, match="some of the picture's bytes have changed"):
        bare(bytes(data))


@given(st.binary(max_size=200), st.sampled_from(sorted(SILENT)), st.integers(0, 400))
def test_any_bytes_are_read_or_refused(junk: bytes, name: str, at: int) -> None:
    """Nothing but Damaged is raised, whatever is in the file."""
    data = SILENT[name]
    for broken in (data[:at] + junk, data[:at] + junk + data[at + len(junk) :], junk):
        try:
            bare(broken)
        except Damaged:
            continue


def test_other_files_are_left_alone() -> None:
    """A format of which nothing is known, and no picture at all."""
    for data in (b"", b"text", encoded(scene(), "AVIF")):
        assert bare(data) == data


@pytest.mark.parametrize("code", [0xFE, 0xE1, 0xED])
def test_what_only_looks_like_colours(code: int) -> None:
    """A comment, or a segment of another kind, that begins like the word on colours."""
    plain = encoded(scene(), "JPEG")
    for said in (b"Adobe Photoshop, by " + SECRET.encode(), b"ICC_PROFILE\0" + SECRET.encode()):
        segment = bytes((0xFF, code)) + (len(said) + 2).to_bytes(2, "big") + said
        assert bare(plain[:2] + segment + plain[2:]) == bare(plain)


def test_a_picture_of_too_many_scans() -> None:
    """Each scan makes a browser decode the whole picture again."""
    slow = encoded(scene(), "JPEG", progressive=True)
    last = slow.rindex(b"\xff\xda")
    with pytest.raises(Damaged, match="too many scans"):
        bare(slow[:last] + slow[last:-2] * 200 + slow[-2:])


def hiding(secret: bytes = SECRET.encode()) -> dict[str, tuple[bytes, bytes]]:
    """Pictures with a word in a place where none belongs, and the same pictures without it."""
    block = bytes((len(secret),)) + secret
    gif, png, webp = SILENT["moving gif"], SILENT["png"], SILENT["moving webp"]
    control, loop, frame = gif.index(b"!\xf9\x04"), gif.index(b"NETSCAPE"), webp.index(b"ANMF")
    odd = b"ABCD" + secret
    chunk = len(secret).to_bytes(4, "big") + odd + zlib.crc32(odd).to_bytes(4, "big")
    told = b"ABCD" + len(secret).to_bytes(4, "little") + secret + b"\0" * (len(secret) % 2)
    size = int.from_bytes(webp[frame + 4 : frame + 8], "little")
    grown = (size + len(told)).to_bytes(4, "little")
    after = frame + 8 + size
    whole = (len(webp) + len(told) - 8).to_bytes(4, "little")
    webp_told = webp[8 : frame + 4] + grown + webp[frame + 8 : after] + told + webp[after:]
    end = b"IEND" + secret
    return {
        "gif, control": (gif[: control + 7] + block + gif[control + 7 :], gif),
        "gif, loop": (gif[: loop + 15] + block + gif[loop + 15 :], gif),
        "png, a chunk that must be known": (png[:33] + chunk + png[33:], png),
        "png, its end": (
            png[:-12] + len(secret).to_bytes(4, "big") + end + zlib.crc32(end).to_bytes(4, "big"),
            png,
        ),
        "webp, a frame": (b"RIFF" + whole + webp_told, webp),
    }


@pytest.mark.parametrize("name", hiding())
def test_no_place_hides_a_word(name: str) -> None:
    """In blocks behind the one that is read, in chunks of no known name, within a frame."""
    told, plain = hiding()[name]
    assert SECRET.encode() in told
    assert bare(told) == plain


def test_frames_in_frames() -> None:
    """However deep: a frame has a picture, and no other frames."""
    data = SILENT["moving webp"]
    at = data.index(b"ANMF")
    inner = b""
    for _ in range(3_000):
        inside = data[at + 8 : at + 24] + inner
        inner = b"ANMF" + len(inside).to_bytes(4, "little") + inside
    grown = (len(data) + len(inner) - 8).to_bytes(4, "little")
    made = bare(b"RIFF" + grown + data[8:] + inner)
    assert made is not None
    assert made.count(b"ANMF") == data.count(b"ANMF") + 1
