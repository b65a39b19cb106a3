"""Entries → the parts that several views share: cards, heads, dates, people, documents.

A ``Desk`` is what the planners of ``outputs/`` work at: the published Site, its resolved links
and the addresses of assets. Every address that leaves here is ready for ``href``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from html import escape

from sitegen import clock
from sitegen.facts import Organisation
from sitegen.kinds import KINDS, states
from sitegen.links import Links
from sitegen.model import (
    Body,
    Card,
    Entry,
    File,
    FileLink,
    Html,
    LinkTo,
    Person,
    Picture,
    StateMark,
    When,
)
from sitegen.schedule import Validity
from sitegen.site import Site
from sitegen.views import ActionView, Head

RIGHT_TO_LEFT = frozenset(
    ["ar", "arc", "ckb", "dv", "fa", "he", "ku-Arab", "ps", "sd", "ug", "ur", "yi"]
)
LIST_PATHS = {kind.name: f"/{kind.folder}/" for kind in KINDS.values() if kind.listed}
Assets = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What planners work with. ``assets`` maps an asset's name to its site path.

    ``sheet`` is the style sheet; ``files`` are the design's other files by path.
    """

    site: Site
    links: Links
    assets: Assets
    sheet: str
    files: Mapping[str, File]
    validity: Validity
    cards: dict[str, Card] = dataclass_field(default_factory=dict)

    def href(self, path: str) -> str:
        """A site path as a link within the site."""
        return self.site.config.base.href(path)

    def absolute(self, path: str) -> str:
        """A site path as an absolute URL."""
        return self.site.config.base.absolute(path)


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


def day(when: dt.date) -> When:
    """A day to show."""
    return When(iso=when.isoformat(), text=clock.show_date(when))


def direction(lang: str) -> str:
    """``rtl`` for languages written from right to left, else ``ltr``."""
    return "rtl" if lang in RIGHT_TO_LEFT or lang.split("-")[0] in RIGHT_TO_LEFT else "ltr"


def state_of(entry: Entry) -> StateMark | None:
    """The state of a consultation, in words."""
    if entry.kind != "consultation":
        return None
    return states.mark(entry.front, entry.state)  # type: ignore[arg-type]


def mark_of(entry: Entry) -> str | None:
    """What a preview marks a post with."""
    return None if entry.status == "published" else entry.status


def card(entry: Entry, desk: Desk) -> Card:
    """A post as lists show it; made once."""
    if entry.ref not in desk.cards:
        desk.cards[entry.ref] = _card(entry, desk)
    return desk.cards[entry.ref]


def cards(entries: Iterable[Entry], desk: Desk) -> tuple[Card, ...]:
    """Posts as lists show them."""
    return tuple(card(entry, desk) for entry in entries)


def _card(entry: Entry, desk: Desk) -> Card:
    site, front = desk.site, entry.front
    author = person(entry, desk)
    dated = KINDS[entry.kind].dated and entry.shown_day
    run_by = getattr(front, "run_by", ())
    return Card(
        kind=entry.kind,
        kind_label=KINDS[entry.kind].label,
        title=front.title,
        url=desk.href(entry.url),
        summary=entry.summary,
        prefix=prefix_of(entry, site),
        date=day(entry.shown_day) if dated and entry.shown_day else None,
        author=author.name if author and entry.kind == "blog" else None,
        run_by=tuple(organisation(name, site).label for name in run_by),
        state=state_of(entry),
        lang=entry.lang if entry.lang != site.config.language else None,
        mark=mark_of(entry),
    )


def link_to(entry: Entry | None, desk: Desk) -> LinkTo | None:
    """A link to a post, by its title."""
    if entry is None:
        return None
    return LinkTo(label=title_of(entry, desk.site), url=desk.href(entry.url))


def organisation(name: str, site: Site) -> LinkTo:
    """An organisation by id, with what became of it; any other name as it is."""
    known = site.facts.organisations.get(name)
    if known is None:
        return LinkTo(label=name)
    return LinkTo(label=known.name, url=known.url, note=_fate(known, site))


def _fate(body: Organisation, site: Site) -> str | None:
    if body.until is None:
        return None
    words = f"until {clock.show_date(body.until)}"
    successor = site.facts.organisations.get(body.successor or "")
    return f"{words}; followed by {successor.name}" if successor else words


def person(entry: Entry, desk: Desk) -> Person | None:
    """Who wrote a post: a person, an organisation, or a name."""
    name, facts = entry.front.author, desk.site.facts
    if not name:
        return None
    if known := facts.people.get(name):
        photo = desk.links.files.get((f"people/{name}", "photo"))
        src = desk.href(photo.address) if photo else None
        return Person(name=known.name, role=known.role, photo=src, bio=known.bio)
    return Person(name=organisation(name, desk.site).label)


def picture(entry: Entry, desk: Desk) -> Picture | None:
    """The lead image of a post."""
    image = entry.front.image
    found = desk.links.files.get((entry.ref, "image.src"))
    if image is None or found is None:
        return None
    return Picture(
        src=desk.href(found.address),
        alt=image.alt or "",
        caption=image.caption,
        credit=image.credit,
    )


def html(entry: Entry, at: str, desk: Desk, *, absolute: bool = False) -> Html | None:
    """The HTML of a post's body (``at`` empty) or Markdown field, its links resolved."""
    document = entry.document
    body = document.prose.get(at) if at else document.body
    if body is None:
        return None
    addresses = desk.links.bodies[entry.ref, at]
    show = desk.absolute if absolute else desk.href
    if absolute:
        addresses = tuple(entry.url + a if a.startswith("#") else a for a in addresses)
    return join(body, [show(address) for address in addresses])


def join(body: Body, addresses: Iterable[str]) -> Html:
    """A body's parts with an address at each cut."""
    first, *rest = body.parts
    pairs = zip(addresses, rest, strict=True)
    return Html(first + "".join(escape(address) + part for address, part in pairs))


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


def home_crumb(desk: Desk) -> LinkTo:
    """The first breadcrumb."""
    return LinkTo(label="Home", url=desk.href("/"))


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
) -> Head:
    """The head of the page at a site path. ``feeds`` are (title, site path) besides the site's."""
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
        crumbs=(home_crumb(desk), *crumbs) if path != "/" else (),
        feeds=tuple(LinkTo(label=label, url=desk.href(feed)) for label, feed in feeds),
        noindex=noindex or config.noindex,
    )
