"""The table of codes: every code that the source uses, each shown to an editor in a golden case."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from sitegen.codes import CODES
from sitegen.problems import Severity

REPO = Path(__file__).parents[1]
CASES = sorted((REPO / "tests" / "cases").glob("*.txt"))
SHOWN = re.compile(r"^[^ ].*?: (error|warning|advice) ([a-z0-9-]+): ", re.M)
TABLE = {code: about for group in CODES.values() for code, about in group.items()}

# What no tiny site can show, and why.
UNSHOWN = {
    "yaml-syntax": "no text is known that comes to it",
    "markdown-failed": "what comes to it is refused before, or long: test_convert has it",
    "text-long": "a case is one screen, and this is some thousand: test_sizes has it",
    "text-tangled": "the same",
    "text-slow": "the same",
}


SOURCES = [ast.parse(path.read_text("utf-8")) for path in (REPO / "sitegen").rglob("*.py")]


def takers() -> dict[str, set[int]]:
    """Whatever takes a code, that is, has a parameter of this name; and as its which argument."""
    found: dict[str, set[int]] = {}
    for node in (node for tree in SOURCES for node in ast.walk(tree)):
        for part in ast.iter_child_nodes(node):
            if isinstance(part, ast.FunctionDef):
                names = [a.arg for a in part.args.args if a.arg != "self"]
                name = part.name
                if isinstance(node, ast.ClassDef) and name == "__init__":
                    name = node.name
                if "code" in names:
                    found.setdefault(name, set()).add(names.index("code"))
    return found


def codes_of(tree: ast.AST, taken: dict[str, set[int]]) -> Iterator[str]:
    """The codes that a module gives: to what takes one, by name, or first in a Diagnosis."""
    for node in ast.walk(tree):
        given: list[ast.expr] = []
        if isinstance(node, ast.Call):
            places = taken.get(ast.unparse(node.func).rpartition(".")[2], set())
            given = [value for i, value in enumerate(node.args) if i in places]
            given += [keyword.value for keyword in node.keywords if keyword.arg == "code"]
        elif isinstance(node, ast.FunctionDef) and ast.unparse(node.returns or node) == "Diagnosis":
            returned = [n.value for n in ast.walk(node) if isinstance(n, ast.Return)]
            given = [value.elts[0] for value in returned if isinstance(value, ast.Tuple)]
        for value in given:
            yield from spelled(value)


def spelled(value: ast.expr) -> Iterator[str]:
    """The texts that an expression may come to: its own, or those of a choice."""
    if isinstance(value, ast.Constant) and isinstance(value.value, str):
        yield value.value
    elif isinstance(value, ast.IfExp):
        yield from (*spelled(value.body), *spelled(value.orelse))


def used() -> set[str]:
    """Every code in the source."""
    taken = takers()
    return {code for tree in SOURCES for code in codes_of(tree, taken)}


def shown() -> dict[str, set[str]]:
    """Every code that a case shows, with its severities."""
    found: dict[str, set[str]] = {}
    for path in CASES:
        told = path.read_text("utf-8").partition("\n-- problems --\n")[2]
        for severity, code in SHOWN.findall(told):
            found.setdefault(code, set()).add(severity)
    return found


def test_the_table_has_the_codes_that_are_used() -> None:
    """Every code in the source is in the table, and the table has no other."""
    assert used() - set(TABLE) == set()
    assert set(TABLE) - used() == set()


def test_a_code_stands_in_one_group() -> None:
    """No code is there twice, and each is written as one."""
    assert len(TABLE) == sum(len(group) for group in CODES.values())
    assert [code for code in TABLE if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", code)] == []


@pytest.mark.parametrize("code", TABLE)
def test_a_code_says_what_and_why(code: str) -> None:
    """What a code tells is part of a sentence; why it matters is one."""
    about = TABLE[code]
    assert re.match(r"[^A-Z.].*[^.]$", about.says, re.S)
    assert re.match(r"[A-Z0-9\"].*[.?!]$", about.why, re.S)
    assert about.severities


@pytest.mark.parametrize("code", [code for code in TABLE if code not in UNSHOWN])
def test_an_editor_sees_every_code(code: str) -> None:
    """Every code, with every severity that it may have, is in a golden case."""
    assert shown().get(code, set()) == {s.value for s in TABLE[code].severities}


def test_every_case_shows_codes_of_the_table() -> None:
    """No case shows a code that the table doesn't have, nor one that none can show."""
    assert set(shown()) - set(TABLE) == set()
    assert UNSHOWN.keys() <= TABLE.keys() - shown().keys()


def test_errors_are_what_stops_a_build() -> None:
    """A code is an error, perhaps a warning too, or advice alone: advice never stops a build."""
    mixed = {code for code, about in TABLE.items() if len(about.severities) > 1}
    assert not [code for code in mixed if Severity.ADVICE in TABLE[code].severities]
