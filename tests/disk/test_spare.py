"""The tree that was replaced: base of the next one when it is sound, and no harm when it isn't."""

from __future__ import annotations

import os
import random
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path, PurePosixPath

import pytest

from sitegen.disk.swap import exchange, two_renames
from sitegen.disk.write import Files, Keep, put
from sitegen.problems import SitegenError
from tests.sites import REPO
from tests.trees import inode, inodes, on_disk, siblings, site

resource = pytest.importorskip("resource", reason="only where there are limits")
either_way = pytest.mark.parametrize("swap", [exchange, two_renames])


def twice(root: Path) -> tuple[Path, Path]:
    """An output/ that was replaced once, and its spare."""
    output, spare = root / "output", root / "memory" / "spare"
    spare.parent.mkdir()
    put(output, site(index="Old", a="A", deep__b="B"), spare=spare)
    put(output, site(index="Home") | keep("a/index.html", "deep/b/index.html"), spare=spare)
    return output, spare


def keep(*paths: str) -> Files:
    """Those files as they are."""
    return {PurePosixPath(path): Keep() for path in paths}


@either_way
def test_it_is_the_twin_of_output(tmp_path: Path, swap: Callable[[Path, Path], None]) -> None:
    """The same files, so that it takes no space but for folders and holds nothing that is gone."""
    output, spare = twice(tmp_path)
    put(output, site(index="New", c="C") | keep("a/index.html"), spare=spare, swaps=[swap])
    assert on_disk(output) == site(index="New", c="C", a="A")
    assert inodes(spare) == inodes(output)
    assert not (spare / "deep").exists()
    assert siblings(output) == ["memory"]


@either_way
def test_it_is_used(tmp_path: Path, swap: Callable[[Path, Path], None]) -> None:
    """The two folders take turns, and those in them."""
    output, spare = twice(tmp_path)
    folders = inode(spare), inode(spare / "a")
    put(output, site(index="New") | keep("a/index.html"), spare=spare, swaps=[swap])
    assert (inode(output), inode(output / "a")) == folders


def test_the_first_build_leaves_none(tmp_path: Path) -> None:
    """Nothing was replaced."""
    put(tmp_path / "output", site(index="Home"), spare=tmp_path / "spare")
    assert siblings(tmp_path / "output") == []


def test_a_page_changed_in_place_is_made_anew_in_both(tmp_path: Path) -> None:
    """Whoever writes into a file of output/ writes into the spare's: it is one file."""
    output, spare = twice(tmp_path)
    (output / "a/index.html").write_text("spoilt")
    put(output, site(index="New", a="A"), spare=spare)
    assert on_disk(output) == on_disk(spare) == site(index="New", a="A")


def _link(path: Path, to: Path) -> None:
    shutil.rmtree(path)
    path.symlink_to(to)


HARMS: dict[str, Callable[[Path, Path], object]] = {
    "nothing": lambda spare, away: None,
    "is gone": lambda spare, away: shutil.rmtree(spare),
    "is gone with its folder": lambda spare, away: shutil.rmtree(spare.parent),
    "is a file": lambda spare, away: (shutil.rmtree(spare), spare.write_text("x")),
    "is a link": lambda spare, away: _link(spare, away),
    "lacks a file": lambda spare, away: (spare / "a/index.html").unlink(),
    "lacks a file that changes": lambda spare, away: (spare / "index.html").unlink(),
    "lacks a folder": lambda spare, away: shutil.rmtree(spare / "deep"),
    "has another file": lambda spare, away: (
        (spare / "a/index.html").unlink(),
        (spare / "a/index.html").write_text("A"),
    ),
    "has a stray": lambda spare, away: (spare / "stray").write_text("x"),
    "has a stray folder": lambda spare, away: (spare / "a/stray/deep").mkdir(parents=True),
    "has a stray link": lambda spare, away: (spare / "stray").symlink_to(away),
    "has a link for a folder": lambda spare, away: _link(spare / "deep", away),
    "has a folder for a file": lambda spare, away: (
        (spare / "index.html").unlink(),
        (spare / "index.html").mkdir(),
    ),
    "is another folder's": lambda spare, away: put(
        spare.parent.parent / "output-2", site(index="2"), spare=spare
    ),
    "is empty": lambda spare, away: (shutil.rmtree(spare), spare.mkdir()),
}


@pytest.mark.parametrize("harm", HARMS.values(), ids=HARMS)
def test_whatever_happened_to_it(tmp_path: Path, harm: Callable[[Path, Path], object]) -> None:
    """The site is right, and nothing that a link leads to is touched."""
    output, spare = twice(tmp_path)
    away = tmp_path / "away"
    (away / "b").mkdir(parents=True)
    (away / "b/index.html").write_text("mine")
    harm(spare, away)
    for text in ("New", "Newer"):
        kept = keep("a/index.html", "deep/b/index.html")
        put(output, site(index=text) | kept, spare=spare)
        assert on_disk(output) == site(index=text, a="A", deep__b="B")
        assert not any(path.is_symlink() for path in output.rglob("*"))
        assert [name for name in siblings(output) if "sitegen" in name] == []
    assert on_disk(away) == {PurePosixPath("b/index.html"): b"mine"}


def test_modes_do_not_come_back_with_it(tmp_path: Path) -> None:
    """Folders and files that somebody closed are open again, and stay so."""
    output, spare = twice(tmp_path)
    (output / "deep").chmod(0o700)
    (output / "a/index.html").chmod(0o600)
    for text in ("one", "two", "three"):
        put(output, site(index=text) | keep("a/index.html", "deep/b/index.html"), spare=spare)
        modes = {stat.S_IMODE(path.stat().st_mode) for path in [output, *output.rglob("*")]}
        assert modes == {0o755, 0o644}


def test_output_that_was_deleted(tmp_path: Path) -> None:
    """It is made anew, and nothing of the old site stays in the spare."""
    output, spare = twice(tmp_path)
    shutil.rmtree(output)
    put(output, site(index="New"), spare=spare)
    assert on_disk(output) == site(index="New")
    assert not spare.exists()


def test_a_file_too_big_leaves_the_old_site(tmp_path: Path) -> None:
    """As a full disk does: the half-made tree goes, and the next build needs no spare."""
    output, spare = twice(tmp_path)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, hard))  # Python ignores SIGXFSZ
    kept = keep("a/index.html", "deep/b/index.html")
    try:
        with pytest.raises(SitegenError, match="bigger than this system allows"):
            put(output, site(index="x" * 20_000) | kept, spare=spare)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert on_disk(output) == site(index="Home", a="A", deep__b="B")
    assert siblings(output) == ["memory"]
    put(output, site(index="New") | kept, spare=spare)
    assert on_disk(output) == site(index="New", a="A", deep__b="B")


@pytest.mark.skipif(not Path("/dev/shm").is_dir(), reason="needs another file system")
def test_on_another_file_system_there_is_none(tmp_path: Path) -> None:
    """Each build then makes the whole tree, and leaves nothing else."""
    there = Path("/dev/shm") / f"sitegen-test-{os.getpid()}"
    output = there / "output"
    try:
        for text in ("one", "two"):
            put(output, site(index=text), spare=tmp_path / "spare")
            assert on_disk(output) == site(index=text)
            assert siblings(output) == siblings(tmp_path / "spare") == []
    finally:
        shutil.rmtree(there)


@pytest.mark.parametrize("seed", range(4))
def test_any_row_of_sites_and_harms(tmp_path: Path, seed: int) -> None:
    """Thirty sites in turn, whatever lies in the spare: each is exactly what was wanted."""
    chance = random.Random(seed)
    output, spare = twice(tmp_path)
    paths = [PurePosixPath(*way) for way in (("a",), ("b", "c"), ("b", "d"), ("e", "f", "g"))]
    paths += [path / "index.html" for path in paths]
    for turn in range(30):
        now = on_disk(output)
        wanted: dict[PurePosixPath, bytes] = {PurePosixPath("build.json"): b"{}"}
        for path in chance.sample(paths, 5):
            if not {path, *path.parents} & wanted.keys() and not any(
                path in other.parents for other in wanted
            ):
                wanted[path] = now.get(path, b"") if chance.random() < 0.5 else b"%d" % turn
        kept = {path: Keep() for path, data in wanted.items() if now.get(path) == data}
        put(output, {**wanted, **kept}, spare=spare)
        assert on_disk(output) == wanted
        if chance.random() < 0.2 and spare.exists():
            chance.choice([lambda: shutil.rmtree(spare), (spare / "stray").touch])()
        elif spare.exists():
            assert inodes(spare) == inodes(output)


COUNT = """
import collections, os, sys
from pathlib import Path, PurePosixPath
from sitegen.disk.write import Keep, put

output, spare = Path(sys.argv[1], "output"), Path(sys.argv[1], "spare")
files = {PurePosixPath(f"{i}/index.html"): b"%d" % i for i in range(int(sys.argv[2]))}
first = next(iter(files))
put(output, files, spare=spare)
kept = dict.fromkeys(files, Keep())
put(output, kept | {first: b"edited"}, spare=spare)

done = collections.Counter()
def count(event, args):
    changes = event.startswith("os.") and event != "os.scandir"
    if changes or event == "open" and args[2] & os.O_ACCMODE:
        done[event] += 1
sys.addaudithook(count)
put(output, kept | {first: b"edited again"}, spare=spare)
print(sorted(done.items()))
"""


def test_one_edited_page_costs_the_same_whatever_the_size(tmp_path: Path) -> None:
    """A page is written and linked, its old self goes from two trees, and two folders move."""
    told = []
    for size in (5, 100):
        (tmp_path / str(size)).mkdir()
        command = [sys.executable, "-c", COUNT, str(tmp_path / str(size)), str(size)]
        env = {**os.environ, "PYTHONPATH": str(REPO)}
        told.append(subprocess.run(command, env=env, capture_output=True, text=True, check=True))
    wanted = [("open", 1), ("os.link", 1), ("os.remove", 2 + 8), ("os.rename", 2)]
    assert [one.stdout.strip() for one in told] == [str(wanted)] * 2  # eight find nothing to remove
