"""Pagefind's bundle, put in order: literals in, the same bytes out whatever the order was."""

from __future__ import annotations

import gzip
import itertools
import json
from pathlib import PurePosixPath as P

import cbor2
import pytest

from sitegen.formats.bundle import MARK, in_order, needed

TAGS = (("care", (0, 2)), ("dentistry", (1,)), ("mind", (0, 1)))
KINDS = (("blog", (0,)), ("news", (1, 2)))


def packed(value: object) -> bytes:
    """A file of an index, as Pagefind writes it."""
    return gzip.compress(MARK + cbor2.dumps(value))


def bundle(tags: object = TAGS, filters: object = (("kind", "en_1"), ("tag", "en_2"))) -> dict:
    """A bundle with its filters, and the values of one, in this order."""
    meta = ("1.5.2", (("en_a", 10),), (("a", "z", "en_w"),), filters, (("day", (0,)),), ("title",))
    return {
        P("pagefind-entry.json"): json.dumps(
            {"version": "1.5.2", "languages": {"en": {"hash": "en_m", "wasm": "en"}}}
        ).encode(),
        P("pagefind.en_m.pf_meta"): packed(meta),
        P("filter/en_1.pf_filter"): packed(("kind", KINDS)),
        P("filter/en_2.pf_filter"): packed(("tag", tags)),
        P("fragment/en_a.pf_fragment"): b"as it is",
    }


def opened(data: bytes) -> object:
    """What is in a file that was put in order."""
    assert data.startswith(MARK)
    return frozen(cbor2.loads(data.removeprefix(MARK)))


def frozen(value: object) -> object:
    """Arrays as tuples, as they are written here."""
    return tuple(map(frozen, value)) if isinstance(value, list) else value


def test_any_order_gives_the_same_bytes() -> None:
    """Of the filters, and of the values in one."""
    wanted = in_order(bundle())
    for tags in itertools.permutations(TAGS):
        assert in_order(bundle(tags)) == wanted
    assert in_order(bundle(filters=(("tag", "en_2"), ("kind", "en_1")))) == wanted


def test_each_file_names_the_next() -> None:
    """The entry names the meta file, and that the filters; all else is as it was."""
    found = in_order(bundle(TAGS[::-1]))
    row = json.loads(found[P("pagefind-entry.json")])["languages"]["en"]
    version, pages, chunks, filters, sorts, names = opened(
        found[P(f"pagefind.{row['hash']}.pf_meta")]
    )
    assert (version, pages, chunks) == ("1.5.2", (("en_a", 10),), (("a", "z", "en_w"),))
    assert (sorts, names) == ((("day", (0,)),), ("title",))
    values = {name: opened(found[P(f"filter/{hashed}.pf_filter")]) for name, hashed in filters}
    assert values == {"kind": ("kind", KINDS), "tag": ("tag", TAGS)}
    assert found[P("fragment/en_a.pf_fragment")] == b"as it is"
    assert len(found) == 5


@pytest.mark.parametrize(
    "changed",
    [
        {P("pagefind.en_m.pf_meta"): packed(("2.0", "another make"))},
        {P("pagefind.en_m.pf_meta"): b"not compressed"},
        {P("filter/en_2.pf_filter"): gzip.compress(b"no mark")},
        {P("filter/en_2.pf_filter"): packed(("tag",))},
        {P("pagefind-entry.json"): b"{}"},
        {P("pagefind.cy_m.pf_meta"): b"another language"},
    ],
)
def test_a_bundle_of_another_make_is_left_as_it_is(changed: dict[P, bytes]) -> None:
    """A later Pagefind may write other files: then they are its own matter."""
    found = {**bundle(), **changed}
    assert in_order(found) == found


def test_only_what_the_search_page_uses_is_needed() -> None:
    """Not Pagefind's own search pages, nor the engine of another language."""
    names = ["pagefind.js", "pagefind-worker.js", "wasm.en.pagefind", "index/en_w.pf_index"]
    others = ["pagefind-ui.js", "pagefind-ui.css", "pagefind-highlight.js", "wasm.unknown.pagefind"]
    found = {**bundle(), **{P(name): b"" for name in names + others}}
    assert set(needed(found)) == {*bundle(), *map(P, names)}


def test_a_language_without_stems_has_the_common_engine() -> None:
    """The entry names none for it."""
    entry = {"languages": {"cy": {"hash": "cy_m", "wasm": None}}}
    found = {P("pagefind-entry.json"): json.dumps(entry).encode(), P("wasm.unknown.pagefind"): b""}
    assert needed(found) == found
