"""The outputs held against the last build: only what has changed is looked into, and made anew."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from sitegen.building import outdated
from sitegen.building.prepare import Prepared
from sitegen.disk import own, search
from sitegen.disk.state import Last
from sitegen.fingerprint import Digest, digest
from sitegen.model import Output, SearchIndex, settled
from sitegen.pages import chrome
from sitegen.views.frame import Chrome


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """The outputs held against the last build: what is to be made anew, and what to remember.

    ``frame`` is what all pages share; ``keys`` and ``parts`` are as in ``outdated``.
    """

    outputs: tuple[Output, ...]
    frame: Chrome
    keys: Mapping[PurePosixPath, Digest]
    parts: Mapping[PurePosixPath, outdated.Parts]
    reasons: Mapping[PurePosixPath, str]


PartsOf = Callable[[Collection[PurePosixPath]], Mapping[PurePosixPath, outdated.Parts]]


def compared(
    found: Prepared,
    index: SearchIndex | None,
    uses: outdated.Uses,
    last: Last,
    left: Collection[PurePosixPath],
    parts_of: PartsOf,
) -> Compared:
    """Hold a prepared site against the last build into a folder.

    ``left`` are the outputs that still are as it left them. ``parts_of`` tells on what outputs
    depended then.
    """
    same_code = last.code == own.code_digest()
    same = left if same_code else frozenset()
    searched = _search(index, last, same, parts_of) if index else ()
    outputs: tuple[Output, ...] = (*found.outputs, *searched)
    keys = _keys(outputs, uses, found)
    changed = {p for p, key in keys.items() if p not in same or last.made[p].key != key}
    outputs = tuple(settled(o) if o.path in changed else o for o in outputs)
    frame = chrome.chrome(found.desk)
    site, book = digest(frame), found.design.book
    parts = {o.path: outdated.parts(o, uses, book, site) for o in outputs if o.path in changed}
    before = parts_of(changed)
    reasons = outdated.outdated(parts, before, last.made, left, same_code=same_code)
    return Compared(outputs=outputs, frame=frame, keys=keys, parts=parts, reasons=reasons)


def _search(
    index: SearchIndex,
    last: Last,
    same: Collection[PurePosixPath],
    parts_of: PartsOf,
) -> tuple[Output, ...]:
    """The files of the search index, those of the last build where they still say the same."""
    there = [path for path in last.made if search.FOLDER in path.parents]
    before = parts_of(there)
    whole = all("data" in before.get(path, {}) for path in there)  # or a row can't be read
    return search.files(index, before if whole else {}, same)


def _keys(
    outputs: Iterable[Output], uses: outdated.Uses, found: Prepared
) -> dict[PurePosixPath, Digest]:
    """What tells, at little cost, that an output can't have changed."""
    files, world = found.inputs.tree.files, found.content.world
    paths = ((e.ref, PurePosixPath(f"content/{e.document.path}")) for e in found.content.site.posts)
    texts = {ref: files[path].digest for ref, path in paths}
    return {o.path: outdated.key(o, world, texts, uses) for o in outputs}
