"""404.html."""

from __future__ import annotations

from tests.sites import CONFIG, links_of, made, planned


def test_the_page_for_what_is_not_there() -> None:
    """At the root, not to be indexed, with ways on."""
    page = made({}, "404.html").decode()
    assert '<meta name="robots" content="noindex">' in page
    assert "Page not found" in page
    for way in ("/consultations/", "/news/", "/blog/", "/explainers/", "/tags/", "/archive/"):
        assert f'href="{way}"' in page


def test_its_links_work_at_any_depth() -> None:
    """It is shown at addresses of any depth, so none of its links is relative."""
    below = {"config.yaml": CONFIG.replace("example.org/", "example.org/site/")}
    links = links_of(made(below, "404.html"))
    assert all(link.startswith(("/site/", "#", "https://")) for link in links)
    assert "404.html" in planned(below)
