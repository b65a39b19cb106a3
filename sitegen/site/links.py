"""Resolve every internal link, anchor, image and document; report the ones that lead nowhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from sitegen.hints import did_you_mean, hinted
from sitegen.memo import Memo
from sitegen.model import Address, Document, Embedded, Entry, File
from sitegen.problems import Place, Problem, problem
from sitegen.site import targets
from sitegen.site.index import Resolved, has_errors
from sitegen.site.names import ref_of
from sitegen.site.targets import Broken, Found, Landing, Targets
from sitegen.source import fieldtypes, schema
from sitegen.source.config import PATH as CONFIG_PATH
from sitegen.source.config import Config
from sitegen.source.facts import Facts
from sitegen.source.schema import place_of
from sitegen.urls import composed, output_path, slugify

Key = tuple[str, str]  # a post's ref; a field's dotted name, or "" for the body
NOWHERE = Found(address="#")  # stands for what is broken; nothing is written then


@dataclass(frozen=True, slots=True)
class Use:
    """A file of the site, and where it is used: ``content/news/a.md, line 7``."""

    file: File
    where: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """Where everything leads.

    ``bodies`` has the address of each link and image of a body, in order; ``files`` what each
    field that names a file leads to; ``copies`` the files that published pages use, by output
    path; ``pictures`` are those of them that a page shows, and doesn't only link to. ``uses`` has
    where each file is used first, by its path, in posts that wait or have faults too.
    """

    bodies: Mapping[Key, tuple[str, ...]]
    files: Mapping[Key, Found]
    copies: Mapping[PurePosixPath, File]
    pictures: frozenset[PurePosixPath]
    uses: Mapping[PurePosixPath, Use]
    problems: tuple[Problem, ...]


def resolve(
    resolved: Resolved,
    documents: Iterable[Document],
    addresses: Mapping[str, Address],
    files: Mapping[PurePosixPath, File],
    memo: Memo | None = None,
) -> Links:
    """The links of every published post, and the faults of those and of the waiting ones.

    ``files`` are the media and bundle files by their path in content/.
    """
    memo, site = memo or Memo(), resolved.site
    published = site.posts
    unseen = [*resolved.waiting, *resolved.faulty]
    drafts = {e.url: e.document.path for e in resolved.drafts}
    reach = _targets([*published, *unseen], unseen, documents, addresses, files, drafts)
    reach = memo.same("targets", reach)
    rows = [memo(_of_post, entry, reach) for entry in published]
    every = [*rows, *(memo(_of_post, entry, reach) for entry in unseen)]
    problems = [fault for row in every for fault in row.problems]
    uses = {use.file.source: use for row in reversed(every) for use in reversed(row.uses)}
    bodies = {key: found for row in rows for key, found in row.bodies.items()}
    fields = {key: found for row in rows for key, found in row.fields.items()}
    used = (found for row in rows for found in row.used)
    photos = dict(_photos(published, site.facts, reach, problems))
    by_people = [found.file for found in photos.values() if found.file]
    copies = {f.public: f.file for f in (*used, *photos.values()) if f.public and f.file}
    shown = (output_path(a.partition("#")[0]) for a in _pictures(published, bodies, fields))
    return Links(
        bodies=bodies,
        files={**fields, **photos},
        copies=copies,
        pictures=frozenset(shown) & copies.keys(),
        uses={f.source: Use(f, "content/people.yaml") for f in by_people} | uses,
        problems=tuple(problems),
    )


def told_where(faults: Iterable[Problem], uses: Mapping[PurePosixPath, Use]) -> list[Problem]:
    """The faults of files, each with the place that uses the file."""
    used = {path.as_posix(): f" (used in {use.where})" for path, use in uses.items()}
    return [replace(p, message=p.message + used.get(p.path, "")) for p in faults]


def _pictures(
    entries: Iterable[Entry],
    bodies: Mapping[Key, tuple[str, ...]],
    fields: Mapping[Key, Found],
) -> Iterator[str]:
    """The addresses of the pictures in texts, and of those that posts begin with."""
    for entry in entries:
        for at, body in entry.document.texts():
            if entry.shows(at):
                rows = zip(body.links, bodies[entry.ref, at], strict=True)
                yield from (address for link, address in rows if isinstance(link, Embedded))
        if lead := fields.get((entry.ref, "image.src")):
            yield lead.address


def _targets(
    entries: list[Entry],
    unseen: Iterable[Entry],
    documents: Iterable[Document],
    addresses: Mapping[str, Address],
    files: Mapping[PurePosixPath, File],
    drafts: Mapping[str, PurePosixPath],
) -> Targets:
    documents = tuple(documents)
    posts = {composed(e.document.path): _landing(e) for e in entries}
    faulty = (ref_of(d).rpartition("/")[2] for d in documents if has_errors(d))
    ids = {e.ref: e.ids for e in entries}
    to_come = {e.url: Address(path=e.url, owner=e.ref, ids=ids[e.ref]) for e in unseen}
    return Targets(
        posts=posts,
        owners={landing.url: landing for landing in posts.values()},
        documents={composed(d.path): bool(d.front and d.front.draft) for d in documents},
        addresses={**to_come, **addresses},
        ids=ids,
        files=files,
        drafts=drafts,
        doubtful=frozenset(map(slugify, faulty)),
    )


def _landing(entry: Entry) -> Landing:
    return Landing(
        ref=entry.ref,
        path=entry.document.path,
        url=entry.url,
        status=entry.status,
        visible_from=entry.visible_from,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _OfPost:
    """Where the links of a post's bodies lead, and its fields; what is found in all that is shown.

    What only hidden fields refer to is looked at, but not published.
    """

    bodies: Mapping[Key, tuple[str, ...]]
    fields: Mapping[Key, Found]
    used: tuple[Found, ...]
    uses: tuple[Use, ...]
    problems: tuple[Problem, ...]


def _of_post(entry: Entry, reach: Targets) -> _OfPost:
    problems: list[Problem] = []
    bodies: dict[Key, tuple[str, ...]] = {}
    fields: dict[Key, Found] = {}
    used: list[Found] = []
    uses: list[Use] = []
    path, landing = f"content/{entry.document.path}", _landing(entry)
    for at, body in entry.document.texts():
        found = [
            _try(
                path,
                link.place,
                problems,
                targets.find,
                landing,
                link.target,
                reach,
                is_image=link.is_image,
            )
            for link in body.links
        ]
        rows = zip(body.links, found, strict=True)
        uses += [Use(f.file, _line(path, link.place)) for link, f in rows if f.file]
        bodies[entry.ref, at] = tuple(f.address for f in found)
        used += found if entry.shows(at) else []
    for at, how, typed in _fields(entry):
        where = place_of(entry.document.places, at)
        fields[entry.ref, at] = _try(path, where, problems, how, landing, typed, reach)
        if file := fields[entry.ref, at].file:
            uses.append(Use(file, _line(path, where)))
        used += [fields[entry.ref, at]] if entry.shows(at) else []
    return _OfPost(
        bodies=bodies,
        fields=fields,
        used=tuple(used),
        uses=tuple(uses),
        problems=tuple(problems),
    )


def _line(path: str, place: Place) -> str:
    return f"{path}, line {place.line}"


def _fields(entry: Entry) -> Iterator[tuple[str, Callable[..., Found], str]]:
    """The fields that name files or addresses of the site, and how each is found."""
    for at, type_, value in schema.leaves(entry.front):
        if at == "image.src":
            yield at, targets.image, value
        elif type_ is fieldtypes.File:
            yield at, targets.file, value
        elif type_ is fieldtypes.Page and value.startswith("/"):
            yield at, targets.find, value


def _try(
    path: str,
    place: Place | None,
    problems: list[Problem],
    how: Callable[..., Found],
    *arguments: object,
    **options: object,
) -> Found:
    """What is found; where nothing is, the fault is noted."""
    try:
        return how(*arguments, **options)
    except Broken as broken:
        problems.append(problem(broken.code, broken.message, path, place, fix=broken.fix))
        return NOWHERE


def _photos(
    entries: Iterable[Entry], facts: Facts, reach: Targets, problems: list[Problem]
) -> Iterator[tuple[Key, Found]]:
    """The photos of the people who wrote what is published."""
    writing = {e.front.author for e in entries}
    for name, person in facts.people.items():
        if person.photo and name in writing:
            place = facts.places.get(f"people.{name}.photo")
            path = "content/people.yaml"
            photo = _try(path, place, problems, targets.image, None, person.photo, reach)
            yield (f"people/{name}", "photo"), photo


def check_settings(
    config: Config,
    places: Mapping[str, Place],
    facts: Facts,
    addresses: Mapping[str, Address],
    posts: Iterable[Entry],
    unpublished: Iterable[Entry] = (),
) -> list[Problem]:
    """The links of menus, alert, help and calls to action lead somewhere.

    A menu may name pages, fixed indexes and other sites, but no post: menus are on every page.
    ``unpublished`` are drafts and posts that wait: what leads to one is told so.
    """
    unseen = {e.url: e for e in unpublished}
    of_posts = {e.url for e in posts if e.kind != "page"}
    found = []
    rows = [
        (at, value, CONFIG_PATH, places)
        for at, type_, value in schema.leaves(config)
        if type_ is fieldtypes.Address
    ]
    for name, action in facts.actions.items():
        rows.append((f"actions.{name}.url", action.url, "content/actions.yaml", facts.places))
    for at, value, path, where in rows:
        if not isinstance(value, str) or not value.startswith("/"):
            continue
        page = value.partition("#")[0].partition("?")[0]
        page = page if page in addresses or page.endswith("/") else page + "/"
        if page not in addresses and (entry := unseen.get(page)):
            found.append(_unseen(value, entry, path, place_of(where, at)))
        elif page not in addresses:
            message = hinted(f'there is no page "{value}"', did_you_mean(page, addresses))
            found.append(problem("broken-link", message, path, place_of(where, at)))
        elif at.startswith("menus.") and page in of_posts:
            message = f'"{value}" is a post; a menu can hold pages, lists and other sites'
            found.append(problem("menu-post", message, path, place_of(where, at)))
    return found


def _unseen(value: str, entry: Entry, path: str, place: Place) -> Problem:
    """The fault of a setting that leads to a page which is not public yet."""
    draft = entry.status == "draft"
    what = "is a draft" if draft else "is not published yet"
    message = f'"{value}" is the address of content/{entry.document.path}, which {what}'
    fix = "publish it first, or take the link out" if draft else "take the link out until then"
    return problem(f"link-to-{entry.status}", message, path, place, fix=fix)
