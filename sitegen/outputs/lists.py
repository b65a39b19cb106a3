"""The lists of posts, in pages of ten: of each kind, each tag, each series and each month."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import groupby

from sitegen.kinds import KINDS
from sitegen.model import Address, Entry, Output, Rendered
from sitegen.outputs import calendar
from sitegen.pages import machines, present
from sitegen.pages.desk import Desk
from sitegen.pages.present import LIST_PATHS
from sitegen.shown import LinkTo
from sitegen.site.index import Site
from sitegen.urls import output_path, page_path
from sitegen.views.lists import CardGroup, ListView, PageLink, Pager

NO_DAY = dt.date.min
STATES = ("open", "upcoming", "closed", "outcome")  # in the order of their groups


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A list and where it begins. ``crumbs`` are (label, site path); a ``feed`` is a site path."""

    path: str
    title: str
    entries: tuple[Entry, ...]
    intro: str | None = None
    feed: str | None = None
    crumbs: tuple[tuple[str, str], ...] = ()
    by_state: bool = False


@lru_cache(maxsize=2)
def listings(site: Site) -> tuple[Listing, ...]:
    """Every list of the site; several planners ask for them."""
    return (*_of_kinds(site), *_of_tags(site), *_of_series(site), *_of_months(site))


def _of_kinds(site: Site) -> Iterator[Listing]:
    for name, path in LIST_PATHS.items():
        entries = site.by_kind.get(name, ())
        is_consultations = name == "consultation"
        yield Listing(
            path=path,
            title=site.words.text(f"kinds_{name}"),
            intro=site.words.text(f"intro_{name}"),
            entries=by_state(entries) if is_consultations else entries,
            feed=f"{path}feed.xml",
            by_state=is_consultations,
        )


def by_state(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Open first (closing soonest), then opening soon, then awaiting an outcome, then with one."""

    def soonest(entry: Entry) -> tuple[int, int, str]:
        front = entry.front
        rank = STATES.index(entry.state) if entry.state else len(STATES)
        when = front.opening_date if entry.state == "upcoming" else front.closing_date  # type: ignore[attr-defined]
        days = when.day.toordinal() if when else 0
        return rank, days if entry.state in ("open", "upcoming") else -days, entry.ref

    return tuple(sorted(entries, key=soonest))


def _of_tags(site: Site) -> Iterator[Listing]:
    for name, tag in site.book.tags.items():
        yield Listing(
            path=f"/tags/{name}/",
            title=tag.label,
            entries=site.by_tag.get(name, ()),
            intro=tag.description or site.words.text("everything_about", topic=tag.label),
            feed=f"/tags/{name}/feed.xml",
            crumbs=((site.words.text("tags"), "/tags/"),),
        )


def _of_series(site: Site) -> Iterator[Listing]:
    for name, series in site.facts.series.items():
        yield Listing(
            path=f"/series/{name}/",
            title=series.title,
            entries=site.by_series.get(name, ()),
            intro=series.description,
            feed=f"/series/{name}/feed.xml",
            crumbs=((site.words.text("kinds_blog"), "/blog/"),),
        )


def _of_months(site: Site) -> Iterator[Listing]:
    for (year, month), entries in months(site).items():
        yield Listing(
            path=f"/archive/{year}/{month:02}/",
            title=site.words.month(year, month),
            intro=site.words.text("intro_archive_of", when=site.words.month(year, month)),
            entries=entries,
            crumbs=((site.words.text("archive"), "/archive/"), (str(year), f"/archive/{year}/")),
        )


def months(site: Site) -> dict[tuple[int, int], tuple[Entry, ...]]:
    """The posts of each month, newest first.

    A month whose posts have all expired keeps its page: what was an address stays one.
    """
    kept = (e for e in site.entries.values() if KINDS[e.kind].listed and not e.original)
    archived = [e for e in kept if e.front.date]
    archived.sort(key=lambda e: e.front.date or NO_DAY, reverse=True)
    grouped = groupby(archived, key=month_of)
    return {month: tuple(e for e in entries if e.current) for month, entries in grouped}


def month_of(entry: Entry) -> tuple[int, int]:
    """The year and month in which a post was published; (0, 0) without a date."""
    day = entry.front.date
    return (day.year, day.month) if day else (0, 0)


def pages(listing: Listing, size: int) -> list[tuple[Entry, ...]]:
    """A list cut into pages; a list without posts has one, empty."""
    cut = [listing.entries[i : i + size] for i in range(0, len(listing.entries), size)]
    return cut or [()]


def addresses(site: Site) -> Iterator[Address]:
    """The pages of every list."""
    for listing in listings(site):
        for number in range(1, len(pages(listing, site.config.page_size)) + 1):
            owner = f"the list “{listing.title}”"
            path = page_path(listing.path, number)
            # A link to a state is no fault at times when nothing is in it.
            ids = frozenset(STATES if listing.by_state else ())
            yield Address(path=path, owner=owner, ids=ids)


def outputs(desk: Desk) -> Iterator[Output]:
    """The pages of every list."""
    for listing in listings(desk.site):
        cut = pages(listing, desk.site.config.page_size)
        for number, entries in enumerate(cut, 1):
            path = page_path(listing.path, number)
            make = partial(_view, listing, number, len(cut), entries, desk)
            yield Rendered(path=output_path(path), template="list.html", make=make, texts=())


def _view(
    listing: Listing, number: int, total: int, entries: tuple[Entry, ...], desk: Desk
) -> ListView:
    words = desk.site.words
    title = (
        words.text("title_page", title=listing.title, number=number)
        if number > 1
        else listing.title
    )
    head = present.head(
        page_path(listing.path, number),
        title,
        desk,
        crumbs=[LinkTo(label=label, url=desk.href(path)) for label, path in listing.crumbs],
        description=listing.intro,
        section=listing.path,
        feeds=[(listing.title, listing.feed)] if listing.feed else [],
    )
    return ListView(
        head=machines.of_list(head, desk),
        title=listing.title,
        intro=listing.intro,
        count=len(listing.entries),
        groups=_groups(listing, entries, desk),
        pager=_pager(listing, number, total, desk) if total > 1 else None,
        feed=desk.href(listing.feed) if listing.feed else None,
        calendar=desk.href(calendar.PATH) if listing.by_state else None,
    )


def _groups(listing: Listing, entries: tuple[Entry, ...], desk: Desk) -> tuple[CardGroup, ...]:
    if not listing.by_state:
        whole = CardGroup(id="_posts", heading=None, cards=present.cards(entries, desk))
        return (whole,) if entries else ()
    return tuple(
        CardGroup(
            id=state or "undated",
            heading=desk.site.words.text(f"states_{state}" if state else "dates_to_be_set"),
            cards=present.cards(group, desk),
        )
        for state, group in groupby(entries, key=lambda e: e.state)
    )


def _pager(listing: Listing, number: int, total: int, desk: Desk) -> Pager:
    def url(n: int) -> str:
        return desk.href(page_path(listing.path, n))

    near = sorted({1, total, *range(max(1, number - 1), min(total, number + 1) + 1)})
    links: list[PageLink | None] = []
    for before, n in zip([0, *near], near, strict=False):
        if n > before + 1:
            links.append(None)
        links.append(PageLink(number=n, url=None if n == number else url(n)))
    return Pager(
        number=number,
        total=total,
        links=tuple(links),
        previous=url(number - 1) if number > 1 else None,
        next=url(number + 1) if number < total else None,
    )
