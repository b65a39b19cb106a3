"""Work cut into batches that several processes share fairly."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")

SHARES = 16  # towards the end a batch is this part of what is left
LIGHTEST = 16  # and the last ones weigh this part of the heaviest


def batches(
    items: Sequence[T], heaviest: int, weigh: Callable[[T], int] = lambda item: 1
) -> Iterator[Sequence[T]]:
    """Runs of items, in order, as soon as each weighs ``heaviest``; a single item may weigh more.

    The last ones are lighter and lighter, so that no process is left with much when the others
    have nothing more to do.
    """
    weights = [weigh(item) for item in items]
    left, start, weight = sum(weights), 0, 0
    wanted = _wanted(left, heaviest)
    for end, more in enumerate(weights, 1):
        weight += more
        if weight >= wanted or end == len(items):
            yield items[start:end]
            left, start, weight = left - weight, end, 0
            wanted = _wanted(left, heaviest)


def _wanted(left: int, heaviest: int) -> int:
    """How much the next batch weighs when so much is left."""
    return min(heaviest, max(heaviest // LIGHTEST, left // SHARES, 1))
