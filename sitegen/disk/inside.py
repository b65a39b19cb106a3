"""Files inside a folder, opened so that nothing leads out of it and nothing is waited for.

Between a look at a folder and the reading of a file something else may have been put there.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from sitegen.problems import SitegenError

NO_FILE = "it is no file, but a folder, a pipe or a device"


def read_bytes(root: Path, path: PurePosixPath | str) -> bytes:
    """The bytes of a file below ``root``; SitegenError, in a sentence, when it can't be read."""
    try:
        with opened(root, path) as file:
            return file.read()
    except OSError as error:
        raise SitegenError(f"{root / path} can't be read: {reason(error)}") from None


def opened(root: Path, path: PurePosixPath | str) -> BinaryIO:
    """A file below ``root``, open for reading; OSError when it can't be.

    It is a plain file, and there is no link on the way to it; ``root`` itself may be one. Nothing
    is waited for: not for a pipe that nobody writes into, for one.
    """
    parts = str(path).split("/")
    if ".." in parts:
        raise OSError(errno.EINVAL, "it is not in the folder")
    descriptor = _descend(root, parts)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(errno.EINVAL, NO_FILE)
    return os.fdopen(descriptor, "rb")


def reason(error: OSError) -> str:
    """Why a file can't be opened, in an editor's words."""
    if error.errno in (errno.ELOOP, errno.ENOTDIR):
        return "it is a link to somewhere else, or lies behind one"
    return error.strerror or str(error)


if sys.platform == "win32":

    def _descend(root: Path, parts: list[str]) -> int:
        path = os.path.join(os.path.realpath(root), *parts)  # noqa: PTH118
        if os.path.realpath(path) != path:
            raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
        return os.open(path, os.O_RDONLY | os.O_BINARY)

else:
    _FOLDER = os.O_DIRECTORY | os.O_CLOEXEC | getattr(os, "O_PATH", os.O_RDONLY)
    _FILE = os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK

    def _descend(root: Path, parts: list[str]) -> int:
        at = os.open(root, _FOLDER)
        try:
            for part in parts[:-1]:
                inner = os.open(part, _FOLDER | os.O_NOFOLLOW, dir_fd=at)
                os.close(at)
                at = inner
            return os.open(parts[-1], _FILE, dir_fd=at)
        finally:
            os.close(at)
