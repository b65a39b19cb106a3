"""Every moment at which something changes: ``valid_from``, ``valid_until`` and ``upcoming``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from operator import attrgetter
from zoneinfo import ZoneInfo

from sitegen import clock
from sitegen.clock import Validity
from sitegen.kinds import KINDS
from sitegen.kinds.common import Front, day, published_at
from sitegen.memo import Memo
from sitegen.model import Document
from sitegen.site import statement
from sitegen.site.index import has_errors
from sitegen.site.names import ref_of, refs
from sitegen.source.config import PATH as CONFIG_PATH
from sitegen.source.config import Config


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Event:
    """At this instant, a post (or the site, when ``ref`` is empty) does something.

    What is not ``visible`` is a duty: something for editors to do, which is one from ``since`` on
    and before ``until``. ``path`` is the file that says so.
    """

    at: datetime
    ref: str
    what: str
    title: str
    visible: bool = True
    is_end: bool = False
    path: str = ""
    since: datetime | None = field(default=None, compare=False)
    until: datetime | None = field(default=None, compare=False)

    def stands(self, now: datetime) -> bool:
        """Whether a duty is still one at an instant."""
        return (self.since is None or self.since <= now) and (
            self.until is None or now < self.until
        )


_ORDER = ("at", "ref", "what", "title", "visible", "is_end", "path")


def events(
    documents: Iterable[Document],
    config: Config,
    *,
    preview: bool = False,
    memo: Memo | None = None,
) -> list[Event]:
    """All that the dates bring, past and to come, in order. Drafts count in a preview only."""
    memo, documents = memo or Memo(), tuple(documents)
    found = {*_of_documents(documents, config, preview, memo), *_of_alert(config)}
    return sorted(found, key=attrgetter(*_ORDER))


def _of_documents(
    documents: tuple[Document, ...], config: Config, preview: bool, memo: Memo
) -> Iterator[Event]:
    by_ref = {ref_of(d): d for d in documents}
    known = refs(d for d in documents if d.front)
    for document in documents:
        front = document.front
        if front is None or has_errors(document):
            continue
        original = by_ref.get(known.get(front.translation_of or "", ""))
        yield from memo(_of_document, document, original, config.tz, preview)


def _of_document(
    document: Document, original: Document | None, tz: ZoneInfo, preview: bool
) -> tuple[Event, ...]:
    """What a post's dates bring. A translation appears and ends with its original.

    What comes before a post appears is no news: it is seen when it appears.
    """
    fronts = [d.front for d in (document, original) if d and d.front]
    shown = preview or not any(f.draft for f in fronts)
    return tuple(_happening(document, fronts, tz, preview)) if shown else ()


def _happening(
    document: Document, fronts: list[Front], tz: ZoneInfo, preview: bool
) -> Iterator[Event]:
    front, appearing = fronts[0], [] if preview else [published_at(f, tz) for f in fronts]
    own, public = next(iter(appearing), None), max(filter(None, appearing), default=None)
    ended = min((at for f in fronts for at in _ends(f, tz)), default=None)
    for turn in (*KINDS[document.kind].turns(front, tz), *statement.turns(document, tz)):
        if own and turn.visible and turn.at < own:
            continue
        at = max(turn.at, public) if public and turn.visible else turn.at
        yield Event(
            at=at,
            ref=ref_of(document),
            what=turn.what,
            title=front.title,
            visible=turn.visible,
            is_end=turn.is_end and at == turn.at,
            path=f"content/{document.path}",
            since=None if turn.visible else public,
            until=None if turn.visible else ended,
        )


def _ends(front: Front, tz: ZoneInfo) -> Iterator[datetime]:
    """The instants from which a post is no longer current."""
    if front.expiry_date:
        yield clock.ends(front.expiry_date, tz)
    if front.withdrawn:
        yield day(front.withdrawn.date, tz)


def _of_alert(config: Config) -> Iterator[Event]:
    alert = config.alert
    if alert and alert.from_:
        at = clock.starts(alert.from_, config.tz)
        yield Event(at=at, ref="", what="shows its alert", title=alert.title, path=CONFIG_PATH)
    if alert and alert.until:
        at, what = clock.ends(alert.until, config.tz), "takes its alert down"
        yield Event(at=at, ref="", what=what, title=alert.title, path=CONFIG_PATH, is_end=True)


def validity(happening: Iterable[Event], now: datetime) -> Validity:
    """Between the last visible change and the next."""
    instants = sorted({event.at for event in happening if event.visible})
    return Validity(
        start=max((at for at in instants if at <= now), default=None),
        end=min((at for at in instants if at > now), default=None),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Agenda:
    """What lies ahead of ``now``: until the end of the day that is so many ``days`` after today.

    ``overdue`` are the duties whose day has gone by, ``coming`` what is still to come and what
    falls due today. ``later`` is the first event after all these, if there is one.
    """

    now: datetime
    tz: ZoneInfo
    days: int
    overdue: tuple[Event, ...]
    coming: tuple[Event, ...]
    later: Event | None

    @property
    def today(self) -> dt.date:
        """The day that the site's calendar shows."""
        return self.now.astimezone(self.tz).date()


def agenda(happening: Iterable[Event], now: datetime, tz: ZoneInfo, days: int) -> Agenda:
    """The agenda of these events (in order) at ``now``."""
    today = now.astimezone(tz).date()
    last = today + timedelta(days=days)
    dated = sorted((day_of(e, tz), e) for e in happening if e.visible or e.stands(max(now, e.at)))
    # A duty has its whole day; anything else has come when its moment has.
    ahead = [(on, e) for on, e in dated if e.at > now or (on == today and not e.visible)]
    return Agenda(
        now=now,
        tz=tz,
        days=days,
        overdue=tuple(e for on, e in dated if on < today and not e.visible),
        coming=tuple(e for on, e in ahead if on <= last),
        later=next((e for on, e in ahead if on > last), None),
    )


def told(event: Event, tz: ZoneInfo) -> datetime:
    """When something happens, as the site's clocks show it; an end with its day as 11:59pm."""
    ended = event.is_end and clock.begins_day(event.at, tz)
    return (event.at - timedelta(minutes=1) if ended else event.at).astimezone(tz)


def day_of(event: Event, tz: ZoneInfo) -> dt.date:
    """The day on which something happens."""
    return told(event, tz).date()


def time_of(event: Event, tz: ZoneInfo) -> time | None:
    """The time at which something happens; None where the day is all that matters."""
    local = told(event, tz)
    return None if clock.begins_day(local, tz) else local.time()


def shown(event: Event, tz: ZoneInfo) -> str:
    """When something happens, in words: ``11:59pm on 1 July 2026``, or the day alone."""
    on, at = clock.show_date(day_of(event, tz)), time_of(event, tz)
    return f"{clock.show_time(at)} on {on}" if at else on
