"""The site in memory: the same bytes as a build, a file at a time."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path, PurePosixPath
from zoneinfo import ZoneInfo

import pytest

from sitegen.building import content
from sitegen.building.prepare import Prepared, prepare
from sitegen.disk.state import Store
from sitegen.disk.workers import Workers
from sitegen.memo import Memo
from sitegen.options import FOLDER, Options
from sitegen.problems import Problem, SitegenError
from sitegen.serving.stage import Stage
from tests.sites import CONFIG, at, build, make_site, post, put, sample_site

NOW = "2026-11-21"


def stage(root: Path, now: str = NOW) -> Stage:
    """The site of a folder at a moment, in memory."""

    def moment(tz: ZoneInfo) -> datetime:
        return at(now)

    options = Options(config=root / "config.yaml", output=None, now=moment, search=False)
    found = prepare(
        content.read_inputs(options, {}),
        options,
        Store(root / FOLDER, read_only=True),
        Workers(1),
        Memo(),
    )
    assert isinstance(found, Prepared)
    return Stage(found, options)


def test_it_is_what_a_build_writes(tmp_path: Path) -> None:
    """Every file of the sample site, pictures too, byte for byte, and no other."""
    root = sample_site(tmp_path)
    assert not build(root, NOW, search=False).stopped
    shown, output = stage(root), root / "output"
    written = {path.relative_to(output) for path in output.rglob("*") if path.is_file()}
    planned = shown.prepared.outputs
    assert {Path(o.path) for o in planned} == written
    for one in planned:
        assert shown.bytes_of(one) == (output / one.path).read_bytes(), one.path


def test_a_page_that_cant_be_made_is_a_problem(tmp_path: Path) -> None:
    """A template that fails says where; the other pages are there."""
    root = make_site(tmp_path, {"config.yaml": CONFIG, "content/news/a.md": post()})
    template = (root / "templates/404.html").read_text("utf-8")
    put(root, {"templates/404.html": template.replace("<h1>", "<h1>{{ page.nothing }}")})
    shown = stage(root)
    missing, home = (shown.output(PurePosixPath(p)) for p in ("404.html", "index.html"))
    assert missing and home
    found = shown.bytes_of(missing)
    assert isinstance(found, Problem)
    assert found.path == "templates/404.html"
    assert isinstance(shown.bytes_of(home), bytes)


def test_a_file_that_is_gone_says_so(tmp_path: Path) -> None:
    """What is copied is read when it is asked for; by then it may be gone."""
    put(root := make_site(tmp_path, {"config.yaml": CONFIG}), {"templates/root/a.txt": "A"})
    shown = stage(root)
    copied = shown.output(PurePosixPath("a.txt"))
    assert copied and shown.bytes_of(copied) == b"A"
    (root / "templates/root/a.txt").unlink()
    with pytest.raises(SitegenError, match="can't be read"):
        shown.bytes_of(copied)


def test_a_file_that_leads_elsewhere_by_now_is_not_sent(tmp_path: Path) -> None:
    """What is put in a file's place after the site was looked through isn't shown."""
    (tmp_path / "secret.txt").write_text("secret")
    put(
        root := make_site(tmp_path / "site", {"config.yaml": CONFIG}), {"templates/root/a.txt": "A"}
    )
    shown, file = stage(root), root / "templates/root/a.txt"
    file.unlink()
    file.symlink_to(tmp_path / "secret.txt")
    copied = shown.output(PurePosixPath("a.txt"))
    assert copied
    with pytest.raises(SitegenError, match="is a link"):
        shown.bytes_of(copied)
