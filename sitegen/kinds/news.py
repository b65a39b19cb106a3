"""News."""

from __future__ import annotations

from dataclasses import dataclass

from sitegen.kinds.common import Front, Kind, common_rules, common_turns
from sitegen.model import Entry
from sitegen.shown import Card, Look
from sitegen.source.fieldtypes import Ref, Text
from sitegen.source.schema import Group, ListOf, Need, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """What somebody said."""

    text: str = field(Text(), "the words, without quotation marks", Need.REQUIRED)
    name: str = field(Text(), "who said them", Need.REQUIRED)
    role: str | None = field(Text(), "their role at the time")
    organisation: str | None = field(Text(), "whom they spoke for")


@dataclass(frozen=True, slots=True, kw_only=True)
class News(Front):
    """The front matter of a news story."""

    quotes: tuple[Quote, ...] = field(ListOf(Group(Quote)), "what people said")
    updates: tuple[str, ...] = field(ListOf(Ref), "earlier stories that this one follows up")
    dateline: str | None = field(Text(), "the place that the story is told from")
    contact: str | None = field(Text(), "whom journalists can ask")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsFacts:
    """What the template of a news story shows besides what every post has.

    dateline: the place that the story is told from
    quotes: what people said
    contact: whom journalists can ask
    follow_ups: later stories that follow this one up
    follows_up: earlier stories that this one follows up
    """

    dateline: str | None
    quotes: tuple[Quote, ...]
    contact: str | None
    follow_ups: tuple[Card, ...]
    follows_up: tuple[Card, ...]


def facts(entry: Entry, look: Look) -> NewsFacts:
    """The facts for kinds/news.html."""
    front: News = entry.front  # type: ignore[assignment]
    earlier = (look.card(ref) for ref in front.updates)
    return NewsFacts(
        dateline=front.dateline,
        quotes=front.quotes,
        contact=front.contact,
        follow_ups=look.follow_ups(),
        follows_up=tuple(card for card in earlier if card),
    )


KIND = Kind(
    name="news",
    folder="news",
    label="News",
    plural="News",
    front=News,
    dated=True,
    rules=common_rules,
    turns=common_turns,
    facts=facts,
)
