"""Feeds: Atom by RFC 4287, JSON Feed 1.1, absolute links, and times that the content gives."""

from __future__ import annotations

import json
import re
from datetime import datetime

import feedparser
import pytest
from lxml import etree

from tests.sites import CONFIG, blog, consultation, made, planned, post

ATOM = "{http://www.w3.org/2005/Atom}"
BELOW = CONFIG.replace("example.org/", "example.org/site/")
SITE: dict[str, str | bytes] = {
    "config.yaml": BELOW,
    "content/series.yaml": "ceo: {title: The CEO writes, prefix: The CEO}\n",
    "content/media/hall.png": b"png",
    "content/blog/a.md": blog(
        "See [b](b.md), [here](#part) & [there](https://example.com/?a=1&b=2).\n\n"
        "## Part\n\n![A <hall>](/media/hall.png)",
        title="Dogs & <cats>",
        series="ceo",
        date="2026-05-03",
    ),
    "content/blog/b.md": blog(title="B", date="2026-01-02", updated="2026-06-10"),
    "content/news/n.md": post(title="N", date="2026-05-02", publish_at="2026-05-02 09:30"),
    "content/consultations/c.md": consultation("2026-06-01", "2026-07-01", title="C"),
}
FEEDS = ["feed.xml", "blog/feed.xml", "tags/dentistry/feed.xml", "series/ceo/feed.xml"]
EMPTY = "tags/pharmacy/feed.xml"


def feed(path: str, now: str = "2026-06-15") -> etree._Element:
    """A feed of the site, parsed."""
    return etree.fromstring(made(SITE, path, now))


def text(element: etree._Element, name: str) -> str:
    """The text of a child that must be there once."""
    (child,) = element.findall(ATOM + name)
    assert child.text and child.text.strip()
    return child.text


def is_time(value: str) -> bool:
    """RFC 3339 with an offset."""
    form = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)"
    return bool(re.fullmatch(form, value)) and datetime.fromisoformat(value).tzinfo is not None


@pytest.mark.parametrize("path", [*FEEDS, EMPTY])
def test_a_feed_has_what_atom_demands(path: str) -> None:
    """id, title, updated, author and its own link once; in each entry too (RFC 4287, 4.1)."""
    root = feed(path)
    assert root.tag == ATOM + "feed"
    assert text(root, "id").startswith("https://example.org/site/")
    assert text(root, "title")
    assert is_time(text(root, "updated"))
    assert root.find(f"{ATOM}author/{ATOM}name") is not None
    links = {link.get("rel"): link.get("href") for link in root.findall(ATOM + "link")}
    assert links["self"] == f"https://example.org/site/{path}"
    assert links["alternate"] == f"https://example.org/site/{path.removesuffix('feed.xml')}"
    entries = root.findall(ATOM + "entry")
    assert bool(entries) is (path != EMPTY)
    assert len({text(entry, "id") for entry in entries}) == len(entries)
    for entry in entries:
        assert text(entry, "title")
        assert is_time(text(entry, "updated")) and is_time(text(entry, "published"))
        (content,) = entry.findall(ATOM + "content")
        assert content.get("type") == "html"
        (alternate,) = entry.findall(f"{ATOM}link[@rel='alternate']")
        assert alternate.get("href") == text(entry, "id")


@pytest.mark.parametrize("path", [*FEEDS, EMPTY])
def test_a_feed_reader_takes_it(path: str) -> None:
    """A strict parser finds nothing amiss, and the words as they were typed."""
    found = feedparser.parse(made(SITE, path), sanitize_html=False, resolve_relative_uris=False)
    assert found.bozo is False
    assert found.version == "atom10"
    titles = [entry.title for entry in found.entries]
    if path == "blog/feed.xml":
        assert titles == ["The CEO: Dogs & <cats>", "B"]


def test_newest_first_and_no_more_than_asked() -> None:
    """``feed_size`` posts; consultations by date, not by state."""
    assert [text(e, "title") for e in feed("feed.xml").iter(ATOM + "entry")] == [
        "The CEO: Dogs & <cats>",
        "N",
        "C",
        "B",
    ]
    few = made({**SITE, "config.yaml": BELOW + "feed_size: 2\n"}, "feed.xml")
    assert len(etree.fromstring(few).findall(ATOM + "entry")) == 2


def test_links_in_feeds_are_absolute() -> None:
    """Those in the text too, and anchors lead to the post's page."""
    (entry,) = feed("series/ceo/feed.xml").findall(ATOM + "entry")
    html = text(entry, "content")
    page = "https://example.org/site/blog/2026-05-03/a/"
    links = re.findall(r'(?:href|src)="([^"]*)"', html)
    assert links == [
        "https://example.org/site/blog/2026-01-02/b/",
        f"{page}#part",
        "https://example.com/?a=1&amp;b=2",
        "https://example.org/site/media/hall.png",
    ]


def test_times_come_from_the_content() -> None:
    """The date, the moment of publication, the last change: never the clock."""
    times = {
        text(e, "title"): (text(e, "published"), text(e, "updated"))
        for e in feed("feed.xml").iter(ATOM + "entry")
    }
    assert times["B"] == ("2026-01-02T00:00:00+00:00", "2026-06-10T00:00:00+01:00")
    assert times["N"][0] == "2026-05-02T09:30:00+01:00"
    assert text(feed("feed.xml"), "updated") == "2026-06-10T00:00:00+01:00"
    assert made(SITE, "feed.xml", "2026-06-15") == made(SITE, "feed.xml", "2026-06-30")


def test_an_entry_is_not_updated_before_it_is_published() -> None:
    """A post published at half past nine was last changed then, not at midnight before."""
    entries = {text(e, "title"): e for e in feed("feed.xml").iter(ATOM + "entry")}
    published, updated = (text(entries["N"], name) for name in ("published", "updated"))
    assert datetime.fromisoformat(updated) >= datetime.fromisoformat(published)


def test_a_consultation_says_its_state() -> None:
    """In the summary, in words that stay true."""
    (entry,) = feed("consultations/feed.xml").findall(ATOM + "entry")
    assert text(entry, "summary").startswith("Closes at 11:59pm on Wednesday 1 July 2026.")


@pytest.mark.parametrize("path", [*FEEDS, EMPTY])
def test_json_feeds(path: str) -> None:
    """JSON Feed 1.1: the required fields, and the same posts as the Atom feed beside it."""
    found = json.loads(made(SITE, path.replace(".xml", ".json")))
    assert found["version"] == "https://jsonfeed.org/version/1.1"
    assert found["title"]
    assert found["feed_url"] == f"https://example.org/site/{path.replace('.xml', '.json')}"
    assert found["home_page_url"] == f"https://example.org/site/{path.removesuffix('feed.xml')}"
    assert found["language"] == "en-GB"
    assert all(author["name"] for author in found["authors"])
    assert [i["id"] for i in found["items"]] == [
        text(e, "id") for e in feed(path).iter(ATOM + "entry")
    ]
    for item in found["items"]:
        assert item["url"] == item["id"]
        assert item["content_html"] is not None
        assert is_time(item["date_published"]) and is_time(item["date_modified"])


def test_every_list_that_names_a_feed_has_one() -> None:
    """Of the site, each kind, each tag and each series: in both formats."""
    outputs = planned(SITE)
    wanted = ["", "blog/", "news/", "consultations/", "explainers/", "series/ceo/"]
    wanted += [f"tags/{tag}/" for tag in ("dentistry", "pharmacy", "hospital")]
    assert {p for p in outputs if p.endswith(("feed.xml", "feed.json"))} == {
        f"{folder}feed.{form}" for folder in wanted for form in ("xml", "json")
    }
