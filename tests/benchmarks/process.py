"""What a process takes: time, work, memory. None runs for ever."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

REPO = Path(__file__).parents[2]
LONGEST = 3600.0  # seconds that a build may take
LOOK = 0.02  # seconds between two looks at the memory
A_MB = 1_000_000 if sys.platform == "darwin" else 1_000  # in the units of ru_maxrss


class Failed(Exception):
    """A process ended badly, or did not do what it was measured for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What a process took, all that it started included: seconds on the wall, of processors.

    ``mb`` is what the largest process had; ``others`` how many processors did other work at the
    same time (None: unknown); ``said`` what it printed.
    """

    wall: float
    cpu: float
    mb: float
    others: float | None
    said: str


def run(command: Sequence[str], folder: Path) -> Run:
    """Run a command to its end."""
    with tempfile.TemporaryFile("w+", errors="replace") as told:
        before, started = busy(), time.perf_counter()
        process = start(command, folder, told.fileno())
        too_long = threading.Timer(LONGEST, end, [process])
        too_long.start()
        try:
            _, status, used = os.wait4(process.pid, 0)
        finally:
            too_long.cancel()
            wall, after = time.perf_counter() - started, busy()
            end(process)  # whatever it left behind; and all of it, if somebody pressed Ctrl-C
        process.returncode = os.waitstatus_to_exitcode(status)
        told.seek(0)
        said = told.read()
    if process.returncode:
        raise Failed(f"{' '.join(command)} ended with {process.returncode}:\n{said[-2000:]}")
    cpu = used.ru_utime + used.ru_stime
    others = max(0.0, after - before - cpu) / wall if before and after else None
    return Run(wall=wall, cpu=cpu, mb=used.ru_maxrss / A_MB, others=others, said=said)


def start(command: Sequence[str], folder: Path, told: int) -> subprocess.Popen[bytes]:
    """Start a command in a session of its own. It prints into a file: a pipe may fill up."""
    env = os.environ | {"PYTHONPATH": str(REPO), "NO_COLOR": "1"}
    env.pop("PYTHONDONTWRITEBYTECODE", None)  # everybody may keep what was compiled
    try:
        return subprocess.Popen(
            command,
            cwd=folder,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=told,
            stderr=told,
            start_new_session=True,
        )
    except OSError as error:
        raise Failed(f"{command[0]} can't be started: {error.strerror}") from None


def end(process: subprocess.Popen[bytes]) -> None:
    """Kill a process and all that it started."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def peak(build: Callable[[], Run]) -> float | None:
    """The most memory in MB that all processes together have while something runs.

    What several share counts once (Linux's proportional set size); None where that is unknown.
    A run of its own: to look takes time.
    """
    most, done = [0.0], threading.Event()

    def look() -> None:
        while not done.wait(LOOK):
            most[0] = max(most[0], _memory(os.getpid()))

    looking = threading.Thread(target=look)
    looking.start()
    try:
        build()
    finally:
        done.set()
        looking.join()
    return most[0] or None


def _memory(ancestor: int) -> float:
    """MB that the descendants of a process have now."""
    parents = dict(filter(None, map(_parent, Path("/proc").glob("[0-9]*"))))
    total, found = 0, {ancestor}
    while found:
        found = {child for child, parent in parents.items() if parent in found}
        total += sum(map(_share, found))
    return total / 1000


def _parent(process: Path) -> tuple[int, int] | None:
    with suppress(OSError):
        fields = (process / "stat").read_text().rpartition(") ")[2].split()
        return int(process.name), int(fields[1])
    return None


def _share(process: int) -> int:
    """kB of a process's own, and its part of what it shares."""
    with suppress(OSError):
        for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    return 0


def busy() -> float:
    """Seconds of work that all processors did since the machine was started; 0 if unknown."""
    try:
        with Path("/proc/stat").open() as file:
            user, nice, system, _, _, irq, soft = map(int, file.readline().split()[1:8])
    except OSError:
        return 0.0
    return (user + nice + system + irq + soft) / os.sysconf("SC_CLK_TCK")
