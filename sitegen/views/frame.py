"""What every page has round it: the Chrome that all share, and each page's own Head."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sitegen.shown import (
    Html,
    LinkTo,
    Span,
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
    owner: Contact | None
    feed: str
    json_feed: str
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
class FeedLink:
    """A feed of a list, in both its formats: Atom at ``url``, JSON Feed at ``json``."""

    label: str
    url: str
    json: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What the head of a page, its breadcrumbs and the menu need.

    ``url`` is the page's own address; ``section`` the first address of its kind, to mark the
    menu; ``feeds`` are those of its list. ``data`` is JSON-LD, for a script element.
    """

    url: str
    canonical: str
    title: str
    description: str | None = None
    lang: str
    dir: str = "ltr"
    section: str | None = None
    crumbs: tuple[LinkTo, ...] = ()
    feeds: tuple[FeedLink, ...] = ()
    noindex: bool = False
    alternates: tuple[Alternate, ...] = ()
    policy: str | None = None
    share: Share | None = None
    data: Html | None = None
