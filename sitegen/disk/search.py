"""The search index: what Pagefind makes of the site's records.

Pagefind runs as the service that its own libraries talk to (``pagefind --service``): messages are
JSON in base64, each ended by a comma, and so are the answers. Nothing is written to the disk.
"""

from __future__ import annotations

import errno
import json
import os
import subprocess
from base64 import b64decode, b64encode
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any

from sitegen.disk.refusals import plainly
from sitegen.fingerprint import Digest, digest, digest_bytes
from sitegen.formats import bundle
from sitegen.formats.bundle import ENTRY, Files
from sitegen.model import IndexFile, SearchIndex, SearchRecord
from sitegen.problems import SitegenError

FOLDER = PurePosixPath("pagefind")
FIX = 'python -m pip install "pagefind-bin>=1.5.2,<2"'
NEVER = "0000-00-00"  # what has no day would be left out when all is sorted by it


def files(
    index: SearchIndex,
    before: Mapping[PurePosixPath, Mapping[str, Digest]],
    same: Collection[PurePosixPath],
) -> tuple[IndexFile, ...]:
    """The files of the index: those that are there when it says the same, else made anew.

    ``before`` has what each output of the last build depended on; ``same`` are the outputs that
    still are as it left them. SitegenError where Pagefind can't be run.
    """
    said = digest(index)
    there = [path for path in before if FOLDER in path.parents and "data" in before[path]]
    if before.get(FOLDER / ENTRY, {}).get("index") == said and all(path in same for path in there):
        return tuple(IndexFile(path=path, parts=before[path], data=None) for path in there)
    return tuple(_file(path, data, said) for path, data in sorted(build(index).items()))


def _file(path: PurePosixPath, data: bytes, said: Digest) -> IndexFile:
    """A file of the index by its path there. The entry stands for all that the index says."""
    whole = {"index": said} if path == ENTRY else {}
    return IndexFile(path=FOLDER / path, parts={"data": digest_bytes(data), **whole}, data=data)


def build(index: SearchIndex) -> Files:
    """The files of an index, by their paths in its folder: for the same index the same bytes."""
    requests = [
        {"type": "NewIndex", "config": {"force_language": index.language}},
        *(_adding(record, index.language) for record in index.records),
        {"type": "GetFiles", "index_id": 0},
    ]
    found = ask(program(), requests)[-1]["files"]
    decoded = {PurePosixPath(file["path"]): b64decode(file["content"]) for file in found}
    return bundle.in_order(bundle.needed(decoded))


def program() -> Path:
    """Pagefind's program; SitegenError, with the command that mends it, where there is none."""
    try:
        from pagefind_bin import get_executable  # type: ignore[import-untyped]

        return Path(get_executable())
    except (ImportError, FileNotFoundError):
        message = "search needs Pagefind, which is not installed"
        fix = f"{FIX}\n       or do without: --no-search, or search: false in config.yaml"
        raise SitegenError(message, fix=fix) from None


def _adding(record: SearchRecord, language: str) -> dict[str, Any]:
    """The request to add a record. Whatever is in ``meta`` is found, and comes with each result."""
    day = record.day.isoformat() if record.day else ""
    meta = {
        "title": record.title,
        "kind": record.kind_label,
        "tags": ", ".join(record.tag_labels),
        "state": record.state,
        "day": day and "d" + day.replace("-", ""),  # as one word, which nobody looks for
        "lang": record.lang,
    }
    filters = {"kind": [record.kind], "tag": [*record.tags], "year": [day[:4]] if day else []}
    return {
        "type": "AddRecord",
        "index_id": 0,
        "url": record.url,
        "content": record.text,
        "language": language,
        "meta": {name: text for name, text in meta.items() if text},
        "filters": {name: values for name, values in filters.items() if values},
        "sort": {"day": day or NEVER},
    }


def ask(path: Path, requests: Sequence[Mapping[str, Any]]) -> list[Any]:
    """The answer to each request."""
    messages = (json.dumps({"message_id": i, "payload": r}) for i, r in enumerate(requests))
    try:
        said = _talk(path, b"".join(b64encode(m.encode()) + b"," for m in messages))
    except OSError as error:
        why, fix = plainly(error)
        fix = FIX if error.errno in (errno.ENOENT, errno.EACCES, errno.ENOEXEC) else fix
        raise SitegenError(f"Pagefind can't be run: {why} ({path})", fix=fix) from error
    answers = [json.loads(b64decode(answer))["payload"] for answer in said.split(b",")[:-1]]
    refused = [answer["message"] for answer in answers if answer["type"] == "Error"]
    if refused or len(answers) < len(requests):
        why = refused[0] if refused else "it stopped before its work was done"
        raise SitegenError(f"Pagefind can't make the search index: {why}", fix=FIX)
    return answers


def _talk(path: Path, messages: bytes) -> bytes:
    """All that the service says to these messages. It would stop at once if told they were all."""
    # Settings of Pagefind's, in the environment or the folder where it runs, are not the site's.
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PAGEFIND")}
    with subprocess.Popen(
        [path, "--service"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=path.parent,
        env=kept,
    ) as service:
        assert service.stdin and service.stdout
        service.stdin.write(messages)
        service.stdin.flush()
        due, said = messages.count(b","), [b""]
        while due > 0 and (more := os.read(service.stdout.fileno(), 1 << 20)):
            due -= more.count(b",")
            said.append(more)
    return b"".join(said)
