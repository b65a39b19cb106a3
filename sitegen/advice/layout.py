"""Signs at the beginnings of lines that don't make what they were meant to make.

A list that takes in what follows it, a heading without its space, a letter's indent: Markdown
knows no faults, and shows what it does not understand as it was typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sitegen.advice.reading import Block, Post, advice, place_in, shown
from sitegen.problems import Problem


def check(post: Post) -> Iterator[Problem]:
    """What every rule about the signs of lines finds in a post."""
    for rule in RULES:
        yield from rule(post)


def _rows(block: Block) -> Iterator[tuple[int, str]]:
    """Each line of a block as typed, with the offset at which it begins."""
    start = 0
    for row in block.text.split("\n"):
        yield start, row
        start += len(row) + 1


def _first_words(block: Block) -> Iterator[tuple[int, str]]:
    """The lines of a paragraph or an item, less that which has the item's own sign."""
    if block.kind == "paragraph":
        yield from _rows(block)
    elif block.kind == "item":
        yield from ((start, row) for start, row in _rows(block) if start)


# Lists.

_WRAPPED = 60  # characters; a line that is as long may go on in the next
_BEGINS = re.compile(r"[“\"‘'(*_\[]*[A-Z]")
_ENDS = re.compile(r"[.!?:;][”\"’')*_]*$")


def runs_on(post: Post) -> Iterator[Problem]:
    """A line without indent below a list: it becomes a part of the last item."""
    for block in post.blocks:
        rows = list(_rows(block)) if block.kind == "item" else []
        for (_, above), margin, (start, row) in zip(
            rows, block.margins[1:], rows[1:], strict=False
        ):
            apart = _ENDS.search(above) or len(above) < _WRAPPED
            if not margin and apart and _BEGINS.match(row):
                message = "this line becomes a part of the list's item above it"
                fix = "put an empty line before it; if it belongs to the item, two spaces"
                place = place_in(block, start, len(row))
                yield advice(post, "list-runs-on", message, place, fix=fix)
                break


_COUNTED = re.compile(r"(?:\d{1,2}|[a-z])\)[ \t]+(?=\S)|o[ \t]+(?=\S)")
_CLOSE_UP = re.compile(r"(?:(#{2,6})|(-)(?=[A-Z])|(\d{1,2}\.))(?=[^\W\d_])")


def no_item(post: Post) -> Iterator[Problem]:
    """``1)``, ``a)`` and a word processor's ``o`` at the beginning of a line make no list."""
    for block in post.blocks if post.in_english else ():
        for start, row in _first_words(block):
            if m := _COUNTED.match(row):
                number, words = m[0].strip(") \t"), row[m.end() :]
                message = f'"{m[0].strip()}" makes no list: the lines run on as one paragraph'
                fix = f"{number}. {words}" if number.isdigit() else f"- {words}"
                place = place_in(block, start, len(m[0].strip()))
                yield advice(post, "word-bullet", message, place, fix=fix)


def no_space(post: Post) -> Iterator[Problem]:
    """``##Opening hours``, ``-Monday`` and ``1.come``: without a space the sign is shown."""
    for block in post.blocks:
        for start, row in _first_words(block):
            m = _CLOSE_UP.match(row)
            if m and not re.match(r"\d+\.[a-z]+\.", row):
                what = "heading" if m[1] else "list"
                message = f'"{m[0]}" without a space makes no {what}, and is shown as typed'
                place = place_in(block, start, len(m[0]))
                fix = f"{m[0]} {row[m.end() :]}"
                yield advice(post, "missing-space", message, place, fix=fix)


# Bold, code and tables.

_BOLD = re.compile(r"\*\*(?=\S).{1,2000}?(?<=\S)\*\*", re.S)
_STARS = re.compile(r"(?<![\\*\w])\*\*(?!\*)|(?<![\\*\s])\*\*(?![\w*])")


def half_bold(post: Post) -> Iterator[Problem]:
    """``**`` without its other pair, or with a space within: the stars are shown."""
    for block in post.texts if "**" in post.text else ():
        if block.kind in ("field", "html") or "**" not in block.text:
            continue
        if m := _STARS.search(_BOLD.sub(lambda m: "x" * len(m[0]), shown(block))):
            message = "these stars make nothing bold: they are shown as typed"
            fix = "type ** right before the first word and right after the last, or delete them"
            yield advice(post, "half-bold", message, place_in(block, m.start(), 2), fix=fix)


_PROSE = re.compile(r"[\w’'()“”\"-]*[A-Za-z][\w’'()“”\"-]*[.,;:!?]?(?=\s|$)")
_FEWEST = 5  # words that make a sentence and no code


def indented(post: Post) -> Iterator[Problem]:
    """Sentences that stand four spaces in: they are shown as code, in one line each."""
    for block in post.blocks:
        first = block.text.partition("\n")[0]
        words = first.split() if block.kind == "code" else []
        if len(words) >= _FEWEST and sum(map(bool, map(_PROSE.fullmatch, words))) == len(words):
            message = "four spaces at the beginning of a line make it computer code"
            fix = "take the spaces away"
            yield advice(post, "indented-text", message, place_in(block, 0, len(first)), fix=fix)


_BAR = re.compile(r"(?<!\\)\|")


def lost_cell(post: Post) -> Iterator[Problem]:
    """A row with more cells than its table has columns: the last ones are not shown."""
    for block in post.blocks:
        rows = list(_rows(block)) if block.kind == "table" else []
        masked = shown(block).split("\n")
        columns = len(_cells(masked[0]))
        for (start, row), cells in zip(rows, map(_cells, masked), strict=False):
            lost = " | ".join(cells[columns:]).strip(" |")
            if lost:
                many = f"{columns} column{'s' * (columns != 1)}"
                message = f'"{lost}" is not shown: the table has {many}'
                fix = "name one more column in its first line, or take a bar away"
                place = place_in(block, start, len(row))
                yield advice(post, "lost-cell", message, place, fix=fix)


def _cells(row: str) -> list[str]:
    """The cells of a typed row; the bars at its ends may be left out."""
    bare = re.sub(r"^\s*\||(?<!\\)\|\s*$", "", row)
    return [cell.strip() for cell in _BAR.split(bare)]


RULES = (runs_on, no_item, no_space, half_bold, indented, lost_cell)
