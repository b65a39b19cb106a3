"""Time: clocks that skip and repeat, in every zone; years from 1900 on; odd ways to say now."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from collections import defaultdict
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from sitegen import clock
from sitegen.arguments import clock_of
from sitegen.clock import Moment
from sitegen.commands import stale
from sitegen.problems import SitegenError
from sitegen.site import schedule
from sitegen.site.schedule import Event
from sitegen.source import config
from tests.site.test_schedule import everything, happening
from tests.sites import (
    CONFIG,
    PLAIN,
    blog,
    build,
    consultation,
    explainer,
    made,
    make_site,
    page,
    post,
    sitegen,
    tree,
)
from tests.trials import TRIALS

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)

# Zones, and a day on which their clocks change, or should look as if.
CHANGES = [
    ("Europe/London", "2026-03-29"),
    ("Europe/London", "2026-10-25"),
    ("Europe/London", "1968-10-27"),  # British Standard Time: no change for three years
    ("Europe/London", "1947-04-13"),  # double summer time
    ("Europe/London", "2099-10-25"),
    ("UTC", "2026-03-29"),
    ("Australia/Lord_Howe", "2026-04-05"),  # by half an hour
    ("Australia/Lord_Howe", "2026-10-04"),
    ("America/Sao_Paulo", "2018-02-18"),  # from midnight back to 23:00
    ("America/Sao_Paulo", "2018-11-04"),  # no midnight: from 23:59 to 01:00
    ("Pacific/Apia", "2011-12-30"),  # no such day
    ("Pacific/Kwajalein", "1969-10-01"),  # from one side of the date line to the other
    ("Africa/Casablanca", "2026-02-15"),  # for Ramadan
    ("Asia/Kathmandu", "1986-01-01"),  # by a quarter of an hour
    ("America/Havana", "2026-11-01"),  # midnight comes twice
    ("America/St_Johns", "2010-11-07"),  # from 00:01 back to 23:01 of the day before
    ("Asia/Amman", "2021-03-26"),
    ("Antarctica/Troll", "2026-03-29"),  # by two hours
    ("Europe/Dublin", "2026-10-25"),  # whose winter is the exception
    ("America/Scoresbysund", "2024-03-31"),
    ("Asia/Pyongyang", "2018-05-05"),
]


def shown(tz: ZoneInfo, around: date) -> dict[datetime, list[datetime]]:
    """What the clocks of a zone show in the minutes about a day: face → the instants, in order."""
    found = defaultdict(list)
    begins = datetime.combine(around - DAY, time(), UTC)
    for minute in range(-15 * 60, (3 * 24 + 15) * 60):
        when = begins + minute * MINUTE
        found[when.astimezone(tz).replace(tzinfo=None)].append(when)
    return found


def check_clocks(tz: ZoneInfo, around: date) -> None:
    """What is promised of each minute of three days, held against the clocks themselves."""
    faces = shown(tz, around)
    for minute in range(3 * 24 * 60):
        face = datetime.combine(around - DAY, time()) + minute * MINUTE
        moment = Moment(face.date(), face.time())
        begins = clock.starts(moment, tz)
        assert clock.exists(moment, tz) is (face in faces), face
        if face in faces:
            assert begins == faces[face][0], face
        else:  # as if the clocks had not been changed (RFC 5545, 3.3.5)
            before = (begins - DAY).astimezone(tz).utcoffset()
            assert begins.replace(tzinfo=None) + before == face, face
    for day in (around - DAY, around, around + DAY):
        own = [whens[0] for face, whens in faces.items() if face.date() == day]
        begins, ends = clock.starts(Moment(day), tz), clock.ends(Moment(day), tz)
        assert begins == min(own, default=ends)
        assert (
            ends == clock.starts(Moment(day + DAY), tz) == clock.ends(Moment(day, time(23, 59)), tz)
        )
        assert clock.begins_day(begins, tz) is bool(own) or begins == ends
        assert not own or clock.begins_day(ends, tz)
        assert not own or (ends - MINUTE).astimezone(tz).date() == day
        assert all(begins <= when for when in own)


@pytest.mark.parametrize(("name", "day"), CHANGES)
def test_the_clocks_change(name: str, day: str) -> None:
    """In every minute about a change, a moment is, and begins and ends, as is documented."""
    check_clocks(ZoneInfo(name), date.fromisoformat(day))


@st.composite
def changes(draw: Any) -> tuple[ZoneInfo, date]:
    """A zone, and a day of 1970 to 2100 on which its clocks change, where they do in that year."""
    tz = ZoneInfo(draw(st.sampled_from(sorted(available_timezones()))))
    noons = [datetime(draw(st.integers(1970, 2100)), 1, 1, 12, tzinfo=UTC)]
    noons += [noons[0] + n * DAY for n in range(1, 366)]
    offsets = [noon.astimezone(tz).utcoffset() for noon in noons]
    days = [noons[n].date() for n in range(1, 366) if offsets[n] != offsets[n - 1]]
    return tz, draw(st.sampled_from(days or [noons[0].date()]))


@settings(max_examples=8 * TRIALS, deadline=None)
@given(changes())
def test_any_clocks_change(change: tuple[ZoneInfo, date]) -> None:
    """The same in any time zone that there is."""
    tz, day = change
    if not (datetime.combine(day, time(), tz).utcoffset() or timedelta()) % MINUTE:
        check_clocks(tz, day)


# ---- the site


def typed(tz: ZoneInfo, day: date) -> list[str]:
    """Moments of a day that its clocks show, those first that they show twice.

    London's too: by its clocks the posts of these tests are read.
    """
    faces = shown(tz, day)
    times = [time(h, m) for h in (0, 1, 2, 23, 17) for m in (30, 15)]
    told = [Moment(day, t) for t in times if datetime.combine(day, t) in faces]
    told = [m for m in told if clock.exists(m, ZoneInfo("Europe/London"))]
    return [str(m) for m in sorted(told, key=lambda m: -len(faces[datetime.fromisoformat(str(m))]))]


def zoned(tz: ZoneInfo, more: str = "") -> str:
    """A config.yaml with this time zone."""
    return f"{CONFIG}timezone: {tz.key}\n{more}"


@pytest.mark.parametrize(("name", "day"), CHANGES)
def test_all_say_the_same_instant(name: str, day: str) -> None:
    """A page's marks, build.json, ``upcoming``'s events and the calendar file, read by itself."""
    tz, on = ZoneInfo(name), date.fromisoformat(day)
    faces = shown(tz, on)
    for closes in [*typed(tz, on)[:2], day]:
        files = {
            "config.yaml": zoned(tz),
            "content/consultations/c.md": consultation(
                str(on - 9 * DAY), closes, date=on - 9 * DAY
            ),
        }
        wanted = clock.starts(Moment(on + DAY), tz)
        if closes != day:
            wanted = faces[datetime.fromisoformat(closes)][0]
        now = f"{on - 3 * DAY}T12:00+00:00"
        html = made(files, "consultations/c/index.html", now).decode()
        told = json.loads(made(files, "build.json", now))
        assert {*re.findall(r'data-until="([^"]+)"', html)} == {wanted.isoformat()}
        assert datetime.fromisoformat(told["valid_until"]) == wanted
        assert [e.at for e in happening(files) if e.what == "closes"] == [wanted]
        assert stale.record(json.dumps(told).encode(), "").end == wanted
        found = Calendar.from_ical(made(files, "consultations/c/calendar.ics", now))
        (event,) = found.walk("VEVENT")
        if closes == day:
            assert (event.start, event.end) == (on, on + DAY)
            continue
        (zone,) = found.walk("VTIMEZONE")
        own = zone.to_tz(lookup_tzid=False)
        start, end = (
            when
            if when.utcoffset() == timedelta() and name != "UTC" and "Z" in row
            else when.replace(tzinfo=own)
            for when, row in (
                (event.start, event["DTSTART"].to_ical().decode()),
                (event.end, event["DTEND"].to_ical().decode()),
            )
        )
        assert end.astimezone(UTC) == wanted, closes
        assert end.astimezone(UTC) - start.astimezone(UTC) == timedelta(minutes=30), closes


@st.composite
def sites(draw: Any) -> tuple[ZoneInfo, dict[str, str]]:
    """A site whose dates all lie about a change of its clocks."""
    name, day = draw(st.sampled_from(CHANGES))
    tz, middle = ZoneInfo(name), date.fromisoformat(day)
    days = [middle - DAY, middle, middle + DAY]
    moments = [text for one in days for text in [str(one), *typed(tz, one)[:3]]]
    early = middle - 30 * DAY
    opens, closes = sorted(draw(st.lists(st.sampled_from(days), min_size=2, max_size=2)))
    first, last = sorted(draw(st.lists(st.sampled_from(days), min_size=2, max_size=2)))
    pick = lambda values: draw(st.sampled_from(values))  # noqa: E731
    return tz, {
        "config.yaml": zoned(tz, f"alert: {{title: Hot, from: {first}, until: {last}}}\n"),
        "content/consultations/c.md": consultation(
            str(opens), pick([m for m in moments if m > str(opens)] + [str(closes)]), date=early
        ),
        "content/news/n.md": post(date=early, expiry_date=pick(moments)),
        "content/blog/b.md": blog(date=early, publish_at=pick(moments)),
        "content/explainers/e.md": explainer(
            last_reviewed_on=early, change_notes=f"[{{date: {pick(days)}, note: New.}}]"
        ),
    }


def ends_of(events: list[Event]) -> list[tuple[datetime, datetime]]:
    """The first and the last second of each time in which nothing happens."""
    whens = sorted({e.at for e in events if e.visible})
    bounds = [whens[0] - 9 * DAY, *whens, whens[-1] + 9 * DAY]
    return [(a, b - timedelta(seconds=1)) for a, b in pairwise(bounds)]


@settings(max_examples=5 * TRIALS, deadline=None)
@given(sites())
def test_bytes_hold_from_end_to_end(made_up: tuple[ZoneInfo, dict[str, str]]) -> None:
    """In the first and last second of each validity the site is the same, and says those bounds."""
    tz, files = made_up
    events = happening(files)
    for first, last in ends_of(events):
        found = schedule.validity(events, first)
        assert found == schedule.validity(events, last)
        assert found.holds(first) and found.holds(last)
        assert found.end is None or not found.holds(last + timedelta(seconds=1))
        one, other = (everything(files, when.isoformat()) for when in (first, last))
        assert one == other, (tz.key, first, last)


# ---- what editors type


@pytest.mark.parametrize(
    ("name", "moment"),
    [
        ("Europe/London", "2026-03-29 01:30"),
        ("Australia/Lord_Howe", "2026-10-04 02:15"),
        ("America/Sao_Paulo", "2018-11-04 00:30"),
        ("Pacific/Apia", "2011-12-30 09:00"),
        ("Africa/Casablanca", "2026-03-22 02:30"),
    ],
)
@pytest.mark.parametrize("at", ["from", "until"])
def test_an_alert_at_a_time_that_is_none(name: str, moment: str, at: str) -> None:
    """It is refused as in a post, by the clocks of the site's own time zone."""
    alert = f"alert: {{title: Hot, {at}: {moment}}}\n"
    _, problems, _ = config.read(zoned(ZoneInfo(name), alert).encode())
    assert [(p.code, p.line) for p in problems] == [("date-format", 6)]
    assert moment[11:] in problems[0].message
    _, problems, _ = config.read(zoned(ZoneInfo("UTC"), alert).encode())
    assert problems == ()


# ---- long ago and far away

YEARS = ["1900-01-01", "1900-02-28", "1999-12-31", "2000-02-29", "2038-01-20", "2100-02-28"]
YEARS += ["2100-12-31", "2400-02-29", "2999-12-31"]
RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d([+-]\d\d:\d\d|Z)")
FAR = {
    **{f"content/blog/b{n}.md": blog(date=day) for n, day in enumerate(YEARS)},
    **{
        f"content/consultations/c{n}.md": consultation(day, f"{day} 17:00", date=day)
        for n, day in enumerate(YEARS[:-2])
    },
    "content/explainers/e.md": explainer(last_reviewed_on="1900-01-01", next_review_due=YEARS[-1]),
    "content/news/n.md": post(date="1900-01-01", expiry_date="2999-12-31"),
}


@pytest.mark.parametrize("name", ["Europe/Amsterdam", "Asia/Kathmandu"])
def test_from_1900_on(name: str) -> None:
    """Feeds, archive, calendars and pages are right for every date that may be typed, in order."""
    files = {**FAR, "config.yaml": zoned(ZoneInfo(name), "feed_size: 100\n")}
    now = "2999-12-31T23:59+00:00"
    rows = ET.fromstring(made(files, "feed.xml", now))
    told = [e.text or "" for e in rows.iter() if e.tag.endswith(("}published", "}updated"))]
    dates = json.loads(made(files, "feed.json", now))["items"]
    told += [item["date_published"] for item in dates]
    assert len(told) > 2 * len(YEARS)
    assert [text for text in told if not RFC_3339.fullmatch(text)] == []
    days = [item["date_published"] for item in dates]
    assert days == sorted(days, reverse=True, key=datetime.fromisoformat)
    html = made(files, "archive/index.html", now).decode()
    years = [int(year) for year in re.findall(r'href="/archive/(\d{4})/"', html)]
    assert [*dict.fromkeys(years)] == sorted({int(day[:4]) for day in YEARS}, reverse=True)
    found = Calendar.from_ical(made(files, "consultations/calendar.ics", now))
    tz = ZoneInfo(name)
    ends = {event.end.replace(tzinfo=tz) for event in found.walk("VEVENT")}
    assert ends == {datetime.fromisoformat(f"{day} 17:00").replace(tzinfo=tz) for day in YEARS[:-2]}


@pytest.mark.parametrize(
    "now", ["1900-01-01", "2100-02-28", "1900-01-01T00:00-12:00", "2999-12-31T23:59:59+14:00"]
)
def test_now_is_far_away(now: str, tmp_path: Path) -> None:
    """A site is built at any moment that may be typed, and is right then."""
    root = make_site(tmp_path, {**PLAIN, **FAR, "content/pages/about.md": page()})
    report = build(root, now=now)
    assert not report.stopped
    assert "build.json" in tree(root / "output")
    validity = report.validity
    assert validity.holds(clock.parse_now(now, ZoneInfo("Europe/London")))


@pytest.mark.parametrize(
    "now",
    [
        *("0001-01-01", "0001-01-01T00:00+14:00", "1899-12-31T23:59Z", "3000-01-01T00:00Z"),
        *("9999-12-31", "9999-12-31T23:59:59-12:00", "10000-01-01", "-2026-06-15"),
        *("2026-W25-1T25:00", "٢٠٢٦-06-15"),
    ],
)
@pytest.mark.parametrize("name", ["Europe/London", "Pacific/Kiritimati", "Etc/GMT+12"])
def test_a_now_that_can_t_be(now: str, name: str) -> None:
    """It is refused in a sentence, whatever the time zone."""
    with pytest.raises(SitegenError, match="--now") as fault:
        clock_of(now)(ZoneInfo(name))
    assert fault.value.fix


@pytest.mark.parametrize("seconds", ["0", "1", "-1", "1781481600", "4102444800", "-2208988800"])
def test_an_epoch(seconds: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """SOURCE_DATE_EPOCH may be any second of the years that dates may have."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", seconds)
    found = clock_of(None, epoch=True)(ZoneInfo("UTC"))
    assert found.timestamp() == int(seconds)


@pytest.mark.parametrize(
    "seconds",
    [
        *("soon", " ", "1 ", "+1", "1.0", "1e9", "1_000", "0x10", "١", "NaN", "inf", "--1", "1\n"),
        *("32503680000", "-2208988801", "-99999999999", "999999999999", "9" * 5000, "2026-06-15"),
    ],
)
def test_an_epoch_that_is_none(seconds: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Anything else is refused in a sentence, by ``build``; where it isn't asked, it is let be."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", seconds)
    with pytest.raises(SitegenError, match="SOURCE_DATE_EPOCH") as fault:
        clock_of(None, epoch=True)(ZoneInfo("UTC"))
    assert fault.value.fix
    assert clock_of(None)(ZoneInfo("UTC")).year > 2000


@pytest.mark.parametrize(
    "arguments",
    [
        ["upcoming", "--days", "36500", "--now", "2999-12-31"],
        ["check", "--now", "1900-01-01"],
    ],
)
def test_the_commands_survive_it(arguments: list[str], tmp_path: Path) -> None:
    """No traceback, whichever command is told so."""
    root = make_site(tmp_path, {**PLAIN, **FAR})
    done = sitegen(*arguments, cwd=root)
    assert "Traceback" not in done.stderr and "bug" not in done.stderr
    assert done.returncode == 0, done.stderr


def test_the_end_of_a_day_without_a_midnight_after_it() -> None:
    """It is told as that day's 11:59pm, not as 1am of the next."""
    tz, now = ZoneInfo("America/Sao_Paulo"), "2018-11-01T12:00+00:00"
    files = {
        "config.yaml": zoned(tz),
        "content/consultations/c.md": consultation("2018-10-01", "2018-11-03", date="2018-10-01"),
        "content/news/n.md": post(date="2018-11-04"),
    }
    told = {e.what: schedule.shown(e, tz) for e in happening(files)}
    assert told["closes"] == "11:59pm on 3 November 2018"
    assert told["is published"] == "4 November 2018"
    record = stale.record(made(files, "build.json", now), "build.json")
    says = stale.verdict(record, datetime.fromisoformat(now)).says
    assert "until the end of Saturday 3 November 2018" in says
