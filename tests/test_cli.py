"""The command line, through the door: what is typed, what is said, and the exit code."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from sitegen.cli import COMMANDS
from tests.sites import PLAIN, REPO, blog, consultation, make_site, post, put, sitegen, tree

SITE = {
    **PLAIN,
    "content/blog/a.md": blog(title="A"),
    "content/consultations/c.md": consultation("2026-06-01", "2026-07-01", title="C"),
}
NOW = ("--now", "2026-06-15")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site without faults."""
    return make_site(tmp_path / "site", SITE)


@pytest.fixture
def faulty(site: Path) -> Path:
    """A site with an error and a warning."""
    put(
        site,
        {"content/blog/a.md": blog(date="15/06/2026"), "content/blog/b.md": blog(summary=None)},
    )
    return site


# ---- help and wrong use


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_every_command_has_help(command: str, tmp_path: Path) -> None:
    """On standard output, with a sentence and every option explained."""
    done = sitegen(*command.split(), "--help", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("usage: sitegen")
    assert re.search(r"^  -h, --help  +\S", done.stdout, re.M)
    bare = re.findall(r"^  (--[\w-]+(?: \S+)?)$(?!\n {10})", done.stdout, re.M)
    assert bare == [], "options without a word of explanation"


def test_help_names_every_command(tmp_path: Path) -> None:
    """Each with a sentence."""
    told = sitegen("--help", cwd=tmp_path).stdout
    for command in COMMANDS:
        assert re.search(rf"^    {command} +\S", told, re.M), command


def test_the_version(tmp_path: Path) -> None:
    """In one line."""
    done = sitegen("--version", cwd=tmp_path)
    assert done.returncode == 0
    assert re.fullmatch(r"sitegen \d+\S*\n", done.stdout)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["biuld"], 'Did you mean "build"?'),
        (["chek", "--strict"], 'Did you mean "check"?'),
        ([], "COMMAND"),
        (["build", "--nothing"], "--nothing"),
        (["build", "--format", "xml"], "xml"),
        (["build", "--jobs", "many"], "many"),
        (["build", "--executor", "tcp://10.0.0.5:8786"], "dask://10.0.0.5:8786"),
        (["check", "--executor", "dask://10.0.0.5"], "dask://10.0.0.5:8786"),
        (["new", "blog"], "title"),
    ],
)
def test_wrong_use(arguments: list[str], said: str, site: Path) -> None:
    """Exit code 2, what is wrong, what was meant, and nothing on standard output."""
    done = sitegen(*arguments, cwd=site)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("when", ["tomorrow", "2026-02-30", "15/06/2026", "2026-06-15 25:00", ""])
def test_a_bad_now(when: str, site: Path) -> None:
    """Exit code 2, and what to write; nothing is built."""
    done = sitegen("build", "--now", when, cwd=site)
    assert done.returncode == 2
    assert "--now" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (site / "output").exists()


@pytest.mark.parametrize("command", ["build", "check", "upcoming"])
def test_a_missing_config(command: str, tmp_path: Path) -> None:
    """Exit code 2, and where to go."""
    done = sitegen(command, cwd=tmp_path)
    assert done.returncode == 2
    assert "there is no config.yaml" in done.stderr
    assert "fix:" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_debug_shows_where_it_went_wrong(tmp_path: Path) -> None:
    """Only with --debug is there a traceback."""
    assert "Traceback" in sitegen("build", "--debug", cwd=tmp_path).stderr


# ---- build


def test_a_build(site: Path) -> None:
    """Exit code 0; what was done is said on standard error, in a line."""
    done = sitegen("build", *NOW, cwd=site)
    assert (done.returncode, done.stdout) == (0, "")
    assert re.match(r"\d+ files: \d+ made, 0 kept \(", done.stderr)
    assert (site / "output/build.json").is_file()
    again = sitegen("build", *NOW, cwd=site)
    assert again.returncode == 0
    assert again.stderr.startswith("Nothing to do: all ")


def test_config_from_elsewhere(site: Path, tmp_path: Path) -> None:
    """``--config`` names the site; its output lies beside it."""
    done = sitegen("build", *NOW, "--config", "site/config.yaml", cwd=tmp_path)
    assert done.returncode == 0
    assert (site / "output/index.html").is_file()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["site"]


def test_quiet(site: Path) -> None:
    """Faults only."""
    done = sitegen("build", "--quiet", *NOW, cwd=site)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_explain(site: Path) -> None:
    """A line for each output that was made, with the reason."""
    sitegen("build", *NOW, cwd=site)
    put(site, {"content/blog/a.md": blog("Other words.", title="A")})
    told = sitegen("build", "--explain", *NOW, cwd=site).stdout.splitlines()
    assert "blog/2026-05-01/a/index.html: body changed" in told
    assert not [line for line in told if not re.fullmatch(r"\S+: .+ changed", line)]


def test_drafts_and_scheduled_posts_are_counted(site: Path) -> None:
    """So that nobody wonders where a post is."""
    put(
        site,
        {"content/blog/d.md": blog(draft="true"), "content/blog/l.md": blog(date="2026-07-02")},
    )
    done = sitegen("build", *NOW, cwd=site)
    assert "Not published: 1 scheduled (the first for 2 July 2026), 1 draft." in done.stderr


def test_faults_stop_a_build(faulty: Path) -> None:
    """Exit code 1; the faults on standard output, with the line and what to type."""
    done = sitegen("build", *NOW, cwd=faulty)
    assert done.returncode == 1
    assert "content/blog/a.md:3:7: error date-format:" in done.stdout
    assert "    3 | date: 15/06/2026\n" in done.stdout
    assert "  fix: write 2026-06-15" in done.stdout
    assert "Nothing was written" in done.stderr
    assert not (faulty / "output").exists()


def test_strict(site: Path) -> None:
    """A warning stops a build only with --strict."""
    put(site, {"content/blog/b.md": blog(summary=None)})
    assert sitegen("build", "--strict", *NOW, cwd=site).returncode == 1
    assert not (site / "output").exists()
    done = sitegen("build", *NOW, cwd=site)
    assert done.returncode == 0
    assert " warning " in done.stdout
    assert sitegen("build", "--strict", *NOW, cwd=site).returncode == 1


@pytest.mark.parametrize("command", ["build", "check"])
def test_faults_as_json(command: str, faulty: Path) -> None:
    """An array with these keys, and nothing else on standard output."""
    found = json.loads(sitegen(command, "--format", "json", *NOW, cwd=faulty).stdout)
    keys = {"code", "severity", "path", "line", "column", "message", "fix"}
    assert all(set(row) == keys for row in found)
    errors = [r for r in found if r["severity"] == "error"]
    assert [(r["code"], r["path"], r["line"], r["column"]) for r in errors] == [
        ("date-format", "content/blog/a.md", 3, 7)
    ]
    assert "warning" in {row["severity"] for row in found}


def test_no_faults_as_json(site: Path) -> None:
    """An empty array, also when there is nothing to do."""
    for _ in range(2):
        assert json.loads(sitegen("build", "--format", "json", *NOW, cwd=site).stdout) == []


def test_faults_for_github(faulty: Path) -> None:
    """A workflow command a line, which GitHub shows at the file's line."""
    told = sitegen("check", "--format", "github", *NOW, cwd=faulty).stdout.splitlines()
    assert told
    shape = r"::(error|warning|notice) file=[^,]+(,line=\d+)?(,col=\d+)?,title=[a-z0-9-]+::.+"
    assert [line for line in told if not re.fullmatch(shape, line)] == []
    assert "::error file=content/blog/a.md,line=3,col=7,title=date-format::" in told[0]


def test_source_date_epoch_is_told(site: Path) -> None:
    """It decides the moment, the build says so, and ``--now`` goes before it."""
    epoch = {"SOURCE_DATE_EPOCH": "1781481600"}  # 2026-06-15 00:00 UTC
    done = sitegen("build", cwd=site, **epoch)
    assert "SOURCE_DATE_EPOCH" in done.stderr
    record = json.loads((site / "output/build.json").read_bytes())
    assert record["valid_from"] == "2026-06-01T00:00:00+01:00"
    done = sitegen("build", "--now", "2026-07-02", cwd=site, **epoch)
    assert "SOURCE_DATE_EPOCH" not in done.stderr
    record = json.loads((site / "output/build.json").read_bytes())
    assert record["valid_until"] is None
    assert sitegen("build", cwd=site, SOURCE_DATE_EPOCH="soon").returncode == 2


def test_base_url(site: Path) -> None:
    """In place of the config's; one that can't be used is a fault."""
    sitegen("build", *NOW, "--base-url", "https://example.com/below", cwd=site)
    assert b"https://example.com/below/" in (site / "output/sitemap.xml").read_bytes()
    assert sitegen("build", *NOW, "--base-url", "example.com", cwd=site).returncode != 0


@pytest.mark.parametrize("output", ["foreign", "content", ".", "templates/x", "a-file"])
def test_a_foreign_output_is_refused(output: str, site: Path) -> None:
    """Exit code 2, why, and what to do; not a byte of it is touched."""
    put(site, {"foreign/precious.txt": "mine", "a-file": "mine"})
    before = tree(site)
    done = sitegen("build", *NOW, "--output", output, cwd=site)
    assert done.returncode == 2
    assert "fix:" in done.stderr
    after = {path: data for path, data in tree(site).items() if not path.startswith(".sitegen/")}
    assert after == before


def test_two_builds_at_once_both_end_well(site: Path) -> None:
    """One waits for the other, and the site is right."""
    command = [sys.executable, "-m", "sitegen", "build", "--force", *NOW]
    several = [
        subprocess.Popen(
            command, cwd=site, env={"PYTHONPATH": str(REPO)}, stderr=subprocess.PIPE, text=True
        )
        for _ in range(3)
    ]
    told = [process.communicate()[1] for process in several]
    assert [process.returncode for process in several] == [0, 0, 0], told
    made = tree(site / "output")
    assert sitegen("build", "--force", *NOW, cwd=site).returncode == 0
    assert tree(site / "output") == made
    assert [p.name for p in site.iterdir() if p.name.endswith(("-new", "-old", "-next"))] == []


# ---- the other commands


def test_check(site: Path, faulty: Path) -> None:
    """Every fault, with advice; nothing is written."""
    before = tree(faulty)
    done = sitegen("check", *NOW, cwd=faulty)
    assert done.returncode == 1
    assert "1 error, 1 warning" in done.stderr
    assert tree(faulty) == before
    put(faulty, SITE)
    put(faulty, {"content/blog/b.md": None})
    done = sitegen("check", "--strict", *NOW, cwd=faulty)
    assert done.returncode == 0
    assert "error" not in done.stdout


def test_upcoming(site: Path) -> None:
    """What comes within the days, dated; as JSON too."""
    told = sitegen("upcoming", *NOW, cwd=site)
    assert told.returncode == 0
    assert told.stdout.startswith(
        "Wednesday 1 July 2026\n  11:59pm  “C” closes (content/consultations/c.md)\n"
    )
    rows = json.loads(sitegen("upcoming", *NOW, "--format", "json", cwd=site).stdout)
    assert [(row["ref"], row["what"], row["changes_site"]) for row in rows] == [
        ("consultations/c", "closes", True)
    ]
    assert rows[0]["at"] == "2026-07-02T00:00:00+01:00"
    few = sitegen("upcoming", *NOW, "--days", 3, "--format", "json", cwd=site)
    assert json.loads(few.stdout) == []
    calendar = sitegen("upcoming", *NOW, "--format", "ics", cwd=site).stdout
    assert "SUMMARY:“C” closes" in calendar


def test_stale(site: Path) -> None:
    """Exit code 1 when a built site is past its time; 2 for what is no build.json."""
    sitegen("build", *NOW, cwd=site)
    record = "output/build.json"
    assert sitegen("stale", record, "--now", "2026-07-01 23:59", cwd=site).returncode == 0
    assert sitegen("stale", record, "--now", "2026-07-02", cwd=site).returncode == 1
    assert sitegen("stale", record, "--now", "2026-05-01", cwd=site).returncode == 1
    assert sitegen("stale", "config.yaml", *NOW, cwd=site).returncode == 2
    assert sitegen("stale", "nothing.json", *NOW, cwd=site).returncode == 2
    told = sitegen("stale", "output", *NOW, "--format", "json", cwd=site)
    assert json.loads(told.stdout)["stale"] is False


def test_diff(site: Path) -> None:
    """Exit code 0 whether anything differs or not; 2 for what is no site."""
    sitegen("build", *NOW, "--output", "old", cwd=site)
    sitegen("build", "--now", "2026-07-02", cwd=site)
    told = sitegen("diff", "old", "output", "--format", "markdown", cwd=site)
    assert (told.returncode, told.stderr) == (0, "")
    assert "| [C](<https://example.org/consultations/c/>) | open | closed |\n" in told.stdout
    assert sitegen("diff", "old", "old", cwd=site).stdout == "No page says anything else.\n"
    assert sitegen("diff", "old", "content", cwd=site).returncode == 2


def test_check_finds_what_only_showing_a_page_tells(tmp_path: Path) -> None:
    """A template that misspells a field stops ``check`` as it stops ``build``."""
    root = make_site(tmp_path, {"content/news/a.md": post()})
    page = root / "templates/404.html"
    page.write_text(page.read_text(encoding="utf-8").replace("page.title", "page.titel"), "utf-8")
    told = sitegen("check", cwd=root)
    assert told.returncode == 1
    assert "templates/404.html" in told.stdout and "titel" in told.stdout


def test_a_template_that_is_not_there(tmp_path: Path) -> None:
    """It is named; it is no bug of sitegen's."""
    root = make_site(tmp_path, {"content/blog/a.md": blog()})
    (root / "templates/kinds/blog.html").unlink()
    for command in ("check", "build"):
        told = sitegen(command, cwd=root)
        assert told.returncode == 1
        assert "templates/kinds/blog.html: error template-missing" in told.stdout
