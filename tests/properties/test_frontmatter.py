"""Front matter: what is typed is what is read, or there is a fault where it stands."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from sitegen.kinds import KINDS
from sitegen.model import Source
from sitegen.source import parse, schema, yaml_tree
from sitegen.source.nodes import Mapping, Node, Scalar
from tests.fuzz import oracle
from tests.properties import typed
from tests.trials import trials


@pytest.mark.parametrize("kind", KINDS)
@trials(40)
@given(st.data())
def test_what_is_typed_is_what_is_read(kind: str, data: st.DataObject) -> None:
    """Any fields, in any order and any quotes: each has its value, where it stands."""
    front = data.draw(typed.groups(KINDS[kind].front))
    lines = ["---", *typed.lines(front), "---", "", "Words."]
    path = PurePosixPath(KINDS[kind].folder, "a.md")
    source = Source(path=path, digest="", data="\n".join(lines).encode())
    document = parse.parse(source, oracle.SETTINGS)
    assert document.front is not None
    read = {at: value for at, _, value in schema.leaves(document.front)}
    for at, spelt in typed.leaves(front).items():
        assert read[at] == spelt.value
        place = document.places[at]
        assert lines[place.line - 1][place.column - 1 :] == spelt.text


@trials(300)
@given(st.sampled_from(sorted(oracle.TARGETS)), st.binary(max_size=80) | st.text(max_size=80))
def test_any_bytes(target: str, data: bytes | str) -> None:
    """Any bytes in any file are read, and what is wrong with them stands within the file."""
    oracle.check(target, data if isinstance(data, bytes) else data.encode("utf-8", "replace"))


FRONT = {f"{row.name}" for kind in KINDS.values() for row in schema.fields(kind.front)}
YAML = st.text(st.sampled_from("ab1 :#'\"-[]{}&*!|>%@`,?\\\n~é"), max_size=40)


@trials(300)
@given(
    st.sampled_from(sorted(KINDS)),
    st.lists(st.tuples(st.sampled_from(sorted(FRONT)), YAML), min_size=1, max_size=4),
)
def test_any_values(kind: str, rows: list[tuple[str, str]]) -> None:
    """Whatever follows the names of fields is read, or is at fault where it stands."""
    front = "".join(f"{name}: {text}\n" for name, text in rows)
    oracle.check(kind, f"---\n{front}---\nWords.\n".encode("utf-8", "replace"))


# ---- YAML


def plain(node: Node | None) -> object:
    """A node as text, lists and dicts."""
    match node:
        case None:
            return None
        case Scalar():
            return node.text
        case Mapping():
            return {key.text: plain(value) for key, value in node.entries}
    return [plain(item) for item in node.items]


def theirs(text: str) -> object:
    """What PyYAML (not libyaml) makes of it, guessing at nothing; None where it can't be read."""
    try:
        return yaml.load(text, yaml.BaseLoader) or {}
    except (yaml.YAMLError, ValueError, TypeError):
        return None


LINES = st.lists(
    st.builds(
        "{}{}{}{}".format,
        st.sampled_from(["", "", "", "  ", "    ", "- ", "  - "]),
        st.sampled_from(["a: ", "b: ", "c:", "'d': ", "", "# "]),
        st.sampled_from(["", "[", "{a: ", "|", ">-", "'", '"', "&", "!!str "]),
        st.text(st.sampled_from("xy1 :#'\"-,]}é\\n"), max_size=8),
    ),
    min_size=1,
    max_size=5,
)


@trials(400)
@given(LINES)
def test_yaml_is_read_as_by_others(rows: list[str]) -> None:
    """Where nothing is at fault, each value is the text that PyYAML's own reader finds."""
    text = "\n".join(rows)
    tree, others = yaml_tree.parse(text, path="a.md"), theirs(text)
    if not tree.problems and others is not None:
        assert plain(tree.root) == others
