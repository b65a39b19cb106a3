"""How long an editor waits: from a save to the browser's event, and to the page with the words."""

from __future__ import annotations

import socket
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.client import HTTPConnection, HTTPException, HTTPResponse
from typing import Protocol

from tests.benchmarks.builders import Server
from tests.benchmarks.edits import Site, sentence, with_sentence
from tests.benchmarks.process import Failed, end, start

READY = 600.0  # seconds until a server answers: it builds the site before
PATIENCE = 60.0  # seconds until what was saved is seen
ENDING = 10.0  # seconds after SIGTERM
REST = 1.0  # seconds of quiet before a save, so that each is a save of its own
GLANCE = 0.002  # seconds between two looks at a page


class Lines(Protocol):
    """What can be read line by line."""

    def readline(self) -> bytes:
        """The next line; nothing at the end."""


def saves(site: Site, times: int) -> dict[str, float]:
    """Medians in seconds, from a save of a post to the event (where there are any) and the page."""
    told: list[float] = []
    seen: list[float] = []
    server = site.builder.server
    assert server
    with _served(site, server) as port:
        events = _get(port, server.events) if server.events else None
        if events:
            next_event(events)
        for n in range(times + 1):  # the first one may meet what the server still has to do
            time.sleep(REST)
            site.builder.save(site.root, with_sentence(site.old[0], 1000 + n))
            saved = time.perf_counter()
            shown = partial(_shows, site, port, sentence(1000 + n))
            if events:
                told.append(_told(events, shown) - saved)
            _until(shown, PATIENCE, "the new words")
            seen.append(time.perf_counter() - saved)
    found = {"event": told[1:], "page": seen[1:]}
    return {name: round(statistics.median(all_), 4) for name, all_ in found.items() if all_}


@contextmanager
def _served(site: Site, server: Server) -> Iterator[int]:
    """A server that runs and has answered; its port."""
    port = _free_port()
    with tempfile.TemporaryFile("w+", errors="replace") as said:
        process = start((*server.command, str(port)), site.root, said.fileno())
        try:
            _until(lambda: _is_up(site, port, process), READY, "an answer")
            yield port
        finally:
            stop(process)


def stop(process: subprocess.Popen[bytes], patience: float = ENDING) -> None:
    """End a server as a supervisor does; Failed where it has to be killed."""
    process.terminate()
    try:
        process.wait(patience)
    except subprocess.TimeoutExpired:
        raise Failed(f"SIGTERM did not end it within {patience:g} s") from None
    finally:
        end(process)
        process.wait()


def _is_up(site: Site, port: int, process: subprocess.Popen[bytes]) -> bool:
    if process.poll() is not None:
        raise Failed(f"the server ended with {process.returncode}")
    return _shows(site, port, site.old[0].summary)


def _shows(site: Site, port: int, words: str) -> bool:
    """Whether the page of the post that is saved says something."""
    page = site.builder.page(site.old[0]).removesuffix("index.html")
    try:
        answer = _get(port, f"/{page}")
        return words in answer.read().decode()
    except (OSError, HTTPException):
        return False


def _until(there: Callable[[], bool], seconds: float, what: str) -> None:
    """Look until it is there; Failed where that takes too long."""
    latest = time.monotonic() + seconds
    while not there():
        if time.monotonic() > latest:
            raise Failed(f"{what} did not come within {seconds:.0f} s")
        time.sleep(GLANCE)


def _get(port: int, path: str) -> HTTPResponse:
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    connection.request("GET", path)
    return connection.getresponse()


def _told(events: Lines, shown: Callable[[], bool]) -> float:
    """The moment of the event that tells of what is shown; one before may tell of a save before."""
    while True:
        next_event(events)
        heard = time.perf_counter()
        if shown():
            return heard


def next_event(events: Lines, patience: float = PATIENCE) -> None:
    """Wait for the next event. Between two there are signs of life, and none when all is over."""
    latest = time.monotonic() + patience
    while time.monotonic() < latest:
        line = events.readline()
        if not line:
            raise Failed("the server sends no more events")
        if line.startswith(b"data:"):
            return
    raise Failed(f"no event came within {patience:g} s")


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
