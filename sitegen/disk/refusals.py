"""What it means when the system refuses, a file or memory: its errors as sentences."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sitegen.problems import SitegenError

_SPACE = "Free some space, then build again."
_RIGHTS = "Check who owns it and who may write to it, then build again."
_FILES = "Close other programs, or allow more (ulimit -n), then build again."
_MEMORY = "Close other programs, or use --jobs 1, then build again."
_PLAIN = {
    errno.ENOSPC: ("the disk is full", _SPACE),
    errno.EDQUOT: ("your share of the disk is used up", _SPACE),
    errno.EFBIG: ("a file is bigger than this system allows", "Make it smaller, or ask for more."),
    errno.EACCES: ("sitegen isn't allowed to", _RIGHTS),
    errno.EPERM: ("sitegen isn't allowed to", _RIGHTS),
    errno.EROFS: ("that disk can only be read", "Choose another folder with --output."),
    errno.EMFILE: ("too many files are open", _FILES),
    errno.ENFILE: ("too many files are open", _FILES),
    errno.EAGAIN: ("no more processes may be started", _MEMORY),
    errno.ENOMEM: ("there is not enough memory", _MEMORY),
    errno.EIO: ("the disk failed", "Check the disk, then build again."),
    errno.ELOOP: ("it is a link to somewhere else", "Put a copy of the file in its place."),
    errno.ENOTDIR: ("a file, or a link, is where a folder must be", "Build again."),
    errno.ENAMETOOLONG: ("that path is too long", "Choose another folder with --output."),
    errno.ENOENT: ("a file went away in the meantime", "Build again."),
    errno.ESTALE: ("somebody else changed it in the meantime", "Build again."),
}


def plainly(error: OSError) -> tuple[str, str]:
    """Why the system refuses, and what to do about it."""
    return _PLAIN.get(error.errno or 0, (error.strerror or str(error), "Build again."))


def told(error: Exception) -> SitegenError | None:
    """What to say where a command met this; None where the system refused nothing."""
    if isinstance(error, OSError):
        why, fix = plainly(error)
        return SitegenError(f"The system refused: {why}{_about(error)}.", fix=fix)
    if isinstance(error, MemoryError) or _is_shortage(error):
        return SitegenError("The system refused: there is not enough memory.", fix=_MEMORY)
    return None


def _is_shortage(error: Exception) -> bool:
    """Libraries that can't be loaded and threads that can't be started, for want of memory."""
    if isinstance(error, ImportError):
        return ".so" in str(error)
    return type(error) is RuntimeError and "start new thread" in str(error)


@contextmanager
def in_sentences(output: Path) -> Iterator[None]:
    """The system's errors, met while ``output`` is written, as SitegenErrors."""
    try:
        yield
    except OSError as error:
        why, fix = plainly(error)
        raise SitegenError(
            f"{output} could not be written: {why}{_about(error)}.", fix=fix
        ) from error


def _about(error: OSError) -> str:
    return f" ({error.filename})" if error.filename else ""
