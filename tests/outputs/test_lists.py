"""Lists: pages of ten, consultations by state, tags, series and months."""

from __future__ import annotations

import pytest

from sitegen.model import Rendered
from sitegen.views.lists import ListView
from tests.sites import CONFIG, blog, consultation, planned, post


def view(files: dict[str, str], path: str, now: str = "2026-06-15") -> ListView:
    """The view of a list's page."""
    output = planned(files, now)[path]
    assert isinstance(output, Rendered)
    assert isinstance(output.view, ListView)
    return output.view


def news(count: int) -> dict[str, str]:
    """So many stories, a day each from 1 May 2026 on."""
    return {
        f"content/news/s{i:02}.md": post(title=f"Story {i}", date=f"2026-05-{i:02}")
        for i in range(1, count + 1)
    }


def titles(found: ListView) -> list[str]:
    """The titles of a page's cards."""
    return [card.title for group in found.groups for card in group.cards]


@pytest.mark.parametrize(
    ("count", "pages"),
    [(0, [0]), (1, [1]), (10, [10]), (11, [10, 1]), (20, [10, 10]), (21, [10, 10, 1])],
)
def test_pages_of_ten(count: int, pages: list[int]) -> None:
    """Page two and on have addresses of their own; nothing stands twice or is lost."""
    files = news(count)
    paths = ["news/index.html", *(f"news/page/{n}/index.html" for n in range(2, len(pages) + 1))]
    assert [p for p in planned(files) if p.startswith(("news/index", "news/page/"))] == paths
    views = [view(files, path) for path in paths]
    assert [len(titles(v)) for v in views] == pages
    assert [t for v in views for t in titles(v)] == [f"Story {i}" for i in range(count, 0, -1)]
    assert {v.count for v in views} == {count}
    assert all(bool(v.pager) is (len(pages) > 1) for v in views)


def test_the_pager_shows_the_ends_and_the_neighbours() -> None:
    """First, last, one before and one after; gaps left out; no link to the page itself."""
    files = {"config.yaml": CONFIG + "page_size: 1\n", **news(9)}
    pager = view(files, "news/page/5/index.html").pager
    assert pager
    numbers = [link and link.number for link in pager.links]
    assert numbers == [1, None, 4, 5, 6, None, 9]
    assert [link.url for link in pager.links if link] == [
        "/news/",
        "/news/page/4/",
        None,
        "/news/page/6/",
        "/news/page/9/",
    ]
    assert (pager.previous, pager.next) == ("/news/page/4/", "/news/page/6/")
    first, last = (view(files, p).pager for p in ("news/index.html", "news/page/9/index.html"))
    assert first and last
    assert (first.previous, last.next) == (None, None)


def test_every_page_of_a_list_says_its_own_address() -> None:
    """Canonical addresses and titles tell the pages apart."""
    second = view(news(11), "news/page/2/index.html").head
    assert second.canonical == "https://example.org/news/page/2/"
    assert second.title == "News, page 2"


CONSULTATIONS = {
    "open-late": consultation("2026-06-01", "2026-08-01"),
    "open-soon": consultation("2026-06-01", "2026-06-20"),
    "to-come-late": consultation("2026-09-01", "2026-10-01"),
    "to-come-soon": consultation("2026-07-01", "2026-10-01"),
    "closed-long": consultation("2025-01-01", "2025-02-01"),
    "closed-now": consultation("2026-05-01", "2026-06-14"),
    "told": consultation(
        "2025-01-01",
        "2025-02-01",
        final_outcome="{published_on: 2025-06-01, decision: adopted, detail: Done.}",
    ),
}


def test_consultations_are_grouped_by_state() -> None:
    """Open first, closing soonest; then to open, soonest first; then closed, latest first."""
    files = {
        f"content/consultations/{name}.md": text.replace("A post", name)
        for name, text in CONSULTATIONS.items()
    }
    found = view(files, "consultations/index.html")
    assert {g.id: [c.title for c in g.cards] for g in found.groups} == {
        "open": ["open-soon", "open-late"],
        "upcoming": ["to-come-soon", "to-come-late"],
        "closed": ["closed-now", "closed-long"],
        "outcome": ["told"],
    }
    assert [g.id for g in found.groups] == ["open", "upcoming", "closed", "outcome"]
    assert [g.heading for g in found.groups] == [
        "Open now",
        "Opening soon",
        "Closed, awaiting outcome",
        "Outcome published",
    ]


def test_states_go_on_over_pages() -> None:
    """The order is kept across pages of the consultations list."""
    files = {
        "config.yaml": CONFIG + "page_size: 3\n",
        **{f"content/consultations/{n}.md": t for n, t in CONSULTATIONS.items()},
    }
    pages = [view(files, f"consultations/{p}index.html") for p in ("", "page/2/", "page/3/")]
    assert [[(g.id, len(g.cards)) for g in v.groups] for v in pages] == [
        [("open", 2), ("upcoming", 1)],
        [("upcoming", 1), ("closed", 2)],
        [("outcome", 1)],
    ]


def test_lists_of_tags_series_and_months() -> None:
    """Each with its posts, its words and, save for months, its feed."""
    files = {
        "content/series.yaml": "ceo: {title: The CEO writes, prefix: CEO, description: Words.}\n",
        "content/blog/a.md": blog(title="A", series="ceo", tags="[hospital]"),
        "content/blog/b.md": blog(title="B", date="2026-04-01"),
        "content/news/n.md": post(title="N", date="2026-04-02", tags="[hospital]"),
    }
    tag = view(files, "tags/hospital/index.html")
    assert (tag.title, tag.intro, titles(tag)) == ("Hospital care", "Stays and waits.", ["A", "N"])
    series = view(files, "series/ceo/index.html")
    assert (series.title, series.intro, titles(series)) == ("The CEO writes", "Words.", ["A"])
    month = view(files, "archive/2026/04/index.html")
    assert (month.title, titles(month)) == ("April 2026", ["N", "B"])
    feeds = (tag.feed, series.feed, month.feed)
    assert feeds == ("/tags/hospital/feed.xml", "/series/ceo/feed.xml", None)
    assert series.groups[0].cards[0].prefix == "CEO"


def test_lists_hold_only_what_is_current() -> None:
    """No expired, withdrawn, scheduled, draft or translated post, in any list."""
    files = {
        "content/news/now.md": post(title="Now"),
        "content/news/expired.md": post(expiry_date="2026-06-01"),
        "content/news/withdrawn.md": post(withdrawn="{date: 2026-06-01, reason: Wrong.}"),
        "content/news/later.md": post(date="2026-07-01"),
        "content/news/draft.md": post(draft="true"),
        "content/news/welsh.md": post(lang="cy", translation_of="news/now"),
    }
    lists = [o.view for o in planned(files).values() if getattr(o, "template", "") == "list.html"]
    assert {title for found in lists for title in titles(found)} == {"Now"}
