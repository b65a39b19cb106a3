"""The pictures that are made of pictures: each is made once a content, and kept in .sitegen/.

A file's name there tells what it was made from and how, and ends in the digest of its own bytes:
one that lost some is made anew.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path, PurePosixPath

from sitegen.fingerprint import Digest, digest, digest_bytes
from sitegen.inside import read_bytes
from sitegen.model import Derived, Recipe
from sitegen.options import FOLDER
from sitegen.problems import Problem, SitegenError, problem
from sitegen.shapes import code_digest
from sitegen.state import SPARE
from sitegen.workers import Workers

PAGES = 50  # as many are rendered while a picture is made
PARTIAL = ".part"


def make(
    outputs: Sequence[Derived],
    root: Path,
    workers: Workers,
    *,
    afresh: bool,
    progress: Callable[[str, int, int], None],
) -> Iterator[tuple[PurePosixPath, Path | Problem]]:
    """The file that each picture is in, by its output's path; or why it can't be made.

    ``afresh`` makes every picture anew. SitegenError when .sitegen/ can't be written to.
    """
    held = {} if afresh else _held(root)
    wanted = {_key(o.digest, o.recipe): o for o in outputs}
    found: dict[Digest, Path | Problem] = {
        key: held[key] for key in wanted if key in held and _is_whole(held[key])
    }
    missing = {key: output for key, output in wanted.items() if key not in found}
    executor = workers.beside(len(missing) * PAGES)
    rows = executor.map(partial(_make, root), missing.values())
    for done, (key, result) in enumerate(zip(missing, rows, strict=True), 1):
        progress("Making pictures", done, len(missing))
        found[key] = result
    for output in outputs:
        yield output.path, found[_key(output.digest, output.recipe)]


def clear(root: Path, outputs: Iterable[Derived]) -> None:
    """Delete what was only half written, and pictures that no output wants, once they are many."""
    for half in _folder(root).glob(f"*{PARTIAL}"):
        if half.is_file():
            half.unlink(missing_ok=True)
    held, wanted = _held(root), {_key(o.digest, o.recipe) for o in outputs}
    gone = held.keys() - wanted
    if len(gone) > SPARE + len(held) // 2:
        for key in gone:
            held[key].unlink(missing_ok=True)


def _folder(root: Path) -> Path:
    return root / FOLDER / "images"


def _key(source: Digest, recipe: Recipe) -> Digest:
    return digest((source, recipe, code_digest()))


def _held(root: Path) -> dict[Digest, Path]:
    """What lies there, by the digest of all that it was made from."""
    return {
        path.stem: path
        for path in _folder(root).glob("*.*")
        if path.suffix != PARTIAL and path.is_file() and not path.is_symlink()
    }


def _is_whole(path: Path) -> bool:
    return digest_bytes(read_bytes(path.parent, path.name)) == path.suffix[1:]


def _make(root: Path, output: Derived) -> Path | Problem:
    """Make a picture, and put it where it is kept in one step."""
    from sitegen import images  # and with it Pillow, only when there is something to do

    data = read_bytes(root, output.source)
    try:
        made = images.make(data, output.recipe)
    except images.Unusable as reason:
        return problem(reason.code, str(reason), output.owner, fix=reason.fix)
    # The file may have changed since it was looked for: it is kept under what was read.
    path = _folder(root) / f"{_key(digest_bytes(data), output.recipe)}.{digest_bytes(made)}"
    partial_ = path.with_suffix(f".{threading.get_ident()}{PARTIAL}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        partial_.write_bytes(made)
        partial_.replace(path)
    except OSError as error:
        raise SitegenError(f"{path} can't be written: {error.strerror}") from None
    return path
