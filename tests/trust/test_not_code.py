"""Content is never code: no object of YAML's is made, no file of Python's imported or published."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from sitegen.problems import Problem, Severity
from sitegen.source import config, facts
from tests.sites import document, make_site, page, sitegen, tree
from tests.trust.hostile import Vector, vectors

# What sitegen and its libraries import, some at once and some late.
MODULES = (
    *("yaml", "jinja2", "markdown", "nh3", "PIL", "babel", "cbor2", "json", "argparse", "html"),
    *("content", "news", "conftest", "sitecustomize", "usercustomize", "pagefind_bin", "__init__"),
)


@pytest.fixture
def canary(tmp_path: Path) -> Path:
    """A file that comes to be if anything runs."""
    return tmp_path / "canary"


def faults_of(lines: str) -> dict[str, tuple[Problem, ...]]:
    """What is wrong with these lines in a post, in the shared facts, in config.yaml."""
    _, of_facts = facts.read({"tags.yaml": lines.encode()}, ZoneInfo("UTC"))
    return {
        "post": document("pages/a.md", f"---\n{lines}---\n\nWords.\n").problems,
        "facts": of_facts,
        "config": config.read(lines.encode())[1],
    }


@pytest.mark.parametrize("vector", vectors("yaml"), ids=lambda v: v.text[:40])
def test_yaml_makes_nothing(vector: Vector, canary: Path) -> None:
    """Objects, anchors and aliases are refused at their line, wherever they are typed."""
    found = faults_of(vector.text.replace("CANARY", str(canary)) + "\n")
    assert not canary.exists()
    for problems in found.values():
        assert all(p.line for p in problems)
    if vector.family in ("objects", "aliases") and "!!str" not in vector.text:
        assert all(any(p.severity is Severity.ERROR for p in rows) for rows in found.values())


@pytest.mark.parametrize("where", [".", "content"])
def test_python_files_lie_there(where: str, tmp_path: Path, canary: Path) -> None:
    """Named like libraries, in every folder, and sitegen is run beside them: none is looked at."""
    bad = f"open({str(canary)!r}, 'w')\n"
    folders = ("", "content/", "content/news/", "content/media/", "content/pages/a/")
    files = {f"{folder}{name}.py": bad for folder in folders for name in MODULES}
    root = make_site(tmp_path / "site", {**files, "content/pages/a/index.md": page()})
    settings = root / "config.yaml"
    built = sitegen("build", "--config", settings, "--output", root / "output", cwd=root / where)
    assert built.returncode == 0, built.stdout + built.stderr
    assert not canary.exists()
    names = [*tree(root / "output")]
    assert "a/index.html" in names
    assert [name for name in names if ".py" in name] == []
