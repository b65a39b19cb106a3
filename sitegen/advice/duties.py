"""What a consultation owes those who answer: time, a day on which somebody helps, an outcome.

The Cabinet Office's Consultation Principles (2018) ask for a proportionate time, and for a
response within 12 weeks of closing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta

from sitegen import clock
from sitegen.advice.holidays import day_off, working_day
from sitegen.kinds import states
from sitegen.kinds.consultation import Consultation
from sitegen.model import Document, Entry
from sitegen.problems import Problem, Severity, problem
from sitegen.site.index import Site, reached
from sitegen.site.lockfile import Locked
from sitegen.source.schema import place_of

LEAST_DAYS = 14
# How long before an outcome is due it is told of, and in which words; the shortest first.
NOTICES = (
    (timedelta(weeks=1), "a week or less is left"),
    (timedelta(weeks=4), "4 weeks or less are left"),
)


def check(site: Site, documents: Iterable[Document]) -> Iterator[Problem]:
    """The dates of every consultation that has not closed, drafts too; outcomes that fall due."""
    for document in documents:
        if (front := _to_come(document, site)) is not None:
            yield from [*short(document, front)] or closing_day(document, front)
    for entry in site.entries.values():
        yield from outcome(entry, site)


def _to_come(document: Document, site: Site) -> Consultation | None:
    """The front matter of a consultation of this site whose dates can still be changed.

    Another website's dates are not ours to change, and a translation's are its original's.
    """
    front = document.front
    if not isinstance(front, Consultation) or not (front.opening_date and front.closing_date):
        return None
    over = clock.ends(front.closing_date, site.config.tz) <= site.now
    elsewhere = front.external_url or front.translation_of or front.withdrawn
    return None if over or elsewhere else front


def short(document: Document, front: Consultation) -> Iterator[Problem]:
    """Fewer than 14 days to answer, the first and the last among them."""
    opens, closes = front.opening_date.day, front.closing_date.day
    days = (closes - opens).days + 1
    if 0 < days < LEAST_DAYS:
        later = working_day(opens + timedelta(days=LEAST_DAYS - 1))
        message = (
            f"people have {days} day{'s' if days > 1 else ''} to answer; many need "
            f"{LEAST_DAYS} to hear of it, think and write"
        )
        yield _advice("short-time", message, document, f"closing_date: {later}\n(or later)")


def closing_day(document: Document, front: Consultation) -> Iterator[Problem]:
    """A last day on which nobody is there to help with an answer or to take one in."""
    closes = front.closing_date
    if off := day_off(closes.day):
        later = working_day(closes.day)
        time = f" {closes.time:%H:%M}" if closes.time else ""
        message = f"it closes on {off}, when people who need help to answer can't get it"
        fix = f"closing_date: {later}{time}\n({clock.show_weekday(later)}, the next working day)"
        yield _advice("closing-day", message, document, fix)


def outcome(entry: Entry, site: Site) -> Iterator[Problem]:
    """A consultation that has closed and whose outcome falls due, or is overdue.

    12 weeks after closing, or on the day that it names: told 4 weeks and 1 week before.
    """
    due = _outcome_due(entry)
    if due is None:
        return
    if reached(due, site.now, site.config.tz):
        message = f"the outcome was due on {clock.show_date(due)}"
        fix = "add final_outcome, or set outcome_due to the day that is now expected"
        yield _advice("outcome-due", message, entry.document, fix)
    elif left := [say for ahead, say in NOTICES if reached(due - ahead, site.now, site.config.tz)]:
        message = f"the outcome is due on {clock.show_date(due)}: {left[0]}"
        fix = "add final_outcome in time, or set outcome_due to the day that is now expected"
        yield _advice("outcome-soon", message, entry.document, fix)


def _outcome_due(entry: Entry) -> dt.date | None:
    """The day on which an outcome is owed; None where none is, or it is there."""
    front = entry.front
    if not isinstance(front, Consultation) or front.final_outcome:
        return None
    return states.outcome_due(front) if entry.state == "closed" and entry.current else None


def changed_closing(site: Site, locked: Mapping[str, Locked]) -> Iterator[Problem]:
    """A closing date that is another than when it was last recorded, and no change note says so.

    ``locked`` has what was recorded of each consultation, by ref.
    """
    for ref, before in locked.items():
        entry = site.entries.get(ref)
        if entry is None or entry.original or not isinstance(entry.front, Consultation):
            continue
        front = entry.front
        if not before.closes or before.closes == str(front.closing_date):
            continue
        if len(front.change_notes) <= before.notes:
            was = clock.show_closing(clock.parse_moment(before.closes))
            message = f"it was to close at {was}; no change note tells readers of this"
            today = site.now.astimezone(site.config.tz).date()
            closes = clock.show_closing(front.closing_date)
            fix = f"change_notes:\n  - date: {today}\n    note: It now closes at {closes}."
            yield _advice("closing-changed", message, entry.document, fix)


def _advice(code: str, message: str, document: Document, fix: str) -> Problem:
    """Advice about the closing date of a consultation."""
    place, path = place_of(document.places, "closing_date"), f"content/{document.path}"
    return problem(code, message, path, place, fix=fix, severity=Severity.ADVICE)
