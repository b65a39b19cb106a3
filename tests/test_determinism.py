"""The same input gives the same bytes, whatever the machine is like."""

from __future__ import annotations

import os
import shutil
import stat
from pathlib import Path

import pytest

from tests.sites import blog, build, make_site, post, sample_site, sitegen, tree

NOW = "2026-11-21"


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the sample site, built as it is."""
    root = sample_site(tmp_path_factory.mktemp("sample"))
    assert not build(root, NOW).stopped
    return root


def upside_down(root: Path, copy: Path) -> Path:
    """The same site with its files made in another order, at other times, with other rights."""
    paths = [p for p in sorted(root.rglob("*"), reverse=True) if p.is_file()]
    for i, path in enumerate(paths):
        inside = path.relative_to(root)
        if inside.parts[0] in ("output", ".sitegen"):
            continue
        (copy / inside).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy / inside)
        (copy / inside).chmod(0o600)
        os.utime(copy / inside, (10**9 + i, 10**9 + i))
    return copy


ELSEWHERE = {
    "west": {"TZ": "America/Los_Angeles", "LC_ALL": "C", "PYTHONHASHSEED": "1", "PYTHONUTF8": "0"},
    "east": {"TZ": "Pacific/Auckland", "LC_ALL": "tr_TR.UTF-8", "PYTHONHASHSEED": "12345"},
}


@pytest.mark.parametrize("place", ELSEWHERE)
def test_the_same_bytes_everywhere(place: str, sample: Path, tmp_path: Path) -> None:
    """Time zone, locale, hash seed, times and order of files, umask and folder change nothing."""
    root = upside_down(sample, tmp_path / "somewhere else" / "site")
    mask = os.umask(0o077 if place == "west" else 0)
    try:
        done = sitegen("build", "--now", NOW, "--jobs", 1, cwd=root, **ELSEWHERE[place])
    finally:
        os.umask(mask)
    assert done.returncode == 0, done.stdout
    assert tree(root / "output") == tree(sample / "output")
    modes = {stat.S_IMODE(p.stat().st_mode) for p in (root / "output").rglob("*") if p.is_file()}
    folders = {stat.S_IMODE(p.stat().st_mode) for p in (root / "output").rglob("*") if p.is_dir()}
    assert (modes, folders) == ({0o644}, {0o755})


def test_the_same_moment_however_it_is_told(sample: Path) -> None:
    """``--now`` in the site's time, with an offset, and SOURCE_DATE_EPOCH."""
    wanted = tree(sample / "output")
    for options, environment in [
        (["--now", "2026-11-21T01:00:00+01:00"], {}),
        ([], {"SOURCE_DATE_EPOCH": "1795219200"}),
    ]:
        out = sample / "again"
        done = sitegen("build", "--output", out, *options, cwd=sample, **environment)
        assert done.returncode == 0
        assert tree(out) == wanted


def test_one_process_or_several(tmp_path: Path) -> None:
    """More posts and pages than one process is given make the same site in two."""
    files = {
        f"content/{'blog' if i % 2 else 'news'}/p{i:03}.md": (blog if i % 2 else post)(
            f"Words {i}, and [the one before](../{'news' if i % 2 else 'blog'}/p{i - 1:03}.md)."
            if i
            else "The first.",
            title=f"Post {i}",
            date=f"2026-0{1 + i % 5}-{1 + i % 28:02}",
        )
        for i in range(160)
    }
    root = make_site(tmp_path / "site", files)
    alone = build(root, jobs=1)
    assert not alone.stopped
    one = tree(root / "output")
    together = build(root, jobs=2, force=True)
    assert len(together.made) == len(alone.made) == len(one)
    assert tree(root / "output") == one
