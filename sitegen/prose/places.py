"""Where things stand in the typed text: links, tags, attributes, ids and footnotes.

Python-Markdown keeps no line numbers. So the typed text is searched, code left out, for the n-th
use of the same words: right as long as things are shown in the order in which they were typed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_TITLE = re.compile(r"\s+[\"'].*", re.S)
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()>#+\-.!|])")
_OUTSIDE_TAGS = re.compile(r"(?:(?<=[>}])|\A)[^<{]+|<[^a-zA-Z][^<{]*|<[a-zA-Z][^\s/>]*")
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
    "id": re.compile(r"(?:\{[^{}\n]*?#|\bid\s*=\s*[\"']?)([^\s}\"'>]+)"),
}

_Span = tuple[int, int]  # where words begin, and how wide they are
_Spans = dict[str, list[_Span]]


@dataclass(slots=True, kw_only=True)
class Places:
    pass
