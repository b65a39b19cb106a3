"""Entries → the parts that several views share: cards, heads, dates, people, documents.

A ``Desk`` is what the planners of ``outputs/`` work at: the published Site, its resolved links
and the addresses of assets. Every address that leaves here is ready for ``href``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from dataclasses import field as dataclass_field
from functools import partial
from html import escape

from sitegen import glossing, pictures
from sitegen.facts import Organisation
from sitegen.glossing import Order
from sitegen.kinds import KINDS, states
from sitegen.links import Links
from sitegen.model import (
    Acronym,
    Body,
    Card,
    Embedded,
    Entry,
    File,
    FileLink,
    Html,
    LinkTo,
    Person,
    Picture,
    Shape,
    StateMark,
    When,
)
from sitegen.schedule import Validity
from sitegen.site import Site
from sitegen.urls import output_path
from sitegen.views import ActionView, Alternate, Head, SharedImage
from sitegen.words import Say, Words, direction

LIST_PATHS = {kind.name: f"/{kind.folder}/" for kind in KINDS.values() if kind.listed}
Assets = Mapping[str, str]
Glosses = Mapping[str, tuple[str, ...]]  # by field, the HTML for each of its acronyms


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What planners work with. ``assets`` maps an asset's name to its site path.

    ``sheet`` is the style sheet, ``script`` what stands in every page; ``files`` are the
    design's other files by path. ``shapes`` are those of pictures, by digest.
    """

    site: Site
    links: Links
    assets: Assets
    sheet: str
    files: Mapping[str, File]
    validity: Validity
    script: str = ""
    shapes: Mapping[str, Shape] = dataclass_field(default_factory=dict)
    cards: dict[str, Card] = dataclass_field(default_factory=dict)
    glosses: dict[tuple[str, Order], Glosses] = dataclass_field(default_factory=dict)

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
    if body.until is None:
        return None
    successor = site.facts.organisations.get(body.successor or "")
    if successor:
        return words.html("body_followed", until=body.until, successor=successor.name)
    return words.html("body_until", until=body.until)


def person(entry: Entry, desk: Desk, words: Words) -> Person | None:
    """Who wrote a post: a person, an organisation, or a name."""
    name, facts = entry.front.author, desk.site.facts
    if not name:
        return None
    if known := facts.people.get(name):
        found = desk.links.files.get((f"people/{name}", "photo"))
        photo = _portrait(found.address, desk) if found else None
        return Person(name=known.name, role=known.role, photo=photo, bio=known.bio)
    return Person(name=organisation(name, desk.site, words).label)


def picture(entry: Entry, desk: Desk) -> Picture | None:
    """The lead image of a post."""
    image = entry.front.image
    found = desk.links.files.get((entry.ref, "image.src"))
    if image is None or found is None:
        return None
    return replace(
        pictured(found.address, desk, sizes=pictures.IN_COLUMN),
        alt=image.alt or "",
        caption=image.caption,
        credit=image.credit,
        lazy=False,
    )


def share_image(entry: Entry, desk: Desk) -> SharedImage | None:
    """The lead image, for those who show a link to the page; no SVG, which few of them can."""
    found = picture(entry, desk)
    if found is None or found.src.lower().endswith(".svg"):
        return None
    url = desk.absolute(desk.links.files[entry.ref, "image.src"].address)
    return SharedImage(url=url, width=found.width, height=found.height, alt=found.alt)


def _portrait(address: str, desk: Desk) -> Picture:
    return pictured(address, desk, at=pictures.PORTRAIT_WIDTHS, sizes=pictures.PORTRAIT)


def pictured(
    address: str, desk: Desk, *, at: Iterable[int] = pictures.WIDTHS, sizes: str | None = None
) -> Picture:
    """The picture at a site path, with its variants where the site has any.

    ``sizes`` says how wide it is shown, when that isn't as in a text.
    """
    path = output_path(address.partition("#")[0])
    file = desk.links.copies.get(path)
    shape = desk.shapes.get(file.digest) if file else None
    if file is None or shape is None:
        return Picture(src=desk.href(address), alt="", lazy=True)
    made = pictures.variants(path, file, shape, at) if desk.site.config.images else ()
    return Picture(
        src=desk.href(address),
        alt="",
        width=shape.width,
        height=shape.height,
        srcset=pictures.srcset(made, desk.href),
        sizes=(sizes or pictures.sizes(shape)) if made else None,
        lazy=True,
    )


def html(
    entry: Entry, at: str, desk: Desk, *, absolute: bool = False, order: Order | None = None
) -> Html | None:
    """The HTML of a post's body (``at`` empty) or Markdown field, its holes filled.

    ``order`` are the fields that are read with it, where these are not the page's.
    """
    body = entry.document.text(at)
    if body is None:
        return None
    addresses = desk.links.bodies[entry.ref, at]
    show = desk.absolute if absolute else desk.href
    if absolute:
        addresses = tuple(entry.url + a if a.startswith("#") else a for a in addresses)
    image = partial(_embedded, desk=desk, absolute=absolute)
    glosses = _glosses(entry, order or KINDS[entry.kind].reading_order, desk).get(at)
    return join(body, fillings(body, addresses, show, image, glosses))


def _glosses(entry: Entry, order: Order, desk: Desk) -> Glosses:
    """What is shown for each acronym of a post: decided once for all that is read together."""
    if (entry.ref, order) not in desk.glosses:
        bodies = glossing.read_in(entry, order, desk.site)
        glossed = glossing.gloss(bodies.values(), desk.site.facts.glossary, desk.site.words)
        desk.glosses[entry.ref, order] = dict(zip(bodies, glossed, strict=True))
    return desk.glosses[entry.ref, order]


def embedded(address: str, image: Embedded) -> str:
    """The HTML of an image in a body, of which no more is known."""
    return pictures.element(Picture(src=address, alt=""), image.attributes)


def _embedded(address: str, image: Embedded, desk: Desk, absolute: bool) -> str:
    """The HTML of an image in a body; where it is shown by others, a plain one."""
    found = pictured(address, desk)
    if absolute:
        found = replace(found, src=desk.absolute(address), srcset=None, lazy=False)
    return pictures.element(found, image.attributes)


def fillings(
    body: Body,
    addresses: Iterable[str],
    show: Callable[[str], str] = str,
    image: Callable[[str, Embedded], str] = embedded,
    glosses: Iterable[str] | None = None,
) -> Iterator[str]:
    """What is shown in each hole of a body. ``addresses`` are those of its links and images.

    Acronyms are shown as they were typed where there are no ``glosses``.
    """
    following = iter(addresses)
    glossed = iter(map(glossing.as_typed, body.acronyms) if glosses is None else glosses)
    for hole in body.holes:
        if isinstance(hole, Acronym):
            yield next(glossed)
        elif isinstance(hole, Embedded):
            yield image(next(following), hole)
        else:
            yield escape(show(next(following)))


def join(body: Body, fillings: Iterable[str]) -> Html:
    """A body's parts with some HTML in each hole."""
    first, *rest = body.parts
    return Html(
        first + "".join(f"{filling}{part}" for filling, part in zip(fillings, rest, strict=True))
    )


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
        feeds=tuple(LinkTo(label=label, url=desk.href(feed)) for label, feed in feeds),
        noindex=noindex or config.noindex,
        alternates=tuple(Alternate(lang=tag, url=url) for tag, url in alternates),
        policy=policy,
    )
