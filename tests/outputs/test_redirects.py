"""Redirects: a page for each alias, and the file for hosts that can do better."""

from __future__ import annotations

import lxml.html
import pytest

from tests.sites import CONFIG, blog, made, page, planned

BELOW = CONFIG.replace("example.org/", "example.org/site/")
SITE = {
    "content/blog/a.md": blog(title="Dogs & cats", aliases="[/old/a, /older/, /oldest.html]"),
    "content/pages/index.md": page(aliases="[/start/]"),
    "content/blog/draft.md": blog(aliases="[/secret/]", draft="true"),
}


@pytest.mark.parametrize("path", ["old/a/index.html", "older/index.html", "oldest.html"])
def test_an_alias_leads_to_its_post(path: str) -> None:
    """By a refresh that takes no time, with a link for whoever stays; not to be indexed."""
    tree = lxml.html.fromstring(made({**SITE, "config.yaml": BELOW}, path))
    to = "/site/blog/2026-05-01/a/"
    assert tree.xpath("//meta[@http-equiv='refresh']/@content") == [f"0; url={to}"]
    assert to in tree.xpath("//a/@href")
    assert tree.xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert "Dogs & cats" in tree.text_content()


def test_the_canonical_address_is_that_of_the_post() -> None:
    """So that search engines keep the new address, not the old."""
    tree = lxml.html.fromstring(made(SITE, "older/index.html"))
    assert tree.xpath("//link[@rel='canonical']/@href") == [
        "https://example.org/blog/2026-05-01/a/"
    ]


def test_the_file_of_redirects() -> None:
    """Both forms of each alias, in order, each a 301; none of a draft's."""
    assert made({**SITE, "config.yaml": BELOW}, "_redirects").decode().splitlines() == [
        "/site/old/a /site/blog/2026-05-01/a/ 301",
        "/site/old/a/ /site/blog/2026-05-01/a/ 301",
        "/site/older /site/blog/2026-05-01/a/ 301",
        "/site/older/ /site/blog/2026-05-01/a/ 301",
        "/site/oldest.html /site/blog/2026-05-01/a/ 301",
        "/site/start /site/ 301",
        "/site/start/ /site/ 301",
    ]
    assert not [path for path in planned(SITE) if "secret" in path]


def test_a_site_without_aliases_has_an_empty_file() -> None:
    """So that the last redirect that goes takes its line with it."""
    assert made({}, "_redirects") == b""
