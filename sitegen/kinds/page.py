"""Pages that stand by themselves: about, contact, privacy."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sitegen.kinds.common import Front, Kind, common_rules, common_turns
from sitegen.model import Entry
from sitegen.shown import LinkTo, Look
from sitegen.source.fieldtypes import Day, Ref, Tag, Text, Whole
from sitegen.source.schema import ListOf, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Front):
    """The front matter of a page."""

    date: dt.date | None = field(Day(), "the day it was first published on this site")
    summary: str | None = field(Text(advised=160), "one sentence for search results")
    tags: tuple[str, ...] = field(ListOf(Tag), "what it is about")
    nav_title: str | None = field(Text(40), "a shorter title for navigation")
    nav_order: int | None = field(Whole(), "its place among the pages of its parent")
    parent: str | None = field(Ref, "the page that this one belongs under")


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFacts:
    """What the template of a page shows besides what every post has.

    children: the pages below this one, in their order
    """

    children: tuple[LinkTo, ...]


def facts(entry: Entry, look: Look) -> PageFacts:
    """The facts for kinds/page.html."""
    return PageFacts(children=look.children())


KIND = Kind(
    name="page",
    folder="pages",
    label="Page",
    plural="Pages",
    front=Page,
    dated=False,
    listed=False,
    rules=common_rules,
    turns=common_turns,
    facts=facts,
)
