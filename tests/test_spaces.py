"""White space is made single; spaces with a meaning stay."""

from __future__ import annotations

import pytest

from sitegen.spaces import single


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("", ""),
        ("  a \t b\n\nc ", "a b c"),
        ("é \u2028 b\r\nc\x85", "é b c"),
        ("«\xa0a\xa0»", "«\xa0a\xa0»"),
        ("5\u202f000\u2009m\u3000b", "5\u202f000\u2009m\u3000b"),
    ],
)
def test_single(typed: str, shown: str) -> None:
    """Ends of lines of every kind are blanks; no-break, thin and wide spaces are signs."""
    assert single(typed) == shown
