"""Blog posts: the CEO's and the staff's."""

from __future__ import annotations

from dataclasses import dataclass

from sitegen.kinds.common import Front, Kind, common_rules, common_turns
from sitegen.model import Entry
from sitegen.shown import LinkTo, Look
from sitegen.source.fieldtypes import Person, SeriesId, Text
from sitegen.source.schema import Group, Need, field


@dataclass(frozen=True, slots=True, kw_only=True)
class PullQuote:
    """Words of the post, shown large."""

    text: str = field(Text(), "the words", Need.REQUIRED)
    attribution: str | None = field(Text(), "who said them")


@dataclass(frozen=True, slots=True, kw_only=True)
class Blog(Front):
    """The front matter of a blog post."""

    author: str | None = field(Person, "who wrote it, by id or by name", Need.RECOMMENDED)
    series: str | None = field(SeriesId, "the series it belongs to")
    standfirst: str | None = field(Text(), "an opening sentence, shown larger")
    pull_quote: PullQuote | None = field(Group(PullQuote), "words of the post, shown large")


@dataclass(frozen=True, slots=True, kw_only=True)
class BlogFacts:
    """What the template of a blog post shows besides what every post has.

    series: the series that it belongs to
    standfirst: an opening sentence, to show larger
    pull_quote: words of the post, to show large
    quote_is_repeated: whether the body has those words too: they need be heard only once
    """

    series: LinkTo | None
    standfirst: str | None
    pull_quote: PullQuote | None
    quote_is_repeated: bool


def facts(entry: Entry, look: Look) -> BlogFacts:
    """The facts for kinds/blog.html."""
    front: Blog = entry.front  # type: ignore[assignment]
    quote = front.pull_quote
    return BlogFacts(
        series=look.series(front.series) if front.series else None,
        standfirst=front.standfirst,
        pull_quote=quote,
        quote_is_repeated=quote is not None
        and _plain(quote.text) in _plain(entry.document.body.text),
    )


def _plain(text: str) -> str:
    """A text as it is compared: quotes straight, dashes plain, white space single."""
    return " ".join(text.translate(_STRAIGHT).split())


_STRAIGHT = str.maketrans("‘’“”–—", "''\"\"--")


KIND = Kind(
    name="blog",
    folder="blog",
    label="Blog",
    plural="Blog",
    front=Blog,
    dated=True,
    rules=common_rules,
    turns=common_turns,
    facts=facts,
)
