"""Accessibility of what is written: headings, tables, capitals and emoji; pictures and links.

What the templates do is tested with the site; this is about what only a writer can do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sitegen.advice import alts, linktext
from sitegen.advice.reading import (
    Block,
    Post,
    advice,
    pairs,
    place_in,
    prose,
)
from sitegen.problems import Place, Problem
from sitegen.prose.acronyms import STRESSED
from sitegen.prose.tags import names


def check(post: Post) -> Iterator[Problem]:
    """What every rule about accessible content finds in a post."""
    yield from alts.check(post)
    yield from linktext.check(post)
    for rule in RULES:
        yield from rule(post)


def _headings(post: Post) -> list[Block]:
    return [block for block in post.blocks if block.kind == "heading"]


def _whole(block: Block) -> Place:
    """The place of a block's words, to the end of their first line."""
    return place_in(block, 0, len(block.text))


# Headings.


def top_heading(post: Post) -> Iterator[Problem]:
    """``#`` in a body: the title is the page's only heading of that level."""
    for block in _headings(post):
        if block.level == 1:
            message = (
                "the title is the main heading of the page: headings in the text begin with ##"
            )
            fix = f"## {block.text}"
            yield advice(post, "heading-top", message, _whole(block), fix=fix)


def skipped_level(post: Post) -> Iterator[Problem]:
    """``####`` right below ``##``: people who jump from heading to heading miss what is between."""
    above = 1
    for block in _headings(post):
        if block.level > above + 1:
            below = f"below {'#' * above}" if above > 1 else "as the first heading"
            message = f"{'#' * block.level} {below} skips a level"
            fix = f"{'#' * (above + 1)} {block.text}"
            yield advice(post, "heading-skipped", message, _whole(block), fix=fix)
        above = block.level


_BOLD = re.compile(r"(\*\*|__)(?=\S)((?:(?!\1)[^\n])+)\1:?")
_SENTENCE_END = (".", "!", "…", ",", ";")


def bold_heading(post: Post) -> Iterator[Problem]:
    """A bold line on its own that stands above something: it looks like a heading and is none."""
    for block, below in pairs(post):
        m = _BOLD.fullmatch(block.text) if block.kind == "paragraph" else None
        if not m or below is None or below.kind == "heading" or any(block.margins):
            continue
        words = m[2].strip()
        if len(words) <= 80 and not words.endswith(_SENTENCE_END):
            message = "bold words above a text look like a heading, and are none to a screen reader"
            fix = f"## {words.rstrip(':')}"
            yield advice(post, "heading-bold", message, _whole(block), fix=fix)


def heading_colon(post: Post) -> Iterator[Problem]:
    """A heading that ends with a colon."""
    for block in _headings(post):
        if block.text.endswith(":"):
            place = place_in(block, len(block.text) - 1)
            fix = f"{'#' * block.level} {block.text.rstrip(': ')}"
            message = "a heading names what is below it, and needs no colon"
            yield advice(post, "heading-colon", message, place, fix=fix)


def empty_heading(post: Post) -> Iterator[Problem]:
    """A heading with nothing below it, or without words."""
    for block, below in pairs(post):
        if block.kind != "heading":
            continue
        if not block.text:
            message, fix = "this heading has no words", "write it, or delete the line"
        elif below is None or (below.kind == "heading" and below.level <= block.level):
            message, fix = "nothing stands below this heading", "write it, or delete the heading"
        else:
            continue
        yield advice(post, "heading-empty", message, _whole(block), fix=fix)


# Tables.


def bare_table(post: Post) -> Iterator[Problem]:
    """A table whose columns have no names."""
    for block in post.blocks:
        first = block.text.partition("\n")[0]
        if block.kind == "table" and not first.strip("| \t"):
            fix = "name each column in its first line: | Day | Opening hours |"
        elif block.kind == "html" and _lacks_headers(block.text):
            fix = 'name each column: <th scope="col">Day</th>'
        else:
            continue
        message = "the columns of this table have no names: heard cell by cell, it makes no sense"
        yield advice(post, "table-headers", message, _whole(block), fix=fix)


def _lacks_headers(text: str) -> bool:
    table = re.search(r"<table\b([^<>]*)>", text, re.I)
    if not table or "presentation" in table[1]:
        return False
    return not re.search(r"<th\b", text, re.I)


def no_table(post: Post) -> Iterator[Problem]:
    """Lines with bars that are no table, for the line below the first is missing."""
    for block in post.blocks:
        rows = block.text.split("\n")
        if block.kind == "paragraph" and len(rows) > 1 and all(r.startswith("|") for r in rows[:2]):
            message = "this is no table yet: the bars are shown as typed"
            fix = "\n".join((rows[0], re.sub(r"[^|]+", " --- ", rows[0]), rows[1]))
            yield advice(post, "table-headers", message, _whole(block), fix=fix)


# What shouts.

_RUN = re.compile(r"(?<![A-Z'’])[A-Z][A-Z'’]+(?:[ ,&\n-]+[A-Z'’]+\b)+")
_LONG = 6
_COMMON = names(
    "A AN AND ARE AS AT BE BY CAN DO FOR FROM HAVE IF IN IS IT MUST NO NOT OF ON OR OUR PLEASE THE"
    " THIS TO WE WILL WITH YOU YOUR"
)


def capitals(post: Post) -> Iterator[Problem]:
    """Several words in capitals: hard to read, and some screen readers spell them."""
    for block in post.texts:
        for m in _RUN.finditer(prose(block)):
            words = re.findall(r"[A-Z]+", m[0])
            if _shouts(words):
                fix = f"type {m[0].capitalize()}, and make it bold if it must stand out"
                place = place_in(block, m.start(), len(m[0]))
                message = "words in capitals are hard to read, and some screen readers spell them"
                yield advice(post, "capitals", message, place, fix=fix)


def _shouts(words: list[str]) -> bool:
    """Whether these are words, and not some acronyms side by side: "READ THIS", not "NHS IT"."""
    long = sum(len(word) >= _LONG for word in words)
    common = sum(word in _COMMON for word in words)
    stressed = any(word.lower() in STRESSED for word in words)
    all_words = all(
        len(word) >= _LONG or word in _COMMON or word == "US" or word.lower() in STRESSED
        for word in words
    )
    return long >= 2 or (len(words) > 2 and long + common >= 2) or (stressed and all_words)


_ONE = "[\U0001f300-\U0001faff☀-➿⭐⭕]"
_EMOJI = (
    f"(?:[\U0001f1e6-\U0001f1ff]{{2}}|(?<!\u200d){_ONE}[\ufe0f\U0001f3fb-\U0001f3ff]*+"
    f"(?:\u200d{_ONE}[\ufe0f\U0001f3fb-\U0001f3ff]*+)*+)"
)
_ANY_EMOJI = re.compile("[\U0001f1e6-\U0001faff☀-➿⭐⭕]")
_EMOJI_RUN = re.compile(f"{_EMOJI}(?: ?{_EMOJI})+")


def emoji(post: Post) -> Iterator[Problem]:
    """Emoji in a row: each is read out by its name."""
    for block in post.texts if _ANY_EMOJI.search(post.text) else ():
        for m in _EMOJI_RUN.finditer(block.text):
            message = "a screen reader says the name of each of these emoji, one after the other"
            place = place_in(block, m.start(), len(m[0]))
            yield advice(post, "emoji-run", message, place, fix="keep one at most")


RULES = (
    top_heading,
    skipped_level,
    bold_heading,
    heading_colon,
    empty_heading,
    bare_table,
    no_table,
    capitals,
    emoji,
)
