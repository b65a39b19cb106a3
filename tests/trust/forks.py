"""Builds in copies of a process that has all loaded: quick, and each can be harmed at will.

``python -m tests.trust.forks`` reads orders, one a line; ``Forks`` writes them.
"""

from __future__ import annotations

import builtins
import gc
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any

from sitegen import cli
from tests.sites import NOW, PLAIN, REPO, build, make_site, post

CHANGES = {"mkdir", "link", "symlink", "rename", "remove", "rmdir", "chmod", "utime", "truncate"}
Harm = tuple[Any, ...]  # the name of a function below, and its arguments


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """How a build ended: its exit code, less than 0 for a signal, and all that it said."""

    code: int
    said: str


class Forks:
    """The process whose copies build."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "tests.trust.forks"]
        self._process = subprocess.Popen(
            command,
            env={**os.environ, "PYTHONPATH": str(REPO)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> Forks:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate()

    def build(self, root: Path, *arguments: str, harm: Harm = ()) -> Ended:
        """``sitegen build`` in a copy that is harmed first, or while it builds."""
        usual = ["build", "--quiet", "--now", NOW, "--jobs", "1"]
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write(json.dumps([str(root), [*usual, *arguments], harm]) + "\n")
        self._process.stdin.flush()
        code, said = json.loads(self._process.stdout.readline())
        return Ended(code=code, said=said)


# What is done to a copy before it builds


def _at(number: int, of: Callable[[str, tuple[Any, ...]], bool], do: Callable[[], object]) -> None:
    """At the so-many-th event of a kind, and at all after it, do something first."""
    left = number

    def hook(event: str, args: tuple[Any, ...]) -> None:
        nonlocal left
        if of(event, args):
            left -= 1
            if left <= 0:
                do()

    sys.addaudithook(hook)


def _changes(event: str, args: tuple[Any, ...]) -> bool:
    """A change to the disk: sqlite's own are not seen by Python."""
    writes = event == "open" and isinstance(args[2], int) and args[2] & os.O_ACCMODE
    return bool(writes) or event == "ctypes.dlsym" or event.removeprefix("os.") in CHANGES


def _opens(part: str, event: str, args: tuple[Any, ...]) -> bool:
    """Whether a file is opened: by its path, or by its name in a folder that is open."""
    return event == "open" and str(args[0]).rpartition("/")[2] == Path(part).name


def _once(do: Callable[[], object]) -> Callable[[], object]:
    """Only the first time."""
    todo = [do]
    return lambda: todo.pop()() if todo else None


def killed(number: int, sign: int = signal.SIGKILL) -> None:
    """Before the so-many-th change to the disk, by a signal."""
    _at(number, _changes, lambda: os.kill(os.getpid(), sign))


def refused(number: int, why: int, *, ever: bool = False) -> None:
    """The so-many-th change to the disk; and all after it, if for ``ever``."""

    def refuse() -> None:
        raise OSError(why, os.strerror(why))

    _at(number, _changes, refuse if ever else _once(refuse))


def refused_for_ever(number: int, why: int) -> None:
    """The so-many-th change to the disk and all after it."""
    refused(number, why, ever=True)


def unreadable(part: str, why: int) -> None:
    """Each file of that name."""

    def refuse() -> None:
        raise OSError(why, os.strerror(why))

    _at(1, lambda event, args: _opens(part, event, args), refuse)


def meanwhile(number: int, part: str, *commands: str) -> None:
    """Shell commands by somebody else, when a file of that name is opened; it is told."""

    def do() -> None:
        for command in commands:
            os.posix_spawn("/bin/sh", ["sh", "-c", command], os.environ)
            os.wait()
        os.write(1, b"meanwhile\n")

    _at(number, lambda event, args: _opens(part, event, args), _once(do))


def limited(name: str, most: int) -> None:
    """By the system, in what it may use."""
    import resource

    which = getattr(resource, name)
    resource.setrlimit(which, (most, resource.getrlimit(which)[1]))


def squeezed(more: int) -> None:
    """So many bytes of memory more than it has now."""
    has = int(Path("/proc/self/statm").read_text().split()[0]) * os.sysconf("SC_PAGESIZE")
    limited("RLIMIT_AS", has + more)


def failing(number: int, error: str) -> None:
    """At the so-many-th call of one of sitegen's functions, with this error."""
    left = number

    def at_call(frame: FrameType, event: str, arg: object) -> None:
        nonlocal left
        if event == "call" and "/sitegen/" in frame.f_code.co_filename:
            left -= 1
            if not left:
                sys.setprofile(None)
                raise getattr(builtins, error)

    sys.setprofile(at_call)


def somebody(uid: int) -> None:
    """Who is not root."""
    os.setgid(uid)
    os.setuid(uid)


def telling(*events: str) -> None:
    """The first argument of each such event is said."""
    sys.addaudithook(lambda event, args: print(args[1]) if event in events else None)


def asked(child: int, seconds: float, *signs: int) -> None:
    """By signals, after a while, from outside."""
    time.sleep(seconds)
    for sign in signs:
        os.kill(child, sign)


# The process itself


def _build(root: str, argv: list[str], harm: Harm, said: int) -> int:
    """In a copy: the exit code of the command."""
    os.dup2(said, 1)
    os.dup2(said, 2)
    os.close(said)
    os.chdir(root)
    sys.stdout, sys.stderr = (open(fd, "w", 1, closefd=False) for fd in (1, 2))  # noqa: SIM115
    if harm and harm[0] != "asked":
        globals()[harm[0]](*harm[1:])
    return cli.main(argv)


def _serve() -> None:
    with tempfile.TemporaryDirectory() as folder:  # once, so that all is loaded
        build(make_site(Path(folder), {**PLAIN, "content/news/a.md": post()}), force=True)
    gc.freeze()
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # no traceback of a copy that has not begun
    for order in sys.stdin:
        root, argv, harm = json.loads(order)
        read, write = os.pipe()
        if not (child := os.fork()):
            os.close(read)
            os._exit(_build(root, argv, harm, write))
        os.close(write)
        if harm and harm[0] == "asked":
            asked(child, *harm[1:])
        with os.fdopen(read, "rb") as pipe:
            said = pipe.read().decode(errors="replace")
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        print(json.dumps([code, said]), flush=True)


if __name__ == "__main__":
    _serve()
