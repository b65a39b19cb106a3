"""The preview's web server: for this computer's own browser, and for nobody else.

A page of another site can send requests here from the same browser. So only this computer's own
names are answered to, requests that other sites make are refused, and no CORS header is ever sent.
"""

from __future__ import annotations

import errno
import os
import socketserver
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from sitegen.overlay import EVENTS, ON
from sitegen.problems import SitegenError

HEARTBEAT = 15.0  # seconds between two signs of life, by which a browser that left is noticed


class Board:
    """Where the builder tells that there is something new, and where the browsers wait for it.

    The ``epoch`` grows with each change, also when the server is started again.
    """

    def __init__(self, epoch: int) -> None:
        self.epoch = epoch
        self._news = threading.Condition()

    def put_up(self, epoch: int) -> None:
        """Tell of a change."""
        with self._news:
            self.epoch = epoch
            self._news.notify_all()

    def wait(self, seen: int, seconds: float) -> int:
        """The epoch, as soon as it is not the one seen; at the latest in so many seconds."""
        with self._news:
            self._news.wait_for(lambda: self.epoch != seen, seconds)
            return self.epoch


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An answer to a request."""

    status: int
    body: bytes = b""
    type: str = "text/plain; charset=utf-8"
    location: str = ""
    cookie: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A GET, as far as it matters: the path and the query as sent, the cookies, and the port."""

    path: str
    query: str = ""
    cookies: str = ""
    port: int = 0


def refusal(headers: Message, port: int, *, visits: bool = True) -> str:
    """Why a request is refused; empty when it is the own browser that asks, for its own pages.

    A link on another site may lead here, where ``visits`` are welcome.
    """
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
    foreign = headers.get("Sec-Fetch-Site", "none") not in ("none", "same-origin")
    if foreign and not (visit and visits):
        return "Another site asked for this; the preview is not for other sites."
    return ""


class Handler(BaseHTTPRequestHandler):
    """Answers one request (HTTP/1.0: a connection each)."""

    server: Server
    server_version, sys_version = "sitegen", ""
    timeout = 30

    def do_GET(self) -> None:
        """Send a file, or the events."""
        changes = self.path.partition("?")[0] == ON
        if why := refusal(self.headers, self.server.port, visits=not changes):
            self._send(Answer(status=403, body=f"{why}\n".encode()))
        elif self.path.partition("?")[0] == EVENTS:
            self._events()
        else:
            target, cookies = self.path.partition("#")[0], self.headers.get("Cookie", "")
            path, _, query = target.partition("?")
            port = self.server.port
            asked = Request(path=path, query=query, cookies=cookies, port=port)
            self._send(self.server.answer(asked))

    do_HEAD = do_GET

    def do_POST(self) -> None:
        """Refuse: nothing can be changed here."""
        self._send(Answer(status=405, body=b"Only GET and HEAD are answered here.\n"))

    do_PUT = do_PATCH = do_DELETE = do_OPTIONS = do_POST

    def _send(self, what: Answer) -> None:
        self._begin(what.status, what.type)
        self.send_header("Content-Length", str(len(what.body)))
        if what.location:
            self.send_header("Location", what.location)
        if what.cookie:
            self.send_header("Set-Cookie", what.cookie)
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
            epoch = self.server.board.wait(seen, HEARTBEAT)
            text = f"retry: 500\ndata: {epoch}\n\n" if epoch != seen else ": still here\n\n"
            self.wfile.write(text.encode())
            seen = epoch

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: the terminal is for what editors need to know."""


class Server(ThreadingHTTPServer):
    """Sends what ``answer`` gives, at 127.0.0.1. SitegenError when the port can't be had."""

    daemon_threads = True
    allow_reuse_address = os.name == "posix"  # elsewhere it would let two have one port
    allow_reuse_port = False
    request_queue_size = 64

    def __init__(
        self,
        port: int,
        answer: Callable[[Request], Answer],
        board: Board,
        say: Callable[[str], None],
    ) -> None:
        self.answer, self.board, self.say = answer, board, say
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
