"""A post as its editor typed it: blocks of Markdown and fields of text, with places for advice."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from sitegen.advice.blocks import Block, Line, block, blocks, lines_of, place_in
from sitegen.model import Document
from sitegen.problems import Place, Problem, Severity, problem
from sitegen.source import schema
from sitegen.source.fieldtypes import Lines, Prose, Text
from sitegen.source.frontmatter import FENCE
from sitegen.source.words import is_english

__all__ = [
    "Block",
    "Post",
    "Rule",
    "advice",
    "is_own",
    "pairs",
    "place_in",
    "prose",
    "read",
    "said",
    "shown",
    "stand_in",
    "unquoted",
    "written",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A post's file, taken apart. ``text`` is all of it, with ``\\n`` newlines.

    ``fields`` are the texts of the front matter, ``blocks`` those of the body, whose first line
    has the number ``first_line``; ``texts`` are both, less code, comments and definitions.
    ``lang`` is the BCP 47 tag of the language. ``words`` are all that occur in the file, in lower
    case, a to z: a rule need not look further when its own are not among them.
    """

    document: Document
    text: str
    first_line: int
    fields: tuple[Block, ...]
    blocks: tuple[Block, ...]
    texts: tuple[Block, ...]
    lang: str
    words: frozenset[str]

    @property
    def path(self) -> str:
        """The file, relative to the site's root, as problems name it."""
        return f"content/{self.document.path}"

    @property
    def in_english(self) -> bool:
        """Whether the rules of English hold for it."""
        return is_english(self.lang)


Rule = Callable[[Post, date], Iterable[Problem]]  # a post, and the day that it is

_SILENT = frozenset({"code", "comment", "definition"})
_WORD = re.compile("[a-z]+")


def read(document: Document, text: str, lang: str) -> Post:
    """A document with what its file says, ``text`` being the file as decoded."""
    lines = text.split("\n")
    first = _body_row(lines)
    found = tuple(blocks([Line(n + 1, 0, lines[n]) for n in range(first, len(lines))]))
    fields = tuple(_fields(document, lines))
    return Post(
        document=document,
        text=text,
        first_line=first + 1,
        fields=fields,
        blocks=found,
        texts=tuple(block for block in (*fields, *found) if block.kind not in _SILENT),
        lang=lang,
        words=frozenset(_WORD.findall(text.lower())),
    )


def _body_row(lines: list[str]) -> int:
    """Where the body begins, counted from 0; without front matter that closes there is none."""
    fences = (n for n, line in enumerate(lines) if line.rstrip() == FENCE)
    opening, closing = next(fences, None), next(fences, None)
    if opening is None or closing is None or any(line.strip() for line in lines[:opening]):
        return len(lines)
    return closing + 1


def written(post: Post) -> date | None:
    """The last day on which somebody wrote a post or looked at it, as far as it says."""
    front = post.document.front
    if front is None:
        return None
    notes = (note.date for note in front.change_notes)
    days = (front.date, front.updated, front.last_reviewed_on, *notes)
    return max((day for day in days if day), default=None)


def is_own(block: Block) -> bool:
    """Whether a block holds the post's own words, and not what others said or wrote."""
    return block.kind != "quote" and block.field.partition(".")[0] not in _OTHERS


_OTHERS = frozenset({"quotes", "pull_quote", "source"})


def advice(post: Post, code: str, message: str, place: Place, *, fix: str) -> Problem:
    """An advice about a place of a post."""
    return problem(code, message, post.path, place, fix=fix, severity=Severity.ADVICE)


# Front matter.


def said(post: Post) -> tuple[Block, ...]:
    """Every text of the front matter: a plain one as a ``field``, a Markdown one as its blocks."""
    return post.fields


def _fields(document: Document, lines: list[str]) -> Iterator[Block]:
    for name, type_, value in schema.leaves(document.front) if document.front else ():
        if isinstance(type_, Text | Lines | Prose) and name in document.places:
            for found in _field(lines, document.places[name], value, type_):
                yield replace(found, field=name)


def _field(lines: list[str], place: Place, value: str, type_: schema.Type) -> Iterator[Block]:
    typed = _typed(lines, place, value)
    return blocks(typed) if isinstance(type_, Prose) else iter((block("field", typed),))


def _typed(lines: list[str], place: Place, value: str) -> list[Line]:
    """The lines that hold a value, from its first word to its last, as they were typed.

    Where YAML's escapes came between (``it''s``), the value itself, at the field's line.
    """
    row, column = place.line - 1, place.column - 1
    if row >= len(lines):
        return lines_of(value, place.line)
    if (start := lines[row].find(value, column)) >= 0:
        return [Line(place.line, start, value)]
    below = "\n".join(lines[row:])[column:]
    start = end = -1
    for word in value.split():
        at = below.find(word, max(end, 0))
        if at < 0 or below[max(end, 0) : at].strip(" \t\n\"'"):
            return lines_of(value, place.line)
        start, end = (at, at + len(word)) if start < 0 else (start, at + len(word))
    margin = column + start
    first, *rest = lines_of(below[start:end], place.line, margin)
    return [Line(first.number, margin, first.text), *rest]


def pairs(post: Post) -> Iterator[tuple[Block, Block | None]]:
    """Each block of the body with the next one; the last with None. Comments are left out."""
    kept = [found for found in post.blocks if found.kind not in ("comment", "definition")]
    return zip(kept, [*kept[1:], None], strict=False)


# Prose without its signs.

TARGET = r"\((?:[^()\n]|\([^()\n]*\))*\)|\[[^\[\]\n]*\]"
STAND_IN = "\N{OBJECT REPLACEMENT CHARACTER}"
_MARKED = re.compile(r"[`*_\[\]<\\{]")
_CODE = re.compile(r"(?<![`\\])(`+)(?!`)(?:(?!\1).)+?(?<!`)\1(?!`)", re.S)
_COMMENT = re.compile(r"<!--(?:(?!<!--).)*?-->", re.S)
_IMAGE = re.compile(rf"!\[[^\[\]]*\](?:{TARGET})?")
_LINK = re.compile(rf"\[(?!\^)([^\[\]]*)\](?:{TARGET})")
_AUTOLINK = re.compile(r"<(?:[A-Za-z][A-Za-z0-9+.-]*:[^<>\s]*|[^<>\s!]+@[^<>\s]+)>")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>|\[\^[^\[\]\n]+\]|\{[:#.][^{}\n]*\}")
_EMPHASIS = re.compile(r"\\([^\w\s])|\*+|(?<!\w)_+|(?<!_)_+(?!\w)")


def shown(block: Block) -> str:
    """A block's text with code and comments out of the way, every other character where it was."""
    return _without_code(block.text)


def prose(block: Block) -> str:
    """A block's text without Markdown signs, every word where it was: signs become spaces.

    What is no prose (code, pictures, addresses in angle brackets) becomes a run of ``STAND_IN``,
    so that the words around it do not come together.
    """
    return _plain(block.text)


def unquoted(text: str) -> str:
    """A text with what stands between double quotation marks out of the way: others' words."""
    return _QUOTED.sub(stand_in, text) if "“" in text or '"' in text else text


_QUOTED = re.compile(r"“[^”]*(?:”|$)|\"[^\"]*(?:\"|$)")


def _without_code(text: str) -> str:
    if "`" in text:
        text = _CODE.sub(stand_in, text)
    return _COMMENT.sub(_spaces, text) if "<!--" in text else text


@lru_cache(maxsize=1024)
def _plain(text: str) -> str:
    if not _MARKED.search(text):
        return text
    text = _IMAGE.sub(stand_in, _without_code(text))
    text = _LINK.sub(lambda m: f" {m[1]}{' ' * (m.end() - m.end(1))}", text)
    text = _TAG.sub(_spaces, _AUTOLINK.sub(stand_in, text))
    return _EMPHASIS.sub(lambda m: f" {m[1]}" if m[1] else " " * len(m[0]), text)


def stand_in(m: re.Match[str]) -> str:
    """What stands for a match that is no prose, as wide, its line ends kept."""
    return _blank(m[0], STAND_IN)


def _spaces(m: re.Match[str]) -> str:
    return _blank(m[0], " ")


def _blank(text: str, sign: str) -> str:
    return re.sub(r"[^\n]", sign, text) if "\n" in text else sign * len(text)
