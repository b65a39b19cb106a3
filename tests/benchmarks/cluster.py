"""What does a cluster cost, and from which size does it pay? The same builds here and through Dask.

python -m tests.benchmarks.cluster --write

The scheduler and its two workers run on this machine: what a network adds is not measured.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.benchmarks.corpus import NOW, posts_of
from tests.benchmarks.costs import show
from tests.benchmarks.ours import OURS

REPO = Path(__file__).parents[2]
HERE = os.environ | {"PYTHONPATH": str(REPO)}
WORKERS = 2
CORES, ELSEWHERE = 2, 8
Row = tuple[str, float, float, float, str]  # where, seconds, CPU here and of workers, same bytes


def main() -> None:
    """Measure and print."""
    wanted = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    wanted.add_argument("--posts", type=int, nargs="+", default=[500, 1000, 4000])
    wanted.add_argument("--runs", type=int, default=3, help="the fastest counts (default: 3)")
    wanted.add_argument("--write", action="store_true", help="write it into docs/scale.md")
    arguments = wanted.parse_args()
    if len(arguments.posts) < 2:
        wanted.error("give two sizes or more")
    found: dict[int, list[Row]] = {}
    for posts in arguments.posts:
        with tempfile.TemporaryDirectory() as folder:
            found[posts] = list(rows(Path(folder), posts, arguments.runs))
    show(table(found) + verdict(found), "cluster", write=arguments.write)


def table(found: dict[int, list[Row]]) -> str:
    """All figures, in Markdown."""
    text = "| posts | built by | seconds | CPU here | CPU of workers | same bytes |\n"
    text += "| ---: | --- | ---: | ---: | ---: | --- |\n"
    cells = "{:,} | {} | {:.1f} | {:.1f} | {:.1f} | {}"
    return text + "".join(
        f"| {cells.format(posts, *row)} |\n" for posts, of in found.items() for row in of
    )


def verdict(found: dict[int, list[Row]]) -> str:
    """From which size workers on machines of their own pay, worked out from the seconds of CPU."""
    gains = {}
    for posts, ((_, _, alone, _, _), _, (_, _, here, theirs, _)) in found.items():
        gains[posts] = (alone - theirs / CORES) - (here + theirs / ELSEWHERE)
    few, many = min(gains), max(gains)
    more = (gains[many] - gains[few]) / (many - few)
    pays = max(0, few - gains[few] / more) if more > 0 else None
    told = "never pays for posts" if pays is None else f"pays from about {pays:,.0f} posts"
    return (
        f"\nWorked out from that: against a machine with {CORES} cores, a cluster of {ELSEWHERE} "
        f"workers elsewhere\n{told} that must all be parsed.\n"
    )


def rows(folder: Path, posts: int, runs: int) -> Iterator[Row]:
    """Where a site of so many posts was built, and what it took."""
    root = folder / "site"
    OURS.write(root, posts_of(posts))
    with dask(folder) as (address, pids):
        ways = {
            "one process": ["--jobs", "1"],
            "two processes": ["--jobs", "2"],
            "two workers": ["--executor", f"dask://{address}"],
        }
        taken: dict[str, list[tuple[float, float, float]]] = {way: [] for way in ways}
        for _ in range(runs):
            for way, options in ways.items():  # in turn, so that what else runs disturbs all alike
                before = sum(map(cpu, pids))
                wall, used = build(root, folder / way, options)
                theirs = sum(map(cpu, pids)) - before if way == "two workers" else 0.0
                taken[way].append((wall, used, theirs))
    first = snapshot(folder / "one process")
    for way, found in taken.items():
        yield way, *min(found), "yes" if snapshot(folder / way) == first else "NO"


@contextmanager
def dask(folder: Path) -> Iterator[tuple[str, list[int]]]:
    """The address of a cluster that runs, and the processes of its workers."""
    import distributed

    with distributed.LocalCluster(
        n_workers=WORKERS, threads_per_worker=1, host="127.0.0.1", dashboard_address=None
    ) as cluster:
        with distributed.Client(cluster) as client:
            pids = list(client.run(os.getpid).values())
        yield cluster.scheduler_address.removeprefix("tcp://"), pids


def build(root: Path, output: Path, options: list[str]) -> tuple[float, float]:
    """Seconds of one build from nothing, on the wall and of the processors."""
    command = [sys.executable, "-m", "sitegen", "build", "--now", NOW, "--quiet", "--force"]
    command += ["--no-search", "--no-images", "--output", str(output), *options]
    started = time.perf_counter()
    process = subprocess.Popen(command, cwd=root, env=HERE)
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"the build ended with {process.returncode}")
    return wall, used.ru_utime + used.ru_stime


def cpu(pid: int) -> float:
    """The seconds that a process has computed so far."""
    import psutil  # Dask has it

    times: Any = psutil.Process(pid).cpu_times()
    return float(times.user + times.system)


def snapshot(folder: Path) -> dict[str, bytes]:
    """Every file with its bytes."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


if __name__ == "__main__":
    main()
