"""What a build found, as the Report that the doors tell."""

from __future__ import annotations

from collections.abc import Iterable

from sitegen import problems
from sitegen.building import content
from sitegen.building.content import Content
from sitegen.options import Options
from sitegen.problems import Problem
from sitegen.report import Report
from sitegen.site import schedule


def refused(options: Options, faults: Iterable[Problem]) -> Report:
    """The report when config.yaml can't be read."""
    return Report(problems=content.quoted(faults, {}, options.config), stopped=True)


def report_of(options: Options, found: Content, faults: Iterable[Problem]) -> Report:
    """What is wrong with a site, and whether that stops the build."""
    shown = content.quoted(faults, found.config.silence, options.config)
    return Report(
        problems=shown,
        stopped=problems.stops(shown, strict=options.strict),
        summary=_not_published(found),
        validity=found.validity,
        events=found.events,
        tz=found.config.tz,
    )


def _not_published(found: Content) -> str:
    """What is not public, so that nobody wonders where a post is."""
    drafts = sum(bool(d.front and d.front.draft) for d in found.documents)
    waiting = [e for e in found.events if e.what == "is published" and e.at > found.now]
    words = []
    if waiting:
        first = schedule.shown(waiting[0], found.config.tz)
        words.append(f"{len(waiting)} scheduled (the first for {first})")
    if drafts:
        words.append(f"{drafts} draft{'s' if drafts > 1 else ''}")
    return f"Not published: {', '.join(words)}." if words else ""
