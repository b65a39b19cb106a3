"""Civil dates and moments: what is read, when it begins and ends, and how it is shown."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, date, datetime, time, timedelta
from importlib import resources
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen import clock
from sitegen.clock import BadDate, Moment

LONDON = ZoneInfo("Europe/London")


def utc(text: str) -> datetime:
    """``2026-06-15 11:00`` as an instant."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "day"), [("2026-06-15", date(2026, 6, 15)), ("2024-02-29", date(2024, 2, 29))]
)
def test_parse_date(text: str, day: date) -> None:
    """A date is YYYY-MM-DD."""
    assert clock.parse_date(text) == day


@pytest.mark.parametrize(
    ("text", "fix"),
    [
        ("2025-5-9", "write 2025-05-09 (9 May 2025)"),
        ("2025/05/09", "write 2025-05-09 (9 May 2025)"),
        ("09/05/2025", "write 2025-05-09 (9 May 2025) or 2025-09-05 (5 September 2025)"),
        ("13.9.2020", "write 2020-09-13 (13 September 2020)"),
        ("09/13/2020", "write 2020-09-13 (13 September 2020)"),
        ("13 September 2020", "write 2020-09-13 (13 September 2020)"),
        ("Sunday, 13th Sept 2020", "write 2020-09-13 (13 September 2020)"),
        ("1 may 2026", "write 2026-05-01 (1 May 2026)"),
        ("05/05/2025", "write 2025-05-05 (5 May 2025)"),
        ("09/05/25", "write 2025-05-09 (9 May 2025) or 2025-09-05 (5 September 2025)"),
        ("20/11/26", "write 2026-11-20 (20 November 2026)"),
        ("26-11-20", "write 2026-11-20 (20 November 2026) or 2020-11-26 (26 November 2020)"),
        ("Monday 20 November 2026", "check the day; dates are written 2026-11-20"),
        ("20 November 2026 at 9am", "write 2026-11-20 (20 November 2026)"),
        ("soon", "write the year, month and day: YYYY-MM-DD, such as 2026-06-15"),
        ("2026-02-29", "check the day and month"),
        ("2020-13-45", "check the day and month"),
        ("0206-06-15", "check the year"),
        ("9999-12-31", "check the year"),
        ("2026-06-15 ", "write 2026-06-15 (15 June 2026)"),
        ("٢٠٢٦-06-15", "write 2026-06-15 (15 June 2026)"),
    ],
)
def test_parse_date_of_another_form(text: str, fix: str) -> None:
    """Any other form is refused, and where the day is clear the form to type is shown."""
    with pytest.raises(BadDate) as fault:
        clock.parse_date(text)
    assert fault.value.fix == fix


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2020-09-13", Moment(date(2020, 9, 13))),
        ("2020-09-13 23:59", Moment(date(2020, 9, 13), time(23, 59))),
        ("2020-09-13 9:30", Moment(date(2020, 9, 13), time(9, 30))),
        ("2020-09-13T09:30", Moment(date(2020, 9, 13), time(9, 30))),
        ("2020-09-13 23:59:00", Moment(date(2020, 9, 13), time(23, 59))),
        ("2020-09-13 00:00", Moment(date(2020, 9, 13), time(0, 0))),
    ],
)
def test_parse_moment(text: str, moment: Moment) -> None:
    """A moment is a date, perhaps with a time; a T and seconds that are 0 are no fault."""
    assert clock.parse_moment(text) == moment


@pytest.mark.parametrize(
    ("text", "fix"),
    [
        ("23:59", "write the day too: YYYY-MM-DD 23:59"),
        ("5pm", "write the day too: YYYY-MM-DD 17:00"),
        ("2026-06-01 9am", "write 2026-06-01 09:00"),
        ("2026-06-01 5.30 PM", "write 2026-06-01 17:30"),
        ("2026-06-01 12am", "write 2026-06-01 00:00"),
        ("2026-06-01 12pm", "write 2026-06-01 12:00"),
        ("2026-06-01 midnight", "write 2026-06-01 00:00"),
        ("midnight on 1 June 2026", "write 2026-06-01 00:00"),
        ("2026-06-01T17:00Z", "write what the site's clocks show then"),
        ("2026-06-01 13pm", "write 2026-06-01 13:00"),
        ("2026-06-01 09:30:15", "write 2026-06-01 09:30"),
        (
            "2026-06-01 24:00",
            "write hours 00 to 23 and minutes 00 to 59, such as 2026-06-01 17:00",
        ),
        ("2026-02-30 09:00", "check the day and month"),
    ],
)
def test_parse_moment_of_another_form(text: str, fix: str) -> None:
    """A time in another form, or without its day, is shown as it is to be typed."""
    with pytest.raises(BadDate) as fault:
        clock.parse_moment(text)
    assert fault.value.fix == fix


@pytest.mark.parametrize(
    ("text", "fix"),
    [
        ("2026-07-24T17:00Z", "write 2026-07-24 18:00"),
        ("2026-07-24 17:00 GMT", "write 2026-07-24 18:00"),
        ("2026-07-24 17:00:30.5 utc", "write 2026-07-24 18:00"),
        ("2026-07-24 17:00+02:00", "write 2026-07-24 16:00"),
        ("2026-07-24T23:30:00-0100", "write 2026-07-25 01:30"),
        ("2026-12-01 17:00 GMT", "write 2026-12-01 17:00"),
        ("2026-07-24 17:00 BST", "write 2026-07-24 17:00"),
        ("2026-07-24 17:00 CEST", "write what the site's clocks show then"),
        ("2026-07-24 25:00Z", "write 2026-07-24 17:00 for 5pm"),
    ],
)
def test_a_time_of_another_zone(text: str, fix: str) -> None:
    """What is offered for it is the same instant, as the site's clocks show it."""
    with pytest.raises(BadDate) as fault:
        clock.parse_moment(text, LONDON)
    assert fault.value.fix == fix


@pytest.mark.parametrize(
    ("text", "fix"),
    [
        ("2026-12-31 12am", "write 2026-12-31"),
        ("2026-12-31 midnight", "write 2026-12-31"),
        ("midnight on 31 December 2026", "write 2026-12-31 (31 December 2026)"),
        ("midnight", "write the day too: YYYY-MM-DD"),
        ("2026-12-31T00:00Z", "write 2026-12-30"),
        ("2026-12-31 12pm", "write 2026-12-31 12:00"),
    ],
)
def test_no_midnight_is_offered_as_an_end(text: str, fix: str) -> None:
    """For a midnight as an end the day alone is shown, which all read as one."""
    with pytest.raises(BadDate) as fault:
        clock.parse_moment(text, LONDON, is_end=True)
    assert fault.value.fix == fix


@given(st.dates(date(1900, 1, 1), date(2999, 12, 31)), st.times())
def test_moments_are_read_as_they_are_shown(day: date, at: time) -> None:
    """What a moment looks like is what reads as that moment, so nothing shifts on the way."""
    exact = Moment(day, at.replace(second=0, microsecond=0))
    assert clock.parse_moment(str(exact)) == exact
    assert clock.parse_moment(str(Moment(day))) == Moment(day)


@pytest.mark.parametrize("sign", ["a", "1", " ", "a ", "1 ", "1:", "noon ", "at ", "2026-01-01 "])
def test_no_text_takes_long(sign: str) -> None:
    """A text without end is refused without being looked through."""
    for text in (sign * 300_000, "2026-01-01 " + sign * 300_000):
        for read in (clock.parse_moment, clock.parse_date):
            with pytest.raises(BadDate) as fault:
                read(text)
            assert len(str(fault.value)) < 200


@given(st.text())
def test_no_text_breaks_the_reading(text: str) -> None:
    """Any text is a moment, or a fault with a message."""
    try:
        clock.parse_moment(text)
    except BadDate as fault:
        assert str(fault)


@pytest.mark.parametrize(
    ("text", "now"),
    [
        ("2026-06-15", "2026-06-14 23:00"),
        ("2026-01-15", "2026-01-15 00:00"),
        ("2026-06-15 12:00", "2026-06-15 11:00"),
        ("2026-06-15T12:00:30", "2026-06-15 11:00:30"),
        ("2026-06-15T12:00:00Z", "2026-06-15 12:00"),
        ("2026-06-15T12:00:00-05:00", "2026-06-15 17:00"),
    ],
)
def test_parse_now(text: str, now: str) -> None:
    """``--now`` is a date (00:00 in the site's zone), a moment, or ISO 8601 with an offset."""
    assert clock.parse_now(text, LONDON) == utc(now)


@pytest.mark.parametrize("text", ["tomorrow", "15/06/2026", "2026-06-15 9am", "0001-01-01"])
def test_parse_now_of_another_form(text: str) -> None:
    """Anything else is refused with what to type, also what is before all time."""
    with pytest.raises(BadDate) as fault:
        clock.parse_now(text, ZoneInfo("Asia/Tokyo"))
    assert fault.value.fix


@pytest.mark.parametrize(
    ("typed", "end"),
    [
        ("2026-07-01", "2026-07-01 23:00"),  # summer: midnight is 23:00 UTC
        ("2026-01-15", "2026-01-16 00:00"),
        ("2026-07-01 23:59", "2026-07-01 23:00"),  # until that minute has ended
        ("2026-07-01 17:00", "2026-07-01 16:00"),  # any other time is exact
        ("2026-03-29", "2026-03-29 23:00"),  # the clocks go forward that day
        ("2026-10-25", "2026-10-26 00:00"),  # the clocks go back that day
        ("2026-03-28", "2026-03-29 00:00"),  # and the days before
        ("2026-10-24", "2026-10-24 23:00"),
        ("2026-12-31", "2027-01-01 00:00"),
        ("2026-10-25 01:30", "2026-10-25 00:30"),  # the first of the two
    ],
)
def test_ends(typed: str, end: str) -> None:
    """A day closes at the midnight that follows, also when the clocks change."""
    assert clock.ends(clock.parse_moment(typed), LONDON) == utc(end)


@pytest.mark.parametrize(
    ("typed", "start"),
    [
        ("2026-07-01", "2026-06-30 23:00"),
        ("2026-03-29", "2026-03-29 00:00"),
        ("2026-10-25", "2026-10-24 23:00"),
        ("2026-07-01 09:30", "2026-07-01 08:30"),
        ("2026-07-01 00:00", "2026-06-30 23:00"),
    ],
)
def test_starts(typed: str, start: str) -> None:
    """A bare date begins at 00:00 in the site's zone."""
    assert clock.starts(clock.parse_moment(typed), LONDON) == utc(start)


@given(st.dates(date(1972, 1, 1), date(2100, 1, 1)))
def test_a_day_lasts_until_the_next(day: date) -> None:
    """A day's end is the next day's beginning, and the same as that of its last minute."""
    end = clock.ends(Moment(day), LONDON)
    assert end == clock.starts(Moment(day + timedelta(days=1)), LONDON)
    assert end == clock.ends(Moment(day, time(23, 59)), LONDON)
    assert (end - timedelta(seconds=1)).astimezone(LONDON).date() == day


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("2026-03-29", True),
        ("2026-03-29 00:59", True),
        ("2026-03-29 01:00", False),
        ("2026-03-29 01:30", False),
        ("2026-03-29 02:00", True),
        ("2026-03-30 01:30", True),
        ("2026-10-25 01:30", True),
    ],
)
def test_exists(typed: str, expected: bool) -> None:
    """The hour that the clocks skip in spring has no moments; the one they repeat has."""
    assert clock.exists(clock.parse_moment(typed), LONDON) is expected


def test_a_day_that_a_zone_leaves_out() -> None:
    """No time of it is shown, though each is on the day after."""
    apia = ZoneInfo("Pacific/Apia")
    assert not clock.exists(clock.parse_moment("2011-12-30 09:00"), apia)
    assert clock.exists(clock.parse_moment("2011-12-31 09:00"), apia)


def test_zone() -> None:
    """A zone is an IANA name; anything else is refused, a path to a file too."""
    assert clock.zone("Europe/London") == LONDON
    for name in ("London", "", "../etc/passwd", "Europe", "/etc/localtime", "\0"):
        with pytest.raises(ValueError):
            clock.zone(name)


def test_shown() -> None:
    """Days and times are shown as GOV.UK and the NHS write them: never midnight or 12am."""
    day = date(2020, 9, 6)
    assert clock.show_date(day) == "6 September 2020"
    assert clock.show_weekday(day) == "Sunday 6 September 2020"
    assert clock.show_month(2024, 10) == "October 2024"
    assert clock.show_closing(Moment(day)) == "11:59pm on Sunday 6 September 2020"
    assert clock.show_closing(Moment(day, time(17, 0))) == "5pm on Sunday 6 September 2020"
    assert clock.show_opening(Moment(day)) == "Sunday 6 September 2020"
    assert clock.show_opening(Moment(day, time())) == "Sunday 6 September 2020"
    assert clock.show_opening(Moment(day, time(9, 5))) == "9:05am on Sunday 6 September 2020"
    times = [time(0, 30), time(9), time(12), time(12, 1), time(13, 5), time(23, 59)]
    shown = ["12:30am", "9am", "midday", "12:01pm", "1:05pm", "11:59pm"]
    assert [clock.show_time(at) for at in times] == shown


def test_iso() -> None:
    """For machines, an instant has the zone's offset and a bare date stays a date."""
    assert clock.iso(utc("2026-06-15 11:00"), LONDON) == "2026-06-15T12:00:00+01:00"
    assert clock.iso(utc("2026-01-15 11:00"), LONDON) == "2026-01-15T11:00:00+00:00"
    assert clock.iso_moment(Moment(date(2026, 6, 15)), LONDON) == "2026-06-15"
    nine = Moment(date(2026, 6, 15), time(9, 0))
    assert clock.iso_moment(nine, LONDON) == "2026-06-15T09:00:00+01:00"
    assert clock.iso(utc("1930-01-01"), ZoneInfo("Europe/Amsterdam")) == "1930-01-01T00:00:00+00:00"
    midnight = Moment(date(2026, 6, 15), time())
    assert clock.iso_moment(midnight, LONDON) == "2026-06-15T00:00:00+01:00"


def test_the_machine_s_time_zone_means_nothing(tmp_path: Path) -> None:
    """The same text is the same instant wherever the machine stands, whatever zones it knows."""
    (tmp_path / "Europe").mkdir()
    tokyo = resources.files("tzdata").joinpath("zoneinfo/Asia/Tokyo").read_bytes()
    (tmp_path / "Europe/London").write_bytes(tokyo)
    program = (
        "from sitegen import clock\n"
        "tz = clock.zone('Europe/London')\n"
        "now = clock.parse_now('2026-06-15', tz)\n"
        "print(now.isoformat(), clock.iso(now, tz))\n"
        "print(clock.ends(clock.parse_moment('2026-03-29'), tz).isoformat())\n"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "TZ": name, "PYTHONTZPATH": str(zones)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for name, zones in (("UTC", ""), ("America/Los_Angeles", tmp_path), ("Asia/Tokyo", "/no"))
    }
    assert told == {
        "2026-06-14T23:00:00+00:00 2026-06-15T00:00:00+01:00\n2026-03-29T23:00:00+00:00\n"
    }
