"""Two built sites → what is different for readers: ``sitegen diff`` without the reading."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from sitegen.commands.built import NOTHING, Built, Page, Seen
from sitegen.site import targets
from sitegen.urls import output_path

PAGES, FEEDS, DOCUMENTS, PICTURES, OTHERS = SORTS = (
    "lists and other pages",
    "feeds and calendars",
    "documents",
    "pictures",
    "files of the design, and for machines",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A page in both sites. ``is_other`` says whether its own words differ."""

    old: Page
    new: Page
    is_other: bool

    @property
    def is_moved(self) -> bool:
        """Whether its address differs."""
        return self.old.url != self.new.url

    @property
    def is_turned(self) -> bool:
        """Whether its state differs, and so what it says."""
        return self.old.state != self.new.state

    @property
    def is_renamed(self) -> bool:
        """Whether its title differs."""
        return self.old.title != self.new.title


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """A page of the old site; ``leads`` is what its address leads to now, empty for nothing."""

    page: Page
    leads: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many files of a sort were added, changed and removed."""

    what: str
    added: int
    changed: int
    removed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """All that is different for readers. ``moved`` are with what the old address leads to.

    ``states`` are all whose state differs; ``changed`` have another title, or other words for no
    such reason.
    ``lost`` are old addresses that led somewhere, each with where. Of ``around`` pages
    only what other posts put beside the words differs, of ``framed`` ones only what is round
    every page.
    """

    old_base: str
    new_base: str
    added: tuple[Page, ...]
    removed: tuple[Gone, ...]
    moved: tuple[tuple[Pair, Gone], ...]
    states: tuple[Pair, ...]
    changed: tuple[Pair, ...]
    lost: tuple[tuple[str, str], ...]
    documents: tuple[tuple[str, str], ...]
    counts: tuple[Count, ...]
    around: int
    framed: int


def compare(old: Built, new: Built) -> Comparison:
    """What is different for readers, each list by address."""
    pairs = [
        Pair(old=was, new=now, is_other=_seen(old, was).own != _seen(new, now).own)
        for was, now in _paired(old, new)
    ]
    kept, known = {p.old.url for p in pairs}, {p.new.url for p in pairs}
    posts = {page.path for page in (*old.pages, *new.pages)}
    aliases = {output_path(url).as_posix() for url in (*old.redirects, *new.redirects)}
    differing = dict(_differing(old, new, posts | aliases))
    return Comparison(
        old_base=old.base_url,
        new_base=new.base_url,
        added=tuple(page for page in new.pages if page.url not in known),
        removed=tuple(_gone(page, new) for page in old.pages if page.url not in kept),
        moved=tuple((p, _gone(p.old, new)) for p in pairs if p.is_moved),
        states=tuple(p for p in pairs if p.is_turned),
        changed=tuple(p for p in pairs if p.is_renamed or (p.is_other and not p.is_turned)),
        lost=tuple(_lost(old, new)),
        documents=tuple((p, what) for p, what in differing.items() if sort_of(p) == DOCUMENTS),
        counts=tuple(_counts(differing)),
        around=sum(_is_around(p, old, new) for p in pairs),
        framed=sum(_is_framed(path, old, new) for path in old.files),
    )


def _seen(built: Built, page: Page) -> Seen:
    return built.files.get(page.path, NOTHING)


def _paired(old: Built, new: Built) -> Iterator[tuple[Page, Page]]:
    """The pages that are in both sites, by the address of the new one.

    One page is the other when it has the same source; else the same address; else when the old
    address leads to it now.
    """
    left = {page.url: page for page in old.pages}
    found: dict[str, Page] = {}
    by_source = {page.source: page for page in old.pages}
    leading = {new.redirects[url]: page for url, page in left.items() if url in new.redirects}
    for known in ({p.url: by_source.get(p.source) for p in new.pages}, left, leading):
        for page in new.pages:
            was = known.get(page.url)
            if was and page.url not in found and left.pop(was.url, None):
                found[page.url] = was
    return ((found[page.url], page) for page in new.pages if page.url in found)


def _gone(page: Page, new: Built) -> Gone:
    return Gone(page=page, leads=new.answers(page.url))


def _lost(old: Built, new: Built) -> Iterator[tuple[str, str]]:
    """Old addresses that led somewhere and now lead nowhere, with where they led."""
    for url, led in sorted(old.redirects.items()):
        if url.endswith(("/", ".html", ".htm")) and not new.answers(url):
            yield url, led


def _differing(old: Built, new: Built, told: Collection[str]) -> Iterator[tuple[str, str]]:
    """What became of the files that are not told of otherwise, where it shows."""
    for path in sorted({*old.files, *new.files} - {*told}):
        was, now = old.files.get(path), new.files.get(path)
        if was is None or now is None:
            yield path, "removed" if now is None else "added"
        elif was.main != now.main:
            yield path, "changed"


def sort_of(path: str) -> str:
    """What sort of file something is, when it is no post's page."""
    name, _, suffix = path.lower().rpartition("/")[2].rpartition(".")
    if path.startswith(("assets/", ".well-known/")) or path in ("robots.txt", "sitemap.xml"):
        return OTHERS
    if suffix == "html":
        return PAGES
    if suffix == "ics" or (name == "feed" and suffix in ("xml", "json")):
        return FEEDS
    if suffix in targets.IMAGES:
        return PICTURES
    return DOCUMENTS if suffix in targets.DOCUMENTS else OTHERS


def _counts(differing: Mapping[str, str]) -> Iterator[Count]:
    of = Counter((sort_of(path), what) for path, what in differing.items())
    for sort in SORTS:
        row = {what: of[sort, what] for what in ("added", "changed", "removed")}
        if sort != DOCUMENTS and any(row.values()):
            yield Count(what=sort, **row)


def _is_around(pair: Pair, old: Built, new: Built) -> bool:
    """Whether only what other posts put beside a page's words differs."""
    told = pair.is_other or pair.is_moved
    return not told and _seen(old, pair.old).main != _seen(new, pair.new).main


def _is_framed(path: str, old: Built, new: Built) -> bool:
    """Whether of a page only the frame differs."""
    was, now = old.files[path], new.files.get(path, NOTHING)
    return path.endswith(".html") and was.main == now.main and was.whole != now.whole
