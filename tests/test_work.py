"""How much work each kind of edit takes, counted: so no build becomes slower unnoticed.

Calls are counted, not seconds, so it is the same on every machine.
"""

from __future__ import annotations

import shutil
import sys
import threading
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from sitegen.building import glance, outdated
from sitegen.disk import inside, read, write
from sitegen.source import parse
from sitegen.templating import jinja, render
from tests.sites import blog, build, make_site, post, put
from tests.test_incremental import SITE, edited

COUNTED: dict[str, Callable[..., Any]] = {
    "read": inside.opened,  # files of content/
    "parsed": parse.parse,  # posts
    "compared": outdated.parts,  # outputs of which the view was made
    "compiled": jinja.Compiler._compiled,  # templates
    "rendered": render.Renderer.render,  # pages
    "written": write._write,  # files
}


def work(call: Callable[[], Any]) -> dict[str, int]:
    """What is done in a call, also in other threads."""
    names = {function.__code__: name for name, function in COUNTED.items()}
    counts: Counter[str] = Counter()

    def note(frame: FrameType, event: str, _: Any) -> None:
        name = names.get(frame.f_code) if event == "call" else None
        if name and (name != "read" or str(frame.f_locals["path"]).startswith("content/")):
            counts[name] += 1

    threading.setprofile(note)
    sys.setprofile(note)
    try:
        call()
    finally:
        sys.setprofile(None)
        threading.setprofile(None)
    return dict(counts)


@pytest.fixture(autouse=True)
def _rested(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if every file had been written long ago: what was not edited is known by its looks."""
    monkeypatch.setattr(read, "SETTLED_NS", -(10**10))
    monkeypatch.setattr(glance, "SETTLED_NS", -(10**10))


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built once."""
    root = make_site(tmp_path_factory.mktemp("first") / "site", SITE)
    assert not build(root).stopped
    return root


@pytest.fixture
def site(first: Path, tmp_path: Path) -> Path:
    """A copy of the site with its memory, and a process that remembers nothing."""
    shutil.copytree(first, tmp_path / "site")
    build(tmp_path / "site")
    render.renderer.cache_clear()
    return tmp_path / "site"


EDITS: dict[str, Callable[[Path], object]] = {
    "nothing": lambda root: None,
    "a time": lambda root: (root / "content/blog/a.md").touch(),
    "a body": lambda root: edited(root, "content/blog/a.md", "Words of A", "Others of A"),
    "a title": lambda root: edited(root, "content/blog/a.md", "title: A", "title: Another"),
    "a list's template": lambda root: edited(root, "templates/list.html", "<h1", "<h1 "),
    "every page's template": lambda root: edited(
        root, "templates/base.html", "</body>", " </body>"
    ),
    "a setting": lambda root: edited(root, "config.yaml", "title: ", "title: The "),
    "a new post": lambda root: put(root, {"content/news/new.md": post("New.", title="New")}),
    "a post less": lambda root: put(root, {"content/news/n.md": None}),
}
# Single pages that may show anything (the glossary, the tags) are compared at each edit; templates
# are compiled for what is rendered, and a new component of one adds to these.
WORK: dict[str, dict[str, int]] = {
    "a list's template": {"read": 4, "compared": 10, "rendered": 10, "compiled": 9, "written": 10},
    "every page's template": {
        "read": 4,
        "compared": 22,
        "rendered": 22,
        "compiled": 27,
        "written": 22,
    },
    "a body": {"read": 6, "parsed": 1, "compared": 18, "rendered": 5, "compiled": 12, "written": 9},
    "a new post": {
        "read": 6,
        "parsed": 1,
        "compared": 49,
        "rendered": 15,
        "compiled": 25,
        "written": 19,
    },
    "a post less": {"read": 4, "compared": 46, "rendered": 10, "compiled": 16, "written": 14},
    "a setting": {"read": 4, "compared": 48, "rendered": 31, "compiled": 28, "written": 41},
    "a time": {"read": 1},
    "a title": {
        "read": 6,
        "parsed": 1,
        "compared": 48,
        "rendered": 13,
        "compiled": 21,
        "written": 18,
    },
    "nothing": {},
}


@pytest.mark.parametrize("name", EDITS)
def test_an_edit(name: str, site: Path) -> None:
    """So much is done for it, and no more."""
    EDITS[name](site)
    assert work(lambda: build(site)) == WORK[name]


def test_the_work_for_a_body_does_not_grow_with_the_site(tmp_path: Path) -> None:
    """An edited sentence costs the same in a site of 6 posts and in one of 60."""
    taken = []
    for posts in (6, 60):
        files = {f"content/blog/p{n}.md": blog(f"Words {n}.", title=f"P {n}") for n in range(posts)}
        root = make_site(tmp_path / f"of {posts}", {**SITE, **files})
        build(root)
        build(root, "2026-06-15 00:01")
        render.renderer.cache_clear()
        edited(root, "content/blog/a.md", "Words of A", "Others of A")
        taken.append(work(lambda root=root: build(root)))
    assert taken[0] == taken[1]
