"""``python -m tests.fuzz --seconds 60``: exit 1 when an input broke a promise."""

from __future__ import annotations

import argparse
import signal
import sys
import time
import traceback
from pathlib import Path
from random import Random
from types import FrameType

from tests.fuzz import corpus

LONGEST = 20  # seconds of the processor for one input of a few thousand bytes: it hangs


class Hang(Exception):
    """One input takes for ever."""


def main(arguments: list[str]) -> int:
    """Change and check inputs until the time is over, and keep each that breaks a promise."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=time.time_ns(), help="for the same again")
    parser.add_argument("--corpus", type=Path, default=corpus.FOLDER)
    options = parser.parse_args(arguments)
    print(f"seed {options.seed}", flush=True)
    signal.signal(signal.SIGPROF, _hang)
    random, pool, told = Random(options.seed), corpus.Pool(), set[str]()
    kept, tried = iter([*corpus.kept(options.corpus)]), 0
    end = time.monotonic() + options.seconds
    while (given := next(kept, None)) or time.monotonic() < end:
        signal.setitimer(signal.ITIMER_PROF, LONGEST)
        tried += 1
        try:
            pool.add(*given) if given else pool.step(random)
        except corpus.Broken as found:
            signal.setitimer(signal.ITIMER_PROF, 0)
            if (what := _told(found)) not in told:
                told.add(what)
                less = corpus.smaller(found.target, found.data)
                print(f"{what}\n  {corpus.keep(found.target, less, options.corpus)}", flush=True)
    signal.setitimer(signal.ITIMER_PROF, 0)
    print(f"{tried} inputs, {sum(map(len, pool.inputs.values()))} unlike, {len(told)} broke")
    return 1 if told else 0


def _told(found: corpus.Broken) -> str:
    """What was broken, and where: one line for all inputs that break it so."""
    assert found.__cause__
    at = traceback.extract_tb(found.__cause__.__traceback__)[-1]
    return f"{at.name}, line {at.lineno}: {str(found)[:100]}"


def _hang(number: int, frame: FrameType | None) -> None:
    raise Hang(f"no end after {LONGEST} seconds")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
