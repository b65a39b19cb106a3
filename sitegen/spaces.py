"""White space that only keeps words apart, made single: other spaces are typed for a reason."""

from __future__ import annotations

import re

# Blanks, tabs and ends of lines. No-break, thin and wide spaces are signs of the text.
_PLAIN = re.compile("[ \t\n\r\v\f\x1c-\x1f\x85\u2028\u2029]+")


def single(text: str) -> str:
    """The text with one blank for each run of plain white space, and none at its ends."""
    if text.isascii():  # nearly all are; what splits them there is what is plain
        return " ".join(text.split())
    return _PLAIN.sub(" ", text).strip(" ")
