"""sitemap.xml and robots.txt."""

from __future__ import annotations

import re

from lxml import etree

from tests.sites import CONFIG, blog, made, page, post

MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
SITE = {
    "content/blog/a.md": blog(updated="2026-06-01"),
    "content/pages/about.md": page(),
    "content/blog/expired.md": blog(expiry_date="2026-06-01"),
    "content/blog/withdrawn.md": blog(withdrawn="{date: 2026-06-01, reason: Wrong.}"),
    "content/news/later.md": post(date="2026-07-01"),
    "content/news/draft.md": post(draft="true"),
    "content/blog/alias.md": blog(aliases="[/old/]"),
}


def rows(files: dict[str, str]) -> dict[str, str | None]:
    """The addresses of the sitemap, with their days."""
    root = etree.fromstring(made(files, "sitemap.xml"))
    return {row.findtext(MAP + "loc") or "": row.findtext(MAP + "lastmod") for row in root}


def test_the_shape_of_a_sitemap() -> None:
    """urlset of url, each with one absolute loc and perhaps a day: what the schema allows."""
    root = etree.fromstring(made(SITE, "sitemap.xml"))
    assert root.tag == MAP + "urlset"
    for row in root:
        assert row.tag == MAP + "url"
        names = [child.tag.removeprefix(MAP) for child in row]
        assert names in (["loc"], ["loc", "lastmod"])
        assert re.fullmatch(r"https://example\.org/\S*", row.findtext(MAP + "loc") or "")
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", row.findtext(MAP + "lastmod") or "2026-01-01")


def test_what_search_engines_may_show() -> None:
    """Posts, pages and lists; nothing expired, withdrawn, waiting, drafted or moved."""
    found = rows(SITE)
    assert found["https://example.org/blog/2026-05-01/a/"] == "2026-06-01"
    assert {"https://example.org/", "https://example.org/about/"} <= found.keys()
    assert {"https://example.org/blog/", "https://example.org/tags/dentistry/"} <= found.keys()
    words = ("expired", "withdrawn", "later", "draft", "old", "404", "pharmacy")
    assert not [url for url in found if any(word in url for word in words)]


def test_addresses_are_below_the_path_of_the_site() -> None:
    """``base_url`` with a path."""
    below = {**SITE, "config.yaml": CONFIG.replace("example.org/", "example.org/site/")}
    assert all(url.startswith("https://example.org/site/") for url in rows(below))


def test_robots_are_told_of_the_sitemap() -> None:
    """Unless the site asks not to be indexed; nothing is forbidden, or they could not read that."""
    assert made(SITE, "robots.txt") == (
        b"User-agent: *\nDisallow:\nSitemap: https://example.org/sitemap.xml\n"
    )
    hidden = {**SITE, "config.yaml": CONFIG + "noindex: true\n"}
    assert made(hidden, "robots.txt") == b"User-agent: *\nDisallow:\n"
