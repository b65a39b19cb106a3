"""The editors' dashboard: what waits, what falls due, and advice, file by file.

It is shown by the preview alone, and is never part of the site.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape
from itertools import groupby
from urllib.parse import urlencode

from sitegen import clock, problems
from sitegen.kinds import consultation, states
from sitegen.model import Document, Entry
from sitegen.problems import Problem, Severity
from sitegen.site import schedule
from sitegen.site.index import Site
from sitegen.site.schedule import Event

SOON = timedelta(days=28)
ORPHAN = "orphan"  # the code of the advice on posts that nothing links to


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A post: its title, its file in content/, its site path (None: it has no page), a note."""

    title: str
    file: str
    path: str | None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Posts that have something in common. ``nothing`` is said where there are none."""

    title: str
    rows: tuple[Row, ...]
    nothing: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """A moment at which the site changes: ``at`` as --now takes it, and in words ``when``.

    ``what`` happens then; ``path`` is the site path of the page to see it on.
    """

    at: str
    when: str
    what: str
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dashboard:
    """All that editors may want to do. ``coming`` are the moments at which the site changes."""

    sections: tuple[Section, ...]
    coming: tuple[Coming, ...]
    faults: tuple[Problem, ...]
    advice: tuple[Problem, ...]


def dashboard(
    site: Site,
    documents: Iterable[Document],
    events: Iterable[Event],
    found: Iterable[Problem],
) -> Dashboard:
    """The dashboard of a preview's Site, with what is ``found`` in its files, advice included."""
    found, tz = tuple(found), site.config.tz
    public = [e for e in site.posts if e.status == "published"]
    coming = [e for e in schedule.agenda(events, site.now, tz, SOON.days).coming if e.visible]
    return Dashboard(
        sections=(
            Section(title="Drafts", rows=_drafts(site, documents), nothing="No drafts."),
            _section("Scheduled", site.posts, _scheduled, site, "Nothing waits to appear."),
            _section("Closing soon", public, _closing, site, "Nothing closes within four weeks."),
            _section("Outcomes overdue", public, _outcome, site, "No outcome is overdue."),
            _section("Reviews overdue", public, _review, site, "No review is overdue."),
            Section(
                title="Nothing links here",
                rows=_orphans(site, found),
                nothing="Every page can be reached.",
            ),
        ),
        coming=tuple(_coming_of(event, site) for event in coming),
        faults=tuple(p for p in found if p.severity is not Severity.ADVICE),
        advice=tuple(p for p in found if p.severity is Severity.ADVICE),
    )


def _coming_of(event: Event, site: Site) -> Coming:
    entry, tz = site.entries.get(event.ref), site.config.tz
    return Coming(
        at=f"{event.at.astimezone(tz):%Y-%m-%dT%H:%M}",
        when=schedule.shown(event, tz),
        what=f"{event.title} {event.what}",
        path=entry.url if entry else "/",
    )


Dated = tuple[date, str]  # the day that matters of a post, and what to say of it
Note = Callable[[Entry, Site], Dated | None]  # None leaves the post out


def _section(title: str, entries: Iterable[Entry], note: Note, site: Site, nothing: str) -> Section:
    """A section of what has a day, the earliest first."""
    noted = [(dated, entry) for entry in entries if (dated := note(entry, site))]
    noted.sort(key=lambda row: (row[0], row[1].ref))
    rows = tuple(_row(entry, words) for (_, words), entry in noted)
    return Section(title=title, rows=rows, nothing=nothing)


def _row(entry: Entry, note: str = "") -> Row:
    file = f"content/{entry.document.path}"
    return Row(title=entry.front.title, file=file, path=entry.url, note=note)


def _drafts(site: Site, documents: Iterable[Document]) -> tuple[Row, ...]:
    """Every draft; one with faults has no page yet."""
    pages = {e.document.path: e.url for e in site.posts}
    return tuple(
        Row(
            title=d.front.title or str(d.path),
            file=f"content/{d.path}",
            path=pages.get(d.path),
            note="" if d.path in pages else "has faults",
        )
        for d in documents
        if d.front and d.front.draft
    )


def _scheduled(entry: Entry, site: Site) -> Dated | None:
    if entry.status != "scheduled" or entry.visible_from is None:
        return None
    local = entry.visible_from.astimezone(site.config.tz)
    whole = clock.begins_day(local, site.config.tz)
    at = "" if whole else f"at {clock.show_time(local.time())} "
    return local.date(), f"appears {at}on {clock.show_date(local.date())}"


def _closing(entry: Entry, site: Site) -> Dated | None:
    front = entry.front
    if not isinstance(front, consultation.Consultation) or not front.closing_date:
        return None
    closes = front.closing_date
    if entry.state != "open" or not entry.current or closes.day > _today(site) + SOON:
        return None
    return closes.day, f"closes at {clock.show_closing(closes)}"


def _outcome(entry: Entry, site: Site) -> Dated | None:
    front = entry.front
    if not isinstance(front, consultation.Consultation) or entry.state != "closed":
        return None
    due = states.outcome_due(front)
    overdue = entry.current and not front.final_outcome and due < _today(site)
    return (due, f"due on {clock.show_date(due)}") if overdue else None


def _review(entry: Entry, site: Site) -> Dated | None:
    due = entry.front.next_review_due
    if due is None or not entry.current or due >= _today(site):
        return None
    return due, f"due on {clock.show_date(due)}"


def _today(site: Site) -> date:
    return site.now.astimezone(site.config.tz).date()


def _orphans(site: Site, found: Iterable[Problem]) -> tuple[Row, ...]:
    files = {p.path for p in found if p.code == ORPHAN}
    return tuple(_row(e) for e in site.posts if f"content/{e.document.path}" in files)


# As HTML. The words are in English, as all that sitegen tells editors.


def as_html(shown: Dashboard, *, prefix: str, on: str) -> str:
    """The dashboard as a page. ``prefix`` is the path of base_url, ``on`` that of the day."""
    parts = [*_sections(shown, prefix), *_coming(shown, prefix, on), *_by_file(shown)]
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<link rel="icon" href="data:,"><title>Dashboard</title></head>'
        '<body class="sitegen-dashboard"><header><h1>Dashboard</h1>'
        f'<p><a href="{escape(prefix)}/">The site</a></p></header><main>'
        f"{''.join(parts)}</main></body></html>\n"
    )


def _sections(shown: Dashboard, prefix: str) -> Iterator[str]:
    for section in shown.sections:
        rows = "".join(_item(row, prefix) for row in section.rows)
        yield (
            f"<section><h2>{escape(section.title)} <span>({len(section.rows)})</span></h2>"
            + (f"<ul>{rows}</ul>" if rows else f"<p>{escape(section.nothing)}</p>")
            + "</section>"
        )


def _item(row: Row, prefix: str) -> str:
    title = escape(row.title)
    link = f'<a href="{escape(prefix + row.path)}">{title}</a>' if row.path else title
    note = f" – {escape(row.note)}" if row.note else ""
    return f"<li>{link}{note} <code>{escape(row.file)}</code></li>"


def _coming(shown: Dashboard, prefix: str, on: str) -> Iterator[str]:
    """What comes by itself, each with the way to what readers see then."""
    if shown.coming:
        yield "<section><h2>Coming up</h2><ul>"
        for row in shown.coming:
            asked = urlencode({"on": row.at, "back": prefix + row.path})
            words = escape(f"{row.when}: {row.what}")
            yield f'<li><a href="{on}?{escape(asked)}">{words}</a></li>'
        yield "</ul></section>"


def _by_file(shown: Dashboard) -> Iterator[str]:
    """Faults, and advice by file; the file with the most comes first."""
    for title, found in (("Faults", shown.faults), ("Advice", shown.advice)):
        yield f"<section><h2>{title} <span>({len(found)})</span></h2>"
        if not found:
            yield f"<p>No {title.lower()}.</p>"
        groups = [(path, [*group]) for path, group in groupby(found, key=lambda p: p.path)]
        for path, group in sorted(groups, key=lambda g: (-len(g[1]), g[0])):
            yield _file(path, group)
        yield "</section>"


def _file(path: str, found: Sequence[Problem]) -> str:
    return (
        f"<details><summary><code>{escape(path)}</code> ({len(found)})</summary>"
        f"{problems.as_html(found)}</details>"
    )
