"""How fast is sitegen? Times whole processes on a made-up site; each figure is a median.

python -m tests.benchmarks --posts 1000 --peers
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from pathlib import Path

from tests.benchmarks.aims import Figures, growth
from tests.benchmarks.builders import Builder
from tests.benchmarks.floors import FLOORS
from tests.benchmarks.measure import measure
from tests.benchmarks.ours import OURS, WITH
from tests.benchmarks.peers import PEERS, installed
from tests.benchmarks.process import Failed
from tests.benchmarks.table import report

IN_MEMORY = Path("/dev/shm")


def main() -> int:
    """Measure and print; the exit code."""
    arguments = _parser().parse_args()
    builders = (OURS, *WITH, *(_peers(arguments) if arguments.peers else ()))
    try:
        found = [_measured(amount, builders, arguments) for amount in arguments.posts or [1000]]
    except Failed as error:
        print(f"sitegen failed: {error}", file=sys.stderr)
        return 1
    if arguments.json:
        rows = [dict(zip(("posts", "ms", "times"), row, strict=True)) for row in growth(found)]
        print(json.dumps({"sizes": found, "growth": rows}, indent=2, ensure_ascii=False))
    else:
        print(report(found))
    return 0


def _parser() -> argparse.ArgumentParser:
    wanted = argparse.ArgumentParser(
        prog="python -m tests.benchmarks", description=(__doc__ or "").partition("\n")[0]
    )
    say = wanted.add_argument
    say("--posts", type=int, action="append", help="how many (1000); repeat it to see the growth")
    say("--runs", type=int, default=3, choices=range(1, 10), help="of each build (3)")
    say("--saves", type=int, default=11, help="of a post while it is served (11)")
    say("--peers", nargs="?", const="all", help="beside those installed, or these: a,b")
    say("--at", action="append", default=[], metavar="PEER=PATH", help="where a peer is")
    say("--folder", type=Path, help="where the sites are made (in memory, where there is room)")
    say("--json", action="store_true", help="print JSON in place of tables")
    return wanted


def _peers(arguments: argparse.Namespace) -> tuple[Builder, ...]:
    """The floors, and the peers that are there."""
    told = dict(text.partition("=")[::2] for text in arguments.at)
    found = (*FLOORS, *installed(told))
    missing = PEERS.keys() - {b.name for b in found}
    if arguments.peers != "all":
        names = arguments.peers.split(",")
        found = tuple(b for b in found if b.name in names)
        missing = set(names) - {b.name for b in found}
    if missing:
        _say(f"Not there: {', '.join(sorted(missing))}")
    return found


def _measured(amount: int, builders: tuple[Builder, ...], arguments: argparse.Namespace) -> Figures:
    usual = IN_MEMORY if os.access(IN_MEMORY, os.W_OK) else None
    with tempfile.TemporaryDirectory(dir=arguments.folder or usual, prefix="bench-") as folder:
        runs, times = arguments.runs, arguments.saves
        return measure(Path(folder), amount, builders, runs=runs, times=times, say=_say)


def _say(text: str) -> None:
    print(text, file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
