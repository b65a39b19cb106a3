"""Editorial rules that need the whole site. What falls due is advice: see ``advice``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from sitegen.clock import Moment, show_date
from sitegen.model import Document, Entry
from sitegen.problems import Problem, Severity, problem
from sitegen.site.index import Site
from sitegen.source.fieldtypes import Day, When
from sitegen.source.schema import leaves, place_of
from sitegen.source.yaml_faults import typed
from sitegen.urls import slugify


def check(site: Site) -> list[Problem]:
    """What every check finds in every post."""
    return [
        fault for entry in site.entries.values() for rule in CHECKS for fault in rule(entry, site)
    ]


def _fault(code: str, message: str, entry: Entry, at: str, severity: Severity, fix: str) -> Problem:
    place = place_of(entry.document.places, at)
    path = f"content/{entry.document.path}"
    return problem(code, message, path, place, severity=severity, fix=fix)


def typed_prefix(entry: Entry, site: Site) -> Iterator[Problem]:
    """A title that repeats the prefix which its series puts before it."""
    series = site.facts.series.get(getattr(entry.front, "series", None) or "")
    start, colon, rest = entry.front.title.partition(":")
    if series and series.prefix and colon and _folded(start) == _folded(series.prefix):
        message = f'"{series.prefix}:" is put before the title already, by the series'
        fix = f"title: {typed(rest.strip())}"
        yield _fault("typed-prefix", message, entry, "title", Severity.WARNING, fix)


def _folded(text: str) -> str:
    """A text whatever its case, spaces and marks are: ``CEO's`` is ``ceo’s``."""
    return slugify(text) or text


def names_itself(entry: Entry, site: Site) -> Iterator[Problem]:
    """A post that is its own parent, original or replacement."""
    for at in ("parent", "translation_of"):
        name = getattr(entry.front, at, None)
        if name and site.refs.get(name) == entry.ref:
            message = f'"{at}" names this post itself'
            yield _fault("names-itself", message, entry, at, Severity.ERROR, "name another post")


def translates_a_translation(entry: Entry, site: Site) -> Iterator[Problem]:
    """A translation names the post that was written first, so that all lead to one."""
    original = site.entries.get(entry.original or "")
    if original and original.original and original.ref != entry.ref:
        message = f'"{entry.front.translation_of}" is a translation itself'
        fix = f"translation_of: {original.original}"
        yield _fault("not-the-original", message, entry, "translation_of", Severity.ERROR, fix)


def follows_news(entry: Entry, site: Site) -> Iterator[Problem]:
    """Only news shows its follow-ups, so only news can be followed up."""
    for i, name in enumerate(getattr(entry.front, "updates", ())):
        other = site.find(name)
        if other and other.kind != "news":
            message = f'"{name}" is no news story'
            fix = "use related: to name posts of other kinds"
            yield _fault("follow-up", message, entry, f"updates.{i}", Severity.ERROR, fix)


FAR = 10  # years


def far_off(documents: Iterable[Document], today: date) -> Iterator[Problem]:
    """Advice on days over ten years ahead: a slip of the finger, such as 2062 for 2026."""
    for document in documents:
        for at, type_, value in leaves(document.front) if document.front else ():
            if not isinstance(type_, Day | When):
                continue
            day = value.day if isinstance(value, Moment) else value
            if day.year > today.year + FAR:
                message = f"{show_date(day)} is over {FAR} years ahead"
                path, place = f"content/{document.path}", place_of(document.places, at)
                yield problem(
                    "far-date",
                    message,
                    path,
                    place,
                    fix="check the year",
                    severity=Severity.ADVICE,
                )


CHECKS: tuple[Callable[[Entry, Site], Iterable[Problem]], ...] = (
    typed_prefix,
    names_itself,
    translates_a_translation,
    follows_news,
)
