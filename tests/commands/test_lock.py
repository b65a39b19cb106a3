"""``sitegen lock`` through the door: what was published is recorded, and can't be lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sites import PLAIN, blog, make_site, post, put, sitegen

SITE = {**PLAIN, "content/news/a.md": post("Words."), "content/blog/b.md": blog(title="B")}
NOW = ("--now", "2026-06-15")
OLD = "/news/2026-05-01/a/"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site that was recorded."""
    root = make_site(tmp_path / "site", SITE)
    done = sitegen("lock", *NOW, cwd=root)
    assert done.returncode == 0, done
    return root


def line_of(stdout: str) -> str:
    """The ``aliases:`` line that a fault prints."""
    [line] = {line.strip() for line in stdout.splitlines() if line.strip().startswith("aliases:")}
    return line


def paste(path: Path, line: str) -> None:
    """Put a field into a post's front matter, in place of one of that name."""
    field = line.partition(":")[0]
    kept = [row for row in path.read_text().splitlines() if not row.startswith(f"{field}:")]
    path.write_text("\n".join([kept[0], line, *kept[1:]]) + "\n")


def test_what_is_new_is_recorded_and_told(site: Path) -> None:
    """A line an address; again there is nothing to add, and the file is as it was."""
    text = (site / "urls.lock").read_text()
    assert f"\n{OLD} news/a since=2026-06-14T23:00Z\n" in text
    again = sitegen("lock", "--now", "2026-07-01", cwd=site)
    assert (again.returncode, again.stdout) == (0, "")
    assert again.stderr == "urls.lock: nothing new, 5 addresses in all.\n"
    assert (site / "urls.lock").read_text() == text
    put(site, {"content/news/c.md": post(title="C", date="2026-06-20")})
    assert sitegen("lock", *NOW, cwd=site).stdout == ""  # it is not published yet
    more = sitegen("lock", "--now", "2026-06-20", cwd=site)
    assert more.stdout == "/news/2026-06-20/c/\n"
    assert more.stderr == "urls.lock: 1 added, 6 addresses in all.\n"


def test_a_renamed_file_is_told_with_the_line_to_paste(site: Path) -> None:
    """Pasted, all is well; taken out, or the file renamed again, the address is asked for again."""
    (site / "content/news/a.md").rename(site / "content/news/aa.md")
    for command in ("build", "check"):
        lost = sitegen(command, *NOW, cwd=site)
        assert lost.returncode == 1
        assert f'error url-lost: "{OLD}" was published, and its file is gone' in lost.stdout
    assert not (site / "output").exists()
    paste(site / "content/news/aa.md", line_of(lost.stdout))
    assert sitegen("build", "--strict", *NOW, cwd=site).returncode == 0
    assert f"{OLD} /news/2026-05-01/aa/ 301\n" in (site / "output/_redirects").read_text()
    assert sitegen("lock", *NOW, cwd=site).stdout == "/news/2026-05-01/aa/\n"

    text = (site / "content/news/aa.md").read_text()
    put(site, {"content/news/aa.md": post("Words.")})
    lost = sitegen("build", *NOW, cwd=site)
    assert (lost.returncode, line_of(lost.stdout)) == (1, f"aliases: [{OLD}]")

    put(site, {"content/news/aa.md": None, "content/news/aaa.md": text})
    lost = sitegen("build", *NOW, cwd=site)
    line = f"aliases: [{OLD}, /news/2026-05-01/aa/]"
    assert (lost.returncode, line_of(lost.stdout)) == (1, line)
    paste(site / "content/news/aaa.md", line)
    assert sitegen("build", *NOW, cwd=site).returncode == 0


def test_a_changed_slug_or_date_is_told_with_the_line_to_paste(site: Path) -> None:
    """Below a path of base_url too, which addresses leave out; and no line needs no editing."""
    config = (site / "config.yaml").read_text().replace("example.org/", "example.org/below/")
    put(site, {"config.yaml": config, "content/news/a.md": post(slug="b", date="2026-05-02")})
    lost = sitegen("build", *NOW, cwd=site)
    assert (lost.returncode, line_of(lost.stdout)) == (1, f"aliases: [{OLD}]")
    paste(site / "content/news/a.md", line_of(lost.stdout))
    assert sitegen("build", *NOW, cwd=site).returncode == 0


def test_with_errors_nothing_is_recorded(site: Path) -> None:
    """Neither with faults in the content, nor when an address is lost."""
    text = (site / "urls.lock").read_text()
    put(site, {"content/news/c.md": post(date="soon")})
    refused = sitegen("lock", *NOW, cwd=site)
    assert refused.returncode == 1
    assert "date-format" in refused.stdout
    assert refused.stderr == "1 error. urls.lock is as it was.\n"
    put(site, {"content/news/c.md": post(title="C"), "content/news/a.md": None})
    assert sitegen("lock", *NOW, cwd=site).returncode == 1
    assert (site / "urls.lock").read_text() == text


def test_a_change_of_the_record_alone_is_seen(site: Path) -> None:
    """A build that had nothing to do looks at urls.lock too."""
    assert sitegen("build", *NOW, cwd=site).returncode == 0
    with (site / "urls.lock").open("a") as file:
        file.write("/news/2020-01-01/gone/ news/gone\n")
    lost = sitegen("build", *NOW, cwd=site)
    assert lost.returncode == 1
    assert "  fix: put it back; a page that is no longer right says so in its file" in lost.stdout


def test_an_unfinished_merge_is_a_fault(site: Path) -> None:
    """With its line, and what to delete; recorded again, the file is in order."""
    lock = site / "urls.lock"
    text = lock.read_text()
    lock.write_text(f"<<<<<<< ours\n{text}=======\n{text}>>>>>>> theirs\n")
    faulty = sitegen("check", *NOW, cwd=site)
    assert faulty.returncode == 1
    assert "urls.lock:1:1: error lock-unmerged:" in faulty.stdout
    lock.write_text(text + text)
    assert sitegen("lock", *NOW, cwd=site).stderr.startswith("urls.lock: brought up to date, 5 ")
    assert lock.read_text() == text


def test_a_build_for_the_past_has_no_fault(site: Path) -> None:
    """What was recorded later is not asked for: --now, and SOURCE_DATE_EPOCH."""
    assert sitegen("build", "--now", "2026-03-01", cwd=site).returncode == 0
    assert sitegen("build", cwd=site, SOURCE_DATE_EPOCH="1700000000").returncode == 0


def test_without_a_record_nothing_is_asked_for(site: Path) -> None:
    """A site that has no urls.lock loses what it likes."""
    put(site, {"urls.lock": None, "content/news/a.md": None})
    assert sitegen("build", *NOW, cwd=site).returncode == 0
