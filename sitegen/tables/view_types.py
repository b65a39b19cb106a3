"""What a view holds: the name, the type and a sentence of each of its values.

The sentence stands in the class's docstring, on a line ``name: …``; a field of a table
(``schema.field``) has it there.
"""

from __future__ import annotations

import dataclasses
import inspect
import types
import typing
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sitegen.shown import Html
from sitegen.tables.reference import anchor


@dataclass(frozen=True, slots=True)
class Row:
    """A value that templates may use: its name, its type as Python has it, and what it is."""

    name: str
    type: Any
    says: str


def rows_of(view: type[Any]) -> tuple[Row, ...]:
    """The values of a view or part, in order. One of which nothing is said has an empty text."""
    hints, said = typing.get_type_hints(view), _told(view)[1]
    return tuple(
        Row(f.name, hints[f.name], f.metadata.get("doc") or said.get(f.name, ""))
        for f in dataclasses.fields(view)
    )


def reached(tops: set[type[Any]]) -> set[type[Any]]:
    """These types and all that their values are made of."""
    seen: set[type[Any]] = set()
    waiting = list(tops)
    while waiting:
        view = waiting.pop()
        if view not in seen:
            seen.add(view)
            waiting += [part for row in rows_of(view) for part in parts_of(row.type)]
    return seen


def parts_of(hint: Any) -> Iterator[type[Any]]:
    """The classes of our own in a type: Card in ``tuple[Card, ...] | None``."""
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        yield hint
    for inner in typing.get_args(hint):
        yield from parts_of(inner)


def about(view: type[Any]) -> str:
    """What a view or part is, as its docstring says."""
    return _told(view)[0]


def _told(view: type[Any]) -> tuple[str, dict[str, str]]:
    """What the docstring of a class says of it, and of each field by name."""
    names = {f.name for f in dataclasses.fields(view)}
    whole: list[str] = []
    of_fields: dict[str, str] = {}
    current = ""
    for line in inspect.cleandoc(view.__doc__ or "").splitlines():
        name, colon, rest = line.partition(": ")
        if colon and name in names:
            current, of_fields[name] = name, rest
        elif current and line.startswith(" "):
            of_fields[current] += f" {line.strip()}"
        else:
            current = ""
            whole.append(line)
    return "\n".join(whole).strip(), of_fields


_PLAIN = {
    str: "text",
    int: "number",
    bool: "true or false",
    Html: "HTML",
    type(None): "None",
    Any: "[the facts of its kind](#blogfacts)",
}


def in_words(hint: Any) -> str:
    """A type in plain words, with a link to what is described on the page."""
    args = typing.get_args(hint)
    match typing.get_origin(hint):
        case types.UnionType | typing.Union:
            return " or ".join(in_words(arg) for arg in args)
        case origin if origin is tuple and args[-1] is Ellipsis:
            return f"list of {in_words(args[0])}"
        case origin if origin is tuple:
            return f"({', '.join(in_words(arg) for arg in args)})"
        case None:
            return _PLAIN.get(hint) or f"[{hint.__name__}](#{anchor(hint.__name__)})"
    return f"{in_words(args[1])} by name"  # a Mapping
