"""A stable digest of any frozen value, for a whole view and per field.

Stable means: the same on every machine and run, whatever the hash seed. What can't be digested
stably (a set, a float, a function) is refused, so that nothing unstable slips into a view.
"""

from __future__ import annotations

import marshal
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, time
from enum import Enum
from functools import cache
from hashlib import blake2b
from operator import attrgetter
from pathlib import PurePosixPath
from typing import Any, cast

Digest = str


def digest_bytes(data: bytes) -> Digest:
    """The digest of a file's bytes: 32 hexadecimal digits."""
    return blake2b(data, digest_size=16).hexdigest()


def digest(value: object) -> Digest:
    """The digest of a frozen value. TypeError for what can't be digested stably."""
    # Version 2 gives equal values the same bytes, which later ones don't. It is written only.
    return digest_bytes(marshal.dumps(_flat(value), 2))


def digest_fields(value: object) -> dict[str, Digest]:
    """The digest of each field of a dataclass: what ``--explain`` compares."""
    return {name: digest(getattr(value, name)) for name in _names(cast(Hashable, type(value)))}


_LEAVES = frozenset({str, int, bool, bytes, type(None)})


def _flat(value: object) -> Any:
    """A value as tuples and leaves; a list is anything else, and its first item says what."""
    return value if type(value) in _LEAVES else _flattener(cast(Hashable, type(value)))(value)


@cache
def _flattener(kind: Hashable) -> Callable[[Any], object]:
    """What makes the values of a class flat: found once, since there are very many values."""
    cls = cast(type, kind)
    name = cls.__name__
    if issubclass(cls, tuple):
        return lambda value: tuple([v if type(v) in _LEAVES else _flat(v) for v in value])
    if issubclass(cls, str):  # of a class of its own, such as HTML
        return str
    if issubclass(cls, Enum):
        return lambda value: ["enum", name, value.name]
    if issubclass(cls, PurePosixPath | date | time):  # a datetime is a date too
        return lambda value: [name, str(value)]
    if issubclass(cls, Mapping):
        return lambda value: ["map", *[(key, _flat(value[key])) for key in sorted(value)]]
    if is_dataclass(cls):
        title, values_of = str(cls.__qualname__), _values_of(cls)
        return lambda value: [
            title,
            *[v if type(v) in _LEAVES else _flat(v) for v in values_of(value)],
        ]
    raise TypeError(f"a {name} has no stable digest")


@cache
def _names(cls: Hashable) -> tuple[str, ...]:
    return tuple(f.name for f in fields(cast(Any, cls)))


def _values_of(cls: type) -> Callable[[Any], Iterable[Any]]:
    names = _names(cast(Hashable, cls))
    return attrgetter(*names) if len(names) > 1 else lambda v: [getattr(v, n) for n in names]
