"""``urls.lock``: every address that was published. Read, written, and brought up to date.

One line an address: what it leads to (a post's ref, or a file's path in content/) and what else
was known when it was recorded. Sorted, with nothing that counts or dates the whole, so that what
two people add merges. The pages of the archive are not in it: they follow from the posts' days.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote, unquote

from sitegen import clock
from sitegen.kinds.consultation import Consultation
from sitegen.model import Entry, File
from sitegen.outputs import redirects
from sitegen.problems import Place, Problem, problem
from sitegen.site.index import Site
from sitegen.site.targets import DOCUMENTS
from sitegen.urls import site_path

PATH = "urls.lock"
HEAD = """\
# Every address that was published. A build that would lose one fails, and says what to write.
# `sitegen lock` adds what is new; nothing here is written by hand. A page that is out of date is
# withdrawn. Take a line out only when the law wants its page to be found no more.
"""
MARKS = ("<<<<<<<", "|||||||", "=======", ">>>>>>>")  # of a merge that is not finished
SINCE = "%Y-%m-%dT%H:%MZ"
_LINE = re.compile(r"(?P<url>/\S*)\s+(?P<ref>\S+)(?P<more>(?:\s+[a-z]+=\S+)*)")
TAGS, SERIES = "tags.yaml", "series.yaml"  # what the pages of topics and of series lead to


@dataclass(frozen=True, slots=True, kw_only=True)
class Locked:
    """An address that was published, as last recorded.

    It is asked for from the instant ``since``, when it was recorded first: to a build for an
    earlier ``now`` it is no loss. ``closes`` is a consultation's closing date as typed, and
    ``notes`` counts its change notes.
    """

    url: str
    ref: str
    since: datetime | None = None
    closes: str | None = None
    notes: int = 0
    line: int = field(default=0, compare=False)

    @property
    def is_file(self) -> bool:
        """Whether it is a document, and no page."""
        return not self.url.endswith("/") and is_document(PurePosixPath(self.ref))


@dataclass(frozen=True, slots=True, kw_only=True)
class Lock:
    """What ``urls.lock`` says, and what is wrong with it."""

    rows: tuple[Locked, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def consultations(self) -> Mapping[str, Locked]:
        """What was recorded of each consultation, by ref."""
        return {row.ref: row for row in self.rows if row.closes}


# ---- the file


def parse(data: bytes) -> Lock:
    """The file's addresses, each once; a fault for each line that can't be read."""
    rows: dict[str, Locked] = {}
    faults: list[Problem] = []
    for number, line in enumerate(data.decode("utf-8-sig", "replace").splitlines(), 1):
        if line.startswith(MARKS):
            faults.append(_unmerged(number))
        elif line.strip() and not line.startswith("#"):
            try:
                row = _row(line, number)
            except (ValueError, OverflowError):
                faults.append(_unreadable(line, number))
            else:
                first = rows.get(row.url)  # a merge may have brought a line twice
                rows[row.url] = replace(row, since=_earlier(first, row)) if first else row
    return Lock(rows=tuple(rows.values()), problems=tuple(faults))


def _row(line: str, number: int) -> Locked:
    """An address from its line; ValueError when that is none."""
    match = _LINE.fullmatch(line.strip())
    if not match:
        raise ValueError(line)
    known: dict[str, str] = dict(pair.split("=", 1) for pair in match["more"].split())
    if not known.keys() <= {"since", "closes", "notes"}:
        raise ValueError(line)
    since, closes = known.get("since"), known.get("closes")
    return Locked(
        url=match["url"],
        ref=unquote(match["ref"]),
        since=_instant(since) if since else None,
        closes=str(clock.parse_moment(closes)) if closes else None,
        notes=int(known.get("notes", 0)),
        line=number,
    )


def _instant(text: str) -> datetime:
    found = datetime.fromisoformat(text)
    if found.tzinfo is None:
        raise ValueError(text)
    return found.astimezone(UTC)


def _earlier(first: Locked, second: Locked) -> datetime | None:
    """Since when to ask for an address that stands twice."""
    return min(first.since, second.since) if first.since and second.since else None


def _unmerged(number: int) -> Problem:
    message = "two people's changes met here, and have not been put together"
    fix = "delete the lines that begin with <<<<<<<, ======= or >>>>>>>, and keep all others"
    return problem("lock-unmerged", message, PATH, Place(line=number, width=7), fix=fix)


def _unreadable(line: str, number: int) -> Problem:
    message = "this line is not an address and what it led to"
    fix = "put the line back as it was, or delete it and run: sitegen lock"
    return problem("lock-line", message, PATH, Place(line=number, width=len(line)), fix=fix)


def write(rows: Iterable[Locked]) -> str:
    """The text of the file; the same addresses make the same text."""
    return HEAD + "".join(f"{_line(row)}\n" for row in sorted(rows, key=lambda row: row.url))


def _line(row: Locked) -> str:
    return " ".join(
        [
            row.url,
            quote(row.ref),
            *([f"since={row.since.astimezone(UTC):{SINCE}}"] if row.since else []),
            *([f"closes={row.closes.replace(' ', 'T')}"] if row.closes else []),
            *([f"notes={row.notes}"] if row.closes else []),
        ]
    )


# ---- what is published


def published(site: Site, copies: Mapping[PurePosixPath, File]) -> Iterator[Locked]:
    """Every address to keep: of posts and their old ones, documents, topics and series."""
    recorded = partial(Locked, since=site.now.replace(second=0, microsecond=0))
    for entry in site.posts:
        yield recorded(url=entry.url, ref=entry.ref, **_dates(entry))
        for alias in entry.front.aliases:
            yield recorded(url=redirects.canonical(alias), ref=entry.ref)
    for path, file in copies.items():
        if is_document(path):
            ref = file.source.relative_to("content").as_posix()
            yield recorded(url=site_path(path), ref=ref)
    for name in site.facts.tags:
        yield recorded(url=f"/tags/{name}/", ref=TAGS)
    for name in site.facts.series:
        yield recorded(url=f"/series/{name}/", ref=SERIES)


def _dates(entry: Entry) -> dict[str, Any]:
    """What is recorded of a consultation; a translation's dates are its original's."""
    front = entry.front
    if entry.original or not isinstance(front, Consultation):
        return {}
    return {"closes": str(front.closing_date), "notes": len(front.change_notes)}


def is_document(path: PurePosixPath) -> bool:
    """Whether a file is one to download, and no picture."""
    return path.suffix.lstrip(".").lower() in DOCUMENTS


def merged(before: Iterable[Locked], now: Iterable[Locked]) -> tuple[Locked, ...]:
    """What was recorded, brought up to date, with what is new. Nothing is taken out."""
    rows = {row.url: row for row in before}
    for row in now:
        known = rows.get(row.url)
        rows[row.url] = replace(row, since=_earlier(known, row)) if known else row
    return tuple(rows.values())
