"""``sitegen stale``: what a build.json says at a moment, and every way in which it says nothing."""

from __future__ import annotations

import gzip
import json
import threading
import time
from collections.abc import Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from sitegen.commands import stale
from sitegen.problems import SitegenError
from tests.sites import at, consultation, made, page

SITE = {
    "content/pages/index.md": page(title="Welcome"),
    "content/consultations/c.md": consultation("2026-06-01 09:00", "2026-06-30", title="C"),
}


def says(now: str, built: str = "2026-06-15", **other: object) -> str:
    """The sentence about a site built at one moment, at another."""
    row = json.loads(made(SITE, "build.json", built)) | other
    record = stale.record(json.dumps(row).encode(), "build.json")
    return stale.verdict(record, at(now)).says


@pytest.mark.parametrize(
    ("built", "now", "words"),
    [
        (
            "2026-05-20",
            "2026-05-21",
            "Up to date: nothing changes until 9am on Monday 1 June 2026, when “C” opens.",
        ),
        (
            "2026-06-15",
            "2026-06-30 23:59",
            "Up to date: nothing changes until the end of Tuesday 30 June 2026, when “C” closes.",
        ),
        (
            "2026-06-15",
            "2026-07-01",
            "Stale: the site changes at the end of Tuesday 30 June 2026 (“C” closes)."
            " Build it again.",
        ),
        (
            "2026-06-15",
            "2026-05-31",
            "Stale: the site is right only from 9am on Monday 1 June 2026 on. Build it again.",
        ),
        ("2027-01-01", "2030-01-01", "Up to date: nothing changes until its content does."),
    ],
)
def test_what_is_said(built: str, now: str, words: str) -> None:
    """When, in the site's own calendar, and what its pages say will happen."""
    assert says(now, built) == words


def test_the_time_zone_is_the_site_s() -> None:
    """An older build.json has none: then London's."""
    assert "the end of Tuesday 30 June" in says("2026-06-15", pages=[])
    assert "1am on Wednesday 1 July" in says("2026-06-15", timezone="Europe/Paris", pages=[])


def test_the_json() -> None:
    """The same, for programs."""
    record = stale.record(made(SITE, "build.json", "2026-06-15"), "build.json")
    assert json.loads(stale.as_json(stale.verdict(record, at("2026-07-01")))) == {
        "stale": True,
        "says": says("2026-07-01"),
        "valid_from": "2026-06-01T09:00:00+01:00",
        "valid_until": "2026-07-01T00:00:00+01:00",
        "timezone": "Europe/London",
        "changes": [{"url": "/consultations/c/", "title": "C", "what": "closes"}],
    }


GOOD = {"generator": "sitegen", "valid_from": None, "valid_until": None}


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "is not JSON"),
        (b"title: A\n", "is not JSON"),
        (b"\xff\xfe\x00", "is not JSON"),
        (b"[" * 200_000, "is not JSON"),
        (b"\n<!doctype html><title>Not found</title>", "is a web page"),
        (b"[]", "is JSON, but no build.json"),
        (b'{"generator": "Hugo"}', "is JSON, but no build.json"),
        (b'{"generator": "sitegen"}', "another sitegen wrote it"),
        (GOOD | {"valid_until": 7}, "another sitegen wrote it"),
        (GOOD | {"valid_until": "soon"}, "another sitegen wrote it"),
        (GOOD | {"valid_until": "2026-06-15"}, "another sitegen wrote it"),
        (GOOD | {"valid_until": "0001-01-01T00:00:00+23:00"}, "another sitegen wrote it"),
        (
            GOOD | {"valid_until": "9999-12-31T23:59:59+00:00", "timezone": "Asia/Tokyo"},
            "another sitegen wrote it",
        ),
        (GOOD | {"timezone": "../../etc/passwd"}, "another sitegen wrote it"),
        (GOOD | {"pages": [7]}, "another sitegen wrote it"),
    ],
)
def test_what_is_no_build_json(data: bytes | dict[str, object], why: str) -> None:
    """It is said what it is instead; never a traceback."""
    sent = data if isinstance(data, bytes) else json.dumps(data).encode()
    with pytest.raises(SitegenError, match=why):
        stale.record(sent, "it")


def test_a_folder_or_a_file(tmp_path: Path) -> None:
    """The folder of a site will do; what isn't there is said."""
    (tmp_path / "build.json").write_bytes(b"{}")
    assert stale.fetch(str(tmp_path)) == stale.fetch(str(tmp_path / "build.json")) == b"{}"
    for missing in (tmp_path / "other", tmp_path / "other.json", "\0"):
        with pytest.raises(SitegenError, match="can't be read"):
            stale.fetch(str(missing))


def test_a_file_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also one that is small while it is packed."""
    monkeypatch.setattr(stale, "MOST_BYTES", 1000)
    (tmp_path / "build.json").write_bytes(b" " * 1001)
    with pytest.raises(SitegenError, match="too large"):
        stale.fetch(str(tmp_path))


# ---- from a server


class Site(BaseHTTPRequestHandler):
    """A web server with a site, and with all that goes wrong with others."""

    def do_GET(self) -> None:
        """An answer by path."""
        name = self.path.removesuffix("/build.json")
        answers = {
            "": partial(self.answer, b"{}"),
            "/below": partial(self.answer, b'{"below": 1}'),
            "/moved": partial(self.answer, b"", 301, Location="/below/build.json"),
            "/round": partial(self.answer, b"", 302, Location="/round/build.json"),
            "/file": partial(self.answer, b"", 302, Location="file:///etc/hostname"),
            "/packed": partial(self.answer, gzip.compress(b'{"packed": 1}')),
            "/bomb": partial(self.answer, gzip.compress(b" " * 100_000)),
            "/torn": partial(self.answer, gzip.compress(b"{}")[:-9]),
            "/wrong": partial(self.answer, gzip.compress(b"{}")[:10] + b"\xff" * 9),
            "/drips/head": partial(self.drip, b"HTTP/1.0 200 OK\r\nX: "),
            "/drips/body": partial(self.drip, b"HTTP/1.0 200 OK\r\n\r\n"),
        }
        answers.get(name, partial(self.answer, b"<h1>Not found</h1>", 404))()

    def answer(self, data: bytes, code: int = 200, **headers: str) -> None:
        """Send bytes."""
        self.send_response(code)
        for header in ({"Content-Length": str(len(data))} | headers).items():
            self.send_header(*header)
        self.end_headers()
        self.wfile.write(data)

    def drip(self, data: bytes) -> None:
        """Send this, and then a byte now and then."""
        for _ in range(60):
            self.wfile.write(data)
            data = b" "
            time.sleep(0.05)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The address of the server."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.mark.parametrize(
    ("path", "sent"),
    [
        ("", b"{}"),
        ("/", b"{}"),
        ("/?from=here#top", b"{}"),
        ("/build.json", b"{}"),
        ("/below/", b'{"below": 1}'),
        ("/below", b'{"below": 1}'),
        ("/moved/", b'{"below": 1}'),
        ("/packed/", b'{"packed": 1}'),
    ],
)
def test_an_address(address: str, path: str, sent: bytes) -> None:
    """Of the site or of its build.json; moved or packed."""
    assert stale.fetch(address + path) == sent


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("/nothing/", "the server answers 404 Not Found"),
        ("/round/", "the server answers 302"),
        ("/file/", "the server answers 302"),
        ("/torn/", "it ends too early"),
        ("/wrong/", "it can't be unpacked"),
    ],
)
def test_what_a_server_can_t_give(address: str, path: str, why: str) -> None:
    """It is said; a redirect leads to no file."""
    with pytest.raises(SitegenError, match=why):
        stale.fetch(address + path)


@pytest.mark.parametrize("path", ["/drips/head/", "/drips/body/"])
def test_a_server_that_drips(address: str, path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is never silent, and has a deadline all the same."""
    monkeypatch.setattr(stale, "MOST_SECONDS", 0.2)
    with pytest.raises(SitegenError, match="takes too long"):
        stale.fetch(address + path)


def test_what_is_packed_too_well(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is not unpacked to its end."""
    monkeypatch.setattr(stale, "MOST_BYTES", 1000)
    with pytest.raises(SitegenError, match="too large"):
        stale.fetch(f"{address}/bomb/")


@pytest.mark.parametrize(
    "where", ["ftp://127.0.0.1/", "http://", "http://[", "http://127.0.0.1:1/"]
)
def test_what_is_no_address(where: str) -> None:
    """It can't be read, and that is said."""
    with pytest.raises(SitegenError, match="can't be read"):
        stale.fetch(where)
