"""What lies in output/: seen in one pass, without reading a file.

Paths are strings here, from output/ on with "/" between their parts: a site has many thousands,
and each is looked at in every build.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TypeVar

from sitegen.disk.refusals import in_sentences
from sitegen.fingerprint import Digest, digest_bytes

GITKEEP = ".gitkeep"

Of = TypeVar("Of")
OfFolder = TypeVar("OfFolder")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """How a written file was left. ``mode`` is its type and rights, as in a status."""

    size: int
    mtime_ns: int
    mode: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What lies in a folder: each file, or whatever is no folder, with its status; each folder."""

    files: Mapping[str, os.stat_result]
    folders: Set[str]

    @property
    def digest(self) -> Digest:
        """Differs when a file or folder has come, gone or changed; see ``digest_of``."""
        return _digest(
            [
                f"{path} {status.st_size} {status.st_mtime_ns} {status.st_mode}"
                for path, status in self.files.items()
                if path != GITKEEP
            ],
            len(self.folders),
        )


NOTHING = Seen(files={}, folders=frozenset())


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """``same``: the files that are as they were left. ``extra``: files and folders unheard of."""

    same: frozenset[PurePosixPath]
    extra: frozenset[PurePosixPath]


def look(output: Path) -> Seen:
    """All that lies in a folder, if there is one. SitegenError when it can't be read."""
    with in_sentences(output):
        if not output.is_dir():
            return NOTHING
        files, folders = walk(output, lambda entry: entry.stat(follow_symlinks=False), lambda _: 0)
        return Seen(files=files, folders=folders.keys())


def digest_of(stamps: Mapping[PurePosixPath, Stamp]) -> Digest:
    """The digest of what is seen of an output/ that holds just these files, as they were left."""
    lines = [f"{path} {stamp.size} {stamp.mtime_ns} {stamp.mode}" for path, stamp in stamps.items()]
    return _digest(lines, len(folders_of(map(str, stamps))))


def _digest(lines: list[str], folders: int) -> Digest:
    """Of the folders their number is enough: those that hold files follow from these."""
    text = "\0".join([str(folders), *sorted(lines)])  # no name has a NUL
    return digest_bytes(text.encode("utf-8", "surrogateescape"))


def survey(seen: Seen, stamps: Mapping[PurePosixPath, Stamp]) -> Survey:
    """Compare what is seen in output/ with how it was left. The .gitkeep is never extra."""
    names = {str(path) for path in stamps}
    strays = (seen.files.keys() - names - {GITKEEP}) | (seen.folders - folders_of(names))
    same = (path for path, stamp in stamps.items() if _as_left(seen.files.get(str(path)), stamp))
    return Survey(same=frozenset(same), extra=frozenset(map(PurePosixPath, strays)))


def _as_left(status: os.stat_result | None, stamp: Stamp) -> bool:
    return (
        status is not None
        and status.st_mtime_ns == stamp.mtime_ns
        and status.st_size == stamp.size
        and status.st_mode == stamp.mode
    )


def stamp_of(status: os.stat_result) -> Stamp:
    """How a file is left that looks so."""
    return Stamp(size=status.st_size, mtime_ns=status.st_mtime_ns, mode=status.st_mode)


def folders_of(names: Iterable[str]) -> set[str]:
    """Every folder that these paths are in, but not the one that they all start from."""
    folders: set[str] = set()
    for folder in {name.rpartition("/")[0] for name in names}:
        while folder and folder not in folders:
            folders.add(folder)
            folder = folder.rpartition("/")[0]
    return folders


def walk(
    root: Path,
    of_file: Callable[[os.DirEntry[str]], Of],
    of_folder: Callable[[os.DirEntry[str]], OfFolder],
) -> tuple[dict[str, Of], dict[str, OfFolder]]:
    """Something of each file, and of each folder, below ``root``. No link is followed."""
    files: dict[str, Of] = {}
    folders: dict[str, OfFolder] = {}
    todo = [(str(root), "")]
    while todo:
        folder, prefix = todo.pop()
        with os.scandir(folder) as entries:
            for entry in entries:
                name = prefix + entry.name
                if entry.is_dir(follow_symlinks=False):
                    folders[name] = of_folder(entry)
                    todo.append((entry.path, name + "/"))
                else:
                    files[name] = of_file(entry)
    return files, folders
