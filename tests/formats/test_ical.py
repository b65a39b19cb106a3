"""iCalendar: lines, values and time zones as RFC 5545 writes them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.formats import ical

FAMILY = "👩‍👩‍👧‍👦"  # four characters of 4 octets, three joiners of 3


def calendar(*lines: str) -> icalendar.Calendar:
    """A calendar of these lines, read by somebody else's program."""
    return icalendar.Calendar.from_ical(ical.encode(ical.component("VCALENDAR", lines)))


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"])))
def test_lines_are_folded_between_characters(text: str) -> None:
    """At most 75 octets each, every one UTF-8 by itself; unfolded they are what they were."""
    data = ical.encode([f"SUMMARY:{text}"])
    pieces = data.removesuffix(b"\r\n").split(b"\r\n")
    assert max(map(len, pieces)) <= 75
    assert all(piece.decode().startswith(" ") for piece in pieces[1:])
    assert data.replace(b"\r\n ", b"").decode() == f"SUMMARY:{text}\r\n"


@pytest.mark.parametrize("before", range(60, 76))
def test_an_emoji_at_the_fold_stays_whole(before: int) -> None:
    """Wherever in it the 75th octet falls."""
    data = ical.encode(["x" * before + FAMILY])
    assert max(map(len, data.split(b"\r\n"))) <= 75
    assert "".join(line.decode().removeprefix(" ") for line in data.split(b"\r\n")).endswith(FAMILY)


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("Time, place; who", r"Time\, place\; who"),
        (r"C:\new", r"C:\\new"),
        ("One\r\ntwo\nthree\u2028four", r"One\ntwo\nthree\nfour"),
        ("Bell\x07, tab\tand \x9c string \ud800 end", r"Bell\, tab and  string  end"),
        ("שלום: 100%", "שלום: 100%"),
    ],
)
def test_texts_are_escaped(typed: str, written: str) -> None:
    """Backslash, semicolon, comma and ends of line; nothing that could end a line is left."""
    assert ical.text(typed) == written


@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"])))
def test_texts_are_read_as_they_were_typed(typed: str) -> None:
    """By another program, whatever is in them."""
    (event,) = calendar(*ical.component("VEVENT", [f"SUMMARY:{ical.text(typed)}"])).walk("VEVENT")
    assert event["SUMMARY"] == typed


def test_days_and_instants() -> None:
    """A DATE, and a DATE-TIME in UTC and as the clocks show it."""
    instant = datetime(2026, 9, 13, 21, 59, tzinfo=UTC)
    assert ical.day(date(2026, 9, 3)) == "20260903"
    assert ical.utc(instant.astimezone(ZoneInfo("Asia/Tokyo"))) == "20260913T215900Z"
    assert ical.local(instant, ZoneInfo("Europe/London")) == "20260913T225900"


ZONES = [
    ("Europe/London", 2026, ["-1SU", "-1SU"]),
    ("Europe/Dublin", 2026, ["-1SU", "-1SU"]),
    ("America/New_York", 2026, ["2SU", "1SU"]),
    ("America/New_York", 2006, []),  # where the rules were changed in 2007
    ("Australia/Lord_Howe", 2026, ["1SU", "1SU"]),
    ("Africa/Casablanca", 2026, []),
    ("Asia/Dubai", 2026, []),
    ("UTC", 2026, []),
]


@pytest.mark.parametrize(("name", "year", "rules"), ZONES)
def test_a_time_zone_shows_what_its_clocks_show(name: str, year: int, rules: list[str]) -> None:
    """In every hour of its years, by its lines alone."""
    tz = ZoneInfo(name)
    (component,) = calendar(*ical.timezone(tz, year, year + 1)).walk("VTIMEZONE")
    read = component.to_tz(lookup_tzid=False)
    hour = datetime(year, 1, 1, 12, tzinfo=UTC)
    while hour.year < year + 2:
        shown = hour.astimezone(tz)
        if not shown.fold:  # a time that comes twice means the first (3.3.5)
            wall = shown.replace(tzinfo=None)
            assert wall.replace(tzinfo=read).utcoffset() == shown.utcoffset(), wall
        hour += timedelta(hours=1)


@pytest.mark.parametrize(("name", "year", "rules"), ZONES)
def test_changes_that_come_by_a_rule_are_told_by_it(name: str, year: int, rules: list[str]) -> None:
    """One observance of each kind, which is all that Outlook reads."""
    (component,) = calendar(*ical.timezone(ZoneInfo(name), year, year + 5)).walk("VTIMEZONE")
    told = component.subcomponents
    assert [o["RRULE"]["BYDAY"][0] for o in told if "RRULE" in o] == rules
    if rules:
        assert sorted(o.name for o in told) == ["DAYLIGHT", "STANDARD"]


def test_offsets_may_have_seconds() -> None:
    """Those of long ago, before time zones were whole minutes."""
    old = ical.timezone(ZoneInfo("Africa/Monrovia"), 1950, 1950)
    assert "TZOFFSETTO:-004430" in old
