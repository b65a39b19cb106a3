"""The pages of posts: what they say of a post's life, and of its translations."""

from __future__ import annotations

import pytest

from sitegen.model import Rendered
from sitegen.views.post import EntryView
from tests.sites import consultation, planned, post

SITE = {
    "content/news/a.md": post(title="A"),
    "content/news/b.md": post(title="B", lang="pl", translation_of="news/a"),
}
ENGLISH, POLISH = "news/2026-05-01/a/index.html", "pl/news/2026-05-01/a/index.html"


def view(files: dict[str, str], path: str, now: str = "2026-06-15") -> EntryView:
    """The view of a post's page."""
    output = planned(files, now)[path]
    assert isinstance(output, Rendered) and isinstance(output.view, EntryView)
    return output.view


def original(**fields: object) -> dict[str, str]:
    """The site with these fields in the post that is translated."""
    return {**SITE, "content/news/a.md": post(title="A", **fields)}


def test_each_language_leads_to_the_others() -> None:
    """In the head of every one, its own among them; the original is for all other languages."""
    for path in (ENGLISH, POLISH):
        assert [(a.lang, a.url) for a in view(SITE, path).head.alternates] == [
            ("en-GB", "https://example.org/news/2026-05-01/a/"),
            ("pl", "https://example.org/pl/news/2026-05-01/a/"),
            ("x-default", "https://example.org/news/2026-05-01/a/"),
        ]
    alone = view({"content/news/a.md": post(title="A")}, ENGLISH)
    assert alone.head.alternates == ()


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"withdrawn": "{date: 2026-06-01, reason: Wrong.}"}, "withdrawn"),
        ({"expiry_date": "2026-06-01"}, "expired"),
    ],
)
def test_a_translation_is_no_longer_valid_than_its_original(
    fields: dict[str, object], name: str
) -> None:
    """It says so itself, leaves search engines, and is no page for other languages."""
    found = view(original(**fields), POLISH)
    assert [notice.name for notice in found.notices] == [name]
    assert found.head.noindex
    assert found.head.alternates == ()


def test_an_expiry_stands_by() -> None:
    """Hidden until its moment: no build may come when it expires."""
    (notice,) = view(original(expiry_date="2026-06-20"), ENGLISH).notices
    assert (notice.span.later, notice.span.since) == (True, "2026-06-20T23:00:00+00:00")
    (notice,) = view(original(expiry_date="2026-06-10"), ENGLISH).notices
    assert (notice.span.later, notice.span.since) == (False, None)


@pytest.mark.parametrize(
    ("now", "labels", "has_ways"),
    [
        ("2026-06-01", [["Opens", "Opened"], ["Closes", "Closed"], ["Outcome due by"]], True),
        ("2026-06-15", [["Opened"], ["Closes", "Closed"], ["Outcome due by"]], True),
        ("2026-07-15", [["Opened"], ["Closed"], ["Outcome due by"]], False),
    ],
)
def test_the_dates_of_a_consultation(now: str, labels: list[list[str]], has_ways: bool) -> None:
    """Each row has the word for now and the one that the date will bring; ways end with it."""
    files = {"content/consultations/c.md": consultation("2026-06-10", "2026-07-01")}
    found = view(files, "consultations/c/index.html", now)
    assert [[word.text for word in fact.labels] for fact in found.facts.dates] == labels
    assert (found.facts.ways is not None) is has_ways
    assert bool(found.calendar) is has_ways
