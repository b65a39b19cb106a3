"""CBOR: the RFC's own examples, and whatever is damaged."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.cbor import dumps, loads

# Appendix A of RFC 8949.
EXAMPLES = {
    "00": 0,
    "17": 23,
    "1818": 24,
    "1864": 100,
    "1903e8": 1000,
    "1a000f4240": 1000000,
    "1b000000e8d4a51000": 1000000000000,
    "1bffffffffffffffff": 18446744073709551615,
    "20": -1,
    "3863": -100,
    "3903e7": -1000,
    "60": "",
    "6449455446": "IETF",
    "62c3bc": "ü",
    "80": (),
    "8301820203820405": (1, (2, 3), (4, 5)),
}


@pytest.mark.parametrize(("coded", "value"), EXAMPLES.items())
def test_the_examples_of_the_rfc(coded: str, value: object) -> None:
    """Both ways."""
    assert loads(bytes.fromhex(coded)) == value
    assert dumps(value).hex() == coded


NUMBERS = st.integers(-(2**64), 2**64 - 1)
VALUES = st.recursive(NUMBERS | st.text(), lambda inner: st.lists(inner, max_size=30).map(tuple))


@given(VALUES)
def test_what_is_written_can_be_read(value: object) -> None:
    """Any value of whole numbers, text and arrays comes back as it was."""
    assert loads(dumps(value)) == value


@pytest.mark.parametrize(
    "coded", ["", "18", "19ff", "6449", "62c3", "8201", "0000", "9f01ff", "f6", "a0", "40", "9bff"]
)
def test_anything_else_is_refused(coded: str) -> None:
    """Cut short, followed by something, of unknown length, or of another type."""
    with pytest.raises(ValueError):
        loads(bytes.fromhex(coded))
