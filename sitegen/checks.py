"""Editorial rules that need the whole site, and what has fallen due."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from sitegen import clock, glossing
from sitegen.kinds import KINDS, consultation, states
from sitegen.model import Entry
from sitegen.problems import Problem, Severity, problem
from sitegen.prose.acronyms import stem
from sitegen.schema import place_of
from sitegen.site import Site, reached
from sitegen.words import ENGLISH, FOLDER, is_english


def check(site: Site) -> list[Problem]:
    """What every check finds in every post."""
    return [
        fault for entry in site.entries.values() for rule in CHECKS for fault in rule(entry, site)
    ]


def _fault(code: str, message: str, entry: Entry, at: str, severity: Severity, fix: str) -> Problem:
    place = place_of(entry.document.places, at)
    path = f"content/{entry.document.path}"
    return problem(code, message, path, place, severity=severity, fix=fix)


def review_due(entry: Entry, site: Site) -> Iterator[Problem]:
    """A page whose review is overdue. Time alone makes advice only."""
    due = entry.front.next_review_due
    if due and entry.current and reached(due, site.now, site.config.tz):
        message = f"the review was due on {clock.show_date(due)}"
        fix = "check the page, then set last_reviewed_on and next_review_due"
        yield _fault("review-due", message, entry, "next_review_due", Severity.ADVICE, fix)


def review_to_come(entry: Entry, site: Site) -> Iterator[Problem]:
    """A page that says it was reviewed on a day that is still to come."""
    last = entry.front.last_reviewed_on
    if last and not reached(last, site.now, site.config.tz):
        message = f"the page says that it was reviewed on {clock.show_date(last)}, which is to come"
        fix = "check the day"
        yield _fault("review-to-come", message, entry, "last_reviewed_on", Severity.ADVICE, fix)


def outcome_due(entry: Entry, site: Site) -> Iterator[Problem]:
    """A consultation that has closed and whose outcome is overdue."""
    front = entry.front
    if not isinstance(front, consultation.Consultation) or entry.state != "closed":
        return
    due = states.outcome_due(front)
    if not front.final_outcome and entry.current and reached(due, site.now, site.config.tz):
        message = f"the outcome was due on {clock.show_date(due)}"
        fix = "add final_outcome, or set outcome_due to the day that is now expected"
        yield _fault("outcome-due", message, entry, "closing_date", Severity.ADVICE, fix)


def typed_prefix(entry: Entry, site: Site) -> Iterator[Problem]:
    """A title that repeats the prefix which its series puts before it."""
    series = site.facts.series.get(getattr(entry.front, "series", None) or "")
    if series and series.prefix and entry.front.title.startswith(f"{series.prefix}:"):
        message = f'"{series.prefix}:" is put before the title already, by the series'
        fix = "title: " + entry.front.title.removeprefix(f"{series.prefix}:").strip()
        yield _fault("typed-prefix", message, entry, "title", Severity.WARNING, fix)


def names_itself(entry: Entry, site: Site) -> Iterator[Problem]:
    """A post that is its own parent, original or replacement."""
    for at in ("parent", "translation_of"):
        name = getattr(entry.front, at, None)
        if name and site.refs.get(name) == entry.ref:
            message = f'"{at}" names this post itself'
            yield _fault("names-itself", message, entry, at, Severity.ERROR, "name another post")


def translates_a_translation(entry: Entry, site: Site) -> Iterator[Problem]:
    """A translation names the post that was written first, so that all lead to one."""
    original = site.entries.get(entry.original or "")
    if original and original.original and original.ref != entry.ref:
        message = f'"{entry.front.translation_of}" is a translation itself'
        fix = f"translation_of: {original.original}"
        yield _fault("not-the-original", message, entry, "translation_of", Severity.ERROR, fix)


def follows_news(entry: Entry, site: Site) -> Iterator[Problem]:
    """Only news shows its follow-ups, so only news can be followed up."""
    for i, name in enumerate(getattr(entry.front, "updates", ())):
        other = site.find(name)
        if other and other.kind != "news":
            message = f'"{name}" is no news story'
            fix = "use related: to name posts of other kinds"
            yield _fault("follow-up", message, entry, f"updates.{i}", Severity.ERROR, fix)


def frame_in_english(entry: Entry, site: Site) -> Iterator[Problem]:
    """A translation whose page has no words of its language but the text's own."""
    if entry.original and not is_english(entry.lang) and not site.wordbook.has(entry.lang):
        message = f'menus and labels on this page are in English: no words for "{entry.lang}" yet'
        fix = f"add {FOLDER}{entry.lang}.yaml, with the keys of {ENGLISH}.yaml"
        yield _fault("no-words", message, entry, "lang", Severity.ADVICE, fix)


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


CHECKS: tuple[Callable[[Entry, Site], Iterable[Problem]], ...] = (
    review_due,
    review_to_come,
    outcome_due,
    typed_prefix,
    names_itself,
    translates_a_translation,
    follows_news,
    frame_in_english,
    unknown_acronym,
)
