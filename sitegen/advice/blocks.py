"""Typed Markdown as blocks: what each stretch of lines is, and where its words stand in the file.

Advice is about what was typed, and the HTML no longer knows where that was. So the lines are read
once more, without being converted: less exactly than ``prose`` reads them, but with places.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from sitegen.problems import Place
from sitegen.prose.lists import HEADING, MARKER


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A heading, a paragraph, an item … with its inline Markdown as typed, its margins left out.

    ``kind`` is heading, paragraph, item, quote (a paragraph of a quotation), note (the title of a
    box), table, html, code, comment, definition or field (plain text in front matter). ``line`` is
    the file's line at which it begins. ``level`` is a heading's (1 to 6), else 0. ``margins`` are
    the characters that stand before each line's words. ``field`` is the dotted name of the field
    that it is in; empty in the body.
    """

    kind: str
    text: str
    line: int
    level: int = 0
    margins: tuple[int, ...] = (0,)
    field: str = ""


class Line(NamedTuple):
    """A line of a file: its number, how much of it is left out, and the rest as typed."""

    number: int
    margin: int
    text: str


def place_in(block: Block, start: int, width: int = 1) -> Place:
    """The place of ``width`` characters from the offset ``start`` of a block's text (or prose).

    A place stays on its line: what runs on ends with it.
    """
    begin = block.text.rfind("\n", 0, start) + 1
    row = block.text.count("\n", 0, begin)
    end = block.text.find("\n", start)
    room = (len(block.text) if end < 0 else end) - start
    return Place(
        line=block.line + row,
        column=start - begin + block.margins[row] + 1,
        width=max(1, min(width, room)),
    )


def lines_of(text: str, first_line: int, margin: int = 0) -> list[Line]:
    """The lines of a text, the first of which has this number; less ``margin`` spaces each."""
    return [
        _less(Line(number, 0, line), margin)
        for number, line in enumerate(text.split("\n"), first_line)
    ]


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip(" \t"))


def _less(line: Line, most: int) -> Line:
    """A line without the first spaces of its text, ``most`` of them."""
    spaces = min(most, _indent(line.text))
    return Line(line.number, line.margin + spaces, line.text[spaces:])


def _from(line: Line, start: int) -> Line:
    """A line from a character of its text on."""
    return Line(line.number, line.margin + start, line.text[start:])


def block(kind: str, lines: Sequence[Line], level: int = 0) -> Block:
    """A block of these lines, each without the space round its words."""
    bare = [line.text.lstrip(" \t") for line in lines]
    return Block(
        kind=kind,
        text="\n".join(map(str.rstrip, bare)),
        line=lines[0].number,
        level=level,
        margins=tuple(
            line.margin + len(line.text) - len(words)
            for line, words in zip(lines, bare, strict=True)
        ),
    )


_FENCE = re.compile(r"`{3,}(?=[^`]*$)|~{3,}")
_RULE = re.compile(r"(?:(?:-\s*){3,}|(?:_\s*){3,}|(?:\*\s*){3,})$")
_UNDERLINE = re.compile(r"\s{0,3}(=+|-+)\s*$")
_TABLE_RULE = re.compile(r" *\|?(?: *:?-+:? *\|)+(?: *:?-+:? *)?$")
_NOTE = re.compile(r'!!! ?[\w -]*(?:"(?=([^"\n]*)")|$)')
_DEFINITION = re.compile(r"\[(?!\^)[^\]\n]+\]:\s*\S|\*\[[^\]\n]+\]:")
_FOOTNOTE = re.compile(r"\[\^[^\]\n]*\]:\s*|: {1,3}(?=\S)")
_TAG = re.compile(
    r"<(/?)(address|article|aside|audio|blockquote|center|dd|details|div|dl|dt|figcaption|figure"
    r"|footer|form|h[1-6]|header|hr|iframe|li|main|nav|ol|p|pre|section|summary|table|tbody|td"
    r"|tfoot|th|thead|tr|ul|video)(?=[\s/>]|$)",
    re.I,
)
_HEADING_MARK = re.compile(r"#{1,6}(?:\s+|$)")
_HEADING_END = re.compile(r"\s+#+\s*$")
_QUOTE_MARK = re.compile(r"(?:\s*> ?)+")  # of a quotation in a quotation too
_STOPS = re.compile(r"[.,:;?!][\"'”’»)\]}*_` ]*$")
_DEEPEST = 20
_SHY = " \t`~<>#!|[:-_*+=0123456789"  # no other character begins anything but a paragraph


def blocks(lines: Sequence[Line], depth: int = 0) -> Iterator[Block]:
    """The blocks of some lines, in order. Linear in the text.

    ``depth`` tells how many quotations and boxes the lines are in.
    """
    at, in_list = 0, False
    while at < len(lines):
        words = lines[at].text.lstrip(" \t")
        indent = len(lines[at].text) - len(words)
        if not words:
            at += 1
            continue
        in_list = bool(MARKER.match(words)) or (in_list and indent > 0)
        end, found = _block(lines, at, words, code=indent >= 4 and not in_list, depth=depth)
        yield from found
        at = end


_Read = tuple[int, Sequence[Block]]  # the number of the line below, and what was read


def _block(lines: Sequence[Line], at: int, words: str, *, code: bool, depth: int) -> _Read:
    """What begins at the line ``at``, which has words."""
    if code:
        return _indented(lines, at, "code")
    if words[0] not in _SHY and "|" not in words:
        return _running(lines, at, words)
    if words[0] in "`~" and (fence := _FENCE.match(words)):
        return _fenced(lines, at, fence[0])
    if words[0] == "<" and (end := _html_end(lines, at, words)):
        kind = "comment" if words.startswith("<!--") else "html"
        return end, [block(kind, lines[at:end])]
    if words[0] == ">" and depth < _DEEPEST:
        return _quotation(lines, at, depth)
    if HEADING.match(words):
        return at + 1, [_heading(lines[at])]
    if _RULE.match(words):
        return at + 1, []
    if words.startswith("!!!") and depth < _DEEPEST and (note := _NOTE.match(words)):
        return _note(lines, at, note, depth)
    if _DEFINITION.match(words):
        return at + 1, [block("definition", lines[at : at + 1])]
    if "|" in words and _is_table(lines, at):
        end = _blank(lines, at)
        return end, [block("table", lines[at:end])]
    return _running(lines, at, words)


def _blank(lines: Sequence[Line], at: int) -> int:
    """The number of the next line without words."""
    return next((n for n in range(at, len(lines)) if not lines[n].text.strip()), len(lines))


def _is_table(lines: Sequence[Line], at: int) -> bool:
    below = lines[at + 1].text if at + 1 < len(lines) else ""
    return "|" in below and _TABLE_RULE.match(below) is not None


def _heading(line: Line) -> Block:
    bare = _less(line, len(line.text))
    mark = _HEADING_MARK.match(bare.text)
    start = mark.end() if mark else 0
    cut = _HEADING_END.sub("", bare.text)
    level = len(bare.text) - len(bare.text.lstrip("#"))
    return block("heading", [_from(Line(bare.number, bare.margin, cut), start)], level)


# Blocks of several lines.


def _indented(lines: Sequence[Line], at: int, kind: str) -> _Read:
    end = _indented_end(lines, at)
    return end, [block(kind, lines[at:end])]


def _indented_end(lines: Sequence[Line], at: int) -> int:
    """The number of the line after all that stands four spaces in; blank ones at its end left."""
    last = at - 1
    for n in range(at, len(lines)):
        if lines[n].text.strip():
            if not lines[n].text.startswith(("    ", "\t")):
                break
            last = n
    return last + 1


def _fenced(lines: Sequence[Line], at: int, mark: str) -> _Read:
    end = at + 1
    while end < len(lines):
        words = lines[end].text.strip()
        end += 1
        if len(words) >= len(mark) and not words.strip(mark[0]):
            break
    return end, [block("code", lines[at:end])]


def _html_end(lines: Sequence[Line], at: int, words: str) -> int:
    """The number of the line after raw HTML that begins here; 0 when none does."""
    if words.startswith("<!--"):
        return next((n + 1 for n in range(at, len(lines)) if "-->" in lines[n].text), len(lines))
    tag = _TAG.match(words)
    if not tag:
        return 0
    if tag[1] or tag[2].lower() == "hr":
        return at + 1
    same = re.compile(rf"<(/?){tag[2]}(?=[\s/>]|$)", re.I)
    depth = 0
    for n in range(at, len(lines)):
        depth += sum(-1 if m[1] else 1 for m in same.finditer(lines[n].text))
        if depth <= 0:
            return n + 1
    return len(lines)


def _quotation(lines: Sequence[Line], at: int, depth: int) -> _Read:
    end, inside = at, []
    while end < len(lines) and (mark := _QUOTE_MARK.match(lines[end].text)):
        inside.append(_from(lines[end], mark.end()))
        end += 1
    spoken = {"paragraph", "item", "heading", "quote"}
    within = blocks(inside, depth + 1)
    return end, [replace(b, kind="quote", level=0) if b.kind in spoken else b for b in within]


def _note(lines: Sequence[Line], at: int, note: re.Match[str], depth: int) -> _Read:
    """A box: its title, and what stands four spaces in below it."""
    end = _indented_end(lines, at + 1)
    head = lines[at]
    start = _indent(head.text) + note.end()
    title = Line(head.number, head.margin + start, head.text[start : start + len(note[1] or "")])
    inside = blocks([_less(line, 4) for line in lines[at + 1 : end]], depth + 1)
    return end, [*([block("note", [title])] if title.text else []), *inside]


def _running(lines: Sequence[Line], at: int, words: str) -> _Read:
    """A paragraph, an item, a footnote, or a heading with a line drawn under it."""
    marker = MARKER.match(words) or _FOOTNOTE.match(words)
    kind = "item" if marker and marker.re is MARKER else "paragraph"
    end = at + 1
    while end < len(lines):
        below = lines[end].text
        if not below or below.isspace():
            break
        if kind == "paragraph" and (line := _UNDERLINE.match(below)):
            level = 1 if line[1][0] == "=" else 2
            return end + 1, [block("heading", lines[at:end], level)]
        if _interrupts(lines, end, kind):
            break
        end += 1
    start = _indent(lines[at].text) + (marker.end() if marker else 0)
    found = block(kind, [_from(lines[at], start), *lines[at + 1 : end]])
    return end, [found] if found.text else []


def _interrupts(lines: Sequence[Line], at: int, kind: str) -> bool:
    """Whether the line ``at`` ends the paragraph or item above it though no blank line does."""
    words = lines[at].text.lstrip(" \t")
    if words[0] not in _SHY:
        return "|" in words and _is_table(lines, at)
    if words[0] in "`~" and _FENCE.match(words):
        return True
    if words[0] == "<":
        return words.startswith("<!--") or _TAG.match(words) is not None
    if words[0] == ">" or HEADING.match(words) or _RULE.match(words):
        return True
    if marker := MARKER.match(words):
        return kind == "item" or _is_item(lines, at, marker)
    return bool(_FOOTNOTE.match(words) or _DEFINITION.match(words)) or _is_table(lines, at)


def _is_item(lines: Sequence[Line], at: int, marker: re.Match[str]) -> bool:
    """Whether a marker under a paragraph makes an item, or is part of a wrapped sentence."""
    if marker[3] is None or marker[2] not in (None, "1"):
        return False
    below = lines[at + 1].text.lstrip() if at + 1 < len(lines) else ""
    return bool(_STOPS.search(lines[at - 1].text) or MARKER.match(below))
