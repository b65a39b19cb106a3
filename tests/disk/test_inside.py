"""Files inside a folder: opened when they are there themselves, and not otherwise."""

from __future__ import annotations

import os
from pathlib import Path, PurePosixPath

import pytest

from sitegen.disk.inside import opened, read_bytes
from sitegen.problems import SitegenError
from tests.sites import put


def test_a_file_is_read(tmp_path: Path) -> None:
    """By its path in the folder, to which a link may lead."""
    put(tmp_path, {"site/a/b.txt": "B"})
    (tmp_path / "link").symlink_to("site")
    assert read_bytes(tmp_path / "site", PurePosixPath("a/b.txt")) == b"B"
    assert read_bytes(tmp_path / "link", "a/b.txt") == b"B"


@pytest.mark.parametrize(
    "path", ["link.txt", "folder/b.txt", "../b.txt", "a/../../b.txt", "/etc/hostname", "a", "pipe"]
)
def test_nothing_outside_is_read_nor_what_is_no_file(tmp_path: Path, path: str) -> None:
    """Links on the way, paths that lead up, folders, and pipes, which are not waited for."""
    put(tmp_path, {"b.txt": "secret", "site/a/c.txt": "C"})
    root = tmp_path / "site"
    (root / "link.txt").symlink_to("../b.txt")
    (root / "folder").symlink_to("..")
    os.mkfifo(root / "pipe")
    with pytest.raises(SitegenError, match="can't be read: "):
        read_bytes(root, path)


def test_no_file_stays_open(tmp_path: Path) -> None:
    """Whether it was read or refused."""
    put(tmp_path, {"a/b.txt": "B"})
    before = len([*Path("/dev/fd").iterdir()])
    read_bytes(tmp_path, "a/b.txt")
    for path in ("a", "none/b.txt", "a/none.txt"):
        with pytest.raises(OSError):
            opened(tmp_path, path)
    assert len([*Path("/dev/fd").iterdir()]) == before
