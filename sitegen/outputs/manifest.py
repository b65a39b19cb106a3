"""build.json: the pages and their sources, and between which moments these bytes are right."""

from __future__ import annotations

import json
from collections.abc import Iterator

from sitegen import clock
from sitegen.desk import Desk
from sitegen.model import Address, Encoded, Output
from sitegen.site import Site
from sitegen.urls import output_path

PATH = "/build.json"


def addresses(site: Site) -> Iterator[Address]:
    """One file."""
    yield Address(path=PATH, owner="the file that describes the build")


def outputs(desk: Desk) -> Iterator[Output]:
    """One file. It does not hold ``now``: builds at two moments may have the same bytes."""
    tz, validity = desk.site.config.tz, desk.validity
    entries = sorted(desk.site.posts, key=lambda e: e.url)
    manifest = {
        "generator": "sitegen",
        "base_url": desk.absolute("/"),
        "valid_from": clock.iso(validity.start, tz) if validity.start else None,
        "valid_until": clock.iso(validity.end, tz) if validity.end else None,
        "pages": [
            {
                "url": e.url,
                "kind": e.kind,
                "title": e.front.title,
                "source": f"content/{e.document.path}",
                **({"state": e.state} if e.state else {}),
            }
            for e in entries
        ],
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=1)
    yield Encoded(path=output_path(PATH), data=(text + "\n").encode())
