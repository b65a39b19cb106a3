"""The preview's server under attack: odd heads, clients that dally, two hundred browsers."""

from __future__ import annotations

import re
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote, urljoin

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sitegen.serving import asking, server
from sitegen.serving.asking import Answer, Request
from sitegen.serving.preview import Preview
from sitegen.serving.server import Board, Server
from sitegen.serving.window import Window
from tests.serving.test_serve import FIRST, PATIENCE, Running, Site, until
from tests.trials import TRIALS

PORT = 8000
HOST = f"Host: 127.0.0.1:{PORT}"


def head(*fields: str, line: str = "GET /news/ HTTP/1.1", end: str = "\r\n") -> bytes:
    """A request's head."""
    return "".join(row + end for row in (line, *fields)).encode("latin-1")


def status(*fields: str, line: str = "GET /news/ HTTP/1.1", end: str = "\r\n") -> int:
    """The status that a head gets; 200 for what is let in."""
    found = asking.read(head(*fields, line=line, end=end), PORT)
    return found.status if isinstance(found, Answer) else 200


# ---- what is let in


NO_REQUESTS = [
    "",
    "GET",
    "GET /",  # HTTP/0.9, whose answers have no headers
    "GET /\r\n",
    "GET  / HTTP/1.1",
    " GET / HTTP/1.1",
    "GET / HTTP/1.1 ",
    "GET /\tHTTP/1.1",
    "GET / http/1.1",
    "GET / HTTP/2.0",
    "GET / HTTP/9.9",
    "GET / HTTP/1.10",
    "GET / HTTP/1." + "1" * 5000,
    "GET / HTTP/1.-1",
    "GET / HTTPS/1.1",
    "PRI * HTTP/2.0",
    "OPTIONS * HTTP/1.1",
    "CONNECT evil.example:443 HTTP/1.1",
    "CONNECT 127.0.0.1:8000 HTTP/1.1",
    "GET http://127.0.0.1:8000/ HTTP/1.1",
    "GET http://evil.example/ HTTP/1.1",
    "GET //127.0.0.1@evil.example:x HTTP/1.1 HTTP/1.1",
    "GET evil.example HTTP/1.1",
    "GET ?on=2030-01-01 HTTP/1.1",
    "GET / a HTTP/1.1",
    "GET /\0 HTTP/1.1",
    "GET /\x7f HTTP/1.1",
    "GET /a\rb HTTP/1.1",
    "GET /a\nb HTTP/1.1",
    "<script>alert(1)</script> / HTTP/1.1",
    "G\xc9T / HTTP/1.1",
    "\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03",  # https
    "SSH-2.0-OpenSSH_9.2",
]


@pytest.mark.parametrize("line", NO_REQUESTS, ids=repr)
def test_a_line_that_is_no_request(line: str) -> None:
    """It is refused, and nothing of it is said again."""
    found = asking.read(head(HOST, line=line), PORT)
    assert isinstance(found, Answer)
    assert found.status == 400
    assert found.type.startswith("text/plain")
    assert b"<" not in found.body and b"evil" not in found.body


NO_FIELDS = [
    "no field",
    ": no name",
    "Host : 127.0.0.1:8000",
    " Host: 127.0.0.1:8000",
    "X: a\r\n folded",
    "X: a\r\n\tfolded",
    "X: a\rOrigin: https://evil.example",
    "X: a\nOrigin: https://evil.example",
    "X: a\0b",
    "N\xe4me: a",
    "(X): a",
]


@pytest.mark.parametrize("line", NO_FIELDS, ids=repr)
def test_a_line_that_is_no_field(line: str) -> None:
    """The whole head is refused: no field after such a line is missed, none within it is read."""
    assert status(HOST, line) == 400
    assert status(line, HOST) == 400
    assert status(HOST, line, "Origin: https://evil.example") == 400


def test_a_line_ends_as_it_must() -> None:
    """By CR and LF, each of them."""
    assert status(HOST) == 200
    for end in ("\n", "\r", "\r\r\n", "\n\r", "\x85", "\u2028".encode().decode("latin-1")):
        assert status(HOST, end=end) == 400, end
    assert not isinstance(asking.read(head(HOST), PORT), Answer)
    assert isinstance(asking.read(head(HOST)[:-1], PORT), Answer)


OTHER_HOSTS = [
    "",
    "127.0.0.1",
    "127.0.0.1:",
    "127.0.0.1:80",
    "127.0.0.1:8001",
    "127.0.0.1:08000",
    "127.0.0.1:8000.",
    "127.0.0.1.:8000",
    "127.0.0.1:8000:8000",
    "127.0.0.1:8000, evil.example",
    "127.0.0.1:8000 evil.example",
    "127.0.0.1:8000/",
    "127.0.0.1:8000@evil.example",
    "evil.example@127.0.0.1:8000",
    "user:word@127.0.0.1:8000",
    "127.0.0.1.evil.example:8000",
    "localhost.evil.example:8000",
    "evil-localhost:8000",
    "a.localhost:8000",
    "localhost.:8000",
    "localhost.localdomain:8000",
    "127.1:8000",
    "127.0.0.2:8000",
    "0.0.0.0:8000",
    "0:8000",
    "2130706433:8000",
    "0x7f.0.0.1:8000",
    "017700000001:8000",
    "[::]:8000",
    "[::1]",
    "::1:8000",
    "[0:0:0:0:0:0:0:1]:8000",
    "[::ffff:127.0.0.1]:8000",
    "[::1%25lo]:8000",
    "evil.example",
    "evil.example:8000",
    "http://127.0.0.1:8000",
    "127.0.0.1:8000\xa0",
    "\xb2127.0.0.1:8000",
    "127\u3002".encode().decode("latin-1") + "0.0.1:8000",
]


@pytest.mark.parametrize("host", OTHER_HOSTS, ids=repr)
def test_other_names(host: str) -> None:
    """Only the three names of this computer, with the port, are answered to: none is worked out."""
    assert status(f"Host: {host}") == 403
    assert status(f"Host: {host}", HOST) == 403
    assert status(HOST, f"Host: {host}") == 403


def test_own_names() -> None:
    """In any case, and at port 80 without it; one of them, once."""
    for host in ("127.0.0.1:8000", "localhost:8000", "LocalHost:8000", "[::1]:8000"):
        assert status(f"host:{host}") == 200
        assert status(f"HOST: \t{host} \t") == 200
    assert status() == 403
    assert status(HOST, HOST) == 403
    assert isinstance(asking.read(head("Host: localhost"), 80), Request)
    assert isinstance(asking.read(head("Host: localhost"), 8000), Answer)


@pytest.mark.parametrize(
    "method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND"]
)
def test_other_methods(method: str) -> None:
    """Nothing can be changed; and who may not ask is told no more than that."""
    assert status(HOST, line=f"{method} /news/ HTTP/1.1") == 405
    assert status("Host: evil.example", line=f"{method} /news/ HTTP/1.1") == 403
    assert status(HOST, line=f"{method.lower()} /news/ HTTP/1.0") == 405


SITES = ("none", "same-origin", "same-site", "cross-site", "", "NONE", "none, cross-site")
MODES = ("navigate", "cors", "no-cors", "same-origin", "websocket", "")
DESTS = (
    "document",
    "iframe",
    "frame",
    "embed",
    "object",
    "script",
    "image",
    "sharedworker",
    "empty",
)
ORIGINS = (None, "http://127.0.0.1:8000", "null", "https://evil.example", "https://127.0.0.1:8000")


@pytest.mark.parametrize("on", [False, True])
def test_who_asks(on: bool) -> None:
    """Of all that browsers say: own pages, a typed address; and a link elsewhere, to look only."""
    line = f"GET {'/_sitegen/on?on=' if on else '/news/'} HTTP/1.1"
    let_in = set()
    for site in SITES:
        for mode in MODES:
            for dest in DESTS:
                for origin in ORIGINS:
                    rows = [f"Sec-Fetch-Site: {site}", f"Sec-Fetch-Mode: {mode}"]
                    rows += [f"Sec-Fetch-Dest: {dest}"] + [f"Origin: {origin}"] * bool(origin)
                    if status(HOST, *rows, line=line) == 200:
                        let_in.add((site, (mode, dest), origin))
    visit = ("navigate", "document")
    for site, how, origin in let_in:
        assert origin in (None, "http://127.0.0.1:8000")
        assert site in ("none", "same-origin") or (how == visit and not on), (site, how)
    assert ("none", visit, None) in let_in
    assert ("same-origin", ("cors", "empty"), "http://127.0.0.1:8000") in let_in
    assert (("cross-site", visit, None) in let_in) is not on


@pytest.mark.parametrize("name", ["Origin", "Sec-Fetch-Site", "Sec-Fetch-Mode", "Sec-Fetch-Dest"])
def test_what_is_said_twice(name: str) -> None:
    """The worse of the two holds, in either order."""
    good = {
        "Origin": "http://127.0.0.1:8000",
        "Sec-Fetch-Site": "same-origin",
        "Sec-Fetch-Mode": "navigate",
        "Sec-Fetch-Dest": "document",
    }
    bad = {"Origin": "null", "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "cors"}
    others = (
        {} if name in ("Origin", "Sec-Fetch-Site") else {**good, "Sec-Fetch-Site": "cross-site"}
    )
    rest = [f"{k}: {v}" for k, v in others.items() if k != name]
    both = [f"{name}: {good[name]}", f"{name}: {bad.get(name, 'iframe')}"]
    assert status(HOST, *rest, *both) == 403
    assert status(HOST, *rest, *reversed(both)) == 403


@given(st.binary(max_size=300))
@example(b"GET / HTTP/1.1\r\nHost: 127.0.0.1:8000\r\nX:" + b" " * 60_000 + b"\0\r\n")
@example(b"GET / HTTP/1.1\r\n" + b"A: b\r\n" * 10_000 + b"\r")
@example(b"A" * 65_536)
@example(b"GET /" + b"%2e" * 20_000)
def test_any_bytes(sent: bytes) -> None:
    """They are a request or get an answer: nothing else comes of them."""
    found = asking.read(sent, PORT)
    assert isinstance(found, Request) or found.status in (400, 403, 405)
    found = asking.read(head(HOST) + sent, PORT)
    assert isinstance(found, Request) or found.status in (400, 403, 405)


# ---- paths


@pytest.fixture(scope="module")
def window(tmp_path_factory: pytest.TempPathFactory) -> Window:
    """What answers, of a site of one story, with nothing between."""
    site = Site(tmp_path_factory.mktemp("seen") / "site")
    preview = Preview(site.root / "config.yaml", lambda tz: datetime.now(UTC), lambda text: None)
    preview.begin()
    return Window(preview)


PIECES = [
    *(
        "..",
        ".",
        "%2e%2e",
        ".%2e",
        "%252e%252e",
        "%c0%ae%c0%ae",
        "%e0%80%ae",
        "%uff0e",
        "..;",
        "...",
    ),
    *("/", "//", "%2f", "%252f", "%c0%af", "\\", "%5c", "%255c", "%00", "%0d%0a", "%09", "%20"),
    *("config.yaml", "content", "news", ".sitegen", "templates", "etc", "passwd", "C:", "~", "*"),
    *(
        "evil.example",
        "@evil.example",
        "%ff",
        "\xff",
        "%",
        "%2",
        "%zz",
        "#",
        "_sitegen",
        "index.html",
    ),
]


@settings(max_examples=300 * TRIALS)
@given(st.lists(st.sampled_from(PIECES), max_size=9).map("".join), st.booleans())
def test_any_path(window: Window, path: str, back: bool) -> None:
    """It shows a file of the site or nothing, and leads to this site only."""
    target = f"/_sitegen/on?on=&back={quote('/' + path, safe='%')}" if back else f"/{path}"
    asked = asking.read(head(HOST, line=f"GET {target} HTTP/1.1"), PORT)
    if isinstance(asked, Answer):
        assert asked.status == 400
        return
    found = window.answer(asked)
    assert found.status in (200, 302, 400, 404)
    assert b"base_url" not in found.body and b"Some words.\n---" not in found.body
    if found.location:
        assert urljoin(f"http://127.0.0.1:{PORT}/a/b/", found.location).startswith(
            f"http://127.0.0.1:{PORT}/"
        )
        assert re.fullmatch(r"/(?![/\\])[!-~]*", found.location)


# ---- sockets


@contextmanager
def running(answer: Callable[[Request], Answer]) -> Iterator[Server]:
    """A server with this answer to everything."""
    with Server(0, answer, Board(1), pytest.fail) as found:
        thread = threading.Thread(target=found.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        yield found
        found.shutdown()
        thread.join(PATIENCE)


def connected(port: int, sent: str = "") -> socket.socket:
    """A connection over which this was sent; ``{host}`` in it is the server's."""
    found = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
    found.sendall(sent.format(host=f"Host: 127.0.0.1:{port}").encode("latin-1"))
    return found


def all_of(connection: socket.socket) -> bytes:
    """What comes until the other end hangs up, in whatever way."""
    pieces = []
    with suppress(ConnectionError):
        while piece := connection.recv(65536):
            pieces.append(piece)
    return b"".join(pieces)


GOOD = "GET / HTTP/1.1\r\n{host}\r\n\r\n"
LISTEN = "GET /_sitegen/events HTTP/1.1\r\n{host}\r\n\r\n"
DALLIERS = {
    "silent": "",
    "half a line": "GET /",
    "half a head": "GET / HTTP/1.1\r\n{host}\r\n",
    "never reads": "GET /large HTTP/1.1\r\n{host}\r\n\r\n",
    "malformed": "\0\r\n\r\n",
    "asks five times": GOOD * 5,
    "sends a body": GOOD.replace("GET", "POST") + "x" * 200_000,
    "no end": "GET / HTTP/1.1\r\n" + "X: y\r\n" * 20_000,
    "listens": LISTEN,
}
LARGE = 30_000_000  # bytes: more than buffers hold


def test_who_dallies_holds_up_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """Others are answered meanwhile; and all that dally are dropped, though some go on sending."""
    for name in ("ASKING", "SENDING", "LEAVING", "LISTENING", "NOTICING"):
        monkeypatch.setattr(server, name, 1.0)
    large = b"x" * LARGE
    before = threading.active_count()
    with running(lambda r: Answer(status=200, body=large if r.path == "/large" else b"Yes")) as at:
        rude = [connected(at.port, sent) for sent in DALLIERS.values() for _ in range(30)]
        dripping = [connected(at.port, GOOD[:-2]) for _ in range(30)]
        for _ in range(20):
            assert all_of(connected(at.port, GOOD)).endswith(b"\r\n\r\nYes")
        left, end = {*dripping}, time.monotonic() + PATIENCE
        while left and time.monotonic() < end:
            for connection in [*left]:
                try:
                    connection.sendall(b"X")
                except OSError:
                    left.discard(connection)
            time.sleep(0.05)
        assert not left
        assert until(lambda: threading.active_count() <= before + 1)
        assert all(len(all_of(connection)) < LARGE for connection in rude)
        for connection in (*rude, *dripping):
            connection.close()


def test_each_connection_has_one_answer() -> None:
    """Whatever is sent behind a head is not taken for another; the answer arrives whole."""
    with running(lambda r: Answer(status=200, body=b"Yes" * 100_000)) as at:
        for more in (GOOD, "x" * 1_000_000, "5\r\nabcde\r\n0\r\n\r\n" + GOOD):
            for fields in (
                "",
                "Content-Length: 3\r\nContent-Length: 5\r\n",
                "Connection: keep-alive\r\n",
            ):
                for code in ("", "Transfer-Encoding: chunked\r\n", "Expect: 100-continue\r\n"):
                    asked = f"GET / HTTP/1.1\r\n{{host}}\r\n{fields}{code}\r\n"
                    told = all_of(connected(at.port, asked + more))
                    assert told.count(b"HTTP/1.1 ") == 1
                    assert told.endswith(b"\r\n\r\n" + b"Yes" * 100_000)


def test_what_protects_is_in_every_answer() -> None:
    """Also in those that refuse."""
    lines = (
        GOOD,
        LISTEN.replace("GET", "HEAD"),
        "GET /\r\n\r\n",
        GOOD.replace("G", "Y"),
        "PRI\r\n\r\n",
    )
    with running(lambda r: Answer(status=200)) as at:
        for sent in (*lines, GOOD.replace("{host}", "Host: evil.example")):
            told = all_of(connected(at.port, sent)).decode()
            assert re.match(r"HTTP/1\.1 (200|400|403|405) [A-Z]", told)
            for field in ("nosniff", "no-store", "X-Frame-Options: SAMEORIGIN", "same-origin"):
                assert field in told, sent


def test_more_than_there_is_room_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who comes when all room is taken is turned away; once somebody has gone, there is room."""
    monkeypatch.setattr(server, "MOST_AT_ONCE", threading.active_count() + 20)
    monkeypatch.setattr(server, "NOTICING", 0.1)
    with running(lambda r: Answer(status=200, body=b"Yes")) as at:
        listening = [connected(at.port, LISTEN) for _ in range(40)]
        told = [connection.recv(10) for connection in listening]
        assert 0 < told.count(b"HTTP/1.1 2") <= 20
        for connection in listening:
            connection.close()
        assert until(lambda: all_of(connected(at.port, GOOD)).endswith(b"Yes"))


def test_only_this_computer_is_served() -> None:
    """At no other address of this machine does anybody listen."""
    told = subprocess.run(["hostname", "-I"], capture_output=True, text=True, check=False).stdout
    others = [
        address for address in told.split() if not address.startswith(("127.", "::1", "fe80"))
    ]
    if not others:
        pytest.skip("this machine has no address but loopback")
    with running(lambda r: Answer(status=200)) as at:
        for address in (*others, "127.0.0.2"):
            with pytest.raises(OSError):
                socket.create_connection((address, at.port), timeout=PATIENCE)


# ---- two hundred browsers


BROWSERS, EDITS, MARGIN = 200, 4 * TRIALS, 32_000  # the last in kB


class Process:
    """What a process holds, as Linux tells it."""

    def __init__(self, pid: int) -> None:
        self._folder = Path(f"/proc/{pid}")

    def _row(self, name: str) -> int:
        return int(re.findall(rf"{name}:\s+(\d+)", (self._folder / "status").read_text())[0])

    @property
    def holds(self) -> tuple[int, int]:
        """Threads and descriptors."""
        return self._row("Threads"), len([*(self._folder / "fd").iterdir()])

    @property
    def memory(self) -> int:
        """Of the memory that it has, in kB."""
        return self._row("VmRSS")


def newest(connection: socket.socket) -> int:
    """The next epoch that is told over a stream."""
    told = b""
    while not (found := re.findall(rb"data: (\d+)\n\n", told)):
        piece = connection.recv(4096)
        assert piece, "the stream has ended"
        told += piece
    return int(found[-1])


def within(holds: tuple[int, ...], alone: tuple[int, ...], browsers: int) -> bool:
    """Whether a process has no more of anything than when it was alone, and one a browser."""
    return all(has <= had + browsers for has, had in zip(holds, alone, strict=True))


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="no /proc here")
def test_two_hundred_browsers_leak_nothing(tmp_path: Path) -> None:
    """All see each save, load the page and listen anew; then half go, and Ctrl-C ends the rest."""
    site = Site(tmp_path / "site")
    preview = Running(site.root)
    process = Process(preview.process.pid)
    page = GOOD.replace("/", FIRST, 1)
    try:
        assert all_of(connected(preview.port, page))
        alone = process.holds
        tabs = [connected(preview.port, LISTEN) for _ in range(BROWSERS)]
        epoch = max(map(newest, tabs))
        held = []
        for edit in range(EDITS + 2):  # the first two warm it up
            site.story("first", f"Edit {edit}.")
            for tab in tabs:
                while (told := newest(tab)) <= epoch:
                    pass
                tab.close()
            epoch = told
            for loading in [connected(preview.port, page) for _ in tabs]:
                assert f"Edit {edit}.".encode() in all_of(loading)
            tabs = [connected(preview.port, LISTEN) for _ in tabs]
            assert {*map(newest, tabs)} == {epoch}
            assert until(lambda: within(process.holds, alone, BROWSERS))
            held.append(process.memory)
        assert held[-1] - held[1] < MARGIN, held
        for tab in tabs[100:]:
            tab.close()
        assert until(lambda: within(process.holds, alone, 100))
    finally:
        code = preview.stop()
    assert code == 0
    assert preview.said[-1] == "Stopped."
    assert not [line for line in preview.said if "Traceback" in line or "could not" in line]
