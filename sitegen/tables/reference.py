"""The reference of all fields as Markdown, made from the tables that read them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from sitegen.kinds import KINDS, Kind
from sitegen.kinds.common import Front
from sitegen.source.config import Config
from sitegen.source.facts import FILES
from sitegen.source.schema import Field, Group, ListOf, MapOf, Need, Type, fields

_OPENING = """\
# Reference: every field

This page is made from the tables that sitegen reads with
(`sitegen/tables/reference.py`), and a test holds it to them.

- A **required** field must be there; a **recommended** one is warned about when it is missing;
  the others may be left out. A draft may lack required and recommended fields. A value that
  follows in brackets is what holds when nothing is typed.
- A field that is not listed is a fault, save where its name begins with `x-`: such notes are
  private and ignored.
- An optional field with nothing after its colon counts as absent.
- Where a list is expected, a list must be written: `tags: [dentistry]`.
"""
_EVERY = """\
## Every kind of post

Some kinds treat a few of these otherwise: see there.
"""
_CONFIG = """\
## config.yaml

Editorial settings, at the root of the site.
"""
_FACTS = """\
## Shared facts

Each file is optional.
"""


def front_matter() -> str:
    """All kinds' front matter, config.yaml and the files of shared facts, as Markdown."""
    parts = [_OPENING, _EVERY, *_table(fields(Front))]
    for kind in KINDS.values():
        parts += _kind(kind)
    parts += [_CONFIG, *_table(fields(Config)), _FACTS]
    for stem, facts in FILES.items():
        assert isinstance(facts.value, Group)
        table = facts.value.table
        said = _said(table)
        what = f"What stands under {facts.key.describe()}: {said[0].lower()}{said[1:]}"
        parts += [f"### `content/{stem}.yaml`\n\n{what}\n", *_table(fields(table))]
    return "\n".join(parts)


def _kind(kind: Kind) -> Iterator[str]:
    """What a kind adds, and what it treats otherwise than the others do."""
    common = {row.name: row for row in fields(Front)}
    own = [row for row in fields(kind.front) if row != common.get(row.name)]
    where = f"In `content/{kind.folder}/`"
    yield f"## Kind: {kind.name}\n\n{where}. Besides what every kind may have:\n"
    yield from _table(own)


def _said(table: type[Any]) -> str:
    """What a table says it is."""
    return (table.__doc__ or "").partition("\n")[0]


def _table(rows: Iterable[Field], at: str = "") -> Iterator[str]:
    """The rows as a Markdown table, and then a table for each group among them."""
    rows = tuple(rows)
    lines = ["| field | type | | what it is |", "| --- | --- | --- | --- |"]
    lines += [f"| `{r.name}` | {_type(r, at)} | {_need(r)} | {r.doc} |" for r in rows]
    yield "\n".join(lines) + "\n"
    for row in rows:
        if group := _group(row.type):
            name = f"{at}{row.name}"
            yield f"### Fields of `{name}`\n\n{_said(group.table)}\n"
            yield from _table(fields(group.table), f"{name}.")


def _group(type_: Type) -> Group | None:
    """The group that a field holds, by itself or in a list."""
    inner = type_.item if isinstance(type_, ListOf) else type_
    return inner if isinstance(inner, Group) else None


def _type(row: Field, at: str) -> str:
    """The type in words; a group leads to the table of its fields."""
    if not _group(row.type):
        text = row.type.describe()
        return f"`{text}`" if isinstance(row.type, ListOf | MapOf) else text
    heading = f"Fields of {at}{row.name}"
    words = "list of groups" if isinstance(row.type, ListOf) else "group"
    return f"[{words}](#{anchor(heading)})"


def _need(row: Field) -> str:
    """How much it is needed, and what holds where nothing is typed."""
    if row.need is Need.OPTIONAL and row.default is not None:
        shown = str(row.default).lower() if isinstance(row.default, bool) else str(row.default)
        return f"optional (`{shown}`)"
    return row.need.value


def anchor(heading: str) -> str:
    """The anchor that GitHub gives a heading."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
