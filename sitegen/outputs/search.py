"""The search page, and what the search index holds.

The page is always there, so no link to it is dead. With search it has a form, which its script
shows; without, or where scripts don't run, it leads to the other ways to find a page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial

from sitegen.model import Address, Entry, Output, Rendered, SearchIndex, SearchRecord
from sitegen.pages import present
from sitegen.pages.desk import Desk
from sitegen.pages.policy import in_a_page, policy
from sitegen.shown import LinkTo
from sitegen.site.index import Site
from sitegen.source.words import Words, primary
from sitegen.urls import output_path
from sitegen.views.others import SearchFilter, SearchForm, SearchOption, SearchView

PATH = "/search/"
INDEX = "/pagefind/"
FIXED = ("pagefind.js", "pagefind-worker.js", "pagefind-entry.json")  # the rest goes by its bytes
WAYS = ("tags", "archive", "glossary")


def addresses(site: Site) -> Iterator[Address]:
    """One page, and what the index has under fixed names."""
    yield Address(path=PATH, owner="the search page")
    if site.config.search:
        for name in FIXED:
            yield Address(path=INDEX + name, owner="the search index")


def outputs(desk: Desk) -> Iterator[Output]:
    """One page."""
    yield Rendered(path=output_path(PATH), template="search.html", make=partial(_view, desk))


def _view(desk: Desk) -> SearchView:
    say, config = desk.site.words.text, desk.site.config
    rules = policy(script=desk.script, frame_hosts=config.iframe_hosts, search=True)
    form = _form(desk)
    title = say("search_title")
    return SearchView(
        head=present.head(
            PATH, title, desk, noindex=True, policy=in_a_page(rules) if form else None
        ),
        title=title,
        form=form,
        note=say("search_preview") if desk.site.preview else None,
        ways=tuple(LinkTo(label=say(name), url=desk.href(f"/{name}/")) for name in WAYS),
    )


def _form(desk: Desk) -> SearchForm | None:
    """What to choose from: only that which finds something."""
    words, book = desk.site.words, desk.site.book
    found = [*_found(desk.site)] if desk.site.config.search else []
    if not found:
        return None
    kinds = {entry.kind: words.text(f"kinds_{entry.kind}") for entry in found}
    tags = {tag: book.tags[tag].label for entry in found for tag in entry.tags}
    years = sorted({str(e.shown_day.year) for e in found if e.shown_day}, reverse=True)
    return SearchForm(
        index=desk.href(INDEX),
        found=words.forms("search_found"),
        filters=(
            _filter("kind", _by_label(kinds), words),
            _filter("tag", _by_label(tags), words),
            _filter("year", zip(years, years, strict=True), words),
        ),
    )


def _by_label(labels: Mapping[str, str]) -> list[tuple[str, str]]:
    return sorted(labels.items(), key=lambda item: (item[1].casefold(), item[0]))


def _filter(name: str, options: Iterable[tuple[str, str]], words: Words) -> SearchFilter:
    return SearchFilter(
        name=name,
        label=words.text(f"search_{name}"),
        any=words.text(f"search_any_{name}"),
        options=tuple(SearchOption(value=value, label=label) for value, label in options),
    )


def index(desk: Desk) -> SearchIndex | None:
    """What the search index holds, oldest first; None where there is no search."""
    records = tuple(_record(entry, desk) for entry in _found(desk.site))
    if not (records and desk.site.config.search):
        return None
    language = primary(desk.site.config.language)
    return SearchIndex(records=records[::-1], language=language)


def _found(site: Site) -> Iterator[Entry]:
    """The posts that search finds: those in lists, the pages, and the translations of either."""
    for entry in site.posts:
        if entry.status == "published" and not entry.ended:
            yield entry


def _record(entry: Entry, desk: Desk) -> SearchRecord:
    site = desk.site
    states = present.states_of(entry, desk, site.words.text)
    return SearchRecord(
        url=desk.href(entry.url),
        title=present.title_of(entry, site),
        text="\n".join(filter(None, _text(entry, desk))),
        kind=entry.kind,
        kind_label=site.words.text(f"kind_{entry.kind}"),
        tags=entry.tags,
        tag_labels=tuple(site.book.tags[tag].label for tag in entry.tags),
        day=entry.shown_day,
        state=states[0].label if states else None,
        lang=entry.lang if entry.lang != site.config.language else None,
    )


def _text(entry: Entry, desk: Desk) -> Iterator[str | None]:
    """What the page of a post says, save what waits for its day or has had it."""
    front, document, site = entry.front, entry.document, desk.site
    yield front.summary
    yield getattr(front, "standfirst", None)
    yield document.body.text
    yield from (body.text for at, body in document.prose.items() if entry.shows(at))
    for quote in getattr(front, "quotes", ()):
        yield f"{quote.text} {quote.name}"
    author = present.person(entry, desk, site.words)
    yield author.name if author else None
    for name in (*getattr(front, "run_by", ()), *getattr(front, "partners", ())):
        yield present.organisation(name, site, site.words).label
    yield from (document.title for document in front.documents)
