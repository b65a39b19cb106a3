"""How long an editor waits: from a save to the browser's event, and to the page with the words."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

REPO = Path(__file__).parents[2]
REST = 0.5  # seconds between two saves, so that each is a save of its own


def saves(root: Path, post: str, times: int, now: str) -> dict[str, float]:
    """Medians in seconds: from a save of ``post`` (its path in content/) to the event and page."""
    told, seen = [], []
    with _preview(root, now) as address:
        page = _address_of(address, post)
        events = _get(address, "/_sitegen/events")
        _next(events)
        for n in range(times):
            time.sleep(REST)
            words = f"Sentence {n} is seen."
            with (root / "content" / post).open("a", encoding="utf-8") as file:
                file.write(f"\n{words}\n")
            saved = time.perf_counter()
            _next(events)
            told.append(time.perf_counter() - saved)
            if words not in _get(address, page).read().decode():
                sys.exit(f"{page} doesn't say what was saved")
            seen.append(time.perf_counter() - saved)
    return {"event": round(statistics.median(told), 3), "page": round(statistics.median(seen), 3)}


@contextmanager
def _preview(root: Path, now: str) -> Iterator[str]:
    """A preview that runs, as ``host:port``."""
    command = [sys.executable, "-m", "sitegen", "serve", "--port", "0", "--now", now]
    here = os.environ | {"PYTHONPATH": str(REPO)}
    process = subprocess.Popen(command, cwd=root, env=here, stderr=subprocess.PIPE, text=True)
    assert process.stderr
    try:
        where = next(line for line in process.stderr if line.startswith("See the site at "))
        yield where.split("//")[1].split("/")[0]
    finally:
        process.terminate()
        process.communicate()


def _get(address: str, path: str):  # type: ignore[no-untyped-def]
    connection = HTTPConnection(address, timeout=60)
    connection.request("GET", path)
    return connection.getresponse()


def _next(events) -> None:  # type: ignore[no-untyped-def]
    """Wait for the next event."""
    while not events.readline().startswith(b"data:"):
        pass


def _address_of(address: str, post: str) -> str:
    """The path of a post's page."""
    pages = json.loads(_get(address, "/build.json").read())["pages"]
    return next(str(page["url"]) for page in pages if page["source"] == f"content/{post}")
