"""build.json: the pages and their sources, and between which moments these bytes are right."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from typing import cast
from zoneinfo import ZoneInfo

from sitegen import clock
from sitegen.kinds import states
from sitegen.kinds.consultation import Consultation
from sitegen.model import Address, Encoded, Entry, Output
from sitegen.pages.desk import Desk
from sitegen.site.index import Site
from sitegen.urls import output_path

PATH = "/build.json"
ANNOUNCED = ("upcoming", "open")  # states whose end their page tells


def addresses(site: Site) -> Iterator[Address]:
    """One file."""
    yield Address(path=PATH, owner="the file that describes the build")


def outputs(desk: Desk) -> Iterator[Output]:
    """One file."""
    yield Encoded(path=output_path(PATH), make=partial(_manifest, desk), texts=())


def _manifest(desk: Desk) -> bytes:
    """It does not hold ``now``: builds at two moments may have the same bytes."""
    tz, validity = desk.site.config.tz, desk.validity
    manifest = {
        "generator": "sitegen",
        "base_url": desk.absolute("/"),
        "timezone": tz.key,
        "valid_from": clock.iso(validity.start, tz) if validity.start else None,
        "valid_until": clock.iso(validity.end, tz) if validity.end else None,
        "pages": [_page(entry, tz) for entry in sorted(desk.site.posts, key=lambda e: e.url)],
    }
    return (json.dumps(manifest, ensure_ascii=False, indent=1) + "\n").encode()


def _page(entry: Entry, tz: ZoneInfo) -> dict[str, str]:
    """A post's page. Of what is to come it tells no more than the page itself does."""
    row = {
        "url": entry.url,
        "kind": entry.kind,
        "title": entry.front.title,
        "source": f"content/{entry.document.path}",
    }
    if entry.state:
        row["state"] = entry.state
    if entry.ended:
        row["ended"] = "withdrawn" if entry.withdrawn else "expired"
    elif entry.state in ANNOUNCED:
        phases = states.phases(cast(Consultation, entry.front), tz)
        until = next(phase.until for phase in phases if phase.state == entry.state)
        row |= {"state_until": clock.iso(until, tz)} if until else {}
    return row
