"""The archive by date: all years, and each year. (A month is a list: ``lists.py``.)"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from sitegen.model import Address, Entry, Output, Rendered
from sitegen.outputs.lists import NO_DAY, months
from sitegen.pages import machines, present
from sitegen.pages.desk import Desk
from sitegen.shown import LinkTo
from sitegen.site.index import Site
from sitegen.urls import output_path
from sitegen.views.lists import ArchiveView, Line, MonthLines, TagCount, YearCount, YearView

PATH = "/archive/"
Year = dict[int, tuple[Entry, ...]]  # the posts of each month


def years(site: Site) -> dict[int, Year]:
    """The posts of each month, by year, newest first."""
    found: dict[int, Year] = {}
    for (year, month), entries in months(site).items():
        found.setdefault(year, {})[month] = entries
    return found


def addresses(site: Site) -> Iterator[Address]:
    """The archive and its years."""
    yield Address(path=PATH, owner="the archive")
    for year in years(site):
        yield Address(path=f"{PATH}{year}/", owner=f"the archive of {year}")


def outputs(desk: Desk) -> Iterator[Output]:
    """The archive and its years."""
    by_year = years(desk.site)
    filled = {year: of_year for year, of_year in by_year.items() if any(of_year.values())}
    make = partial(_archive, filled, desk)
    yield Rendered(path=output_path(PATH), template="archive.html", make=make, texts=())
    for year, of_year in by_year.items():
        path, make_year = output_path(f"{PATH}{year}/"), partial(_year, year, of_year, filled, desk)
        yield Rendered(path=path, template="year.html", make=make_year, texts=())


def _archive(by_year: dict[int, Year], desk: Desk) -> ArchiveView:
    title = desk.site.words.text("archive")
    intro = desk.site.words.text("intro_archive")
    head = machines.of_list(present.head(PATH, title, desk, description=intro, section=PATH), desk)
    rows = tuple(_year_count(year, of_year, desk) for year, of_year in by_year.items())
    return ArchiveView(head=head, title=title, intro=intro, years=rows)


def _year_count(year: int, of_year: Year, desk: Desk) -> YearCount:
    return YearCount(
        label=str(year),
        url=desk.href(f"{PATH}{year}/"),
        count=sum(len(entries) for entries in of_year.values()),
        months=tuple(
            TagCount(
                label=desk.site.words.month_name(month),
                url=desk.href(f"{PATH}{year}/{month:02}/"),
                count=len(entries),
                description=None,
            )
            for month, entries in of_year.items()
            if entries
        ),
    )


def _year(year: int, of_year: Year, filled: Iterable[int], desk: Desk) -> YearView:
    words = desk.site.words
    crumbs = [LinkTo(label=words.text("archive"), url=desk.href(PATH))]
    title = words.text("archive_of", year=str(year))
    about = words.text("intro_archive_of", when=str(year))
    path = f"{PATH}{year}/"
    head = present.head(path, title, desk, crumbs=crumbs, description=about, section=PATH)
    others = (y for y in filled if y != year)
    return YearView(
        head=machines.of_list(head, desk),
        title=str(year),
        count=sum(len(entries) for entries in of_year.values()),
        months=tuple(
            MonthLines(
                label=desk.site.words.month_name(month),
                url=desk.href(f"{PATH}{year}/{month:02}/"),
                count=len(entries),
                lines=tuple(_line(entry, desk) for entry in entries),
            )
            for month, entries in of_year.items()
            if entries
        ),
        siblings=tuple(LinkTo(label=str(y), url=desk.href(f"{PATH}{y}/")) for y in others),
    )


def _line(entry: Entry, desk: Desk) -> Line:
    language = desk.site.config.language
    return Line(
        date=present.day(entry.front.date or NO_DAY, desk.site.words),
        kind_label=desk.site.words.text(f"kind_{entry.kind}"),
        title=present.title_of(entry, desk.site),
        url=desk.href(entry.url),
        lang=entry.lang if entry.lang != language else None,
    )
