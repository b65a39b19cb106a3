"""Lists of posts: of a kind, a tag, a series, a month; tags, archive and glossary."""

from __future__ import annotations

from dataclasses import dataclass

from sitegen.shown import (
    Card,
    LinkTo,
    When,
)
from sitegen.views.frame import Head


@dataclass(frozen=True, slots=True, kw_only=True)
class CardGroup:
    """Some cards under a heading (or none)."""

    id: str
    heading: str | None
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageLink:
    """A page of a list; ``url`` is None for the one being shown."""

    number: int
    url: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pager:
    """Where one is in a list of several pages. ``links`` leaves gaps out (a None between)."""

    number: int
    total: int
    links: tuple[PageLink | None, ...]
    previous: str | None
    next: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListView:
    """A page of a list: of a kind, a tag, a series or a month."""

    head: Head
    title: str
    intro: str | None
    count: int
    groups: tuple[CardGroup, ...]
    pager: Pager | None
    feed: str | None
    calendar: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TagCount:
    """A tag and how many posts have it."""

    label: str
    url: str
    count: int
    description: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TagsView:
    """All tags."""

    head: Head
    title: str
    intro: str
    tags: tuple[TagCount, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A post as the archive of a year lists it."""

    date: When
    kind_label: str
    title: str
    url: str
    lang: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthLines:
    """The posts of a month."""

    label: str
    url: str
    count: int
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class YearCount:
    """A year, how many posts it has, and its months."""

    label: str
    url: str
    count: int
    months: tuple[TagCount, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveView:
    """All years."""

    head: Head
    title: str
    intro: str
    years: tuple[YearCount, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class YearView:
    """A year, month by month."""

    head: Head
    title: str
    count: int
    months: tuple[MonthLines, ...]
    siblings: tuple[LinkTo, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TermView:
    """An acronym of the glossary. ``ended`` and ``successor`` say what became of the body.

    ``uses`` are the newest pages that use it, of ``uses_count`` in all.
    """

    id: str
    acronym: str
    meaning: str
    explanation: str | None
    ended: When | None
    successor: LinkTo | None
    uses: tuple[LinkTo, ...]
    uses_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """The acronyms that begin with a letter."""

    letter: str
    id: str
    terms: tuple[TermView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GlossaryView:
    """The glossary, A to Z."""

    head: Head
    title: str
    intro: str
    letters: tuple[Letter, ...]
