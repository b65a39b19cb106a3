"""Builds that are killed or interrupted: output/ is always one complete site, old or new."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.sites import REPO, build, make_site, post, tree

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
