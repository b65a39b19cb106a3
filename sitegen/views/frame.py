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
    """Where to get help now.

    label: who helps
    text: with what
    link: a phone number to call, or a page
    """

    label: str
    text: str | None
    link: LinkTo


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """The organisation whose site this is.

    name: its name
    legal_name: its legal name
    number: its charity or company number
    address: its postal address, in lines
    phone: its phone number, to call
    email: its email address, to write to
    """

    name: str
    legal_name: str | None
    number: str | None
    address: str | None
    phone: LinkTo | None
    email: LinkTo | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertView:
    """The message at the head of every page.

    title: the message in a few words
    text: the message
    link: where to read more
    period: when it holds, in words
    span: when it holds, for the script
    """

    title: str
    text: str | None
    link: str | None
    period: str | None
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Colours:
    """The colours of the browser's own frame.

    light: that on a light screen
    dark: that on a dark screen
    """

    light: str
    dark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chrome:
    """What every page shares: what templates call ``site``.

    title: the site's name
    tagline: what the site is for, in a sentence
    language: the language of the site, which menus and lists are in
    home: the address of the home page
    notice: a sentence for every page
    alert: the message at the head of every page, until it is over
    help_now: where to get help now
    menu: the menu at the head
    footer: the menu at the foot, with the accessibility statement where the site has one
    owner: whose site it is
    feed: the address of the site's Atom feed
    json_feed: the address of the site's JSON Feed
    search: the address of the search page; None where there is no search
    assets: from the name of an asset (``site.css``) to its address
    colours: the colours of the browser's own frame
    policy: the Content-Security-Policy, for a meta element
    script: the script that stands in every page; None in a preview
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
    """The same page in another language.

    lang: the language, or ``x-default`` for the original
    url: its absolute address
    """

    lang: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedImage:
    """The picture of a page where it is shared.

    url: its absolute address
    width: its width in pixels
    height: its height in pixels
    alt: what it shows
    """

    url: str
    width: int | None = None
    height: int | None = None
    alt: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A page where it is shared (Open Graph).

    type: article or website
    title: its title
    description: what it is about
    url: its absolute address
    site_name: the name of the site
    locale: its language as Open Graph writes it: ``en_GB``
    image: its picture
    published: when it was published (ISO 8601)
    modified: when it last changed (ISO 8601)
    """

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
    """A feed of a list, in both its formats.

    label: what it is a feed of
    url: the address of the Atom feed
    json: the address of the JSON Feed
    """

    label: str
    url: str
    json: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What the head of a page, its breadcrumbs and the menu need.

    url: the page's own address, to mark it in menus
    canonical: its absolute address, which search engines are to list
    title: what stands in the browser's tab, without the site's name
    description: a sentence for search results
    lang: the language of the page
    dir: which way its words run: ltr or rtl
    section: the first address of its kind, to mark the menu
    crumbs: the way to it from the home page; empty there
    feeds: the feeds of the list that it is, or is in
    noindex: whether search engines are asked to leave it out
    alternates: the same page in every language that it is in
    policy: a Content-Security-Policy of its own, in place of the site's
    share: how it looks where it is shared
    data: JSON-LD of schema.org, for a script element
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
