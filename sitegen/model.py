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
    from sitegen.words import Words


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
class Shape:
    """What a picture's file holds. ``width`` and ``height`` are in pixels, as it is shown.

    ``kind`` is jpeg, png, webp, gif, avif or svg; only an svg may have no size. A ``dirty`` one
    says more than the picture (where it was taken), or must be turned to stand upright.
    """

    width: int | None
    height: int | None
    kind: str
    animated: bool = False
    dirty: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """An address in a body, as typed. ``is_image`` tells ``src`` from ``href``."""

    target: str
    place: Place
    is_image: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Embedded:
    """An ``<img>`` of a body, whole. ``attributes`` are its others, as HTML (`` alt="…"``)."""

    target: str
    place: Place
    attributes: str = ""

    @property
    def is_image(self) -> bool:
        """It leads to an image."""
        return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Acronym:
    """Letters in running text that look like an acronym: ``ICB``, ``ICBs``, ``ICB’s``.

    ``article`` is the "a" or "an" before them (with its space), which is part of the hole.
    ``setting`` is "start" (of a sentence), "quoted" (other people's words), "bracketed", "alone"
    (in brackets by itself: the writer introduces it) or nothing. ``place`` is the first use's.
    """

    text: str
    place: Place
    article: str = ""
    setting: str = ""


Hole = Link | Embedded | Acronym


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """Markdown made safe HTML, with holes for all that the rest of the site decides.

    ``parts`` is the HTML cut at each hole: part 0, hole 0, part 1, …, so it has one part more
    than there are holes. It depends on its own file alone and can be cached for ever.
    ``ids`` are all the anchors of the HTML, the headings' among them. ``text`` is the plain
    text; ``excerpt`` the first paragraph's.
    """

    parts: tuple[str, ...] = ("",)
    holes: tuple[Hole, ...] = ()
    headings: tuple[Heading, ...] = ()
    ids: tuple[str, ...] = ()
    excerpt: str = ""
    text: str = ""

    @property
    def links(self) -> tuple[Link | Embedded, ...]:
        """What leads somewhere, in order."""
        return tuple(hole for hole in self.holes if not isinstance(hole, Acronym))

    @property
    def acronyms(self) -> tuple[Acronym, ...]:
        """What looks like an acronym, in order."""
        return tuple(hole for hole in self.holes if isinstance(hole, Acronym))


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

    def text(self, at: str) -> Body | None:
        """The body (``at`` empty), or a Markdown field by dotted name."""
        return self.prose.get(at) if at else self.body


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """What to make of a picture: its ``format`` and ``width`` in pixels; None keeps its own."""

    format: str
    width: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Derived:
    """A picture made from one of the site's. ``source`` is relative to the site's root."""

    path: PurePosixPath
    source: PurePosixPath
    digest: str
    recipe: Recipe
    owner: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexFile:
    """A file of the search index. ``parts`` are the digests of what it depends on.

    ``data`` is None where the file is in output/ already.
    """

    path: PurePosixPath
    parts: Mapping[str, str]
    data: bytes | None
    owner: str = ""


Output = Rendered | Encoded | Copied | Derived | IndexFile


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchRecord:
    """A post as search finds and shows it. ``text`` is all that its page says, without markup.

    ``kind`` and ``tags`` are ids to filter by, ``kind_label`` and ``tag_labels`` their words.
    ``day`` is the one that it is sorted by; ``state`` a consultation's, in words that stay true.
    ``lang`` is None for the site's own language.
    """

    url: str
    title: str
    text: str
    kind: str
    kind_label: str
    tags: tuple[str, ...] = ()
    tag_labels: tuple[str, ...] = ()
    day: date | None = None
    state: str | None = None
    lang: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchIndex:
    """What the search index holds. Its words are cut to their stems as ``language`` (``en``) does.

    One language for all records, so that one query finds them all.
    """

    records: tuple[SearchRecord, ...]
    language: str
