"""What the tests in a browser share: one Chromium, sites that are served, the sample site."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.sites import build, sample_site

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHROMIUM = next((found for name in NAMES if (found := shutil.which(name))), None)
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
Served = Callable[..., str]


class Quiet(SimpleHTTPRequestHandler):
    """A file server that says nothing."""

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


@pytest.fixture(scope="session")
def browser() -> Iterator[object]:
    """One Chromium for all tests."""
    required = os.environ.get("SITEGEN_REQUIRE_BROWSER")
    if CHROMIUM is None:
        missing = "there is no Chromium here; on Debian or Ubuntu: apt-get install chromium"
        pytest.fail(missing) if required else pytest.skip(missing)
    if not required:
        pytest.importorskip("playwright.sync_api", reason="pip install -e '.[test]'")
    from playwright import sync_api as playwright

    with playwright.sync_playwright() as running:
        chromium = running.chromium.launch(executable_path=CHROMIUM, headless=True, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def served() -> Iterator[Served]:
    """``served(folder)``: the address at which the files of a folder can be had."""
    with ExitStack() as stack:

        def serve(folder: Path, kind: type[Quiet] = Quiet) -> str:
            handler = partial(kind, directory=folder)
            server = stack.enter_context(ThreadingHTTPServer(("127.0.0.1", 0), handler))
            threading.Thread(target=server.serve_forever, daemon=True).start()
            stack.callback(server.shutdown)
            return f"http://127.0.0.1:{server.server_port}"

        yield serve


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory, served: Served) -> str:
    """The sample site, built and served."""
    root = sample_site(tmp_path_factory.mktemp("sample"))
    build(root, now="2026-11-21")
    return served(root / "output")


def under_policy(page, address: str) -> list[str]:
    """Let a page have the Content-Security-Policy of _headers; what its console will say."""
    headers = page.request.get(address + "/_headers").text()
    line = next(line for line in headers.splitlines() if "Content-Security-Policy" in line)
    policy = line.partition(":")[2].strip()
    said: list[str] = []

    def with_policy(route) -> None:
        answer = route.fetch()
        sent = {**answer.headers, "content-security-policy": policy}
        route.fulfill(response=answer, headers=sent)

    page.route("**/*", with_policy)
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    return said
