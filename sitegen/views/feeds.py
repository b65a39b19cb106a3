"""What programs read: feeds and the sitemap."""

from __future__ import annotations

from dataclasses import dataclass

from sitegen.shown import (
    Html,
)


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
