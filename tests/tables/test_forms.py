"""The web editor's forms say what the tables say, in words that Sveltia CMS understands."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from sitegen.kinds import KINDS, Kind
from sitegen.kinds.common import Image
from sitegen.source import facts, fieldtypes
from sitegen.source.config import Editor
from sitegen.source.fieldtypes import Choice, Day, Decimal, Flag, Lines, Prose, Text, When, Whole
from sitegen.source.schema import Group, ListOf, Need, Type, fields
from sitegen.tables import forms
from sitegen.tables.forms import Names
from tests.sites import config, resolved

# Sveltia's own, less its descriptions. It does not look at the names of widgets.
SCHEMA = json.loads((Path(__file__).parent / "sveltia.schema.json").read_text(encoding="utf-8"))
WIDGETS = {
    rule["properties"]["widget"]["const"]
    for rule in SCHEMA["definitions"].values()
    if "const" in rule.get("properties", {}).get("widget", {})
}
FACTS = {
    "content/tags.yaml": "dentistry: {label: Dentistry}\n",
    "content/people.yaml": "jo: {name: Jo Smith}\n",
    "content/organisations.yaml": "icb: {name: The ICB}\n",
    "content/glossary.yaml": "A&E: {meaning: accident and emergency}\n",
    "content/series.yaml": "ceo: {title: The CEO writes}\n",
    "content/actions.yaml": "join: {title: Join us, button: Join, url: /join/}\n",
    "content/words.yaml": "at this point in time: {use: now}\n",
}
EDITOR = Editor(repo="owner/site")
NONE = Names()


def made(editor: Editor = EDITOR) -> dict[str, Any]:
    """The configuration for a site with one of each fact."""
    posts = {"news/a": "A story"}
    return forms.configuration(config(), editor, resolved(FACTS).site.facts, posts)


def widget(type_: Type, name: str = "x", found: Names = NONE) -> dict[str, Any]:
    """The widget of a type."""
    return forms.widget(type_, name, found)


def agree(table: type[Any], form: list[dict[str, Any]]) -> None:
    """Every row of a table is in a form once, with its words, and nothing else is."""
    rows = {row.name: row for row in fields(table)}
    assert sorted(field["name"] for field in form) == sorted(rows)
    for field in form:
        row = rows[field["name"]]
        assert field["label"]
        assert field["hint"][1:].startswith(row.doc[1:])
        assert ("before it is published" in field["hint"]) is (row.need is Need.RECOMMENDED)
        assert field["required"] is (row.need is Need.REQUIRED)
        inner = row.type.item if isinstance(row.type, ListOf) else row.type
        if isinstance(inner, Group):
            agree(inner.table, field["fields"])


def collections(value: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The collections by name."""
    return {row["name"]: row for row in value["collections"]}


def every(value: Any) -> Iterator[dict[str, Any]]:
    """Every field of a configuration, however deep."""
    for row in value if isinstance(value, list) else [value]:
        if isinstance(row, dict):
            if "widget" in row:
                yield row
            for key in ("collections", "files", "fields", "field"):
                yield from every(row.get(key))


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_a_form_has_the_fields_of_its_table(kind: Kind) -> None:
    """Each once, with its sentence and whether it is required; besides them there is the text."""
    form = collections(made())[kind.folder]["fields"]
    agree(kind.front, [field for field in form if field["name"] != "body"])
    assert [field["widget"] for field in form if field["name"] == "body"] == ["markdown"]


def test_the_shared_facts_have_the_fields_of_their_tables() -> None:
    """Under each id. A file whose ids can't be names of fields is left to those who type."""
    files = {file["name"]: file for file in collections(made())["facts"]["files"]}
    assert set(files) == set(facts.FILES) - {"words"}
    for name, file in files.items():
        (field,) = file["fields"]
        table = facts.FILES[name].value
        assert isinstance(table, Group)
        agree(table.table, field["fields"])


def test_needed_fields_come_first() -> None:
    """What every news story has, then its text, then what it may have."""
    names = [field["name"] for field in forms.post(KINDS["news"], NONE)]
    assert names[:6] == ["title", "date", "summary", "tags", "draft", "body"]


def test_no_default_changes_an_old_post() -> None:
    """The editor gives defaults to what it opens, too: only a day that is needed may have one."""
    given = {
        (kind.name, field["name"], field["default"])
        for kind in KINDS.values()
        for field in forms.post(kind, NONE)
        if field.get("default")
    }
    needed = {
        kind.name
        for kind in KINDS.values()
        for row in fields(kind.front)
        if row.name == "date" and row.need is Need.REQUIRED
    }
    assert given == {(name, "date", "{{now}}") for name in needed}
    assert "news" in needed


@pytest.mark.parametrize(
    "editor",
    [
        EDITOR,
        Editor(repo="owner/site", backend="test-repo"),
        Editor(repo="owner/site", sign_in="https://auth.example.org", review=True),
        Editor(repo="group/sub/site", backend="gitlab", app_id="1", host="https://git.example.org"),
        Editor(repo="owner/site", backend="gitea", app_id="1", branch="live"),
    ],
    ids=lambda editor: editor.backend,
)
def test_sveltia_understands_it(editor: Editor) -> None:
    """By its own schema, and every widget is one that it has."""
    value = made(editor)
    assert [fault.message for fault in jsonschema.Draft7Validator(SCHEMA).iter_errors(value)] == []
    assert {field["widget"] for field in every(value)} <= WIDGETS


@pytest.mark.parametrize(
    ("type_", "wanted"),
    [
        (Text(60), {"widget": "string", "maxlength": 60}),
        (Lines(), {"widget": "text"}),
        (Flag(), {"widget": "boolean", "default": False}),
        (Whole(1), {"widget": "number", "value_type": "int", "min": 1}),
        (Day(), {"widget": "datetime", "type": "date", "format": "YYYY-MM-DD"}),
        (Choice("a", "b"), {"widget": "select", "options": ["a", "b"]}),
        (fieldtypes.Page, {"widget": "string"}),
        (fieldtypes.File, {"widget": "file"}),
        (
            fieldtypes.SeriesId,
            {"widget": "select", "options": [{"label": "The CEO writes", "value": "ceo"}]},
        ),
    ],
)
def test_widgets(type_: Type, wanted: dict[str, Any]) -> None:
    """Each type has the widget that saves what it reads."""
    assert widget(type_, found=Names(series={"ceo": "The CEO writes"})) == wanted


@pytest.mark.parametrize(
    ("type_", "good", "bad"),
    [
        (When(), ["2026-06-01", "2026-06-01 09:30"], ["1 June", "2026-06-01T09:30"]),
        (Decimal(), ["1.10", "-3"], ["many", "1,5"]),
        (fieldtypes.Slug, ["a-b-2"], ["A b", "a--b"]),
        (fieldtypes.Email, ["a@example.org"], ["a@example", "a b@example.org"]),
        (fieldtypes.Phone, ["01632 960105"], ["call us"]),
        (fieldtypes.Colour, ["#0b5d5b"], ["teal", "#0b5"]),
        (fieldtypes.Alias, ["/old/a"], ["old", "/a/../b"]),
    ],
    ids=lambda value: type(value).__name__,
)
def test_patterns(type_: Type, good: list[str], bad: list[str]) -> None:
    """What sitegen would refuse stops at the form, with a word on what to type.

    JSON Schema's patterns are browsers' own, which jsonschema approximates well enough here.
    """
    pattern, told = widget(type_)["pattern"]
    assert told
    takes = jsonschema.Draft7Validator({"pattern": pattern}).is_valid
    assert [text for text in good if not takes(text)] == []
    assert [text for text in bad if takes(text)] == []


def test_several_are_chosen_together() -> None:
    """Tags by their labels, and posts by their titles, up to as many as the table takes."""
    tags = widget(ListOf(fieldtypes.Tag), "tags", Names(tags={"gp": "GPs"}))
    assert tags["multiple"]
    assert tags["options"] == [{"label": "GPs", "value": "gp"}]
    posts = Names(posts={"news/a": "A story"})
    related = widget(ListOf(fieldtypes.Ref, most=3), "related", posts)
    assert related == {
        "widget": "select",
        "options": [{"label": "A story", "value": "news/a"}],
        "multiple": True,
        "max": 3,
    }


def test_a_name_may_be_typed() -> None:
    """Where any name will do there is no list to choose from, but the ids are told."""
    field = widget(fieldtypes.Person, "author", Names(people={"jo": "Jo Smith"}))
    assert field == {"widget": "string", "comment": "A name, or one of: jo"}


def test_where_there_is_none_to_choose_from() -> None:
    """One is typed, as by those who edit the file: Sveltia CMS refuses a choice of nothing."""
    tags = widget(ListOf(fieldtypes.Tag), "tags")
    assert tags["widget"] == "list"
    assert tags["field"]["widget"] == "string"


def test_pictures_are_chosen_as_pictures() -> None:
    """Other files as files."""
    assert widget(Group(Image))["fields"][0]["widget"] == "image"


def test_markdown_is_kept_as_typed() -> None:
    """Rich text, which writes some signs anew, is there for those who ask for it."""
    assert widget(Prose())["modes"] == ["raw", "rich_text"]


def test_who_signs_in_how() -> None:
    """With an access token, unless there is something to sign in by."""
    assert forms.backend(EDITOR) == {
        "name": "github",
        "repo": "owner/site",
        "branch": "main",
        "auth_methods": ["token"],
    }
    relay = Editor(repo="owner/site", sign_in="https://auth.example.org")
    assert forms.backend(relay)["base_url"] == "https://auth.example.org"
    own = Editor(repo="a/b", backend="gitlab", host="https://git.example.org/", app_id="7")
    assert forms.backend(own) == {
        "name": "gitlab",
        "repo": "a/b",
        "branch": "main",
        "api_root": "https://git.example.org/api/v4",
        "base_url": "https://git.example.org",
        "auth_type": "pkce",
        "app_id": "7",
    }
