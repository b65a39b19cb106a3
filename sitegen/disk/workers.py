"""Executors: this process for a little work, several for much, a cluster where one is named."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

from sitegen.disk.cluster import Cluster
from sitegen.stopping import ASKS

# Fewer posts or pages than this are done sooner than processes start.
WORTH_IT = 150
AHEAD = 3  # pieces that wait for each copy, so that it never waits for one


Function = Callable[..., Any]
Pieces = Sequence[tuple[Any, ...]]  # the arguments of each call


class InProcess(Executor):
    """Does each piece of work when its result is asked for."""

    def map(
        self,
        fn: Function,
        *iterables: Iterable[Any],
        timeout: float | None = None,
        chunksize: int = 1,
    ) -> Iterator[Any]:
        """The results, in order."""
        return map(fn, *iterables)


class Forked(Executor):
    """Does work in copies of this process, made when there is some, and in this one beside them.

    A copy has all that this process has: the work, and what was made ready for it. So it begins
    at once, and only results travel. Those of a copy that dies are worked out here.
    """

    def __init__(self, jobs: int) -> None:
        self._copies = jobs - 1

    def map(
        self,
        fn: Function,
        *iterables: Iterable[Any],
        timeout: float | None = None,
        chunksize: int = 1,
    ) -> Iterator[Any]:
        """The results, in order."""
        from concurrent.futures import ProcessPoolExecutor
        from multiprocessing import get_context

        pieces = tuple(zip(*iterables, strict=False))
        context = get_context("fork")
        pool = ProcessPoolExecutor(self._copies, context, _begin, ((fn, pieces),))
        try:
            yield from _shared(fn, pieces, pool, AHEAD * self._copies)
        finally:
            pool.shutdown(cancel_futures=True)


def _shared(fn: Function, pieces: Pieces, pool: Executor, ahead: int) -> Iterator[Any]:
    """The results, in order. Before this process waits for one, it does what nobody was given.

    The copies are given a few pieces ``ahead``, and what was given is never taken back.
    """
    here: dict[int, Any] = {}
    given: dict[int, Future[Any] | None] = {}
    left = deque(range(len(pieces)))
    for n in range(len(pieces)):
        while True:
            under_way = sum(f is not None and not f.done() for f in given.values())
            for _ in range(min(ahead - under_way, len(left))):
                number = left.popleft()
                given[number] = _given(pool, number)
            if n in here or _is_done(given[n]) or not left:
                break
            mine = left.popleft()
            given[mine], here[mine] = None, fn(*pieces[mine])
        future = given.pop(n)
        yield here.pop(n) if n in here else _result(future, fn, pieces[n])


def _given(pool: Executor, n: int) -> Future[Any] | None:
    """A piece that a copy was asked to do; None where none is left to do it."""
    from concurrent.futures import BrokenExecutor

    try:
        with _undisturbed():  # what is asked of a new copy waits until it knows what to do
            return pool.submit(_do, n)
    except BrokenExecutor:
        return None


def _is_done(future: Future[Any] | None) -> bool:
    return future is None or future.done()


def _result(future: Future[Any] | None, fn: Function, piece: tuple[Any, ...]) -> Any:
    """What a copy found, or what is found here where the copy has died."""
    from concurrent.futures import BrokenExecutor

    try:
        return future.result() if future else fn(*piece)
    except BrokenExecutor:
        return fn(*piece)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Nothing stops this process, nor what it starts, until it wants to know."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ASKS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


# What a copy was made for.
_WORK: ContextVar[tuple[Function, Pieces]] = ContextVar("_WORK")


def _begin(work: tuple[Function, Pieces]) -> None:
    """First of all in a copy: know the work, and leave it to the first process when to stop."""
    import gc

    _WORK.set(work)
    gc.freeze()  # what was there before lives on: looking at it would copy its memory
    _leave_it_to_the_first()
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _leave_it_to_the_first() -> None:
    """A Ctrl-C asks all processes at once: a copy goes on until the first ends it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if sys.platform != "win32":
        signal.pthread_sigmask(signal.SIG_UNBLOCK, ASKS)


def _end_with_parent() -> None:
    """A process that is killed can't end its copies, and they would wait for work for ever."""
    from multiprocessing import parent_process

    if parent := parent_process():
        parent.join()
    os._exit(1)


def _do(n: int) -> Any:
    fn, pieces = _WORK.get()
    return fn(*pieces[n])


class Workers:
    """Gives an Executor for an amount of work; what must be started is, when first needed.

    ``jobs`` is how many processes at most; None for one a core. ``scheduler`` is the address of
    a Dask cluster (``tcp://host:port``), which then gets all work that needs no disk.
    """

    def __init__(self, jobs: int | None = None, scheduler: str | None = None) -> None:
        self._jobs = jobs or _cores()
        self._scheduler = scheduler
        self._cluster: Cluster | None = None
        self._pool: ProcessPoolExecutor | None = None

    def for_(self, amount: int) -> Executor:
        """An Executor for so many posts or pages. SitegenError when the cluster can't be used."""
        if self._scheduler is None or amount < WORTH_IT:
            return self.beside(amount)
        if self._cluster is None:
            from sitegen.disk.cluster import Cluster

            self._cluster = Cluster(self._scheduler)
        return self._cluster

    def beside(self, amount: int) -> Executor:
        """The same for work that needs this machine's disk."""
        if self._jobs < 2 or amount < WORTH_IT:
            return InProcess()
        # A process with threads of its own (serve) can't be copied safely.
        if sys.platform == "linux" and threading.active_count() == 1:
            return Forked(self._jobs)
        if self._pool is None:
            from concurrent.futures import ProcessPoolExecutor
            from multiprocessing import get_context

            context = get_context("spawn")
            self._pool = ProcessPoolExecutor(self._jobs, context, _leave_it_to_the_first)
        return self._pool

    def close(self) -> None:
        """End the processes, and leave the cluster."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None
        if self._cluster is not None:
            self._cluster.shutdown()
            self._cluster = None


def _cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
