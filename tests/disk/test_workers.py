"""Executors: little work here, much work in processes, in the order in which it was given."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from sitegen.disk.workers import WORTH_IT, Forked, InProcess, Workers
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


def test_a_process_with_threads_is_not_copied() -> None:
    """New processes are started in place of copies, once: parsing and rendering share them."""
    workers, done = Workers(2), threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    try:
        executor = workers.for_(WORTH_IT)
        assert not isinstance(executor, Forked)
        assert executor is workers.for_(WORTH_IT + 1)
    finally:
        done.set()
        thread.join()
        workers.close()
    workers.close()


FORK = pytest.mark.skipif(sys.platform != "linux", reason="processes are copied on Linux only")


def forked(work: str, jobs: int = 2) -> list[str]:
    """What is printed by a process without threads whose ``work(n)`` is done through Forked."""
    code = f"""
import os, signal, time
from sitegen.disk.workers import WORTH_IT, Forked, Workers
first = os.getpid()
{work}
executor = Workers({jobs}).for_(WORTH_IT)
assert isinstance(executor, Forked)
for result in executor.map(work, range(40)):
    print(result, flush=True)
"""
    here = os.environ | {"PYTHONPATH": str(REPO)}
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, env=here, capture_output=True, text=True, check=True, timeout=60)
    assert not done.stderr
    return done.stdout.split()


NUMBERS = [str(n) for n in range(40)]


@FORK
def test_a_copy_and_this_process_share_the_work() -> None:
    """Each does some of it."""
    told = forked("def work(n): time.sleep(0.02); return os.getpid() == first")
    assert set(told) == {"True", "False"}


@FORK
def test_work_need_not_be_picklable() -> None:
    """A copy has it already; results come in the order of the work."""
    assert forked("lock = __import__('threading').Lock()\nwork = lambda n: lock and n") == NUMBERS


@FORK
def test_a_copy_that_is_killed_costs_nothing_but_time() -> None:
    """Its work is done here."""
    work = """
def work(n):
    time.sleep(0.01)
    if os.getpid() != first and n > 2:
        os.kill(os.getpid(), signal.SIGKILL)
    return n
"""
    assert forked(work) == NUMBERS


@FORK
def test_one_copy_of_two_that_is_killed() -> None:
    """The other ends too, when all is done, and nothing is said."""
    work = """
def work(n):
    time.sleep(0.02 if os.getpid() == first else 0.2)
    if os.getpid() != first and n == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return n
"""
    assert forked(work, jobs=3) == NUMBERS


@FORK
def test_copies_end_with_the_process_that_made_them() -> None:
    """Also when that is killed and can't tell them: whoever reads what they print sees the end."""
    work = """
def work(n):
    print("copy" if os.getpid() != first else "first", flush=True)
    time.sleep(0.05)
    if os.getpid() == first and n > 4:
        os.kill(first, signal.SIGKILL)
"""
    with pytest.raises(subprocess.CalledProcessError) as killed:
        forked(work)
    assert "copy" in killed.value.stdout


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
