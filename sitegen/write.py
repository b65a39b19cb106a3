"""Puts the finished site in place: at every instant output/ is one complete site, old or new.

The new tree is staged in a hidden folder beside output/, unchanged files as hard links, and then
the two folders are exchanged in one step. A build that is killed leaves at most hidden folders,
which the next one clears away (``recover``). Where folders can't be exchanged, a mount point for
one, the files are replaced one by one, each in one step.
"""

from __future__ import annotations

import errno
import os
import shutil
import stat
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from sitegen.problems import SitegenError
from sitegen.swap import INSIDE, NOT_ALLOWED, SWAPS, CannotSwap, Swap, beside, delete, swap, tidy

FILE_MODE = 0o644
FOLDER_MODE = 0o755
RECORD = PurePosixPath("build.json")
GITKEEP = PurePosixPath(".gitkeep")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """How a written file was left."""

    size: int
    mtime_ns: int


@dataclass(frozen=True, slots=True)
class Keep:
    """The file as it is in output/ already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """``same``: the files that are as they were left. ``extra``: files and folders unheard of."""

    same: frozenset[PurePosixPath]
    extra: frozenset[PurePosixPath]


Content = bytes | Path | Keep  # the bytes, a copy of that file, or what is there already
Files = Mapping[PurePosixPath, Content]


def survey(output: Path, stamps: Mapping[PurePosixPath, Stamp]) -> Survey:
    """Compare output/ with how it was left, in one pass and without reading a file."""
    with _plain_errors(output):
        found, extra = _scan(output, stamps)
    same = frozenset(path for path, stamp in found.items() if stamp == stamps[path])
    return Survey(same=same, extra=frozenset(extra))


def _scan(
    output: Path, wanted: Collection[PurePosixPath]
) -> tuple[dict[PurePosixPath, Stamp], set[PurePosixPath]]:
    """The wanted files that are there, and all else; a stray folder stands for all in it."""
    paths = {str(path): path for path in wanted}
    folders = {str(folder) for folder in _folders(wanted)}
    found: dict[PurePosixPath, Stamp] = {}
    extra: set[PurePosixPath] = set()
    todo = [("", str(output))] if output.is_dir() else []
    while todo:
        prefix, folder = todo.pop()
        with os.scandir(folder) as entries:
            for entry in entries:
                name = prefix + entry.name
                if entry.is_dir(follow_symlinks=False) and name in folders:
                    todo.append((name + "/", entry.path))
                elif name in paths and entry.is_file(follow_symlinks=False):
                    found[paths[name]] = _stamp(entry.stat(follow_symlinks=False))
                elif name != str(GITKEEP):
                    extra.add(PurePosixPath(name))
    return found, extra


def _folders(paths: Iterable[PurePosixPath]) -> set[PurePosixPath]:
    """Every folder that these paths are in, the root among them."""
    folders = {PurePosixPath()}
    for path in paths:
        while (path := path.parent) not in folders:
            folders.add(path)
    return folders


def _stamp(status: os.stat_result) -> Stamp:
    return Stamp(size=status.st_size, mtime_ns=status.st_mtime_ns)


def put(
    output: Path,
    files: Files,
    *,
    note: Callable[[str], None] = lambda text: None,
    swaps: Sequence[Swap] = SWAPS,
) -> dict[PurePosixPath, Stamp]:
    """Make output/ hold exactly ``files`` (and its .gitkeep), and say how each was left.

    When all is there already, nothing is touched. ``note`` is told when the files had to be
    replaced one by one; ``swaps`` are the ways to avoid that, tried in turn. SitegenError when
    the system refuses: output/ is then as it was, or half replaced if it was one by one.
    """
    target = output.resolve()
    _guard(files)
    with _plain_errors(output):
        tidy(target)
        found, extra = _scan(target, files)
        if extra or len(found) < len(files) or _fresh(files):
            _put(target, files, note, swaps)
            found, _ = _scan(target, files)
    return found


def _guard(files: Files) -> None:
    """Paths come from the plan, which has checked them: this is against a bug there."""
    wrong = {p for p in files if p.is_absolute() or ".." in p.parts or "\0" in str(p)}
    for path in wrong | (_folders(files) & files.keys()):  # a file can't be a folder too
        raise SitegenError(f"{str(path)!r} can't be the path of a file of the site.")


def _fresh(files: Files) -> dict[PurePosixPath, bytes | Path]:
    """What is not there yet."""
    return {path: c for path, c in files.items() if not isinstance(c, Keep)}


def _put(target: Path, files: Files, note: Callable[[str], None], swaps: Sequence[Swap]) -> None:
    kept: Files = {GITKEEP: Keep()} if (target / GITKEEP).is_file() else {}
    try:
        _swap_in(target, {**kept, **files}, swaps)
    except CannotSwap as why:
        tidy(target)  # the staged tree, before as much again is written
        note(f"{target} can't be swapped as a whole ({why}): its files are replaced one by one.")
        _replace_each(target, {**kept, **files})
    finally:
        with suppress(OSError):  # a failure's own error matters more; the next build tries again
            tidy(target)


def _swap_in(target: Path, files: Files, swaps: Sequence[Swap]) -> None:
    """Stage the whole tree beside ``target`` and swap; what was there is left for ``tidy``."""
    there = target.exists()
    if there and (not swaps or os.path.ismount(target)):
        raise CannotSwap("it is a mount point")
    new = beside(target, "new")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        new.mkdir()
    except OSError as error:
        if there and error.errno in NOT_ALLOWED:
            raise CannotSwap(f"{target.parent} can't be written to") from error
        raise
    _stage(new, files, kept_in=target)
    if there:
        swap(new, target, swaps)
    else:
        new.rename(target)


def _stage(new: Path, files: Files, *, kept_in: Path) -> None:
    """Fill the folder ``new``. All is on the disk, not only under way, when this returns.

    Only bytes are synced. Names need none of it: file systems journal those in order, so a swap
    that survives a power cut finds all that came before it.
    """
    for folder in sorted(_folders(files), key=str):
        (new / folder).mkdir(exist_ok=True)
        _set_mode(new / folder, FOLDER_MODE)
    fresh = _fresh(files)
    for path in files.keys() - fresh.keys():
        _keep(kept_in / path, new / path)
    with ThreadPoolExecutor(8) as pool:  # a disk syncs eight files in little more time than one
        list(pool.map(lambda path: _write(new / path, fresh[path]), fresh))


def _write(path: Path, content: bytes | Path) -> None:
    """Always a new file ("x"): one that is there may be shared with the site now in place."""
    with path.open("xb") as file:
        if isinstance(content, bytes):
            file.write(content)
        else:
            with content.open("rb") as source:
                shutil.copyfileobj(source, file, 1 << 20)
        file.flush()
        _set_mode(path, FILE_MODE)
        os.fsync(file.fileno())


def _keep(old: Path, new: Path) -> None:
    """Link; or copy, where links can't be made or the old one is no plain file."""
    status = old.lstat()
    try:
        if not stat.S_ISREG(status.st_mode):
            raise OSError(errno.EINVAL, "not a plain file")
        new.hardlink_to(old)
    except OSError:
        _write(new, old)
        os.utime(new, ns=(status.st_atime_ns, status.st_mtime_ns))
    else:
        if stat.S_IMODE(status.st_mode) != FILE_MODE:
            _set_mode(new, FILE_MODE)


def _set_mode(path: Path, mode: int) -> None:
    with suppress(PermissionError):  # it's ours, so this is a file system without modes
        path.chmod(mode)


def _replace_each(target: Path, files: Files) -> None:
    """Bring each new file to its place in one step: assets, pages, then what is obsolete goes."""
    fresh = _fresh(files)
    found, _ = _scan(target, files)
    for path in files.keys() - fresh.keys() - found.keys():  # before anything is touched
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(target / path))
    waiting = target / INSIDE
    waiting.mkdir()
    _stage(waiting, fresh, kept_in=target)
    # The record marks the folder as ours, so a first build puts it there before all else.
    last = 3 if (target / RECORD).exists() else 0
    turn = {path: last if path == RECORD else 1 + (path.suffix == ".html") for path in fresh}
    for path in sorted(fresh, key=lambda path: (turn[path], path)):
        _make_way(target, path)
        (waiting / path).replace(target / path)
    for stray in _scan(target, files)[1]:
        delete(target / stray)


def _make_way(target: Path, path: PurePosixPath) -> None:
    """Folders where ``path`` needs folders, and none where it goes itself."""
    for folder in reversed(path.parents[:-1]):
        at = target / folder
        if at.is_symlink() or not at.is_dir():
            delete(at)
            at.mkdir()
            _set_mode(at, FOLDER_MODE)
    if (target / path).is_dir():
        delete(target / path)


def recover(output: Path) -> None:
    """Finish or clear away what a killed build left. For the start of a build, under its lock."""
    with _plain_errors(output):
        tidy(output.resolve())


_SPACE = "Free some space, then build again."
_RIGHTS = "Check who owns it and who may write to it, then build again."
_PLAIN = {
    errno.ENOSPC: ("the disk is full", _SPACE),
    errno.EDQUOT: ("your share of the disk is used up", _SPACE),
    errno.EFBIG: ("a file is bigger than this system allows", "Make it smaller, or ask for more."),
    errno.EACCES: ("sitegen isn't allowed to", _RIGHTS),
    errno.EPERM: ("sitegen isn't allowed to", _RIGHTS),
    errno.EROFS: ("that disk can only be read", "Choose another folder with --output."),
    errno.EMFILE: ("too many files are open", "Close other programs, then build again."),
    errno.ENFILE: ("too many files are open", "Close other programs, then build again."),
    errno.ENOENT: ("a file went away in the meantime", "Build again."),
}


@contextmanager
def _plain_errors(output: Path) -> Iterator[None]:
    """The system's errors as sentences."""
    try:
        yield
    except OSError as error:
        why, fix = _PLAIN.get(error.errno or 0, (error.strerror or str(error), "Build again."))
        about = f" ({error.filename})" if error.filename else ""
        raise SitegenError(f"{output} could not be written: {why}{about}.", fix=fix) from error
