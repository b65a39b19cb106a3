"""The one way to write a site: what it refuses, and what it never touches."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.options import FOLDER
from sitegen.problems import SitegenError
from tests.sites import PLAIN, build, make_site, post, put


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A small site that has not been built."""
    return make_site(tmp_path / "site", {**PLAIN, "content/news/a.md": post()})


@pytest.fixture
def precious(tmp_path: Path) -> Path:
    """A folder outside the site, with something in it."""
    put(tmp_path / "precious", {"a.txt": "Mine.", "d/b.txt": "Mine too."})
    return tmp_path / "precious"


def kept(precious: Path) -> bool:
    """Whether all is there that was."""
    texts = [(precious / name).read_text() for name in ("a.txt", "d/b.txt")]
    return texts == ["Mine.", "Mine too."] and len([*precious.iterdir()]) == 2


@pytest.mark.parametrize("role", ["new", "next", "old"])
def test_a_link_where_a_build_leaves_a_folder(site: Path, precious: Path, role: str) -> None:
    """It is no site of a killed build, and what it leads to is nobody's output."""
    (site / f".output.sitegen-{role}").symlink_to(precious)
    assert not build(site).stopped
    assert not (site / "output").is_symlink()
    assert kept(precious)


def test_a_folder_of_others_where_a_build_leaves_one(site: Path) -> None:
    """It is brought back as a killed build's would be, and then refused like any other."""
    put(site, {".output.sitegen-next/mine.txt": "Mine."})
    with pytest.raises(SitegenError, match=r"mine\.txt in it would be lost"):
        build(site)
    assert (site / "output/mine.txt").read_text() == "Mine."


@pytest.mark.parametrize("name", ["images", "state.db", "lock", "spare"])
def test_links_in_the_memory_are_not_followed(site: Path, precious: Path, name: str) -> None:
    """They are taken away, and what they lead to is left alone."""
    (site / FOLDER).mkdir()
    (site / FOLDER / name).symlink_to(precious / ("made" if "." in name else ""))
    assert not build(site).stopped
    assert not (site / FOLDER / name).is_symlink()
    assert kept(precious)


def test_a_memory_that_is_a_link(site: Path, precious: Path) -> None:
    """It would have a build write elsewhere."""
    (site / FOLDER).symlink_to(precious)
    with pytest.raises(SitegenError, match="it is a link to somewhere else"):
        build(site)
    assert kept(precious)


def test_what_was_half_written_goes(site: Path) -> None:
    """A picture, or the memory of a glance: a build that was killed leaves them in its memory."""
    put(site, {f"{FOLDER}/picture.1-2.part": "half", f"{FOLDER}/mine.txt": "Mine."})
    assert not build(site).stopped
    assert not (site / FOLDER / "picture.1-2.part").exists()
    assert (site / FOLDER / "mine.txt").read_text() == "Mine."
