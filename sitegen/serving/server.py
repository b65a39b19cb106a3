"""The preview's web server: for this computer's own browser, and for nobody else.

Whatever sends to its port may be anybody's program. So a connection has one request, whose head
has a size and a deadline, and each answer has a deadline too. No CORS header is ever sent.
"""

from __future__ import annotations

import errno
import os
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from email.utils import formatdate
from http import HTTPStatus
from socketserver import BaseRequestHandler, ThreadingTCPServer
from typing import Any

from sitegen.problems import SitegenError
from sitegen.serving import asking
from sitegen.serving.asking import Answer, Request
from sitegen.serving.overlay import EVENTS

NOTICING = 2.0  # seconds until it is noticed that a browser that listens has left
LISTENING = 600.0  # seconds after which a browser that listens has to come again; it does so itself
ASKING = 10.0  # seconds that a request's head may take
SENDING = 30.0  # seconds that an answer may take
LEAVING = 1.0  # seconds that a browser has to hang up once it was answered
MOST_BYTES = 65_536  # of a request's head
MOST_AT_ONCE = 700  # threads, one a connection: a browser keeps at most 256
_END = b"\r\n\r\n"
_ALWAYS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin-allow-popups",
    "Connection": "close",
}


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


class Handler(BaseRequestHandler):
    """Answers one request, and ends the connection."""

    request: socket.socket
    server: Server

    def handle(self) -> None:
        """Send what is asked for, or the events, or nothing to who asks too long for it."""
        head = self._head()
        asked = asking.read(head, self.server.port)
        self.request.settimeout(SENDING)
        if isinstance(asked, Answer):
            self._send(asked)
        elif asked.path == EVENTS:
            self._events(asked)
        else:
            self._send(self.server.answer(asked), without_body=asked.without_body)
        self._see_off()

    def _head(self) -> bytes:
        """All before the first empty line; nothing where that is too far, or never comes.

        TimeoutError when it takes too long.
        """
        head = b""
        for piece in self._pieces(ASKING):
            head += piece
            if _END in head or len(head) > MOST_BYTES:
                break
        head, end, _ = head.partition(_END)
        return head + b"\r\n" if end else b""

    def _see_off(self) -> None:
        """Let a browser read its answer: to close while it still sends would take it away."""
        with suppress(OSError):
            self.request.shutdown(socket.SHUT_WR)
            for _ in self._pieces(LEAVING):
                pass

    def _pieces(self, seconds: float) -> Iterator[bytes]:
        """What a browser sends until it has done. TimeoutError after so many seconds."""
        ends = time.monotonic() + seconds
        while (left := ends - time.monotonic()) > 0:
            self.request.settimeout(left)
            if not (piece := self.request.recv(MOST_BYTES)):
                return
            yield piece
        raise TimeoutError

    def _send(self, what: Answer, *, without_body: bool = False) -> None:
        more = {
            "Content-Length": str(len(what.body)),
            "Location": what.location,
            "Set-Cookie": what.cookie,
            "Allow": "GET, HEAD" if what.status == HTTPStatus.METHOD_NOT_ALLOWED else "",
        }
        head = _head(what.status, what.type, more)
        self.request.sendall(head if without_body else head + what.body)

    def _events(self, asked: Request) -> None:
        """The epoch, and each new one, for as long as the browser listens."""
        self.request.sendall(_head(200, "text/event-stream; charset=utf-8", {}))
        seen, ends = 0, time.monotonic() + LISTENING
        while not asked.without_body and self._is_there() and time.monotonic() < ends:
            epoch = self.server.board.wait(seen, NOTICING)
            if epoch != seen:
                self.request.sendall(f"retry: 500\ndata: {epoch}\n\n".encode())
            seen = epoch

    def _is_there(self) -> bool:
        """Whether a browser that was told to listen has not hung up."""
        self.request.settimeout(0)
        try:
            return bool(self.request.recv(MOST_BYTES))
        except BlockingIOError:
            return True
        finally:
            self.request.settimeout(SENDING)


def _head(status: int, type_: str, more: dict[str, str]) -> bytes:
    """The head of an answer (RFC 9112). Fields that have no value are left out."""
    fields = {"Date": formatdate(usegmt=True), "Content-Type": type_, **_ALWAYS, **more}
    lines = [f"HTTP/1.1 {status} {HTTPStatus(status).phrase}"]
    lines += [f"{name}: {value}" for name, value in fields.items() if value]
    return "\r\n".join([*lines, "", ""]).encode("latin-1")


class Server(ThreadingTCPServer):
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

    @property
    def port(self) -> int:
        """The port that it has."""
        return int(self.server_address[1])

    def verify_request(self, request: Any, client_address: Any) -> bool:
        """Whether there is room for one more connection; without it, it is ended at once."""
        return threading.active_count() < MOST_AT_ONCE

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that goes away or takes too long is no error; all else is a bug, and told."""
        error = sys.exception()
        if not isinstance(error, OSError):
            self.say(f"A page could not be sent: {type(error).__name__}: {error}")
