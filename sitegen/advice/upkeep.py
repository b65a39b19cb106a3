"""What the posts of a site need so that they stay true and can be found."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

from sitegen import clock
from sitegen.advice.shared import led_to
from sitegen.kinds import KINDS
from sitegen.kinds.explainer import Explainer
from sitegen.model import Entry
from sitegen.problems import Problem, Severity, problem
from sitegen.prose.acronyms import stem
from sitegen.site import glossing
from sitegen.site.index import Site, reached
from sitegen.site.links import Links
from sitegen.site.statement import is_statement
from sitegen.source import fieldtypes, schema
from sitegen.source.config import Menus
from sitegen.source.schema import place_of
from sitegen.source.words import ENGLISH, FOLDER, is_english

AHEAD = timedelta(weeks=4)
STRUCTURE = ("parent", "translation_of")  # leads up or across, from what nobody may have found


def check(site: Site, links: Links) -> Iterator[Problem]:
    """All of it. ``links`` say where those of the published posts lead."""
    for entry in site.entries.values():
        for rule in OF_POSTS:
            yield from rule(entry, site)
    yield from same_titles(site)
    yield from orphans(site, links)


def _advice(code: str, message: str, entry: Entry, at: str, fix: str) -> Problem:
    place, path = place_of(entry.document.places, at), f"content/{entry.document.path}"
    return problem(code, message, path, place, fix=fix, severity=Severity.ADVICE)


# One post.


def review_due(entry: Entry, site: Site) -> Iterator[Problem]:
    """A page whose review is overdue, or falls due within 4 weeks."""
    due, tz = entry.front.next_review_due, site.config.tz
    if due is None or not entry.current:
        return
    fix = "check the page, then set last_reviewed_on and next_review_due"
    if reached(due, site.now, tz):
        message = f"the review was due on {clock.show_date(due)}"
        yield _advice("review-due", message, entry, "next_review_due", fix)
    elif reached(due - AHEAD, site.now, tz):
        message = f"the review is due on {clock.show_date(due)}: 4 weeks or less are left"
        yield _advice("review-soon", message, entry, "next_review_due", fix)


def review_to_come(entry: Entry, site: Site) -> Iterator[Problem]:
    """A page that says it was reviewed on a day that is still to come."""
    last = entry.front.last_reviewed_on
    if last and not reached(last, site.now, site.config.tz):
        message = f"the page says that it was reviewed on {clock.show_date(last)}, which is to come"
        yield _advice("review-to-come", message, entry, "last_reviewed_on", "check the day")


def figures_to_come(entry: Entry, site: Site) -> Iterator[Problem]:
    """A figure of a day that is still to come: nobody can have measured it."""
    front = entry.front
    for i, indicator in enumerate(front.indicators if isinstance(front, Explainer) else ()):
        for j, value in enumerate(indicator.values):
            if not reached(value.as_of, site.now, site.config.tz):
                day = clock.show_date(value.as_of)
                message = f"this figure is of {day}, which is to come: it is not shown before"
                at = f"indicators.{i}.values.{j}.as_of"
                yield _advice("figure-to-come", message, entry, at, "check the day")


def frame_in_english(entry: Entry, site: Site) -> Iterator[Problem]:
    """A translation whose page has no words of its language but the text's own."""
    if entry.original and not is_english(entry.lang) and not site.wordbook.has(entry.lang):
        message = f'menus and labels on this page are in English: no words for "{entry.lang}" yet'
        fix = f"add {FOLDER}{entry.lang}.yaml, with the keys of {ENGLISH}.yaml"
        yield _advice("no-words", message, entry, "lang", fix)


def unknown_acronym(entry: Entry, site: Site) -> Iterator[Problem]:
    """Letters that neither the glossary nor the writer explains: all of a post in one advice."""
    bodies = glossing.read_in(entry, KINDS[entry.kind].reading_order, site)
    found = glossing.unknown(bodies.values(), site.facts.glossary)
    if not found:
        return
    names = [f'"{stem(acronym.text)}"' for acronym in found]
    some = f"{', '.join(names[:-1])} and {names[-1]} are" if names[1:] else f"{names[0]} is"
    message = f"{some} not in content/glossary.yaml"
    fix = (
        f"add  {stem(found[0].text)}: {{meaning: …}}  to that file (with well_known: true where "
        "everybody knows it), or write it out"
    )
    path, place = f"content/{entry.document.path}", found[0].place
    yield problem("unknown-acronym", message, path, place, fix=fix, severity=Severity.ADVICE)


OF_POSTS: tuple[Callable[[Entry, Site], Iterator[Problem]], ...] = (
    review_due,
    review_to_come,
    figures_to_come,
    frame_in_english,
    unknown_acronym,
)


# Posts among others.


def same_titles(site: Site) -> Iterator[Problem]:
    """A post with the title of an older one: in lists and in search they look the same."""
    first: dict[tuple[str, str], Entry] = {}
    for entry in reversed(tuple(site.entries.values())):  # the oldest first
        title = entry.front.title.casefold()
        if not entry.ended and (other := first.setdefault((title, entry.lang), entry)) is not entry:
            message = f"content/{other.document.path} has the same title"
            fix = "say what sets this one apart, such as the place or the month"
            yield _advice("same-title", message, entry, "title", fix)


def orphans(site: Site, links: Links) -> Iterator[Problem]:
    """A page that nothing leads to: no menu, no post and no page above it.

    Posts of other kinds are in lists, and the statement is linked at the foot of every page.
    Without any menu a site is only beginning.
    """
    if site.config.menus == Menus():
        return
    found = {page for page, _, _ in led_to(site)} | set(_led_to(site, links))
    for entry in site.entries.values():
        listed = KINDS[entry.kind].listed or is_statement(entry.document)
        below = site.find(getattr(entry.front, "parent", None) or "")
        if entry.current and not (listed or below or entry.url in found):
            message = "no menu and no other page leads here, so readers won't find it"
            fix = "link to it from another page, add it to a menu, or write  parent: pages/…"
            yield _advice("orphan", message, entry, "title", fix)


def _led_to(site: Site, links: Links) -> Iterator[str]:
    """The site paths that posts link to, in texts and in fields; their own left out."""
    url_of = {entry.ref: entry.url for entry in site.posts}
    for (ref, _), addresses in links.bodies.items():
        yield from (page for a in addresses if (page := a.partition("#")[0]) != url_of[ref])
    for entry in site.posts:
        for at, type_, value in schema.leaves(entry.front):
            if type_ is fieldtypes.Page and (entry.ref, at) in links.files:
                yield links.files[entry.ref, at].address.partition("#")[0]
            elif type_ in (fieldtypes.Page, fieldtypes.Ref) and at not in STRUCTURE:
                other = site.find(value)
                yield from [other.url] if other and other is not entry else []
