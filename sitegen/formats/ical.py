"""iCalendar (RFC 5545): content lines, how values are written, and the VTIMEZONE of a time zone.

Lines are made whole, as ``NAME:value``; ``encode`` folds them.
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

OCTETS = 75
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
DAY = timedelta(days=1)
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\t": " "})
_UNSHOWABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")  # controls and lone surrogates


def encode(lines: Iterable[str]) -> bytes:
    """A file of content lines: UTF-8, folded, each ended by CRLF (3.1)."""
    return b"".join(piece + b"\r\n" for line in lines for piece in _folded(line.encode()))


def _folded(line: bytes) -> Iterator[bytes]:
    """A line in pieces of at most 75 octets, with no character cut in two."""
    while len(line) > OCTETS:
        end = OCTETS
        while line[end] & 0b1100_0000 == 0b1000_0000:  # within a character of UTF-8
            end -= 1
        yield line[:end]
        line = b" " + line[end:]
    yield line


def component(name: str, lines: Iterable[str]) -> Iterator[str]:
    """The lines of a component, between its BEGIN and its END."""
    yield f"BEGIN:{name}"
    yield from lines
    yield f"END:{name}"


def text(value: str) -> str:
    """A TEXT (3.3.11): escaped, ends of line as ``\\n``, control characters dropped."""
    lines = (_UNSHOWABLE.sub("", line.translate(_ESCAPED)) for line in value.splitlines())
    return "\\n".join(lines)


def day(when: dt.date) -> str:
    """A DATE (3.3.4): ``20260913``."""
    return f"{when:%Y%m%d}"


def utc(instant: datetime) -> str:
    """A DATE-TIME (3.3.5) in UTC: ``20260913T225900Z``."""
    return f"{instant.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def local(instant: datetime, tz: ZoneInfo) -> str:
    """A DATE-TIME (3.3.5) as the clocks of a zone show it, for a property with a TZID."""
    return f"{instant.astimezone(tz):%Y%m%dT%H%M%S}"


# ---- time zones


@dataclass(frozen=True, slots=True, kw_only=True)
class Onset:
    """A change of the clocks, at the time that they show just before it."""

    at: datetime
    before: timedelta
    after: timedelta
    name: str


@cache
def timezone(tz: ZoneInfo, first: int, last: int) -> tuple[str, ...]:
    """The lines of a VTIMEZONE (3.6.5) that is right from the first year to the last.

    Outlook reads one STANDARD and one DAYLIGHT at most, and no RDATE (MS-OXCICAL 2.1.3.1.1.19).
    So changes that come by a rule are told by it; those of a zone without rules, one by one.
    """
    since = first - 1  # whose last change still holds when the first year begins
    onsets = tuple(_onsets(tz, since, last))
    rules = _rules(onsets, last - since + 1)
    told = rules or dict.fromkeys((_start(tz, since), *onsets), "")
    observances = (_observance(onset, rule) for onset, rule in told.items())
    lines = [f"TZID:{tz.key}", *(line for observance in observances for line in observance)]
    return tuple(component("VTIMEZONE", lines))


def _offset(instant: datetime, tz: ZoneInfo) -> timedelta:
    return instant.astimezone(tz).utcoffset() or timedelta()


def _start(tz: ZoneInfo, year: int) -> Onset:
    """What the clocks show when a year begins, as if they had been changed to it then."""
    instant = datetime(year, 1, 1, tzinfo=tz)
    offset = _offset(instant, tz)
    at = instant.replace(tzinfo=None)
    return Onset(at=at, before=offset, after=offset, name=instant.tzname() or "")


def _onsets(tz: ZoneInfo, first: int, last: int) -> Iterator[Onset]:
    """Every change of the clocks in these years: none has two on a day."""
    morning = datetime(first, 1, 1, tzinfo=UTC)
    while morning.year <= last:
        before, after = _offset(morning, tz), _offset(morning + DAY, tz)
        if before != after:
            instant = _first_second(morning, tz)
            at, name = (instant + before).replace(tzinfo=None), instant.astimezone(tz).tzname()
            yield Onset(at=at, before=before, after=after, name=name or "")
        morning += DAY


def _first_second(morning: datetime, tz: ZoneInfo) -> datetime:
    """The instant, in the day that begins here, at which the clocks change."""
    before = _offset(morning, tz)

    def is_changed(second: int) -> bool:
        return _offset(morning + timedelta(seconds=second), tz) != before

    return morning + timedelta(seconds=bisect_left(range(86_400), True, key=is_changed))


def _rules(onsets: Iterable[Onset], years: int) -> Mapping[Onset, str]:
    """The first onset of each rule, with it; nothing where one comes by no rule.

    A rule: in each of the years, in the same month, on the same weekday of it, at the same time.
    """
    groups: defaultdict[tuple[object, ...], list[Onset]] = defaultdict(list)
    for onset in onsets:
        groups[onset.at.month, onset.at.time(), onset.before, onset.after].append(onset)
    rules = {}
    for group in groups.values():
        days = set.intersection(*(_weekdays(onset.at) for onset in group))
        if len(group) != years or not days:
            return {}
        rules[group[0]] = f"FREQ=YEARLY;BYMONTH={group[0].at.month};BYDAY={min(days)}"
    return rules


def _weekdays(when: datetime) -> set[str]:
    """How a day may be told in its month: ``4SU``, and ``-1SU`` when it is the last Sunday."""
    weekday = WEEKDAYS[when.weekday()]
    is_last = (when + 7 * DAY).month != when.month
    return {f"{(when.day + 6) // 7}{weekday}", *([f"-1{weekday}"] if is_last else [])}


def _observance(onset: Onset, rule: str) -> Iterator[str]:
    name = "DAYLIGHT" if onset.after > onset.before else "STANDARD"
    lines = [
        f"DTSTART:{onset.at:%Y%m%dT%H%M%S}",
        *([f"RRULE:{rule}"] if rule else []),
        f"TZOFFSETFROM:{_utc_offset(onset.before)}",
        f"TZOFFSETTO:{_utc_offset(onset.after)}",
        f"TZNAME:{text(onset.name)}",
    ]
    return component(name, lines)


def _utc_offset(offset: timedelta) -> str:
    """A UTC-OFFSET (3.3.14): ``+0100``; seconds where there are any."""
    minutes, seconds = divmod(abs(offset) // timedelta(seconds=1), 60)
    sign = "-" if offset < timedelta() else "+"
    return f"{sign}{minutes // 60:02}{minutes % 60:02}" + (f"{seconds:02}" if seconds else "")
