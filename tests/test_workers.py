"""Executors: little work here, much work in processes, in the order in which it was given."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from sitegen.workers import WORTH_IT, InProcess, Workers
from tests.sites import REPO, sitegen


def where(number: int) -> tuple[int, int]:
    """What was given, and the process that it was given to."""
    return number, os.getpid()


@pytest.mark.parametrize(
    ("jobs", "amount", "here"),
    [(1, 10_000, True), (2, WORTH_IT - 1, True), (2, 0, True), (2, WORTH_IT, False)],
)
def test_processes_only_for_much_work(jobs: int, amount: int, here: bool) -> None:
    """And only when more than one is allowed."""
    workers = Workers(jobs)
    try:
        results = list(workers.for_(amount).map(where, range(5)))
    finally:
        workers.close()
    assert [number for number, _ in results] == [0, 1, 2, 3, 4]
    assert ({process for _, process in results} == {os.getpid()}) is here


def test_work_is_done_when_its_result_is_asked_for() -> None:
    """So that progress can be told."""
    done: list[int] = []
    results = InProcess().map(done.append, [1, 2])
    assert done == []
    next(results)
    assert done == [1]


def test_processes_are_started_once() -> None:
    """Parsing and rendering share them."""
    workers = Workers(2)
    try:
        assert workers.for_(WORTH_IT) is workers.for_(WORTH_IT + 1)
    finally:
        workers.close()
    workers.close()


def test_a_fault_of_the_work_is_raised_here() -> None:
    """In this process and in others alike."""
    workers = Workers(2)
    try:
        for amount in (1, WORTH_IT):
            with pytest.raises(TypeError):
                list(workers.for_(amount).map(where, [1], [2]))
    finally:
        workers.close()


def test_no_process_is_left_behind(tmp_path: Path) -> None:
    """A build that ends with faults ends its processes too."""
    posts = {f"p{i}.md": f"---\ntitle: P{i}\n---\n" for i in range(WORTH_IT + 5)}
    (tmp_path / "content/news").mkdir(parents=True)
    for name, text in posts.items():
        (tmp_path / "content/news" / name).write_text(text)
    (tmp_path / "config.yaml").write_text("title: T\nbase_url: https://example.org/\n")
    (tmp_path / "templates").symlink_to(REPO / "templates")
    done = sitegen("build", "--jobs", 2, "--now", "2026-06-15", "--quiet", cwd=tmp_path)
    assert done.returncode == 1
    assert not (tmp_path / "output").exists()
