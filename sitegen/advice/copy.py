"""Copy: what was typed by a slip of the hand, and would be shown so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from sitegen.advice import dates, debris, layout, spelling, times
from sitegen.advice.reading import (
    STAND_IN,
    Block,
    Post,
    advice,
    pairs,
    place_in,
    prose,
    said,
)
from sitegen.problems import Problem
from sitegen.source.yaml_faults import typed


def check(post: Post, today: date) -> Iterator[Problem]:
    """What every rule about copy finds in a post; ``today`` is the day that it is."""
    for rule in RULES:
        yield from rule(post)
    yield from debris.check(post)
    yield from layout.check(post)
    if post.in_english:
        yield from open_quotation(post)
        yield from no_list(post)
        yield from no_list_within(post)
        yield from spelling.check(post)
        yield from dates.check(post, today)
        yield from times.check(post, today)


# Lists that did not come along.

_SAYS = re.compile(
    r"\b(?:said|says?|adds?|added|writes?|wrote|asked|told|tells?|reads?|explain(?:s|ed)"
    r"|comment(?:s|ed)|respond(?:s|ed)|repl(?:y|ies|ied)|quotes?)\b[^.!?]{0,60}:$"
)
_LISTS = re.compile(
    r"\b(?:includ(?:e|es|ed|ing)|are|were|following|follows|below|such as|these|namely)"
    r"(?: [\w’'-]+){0,2}:$",
    re.I,
)
_SENTENCES = re.compile(r"\n|(?<=[.?!]) ")
_ITEM = re.compile(r"[•·▪●◦‣–—-]|\(?(?:\d{1,2}|[a-z])[.)]\s")
_SENTENCE = 10  # words; with fewer, what follows is a short item itself


def no_list(post: Post) -> Iterator[Problem]:
    """ "They include:" and then no list. What somebody said may follow a colon as a quotation."""
    for block, below in pairs(post):
        text = prose(block).rstrip() if block.kind == "paragraph" else ""
        if not text.endswith(":") or _SAYS.search(text) or debris.is_label(text):
            continue
        if _is_missing(post, text, below):
            start = len(text) - len(_SENTENCES.split(text)[-1])
            message = "a list is announced here, and none follows"
            fix = "type the list, each item on a line that begins with - , or end with a full stop"
            place = place_in(block, start, len(text) - start)
            yield advice(post, "colon-without-list", message, place, fix=fix)


def _within(post: Post) -> Iterator[tuple[Block, int, str]]:
    """Each line that announces a list above words that run on as its own paragraph.

    Two spaces or a backslash at the end of a line keep the next one apart.
    """
    file = post.text.split("\n")
    for block in post.blocks:
        lines = prose(block).split("\n") if block.kind == "paragraph" else []
        start = 0
        for n, (line, below) in enumerate(pairwise(lines)):
            bare = line.rstrip()
            lost = _LISTS.search(bare) and not _SAYS.search(bare)
            if lost and below[:1].isupper() and not file[block.line - 1 + n].endswith("  "):
                yield block, start, bare
            start += len(line) + 1


def no_list_within(post: Post) -> Iterator[Problem]:
    """ "They include:" in the middle of lines that lost the signs of their list."""
    for block, start, line in _within(post):
        message = "a list is announced here, and the lines below run on as one paragraph"
        fix = "put an empty line below it, and begin each item with - "
        place = place_in(block, start, len(line))
        yield advice(post, "colon-without-list", message, place, fix=fix)


def _is_missing(post: Post, text: str, below: Block | None) -> bool:
    """Whether what stands below a colon is not what it announces."""
    if below is None:
        shows = ("quotes", "documents", "indicators", "follows")
        return not any(getattr(post.document.front, at, None) for at in shows)
    if below.kind == "heading":
        return True
    words = prose(below)
    is_text = below.kind == "paragraph" and "\n" not in words and len(words.split()) >= _SENTENCE
    starts_list = _ITEM.match(words) or words[:1] in ("“", '"', "‘", "'", STAND_IN)
    return bool(_LISTS.search(text) and is_text and not starts_list)


_BULLET = re.compile(r"^[ \t]*([•·▪●◦‣➢➤►▶✓✔■❖\uf0b7])[ \t]*(?=\S)|^[ \t]*([–—])[ \t]+(?=\S)", re.M)


def word_bullet(post: Post) -> Iterator[Problem]:
    """A bullet of a word processor: only - at the start of a line makes a list."""
    if post.text.isascii():
        return
    marks = [
        (block, m)
        for block in post.blocks
        if block.kind in ("paragraph", "item", "quote")
        for m in _BULLET.finditer(block.text)
    ]
    dashes = sum(m[2] is not None for _, m in marks)
    for block, m in marks:
        if m[1] or dashes > 1:  # a single dash may begin a remark
            words = block.text[m.end() :].partition("\n")[0]
            place = place_in(block, m.start(m.lastindex or 0))
            message = f'"{m[m.lastindex or 0]}" makes no list: the lines run on as one paragraph'
            yield advice(post, "word-bullet", message, place, fix=f"- {words}")


# Fields.

_SIGNS = re.compile(
    r"(?P<link>\[[^\[\]]+\]\([^()\s]+\))|(?P<bold>(\*\*|__)(?=\S).+?(?<=\S)\3)"
    r"|(?P<slant>(?<![\w*])\*(?=\w)[^*]*\w\*(?![\w*])|(?<!\w)_(?=\w)[^_]*\w_(?!\w))"
    r"|(?P<code>`[^`]+`)|(?P<tag></?(?:a|b|i|p|em|strong|br|span|u)\b[^<>]*>)"
    r"|(?P<entity>&(?:nbsp|amp|quot|lt|gt|#\d+);)"
)


def signs_in_field(post: Post) -> Iterator[Problem]:
    """Markdown or HTML in a plain text field, where it is shown as typed."""
    for block in said(post):
        for m in _SIGNS.finditer(block.text) if block.kind == "field" else ():
            name = re.sub(r"\.\d+", "", block.field)
            message = f'"{name}" is plain text: "{m[0]}" is shown as typed, signs and all'
            words = re.sub(r"\]\(.*|</?[^<>]*>|[*_`\[]|&nbsp;", " ", m[0]).strip()
            fix = "type the character itself" if m["entity"] else f"type {words}" * bool(words)
            place = place_in(block, m.start(), len(m[0]))
            yield advice(post, "signs-in-field", message, place, fix=fix or "delete the tag")


_ABBREVIATED = re.compile(r"(?:\b\w|\b(?:etc|inc|ltd|co|no|jr|sr|st|dr|approx))\.$|\.\.$", re.I)


def title_stop(post: Post) -> Iterator[Problem]:
    """A full stop at the end of a title."""
    for block in said(post):
        if (
            block.field == "title"
            and block.text.endswith(".")
            and not _ABBREVIATED.search(block.text)
        ):
            message = "a title needs no full stop"
            place = place_in(block, len(block.text) - 1)
            yield advice(post, "title-stop", message, place, fix=f"title: {typed(block.text[:-1])}")


def summary_again(post: Post) -> Iterator[Problem]:
    """A summary that says what the title or the first sentence says: readers see both."""
    fields = {block.field: block for block in said(post)}
    summary = fields.get("summary")
    first = next((prose(b) for b in post.blocks if b.kind == "paragraph"), "")
    if not summary or not (words := _plain(summary.text)):
        return
    of_title = "title" in fields and _plain(fields["title"].text) == words
    if of_title or f"{_plain(first)} ".startswith(f"{words} "):
        message = f"this repeats the {'title' if of_title else 'beginning of the text'}"
        fix = "say in other words what readers will find"
        place = place_in(summary, 0, len(summary.text))
        yield advice(post, "summary-again", message, place, fix=fix)


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


# Headings and quotation marks.


def same_heading(post: Post) -> Iterator[Problem]:
    """Two headings of the same words: in a list of contents nobody can tell them apart."""
    first: dict[str, int] = {}
    for block in post.blocks:
        words = _plain(block.text) if block.kind == "heading" else ""
        if not words:
            continue
        line = first.setdefault(words, block.line)
        if line != block.line:
            message = f"line {line} has the same heading"
            fix = "say in each what its part is about"
            place = place_in(block, 0, len(block.text))
            yield advice(post, "same-heading", message, place, fix=fix)


_ANY_MARK = re.compile('[“”"]')
_LOW = re.compile("„([^„“”]*)[“”]")  # „so“ and „so” quote others


def open_quotation(post: Post) -> Iterator[Problem]:
    """A quotation without its other mark. One of several paragraphs closes in the last."""
    is_open = False
    for block, below in pairs(post):
        text = prose(block) if block.kind in ("paragraph", "item", "quote") else ""
        text = _LOW.sub(r"“\1”", text)
        if _ANY_MARK.search(text):
            yield from _marks(post, block, below, text, is_open)
            is_open = _opens(text) is not None
        else:
            is_open = False


def _marks(
    post: Post, block: Block, below: Block | None, text: str, is_open: bool
) -> Iterator[Problem]:
    opened = _opens(text)
    straight = _odd_straight(text)
    if (again := _begins_again(text)) is not None:
        place = place_in(block, again)
        message = "a quotation begins here, and the one before it has not ended"
        fix = "begin a new paragraph before the mark, or end the quotation with ”"
    elif straight is not None and not is_open:
        place = place_in(block, straight)
        message = "this quotation mark has no partner in its paragraph"
        fix = "type “ where the quotation begins and ” where it ends"
    elif opened is not None and not (below and prose(below).lstrip()[:1] in ("“", '"')):
        place = place_in(block, opened)
        message = "this quotation has no end"
        fix = "type ” where it ends"
    elif (close := _closes_only(text)) is not None and not is_open:
        place = place_in(block, close)
        message = "a quotation ends here that has not begun"
        fix = "type “ where it begins"
    else:
        return
    yield advice(post, "quotation-open", message, place, fix=fix)


def _begins_again(text: str) -> int | None:
    """Where a quotation begins with a sentence while the one before it has not ended."""
    is_open = False
    for m in re.finditer("[“”]", text):
        if is_open and m[0] == "“" and text[m.start() - 2 : m.start()] in (". ", "! ", "? "):
            return m.start()
        is_open = m[0] == "“"
    return None


def _opens(text: str) -> int | None:
    """Where the last quotation begins that does not end."""
    at = text.rfind("“")
    return at if at > text.rfind("”") else None


def _closes_only(text: str) -> int | None:
    """Where a quotation ends that does not begin in this text."""
    at = text.find("”")
    return at if at >= 0 and "“" not in text[:at] else None


def _odd_straight(text: str) -> int | None:
    """Where the straight double mark stands that has no partner; an inch (12") needs none."""
    marks = [m.start() for m in re.finditer('"', text)]
    if len(marks) % 2:
        marks = [at for at in marks if not text[at - 1 : at].isdigit()]
    return marks[-1] if len(marks) % 2 and not re.search("[“”]", text) else None


_STRAIGHT = re.compile(r"(?<!\S)'(?=\w)[^'\n]*\w'(?!\w)|(?<!\S)\"(?=\w)[^\"\n]*\"?")
_CURLY = re.compile(r"‘[^‘’]+’|“[^“”]+”")


def mixed_marks(post: Post) -> Iterator[Problem]:
    """Straight and curly quotation marks in one text: pasted from two places. Once a post."""
    if post.text.isascii():
        return
    texts = [(block, prose(block)) for block in post.blocks if block.kind in ("paragraph", "item")]
    if not any(_CURLY.search(text) for _, text in texts):
        return
    for block, text in texts:
        if m := _STRAIGHT.search(text):
            message = "these quotation marks are straight, and others of this post are curly"
            place = place_in(block, m.start(), len(m[0]))
            fix = "type one kind all through: the page shows curly ones in any case"
            yield advice(post, "mixed-marks", message, place, fix=fix)
            return


RULES = (
    word_bullet,
    signs_in_field,
    title_stop,
    summary_again,
    same_heading,
    mixed_marks,
)
