"""Days on which England rests, by rule: against the days that were published."""

from __future__ import annotations

from datetime import date

import pytest

from sitegen.advice.holidays import bank_holidays, day_off, easter, working_day


@pytest.mark.parametrize(
    ("year", "sunday"),
    [
        (1961, "04-02"),
        (2000, "04-23"),
        (2008, "03-23"),
        (2019, "04-21"),
        (2026, "04-05"),
        (2038, "04-25"),
    ],
)
def test_easter(year: int, sunday: str) -> None:
    """Easter Sunday, at its earliest and its latest too."""
    assert easter(year) == date.fromisoformat(f"{year}-{sunday}")


@pytest.mark.parametrize(
    ("year", "days"),
    [
        (2021, "01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28"),
        (2024, "01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26"),
        (2026, "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28"),
        (2028, "01-03 04-14 04-17 05-01 05-29 08-28 12-25 12-26"),
    ],
)
def test_a_year(year: int, days: str) -> None:
    """The bank holidays of a year, with substitutes for those on a weekend."""
    assert sorted(bank_holidays(year)) == [date.fromisoformat(f"{year}-{d}") for d in days.split()]


@pytest.mark.parametrize(
    ("day", "why", "working"),
    [
        ("2026-06-15", "", "2026-06-15"),
        ("2026-06-13", "a Saturday", "2026-06-15"),
        ("2026-04-03", "Good Friday", "2026-04-07"),
        ("2022-12-25", "a Sunday", "2022-12-28"),
        ("2022-12-26", "Boxing Day", "2022-12-28"),
        ("2022-12-27", "the holiday for Christmas Day", "2022-12-28"),
        ("2027-12-31", "", "2027-12-31"),
        ("2028-01-01", "a Saturday", "2028-01-04"),
    ],
)
def test_a_day_off_and_the_next_working_day(day: str, why: str, working: str) -> None:
    """Why nobody is at work, and when they are again, over a year's end too."""
    assert day_off(date.fromisoformat(day)) == why
    assert working_day(date.fromisoformat(day)) == date.fromisoformat(working)
