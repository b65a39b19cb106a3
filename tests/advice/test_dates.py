"""Days in the text: those that can’t be, and those without a year."""

from __future__ import annotations

import pytest

from sitegen.advice import dates
from tests import sites
from tests.advice.typed import TODAY, fixes, news, told, typed


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Come on Monday 13 September 2026.", "8 wrong-weekday: Monday 13 September 2026"),
        ("Come on Mon, 5 June 2026.", "8 wrong-weekday: Mon, 5 June 2026"),
        (
            "Come on Monday the 13th of September, 2026.",
            "8 wrong-weekday: Monday the 13th of September, 2026",
        ),
        ("Come on Monday, September 13, 2026.", "8 wrong-weekday: Monday, September 13, 2026"),
        ("It closes on 31 June 2026.", "8 no-such-day: 31 June 2026"),
        ("It closes on 29 February 2025.", "8 no-such-day: 29 February 2025"),
        ("The board met on Wednesday (Feb 6).", "8 no-year: Wednesday (Feb 6)"),
        ("Come on 3 July, at noon.", "8 no-year: 3 July"),
        ("We began in 2019.\n\nCome on 3 July.", "10 no-year: 3 July"),
    ],
)
def test_days(body: str, expected: str) -> None:
    """A weekday that its date is not, a day that no month has, a day without its year."""
    post = news(body)
    assert expected in told(dates.check(post, TODAY), post)


def test_the_right_day_is_said() -> None:
    """The message says which day it is, and the fix how to type it."""
    (found,) = dates.check(news("Come on Monday 13 September 2026."), TODAY)
    assert found.message == "13 September 2026 is a Sunday"
    assert found.fix == "type Sunday 13 September 2026, or another date"


def test_a_weekday_tells_the_year() -> None:
    """Without a year it is the nearest in which the day is that weekday."""
    found = dates.check(news("It met on Wednesday (Feb 6).", date="2019-02-10"), TODAY)
    assert "type Wednesday 6 February 2019" in fixes(found)


@pytest.mark.parametrize(
    "body",
    [
        "Come on Sunday 13 September 2026.",
        "From 3 August to 13 September 2026.",
        "It closes on 18 December 2026.\n\nAfter 18 December we read all answers.",
        "The tax year ends on 5 April every year.",
        "> We met on 6 February.",
        "You may 5 times a week.",
        "It costs £5 May to June.",
        "The march of 300 people",
        "Section 3.2 May",
        "Open 9am–5pm, May to June",
        "`6 February`",
        "On 29 February 2024 we met.",
    ],
)
def test_days_in_order(body: str) -> None:
    """Right days, days whose year is said, days of every year, and what is no day."""
    post = news(body)
    assert told(dates.check(post, TODAY), post) == []


def test_days_without_a_year_are_one_advice() -> None:
    """At the first, naming all."""
    (found,) = dates.check(news("Come on 3 July.\n\nOr on 4 July, or 3 July."), TODAY)
    assert found.message.startswith('"3 July", "4 July" have no year')


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ("We close on 25 December.", {"title": "Christmas 2026"}),
        ("Hours in 2026.\n\nWords.\n\nWe close on 25 December.", {}),
        ("Words.\n\n## In 2026\n\nWe close on 25 December.", {}),
        ("Words.\n\nIt ended on 1 June.", {"expiry_date": "2027-06-01"}),
    ],
)
def test_the_year_is_said_elsewhere(body: str, fields: dict[str, object]) -> None:
    """In the title, at the beginning, right above, or as a day of the front matter."""
    assert list(dates.check(news(body, **fields), TODAY)) == []


def test_a_consultation_names_its_own_day() -> None:
    """The page shows when it closes."""
    text = sites.consultation("2026-05-01", "2026-12-14", summary="By Monday 14 December.")
    assert list(dates.check(typed(text, "consultations/a.md"), TODAY)) == []
