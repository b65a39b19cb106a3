"""The archive: years, months and their posts."""

from __future__ import annotations

from sitegen.model import Rendered
from sitegen.views.lists import ArchiveView, YearView
from tests.sites import blog, consultation, explainer, page, planned, post

SITE = {
    "content/blog/a.md": blog(title="A", date="2024-10-28"),
    "content/news/b.md": post(title="B", date="2024-10-01"),
    "content/news/c.md": post(title="C", date="2024-02-29"),
    "content/consultations/d.md": consultation("2026-06-01", "2026-07-01", title="D"),
    "content/explainers/undated.md": explainer(),
    "content/pages/about.md": page(date="2024-01-01"),
    "content/news/later.md": post(date="2027-01-01"),
}


def test_years_with_their_months_newest_first() -> None:
    """Posts with a date, of the kinds that have lists; their counts add up."""
    output = planned(SITE)["archive/index.html"]
    assert isinstance(output, Rendered)
    assert isinstance(output.view, ArchiveView)
    assert [
        (year.label, year.url, year.count, [(m.label, m.url, m.count) for m in year.months])
        for year in output.view.years
    ] == [
        ("2026", "/archive/2026/", 1, [("May", "/archive/2026/05/", 1)]),
        (
            "2024",
            "/archive/2024/",
            3,
            [("October", "/archive/2024/10/", 2), ("February", "/archive/2024/02/", 1)],
        ),
    ]


def test_a_year_lists_its_posts_by_month() -> None:
    """With the other years to go on to."""
    output = planned(SITE)["archive/2024/index.html"]
    assert isinstance(output, Rendered)
    assert isinstance(output.view, YearView)
    months = [(m.label, [(x.title, x.date.text) for x in m.lines]) for m in output.view.months]
    assert months == [
        ("October", [("A", "28 October 2024"), ("B", "1 October 2024")]),
        ("February", [("C", "29 February 2024")]),
    ]
    assert [link.url for link in output.view.siblings] == ["/archive/2026/"]


def test_every_month_that_is_linked_is_there() -> None:
    """And no page of a month or year that is not."""
    paths = {p for p in planned(SITE) if p.startswith("archive/")}
    assert paths == {
        "archive/index.html",
        "archive/2024/index.html",
        "archive/2026/index.html",
        "archive/2024/02/index.html",
        "archive/2024/10/index.html",
        "archive/2026/05/index.html",
    }
