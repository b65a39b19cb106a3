"""Consultations: enough time to answer, a good last day, and an outcome in time."""

from __future__ import annotations

from typing import Any

import pytest

from sitegen.advice import duties
from sitegen.site.lockfile import Locked
from tests.sites import consultation, documents, resolved

PATH = "content/consultations/a.md"


def advised(text: str, now: str = "2026-06-01") -> list[str]:
    """``code: message`` of what is advised about one consultation."""
    files = {PATH: text}
    found = duties.check(resolved(files, now).site, documents(files))
    return [f"{p.code}: {p.message}" for p in found]


def survey(opens: str = "2026-06-01", closes: str = "2026-07-01", **fields: object) -> str:
    """A consultation that was published before it opened."""
    return consultation(opens, closes, "Some words.", **{"date": "2026-05-01", **fields})


@pytest.mark.parametrize(
    ("closes", "days"),
    [("2026-06-12", "12 days"), ("2026-06-01 17:00", "1 day"), ("2026-06-12 12:00", "12 days")],
)
def test_too_short(closes: str, days: str) -> None:
    """Fewer than 14 days, the first and the last counted."""
    (said,) = advised(survey(closes=closes))
    assert said == (
        f"short-time: people have {days} to answer; many need 14 to hear of it, think and write"
    )


@pytest.mark.parametrize("closes", ["2026-06-15", "2026-07-01"])
def test_long_enough(closes: str) -> None:
    """Two weeks are enough."""
    assert advised(survey(closes=closes)) == []


def test_too_short_says_when_it_can_close() -> None:
    """The fix is the first working day on which 14 days are full."""
    files = {PATH: survey("2026-06-06", "2026-06-12")}
    (found,) = duties.check(resolved(files, "2026-06-01").site, documents(files))
    assert found.fix == "closing_date: 2026-06-19\n(or later)"
    assert (found.line, found.path) == (
        files[PATH].split("\n").index("closing_date: 2026-06-12") + 1,
        PATH,
    )


@pytest.mark.parametrize(
    ("closes", "said", "fix"),
    [
        ("2026-07-05", "a Sunday", "2026-07-06\n(Monday 6 July 2026, the next working day)"),
        (
            "2026-08-31 17:00",
            "the summer bank holiday",
            "2026-09-01 17:00\n(Tuesday 1 September 2026, the next working day)",
        ),
    ],
)
def test_a_last_day_without_help(closes: str, said: str, fix: str) -> None:
    """A weekend or a bank holiday; the time of day is kept."""
    files = {PATH: survey(closes=closes)}
    (found,) = duties.check(resolved(files).site, documents(files))
    assert found.code == "closing-day"
    assert f"closes on {said}," in found.message
    assert found.fix == f"closing_date: {fix}"


def test_a_draft_is_told_of_its_dates() -> None:
    """It is easiest to change them before anyone has read them."""
    for closes, code in (("2026-06-08", "short-time"), ("2026-06-21", "closing-day")):
        (said,) = advised(survey(closes=closes, draft="true"))
        assert said.startswith(f"{code}: ")


def test_one_advice_about_a_closing_date() -> None:
    """A short time that ends on a Sunday: what is told first mends both."""
    assert len(advised(survey(closes="2026-06-07"))) == 1


@pytest.mark.parametrize(
    "fields",
    [
        {"external_url": "https://example.org/", "ways_to_respond": None},
        {"withdrawn": "{date: 2026-06-02, reason: Sorry.}"},
        {"translation_of": "consultations/b", "lang": "pl"},
    ],
)
def test_dates_that_nobody_here_can_change(fields: dict[str, Any]) -> None:
    """Another website's, a withdrawn post's, a translation's."""
    assert advised(survey(closes="2026-06-07", **fields)) == []


def test_what_has_closed_is_left_alone() -> None:
    """Its dates are history."""
    assert advised(survey(closes="2026-06-07"), now="2026-06-08") == []


# Closed on Wednesday 1 July 2026; 12 weeks later is 23 September.
@pytest.mark.parametrize(
    ("now", "said"),
    [
        ("2026-08-25", None),
        (
            "2026-08-26",
            "outcome-soon: the outcome is due on 23 September 2026: 4 weeks or less are left",
        ),
        (
            "2026-09-15",
            "outcome-soon: the outcome is due on 23 September 2026: 4 weeks or less are left",
        ),
        (
            "2026-09-16",
            "outcome-soon: the outcome is due on 23 September 2026: a week or less is left",
        ),
        ("2026-09-23", "outcome-due: the outcome was due on 23 September 2026"),
        ("2027-09-23", "outcome-due: the outcome was due on 23 September 2026"),
    ],
)
def test_an_outcome_that_falls_due(now: str, said: str | None) -> None:
    """8 and 11 weeks after closing, and at 12."""
    assert advised(survey(), now) == ([said] if said else [])


def test_an_outcome_due_on_a_day_that_is_named() -> None:
    """The weeks are counted back from it."""
    text = survey(outcome_due="2026-10-30")
    assert advised(text, "2026-09-23") == []
    assert advised(text, "2026-10-02") == [
        "outcome-soon: the outcome is due on 30 October 2026: 4 weeks or less are left"
    ]


@pytest.mark.parametrize(
    "fields",
    [
        {"final_outcome": "{published_on: 2026-09-01, decision: adopted, detail: Yes.}"},
        {"expiry_date": "2026-07-31"},
        {"withdrawn": "{date: 2026-07-31, reason: Sorry.}"},
    ],
)
def test_no_outcome_is_owed(fields: dict[str, Any]) -> None:
    """It is there, or the post is over."""
    assert advised(survey(**fields), "2027-01-01") == []


@pytest.mark.parametrize(
    ("locked", "told"),
    [
        (Locked(url="/consultations/a/", ref="consultations/a", closes="2026-06-26"), True),
        (Locked(url="/consultations/a/", ref="consultations/a", closes="2026-07-01"), False),
        (Locked(url="/consultations/a/", ref="consultations/a", closes=None), False),
        (Locked(url="/news/b/", ref="news/b", closes="2026-06-26"), False),
    ],
)
def test_a_closing_date_that_changed(locked: Locked, told: bool) -> None:
    """Only where another was recorded."""
    site = resolved({PATH: survey()}).site
    assert bool([*duties.changed_closing(site, {locked.ref: locked})]) is told


def test_a_change_note_tells_readers_of_the_new_closing_date() -> None:
    """One more note than was recorded is enough; the fix is such a note."""
    locked = {
        "consultations/a": Locked(
            url="/consultations/a/", ref="consultations/a", closes="2026-06-26", notes=1
        )
    }
    one = "[{date: 2026-06-02, note: Added a form.}]"
    two = "[{date: 2026-06-02, note: Added a form.}, {date: 2026-06-10, note: More time.}]"
    (found,) = duties.changed_closing(resolved({PATH: survey(change_notes=one)}).site, locked)
    assert found.fix == (
        "change_notes:\n  - date: 2026-06-15\n"
        "    note: It now closes at 11:59pm on Wednesday 1 July 2026."
    )
    assert not [*duties.changed_closing(resolved({PATH: survey(change_notes=two)}).site, locked)]
