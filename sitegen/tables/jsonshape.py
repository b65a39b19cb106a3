"""The tables as JSON Schema (draft-07), for editors that complete and check while one types.

A schema is of what YAML 1.2 makes of a file, so it sees less than sitegen, which reads the text
as typed. What the schema refuses, sitegen refuses; what a text must be by its type, both ask. The
rest is sitegen's alone: rules between fields, names that must be somewhere, the calendar (29
February, the hour that the clocks skip), and how a number is typed (``1e3``, ``007``).
"""

from __future__ import annotations

import json
from typing import Any

from sitegen.kinds import KINDS
from sitegen.source.config import Config
from sitegen.source.facts import FILES
from sitegen.source.schema import DEFINITIONS, NOTHING, Group, ListOf, MapOf, Need, Type, fields

DRAFT_07 = "http://json-schema.org/draft-07/schema#"
NAMES = (*KINDS, "config", *FILES)

Schema = dict[str, Any]


def files_of(name: str) -> str:
    """The files that a schema is for, as a glob from the site's folder."""
    if name in KINDS:
        return f"content/{KINDS[name].folder}/**/*.md"
    return "config.yaml" if name == "config" else f"content/{name}.yaml"


def schema_of(name: str) -> Schema:
    """The schema of a kind's front matter, of ``config`` or of a file of shared facts."""
    if name in KINDS:
        type_: Type = Group(KINDS[name].front)
        asked: Schema = {"if": _DRAFT, "else": needs(type_)}
    else:
        type_ = Group(Config) if name == "config" else FILES[name]
        asked = {"allOf": [needs(type_)]}
    return {
        "$schema": DRAFT_07,
        "title": _title(name, type_),
        "description": f"Made by sitegen from its table of fields, for {files_of(name)}",
        **type_.json_schema(),
        **asked,
        "definitions": DEFINITIONS,
    }


def text_of(name: str) -> str:
    """A schema as the text of a file."""
    return json.dumps(schema_of(name), ensure_ascii=False, indent=2) + "\n"


# That a post is a draft, which may lack what others must have.
_TRUE = {"type": ["boolean", "string"], "pattern": r"^\s*[Tt][Rr][Uu][Ee]\s*$"}
_DRAFT: Schema = {
    "required": ["draft"],
    "properties": {"draft": {**_TRUE, "not": {"const": False}}},
}


def needs(type_: Type) -> Schema:
    """What must be there, at any depth: apart from what may be, since a draft may lack it."""
    if isinstance(type_, ListOf):
        return _inside("items", needs(type_.item))
    if isinstance(type_, MapOf):
        return _inside("additionalProperties", needs(type_.value))
    if not isinstance(type_, Group):
        return {}
    rows = fields(type_.table)
    needed = [row.name for row in rows if row.need is Need.REQUIRED]
    inside = {row.name: needs(row.type) for row in rows}
    filled = {"not": NOTHING, "errorMessage": "this must be filled in"}
    asked = {name: {**filled, **inside[name]} for name in needed} | {
        name: {"if": NOTHING, "else": of}
        for name, of in inside.items()
        if of and name not in needed
    }
    return {
        **({"required": needed} if needed else {}),
        **({"properties": asked} if asked else {}),
    }


def _inside(keyword: str, of: Schema) -> Schema:
    return {keyword: of} if of else {}


def _title(name: str, type_: Type) -> str:
    """``The front matter of a blog post``; a file of shared facts is called by its path."""
    if isinstance(type_, Group):
        return (type_.table.__doc__ or "").partition("\n")[0].rstrip(".")
    return files_of(name)
