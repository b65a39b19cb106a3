"""The planners' addresses, then their outputs; two outputs for one address are refused."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from urllib.parse import unquote

from sitegen.model import Address, Copied, Derived, Entry, Output, SearchIndex
from sitegen.outputs import PLANNERS, admin, assets, pages, redirects, search
from sitegen.pages.desk import Desk
from sitegen.problems import Problem, problem
from sitegen.site.index import Site
from sitegen.urls import collision_key, composed, output_path, unfit

RESERVED = {
    "archive": "the archive",
    "assets": "the site's own files",
    "media": "pictures and documents",
    "pagefind": "the search index",
    "search": "the search page",
    "series": "the series",
    "tags": "the tags",
}


def addresses(site: Site) -> tuple[Address, ...]:
    """Every address that the planners will write to."""
    return tuple(a for planner in PLANNERS for a in planner.addresses(site))


def outputs(desk: Desk) -> tuple[Output, ...]:
    """Everything that will be written."""
    planned = [*assets.outputs(desk)]
    for planner in PLANNERS:
        planned += planner.outputs(desk)
    return tuple(planned)


def search_index(desk: Desk) -> SearchIndex | None:
    """What the search index holds; None where there is no search."""
    return search.index(desk)


# The files whose ids are addresses.
FACTS = {"series": "content/series.yaml", "tags": "content/tags.yaml"}

Claim = tuple[PurePosixPath, Address]  # a path in output/, and what wants it


def claims(
    planned: Iterable[Address], written: Iterable[Output], waiting: Iterable[Entry]
) -> tuple[Claim, ...]:
    """All that claims a path in output/.

    What posts that wait will claim counts already: the day they appear must not bring a fault.
    """
    rows = [(output_path(a.path), a) for a in (*planned, *_of_posts(waiting))]
    known = {path for path, _ in rows}
    rows += [
        (o.path, Address(path=f"/{o.path}", owner=o.owner or "sitegen"))
        for o in written
        if o.path not in known or isinstance(o, Copied | Derived)
    ]
    return tuple(rows)


def clashes(claims: Sequence[Claim]) -> list[Problem]:
    """Two outputs for one address, a file where a folder must be, and addresses that are taken.

    Names that differ only in case or in the way their accents are coded are one: on some disks
    they would be the same file.
    """
    edited = _edited(address for _, address in claims)
    taken = {**RESERVED, **({"admin": admin.OWNER} if edited else {})}
    found = []
    owners: dict[str, Address] = {}
    shared: set[str] = set()
    for path, address in claims:
        first = owners.setdefault(collision_key(path), address)
        if first is not address:
            found.append(_clash(first, address))
            shared.add(collision_key(path))
    for path, address in claims:
        reserved = None if collision_key(path) in shared else _reserved(address, taken)
        found += filter(None, [reserved, _unfit(path, address)])
        files = (owners.get(key) for key in _folders(collision_key(path)))
        found += [_clash(file, address) for file in files if file]
    return list(dict.fromkeys(found))  # what has many files is told of once


def _folders(key: str) -> Iterator[str]:
    """The keys of the folders that the path of a key lies in."""
    end = key.find("/")
    while end > 0:
        yield key[:end]
        end = key.find("/", end + 1)


def _of_posts(entries: Iterable[Entry]) -> Iterator[Address]:
    entries = tuple(entries)
    yield from pages.of_entries(entries)
    yield from redirects.of_entries(entries)


def _clash(first: Address, second: Address) -> Problem:
    """The fault of two owners of one address, at the one that an editor can change."""
    if first.translates and second.translates:
        return _translated_twice(first, second)
    first, second = sorted((first, second), key=_is_a_file)
    message = f'"{second.path}" is also the address of {first.owner}'
    if second.alias:
        fix = "take this alias out"
    elif first.owner != second.owner and len({_composed(first), _composed(second)}) == 1:
        message += ": their accents are coded differently"
        fix = "delete one of the two files"
    elif second.owner.endswith(".md"):
        fix = f"give this post another slug, such as slug: {_last(second)}-2"
    else:
        fix = "rename this file"
    return problem("same-address", message, second.owner, second.place, fix=fix)


def _composed(address: Address) -> PurePosixPath:
    """The file that an address is of, however its accents are coded."""
    return composed(PurePosixPath(address.owner))


def _translated_twice(newer: Address, older: Address) -> Problem:
    """The fault of a second translation into one language: addresses come newest first."""
    message = f'"{older.owner}" already translates "{older.translates}" into this language'
    fix = "keep one of the two, or write the language of this one"
    return problem("same-translation", message, newer.owner, newer.place, fix=fix)


def _last(address: Address) -> str:
    """The last part of an address: the slug."""
    return unquote(address.path).strip("/").rpartition("/")[2] or "home"


def _is_a_file(address: Address) -> int:
    """Posts are changed rather than other files, and those rather than what sitegen makes."""
    owner = address.owner
    return 2 if owner.endswith(".md") else 1 if owner.startswith(("content/", "templates/")) else 0


def _edited(planned: Iterable[Address]) -> bool:
    """Whether the site has the web editor."""
    return any(address.owner == admin.OWNER for address in planned)


def first_of(path: str) -> str:
    """The first part of a site path: the folder in output/ that it takes."""
    return unquote(path).strip("/").partition("/")[0].casefold()


def _reserved(address: Address, taken: Mapping[str, str]) -> Problem | None:
    first = first_of(address.path)
    if first not in taken or not address.owner.endswith(".md"):
        return None
    message = f'"/{first}/" is taken: it is for {taken[first]}'
    return problem(
        "reserved-address",
        message,
        address.owner,
        address.place,
        fix=f"give it another slug, such as slug: {_last(address)}-page",
    )


def _unfit(path: PurePosixPath, address: Address) -> Problem | None:
    """The fault of an address that can't be a file on every disk."""
    why = unfit(path)
    if not why:
        return None
    owner = address.owner
    if not _is_a_file(address):
        owner = FACTS.get(first_of(address.path), owner)
    if owner.endswith(".md") and not address.alias:
        fix = f"{'write' if address.place else 'add'} slug: with another one"
    else:
        fix = "choose another id" if owner in FACTS.values() else "use another name"
    return problem("address-unfit", why, owner, address.place, fix=fix)


def by_path(planned: Iterable[Address]) -> Mapping[str, Address]:
    """The addresses by their site paths."""
    return {address.path: address for address in planned}
