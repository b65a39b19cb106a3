"""What Visual Studio Code is told of a site, so that fields complete while one types.

YAML files complete by the schemas, with Red Hat's YAML extension. In the front matter of Markdown
no schema is asked; there each field is a snippet, offered among the posts of its kind only (which
takes VS Code 1.109 or newer). VS Code's grammar takes front matter for YAML and its words for
strings, so suggestions are on in strings alone: nothing pops up while one writes the text.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from itertools import count
from typing import Any

from sitegen.kinds import KINDS
from sitegen.source.fieldtypes import Choice, Day, Flag, When
from sitegen.source.schema import Field, Group, ListOf, Need, Type, fields
from sitegen.tables import jsonshape

FOLDER = ".vscode"
SNIPPETS = f"{FOLDER}/sitegen.code-snippets"
TODAY = "$CURRENT_YEAR-$CURRENT_MONTH-$CURRENT_DATE"
# What is merged into files that may be there already and hold other things too.
MERGED: dict[str, dict[str, Any]] = {
    f"{FOLDER}/settings.json": {
        "yaml.schemas": {
            f"{FOLDER}/schemas/{name}.json": jsonshape.files_of(name) for name in jsonshape.NAMES
        },
        "[markdown]": {
            "editor.quickSuggestions": {"other": "off", "comments": "off", "strings": "on"},
            "editor.wordBasedSuggestions": "off",
        },
    },
    f"{FOLDER}/extensions.json": {"recommendations": ["redhat.vscode-yaml"]},
}


def files(there: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """The text of each file by its path. ``there`` has what those that are merged hold already."""
    schemas = {f"{FOLDER}/schemas/{n}.json": jsonshape.text_of(n) for n in jsonshape.NAMES}
    merged = {path: _text(_with(there.get(path, {}), ours)) for path, ours in MERGED.items()}
    return {**schemas, SNIPPETS: _text(snippets()), **merged}


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _with(there: Mapping[str, Any], ours: Mapping[str, Any]) -> dict[str, Any]:
    """What is there, and what is ours in it: in groups and lists, beside what else they hold."""
    whole = dict(there)
    for name, value in ours.items():
        old = there.get(name)
        if isinstance(value, dict) and isinstance(old, dict):
            whole[name] = {**old, **value}
        elif isinstance(value, list) and isinstance(old, list):
            whole[name] = [*old, *(item for item in value if item not in old)]
        else:
            whole[name] = value
    return whole


def snippets() -> dict[str, dict[str, Any]]:
    """Every field of every kind as a snippet; kinds that have the same field share one."""
    kinds: dict[tuple[str, str, tuple[str, ...]], list[str]] = {}
    for kind in KINDS.values():
        for row in fields(kind.front):
            kinds.setdefault((row.name, row.doc, body(row)), []).append(kind.name)
    return {
        name if len(of) == len(KINDS) else f"{name} ({', '.join(of)})": {
            "scope": "markdown,yaml",
            "include": [f"**/content/{KINDS[kind].folder}/**/*.md" for kind in of],
            "prefix": name,
            "description": doc,
            "body": list(lines),
        }
        for (name, doc, lines), of in kinds.items()
    }


def body(row: Field) -> tuple[str, ...]:
    """The lines of a field's snippet, with a stop for each value."""
    return tuple(_lines(row, count(1), filled=True))


def _lines(row: Field, stops: Iterator[int], *, filled: bool) -> Iterator[str]:
    """A field's lines; those of a group stand below its name, a list begins with one item."""
    item = row.type.item if isinstance(row.type, ListOf) else row.type
    if not isinstance(item, Group):
        yield f"{row.name}: {_value(row.type, next(stops), filled=filled)}"
        return
    yield f"{row.name}:"
    indent = "  " if item is row.type else "  - "
    for inner in fields(item.table):
        for line in _lines(inner, stops, filled=inner.need is Need.REQUIRED):
            yield indent + line
            indent = " " * len(indent)


def _value(type_: Type, stop: int, *, filled: bool) -> str:
    """What stands at a stop. What may be left out is left empty, which counts as absent."""
    match type_:
        case ListOf():
            return f"[${stop}]"
        case Choice() if filled:
            return f"${{{stop}|{','.join(type_.words)}|}}"
        case Flag() if filled:
            return f"${{{stop}|true,false|}}"
        case Day() | When() if filled:
            return f"${{{stop}:{TODAY}}}"
    return f"${stop}"
