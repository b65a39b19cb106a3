"""What pictures say to people who can't see them: alt text that is missing or of no use."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import PurePosixPath
from typing import Any

from sitegen.advice.reading import (
    STAND_IN,
    Block,
    Post,
    advice,
    pairs,
    place_in,
    prose,
    said,
    shown,
)
from sitegen.problems import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture as typed: where it begins in ``block``, how wide it is, where its alt text begins.

    ``alt`` is None where an HTML tag has none at all; there an empty one is meant to be so.
    """

    alt: str | None
    src: str
    block: Block
    start: int
    begin: int = 0
    width: int = 1
    is_html: bool = False

    def typed(self, alt: str) -> str:
        """How to type the picture with another alt text."""
        if self.block.kind == "field":
            return f"alt: {alt}"
        return f'<img src="{self.src}" alt="{alt}">' if self.is_html else f"![{alt}]({self.src})"


_MARKDOWN = re.compile(r"!\[([^\[\]]*)\]\(\s*<?([^\s()<>]*(?:\([^()\s]*\)[^\s()<>]*)*)")
_HTML = re.compile(r"<img\b[^<>]*>", re.I)
_ATTRIBUTE = r"""\b{}\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))"""
_ALT, _SRC = (re.compile(_ATTRIBUTE.format(name), re.I) for name in ("alt", "src"))


def check(post: Post) -> Iterator[Problem]:
    """What every rule about pictures finds in a post."""
    found = tuple(pictures(post))
    for rule in (*RULES, *(ENGLISH_RULES if post.in_english else ())) if found else ():
        yield from rule(post, found)


def pictures(post: Post) -> Iterator[Picture]:
    """Every picture of a post that has a place for alt text, those of the front matter first."""
    image: Any = getattr(post.document.front, "image", None)
    for block in post.texts:
        if block.kind != "field":
            yield from _embedded(block)
        elif block.field == "image.alt":
            yield Picture(alt=block.text, src=image.src, block=block, start=0)


def _embedded(block: Block) -> Iterator[Picture]:
    text = shown(block) if "![" in block.text or "<" in block.text else ""
    for m in _MARKDOWN.finditer(text):
        yield Picture(
            alt=m[1].strip(),
            src=m[2],
            block=block,
            start=m.start(1),
            begin=m.start(),
            width=len(m[0]) + 1,
        )
    for m in _HTML.finditer(text):
        alt, src = _ALT.search(m[0]), _SRC.search(m[0])
        value = alt[alt.lastindex or 0].strip() if alt else None
        address = src[src.lastindex or 0] if src else ""
        yield Picture(
            alt=value,
            src=address,
            block=block,
            start=m.start() + (alt.start(alt.lastindex or 0) if alt else 0),
            begin=m.start(),
            width=len(m[0]),
            is_html=True,
        )


def missing(post: Post, found: Sequence[Picture]) -> Iterator[Problem]:
    """A picture in the text without a word for those who can't see it."""
    for picture in found:
        if picture.alt is None or (not picture.alt and not picture.is_html):
            fix = picture.typed("What the picture shows")
            if not picture.is_html:
                fix += f'\n(or, when it adds nothing to the text, <img src="{picture.src}" alt="">)'
            place = place_in(picture.block, picture.begin, picture.width)
            message = "this picture has no words for people who can't see it"
            yield advice(post, "alt-missing", message, place, fix=fix)


_FILE_NAME = re.compile(
    r"\S+\.(?:jpe?g|png|gif|webp|avif|svg|heic|tiff?|bmp|pdf)"
    r"|(?:img|dscn?|image|photo|picture|pic|screen ?shot|scan|untitled|banner|logo)?[\s_-]*\d*"
    r"|\w+(?:[_-]\w+)*[_-]\d+",
    re.I,
)


def file_name(post: Post, found: Sequence[Picture]) -> Iterator[Problem]:
    """Alt text that is the name of a file."""
    for picture in found:
        alt = picture.alt or ""
        stem = PurePosixPath(picture.src).stem.casefold()
        is_stem = alt.casefold() == stem and re.search(r"[_\d-]", alt)
        if alt and (is_stem or _FILE_NAME.fullmatch(alt)):
            message = f'"{alt}" is the name of a file: it tells nobody what the picture shows'
            place = place_in(picture.block, picture.start, len(alt))
            fix = picture.typed("What the picture shows")
            yield advice(post, "alt-file-name", message, place, fix=fix)


_IMAGE_OF = re.compile(
    r"(?:(?:an?|the|this)\s+)?(?:image|picture|photo|photograph|pic|graphic)\s+"
    r"(?:of|shows|showing)\s+(?=\S)",
    re.I,
)


def image_of(post: Post, found: Sequence[Picture]) -> Iterator[Problem]:
    """Alt text that begins with "picture of": a screen reader has just said so."""
    for picture in found:
        if m := _IMAGE_OF.match(picture.alt or ""):
            rest = m.string[m.end() :]
            message = (
                f'a screen reader has said that it is a picture: "{m[0].strip()}" says it again'
            )
            place = place_in(picture.block, picture.start, m.end() - 1)
            fix = picture.typed(rest[0].upper() + rest[1:])
            yield advice(post, "alt-image-of", message, place, fix=fix)


def caption_again(post: Post, found: Sequence[Picture]) -> Iterator[Problem]:
    """Alt text that says what the caption says."""
    captions = {b.field: _plain(b.text) for b in said(post) if b.field.endswith(".caption")}
    below = {id(block): following for block, following in pairs(post)}
    for _, in_block in groupby(found, key=lambda picture: id(picture.block)):
        pictures = [*in_block]
        block = pictures[0].block
        own = captions.get("image.caption", "") if block.kind == "field" else ""
        caption = own or _plain(_words_below(block, below.get(id(block))))
        for picture in pictures if caption else ():
            if _plain(picture.alt or "") == caption:
                message = "this repeats the caption, so a screen reader says it twice"
                fix = "say here what can be seen, and in the caption what it means"
                place = place_in(block, picture.start, len(picture.alt or ""))
                yield advice(post, "alt-caption", message, place, fix=fix)


def _words_below(block: Block, following: Block | None) -> str:
    """What stands as a caption below a picture: the rest of its paragraph, or else the next."""
    own = prose(block).replace(STAND_IN, "") if block.kind == "paragraph" else ""
    return own if own.strip() else prose(following) if following else ""


def _plain(text: str) -> str:
    """A text as it is compared: its words alone."""
    return " ".join(re.findall(r"\w+", text.casefold()))


RULES = (missing, file_name, caption_again)
ENGLISH_RULES = (image_of,)
