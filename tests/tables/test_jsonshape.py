"""The JSON Schemas: they accept what sitegen accepts, and refuse what it refuses by its shape."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from sitegen.kinds import KINDS
from sitegen.problems import Severity
from sitegen.source import fieldtypes as ft
from sitegen.source import schema, yaml_tree
from sitegen.source.config import Config
from sitegen.source.facts import FILES
from sitegen.source.schema import (
    DEFINITIONS,
    Group,
    ListOf,
    MapOf,
    Need,
    Reading,
    Type,
    field,
    fields,
)
from sitegen.tables.jsonshape import NAMES, files_of, needs, schema_of
from tests import yaml12
from tests.conftest import LEAST

REPO = Path(__file__).parents[2]
every_schema = pytest.mark.parametrize("name", NAMES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A group with something that it must have."""

    name: str = field(ft.Text(), "its name", Need.REQUIRED)
    day: str | None = field(ft.Day(), "its day")


@dataclass(frozen=True, slots=True, kw_only=True)
class Everything:
    """A field of each type."""

    text: str | None = field(ft.Text(12), "text")
    lines: str | None = field(ft.Lines(), "lines")
    prose: str | None = field(ft.Prose(), "prose")
    flag: bool = field(ft.Flag(), "a flag", default=False)
    whole: int | None = field(ft.Whole(), "a whole number")
    decimal: str | None = field(ft.Decimal(), "a number")
    day: str | None = field(ft.Day(), "a day")
    when: str | None = field(ft.When(), "a moment")
    choice: str | None = field(ft.Choice("bsl", "easy-read"), "a choice")
    slug: str | None = field(ft.Slug, "a slug")
    alias: str | None = field(ft.Alias, "an old address")
    web: str | None = field(ft.Web, "a web address")
    address: str | None = field(ft.Address, "an address")
    email: str | None = field(ft.Email, "an email address")
    phone: str | None = field(ft.Phone, "a phone number")
    language: str | None = field(ft.Language, "a language")
    colour: str | None = field(ft.Colour, "a colour")
    host: str | None = field(ft.Host, "a host")
    name: str | None = field(ft.Tag, "a name")
    names: tuple[str, ...] = field(ListOf(ft.Tag, most=2), "names")
    part: Part | None = field(Group(Part), "a part")
    parts: tuple[Part, ...] = field(ListOf(Group(Part)), "parts")
    by_id: Any = field(MapOf(ft.Key, Group(Part)), "parts by id")
    by_choice: Any = field(MapOf(ft.Choice("bsl", "braille"), ft.Text()), "texts by choice")


LITERALS = """\
|text|two words|  |a much longer text|111|1.10|0|-5|1,150|1e3|007|+5|0x10|999999999999
true|True|tRUE|"true"|no|yes|null|~|"null"
2026-05-01|"2026-05-01"|" 2026-05-01 "|2026-05-01 17:00|2026-05-01 9:30|2026-05-01T09:30:00
2026-05-01 24:00|2026-05-01 17:60|2026-13-01|2026-04-31|2026-02-30|2024-02-29|1899-01-01|20260501
01/05/2026|1 May 2026|9:30|bsl|BSL|easy-read|Not A Slug|a--b|-a|a_b|/old/|/old//way/|/a/../b/|old
/old/%41|/.well-known/x/|https://example.org/|http://example.org|example.org|https://|ftp://a.org
mailto:a@example.org|tel:111|a@example.org|a@b|01632 960001|+44 1632 960001|(0)1|7|en-GB|en_GB|cy
"#0b5d5b"|"#0b5d5"|red|www.example.org|[]|{}|""|" "|[a]|[a, b]|[a, b, c]|[a, ""]|[a, ]|[[a]]|[{}]
{name: A}|{name: }|{day: 2026-05-01}|{name: A, x-note: b}|{name: A, other: b}|{name: A, day: May}
[{name: A}]|[{name: ""}]|[{day: 2026-05-01}]|[{name: A, day: 2026-05-01}, {name: B}]|[1, true]
{a: {name: A}}|{a: }|{a: {}}|{A b: {name: A}}|{a: {name: A}, b_c: {name: B}}|{bsl: a}|{bsl: ""}
{audio: a}|{bsl: a, braille: 1}|{bsl: [a]}|{2026: {name: A}}|'Ünïcode – "quoted"'
"a\\nb"|"a   b   c"\
""".replace("\n", "|").split("|")
# Where a schema can't agree: YAML has made a number, a truth or nothing of what sitegen reads as
# it was typed. The schema takes these, and sitegen doesn't; of the last line, the reverse.
UNKNOWABLE = {
    **{literal: {*Everything.__slots__} for literal in ("null", "~")},
    "1e3": {"whole", "decimal", "phone"},
    "+5": {"whole", "decimal", "slug", "phone"},
    **{"True": {"slug"}, "0": {"phone"}, "7": {"phone"}},
    **{"-5": {"phone"}, "1.10": {"host"}},
}


def accepts(name: str, literal: str) -> bool:
    """Whether sitegen takes a value for a field of ``Everything``."""
    tree = yaml_tree.parse(f"{name}: {literal}", path="a.md")
    assert tree.root
    reading = Reading("a.md", ZoneInfo("Europe/London"))
    schema.read_group(Everything, tree.root, "", reading)
    return not [p for p in (*tree.problems, *reading.problems) if p.severity is Severity.ERROR]


SCHEMA = {
    **Group(Everything).json_schema(),
    "allOf": [needs(Group(Everything))],
    "definitions": DEFINITIONS,
}
VALIDATOR = Draft7Validator(SCHEMA)


@pytest.mark.parametrize("name", Everything.__slots__)
def test_schema_and_sitegen_agree_on_every_type(name: str) -> None:
    """Of many literals each type takes the same in both, save what a schema can't know."""
    differ = {
        literal
        for literal in LITERALS
        if VALIDATOR.is_valid(yaml12.load(f"{name}: {literal}")) != accepts(name, literal)
    }
    assert differ == {literal for literal, names in UNKNOWABLE.items() if name in names}


TEXTS = st.text(alphabet="0123456789-/:. aZé@#,+%?_", max_size=20)


@given(st.sampled_from(Everything.__slots__), TEXTS)
def test_schema_and_sitegen_agree_on_any_quoted_text(name: str, text: str) -> None:
    """A text in quotes is text to both: what one takes, the other does."""
    literal = json.dumps(text, ensure_ascii=False)
    assert VALIDATOR.is_valid({name: text}) == accepts(name, literal)


def test_a_draft_may_lack_what_others_must_have() -> None:
    """At any depth; what is there must be right all the same."""
    news = Draft7Validator(schema_of("news"))
    assert not news.is_valid({"title": "A"})
    assert news.is_valid({"draft": True})
    assert news.is_valid({"draft": "True", "title": None, "image": {"alt": "B"}})
    assert not news.is_valid({"draft": True, "date": "20/11/2026"})
    assert not news.is_valid({"draft": False, "title": "A"})


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("instead", "path"),
    [
        ("title:", "title"),
        ("sumary: S.", None),
        ("tags: dentistry", "tags"),
        ("date: 20/11/2026", "date"),
        ("draft: yes", "draft"),
        ("image: {alt: A}", "image"),
        ("image: houses.png", "image"),
        ("documents: [{title: A, url: www.example.org}]", "documents"),
        ("documents: [{file: a.pdf}]", "documents"),
        ("related: [a/b, c/d, e/f, g/h]", "related"),
        ("withdrawn: {date: 2026-06-01}", "withdrawn"),
        ("alternative_formats: [{kind: BSL, file: a.pdf}]", "alternative_formats"),
        ("lang: polish", "lang"),
    ],
)
def test_what_an_editor_mistypes_is_refused_by_both(
    read: Any, kind: str, instead: str, path: str | None
) -> None:
    """A bad value of each shape, in place of a good one: sitegen and the schema both say so."""
    name = instead.partition(":")[0]
    typed = "".join(line for line in LEAST[kind].splitlines(True) if not line.startswith(name))
    front = yaml12.load(typed + instead)
    faults = list(Draft7Validator(schema_of(kind)).iter_errors(front))
    assert {fault.path[0] if fault.path else None for fault in faults} == {path}
    assert [p for p in read(kind, instead).problems if p.severity is Severity.ERROR]


def sample(name: str) -> list[Path]:
    """The files of the sample site that a schema is for."""
    return sorted(REPO.glob(files_of(name)))


@every_schema
def test_the_sample_site_is_accepted(name: str) -> None:
    """Every post, the settings and the shared facts of the sample site."""
    validator = Draft7Validator(schema_of(name))
    assert sample(name)
    for path in sample(name):
        text = path.read_text(encoding="utf-8")
        front = text.split("---\n")[1] if path.suffix == ".md" else text
        faults = [f"{path.name}: {e.message}" for e in validator.iter_errors(yaml12.load(front))]
        assert faults == []


@every_schema
def test_a_schema_is_sound(name: str) -> None:
    """It is a schema of draft-07, has a title, and names the files that it is for."""
    Draft7Validator.check_schema(schema_of(name))
    assert schema_of(name)["$schema"] == "http://json-schema.org/draft-07/schema#"
    assert schema_of(name)["title"]
    assert files_of(name) in schema_of(name)["description"]


def test_every_type_has_its_schema() -> None:
    """No type that a table may use is forgotten: each has a ``json_schema``."""
    waiting, lacking = [Type], []
    while waiting:
        type_ = waiting.pop()
        waiting += type_.__subclasses__()
        public = not type_.__name__.startswith("_") and type_ not in (Type, schema.OfText)
        if public and type_.json_schema is Type.json_schema:
            lacking.append(type_.__name__)
    assert lacking == []


def drifts(type_: Type, shape: dict[str, Any], asked: dict[str, Any]) -> list[str]:
    """The fields of a table whose name, sentence or need a schema has otherwise."""
    if isinstance(type_, ListOf):
        return drifts(type_.item, shape["items"], asked.get("items", {}))
    if isinstance(type_, MapOf) and isinstance(type_.value, Group):
        inner = asked.get("additionalProperties", {})
        return drifts(type_.value, shape["additionalProperties"], inner)
    if not isinstance(type_, Group):
        return []
    rows = fields(type_.table)
    found = [] if [row.name for row in rows] == [*shape["properties"]] else [str(type_)]
    needed = [row.name for row in rows if row.need is Need.REQUIRED]
    found += [] if needed == asked.get("required", []) else [f"{type_} needs {needed}"]
    for row in rows:
        its = shape["properties"][row.name]
        deeper = asked.get("properties", {}).get(row.name, {})
        found += [] if its["description"] == row.doc else [row.name]
        found += drifts(row.type, its["anyOf"][0], deeper.get("else", deeper))
    return found


@every_schema
def test_a_schema_has_every_field_of_its_table(name: str) -> None:
    """Names in order, sentences and what is required, groups in groups too."""
    whole = schema_of(name)
    asked = whole["else"] if name in KINDS else whole["allOf"][0]
    type_: Type = Group(Config) if name == "config" else FILES.get(name) or Group(KINDS[name].front)
    assert drifts(type_, whole, asked) == []
