"""Writing that is killed before each single change: output/ is one complete site, old or new."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from itertools import count
from pathlib import Path, PurePosixPath

import pytest

from sitegen.disk.write import Files, Keep, put, recover
from tests.sites import REPO
from tests.trees import inodes, on_disk, siblings, site

OLD = site(index="Old", a="A", deep__b="B", gone__c="C")
NEW = site(index="New", a="A", deep__b="B", come__d="D")

# For each number that it is told, a child puts NEW in place and is killed before that change.
KILLER = """
import ctypes, os, shutil, sys  # before each child loads them
from pathlib import Path
from sitegen.disk import swap
from sitegen.disk.write import Keep, put
from tests.test_killed import NEW, kept
from tests.trust.forks import killed

output, spare, swaps = Path(sys.argv[1]), Path(sys.argv[2]), [getattr(swap, sys.argv[3])]
for line in sys.stdin:
    if not (child := os.fork()):
        killed(int(line))
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
