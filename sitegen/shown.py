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
    from sitegen.words import Words


class Html(str):
    """Markup that is safe to show: made from a Body, never from a field of text."""

    __slots__ = ()

    def __html__(self) -> str:
        """Tell autoescaping that this is markup already."""
        return self


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """A day or moment to show: for the ``datetime`` attribute, and in words."""

    iso: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkTo:
    """A link's words and where it leads; ``url`` is None when there is nowhere to go."""

    label: str
    url: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who wrote or said something."""

    name: str
    role: str | None = None
    photo: Picture | None = None
    bio: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """An image as shown. A decorative one has an empty ``alt``.

    ``width`` and ``height`` are those of ``src``, in pixels. ``srcset`` are its WebP variants and
    ``sizes`` how wide it is shown (HTML, 4.8.4.2); a ``lazy`` one is loaded when it is near.
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
    """A document to download. ``note`` is its type and size (``PDF, 1.2MB``)."""

    title: str
    url: str
    note: str | None = None
    html_url: str | None = None
    lang: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Between which instants something on a page holds (ISO 8601; None: no bound).

    What is ``later`` is hidden until its time: a script in the page shows it then, so that the
    page stays true although no build runs. What holds already has no ``since``: a reader's clock
    that is slow must not hide it.
    """

    since: str | None = None
    until: str | None = None
    later: bool = False


ALWAYS = Span()


@dataclass(frozen=True, slots=True, kw_only=True)
class Timed:
    """Some words and when they hold."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class StateMark:
    """A consultation's state: its name, a label, a sentence that stays true, and when it holds."""

    name: str
    label: str
    sentence: str
    span: Span = ALWAYS


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A post as lists show it, in the site's words. ``by`` says who wrote it, or who runs it.

    ``states`` are a consultation's: that now, and those that dates bring. ``mark`` is a preview's.
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
