"""Digests of frozen values: the same on every machine and run, different for different values."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import Enum
from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.fingerprint import digest, digest_bytes, digest_fields


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A value with fields."""

    title: str
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Other:
    """The same fields under another name."""

    title: str
    tags: tuple[str, ...] = ()


class Colour(Enum):
    """A choice."""

    RED = "red"
    BLUE = "blue"


def test_the_same_in_every_run() -> None:
    """A digest doesn't change with Python's hash seed, nor from one machine to the next."""
    program = (
        "from sitegen.fingerprint import digest\n"
        "from datetime import date\n"
        "print(digest(({'b': 1, 'a': (date(2026, 6, 15), None, True)}, 'x', b'y')))\n"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for seed in ("0", "1", "2026")
    }
    assert told == {digest(({"a": (date(2026, 6, 15), None, True), "b": 1}, "x", b"y"))}
    assert digest("ŵ") == "c6d0f06c57e8ba1572f5165d96cf3f8f"


@pytest.mark.parametrize(
    "value",
    [1.5, {1}, frozenset(), [1], object(), print, Card, (1, {"a": {2}}), Card(title=1.5)],  # type: ignore[arg-type]
)
def test_refuses_what_is_not_stable(value: object) -> None:
    """A set, a float, a list, a function or a class has no stable digest, however deep it is."""
    with pytest.raises(TypeError, match="no stable digest"):
        digest(value)


def test_different_values_have_different_digests() -> None:
    """Values that look alike are told apart by type, nesting and length."""
    values = [
        *("", "1", "None", "True", "i1;", "a", "ab"),
        *(1, -1, 10, True, False, None, b"", b"1"),
        *((), ("",), ("", ""), ("a", "b"), ("ab",), (("a",), "b"), (("a", "b"),)),
        *({}, {"a": "b"}, {"a": None}, {"b": "a"}),
        *(date(2026, 6, 15), datetime(2026, 6, 15), datetime(2026, 6, 15, tzinfo=UTC)),
        *("2026-06-15", time(12), time(12, 0, 1), PurePosixPath("a"), PurePosixPath("a/b")),
        *(Colour.RED, Colour.BLUE, "red"),
        (PurePosixPath("a;PurePosixPathb"), PurePosixPath("c")),
        (PurePosixPath("a"), PurePosixPath("b;PurePosixPathc")),
        *(Card(title="a"), Card(title="a", tags=("b",)), Other(title="a"), ("a", ())),
    ]
    distinct = {digest(v) for v in values}
    assert len(distinct) == len(values)


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.binary() | st.dates(),
    lambda inner: st.tuples(inner, inner) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(_VALUES, _VALUES)
def test_equal_values_and_only_those(one: object, other: object) -> None:
    """Two values have one digest just when they are equal, 1 and True told apart."""
    same = one == other and repr(one) == repr(other)
    if isinstance(one, dict) and isinstance(other, dict):
        same = one == other
    if same:
        assert digest(one) == digest(other)
    elif one != other:
        assert digest(one) != digest(other)


def test_order_of_a_mapping_means_nothing() -> None:
    """A mapping is digested in the order of its keys."""
    assert digest({"a": 1, "b": 2}) == digest({"b": 2, "a": 1})


def test_digest_fields() -> None:
    """Each field has its digest, so that it can be told which one changed."""
    one, other = Card(title="a", tags=("x",)), Card(title="b", tags=("x",))
    before, after = digest_fields(one), digest_fields(other)
    assert list(before) == ["title", "tags"]
    assert [name for name in before if before[name] != after[name]] == ["title"]
    assert before["title"] == digest("a")


def test_digest_bytes() -> None:
    """A file's digest has 32 hexadecimal digits."""
    assert digest_bytes(b"") == "cae66941d9efbd404e4d88758ea67670"
