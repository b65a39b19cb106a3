"""What it means when the system refuses to read or write: its errors as sentences."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sitegen.problems import SitegenError

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
    errno.ELOOP: ("a file has become a link", "Put a copy of the file in its place."),
    errno.ENOTDIR: ("a file, or a link, is where a folder must be", "Build again."),
    errno.ENAMETOOLONG: ("that path is too long", "Choose another folder with --output."),
    errno.ENOENT: ("a file went away in the meantime", "Build again."),
}


@contextmanager
def in_sentences(output: Path) -> Iterator[None]:
    """The system's errors, met while ``output`` is written, as SitegenErrors."""
    try:
        yield
    except OSError as error:
        why, fix = _PLAIN.get(error.errno or 0, (error.strerror or str(error), "Build again."))
        about = f" ({error.filename})" if error.filename else ""
        raise SitegenError(f"{output} could not be written: {why}{about}.", fix=fix) from error
