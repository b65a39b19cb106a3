"""May this build write here, and now? The folder must be its own, and nobody else building."""

from __future__ import annotations

import errno
import json
import os
import stat
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from sitegen.disk.inside import opened
from sitegen.disk.refusals import plainly
from sitegen.disk.swap import delete
from sitegen.problems import SitegenError

LOCK = "lock"
HALF = ".part"  # ends the names of files in .sitegen/ that are being written
_PAUSE = 0.05  # seconds between two tries
_FOLDERS, _FILES = {"spare", "images"}, {LOCK, "state.db", "state.db-journal"}  # ours
_NO_FOLDER = {errno.EEXIST, errno.ELOOP, errno.ENOTDIR, errno.EACCES, errno.EPERM}
# Ours, or nobody's: the last is macOS's, made as soon as somebody looks at the folder.
_NO_STRANGERS = {".gitkeep", ".sitegen-new", ".DS_Store"}
_REPOSITORIES = {".git", ".hg", ".svn"}


def refuse_foreign(output: Path, root: Path) -> None:
    """SitegenError when ``output`` isn't a folder that sitegen may replace.

    It may when the folder is missing, empty (a .gitkeep aside) or holds a build.json of its own,
    and is neither the site (at ``root``) nor anything else that is precious.
    """
    fix = f"Choose another folder with --output, such as {root / 'output'}."
    target = Path(os.path.realpath(output))
    try:
        why = _precious(target, Path(os.path.realpath(root))) or _in_the_way(target)
        if not why and (stranger := _stranger(target)):
            why = f"sitegen did not make that folder, and {stranger} in it would be lost"
            fix += " Or empty that folder, if nothing in it is needed."
    except OSError as error:
        why = f"it can't be looked into ({error.strerror or error})"
    if why:
        raise SitegenError(f"The site can't be written to {output}: {why}.", fix=fix)


def _precious(target: Path, root: Path) -> str:
    """Why ``target`` must never be replaced, whatever it holds; empty when it may be."""
    if _within(root, target):
        return "the site itself, with all its sources, would be replaced"
    with suppress(RuntimeError):  # somebody without a home
        if _within(Path.home().resolve(), target):
            return "your home folder would be replaced"
    if not _REPOSITORIES.isdisjoint(target.parts):
        return "that is inside a repository's history"
    for name in _REPOSITORIES:
        if os.path.lexists(target / name):
            return f"it is a repository, whose history ({name}) would be lost"
    folders = [Path(os.path.realpath(root / name)) for name in ("content", "templates", ".git")]
    for folder in (*folders, Path(__file__).resolve().parents[1]):
        if _within(target, folder) or _within(folder, target):
            return f"{folder} is not for built pages"
    if _within(target, root / ".sitegen"):
        return "sitegen keeps its memory there"
    return ""


def _in_the_way(target: Path) -> str:
    """Why there can be no folder at ``target``; empty when there can be one."""
    for path in (target, *target.parents):
        if path.is_dir():
            return ""
        if os.path.lexists(path):
            return f"{path} is a file, not a folder"
    return ""


def _within(inner: Path, outer: Path) -> bool:
    """Whether ``inner`` is ``outer`` or in it, also where upper and lower case are one."""
    chain = (inner, *inner.parents)
    if outer in chain or not outer.exists():
        return outer in chain
    return any(folder.exists() and folder.samefile(outer) for folder in chain)


def _stranger(target: Path) -> str:
    """The name of something in the folder that isn't a built site's; empty when there is none."""
    names = {path.name for path in target.iterdir()} if target.exists() else set()
    strangers = sorted(names - _NO_STRANGERS)
    if not strangers:
        return ""
    is_ours = str(_record(target).get("generator")).startswith("sitegen")
    return "" if is_ours else strangers[0]


def _record(target: Path) -> Mapping[str, object]:
    """What the folder's build.json says; nothing when there is none, or another program's."""
    with suppress(FileNotFoundError, ValueError, RecursionError):
        with opened(target, "build.json") as file:
            record = json.load(file)
        if isinstance(record, dict):
            return record
    return {}


def refuse_anothers(output: Path, ours: str) -> None:
    """SitegenError when another site than ours, by the address that it is for, is in ``output``.

    For a build that doesn't remember any in that folder: two sites would replace each other.
    """
    theirs = _record(output).get("base_url", ours)
    if theirs != ours:
        raise SitegenError(
            f"The site can't be written to {output}: that folder holds the site {theirs}.",
            fix="Choose another folder with --output. Or empty that folder, if it isn't needed.",
        )


@contextmanager
def lock(folder: Path, *, on_wait: Callable[[], None]) -> Iterator[None]:
    """Hold the lock of ``folder``, which is made when missing; wait for who has it.

    ``on_wait`` is called once, and only when there is somebody to wait for. The lock belongs to
    the process and dies with it: it keeps processes apart, not threads. SitegenError where it
    can't be had at all.
    """
    file = _try(folder)
    if file is None:
        on_wait()
    while file is None:
        time.sleep(_PAUSE)
        file = _try(folder)
    with file:
        yield


def _try(folder: Path) -> BinaryIO | None:
    """The lock's file, locked; None when another process has it."""
    path = folder / LOCK
    try:
        if folder.is_symlink():
            raise OSError(errno.ELOOP, "it is a link to somewhere else")
        folder.mkdir(parents=True, exist_ok=True)
        _clear(folder)
        file = path.open("ab")
        if _locked(file.fileno()) and _is_at(path, file):
            return file
        file.close()
    except OSError as error:
        why, fix = plainly(error)
        if error.errno in _NO_FOLDER:
            fix = f"Check that {folder} is a folder that you may write to."
        raise SitegenError(f"{path} could not be locked: {why}.", fix=fix) from error
    return None


def _clear(folder: Path) -> None:
    """Delete what a killed build half wrote, and what none of ours is: a link, a pipe, a folder

    in place of a file. It would lead a build out of the site, or hold it up for ever.
    """
    for entry in folder.iterdir():
        mode, of_us = entry.lstat().st_mode, entry.name in _FOLDERS | _FILES
        plain = stat.S_ISREG(mode) or stat.S_ISDIR(mode)
        wrong = of_us and stat.S_ISDIR(mode) != (entry.name in _FOLDERS)
        if wrong or not plain or entry.suffix == HALF:
            delete(entry)


def _is_at(path: Path, file: BinaryIO) -> bool:
    """Whether the open file still is the one at ``path``: a deleted one keeps nobody out."""
    try:
        return os.path.samestat(path.stat(), os.fstat(file.fileno()))
    except FileNotFoundError:
        return False


if sys.platform == "win32":
    import msvcrt

    def _locked(fd: int) -> bool:
        try:
            msvcrt.locking(fd, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _locked(fd: int) -> bool:
        # Not flock: workers forked by a build inherit that, and would hold it after its death.
        try:
            fcntl.lockf(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except (BlockingIOError, PermissionError):
            return False
        return True
