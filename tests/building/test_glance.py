"""Whether nothing has changed at all, told without reading a file."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from sitegen.building import glance
from sitegen.options import FOLDER, Options
from sitegen.report import Report
from tests.sites import NOW, PLAIN, build, make_site

REPO = Path(__file__).resolve().parents[2]
NOON = datetime(2026, 6, 15, 11, tzinfo=UTC)
POST = "---\ntitle: A story\ndate: 2026-01-02\nsummary: Short.\ntags: [dentistry]\n---\n\n{}\n"


@pytest.fixture(autouse=True)
def _rested(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if every file had been written long ago."""
    monkeypatch.setattr(glance, "SETTLED_NS", -(10**10))


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site that has been built."""
    root = make_site(tmp_path / "site", {**PLAIN, "content/news/a.md": POST.format("Words.")})
    assert not build(root).stopped
    return root


def seen(root: Path, **more: Any) -> Report | None:
    """What a glance tells of a site."""
    named = {"config": root / "config.yaml", "output": root / "output", "now": lambda tz: NOON}
    options = Options(**{**named, **more})
    return glance.report(options, glance.glance(options))


def test_a_site_that_is_as_it_was(site: Path) -> None:
    """All that the last build told is told again."""
    report = seen(site)
    assert report
    assert report.nothing_to_do
    assert report.total == build(site).total
    assert report.tz.key == "Europe/London"


@pytest.mark.parametrize(
    "change",
    [
        lambda root: (root / "content/news/a.md").write_text(POST.format("Others.")),
        lambda root: os.utime(root / "content/news/a.md", (0, 0)),
        lambda root: (root / "content/news/b.md").write_text(""),
        lambda root: (root / "content/news/a.md").unlink(),
        lambda root: (root / "content/news/a.md").rename(root / "content/news/b.md"),
        lambda root: (root / "templates/new").mkdir(),
        lambda root: (root / "urls.lock").write_text(""),
        lambda root: (root / "config.yaml").touch(),
        lambda root: (root / "output/index.html").write_text(""),
        lambda root: (root / "output/index.html").unlink(),
        lambda root: (root / "output/stray").mkdir(),
        lambda root: next((root / FOLDER).glob("look-*")).write_text('{"looks": 1}'),
        lambda root: next((root / FOLDER).glob("look-*")).write_text("[" * 100_000),
    ],
)
def test_what_a_glance_notices(site: Path, change: Callable[[Path], object]) -> None:
    """It vouches for nothing then, and the build looks properly."""
    change(site)
    assert seen(site) is None


@pytest.mark.parametrize(
    "more",
    [
        {"base_url": "https://elsewhere.example"},
        {"search": False},
        {"preview": True},
        {"now": lambda tz: datetime(2001, 1, 1, tzinfo=UTC)},
    ],
)
def test_another_question(site: Path, more: dict[str, Any]) -> None:
    """What was asked for last time is all that it knows, and for as long as that is right."""
    assert seen(site, now=lambda tz: NOON)
    if "now" in more:
        post = POST.replace("date: 2026-01-02", "date: 2026-01-02\npublish_at: 2026-06-01 09:00")
        (site / "content/news/a.md").write_text(post.format("Words."))
        build(site)
    assert seen(site, **more) is None


def test_a_config_that_is_a_link(site: Path) -> None:
    """What it leads to counts."""
    config, real = site / "config.yaml", site / "real.yaml"
    config.rename(real)
    config.symlink_to(real)
    build(site)
    assert seen(site, config=config)
    with real.open("a") as file:
        file.write("# More.\n")
    assert seen(site, config=config) is None


def test_warnings_are_told_again(site: Path) -> None:
    """A warning doesn't vanish since the build was fast; with --strict it stops one."""
    post = POST.replace("summary: Short.\n", "")
    (site / "content/news/a.md").write_text(post.format("Words."))
    first = build(site)
    again = seen(site)
    assert again
    assert again.problems == first.problems != ()
    assert seen(site, strict=True) is None


def test_what_was_only_just_written_is_not_believed(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the same tick of the clock a file may change and look the same."""
    monkeypatch.setattr(glance, "SETTLED_NS", 2_000_000_000)
    (site / "content/news/a.md").write_text(POST.format("New."))
    build(site)
    assert not [*(site / FOLDER).glob("look-*")]


def test_nothing_else_is_loaded(site: Path) -> None:
    """Neither Jinja nor Markdown, YAML or the stages: loading them takes longer than to look."""
    run = (
        "import sys; from sitegen.building import glance; glance.SETTLED_NS = -10**10\n"
        "from sitegen.cli import main\n"
        f"assert not main(['build', '--now', {NOW!r}, *sys.argv[1:]])\n"
        "heavy = ('jinja2', 'markdown', 'yaml', 'sqlite3', 'sitegen.building.making')\n"
        "print([name for name in heavy if name in sys.modules])"
    )
    told = [_printed(run, site, "--force"), _printed(run, site)]
    assert "sitegen.building.making" in told[0]
    assert told[1] == "[]\n"


def _printed(code: str, folder: Path, *options: str) -> str:
    environment = os.environ | {"PYTHONPATH": str(REPO)}
    command = [sys.executable, "-c", code, *options]
    return subprocess.check_output(command, cwd=folder, env=environment, text=True)
