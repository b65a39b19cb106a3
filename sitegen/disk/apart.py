"""Posts that could take too long, parsed in a process of its own, which can be ended.

Nearly all posts are parsed where they are; those that ``limits.is_heavy`` knows of go to a child.
What ends that, a limit of the system or a fault of a library, is a fault of the one post that it
was at: all others are parsed, by another child.
"""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from itertools import compress
from pathlib import Path, PurePosixPath
from typing import Any

from sitegen.kinds import BY_FOLDER
from sitegen.model import Body, Document, Source
from sitegen.problems import Place, Problem, SitegenError, problem
from sitegen.prose import limits
from sitegen.source import frontmatter
from sitegen.source.face import faced
from sitegen.source.parse import Settings, parse

SECONDS = 20  # of computing for one post, where the system can tell (not on Windows)
PATIENCE = 300  # seconds of the clock for one post
MEMORY = 2 << 30  # bytes of addresses

_READY = b"ready"


def parse_batch(sources: Sequence[Source], settings: Settings) -> list[Document]:
    """The Documents of some Sources, in order. SitegenError when a process can't be started."""
    heavy = [limits.is_heavy(source.data) for source in sources]
    from_children = _in_children([*compress(sources, heavy)], settings)
    return [
        next(from_children) if apart else parse(source, settings)
        for source, apart in zip(sources, heavy, strict=True)
    ]


# In this process.


def _in_children(sources: Sequence[Source], settings: Settings) -> Iterator[Document]:
    left = deque(sources)
    while left:
        with _child(left, settings) as documents:
            for document in documents:
                left.popleft()
                yield document
        if left:
            yield _given_up(left.popleft(), settings)


@contextmanager
def _child(sources: Sequence[Source], settings: Settings) -> Iterator[Iterator[Document]]:
    """What a child makes of the Sources, one after the other, until it ends."""
    # It finds the same modules as this process, and none in the folder where it happens to be.
    paths = [str(Path(__file__).resolve().parents[2]), *sys.path]
    code = f"import sys; sys.path[:] = {paths!r}; from sitegen.disk import apart; apart.serve()"
    piped: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    try:
        child = subprocess.Popen(
            [sys.executable, "-I", "-c", code], stderr=subprocess.DEVNULL, **piped
        )
    except OSError as error:
        raise SitegenError(f"no process can be started: {error.strerror}") from None
    with child:
        answers = _answers(child)
        if next(answers, None) != _READY:
            raise SitegenError("a process of sitegen's own ended as soon as it was started")
        with suppress(BrokenPipeError):
            pickle.dump((tuple(sources), settings), child.stdin)  # type: ignore[arg-type]
            child.stdin.close()  # type: ignore[union-attr]
        try:
            yield answers
        finally:
            child.kill()


def _answers(child: subprocess.Popen[bytes]) -> Iterator[Any]:
    with suppress(EOFError, pickle.UnpicklingError, OSError):
        while True:
            yield pickle.load(child.stdout)  # type: ignore[arg-type]


def _given_up(source: Source, settings: Settings) -> Document:
    """A post of which only the front matter can be told, if that; and the fault that says so."""
    head = frontmatter.head(source.data)
    if head and head != source.data:
        (document,) = parse_batch([replace(source, data=head)], settings)
    else:
        document = _empty(source.path)
    return faced(replace(document, problems=(*document.problems, _fault(source))))


def _empty(path: PurePosixPath) -> Document:
    kind = BY_FOLDER[path.parts[0]].name
    return Document(path=path, kind=kind, front=None, places={}, body=Body(), prose={}, problems=())


def _fault(source: Source) -> Problem:
    return problem(
        "text-slow",
        "this text was given up: turning it into a page took too long, or too much memory",
        f"content/{source.path}",
        Place(line=limits.heaviest_line(frontmatter.readable(source.data))),
        fix="make it simpler, first of all the paragraph here, or make several pages of it;\n"
        "if the machine was at fault, build again with --force",
    )


# In the child.


def serve() -> None:
    """Parses what it is given, and answers each. Ends itself where one takes too long."""
    answer = sys.stdout.buffer
    _limit("RLIMIT_CORE", 0)
    _limit("RLIMIT_AS", MEMORY)
    pickle.dump(_READY, answer)
    answer.flush()
    sources, settings = pickle.load(sys.stdin.buffer)
    for source in sources:
        _watch()
        document = parse(source, settings)
        pickle.dump(document, answer)
        answer.flush()


def _watch() -> None:
    """A watch is set for the next post."""
    import faulthandler
    import time

    _limit("RLIMIT_CPU", int(time.process_time()) + SECONDS)
    faulthandler.dump_traceback_later(PATIENCE, exit=True)


def _limit(name: str, most: int) -> None:
    """A limit of this process, where the system has it. What passes it is ended, or fails."""
    with suppress(ImportError, AttributeError, ValueError, OSError):
        import resource

        which = getattr(resource, name)
        resource.setrlimit(which, (most, resource.getrlimit(which)[1]))
