"""Builds sites in turn, so that a slow minute of the machine is everybody's, and keeps medians."""

from __future__ import annotations

import os
import platform
import re
import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import product
from pathlib import Path
from typing import Any, TypeVar

from tests.benchmarks.builders import Builder
from tests.benchmarks.corpus import Post, posts_of
from tests.benchmarks.edits import EDITS, Site
from tests.benchmarks.ours import OURS
from tests.benchmarks.process import Failed, Run, peak, run
from tests.benchmarks.serving import saves

SLOW = 60.0  # seconds; who takes longer from nothing is measured once
SETTLED = 2.5  # seconds after which sitegen takes a file's time for its content
MADE = re.compile(r"\b(\d+) made\b")
T = TypeVar("T")
Figures = dict[str, Any]


def measure(
    folder: Path,
    amount: int,
    builders: Iterable[Builder],
    *,
    runs: int,
    times: int,
    say: Callable[[str], None],
) -> Figures:
    """All figures of a corpus of so many posts: ``runs`` of each build, ``times`` of each save."""
    posts = posts_of(amount)
    sites = [Site(builder=b, root=folder / b.name, posts=posts) for b in builders]
    for site in sites:
        say(f"{amount} posts for {site.builder.name}")
        site.builder.write(site.root, posts)
    time.sleep(SETTLED)
    contest = Contest(sites, say)
    memory = contest.each("memory", _memory)
    rows = contest.rows(runs)
    sizes = contest.each("files", _size)
    same = _same_as_clean(sites[0])
    waits = contest.each("saves", lambda site: saves(site, times) if site.builder.server else {})
    found = {n: {"rows": rows[n], "memory": memory[n], **sizes[n]} for n in sizes}
    return {
        "posts": amount,
        "words": _words(posts),
        "on": f"Python {platform.python_version()}, {os.cpu_count()} cores",
        "builders": found,
        "same_as_clean": same,
        "saves": {name: taken for name, taken in waits.items() if taken},
        "failed": contest.failed,
    }


class Contest:
    """Sites that are measured in turn. Whoever fails is left out from then on; not so sitegen.

    ``failed`` says of each who is left out why.
    """

    def __init__(self, sites: Sequence[Site], say: Callable[[str], None]) -> None:
        self._sites, self._say = sites, say
        self.failed: dict[str, str] = {}

    def each(self, what: str, ask: Callable[[Site], T]) -> dict[str, T]:
        """What is found of each site that is still in."""
        self._say(what)
        found: dict[str, T] = {}
        for site in self._sites:
            name = site.builder.name
            try:
                if name not in self.failed:
                    found[name] = ask(site)
            except Failed as error:
                if name == OURS.name:
                    raise
                self.failed[name] = f"{what}: {error}"
                self._say(f"{name} is left out: {error}")
        return found

    def rows(self, runs: int) -> dict[str, dict[str, dict[str, float]]]:
        """The medians of so many runs of each edit, by builder; of one run for who is slow."""
        taken: dict[str, dict[str, list[Run]]] = {s.builder.name: {} for s in self._sites}
        slow: set[str] = set()
        for row, n in product(EDITS, range(runs)):
            turn = partial(_turn, row, n, frozenset(slow))
            for name, found in self.each(f"{row}, {n + 1} of {runs}", turn).items():
                if found:
                    taken[name].setdefault(row, []).append(found)
                    slow |= {name} if found.wall > SLOW else set()
        return {
            name: {row: medians(runs_of_it) for row, runs_of_it in rows.items()}
            for name, rows in taken.items()
        }


def _turn(row: str, n: int, slow: frozenset[str], site: Site) -> Run | None:
    """A site's turn, where it takes part."""
    wanted = not site.builder.rows or row in site.builder.rows
    again = n and site.builder.name in slow
    return _edited(site, row, n) if wanted and not again else None


def _edited(site: Site, row: str, n: int) -> Run:
    """One build after an edit; Failed where the edit did not reach the page."""
    proof = EDITS[row](site, n)
    taken = run(site.builder.command, site.root)
    proof.check(site)
    return taken


def _memory(site: Site) -> float | None:
    """MB of all processes of a build from nothing, which also warms up whatever can be."""
    return peak(lambda: _edited(site, "cold", 0))


def medians(taken: Sequence[Run]) -> dict[str, float]:
    """What some runs of the same took, each figure by itself."""

    def middle(name: str, digits: int = 3) -> float:
        return round(float(statistics.median(getattr(t, name) for t in taken)), digits)

    walls = [round(t.wall, 3) for t in taken]
    found = {"wall": middle("wall"), "cpu": middle("cpu"), "mb": middle("mb")}
    found |= {"least": min(walls), "most": max(walls), "runs": len(taken)}
    if all(t.others is not None for t in taken):
        found["others"] = middle("others", 2)
    if made := [int(m[1]) for t in taken if (m := MADE.search(t.said))]:
        found["made"] = round(statistics.median(made))
    return found


def _words(posts: Iterable[Post]) -> dict[str, float]:
    words = [len(post.body.split()) for post in posts]
    return {"all": sum(words), "median": statistics.median(words), "most": max(words)}


def _size(site: Site) -> dict[str, float]:
    """How many files came out, and their MB."""
    files = [p for p in (site.root / site.builder.output).rglob("*") if p.is_file()]
    size = sum(p.stat().st_size for p in files)
    return {"files": len(files), "mb_of_files": round(size / 1e6, 1)}


def _same_as_clean(site: Site) -> bool:
    """Whether all the edits left the very bytes that a build from nothing makes."""
    edited = snapshot(site.root / site.builder.output)
    site.builder.forget(site.root)
    run(site.builder.command, site.root)
    return edited == snapshot(site.root / site.builder.output)


def snapshot(folder: Path) -> dict[str, bytes]:
    """Every file with its bytes."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}
