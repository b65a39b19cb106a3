"""The home page."""

from __future__ import annotations

from sitegen.model import Rendered
from sitegen.views.others import HomeView
from tests.sites import blog, consultation, explainer, page, planned, post


def home(files: dict[str, str], now: str = "2026-06-15") -> HomeView:
    """The view of the home page."""
    output = planned(files, now)["index.html"]
    assert isinstance(output, Rendered)
    assert isinstance(output.view, HomeView)
    return output.view


SITE = {
    "content/consultations/late.md": consultation("2026-06-01", "2026-08-01", title="Late"),
    "content/consultations/soon.md": consultation("2026-06-01", "2026-06-20", title="Soon"),
    "content/consultations/next.md": consultation("2026-07-01", "2026-08-01", title="Next"),
    "content/consultations/done.md": consultation("2026-05-01", "2026-05-20", title="Done"),
    **{f"content/news/n{i}.md": post(title=f"N{i}", date=f"2026-05-0{i}") for i in range(1, 6)},
    "content/blog/b.md": blog(title="B"),
    "content/explainers/e.md": explainer(title="E"),
}


def test_what_is_open_comes_first() -> None:
    """Open consultations, closing soonest; those to open; the closed ones not at all."""
    found = home(SITE)
    assert [card.title for card in found.open] == ["Soon", "Late"]
    assert [card.title for card in found.upcoming] == ["Next"]
    assert "20 June 2026" in found.open[0].states[0].sentence


def test_what_is_new() -> None:
    """The newest posts of the kinds that are dated; the others have places of their own."""
    files = {**SITE, "content/blog/new.md": blog(title="New", date="2026-06-14")}
    assert [card.title for card in home(files).newest] == ["New", "N5", "N4"]


def test_the_latest_of_each_kind() -> None:
    """Three of each, with a way to all of them."""
    sections = {s.id: [c.title for c in s.cards] for s in home(SITE).sections}
    assert sections == {"_news": ["N5", "N4", "N3"], "_blog": ["B"], "_explainer": ["E"]}
    assert [s.more and s.more.url for s in home(SITE).sections] == [
        "/news/",
        "/blog/",
        "/explainers/",
    ]


def test_pages_index_gives_title_and_words() -> None:
    """Without it, the site's title stands there."""
    assert (home(SITE).title, home(SITE).body) == ("The site", None)
    found = home({**SITE, "content/pages/index.md": page("Come **in**.", title="Welcome")})
    assert found.title == "Welcome"
    assert found.body and "<strong>in</strong>" in found.body


def test_an_empty_site_has_a_home_page() -> None:
    """Nothing yet is no fault."""
    found = home({})
    assert (found.open, found.upcoming, found.sections) == ((), (), ())
