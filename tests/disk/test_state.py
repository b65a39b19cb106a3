"""The memory of the last build: what is kept comes back; what is not sound is thrown away."""

from __future__ import annotations

import dataclasses
import json
import shutil
import sqlite3
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

import pytest

from sitegen.clock import Validity
from sitegen.disk import state
from sitegen.disk.state import FILE, Last, Made, Store, slot_of
from sitegen.disk.survey import Stamp
from sitegen.model import Document
from sitegen.options import FOLDER
from sitegen.problems import Severity, problem
from tests.sites import PLAIN, REPO, blog, build, clean, documents, make_site, put, tree

LAST = Last(
    inputs="i",
    design="d",
    code="c",
    validity=Validity(start=datetime(2026, 6, 1, tzinfo=UTC), end=None),
    problems=(problem("code", "words", "content/a.md", fix="this", severity=Severity.WARNING),),
    summary="1 draft",
    made={PurePosixPath("a/index.html"): Made(key="k", stamp=Stamp(size=3, mtime_ns=4, mode=5))},
)
PARTS = {PurePosixPath("a/index.html"): {"x": "1"}}
MARKS = {"content/a.md": (1, 2, 3, "digest")}
SAMPLE = documents(
    {
        str(path.relative_to(REPO)): path.read_bytes()
        for path in sorted((REPO / "content").rglob("*.md"))
    }
)


def saved(root: Path) -> Path:
    """The state of a site whose last build is remembered."""
    store = Store(root / FOLDER)
    store.save("output", LAST, MARKS, PARTS)
    store.close()
    return root / FOLDER / FILE


def test_a_build_is_remembered(tmp_path: Path) -> None:
    """In the next process, by its output folder."""
    saved(tmp_path)
    store = Store(tmp_path / FOLDER)
    assert store.last("output") == LAST
    assert store.last("elsewhere") == Last()
    assert store.marks() == MARKS
    assert store.parts("output", LAST.made, [*PARTS, PurePosixPath("b")]) == PARTS
    assert store.parts("elsewhere", LAST.made, PARTS) == {}


@pytest.mark.parametrize("document", SAMPLE, ids=lambda d: str(d.path))
def test_every_post_of_the_sample_site_comes_back(document: Document) -> None:
    """As it was, down to the types of its values."""
    back = state._unpack_blob(state._pack_blob(document))
    assert back == document
    assert repr(back) == repr(document)


def test_a_post_with_faults_comes_back(tmp_path: Path) -> None:
    """With its faults: a warning does not vanish because the second build was fast."""
    (broken,) = documents({"content/blog/a.md": blog(date="never", tags="[]", colour="red")})
    assert broken.problems
    store = Store(tmp_path / FOLDER)
    store.remember({"key": broken}, keep=["key"])
    assert store.documents(["key", "other"]) == {"key": broken}
    store.close()


def test_a_check_remembers_nothing(tmp_path: Path) -> None:
    """It writes no file at all."""
    store = Store(tmp_path / FOLDER, read_only=True)
    store.save("output", LAST, MARKS, PARTS)
    store.remember(dict.fromkeys(["key"], SAMPLE[0]), keep=["key"])
    store.close()
    assert list(tmp_path.iterdir()) == []


def garbage(path: Path) -> None:
    """Bytes that are no database."""
    path.write_bytes(b"not a database" * 100)


def cut(path: Path) -> None:
    """Half of the file."""
    path.write_bytes(path.read_bytes()[:2000])


def emptied(path: Path) -> None:
    """No bytes at all."""
    path.write_bytes(b"")


def foreign(path: Path) -> None:
    """Another program's tables under the same names."""
    path.unlink()
    with sqlite3.connect(path) as database:
        database.execute("create table slots (name text, colour text)")
        database.execute("create table documents (id integer)")
    database.close()


def rows(path: Path, data: bytes) -> None:
    """The same tables with other data in their rows."""
    with sqlite3.connect(path) as database:
        database.execute("update slots set data = ?, made = ?", (data, data))
        database.execute("update parts set data = ?", (data,))
        database.execute("update marks set data = ?", (data,))
        database.execute("update documents set data = ?", (data,))
    database.close()


def version(path: Path, number: int) -> None:
    """A file in which another version of sitegen keeps the same names for other things."""
    rows(path, packed(["Last", *[1] * len(dataclasses.fields(Last))]))
    with sqlite3.connect(path) as database:
        database.execute(f"pragma user_version = {number}")
    database.close()


def packed(value: object) -> bytes:
    """Rows as another version may have written them."""
    return state._sealed(zlib.compress(json.dumps(value).encode()))


DAMAGE = {
    "garbage": garbage,
    "cut": cut,
    "emptied": emptied,
    "foreign": foreign,
    "no zlib": lambda path: rows(path, state._sealed(b"abc")),
    "no json": lambda path: rows(path, state._sealed(zlib.compress(b"{"))),
    "another class": lambda path: rows(path, packed(["Nothing", 1, 2])),
    "a class with other fields": lambda path: rows(path, packed(["Last", "i"])),
    "another type": lambda path: rows(path, packed(["severity", "grave"])),
    "a bare value": lambda path: rows(path, packed(7)),
    "not as it was written": lambda path: rows(path, packed(7)[:-1]),
    "an empty list": lambda path: rows(path, packed([])),
    "another version": lambda path: version(path, 7),
    "wrong marks": lambda path: rows(path, packed(["m", [["t"], 1]])),
    "a folder": lambda path: (path.unlink(), path.mkdir()),
}


@dataclass(frozen=True)
class Built:
    """A site that was built and then edited, and what a clean build makes of the edit."""

    root: Path
    count: int
    wanted: dict[str, bytes]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """One such site, for tests that copy it."""
    folder = tmp_path_factory.mktemp("built")
    root = make_site(folder / "site", {**PLAIN, "content/blog/a.md": blog()})
    count = len(build(root).made)
    put(root, {"content/blog/b.md": blog(title="New")})
    return Built(root=root, count=count, wanted=clean(root, folder / "clean"))


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_what_is_not_sound_is_thrown_away(tmp_path: Path, built: Built, damage: object) -> None:
    """Never believed and never an error: all is built, and the site is right."""
    root = shutil.copytree(built.root, tmp_path / "site")
    damage(root / FOLDER / FILE)  # type: ignore[operator]
    report = build(root)
    assert not report.stopped
    assert len(report.made) > built.count
    assert tree(root / "output") == built.wanted


@pytest.mark.parametrize("damage", [garbage, foreign, lambda path: version(path, 7)])
def test_what_was_thrown_away_is_begun_anew(tmp_path: Path, damage: object) -> None:
    """The build after it remembers again; a mere check leaves the file alone."""
    path = saved(tmp_path)
    damage(path)  # type: ignore[operator]
    data = path.read_bytes()
    check = Store(tmp_path / FOLDER, read_only=True)
    assert (check.last("output"), check.marks()) == (Last(), {})
    check.close()
    assert path.read_bytes() == data
    saved(tmp_path)
    store = Store(tmp_path / FOLDER)
    assert store.last("output") == LAST
    store.close()


def test_a_remembered_post_of_the_wrong_shape_is_parsed_again(tmp_path: Path) -> None:
    """A row of another kind of thing is not taken for a post."""
    store = Store(tmp_path / FOLDER)
    store.remember({"key": LAST}, keep=["key"])  # type: ignore[dict-item]
    store.close()
    assert Store(tmp_path / FOLDER).documents(["key"]) == {}
    store.close()


def test_old_posts_are_forgotten_in_time(tmp_path: Path) -> None:
    """The memory does not grow for ever with each edit."""
    store = Store(tmp_path / FOLDER)
    for i in range(5):
        keys = [f"{i}-{n}" for n in range(100)]
        store.remember(dict.fromkeys(keys, SAMPLE[0]), keep=keys)
    held = store.documents(f"{i}-{n}" for i in range(5) for n in range(100))
    store.close()
    assert {f"4-{n}" for n in range(100)} <= held.keys()
    assert len(held) <= 400


def test_each_output_folder_has_its_own_memory(tmp_path: Path) -> None:
    """By its place relative to the site, so that a site may be moved."""
    assert slot_of(tmp_path / "output", tmp_path) == "output"
    assert slot_of(tmp_path / "a" / ".." / "b", tmp_path) == "b"
    assert slot_of(tmp_path.parent / "c", tmp_path) == (tmp_path.parent / "c").as_posix()
