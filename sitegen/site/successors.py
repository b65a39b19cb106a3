"""Which new post one whose file is gone most likely became: for whoever renamed it to confirm."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import PurePosixPath
from typing import TypeVar

from sitegen.model import Entry
from sitegen.urls import slugify

FEW = 30  # among more new posts none is taken for an old one by a name that is only like its own
ALIKE = 0.6  # of 1: how near two names must be
V = TypeVar("V")


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """A post whose file is gone: its ref, and those of its addresses that are lost."""

    ref: str
    urls: tuple[str, ...]

    @property
    def names(self) -> set[str]:
        """What it was called."""
        return {_name(self.ref), *map(_name, self.urls)}


def successors(gone: Iterable[Gone], new: Iterable[Entry]) -> dict[str, Entry]:
    """For posts that are gone, by ref, what they most likely became; no post is named twice.

    ``new`` are the posts of which nothing was recorded. The same name or title tells wherever it
    is; in its own folder a name like its own, then the day in its address, then that no other
    post is gone and none is new.
    """
    lost, left = {g.ref: g for g in gone}, {entry.ref: entry for entry in new}
    found: dict[str, Entry] = {}
    for choose in (_named, _alike, _of_one_day, _alone):
        rest = [g for g in lost.values() if g.ref not in found]
        for ref, heir in choose(rest, [*left.values()]):
            if ref not in found and heir.ref in left:
                found[ref] = left.pop(heir.ref)
    return found


Pairs = Iterator[tuple[str, Entry]]


def _named(gone: Iterable[Gone], new: Iterable[Entry]) -> Pairs:
    """Those of one name: of the file, of the address, or the title; a file's own name first."""
    named = defaultdict[str, dict[str, Entry]](dict)
    for entry in sorted(new, key=lambda e: e.ref):
        for name in _names(entry):
            named[name][entry.ref] = entry
    for lost in gone:
        same = {ref: e for name in sorted(lost.names) for ref, e in named[name].items()}
        heirs = (entry for entry in same.values() if _may_be(lost, entry))
        for heir in sorted(heirs, key=lambda e: _folder(e.ref) != _folder(lost.ref)):
            yield lost.ref, heir


def _alike(gone: Iterable[Gone], new: Iterable[Entry]) -> Pairs:
    """Those of one folder with names that are like each other, the nearest first."""
    folders = _grouped(new, lambda e: [_folder(e.ref)])
    near = ((lost, folders.get(_folder(lost.ref), [])) for lost in gone)
    pairs = [
        (-_likeness(lost, entry), lost.ref, entry.ref, entry)
        for lost, entries in near
        if len(entries) <= FEW
        for entry in entries
        if _may_be(lost, entry)
    ]
    for likeness, ref, _, heir in sorted(pairs, key=lambda pair: pair[:3]):
        if -likeness >= ALIKE:
            yield ref, heir


def _of_one_day(gone: Iterable[Gone], new: Iterable[Entry]) -> Pairs:
    """Of each folder and day the one that is gone and the one that is new."""
    return _only_ones(
        _grouped(gone, lambda g: [f"{_folder(g.ref)} {day}" for day in _days(g.urls)]),
        _grouped(new, lambda e: [f"{_folder(e.ref)} {day}" for day in _days([e.url])]),
    )


def _alone(gone: Iterable[Gone], new: Iterable[Entry]) -> Pairs:
    """Of each folder the one that is gone and the one that is new."""
    return _only_ones(
        _grouped(gone, lambda g: [_folder(g.ref)]), _grouped(new, lambda e: [_folder(e.ref)])
    )


def _only_ones(gone: Mapping[str, list[Gone]], new: Mapping[str, list[Entry]]) -> Pairs:
    for key in sorted(gone.keys() & new.keys()):
        match gone[key], new[key]:
            case [lost], [heir] if _may_be(lost, heir):
                yield lost.ref, heir


def _grouped(values: Iterable[V], keys: Callable[[V], Iterable[str]]) -> dict[str, list[V]]:
    groups = defaultdict[str, list[V]](list)
    for value in values:
        for key in keys(value):
            groups[key].append(value)
    return groups


def _likeness(lost: Gone, entry: Entry) -> float:
    """How near the names of two posts are, from 0 to 1: letter by letter, or by their words."""
    pairs = [(a, b) for a in sorted(lost.names) for b in sorted(_names(entry))]
    return max(max(SequenceMatcher(None, a, b).ratio(), _in_common(a, b)) for a, b in pairs)


def _in_common(one: str, other: str) -> float:
    """Which part of the longer words of the shorter name are in both: two at least."""
    words, others = ({w for w in name.split("-") if len(w) > 3} for name in (one, other))
    both = len(words & others)
    return both / min(len(words), len(others)) if both > 1 else 0


def _may_be(lost: Gone, entry: Entry) -> bool:
    """Whether both are in one language: that of a translation is in its address."""
    return not entry.original or any(url.startswith(f"/{entry.lang}/") for url in lost.urls)


def _names(entry: Entry) -> set[str]:
    return {_name(entry.ref), _name(entry.url), slugify(entry.front.title or "")} - {""}


def _name(path: str) -> str:
    """The last part of a ref or an address, less a day before it."""
    return re.sub(r"^\d{4}-\d\d-\d\d-(?=.)", "", PurePosixPath(path).stem)


def _folder(ref: str) -> str:
    return ref.partition("/")[0]


def _days(urls: Iterable[str]) -> set[str]:
    return {day for url in urls for day in re.findall(r"/(\d{4}-\d\d-\d\d)/", url)}
