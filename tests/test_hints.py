"""What was probably meant: the nearest known word."""

from __future__ import annotations

import pytest

from sitegen.hints import did_you_mean, hinted


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("closing_dat", 'Did you mean "closing_date"?'),
        ("Closing-Date", 'Did you mean "closing_date"?'),
        ("/blogs/", 'Did you mean "/blog/"?'),
        ("/about/", ""),
        ("", ""),
        ("CARES", 'Did you mean "care"?'),
        ("c" * 100_000, ""),
    ],
)
def test_did_you_mean(word: str, hint: str) -> None:
    """A near word is suggested, in any case; neither slashes alone nor what is very long is."""
    known = ["closing_date", "opening_date", "/blog/", "care", "Care", "c" * 99_999]
    assert did_you_mean(word, known) == did_you_mean(word, reversed(known)) == hint


def test_hinted() -> None:
    """A hint is a sentence of its own."""
    assert hinted("it is wrong", "Use x.") == "it is wrong. Use x."
    assert hinted("it is wrong", "") == "it is wrong"


def test_of_very_many_words() -> None:
    """A slip at the beginning is found as one at the end is."""
    known = [f"/news/2026-05-{n:04}/open-day-{n}/" for n in range(2_000)]
    hint = f'Did you mean "{known[1234]}"?'
    assert did_you_mean("/nwes/2026-05-1234/open-day-1234/", known) == hint
    assert did_you_mean("/news/2026-05-1234/open-dya-1234/", known) == hint
    assert did_you_mean("elsewhere", known) == ""
