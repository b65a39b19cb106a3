"""What VS Code is told: snippets that make fields which sitegen and the schemas take."""

from __future__ import annotations

import re
from typing import Any

import pytest
from jsonschema import Draft7Validator

from sitegen.kinds import KINDS
from sitegen.source.schema import fields
from sitegen.tables import snippets
from sitegen.tables.jsonshape import NAMES, files_of, schema_of
from tests import yaml12

SNIPPETS = snippets.snippets()


def offered(kind: str) -> dict[str, dict[str, Any]]:
    """The snippets that are offered among the posts of a kind, by what one types."""
    glob = f"**/content/{KINDS[kind].folder}/**/*.md"
    return {s["prefix"]: s for s in SNIPPETS.values() if glob in s["include"]}


def tabbed(body: list[str]) -> str:
    """What a snippet leaves when one only presses the tab key: first choices, and today."""
    text = re.sub(r"\$\{\d+\|([^,|]*)[^|]*\|\}", r"\1", "\n".join(body))
    text = re.sub(r"\$\{\d+:([^}]*)\}", r"\1", text).replace(snippets.TODAY, "2026-06-15")
    return re.sub(r"\$\d+", "", text)


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_of_a_kind_is_offered_once(kind: str) -> None:
    """Its fields, with the sentence of the table, and no other kind's."""
    rows = {row.name: row.doc for row in fields(KINDS[kind].front)}
    assert {p: s["description"] for p, s in offered(kind).items()} == rows


@pytest.mark.parametrize("kind", KINDS)
def test_a_snippet_makes_a_field_that_a_draft_may_have(kind: str) -> None:
    """Left as it comes, each is YAML that the schema of the kind takes in a draft."""
    validator = Draft7Validator(schema_of(kind))
    for name, snippet in offered(kind).items():
        front = {"draft": True, **yaml12.load(tabbed(snippet["body"]))}
        faults = [f"{name}: {e.message}" for e in validator.iter_errors(front)]
        assert faults == []


def test_the_stops_of_a_snippet_are_in_order() -> None:
    """The tab key goes through the values from the first to the last."""
    for snippet in SNIPPETS.values():
        stops = [int(n) for n in re.findall(r"\$\{?(\d+)", "\n".join(snippet["body"]))]
        assert stops == [*range(1, len(stops) + 1)]


def test_choices_and_dates_are_filled_in() -> None:
    """Where something must be there, its choices or today's date are; what may lack is empty."""
    assert offered("news")["date"]["body"] == [f"date: ${{1:{snippets.TODAY}}}"]
    assert offered("news")["draft"]["body"] == ["draft: ${1|true,false|}"]
    assert offered("consultation")["final_outcome"]["body"] == [
        "final_outcome:",
        f"  published_on: ${{1:{snippets.TODAY}}}",
        "  decision: ${2|adopted,adopted-with-changes,not-adopted,deferred|}",
        "  detail: $3",
    ]
    assert offered("news")["quotes"]["body"][:2] == ["quotes:", "  - text: $1"]
    assert offered("news")["image"]["body"][-1] == "  decorative: $5"


def test_snippets_are_offered_where_front_matter_is() -> None:
    """VS Code takes front matter for YAML within Markdown, so both are named."""
    assert {s["scope"] for s in SNIPPETS.values()} == {"markdown,yaml"}


def test_the_settings_name_every_schema() -> None:
    """Each schema is written, and settings.json says which files it is for."""
    written = snippets.files({})
    ours = snippets.MERGED[".vscode/settings.json"]
    assert ours["yaml.schemas"] == {f".vscode/schemas/{n}.json": files_of(n) for n in NAMES}
    assert set(ours["yaml.schemas"]) <= set(written)


def test_settings_that_are_there_stay() -> None:
    """Ours are put beside what a file holds already, in its groups and lists too."""
    there = {
        ".vscode/settings.json": {"editor.tabSize": 2, "yaml.schemas": {"a.json": "b.yaml"}},
        ".vscode/extensions.json": {"recommendations": ["a.b", "redhat.vscode-yaml"]},
    }
    written = snippets.files(there)
    settings = yaml12.load(written[".vscode/settings.json"])
    assert settings["editor.tabSize"] == 2
    assert settings["yaml.schemas"]["a.json"] == "b.yaml"
    assert settings["yaml.schemas"][".vscode/schemas/config.json"] == "config.yaml"
    extensions = yaml12.load(written[".vscode/extensions.json"])
    assert extensions == {"recommendations": ["a.b", "redhat.vscode-yaml"]}
