"""``sitegen diff OLD NEW``: what readers will see change between two built sites."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from sitegen.commands import built
from sitegen.commands.built import Built
from sitegen.commands.comparison import Comparison, compare
from sitegen.problems import SitegenError


def between(old: Path, new: Path) -> Comparison:
    """What is different between the sites in two folders. SitegenError for what is no site."""
    return compare(read(old), read(new))


def read(folder: Path) -> Built:
    """The built site in a folder. SitegenError when there is none."""
    try:
        record = _record(folder)
        base = str(record.get("base_url", ""))
        listed = folder / "_redirects"
        text = listed.read_text("utf-8", "replace") if listed.is_file() else ""
        return Built(
            base_url=base,
            pages=built.pages(record),
            redirects=built.redirects(text, urlsplit(base).path.rstrip("/")),
            files=dict(_files(folder)),
        )
    except OSError as error:
        reason = f"{error.filename or folder}: {error.strerror or error}"
        raise SitegenError(f"{folder} can't be read: {reason}") from None
    except ValueError as error:
        raise SitegenError(f"{folder}/{built.RECORD} can't be used: {error}") from None


def _record(folder: Path) -> dict[str, Any]:
    path = folder / built.RECORD
    if not path.is_file():
        raise SitegenError(
            f"{folder} is no site that sitegen built: there is no {built.RECORD} in it",
            fix="name a folder that sitegen build wrote, such as output",
        )
    try:
        record = json.loads(path.read_bytes())
    except (ValueError, RecursionError):
        raise ValueError("it is not JSON") from None
    if not isinstance(record, dict) or not str(record.get("generator")).startswith("sitegen"):
        raise ValueError("sitegen did not write it")
    return record


def _files(folder: Path) -> Iterator[tuple[str, built.Seen]]:
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if (shown := built.plain(name)) and path.is_file():
            yield shown, built.seen(name, path.read_bytes())
