"""Lists as editors type them: what is an item, what it holds, and where Python-Markdown wants it.

CommonMark nests a list under its parent's words; Python-Markdown wants a blank line above a list
and four spaces a level.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

MARKER = re.compile(r"(?:([*+-])|(\d{1,9})\.)(?:( +)(?=\S)| *$)")
HEADING = re.compile(r"#{1,6}(?:\s|$)")
_CLOSERS = "\"'”’»)]}*_` "
_STOPS = (":", ";", ".", ",", "?", "!")


@dataclass(frozen=True, slots=True)
class _Container:
    """An open list item, or another block whose further lines are indented (``kind`` "block").

    ``start`` is the indent of its first line, ``content`` that of the words in it.
    """

    kind: str
    start: int
    content: int

    def holds(self, indent: int) -> bool:
        """Two spaces suffice under ``1.`` too: many editors type no more."""
        if self.kind == "block":
            return indent >= self.content
        return indent >= min(self.content, self.start + 2)


@dataclass(slots=True)
class Lists:
    """The text written so far (``out``), and the lists that are open at its end, outermost first.

    ``in_text`` says that the line above is a paragraph's, ``in_first`` that this paragraph is the
    first of its item; ``block_depth`` is how deep the lines since the last blank one began.
    """

    out: list[str] = field(default_factory=list)
    stack: list[_Container] = field(default_factory=list)
    in_text: bool = False
    in_first: bool = False
    block_depth: int = 0

    # What a line is in.

    def depth(self, indent: int) -> int:
        """How many open containers hold a line of this indent."""
        return sum(container.holds(indent) for container in self.stack)

    def content(self, depth: int) -> int:
        """The indent of the words at a depth."""
        return self.stack[depth - 1].content if depth else 0

    def _left(self, indent: int) -> _Container | None:
        """The outermost container that a line of this indent leaves."""
        depth = self.depth(indent)
        return self.stack[depth] if depth < len(self.stack) else None

    # Writing.

    @property
    def margin(self) -> str:
        """What goes before a line of the innermost container."""
        return " " * (4 * len(self.stack))

    def emit(self, words: str, *, text: bool) -> None:
        """Writes a line into the innermost container."""
        if not self.out or not self.out[-1].strip():
            self.block_depth = len(self.stack)
        self.out.append(self.margin + words)
        self.in_text = text
        self.in_first = False

    def leave(self, indent: int) -> None:
        """Closes what does not hold a line of this indent."""
        del self.stack[self.depth(indent) :]

    def gap(self) -> None:
        """Makes sure of a blank line."""
        if self.out and self.out[-1].strip():
            self.out.append("")

    def begin(self, indent: int) -> None:
        """A block that interrupts a paragraph begins here."""
        self.leave(indent)
        self.gap()
        self.in_text = False

    def text(self, indent: int, words: str) -> None:
        """A line of a paragraph: its first, or one more, wrapped at any indent."""
        words = _safe(words)
        if not self.in_text:
            self.leave(indent)
            self.emit(words, text=True)
        elif self.stack and MARKER.match(words):
            # A wrapped sentence: Python-Markdown would see a list.
            self.out[-1] = f"{self.out[-1].rstrip()} {words}"
        else:
            first = self.in_first
            self.emit(words, text=True)
            self.in_first = first

    def block(self, indent: int, words: str, *, text: bool, gap: bool) -> None:
        """The first line of a block whose further lines stand four spaces in."""
        self.leave(indent)
        if gap:
            self.gap()
        self.emit(words, text=text)
        self.stack.append(_Container("block", indent, indent + 4))

    def item(self, indent: int, words: str, marker: re.Match[str]) -> None:
        """The first line of a list item."""
        kind = _kind(marker)
        left = self._left(indent)
        self.leave(indent)
        nested = self.in_first and left is None and self.stack
        sibling = left is not None and left.kind == kind
        # Python-Markdown moves all lines up to a blank one to where the first of them belongs.
        if not (nested or sibling) or len(self.stack) < self.block_depth:
            self.gap()
        spaces = len(marker[3] or " ")
        bare = marker[1] or f"{marker[2]}."
        self.emit(f"{bare} {_safe(words[marker.end() :])}", text=marker[3] is not None)
        width = len(bare) + (spaces if spaces < 5 else 1)
        self.stack.append(_Container(kind, indent, indent + width))
        self.in_first = True

    # Item, or part of a wrapped sentence?

    def is_item(self, lines: Sequence[str], at: int, indent: int, marker: re.Match[str]) -> bool:
        """Whether the marker at line ``at`` makes an item.

        Under a paragraph it does when that ends in punctuation or a second item follows; an
        ordered list only at ``1.`` (CommonMark 0.31, 5.2 and 5.3).
        """
        if not self.in_text:
            return True
        kind = _kind(marker)
        left = self._left(indent)
        if left and left.kind == kind:
            return True
        if marker[3] is None or (kind == "ol" and marker[2] != "1"):
            return False
        if (left and left.kind != "block") or (self.stack and self.in_first):
            return True
        if not self.stack and indent > 3:
            return False
        return lines[at - 1].rstrip(_CLOSERS).endswith(_STOPS) or _has_sibling(lines, at, kind)


def _kind(marker: re.Match[str]) -> str:
    return "ul" if marker[1] else "ol"


def _has_sibling(lines: Sequence[str], at: int, kind: str) -> bool:
    """Whether another item follows before the next blank line."""
    for below in range(at + 1, len(lines)):
        words = lines[below].strip()
        if not words:
            return False
        marker = MARKER.match(words)
        if marker and _kind(marker) == kind:
            return True
    return False


def _safe(words: str) -> str:
    """Python-Markdown takes ``#tag`` for a heading; CommonMark wants a space."""
    return "\\" + words if words.startswith("#") and not HEADING.match(words) else words
