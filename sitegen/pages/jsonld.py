"""JSON-LD (JSON-LD 1.1): what a page holds, by the types and properties of schema.org.

A *node* is a thing: its type, perhaps an id, and what is said of it. Addresses are absolute; ids
are the page's own address, or begin with it. Dates are the content's: a day stays a day, a moment
has its offset.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from sitegen import clock
from sitegen.clock import LAST_MINUTE, Moment
from sitegen.kinds.consultation import Consultation, WaysToRespond
from sitegen.model import Entry
from sitegen.pages.desk import Desk
from sitegen.shown import Html
from sitegen.spaces import single
from sitegen.views.frame import Head, SharedImage
from sitegen.views.lists import Letter

Node = dict[str, object]

SCHEMA = "https://schema.org"
WORKS = {"blog": "BlogPosting", "news": "NewsArticle", "explainer": "Article"}
SEARCH = "/search/?q={search_term_string}"
OFFLINE = ("phone", "postal_address", "response_form", "in_person")
MODES = {(True, True): "Mixed", (True, False): "Online", (False, True): "Offline"}
_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_UNSAFE = tuple((c, f"\\u{ord(c):04x}") for c in "<>&\u2028\u2029")


def script(nodes: Iterable[Node]) -> Html:
    """The nodes as JSON for a script element: whatever their texts are, none can end it."""
    graph = {"@context": SCHEMA, "@graph": list(nodes)}
    text = _JSON.encode(graph)
    for character, written in _UNSAFE:
        text = text.replace(character, written)
    return Html(text)


def node(type_: str, at: str = "", /, **said: object) -> Node:
    """A thing of a type, and what is said of it, less what is empty; ``at`` is its id."""
    return {"@type": type_, **({"@id": at} if at else {}), **_said(**said)}


def _said(**said: object) -> Node:
    return {name: value for name, value in said.items() if value}


def _ref(at: object) -> Node:
    """A thing of which another node tells."""
    return {"@id": at}


# ---- pages and the site


def page(head: Head, desk: Desk, type_: str = "WebPage", /, **said: object) -> Node:
    """A page by itself."""
    return node(
        type_,
        head.canonical,
        url=head.canonical,
        name=head.title,
        inLanguage=head.lang,
        isPartOf=_site(desk),
        breadcrumb=_ref(f"{head.canonical}#breadcrumb") if head.crumbs else None,
        **said,
    )


def crumbs(head: Head, desk: Desk) -> Iterator[Node]:
    """The way from the home page to a page, itself included."""
    origin = desk.site.config.base.origin
    above = [(crumb.label, origin + crumb.url) for crumb in head.crumbs if crumb.url]
    way = enumerate([*above, (head.title, head.canonical)], 1)
    items = [node("ListItem", position=i, name=label, item=url) for i, (label, url) in way]
    if above:
        yield node("BreadcrumbList", f"{head.canonical}#breadcrumb", itemListElement=items)


def terms(head: Head, letters: Iterable[Letter]) -> Node:
    """The terms of the glossary, each at its anchor."""
    found = [
        node(
            "DefinedTerm",
            f"{head.canonical}#{term.id}",
            name=term.acronym,
            alternateName=term.meaning,
            description=term.explanation,
        )
        for letter in letters
        for term in letter.terms
    ]
    return node("DefinedTermSet", name=head.title, hasDefinedTerm=found)


def whole_site(head: Head, desk: Desk) -> Node:
    """The site, the organisation whose it is, and how to search it."""
    owner, search = desk.site.config.organisation, desk.site.config.search
    publisher = _publisher(desk)
    if owner:
        publisher |= _said(
            legalName=owner.legal_name,
            email=owner.email,
            telephone=owner.phone,
            address=", ".join((owner.address or "").splitlines()),
        )
    return _site(desk) | _said(
        description=head.description,
        inLanguage=head.lang,
        publisher=publisher,
        potentialAction=_search(desk) if search else None,
    )


def _site(desk: Desk) -> Node:
    home = desk.absolute("/")
    return node("WebSite", f"{home}#website", url=home, name=desk.site.config.title)


def _publisher(desk: Desk) -> Node:
    """The organisation whose site it is; empty where config.yaml doesn't say."""
    owner, home = desk.site.config.organisation, desk.absolute("/")
    return node("Organization", f"{home}#organization", name=owner.name, url=home) if owner else {}


def _search(desk: Desk) -> Node:
    """Words for ``search_term_string`` go into the address (Google's extension of schema.org)."""
    target = node("EntryPoint", urlTemplate=desk.absolute(SEARCH))
    action = node("SearchAction", target=target)
    return {**action, "query-input": "required name=search_term_string"}


# ---- posts


def post(head: Head, entry: Entry, image: SharedImage | None, desk: Desk) -> Iterator[Node]:
    """The page of a post, and the article that it holds or the event that it is about."""
    work = _work(entry, image, desk)
    dates = {
        "lastReviewed": str(entry.front.last_reviewed_on or ""),
        "expires": ends(entry, desk),
    }
    if entry.kind in WORKS:
        yield page(head, desk, **dates)
        yield _article(head, entry, desk, **work)
        return
    event = _closing(head, entry, image, desk)
    about = _ref(event["@id"]) if event else None
    yield page(head, desk, description=head.description, about=about, **dates, **work)
    if event:
        yield event


def _article(head: Head, entry: Entry, desk: Desk, **work: object) -> Node:
    return node(
        WORKS[entry.kind],
        _id(entry, desk),
        headline=entry.front.title,
        description=head.description,
        inLanguage=head.lang,
        mainEntityOfPage=_ref(head.canonical),
        **work,
    )


def _work(entry: Entry, image: SharedImage | None, desk: Desk) -> Node:
    """Who made a post and when, what it is about, what it rests on and what it translates."""
    site = desk.site
    original = site.entries.get(entry.original or "")
    others = site.translations.get(entry.ref, ())
    return _said(
        author=_author(entry, desk),
        publisher=_publisher(desk),
        image=_picture(image),
        datePublished=published(entry, desk),
        dateModified=modified(entry),
        dateline=getattr(entry.front, "dateline", None),
        keywords=[site.book.tags[tag].label for tag in entry.tags],
        isBasedOn=_source(entry),
        translationOfWork=_ref(_id(original, desk)) if original and _holds(original) else None,
        workTranslation=[_ref(_id(other, desk)) for other in others if _holds(other)],
    )


def _id(entry: Entry, desk: Desk) -> str:
    """The id of what a post's page holds: its article, else the page."""
    return desk.absolute(entry.url) + ("#article" if entry.kind in WORKS else "")


def _holds(entry: Entry) -> bool:
    return not entry.ended


def _author(entry: Entry, desk: Desk) -> Node | None:
    """A person or an organisation; a name that is nobody's here is taken for a person's."""
    name, facts, owner = entry.front.author, desk.site.facts, desk.site.config.organisation
    if not name:
        return None
    if known := facts.people.get(name):
        return node("Person", name=known.name, jobTitle=known.role)
    bodies = {*facts.organisations, *(body.name for body in facts.organisations.values())}
    is_body = name in bodies or (owner and name == owner.name)
    return _organisation(name, desk) if is_body else node("Person", name=name)


def _organisation(name: str, desk: Desk) -> Node:
    """An organisation by id, or any name."""
    if known := desk.site.facts.organisations.get(name):
        return node("Organization", name=known.name, url=known.url)
    return node("Organization", name=name)


def _source(entry: Entry) -> Node | None:
    """Where a story comes from."""
    source = entry.front.source
    if source is None:
        return None
    maker = node("Organization", name=source.name)
    day = str(source.published_on or "")
    return node("CreativeWork", url=source.url, publisher=maker, datePublished=day)


def _picture(image: SharedImage | None) -> Node | None:
    if image is None:
        return None
    return node("ImageObject", url=image.url, width=image.width, height=image.height)


def published(entry: Entry, desk: Desk) -> str | None:
    """The day or moment at which a post was published; None for a page without a date."""
    front = entry.front
    moment = front.publish_at or (Moment(front.date) if front.date else None)
    return clock.iso_moment(moment, desk.site.config.tz) if moment else None


def modified(entry: Entry) -> str | None:
    """The day of a post's last change."""
    return entry.updated.isoformat() if entry.updated else None


def ends(entry: Entry, desk: Desk) -> str | None:
    """The day or moment after which a post no longer holds, or from which it was withdrawn."""
    front = entry.front
    if entry.withdrawn and front.withdrawn:
        return front.withdrawn.date.isoformat()
    return clock.iso_moment(front.expiry_date, desk.site.config.tz) if front.expiry_date else None


# ---- consultations


def _closing(head: Head, entry: Entry, image: SharedImage | None, desk: Desk) -> Node | None:
    """A consultation that can be answered, now or later, as an event that ends when it closes."""
    front, tz = entry.front, desk.site.config.tz
    if not isinstance(front, Consultation) or entry.state not in ("upcoming", "open"):
        return None
    last = Moment(front.closing_date.day, front.closing_date.time or LAST_MINUTE)
    places, mode = list(_places(front, entry, head.canonical)), _mode(front)
    return node(
        "Event",
        f"{head.canonical}#event",
        name=front.title,
        description=head.description,
        url=head.canonical,
        inLanguage=head.lang,
        image=_picture(image),
        startDate=clock.iso_moment(front.opening_date, tz),
        endDate=clock.iso_moment(last, tz),
        eventStatus=f"{SCHEMA}/EventScheduled",
        eventAttendanceMode=f"{SCHEMA}/{mode}EventAttendanceMode" if mode else None,
        location=places,
        organizer=[_organisation(name, desk) for name in front.run_by],
    )


def _online(front: Consultation) -> bool:
    ways = front.ways_to_respond
    return bool(front.external_url or (ways and (ways.link_url or ways.email)))


def _mode(front: Consultation) -> str | None:
    """Whether people can answer online, otherwise, or both."""
    offline = any(getattr(front.ways_to_respond, name, None) for name in OFFLINE)
    return MODES.get((_online(front), offline))


def _places(front: Consultation, entry: Entry, url: str) -> Iterator[Node]:
    """Where people can answer: online (``url`` says how, when there is no form), in person."""
    ways = front.ways_to_respond or WaysToRespond()
    if _online(front):
        yield node("VirtualLocation", url=front.external_url or ways.link_url or url)
    if there := entry.document.prose.get("ways_to_respond.in_person"):
        yield node("Place", description=single(there.text))
