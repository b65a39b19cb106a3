"""The search index: Pagefind itself on a few records, and in a build."""

from __future__ import annotations

import datetime as dt
import gzip
import json
import os
import re
from itertools import accumulate
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
from cbor2 import loads

from sitegen.disk import search
from sitegen.formats.bundle import MARK
from sitegen.model import SearchIndex, SearchRecord
from tests.sites import (
    CONFIG,
    NOW,
    PLAIN,
    REPO,
    blog,
    build,
    links_of,
    make_site,
    page,
    post,
    put,
    sitegen,
    tree,
)

SEARCHED = CONFIG.replace("search: false", "search: true")
SITE: dict[str, str | bytes] = {
    "config.yaml": SEARCHED,
    "content/news/a.md": post("Words about dentists.", title="Teeth"),
    "content/pages/about.md": page("About us.", title="About"),
}


def record(url: str, text: str = "Words.", **more: object) -> SearchRecord:
    """A record of which only some things matter."""
    usual = {"title": "A title", "kind": "news", "kind_label": "News", "day": dt.date(2026, 5, 1)}
    return SearchRecord(url=url, text=text, **{**usual, **more})


def plain(data: bytes) -> bytes:
    """A file of an index as it is when not compressed."""
    return gzip.decompress(data) if data.startswith(b"\x1f\x8b") else data


def index(*records: SearchRecord) -> dict[str, bytes]:
    """The files of the index of these records, not compressed."""
    made = search.build(SearchIndex(records=records, language="en"))
    return {str(path): plain(data) for path, data in made.items()}


def read(files: dict[str, bytes], suffix: str) -> list[Any]:
    """What is in the files of one sort."""
    return [loads(d.removeprefix(MARK)) for name, d in files.items() if name.endswith(suffix)]


def pages(files: dict[str, bytes], word: str) -> list[str]:
    """The addresses of the records in which a word (its stem, without accents) stands."""
    (meta,) = read(files, ".pf_meta")
    fragments = (files[f"fragment/{name}.pf_fragment"] for name, _ in meta[1])
    urls = [json.loads(data.removeprefix(MARK))["url"] for data in fragments]
    found = []
    for (words,) in read(files, ".pf_index"):
        for text, rows, accented in words:
            for at in (rows, *(r for _, r in accented)) if text == word else ():
                # Each number is told as the difference to the one before.
                found += [urls[number] for number in accumulate(step for step, *_ in at)]
    return found


def test_a_word_is_found_where_it_stands() -> None:
    """In the text and in what is shown with it, by its stem, whatever the language."""
    files = index(
        record("/a/", "The dentists' words"),
        record("/b/", "Dzień dobry", title="A dentist", lang="pl"),
        record("/c/", "Nothing", tag_labels=("Dentists",), tags=("x",)),
        record("/d/", "Nothing"),
    )
    assert pages(files, "dentist") == ["/a/", "/b/", "/c/"]
    assert pages(files, "dzien") == ["/b/"]
    assert list(json.loads(files["pagefind-entry.json"])["languages"]) == ["en"]


def test_records_can_be_filtered_and_sorted() -> None:
    """By kind, tag and year; what has no day comes before all that has one."""
    files = index(
        record("/a/", tags=("care", "dentistry"), day=dt.date(2025, 1, 2)),
        record("/b/", kind="page", day=None),
        record("/c/", tags=("care",)),
    )
    assert dict(read(files, ".pf_filter")) == {
        "kind": [["news", [0, 2]], ["page", [1]]],
        "tag": [["care", [0, 2]], ["dentistry", [0]]],
        "year": [["2025", [0]], ["2026", [2]]],
    }
    (meta,) = read(files, ".pf_meta")
    assert meta[4] == [["day", [1, 0, 2]]]


def test_the_same_records_give_the_same_bytes() -> None:
    """However often, though Pagefind itself orders its filters otherwise each time."""
    records = tuple(
        record(f"/{i}/", f"Words {i}", tags=tuple(f"tag{n}" for n in range(i % 9)))
        for i in range(30)
    )
    first = search.build(SearchIndex(records=records, language="en"))
    for _ in range(3):
        assert search.build(SearchIndex(records=records, language="en")) == first


def test_settings_of_pagefind_change_nothing(tmp_path: Path, monkeypatch) -> None:
    """Those in the environment, and files of them in the folder that one is in."""
    wanted = index(record("/a/"))
    put(tmp_path, {"pagefind.yml": "glob: '['", "pagefind.json": "no JSON"})
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PAGEFIND_UNSTABLE_INDEX_CHUNK_SIZE", "1")
    assert index(record("/a/")) == wanted


# ---- in a build

STATES = {
    "draft": {"draft": "true"},
    "scheduled": {"date": "2027-03-04"},
    "expired": {"expiry_date": "2026-06-01"},
    "withdrawn": {"withdrawn": "{date: 2026-06-01, reason: Wrong.}"},
}


def site(root: Path, files: dict[str, str | bytes] | None = None) -> Path:
    """A site with search, of the fewest templates."""
    return make_site(root, {**PLAIN, **SITE, **(files or {})})


def indexed(root: Path) -> dict[str, bytes]:
    """The files of the index of a built site."""
    return {p: data for p, data in tree(root / "output").items() if p.startswith("pagefind/")}


def test_nothing_that_is_not_current_is_in_the_index(tmp_path: Path) -> None:
    """Not a word of a draft, scheduled, expired or withdrawn post, in any byte of any file."""
    hidden = {
        f"content/news/zq{state}file.md": post(
            f"zq{state}body", title=f"zq{state}title", summary=f"zq{state}summary", **fields
        )
        for state, fields in STATES.items()
    }
    root = site(tmp_path, {**hidden, "content/news/b.md": post("zqshown", title="B")})
    assert not build(root).stopped
    files = indexed(root)
    seen = b"".join(plain(data) for data in files.values()).lower()
    assert b"zqshown" in seen
    for state in STATES:
        assert f"zq{state}".encode() not in seen
        assert not [name for name in files if f"zq{state}" in name]


def test_a_preview_has_no_index(tmp_path: Path) -> None:
    """It would hold the drafts, and take its time."""
    root = site(tmp_path, {"content/news/d.md": post("zqdraft", draft="true")})
    report = build(root, preview=True, output=tmp_path / "preview")
    assert not report.stopped
    output = tree(tmp_path / "preview")
    assert "search/index.html" in output
    assert [path for path in output if path.startswith("pagefind/")] == []


def made_in_index(root: Path, now: str = NOW) -> bool:
    """Build; whether the index was made anew."""
    report = build(root, now)
    assert not report.stopped, report.problems
    return PurePosixPath("pagefind/pagefind-entry.json") in report.made


def test_the_index_is_made_when_what_it_says_has_changed(tmp_path: Path) -> None:
    """A body, a title, a tag's label, a post that appears: not a template or a menu."""
    later = post("Later.", title="Later", date="2026-06-20")
    root = site(tmp_path, {"content/news/later.md": later})
    assert made_in_index(root)
    put(root, {"templates/home.html": "<title>{{ page.title }}</title>"})
    assert not made_in_index(root)
    put(root, {"config.yaml": SEARCHED + "notice: Mind the gap.\npage_size: 1\n"})
    assert not made_in_index(root)
    put(root, {"content/news/draft.md": post("Draft.", draft="true")})
    assert not made_in_index(root)
    put(root, {"content/news/a.md": post("Other words about dentists.", title="Teeth")})
    assert made_in_index(root)
    put(root, {"content/tags.yaml": "dentistry: {label: Teeth and gums}\n"})
    assert made_in_index(root)
    assert not made_in_index(root, "2026-06-19")
    assert made_in_index(root, "2026-06-20")


def test_what_stays_the_same_in_an_index_is_kept(tmp_path: Path) -> None:
    """An edit makes the files anew that are about it, and not those of other posts."""
    root = site(tmp_path, {f"content/news/n{i}.md": post(f"Words {i}.") for i in range(9)})
    build(root)
    put(root, {"content/news/a.md": post("Other words.", title="Teeth")})
    made = [path.parts[1] for path in build(root).made if path.parts[0] == "pagefind"]
    assert made.count("fragment") == 1
    assert {"index", "pagefind-entry.json"} <= {*made}
    assert {"pagefind.js", "filter"}.isdisjoint(made)


def test_a_kept_index_is_not_even_looked_for(tmp_path: Path) -> None:
    """Where nothing in it changed, a build needs no Pagefind."""
    root = site(tmp_path / "site")
    assert sitegen("build", "--now", NOW, cwd=root).returncode == 0
    before = indexed(root)
    put(root, {"templates/home.html": "<title>{{ page.title }}</title>"})
    assert sitegen("build", "--now", NOW, cwd=root, **without(tmp_path)).returncode == 0
    assert indexed(root) == before


@pytest.mark.parametrize("name", ["pagefind.js", "pagefind-entry.json"])
def test_an_index_that_was_tampered_with_is_mended(tmp_path: Path, name: str) -> None:
    """Its file is as it was again, and a stray one goes."""
    root = site(tmp_path)
    build(root)
    before = indexed(root)
    put(root, {f"output/pagefind/{name}": "tampered", "output/pagefind/stray.js": "stray"})
    report = build(root)
    assert indexed(root) == before
    assert {str(path) for path in report.made} == {f"pagefind/{name}"}


def test_an_old_index_goes_with_what_it_said(tmp_path: Path) -> None:
    """After an edit only the files of the new one are there; without search, none."""
    root = site(tmp_path)
    build(root)
    put(root, {"content/news/a.md": post("zqnew words", title="Teeth")})
    build(root)
    clean = site(tmp_path / "clean", {"content/news/a.md": post("zqnew words", title="Teeth")})
    build(clean)
    assert indexed(root) == indexed(clean)
    build(root, search=False)
    assert indexed(root) == {}


@pytest.mark.parametrize("setting", ["config", "option"])
def test_without_search_the_site_is_complete(tmp_path: Path, setting: str) -> None:
    """``search: false`` or ``--no-search``: the page is there, no form, and no link is dead."""
    config = CONFIG if setting == "config" else SEARCHED
    root = make_site(tmp_path, {**SITE, "config.yaml": config})
    assert not build(root, search=setting == "config").stopped
    output = tree(root / "output")
    assert indexed(root) == {}
    assert b"<form" not in output["search/index.html"]
    for path, data in output.items():
        for link in links_of(data) if path.endswith(".html") else ():
            inside = link.partition("#")[0].lstrip("/")
            if not re.match("https?:|mailto:|tel:|#", link):
                assert inside + "index.html" * (not inside or link.endswith("/")) in output, path


# ---- where Pagefind can't be run

BLOCKING = """
import sys

class Blocked:
    def find_spec(self, name, path=None, target=None):
        if name.startswith("pagefind"):
            raise ImportError(name)

sys.meta_path.insert(0, Blocked())
"""
COMMAND = 'python -m pip install "pagefind-bin>=1.5.2,<2"'


def without(scratch: Path) -> dict[str, str]:
    """An environment in which Pagefind can't be imported."""
    (scratch / "blocking").mkdir(exist_ok=True)
    (scratch / "blocking" / "sitecustomize.py").write_text(BLOCKING, encoding="utf-8")
    return {"PYTHONPATH": f"{scratch / 'blocking'}{os.pathsep}{REPO}"}


@pytest.mark.parametrize("command", ["build", "check"])
def test_without_pagefind_the_command_that_mends_it_is_told(tmp_path: Path, command: str) -> None:
    """Exit code 2, with nothing written: wrong set-up, not wrong content."""
    root = site(tmp_path / "site")
    done = sitegen(command, "--now", NOW, cwd=root, **without(tmp_path))
    assert done.returncode == 2
    assert COMMAND in done.stderr
    assert "--no-search" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (root / "output").exists()


def test_without_pagefind_the_rest_can_be_had(tmp_path: Path) -> None:
    """A build without search, and the list of what is to come."""
    root = site(tmp_path / "site")
    environment = without(tmp_path)
    assert sitegen("build", "--no-search", "--now", NOW, cwd=root, **environment).returncode == 0
    assert (root / "output/search/index.html").exists()
    assert not (root / "output/pagefind").exists()
    assert sitegen("upcoming", "--now", NOW, cwd=root, **environment).returncode == 0
    put(root, {"config.yaml": CONFIG})
    assert sitegen("check", "--now", NOW, cwd=root, **environment).returncode == 0


def test_a_pagefind_that_fails_is_told_of(tmp_path: Path) -> None:
    """One that can't be started, one that stops, and one that refuses a request."""
    for text in ("#!/no/such/program\n", "#!/bin/sh\nexit 1\n"):
        program = tmp_path / "pagefind"
        program.write_text(text, encoding="utf-8")
        program.chmod(0o755)
        with pytest.raises(search.SitegenError, match="Pagefind"):
            search.ask(program, [{"type": "GetFiles", "index_id": 0}])
    with pytest.raises(search.SitegenError, match="not yet exist"):
        search.ask(search.program(), [{"type": "GetFiles", "index_id": 0}])


def test_the_command_asks_for_what_the_package_needs() -> None:
    """It names the same versions as pyproject.toml."""
    asked = re.search(r'"(pagefind-bin[^"]*)"', COMMAND)
    assert asked
    assert f'"{asked[1]}"' in (REPO / "pyproject.toml").read_text(encoding="utf-8")


def test_the_index_is_no_place_for_other_files(tmp_path: Path) -> None:
    """A file of templates/root/ that would take the place of one is refused."""
    root = site(tmp_path, {"templates/root/pagefind/pagefind.js": "x"})
    report = build(root)
    assert [p.code for p in report.problems] == ["same-address"]


def test_a_blog_is_searched_too(tmp_path: Path) -> None:
    """Every current post has a record: as many as there are."""
    root = site(tmp_path, {"content/blog/b.md": blog("Words.")})
    build(root)
    entry = json.loads(indexed(root)["pagefind/pagefind-entry.json"])
    assert entry["languages"]["en"]["page_count"] == 3
