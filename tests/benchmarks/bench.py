"""How fast is sitegen? Times whole processes on a made-up site; each figure is a median.

python -m tests.benchmarks.bench --posts 1000
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.benchmarks.corpus import NOW, path_of, write_site
from tests.benchmarks.saving import saves

REPO = Path(__file__).parents[2]
SAVES = 11  # in the preview
A_MB = 1_000_000 if sys.platform == "darwin" else 1_000  # in the units of ru_maxrss


def main() -> None:
    """Measure and print."""
    wanted = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    wanted.add_argument("--posts", type=int, default=1000)
    wanted.add_argument("--runs", type=int, default=3, help="of each kind (default: 3)")
    wanted.add_argument("--json", action="store_true", help="print JSON in place of a table")
    arguments = wanted.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        figures = measure(Path(folder) / "site", arguments.posts, arguments.runs)
    print(json.dumps(figures, indent=2) if arguments.json else table(figures))


def measure(root: Path, posts: int, runs: int) -> dict[str, Any]:
    """All figures of a site that is written to ``root``."""
    words = write_site(root, posts, REPO / "templates")
    time.sleep(2.5)  # a file that was only just written is read again at the next build
    post, base = root / "content" / path_of(posts // 2), root / "templates/base.html"
    edits: dict[str, Callable[[int], None]] = {
        "from nothing": lambda n: forget(root),
        "nothing changed": lambda n: None,
        "one body edited": lambda n: replace(post, r"\Z", f"\nSentence number {n} is new.\n"),
        "one title edited": lambda n: replace(post, "^title: ", f"title: {n} "),
        "a template edited": lambda n: replace(base, "</body>", f"<!-- {n} --></body>"),
    }
    rows = {}
    for name, edit in edits.items():
        taken = [(edit(n), build(root))[1] for n in range(runs)]
        rows[name] = {key: statistics.median(t[key] for t in taken) for key in taken[0]}
    edited = snapshot(root / "output")
    forget(root)
    build(root)
    same = edited == snapshot(root / "output")
    return {
        "posts": posts,
        "words": {"all": sum(words), "median": statistics.median(words), "most": max(words)},
        "on": f"Python {platform.python_version()}, {os.cpu_count()} cores",
        "builds": rows,
        "same_as_clean": same,
        "saves": saves(root, str(path_of(posts // 2)), SAVES, NOW),
    }


def forget(root: Path) -> None:
    """Leave nothing of an earlier build."""
    shutil.rmtree(root / "output", ignore_errors=True)
    shutil.rmtree(root / ".sitegen", ignore_errors=True)


def replace(path: Path, pattern: str, by: str) -> None:
    """Replace the first match in a file."""
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(pattern, by, text, count=1, flags=re.M), encoding="utf-8")


def snapshot(folder: Path) -> dict[str, bytes]:
    """Every file with its bytes."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def build(root: Path) -> dict[str, float]:
    """One build: seconds on the wall and of all processors, its largest process, files made."""
    command = [sys.executable, "-m", "sitegen", "build", "--now", NOW]
    here = os.environ | {"PYTHONPATH": str(REPO)}
    with tempfile.TemporaryFile("w+") as told:
        started = time.perf_counter()
        process = subprocess.Popen(command, cwd=root, env=here, stdout=told, stderr=told)
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        told.seek(0)
        text = told.read()
    if process.returncode:
        sys.exit(f"the build ended with {process.returncode}:\n{text[-3000:]}")
    made = re.search(r"(\d+) made", text)
    return {
        "seconds": round(wall, 3),
        "cpu_seconds": round(used.ru_utime + used.ru_stime, 3),
        "mb": round(used.ru_maxrss / A_MB),
        "made": int(made[1]) if made else 0,
    }


def table(figures: dict[str, Any]) -> str:
    """The figures for people."""
    words = "{median:.0f} words in the middle, {most} at most, {all} in all"
    lines = [f"{figures['posts']} posts, {words.format(**figures['words'])}; {figures['on']}"]
    lines += [f"{'':<20}{'seconds':>9}{'CPU':>9}{'MB':>7}{'made':>8}"]
    row = "{name:<20}{seconds:>9.2f}{cpu_seconds:>9.2f}{mb:>7.0f}{made:>8.0f}"
    lines += [row.format(name=name, **found) for name, found in figures["builds"].items()]
    seen = "{event:.3f} s to the browser's event, {page:.3f} s to the page"
    lines += [f"In the preview, from a save: {seen.format(**figures['saves'])}"]
    lines += [f"After all edits, the same bytes as a clean build: {figures['same_as_clean']}"]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
