"""``build --verify``: output/ is held against a build from nothing."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from sitegen.options import FOLDER
from sitegen.problems import SitegenError
from tests.sites import NOW, PLAIN, build, make_site, post, sample_site, sitegen, tree

LATER = "2026-08-01"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site that was built, and then one post of it changed."""
    root = make_site(tmp_path / "site", {**PLAIN, "content/news/a.md": post("Before.")})
    build(root)
    (root / "content/news/a.md").write_text(post("After."), encoding="utf-8")
    return root


def decay(path: Path) -> None:
    """Change one byte of a file so that it looks as before."""
    before = path.stat()
    data = path.read_bytes()
    path.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def test_a_good_build_is_verified(site: Path) -> None:
    """After an edit, when nothing is to do, and at a later moment: nothing differs."""
    for now in (NOW, NOW, LATER):
        report = build(site, now, verify=True)
        assert (report.stopped, report.differing) == (False, ())
    assert report.total == len(tree(site / "output"))


def test_what_has_decayed_is_named(site: Path) -> None:
    """A byte of a file that looks untouched: no other build would see it. ``--force`` mends it."""
    build(site)
    decay(site / "output/sitemap.xml")
    assert build(site).nothing_to_do, "no build looks into a file that looks untouched"
    assert build(site, verify=True).differing == ("sitemap.xml",)
    assert build(site, force=True, verify=True).differing == ()


def test_nothing_of_it_stays(site: Path) -> None:
    """Neither after it nor after one that was killed; and the next build has nothing to do."""
    build(site)
    remembered = tree(site / FOLDER).keys()
    (site / FOLDER / "verify/output").mkdir(parents=True)
    build(site)
    assert not (site / FOLDER / "verify").exists()
    build(site, verify=True)
    assert tree(site / FOLDER).keys() == remembered
    assert not (site / FOLDER / "verify").exists()
    assert build(site).nothing_to_do


def test_a_site_that_changes_meanwhile(site: Path) -> None:
    """Then nothing can be told: it is said so, and no file is accused."""
    edits = iter(["Later."])

    def edit(stage: str, *_: object) -> None:
        if (site / FOLDER / "verify").exists() and (text := next(edits, "")):
            (site / "content/news/a.md").write_text(post(text), encoding="utf-8")

    with pytest.raises(SitegenError, match="changed while it was verified"):
        build(site, verify=True, progress=edit)
    assert next(edits, "") == ""


def test_on_the_command_line(tmp_path: Path) -> None:
    """The sample site; then with a page that has decayed: exit code 3, and what to type."""
    root = sample_site(tmp_path)
    done = sitegen("build", "--now", "2026-11-21", "--verify", cwd=root)
    assert done.returncode == 0, done.stderr
    assert "Verified: a build from nothing makes the same bytes." in done.stderr
    decay(root / "output/index.html")
    done = sitegen("build", "--now", "2026-11-21", "--verify", cwd=root)
    assert done.returncode == 3
    assert "index.html in output/ is not what a build from nothing makes" in done.stderr
    assert "fix: sitegen build --force" in done.stderr
    assert "Traceback" not in done.stderr
