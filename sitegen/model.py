"""The frozen nouns that cross a stage boundary. Reading this file is reading the program.

Source → Document → Entry → Site → views → Output → bytes. A new type per stage; nothing is
filled in later. Paths are ``PurePosixPath``: a source's relative to content/, an output's to
output/. Site paths are strings that begin with ``/`` and leave out any path of ``base_url``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, Protocol

from sitegen.problems import Place, Problem

if TYPE_CHECKING:
    from sitegen.clock import Moment
    from sitegen.kinds.common import Front


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A file of content/ as it lies on the disk."""

    path: PurePosixPath
    digest: str
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading of a body. ``level`` is 2 to 6: the page's title is the only h1."""

    level: int
    id: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file that may be copied to the site. ``source`` is relative to the site's root."""

    source: PurePosixPath
    digest: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """An address in a body, as typed. ``is_image`` tells ``src`` from ``href``."""

    target: str
    place: Place
    is_image: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """Markdown made safe HTML, with its internal links still unresolved.

    ``parts`` is the HTML cut at each link's address: part 0, link 0, part 1, …, so it has one
    part more than there are links. It depends on its own file alone and can be cached for ever.
    ``ids`` are all the anchors of the HTML, the headings' among them. ``text`` is the plain
    text; ``excerpt`` the first paragraph's.
    """

    parts: tuple[str, ...] = ("",)
    links: tuple[Link, ...] = ()
    headings: tuple[Heading, ...] = ()
    ids: tuple[str, ...] = ()
    excerpt: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A post as its own file says it, read by its kind's table; nothing from other files.

    ``kind`` is the kind's name; ``front`` is None when the front matter can't be read.
    ``prose`` holds the Markdown of fields by dotted name; ``places`` says where each field stands.
    """

    path: PurePosixPath
    kind: str
    front: Front | None
    places: Mapping[str, Place]
    body: Body
    prose: Mapping[str, Body]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A post in its place among the others, at one moment.

    ``url`` is its site path. ``status`` is published, draft or scheduled (the latter two are on
    the site only in a preview). ``current`` posts are in lists, feeds and search: published, not
    expired, withdrawn or translations. ``state`` is a consultation's, else empty. ``shown_day`` is
    the day by which it is sorted. ``tags`` are ids.
    ``hidden`` are the fields that are not shown at this moment.
    """

    ref: str
    kind: str
    document: Document
    front: Front
    url: str
    status: str
    visible_from: datetime | None
    expired: bool
    withdrawn: bool
    current: bool
    state: str
    lang: str
    original: str | None
    shown_day: date | None
    updated: date | None
    summary: str
    tags: tuple[str, ...]
    hidden: frozenset[str] = frozenset()


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
    photo: str | None = None
    bio: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """An image as shown. A decorative one has an empty ``alt``."""

    src: str
    alt: str
    caption: str | None = None
    credit: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FileLink:
    """A document to download. ``note`` is its type and size (``PDF, 1.2MB``)."""

    title: str
    url: str
    note: str | None = None
    html_url: str | None = None
    lang: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StateMark:
    """A consultation's state: its name, its label, and a sentence that stays true."""

    name: str
    label: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A post as lists show it."""

    kind: str
    kind_label: str
    title: str
    url: str
    summary: str
    prefix: str | None = None
    date: When | None = None
    author: str | None = None
    run_by: tuple[str, ...] = ()
    state: StateMark | None = None
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

    def reached(self, day: date) -> bool:
        """Whether a day has come."""

    def day(self, day: date) -> When:
        """A day to show."""

    def moment(self, when: Moment, text: str) -> When:
        """A moment to show in these words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A site path that something will be written to, and the anchors that it has.

    ``owner`` is the file or the part of sitegen that wants it; ``place`` where it says so.
    An ``alias`` is an old address.
    """

    path: str
    owner: str
    ids: frozenset[str] = frozenset()
    place: Place | None = None
    alias: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """An output made by a template from its view."""

    path: PurePosixPath
    template: str
    view: Any
    owner: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Encoded:
    """An output whose bytes are made without a template."""

    path: PurePosixPath
    data: bytes
    owner: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Copied:
    """A file of the site's, as it is. ``source`` is relative to the site's root."""

    path: PurePosixPath
    source: PurePosixPath
    digest: str
    owner: str = ""


Output = Rendered | Encoded | Copied
