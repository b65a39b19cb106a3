"""The preview's web server: for this computer's own browser, and for nobody else.

A page of another site can send requests here from the same browser. So only this computer's own
names are answered to, requests that other sites make are refused, and no CORS header is ever sent.
"""

from __future__ import annotations

import errno
import os
import re
import socketserver
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from email.message import Message
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from mimetypes import MimeTypes
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

from sitegen.overlay import EVENTS, LOOKS, RELOAD, SCRIPT, STYLE
from sitegen.problems import SitegenError

HEARTBEAT = 15.0  # seconds between two signs of life, by which a browser that left is noticed


@dataclass(frozen=True, slots=True, kw_only=True)
class Showing:
    """What is shown. ``epoch`` grows with each change, also when the server is started again.

    ``prefix`` is the path of base_url; ``notice`` is HTML that every page begins with.
    """

    epoch: int
    prefix: str = ""
    notice: str = ""


class Board:
    """Where the builder puts up what is shown, and where the browsers wait for news."""

    def __init__(self, showing: Showing) -> None:
        self.showing = showing
        self._news = threading.Condition()

    def put_up(self, showing: Showing) -> None:
        """Show something else."""
        with self._news:
            self.showing = showing
            self._news.notify_all()

    def wait(self, seen: int, seconds: float) -> Showing:
        """What is shown, as soon as its epoch is not the one seen; at the latest in so long."""
        with self._news:
            self._news.wait_for(lambda: self.showing.epoch != seen, seconds)
            return self.showing


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An answer to a request."""

    status: int
    body: bytes = b""
    type: str = "text/plain; charset=utf-8"
    location: str = ""


def refusal(headers: Message, port: int) -> str:
    """Why a request is refused; empty when it is the own browser that asks, for its own pages."""
    names = ("127.0.0.1", "localhost", "[::1]")
    hosts = {f"{name}:{port}" for name in names} | ({*names} if port == 80 else set())
    asked = [host.lower() for host in headers.get_all("Host", [])]
    if len(asked) != 1 or asked[0] not in hosts:
        return f"This preview is at http://127.0.0.1:{port}/ and has no other name."
    origins = headers.get_all("Origin", [])
    if any(origin.lower() not in {f"http://{host}" for host in hosts} for origin in origins):
        return "Another site asked for this; the preview is not for other sites."
    visit = (headers.get("Sec-Fetch-Mode"), headers.get("Sec-Fetch-Dest")) == (
        "navigate",
        "document",
    )
    if headers.get("Sec-Fetch-Site", "none") not in ("none", "same-origin") and not visit:
        return "Another site asked for this; the preview is not for other sites."
    return ""


def answer(target: str, folder: Path, showing: Showing) -> Answer:
    """The answer to a GET of a request target from the site in a folder."""
    encoded, _, query = target.partition("#")[0].partition("?")
    path = unquote(encoded, errors="surrogateescape")
    if path in _OWN:
        return _OWN[path]
    if not (folder / "build.json").is_file():
        return _page(503, _NO_SITE, showing)
    prefix = unquote(showing.prefix)
    if prefix and path in ("/", prefix):
        return _redirect(prefix + "/", query)
    inside = path.removeprefix(prefix)
    if path.startswith(prefix + "/") and (file := find(folder, inside)):
        if file.name != "index.html" or inside.endswith(("/", "/index.html")):
            return _of_file(file, 200, showing)
        return _redirect(path + "/", query)
    if not_found := find(folder, "/404.html"):
        return _of_file(not_found, 404, showing)
    return _page(404, _NOTHING_HERE, showing)


def find(folder: Path, path: str) -> Path | None:
    """The file at a decoded path, or the index.html of a folder; nothing outside ``folder``."""
    names = path[1:].removesuffix("/").split("/") if path != "/" else []
    if any(name in ("", ".", "..") or re.search(r"[\\\x00-\x1f]", name) for name in names):
        return None
    try:
        file = folder.joinpath(*names)
        if file.is_dir():
            file /= "index.html"
        elif path.endswith("/"):
            return None
        inside = file.resolve(strict=True).is_relative_to(folder.resolve())
        return file if inside and file.is_file() else None
    except (OSError, RuntimeError, ValueError):  # too long, a circle of links, not UTF-8
        return None


def _of_file(file: Path, status: int, showing: Showing) -> Answer:
    type_ = media_type(file)
    body = file.read_bytes()
    if type_.startswith("text/html"):
        body = injected(body, showing)
    return Answer(status=status, body=body, type=type_)


def _redirect(path: str, query: str) -> Answer:
    """A redirect that browsers don't remember: the next site at this port is another."""
    return Answer(status=302, location=quote(path) + (f"?{query}" if query else ""))


_TYPES = {
    "feed.xml": "application/atom+xml",
    "feed.json": "application/feed+json",
    ".atom": "application/atom+xml",
    ".avif": "image/avif",
    ".css": "text/css",
    ".html": "text/html",
    ".ics": "text/calendar",
    ".js": "text/javascript",
    ".json": "application/json",
    ".md": "text/markdown",
    ".mjs": "text/javascript",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".vtt": "text/vtt",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
}
_AS_TEXT = re.compile(r"text/.*|.*[+/](xml|json)|image/svg\+xml")
_KNOWN = MimeTypes()  # Python's own table: the system's may say anything


def media_type(file: Path) -> str:
    """The Content-Type of a file, by its name."""
    guess = _KNOWN.guess_type("x" + file.suffix.lower())[0] or "application/octet-stream"
    type_ = _TYPES.get(file.name) or _TYPES.get(file.suffix.lower()) or guess
    if not file.suffix and file.name.startswith("_"):  # _headers and _redirects
        type_ = "text/plain"
    return f"{type_}; charset=utf-8" if _AS_TEXT.fullmatch(type_) else type_


def injected(page: bytes, showing: Showing) -> bytes:
    """A page with the notice and what loads it again. Files only, so that any CSP allows it."""
    extra = (
        f'<link rel="stylesheet" href="{STYLE}">'
        f'<script src="{SCRIPT}" data-epoch="{showing.epoch}" async></script>{showing.notice}'
    ).encode()
    body = re.search(rb"<body\b[^>]*>", page, re.IGNORECASE)
    at = body.end() if body else len(page)
    return page[:at] + extra + page[at:]


def _page(status: int, title: str, showing: Showing) -> Answer:
    page = (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title></head>'
        f"<body><h1>{title}</h1></body></html>\n"
    )
    return Answer(
        status=status, body=injected(page.encode(), showing), type="text/html; charset=utf-8"
    )


_NO_SITE = "There is no site to show yet"
_NOTHING_HERE = "There is nothing at this address"


class Handler(BaseHTTPRequestHandler):
    """Answers one request (HTTP/1.0: a connection each)."""

    server: Server
    server_version, sys_version = "sitegen", ""
    timeout = 30

    def do_GET(self) -> None:
        """Send a file, or the events."""
        if why := refusal(self.headers, self.server.port):
            self._send(Answer(status=403, body=f"{why}\n".encode()))
        elif self.path.partition("?")[0] == EVENTS:
            self._events()
        else:
            self._send(self._answer())

    do_HEAD = do_GET

    def do_POST(self) -> None:
        """Refuse: nothing can be changed here."""
        self._send(Answer(status=405, body=b"Only GET and HEAD are answered here.\n"))

    do_PUT = do_PATCH = do_DELETE = do_OPTIONS = do_POST

    def _answer(self) -> Answer:
        ask = partial(answer, self.path, self.server.folder)
        try:
            return ask(self.server.board.showing)
        except FileNotFoundError:  # the site was replaced at this very moment
            return ask(self.server.board.showing)

    def _send(self, what: Answer) -> None:
        self._begin(what.status, what.type)
        self.send_header("Content-Length", str(len(what.body)))
        if what.location:
            self.send_header("Location", what.location)
        if what.status == 405:
            self.send_header("Allow", "GET, HEAD")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(what.body)

    def _begin(self, status: int, type_: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", type_)
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")

    def _events(self) -> None:
        """The epoch, and each new one, for as long as the browser listens."""
        self._begin(200, "text/event-stream; charset=utf-8")
        self.end_headers()
        seen = 0
        while self.command != "HEAD":
            epoch = self.server.board.wait(seen, HEARTBEAT).epoch
            text = f"retry: 500\ndata: {epoch}\n\n" if epoch != seen else ": still here\n\n"
            self.wfile.write(text.encode())
            seen = epoch

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: the terminal is for what editors need to know."""


class Server(ThreadingHTTPServer):
    """Serves the site in ``folder`` at 127.0.0.1. SitegenError when the port can't be had."""

    daemon_threads = True
    allow_reuse_address = os.name == "posix"  # elsewhere it would let two have one port
    allow_reuse_port = False
    request_queue_size = 64

    def __init__(self, port: int, folder: Path, board: Board, say: Callable[[str], None]) -> None:
        self.folder, self.board, self.say = folder, board, say
        try:
            super().__init__(("127.0.0.1", port), Handler)
        except (OSError, OverflowError) as error:
            other = port + 1 if 1024 <= port < 65535 else 8001
            taken = getattr(error, "errno", None) in (
                errno.EADDRINUSE,
                getattr(errno, "WSAEADDRINUSE", 0),
            )
            why = "another program uses it" if taken else str(getattr(error, "strerror", error))
            raise SitegenError(
                f"The preview can't be at port {port}: {why}.", fix=f"sitegen serve --port {other}"
            ) from None

    def server_bind(self) -> None:
        """Bind, without asking the network for this computer's name."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = "127.0.0.1", self.port

    @property
    def port(self) -> int:
        """The port that it has."""
        return int(self.server_address[1])

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that goes away is no error; all else is a bug, and is told."""
        error = sys.exception()
        if not isinstance(error, (ConnectionError, TimeoutError)):
            self.say(f"A page could not be sent: {type(error).__name__}: {error}")


_OWN = {
    SCRIPT: Answer(status=200, body=RELOAD.encode(), type="text/javascript; charset=utf-8"),
    STYLE: Answer(status=200, body=LOOKS.encode(), type="text/css; charset=utf-8"),
}
