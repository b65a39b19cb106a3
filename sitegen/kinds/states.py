"""The states of a consultation: derived from its dates, never typed.

Not yet open, open, closed (awaiting outcome), outcome published: called ``upcoming``, ``open``,
``closed`` and ``outcome``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sitegen import clock
from sitegen.kinds.common import Turn, common_turns, day
from sitegen.shown import Span, StateMark

if TYPE_CHECKING:
    from sitegen.kinds.consultation import Consultation
    from sitegen.source.words import Say

OUTCOME_WEEKS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """A state of a consultation and the instants between which it holds (None: no bound)."""

    state: str
    since: datetime | None
    until: datetime | None


def phases(front: Consultation, tz: ZoneInfo) -> tuple[Phase, ...]:
    """The states that the dates bring, in order: upcoming, open, closed, then outcome."""
    opens, closes = clock.starts(front.opening_date, tz), clock.ends(front.closing_date, tz)
    outcome = front.final_outcome and day(front.final_outcome.published_on, tz)
    rows = [
        Phase(state="upcoming", since=None, until=opens),
        Phase(state="open", since=opens, until=closes),
        Phase(state="closed", since=closes, until=outcome or None),
    ]
    if outcome:
        rows.append(Phase(state="outcome", since=outcome, until=None))
    return tuple(rows)


def state(front: Consultation, now: datetime, tz: ZoneInfo) -> str:
    """The state at an instant: upcoming, open, closed or outcome."""
    reached = [p.state for p in phases(front, tz) if p.since is None or p.since <= now]
    return reached[-1]


def hidden(front: Consultation, now: datetime, tz: ZoneInfo) -> set[str]:
    """The fields that are not shown at an instant: they come, or have gone, with a date."""
    at = state(front, now, tz)
    names = {"ways_to_respond"} if at in ("closed", "outcome") else set()
    summary = front.feedback_summary
    if summary and day(summary.published_on, tz) > now:
        names.add("feedback_summary")
    if at != "outcome":
        names.add("final_outcome")
    if not (at == "outcome" or (at == "closed" and not front.final_outcome)):
        names |= {"we_asked", "you_said", "we_did"}
    return names


def outcome_due(front: Consultation) -> dt.date:
    """When the outcome is due: as typed, or 12 weeks after closing."""
    return front.outcome_due or front.closing_date.day + timedelta(weeks=OUTCOME_WEEKS)


_TURNS = {"open": "opens", "closed": "closes", "outcome": "shows its outcome"}


def turns(front: Consultation, tz: ZoneInfo) -> Iterable[Turn]:
    """When a consultation appears, opens, closes and shows what came of it."""
    yield from common_turns(front, tz)
    if not (front.opening_date and front.closing_date):  # a draft, in a preview
        return
    for phase in phases(front, tz):
        if phase.since:
            closes = phase.state == "closed"
            yield Turn(at=phase.since, what=_TURNS[phase.state], is_end=closes)
    if front.feedback_summary:
        yield Turn(at=day(front.feedback_summary.published_on, tz), what="shows what people said")
    if not front.final_outcome:
        yield Turn(at=day(outcome_due(front), tz), what="has its outcome due", visible=False)


def marks(front: Consultation, now: datetime, tz: ZoneInfo, say: Say) -> tuple[StateMark, ...]:
    """The state at an instant, and each later one that the date alone will bring.

    In words that stay true however old the page is. An outcome that is not out is not told of,
    nor when it will be.
    """
    if not (front.opening_date and front.closing_date):  # a draft
        return (StateMark(name="upcoming", label=say("dates_to_be_set"), sentence=""),)
    rows = phases(front, tz)
    place = [p.state for p in rows].index(state(front, now, tz))
    told = [rows[place], *(p for p in rows[place + 1 :] if p.state != "outcome")]
    return tuple(_mark(front, phase, later=i > 0, say=say) for i, phase in enumerate(told))


def _mark(front: Consultation, phase: Phase, *, later: bool, say: Say) -> StateMark:
    ends = phase.state in ("upcoming", "open")  # with a date; what follows closing is news
    span = Span(
        since=phase.since.isoformat() if phase.since and later else None,
        until=phase.until.isoformat() if phase.until and ends else None,
        later=later,
    )
    outcome, opens = front.final_outcome, front.opening_date
    at = "_at" if phase.state == "upcoming" and opens.time and opens.time != dt.time() else ""
    known = {
        "first": front.opening_date.day,
        "last": front.closing_date.day,
        "due": outcome_due(front),
        "outcome": outcome.published_on if outcome and phase.state == "outcome" else "",
        "opens": lambda w: w.opening(front.opening_date),
        "closes": lambda w: w.closing(front.closing_date),
    }
    return StateMark(
        name=phase.state,
        label=say(f"state_{phase.state}", **known),
        sentence=say(f"state_{phase.state}{at}_sentence", **known),
        span=span,
    )
