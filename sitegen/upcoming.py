"""``sitegen upcoming``: what will appear, open, close, expire or fall due, as a dated list."""

from __future__ import annotations

import json
from collections.abc import Iterable
from zoneinfo import ZoneInfo

from sitegen import clock, schedule
from sitegen.schedule import Event


def as_text(events: Iterable[Event], tz: ZoneInfo, days: int) -> str:
    """A line an event, the earliest first."""
    lines = [
        f"{schedule.shown(e, tz)}: {_who(e)} {e.what}" + ("" if e.visible else " (to do)")
        for e in events
    ]
    nothing = f"Nothing is planned for the next {days} days."
    return "\n".join(lines or [nothing]) + "\n"


def _who(event: Event) -> str:
    return f"“{event.title}” ({event.ref})" if event.ref else "the site"


def as_json(events: Iterable[Event], tz: ZoneInfo) -> str:
    """A JSON array of at (RFC 3339), ref, title, what, and whether the site changes by itself."""
    rows = [
        {
            "at": clock.iso(e.at, tz),
            "ref": e.ref or None,
            "title": e.title,
            "what": e.what,
            "changes_site": e.visible,
        }
        for e in events
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"
