"""The parts that views are made of: what a page shows, in words and addresses that are ready.

``Look`` is what a kind may look up to make its own parts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from sitegen.clock import Moment
    from sitegen.source.words import Words


class Html(str):
    """Markup that is safe to show: made from a Body, never from a field of text."""

    __slots__ = ()

    def __html__(self) -> str:
        """Tell autoescaping that this is markup already."""
        return self


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """A day or moment to show.

    iso: for the ``datetime`` attribute: ``2026-11-20``, or with a time
    text: in the words of the page's language: 20 November 2026
    """

    iso: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkTo:
    """A link, or only its words where there is nowhere to go.

    label: the words of the link
    url: where it leads; None when there is nowhere to go
    note: more about it, for brackets after the link
    """

    label: str
    url: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who wrote or said something.

    name: the name
    role: the role, such as Chief executive
    photo: a portrait, cut square
    bio: a sentence about the person
    """

    name: str
    role: str | None = None
    photo: Picture | None = None
    bio: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """An image as shown.

    src: the address of the image
    alt: what it shows, for people who can't see it; empty when it is decorative
    caption: words for below it
    credit: who made it
    width: the width of ``src`` in pixels, where it is known
    height: the height of ``src`` in pixels
    srcset: its smaller sizes as WebP, for a ``source`` element (HTML, 4.8.4.2)
    sizes: how wide it is shown, for the same element
    lazy: whether it is loaded only when it is near the screen
    """

    src: str
    alt: str
    caption: str | None = None
    credit: str | None = None
    width: int | None = None
    height: int | None = None
    srcset: str | None = None
    sizes: str | None = None
    lazy: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FileLink:
    """A document to download.

    title: what it is called
    url: where it is
    note: its type and size, such as PDF, 1.2MB
    html_url: a page that says the same
    lang: its language, where that is not the page's
    """

    title: str
    url: str
    note: str | None = None
    html_url: str | None = None
    lang: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Between which instants something on a page holds (ISO 8601).

    What is later is hidden until its time: a script in the page shows it then, so that the page
    stays true although no build runs. What holds already has no beginning: a reader's clock that
    is slow must not hide it.

    since: the instant from which it holds; None when it holds already
    until: the instant at which it ends; None when it doesn't
    later: whether it is hidden when the page is made
    """

    since: str | None = None
    until: str | None = None
    later: bool = False


ALWAYS = Span()


@dataclass(frozen=True, slots=True, kw_only=True)
class Timed:
    """Some words and when they hold.

    text: the words
    span: when they hold
    """

    text: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class StateMark:
    """A consultation's state, and when it holds.

    name: upcoming, open, closed or outcome: for styles
    label: a few words for a ribbon: Open until 13 September 2026
    sentence: a sentence that stays true; empty for a draft without dates
    span: when it holds
    """

    name: str
    label: str
    sentence: str
    span: Span = ALWAYS


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A post as lists show it, in the site's words.

    kind: blog, consultation, explainer, news or page: for styles
    kind_label: the kind in words
    title: its title
    url: its page
    summary: its summary, or the beginning of its text
    prefix: what its series puts before titles: CEO's blog
    date: the day that lists show it by; None for kinds that stand without
    by: who wrote a blog post, or runs a consultation, in words
    states: a consultation's state now, and those that dates bring; empty for other kinds
    lang: its language, where that is not the site's
    mark: what a preview marks it with: Draft, Scheduled
    """

    kind: str
    kind_label: str
    title: str
    url: str
    summary: str
    prefix: str | None = None
    date: When | None = None
    by: str | None = None
    states: tuple[StateMark, ...] = ()
    lang: str | None = None
    mark: str | None = None


class Look(Protocol):
    """What a kind may look up to make the facts for its template: already resolved."""

    def html(self, at: str) -> Html | None:
        """The HTML of a Markdown field by dotted name."""

    def organisation(self, name: str) -> LinkTo:
        """An organisation by id, or any name as it is."""

    def file(self, at: str, title: str) -> FileLink | None:
        """The document that a field names."""

    def card(self, ref: str) -> Card | None:
        """A published post by its ref."""

    def follow_ups(self) -> tuple[Card, ...]:
        """The published posts that say they update this one."""

    def latest(self, tag: str) -> tuple[Card, ...]:
        """The newest current posts with a tag, this one aside."""

    def tag(self, tag: str) -> LinkTo:
        """A tag by id or any of its words."""

    def series(self, name: str) -> LinkTo:
        """A series by id."""

    def children(self) -> tuple[LinkTo, ...]:
        """The pages whose parent this one is."""

    def states(self) -> tuple[StateMark, ...]:
        """The state of a consultation now, and those that the date alone will bring."""

    def spans(self) -> Mapping[str, Span]:
        """When each of these states holds, by its name."""

    def reached(self, day: date) -> bool:
        """Whether a day has come."""

    def day(self, day: date) -> When:
        """A day to show."""

    def opening(self, when: Moment) -> When:
        """When something opens, to show."""

    def closing(self, when: Moment) -> When:
        """When something closes, to show."""

    @property
    def words(self) -> Words:
        """The words of the page's language."""
