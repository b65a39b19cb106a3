"""Entries → the parts that several views share: cards, heads, dates, people, documents.

Every address that leaves here is ready for ``href``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from sitegen.kinds import KINDS, states
from sitegen.model import Entry, File
from sitegen.pages.album import portrait
from sitegen.pages.desk import Desk
from sitegen.shown import Card, FileLink, LinkTo, Person, StateMark, When
from sitegen.site.index import Site
from sitegen.source.facts import Organisation
from sitegen.source.words import Say, Words, direction
from sitegen.views.frame import Alternate, FeedLink, Head
from sitegen.views.post import ActionView

LIST_PATHS = {kind.name: f"/{kind.folder}/" for kind in KINDS.values() if kind.listed}


def title_of(entry: Entry, site: Site) -> str:
    """The title with its series' prefix, as lists of links and feeds show it."""
    prefix = prefix_of(entry, site)
    return f"{prefix}: {entry.front.title}" if prefix else entry.front.title


def nav_title_of(entry: Entry) -> str:
    """The title as navigation shows it."""
    return getattr(entry.front, "nav_title", None) or entry.front.title


def prefix_of(entry: Entry, site: Site) -> str | None:
    """The prefix that the series of a post gives its title."""
    series = site.facts.series.get(getattr(entry.front, "series", None) or "")
    return series.prefix if series else None


def words_of(entry: Entry, desk: Desk) -> Words:
    """The words of a post's language."""
    return desk.site.wordbook.of(entry.lang)


def day(when: dt.date, words: Words) -> When:
    """A day to show."""
    return When(iso=when.isoformat(), text=words.day(when))


def states_of(entry: Entry, desk: Desk, say: Say) -> tuple[StateMark, ...]:
    """The state of a consultation now, and those that the date alone will bring."""
    if entry.kind != "consultation":
        return ()
    site = desk.site
    return states.marks(entry.front, site.now, site.config.tz, say)  # type: ignore[arg-type]


def mark_of(entry: Entry, words: Words) -> str | None:
    """What a preview marks a post with."""
    return None if entry.status == "published" else words.text(f"mark_{entry.status}")


def card(entry: Entry, desk: Desk) -> Card:
    """A post as lists show it, in the words of the site; made once."""
    if entry.ref not in desk.cards:
        desk.cards[entry.ref] = _card(entry, desk)
    return desk.cards[entry.ref]


def cards(entries: Iterable[Entry], desk: Desk) -> tuple[Card, ...]:
    """Posts as lists show them."""
    return tuple(card(entry, desk) for entry in entries)


def _card(entry: Entry, desk: Desk) -> Card:
    site, front = desk.site, entry.front
    dated = KINDS[entry.kind].dated and entry.shown_day
    return Card(
        kind=entry.kind,
        kind_label=site.words.text(f"kind_{entry.kind}"),
        title=front.title,
        url=desk.href(entry.url),
        summary=entry.summary,
        prefix=prefix_of(entry, site),
        date=day(entry.shown_day, site.words) if dated and entry.shown_day else None,
        by=_by(entry, desk),
        states=states_of(entry, desk, site.words.html),
        lang=entry.lang if entry.lang != site.config.language else None,
        mark=mark_of(entry, site.words),
    )


def _by(entry: Entry, desk: Desk) -> str | None:
    """Who runs a consultation, or who wrote a blog post, in the words of the site."""
    site = desk.site
    if run_by := getattr(entry.front, "run_by", ()):
        names = ", ".join(organisation(name, site, site.words).label for name in run_by)
        return site.words.text("run_by_names", names=names)
    author = person(entry, desk, site.words) if entry.kind == "blog" else None
    return site.words.text("by", name=author.name) if author else None


def link_to(entry: Entry | None, desk: Desk) -> LinkTo | None:
    """A link to a post, by its title."""
    if entry is None:
        return None
    return LinkTo(label=title_of(entry, desk.site), url=desk.href(entry.url))


def organisation(name: str, site: Site, words: Words) -> LinkTo:
    """An organisation by id, with what became of it; any other name as it is."""
    known = site.facts.organisations.get(name)
    if known is None:
        return LinkTo(label=name)
    return LinkTo(label=known.name, url=known.url, note=_fate(known, site, words))


def _fate(body: Organisation, site: Site, words: Words) -> str | None:
    successor = site.facts.organisations.get(body.successor or "")
    return words.fate(body.until, successor.name if successor else "")


def person(entry: Entry, desk: Desk, words: Words) -> Person | None:
    """Who wrote a post: a person, an organisation, or a name."""
    name, facts = entry.front.author, desk.site.facts
    if not name:
        return None
    if known := facts.people.get(name):
        found = desk.links.files.get((f"people/{name}", "photo"))
        photo = portrait(found.address, desk) if found else None
        return Person(name=known.name, role=known.role, photo=photo, bio=known.bio)
    return Person(name=organisation(name, desk.site, words).label)


def file_link(entry: Entry, at: str, title: str, desk: Desk) -> FileLink | None:
    """The document that a field names, with its type and size."""
    found = desk.links.files.get((entry.ref, at))
    if found is None:
        return None
    note = type_and_size(found.file) if found.file else None
    return FileLink(title=title, url=desk.href(found.address), note=note)


def type_and_size(file: File) -> str:
    """``PDF, 1.2MB``: as the NHS content guide writes it."""
    kind = file.source.suffix.lstrip(".").upper()
    kb = max(1, round(file.size / 1000))
    return f"{kind}, {kb}KB" if kb < 1000 else f"{kind}, {file.size / 1_000_000:.1f}MB"


def actions(names: Iterable[str], desk: Desk) -> tuple[ActionView, ...]:
    """Calls to action by id."""
    known = (desk.site.facts.actions.get(name) for name in names)
    return tuple(
        ActionView(title=a.title, text=a.text, button=a.button, url=desk.href(a.url))
        for a in known
        if a
    )


def tag_link(tag: str, desk: Desk) -> LinkTo:
    """A tag by id."""
    return LinkTo(label=desk.site.book.tags[tag].label, url=desk.href(f"/tags/{tag}/"))


def home_crumb(desk: Desk, words: Words) -> LinkTo:
    """The first breadcrumb."""
    return LinkTo(label=words.text("home"), url=desk.href("/"))


def head(
    path: str,
    title: str,
    desk: Desk,
    *,
    crumbs: Iterable[LinkTo] = (),
    description: str | None = None,
    lang: str | None = None,
    section: str | None = None,
    feeds: Iterable[tuple[str, str]] = (),
    noindex: bool = False,
    alternates: Iterable[tuple[str, str]] = (),
    policy: str | None = None,
) -> Head:
    """The head of the page at a site path. ``feeds`` are (title, site path) besides the site's.

    ``alternates`` are (language, absolute URL); a ``policy`` takes the place of the site's.
    """
    config = desk.site.config
    lang = lang or config.language
    return Head(
        url=desk.href(path),
        canonical=desk.absolute(path),
        title=title,
        description=description,
        lang=lang,
        dir=direction(lang),
        section=desk.href(section) if section else None,
        crumbs=(home_crumb(desk, desk.site.wordbook.of(lang)), *crumbs) if path != "/" else (),
        feeds=tuple(
            FeedLink(label=title, url=desk.href(f"{feed}.xml"), json=desk.href(f"{feed}.json"))
            for title, feed in ((title, feed.removesuffix(".xml")) for title, feed in feeds)
        ),
        noindex=noindex or config.noindex,
        alternates=tuple(Alternate(lang=tag, url=url) for tag, url in alternates),
        policy=policy,
    )
