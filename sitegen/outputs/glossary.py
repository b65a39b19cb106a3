"""The glossary: every acronym of content/glossary.yaml, A to Z, and the pages that use it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import groupby

from sitegen.kinds import KINDS
from sitegen.model import Address, Entry, Output, Rendered
from sitegen.pages import machines, present
from sitegen.pages.desk import Desk
from sitegen.shown import LinkTo
from sitegen.site import glossing
from sitegen.site.index import Site
from sitegen.source.facts import Term, term_id
from sitegen.urls import output_path, slugify
from sitegen.views.lists import GlossaryView, Letter, TermView

PATH = "/glossary/"
USES_SHOWN = 10


def letter_of(acronym: str) -> str:
    """The letter that an acronym is found under; ``#`` for what begins with none."""
    first = slugify(acronym)[:1].upper()
    return first if first.isalpha() else "#"


def addresses(site: Site) -> Iterator[Address]:
    """One page, with an anchor for each acronym."""
    ids = frozenset(term_id(acronym) for acronym in site.facts.glossary)
    yield Address(path=PATH, owner="content/glossary.yaml", ids=ids)


def outputs(desk: Desk) -> Iterator[Output]:
    """One page."""
    yield Rendered(path=output_path(PATH), template="glossary.html", make=partial(_view, desk))


def _view(desk: Desk) -> GlossaryView:
    terms = desk.site.facts.glossary
    uses = _uses(desk.site)
    ordered = sorted(terms, key=lambda acronym: (letter_of(acronym), acronym.casefold(), acronym))
    letters = tuple(
        Letter(
            letter=letter,
            id=f"_{letter.lower()}" if letter != "#" else "_other",
            terms=tuple(_term(acronym, terms[acronym], uses[acronym], desk) for acronym in group),
        )
        for letter, group in groupby(ordered, key=letter_of)
    )
    title, intro = (desk.site.words.text(key) for key in ("glossary", "intro_glossary"))
    head = present.head(PATH, title, desk, description=intro, section=PATH)
    head = machines.of_glossary(head, letters, desk)
    return GlossaryView(head=head, title=title, intro=intro, letters=letters)


def _uses(site: Site) -> Mapping[str, Sequence[Entry]]:
    """The current posts that use each acronym, newest first."""
    found: dict[str, list[Entry]] = {acronym: [] for acronym in site.facts.glossary}
    for entry in filter(lambda e: e.current, site.posts):
        bodies = glossing.read_in(entry, KINDS[entry.kind].reading_order, site)
        for acronym in glossing.used(bodies.values(), site.facts.glossary):
            found[acronym].append(entry)
    return found


def _term(acronym: str, term: Term, uses: Sequence[Entry], desk: Desk) -> TermView:
    successor = None
    if term.successor and term.successor in desk.site.facts.glossary:
        url = desk.href(f"{PATH}#{term_id(term.successor)}")
        successor = LinkTo(label=term.successor, url=url)
    return TermView(
        id=term_id(acronym),
        acronym=acronym,
        meaning=term.meaning,
        explanation=term.explanation,
        ended=present.day(term.until, desk.site.words) if term.until else None,
        successor=successor,
        uses=tuple(filter(None, (present.link_to(e, desk) for e in uses[:USES_SHOWN]))),
        uses_count=len(uses),
    )
