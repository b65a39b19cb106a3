"""The documentation says what is there: commands, options, fields, settings, files, modules."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from sitegen.arguments import parser
from sitegen.cli import COMMANDS
from sitegen.kinds import KINDS
from sitegen.model import Document
from sitegen.problems import Severity
from sitegen.source import config, facts, schema
from sitegen.source.config import Config
from sitegen.source.facts import FILES
from sitegen.tables import fault_guide
from sitegen.tables.reference import anchor, front_matter

REPO = Path(__file__).parents[1]
README = (REPO / "README.md").read_text(encoding="utf-8")
TOUR = "Five minutes for an editor"
REFERENCE = REPO / "docs" / "reference.md"
FAULTS = REPO / "docs" / "faults.md"
PAGES = [REPO / "README.md", REPO / "sitegen/README.md", *sorted((REPO / "docs").glob("*.md"))]
a_page = pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(REPO)))


def fences(text: str, language: str) -> list[str]:
    """The blocks of code in a language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.M | re.S)


def section(heading: str) -> str:
    """The README's section under a heading of the second level."""
    return README.split(f"\n## {heading}\n")[1].split("\n## ")[0]


def options(command: argparse.ArgumentParser) -> set[str]:
    """The long options of a command."""
    return {o for a in command._actions for o in a.option_strings if o.startswith("--")}


def commands() -> dict[str, argparse.ArgumentParser]:
    """Every command with its own parser."""
    subs = [a for a in parser()._actions if isinstance(a, argparse._SubParsersAction)]
    return dict(subs[0].choices)


def test_the_reference_is_what_the_tables_say(request: pytest.FixtureRequest) -> None:
    """docs/reference.md is generated; ``pytest --update`` writes it anew."""
    if request.config.getoption("--update", default=False):
        REFERENCE.write_text(front_matter(), encoding="utf-8", newline="\n")
    assert REFERENCE.read_text(encoding="utf-8") == front_matter(), "run pytest --update"


def test_the_page_of_faults_is_what_the_table_says(request: pytest.FixtureRequest) -> None:
    """docs/faults.md is generated too: every code, with what an editor saw in a golden case."""
    cases = (path.read_text("utf-8") for path in sorted((REPO / "tests/cases").glob("*.txt")))
    page = fault_guide.page(case.partition("\n-- problems --\n")[2] for case in cases)
    if request.config.getoption("--update", default=False):
        FAULTS.write_text(page, encoding="utf-8", newline="\n")
    assert FAULTS.read_text(encoding="utf-8") == page, "run pytest --update"


def test_the_readme_names_every_command() -> None:
    """The table of commands has each, and none that isn't there."""
    assert set(commands()) == set(COMMANDS)
    assert set(re.findall(r"^\| `sitegen (\w+)", section("Commands"), re.M)) == set(COMMANDS)


def test_the_readme_names_every_option() -> None:
    """The table of options has each, with the commands that take it."""
    taken: dict[str, set[str]] = {o: set() for o in options(parser())}
    for name, command in commands().items():
        for option in options(command):
            taken.setdefault(option, set()).add(name)
    told = {}
    for names, of in re.findall(r"^\| (`--.*?) \| (.*?) \|", section("Commands"), re.M):
        for option in re.findall(r"`(--[\w-]+)", names):
            told[option] = takers(of)
    assert set(told) == set(taken)
    assert {o: c for o, c in told.items() if c} == {o: taken[o] for o, c in told.items() if c}


def takers(of: str) -> set[str]:
    """The commands that a cell names: some, ``all``, or ``all but new``."""
    named = set(re.findall(r"\w+", of))
    return set(COMMANDS) - named if "all" in named else named & set(COMMANDS)


def test_the_readme_names_every_kind_and_its_fields() -> None:
    """The table of kinds has each kind, its folder and the fields that only it has."""
    rows = dict(re.findall(r"^\| \*\*(\w+)\*\* (.*)$", section("Front matter"), re.M))
    assert set(rows) == set(KINDS)
    fields = {name: {f.name for f in schema.fields(k.front)} for name, k in KINDS.items()}
    everywhere = set.intersection(*fields.values())
    assert not everywhere - set(re.findall(r"\w+", section("Front matter") + section(TOUR)))
    for name, kind in KINDS.items():
        assert f"`content/{kind.folder}/`" in rows[name]
        assert not fields[name] - everywhere - set(re.findall(r"\w+", rows[name]))


def test_the_readme_names_every_setting() -> None:
    """The table of settings has every key of config.yaml, and the text every file of facts."""
    text = section("Settings and shared facts")
    rows = " ".join(re.findall(r"^\| (`.*?) \|", text, re.M))
    assert set(re.findall(r"`(\w+)`", rows)) == {f.name for f in schema.fields(Config)}
    assert not [stem for stem in FILES if f"{stem}.yaml`" not in text]


def every_field() -> Iterator[str]:
    """The names of all fields of all tables, groups in groups too."""
    tables: list[type[Any]] = [Config, *(k.front for k in KINDS.values())]
    tables += [f.value.table for f in FILES.values() if isinstance(f.value, schema.Group)]
    while tables:
        for row in schema.fields(tables.pop()):
            yield row.name
            inner = row.type.item if isinstance(row.type, schema.ListOf) else row.type
            if isinstance(inner, schema.Group):
                tables.append(inner.table)


def test_the_reference_names_every_field() -> None:
    """Nothing that can be typed is missing from the reference."""
    text = REFERENCE.read_text(encoding="utf-8")
    assert not {name for name in every_field() if f"| `{name}` |" not in text}


@a_page
def test_links_lead_to_files_and_headings(page: Path) -> None:
    """Every relative link and picture of the documentation is there, and so is its heading."""
    text = re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.M | re.S)
    text = re.sub(r"`[^`\n]*`", "`…`", text)
    links = re.findall(r"\]\(([^)\s]+)\)|<img [^>]*?src=\"([^\"]+)\"", text)
    broken = []
    for link in (a or b for a, b in links):
        path, _, fragment = link.partition("#")
        target = page.parent / path if path else page
        if re.match(r"[a-z]+:", link):
            continue
        if not target.exists() or (fragment and fragment not in anchors(target)):
            broken.append(link)
    assert not broken


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings."""
    text = page.read_text(encoding="utf-8")
    return {anchor(h.replace("`", "")) for h in re.findall(r"^#+ (.*)$", text, re.M)}


def test_the_two_commands_are_those_of_ci() -> None:
    """The README's two commands are lines of .ci/run, letter for letter, and steps by the week."""
    lines = (REPO / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    weekly = (REPO / ".github/workflows/ci.yml").read_text(encoding="utf-8").splitlines()
    told = [c.strip() for c in fences(section("Two commands"), "sh")]
    assert len(told) == 2
    assert not [command for command in told if command not in lines]
    assert not [command for command in told if f"      - run: {command}" not in weekly]


def test_the_map_names_every_module() -> None:
    """sitegen/README.md has a place for each module of the package, and for none that is gone."""
    floors = (REPO / "sitegen/README.md").read_text(encoding="utf-8").split("## Floors")[1]
    table = floors.split("\n## ")[0]
    modules = " ".join(re.findall(r"^\|[^|]*\| (`.*?) \|", table, re.M))
    kinds = {f"kinds/{name}" for name in KINDS}
    there = {
        str(path.relative_to(REPO / "sitegen").with_suffix("")).removesuffix("/__init__")
        for path in (REPO / "sitegen").rglob("*.py")
    }
    names = {path.rpartition("/")[2] for path in there - kinds - {"__init__"}}
    assert names <= set(re.findall(r"`(\w+)/?`", table))
    assert set(re.findall(r"`(\w+)/?`", modules)) <= names


Read = Callable[..., Document]
GUIDE = (REPO / "docs/editors-guide.md").read_text("utf-8")
FACTS = {"glossary.yaml": "meaning:", "words.yaml": "{use:"}  # and what tells them


@pytest.mark.parametrize("text", fences(GUIDE, "markdown"))
def test_the_markdown_of_the_guide_works(read: Read, text: str) -> None:
    """What the guide shows is typed without a fault."""
    assert read("page", body=text).problems == ()


@pytest.mark.parametrize("text", fences(GUIDE, "yaml"))
def test_the_fields_of_the_guide_work(read: Read, text: str) -> None:
    """So are its fields, its glossary and its settings."""
    if of_facts := [name for name, word in FACTS.items() if word in text]:
        assert facts.read({of_facts[0]: text.encode()}, ZoneInfo("Europe/London"))[1] == ()
        return
    if text.startswith(("alert:", "editor:", "silence:")):
        settings = f"title: T\nbase_url: https://example.org/\n{text}"
        assert config.read(settings.encode())[1] == ()
        return
    own = {"who_it_affects": "consultation", "indicators": "explainer"}
    kind = next((kind for word, kind in own.items() if word in text), "news")
    assert read(kind, text).problems == ()


@pytest.mark.parametrize("text", fences(README, "yaml"))
def test_the_fields_of_the_readme_work(read: Read, text: str) -> None:
    """The README's fields are read without a fault."""
    less = "external_url" if "ways_to_respond" in text else ""
    kind, more = ("consultation", "") if less else ("blog", "date: 2026-11-20\n")
    assert [
        p for p in read(kind, more + text, less=less).problems if p.severity is Severity.ERROR
    ] == []


def test_the_tests_that_are_named_are_there() -> None:
    """Whoever doubts a promise of SECURITY.md finds its test."""
    named = re.findall(r"`(tests/[^`]*)`", (REPO / "SECURITY.md").read_text(encoding="utf-8"))
    assert len(named) > 15
    assert [name for name in named if not (REPO / name).exists()] == []
