"""Documents → Entries → Site: what is published at a moment, sorted and indexed.

Planners receive only the ``Site``. Posts that wait (scheduled) are returned beside it, for the
link checks; drafts are in neither. A preview shows all three, marked.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sitegen import clock
from sitegen.clock import Moment
from sitegen.kinds import KINDS, consultation, states
from sitegen.kinds.common import Front, published_at
from sitegen.memo import Memo
from sitegen.model import Document, Entry
from sitegen.problems import Severity
from sitegen.site.names import TagBook, ref_of, refs, tag_book
from sitegen.source.config import Config
from sitegen.source.facts import Facts
from sitegen.source.wordbook import Wordbook
from sitegen.source.words import Words
from sitegen.urls import slug_of

HOME_REF = "pages/index"
NEAR = 8
RELATED = 3


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Site:
    """All that is published at ``now``. Lists of entries are newest first.

    ``entries`` has every post with a page of its own, by ref; ``listed`` the current ones of the
    kinds that have lists. ``refs`` maps every way to name a published post to its ref.
    """

    config: Config
    facts: Facts
    wordbook: Wordbook
    now: datetime
    preview: bool
    book: TagBook
    home: Entry | None
    entries: Mapping[str, Entry]
    refs: Mapping[str, str]
    listed: tuple[Entry, ...]
    by_kind: Mapping[str, tuple[Entry, ...]]
    by_tag: Mapping[str, tuple[Entry, ...]]
    by_series: Mapping[str, tuple[Entry, ...]]
    translations: Mapping[str, tuple[Entry, ...]]
    follow_ups: Mapping[str, tuple[Entry, ...]]
    children: Mapping[str, tuple[Entry, ...]]
    neighbours: Mapping[str, tuple[Entry | None, Entry | None]]
    related: Mapping[str, tuple[Entry, ...]]

    @property
    def posts(self) -> tuple[Entry, ...]:
        """Every post with a page, the home page's among them."""
        return (*filter(None, [self.home]), *self.entries.values())

    @property
    def words(self) -> Words:
        """The words of the site's own language."""
        return self.wordbook.of(self.config.language)

    def find(self, name: str) -> Entry | None:
        """The published post of a ref, by any of its names."""
        return self.entries.get(self.refs.get(name, ""))


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """The Site; the posts that wait for their moment; those with faults of their own; the drafts.

    Only the first are on the site: of waiting and faulty ones the links are looked at, and of
    drafts it is known that a link would lead to one.
    """

    site: Site
    waiting: tuple[Entry, ...]
    faulty: tuple[Entry, ...]
    drafts: tuple[Entry, ...]


def resolve(
    documents: Iterable[Document],
    config: Config,
    facts: Facts,
    now: datetime,
    *,
    wordbook: Wordbook | None = None,
    preview: bool = False,
    memo: Memo | None = None,
) -> Resolved:
    """The Site at ``now`` (an instant)."""
    memo = memo or Memo()
    readable = [d for d in documents if d.front]
    known = refs(readable)
    by_ref = {ref_of(d): d for d in reversed(readable)}  # of one name, the first
    # Only what is shown makes tags: a draft's would give it away.
    originals = {ref: by_ref.get(_original(d, known)) for ref, d in by_ref.items()}
    status = {ref: _status(d, originals[ref], config, now) for ref, d in by_ref.items()}
    shown = [
        d
        for ref, d in by_ref.items()
        if not has_errors(d) and (preview or status[ref] == "published")
    ]
    book = memo.same("shown tags", tag_book(shown, facts))
    entries = [
        memo(_entry, d, status[ref], originals[ref], config, book, now)
        for ref, d in reversed(by_ref.items())
    ]
    sound = [e for e in entries if not has_errors(e.document)]
    public = [e for e in sound if e.status == "published" or preview]
    return Resolved(
        site=_site(public, config, facts, wordbook or Wordbook(), book, now, preview, memo),
        waiting=tuple(e for e in sound if e.status == "scheduled" and not preview),
        faulty=tuple(e for e in entries if has_errors(e.document) and e.status != "draft"),
        drafts=tuple(e for e in entries if e.status == "draft" and not preview),
    )


# What a Site knows of its entries.
_INDEXES = (
    *("home", "entries", "listed", "by_kind", "by_tag", "by_series", "translations"),
    *("follow_ups", "children", "neighbours", "related"),
)


def with_texts(site: Site, documents: Iterable[Document]) -> Site:
    """The site with these documents, whose faces are those of the ones in their places."""
    new = {ref_of(document): document for document in documents}
    entries = {e.ref: replace(e, document=new[e.ref]) for e in site.posts if e.ref in new}
    return replace(site, **{name: _swapped(getattr(site, name), entries) for name in _INDEXES})


def _swapped(index: Any, entries: Mapping[str, Entry]) -> Any:
    """An index of a Site, or a part of one, with these entries in the places of their elders."""
    if isinstance(index, Entry):
        return entries.get(index.ref, index)
    if isinstance(index, tuple):
        return tuple([_swapped(part, entries) for part in index])
    if isinstance(index, Mapping):
        return {key: _swapped(part, entries) for key, part in index.items()}
    return index


def has_errors(document: Document) -> bool:
    """Whether a post has faults of its own that keep it out."""
    return any(p.severity is Severity.ERROR for p in document.problems)


def _original(document: Document, known: Mapping[str, str]) -> str:
    """The ref of the post that one translates; empty when it is no translation."""
    name = document.front.translation_of if document.front else None
    return known.get(name or "", "")


def _entry(
    document: Document,
    status: str,
    original: Document | None,
    config: Config,
    book: TagBook,
    now: datetime,
) -> Entry:
    tz, kind, front = config.tz, KINDS[document.kind], document.front
    assert front is not None
    # A translation is no longer valid than its original.
    fronts = [d.front for d in (document, original) if d and d.front]
    expired = any(f.expiry_date and clock.ends(f.expiry_date, tz) <= now for f in fronts)
    withdrawn = any(f.withdrawn and reached(f.withdrawn.date, now, tz) for f in fronts)
    tags = (book.id_of(word) for word in front.tags)
    updated = _updated(front, now, tz)
    state = ""
    waits = front.withdrawn and not reached(front.withdrawn.date, now, tz)
    hidden = {"withdrawn"} if waits else set()
    if isinstance(front, consultation.Consultation) and front.opening_date and front.closing_date:
        state = states.state(front, now, tz)
        hidden |= states.hidden(front, now, tz)
    if expired or withdrawn:
        hidden.add("ways_to_respond")
    return Entry(
        ref=ref_of(document),
        kind=kind.name,
        document=document,
        front=front,
        url=url_of(document, front, original),
        status=status,
        visible_from=_visible_from(front, original, tz),
        expired=expired,
        withdrawn=withdrawn,
        current=not (expired or withdrawn or front.translation_of),
        state=state,
        lang=front.lang or config.language,
        original=ref_of(original) if original else None,
        shown_day=_shown_day(front, updated, now, tz),
        updated=updated,
        summary=front.summary or document.body.excerpt,
        tags=tuple(dict.fromkeys(tag for tag in tags if tag)),
        hidden=frozenset(hidden),
        ids=frozenset(_ids(document, hidden)),
    )


def _ids(document: Document, hidden: Container[str]) -> Iterator[str]:
    """The anchors of all that is shown of a post."""
    for at, body in document.texts():
        if at.partition(".")[0] not in hidden:
            yield from body.ids


def _status(document: Document, original: Document | None, config: Config, now: datetime) -> str:
    """A translation is no more public than its original, whose address it would give away."""
    fronts = [d.front for d in (document, original) if d and d.front]
    if any(front.draft for front in fronts):
        return "draft"
    at = _visible_from(fronts[0], original, config.tz)
    return "scheduled" if at and at > now else "published"


def _visible_from(front: Front, original: Document | None, tz: ZoneInfo) -> datetime | None:
    fronts = [front, original.front] if original and original.front else [front]
    return max(filter(None, (published_at(f, tz) for f in fronts)), default=None)


def reached(day: dt.date, now: datetime, tz: ZoneInfo) -> bool:
    """Whether a day has come at an instant."""
    return clock.starts(Moment(day), tz) <= now


def _updated(front: Front, now: datetime, tz: ZoneInfo) -> dt.date | None:
    """The newest day of change that has come."""
    told = (getattr(front, name, None) for name in ("feedback_summary", "final_outcome"))
    days = [n.date for n in front.change_notes] + [group.published_on for group in told if group]
    days += [front.updated] if front.updated else []
    return max((day for day in days if reached(day, now, tz)), default=None)


def _shown_day(
    front: Front, updated: dt.date | None, now: datetime, tz: ZoneInfo
) -> dt.date | None:
    """The day that a post is sorted by: an explainer's newest change note, else its last review."""
    if not hasattr(front, "partners"):
        return front.date
    notes = [n.date for n in front.change_notes if reached(n.date, now, tz)]
    return max(notes, default=None) or front.last_reviewed_on or front.date


def url_of(document: Document, front: Front, original: Document | None) -> str:
    """The site path of a post. A translation lives at ``/<lang>`` + its original's path."""
    if original and original is not document and original.front and front.lang:
        return f"/{front.lang.lower()}{url_of(original, original.front, None)}"
    kind = KINDS[document.kind]
    path = document.path
    name = path.parent.name if path.name == "index.md" else path.stem
    day = front.date.isoformat() if front.date else "undated"
    slug = front.slug or slug_of(name, day)
    if ref_of(document) == HOME_REF:
        return "/"
    if kind.name == "page":
        return f"/{slug}/"
    return f"/{kind.folder}/{day}/{slug}/" if kind.dated else f"/{kind.folder}/{slug}/"


def _newest_first(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """By day, newest first; posts of one day by their moment, and then by ref."""
    never = datetime.min.replace(tzinfo=dt.UTC)
    by_ref = sorted(entries, key=lambda e: e.ref)
    key = lambda e: (e.shown_day or dt.date.min, e.visible_from or never)  # noqa: E731
    return tuple(sorted(by_ref, key=key, reverse=True))


Many = Mapping[str, tuple[Entry, ...]]


def _grouped(entries: Iterable[Entry], keys: Callable[[Entry], Iterable[str]]) -> Many:
    groups: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        for key in keys(entry):
            groups[key].append(entry)
    return {key: tuple(group) for key, group in groups.items()}


def _site(
    entries: list[Entry],
    config: Config,
    facts: Facts,
    wordbook: Wordbook,
    book: TagBook,
    now: datetime,
    preview: bool,
    memo: Memo,
) -> Site:
    known = refs(e.document for e in entries)
    ordered = _newest_first(entries)
    listed = tuple(e for e in ordered if e.current and KINDS[e.kind].listed)
    by_kind = _grouped(listed, lambda e: [e.kind])
    by_tag = _grouped(listed, lambda e: e.tags)
    by_series = _grouped(listed, lambda e: filter(None, [getattr(e.front, "series", None)]))
    return Site(
        config=config,
        facts=facts,
        wordbook=wordbook,
        now=now,
        preview=preview,
        book=book,
        home=next((e for e in ordered if e.ref == HOME_REF), None),
        entries={e.ref: e for e in ordered if e.ref != HOME_REF},
        refs=known,
        listed=listed,
        by_kind=by_kind,
        by_tag=by_tag,
        by_series=by_series,
        translations=_grouped(ordered, lambda e: [e.original] if e.original else []),
        follow_ups=_grouped(listed, lambda e: _named(e, "updates", known)),
        children=_grouped(
            sorted((e for e in ordered if e.current), key=_nav_key),
            lambda e: _named(e, "parent", known),
        ),
        neighbours=_neighbours(by_kind, by_series),
        related=_related(ordered, known, memo),
    )


def _named(entry: Entry, field: str, known: Mapping[str, str]) -> Iterable[str]:
    """The refs of the published posts that a field of an entry names."""
    value = getattr(entry.front, field, None)
    names = value if isinstance(value, tuple) else [value or ""]
    return [known[name] for name in names if name in known]


def _nav_key(entry: Entry) -> tuple[int, str]:
    order = getattr(entry.front, "nav_order", None)
    return (10**9 if order is None else order, entry.front.title)


def _neighbours(*groupings: Many) -> dict[str, tuple[Entry | None, Entry | None]]:
    """The older and the newer post of each, in its kind; within its series where it has one."""
    found: dict[str, tuple[Entry | None, Entry | None]] = {}
    for grouping in groupings:
        for group in grouping.values():
            for i, entry in enumerate(group):
                newer = group[i - 1] if i else None
                found[entry.ref] = (group[i + 1] if i + 1 < len(group) else None, newer)
    return found


Traits = tuple[str, tuple[str, ...], tuple[str, ...], bool, bool]


def _related(ordered: tuple[Entry, ...], known: Mapping[str, str], memo: Memo) -> Many:
    """Up to three posts to read next, of those that are current."""
    current = {e.ref: e for e in ordered if e.current}
    rows = tuple(
        (e.ref, e.tags, tuple(known.get(name, "") for name in e.front.related), *_shelf(e))
        for e in ordered
    )
    chosen = memo(_near, memo.same("traits", rows))
    return {ref: tuple(current[other] for other in others) for ref, others in chosen.items()}


def _shelf(entry: Entry) -> tuple[bool, bool]:
    """Whether a post is current, and whether it is in lists."""
    return entry.current, entry.current and KINDS[entry.kind].listed


def _near(rows: tuple[Traits, ...]) -> Mapping[str, tuple[str, ...]]:
    """By ref, the refs of the chosen posts, else of near ones that share the most tags.

    Only the nearest in each tag's timeline are looked at, so a new post disturbs few others.
    """
    place = {ref: i for i, (ref, _, _, current, _) in enumerate(rows) if current}
    by_tag: defaultdict[str, list[str]] = defaultdict(list)
    for ref, tags, _, _, listed in rows:
        for tag in tags if listed else ():
            by_tag[tag].append(ref)
    shared: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for group in by_tag.values():
        for i, ref in enumerate(group):
            shared[ref].update((*group[max(0, i - NEAR) : i], *group[i + 1 : i + 1 + NEAR]))
    found = {}
    for ref, _, chosen, _, _ in rows:
        counts = shared[ref]
        others = chosen or sorted(counts, key=lambda o: (-counts[o], place[o]))
        found[ref] = tuple(o for o in others if o in place and o != ref)[:RELATED]
    return found
