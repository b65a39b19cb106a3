"""Building again: an edit makes exactly what shows it.

Each site here is small; ``Report.made`` tells which outputs were made anew.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from sitegen.building import glance
from sitegen.disk import own, read
from tests.sites import (
    CONFIG,
    NOW,
    TAGS,
    blog,
    build,
    clean,
    consultation,
    make_site,
    page,
    post,
    put,
    tree,
)

A = {"title": "A", "series": "ceo"}
SITE = {
    "content/blog/a.md": blog("Words of A.", **A),
    "content/blog/b.md": blog("Words of B.", title="B", tags="[pharmacy]", date="2026-05-02"),
    "content/news/n.md": post("Words of N.", title="N", tags="[hospital]", date="2026-04-03"),
    "content/consultations/c.md": consultation("2026-06-01", "2026-06-30", title="C"),
    "content/pages/about.md": page("About us.", title="About"),
    "content/glossary.yaml": "ICB: {meaning: integrated care board}\n",
    "content/series.yaml": "ceo: {title: The CEO writes}\n",
    "content/people.yaml": "ann: {name: Ann Other}\n",
}
PAGE_A = "blog/2026-05-01/a/index.html"
FEEDS_OF_A = {
    f"{of}feed.{form}"
    for of in ("", "blog/", "tags/dentistry/", "series/ceo/")
    for form in ("xml", "json")
}


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built once."""
    root = make_site(tmp_path_factory.mktemp("first") / "site", SITE)
    assert not build(root).stopped
    return root


@pytest.fixture
def site(first: Path, tmp_path: Path) -> Path:
    """The site as its last build left it, to be edited."""
    root = tmp_path / "site"
    shutil.copytree(first, root)
    return root


def made(root: Path, now: str = NOW, **options: object) -> set[str]:
    """Build, and say what was made; the result is what a clean build makes."""
    report = build(root, now, **options)
    assert not report.stopped, report.problems
    options.pop("force", None)
    assert tree(root / "output") == clean(root, root.parent / "clean", now, **options)
    return {str(path) for path in report.made}


def edited(root: Path, name: str, old: str, new: str) -> None:
    """Replace something in a file of the site."""
    text = (root / name).read_text(encoding="utf-8")
    assert old in text
    put(root, {name: text.replace(old, new)})


# ---- exactly these outputs


def test_nothing_changed(site: Path) -> None:
    """Nothing is done, and nothing in output/ is touched."""
    before = {path: path.stat().st_mtime_ns for path in (site / "output").rglob("*")}
    report = build(site)
    assert report.nothing_to_do
    assert not report.made
    assert {path: path.stat().st_mtime_ns for path in (site / "output").rglob("*")} == before


def test_a_touched_file_is_no_change(site: Path) -> None:
    """What counts is what is in a file: not its time, and not that it was saved again."""
    for path in (site / "content").rglob("*.md"):
        os.utime(path, ns=(1, 1))
    edited(site, "content/blog/a.md", "Words", "Words")
    assert build(site).nothing_to_do


def test_an_edited_body(site: Path) -> None:
    """Its page and the feeds that show it; no list."""
    put(site, {"content/blog/a.md": blog("Other words.", **A)})
    assert made(site) == {PAGE_A, *FEEDS_OF_A}


def test_an_edited_title(site: Path) -> None:
    """Whatever shows its card or its title too."""
    put(site, {"content/blog/a.md": blog("Words of A.", **{**A, "title": "Another"})})
    assert made(site) == {
        PAGE_A,
        *FEEDS_OF_A,
        "index.html",
        "blog/index.html",
        "tags/dentistry/index.html",
        "series/ceo/index.html",
        "archive/2026/index.html",
        "archive/2026/05/index.html",
        "blog/2026-05-02/b/index.html",  # its neighbour
        "consultations/c/index.html",  # related by its tag
        "build.json",
    }


def test_an_edited_page(site: Path) -> None:
    """A page is in no list and no feed."""
    put(site, {"content/pages/about.md": page("Other words.", title="About")})
    assert made(site) == {"about/index.html"}


def test_an_edited_template(site: Path) -> None:
    """The outputs that use it, directly or not."""
    edited(site, "templates/glossary.html", "<dl>", "<dl >")
    assert made(site) == {"glossary/index.html"}
    edited(site, "templates/components/quote.html", "<", "<!-- new --><")
    assert made(site) == {"news/2026-04-03/n/index.html"}


def test_an_edited_frame(site: Path) -> None:
    """base.html is on every page, and in no feed."""
    edited(site, "templates/base.html", "<body>", "<body >")
    pages = {path for path in tree(site / "output") if path.endswith(".html")}
    assert made(site) == pages


def test_an_edited_style(site: Path) -> None:
    """The style sheet gets another name, which all pages say; the old one goes."""
    old = {path for path in tree(site / "output") if path.endswith(".css")}
    put(site, {"templates/assets/css/99-new.css": "p{color:red}"})
    pages = {path for path in tree(site / "output") if path.endswith(".html")}
    found = made(site)
    assert pages <= found
    now = {path for path in tree(site / "output") if path.endswith(".css")}
    assert len(now) == len(old) == 1
    assert now.isdisjoint(old)


def test_an_edited_setting(site: Path) -> None:
    """``page_size`` is in the lists only; a notice on all pages."""
    put(site, {"config.yaml": CONFIG + "page_size: 1\n"})
    lists = {"blog/index.html", "blog/page/2/index.html", "tags/dentistry/index.html"}
    months = {f"archive/2026/05/{n}index.html" for n in ("", "page/2/", "page/3/")}
    assert made(site) == {*lists, *months, "tags/dentistry/page/2/index.html"}
    put(site, {"config.yaml": CONFIG + "page_size: 1\nnotice: Mind the gap.\n"})
    pages = {path for path in tree(site / "output") if path.endswith(".html")}
    assert pages <= made(site)
    assert all(b"Mind the gap." in tree(site / "output")[path] for path in pages)


def test_an_edited_tag(site: Path) -> None:
    """A label is shown by the tag's list, by all tags, by its posts and in their feeds."""
    put(site, {"content/tags.yaml": TAGS.replace("Pharmacy", "Medicines")})
    feeds = {f"{of}feed.{f}" for of in ("", "blog/", "tags/pharmacy/") for f in ("xml", "json")}
    assert made(site) == {
        "blog/2026-05-02/b/index.html",
        "tags/index.html",
        "tags/pharmacy/index.html",
        *feeds,
    }


def test_an_edited_term(site: Path) -> None:
    """An acronym that no post uses changes the glossary only."""
    put(site, {"content/glossary.yaml": "ICB: {meaning: the board}\n"})
    assert made(site) == {"glossary/index.html"}


def test_a_term_that_posts_use(site: Path) -> None:
    """Its new meaning changes what says it: those pages, their feeds and the glossary."""
    put(site, {"content/blog/a.md": blog("The ICB.", **A)})
    assert made(site) == {PAGE_A, *FEEDS_OF_A, "glossary/index.html"}
    put(site, {"content/glossary.yaml": "ICB: {meaning: the board}\n"})
    assert made(site) == {PAGE_A, *FEEDS_OF_A, "glossary/index.html"}


def test_a_consultation_that_closes(site: Path) -> None:
    """Time alone: its page, the lists and feeds that show its state, and build.json."""
    assert build(site, "2026-06-30 23:59").nothing_to_do
    report = build(site, "2026-07-01")
    assert {str(path) for path in report.made} >= {
        "consultations/c/index.html",
        "consultations/index.html",
        "index.html",
        "build.json",
    }
    assert "about/index.html" not in {str(path) for path in report.made}
    assert tree(site / "output") == clean(site, site.parent / "clean", "2026-07-01")


def test_a_moved_post(site: Path) -> None:
    """The old page goes, and the folder that it leaves empty."""
    put(site, {"content/blog/b.md": None, "content/blog/z.md": SITE["content/blog/b.md"]})
    found = made(site)
    assert "blog/2026-05-02/z/index.html" in found
    assert not (site / "output/blog/2026-05-02/b").exists()


def test_every_output_has_a_reason(site: Path) -> None:
    """``--explain`` says what changed, in the names of the view's parts."""
    put(site, {"content/blog/a.md": blog("Other words.", **A)})
    reasons = {str(path): reason for path, reason in build(site).made.items()}
    assert reasons[PAGE_A] == "body changed"
    assert build(site, force=True).made.keys() == {
        *(
            path.relative_to(site / "output")
            for path in (site / "output").rglob("*")
            if path.is_file()
        )
    }


# ---- output/ that was tampered with


def test_a_tampered_output_is_made_again(site: Path) -> None:
    """That file only."""
    (site / "output" / PAGE_A).write_text("tampered")
    assert made(site) == {PAGE_A}
    (site / "output" / PAGE_A).unlink()
    assert made(site) == {PAGE_A}


def test_a_stray_file_is_removed(site: Path) -> None:
    """Only what is built is published; a .gitkeep may stay."""
    put(site, {"output/stray.html": "x", "output/blog/stray/x.txt": "x", "output/.gitkeep": ""})
    assert not build(site).made
    assert not (site / "output/stray.html").exists()
    assert not (site / "output/blog/stray").exists()
    assert (site / "output/.gitkeep").exists()


def forget(root: Path) -> None:
    """Delete the memory."""
    shutil.rmtree(root / ".sitegen")


def lose(root: Path) -> None:
    """Delete the output."""
    shutil.rmtree(root / "output")


def swap(root: Path) -> None:
    """An output of another site in its place."""
    lose(root)
    other = make_site(root.parent / "other", {"content/news/x.md": post(title="X")})
    build(other)
    (other / "output").rename(root / "output")


@pytest.mark.parametrize("damage", [forget, lose, swap])
def test_memory_and_output_may_go_at_any_time(site: Path, damage: Callable[[Path], None]) -> None:
    """What is lost is made again."""
    damage(site)
    made(site)
    put(site, {"content/blog/a.md": blog("Other words.", **A)})
    damage(site) if damage is not swap else None
    assert PAGE_A in made(site)


def test_force_makes_the_same_bytes(site: Path) -> None:
    """Everything anew, and nothing else."""
    before = tree(site / "output")
    assert made(site, force=True) == set(before)
    assert tree(site / "output") == before


def test_force_believes_no_time_of_any_file(site: Path) -> None:
    """A file that was changed and looks as before is read again."""
    path = site / "content/pages/about.md"
    os.utime(path, ns=(10**18, 10**18))
    build(site)
    data = path.read_bytes()
    with path.open("r+b") as file:  # in place: the same inode
        file.write(data.replace(b"About us.", b"About it."))
    os.utime(path, ns=(10**18, 10**18))
    build(site, force=True)
    assert b"About it." in (site / "output/about/index.html").read_bytes()


def test_faults_leave_the_output_as_it_was(site: Path) -> None:
    """And what was wrong is told again, until it is mended."""
    before = tree(site / "output")
    put(site, {"content/blog/a.md": blog(**{**A, "date": "never"})})
    for _ in range(2):
        report = build(site)
        assert report.stopped
        assert [p.code for p in report.problems] == ["date-format"]
        assert tree(site / "output") == before
    put(site, {"content/blog/a.md": SITE["content/blog/a.md"]})
    assert not build(site).stopped
    assert tree(site / "output") == before


def test_a_fault_of_a_template_is_told_until_it_is_mended(site: Path) -> None:
    """Also one that only shows when a page is rendered."""
    before = tree(site / "output")
    edited(site, "templates/glossary.html", "<dl>", "<dl>{{ page.nothing }}")
    for _ in range(2):
        (fault,) = build(site).problems
        assert (fault.code, fault.path) == ("template-error", "templates/glossary.html")
        assert tree(site / "output") == before
    edited(site, "templates/glossary.html", "{{ page.nothing }}", "")
    assert not build(site).stopped
    assert tree(site / "output") == before


def test_a_warning_does_not_vanish(site: Path) -> None:
    """The second build is fast, and as strict as the first."""
    put(site, {"content/blog/a.md": blog(**{**A, "summary": None})})
    reports = [build(site) for _ in range(2)]
    codes = [
        [p.code for p in report.problems if p.severity.value == "warning"] for report in reports
    ]
    assert codes[0] and codes[0] == codes[1]
    assert reports[1].nothing_to_do
    assert build(site, strict=True).stopped


def test_two_outputs_of_one_site(site: Path) -> None:
    """Each has its own memory: a preview under another address disturbs nothing."""
    other = {"output": site / "preview", "base_url": "https://example.org/preview/"}
    build(site, **other)
    assert build(site).nothing_to_do
    assert build(site, **other).nothing_to_do


def elsewhere(site: Path, root: Path) -> Path:
    """The site as another machine has it: checked out just now, its memory and output brought."""
    for name in ("content", "templates", "config.yaml"):
        copy = shutil.copytree if (site / name).is_dir() else shutil.copy
        copy(site / name, root / name)
    for path in (root, *root.rglob("*")):
        os.utime(path, (10**9, 10**9))
    for name in (".sitegen", "output"):
        shutil.copytree(site / name, root / name, ignore=shutil.ignore_patterns("spare"))
    return root


def test_a_memory_from_another_machine(site: Path, tmp_path: Path) -> None:
    """Content decides, not the times of files: there is nothing to do, and an edit is one."""
    (root := tmp_path / "elsewhere").mkdir()
    elsewhere(site, root)
    assert build(root).nothing_to_do
    edited(root, "content/blog/a.md", "Words of A", "Others of A")
    assert made(root) == {PAGE_A, *FEEDS_OF_A}


def test_a_memory_without_its_output(site: Path, tmp_path: Path) -> None:
    """No post is parsed anew, and every file is made."""
    (root := tmp_path / "elsewhere").mkdir()
    shutil.rmtree(elsewhere(site, root) / "output")
    assert len(made(root)) == len(tree(site / "output"))


def test_a_memory_of_other_code(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is thrown away: not even a page that would be the same is believed."""
    (root := tmp_path / "elsewhere").mkdir()
    monkeypatch.setattr(own, "code_digest", lambda: "another version's")
    monkeypatch.setattr(glance, "own_look", lambda: "another version's")
    report = build(elsewhere(site, root))
    assert {*report.made.values()} == {"sitegen or its libraries changed"}
    assert len(report.made) == report.total


@pytest.mark.parametrize("name", ["content/blog/b.md", "templates/list.html"])
def test_a_file_that_is_saved_while_it_is_read(
    site: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is made of two states of a file is not believed, even when it is as it was again."""
    before = (site / name).read_bytes()
    scan = read.scan

    def saved(root: Path, marks: read.Marks) -> read.Tree:
        tree = scan(root, marks)
        (site / name).write_bytes(before + b"\nHalf typed.\n")
        return tree

    edited(site, "content/blog/a.md", "Words of A", "Others of A")
    with monkeypatch.context() as patch:
        patch.setattr(read, "scan", saved)
        edited(site, "templates/base.html", "</body>", " </body>")
        build(site)
    put(site, {name: before})
    made(site)
