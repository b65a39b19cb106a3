"""Builds sites in turn, so that a slow minute of the machine is everybody's, and keeps medians."""

from __future__ import annotations

import os
import platform
import re
import statistics
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from tests.benchmarks.builders import Builder
from tests.benchmarks.corpus import posts_of
from tests.benchmarks.edits import EDITS, Site
from tests.benchmarks.ours import OURS
from tests.benchmarks.process import Failed, Run, peak, run
from tests.benchmarks.serving import saves

SLOW = 60.0  # seconds; who takes longer from nothing is measured once
SETTLED = 2.5  # seconds after which sitegen takes a file's time for its content
MADE = re.compile(r"\b(\d+) made\b")
Say = Callable[[str], None]
Figures = dict[str, Any]


def measure(
    folder: Path, amount: int, builders: Iterable[Builder], *, runs: int, times: int, say: Say
) -> Figures:
    """All figures of a corpus of so many posts: ``runs`` of each build, ``times`` of each save.

    Whoever fails is left out from then on, and ``failed`` says why; but sitegen must not.
    """
    posts = posts_of(amount)
    sites = {b.name: Site(builder=b, root=folder / b.name, posts=posts) for b in builders}
    for name, site in sites.items():
        say(f"{name}: writing {amount} posts")
        site.builder.write(site.root, posts)
    time.sleep(SETTLED)
    failed: dict[str, str] = {}
    attempt = partial(_attempt, failed, say)
    memory = {name: attempt(name, partial(_memory, site)) for name, site in sites.items()}
    built = _builds(sites, runs, failed, attempt)
    words = [len(post.body.split()) for post in posts]
    return {
        "posts": amount,
        "words": {"all": sum(words), "median": statistics.median(words), "most": max(words)},
        "on": f"Python {platform.python_version()}, {os.cpu_count()} cores",
        "builders": {
            name: {"rows": rows, "memory": memory[name], **_size(sites[name])}
            for name, rows in built.items()
            if name not in failed
        },
        "same_as_clean": _same_as_clean(sites[OURS.name]),
        "saves": {
            name: found
            for name, site in sites.items()
            if site.builder.server and name not in failed
            if (found := attempt(name, partial(saves, site, times)))
        },
        "failed": failed,
    }


def _attempt(failed: dict[str, str], say: Say, name: str, what: Callable[[], Any]) -> Any:
    """What comes of it; None, with a note, where it fails."""
    if name in failed:
        return None
    try:
        return what()
    except Failed as error:
        if name == OURS.name:
            raise
        failed[name] = str(error)
        say(f"{name} is left out: {error}")
        return None


def _builds(
    sites: Mapping[str, Site],
    runs: int,
    failed: Mapping[str, str],
    attempt: Callable[[str, Callable[[], Any]], Any],
) -> dict[str, dict[str, dict[str, float]]]:
    """The medians of every builder by edit. Who is slow from nothing is not asked again."""
    found: dict[str, dict[str, list[Run]]] = {name: {} for name in sites}
    for row in EDITS:
        for n in range(runs):
            for name, site in sites.items():
                wanted = not site.builder.rows or row in site.builder.rows
                cold = found[name].get("cold")
                if not wanted or (n and cold and cold[0].wall > SLOW):
                    continue
                if taken := attempt(name, partial(_edited, site, row, n)):
                    found[name].setdefault(row, []).append(taken)
    return {
        name: {row: medians(taken) for row, taken in rows.items()}
        for name, rows in found.items()
        if name not in failed
    }


def _edited(site: Site, row: str, n: int) -> Run:
    """One build after an edit; Failed where the edit did not reach the page."""
    proof = EDITS[row](site, n)
    taken = run(site.builder.command, site.root)
    proof.check(site)
    return taken


def _memory(site: Site) -> float | None:
    """MB of all processes of a build from nothing, which also warms up whatever can be."""
    return peak(partial(_edited, site, "cold", 0))


def medians(taken: Sequence[Run]) -> dict[str, float]:
    """What some runs of the same took, each figure by itself."""
    middle = {
        name: round(statistics.median(getattr(t, name) for t in taken), 3)
        for name in ("wall", "cpu", "mb")
    }
    walls = [round(t.wall, 3) for t in taken]
    others = [t.others for t in taken if t.others is not None]
    made = [int(m[1]) for t in taken if (m := MADE.search(t.said))]
    return {
        **middle,
        "least": min(walls),
        "most": max(walls),
        "runs": len(taken),
        **({"others": round(statistics.median(others), 2)} if others else {}),
        **({"made": round(statistics.median(made))} if made else {}),
    }


def _size(site: Site) -> dict[str, float]:
    """How many files came out, and their MB."""
    sizes = [len(data) for data in snapshot(site.root / site.builder.output).values()]
    return {"files": len(sizes), "mb_of_files": round(sum(sizes) / 1e6, 1)}


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
