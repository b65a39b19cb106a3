"""The plain text of a body, a line for each block, and its excerpt: the first paragraph.

A paragraph that is part of a list, quotation or table is no excerpt; one in an admonition is when
there is no other.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field

from sitegen.prose.tags import names
from sitegen.prose.typography import straight
from sitegen.spaces import single

_APART = names("aside blockquote details dl figure nav ol table ul")
_ADMONITION = re.compile(r' class="(?:[^"]* )?admonition[ "]')
_ADMONITION_TITLE = re.compile(r' class="(?:[^"]* )?admonition-title[ "]')
_FOOTNOTE_MARK = re.compile(r' class="(?:[^"]* )?footnote-(?:ref|backref)[ "]')
_SHORTEST_EXCERPT = 3


@dataclass(slots=True)
class Reading:
    """What has been read so far: the ``lines`` of ended blocks and the ``words`` of this one.

    ``apart`` counts the open elements whose paragraphs are no excerpt; ``divs`` says of each open
    div whether it is in an admonition; ``spare`` is the excerpt if no better one is found.
    """

    lines: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    apart: int = 0
    divs: list[bool] = field(default_factory=list)
    may_be_excerpt: bool = False
    excerpt: str = ""
    spare: str = ""
    in_mark: bool = False

    def text(self, shown: str) -> None:
        """Reads a text. Footnote marks are not words."""
        if not self.in_mark:
            self.words.append(shown)

    def start_link(self, token: str) -> None:
        self.in_mark = _FOOTNOTE_MARK.search(token) is not None

    def end_link(self) -> None:
        self.in_mark = False

    def end_line(self) -> str:
        """Ends a block of text, and returns it."""
        line = single(straight(html.unescape("".join(self.words))))
        self.words.clear()
        if line:
            self.lines.append(line)
        return line

    def start_block(self, name: str, token: str) -> None:
        if self.words:
            self.end_line()
        if name in _APART:
            self.apart += 1
        elif name == "div":
            outer = bool(self.divs) and self.divs[-1]
            self.divs.append(outer or _ADMONITION.search(token) is not None)
        elif name == "p":
            self.may_be_excerpt = not (
                self.excerpt or self.apart or _ADMONITION_TITLE.search(token)
            )

    def end_block(self, name: str) -> None:
        line = self.end_line() if self.words else ""
        if name in _APART:
            self.apart -= 1
        elif name == "div":
            self.divs.pop()
        elif name == "p" and self.may_be_excerpt and len(line) >= _SHORTEST_EXCERPT:
            self._found(line)
        self.may_be_excerpt = False

    def _found(self, line: str) -> None:
        if self.divs and self.divs[-1]:
            self.spare = self.spare or line
        else:
            self.excerpt = line
