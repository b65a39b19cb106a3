"""Two folders exchanged, when the new one is on the disk and nobody else is at it.

What a build that was killed in between left is put right.
"""

from __future__ import annotations

import errno
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sitegen.problems import SitegenError

PATIENCE = 60.0  # seconds that somebody else may write beside the output
_PAUSE = 0.05  # between two tries
INSIDE = ".sitegen-new"  # where files wait when they are replaced one by one

Swap = Callable[[Path, Path], None]  # (new, output): each is then where the other was, or OSError


def exchange(new: Path, output: Path) -> None:
    """Exchange two folders in one step of the system; OSError (ENOSYS) where it has none."""
    names = os.fsencode(new), os.fsencode(output)
    call, arguments = "renameat2", (-100, names[0], -100, names[1], 2)  # 2: RENAME_EXCHANGE
    if sys.platform == "darwin":
        call, arguments = "renamex_np", (*names, 2)  # 2: RENAME_SWAP
    _call(call, *arguments, about=output)


def flush(folder: Path, names: Iterable[str]) -> None:
    """Have what was written to these files of a folder on the disk, not only under way.

    Where the system can, it is asked once, for all of its disk: a disk takes a thousand files
    together in a tenth of the time that it takes for them one by one.
    """
    at = os.open(folder, os.O_RDONLY) if sys.platform == "linux" else -1
    try:
        _call("syncfs", at, about=folder)
    except OSError as error:
        if error.errno not in _NOT_HERE | NOT_ALLOWED:
            raise
        for name in names:
            with (folder / name).open("r+b") as file:
                os.fsync(file.fileno())
    finally:
        if at >= 0:
            os.close(at)


def _call(name: str, *arguments: Any, about: Path) -> None:
    """A function of the system's that Python has no name for; OSError, ENOSYS where it has none."""
    import ctypes  # here, since most runs have nothing to write

    libc = ctypes.CDLL(None, use_errno=True) if os.name == "posix" else None
    function = getattr(libc, name, None)
    if function is None:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))
    if function(*arguments) != 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()), str(about))


def two_renames(new: Path, output: Path) -> None:
    """Put ``new`` in place by two renames. Killed in between, ``tidy`` does the second."""
    complete, old = beside(output, "next"), beside(output, "old")
    new.rename(complete)
    output.rename(old)
    try:
        complete.rename(output)
    except OSError:
        old.rename(output)
        raise
    old.rename(new)


SWAPS: Sequence[Swap] = (exchange, two_renames)


NOT_ALLOWED = {errno.EACCES, errno.EPERM, errno.EROFS}


_NOT_HERE = {errno.EBUSY, errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EXDEV}


class CannotSwap(Exception):
    """Output/ can't be replaced as a whole."""


def swap(new: Path, target: Path, swaps: Sequence[Swap]) -> None:
    why = ""
    for way in swaps:
        try:
            return way(new, target)
        except OSError as error:
            if error.errno not in _NOT_HERE | NOT_ALLOWED:
                raise
            why = error.strerror or str(error)
    raise CannotSwap(why)


def tidy(target: Path) -> None:
    """Only ``two_renames`` can leave no output: "next" is then the complete new site."""
    new, complete, old = (beside(target, role) for role in ("new", "next", "old"))
    if not target.exists():
        for site in (complete, old):
            if site.is_dir() and not site.is_symlink():
                site.rename(target)
                break
    for leftover in (new, complete, old, target / INSIDE):
        delete(leftover)


@contextmanager
def turn(target: Path) -> Iterator[None]:
    """Wait until nobody writes beside ``target``, and then have others wait.

    One site has its own lock, but two may be built into one folder. What is locked is the folder
    that holds ``target``; where that can't be, it is done without. SitegenError when somebody has
    it for longer than a build may take to write.
    """
    held = _held(target.parent)
    try:
        yield
    finally:
        if held is not None:
            os.close(held)


def beside(target: Path, role: str) -> Path:
    """A hidden folder beside ``target``: "new" is being made or was replaced, "next", "old"."""
    return target.with_name(f".{target.name}.sitegen-{role}")


def delete(path: Path) -> None:
    """Whatever lies there, a folder with all that is in it; a link, and not where it leads."""
    if path.is_dir() and not path.is_symlink():
        import shutil  # here, since it is slow to load

        try:
            shutil.rmtree(path)
        except OSError as error:  # which names a file without its folder
            raise OSError(error.errno, error.strerror, str(path)) from error
    else:
        path.unlink(missing_ok=True)


if sys.platform == "win32":

    def _held(folder: Path) -> int | None:
        return None

else:
    import fcntl

    def _held(folder: Path) -> int | None:
        """The folder, open and locked."""
        try:
            fd = os.open(folder, os.O_RDONLY)
        except OSError:
            return None
        end = time.monotonic() + PATIENCE
        while True:
            try:
                fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() > end:
                    os.close(fd)
                    raise SitegenError(
                        f"{folder} is locked by another program, which does not let go of it.",
                        fix="End that program, or have it lock something else: builds need no help"
                        " to keep out of each other's way.",
                    ) from None
                time.sleep(_PAUSE)
            except OSError:  # some network disks can't
                os.close(fd)
                return None
            else:
                return fd
