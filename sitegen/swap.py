"""Two folders exchanged, and what a build that was killed in between left put right."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

INSIDE = ".sitegen-new"  # where files wait when they are replaced one by one

Swap = Callable[[Path, Path], None]  # (new, output): each is then where the other was, or OSError


def exchange(new: Path, output: Path) -> None:
    """Exchange two folders in one step of the system; OSError (ENOSYS) where it has none."""
    import ctypes  # here, since most runs have nothing to write

    names = os.fsencode(new), os.fsencode(output)
    call, arguments = "renameat2", (-100, names[0], -100, names[1], 2)  # 2: RENAME_EXCHANGE
    if sys.platform == "darwin":
        call, arguments = "renamex_np", (*names, 2)  # 2: RENAME_SWAP
    libc = ctypes.CDLL(None, use_errno=True) if os.name == "posix" else None
    function = getattr(libc, call, None)
    if function is None:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))
    if function(*arguments) != 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()), str(output))


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


def beside(target: Path, role: str) -> Path:
    """A hidden folder beside ``target``: "new" is being made or was replaced, "next", "old"."""
    return target.with_name(f".{target.name}.sitegen-{role}")


def delete(path: Path) -> None:
    """Whatever lies there, a folder with all that is in it; a link, and not where it leads."""
    if path.is_dir() and not path.is_symlink():
        import shutil  # here, since it is slow to load

        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
