"""Folders of files for the tests of what is written: to put there, and as they are on the disk."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from sitegen.disk.survey import Stamp, look, stamp_of
from sitegen.disk.write import Files


def site(**texts: str) -> Files:
    """``index="Home"`` is index.html; ``blog__a`` is blog/a/index.html, as in a real site."""
    pages = {"index": "index.html"} | {
        name: name.replace("__", "/") + "/index.html" for name in texts if name != "index"
    }
    record = {PurePosixPath("build.json"): b'{"generator": "sitegen 1"}'}
    return record | {PurePosixPath(pages[n]): text.encode() for n, text in texts.items()}


def on_disk(folder: Path) -> dict[PurePosixPath, bytes]:
    """All the files of a folder."""
    return {
        PurePosixPath(path.relative_to(folder).as_posix()): path.read_bytes()
        for path in folder.rglob("*")
        if not path.is_dir()
    }


def stamps(folder: Path) -> dict[PurePosixPath, Stamp]:
    """How all the files of a folder are."""
    return {PurePosixPath(name): stamp_of(status) for name, status in look(folder).files.items()}


def siblings(output: Path) -> list[str]:
    """What else lies in the folder that holds output/."""
    return sorted(path.name for path in output.parent.iterdir() if path != output)


def inode(path: Path) -> int:
    """What tells a file from its equal."""
    return path.stat().st_ino


def inodes(folder: Path) -> dict[str, int]:
    """What tells each file of a folder from its equal."""
    return {name: status.st_ino for name, status in look(folder).files.items()}
