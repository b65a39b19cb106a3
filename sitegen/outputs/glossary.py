"""The glossary: every acronym of content/glossary.yaml, A to Z."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from sitegen import present
from sitegen.facts import Term
from sitegen.model import Address, LinkTo, Output, Rendered
from sitegen.present import Desk
from sitegen.site import Site
from sitegen.urls import output_path, slugify
from sitegen.views import GlossaryView, Letter, TermView

PATH = "/glossary/"


def term_id(acronym: str) -> str:
    """The anchor of an acronym: ``icb``."""
    return slugify(acronym.replace("&", " and ")) or "term"


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
    terms = desk.site.facts.glossary
    ordered = sorted(terms, key=lambda acronym: (letter_of(acronym), acronym.casefold(), acronym))
    letters = tuple(
        Letter(
            letter=letter,
            id=f"_{letter.lower()}" if letter != "#" else "_other",
            terms=tuple(_term(acronym, terms[acronym], desk) for acronym in group),
        )
        for letter, group in groupby(ordered, key=letter_of)
    )
    head = present.head(PATH, "Glossary", desk, section=PATH)
    view = GlossaryView(head=head, title="Glossary", letters=letters)
    yield Rendered(path=output_path(PATH), template="glossary.html", view=view)


def _term(acronym: str, term: Term, desk: Desk) -> TermView:
    successor = None
    if term.successor and term.successor in desk.site.facts.glossary:
        url = desk.href(f"{PATH}#{term_id(term.successor)}")
        successor = LinkTo(label=term.successor, url=url)
    return TermView(
        id=term_id(acronym),
        acronym=acronym,
        meaning=term.meaning,
        explanation=term.explanation,
        ended=present.day(term.until) if term.until else None,
        successor=successor,
    )
