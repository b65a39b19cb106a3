"""Pages that stand by themselves."""

from __future__ import annotations

from collections.abc import Callable
from zoneinfo import ZoneInfo

import pytest

from sitegen.kinds import page
from sitegen.kinds.common import published_at
from sitegen.kinds.page import Page
from sitegen.model import Document

LONDON = ZoneInfo("Europe/London")
Faults = Callable[..., list[str]]


def test_a_title_is_enough(faults: Faults) -> None:
    """A title and some text are a page: no date, summary or tags are asked for."""
    assert faults("page") == []
    assert faults("page", "slug: a", less="title") == [
        '1:1 error missing-field: "title" is missing: the title, up to 120 characters'
    ]


def test_fields(read: Callable[..., Document]) -> None:
    """A page has its place among others: a short title, an order, a parent."""
    front = read("page", "nav_title: About\nnav_order: 2\nparent: pages/b").front
    assert isinstance(front, Page)
    assert (front.nav_title, front.nav_order, front.parent) == ("About", 2, "pages/b")


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        (
            "nav_order: first",
            '2:12 error not-a-number: "first" is not a whole number of at least 0',
        ),
        (f"nav_title: {'x' * 41}", "2:12 error too-long: this has 41 characters; 40 is the most"),
        (
            "parent: [pages/b]",
            '2:9 error not-text: "parent" takes a post (folder/name), and this is a list',
        ),
        ("expiry_date: soon", '2:14 error date-format: "soon" is not a date I can read for sure'),
    ],
)
def test_rules(faults: Faults, fields: str, fault: str) -> None:
    """A page's fields are read by their types."""
    assert faults("page", fields) == [fault]


@pytest.mark.parametrize(
    ("fields", "at"),
    [
        ("", None),
        ("date: 2026-06-15", "2026-06-14T23:00:00+00:00"),
        ("publish_at: 2026-06-15 09:00", "2026-06-15T08:00:00+00:00"),
        ("date: 2026-06-15\npublish_at: 2026-06-16", "2026-06-15T23:00:00+00:00"),
    ],
)
def test_published_at(read: Callable[..., Document], fields: str, at: str | None) -> None:
    """A page without a date is public at once; ``publish_at`` decides where it is given."""
    front = read("page", fields).front
    assert isinstance(front, Page)
    published = published_at(front, LONDON)
    assert (published.isoformat() if published else None) == at
    assert [t.what for t in page.KIND.turns(front, LONDON)] == (["is published"] if at else [])
