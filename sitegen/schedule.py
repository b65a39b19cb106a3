"""Every moment at which something changes: ``valid_from``, ``valid_until`` and ``upcoming``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sitegen import clock, statement
from sitegen.config import Config
from sitegen.kinds import KINDS
from sitegen.kinds.common import published_at
from sitegen.model import Document
from sitegen.names import ref_of
from sitegen.site import has_errors


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Event:
    """At this instant, a post (or the site, when ``ref`` is empty) does something."""

    at: datetime
    ref: str
    what: str
    title: str
    visible: bool = True
    is_end: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Validity:
    """The instants between which a build's bytes are right; None where there is no bound."""

    start: datetime | None = None
    end: datetime | None = None

    def holds(self, now: datetime) -> bool:
        """Whether the bytes are right at an instant."""
        return (self.start is None or self.start <= now) and (self.end is None or now < self.end)


def events(documents: Iterable[Document], config: Config, *, preview: bool = False) -> list[Event]:
    """All that the dates bring, past and to come, in order. Drafts count in a preview only."""
    return sorted({*_of_documents(documents, config, preview), *_of_alert(config)})


def _of_documents(documents: Iterable[Document], config: Config, preview: bool) -> Iterator[Event]:
    for document in documents:
        front = document.front
        if front is None or (front.draft and not preview) or has_errors(document):
            continue
        appears = published_at(front, config.tz)
        of_kind = KINDS[document.kind].turns(front, config.tz)
        for turn in (*of_kind, *statement.turns(document, config.tz)):
            # What happens before a post is public is seen when it appears.
            early = appears and turn.visible and not preview
            at = max(turn.at, appears) if appears and early else turn.at
            yield Event(
                at=at,
                ref=ref_of(document),
                what=turn.what,
                title=front.title,
                visible=turn.visible,
                is_end=turn.is_end,
            )


def _of_alert(config: Config) -> Iterator[Event]:
    alert = config.alert
    if alert and alert.from_:
        at = clock.starts(alert.from_, config.tz)
        yield Event(at=at, ref="", what="shows its alert", title=alert.title)
    if alert and alert.until:
        at = clock.ends(alert.until, config.tz)
        yield Event(at=at, ref="", what="takes its alert down", title=alert.title, is_end=True)


def validity(happening: Iterable[Event], now: datetime) -> Validity:
    """Between the last visible change and the next."""
    instants = sorted({event.at for event in happening if event.visible})
    return Validity(
        start=max((at for at in instants if at <= now), default=None),
        end=min((at for at in instants if at > now), default=None),
    )


def upcoming(happening: Iterable[Event], now: datetime, days: int) -> list[Event]:
    """What happens within so many days."""
    return [event for event in happening if now < event.at <= now + timedelta(days=days)]


def shown(event: Event, tz: ZoneInfo) -> str:
    """When something happens, as the site's calendar shows it; an end at midnight as 11:59pm."""
    local = event.at.astimezone(tz)
    if event.is_end and local.time() == time():
        local -= timedelta(minutes=1)
    day = clock.show_date(local.date())
    return f"{clock.show_time(local.time())} on {day}" if local.time() != time() else day
