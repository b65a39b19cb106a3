"""On which days England rests: weekends and bank holidays, worked out by rule.

The rules are those of the Banking and Financial Dealings Act 1971 and of the proclamations that
are made every year. Days that were set for once are not known here, such as those of a jubilee,
a coronation or a state funeral, nor holidays that were moved for one (May 2020, May 2022).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from sitegen import clock

MONDAY, SATURDAY = 0, 5
ONE = timedelta(days=1)


def easter(year: int) -> date:
    """Easter Sunday in the Gregorian calendar: the anonymous computus, as Meeus has it."""
    golden, century = year % 19, year // 100
    leaps, skipped = century // 4, (century - (century + 8) // 25 + 1) // 3
    moon = (19 * golden + century - leaps - skipped + 15) % 30
    to_sunday = (32 + 2 * (century % 4) + 2 * (year % 100 // 4) - moon - year % 100 % 4) % 7
    late = (golden + 11 * moon + 22 * to_sunday) // 451
    month, day = divmod(moon + to_sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def bank_holidays(year: int) -> Mapping[date, str]:
    """The bank holidays of England and Wales in a year, and what each is called."""
    sunday = easter(year)
    fixed = {
        "New Year’s Day": date(year, 1, 1),
        "Christmas Day": date(year, 12, 25),
        "Boxing Day": date(year, 12, 26),
    }
    return _observed(fixed) | {
        sunday - 2 * ONE: "Good Friday",
        sunday + ONE: "Easter Monday",
        _monday_from(date(year, 5, 1)): "the early May bank holiday",
        _monday_from(date(year, 5, 25)): "the spring bank holiday",
        _monday_from(date(year, 8, 25)): "the summer bank holiday",
    }


def _monday_from(day: date) -> date:
    """The first Monday on or after a day."""
    return day + (MONDAY - day.weekday()) % 7 * ONE


def _observed(named: Mapping[str, date]) -> dict[date, str]:
    """Days that have a substitute, the next free working day, when they fall on a weekend."""
    found = {day: name for name, day in named.items() if day.weekday() < SATURDAY}
    for name, day in named.items():
        if day.weekday() >= SATURDAY:
            while day.weekday() >= SATURDAY or day in found:
                day += ONE
            found[day] = f"the holiday for {name}"
    return found


def day_off(day: date) -> str:
    """Why nobody is at work on a day: ``a Sunday``, ``Boxing Day``; empty for a working day."""
    if holiday := bank_holidays(day.year).get(day):
        return holiday
    return f"a {clock.DAYS[day.weekday()]}" if day.weekday() >= SATURDAY else ""


def working_day(day: date) -> date:
    """A day itself, or the next on which England is at work."""
    while day_off(day):
        day += ONE
    return day
