"""``sitegen stale``: must a published site be built again? Its build.json tells."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from http.client import HTTPException
from pathlib import Path
from urllib.request import urlopen

from sitegen.problems import SitegenError

SECONDS = 20
MOST_BYTES = 64_000_000


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the site is past its ``valid_until``, and a sentence that says so."""

    stale: bool
    words: str


def fetch(where: str) -> bytes:
    """The bytes of a build.json at a path or an http(s) URL; SitegenError when there is none."""
    try:
        if where.startswith(("https://", "http://")):
            with urlopen(where, timeout=SECONDS) as answer:
                data: bytes = answer.read(MOST_BYTES)
                return data
        return Path(where).read_bytes()
    except OSError as error:
        reason = getattr(error, "reason", None) or error.strerror or error
        raise SitegenError(f"{where} can't be read: {reason}") from None
    except (HTTPException, ValueError) as error:
        raise SitegenError(f"{where} can't be read: {error}") from None


def verdict(data: bytes, now: datetime) -> Verdict:
    """Whether a site is stale at an instant. SitegenError for what is no build.json."""
    try:
        record = json.loads(data)
        bounds = [record["valid_from"], record["valid_until"]]
        start, end = (datetime.fromisoformat(b).astimezone(UTC) if b else None for b in bounds)
    except (ValueError, KeyError, TypeError):
        raise SitegenError("this is not a build.json that sitegen wrote") from None
    if end and now.astimezone(UTC) >= end:
        return Verdict(True, f"Stale: the site changed at {end.isoformat()}. Build it again.")
    if start and now.astimezone(UTC) < start:
        return Verdict(True, f"Stale: the site is right from {start.isoformat()} on.")
    until = f"until {end.isoformat()}" if end else "until its content changes"
    return Verdict(False, f"Up to date: nothing changes {until}.")
