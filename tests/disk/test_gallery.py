"""Pictures made of pictures: each once, kept in .sitegen/, and never believed when spoilt."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

import pytest

from sitegen.disk.gallery import clear, make
from sitegen.disk.state import SPARE
from sitegen.disk.workers import Workers
from sitegen.fingerprint import digest_bytes
from sitegen.model import Derived, Recipe
from sitegen.options import FOLDER
from sitegen.problems import Problem
from tests.photos import encoded, scene

PHOTO = encoded(scene(), "JPEG")


def wanted(width: int, data: bytes = PHOTO, name: str = "a.jpg") -> Derived:
    """A variant of a file in content/media/."""
    return Derived(
        path=PurePosixPath(f"media/{name}.{width}w.webp"),
        source=PurePosixPath(f"content/media/{name}"),
        digest=digest_bytes(data),
        recipe=Recipe(format="webp", width=width),
        owner=f"content/media/{name}",
    )


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A site with a photo."""
    (tmp_path / "content/media").mkdir(parents=True)
    (tmp_path / "content/media/a.jpg").write_bytes(PHOTO)
    return tmp_path


def made(root: Path, *outputs: Derived, jobs: int = 1, afresh: bool = False) -> list[Path]:
    """The files of these outputs, and nothing is wrong."""
    workers = Workers(jobs)
    try:
        rows = dict(
            make(outputs, root, root / FOLDER, workers, afresh=afresh, progress=lambda *_: None)
        )
    finally:
        workers.close()
    assert list(rows) == [output.path for output in outputs]
    assert all(isinstance(file, Path) for file in rows.values())
    return [file for file in rows.values() if isinstance(file, Path)]


def test_each_is_made_once(root: Path) -> None:
    """The next time it is there already, and the photo isn't even opened."""
    (first,) = made(root, wanted(320))
    assert first.read_bytes()[8:12] == b"WEBP"
    (root / "content/media/a.jpg").unlink()
    assert made(root, wanted(320)) == [first]


def test_two_outputs_of_the_same_bytes_share_one(root: Path) -> None:
    """A photo in two bundles is made smaller once."""
    (root / "content/media/b.jpg").write_bytes(PHOTO)
    one, other = made(root, wanted(320), wanted(320, name="b.jpg"))
    assert one == other


def test_many_at_once(root: Path) -> None:
    """Several processes make what one does."""
    outputs = [wanted(width) for width in range(320, 328)]
    alone = [file.read_bytes() for file in made(root, *outputs)]
    assert [file.read_bytes() for file in made(root, *outputs, jobs=2, afresh=True)] == alone


def test_made_afresh(root: Path) -> None:
    """When asked to, it is made though it is there."""
    (first,) = made(root, wanted(320))
    before = first.stat().st_mtime_ns
    assert made(root, wanted(320), afresh=True) == [first]
    assert first.stat().st_mtime_ns > before


def test_what_lost_some_bytes_is_made_anew(root: Path) -> None:
    """A file that is not as it was written is not believed."""
    (first,) = made(root, wanted(320))
    whole = first.read_bytes()
    first.write_bytes(whole[:-9])
    assert [file.read_bytes() for file in made(root, wanted(320))] == [whole]
    assert list(first.parent.iterdir()) == [first]


def test_a_photo_that_changes_meanwhile(root: Path) -> None:
    """What is made of it is not kept as made of what it was."""
    other = encoded(scene(640, 320), "JPEG")
    (root / "content/media/a.jpg").write_bytes(other)
    (of_other,) = made(root, wanted(320))
    (root / "content/media/a.jpg").write_bytes(PHOTO)
    (of_photo,) = made(root, wanted(320))
    assert of_other != of_photo
    assert made(root, wanted(320, other)) == [of_other]


def test_what_cant_be_made(root: Path) -> None:
    """The fault names the file that an editor gave."""
    (root / "content/media/b.jpg").write_bytes(b"spoilt")
    output = wanted(320, b"spoilt", "b.jpg")
    rows = dict(
        make([output], root, root / FOLDER, Workers(1), afresh=False, progress=lambda *_: None)
    )
    fault = rows[output.path]
    assert isinstance(fault, Problem)
    assert (fault.code, fault.path) == ("image-unreadable", "content/media/b.jpg")


def test_many_that_nothing_wants_are_deleted(root: Path) -> None:
    """A few stay: a preview wants others than a build."""
    (kept,) = made(root, wanted(320))
    for number in range(SPARE - 10):
        (kept.parent / f"{number:032}.{number:032}").write_bytes(b"old")
    clear(root / FOLDER, [wanted(320)])
    assert len(list(kept.parent.iterdir())) == SPARE - 9
    for number in range(SPARE, 3 * SPARE):
        (kept.parent / f"{number:032}.{number:032}").write_bytes(b"old")
    clear(root / FOLDER, [wanted(320)])
    assert list(kept.parent.iterdir()) == [kept]


def test_nothing_to_make_needs_no_folder(tmp_path: Path) -> None:
    """A site without pictures has none."""
    assert made(tmp_path) == []
    clear(tmp_path / FOLDER, [])
    assert not (tmp_path / ".sitegen").exists()
