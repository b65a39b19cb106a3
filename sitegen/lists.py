"""Lists and code as editors type them, made ready for Python-Markdown.

CommonMark nests a list under its parent's words and lets code be fenced anywhere; Python-Markdown
wants a blank line above a list, four spaces a level, and fences at the margin. This rewrites the
first into the second, line by line, and knows which lines are code.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from markdown.util import BLOCK_LEVEL_ELEMENTS


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """Text for Python-Markdown; the typed lines (from 0) that are code, or fences without end."""

    text: str
    code: frozenset[int] = frozenset()
    unclosed: tuple[int, ...] = ()


def prepare(text: str) -> Prepared:
    """``text`` with its lists and code in the form that Python-Markdown reads. Linear in time.

    A marker directly under a paragraph begins a list when the line above ends in punctuation or
    a second item follows; an ordered list only at ``1.`` (CommonMark 0.31, 5.2 and 5.3).
    """
    lines = text.split("\n")
    reader = _Reader(lines, range(len(lines)))
    reader.read()
    return Prepared(
        text="\n".join(reader.out), code=frozenset(reader.code), unclosed=tuple(reader.unclosed)
    )


_MARKER = re.compile(r"(?:([*+-])|(\d{1,9})\.)(?:( +)(?=\S)| *$)")
_FENCE = re.compile(r"(?:(`{3,})([^`]*)|(~{3,})(.*))$")
_LANGUAGE = re.compile(r"[A-Za-z0-9_#+-]+")
_HEADING = re.compile(r"#{1,6}(?:\s|$)")
_RULE = re.compile(r"(?:(?:-\s*){3,}|(?:_\s*){3,}|(?:\*\s*){3,})$")
_UNDERLINE = re.compile(r"(?:-+|=+)\s*$")
_OPENER = re.compile(r"!!! ?[\w-]|\[\^[^\]]*\]:|: {1,3}\S")
_ADMONITION = "!!!"
_BLOCK_TAG = re.compile(rf"<(/?)({'|'.join(sorted(BLOCK_LEVEL_ELEMENTS))})(?=[\s/>]|$)", re.I)
_MARKDOWN_INSIDE = re.compile(r"\smarkdown(?:\s*=\s*[\"']?(?:1|block|span|markdown)\b|(?=[\s>]))")
_TABLE_RULE = re.compile(r" *\|?(?: *:?-+:? *\|)+(?: *:?-+:? *)?$")
_CLOSERS = "\"'”’»)]}*_` "
_DEEPEST_QUOTE = 20


@dataclass(frozen=True, slots=True)
class _Container:
    """An open list item, or another block whose further lines are indented (``kind`` "block")."""

    kind: str
    start: int
    content: int

    def holds(self, indent: int) -> bool:
        """Two spaces suffice under ``1.`` too: many editors type no more."""
        if self.kind == "block":
            return indent >= self.content
        return indent >= min(self.content, self.start + 2)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _safe(words: str) -> str:
    """Python-Markdown takes ``#tag`` for a heading; CommonMark wants a space."""
    return "\\" + words if words.startswith("#") and not _HEADING.match(words) else words


@dataclass(slots=True)
class _Reader:
    """One pass over lines, which may be the inside of a quotation (``quoted`` levels deep)."""

    lines: Sequence[str]
    numbers: Sequence[int]
    quoted: int = 0
    out: list[str] = field(default_factory=list)
    code: set[int] = field(default_factory=set)
    unclosed: list[int] = field(default_factory=list)
    stack: list[_Container] = field(default_factory=list)
    in_text: bool = False  # the line above is a paragraph's
    in_first: bool = False  # … and that paragraph is the first of its list item
    block_depth: int = 0  # how deep the lines since the last blank one began
    comment_end: int = -1

    def read(self) -> None:
        self.lines = [line.expandtabs(4) for line in self.lines]
        at = 0
        while at < len(self.lines):
            at = self._block(at)

    # Each method below reads the block at line ``at`` and returns the number of the next line.

    def _block(self, at: int) -> int:
        line = self.lines[at]
        words = line.lstrip(" ")
        if not words:
            self.out.append("")
            self.in_text = False
            return at + 1
        indent = len(line) - len(words)
        if not self.in_text and self._is_code(indent, words):
            return self._indented_code(at)
        if words[0] in "`~" and (fence := _FENCE.match(words)):
            return self._fenced_code(at, indent, fence)
        if words[0] == "<" and indent < 4 and (end := self._raw_end(at, words)):
            return self._verbatim(at, end)
        if words[0] == ">":
            return self._quotation(at, indent)
        if self._is_table(at, words):
            return self._table(at, indent)
        return self._line(at, indent, words)

    def _line(self, at: int, indent: int, words: str) -> int:
        if self.in_text and not self.stack and _UNDERLINE.match(words):
            self._emit(words, text=False)
        elif _RULE.match(words) or _HEADING.match(words):
            self._begin(indent)
            self._emit(words, text=False)
        elif _OPENER.match(words):
            self._opener(indent, words)
        elif (marker := _MARKER.match(words)) and self._is_item(at, indent, marker):
            self._item(indent, words, marker)
        else:
            self._text(indent, words)
        return at + 1

    # Small moves.

    def _emit(self, words: str, *, text: bool) -> None:
        if not self.out or not self.out[-1].strip():
            self.block_depth = len(self.stack)
        self.out.append(" " * (4 * len(self.stack)) + words)
        self.in_text = text
        self.in_first = False

    def _leave(self, indent: int) -> _Container | None:
        """Closes what does not hold a line of this indent; returns the outermost that was."""
        left = None
        while self.stack and not self.stack[-1].holds(indent):
            left = self.stack.pop()
        return left

    def _gap(self) -> None:
        if self.out and self.out[-1].strip():
            self.out.append("")

    def _begin(self, indent: int) -> None:
        """A block that interrupts a paragraph begins here."""
        self._leave(indent)
        self._gap()
        self.in_text = False

    def _text(self, indent: int, words: str) -> None:
        """A line of a paragraph: its first, or one more, wrapped at any indent."""
        words = _safe(words)
        if not self.in_text:
            self._leave(indent)
            self._emit(words, text=True)
        elif self.stack and _MARKER.match(words):
            # A wrapped sentence: Python-Markdown would see a list.
            self.out[-1] = f"{self.out[-1].rstrip()} {words}"
        else:
            first = self.in_first
            self._emit(words, text=True)
            self.in_first = first

    def _opener(self, indent: int, words: str) -> None:
        """An admonition, a footnote or a definition: its further lines stand four spaces in."""
        self._leave(indent)
        if not words.startswith(":"):
            self._gap()
        self._emit(words, text=not words.startswith(_ADMONITION))
        self.stack.append(_Container("block", indent, indent + 4))

    # Lists.

    def _is_item(self, at: int, indent: int, marker: re.Match[str]) -> bool:
        """Whether a marker makes a list item here, or is part of a wrapped sentence."""
        if not self.in_text:
            return True
        kind = "ul" if marker[1] else "ol"
        above = [c for c in self.stack if not c.holds(indent)]
        if above and above[0].kind == kind:
            return True
        if marker[3] is None or (kind == "ol" and marker[2] != "1"):
            return False
        if above and above[0].kind != "block":
            return True
        if self.stack and self.in_first:
            return True
        if not self.stack and indent > 3:
            return False
        return self._ends_in_punctuation(at - 1) or self._has_sibling(at, kind)

    def _ends_in_punctuation(self, at: int) -> bool:
        return self.lines[at].rstrip(_CLOSERS).endswith((":", ";", ".", ",", "?", "!"))

    def _has_sibling(self, at: int, kind: str) -> bool:
        for below in range(at + 1, len(self.lines)):
            words = self.lines[below].strip()
            if not words:
                return False
            marker = _MARKER.match(words)
            if marker and ("ul" if marker[1] else "ol") == kind:
                return True
        return False

    def _item(self, indent: int, words: str, marker: re.Match[str]) -> None:
        kind = "ul" if marker[1] else "ol"
        left = self._leave(indent)
        nested = self.in_first and left is None and self.stack
        sibling = left is not None and left.kind == kind
        # Python-Markdown moves all lines up to a blank one to where the first of them belongs.
        if not (nested or sibling) or len(self.stack) < self.block_depth:
            self._gap()
        spaces = len(marker[3] or " ")
        bare = marker[1] or f"{marker[2]}."
        self._emit(f"{bare} {_safe(words[marker.end() :])}", text=marker[3] is not None)
        width = len(bare) + (spaces if spaces < 5 else 1)
        self.stack.append(_Container(kind, indent, indent + width))
        self.in_first = True

    # Code.

    def _is_code(self, indent: int, words: str) -> bool:
        """Indented code stands four spaces further in than the words of what holds it."""
        depth = next((n for n, c in enumerate(self.stack) if not c.holds(indent)), len(self.stack))
        content = self.stack[depth - 1].content if depth else 0
        if _MARKER.match(words) and depth and indent < 4 * depth + 4:
            return False
        return indent >= content + 4

    def _indented_code(self, at: int) -> int:
        indent = _indent(self.lines[at])
        self._leave(indent)
        content = self.stack[-1].content if self.stack else 0
        shift = max(0, 4 * len(self.stack) + 4 - indent)
        while at < len(self.lines):
            line = self.lines[at]
            if line.strip() and _indent(line) < content + 4:
                break
            self.out.append(" " * shift + line if line.strip() else "")
            self.code.add(self.numbers[at])
            at += 1
        return at

    def _fenced_code(self, at: int, indent: int, fence: re.Match[str]) -> int:
        """Fenced code; where Python-Markdown knows no fences, the same as indented code."""
        mark = fence[1] or fence[3]
        end = at + 1
        while end < len(self.lines) and not self._closes(self.lines[end], mark):
            end += 1
        if end == len(self.lines):
            self.unclosed.append(self.numbers[at])
        self.code.update(self.numbers[at : end + 1])
        inside = [line[min(indent, _indent(line)) :] for line in self.lines[at + 1 : end]]
        self._leave(indent)
        if self.stack or self.quoted:
            margin = " " * (4 * len(self.stack) + 4)
            self.out += ["", *(margin + line if line else "" for line in inside), ""]
        else:
            language = _LANGUAGE.search(fence[2] or fence[4] or "")
            self.out += [mark + (language[0] if language else ""), *inside, mark]
        self.in_text = False
        return end + 1

    @staticmethod
    def _closes(line: str, mark: str) -> bool:
        words = line.strip()
        return len(words) >= len(mark) and not words.strip(mark[0])

    # Raw HTML, quotations and tables.

    def _raw_end(self, at: int, words: str) -> int:
        """The number of the line after raw HTML that begins here; 0 when none does."""
        if words.startswith("<!--"):
            return self._comment_end(at)
        tag = _BLOCK_TAG.match(words)
        if not tag:
            return 0
        opening = words[: words.find(">") + 1 or len(words)]
        if tag[1] or tag[2].lower() == "hr" or _MARKDOWN_INSIDE.search(opening):
            return at + 1
        same = re.compile(rf"<(/?){tag[2]}(?=[\s/>]|$)", re.I)
        depth = 0
        for end in range(at, len(self.lines)):
            depth += sum(-1 if m[1] else 1 for m in same.finditer(self.lines[end]))
            if depth <= 0:
                return end + 1
        return len(self.lines)

    def _comment_end(self, at: int) -> int:
        """The number of the line after a comment; 0 when it has no end (and then none has)."""
        if self.comment_end >= len(self.lines):
            return 0
        end = at
        while end < len(self.lines) and "-->" not in self.lines[end]:
            end += 1
        self.comment_end = end
        return end + 1 if end < len(self.lines) else 0

    def _verbatim(self, at: int, end: int) -> int:
        self.stack.clear()
        self.out += self.lines[at:end]
        self.in_text = False
        return end

    def _quotation(self, at: int, indent: int) -> int:
        end = at
        while end < len(self.lines) and self.lines[end].lstrip(" ").startswith(">"):
            end += 1
        inside = [re.sub(r"^ *> ?", "", line) for line in self.lines[at:end]]
        inner = _Reader(inside, self.numbers[at:end], self.quoted + 1)
        if self.quoted < _DEEPEST_QUOTE:
            inner.read()
        else:
            inner.out = inside
        self.code |= inner.code
        self.unclosed += inner.unclosed
        self._begin(indent)
        margin = " " * (4 * len(self.stack))
        self.out += [f"{margin}> {line}" if line else f"{margin}>" for line in inner.out]
        self.in_text, self.in_first = inner.in_text, False
        return end

    def _is_table(self, at: int, words: str) -> bool:
        below = self.lines[at + 1] if at + 1 < len(self.lines) else ""
        return "|" in words and "|" in below and _TABLE_RULE.match(below) is not None

    def _table(self, at: int, indent: int) -> int:
        self._begin(indent)
        while at < len(self.lines) and self.lines[at].strip():
            self._emit(self.lines[at].strip(" "), text=False)
            at += 1
        return at
