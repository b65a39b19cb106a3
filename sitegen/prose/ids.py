"""The ids of a body: typed ones kept, headings given theirs, footnotes numbered, each unique.

With a prefix several bodies can share a page; links within a body follow their ids.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from sitegen.urls import slugify

_FOOTNOTE = re.compile(r"(fn|fnref\d*):(.*)", re.S)


@dataclass(slots=True, kw_only=True)
class Ids:
    """The ids met so far, as shown, in order (``shown``).

    ``typed`` are all that the body has, met or not: a heading's must not take one of them.
    ``repeated`` and ``reserved`` are the typed ids that two elements have, or that templates own.
    """

    prefix: str
    typed: frozenset[str]
    shown: dict[str, None] = field(default_factory=dict)
    repeated: list[str] = field(default_factory=list)
    reserved: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)

    def keep(self, typed: str) -> str:
        """The id that is shown for a typed one."""
        name = self.prefix + self._numbered(typed)
        if typed.startswith("_"):
            self.reserved.append(typed)
        if name in self.shown:
            self.repeated.append(typed)
        self.shown[name] = None
        return name

    def give(self, words: str) -> str:
        """An id for a heading: its words as a slug, numbered if that is taken."""
        slug = slugify(words) or "section"
        name = slug
        count = self.counts.get(slug, 1)
        while name in self.typed or self.prefix + name in self.shown:
            count += 1
            name = f"{slug}-{count}"
        self.counts[slug] = count
        self.shown[self.prefix + name] = None
        return self.prefix + name

    def target(self, address: str) -> str:
        """Where a typed address leads: a fragment gets the prefix when it is one of these ids."""
        if not address.startswith("#"):
            return address
        fragment = self._numbered(address[1:])
        own = self.prefix + fragment in self.shown
        return f"#{self.prefix if own else ''}{fragment}"

    def _numbered(self, typed: str) -> str:
        """Footnotes are typed with any label; their ids are numbered."""
        m = _FOOTNOTE.fullmatch(typed)
        if not m:
            return typed
        number = self.notes.setdefault(m[2], str(len(self.notes) + 1))
        return f"{m[1]}-{number}"
