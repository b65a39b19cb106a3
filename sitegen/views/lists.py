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
    """Some posts, under a heading or none.

    id: for the heading's section
    heading: the heading; None where there is one group alone
    cards: the posts
    """

    id: str
    heading: str | None
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageLink:
    """A page of a list.

    number: its number, from 1
    url: its address; None for the one being shown
    """

    number: int
    url: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pager:
    """Where one is in a list of several pages.

    number: the number of this page, from 1
    total: how many pages there are
    links: the pages to choose from; None where some are left out
    previous: the address of the page before
    next: the address of the page after
    """

    number: int
    total: int
    links: tuple[PageLink | None, ...]
    previous: str | None
    next: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListView:
    """A page of a list: of a kind, a tag, a series or a month.

    head: the head of the page
    title: what is listed
    intro: a sentence about it
    count: how many posts there are, on all its pages
    groups: the posts of this page: consultations by their state, others in one group
    pager: the other pages; None where there is one alone
    feed: the address of its Atom feed
    calendar: the address of a calendar with all closing dates, on the list of consultations
    """

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
    """A tag, or a month, and how many posts it has.

    label: its words
    url: its list
    count: how many posts it has
    description: what posts with the tag are about
    """

    label: str
    url: str
    count: int
    description: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TagsView:
    """All tags.

    head: the head of the page
    title: its title
    intro: a sentence about it
    tags: the tags that have posts
    """

    head: Head
    title: str
    intro: str
    tags: tuple[TagCount, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A post as the archive of a year lists it.

    date: the day it was published
    kind_label: its kind in words
    title: its title
    url: its page
    lang: its language, where that is not the site's
    """

    date: When
    kind_label: str
    title: str
    url: str
    lang: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthLines:
    """The posts of a month.

    label: the month in words
    url: its list
    count: how many posts it has
    lines: its posts, newest first
    """

    label: str
    url: str
    count: int
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class YearCount:
    """A year of the archive.

    label: the year
    url: its page
    count: how many posts it has
    months: its months, each with how many posts it has
    """

    label: str
    url: str
    count: int
    months: tuple[TagCount, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveView:
    """All years.

    head: the head of the page
    title: its title
    intro: a sentence about it
    years: the years, newest first
    """

    head: Head
    title: str
    intro: str
    years: tuple[YearCount, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class YearView:
    """A year, month by month.

    head: the head of the page
    title: its title
    count: how many posts it has
    months: its months, newest first
    siblings: the other years
    """

    head: Head
    title: str
    count: int
    months: tuple[MonthLines, ...]
    siblings: tuple[LinkTo, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TermView:
    """An acronym of the glossary.

    id: the anchor to link to
    acronym: the letters
    meaning: what they stand for
    explanation: what it is, in a sentence
    ended: the day the body ended, where it did
    successor: what followed it
    uses: the newest pages that use it
    uses_count: how many pages use it in all
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
    """The acronyms that begin with a letter.

    letter: the letter
    id: the anchor to link to
    terms: the acronyms
    """

    letter: str
    id: str
    terms: tuple[TermView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GlossaryView:
    """The glossary, A to Z.

    head: the head of the page
    title: its title
    intro: a sentence about it
    letters: the letters that have acronyms
    """

    head: Head
    title: str
    intro: str
    letters: tuple[Letter, ...]
