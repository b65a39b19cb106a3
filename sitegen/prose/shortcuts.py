"""Python-Markdown with the same output and less work: what a text has no sign of is not looked for.

Stock Python-Markdown asks every processor about every block and tries every pattern on every
text. Here each step is skipped where it could change nothing. Only what is public is used: under
the same names, and so that a test can hold it to the stock converter's output, byte for byte.
"""

from __future__ import annotations

import functools
import re
import xml.etree.ElementTree as etree
from collections.abc import Callable
from typing import Any

from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import NormalizeWhitespace
from markdown.treeprocessors import InlineProcessor
from markdown.util import ETX, STX, AtomicString

# What a text must have for a pattern to match. A pattern that is not named here is always tried.
SIGNS = {
    "backtick": "`",
    "straight_quote": "\\",
    "escape": "\\",
    "footnote": "[^",
    "reference": "[",
    "link": "[",
    "image_link": "![",
    "image_reference": "![",
    "short_reference": "[",
    "short_image_ref": "![",
    "autolink": "<",
    "automail": "<",
    "linebreak": "  \n",
    "html": "<",
    "entity": "&",
}
_REFERENCES = ("reference", "image_reference", "short_reference", "short_image_ref")
# A block in which every line begins as a sentence does, and which is no table: a paragraph.
_PARAGRAPH = re.compile(r"(?:[A-Za-z\"“‘'(][^\n|]*+(?:\n|\Z))++")
_MARKS = (*"`\\[<&*_", "  \n")  # one of these is in every text that is not plain
# Emphasis as nearly everyone types it. Whatever else has a star is left to Python-Markdown.
_EMPHASIS = re.compile(
    r"\*(?<![^\s(\"“‘']\*)(\*?)([^\s*](?:[^*]*[^\s*])?)\*\1(?![^\s.,;:!?)\"”’'])"
)


class Shortcuts(Extension):
    """The last extension of a converter, for it stands in for what the others registered."""

    source = ""

    def extendMarkdown(self, md: Markdown) -> None:
        md.preprocessors.register(_Whitespace(self, md), "normalize_whitespace", 30)
        self._only(md.preprocessors["fenced_code_block"], "```", "~~~")
        self._only(md.preprocessors["html_block"], "<", "&#")
        md.treeprocessors.register(_Inline(self, md), "inline", 20)
        self._only(md.treeprocessors["sitegen"], "|", "[^", "<")
        self._only(md.treeprocessors["attr_list"], "{")
        self._only(md.treeprocessors["unescape"], "\\")
        changed: Any = md
        changed.parser.parseBlocks = _parse_blocks(md)
        changed.is_block_level = functools.lru_cache(maxsize=256)(md.is_block_level)

    def _only(self, processor: Any, *signs: str) -> None:
        """Let a processor run only on texts that have one of the signs."""
        run = processor.run

        def quick(given: Any) -> Any:
            return run(given) if any(sign in self.source for sign in signs) else given

        processor.run = quick


class _Whitespace(NormalizeWhitespace):
    """Notes the source, which nearly always is normal already."""

    _BLANK = re.compile(r"\n +(?:\n|\Z)")

    def __init__(self, shortcuts: Shortcuts, md: Markdown) -> None:
        super().__init__(md)
        self.shortcuts = shortcuts

    def run(self, lines: list[str]) -> list[str]:
        source = "\n".join(lines)
        odd = any(c in source for c in ("\t", "\r", STX, ETX)) or self._BLANK.search(source)
        lines = super().run(lines) if odd else [*lines, "", ""]
        source = "\n".join(lines) if odd else source
        # Where HTML is taken out, the end of the line before may be all that is left of one.
        self.shortcuts.source = source + "  \n" if "<" in source else source
        return lines


def _parse_blocks(md: Markdown) -> Callable[[etree.Element, list[str]], None]:
    """The parser's method of this name, which knows a paragraph when it sees one."""
    processors = tuple(md.parser.blockprocessors)
    paragraph = md.parser.blockprocessors["paragraph"]

    def parse_blocks(parent: etree.Element, blocks: list[str]) -> None:
        while blocks:
            if _PARAGRAPH.fullmatch(blocks[0]):
                paragraph.run(parent, blocks)
                continue
            for processor in processors:
                if processor.test(parent, blocks[0]) and processor.run(parent, blocks) is not False:
                    break

    return parse_blocks


class _Inline(InlineProcessor):
    """Leaves to Python-Markdown the blocks that need it, and of its patterns those that may match.

    Blocks at the top are left whole and in order, since notes are numbered as they are met.
    """

    def __init__(self, shortcuts: Shortcuts, md: Markdown) -> None:
        super().__init__(md)
        self.shortcuts = shortcuts
        names = {id(md.inlinePatterns[name]): name for name in SIGNS if name in md.inlinePatterns}
        self.patterns = [(names.get(id(pattern), ""), pattern) for pattern in md.inlinePatterns]

    def run(self, tree: etree.Element, ancestors: list[str] | None = None) -> etree.Element:
        unknown = () if self.md.references else _REFERENCES
        patterns: Any = [
            pattern
            for name, pattern in self.patterns
            if SIGNS.get(name, "") in self.shortcuts.source and name not in unknown
        ]
        self.inlinePatterns = patterns
        rest = etree.Element(tree.tag)
        marks = [mark for mark in _MARKS if mark in self.shortcuts.source]
        rest.extend(block for block in tree if not _is_done(block, marks))
        super().run(tree if any(block.tail for block in tree) else rest)
        return tree


def _is_done(block: etree.Element, marks: list[str]) -> bool:
    """Whether a block holds none of the marks, now that its plain emphasis is marked up."""
    words = "".join(block.itertext())
    found = [mark for mark in marks if mark in words]
    if found != ["*"]:
        return not found
    starred = [(e, e.text) for e in block.iter() if e.text and "*" in e.text]
    cut = [(e, _EMPHASIS.split(text)) for e, text in starred if not isinstance(text, AtomicString)]
    if words.count("*") != sum(2 + 2 * len(more) for _, pieces in cut for more in pieces[1::3]):
        return False
    for element, pieces in cut:
        _emphasise(element, pieces)
    return True


def _emphasise(element: etree.Element, pieces: list[str]) -> None:
    """Puts marked words into an element; ``pieces``: a text, a second star, words, a text, …"""
    element.text = pieces[0]
    for at in range(0, len(pieces) - 1, 3):
        child = etree.Element("strong" if pieces[at + 1] else "em")
        child.text, child.tail = pieces[at + 2], pieces[at + 3]
        element.insert(at // 3, child)
