"""``.sitegen/``: what the last build remembers. Its format is its own secret.

State is data, never code. What can't be read, or is another version's, is thrown away and
everything is built: never believed, never an error.
"""

from __future__ import annotations

import dataclasses
import json
import os
import sqlite3
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path, PurePosixPath
from typing import Any, TypeVar

from sitegen import clock, model, problems
from sitegen.clock import Validity
from sitegen.disk.read import Mark, Marks
from sitegen.disk.survey import Stamp
from sitegen.fingerprint import Digest, digest, digest_bytes
from sitegen.kinds import blog, common, consultation, explainer, news, page
from sitegen.model import Document, Shape
from sitegen.problems import Problem, Severity
from sitegen.site import schedule
from sitegen.templating.closures import Closure

FILE = "state.db"
SEAL = 32  # the digest that a blob begins with
MANY = 500  # rows: sooner all are read than each is asked for
SPARE = 100  # parsed posts, or pictures, that may be kept though no longer in the site
SCHEMA = """
create table if not exists documents (key text primary key, data blob) without rowid;
create table if not exists slots (name text primary key, data blob, made blob) without rowid;
create table if not exists marks (id integer primary key check (id = 0), data blob);
create table if not exists parts (slot text, path text, data blob, primary key (slot, path))
    without rowid;
create table if not exists shapes (code text primary key, data blob) without rowid;
"""


Parts = Mapping[str, Digest]


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """An output that was made: the ``key`` of what it depends on (``outdated``), how it was left.

    The digest of each single thing is in ``Store.parts``, since few are ever asked for.
    """

    key: Digest
    stamp: Stamp


@dataclass(frozen=True, slots=True, kw_only=True)
class Last:
    """The last build into one output folder.

    ``inputs`` is the digest of all that it read; ``design`` of its templates, found good, and
    ``uses`` what pages of each depend on;
    ``secrets`` are what its outputs were proven not to hold.
    """

    inputs: Digest = ""
    design: Digest = ""
    uses: Mapping[str, Closure] = dataclasses.field(default_factory=dict)
    secrets: tuple[str, ...] = ()
    code: Digest = ""
    validity: Validity = dataclasses.field(default_factory=Validity)
    problems: tuple[Problem, ...] = ()
    summary: str = ""
    made: Mapping[PurePosixPath, Made] = dataclasses.field(default_factory=dict)


class Store:
    """The database of a site's state. Every method is safe to call whatever lies there."""

    def __init__(self, memory: Path, *, read_only: bool = False) -> None:
        self._file = memory / FILE
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

    def _rows(self, query: str, values: Iterable[str] = ()) -> list[Any]:
        """The rows of a query; none where there are none that can be read."""
        with self._in_doubt():
            if self._file.exists() and (database := self._open()):
                return database.execute(query, (*values,)).fetchall()
        return []

    @contextmanager
    def _in_doubt(self) -> Iterator[None]:
        """A file that is damaged goes; one that is only locked, or on a full disk, stays."""
        try:
            yield
        except sqlite3.OperationalError:
            pass
        except (sqlite3.Error, OSError):
            self.close()
            if not self._read_only:
                with suppress(OSError):
                    self._file.unlink()

    def _among(self, query: str, column: str, wanted: Collection[str], *values: str) -> list[Any]:
        """The rows of a query of which a column is among the wanted: many are all read at once."""
        if len(wanted) > MANY:
            return self._rows(query, values)
        marks = ",".join("?" * len(wanted))
        return self._rows(f"{query} and {column} in ({marks})", (*values, *wanted))

    def _change(self, *changes: tuple[str, Iterable[tuple[Any, ...]]]) -> None:
        """Do all of these, or none."""
        if self._read_only:
            return
        with self._in_doubt():
            if database := self._open():
                with database:
                    for query, rows in changes:
                        database.executemany(query, rows)

    def marks(self) -> Marks:
        """How the files of the site looked when they were last read."""
        rows = self._rows("select data from marks")
        return _read(_marks, rows[0][0], {}) if rows else {}

    def remember_marks(self, marks: Marks) -> None:
        """Remember how the files look now."""
        self._change(_keep_marks(marks))

    def last(self, slot: str) -> Last:
        """The last build into an output folder; an empty one when nothing is remembered."""
        rows = self._rows("select data, made from slots where name = ?", [slot])
        return _read(lambda row: _last(*row), rows[0], Last()) if rows else Last()

    def parts(
        self, slot: str, made: Mapping[PurePosixPath, Made], paths: Collection[PurePosixPath]
    ) -> dict[PurePosixPath, Parts]:
        """What these outputs, as they were ``made`` by the last build, depended on, by name.

        After a power cut a row may be that of an earlier build: it doesn't have the same key.
        """
        wanted = {str(path): made[path].key for path in paths if path in made}
        query = "select path, data from parts where slot = ?"
        rows = self._among(query, "path", wanted, slot)
        none: list[Any] = [""]
        found = ((p, _read(_plain, data, none)) for p, data in rows if p in wanted)
        return {PurePosixPath(p): row[1] for p, row in found if row[0] == wanted[p]}

    def save(
        self, slot: str, last: Last, marks: Marks, parts: Mapping[PurePosixPath, Parts]
    ) -> None:
        """Remember a build that has been put in place; ``parts`` of what was looked at anew."""
        stamps = ((p, m.key, m.stamp) for p, m in last.made.items())
        made = [[str(p), key, at.size, at.mtime_ns, at.mode] for p, key, at in stamps]
        row = (slot, _pack_blob(dataclasses.replace(last, made={})), _plain_blob(made))
        kept = {str(path) for path in last.made}
        had = {path for (path,) in self._rows("select path from parts where slot = ?", [slot])}
        self._change(
            _keep_marks(marks),
            ("replace into slots values (?, ?, ?)", [row]),
            ("delete from parts where slot = ? and path = ?", ((slot, p) for p in had - kept)),
            (
                "replace into parts values (?, ?, ?)",
                ((slot, str(p), _plain_blob([last.made[p].key, row])) for p, row in parts.items()),
            ),
        )

    def knows(self, slot: str) -> bool:
        """Whether there was a build into an output folder, though nothing be remembered of it."""
        return bool(self._rows("select 1 from slots where name = ?", [slot]))

    def forget(self, slot: str) -> None:
        """Remember nothing of builds into an output folder, but that there was one."""
        self._change(
            ("replace into slots values (?, null, null)", [(slot,)]),
            ("delete from parts where slot = ?", [(slot,)]),
        )

    def documents(self, keys: Iterable[Digest]) -> dict[Digest, Document]:
        """The parsed posts that are remembered, by the digest of all that each depends on."""
        wanted = set(keys)
        known = {key: self._parsed[key] for key in wanted & self._parsed.keys()}
        missing = wanted - known.keys()
        query = "select key, data from documents where true"
        rows = self._among(query, "key", missing) if missing else []
        found = {key: _read(_unpack_blob, data, None) for key, data in rows if key in missing}
        known |= {key: d for key, d in found.items() if isinstance(d, Document)}
        self._parsed = known
        return dict(known)

    def remember(self, fresh: Mapping[Digest, Document], *, keep: Iterable[Digest]) -> None:
        """Keep parsed posts, also of a build that ends with faults; drop most not in ``keep``."""
        wanted = set(keep)
        held = {key: document for key, document in self._parsed.items() if key in wanted}
        self._parsed = {**held, **fresh}
        rows = ((key, _pack_blob(document)) for key, document in fresh.items())
        self._change(("replace into documents values (?, ?)", rows))
        stored = {key for (key,) in self._rows("select key from documents")}
        gone = stored - wanted
        if len(gone) > SPARE + len(stored) // 2:
            self._change(("delete from documents where key = ?", ((key,) for key in gone)))

    def shapes(self, code: Digest) -> dict[Digest, Shape]:
        """The shapes of pictures, by content, as this code measured them."""
        rows = self._rows("select data from shapes where code = ?", [code])
        return _read(_unpack_blob, rows[0][0], {}) if rows else {}

    def remember_shapes(self, code: Digest, shapes: Mapping[Digest, Shape]) -> None:
        """Keep these shapes and no others."""
        self._change(
            ("delete from shapes where code <> ?", [(code,)]),
            ("replace into shapes values (?, ?)", [(code, _pack_blob(shapes))]),
        )

    def close(self) -> None:
        """Let go of the file."""
        if self._database is not None:
            self._database.close()
            self._database = None


def slot_of(output: Path, root: Path) -> str:
    """The name under which a build into an output folder is remembered."""
    target = Path(os.path.realpath(output))
    with suppress(ValueError):
        target = target.relative_to(os.path.realpath(root))
    return os.fsencode(target.as_posix()).decode("utf-8", "backslashreplace")


_CLASSES: dict[str, Any] = {
    cls.__name__ if module is not model else f"model.{cls.__name__}": cls
    for module in (common, blog, consultation, explainer, news, page, problems, schedule, model)
    for cls in vars(module).values()
    if isinstance(cls, type) and dataclasses.is_dataclass(cls) and cls.__module__ == module.__name__
} | {c.__name__: c for c in (Made, Last, Closure, Stamp, clock.Moment, clock.Validity)}
_NAMES = {cls: name for name, cls in _CLASSES.items()}
_FIELDS = {name: tuple(f.name for f in dataclasses.fields(c)) for name, c in _CLASSES.items()}
# What is packed has the shape of these classes: with another shape it is another version.
_SHAPES = [(n, *((f.name, str(f.type)) for f in dataclasses.fields(_CLASSES[n]))) for n in _CLASSES]
_VERSION = int(digest((SCHEMA, tuple(sorted(_SHAPES))))[:7], 16)


def _keep_marks(marks: Marks) -> tuple[str, list[tuple[bytes]]]:
    return "replace into marks values (0, ?)", [(_plain_blob(marks),)]


def _marks(blob: bytes) -> dict[str, Mark]:
    return {path: tuple(mark) for path, mark in _plain(blob).items()}


def _last(data: bytes, made: bytes) -> Last:
    rows = {
        PurePosixPath(path): Made(key=key, stamp=Stamp(size=size, mtime_ns=mtime, mode=mode))
        for path, key, size, mtime, mode in _plain(made)
    }
    last: Last = _unpack_blob(data)
    return dataclasses.replace(last, made=rows)


T = TypeVar("T")


def _read(read: Callable[[Any], T], blob: Any, otherwise: T) -> T:
    """What was written; something else where it can't be read."""
    try:
        found = read(blob)
    except (ValueError, TypeError, LookupError, zlib.error, RecursionError):
        return otherwise
    return found if isinstance(found, type(otherwise)) or otherwise is None else otherwise


def _plain_blob(value: object) -> bytes:
    """A value that JSON has words for: for what is large, and read at every build."""
    return _sealed(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode())


def _plain(blob: bytes) -> Any:
    return json.loads(_unsealed(blob))


def _pack_blob(value: object) -> bytes:
    text = json.dumps(_pack(value), ensure_ascii=False, separators=(",", ":"))
    return _sealed(zlib.compress(text.encode("utf-8", "surrogatepass"), 1))


def _unpack_blob(blob: bytes) -> Any:
    return _unpack(json.loads(zlib.decompress(_unsealed(blob))))


def _sealed(packed: bytes) -> bytes:
    return digest_bytes(packed).encode() + packed


def _unsealed(blob: bytes) -> bytes:
    """What was sealed; ValueError for anything that is not as it was written."""
    seal, packed = blob[:SEAL], blob[SEAL:]
    if digest_bytes(packed).encode() != seal:
        raise ValueError("not as it was written")
    return packed


def _pack(value: object) -> Any:
    """A frozen value as JSON: whatever JSON has no word for is a list that begins with its name."""
    if type(value) in _AS_IT_IS:
        return value
    if name := _NAMES.get(type(value)):
        return [name, *[_pack(getattr(value, field)) for field in _FIELDS[name]]]
    match value:
        case bool() | int() | str():
            return value
        case Severity():
            return ["severity", value.value]
        case tuple():
            return ["t", *map(_pack, value)]
        case Mapping():
            return ["m", *([_pack(k), _pack(v)] for k, v in value.items())]
        case datetime() | date() | time():
            return [type(value).__name__, value.isoformat()]
        case PurePosixPath():
            return ["path", value.as_posix()]
    raise TypeError(f"a {type(value).__name__} can't be remembered")


_AS_IT_IS = frozenset({str, int, bool, type(None)})


def _unpack(packed: Any) -> Any:
    """The value that was packed; any error for what was not packed here."""
    if type(packed) is not list:
        return packed
    return _READERS[packed[0]](packed)


def _reader(cls: Any) -> Callable[[list[Any]], Any]:
    """What makes a value of a frozen class: field by field, since there are very many of them."""
    setters = [getattr(cls, f.name).__set__ for f in dataclasses.fields(cls)]

    def read(packed: list[Any]) -> Any:
        value = cls.__new__(cls)
        for put, part in zip(setters, packed[1:], strict=True):
            put(value, _unpack(part) if type(part) is list else part)
        return value

    return read


_READERS: dict[str, Callable[[list[Any]], Any]] = {
    **{name: _reader(cls) for name, cls in _CLASSES.items()},
    "t": lambda packed: tuple([_unpack(p) if type(p) is list else p for p in packed[1:]]),
    "m": lambda packed: {_unpack(key): _unpack(value) for key, value in packed[1:]},
    "severity": lambda packed: Severity(packed[1]),
    "datetime": lambda packed: datetime.fromisoformat(packed[1]),
    "date": lambda packed: date.fromisoformat(packed[1]),
    "time": lambda packed: time.fromisoformat(packed[1]),
    "path": lambda packed: PurePosixPath(packed[1]),
}
