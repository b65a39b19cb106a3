"""Builds that are killed or interrupted: output/ is always one complete site, old or new."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from itertools import count
from pathlib import Path, PurePosixPath

import pytest

from sitegen.write import Files, Keep, put, recover
from tests.sites import REPO, build, make_site, post, tree
from tests.trees import inodes, on_disk, siblings, site

POSTS = 30


def _two_states(tmp_path: Path) -> tuple[Path, dict[str, str], dict[str, str]]:
    """A site, and the files that turn it into its second state and back."""
    first = {f"content/news/p{i}.md": post(f"First {i}.", title=f"Post {i}") for i in range(POSTS)}
    second = {path: text.replace("First", "Second") for path, text in first.items()}
    return make_site(tmp_path, first), first, second


def _write(root: Path, files: dict[str, str]) -> None:
    for path, text in files.items():
        (root / path).write_text(text, encoding="utf-8")


def _start(root: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "sitegen", "build", "--now", "2026-06-15", "--quiet"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return subprocess.Popen(command, cwd=root, env={**os.environ, "PYTHONPATH": str(REPO)}, **quiet)


@pytest.mark.parametrize("sign", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_a_build_ended_at_any_moment_leaves_one_complete_site(
    tmp_path: Path, sign: signal.Signals
) -> None:
    """After a kill at random moments output/ is the old site or the new; the next build repairs."""
    root, first, second = _two_states(tmp_path)
    build(root)
    sites = {"first": tree(root / "output")}
    _write(root, second)
    started = time.monotonic()
    build(root)
    sites["second"] = tree(root / "output")
    long = max(1.0, (time.monotonic() - started) * 3)
    chance = random.Random(f"seed {sign}")
    for turn in range(12):
        _write(root, first if turn % 2 == 0 else second)
        process = _start(root)
        time.sleep(chance.uniform(0, long))
        process.send_signal(sign)
        process.wait()
        assert tree(root / "output") in sites.values(), f"turn {turn}"
    _write(root, first)
    build(root)
    assert tree(root / "output") == sites["first"]
    assert [p.name for p in root.glob(".output*")] == []


# Before each single change to the disk

OLD = site(index="Old", a="A", deep__b="B", gone__c="C")
NEW = site(index="New", a="A", deep__b="B", come__d="D")

# For each number that it is told, a child puts NEW in place and is killed before that change.
KILLER = """
import concurrent.futures.thread, ctypes, os, shutil, signal, sys  # before each child loads them
from pathlib import Path
from sitegen import swap
from sitegen.write import Keep, put
from tests.test_killed import NEW, kept

CHANGES = {"mkdir", "link", "rename", "remove", "rmdir", "chmod", "utime"}
left = 0

def kill(event, args):
    global left
    writes = event == "open" and args[2] & os.O_ACCMODE
    if left and (writes or event.removeprefix("os.") in CHANGES or event == "ctypes.dlsym"):
        left -= 1
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)

sys.addaudithook(kill)
output, spare, swaps = Path(sys.argv[1]), Path(sys.argv[2]), [getattr(swap, sys.argv[3])]
for line in sys.stdin:
    if not (child := os.fork()):
        left = int(line)
        put(output, kept(NEW), spare=spare, swaps=swaps)
        os._exit(0)
    print(os.waitpid(child, 0)[1], flush=True)
"""


def kept(files: Files) -> Files:
    """What OLD and NEW share is not written again."""
    shared = {path for path, data in OLD.items() if NEW.get(path) == data}
    return {path: Keep() if path in shared else data for path, data in files.items()}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="only where processes fork")
@pytest.mark.parametrize("way", ["exchange", "two_renames"])
@pytest.mark.parametrize("with_spare", [True, False])
def test_killed_before_each_change_to_the_disk(tmp_path: Path, way: str, with_spare: bool) -> None:
    """With a spare to begin with or not: the old site or the new; the next build clears up."""
    output, spare = tmp_path / "site" / "output", tmp_path / "spare"
    command = [sys.executable, "-c", KILLER, str(output), str(spare), way]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    env = {**os.environ, "PYTHONPATH": str(REPO)}
    with subprocess.Popen(command, env=env, **pipes) as killer:  # type: ignore[call-overload]
        for number in count(1):
            put(output, OLD | {PurePosixPath("other"): b""})
            put(output, dict.fromkeys(OLD, Keep()), spare=spare)
            if not with_spare:
                shutil.rmtree(spare)
            killer.stdin.write(f"{number}\n")
            killer.stdin.flush()
            ended = int(killer.stdout.readline())
            if way == "two_renames":  # there it may be missing until the next build
                recover(output)
            assert on_disk(output) in (OLD, NEW), number
            assert not spare.exists() or inodes(spare) == inodes(output), number
            put(output, kept(NEW) if on_disk(output) == OLD else NEW, spare=spare)
            assert on_disk(output) == NEW
            assert siblings(output) == [], number
            if not ended:
                break
        killer.stdin.close()
    assert number > 20
