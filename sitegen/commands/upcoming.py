"""``sitegen upcoming``: what will appear, open, close, expire or fall due, as a dated list.

As text it is grouped by day; as JSON it is an array with a row an event; as a calendar (RFC 5545)
it is there to open in one's own. It tells of posts that are not public yet: don't publish it.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from itertools import groupby

from sitegen import clock
from sitegen.building import content
from sitegen.building.content import Parsed
from sitegen.building.verdict import refused, report_of
from sitegen.disk.state import Store
from sitegen.disk.workers import Workers
from sitegen.fingerprint import digest
from sitegen.formats import ical
from sitegen.memo import Memo
from sitegen.options import Options
from sitegen.problems import printable
from sitegen.report import Report
from sitegen.site.schedule import Agenda, Event, day_of, shown, time_of

# How long what has a time lasts in a calendar: programs give an event without length one of
# their own.
BLOCK = timedelta(minutes=30)
_PAST = {"falls": "fell", "has": "had"}


def report(options: Options) -> Report:
    """The events of a site, and the faults of its content: no page is planned or made.

    SitegenError when the set-up is broken.
    """
    options.require()
    store, workers = Store(options.memory, read_only=True), Workers(options.jobs)
    try:
        inputs = content.read_inputs(options, store.marks())
        read = content.parsed(inputs, options, store, workers, Memo())
        if not isinstance(read, Parsed):
            return refused(options, read)
        found = content.understand(read, options, store, workers, Memo())
    finally:
        workers.close()
        store.close()
    return report_of(options, found, found.problems)


# ---- as text


def as_text(agenda: Agenda) -> str:
    """What is overdue, a section a day, and what comes after."""
    lines = "\n\n".join([*_overdue(agenda), *_days(agenda), _end(agenda)]).split("\n")
    return "".join(printable(line) + "\n" for line in lines)


def _overdue(agenda: Agenda) -> Iterator[str]:
    """What was due before today; the longest ago comes first."""
    rows = [
        f"  “{e.title}” {_past(e.what)} on {shown(e, agenda.tz)}, "
        f"{ago(day_of(e, agenda.tz), agenda.today)} ({e.path})"
        for e in agenda.overdue
    ]
    if rows:
        yield "\n".join(["Overdue", *rows])


def _past(what: str) -> str:
    first, _, rest = what.partition(" ")
    return f"{_PAST.get(first, first)} {rest}"


def ago(day: dt.date, today: dt.date) -> str:
    """How long a day lies back, in the largest unit of which there are two: ``9 days ago``."""
    days = (today - day).days
    units = {"year": days // 365, "month": days // 30, "week": days // 7, "day": days}
    unit = next((unit for unit, n in units.items() if n > 1), "day")
    return f"{units[unit]} {unit}{'s' if units[unit] > 1 else ''} ago"


def _days(agenda: Agenda) -> Iterator[str]:
    for day, events in groupby(agenda.coming, lambda e: day_of(e, agenda.tz)):
        today = "Today, " if day == agenda.today else ""
        yield "\n".join([today + clock.show_weekday(day), *_rows(list(events), agenda)])


def _rows(events: list[Event], agenda: Agenda) -> list[str]:
    """The lines of a day: all that a post does at one moment in one; times in a column."""
    moments = groupby(events, lambda e: (e.at, e.is_end, e.ref, e.title, e.visible))
    groups = [list(group) for _, group in moments]
    times = [clock.show_time(at) if (at := time_of(g[0], agenda.tz)) else "" for g in groups]
    width = max(map(len, times))
    gap = "  " if width else ""
    return [
        f"  {at:{width}}{gap}{_sentence(group)}" for at, group in zip(times, groups, strict=True)
    ]


def _sentence(events: list[Event]) -> str:
    """What a post does at one moment: ``“A” is published and opens (content/…)``."""
    to_do = "" if events[0].visible else "To do: "
    return f"{to_do}{_clause(events)} ({events[0].path})"


def _clause(events: list[Event]) -> str:
    title, whats = events[0].title, " and ".join(dict.fromkeys(e.what for e in events))
    return f"“{title}” {whats}" if events[0].ref else f"The site {whats}: “{title}”"


def _end(agenda: Agenda) -> str:
    """That nothing is planned, where that is so; and what comes first after these days."""
    after = "After that"
    if not agenda.coming:
        days = f"{agenda.days} days" if agenda.days > 1 else "day"
        after = f"Nothing is planned for the next {days}. After that"
    if agenda.later is None:
        return f"{after}, no date in the content lies ahead."
    day = clock.show_weekday(day_of(agenda.later, agenda.tz))
    return f"{after}, the next is on {day}: {_sentence([agenda.later])}."


# ---- as JSON


def as_json(agenda: Agenda) -> str:
    """A JSON array, what is overdue first. The fields of a row, which will stay:

    ``at``: the instant (RFC 3339). ``day`` and ``time``: when, as people are told, in the site's
    time zone; the time is null where the day is all that matters. ``ref``, ``path`` and ``title``:
    the post and its file; ``ref`` is null for the site itself. ``what`` it does.
    ``changes_site``: whether readers see it; if not, it is for editors to do. ``overdue``:
    whether its day has gone by.
    """
    rows = [
        {
            "at": clock.iso(e.at, agenda.tz),
            "day": day_of(e, agenda.tz).isoformat(),
            "time": f"{at:%H:%M}" if (at := time_of(e, agenda.tz)) else None,
            "ref": e.ref or None,
            "path": e.path,
            "title": e.title,
            "what": e.what,
            "changes_site": e.visible,
            "overdue": late,
        }
        for late, events in ((True, agenda.overdue), (False, agenda.coming))
        for e in events
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"


# ---- as a calendar


def as_ics(agenda: Agenda) -> str:
    """A calendar for a program that keeps one: what is overdue stands at today."""
    events = (*agenda.overdue, *agenda.coming)
    uids = _uids(events)
    lines = ["VERSION:2.0", "PRODID:-//sitegen//Upcoming//EN", "CALSCALE:GREGORIAN"]
    for event, uid in zip(events, uids, strict=True):
        lines += ical.component("VEVENT", _event(event, uid, agenda))
    return ical.encode(ical.component("VCALENDAR", lines)).decode()


def _uids(events: Iterable[Event]) -> list[str]:
    """A UID (RFC 7986, 5.3) an event, which stays when its date does not: a calendar moves it."""
    seen: Counter[tuple[str, str]] = Counter()
    uids = []
    for event in events:
        what = (event.ref, event.what)
        seen[what] += 1
        uids.append(f"{digest((*what, seen[what]))}@sitegen")
    return uids


def _event(event: Event, uid: str, agenda: Agenda) -> Iterator[str]:
    late = event in agenda.overdue
    yield f"UID:{uid}"
    yield f"DTSTAMP:{ical.utc(agenda.now)}"
    yield from _when(event, agenda.today if late else day_of(event, agenda.tz), agenda)
    to_do = "Overdue: " if late else "" if event.visible else "To do: "
    yield f"SUMMARY:{ical.text(to_do + _clause([event]))}"
    yield f"DESCRIPTION:{ical.text(event.path)}"
    yield "TRANSP:TRANSPARENT"  # it keeps nobody busy


def _when(event: Event, day: dt.date, agenda: Agenda) -> Iterator[str]:
    """The whole day for what has no time, or lasts until the day ends; else half an hour.

    That ends when something closes, and begins when anything else happens.
    """
    at = time_of(event, agenda.tz)
    if at is None or at == clock.LAST_MINUTE:
        yield f"DTSTART;VALUE=DATE:{ical.day(day)}"
        yield f"DTEND;VALUE=DATE:{ical.day(day + timedelta(days=1))}"
        return
    start = event.at - BLOCK if event.is_end else event.at
    yield f"DTSTART:{ical.utc(start)}"
    yield f"DTEND:{ical.utc(start + BLOCK)}"


FORMATS: dict[str, Callable[[Agenda], str]] = {"text": as_text, "json": as_json, "ics": as_ics}
