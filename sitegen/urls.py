"""Addresses: slugs, site paths, output paths, and the absolute URLs of a deployed site.

A *site path* begins with ``/``, ends with ``/`` for a page, and leaves out any path that
``base_url`` has. ``Base`` puts that back: once, where an address is shown.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath
from urllib.parse import SplitResult, quote, unquote, urlsplit

# Letters that Unicode does not decompose into a base letter and an accent.
_FOLDED = str.maketrans(
    {"ø": "o", "đ": "d", "ð": "d", "ł": "l", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i"}
)
_LEADING_DATE = re.compile(r"(\d{4}-\d{2}-\d{2})-(?=.)")


def slugify(text: str) -> str:
    """Lower case a–z, 0–9 and single hyphens, accents folded (ŵ → w); may be empty."""
    folded = unicodedata.normalize("NFKD", text.lower().translate(_FOLDED))
    plain = "".join(c for c in folded if not unicodedata.combining(c))
    plain = re.sub(r"['’]", "", plain)
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def slug_of(name: str, date: str | None) -> str:
    """The slug of a file called ``name``, less a leading date that equals the post's date."""
    match = _LEADING_DATE.match(name)
    if match and match[1] == date:
        name = name[match.end() :]
    return slugify(name)


@lru_cache(maxsize=1 << 16)
def output_path(site_path: str) -> PurePosixPath:
    """Where the page or file at a site path lies in output/: ``/blog/`` → ``blog/index.html``."""
    inside = unquote(site_path).lstrip("/")
    return PurePosixPath(inside + "index.html" if site_path.endswith("/") else inside)


def site_path(path: PurePosixPath) -> str:
    """The site path of a file in output/, percent-encoded (RFC 3986)."""
    text = path.as_posix()
    if path.name == "index.html":
        text = text.removesuffix("index.html")
    return "/" + quote(text, safe="/-._~")


def page_path(first: str, number: int) -> str:
    """The site path of a list's page: ``/blog/``, ``/blog/page/2/``."""
    return first if number == 1 else f"{first}page/{number}/"


@dataclass(frozen=True, slots=True)
class Base:
    """Where the site is deployed: ``https://example.org`` and a path such as ``/site``, or none."""

    origin: str
    prefix: str

    def href(self, path: str) -> str:
        """A site path as a link within the site; any other address as it is."""
        return self.prefix + path if path.startswith("/") else path

    def absolute(self, path: str) -> str:
        """A site path as an absolute URL; any other address as it is."""
        return self.origin + self.prefix + path if path.startswith("/") else path


def split(address: str) -> SplitResult:
    """An address in its parts (RFC 3986, 3); all are empty where it can't be taken apart."""
    try:
        return urlsplit(address)
    except ValueError:
        return urlsplit("")


def parse_base(url: str) -> Base:
    """``https://example.org/site/`` as a Base; ValueError, with the reason, for anything else."""
    parts = split(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("it must begin with https:// and a host name")
    try:
        port = parts.port
    except ValueError:
        raise ValueError("its port is not a number up to 65535") from None
    if not re.fullmatch(r"[a-z0-9.:\[\]-]+", parts.hostname) or port == 0:
        raise ValueError("its host name holds characters that can't be in one")
    if parts.query or parts.fragment or parts.username or parts.password:
        raise ValueError("it can't hold a user name, a ? or a #")
    if re.search(r"[\s\\\"'<>]|//|/\.\.?(/|$)", parts.path):
        raise ValueError("its path holds characters that can't be in an address")
    return Base(f"{parts.scheme}://{parts.netloc}", parts.path.rstrip("/"))


@lru_cache(maxsize=1 << 16)
def collision_key(path: PurePosixPath) -> str:
    """Two files with one key can't both exist on every disk (NFC, case folded)."""
    return unicodedata.normalize("NFC", path.as_posix()).casefold()


def composed(path: PurePosixPath) -> PurePosixPath:
    """A path as people type it (NFC): macOS may keep an accent apart from its letter (NFD)."""
    text = path.as_posix()
    return path if text.isascii() else PurePosixPath(unicodedata.normalize("NFC", text))


# What Windows keeps for devices, whatever the ending ("Naming Files, Paths, and Namespaces").
_DEVICE = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³]) *(\..*)?", re.I)
_MARKS = re.compile(r'[<>:"|?*\\]')
LONGEST = 1000  # bytes of a path in output/: few disks take more, with what comes before it


@lru_cache(maxsize=1 << 16)
def unfit(path: PurePosixPath) -> str:
    """Why not every disk takes a file at this path of output/; empty when all do."""
    if len(str(path).encode()) > LONGEST:
        return "this is too long for a disk"
    return next(filter(None, map(_unfit_name, path.parts)), "")


@lru_cache(maxsize=1 << 16)
def _unfit_name(name: str) -> str:
    if len(name.encode()) > 255:
        return "this is too long for a disk"
    if not name.isprintable():
        return "this holds a character that can't be shown"
    if _DEVICE.fullmatch(name):
        return f'no file can be called "{name}" in Windows, which keeps that name for a device'
    if name.endswith((".", " ")):
        return f'"{name}" ends in a dot or a blank, which Windows would leave out'
    if mark := _MARKS.search(name):
        return f'"{name}" holds {mark[0]}, which no file\'s name can in Windows'
    return ""


def tel(phone: str) -> str:
    """A phone number as a link (RFC 3966)."""
    return "tel:" + "".join(c for c in phone if c.isdigit() or c == "+")
