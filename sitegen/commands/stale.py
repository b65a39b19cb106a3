"""``sitegen stale``: must a published site be built again? Its build.json tells.

Nothing but Python is needed for it, so that a job that asks every hour installs nothing.
"""

from __future__ import annotations

import json
import threading
import zlib
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, wait
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.client import HTTPException, HTTPResponse
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlsplit, urlunsplit
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
    UnknownHandler,
)
from zoneinfo import ZoneInfo

from sitegen import __version__, clock
from sitegen.problems import SitegenError, printable

NAME = "build.json"
SECONDS = 20  # that a server may be silent
MOST_SECONDS = 60
MOST_BYTES = 64_000_000
TIME_ZONE = "Europe/London"
_HANDLERS = (
    ProxyHandler,
    HTTPHandler,
    HTTPSHandler,
    HTTPRedirectHandler,
    HTTPErrorProcessor,
    HTTPDefaultErrorHandler,
    UnknownHandler,
)
_TURNS = {"upcoming": "opens", "open": "closes"}


# ---- the bytes


def fetch(where: str) -> bytes:
    """The build.json of a site: at its http(s) address, in its folder, or named itself.

    SitegenError when there is none, when it is too large, or when a server takes too long.
    """
    try:
        data = _in_time(_download, _address(where)) if "://" in where else _read(Path(where))
    except HTTPError as error:
        told = f"the server answers {error.code} {error.reason}".rstrip()
        raise SitegenError(f"{where} can't be read: {told}", fix=_hint(error.code)) from None
    except OSError as error:
        reason = getattr(error, "reason", None) or error.strerror or error
        raise SitegenError(f"{where} can't be read: {reason}") from None
    except (HTTPException, ValueError) as error:
        raise SitegenError(f"{where} can't be read: {error}") from None
    if len(data) > MOST_BYTES:
        raise SitegenError(f"{where} is too large to be a {NAME}")
    return data


def _hint(code: int) -> str:
    return f"publish the site, or name the address of its {NAME}" if code in (404, 410) else ""


def _address(where: str) -> str:
    """The URL of a build.json, given it or the address of its site."""
    parts = urlsplit(where)
    if parts.scheme not in ("https", "http"):
        raise ValueError("an address begins with https:// or http://")
    if parts.path.endswith(".json"):
        return where
    return urlunsplit((parts.scheme, parts.netloc, f"{parts.path.rstrip('/')}/{NAME}", "", ""))


def _read(path: Path) -> bytes:
    with (path / NAME if path.is_dir() else path).open("rb") as file:
        return file.read(MOST_BYTES + 1)


def _download(url: str) -> bytes:
    """What a server sends, unpacked. Only http and https are followed, also by redirects."""
    opener = OpenerDirector()
    for handler in _HANDLERS:
        opener.add_handler(handler())
    headers = {"User-Agent": f"sitegen/{__version__}", "Accept-Encoding": "gzip"}
    with opener.open(Request(url, headers=headers), timeout=SECONDS) as answer:
        data = b"".join(_pieces(answer))
    return _unpacked(data) if data[:2] == b"\x1f\x8b" else data


def _in_time(work: Callable[[str], bytes], url: str) -> bytes:
    """What comes of some work; TimeoutError where it takes too long, and then it is left alone.

    A server that sends a byte now and then is never silent, nor has a lookup of names a deadline.
    """
    done: Future[bytes] = Future()

    def run() -> None:
        try:
            done.set_result(work(url))
        except BaseException as error:
            done.set_exception(error)

    threading.Thread(target=run, daemon=True).start()
    if not wait([done], MOST_SECONDS).done:
        raise TimeoutError("the server takes too long")
    return done.result()


def _pieces(answer: HTTPResponse) -> Iterator[bytes]:
    """The pieces of an answer, up to what is too much."""
    size = 0
    while size <= MOST_BYTES and (piece := answer.read1(1 << 16)):
        size += len(piece)
        yield piece


def _unpacked(data: bytes) -> bytes:
    """What gzip packed (RFC 1952), up to what is too much."""
    packed = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        plain = packed.decompress(data, MOST_BYTES + 1)
    except zlib.error:
        raise ValueError("it can't be unpacked") from None
    if len(plain) <= MOST_BYTES and not packed.eof:
        raise ValueError("it ends too early")
    return plain


# ---- what they say


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a page says that it will do: at this instant it opens or closes."""

    at: datetime
    url: str
    title: str
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What a build.json says: between which instants the site is right, and what then changes."""

    start: datetime | None
    end: datetime | None
    tz: ZoneInfo
    changes: tuple[Change, ...] = ()


def record(data: bytes, where: str) -> Record:
    """The build.json that came from somewhere. SitegenError, with the reason, for anything else."""
    if data.lstrip()[:1] == b"<":
        raise SitegenError(f"{where} is a web page, not a {NAME}")
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        raise SitegenError(f"{where} is not JSON, so it is no {NAME}") from None
    if not isinstance(found, dict) or not str(found.get("generator")).startswith("sitegen"):
        raise SitegenError(f"{where} is JSON, but no {NAME} of sitegen's")
    try:
        tz = _zone(found)
        start, end = (_instant(found[name], tz) for name in ("valid_from", "valid_until"))
        return Record(start=start, end=end, tz=tz, changes=tuple(_changes(found, tz)))
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError):
        raise SitegenError(
            f"{where} doesn't say for how long it is right: another sitegen wrote it"
        ) from None


def _instant(value: Any, tz: ZoneInfo) -> datetime | None:
    """An instant in RFC 3339, with its offset; None for null. OverflowError for one that the

    calendars of ``tz`` don't have.
    """
    if value is None:
        return None
    when = datetime.fromisoformat(value)
    if when.tzinfo is None:
        raise ValueError(value)
    return when.astimezone(tz).astimezone(UTC)


def _zone(found: Mapping[str, Any]) -> ZoneInfo:
    return clock.zone(str(found.get("timezone", TIME_ZONE)))


def _changes(found: Mapping[str, Any], tz: ZoneInfo) -> Iterator[Change]:
    """What the pages will do by themselves, as far as they tell."""
    for page in found.get("pages", ()):
        at, what = _instant(page.get("state_until"), tz), _TURNS.get(str(page.get("state")))
        if at and what:
            yield Change(at=at, url=str(page["url"]), title=str(page["title"]), what=what)


# ---- the verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Whether a site must be built again, and a sentence that says so."""

    stale: bool
    says: str
    record: Record
    changes: tuple[Change, ...] = ()


def verdict(of: Record, now: datetime) -> Verdict:
    """Whether a site is stale at an instant, and what its next change is or was."""
    changes = tuple(c for c in of.changes if c.at == of.end)
    told = " and ".join(f"“{c.title}” {c.what}" for c in changes)
    if of.end and now >= of.end:
        because = f" ({told})" if told else ""
        says = f"Stale: the site changes at {_shown(of.end, of.tz)}{because}. Build it again."
        return Verdict(stale=True, says=says, record=of, changes=changes)
    if of.start and now < of.start:
        says = f"Stale: the site is right only from {_shown(of.start, of.tz)} on. Build it again."
        return Verdict(stale=True, says=says, record=of)
    when = f", when {told}" if told else ""
    until = f"{_shown(of.end, of.tz)}{when}" if of.end else "its content does"
    return Verdict(
        stale=False,
        says=f"Up to date: nothing changes until {until}.",
        record=of,
        changes=changes,
    )


def _shown(when: datetime, tz: ZoneInfo) -> str:
    """An instant as the site's clocks show it; midnight as the end of the day."""
    local = when.astimezone(tz)
    if clock.begins_day(when, tz):
        ended = (when - timedelta(seconds=1)).astimezone(tz)
        return f"the end of {clock.show_weekday(ended.date())}"
    return f"{clock.show_time(local.time())} on {clock.show_weekday(local.date())}"


def as_text(told: Verdict) -> str:
    """The sentence."""
    return printable(told.says) + "\n"


def as_json(told: Verdict) -> str:
    """A JSON object of stale, says, the two bounds (RFC 3339 or null), timezone and changes."""
    of = told.record
    row = {
        "stale": told.stale,
        "says": told.says,
        "valid_from": clock.iso(of.start, of.tz) if of.start else None,
        "valid_until": clock.iso(of.end, of.tz) if of.end else None,
        "timezone": of.tz.key,
        "changes": [{"url": c.url, "title": c.title, "what": c.what} for c in told.changes],
    }
    return json.dumps(row, ensure_ascii=False, indent=2) + "\n"


FORMATS: dict[str, Callable[[Verdict], str]] = {"text": as_text, "json": as_json}
