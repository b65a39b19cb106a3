"""What a kind may look up for the facts of its page: ``shown.Look`` at a desk."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sitegen import clock
from sitegen.clock import Moment
from sitegen.model import Entry
from sitegen.pages.bodies import html
from sitegen.pages.desk import Desk
from sitegen.pages.present import (
    card,
    cards,
    day,
    file_link,
    nav_title_of,
    organisation,
    states_of,
    tag_link,
    words_of,
)
from sitegen.shown import Card, FileLink, Html, LinkTo, Span, StateMark, When
from sitegen.site.index import reached
from sitegen.source.words import Words


@dataclass(frozen=True, slots=True)
class Looking:
    """What a kind may look up for an entry: ``shown.Look`` at a desk."""

    entry: Entry
    desk: Desk

    def html(self, at: str) -> Html | None:
        """The HTML of a Markdown field."""
        return html(self.entry, at, self.desk)

    def organisation(self, name: str) -> LinkTo:
        """An organisation by id, or any name."""
        return organisation(name, self.desk.site, self.words)

    def file(self, at: str, title: str) -> FileLink | None:
        """The document that a field names."""
        return file_link(self.entry, at, title, self.desk)

    def card(self, ref: str) -> Card | None:
        """A published post that is still current."""
        found = self.desk.site.find(ref)
        return card(found, self.desk) if found and not found.ended else None

    def follow_ups(self) -> tuple[Card, ...]:
        """The posts that update this one."""
        return cards(self.desk.site.follow_ups.get(self.entry.ref, ()), self.desk)

    def latest(self, tag: str) -> tuple[Card, ...]:
        """The newest posts with a tag, this one aside."""
        name = self.desk.site.book.id_of(tag) or ""
        others = (e for e in self.desk.site.by_tag.get(name, ()) if e.ref != self.entry.ref)
        return cards([e for e, _ in zip(others, range(5), strict=False)], self.desk)

    def tag(self, tag: str) -> LinkTo:
        """A tag by any of its words."""
        name = self.desk.site.book.id_of(tag)
        return tag_link(name, self.desk) if name else LinkTo(label=tag)

    def series(self, name: str) -> LinkTo:
        """A series by id."""
        known = self.desk.site.facts.series.get(name)
        if known is None:
            return LinkTo(label=name)
        return LinkTo(label=known.title, url=self.desk.href(f"/series/{name}/"))

    def children(self) -> tuple[LinkTo, ...]:
        """The pages below this one."""
        below = self.desk.site.children.get(self.entry.ref, ())
        return tuple(
            LinkTo(
                label=nav_title_of(e),
                url=self.desk.href(e.url),
            )
            for e in below
        )

    @property
    def words(self) -> Words:
        """The words of the page's language."""
        return words_of(self.entry, self.desk)

    def states(self) -> tuple[StateMark, ...]:
        """The state now, and those that the date alone will bring."""
        return states_of(self.entry, self.desk, self.words.html)

    def spans(self) -> dict[str, Span]:
        """When each of these states holds."""
        return {state.name: state.span for state in self.states()}

    def reached(self, when: dt.date) -> bool:
        """Whether a day has come."""
        return reached(when, self.desk.site.now, self.desk.site.config.tz)

    def day(self, when: dt.date) -> When:
        """A day to show."""
        return day(when, self.words)

    def opening(self, when: Moment) -> When:
        """When something opens."""
        return self._moment(when, self.words.opening(when))

    def closing(self, when: Moment) -> When:
        """When something closes."""
        return self._moment(when, self.words.closing(when))

    def _moment(self, when: Moment, text: str) -> When:
        return When(iso=clock.iso_moment(when, self.desk.site.config.tz), text=text)
