"""News."""

from __future__ import annotations

from collections.abc import Callable
from zoneinfo import ZoneInfo

import pytest

from sitegen.kinds import news
from sitegen.kinds.news import News, Quote
from sitegen.model import Document

Faults = Callable[..., list[str]]


def test_fields(read: Callable[..., Document]) -> None:
    """A story has quotes, the stories that it follows up, a dateline and a contact."""
    front = read(
        "news",
        "dateline: Bletchley\ncontact: Ann Bee, 01632 960001\nupdates: [news/b]\n"
        "quotes:\n  - text: We listen.\n    name: Ann Bee\n    role: Chief\n",
    ).front
    assert isinstance(front, News)
    assert (front.dateline, front.contact) == ("Bletchley", "Ann Bee, 01632 960001")
    assert front.updates == ("news/b",)
    assert front.quotes == (Quote(text="We listen.", name="Ann Bee", role="Chief"),)


def test_what_it_needs(faults: Faults) -> None:
    """A story needs title and date; no author is asked for."""
    assert faults("news") == []
    assert [f.split()[1:3] for f in faults("news", "slug: a", less="title date summary tags")] == [
        ["error", "missing-field:"],
        ["error", "missing-field:"],
        ["warning", "missing-field:"],
        ["warning", "missing-field:"],
    ]


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        (
            "quotes: [{text: We listen.}]",
            '2:10 error missing-field: "name" is missing: who said them',
        ),
        ("quotes: We listen.", '2:9 error not-a-list: "quotes" takes a list'),
        (
            "series: ceo-blog",
            '2:1 error unknown-field: "series" is not a field of this kind of post',
        ),
        (
            "closing_date: 2026-07-01",
            '2:1 error unknown-field: "closing_date" is not a field of this kind of post',
        ),
        ("layout: post", '2:1 error unknown-field: "layout" is not a field'),
    ],
)
def test_rules(faults: Faults, fields: str, fault: str) -> None:
    """A quote has a name; another kind's fields are no fields of a story."""
    assert faults("news", fields) == [fault]


def test_turns(read: Callable[..., Document]) -> None:
    """Every moment at which any post changes is known, and whether readers see it."""
    front = read(
        "news",
        "publish_at: 2026-06-02 09:00\nexpiry_date: 2026-12-31\nupdated: 2026-06-05\n"
        "change_notes: [{date: 2026-06-06, note: N}]\nwithdrawn: {date: 2026-08-01, reason: R}\n"
        "last_reviewed_on: 2026-06-02\nnext_review_due: 2026-09-01\n",
    ).front
    assert isinstance(front, News)
    turns = list(news.KIND.turns(front, ZoneInfo("Europe/London")))
    assert [(t.at.isoformat(), t.what, t.visible) for t in turns] == [
        ("2026-06-02T08:00:00+00:00", "is published", True),
        ("2027-01-01T00:00:00+00:00", "expires", True),
        ("2026-07-31T23:00:00+00:00", "is withdrawn", True),
        ("2026-06-04T23:00:00+00:00", "is updated", True),
        ("2026-06-05T23:00:00+00:00", "shows a change note", True),
        ("2026-08-31T23:00:00+00:00", "falls due for review", False),
    ]
