"""What is seen of output/ without reading a file: what is as it was left, and what is not."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path, PurePosixPath

import pytest

from sitegen.disk.survey import digest_of, folders_of, look, survey
from sitegen.disk.write import put
from sitegen.problems import SitegenError
from tests.trees import site


def test_a_survey_tells_what_was_touched(tmp_path: Path) -> None:
    """Edited, deleted or made a link: not as left. Never written, a folder too: extra."""
    output = tmp_path / "output"
    left = put(output, site(index="Home", a="A", b="B", c="C"))
    (output / "a/index.html").write_text("AA")
    (output / "b/index.html").unlink()
    (output / "c/index.html").unlink()
    (output / "c/index.html").symlink_to(output / "index.html")
    (output / "c/stray").touch()
    (output / "empty/deep").mkdir(parents=True)
    found = survey(look(output), left)
    assert {str(path) for path in found.same} == {"index.html", "build.json"}
    assert {str(path) for path in found.extra} == {"c/stray", "empty", "empty/deep"}


def test_a_survey_of_nothing(tmp_path: Path) -> None:
    """No output/ yet: nothing is as it was left, and nothing is extra."""
    found = survey(look(tmp_path / "output"), put(tmp_path / "other", site(index="Home")))
    assert (found.same, found.extra) == (set(), set())


def test_the_gitkeep_is_neither_a_stray_nor_a_change(tmp_path: Path) -> None:
    """It may come and go."""
    left = put(tmp_path, site(index="Home"))
    (tmp_path / ".gitkeep").touch()
    assert survey(look(tmp_path), left).extra == set()
    assert look(tmp_path).digest == digest_of(left)


def test_the_digest_is_known_without_looking(tmp_path: Path) -> None:
    """It follows from how the files were left, in whatever order the disk lists them."""
    left = put(tmp_path / "output", site(index="Home", blog__a="A", blog__b="B", c="C"))
    assert look(tmp_path / "output").digest == digest_of(left)
    assert look(tmp_path / "none").digest == digest_of({})


HARMS: dict[str, Callable[[Path], object]] = {
    "longer": lambda page: page.write_text("Longer"),
    "later": lambda page: os.utime(page, ns=(0, 1)),
    "gone": lambda page: page.unlink(),
    "its rights": lambda page: page.chmod(0o600),
    "moved": lambda page: page.rename(page.with_name("other.html")),
    "a link": lambda page: (page.rename(page.parent.parent / "x"), page.symlink_to("../x")),
    "a stray": lambda page: (page.parent / "stray").touch(),
    "an empty folder": lambda page: (page.parent / "stray").mkdir(),
    "a folder": lambda page: (page.unlink(), page.mkdir()),
}


@pytest.mark.parametrize("harm", HARMS.values(), ids=HARMS)
def test_the_digest_tells_whatever_happens(tmp_path: Path, harm: Callable[[Path], object]) -> None:
    """To a file, or beside it."""
    output = tmp_path / "output"
    left = put(output, site(index="Home", a="A"))
    harm(output / "a/index.html")
    assert look(output).digest != digest_of(left)


def test_names_that_are_no_text(tmp_path: Path) -> None:
    """A stray may have any bytes for a name; it is seen, and has a digest."""
    (tmp_path / os.fsdecode(b"\xff\n")).touch()
    assert len(look(tmp_path).files) == 1
    assert look(tmp_path).digest != digest_of({})


def test_a_folder_that_cannot_be_read(tmp_path: Path) -> None:
    """A sentence, not a traceback."""
    (tmp_path / ("x" * 200)).mkdir()
    with pytest.raises(SitegenError, match="could not be"):
        look(tmp_path / ("x" * 300))


def test_every_folder_on_the_way() -> None:
    """But not the one where all paths start."""
    assert folders_of(["a/b/c.html", "a/d.html", "e.html"]) == {"a", "a/b"}
    assert folders_of([str(PurePosixPath("x"))]) == set()
