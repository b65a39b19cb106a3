"""content/ and templates/ → what is there, with a digest of each file.

A file whose size, times and inode are as they were at the last build is not read again.
"""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path, PurePosixPath

from sitegen.fingerprint import Digest, digest, digest_bytes
from sitegen.layout import is_litter
from sitegen.model import File
from sitegen.problems import Problem, SitegenError, problem

FOLDERS = ("content", "templates")
# A file written in the same tick of the clock as it was read may change and look the same:
# only what has rested for this long is believed without reading.
SETTLED_NS = 2_000_000_000
Marks = Mapping[str, tuple[int, int, int, str]]  # path → size, mtime, inode, digest


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree:
    """The files of a site, by path relative to its root, and how to know them again."""

    files: Mapping[PurePosixPath, File]
    marks: Marks
    problems: tuple[Problem, ...]


def scan(root: Path, known: Marks) -> Tree:
    """Every file of content/ and templates/ that is not litter, and of a site's config none."""
    files: dict[PurePosixPath, File] = {}
    marks: dict[str, tuple[int, int, int, str]] = {}
    problems: list[Problem] = []
    before = time.time_ns() - SETTLED_NS
    real_root = root.resolve()
    for name in FOLDERS:
        for entry in _walk(root / name, name, real_root, problems):
            path, status = entry
            key = path.as_posix()
            size, when, inode = status.st_size, status.st_mtime_ns, status.st_ino
            mark = known.get(key)
            if mark and mark[:3] == (size, when, inode):
                digest = mark[3]
            else:
                data = read_bytes(root / path)
                digest, size = digest_bytes(data), len(data)
            files[path] = File(source=path, digest=digest, size=size)
            if when < before:
                marks[key] = (size, when, inode, digest)
    return Tree(files=files, marks=marks, problems=tuple(problems))


def _walk(
    folder: Path, name: str, root: Path, problems: list[Problem]
) -> Iterator[tuple[PurePosixPath, os.stat_result]]:
    """Files below a folder with their status, in order. templates/root/ may hold hidden files."""
    try:
        entries = sorted(os.scandir(folder), key=lambda e: e.name)
    except FileNotFoundError:
        return
    except OSError as error:
        raise SitegenError(f"{folder} can't be read: {error.strerror}") from None
    for entry in entries:
        path = f"{name}/{entry.name}"
        if is_litter(entry.name) and not name.startswith("templates/root"):
            continue
        if not _sayable(entry.name):
            problems.append(problem("bad-name", "this file's name is not UTF-8", ascii(path)))
            continue
        if entry.is_symlink() and not Path(entry.path).resolve().is_relative_to(root):
            problems.append(problem("link-outside", "this link leads out of the site", path))
            continue
        try:
            status = entry.stat()
        except FileNotFoundError:  # gone since, or a link that leads nowhere
            continue
        if stat.S_ISDIR(status.st_mode):
            if not entry.is_symlink():  # a link to a folder could lead round in a circle
                yield from _walk(Path(entry.path), path, root, problems)
        elif stat.S_ISREG(status.st_mode):
            yield PurePosixPath(path), status


def _sayable(name: str) -> bool:
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def read_bytes(path: Path) -> bytes:
    """A file's bytes; SitegenError, in a sentence, when it can't be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise SitegenError(f"{path} can't be read: {error.strerror}") from None


@cache
def code_digest() -> Digest:
    """The digest of sitegen's own code and of the libraries that shape the output."""
    here = Path(__file__).parent
    code = tuple((str(p.relative_to(here)), p.read_bytes()) for p in sorted(here.rglob("*.py")))
    libraries = ("jinja2", "markdown", "markupsafe", "nh3", "pyyaml")
    return digest((code, tuple((name, version(name)) for name in libraries)))
