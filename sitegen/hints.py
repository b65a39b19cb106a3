"""What was probably meant: the nearest known word."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from functools import lru_cache
from typing import NamedTuple

FEW = 300  # each of so many words is looked at; of more, those that begin or end like the word
NEIGHBOURS = 50  # on each side
LONGEST = 60  # characters: what is longer takes long to compare, and nobody mistypes it


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """``Did you mean "closing_date"?``, or nothing when no known word is near."""
    near = nearest(word, known)
    return f'Did you mean "{near}"?' if near is not None else ""


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that is spelled most like this one, if any is."""
    index, folded = _index(frozenset(known)), _fold(word)
    if len(folded) > LONGEST:
        return None
    near = get_close_matches(folded, index.candidates(folded), n=1, cutoff=0.6)
    return index.by_fold[near[0]] if near else None


def hinted(message: str, hint: str) -> str:
    """A message, with a hint as its second sentence where there is one."""
    return f"{message}. {hint}" if hint else message


class _Index(NamedTuple):
    """Known words by how they are compared; these in order, and in order from their ends."""

    by_fold: dict[str, str]
    forwards: Sequence[str]
    backwards: Sequence[str]

    def candidates(self, folded: str) -> Iterable[str]:
        if len(self.by_fold) <= FEW:
            return self.by_fold
        ends_alike = _around(folded[::-1], self.backwards)
        return dict.fromkeys([*_around(folded, self.forwards), *(w[::-1] for w in ends_alike)])


@lru_cache(maxsize=4)  # many faults in a row ask about the same words
def _index(known: frozenset[str]) -> _Index:
    folds = ((_fold(word), word) for word in sorted(known))  # the same in every run
    by_fold = {fold: word for fold, word in folds if len(fold) <= LONGEST}
    many = by_fold if len(by_fold) > FEW else ()
    return _Index(by_fold, sorted(many), sorted(word[::-1] for word in many))


def _fold(word: str) -> str:
    return word.casefold().strip("/")


def _around(word: str, ordered: Sequence[str]) -> Sequence[str]:
    at = bisect(ordered, word)
    return ordered[max(0, at - NEIGHBOURS) : at + NEIGHBOURS]
