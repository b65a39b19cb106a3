"""``sitegen new``: the file builds as it is, and is valid as soon as its TODOs are filled."""

from __future__ import annotations

import datetime as dt
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path, PurePosixPath
from zoneinfo import ZoneInfo

import pytest

from sitegen.building.build import build
from sitegen.commands.new import OFFERED, create, text_of
from sitegen.kinds import KINDS
from sitegen.model import Document, Source
from sitegen.options import Options
from sitegen.problems import SitegenError
from sitegen.report import Report
from sitegen.site import statement
from sitegen.source.parse import Settings, parse

REPO = Path(__file__).resolve().parents[2]
TODAY = dt.date(2026, 6, 15)
NOW = dt.datetime(2026, 6, 20, tzinfo=dt.UTC)
CONFIG = "title: Example\nbase_url: https://example.org\nsearch: false\nimages: false\n"
FILLED = {
    "summary": "A sentence.",
    "tags": "[care]",
    "author": "Jo Smith",
    "opening_date": "2026-06-16",
    "closing_date": "2026-07-16",
    "email": "views@example.org",
    "phone": "01632 960001",
    "last_reviewed_on": "2026-06-15",
    "next_review_due": "2026-12-15",
}
every_kind = pytest.mark.parametrize("kind", KINDS)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The folder of a site without posts."""
    shutil.copytree(REPO / "templates", tmp_path / "templates")
    (tmp_path / "config.yaml").write_text(CONFIG)
    return tmp_path


def built(root: Path, *, preview: bool = False) -> Report:
    """A strict build, which warnings stop too."""
    return build(
        Options(
            config=root / "config.yaml",
            output=root / "output",
            now=lambda tz: NOW,
            strict=True,
            preview=preview,
            jobs=1,
        )
    )


def parsed(text: str, kind: str) -> Document:
    """The post that a text makes."""
    path = PurePosixPath(KINDS[kind].folder, "post.md")
    source = Source(path=path, digest="", data=text.encode())
    return parse(source, Settings(tz=ZoneInfo("Europe/London")))


def filled(text: str) -> str:
    """What an editor makes of a new file: every empty field filled, the draft line deleted."""
    lines = []
    for line in text.splitlines():
        empty = re.fullmatch(r"( *)([a-z_]+):(?: \[\])?(   # .*)?", line)
        if empty and empty[2] in FILLED:
            line = f"{empty[1]}{empty[2]}: {FILLED[empty[2]]}{empty[3] or ''}"
        if line != "draft: true":
            lines.append(line)
    return "\n".join(lines).replace("TODO: write the text here", "Some words.") + "\n"


@every_kind
def test_it_builds_as_it_is(root: Path, kind: str) -> None:
    """A new file of any kind is a draft without a fault: strictly built, and published nowhere."""
    path = create(root, kind, "Quiet hours: what's new?", today=TODAY)
    assert path == root / "content" / KINDS[kind].folder / "quiet-hours-whats-new.md"
    report = built(root)
    assert (report.problems, report.stopped) == ((), False)
    assert "1 draft" in report.summary
    assert "Quiet hours" not in "".join(p.read_text() for p in root.glob("output/**/*.html"))


@every_kind
def test_it_is_shown_in_the_preview(root: Path, kind: str) -> None:
    """The preview shows a new file before anything in it is filled."""
    create(root, kind, "Quiet hours", today=TODAY)
    report = built(root, preview=True)
    assert (report.problems, report.stopped) == ((), False)
    shown = "".join(p.read_text() for p in root.glob("output/**/*.html"))
    assert "<h1>Quiet hours</h1>" in shown


@every_kind
def test_it_is_valid_once_filled(root: Path, kind: str) -> None:
    """With its TODOs filled and the draft line deleted it is published, without a warning."""
    path = create(root, kind, "Quiet hours", today=TODAY)
    path.write_text(filled(path.read_text()))
    report = built(root)
    assert (report.problems, report.stopped) == ((), False)
    shown = "".join(p.read_text() for p in root.glob("output/**/*.html"))
    assert "<h1>Quiet hours</h1>" in shown


@every_kind
def test_each_todo_is_needed(kind: str) -> None:
    """Each field that is marked TODO would be missed: none asks for more than the kind does."""
    text = filled(text_of(KINDS[kind], "Quiet hours", TODAY))
    for todo in re.findall(r"^# TODO: .*\n([a-z_]+):", text, re.MULTILINE):
        less = re.sub(rf"^{todo}:.*\n(  .*\n)*", "", text, flags=re.MULTILINE)
        assert [p for p in parsed(less, kind).problems if todo in p.message + p.fix], todo


@every_kind
def test_left_undone_it_is_not_valid(kind: str) -> None:
    """Deleting only the draft line leaves faults: nobody publishes a TODO unawares."""
    text = text_of(KINDS[kind], "Quiet hours", TODAY).replace("draft: true\n", "")
    codes = {p.code for p in parsed(text, kind).problems}
    assert "todo-left" in codes
    assert codes <= {"todo-left", "missing-field", "respond-none"}


@every_kind
def test_what_is_offered_can_be_used(kind: str) -> None:
    """The fields that are commented out are fields of the kind, and good YAML without the #."""
    text = text_of(KINDS[kind], "Quiet hours", TODAY)
    head, offered, tail = re.split(
        r"(?<=before a field\.\n)(.*?)(?=^---$)", text, flags=re.S | re.M
    )
    used = re.sub(r"^# ", "", offered, flags=re.MULTILINE)
    document = parsed(head + used + tail, kind)
    codes = {p.code for p in document.problems}
    assert codes <= {"image-alt", "one-of"}, document.problems
    assert OFFERED[kind]
    assert {*OFFERED[kind]} <= {*document.places}


def test_an_accessibility_statement(root: Path) -> None:
    """It begins with the sections that it must have; nothing is amiss once all is filled."""
    path = create(root, "page", "Accessibility statement", today=TODAY)
    text = filled(path.read_text())
    assert text.count("\n## ") == len(statement.SECTIONS)
    assert text.count("last_reviewed_on") == 1
    path.write_text(text.replace("TODO: ", "We "))
    report = built(root)
    assert (report.problems, report.stopped) == ((), False)


def test_dates_are_todays_where_they_are_needed() -> None:
    """Kinds that need a date get the caller's day; explainers and pages have none to invent."""
    for name, kind in KINDS.items():
        dated = "date: 2026-06-15\n" in text_of(kind, "Quiet hours", TODAY)
        assert dated is (name not in ("explainer", "page"))


@pytest.mark.parametrize(
    "title",
    [
        "Plain words",
        "Dentists: how to find one",
        "It's here",
        '"Quoted" words',
        "Both 'these' and \"those\"",
        "NHS #1",
        "# First",
        "A # b",
        "- dash",
        "? what",
        "[x] done",
        "{a}",
        "100% of it",
        "% of it",
        "@home",
        "`a`",
        "*star*",
        "&c",
        "!bang",
        "> more",
        "| bar",
        "Back\\slash \\n",
        "Ends with a colon:",
        "'a' or 'b'",
        "yes",
        "No. 111",
        "1.10",
        "2026-06-15",
        "null",
        "Ŵyn, żółć and a 🩺",
        "a, b",
        "TODO: a list",
    ],
)
def test_any_title_is_kept_as_typed(title: str) -> None:
    """Whatever means something in YAML is quoted, so that the title is what was typed."""
    for kind in KINDS.values():
        front = parsed(text_of(kind, title, TODAY), kind.name).front
        assert front is not None
        assert front.title == title


def test_plain_titles_stay_plain() -> None:
    """A title that needs no quotes has none."""
    assert "\ntitle: Plain words\n" in text_of(KINDS["news"], "Plain words", TODAY)


def test_white_space_in_a_title_is_single(root: Path) -> None:
    """Spaces, tabs and line breaks around and in a title count as one space."""
    path = create(root, "news", "  Two\n\twords ", today=TODAY)
    assert path.name == "two-words.md"
    assert "\ntitle: Two words\n" in path.read_text()


@pytest.mark.parametrize(
    ("typed", "folder"),
    [("consultations", "consultations"), ("Blog", "blog"), ("page", "pages"), (" news ", "news")],
)
def test_kinds_by_name_or_folder(root: Path, typed: str, folder: str) -> None:
    """A kind may be named by its folder too, in any case."""
    assert create(root, typed, "Quiet hours", today=TODAY).parent.name == folder


def nothing_written(root: Path) -> bool:
    """Whether the site still has no posts."""
    return not (root / "content").exists()


@pytest.mark.parametrize(
    ("typed", "hint"),
    [("consultaton", '"consultation"'), ("explaner", '"explainer"'), ("zzz", "")],
)
def test_an_unknown_kind(root: Path, typed: str, hint: str) -> None:
    """A kind that isn't one is refused, with what was probably meant and all there are."""
    with pytest.raises(SitegenError, match=f'"{typed}" is not a kind') as fault:
        create(root, typed, "Quiet hours", today=TODAY)
    assert hint in str(fault.value)
    assert ("Did you mean" in str(fault.value)) is bool(hint)
    assert fault.value.fix == "use blog, consultation, explainer, news or page"
    assert nothing_written(root)


@pytest.mark.parametrize(
    ("title", "why"),
    [
        ("", "empty"),
        (" \n", "empty"),
        ("x" * 121, "121 characters"),
        ("!?", "can be in an address"),
        ("خدمات صحية", "can be in an address"),
        ("Index", "means something else"),
        ("a \x07 b", "can't be shown"),
        ("a \udcff b", "can't be shown"),
    ],
)
def test_titles_that_cannot_be(root: Path, title: str, why: str) -> None:
    """A title that is empty, too long, or makes no address is refused, and nothing is written."""
    with pytest.raises(SitegenError, match=why) as fault:
        create(root, "page", title, today=TODAY)
    assert fault.value.fix
    assert nothing_written(root)


def test_the_longest_title(root: Path) -> None:
    """120 characters are not too many."""
    assert create(root, "news", "x" * 120, today=TODAY).is_file()


def test_nothing_is_overwritten(root: Path) -> None:
    """A file that is there already is named, and stays as it is; a folder of that name too."""
    path = create(root, "news", "Quiet hours", today=TODAY)
    path.write_text("mine")
    with pytest.raises(SitegenError, match=r"quiet-hours\.md is there already"):
        create(root, "news", "Quiet hours!", today=TODAY)
    assert path.read_text() == "mine"
    bundle = root / "content/news/loud-hours/index.md"
    bundle.parent.mkdir()
    bundle.write_text("mine")
    with pytest.raises(SitegenError, match=r"index\.md is there already"):
        create(root, "news", "Loud hours", today=TODAY)
    assert not bundle.parent.with_suffix(".md").exists()


def test_a_folder_that_is_no_site(tmp_path: Path) -> None:
    """Outside a site nothing is written."""
    with pytest.raises(SitegenError, match="there is no site") as fault:
        create(tmp_path, "news", "Quiet hours", today=TODAY)
    assert "--config" in fault.value.fix
    assert not list(tmp_path.iterdir())


def command(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """``sitegen new`` as it is typed."""
    return subprocess.run(
        [sys.executable, "-m", "sitegen", "new", *arguments],
        cwd=root,
        env=os.environ | {"PYTHONPATH": str(REPO), "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


def test_through_the_door(root: Path) -> None:
    """The command names the file that it made, and dates it by the calendar of the site."""
    zone = "Pacific/Kiritimati"  # fourteen hours ahead of UTC
    (root / "config.yaml").write_text(f"{CONFIG}timezone: {zone}\n")
    before = dt.datetime.now(ZoneInfo(zone)).date()
    run = command(root, "news", "Quiet hours")
    after = dt.datetime.now(ZoneInfo(zone)).date()
    assert run.returncode == 0, run.stderr
    assert "quiet-hours.md" in run.stdout
    text = (root / "content/news/quiet-hours.md").read_text()
    assert any(f"date: {day}\n" in text for day in (before, after))


def test_refusals_through_the_door(root: Path) -> None:
    """What can't be is wrong use: a sentence, a fix, exit code 2, no traceback."""
    run = command(root, "consultaton", "Quiet hours")
    assert run.returncode == 2
    assert 'Did you mean "consultation"?' in run.stderr
    assert "  fix: use blog" in run.stderr
    assert "Traceback" not in run.stderr
