"""Text as editors type it, made ready for Python-Markdown, block by block.

Python-Markdown wants fences at the margin, blank lines around blocks, and lists as ``lists``
writes them. This finds out what each line is (code, raw HTML, quotation, table, list, text),
rewrites it if need be, and remembers which lines are code.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from markdown.util import BLOCK_LEVEL_ELEMENTS

from sitegen.prose.lists import HEADING, MARKER, Lists

# Begins the first line of fenced code in a list or quotation, which names its language: there
# Python-Markdown knows no fences. No text holds this character.
NAMED = "\ufdd2"


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """Text for Python-Markdown. Of the typed lines (from 0) those that are code, fences without

    end, raw HTML that holds Markdown's signs, footnotes that say nothing, and the first that is
    nested too deeply.
    """

    text: str
    code: frozenset[int] = frozenset()
    unclosed: tuple[int, ...] = ()
    marked: tuple[int, ...] = ()
    wordless: tuple[int, ...] = ()
    too_deep: int | None = None


def prepare(text: str) -> Prepared:
    """``text`` with its blocks in the form that Python-Markdown reads. Linear in time."""
    lines = text.expandtabs(4).split("\n")
    reader = _Reader(lines, range(len(lines)))
    reader.read()
    return Prepared(
        text="\n".join(reader.lists.out),
        code=frozenset(reader.code),
        unclosed=tuple(reader.unclosed),
        marked=tuple(reader.marked),
        wordless=tuple(reader.wordless),
        too_deep=reader.too_deep,
    )


_FENCE = re.compile(r"(?:(`{3,})([^`]*)|(~{3,})(.*))$")
_LANGUAGE = re.compile(r"[A-Za-z0-9_#+-]+")
_RULE = re.compile(r"(?:(?:-\s*){3,}|(?:_\s*){3,}|(?:\*\s*){3,})$")
_UNDERLINE = re.compile(r"(?:-+|=+)\s*$")
_ADMONITION = re.compile(r"!!! ?[\w-]")
_DEFINITION = re.compile(r": {1,3}\S")
_FOOTNOTE = re.compile(r"\[\^[^\]]*\]:")
_BLOCK_TAG = re.compile(rf"<(/?)({'|'.join(sorted(BLOCK_LEVEL_ELEMENTS))})(?=[\s/>]|$)", re.I)
_MARKDOWN_INSIDE = re.compile(r"\smarkdown(?:\s*=\s*[\"']?(?:1|block|span|markdown)\b|(?=[\s>]))")
_TABLE_RULE = re.compile(r" *\|?(?: *:?-+:? *\|)+(?: *:?-+:? *)?$")
_QUOTE_MARK = re.compile(r"^ *> ?")
_NESTED = re.compile(r"(?:[*+-] +|\d{1,9}\. +|> *)*")
_CODE = ("code", "kbd", "pre", "samp", "script", "style", "textarea")
_CODE_ENDS = {"<!--": "-->", **{f"<{name}": f"</{name}" for name in _CODE}}
_SIGN_OR_CODE = re.compile(
    rf"(?P<sign>^ *#{{1,6}} \w|\]\(|(?<!\w)\*\*\w)|<!--|-->|</?(?:{'|'.join(_CODE)})\b", re.M | re.I
)
DEEPEST = 20  # levels of lists and quotations


@dataclass(slots=True)
class _Reader:
    """One pass over lines, which may be the inside of a quotation (``quoted`` levels deep).

    ``numbers`` are those of the lines in the typed text. ``endless`` says that a comment has no
    end, so that no later one has.
    """

    lines: Sequence[str]
    numbers: Sequence[int]
    quoted: int = 0
    lists: Lists = field(default_factory=Lists)
    code: set[int] = field(default_factory=set)
    unclosed: list[int] = field(default_factory=list)
    marked: list[int] = field(default_factory=list)
    wordless: list[int] = field(default_factory=list)
    too_deep: int | None = None
    endless: bool = False

    def read(self) -> None:
        at = 0
        while at < len(self.lines):
            at = self._block(at)

    # Each method below reads the block at line ``at`` and returns the number of the next line.

    def _block(self, at: int) -> int:
        line = self.lines[at]
        if line[:1].isalpha() and "|" not in line:
            self.lists.text(0, line)  # no other block begins with a letter, and most lines do
            return at + 1
        words = line.lstrip(" ")
        if not words:
            self.lists.out.append("")
            self.lists.in_text = False
            return at + 1
        indent = len(line) - len(words)
        if not self.lists.in_text and self._is_code(indent, words):
            return self._indented_code(at)
        if fence := _FENCE.match(words):
            return self._fenced_code(at, indent, fence)
        if words[0] == "<" and indent < 4 and (end := self._raw_end(at, words)):
            return self._verbatim(at, end)
        if words[0] == ">":
            return self._quotation(at, indent)
        if self._is_table(at, words):
            return self._table(at, indent)
        self._line(at, indent, words)
        return at + 1

    def _line(self, at: int, indent: int, words: str) -> None:
        """A block of one line, or the first of a block that holds others."""
        lists = self.lists
        if lists.in_text and not lists.stack and _UNDERLINE.match(words):
            lists.emit(words, text=False)
            if "".join(self.lines[at + 1 : at + 2]).strip():
                lists.gap()  # or Python-Markdown looks through the rest again for each heading
        elif _RULE.match(words) or HEADING.match(words):
            lists.begin(indent)
            lists.emit(words, text=False)
        elif _ADMONITION.match(words):
            lists.block(indent, words, text=False, gap=True)
        elif note := _FOOTNOTE.match(words):
            if self._is_wordless(at, words[note.end() :]):
                self.wordless.append(self.numbers[at])
            lists.block(indent, words, text=True, gap=True)
        elif _DEFINITION.match(words):
            lists.block(indent, words, text=True, gap=False)
        elif (m := MARKER.match(words)) and lists.is_item(self.lines, at, indent, m):
            lists.item(indent, words, m)
        else:
            lists.text(indent, words)
        if lists.stack and not _RULE.match(words):
            self._see_depth(at, words)

    def _see_depth(self, at: int, words: str) -> None:
        """Notes the first line with which lists and quotations are nested too deeply."""
        signs = _NESTED.match(words)[0]  # type: ignore[index]
        on_this_line = sum(map(signs.count, "*+->.")) - 1  # the first is in the stack
        if self.too_deep is None and self.quoted + len(self.lists.stack) + on_this_line > DEEPEST:
            self.too_deep = self.numbers[at]

    def _is_wordless(self, at: int, words: str) -> bool:
        """Whether a footnote says nothing: not on its line, nor on those that belong to it."""
        if words.strip():
            return False
        below = at + 1
        while below < len(self.lines) and not self.lines[below].strip():
            below += 1
        following = self.lines[below] if below < len(self.lines) else ""
        directly = below == at + 1 and not _FOOTNOTE.match(following.lstrip(" >"))
        return not following or not (directly or following.startswith("    "))

    # Code.

    def _is_code(self, indent: int, words: str) -> bool:
        """Indented code stands four spaces further in than the words of what holds it."""
        depth = self.lists.depth(indent)
        if MARKER.match(words) and depth and indent < 4 * depth + 4:
            return False
        return indent >= self.lists.content(depth) + 4

    def _indented_code(self, at: int) -> int:
        indent = _indent(self.lines[at])
        self.lists.leave(indent)
        depth = len(self.lists.stack)
        least = self.lists.content(depth) + 4
        shift = " " * (4 * depth + 4 - indent)
        while at < len(self.lines):
            line = self.lines[at]
            if line.strip() and _indent(line) < least:
                break
            self.lists.out.append(shift + line if line.strip() else "")
            self.code.add(self.numbers[at])
            at += 1
        return at

    def _fenced_code(self, at: int, indent: int, fence: re.Match[str]) -> int:
        mark = fence[1] or fence[3]
        end = at + 1
        while end < len(self.lines) and not _closes(self.lines[end], mark):
            end += 1
        if end == len(self.lines):
            self.unclosed.append(self.numbers[at])
        self.code.update(self.numbers[at : end + 1])
        self.lists.leave(indent)
        inside = [line[min(indent, _indent(line)) :] for line in self.lines[at + 1 : end]]
        language = _LANGUAGE.search(fence[2] or fence[4] or "")
        self._write_code(inside, language[0] if language else "", mark)
        return end + 1

    def _write_code(self, inside: list[str], language: str, mark: str) -> None:
        """At the margin fenced, elsewhere indented."""
        if self.lists.stack or self.quoted:
            margin = self.lists.margin + "    "
            named = [NAMED + language, *inside] if language else inside
            self.lists.out += ["", *(margin + line if line else "" for line in named), ""]
        else:
            self.lists.out += [mark + language, *inside, mark]
        self.lists.in_text = False

    # Raw HTML.

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
        end = at
        while end < len(self.lines) and (depth > 0 or end == at):
            depth += sum(-1 if m[1] else 1 for m in same.finditer(self.lines[end]))
            end += 1
        if not self.quoted and _holds_markdown("\n".join(self.lines[at:end]), f"</{tag[2]}"):
            self.marked.append(self.numbers[at])
        return end

    def _comment_end(self, at: int) -> int:
        """The number of the line after a comment; 0 when it has no end."""
        if self.endless:
            return 0
        ends = (n + 1 for n in range(at, len(self.lines)) if "-->" in self.lines[n])
        end = next(ends, 0)
        self.endless = not end
        return end

    def _verbatim(self, at: int, end: int) -> int:
        self.lists.stack.clear()
        self.lists.out += self.lines[at:end]
        self.lists.in_text = False
        return end

    # Quotations and tables.

    def _quotation(self, at: int, indent: int) -> int:
        end = at
        while end < len(self.lines) and self.lines[end].lstrip(" ").startswith(">"):
            end += 1
        inside = [_QUOTE_MARK.sub("", line) for line in self.lines[at:end]]
        inner = _Reader(inside, self.numbers[at:end], self.quoted + 1)
        if self.quoted < DEEPEST:
            inner.read()
        else:
            inner.too_deep = self.numbers[at]
        self.code |= inner.code
        self.unclosed += inner.unclosed
        self.wordless += inner.wordless
        self.too_deep = inner.too_deep if self.too_deep is None else self.too_deep
        self.lists.begin(indent)
        quoted = self.lists.margin + ">"
        self.lists.out += [f"{quoted} {line}" if line else quoted for line in inner.lists.out]
        self.lists.in_text, self.lists.in_first = inner.lists.in_text, False
        return end

    def _is_table(self, at: int, words: str) -> bool:
        below = self.lines[at + 1] if at + 1 < len(self.lines) else ""
        return "|" in words and "|" in below and _TABLE_RULE.match(below) is not None

    def _table(self, at: int, indent: int) -> int:
        self.lists.begin(indent)
        while at < len(self.lines) and self.lines[at].strip():
            self.lists.emit(self.lines[at].strip(" "), text=False)
            at += 1
        return at


def _holds_markdown(raw: str, ending: str) -> bool:
    """Whether Markdown's signs stand in raw HTML before its ``ending``, outside code and comments.

    Linear in time.
    """
    until = ""
    last = raw.lower().rfind(ending.lower())
    for m in _SIGN_OR_CODE.finditer(raw, 0, last if last >= 0 else len(raw)):
        if m["sign"] and not until:
            return True
        seen = m[0].lower()
        until = _CODE_ENDS.get(seen, "") if not until else until * (seen != until)
    return False


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _closes(line: str, mark: str) -> bool:
    """Whether a line ends code that was fenced with ``mark``."""
    words = line.strip()
    return len(words) >= len(mark) and not words.strip(mark[0])
