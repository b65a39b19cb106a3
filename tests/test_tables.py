"""One table, many uses: what it says of a field, each use says, and none says anything else.

The uses: validation, ``sitegen new``, the reference, the JSON Schemas, VS Code's snippets, and the
web editor's forms. The schemas, snippets and forms are held to the tables in tests of their own.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft7Validator

from sitegen.commands.new import OFFERED, text_of
from sitegen.kinds import KINDS
from sitegen.source.config import Config
from sitegen.source.facts import FILES
from sitegen.source.schema import Field, Group, ListOf, Need, fields
from sitegen.tables.jsonshape import schema_of
from sitegen.tables.reference import front_matter
from tests import yaml12

TODAY = dt.date(2026, 6, 15)
every_kind = pytest.mark.parametrize("kind", KINDS)


def front_of(kind: str) -> str:
    """The front matter that ``sitegen new`` begins a post with."""
    return text_of(KINDS[kind], "A title", TODAY).split("---\n")[1]


def taken_up(front: str) -> str:
    """The same with every field that is only offered: its # is gone."""
    fixed, offered = front.split("# You may also use these")
    lines = offered.splitlines()[1:]
    return fixed + "".join(f"{line.removeprefix('# ')}\n" for line in lines)


@every_kind
def test_new_begins_what_the_schema_takes(kind: str) -> None:
    """As it comes, and with all that it offers, a draft holds only fields of its table."""
    validator = Draft7Validator(schema_of(kind))
    for front in (front_of(kind), taken_up(front_of(kind))):
        assert [e.message for e in validator.iter_errors(yaml12.load(front))] == []


@every_kind
def test_new_asks_for_what_the_schema_misses(kind: str) -> None:
    """What a post must have and the draft doesn't yet is there, with TODO and the table's words."""
    front = front_of(kind)
    typed = yaml12.load(front) | {"draft": False}
    missed = {e.path[0] for e in Draft7Validator(schema_of(kind)).iter_errors(typed) if e.path}
    rows = {row.name: row for row in fields(KINDS[kind].front)}
    needed = {row.name for row in rows.values() if row.need is Need.REQUIRED}
    assert missed == needed - {"title", "date"}
    assert not [name for name in missed if f"# TODO: {rows[name].doc}" not in front]


@every_kind
def test_new_says_of_a_field_what_its_table_says(kind: str) -> None:
    """Those that it offers too."""
    offered = front_of(kind).split("# You may also use these")[1]
    rows = {row.name: row.doc for row in fields(KINDS[kind].front)}
    for name in OFFERED[kind]:
        assert re.search(rf"^# {name}:.*# {re.escape(rows[name])}", offered, re.M)


def every_row() -> Iterator[tuple[str, Field]]:
    """Each table's fields, groups in groups too, with the table's name."""
    waiting: list[type[Any]] = [Config, *(kind.front for kind in KINDS.values())]
    waiting += [file.value.table for file in FILES.values() if isinstance(file.value, Group)]
    while waiting:
        table = waiting.pop()
        for row in fields(table):
            yield table.__name__, row
            inner = row.type.item if isinstance(row.type, ListOf) else row.type
            waiting += [inner.table] if isinstance(inner, Group) else []


def test_the_reference_says_of_a_field_what_its_table_says() -> None:
    """Its name, how much it is needed, and its sentence stand in one row."""
    rows = [line.split(" | ") for line in front_matter().splitlines() if line.startswith("| `")]
    told = {(cells[0].strip("| `"), cells[-2].split()[0], cells[-1].strip(" |")) for cells in rows}
    missing = {
        f"{table}.{row.name}"
        for table, row in every_row()
        if (row.name, row.need.value, row.doc) not in told
    }
    assert missing == set()
