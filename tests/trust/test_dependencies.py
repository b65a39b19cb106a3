"""What is installed is known beforehand: the versions that were tried, and the actions that run."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from sitegen.disk.own import LIBRARIES

REPO = Path(__file__).parents[2]
PROJECT = tomllib.loads((REPO / "pyproject.toml").read_text(encoding="utf-8"))["project"]
WORKFLOWS = sorted((REPO / ".github" / "workflows").glob("*.yml"))
LOCKED, LOWEST = REPO / ".ci" / "locked.txt", REPO / ".ci" / "lowest.txt"
a_list = pytest.mark.parametrize("path", [LOCKED, LOWEST], ids=lambda p: p.name)
a_workflow = pytest.mark.parametrize("path", WORKFLOWS, ids=lambda p: p.name)
FROM_OUTSIDE = re.compile(r"\$\{\{(?!\s*(?:matrix|runner|steps)\.)")


def versions(path: Path) -> dict[str, tuple[int, ...]]:
    """The version of each library in a list."""
    text = path.read_text(encoding="utf-8")
    return {name: numbers(said) for name, said in re.findall(r"^([\w-]+)==([\d.]+)", text, re.M)}


def numbers(version: str) -> tuple[int, ...]:
    """A version to compare by: 3.10.0 is 3.10."""
    found = [int(n) for n in version.split(".")]
    while found[-1:] == [0]:
        found.pop()
    return tuple(found)


def ranges(*extras: str) -> dict[str, dict[str, tuple[int, ...]]]:
    """What pyproject.toml says of each library: its bounds by their signs."""
    more = [line for extra in extras for line in PROJECT["optional-dependencies"][extra]]
    return {
        re.split(r"[^\w-]", line)[0].lower(): {
            sign: numbers(version) for sign, version in re.findall(r"([<>=!]+)([\d.]+)", line)
        }
        for line in [*PROJECT["dependencies"], *more]
    }


def test_the_lowest_versions_are_the_floors() -> None:
    """What .ci/run tries as lowest is what pyproject.toml names, and nothing else comes with it."""
    assert versions(LOWEST) == {name: bounds[">="] for name, bounds in ranges().items()}


def test_the_lock_is_within_the_ranges() -> None:
    """Every library that is asked for, in a version that is allowed."""
    locked = versions(LOCKED)
    for name, bounds in ranges(*PROJECT["optional-dependencies"]).items():
        assert bounds[">="] <= locked[name], name
        assert locked[name] < bounds.get("<", (9999,)), name


def test_all_that_shapes_the_output_is_asked_for() -> None:
    """What counts as shaping the output is named in pyproject.toml, not brought by another."""
    assert set(LIBRARIES) <= set(ranges())


@a_list
def test_a_list_has_hashes_and_no_addresses(path: Path) -> None:
    """Each library is one version, known by its SHA-256; where it comes from is not said."""
    entries = re.split(r"^(?=[\w-]+==)", path.read_text(encoding="utf-8"), flags=re.M)[1:]
    assert len(entries) >= len(ranges())
    assert [e.split()[0] for e in entries if not re.search(r"--hash=sha256:[0-9a-f]{64}", e)] == []
    assert not re.search(r"://|^--|^-[ei]", path.read_text(encoding="utf-8"), re.M)


def test_the_pythons_are_those_that_are_tried() -> None:
    """The workflow's matrix, the classifiers and requires-python say the same."""
    tried = jobs(REPO / ".github/workflows/ci.yml")["all"]["strategy"]["matrix"]["python"]
    named = [re.search(r"Python :: (3\.\d+)$", line) for line in PROJECT["classifiers"]]
    assert [m[1] for m in named if m] == tried
    assert PROJECT["requires-python"] == f">={tried[0]}"


def jobs(path: Path) -> dict[str, dict[str, Any]]:
    """A workflow's jobs by name."""
    found: dict[str, dict[str, Any]] = read(path)["jobs"]
    return found


def read(path: Path) -> dict[str, Any]:
    """A workflow. Every value is text, ``on`` too, which YAML 1.1 takes for true."""
    found: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)
    return found


def steps(path: Path) -> list[dict[str, Any]]:
    """The steps of all jobs of a workflow."""
    return [step for job in jobs(path).values() for step in job["steps"]]


@a_workflow
def test_actions_are_commits(path: Path) -> None:
    """Every action is a commit, which nobody can move, with its version beside it."""
    used = re.findall(r"\buses:(.*)", path.read_text(encoding="utf-8"))
    assert len(used) == sum("uses" in step for step in steps(path)) > 0
    pinned = re.compile(r" actions/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")
    assert [line for line in used if not pinned.fullmatch(line)] == []


@a_workflow
def test_a_job_may_do_what_it_says(path: Path) -> None:
    """Nothing is allowed to all; each job names its rights and a time, and runs are in a queue."""
    whole = read(path)
    assert whole["permissions"] == {}
    assert whole["concurrency"]["group"]
    assert "pull_request_target" not in whole["on"]
    for name, job in jobs(path).items():
        assert isinstance(job["permissions"], dict), name
        assert int(job["timeout-minutes"]) <= 30, name


@a_workflow
def test_the_key_to_the_repository_stays_where_it_is_needed(path: Path) -> None:
    """A checkout keeps no credentials, save in a job that may write and runs nothing but git."""
    for name, job in jobs(path).items():
        for step in job["steps"]:
            if "checkout" in step.get("uses", ""):
                writes = job["permissions"].get("contents") == "write"
                assert step["with"]["persist-credentials"] == str(writes).lower(), name
                assert not writes or "python" not in str(job["steps"]), name


@a_workflow
def test_nothing_from_outside_is_run(path: Path) -> None:
    """No name of a branch, title or message is pasted into a script: they come as variables."""
    assert [step["run"] for step in steps(path) if FROM_OUTSIDE.search(step.get("run", ""))] == []
