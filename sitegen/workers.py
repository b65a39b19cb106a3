"""Executors: this process for a little work, several processes for much."""

from __future__ import annotations

import multiprocessing
import os
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from typing import Any

# Fewer posts or pages than this are done sooner than processes start.
WORTH_IT = 150


class InProcess(Executor):
    """Does each piece of work when its result is asked for."""

    def map(
        self,
        fn: Callable[..., Any],
        *iterables: Iterable[Any],
        timeout: float | None = None,
        chunksize: int = 1,
    ) -> Iterator[Any]:
        """The results, in order."""
        return map(fn, *iterables)


class Workers:
    """Gives an Executor for an amount of work; processes are started once, when first needed.

    ``jobs`` is how many processes at most; None for one a core.
    """

    def __init__(self, jobs: int | None = None) -> None:
        self._jobs = (
            jobs or len(os.sched_getaffinity(0))
            if hasattr(os, "sched_getaffinity")
            else (jobs or os.cpu_count() or 1)
        )
        self._pool: ProcessPoolExecutor | None = None

    def for_(self, amount: int) -> Executor:
        """An Executor for so many posts or pages."""
        if self._jobs < 2 or amount < WORTH_IT:
            return InProcess()
        if self._pool is None:
            self._pool = ProcessPoolExecutor(self._jobs, mp_context=_context())
        return self._pool

    def close(self) -> None:
        """End the processes."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None


def _context() -> Any:
    # A process with threads of its own (serve) can't be forked safely.
    can_fork = sys.platform == "linux" and threading.active_count() == 1
    return multiprocessing.get_context("fork" if can_fork else "spawn")
