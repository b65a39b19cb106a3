"""One Source → one Document: its front matter by its kind's table, its Markdown as safe HTML.

Nothing from another file is looked at, so a Document can be cached by its Source's content.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from functools import partial
from zoneinfo import ZoneInfo

from sitegen.batches import batches
from sitegen.kinds import BY_FOLDER, Kind
from sitegen.kinds.common import Front
from sitegen.model import Body, Document, Source
from sitegen.problems import Place, Problem, problem
from sitegen.prose import convert
from sitegen.source import fieldtypes, frontmatter, schema
from sitegen.source.face import faced
from sitegen.source.nodes import Mapping, Scalar
from sitegen.source.schema import Reading
from sitegen.urls import slug_of, slugify

BATCH = 100_000  # bytes of sources


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What parsing depends on besides the file: it is in the cache's key."""

    tz: ZoneInfo
    iframe_hosts: frozenset[str] = frozenset()


def parse_all(
    sources: Sequence[Source],
    parse_batch: Callable[[Sequence[Source]], Sequence[Document]],
    executor: Executor,
    progress: Callable[[int], None],
) -> Iterable[Document]:
    """The Documents of many Sources, in order, in batches through an Executor."""
    done = 0
    for documents in executor.map(parse_batch, batches(sources, BATCH, lambda s: len(s.data))):
        done += len(documents)
        progress(done)
        yield from documents


def parse(source: Source, settings: Settings) -> Document:
    """The Document of a Source, with every fault that can be found in its file alone."""
    path = f"content/{source.path}"
    kind = BY_FOLDER[source.path.parts[0]]
    parts = frontmatter.split(source.data, path)
    reading = Reading(path, settings.tz)
    reading.problems += parts.problems
    front = _front(parts.front, kind, reading) if parts.front else None
    to_body = partial(convert, path=path, iframe_hosts=settings.iframe_hosts)
    reading.problems += _unshowable(parts.body, parts.body_line, path)
    converted = to_body(parts.body, first_line=parts.body_line)
    reading.problems += converted.problems
    prose: dict[str, Body] = {}
    for at, type_, value in schema.leaves(front) if front else ():
        if isinstance(type_, fieldtypes.Prose):
            field = to_body(value, first_line=reading.place(at).line, prefix=slugify(at) + "-")
            reading.problems += field.problems
            prose[at] = field.body
    if front and not front.draft:
        reading.problems += _left_to_do(parts.body, parts.body_line, path)
        _named(source, front, reading)
    document = Document(
        path=source.path,
        kind=kind.name,
        front=front,
        places=reading.places,
        body=converted.body,
        prose=prose,
        problems=tuple(reading.problems),
    )
    return faced(document)


def _front(node: Mapping, kind: Kind, reading: Reading) -> Front:
    # Whether it is a draft is asked first, since a draft may lack what others must have. A "yes"
    # is a fault of its own, and no reason to call for all that a draft may lack.
    for key, value in node.entries:
        if key.text == "draft" and isinstance(value, Scalar):
            reading.draft = value.text.strip().lower() in ("true", "yes", "on", "y", "1")
    front: Front = schema.read_group(kind.front, node, "", reading)
    if front.title is None:  # a preview shows it all the same
        front = replace(front, title="Untitled")
    kind.rules(front, reading)
    return front


def _unshowable(body: str, first_line: int, path: str) -> Iterable[Problem]:
    """Characters that neither XML nor a screen can hold."""
    if not schema.UNSHOWABLE.search(body):
        return
    for row, line in enumerate(body.split("\n")):
        if bad := schema.UNSHOWABLE.search(line):
            place = Place(line=row + first_line, column=bad.start() + 1)
            message = f"this line holds a character that can't be shown (U+{ord(bad[0]):04X})"
            fix = "delete it and type the text again"
            yield problem("bad-character", message, path, place, fix=fix)


def _left_to_do(body: str, first_line: int, path: str) -> Iterable[Problem]:
    """A post that still says TODO is not finished."""
    if "TODO" not in body:
        return
    for row, line in enumerate(body.split("\n")):
        if match := re.match(r"\s*(?:[-*>#]\s*)*(TODO)\b", line):
            place = Place(line=row + first_line, column=match.start(1) + 1, width=4)
            fix = "write what is still to do, or set draft: true"
            yield problem("todo-left", "this is still to do", path, place, fix=fix)


def _named(source: Source, front: Front, reading: Reading) -> None:
    """A file's name leaves something for the address."""
    name = source.path.parent.name if source.path.name == "index.md" else source.path.stem
    date = front.date.isoformat() if front.date else None
    if not front.slug and not slug_of(name, date):
        reading.fault(
            "no-slug",
            Place(),
            f'nothing of the name "{name}" can be in an address',
            fix="add a slug of small letters, such as slug: open-day",
        )
