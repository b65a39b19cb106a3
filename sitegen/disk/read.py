"""content/ and templates/ → what is there, with a digest of each file.

A file whose size, times and inode are as they were at the last build is not read again.
"""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath

from sitegen.disk.inside import NO_FILE, opened, reason
from sitegen.fingerprint import digest_bytes
from sitegen.model import File
from sitegen.options import FOLDERS, SETTLED_NS
from sitegen.problems import Problem, problem
from sitegen.source.layout import is_litter
from sitegen.urls import LONGEST

Mark = tuple[int, int, int, int, str]  # size, mtime, ctime, inode, digest
Marks = Mapping[str, Mark]  # by path


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree:
    """The files of a site, by path relative to its root, and how to know them again."""

    files: Mapping[PurePosixPath, File]
    marks: Marks
    problems: tuple[Problem, ...]


def scan(root: Path, known: Marks) -> Tree:
    """Every file of content/ and templates/ that is not litter, with what is wrong with any."""
    files: dict[PurePosixPath, File] = {}
    marks: dict[str, Mark] = {}
    problems: list[Problem] = []
    before = time.time_ns() - SETTLED_NS
    for name in FOLDERS:
        if (root / name).is_symlink():
            problems.append(_link(name))
            continue
        for key, status in _walk(root / name, name, problems):
            path = _path(key)
            looks = (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)
            mark = known.get(key)
            if mark and mark[:4] == looks:
                files[path] = File(source=path, digest=mark[4], size=status.st_size)
            elif (data := _readable(root, key, problems)) is not None:
                files[path] = File(source=path, digest=digest_bytes(data), size=len(data))
            if path in files and status.st_mtime_ns < before:
                marks[key] = (*looks, files[path].digest)
    return Tree(files=files, marks=marks, problems=tuple(problems))


@lru_cache(maxsize=1 << 16)
def _path(key: str) -> PurePosixPath:
    return PurePosixPath(key)


def _walk(folder: Path, name: str, problems: list[Problem]) -> Iterator[tuple[str, os.stat_result]]:
    """Files below a folder with their status, in order. templates/root/ may hold hidden files."""
    try:
        entries = sorted(os.scandir(folder), key=lambda e: e.name)
        for entry in entries:
            path = f"{name}/{entry.name}"
            if is_litter(entry.name, hidden=f"{name}/".startswith("templates/root/")):
                continue
            if fault := _misnamed(path, entry.name):
                problems.append(fault)
                continue
            if entry.is_symlink():
                problems.append(_link(path))
                continue
            with suppress(FileNotFoundError):  # gone since
                status = entry.stat()
                if stat.S_ISDIR(status.st_mode):
                    yield from _walk(Path(entry.path), path, problems)
                elif stat.S_ISREG(status.st_mode):
                    yield path, status
                else:
                    problems.append(_unreadable(path, NO_FILE))
    except FileNotFoundError:
        return
    except OSError as error:
        problems.append(_unreadable(name, error.strerror or str(error)))


def _misnamed(path: str, name: str) -> Problem | None:
    """A name that can't be told of, or a path that no disk would take in output/."""
    if not name.isprintable():  # nor are bytes that are no UTF-8
        fix = "rename it, with letters, digits and hyphens"
        return problem("bad-name", "this file's name can't be shown", ascii(path), fix=fix)
    if len(path.encode()) > LONGEST:
        fix = "use shorter names, and fewer folders in each other"
        return problem("bad-name", f"this path has over {LONGEST} bytes", path, fix=fix)
    return None


def _readable(root: Path, path: str, problems: list[Problem]) -> bytes | None:
    """A file's bytes; None, with a fault, when it can't be read: all others can still be told."""
    try:
        with opened(root, path) as file:
            return file.read()
    except FileNotFoundError:  # gone since
        return None
    except OSError as error:
        problems.append(_unreadable(path, reason(error)))
        return None


def _unreadable(path: str, why: str) -> Problem:
    fix = "check who may read it, or take it out of the folder"
    return problem("unreadable-file", f"this can't be read: {why}", path, fix=fix)


def _link(path: str) -> Problem:
    """A symbolic link could lead anywhere: to a draft, a secret, or round in a circle."""
    message = "this is a link to another file; what is published must lie here itself"
    return problem("symbolic-link", message, path, fix="put a copy of the file in its place")
