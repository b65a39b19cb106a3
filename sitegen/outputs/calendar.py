"""Calendars (RFC 5545): when consultations close. One to subscribe to, and one of each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from sitegen import clock
from sitegen.clock import Moment
from sitegen.formats import ical
from sitegen.model import Address, Encoded, Entry, Output
from sitegen.pages.desk import Desk
from sitegen.site.index import Site
from sitegen.source.words import Words
from sitegen.urls import output_path

PATH = "/consultations/calendar.ics"
PRODID = "-//sitegen//Consultations//EN"
# What closes at 5pm is told as 4:30pm to 5pm. An event without length is given one by the programs
# that show it, and that would be after 5pm, when it is too late.
BLOCK = timedelta(minutes=30)
# A calendar must hold something (RFC 5545, 3.6): without events, the time zone of any year.
NO_YEAR = 2000


def address_of(entry: Entry) -> str | None:
    """The site path of a consultation's own calendar; None where there is none.

    Posts of other kinds have none, nor have translations and drafts without dates.
    """
    return f"{entry.url}calendar.ics" if entry.state and not entry.original else None


def _own(site: Site) -> dict[str, Entry]:
    """The consultations that have a calendar, by its site path."""
    return {path: entry for entry in site.entries.values() if (path := address_of(entry))}


def addresses(site: Site) -> Iterator[Address]:
    """One for all, and one a consultation."""
    yield Address(path=PATH, owner="the calendar of consultations")
    for path, entry in _own(site).items():
        yield Address(path=path, owner=f"the calendar of “{entry.front.title}”")


def outputs(desk: Desk) -> Iterator[Output]:
    """One of all that are current; and one a consultation, for as long as it has a page."""
    own, tz = _own(desk.site), desk.site.config.tz
    current = (e for e in own.values() if e.current and e.status == "published")
    in_order = sorted(current, key=lambda e: (clock.ends(_closes(e), tz), e.ref))
    make = partial(_calendar, in_order, desk, subscribed=True)
    yield Encoded(path=output_path(PATH), make=make, texts=())
    for path, entry in own.items():
        yield Encoded(path=output_path(path), make=partial(_calendar, [entry], desk), texts=())


def _subscribed(desk: Desk) -> list[str]:
    """What a calendar says of itself to programs that fetch it again and again (RFC 7986)."""
    site = desk.site
    name = ical.text(site.words.text("calendar_name", site=site.config.title))
    return [
        "METHOD:PUBLISH",
        f"NAME:{name}",
        f"X-WR-CALNAME:{name}",
        "REFRESH-INTERVAL;VALUE=DURATION:P1D",
        "X-PUBLISHED-TTL:P1D",
    ]


def _calendar(entries: list[Entry], desk: Desk, *, subscribed: bool = False) -> bytes:
    lines = [
        "VERSION:2.0",
        f"PRODID:{PRODID}",
        "CALSCALE:GREGORIAN",
        *(_subscribed(desk) if subscribed else ()),
        *_zone(entries, desk.site.config.tz),
        *(line for entry in entries for line in ical.component("VEVENT", _event(entry, desk))),
    ]
    return ical.encode(ical.component("VCALENDAR", lines))


def _zone(entries: list[Entry], tz: ZoneInfo) -> tuple[str, ...]:
    """The time zone, when an event names it."""
    years = [_closes(e).day.year for e in entries if _hour(_closes(e))]
    if entries and not years:
        return ()
    return ical.timezone(tz, min(years, default=NO_YEAR), max(years, default=NO_YEAR))


def _closes(entry: Entry) -> Moment:
    closes: Moment = entry.front.closing_date  # type: ignore[attr-defined]
    return closes


def _hour(closes: Moment) -> dt.time | None:
    """The time at which something closes; None when people have the whole day."""
    return None if closes.time == clock.LAST_MINUTE else closes.time


def _event(entry: Entry, desk: Desk) -> Iterator[str]:
    """The lines of an event. Its UID stays whatever an editor changes inside the file."""
    base, tz, url = desk.site.config.base, desk.site.config.tz, desk.absolute(entry.url)
    changed = ical.utc(clock.starts(Moment(_changed(entry)), tz))
    labels = [ical.text(desk.site.book.tags[tag].label) for tag in entry.tags]
    yield f"UID:{ical.text(f'{entry.ref}@{urlsplit(base.origin).hostname}')}"
    yield f"DTSTAMP:{changed}"
    yield f"LAST-MODIFIED:{changed}"
    yield from _when(_closes(entry), tz)
    yield f"SUMMARY:{ical.text(_summary(entry, desk.site.words))}"
    yield f"DESCRIPTION:{ical.text(_description(entry, url, desk.site.words))}"
    yield f"URL:{url}"
    if labels:
        yield f"CATEGORIES:{','.join(labels)}"
    yield "TRANSP:TRANSPARENT"  # it keeps nobody busy
    if entry.withdrawn:
        yield "STATUS:CANCELLED"


def _changed(entry: Entry) -> dt.date:
    """The day on which what is told here last changed, as far as the content says."""
    gone = entry.front.withdrawn.date if entry.withdrawn and entry.front.withdrawn else None
    return max(filter(None, [entry.front.date, entry.updated, gone]), default=_closes(entry).day)


def _when(closes: Moment, tz: ZoneInfo) -> Iterator[str]:
    """The whole day, which ends where the next begins (3.6.1); or the last half hour."""
    if _hour(closes) is None:
        yield f"DTSTART;VALUE=DATE:{ical.day(closes.day)}"
        yield f"DTEND;VALUE=DATE:{ical.day(closes.day + timedelta(days=1))}"
        return
    end = clock.ends(closes, tz)
    start = end - BLOCK
    if start.astimezone(tz).fold:  # shown for the second time, which no local time can say
        yield f"DTSTART:{ical.utc(start)}"
        yield f"DTEND:{ical.utc(end)}"
        return
    yield f"DTSTART;TZID={tz.key}:{ical.local(start, tz)}"
    yield f"DTEND;TZID={tz.key}:{ical.local(end, tz)}"


def _summary(entry: Entry, words: Words) -> str:
    """The title, after what matters: some programs show neither a status nor when an event ends."""
    hour, title = _hour(_closes(entry)), entry.front.title
    if entry.withdrawn:
        return words.text("calendar_withdrawn", title=title)
    if hour is None:
        return words.text("calendar_closes", title=title)
    return words.text("calendar_closes_at", title=title, time=words.time(hour))


def _description(entry: Entry, url: str, words: Words) -> str:
    """What can be said in full, as the page says it."""
    told = words.text("state_open_sentence", closes=words.closing(_closes(entry)))
    if entry.withdrawn and entry.front.withdrawn:
        told = words.text("notice_withdrawn", day=entry.front.withdrawn.date)
    return "\n\n".join(filter(None, [told, entry.summary if entry.current else "", url]))
