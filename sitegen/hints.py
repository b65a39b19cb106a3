"""What was probably meant: the nearest known word."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """``Did you mean "closing_date"?``, or nothing when no known word is near."""
    by_fold = {k.casefold().strip("/"): k for k in sorted(known)}  # the same in every run
    near = get_close_matches(word.casefold().strip("/"), by_fold, n=1, cutoff=0.6)
    return f'Did you mean "{by_fold[near[0]]}"?' if near else ""


def hinted(message: str, hint: str) -> str:
    """A message, with a hint as its second sentence where there is one."""
    return f"{message}. {hint}" if hint else message
