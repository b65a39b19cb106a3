"""What posts share: config.yaml, the shared facts and the files. What of it is of no use now?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath
from urllib.parse import unquote

from sitegen import clock
from sitegen.model import Document, Entry
from sitegen.problems import Place, Problem, Severity, problem
from sitegen.site.index import Site, has_errors
from sitegen.source import fieldtypes, schema
from sitegen.source.config import PATH as CONFIG_PATH
from sitegen.source.facts import Facts, Organisation, Term
from sitegen.source.schema import place_of

Places = Mapping[str, Place]


def check(
    site: Site, documents: Iterable[Document], files: Iterable[PurePosixPath], places: Places
) -> Iterator[Problem]:
    """All of it. ``files`` are the media and bundle files by their path in content/.

    ``places`` say where each value of config.yaml stands.
    """
    documents = tuple(documents)
    yield from alert_ended(site, places)
    yield from leads_to_what_is_over(site, places)
    yield from circles(site.facts)
    yield from unused_photos(documents, site.facts)
    yield from unused_files(documents, files, site.facts)


def _advice(code: str, message: str, path: str, place: Place | None, fix: str) -> Problem:
    return problem(code, message, path, place, fix=fix, severity=Severity.ADVICE)


# Settings.


def alert_ended(site: Site, places: Places) -> Iterator[Problem]:
    """An alert whose time is over: it is on no page any more."""
    until, tz = site.config.alert and site.config.alert.until, site.config.tz
    if until and clock.ends(until, tz) <= site.now:
        message = f"the alert ended at {clock.show_closing(until)}"
        fix = "delete the alert"
        yield _advice("alert-ended", message, CONFIG_PATH, place_of(places, "alert.until"), fix)


def led_to(site: Site) -> Iterator[tuple[str, str, str]]:
    """Every address of this site in config.yaml and the calls to action, as a page's site path.

    With the file that it is in, and the dotted name there.
    """
    rows = [
        (value, CONFIG_PATH, at)
        for at, type_, value in schema.leaves(site.config)
        if type_ is fieldtypes.Address
    ]
    actions = site.facts.actions.items()
    rows += [(a.url, "content/actions.yaml", f"actions.{name}.url") for name, a in actions]
    for value, path, at in rows:
        page = value.partition("#")[0].partition("?")[0]
        if page.startswith("/"):
            yield page if page.endswith("/") else f"{page}/", path, at


def leads_to_what_is_over(site: Site, places: Places) -> Iterator[Problem]:
    """A menu, help line or call to action that leads to what has ended, or is not public yet.

    (What is not public is on the site in a preview only; elsewhere the link is an error.)
    """
    entries = {entry.url: entry for entry in site.entries.values()}
    for page, path, at in led_to(site):
        if (entry := entries.get(page)) and (fate := _fate(entry)):
            of_file = places if path == CONFIG_PATH else site.facts.places
            message = f'"{page}" {fate}'
            fix = "take this link out, or let it lead elsewhere"
            yield _advice("stale-link", message, path, place_of(of_file, at), fix)


def _fate(entry: Entry) -> str:
    """Why readers should not be led to a post; empty when they may."""
    if entry.status != "published":
        return f"is {'a draft' if entry.status == 'draft' else 'not published yet'}"
    return "was withdrawn" if entry.withdrawn else "has expired" if entry.expired else ""


# Facts.


def circles(facts: Facts) -> Iterator[Problem]:
    """Organisations and terms that follow one another in a circle: none of them is the last."""
    for stem in ("organisations", "glossary"):
        table, told = getattr(facts, stem), set[str]()
        for name in table:
            chain = _chain(name, table)
            if chain and not told.intersection(chain):
                told.update(chain)
                path = " → ".join(f'"{link}"' for link in (*chain, name))
                place = place_of(facts.places, f"{stem}.{name}.successor")
                message = f"what followed it leads back to it: {path}"
                fix = "delete the successor that is wrong"
                yield _advice("successor-circle", message, f"content/{stem}.yaml", place, fix)


def _chain(name: str, table: Mapping[str, Organisation | Term]) -> tuple[str, ...]:
    """The names from one to itself again, each followed by the next; none when it isn't."""
    chain: list[str] = []
    at = name
    while at in table and at not in chain:
        chain.append(at)
        at = table[at].successor or ""
    return tuple(chain) if at == name else ()


def unused_photos(documents: Iterable[Document], facts: Facts) -> Iterator[Problem]:
    """A person's photo that is nowhere shown: they have written nothing."""
    writing = {d.front.author for d in documents if d.front}
    for name, person in facts.people.items():
        if person.photo and name not in writing:
            place = place_of(facts.places, f"people.{name}.photo")
            message = "a photo is shown with what somebody writes, and this person has no post"
            fix = f"delete the photo, or write  author: {name}  in a post"
            yield _advice("unused-photo", message, "content/people.yaml", place, fix)


def unused_files(
    documents: Iterable[Document], files: Iterable[PurePosixPath], facts: Facts
) -> Iterator[Problem]:
    """Pictures and documents that no post names, drafts included.

    Told by their names alone. While a post has faults nobody can say.
    """
    documents = tuple(documents)
    if any(has_errors(d) or d.front is None for d in documents):
        return
    photos = (person.photo for person in facts.people.values() if person.photo)
    named = {_name(typed) for d in documents for typed in _files_in(d)} | set(map(_name, photos))
    for file in files:
        if file.name.casefold() not in named:
            fix = "delete it, or show it in a post"
            yield _advice("unused-file", "no post uses this file", f"content/{file}", None, fix)


def _files_in(document: Document) -> Iterator[str]:
    """All that a post may name a file with: its links, pictures and fields."""
    for body in (document.body, *document.prose.values()):
        yield from (link.target for link in body.links)
    for _, type_, value in schema.leaves(document.front):
        if type_ is fieldtypes.File:
            yield value


def _name(typed: str) -> str:
    """The file's own name in an address."""
    return unquote(typed.partition("#")[0].partition("?")[0]).rpartition("/")[2].casefold()
