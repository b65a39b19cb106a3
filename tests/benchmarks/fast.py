"""Python-Markdown that looks for nothing that can't be there: the same HTML in less time.

It reads a text's characters first. Where the sign that some syntax begins with is not in it, no
pattern for it is tried, and no pass over the tree is made.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.treeprocessors import InlineProcessor, UnescapeTreeprocessor
from markdown.util import STX, AtomicString

# The sign without which an inline pattern finds nothing; * and _ begin several, and have none.
SIGNS = {
    "backtick": "`",
    "escape": "\\",
    "reference": "[",
    "link": "[",
    "image_link": "![",
    "image_reference": "![",
    "short_reference": "[",
    "short_image_ref": "![",
    "footnote": "[^",
    "autolink": "<",
    "automail": "<",
    "html": "<",
    "linebreak": "  \n",
    "entity": "&",
}
ANY = re.compile(r"[`\\\[!<&*_]|  \n")


class Inline(InlineProcessor):
    """Tries those patterns only whose sign is in the text.

    The two methods that Python-Markdown keeps to itself have the names that Python gives them.
    """

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        ordered = sorted(md.inlinePatterns._priority, key=lambda row: row.priority, reverse=True)
        self.plan = [(md.inlinePatterns[row.name], SIGNS.get(row.name, "")) for row in ordered]

    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:
        if isinstance(data, AtomicString) or not ANY.search(data):
            return data
        apply: Callable[..., tuple[str, bool, int]] = self._InlineProcessor__applyPattern
        at, start = patternIndex, 0
        while at < len(self.plan):
            pattern, sign = self.plan[at]
            matched = False
            if sign in data:
                data, matched, start = apply(pattern, data, at, start)
            if not matched:
                at, start = at + 1, 0
        return data


class Unescape(UnescapeTreeprocessor):
    """Looks at those texts only that were escaped."""

    def run(self, root: Any) -> None:
        """Undo the escapes, in place."""
        for element in root.iter():
            if element.text and STX in element.text and element.tag != "code":
                element.text = self.unescape(element.text)
            if element.tail and STX in element.tail:
                element.tail = self.unescape(element.tail)
            for key, value in element.items():
                if STX in value:
                    element.set(key, self.unescape(value))


class Blocks(BlockParser):
    """Keeps the list of processors, which a registry makes anew for each block."""

    def parseBlocks(self, parent: Any, blocks: list[str]) -> None:
        """Parse all blocks below an element."""
        processors = self.__dict__.setdefault("processors", list(self.blockprocessors))
        while blocks:
            for processor in processors:
                if processor.test(parent, blocks[0]) and processor.run(parent, blocks) is not False:
                    break


class Fast(Markdown):
    """A converter for whole texts; give it all extensions at once."""

    source = ""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.treeprocessors.register(Inline(self), "inline", 20)
        self.treeprocessors.register(Unescape(self), "unescape", 0)
        self.parser.__class__ = Blocks
        self._only_with("<", self.preprocessors["html_block"], lambda lines: lines)
        if "attr_list" in self.treeprocessors:
            self._only_with("{", self.treeprocessors["attr_list"], lambda root: None)

    def convert(self, source: str) -> str:
        """The HTML of a text."""
        self.source = source
        return super().convert(source)

    def _only_with(self, sign: str, processor: Any, without: Callable[[Any], Any]) -> None:
        usual = processor.run
        processor.run = lambda given: (usual if sign in self.source else without)(given)
