"""The values that templates see: each page's view is everything that it may show.

``Chrome`` is what every page shares, called ``site`` in templates; the view is called ``page``.
Every address in a view is ready to be put in ``href`` (the path of ``base_url`` included).
A view is digested field by field, so whatever a page must not depend on stays out of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sitegen.model import (
    ALWAYS,
    Card,
    FileLink,
    Heading,
    Html,
    LinkTo,
    Person,
    Picture,
    Span,
    StateMark,
    When,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpLine:
    """Where to get help now."""

    label: str
    text: str | None
    link: LinkTo


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """The organisation whose site this is."""

    name: str
    legal_name: str | None
    number: str | None
    address: str | None
    phone: LinkTo | None
    email: LinkTo | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertView:
    """The message at the head of every page; ``period`` says in words when it holds."""

    title: str
    text: str | None
    link: str | None
    period: str | None
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Colours:
    """The colours of the browser's own frame, on light and on dark screens."""

    light: str
    dark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chrome:
    """What every page shares. ``assets`` maps a name (``site.css``) to its address.

    ``statement`` is the accessibility statement, where ``footer`` doesn't have it. ``search`` is
    the address of the search page, where there is search.
    ``script`` stands in every page; ``policy`` is the Content-Security-Policy for a meta element.
    """

    title: str
    tagline: str | None
    language: str
    home: str
    notice: str | None
    alert: AlertView | None
    help_now: tuple[HelpLine, ...]
    menu: tuple[LinkTo, ...]
    footer: tuple[LinkTo, ...]
    statement: LinkTo | None
    owner: Contact | None
    feed: str
    search: str | None
    assets: Mapping[str, str]
    colours: Colours
    policy: str
    script: Html | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternate:
    """The same page in another language, by its absolute address."""

    lang: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedImage:
    """The picture of a page where it is shared. ``url`` is absolute; sizes are in pixels."""

    url: str
    width: int | None = None
    height: int | None = None
    alt: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A page where it is shared (Open Graph). ``type`` is article or website; ``url`` absolute."""

    type: str
    title: str
    description: str | None
    url: str
    site_name: str
    locale: str
    image: SharedImage | None
    published: str | None
    modified: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What the head of a page, its breadcrumbs and the menu need.

    ``url`` is the page's own address; ``section`` the first address of its kind, to mark the
    menu; ``feeds`` are (title, Atom address). ``data`` is JSON-LD, for a script element.
    """

    url: str
    canonical: str
    title: str
    description: str | None = None
    lang: str
    dir: str = "ltr"
    section: str | None = None
    crumbs: tuple[LinkTo, ...] = ()
    feeds: tuple[LinkTo, ...] = ()
    noindex: bool = False
    alternates: tuple[Alternate, ...] = ()
    policy: str | None = None
    share: Share | None = None
    data: Html | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A message about a page: ``name`` is expired, withdrawn, outdated, draft or scheduled."""

    name: str
    title: str
    html: Html | None = None
    link: LinkTo | None = None
    span: Span = ALWAYS


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A change note."""

    date: When
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """When a page was checked, and when it will be again."""

    last: When | None
    due: When | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceView:
    """Where a story comes from."""

    name: str
    url: str | None
    published: When | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionView:
    """A call to action."""

    title: str
    text: str | None
    button: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Translation:
    """The same page in another language, named in that language."""

    lang: str
    label: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryView:
    """A post's own page. ``facts`` are its kind's (``BlogFacts``, ``ConsultationFacts`` …).

    ``contents`` are the headings to list, when there are enough to need it.
    """

    head: Head
    kind: str
    kind_label: str
    title: str
    prefix: str | None
    states: tuple[StateMark, ...]
    summary: str | None
    date: When | None
    updated: When | None
    author: Person | None
    image: Picture | None
    notices: tuple[Notice, ...]
    body: Html
    contents: tuple[Heading, ...]
    facts: Any
    documents: tuple[FileLink, ...]
    formats: tuple[FileLink, ...]
    translations: tuple[Translation, ...]
    tags: tuple[LinkTo, ...]
    change_notes: tuple[Note, ...]
    review: Review | None
    source: SourceView | None
    actions: tuple[ActionView, ...]
    related: tuple[Card, ...]
    previous: LinkTo | None
    next: LinkTo | None
    calendar: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CardGroup:
    """Some cards under a heading (or none)."""

    id: str
    heading: str | None
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageLink:
    """A page of a list; ``url`` is None for the one being shown."""

    number: int
    url: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pager:
    """Where one is in a list of several pages. ``links`` leaves gaps out (a None between)."""

    number: int
    total: int
    links: tuple[PageLink | None, ...]
    previous: str | None
    next: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListView:
    """A page of a list: of a kind, a tag, a series or a month."""

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
    """A tag and how many posts have it."""

    label: str
    url: str
    count: int
    description: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TagsView:
    """All tags."""

    head: Head
    title: str
    intro: str
    tags: tuple[TagCount, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A post as the archive of a year lists it."""

    date: When
    kind_label: str
    title: str
    url: str
    lang: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthLines:
    """The posts of a month."""

    label: str
    url: str
    count: int
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class YearCount:
    """A year, how many posts it has, and its months."""

    label: str
    url: str
    count: int
    months: tuple[TagCount, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveView:
    """All years."""

    head: Head
    title: str
    intro: str
    years: tuple[YearCount, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class YearView:
    """A year, month by month."""

    head: Head
    title: str
    count: int
    months: tuple[MonthLines, ...]
    siblings: tuple[LinkTo, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TermView:
    """An acronym of the glossary. ``ended`` and ``successor`` say what became of the body.

    ``uses`` are the newest pages that use it, of ``uses_count`` in all.
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
    """The acronyms that begin with a letter."""

    letter: str
    id: str
    terms: tuple[TermView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GlossaryView:
    """The glossary, A to Z."""

    head: Head
    title: str
    intro: str
    letters: tuple[Letter, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of the home page: a heading, some cards, and where to see them all."""

    id: str
    title: str
    cards: tuple[Card, ...]
    more: LinkTo | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeView:
    """The home page: what can I have my say on, what's new, how do I get help."""

    head: Head
    title: str
    body: Html | None
    open: tuple[Card, ...]
    upcoming: tuple[Card, ...]
    newest: tuple[Card, ...]
    archive: str
    consultations: LinkTo
    sections: tuple[Section, ...]
    actions: tuple[ActionView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchOption:
    """A value that a filter may have, and the words for it."""

    value: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchFilter:
    """A list to choose from. ``name`` is its name in addresses, ``any`` says that all will do."""

    name: str
    label: str
    any: str
    options: tuple[SearchOption, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchForm:
    """What the script of the search page needs. ``index`` is the address of the index's folder.

    ``found`` has the words for how many results there are, with the plural form that they are in.
    """

    index: str
    found: tuple[tuple[str, str], ...]
    filters: tuple[SearchFilter, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchView:
    """The search page: a form, where there is search, and the other ways to find a page."""

    head: Head
    title: str
    form: SearchForm | None
    ways: tuple[LinkTo, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NotFoundView:
    """What is shown where nothing is."""

    head: Head
    title: str
    links: tuple[LinkTo, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RedirectView:
    """An old address that leads to a new one."""

    head: Head
    to: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedItem:
    """A post in a feed. Addresses in ``html`` are absolute; times are RFC 3339."""

    id: str
    url: str
    title: str
    summary: str | None
    html: Html
    published: str
    updated: str
    author: str | None
    tags: tuple[str, ...]
    lang: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedView:
    """A feed, for feeds/atom.xml. ``url`` is its own address, ``page_url`` that of its page."""

    id: str
    title: str
    subtitle: str | None
    url: str
    page_url: str
    updated: str
    author: str
    lang: str
    items: tuple[FeedItem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SitemapRow:
    """An address and the day it last changed."""

    url: str
    updated: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SitemapView:
    """The sitemap (sitemaps.org 0.9)."""

    rows: tuple[SitemapRow, ...]
