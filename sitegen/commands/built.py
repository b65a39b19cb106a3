"""A built site as readers see it: its pages, its redirects, and the digests of its files.

A page's own words are told apart from what other posts put beside them (related, previous, next)
and from the frame round every page.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sitegen.fingerprint import Digest, digest_bytes
from sitegen.urls import output_path

RECORD = "build.json"
INDEX = "pagefind/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A post's page, as build.json names it. ``state``: a consultation's, or withdrawn, expired."""

    url: str
    kind: str
    title: str
    source: str
    state: str

    @property
    def path(self) -> str:
        """Where it lies in the folder of its site."""
        return output_path(self.url).as_posix()


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """The digests of a file: of the page's own words, with what is beside them, and of it all."""

    own: Digest
    main: Digest
    whole: Digest


NOTHING = Seen(own="", main="", whole="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """A built site. ``redirects`` leads from old site paths to new ones; ``files`` are by path.

    Paths in ``files`` leave out the fingerprints that the design's files have in their names.
    """

    base_url: str
    pages: tuple[Page, ...]
    redirects: Mapping[str, str]
    files: Mapping[str, Seen]

    def answers(self, url: str) -> str:
        """The site path of what a reader finds at an address; empty when there is nothing."""
        if to := self.redirects.get(url):
            return to
        return url if output_path(url).as_posix() in self.files else ""


def pages(record: Mapping[str, Any]) -> tuple[Page, ...]:
    """The pages of a build.json. ValueError when that isn't what it is."""
    try:
        return tuple(
            Page(
                url=str(row["url"]),
                kind=str(row["kind"]),
                title=str(row["title"]),
                source=str(row["source"]),
                state=str(row.get("ended") or row.get("state") or ""),
            )
            for row in record["pages"]
        )
    except (KeyError, TypeError, AttributeError):
        raise ValueError("its pages can't be read") from None


def redirects(text: str, prefix: str) -> dict[str, str]:
    """The redirects that a ``_redirects`` lists; ``prefix`` is the path of the site's address."""
    rows = (line.split() for line in text.splitlines())
    found = (
        (row[0].removeprefix(prefix), row[1].removeprefix(prefix)) for row in rows if len(row) > 1
    )
    return {old: new for old, new in found if old.startswith("/")}


_FINGERPRINT = re.compile(r"((?:^|/)assets/[^\"'\s<>?]*?)\.[0-9a-f]{10}(?=\.\w+)")
_IN_BYTES = re.compile(_FINGERPRINT.pattern.encode())
_VARIANT = re.compile(r"\.[0-9a-f]{8}\.\d+w\.\w+$")  # a picture in another size
_ARTICLE = re.compile(rb"<article\b|</article\s*>")


def plain(path: str) -> str:
    """A path without the fingerprint that a file of the design has in its name.

    Empty for what only follows from other files: sizes of pictures, the search index.
    """
    follows = path == RECORD or path.startswith(INDEX) or _VARIANT.search(path)
    return "" if follows else _FINGERPRINT.sub(r"\1", path)


def seen(path: str, data: bytes) -> Seen:
    """The digests of a file of a built site."""
    whole = digest_bytes(data)
    if not path.endswith(".html"):
        return Seen(own=whole, main=whole, whole=whole)
    start, end = data.find(b"<main"), data.rfind(b"</main>")
    main = _IN_BYTES.sub(rb"\1", data[start:end] if 0 <= start < end else data)
    return Seen(own=digest_bytes(_article(main)), main=digest_bytes(main), whole=whole)


def _article(main: bytes) -> bytes:
    """The article round a page's first heading; all of it where there is none."""
    heading, opened = main.find(b"<h1"), list[int]()
    for tag in _ARTICLE.finditer(main):
        if not tag[0].startswith(b"</"):
            opened.append(tag.start())
        elif opened:
            start = opened.pop()
            if not opened and start < heading < tag.start():
                return main[start : tag.end()]
    return main
