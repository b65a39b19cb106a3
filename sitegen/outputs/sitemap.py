"""sitemap.xml (sitemaps.org 0.9) and robots.txt (RFC 9309)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from sitegen.model import Address, Encoded, Output, Ready, Rendered
from sitegen.outputs.lists import listings
from sitegen.pages.desk import Desk
from sitegen.pages.present import LIST_PATHS
from sitegen.site.index import Site
from sitegen.urls import output_path
from sitegen.views.feeds import SitemapRow, SitemapView

SITEMAP, ROBOTS = "/sitemap.xml", "/robots.txt"


def addresses(site: Site) -> Iterator[Address]:
    """Two files."""
    yield Address(path=SITEMAP, owner="the sitemap")
    yield Address(path=ROBOTS, owner="the file for robots")


def outputs(desk: Desk) -> Iterator[Output]:
    """Two files. A site that asks not to be indexed names no sitemap."""
    yield Rendered(
        path=output_path(SITEMAP), template="sitemap.xml", make=partial(_view, desk), texts=()
    )
    # Robots must be let in to read that a page asks not to be indexed.
    lines = ["User-agent: *", "Disallow:"]
    if not desk.site.config.noindex:
        lines.append(f"Sitemap: {desk.absolute(SITEMAP)}")
    yield Encoded(path=output_path(ROBOTS), make=Ready(("\n".join(lines) + "\n").encode()))


def _view(desk: Desk) -> SitemapView:
    return SitemapView(rows=tuple(_rows(desk)))


def _rows(desk: Desk) -> Iterator[SitemapRow]:
    """The pages that search engines may show: not those that are expired or withdrawn."""
    site = desk.site
    yield SitemapRow(url=desk.absolute("/"), updated=None)
    for path in sorted({"/tags/", "/archive/", "/glossary/", *LIST_PATHS.values()}):
        yield SitemapRow(url=desk.absolute(path), updated=None)
    for listing in listings(site):
        if listing.path.startswith(("/tags/", "/series/")) and listing.entries:
            yield SitemapRow(url=desk.absolute(listing.path), updated=None)
    for entry in sorted(site.entries.values(), key=lambda e: e.url):
        if not entry.ended and entry.status == "published":
            days = [d for d in (entry.front.date, entry.updated, entry.front.last_reviewed_on) if d]
            updated = max(days).isoformat() if days else None
            yield SitemapRow(url=desk.absolute(entry.url), updated=updated)
