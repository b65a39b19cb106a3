"""Civil dates and moments, and the site's time zone. Nothing else knows about time zones.

A *date* is a day without a time and never shifts. A *moment* is what an editor types where a time
may matter: a day, or a day with a time. An *instant* is an aware datetime in UTC, so that two of
them compare rightly across a change of the clocks.

Where the clocks change, RFC 5545 (3.3.5) says what a time means: one that they show twice means
the first; one that they skip, what they would show had they not been changed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from importlib.util import find_spec
from zoneinfo import ZoneInfo, reset_tzpath

MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
LAST_MINUTE = time(23, 59)
# The zones of the library tzdata, not this computer's, which may be older: the same everywhere.
# Where it isn't installed (``stale`` does without), the computer's have to do.
if (_TZDATA := find_spec("tzdata")) and _TZDATA.submodule_search_locations:
    reset_tzpath([f"{_TZDATA.submodule_search_locations[0]}/zoneinfo"])
YEARS = range(1900, 3000)
LONGEST = 100  # characters of a date, in whatever notation: what is longer isn't looked through


class BadDate(ValueError):
    """A date, moment or ``now`` that can't be read. ``fix`` is what to type, where it is clear."""

    def __init__(self, message: str, fix: str = "") -> None:
        super().__init__(message)
        self.fix = fix


@dataclass(frozen=True, slots=True, kw_only=True)
class Validity:
    """The instants between which a build's bytes are right; None where there is no bound."""

    start: datetime | None = None
    end: datetime | None = None

    def holds(self, now: datetime) -> bool:
        """Whether the bytes are right at an instant."""
        return (self.start is None or self.start <= now) and (self.end is None or now < self.end)


@dataclass(frozen=True, slots=True)
class Moment:
    """A day, or a day with a time, in the site's time zone."""

    day: date
    time: time | None = None

    def __str__(self) -> str:
        return self.day.isoformat() + (f" {self.time:%H:%M}" if self.time else "")


_SECONDS = range(*(int(datetime(y, 1, 1, tzinfo=UTC).timestamp()) for y in (1900, 3000)))
_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[ T](\d{1,2}):(\d{2})(?::00)?)?", re.ASCII)
_ZONED = re.compile(
    r"(?P<day>\d{4}-\d{2}-\d{2})[ T](?P<at>\d{1,2}:\d{2})(?::\d{2}(?:[.,]\d{1,9})?)? ?"
    r"(?P<zone>(?i:(?P<utc>Z|UTC|GMT)|(?P<east>[+-]\d{2}:?\d{2}))|[A-Z]{2,4}T)",
    re.ASCII,
)
_NUMERIC = re.compile(r"(\d{1,4})[-/. ](\d{1,2})[-/. ](\d{1,4})")
_CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?", re.I)
_TIME = re.compile(
    r"(?<![\d.:/-])(?:(?:12\s*)?\b(?:noon|midday|midnight)\b|\d{1,2}(?:[:.]\d{2})?\s*[ap]m\b"
    r"|\d{1,2}[:.]\d{2}(?![\d./-]))",
    re.I,
)
_NAMED = re.compile(r"(?:[a-z]+,?\s+)?(\d{1,2})(?:st|nd|rd|th)?\s+([a-z]{3,})\.?,?\s+(\d{4})", re.I)
_MONTH_FIRST = re.compile(r"([a-z]{3,})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})", re.I)
_DASHES = str.maketrans("‐‑‒–—−", "------")


def parse_date(text: str) -> date:
    """``YYYY-MM-DD`` as a date; BadDate otherwise, with a suggestion where the day is clear."""
    if match := _DATE.fullmatch(text):
        year, month, day = (int(n) for n in match.groups())
        _check_year(year, text)
        try:
            return date(year, month, day)
        except ValueError:
            guess = " or ".join(map(str, _guesses(text)))
            fix = f"write {guess}" if guess else "check the day and month"
            raise BadDate(f'there is no such day as "{text}"', fix) from None
    raise _unreadable(text)


def _check_year(year: int, text: str) -> None:
    if year not in YEARS:
        raise BadDate(f'the year of "{text}" can\'t be right', "check the year")


def _unreadable(text: str) -> BadDate:
    if len(text) > LONGEST:
        return BadDate("this is too long for a date", "write YYYY-MM-DD, such as 2026-06-15")
    message = f'"{text}" is not a date I can read for sure'
    readings = _guesses(text) or _guesses(_parted(text)[0])
    if len(readings) == 1:
        return _otherwise(text, readings[0])
    if not readings and _guesses(re.sub(r"\b(29|30|31)(?=\D)", "28", text)):
        return BadDate(f'there is no such day as "{text}"', "check the day and month")
    if not readings:
        return BadDate(message, "write the year, month and day: YYYY-MM-DD, such as 2026-06-15")
    return BadDate(message, "write " + " or ".join(f"{d} ({show_date(d)})" for d in readings))


def _otherwise(text: str, day: date, at: str = "") -> BadDate:
    """The fault of a date that is clear, and written as it is not here."""
    named = next((name for name in DAYS if re.search(rf"\b{name}\b", text, re.I)), "")
    if named and named != DAYS[day.weekday()]:
        message = f"{show_date(day)} is a {DAYS[day.weekday()]}, not a {named}"
        return BadDate(message, f"check the day; dates are written {day}{at}")
    shown = "" if at else f" ({show_date(day)})"
    return BadDate(f'dates are written {day}{at}, not "{text}"', f"write {day}{at}{shown}")


def _parted(text: str) -> tuple[str, str]:
    """The day and the time in ``5pm on Monday 14 December 2026``, as typed; either may be empty."""
    match = _TIME.search(text)
    if not match:
        return text, ""
    rest = f"{text[: match.start()]} {text[match.end() :]}"
    return re.sub(r"\b(?:at|on|by|T)\b|,", " ", rest).strip(" ,"), match[0]


def _guesses(text: str) -> list[date]:
    """The days that a text in another notation may mean, day before month first."""
    triples: list[tuple[int, int, int]] = []
    text = " ".join(text.translate(_DASHES).strip(" .,'\"‘’“”").split())
    text = _MONTH_FIRST.sub(r"\2 \1 \3", text)
    text = re.sub(r"(\d{4})(\d{2})(\d{2})", r"\1-\2-\3", text)
    if match := _NUMERIC.fullmatch(text):
        first, middle, last = (int(n) for n in match.groups())
        if first > 31:
            triples = [(first, middle, last), (first, last, middle)]
            triples = triples[: 1 if middle <= 12 else 2]
        elif last > 31:
            triples = [(last, middle, first), (last, first, middle)]
        elif len(match[3]) == 2 and len(match[1]) <= 2:
            triples = [(2000 + last, middle, first), (2000 + last, first, middle)]
            if "-" in text and len(match[1]) == 2:  # as people shorten YYYY-MM-DD
                triples = [(2000 + first, middle, last), *triples]
    elif match := _NAMED.fullmatch(text):
        months = [i for i, m in enumerate(MONTHS, 1) if m.lower().startswith(match[2].lower())]
        triples = [(int(match[3]), months[0], int(match[1]))] if months else []
    found: list[date] = []
    for triple in triples:
        try:
            day = date(*triple)
        except ValueError:
            continue
        if day not in found:
            found.append(day)
    return found


def parse_moment(text: str, tz: ZoneInfo | None = None, *, is_end: bool = False) -> Moment:
    """``YYYY-MM-DD`` or ``YYYY-MM-DD HH:MM``; BadDate otherwise.

    ``tz`` is the site's zone, where it is known: a time of another zone is told in it. ``is_end``
    tells that something ends then, so that no 00:00 is offered, which people read both ways.
    """
    match = _MOMENT.fullmatch(text)
    if not match:
        raise _no_moment(text, tz, is_end=is_end)
    day = parse_date(match[1])
    if match[2] is None:
        return Moment(day)
    try:
        return Moment(day, time(int(match[2]), int(match[3])))
    except ValueError:
        raise BadDate(
            f'"{match[2]}:{match[3]}" is not a time',
            f"write hours 00 to 23 and minutes 00 to 59, such as {day} 17:00",
        ) from None


def _no_moment(text: str, tz: ZoneInfo | None, *, is_end: bool) -> BadDate:
    """The fault of a moment in another notation."""
    if len(text) > LONGEST:
        return _unreadable(text)
    if fault := _of_zone(text, tz, is_end=is_end):
        return fault
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}[ T].*", text):
        at = _after_day(_time_meant(text[11:].strip()) or "17:00 for 5pm", is_end=is_end)
        return BadDate(f'"{text[11:]}" is not a time', f"write {text[:10]}{at}")
    day_typed, time_typed = _parted(text)
    days, guess = _guesses(day_typed), _time_meant(time_typed)
    if len(days) == 1 and guess:
        return _otherwise(text, days[0], _after_day(guess, is_end=is_end))
    if not _guesses(text) and (guess := _time_meant(text)):
        at = _after_day(guess, is_end=is_end)
        return BadDate(f'"{text}" is a time without its day', f"write the day too: YYYY-MM-DD{at}")
    return _unreadable(text)


def _after_day(guess: str, *, is_end: bool) -> str:
    """A time as it is offered after its day: for an end at midnight the day alone is."""
    return "" if is_end and guess == "00:00" else f" {guess}"


def _of_zone(text: str, tz: ZoneInfo | None, *, is_end: bool) -> BadDate | None:
    """The fault of a time with a zone, such as ``17:00Z``; None for any other, or for no time."""
    match = _ZONED.fullmatch(text)
    if not match:
        return None
    message = f'times are those of the site\'s time zone, without "{match["zone"]}"'
    moment = f"{match['day']}T{match['at']:0>5}"
    try:
        if match["utc"] or match["east"]:
            exact = datetime.fromisoformat(moment + (match["east"] or "Z"))
            local = exact.astimezone(tz) if tz else None
        else:  # "BST" is the time that is typed where the site's clocks are called so then
            exact = datetime.fromisoformat(moment).replace(tzinfo=tz)
            local = exact if tz and exact.tzname() == match["zone"] else None
    except (ValueError, OverflowError):
        return None
    if local is None:
        return BadDate(message, "write what the site's clocks show then")
    if is_end and local.time() == time():
        return BadDate(message, f"write {local.date() - timedelta(days=1)}")
    return BadDate(message, f"write {local:%Y-%m-%d %H:%M}")


def _time_meant(text: str) -> str:
    """``17:00`` for 5pm or 5.00pm; empty when that is not clear."""
    text = re.sub(r"^at\s+", "", text)
    if re.fullmatch(r"(?:12\s*)?midnight", text, re.I):
        return "00:00"
    if re.fullmatch(r"(?:12\s*)?(?:noon|midday)", text, re.I):
        return "12:00"
    match = _CLOCK.match(text)
    if not match or not (match[2] or match[3]):
        return ""
    hour, minute, half = int(match[1]), int(match[2] or 0), (match[3] or "").lower()
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return f"{hour:02}:{minute:02}" if hour < 24 and minute < 60 else ""


def zone(name: str) -> ZoneInfo:
    """The time zone of this IANA name; ValueError when there is none."""
    try:
        return ZoneInfo(name)
    except (KeyError, OSError, ValueError):
        raise ValueError(name) from None


def parse_now(text: str, tz: ZoneInfo) -> datetime:
    """A ``--now`` as an instant: a bare date (00:00), a moment, or ISO 8601 with an offset."""
    try:
        return starts(parse_moment(text), tz)
    except BadDate as fault:
        try:
            exact = datetime.fromisoformat(text)
        except ValueError:
            raise fault from None
        _check_year(exact.year, text)
        return (exact if exact.tzinfo else exact.replace(tzinfo=tz)).astimezone(UTC)


def parse_epoch(text: str) -> datetime:
    """A SOURCE_DATE_EPOCH as an instant: whole seconds since 1970; BadDate otherwise."""
    if not re.fullmatch("-?[0-9]{1,12}", text) or int(text) not in _SECONDS:
        raise BadDate(f'"{text}" is not the seconds since 1970', "use what date +%s prints")
    return datetime.fromtimestamp(0, UTC) + timedelta(seconds=int(text))


def instant(day: date, at: time, tz: ZoneInfo) -> datetime:
    """This wall-clock time as an instant; the first of two where the clocks go back."""
    return datetime.combine(day, at, tzinfo=tz).astimezone(UTC)


def exists(moment: Moment, tz: ZoneInfo) -> bool:
    """Whether the clocks show this time on this day (they skip an hour in spring)."""
    if moment.time is None:
        return True
    shown = instant(moment.day, moment.time, tz).astimezone(tz)
    return (shown.date(), shown.time()) == (moment.day, moment.time)


def require_shown(moment: Moment, tz: ZoneInfo) -> None:
    """BadDate for a moment that the clocks skip, with what they show instead."""
    if not exists(moment, tz):
        skipped = f"the clocks go forward that night and skip {moment.time:%H:%M}"
        raise BadDate(skipped, f"write {starts(moment, tz).astimezone(tz):%Y-%m-%d %H:%M}")


def begins_day(when: datetime, tz: ZoneInfo) -> bool:
    """Whether a day ends and another begins at an instant: midnight, where no clock skips it."""
    before = (when.astimezone(UTC) - timedelta(seconds=1)).astimezone(tz)
    return before.date() != when.astimezone(tz).date()


def starts(moment: Moment, tz: ZoneInfo) -> datetime:
    """The instant at which a moment begins; a bare date begins at 00:00."""
    return instant(moment.day, moment.time or time(), tz)


def ends(moment: Moment, tz: ZoneInfo) -> datetime:
    """The first instant after a moment that closes something.

    A bare date, and 23:59, last until that minute has ended: the midnight that follows. Any
    other time is exact: what closes at 17:00 is closed at 17:00.
    """
    if moment.time is None or moment.time == LAST_MINUTE:
        return instant(moment.day + timedelta(days=1), time(), tz)
    return instant(moment.day, moment.time, tz)


def show_date(day: date) -> str:
    """``6 August 2018``: the day as the NHS and GOV.UK write it."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def show_weekday(day: date) -> str:
    """``Sunday 13 September 2020``."""
    return f"{DAYS[day.weekday()]} {show_date(day)}"


def show_month(year: int, month: int) -> str:
    """``October 2024``."""
    return f"{MONTHS[month - 1]} {year}"


def show_time(at: time) -> str:
    """``11:59pm``, ``9am``, ``midday``: GOV.UK's way, which never says midnight or 12am."""
    if at == time(12):
        return "midday"
    hour = at.hour % 12 or 12
    minutes = f":{at.minute:02}" if at.minute else ""
    return f"{hour}{minutes}{'am' if at.hour < 12 else 'pm'}"


def show_closing(moment: Moment) -> str:
    """``11:59pm on Sunday 13 September 2020``: when something closes, in full."""
    return f"{show_time(moment.time or LAST_MINUTE)} on {show_weekday(moment.day)}"


def show_opening(moment: Moment) -> str:
    """``Monday 3 August 2020``, with the time where one was typed."""
    at = f"{show_time(moment.time)} on " if moment.time and moment.time != time() else ""
    return at + show_weekday(moment.day)


def iso(when: datetime, tz: ZoneInfo) -> str:
    """An instant in the zone, as RFC 3339 with its offset; in UTC where that has seconds.

    So it was long ago, and RFC 3339 (4.2) has no way to write it.
    """
    local = when.astimezone(tz)
    whole = (local.utcoffset() or timedelta()) % timedelta(minutes=1) == timedelta()
    return (local if whole else when.astimezone(UTC)).isoformat(timespec="seconds")


def iso_moment(moment: Moment, tz: ZoneInfo) -> str:
    """A moment for a ``datetime`` attribute: a bare date, or RFC 3339 with its offset."""
    return iso(starts(moment, tz), tz) if moment.time else moment.day.isoformat()
