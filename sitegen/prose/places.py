"""Where things stand in the typed text: links, tags, attributes, ids, acronyms and footnotes.

Python-Markdown keeps no line numbers. So the typed text is searched, code left out, for the n-th
use of the same words: right as long as things are shown in the order in which they were typed.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate

from sitegen.problems import Place
from sitegen.prose import acronyms
from sitegen.prose.tags import address_in

_TITLE = re.compile(r"\s+[\"'].*", re.S)
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()>#+\-.!|])")
_OUTSIDE_TAGS = re.compile(r"(?:(?<=[>}])|\A)[^<{]+|<[^a-zA-Z][^<{]*|<[a-zA-Z][^\s/>]*")
# What holds no acronyms: headings, links, addresses and tags.
_APART = re.compile(r"^#{1,6} .*$|!?\[[^\[\]\n]*+\](?:\([^()\n]*+\)|:.*$)|<[^<>\n]*+>", re.M)
_WIDEST_MARGIN = 100
_NOTE = re.compile(r"\[\^([^\]\n]*)\]")
_NOTE_END = re.compile(r"\n[ \t]*\n(?! {4}|\t|[ \t]*\n)|\n[ >]*\[\^")
_ADDRESS = re.compile(
    r"\]\(\s*(?:<([^<>\n]*)>|([^()\n]*(?:\([^()\n]*\)[^()\n]*)*))"
    r"|\[(?:(\^[^\]\n]*)\]|[^\[\]\n]*\]:\s*<?([^\s>]+))"
    r"|<([A-Za-z][A-Za-z0-9+.-]*:[^<>\s]*|[^<>\s!]+@[^<>\s]+)>"
)
_HTML_ADDRESS = re.compile(r"\b(?:href|src)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>}]+))", re.I)
_WORDS = {
    "tag": re.compile(r"<(/?[a-zA-Z][^\s/>]*|[!?/])"),
    "attribute": re.compile(r"([^\s\"'<>=/{}#.]+)"),
    "number": re.compile(r"(&#(?:\d{1,7}|[xX][0-9a-fA-F]{1,6});)"),
    "id": re.compile(r"(?:\{[^{}\n]*?#|\bid\s*=\s*[\"']?)([^\s}\"'>]+)"),
}

_Span = tuple[int, int]  # where it begins, and how wide it is (in _footnotes: where it ends)
_Spans = dict[str, list[_Span]]


@dataclass(kw_only=True)
class Places:
    """Finds places in the text of the file at ``path``; everything is searched for once, if at all.

    ``code`` are the numbers of the lines (from 0) that are code.
    """

    path: str
    text: str
    code: frozenset[int]
    first_line: int
    found: dict[str, _Spans] = field(default_factory=dict)
    used: Counter[tuple[str, str]] = field(default_factory=Counter)

    def next(self, kind: str, key: str) -> Place:
        """The place of the n-th use of ``key``, n being how often it was asked for. Uses beyond
        the last (a definition serves many links) are at the last; unknown ones at the start.

        ``kind`` is acronym, address, tag, attribute, id, number (``&#65;``), note (``[^1]`` in the
        text) or footnote.
        """
        n = self.used[kind, key]
        self.used[kind, key] += 1
        return self._place(kind, key, n)

    def first(self, kind: str, key: str) -> Place:
        """The place of the first use of ``key``; the start when it is unknown."""
        return self._place(kind, key, 0)

    def _place(self, kind: str, key: str, n: int) -> Place:
        spans = self._spans(kind).get(key)
        if not spans:
            return Place(line=self.first_line)
        return self.at(*spans[min(n, len(spans) - 1)])

    def at(self, at: int, width: int = 1) -> Place:
        """The place of so many characters from an offset on."""
        line = bisect_right(self._starts, at) - 1
        column = at - self._starts[line] + 1
        return Place(line=self.first_line + line, column=column, width=max(1, width))

    def line(self, number: int) -> Place:
        """The place of a whole line, counted from 0."""
        return Place(line=self.first_line + number, width=3)

    def keys(self, kind: str) -> set[str]:
        """All that there are of a kind."""
        return set(self._spans(kind))

    def _spans(self, kind: str) -> _Spans:
        if kind not in self.found:
            spans = self.found[kind] = {}
            for key, span in _search(kind, self.prose):
                spans.setdefault(key, []).append(span)
        return self.found[kind]

    @cached_property
    def _starts(self) -> list[int]:
        return list(accumulate((len(line) + 1 for line in self.text.split("\n")), initial=0))

    @cached_property
    def prose(self) -> str:
        """The text with code and comments blanked, every other character where it was."""
        return _without_code(self.text, self.code)


def _search(kind: str, source: str) -> Iterator[tuple[str, _Span]]:
    if kind == "address":
        return _addresses(source)
    if kind == "acronym":
        return acronyms.typed(_APART.sub(lambda m: _blank(m[0]), source))
    if kind in ("note", "footnote"):
        return ((m[1], _span(m)) for m in _NOTE.finditer(source) if _kind_of_note(m) == kind)
    if kind == "attribute":
        source = _OUTSIDE_TAGS.sub(lambda m: " " * len(m[0]), source)
    found = _WORDS[kind].finditer(source)
    if kind == "id":
        return ((m[1], _span(m)) for m in found)
    return ((m[1].lower().lstrip("!?"), _span(m)) for m in found)


def _span(m: re.Match[str]) -> _Span:
    return m.start(1), len(m[1])


# Addresses.


def _addresses(source: str) -> Iterator[tuple[str, _Span]]:
    """Every address, however it was typed, in the order in which they are shown."""
    found = [*_ADDRESS.finditer(source)]
    if "=" in source:  # most texts have no attributes, and this is quick to say so
        found += _HTML_ADDRESS.finditer(source)
    notes = list(_footnotes(source))
    found.sort(key=lambda m: (_is_within(notes, m.start()), m.start()))
    for m in found:
        group = m.lastindex or 0
        typed = _TITLE.sub("", m[group]).rstrip()
        yield _shown_address(m, typed), (m.start(group), len(typed))


def _shown_address(m: re.Match[str], typed: str) -> str:
    """A typed address in the form in which the HTML has it."""
    if typed[:1] == "^":
        back = "ref" if _kind_of_note(m) == "footnote" else ""
        return f"#fn{back}:{typed[1:]}"
    address = address_in(_ESCAPED.sub(r"\1", typed))
    if m[0].startswith("<") and "@" in address and re.fullmatch(r"[^:/?#]+", address):
        return f"mailto:{address}"
    return address


# Footnotes.


def _kind_of_note(m: re.Match[str]) -> str:
    """``[^1]:`` at the start of a line is a "footnote", ``[^1]`` elsewhere its "note"."""
    source, at = m.string, m.start()
    if source[at - 1 : at] in ("\\", "!"):
        return ""
    if not source.startswith(":", m.end()):
        return "note"
    _, _, margin = source[max(0, at - _WIDEST_MARGIN) : at].rpartition("\n")
    return "note" if margin.strip(" >") else "footnote"


def _footnotes(source: str) -> Iterator[_Span]:
    """Where footnotes begin and end. They are shown below everything else."""
    for m in _NOTE.finditer(source):
        if _kind_of_note(m) == "footnote":
            end = _NOTE_END.search(source, m.end())
            yield m.start(), end.start() if end else len(source)


def _is_within(spans: list[_Span], at: int) -> bool:
    n = bisect_right(spans, at, key=lambda span: span[0]) - 1
    return n >= 0 and at < spans[n][1]


# Code and comments.

_HIDDEN = re.compile(r"`+|<!--|\n[ \t]*\n")


def _without_code(text: str, code: frozenset[int]) -> str:
    """The text with code and comments blanked, every other character where it was."""
    lines = text.split("\n")
    for number in code:
        lines[number] = " " * len(lines[number])
    text = "\n".join(lines)
    pieces, done = [], 0
    for start, end in _hidden_spans(text):
        pieces += [text[done:start], _blank(text[start:end])]
        done = end
    return "".join([*pieces, text[done:]])


def _blank(text: str) -> str:
    return re.sub(r"[^\n]", " ", text)


def _hidden_spans(text: str) -> Iterator[_Span]:
    """Where inline code and comments begin and end."""
    if "`" not in text and "<!--" not in text:
        return
    marks = list(_HIDDEN.finditer(text))
    closing = _closing(marks)
    done = 0
    last_comment = text.rfind("-->")
    for n, m in enumerate(marks):
        if m.start() < done:
            continue
        end = 0
        if m[0] == "<!--" and m.end() <= last_comment:
            end = text.find("-->", m.end()) + 3
        elif n in closing and text[m.start() - 1 : m.start()] != "\\":
            end = marks[closing[n]].end()
        if end:
            yield m.start(), end
            done = end


def _closing(marks: list[re.Match[str]]) -> dict[int, int]:
    """For each run of backticks the next of its length in the same paragraph."""
    closing: dict[int, int] = {}
    later: dict[str, int] = {}
    for n in range(len(marks) - 1, -1, -1):
        run = marks[n][0]
        if run[0] == "\n":
            later.clear()
        elif run[0] == "`":
            if run in later:
                closing[n] = later[run]
            later[run] = n
    return closing
