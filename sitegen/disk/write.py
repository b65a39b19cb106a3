"""Puts the finished site in place: at every instant output/ is one complete site, old or new.

The new tree is made in a hidden folder beside output/, unchanged files as hard links, and then
the two folders are exchanged in one step. What was there becomes the ``spare``, with which the
next build begins, so that it makes only what changes. A build that is killed leaves at most
hidden folders, which the next one clears away (``recover``). Where folders can't be exchanged, a
mount point for one, the files are replaced one by one, each in one step.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from sitegen.disk.refusals import in_sentences
from sitegen.disk.spare import (
    Change,
    Opens,
    clear,
    give_back,
    make_folder,
    make_folders,
    set_mode,
    take,
)
from sitegen.disk.survey import GITKEEP, Seen, Stamp, folders_of, look, stamp_of
from sitegen.disk.swap import (
    INSIDE,
    NOT_ALLOWED,
    SWAPS,
    CannotSwap,
    Swap,
    beside,
    delete,
    flush,
    swap,
    tidy,
    turn,
)
from sitegen.problems import SitegenError

RECORD = "build.json"
_GITKEEP = PurePosixPath(GITKEEP)
_FILE = stat.S_IFREG | 0o644


@dataclass(frozen=True, slots=True)
class Keep:
    """The file as it is in output/ already."""


Content = bytes | Opens | Keep  # the bytes, what opens a file to copy, or what is there already
Files = Mapping[PurePosixPath, Content]


def put(
    output: Path,
    files: Files,
    *,
    seen: Seen | None = None,
    spare: Path | None = None,
    note: Callable[[str], None] = lambda text: None,
    swaps: Sequence[Swap] = SWAPS,
) -> dict[PurePosixPath, Stamp]:
    """Make output/ hold exactly ``files`` (and its .gitkeep), and say how each new one was left.

    ``seen`` is what lies in output/, where that was looked at already. ``spare`` is a place for
    the tree that is replaced, and only that. ``note`` is told when the files had to be replaced
    one by one; ``swaps`` are the ways to avoid that, tried in turn.

    When all is there already, nothing is touched. SitegenError when the system refuses: output/
    is then as it was, or half replaced if it was one by one.
    """
    target = Path(os.path.realpath(output))
    with in_sentences(output), turn(target):
        tidy(target)
        seen = look(target) if seen is None else seen
        change = _change(target, {_GITKEEP: Keep(), **files}, seen)
        _guard(change)
        stamps = {} if change.nothing else _put(target, change, spare, note, swaps)
    return {PurePosixPath(name): stamp for name, stamp in stamps.items()}


def _change(target: Path, files: Files, seen: Seen) -> Change:
    """What is to be done. FileNotFoundError when a file that is to be kept is not there."""
    kept: dict[str, os.stat_result] = {}
    fresh: dict[str, bytes | Opens] = {}
    for path, content in files.items():
        name = str(path)
        status = seen.files.get(name)
        if not isinstance(content, Keep):
            fresh[name] = content
        elif status and stat.S_ISREG(status.st_mode):
            kept[name] = status
        elif name != GITKEEP:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(target / name))
    return Change(seen=seen, kept=kept, fresh=fresh, folders=folders_of([*kept, *fresh]))


def _guard(change: Change) -> None:
    """Paths come from the plan, which has checked them: this is against a bug there."""
    wrong = {name for name in change.fresh if name == "." or "/../" in f"/{name}/"}
    wrong |= {name for name in change.fresh if name.startswith("/") or "\0" in name}
    for name in wrong | (change.folders & {*change.kept, *change.fresh}):  # a file and a folder
        raise SitegenError(f"{name!r} can't be the path of a file of the site.")


def _put(
    target: Path,
    change: Change,
    spare: Path | None,
    note: Callable[[str], None],
    swaps: Sequence[Swap],
) -> dict[str, Stamp]:
    """How the fresh files were left."""
    for name, status in change.kept.items():
        if status.st_mode != _FILE:
            set_mode(target / name, _FILE, status.st_mode)
    try:
        return _swap_in(target, change, spare, swaps)
    except CannotSwap as why:
        tidy(target)  # the new tree, before as much again is written
        note(f"{target} can't be swapped as a whole ({why}): its files are replaced one by one.")
        return _replace_each(target, change)
    finally:
        with suppress(OSError):  # a failure's own error matters more; the next build tries again
            tidy(target)


def _swap_in(
    target: Path, change: Change, spare: Path | None, swaps: Sequence[Swap]
) -> dict[str, Stamp]:
    """Make the whole new tree beside ``target`` and swap; what was there is spare, or for ``tidy``.

    All is on the disk, not only under way, before the swap. So what a power cut leaves is whole,
    whether it comes before the swap has reached the disk or after.
    """
    there = target.exists()
    if there and (not swaps or os.path.ismount(target)):
        raise CannotSwap("it is a mount point")
    if there and not os.access(target, os.W_OK):  # it could be exchanged, but never cleared away
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(target))
    new = beside(target, "new")
    if not (spare and take(spare, new, change)):
        _begin(target, new, there)
        make_folders(new, change.folders)
        for name, status in change.kept.items():
            _keep(target / name, new / name, status)
    stamps = _write_all(new, change.fresh)
    if not there:
        new.rename(target)
        return stamps
    swap(new, target, swaps)
    if spare:
        with suppress(OSError):  # then the next build has none
            give_back(new, spare, target, change)
    return stamps


def _begin(target: Path, new: Path, there: bool) -> None:
    """An empty folder for the new tree; CannotSwap where it can't be, but ``target`` could."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        make_folder(new)
    except OSError as error:
        if there and error.errno in NOT_ALLOWED:
            raise CannotSwap(f"{target.parent} can't be written to") from error
        raise


def _keep(old: Path, new: Path, status: os.stat_result) -> None:
    """Link; or copy, where links can't be made. ESTALE when it isn't what was seen there."""
    _require_same(old, status)
    try:
        new.hardlink_to(old)
    except OSError:
        _write(new, partial(_open, old))
        os.utime(new, ns=(status.st_atime_ns, status.st_mtime_ns))


def _require_same(path: Path, seen: os.stat_result) -> None:
    """What is kept was looked at when the build began: another site may have come meanwhile."""
    now = path.lstat()
    if not os.path.samestat(now, seen) or now.st_mtime_ns != seen.st_mtime_ns:
        raise OSError(errno.ESTALE, os.strerror(errno.ESTALE), str(path))


def _write_all(folder: Path, files: Mapping[str, bytes | Opens]) -> dict[str, Stamp]:
    """Write new files into folders that are there, down to the disk; how each is left."""
    stamps = {name: _write(folder / name, content) for name, content in files.items()}
    if stamps:
        flush(folder, stamps)
    return stamps


def _write(path: Path, content: bytes | Opens) -> Stamp:
    """Always a new file ("x"): one that is there may be shared with the site now in place."""
    with path.open("xb") as file:
        if isinstance(content, bytes):
            file.write(content)
        else:
            _copy(content, file)
    status = path.lstat()
    set_mode(path, _FILE, status.st_mode)
    return stamp_of(status)


def _open(path: Path) -> BinaryIO:
    return path.open("rb")


def _copy(opens: Opens, to: BinaryIO) -> None:
    """The bytes of a file, a little at a time: some are bigger than the memory."""
    with opens() as file:
        while data := file.read(1 << 20):
            to.write(data)


def _replace_each(target: Path, change: Change) -> dict[str, Stamp]:
    """Bring each new file to its place in one step: assets, pages, then what is obsolete goes."""
    for name, status in change.kept.items():
        _require_same(target / name, status)
    waiting = target / INSIDE
    make_folder(waiting)
    make_folders(waiting, folders_of(change.fresh))
    stamps = _write_all(waiting, change.fresh)
    # The record marks the folder as ours, so a first build puts it there before all else.
    last = 3 if (target / RECORD).exists() else 0
    turn = {name: last if name == RECORD else 1 + name.endswith(".html") for name in stamps}
    for name in sorted(stamps, key=lambda name: (turn[name], name)):
        _make_way(target, PurePosixPath(name))
        (waiting / name).replace(target / name)
    delete(waiting)
    now = look(target)
    clear(
        target, now.files.keys() - change.kept.keys() - stamps.keys(), now.folders - change.folders
    )
    return stamps


def _make_way(target: Path, path: PurePosixPath) -> None:
    """Folders where ``path`` needs folders, and none where it goes itself."""
    for folder in reversed(path.parents[:-1]):
        at = target / folder
        if at.is_symlink() or not at.is_dir():
            delete(at)
            make_folder(at)
    if (target / path).is_dir():
        delete(target / path)


def recover(output: Path) -> None:
    """Finish or clear away what a killed build left. For the start of a build, under its lock."""
    target = Path(os.path.realpath(output))
    with in_sentences(output), turn(target):
        tidy(target)
