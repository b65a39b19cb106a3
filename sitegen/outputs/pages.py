"""The page of every post."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sitegen import present
from sitegen.kinds import KINDS
from sitegen.links import ids_of
from sitegen.looking import Looking
from sitegen.model import Address, Entry, FileLink, Heading, LinkTo, Output, Rendered
from sitegen.present import Desk
from sitegen.site import Site
from sitegen.urls import output_path
from sitegen.views import ActionView, EntryView, Head, Note, Notice, Review, SourceView, Translation

CONTENTS_FROM = 3
FORMATS = {
    "easy-read": "Easy Read",
    "bsl": "British Sign Language",
    "large-print": "Large print",
    "audio": "Audio",
    "braille": "Braille",
    "translation": "Translation",
}
LANGUAGES = {
    "ar": "العربية",
    "bn": "বাংলা",
    "cy": "Cymraeg",
    "de": "Deutsch",
    "en": "English",
    "es": "Español",
    "fa": "فارسی",
    "fr": "Français",
    "gu": "ગુજરાતી",
    "hi": "हिन्दी",
    "it": "Italiano",
    "pa": "ਪੰਜਾਬੀ",
    "pl": "Polski",
    "pt": "Português",
    "ro": "Română",
    "so": "Soomaali",
    "ta": "தமிழ்",
    "tr": "Türkçe",
    "uk": "Українська",
    "ur": "اردو",
    "zh": "中文",
}


def addresses(site: Site) -> Iterator[Address]:
    """One address a post."""
    return of_entries(site.entries.values())


def of_entries(entries: Iterable[Entry]) -> Iterator[Address]:
    """The address of each of these posts."""
    for entry in entries:
        owner, places = f"content/{entry.document.path}", entry.document.places
        yield Address(path=entry.url, owner=owner, ids=ids_of(entry), place=places.get("slug"))


def outputs(desk: Desk) -> Iterator[Output]:
    """One page a post."""
    for entry in desk.site.entries.values():
        yield Rendered(
            path=output_path(entry.url),
            template=f"kinds/{entry.kind}.html",
            view=view(entry, desk),
            owner=f"content/{entry.document.path}",
        )


def view(entry: Entry, desk: Desk) -> EntryView:
    """All that the page of a post shows."""
    site, front, kind = desk.site, entry.front, KINDS[entry.kind]
    older, newer = site.neighbours.get(entry.ref, (None, None))
    body = present.html(entry, "", desk)
    assert body is not None
    return EntryView(
        head=_head(entry, desk),
        kind=entry.kind,
        kind_label=kind.label,
        title=front.title,
        prefix=present.prefix_of(entry, site),
        state=present.state_of(entry),
        summary=front.summary,
        date=present.day(front.date) if front.date else None,
        updated=present.day(entry.updated) if entry.updated else None,
        author=present.person(entry, desk),
        image=present.picture(entry, desk),
        notices=tuple(_notices(entry, desk)),
        body=body,
        contents=_contents(entry),
        facts=kind.facts(entry, Looking(entry, desk)),
        documents=tuple(_documents(entry, desk)),
        formats=tuple(_formats(entry, desk)),
        translations=tuple(_translations(entry, desk)),
        tags=tuple(present.tag_link(tag, desk) for tag in entry.tags),
        change_notes=tuple(_change_notes(entry, desk)),
        review=_review(entry),
        source=_source(entry),
        actions=_actions(entry, desk),
        related=present.cards(site.related.get(entry.ref, ()), desk),
        previous=present.link_to(older, desk),
        next=present.link_to(newer, desk),
    )


def _head(entry: Entry, desk: Desk) -> Head:
    kind = KINDS[entry.kind]
    section = present.LIST_PATHS.get(entry.kind)
    return present.head(
        entry.url,
        present.title_of(entry, desk.site),
        desk,
        crumbs=tuple(_crumbs(entry, desk)),
        description=entry.summary or None,
        lang=entry.lang,
        section=section,
        feeds=[(kind.plural, f"{section}feed.xml")] if section else [],
        noindex=entry.expired or entry.withdrawn or entry.status != "published",
    )


def _crumbs(entry: Entry, desk: Desk) -> Iterator[LinkTo]:
    """The list of its kind; for a page, the pages that it is under."""
    if section := present.LIST_PATHS.get(entry.kind):
        yield LinkTo(label=KINDS[entry.kind].plural, url=desk.href(section))
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
    front, site = entry.front, desk.site
    if entry.status == "draft":
        yield Notice(name="draft", title="Draft: only this preview shows it")
    elif entry.status == "scheduled":
        yield Notice(name="scheduled", title="Scheduled: not public yet")
    if entry.withdrawn and front.withdrawn:
        day = present.day(front.withdrawn.date)
        yield Notice(
            name="withdrawn",
            title=f"This page was withdrawn on {day.text}",
            html=present.html(entry, "withdrawn.reason", desk),
            link=_named_page(entry, "withdrawn.replaced_by", front.withdrawn.replaced_by, desk),
        )
    elif entry.expired and front.expiry_date:
        last = present.day(front.expiry_date.day)
        yield Notice(
            name="expired", title=f"This page is no longer current. It ended on {last.text}"
        )
    original = site.entries.get(entry.original or "")
    if original and _day_of(original) > _day_of(entry):
        link = present.link_to(original, desk)
        title = "The original page has changed since this translation was made"
        yield Notice(name="outdated", title=title, link=link)


def _named_page(entry: Entry, at: str, name: str | None, desk: Desk) -> LinkTo | None:
    """The page that a field names, by a published post's ref or by an address."""
    if name and name.startswith(("/", "http")):
        found = desk.links.files.get((entry.ref, at))
        return LinkTo(label="Read the other page", url=desk.href(found.address if found else name))
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
    for i, row in enumerate(entry.front.alternative_formats):
        title = FORMATS[row.kind] if row.kind != "translation" else language(row.lang or "")
        link = present.file_link(entry, f"alternative_formats.{i}.file", title, desk)
        url, note = (link.url, link.note) if link else (row.url or "#", None)
        yield FileLink(title=title, url=url, note=note, lang=row.lang)


def language(tag: str) -> str:
    """A language named in itself, by its BCP 47 tag; the tag where it is not known here."""
    return LANGUAGES.get(tag.split("-")[0], tag)


def _translations(entry: Entry, desk: Desk) -> Iterator[Translation]:
    """The same page in other languages."""
    site = desk.site
    original = site.entries.get(entry.original or entry.ref)
    others = [*filter(None, [original]), *site.translations.get(entry.original or entry.ref, ())]
    for other in sorted(others, key=lambda e: e.lang):
        if other.ref != entry.ref and not (other.expired or other.withdrawn):
            yield Translation(lang=other.lang, label=language(other.lang), url=desk.href(other.url))


def _change_notes(entry: Entry, desk: Desk) -> Iterator[Note]:
    looking = Looking(entry, desk)
    for note in sorted(entry.front.change_notes, key=lambda n: n.date, reverse=True):
        if looking.reached(note.date):
            yield Note(date=present.day(note.date), text=note.note)


def _review(entry: Entry) -> Review | None:
    last, due = entry.front.last_reviewed_on, entry.front.next_review_due
    if not (last or due):
        return None
    return Review(last=present.day(last) if last else None, due=present.day(due) if due else None)


def _source(entry: Entry) -> SourceView | None:
    source = entry.front.source
    if source is None:
        return None
    published = present.day(source.published_on) if source.published_on else None
    return SourceView(name=source.name, url=source.url, published=published)


def _actions(entry: Entry, desk: Desk) -> tuple[ActionView, ...]:
    """The post's own calls to action, else its kind's."""
    names = entry.front.cta or desk.site.config.actions.get(entry.kind, ())
    return present.actions(names, desk)
