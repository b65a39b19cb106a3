"""Pagefind's bundle: of all its files those that our search page needs, always the same bytes.

Up to Pagefind 1.5 the order of the filters, and of the values in each, differs from run to run.
Here they are sorted. What is known of its files: ``pagefind-entry.json`` names the ``.pf_meta`` of
each language; that one, an array in CBOR, names the ``.pf_filter`` of each filter.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

import cbor2

from sitegen.fingerprint import digest_bytes

ENTRY = PurePosixPath("pagefind-entry.json")
SCRIPTS = frozenset(map(PurePosixPath, ("pagefind.js", "pagefind-worker.js")))
MARK = b"pagefind_dcd"  # what the data of an index file begins with

Files = Mapping[PurePosixPath, bytes]


def needed(found: Files) -> Files:
    """Without Pagefind's own search pages, and the engines of languages that it has no index of."""
    languages = json.loads(found[ENTRY])["languages"].values()
    engines = {PurePosixPath(f"wasm.{row['wasm'] or 'unknown'}.pagefind") for row in languages}
    wanted = {ENTRY, *SCRIPTS, *engines}
    return {p: d for p, d in found.items() if p in wanted or p.suffix.startswith(".pf_")}


def in_order(found: Files) -> Files:
    """The bundle of one language with its filters in order.

    What is written anew is named after its bytes, as Pagefind's own files are, and not compressed:
    no two zlibs need do that alike. A bundle of another make, as a later version may write it, is
    left as it is.
    """
    try:
        return dict(_in_order(found))
    except (cbor2.CBORError, ValueError, TypeError, LookupError, OSError):
        return found


def _in_order(found: Files) -> Iterator[tuple[PurePosixPath, bytes]]:
    (old,) = (path for path in found if path.suffix == ".pf_meta")
    entry = json.loads(found[ENTRY])
    ((language, row),) = entry["languages"].items()
    version, pages, chunks, filters, *rest = _read(found[old])
    ordered = {}
    for name, hashed in sorted(filters):
        title, values = _read(found[_filter(hashed)])
        data = cbor2.dumps([title, sorted(values)])
        ordered[name] = f"{language}_{digest_bytes(data)}"
        yield _filter(ordered[name]), MARK + data
    meta = cbor2.dumps([version, pages, chunks, [*map(list, ordered.items())], *rest])
    row["hash"] = f"{language}_{digest_bytes(meta)}"
    yield PurePosixPath(f"pagefind.{row['hash']}.pf_meta"), MARK + meta
    yield ENTRY, json.dumps(entry, separators=(",", ":")).encode()
    replaced = {old, ENTRY, *(_filter(hashed) for _, hashed in filters)}
    yield from ((path, data) for path, data in found.items() if path not in replaced)


def _filter(hashed: str) -> PurePosixPath:
    return PurePosixPath(f"filter/{hashed}.pf_filter")


def _read(data: bytes) -> Any:
    """What is in a file of the index: compressed, which it need not be."""
    plain = gzip.decompress(data)
    if not plain.startswith(MARK):
        raise ValueError("this is no file of an index")
    return cbor2.loads(plain.removeprefix(MARK))
