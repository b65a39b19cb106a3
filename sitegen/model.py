"""The frozen nouns that cross a stage boundary. Reading this file is reading the program.

Source → Document → Entry → Site → views → Output → bytes. A new type per stage; nothing is
filled in later. Paths are ``PurePosixPath``: a source's relative to content/, an output's to
output/. Site paths are strings that begin with ``/`` and leave out any path of ``base_url``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, TypeVar

from sitegen.problems import Place, Problem

if TYPE_CHECKING:
    from sitegen.kinds.common import Front


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A file of content/ as it lies on the disk."""

    path: PurePosixPath
    digest: str
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading of a body.

    level: 2 to 6: the page's title is the only h1
    id: the anchor to link to
    text: its words, without markup
    """

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
    ``face`` is the digest of all but its text (``face.py``).
    """

    path: PurePosixPath
    kind: str
    front: Front | None
    places: Mapping[str, Place]
    body: Body
    prose: Mapping[str, Body]
    problems: tuple[Problem, ...]
    face: str = field(default="", compare=False)

    def text(self, at: str) -> Body | None:
        """The body (``at`` empty), or a Markdown field by dotted name."""
        return self.prose.get(at) if at else self.body

    def texts(self) -> Iterator[tuple[str, Body]]:
        """The body and the Markdown fields, by dotted name."""
        yield "", self.body
        yield from self.prose.items()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A post in its place among the others, at one moment.

    ``url`` is its site path. ``status`` is published, draft or scheduled (the latter two are on
    the site only in a preview). ``current`` posts are in lists, feeds and search: published, not
    expired, withdrawn or translations. ``state`` is a consultation's, else empty. ``shown_day`` is
    the day by which it is sorted. ``tags`` are ids.
    ``hidden`` are the fields that are not shown at this moment, ``ids`` the anchors of its page.
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
    ids: frozenset[str] = frozenset()

    def shows(self, at: str) -> bool:
        """Whether a field (by dotted name) is shown at this moment."""
        return at.partition(".")[0] not in self.hidden

    @property
    def ended(self) -> bool:
        """Whether it has expired or was withdrawn: its address stays, and says so."""
        return self.expired or self.withdrawn


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A site path that something will be written to, and the anchors that it has.

    ``owner`` is the file or the part of sitegen that wants it; ``place`` where it says so.
    An ``alias`` is an old address; a translation ``translates`` the post of that ref.
    """

    path: str
    owner: str
    ids: frozenset[str] = frozenset()
    place: Place | None = None
    alias: bool = False
    translates: str | None = None


@dataclass(frozen=True, slots=True)
class Ready:
    """What is called to make a value that is there already. It can be sent to another process."""

    value: Any

    def __call__(self) -> Any:
        """The value."""
        return self.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """An output made by a template from its view, which ``make`` makes: only when it is wanted.

    ``texts`` are the refs of the posts of which it may show more than their faces; None for any.
    """

    path: PurePosixPath
    template: str
    make: Callable[[], Any]
    owner: str = ""
    texts: tuple[str, ...] | None = None

    @property
    def view(self) -> Any:
        """The view, made now; ask once."""
        return self.make()


@dataclass(frozen=True, slots=True, kw_only=True)
class Encoded:
    """An output whose bytes are made without a template, when they are wanted.

    ``texts`` are as a Rendered one's.
    """

    path: PurePosixPath
    make: Callable[[], bytes]
    owner: str = ""
    texts: tuple[str, ...] | None = None

    @property
    def data(self) -> bytes:
        """The bytes, made now; ask once."""
        return self.make()


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


SomeOutput = TypeVar("SomeOutput", bound=Output)


def settled(output: SomeOutput) -> SomeOutput:
    """An output whose view or bytes are made, once and for all."""
    if isinstance(output, Rendered | Encoded) and not isinstance(output.make, Ready):
        return replace(output, make=Ready(output.make()))
    return output


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
