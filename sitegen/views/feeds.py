"""What programs read: feeds and the sitemap."""

from __future__ import annotations

from dataclasses import dataclass

from sitegen.shown import (
    Html,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedItem:
    """A post in a feed. Times are RFC 3339.

    id: what it is known by for ever: its address
    url: its absolute address
    title: its title, with its series' prefix
    summary: its summary; a consultation's begins with its state
    html: its text, in which every address is absolute
    published: when it was published
    updated: when it last changed in a way that matters to readers
    author: who wrote it
    tags: the words of its tags
    lang: its language
    """

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
    """A feed (RFC 4287).

    id: what it is known by for ever
    title: its title
    subtitle: what it is about
    url: its own absolute address
    page_url: the absolute address of the page that it is a feed of
    updated: when anything in it last changed
    author: whose feed it is
    lang: the language of the site
    items: its posts, newest first
    """

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
    """A page that search engines may list.

    url: its absolute address
    updated: the day it last changed, where it is known
    """

    url: str
    updated: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SitemapView:
    """The sitemap (sitemaps.org 0.9).

    rows: every page that may be listed
    """

    rows: tuple[SitemapRow, ...]
