"""The shape of every picture that is used: looked up once a content, then remembered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, partial
from importlib.metadata import version
from pathlib import Path, PurePosixPath

from sitegen.disk.inside import read_bytes
from sitegen.disk.state import SPARE, Store
from sitegen.disk.workers import Workers
from sitegen.fingerprint import Digest, digest, digest_bytes
from sitegen.model import File, Shape
from sitegen.problems import Problem, Severity, problem
from sitegen.site.targets import IMAGES

PAGES = 4  # as many are rendered while a picture is measured
SHORT = {"jpeg": "jpg"}  # two endings for one kind

Fault = tuple[str, str, str]  # code, message and fix


@cache
def code_digest() -> Digest:
    """The digest of what shapes a picture: this code, and Pillow."""
    names = ("disk/images.py", "formats/metadata.py")
    code = tuple((Path(__file__).parents[1] / name).read_bytes() for name in names)
    return digest((code, version("pillow")))


def measure(
    root: Path,
    files: Iterable[File],
    store: Store,
    workers: Workers,
    *,
    afresh: bool,
    progress: Callable[[str, int, int], None],
) -> tuple[Mapping[Digest, Shape], list[Problem]]:
    """The shape of each picture among the files, by digest, and what is wrong with pictures.

    What is measured is remembered in the store; ``afresh`` looks at every picture again.
    """
    pictures = [file for file in files if _ending(file) in IMAGES]
    known = {} if afresh else store.shapes(code_digest())
    missing = {file.digest: file.source for file in pictures if file.digest not in known}
    executor = workers.beside(len(missing) * PAGES)
    shapes, faults, fresh = dict(known), {}, {}
    rows = executor.map(partial(_look, root), missing.values())
    for done, (key, (read, found)) in enumerate(zip(missing, rows, strict=True), 1):
        progress("Measuring pictures", done, len(missing))
        if isinstance(found, Shape):
            shapes[key] = fresh[read] = found
        else:
            faults[key] = found
    if fresh:
        store.remember_shapes(code_digest(), _kept(known, {f.digest for f in pictures}) | fresh)
    return shapes, [p for file in pictures for p in _problems(file, shapes, faults)]


def _look(root: Path, source: PurePosixPath) -> tuple[Digest, Shape | Fault]:
    """A picture's shape or fault, and the digest of what was read: it may have changed since."""
    from sitegen.disk import images  # and with it Pillow, only when there is something to do

    data = read_bytes(root, source)
    try:
        return digest_bytes(data), images.measure(data)
    except images.Unusable as reason:
        return digest_bytes(data), (reason.code, reason.message, reason.fix)


def _kept(known: Mapping[Digest, Shape], wanted: set[Digest]) -> dict[Digest, Shape]:
    """The shapes to go on remembering; many that no page uses are too many."""
    if len(known) <= SPARE + 2 * len(wanted):
        return dict(known)
    return {key: shape for key, shape in known.items() if key in wanted}


def _ending(file: File) -> str:
    return file.source.suffix.lstrip(".").lower()


def _problems(
    file: File, shapes: Mapping[Digest, Shape], faults: Mapping[Digest, Fault]
) -> Iterator[Problem]:
    """What is wrong with a picture, or with its name."""
    path, ending = file.source.as_posix(), SHORT.get(_ending(file), _ending(file))
    if file.digest in faults:
        code, message, fix = faults[file.digest]
        yield problem(code, message, path, fix=fix)
        return
    kind = shapes[file.digest].kind
    right = SHORT.get(kind, kind)
    if right != ending:
        message = f'this picture is {kind.upper()}, though its name ends in "{file.source.suffix}"'
        fix = f"rename it to {file.source.with_suffix(f'.{right}').name}, also where it is used"
        # Browsers look into a picture, and don't mind its name; of drawings they do.
        severity = Severity.ERROR if "svg" in (right, ending) else Severity.WARNING
        yield problem("image-type", message, path, fix=fix, severity=severity)
