"""Typographic quotes and dashes: the one way in which shown text differs from typed text."""

from __future__ import annotations

import re
from collections.abc import Callable

# What stands for a quote that was typed with a backslash: characters that no text holds.
STRAIGHT = {'"': "\ufdd0", "'": "\ufdd1"}

_MARKS = re.compile(r"-{2,}|[\"']")
_DASHES = {"--": "–", "---": "—"}
_OPENS_AFTER = frozenset(" \n\t\xa0([{<«")
_OPENS_BEFORE_WORDS_AFTER = frozenset("-–—/“‘")
_ELISION = re.compile(r"(?:\d\ds?|tis|twas|til|em|n|cause|bout|round)\b", re.I)


def curl(text: str, before: str = "") -> str:
    """Text with curly quotes and true dashes; ``before`` is the character ahead of it, if any.

    ``--`` is an en dash, ``---`` an em dash; a quote opens after nothing, a space or a bracket.
    """
    if '"' not in text and "'" not in text and "--" not in text:
        return text
    end, last = 0, before

    def mark(m: re.Match[str]) -> str:
        nonlocal end, last
        previous = last if m.start() == end else text[m.start() - 1]
        end = m.end()
        last = _mark(m, previous[-1:])
        return last

    return _MARKS.sub(mark, text)


def _mark(m: re.Match[str], previous: str) -> str:
    """What is shown for a mark, given the character shown before it."""
    typed = m[0]
    if typed[0] == "-":
        return _DASHES.get(typed, typed)
    opens = _opens(previous, m.string[m.end() : m.end() + 1])
    if typed == '"':
        return "“" if opens else "”"
    return "‘" if opens and not _ELISION.match(m.string, m.end()) else "’"


def _opens(previous: str, following: str) -> bool:
    if previous in _OPENS_BEFORE_WORDS_AFTER:
        return following.isalnum() or following in ("'", '"')
    return (not previous or previous in _OPENS_AFTER) and not following.isspace()


def straight(text: str, written: Callable[[str], str] = str) -> str:
    """The text with the quotes that were typed with a backslash, each as it is ``written``."""
    if text.isascii():  # nearly all are, and this is known at once
        return text
    for quote, stand_in in STRAIGHT.items():
        if stand_in in text:
            text = text.replace(stand_in, written(quote))
    return text
