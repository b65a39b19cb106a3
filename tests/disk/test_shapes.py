"""Every used picture is measured once; what is wrong with one is told by its name."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

import pytest
from PIL import Image

from sitegen.disk.shapes import measure
from sitegen.disk.state import SPARE, Store
from sitegen.disk.workers import Workers
from sitegen.fingerprint import digest_bytes
from sitegen.model import File, Shape
from sitegen.options import FOLDER
from sitegen.problems import Problem
from tests.photos import claiming, encoded, scene

PHOTO = encoded(scene(), "JPEG")


def laid(root: Path, files: dict[str, bytes]) -> list[File]:
    """Files of a site, as a look through its folder finds them."""
    found = []
    for name, data in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(data)
        source = PurePosixPath(name)
        found.append(File(source=source, digest=digest_bytes(data), size=len(data)))
    return found


def measured(
    root: Path, files: list[File], *, afresh: bool = False
) -> tuple[dict[str, Shape], list[Problem]]:
    """The shapes of files, by a store that is opened and closed."""
    store, workers = Store(root / FOLDER), Workers(1)
    try:
        shapes, problems = measure(
            root, files, store, workers, afresh=afresh, progress=lambda *_: None
        )
        return dict(shapes), problems
    finally:
        store.close()


def test_pictures_and_nothing_else(tmp_path: Path) -> None:
    """Documents have no shape; a picture has one whatever the case of its ending."""
    files = laid(tmp_path, {"content/media/A.JPG": PHOTO, "content/media/b.pdf": b"%PDF"})
    shapes, problems = measured(tmp_path, files)
    assert shapes == {files[0].digest: Shape(width=800, height=600, kind="jpeg")}
    assert not problems


def test_a_picture_is_opened_once(tmp_path: Path) -> None:
    """The next build takes its shape from what is remembered, though the file were gone."""
    files = laid(tmp_path, {"content/media/a.jpg": PHOTO})
    first = measured(tmp_path, files)
    (tmp_path / "content/media/a.jpg").unlink()
    assert measured(tmp_path, files) == first


def test_measured_afresh(tmp_path: Path) -> None:
    """When asked to, every picture is looked at again."""
    files = laid(tmp_path, {"content/media/a.jpg": PHOTO})
    measured(tmp_path, files)
    (tmp_path / "content/media/a.jpg").write_bytes(encoded(scene(80, 60), "JPEG"))
    assert measured(tmp_path, files)[0][files[0].digest].width == 800
    assert measured(tmp_path, files, afresh=True)[0][files[0].digest].width == 80


def test_a_file_that_changes_meanwhile(tmp_path: Path) -> None:
    """What is found in it is believed now, but not remembered of what it was."""
    files = laid(tmp_path, {"content/media/a.jpg": PHOTO})
    (tmp_path / "content/media/a.jpg").write_bytes(encoded(scene(80, 60), "JPEG"))
    assert measured(tmp_path, files)[0][files[0].digest].width == 80
    laid(tmp_path, {"content/media/a.jpg": PHOTO})
    assert measured(tmp_path, files)[0][files[0].digest].width == 800


def test_many_that_no_page_uses_are_forgotten(tmp_path: Path) -> None:
    """But not at once: a preview uses others than a build."""
    names = [f"content/media/{n}.png" for n in range(SPARE + 10)]
    data = [encoded(Image.new("L", (n + 1, 1)), "PNG") for n in range(len(names))]
    files = laid(tmp_path, dict(zip(names, data, strict=True)))
    for file in files:
        measured(tmp_path, [file])
    shapes, _ = measured(tmp_path, files[-1:])
    assert len(shapes) <= SPARE + 3
    assert files[-1].digest in shapes


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        (
            "a.jpg",
            b"Dear all,",
            "error image-unreadable: this file is no picture, whatever its name says"
            " | save it again as JPEG or PNG",
        ),
        (
            "a.png",
            claiming(60_000, 60_000),
            "error image-too-large: this picture is hundreds of millions of pixels large, which no"
            " page needs | save it no wider than 4000 pixels",
        ),
        (
            "a.png",
            PHOTO,
            'warning image-type: this picture is JPEG, though its name ends in ".png"'
            " | rename it to a.jpg, also where it is used",
        ),
        (
            "a.png",
            b"<svg/>",
            'error image-type: this picture is SVG, though its name ends in ".png"'
            " | rename it to a.svg, also where it is used",
        ),
        (
            "a.svg",
            PHOTO,
            'error image-type: this picture is JPEG, though its name ends in ".svg"'
            " | rename it to a.jpg, also where it is used",
        ),
    ],
)
def test_what_is_wrong_with_a_picture(
    tmp_path: Path, name: str, data: bytes, expected: str
) -> None:
    """It is told by the file, and with what to do; also the second time."""
    files = laid(tmp_path, {f"content/media/{name}": data})
    for _ in range(2):
        (problem,) = measured(tmp_path, files)[1]
        shown = f"{problem.severity.value} {problem.code}: {problem.message} | {problem.fix}"
        assert shown == expected
        assert problem.path == f"content/media/{name}"


def test_each_file_of_the_same_bytes_is_named(tmp_path: Path) -> None:
    """Both must be mended."""
    files = laid(tmp_path, {"content/media/a.jpg": b"no", "content/media/b.jpg": b"no"})
    assert [p.path for p in measured(tmp_path, files)[1]] == [str(f.source) for f in files]
