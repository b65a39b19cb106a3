"""The page of every post."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from sitegen import clock
from sitegen.clock import Moment
from sitegen.kinds import KINDS
from sitegen.model import Address, Entry, Heading, Output, Rendered
from sitegen.outputs import calendar
from sitegen.pages import album, bodies, machines, present
from sitegen.pages.desk import Desk
from sitegen.pages.looking import Looking
from sitegen.shown import ALWAYS, FileLink, Html, LinkTo, Span
from sitegen.site.index import Site
from sitegen.source.words import Words, marked, name_of
from sitegen.urls import output_path
from sitegen.views.frame import Head
from sitegen.views.post import ActionView, EntryView, Note, Notice, Review, SourceView, Translation

CONTENTS_FROM = 3


def addresses(site: Site) -> Iterator[Address]:
    """One address a post."""
    return of_entries(site.entries.values())


def of_entries(entries: Iterable[Entry]) -> Iterator[Address]:
    """The address of each of these posts."""
    for entry in entries:
        place = entry.document.places.get("lang" if entry.original else "slug")
        yield Address(
            path=entry.url,
            owner=f"content/{entry.document.path}",
            ids=entry.ids,
            place=place,
            translates=entry.original,
        )


def outputs(desk: Desk) -> Iterator[Output]:
    """One page a post."""
    for entry in desk.site.entries.values():
        yield Rendered(
            path=output_path(entry.url),
            template=f"kinds/{entry.kind}.html",
            make=partial(view, entry, desk),
            owner=f"content/{entry.document.path}",
            texts=(entry.ref,),
        )


def view(entry: Entry, desk: Desk) -> EntryView:
    """All that the page of a post shows."""
    site, front, words = desk.site, entry.front, present.words_of(entry, desk)
    older, newer = site.neighbours.get(entry.ref, (None, None))
    body = bodies.html(entry, "", desk)
    assert body is not None
    return EntryView(
        head=_head(entry, desk),
        kind=entry.kind,
        kind_label=words.html(f"kind_{entry.kind}"),
        title=front.title,
        prefix=present.prefix_of(entry, site),
        states=present.states_of(entry, desk, words.html),
        summary=front.summary,
        date=present.day(front.date, words) if front.date else None,
        updated=present.day(entry.updated, words) if entry.updated else None,
        author=present.person(entry, desk, words),
        image=album.lead(entry, desk),
        notices=tuple(_notices(entry, desk)),
        body=body,
        contents=_contents(entry),
        facts=KINDS[entry.kind].facts(entry, Looking(entry, desk)),
        documents=tuple(_documents(entry, desk)),
        formats=tuple(_formats(entry, desk)),
        translations=tuple(_translations(entry, desk)),
        tags=tuple(present.tag_link(tag, desk) for tag in entry.tags),
        change_notes=tuple(_change_notes(entry, desk)),
        review=_review(entry, words),
        source=_source(entry, words),
        actions=_actions(entry, desk),
        related=present.cards(site.related.get(entry.ref, ()), desk),
        previous=present.link_to(older, desk),
        next=present.link_to(newer, desk),
        calendar=_calendar(entry, desk),
    )


def _calendar(entry: Entry, desk: Desk) -> str | None:
    """A consultation's closing date for calendars, while it has not closed."""
    path = calendar.address_of(entry) if entry.state in ("upcoming", "open") else None
    return desk.href(path) if path else None


def _head(entry: Entry, desk: Desk) -> Head:
    section = present.LIST_PATHS.get(entry.kind)
    head = present.head(
        entry.url,
        present.title_of(entry, desk.site),
        desk,
        crumbs=tuple(_crumbs(entry, desk)),
        description=entry.summary or None,
        lang=entry.lang,
        section=section,
        feeds=[(desk.site.words.text(f"kinds_{entry.kind}"), f"{section}feed.xml")]
        if section
        else [],
        noindex=entry.ended or entry.status != "published",
        alternates=tuple(_alternates(entry, desk)),
    )
    return machines.of_post(head, entry, desk)


def _alternates(entry: Entry, desk: Desk) -> Iterator[tuple[str, str]]:
    """The page in every language that it is in, this one too; the original is the default one."""
    original = desk.site.entries.get(entry.original or entry.ref)
    if original is None or not (others := desk.site.translations.get(original.ref)):
        return
    for one in (original, *sorted(others, key=lambda e: e.lang)):
        if not one.ended:
            yield one.lang, desk.absolute(one.url)
    if not original.ended:
        yield "x-default", desk.absolute(original.url)


def _crumbs(entry: Entry, desk: Desk) -> Iterator[LinkTo]:
    """The list of its kind; for a page, the pages that it is under."""
    if section := present.LIST_PATHS.get(entry.kind):
        label = present.words_of(entry, desk).text(f"kinds_{entry.kind}")
        yield LinkTo(label=label, url=desk.href(section))
        return
    above: list[Entry] = []
    seen = {entry.ref}
    parent = desk.site.find(getattr(entry.front, "parent", None) or "")
    while parent and parent.ref not in seen:
        seen.add(parent.ref)
        above.append(parent)
        parent = desk.site.find(getattr(parent.front, "parent", None) or "")
    for page in reversed(above):
        yield LinkTo(label=present.nav_title_of(page), url=desk.href(page.url))


def _contents(entry: Entry) -> tuple[Heading, ...]:
    """The headings of the first two levels, when there are enough to need a list."""
    headings = entry.document.body.headings
    main = [h for h in headings if h.level == 2]
    return tuple(h for h in headings if h.level <= 3) if len(main) >= CONTENTS_FROM else ()


def _notices(entry: Entry, desk: Desk) -> Iterator[Notice]:
    site, words = desk.site, present.words_of(entry, desk)
    if entry.status in ("draft", "scheduled"):
        yield Notice(name=entry.status, title=words.html(f"notice_{entry.status}"))
    if entry.withdrawn:
        yield _withdrawn(entry, desk)
    elif ends := _expiry(entry, desk):
        # There from the first day, hidden until then: no build may come when it expires.
        since = clock.ends(ends, site.config.tz).isoformat()
        title = words.html("notice_expired", day=ends.day)
        span = ALWAYS if entry.expired else Span(since=since, later=True)
        yield Notice(name="expired", title=title, span=span)
    original = site.entries.get(entry.original or "")
    if original and _day_of(original) > _day_of(entry):
        link = present.link_to(original, desk)
        yield Notice(name="outdated", title=words.html("notice_outdated"), link=link)


def _withdrawn(entry: Entry, desk: Desk) -> Notice:
    """That a post was withdrawn, or the one that it translates."""
    words, own = present.words_of(entry, desk), entry.front.withdrawn
    if own and "withdrawn" not in entry.hidden:
        link = _named_page(entry, "withdrawn.replaced_by", own.replaced_by, desk)
        title = words.html("notice_withdrawn", day=own.date)
        reason = bodies.html(entry, "withdrawn.reason", desk)
        return Notice(name="withdrawn", title=title, html=reason, link=link)
    original = desk.site.entries[entry.original or entry.ref]
    gone = original.front.withdrawn
    assert gone is not None  # for one of the two was withdrawn
    title = words.html("notice_withdrawn", day=gone.date)
    return Notice(name="withdrawn", title=title, link=present.link_to(original, desk))


def _expiry(entry: Entry, desk: Desk) -> Moment | None:
    """When a post expires: with the one that it translates, if that is earlier."""
    original = desk.site.entries.get(entry.original or "")
    ends = (e.front.expiry_date for e in (entry, original) if e)
    return min(filter(None, ends), key=lambda m: clock.ends(m, desk.site.config.tz), default=None)


def _named_page(entry: Entry, at: str, name: str | None, desk: Desk) -> LinkTo | None:
    """The page that a field names, by a published post's ref or by an address."""
    if name and name.startswith(("/", "http")):
        found = desk.links.files.get((entry.ref, at))
        label = present.words_of(entry, desk).html("read_other_page")
        return LinkTo(label=label, url=desk.href(found.address if found else name))
    return present.link_to(desk.site.find(name or ""), desk)


def _day_of(entry: Entry) -> str:
    """When what a post says was last changed."""
    days = [d for d in (entry.front.date, entry.updated) if d]
    return max(days).isoformat() if days else ""


def _documents(entry: Entry, desk: Desk) -> Iterator[FileLink]:
    for i, row in enumerate(entry.front.documents):
        same = _named_page(entry, f"documents.{i}.html", row.html, desk)
        page = same.url if same and same.url != desk.href(entry.url) else None
        link = present.file_link(entry, f"documents.{i}.file", row.title, desk)
        if link is None:
            link = FileLink(title=row.title, url=row.url or "#")
        yield FileLink(title=row.title, url=link.url, note=link.note, html_url=page)


def _formats(entry: Entry, desk: Desk) -> Iterator[FileLink]:
    words = present.words_of(entry, desk)
    for i, row in enumerate(entry.front.alternative_formats):
        title = words.html(f"format_{row.kind.replace('-', '_')}")
        if row.lang and row.lang != entry.lang:  # the language, named in itself
            language = marked(name_of(row.lang), row.lang)
            title = language if row.kind == "translation" else Html(f"{title}, {language}")
        link = present.file_link(entry, f"alternative_formats.{i}.file", title, desk)
        url, note = (link.url, link.note) if link else (row.url or "#", None)
        yield FileLink(title=title, url=url, note=note, lang=row.lang)


def _translations(entry: Entry, desk: Desk) -> Iterator[Translation]:
    """The same page in other languages."""
    site = desk.site
    original = site.entries.get(entry.original or entry.ref)
    others = [*filter(None, [original]), *site.translations.get(entry.original or entry.ref, ())]
    for other in sorted(others, key=lambda e: e.lang):
        if other.ref != entry.ref and not other.ended:
            yield Translation(lang=other.lang, label=name_of(other.lang), url=desk.href(other.url))


def _change_notes(entry: Entry, desk: Desk) -> Iterator[Note]:
    looking, words = Looking(entry, desk), present.words_of(entry, desk)
    for note in sorted(entry.front.change_notes, key=lambda n: n.date, reverse=True):
        if looking.reached(note.date):
            yield Note(date=present.day(note.date, words), text=note.note)


def _review(entry: Entry, words: Words) -> Review | None:
    last, due = entry.front.last_reviewed_on, entry.front.next_review_due
    if not (last or due):
        return None
    return Review(
        last=present.day(last, words) if last else None,
        due=present.day(due, words) if due else None,
    )


def _source(entry: Entry, words: Words) -> SourceView | None:
    source = entry.front.source
    if source is None:
        return None
    published = present.day(source.published_on, words) if source.published_on else None
    return SourceView(name=source.name, url=source.url, published=published)


def _actions(entry: Entry, desk: Desk) -> tuple[ActionView, ...]:
    """The post's own calls to action, else its kind's."""
    names = entry.front.cta or desk.site.config.actions.get(entry.kind, ())
    return present.actions(names, desk)
