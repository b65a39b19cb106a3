"""``.sitegen/``: what the last build remembers. Its format is its own secret.

State is data, never code. What can't be read, or is another version's, is thrown away and
everything is built: never believed, never an error.
"""

from __future__ import annotations

import dataclasses
import json
import sqlite3
import zlib
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path, PurePosixPath
from typing import Any

from sitegen import clock, model, problems, schedule
from sitegen.fingerprint import Digest, digest, digest_bytes
from sitegen.kinds import blog, common, consultation, explainer, news, page
from sitegen.model import Document, Shape
from sitegen.problems import Problem, Severity
from sitegen.read import Marks
from sitegen.schedule import Validity
from sitegen.survey import Stamp

FOLDER = ".sitegen"
FILE = "state.db"
SEAL = 32  # the digest that a blob begins with
SPARE = 100  # parsed posts, or pictures, that may be kept though no longer in the site
SCHEMA = """
create table if not exists documents (key text primary key, data blob) without rowid;
create table if not exists slots (name text primary key, data blob) without rowid;
create table if not exists marks (id integer primary key check (id = 0), data blob);
create table if not exists shapes (code text primary key, data blob) without rowid;
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """How an output was made: the digest of each thing it depends on, and how it was left."""

    parts: Mapping[str, Digest]
    stamp: Stamp


@dataclass(frozen=True, slots=True, kw_only=True)
class Last:
    """The last build into one output folder.

    ``inputs`` is the digest of all that it read; ``design`` of its templates, found good;
    ``secrets`` are what its outputs were proven not to hold.
    """

    inputs: Digest = ""
    design: Digest = ""
    secrets: tuple[str, ...] = ()
    code: Digest = ""
    validity: Validity = dataclasses.field(default_factory=schedule.Validity)
    problems: tuple[Problem, ...] = ()
    summary: str = ""
    made: Mapping[PurePosixPath, Made] = dataclasses.field(default_factory=dict)


class Store:
    """The database of a site's state. Every method is safe to call whatever lies there."""

    def __init__(self, root: Path, *, read_only: bool = False) -> None:
        self._file = root / FOLDER / FILE
        self._read_only = read_only
        self._database: sqlite3.Connection | None = None
        self._parsed: dict[Digest, Document] = {}  # what this process has seen already

    def _open(self) -> sqlite3.Connection | None:
        for _ in range(2):
            try:
                self._database = self._database or self._connect()
                break
            except (sqlite3.OperationalError, OSError):
                return None
            except sqlite3.DatabaseError:  # unreadable, or another version's
                if self._read_only:
                    return None
                with suppress(OSError):
                    self._file.unlink()
        return self._database

    def _connect(self) -> sqlite3.Connection:
        self._file.parent.mkdir(exist_ok=True)
        database = sqlite3.connect(self._file, timeout=0, check_same_thread=False)
        try:
            database.execute("pragma synchronous = off")
            used = database.execute("select 1 from sqlite_master").fetchone()
            if used and database.execute("pragma user_version").fetchone() != (_VERSION,):
                raise sqlite3.DatabaseError("another version")
            if not used:
                database.executescript(f"{SCHEMA} pragma user_version = {_VERSION};")
        except sqlite3.Error:
            database.close()
            raise
        return database

    def _get(self, query: str, *values: str) -> Any:
        """The value of a row, or None where there is none that can be read."""
        try:
            if not self._file.exists() or not (database := self._open()):
                return None
            row = database.execute(query, values).fetchone()
            return _unpack_blob(row[0]) if row else None
        except (sqlite3.Error, ValueError, TypeError, LookupError, zlib.error, RecursionError):
            return None

    def _put(self, query: str, rows: Iterable[tuple[Any, ...]]) -> None:
        if self._read_only:
            return
        with suppress(sqlite3.Error):
            if database := self._open():
                with database:
                    database.executemany(query, rows)

    def marks(self) -> Marks:
        """How the files of the site looked when they were last read."""
        found = self._get("select data from marks")
        return found if isinstance(found, dict) else {}

    def last(self, slot: str) -> Last:
        """The last build into an output folder; an empty one when nothing is remembered."""
        found = self._get("select data from slots where name = ?", slot)
        return found if isinstance(found, Last) else Last()

    def documents(self, keys: Iterable[Digest]) -> dict[Digest, Document]:
        """The parsed posts that are remembered, by the digest of all that each depends on."""
        query = "select data from documents where key = ?"
        found = {key: self._parsed.get(key) or self._get(query, key) for key in keys}
        self._parsed = {key: doc for key, doc in found.items() if isinstance(doc, Document)}
        return dict(self._parsed)

    def save(self, slot: str, last: Last, marks: Marks) -> None:
        """Remember a build that has been put in place."""
        self._put("replace into marks values (0, ?)", [(_pack_blob(marks),)])
        self._put("replace into slots values (?, ?)", [(slot, _pack_blob(last))])

    def remember(self, fresh: Mapping[Digest, Document], *, keep: Iterable[Digest]) -> None:
        """Keep parsed posts, also of a build that ends with faults; drop most not in ``keep``."""
        wanted = set(keep)
        held = {key: document for key, document in self._parsed.items() if key in wanted}
        self._parsed = {**held, **fresh}
        rows = ((key, _pack_blob(document)) for key, document in fresh.items())
        self._put("replace into documents values (?, ?)", rows)
        stored = self._get_keys()
        gone = stored - wanted
        if len(gone) > SPARE + len(stored) // 2:
            self._put("delete from documents where key = ?", [(key,) for key in gone])

    def _get_keys(self) -> set[Digest]:
        with suppress(sqlite3.Error):
            if not self._read_only and (database := self._open()):
                return {row[0] for row in database.execute("select key from documents")}
        return set()

    def shapes(self, code: Digest) -> dict[Digest, Shape]:
        """The shapes of pictures, by content, as this code measured them."""
        found = self._get("select data from shapes where code = ?", code)
        return found if isinstance(found, dict) else {}

    def remember_shapes(self, code: Digest, shapes: Mapping[Digest, Shape]) -> None:
        """Keep these shapes and no others."""
        self._put("delete from shapes where code <> ?", [(code,)])
        self._put("replace into shapes values (?, ?)", [(code, _pack_blob(shapes))])

    def close(self) -> None:
        """Let go of the file."""
        if self._database is not None:
            self._database.close()
            self._database = None


def slot_of(output: Path, root: Path) -> str:
    """The name under which a build into an output folder is remembered."""
    try:
        return output.resolve().relative_to(root.resolve()).as_posix()
    except ValueError:
        return output.resolve().as_posix()


_CLASSES: dict[str, Any] = {
    cls.__name__ if module is not model else f"model.{cls.__name__}": cls
    for module in (common, blog, consultation, explainer, news, page, problems, schedule, model)
    for cls in vars(module).values()
    if isinstance(cls, type) and dataclasses.is_dataclass(cls) and cls.__module__ == module.__name__
} | {c.__name__: c for c in (Made, Last, Stamp, clock.Moment)}
_NAMES = {cls: name for name, cls in _CLASSES.items()}
_FIELDS = {name: tuple(f.name for f in dataclasses.fields(c)) for name, c in _CLASSES.items()}
# What is packed has the shape of these classes: with another shape it is another version.
_SHAPES = [(n, *((f.name, str(f.type)) for f in dataclasses.fields(_CLASSES[n]))) for n in _CLASSES]
_VERSION = int(digest((SCHEMA, tuple(sorted(_SHAPES))))[:7], 16)


def _pack_blob(value: object) -> bytes:
    text = json.dumps(_pack(value), ensure_ascii=False, separators=(",", ":"))
    return _sealed(zlib.compress(text.encode("utf-8", "surrogatepass"), 1))


def _sealed(packed: bytes) -> bytes:
    return digest_bytes(packed).encode() + packed


def _unpack_blob(blob: bytes) -> Any:
    """What was packed; ValueError for anything that is not as it was written."""
    seal, packed = blob[:SEAL], blob[SEAL:]
    if digest_bytes(packed).encode() != seal:
        raise ValueError("not as it was written")
    return _unpack(json.loads(zlib.decompress(packed)))


def _pack(value: object) -> Any:
    """A frozen value as JSON: whatever JSON has no word for is a list that begins with its name."""
    match value:
        case None | bool() | int() | str():
            return value
        case Severity():
            return ["severity", value.value]
        case tuple():
            return ["t", *map(_pack, value)]
        case Mapping():
            return ["m", *([_pack(k), _pack(v)] for k, v in value.items())]
        case datetime():
            return ["datetime", value.isoformat()]
        case date():
            return ["date", value.isoformat()]
        case time():
            return ["time", value.isoformat()]
        case PurePosixPath():
            return ["path", value.as_posix()]
    name = _NAMES[type(value)]
    return [name, *(_pack(getattr(value, field)) for field in _FIELDS[name])]


def _unpack(packed: Any) -> Any:
    """The value that was packed; any error for what was not packed here."""
    if not isinstance(packed, list):
        return packed
    name, *values = packed
    if reader := _READERS.get(name):
        return reader(values[0])
    if name == "t":
        return tuple(map(_unpack, values))
    if name == "m":
        return {_unpack(k): _unpack(v) for k, v in values}
    fields = _FIELDS[name]
    if name == "Moment":
        return clock.Moment(*map(_unpack, values))
    return _CLASSES[name](**dict(zip(fields, map(_unpack, values), strict=True)))


_READERS: dict[str, Any] = {
    "severity": Severity,
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
    "time": time.fromisoformat,
    "path": PurePosixPath,
}
