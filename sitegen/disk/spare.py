"""The tree that was replaced becomes the base of the next one, so that only changes cost anything.

Once output/ is replaced, the tree that was there is made its twin: the same files by hard links, in
folders of its own. That is the spare. The next build changes it as output/ is to be changed, and
exchanges the two. Nothing is recorded: a file of the spare is right when it is the very file that
output/ has, and a spare that lacks one is not used. In its own place it is always whole; it is
changed beside output/ only, where a build that is killed leaves it for the next to clear away.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Mapping, Set
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from sitegen.disk.survey import Seen, walk
from sitegen.disk.swap import delete

FOLDER_MODE = 0o755
_FOLDER = stat.S_IFDIR | FOLDER_MODE


Opens = Callable[[], BinaryIO]  # what opens a file to be copied


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What is to become of output/, in which ``seen`` was seen.

    The ``kept`` files stay as they are, with their status; the ``fresh`` are bytes, or copies of
    files; all else goes. ``folders`` are those that are needed.
    """

    seen: Seen
    kept: Mapping[str, os.stat_result]
    fresh: Mapping[str, bytes | Opens]
    folders: Set[str]

    @property
    def nothing(self) -> bool:
        """Whether all is there already, and nothing else."""
        seen = self.seen.files.keys() == self.kept.keys() and self.seen.folders == self.folders
        return seen and not self.fresh


def take(spare: Path, new: Path, change: Change) -> bool:
    """Bring the spare to ``new``, with just the files that are kept; or say that it can't be used.

    It can't when a kept file isn't in it: then somebody changes it, maybe at this moment.
    """
    with suppress(OSError):  # there is none, or it is on another file system
        spare.rename(new)
        if new.lstat().st_mode == _FOLDER:  # no link, for one
            files, folders = walk(new, os.DirEntry.inode, _mode)
            if _is_twin(files, change) and set(folders.values()) <= {_FOLDER}:
                _fit(new, files.keys(), folders.keys(), change)
                return True
    delete(new)
    return False


def _is_twin(files: Mapping[str, int], change: Change) -> bool:
    """Folders move only within their file system, so the number of a file is enough."""
    return all(files.get(name) == status.st_ino for name, status in change.kept.items())


def _mode(entry: os.DirEntry[str]) -> int:
    return entry.stat(follow_symlinks=False).st_mode


def give_back(old: Path, spare: Path, output: Path, change: Change) -> None:
    """Make the tree that was replaced the twin of ``output``; OSError when that can't be done."""
    _fit(old, change.seen.files.keys(), change.seen.folders, change)
    for name in change.fresh:
        (old / name).hardlink_to(output / name)
    old.rename(spare)


def _fit(folder: Path, files: Set[str], folders: Set[str], change: Change) -> None:
    """Leave only the files that are kept, and all the folders that are needed."""
    clear(folder, files - change.kept.keys(), folders - change.folders)
    make_folders(folder, change.folders - folders)


def clear(root: Path, files: Set[str], folders: Set[str]) -> None:
    """Delete files, and folders that are empty without them."""
    for name in files:
        (root / name).unlink()
    for name in sorted(folders, reverse=True):  # what is in a folder comes after it
        (root / name).rmdir()


def make_folders(root: Path, folders: Set[str]) -> None:
    """Make folders below ``root``."""
    for name in sorted(folders):
        make_folder(root / name)


def make_folder(path: Path) -> None:
    """A folder that all may read, whatever the umask."""
    path.mkdir(FOLDER_MODE)
    set_mode(path, _FOLDER, path.stat().st_mode)


def set_mode(path: Path, wanted: int, mode: int) -> None:
    """Give ``path``, whose mode is ``mode``, the ``wanted`` one."""
    if mode != wanted:
        with suppress(PermissionError):  # it's ours, so this is a file system without modes
            path.chmod(stat.S_IMODE(wanted))
