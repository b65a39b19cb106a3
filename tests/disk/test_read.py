"""Reading a site's folder: what is there, known again without reading, and never outside it."""

from __future__ import annotations

import os
import time
from pathlib import Path, PurePosixPath

import pytest

from sitegen.disk.inside import read_bytes
from sitegen.disk.read import scan
from sitegen.fingerprint import digest_bytes
from sitegen.problems import SitegenError
from tests.sites import put

LONG_AGO = 1_000_000_000 * 10**9  # nanoseconds: in 2001


def names(root: Path) -> list[str]:
    """The files that are found, in order."""
    return [str(path) for path in scan(root, {}).files]


def rest(path: Path, when: int = LONG_AGO) -> None:
    """Make a file look as if it had been written long ago."""
    os.utime(path, ns=(when, when))


def test_what_is_there(tmp_path: Path) -> None:
    """All of content/ and templates/ in order, with digests and sizes; nothing else."""
    put(tmp_path, {"content/b.yaml": "b", "content/blog/a.md": "aa", "templates/x.html": "x"})
    put(tmp_path, {"config.yaml": "c", "output/index.html": "o", "notes.txt": "n"})
    tree = scan(tmp_path, {})
    assert names(tmp_path) == ["content/b.yaml", "content/blog/a.md", "templates/x.html"]
    post = tree.files[PurePosixPath("content/blog/a.md")]
    assert (post.digest, post.size) == (digest_bytes(b"aa"), 2)
    assert tree.problems == ()


def test_litter_is_passed_over(tmp_path: Path) -> None:
    """Hidden files, backups and locks; but templates/root/ may hold hidden ones."""
    litter = [".DS_Store", "a.md~", "~$a.docx", "a.md.bak", ".git/x", "Thumbs.db", "#a.md#"]
    put(tmp_path, {f"content/blog/{name}": "x" for name in litter})
    put(tmp_path, {"templates/root/.well-known/security.txt": "x", "content/blog/a.md": "x"})
    assert names(tmp_path) == ["content/blog/a.md", "templates/root/.well-known/security.txt"]


def test_a_site_without_folders_is_empty(tmp_path: Path) -> None:
    """Not a fault of reading."""
    assert names(tmp_path) == []


def test_a_settled_file_is_known_again(tmp_path: Path) -> None:
    """With the size, time and inode that it had, it is not read again: its digest is believed."""
    put(tmp_path, {"content/a.yaml": "one"})
    path = tmp_path / "content/a.yaml"
    rest(path)
    marks = scan(tmp_path, {}).marks
    (size, when, changed, inode, digest) = marks["content/a.yaml"]
    assert (size, when, digest) == (3, LONG_AGO, digest_bytes(b"one"))
    believed = {"content/a.yaml": (size, when, changed, inode, "told")}
    assert scan(tmp_path, believed).files[PurePosixPath("content/a.yaml")].digest == "told"


@pytest.mark.parametrize(("text", "when"), [("three", LONG_AGO), ("two", LONG_AGO + 1)])
def test_a_changed_file_is_read_again(tmp_path: Path, text: str, when: int) -> None:
    """Another size or another time is enough."""
    put(tmp_path, {"content/a.yaml": "one"})
    path = tmp_path / "content/a.yaml"
    rest(path)
    marks = scan(tmp_path, {}).marks
    path.write_text(text)
    rest(path, when)
    found = scan(tmp_path, marks).files[PurePosixPath("content/a.yaml")]
    assert found.digest == digest_bytes(text.encode())


def test_a_file_put_in_anothers_place_is_read(tmp_path: Path) -> None:
    """A new inode is enough, though size and time are the same: as ``mv`` and ``rsync -t`` do."""
    put(tmp_path, {"content/a.yaml": "one", "other": "two"})
    path = tmp_path / "content/a.yaml"
    rest(path)
    marks = scan(tmp_path, {}).marks
    rest(tmp_path / "other")
    (tmp_path / "other").replace(path)
    found = scan(tmp_path, marks).files[PurePosixPath("content/a.yaml")]
    assert found.digest == digest_bytes(b"two")


def test_a_file_that_was_just_written_is_not_marked(tmp_path: Path) -> None:
    """It may change within the same tick of the clock, and look as before."""
    put(tmp_path, {"content/a.yaml": "one", "content/b.yaml": "two"})
    rest(tmp_path / "content/a.yaml")
    rest(tmp_path / "content/b.yaml", time.time_ns() + 10**12)  # whatever this machine's clock says
    assert set(scan(tmp_path, {}).marks) == {"content/a.yaml"}


def test_links_that_lead_out_are_refused(tmp_path: Path) -> None:
    """A symbolic link is a fault, wherever it leads: its target may be a draft or a secret."""
    root = tmp_path / "site"
    put(tmp_path, {"secret.md": "secret", "site/content/media/a.png": "png"})
    (root / "content/media/b.png").symlink_to("a.png")
    (root / "content/media/gone.png").symlink_to("nothing.png")
    (root / "content/media/c.png").symlink_to(tmp_path / "secret.md")
    tree = scan(root, {})
    assert [p.name for p in tree.files] == ["a.png"]
    assert [(p.code, p.path) for p in tree.problems] == [
        ("symbolic-link", f"content/media/{name}.png") for name in ("b", "c", "gone")
    ]


def test_a_linked_folder_of_the_site_is_refused(tmp_path: Path) -> None:
    """content/ and templates/ themselves must lie in the site."""
    put(tmp_path, {"elsewhere/root/id_rsa": "secret"})
    (tmp_path / "templates").symlink_to(tmp_path / "elsewhere")
    tree = scan(tmp_path, {})
    assert not tree.files
    assert [(p.code, p.path) for p in tree.problems] == [("symbolic-link", "templates")]


def test_folders_in_a_circle_end(tmp_path: Path) -> None:
    """Links to folders are not followed."""
    put(tmp_path, {"content/media/a.png": "png"})
    (tmp_path / "content/media/round").symlink_to(tmp_path / "content")
    assert names(tmp_path) == ["content/media/a.png"]


def test_a_name_that_is_not_utf8_is_a_fault(tmp_path: Path) -> None:
    """It can't be an address, and is told of in ASCII."""
    put(tmp_path, {"content/media/a.png": "png"})
    folder = os.fsencode(tmp_path / "content/media")
    try:
        with open(os.path.join(folder, b"caf\xe9.png"), "wb"):  # noqa: PTH118, PTH123
            pass
    except OSError:
        pytest.skip("this disk takes only names in UTF-8")
    (fault,) = scan(tmp_path, {}).problems
    assert fault.code == "bad-name"
    assert fault.path.isascii()
    assert names(tmp_path) == ["content/media/a.png"]


def test_what_cannot_be_read_is_said_in_a_sentence(tmp_path: Path) -> None:
    """The name of the file, and no traceback."""
    with pytest.raises(SitegenError, match=r"nothing\.md can't be read"):
        read_bytes(tmp_path, "nothing.md")
