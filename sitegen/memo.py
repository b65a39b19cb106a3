"""What pure functions returned before, for the very same arguments: nothing is worked out twice.

A preview builds the same site again and again, and most of it has not changed. All values are
frozen, so an argument that is the same object gives the same result. A build that ends with its
process has nothing to remember and starts with an empty one.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

T = TypeVar("T")


class Memo:
    """Results by function and arguments, of this build and of the last."""

    def __init__(self) -> None:
        # The arguments are kept with the result: while they live, no other object has their ids.
        self._now: dict[tuple[Any, ...], tuple[Any, Any]] = {}
        self._before: dict[tuple[Any, ...], tuple[Any, Any]] = {}
        self._values: dict[str, Any] = {}

    def __call__(self, function: Callable[..., T], *arguments: Any) -> T:
        """``function(*arguments)``, unless it was called with these very objects before."""
        key = (function, *map(id, arguments))
        row = self._now.get(key) or self._before.get(key)
        if row is None:
            row = (arguments, function(*arguments))
        self._now[key] = row
        result: T = row[1]
        return result

    def same(self, name: str, value: T) -> T:
        """The value that had this name before, when this one equals it; else this one."""
        before = self._values.get(name)
        if type(before) is type(value) and before == value:
            same: T = before
            return same
        self._values[name] = value
        return value

    def turn(self) -> None:
        """A build has ended: what it did not ask for is forgotten."""
        self._before, self._now = self._now, {}
