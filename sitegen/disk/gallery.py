"""The pictures that are made of pictures: each is made once a content, and kept in .sitegen/.

A file's name there tells what it was made from and how, and ends in the digest of its own bytes:
one that lost some is made anew.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path, PurePosixPath

from sitegen.disk.guard import HALF
from sitegen.disk.inside import read_bytes
from sitegen.disk.refusals import plainly
from sitegen.disk.shapes import code_digest
from sitegen.disk.state import SPARE
from sitegen.disk.workers import Workers
from sitegen.fingerprint import Digest, digest, digest_bytes
from sitegen.model import Derived, Recipe
from sitegen.problems import Problem, SitegenError, problem

PAGES = 50  # as many are rendered while a picture is made


def make(
    outputs: Sequence[Derived],
    root: Path,
    memory: Path,
    workers: Workers,
    *,
    afresh: bool,
    progress: Callable[[str, int, int], None],
) -> Iterator[tuple[PurePosixPath, Path | Problem]]:
    """The file that each picture is in, by its output's path; or why it can't be made.

    They are made of files of the site at ``root`` and kept in ``memory``; ``afresh`` makes every
    picture anew. SitegenError when .sitegen/ can't be written to.
    """
    held = {} if afresh else _held(memory)
    wanted = {_key(o.digest, o.recipe): o for o in outputs}
    found: dict[Digest, Path | Problem] = {
        key: held[key] for key in wanted if key in held and _is_whole(held[key])
    }
    missing = {key: output for key, output in wanted.items() if key not in found}
    executor = workers.beside(len(missing) * PAGES)
    rows = executor.map(partial(_make, root, memory), missing.values())
    for done, (key, result) in enumerate(zip(missing, rows, strict=True), 1):
        progress("Making pictures", done, len(missing))
        found[key] = result
    for output in outputs:
        yield output.path, found[_key(output.digest, output.recipe)]


def clear(memory: Path, outputs: Iterable[Derived]) -> None:
    """Delete pictures that no output wants, once they are many."""
    held, wanted = _held(memory), {_key(o.digest, o.recipe) for o in outputs}
    gone = held.keys() - wanted
    if len(gone) > SPARE + len(held) // 2:
        for key in gone:
            held[key].unlink(missing_ok=True)


def _folder(memory: Path) -> Path:
    return memory / "images"


def _key(source: Digest, recipe: Recipe) -> Digest:
    return digest((source, recipe, code_digest()))


def _held(memory: Path) -> dict[Digest, Path]:
    """What lies there, by the digest of all that it was made from."""
    return {
        path.stem: path
        for path in _folder(memory).glob("*.*")
        if path.is_file() and not path.is_symlink()
    }


def _is_whole(path: Path) -> bool:
    return digest_bytes(read_bytes(path.parent, path.name)) == path.suffix[1:]


def _make(root: Path, memory: Path, output: Derived) -> Path | Problem:
    """Make a picture, and put it where it is kept in one step."""
    from sitegen.disk import images  # and with it Pillow, only when there is something to do

    data = read_bytes(root, output.source)
    try:
        made = images.make(data, output.recipe)
    except images.Unusable as reason:
        return problem(reason.code, str(reason), output.owner, fix=reason.fix)
    # The file may have changed since it was looked for: it is kept under what was read.
    path = _folder(memory) / f"{_key(digest_bytes(data), output.recipe)}.{digest_bytes(made)}"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _put(path, made)
    except OSError as error:
        why, fix = plainly(error)
        raise SitegenError(f"{path} can't be written: {why}.", fix=fix) from None
    return path


def _put(path: Path, made: bytes) -> None:
    """In one step. The preview makes pictures too, and a build that begins meanwhile clears up."""
    half = path.parents[1] / f"{path.stem}.{os.getpid()}-{threading.get_ident()}{HALF}"
    for last in (False, False, True):
        try:
            half.write_bytes(made)
            half.replace(path)
        except FileNotFoundError:
            if last:
                raise
        else:
            break
