"""Batches: everything in order, none too heavy, light ones last."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sitegen.batches import LIGHTEST, batches


@given(st.lists(st.integers(0, 300)), st.integers(1, 400))
def test_nothing_is_lost_and_the_order_stays(items: list[int], heaviest: int) -> None:
    """Put together again the batches are what was cut, and none is empty."""
    cut = list(batches(items, heaviest, lambda item: item))
    assert [item for batch in cut for item in batch] == items
    assert all(cut)


@given(st.lists(st.integers(1, 50)), st.integers(50, 400))
def test_no_batch_is_too_heavy(items: list[int], heaviest: int) -> None:
    """Each ends as soon as it weighs enough: without its last item it weighs less."""
    for batch in batches(items, heaviest, lambda item: item):
        assert sum(batch[:-1]) < heaviest


def test_they_get_lighter_towards_the_end() -> None:
    """Full ones first; each is as heavy as the next or heavier, down to a sixteenth."""
    sizes = [len(batch) for batch in batches(range(1000), 32)]
    assert sizes[0] == 32
    assert sizes[:-1] == sorted(sizes[:-1], reverse=True)
    assert sizes[-2] == 32 // LIGHTEST


def test_a_heavy_item_goes_alone() -> None:
    """A post that is longer than a whole batch is not cut; its batch ends with it."""
    assert list(batches(["a", "b" * 99, "c"], 10, len)) == [["a", "b" * 99], ["c"]]
