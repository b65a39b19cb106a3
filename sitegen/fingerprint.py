"""A stable digest of any frozen value, for a whole view and per field.

Stable means: the same on every machine and run, whatever the hash seed. What can't be digested
stably (a set, a float, a function) is refused, so that nothing unstable slips into a view.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time
from enum import Enum
from functools import cache
from hashlib import blake2b
from pathlib import PurePosixPath
from typing import Any, cast

Digest = str


def digest_bytes(data: bytes) -> Digest:
    """The digest of a file's bytes: 32 hexadecimal digits."""
    return blake2b(data, digest_size=16).hexdigest()


def digest(value: object) -> Digest:
    """The digest of a frozen value. TypeError for what can't be digested stably."""
    out: list[str] = []
    _write(value, out)
    return digest_bytes("".join(out).encode("utf-8", "surrogatepass"))


def digest_fields(value: object) -> dict[str, Digest]:
    """The digest of each field of a dataclass: what ``--explain`` compares."""
    return {name: digest(getattr(value, name)) for name in _names(cast(Hashable, type(value)))}


@cache
def _names(cls: Hashable) -> tuple[str, ...]:
    return tuple(f.name for f in fields(cast(Any, cls)))


def stale(
    parts: Mapping[PurePosixPath, Mapping[str, Digest]],
    before: Mapping[PurePosixPath, Mapping[str, Digest]],
    same: Collection[PurePosixPath],
    *,
    same_code: bool,
) -> dict[PurePosixPath, str]:
    """The outputs to make anew, each with the reason.

    ``parts`` has the digest of each thing that an output depends on; ``before`` those of the last
    build; ``same`` are the outputs that still are as that build left them.
    """
    reasons = {}
    for path, wanted in parts.items():
        had = before.get(path)
        if had is None:
            reasons[path] = "new"
        elif not same_code:
            reasons[path] = "sitegen or its libraries changed"
        elif changed := sorted(name for name in wanted if had.get(name) != wanted[name]):
            reasons[path] = f"{', '.join(changed)} changed"
        elif path not in same:
            reasons[path] = "the file in output/ is not as it was left"
    return reasons


def _write(value: object, out: list[str]) -> None:
    """Append the value as a prefix-free sequence of strings: each says its type and its length."""
    match value:
        case str():
            out += (f"s{len(value)}:", value)
        case None | bool():
            out.append(f"{value};")
        case Enum():
            out.append(f"e{type(value).__name__}.{value.name};")
        case int():
            out.append(f"i{value};")
        case bytes():
            out.append(f"b{digest_bytes(value)};")
        case PurePosixPath():
            out += (f"p{len(str(value))}:", str(value))
        case datetime() | date() | time():
            out.append(f"{type(value).__name__}{value};")
        case tuple():
            out.append(f"t{len(value)}(")
            for item in value:
                _write(item, out)
        case Mapping():
            out.append(f"m{len(value)}(")
            for key in sorted(value):
                _write(key, out)
                _write(value[key], out)
        case _ if is_dataclass(value) and not isinstance(value, type):
            names = _names(cast(Hashable, type(value)))
            out.append(f"d{type(value).__qualname__}{len(names)}(")
            for name in names:
                _write(getattr(value, name), out)
        case _:
            raise TypeError(f"a {type(value).__name__} has no stable digest")
