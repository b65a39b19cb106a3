"""A Dask cluster as an Executor: batches go to other machines, and their results come back.

Dask runs whatever its scheduler is told to: a scheduler that others can reach lets them in. All
that travels is what a build works with, and what all batches share travels once to each worker.
Dask is imported only here, when a cluster is asked for.
"""

from __future__ import annotations

import logging
import pickle
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError, Executor
from functools import lru_cache
from typing import Any

from sitegen.disk import own
from sitegen.fingerprint import Digest
from sitegen.problems import SitegenError

PATIENCE = 10.0  # seconds that a scheduler may take to answer, and a worker to appear
AHEAD = 4  # batches for each worker that are under way, so that none waits for the next
ROOM = 32  # and at least so many: more workers may come
PROTOCOL = 5  # of pickle
INSTALL = "python -m pip install 'distributed>=2025.1,<2027'"
START = "start one on each machine: dask worker ADDRESS --nthreads 1"
SAME = "install the same sitegen and the same libraries there as here, and start the cluster again"


class Cluster(Executor):
    """The workers of a scheduler at ``address`` (``tcp://host:port``, or ``tls://``).

    SitegenError when there is none, or when a worker's code is not this one's.
    """

    def __init__(self, address: str) -> None:
        try:
            import distributed
        except ImportError:
            message = "a cluster needs Dask, which is not installed"
            raise SitegenError(message, fix=INSTALL) from None
        self._dask, self._address = distributed, address
        # Whatever goes wrong is told in a sentence.
        logging.getLogger("distributed").setLevel(logging.CRITICAL)
        try:
            self._client = distributed.Client(address, timeout=PATIENCE, set_as_default=False)
        except (OSError, ValueError) as error:
            message = f"no Dask scheduler answers at {address}: {error}"
            raise SitegenError(message, fix="start it (dask scheduler), or build here") from None
        try:
            self._client.wait_for_workers(1, timeout=PATIENCE)
            self._compare()
        except TimeoutError:
            self.shutdown()
            raise self._deserted() from None
        except SitegenError:
            self.shutdown()
            raise

    def _compare(self) -> None:
        """SitegenError unless all have the code that this machine has."""
        codes = self._client.run(own.code_digest, on_error="return")
        for worker, code in codes.items():
            if code != own.code_digest():
                raise _other(f"worker at {worker}")
        try:  # it unpickles what it is sent
            code = self._client.run_on_scheduler(own.code_digest)
        except ImportError:
            code = None
        if code != own.code_digest():
            raise _other("scheduler")

    def map(
        self,
        fn: Callable[..., Any],
        *iterables: Iterable[Any],
        timeout: float | None = None,
        chunksize: int = 1,
    ) -> Iterator[Any]:
        """The results, in order. SitegenError when the cluster goes away."""
        try:
            yield from self._map(fn, zip(*iterables, strict=False))
        except (CancelledError, OSError):  # a lost connection is one
            message = f"the Dask cluster at {self._address} went away while the site was built"
            raise SitegenError(message, fix="build again, there or here") from None

    def _map(self, fn: Callable[..., Any], pieces: Iterable[tuple[Any, ...]]) -> Iterator[Any]:
        code = own.code_digest()
        # As a result of a task it is worked out again where it is lost, unlike scattered data.
        shared = self._client.submit(bytes, pickle.dumps(fn, PROTOCOL), pure=False)
        room = max(ROOM, AHEAD * len(self._client.nthreads()))
        sent: deque[tuple[tuple[Any, ...], Any]] = deque()
        for piece in pieces:
            batch = pickle.dumps(piece, PROTOCOL)
            sent.append((piece, self._client.submit(_work, code, shared, batch, pure=False)))
            if len(sent) == room:
                yield self._result(fn, *sent.popleft())
        while sent:
            yield self._result(fn, *sent.popleft())

    def _result(self, fn: Callable[..., Any], piece: tuple[Any, ...], future: Any) -> Any:
        """What a worker made of a piece of work. Dask has it done anew when a worker dies."""
        try:
            while True:
                try:
                    reply = future.result(PATIENCE)
                    break
                except TimeoutError:
                    if not self._client.nthreads():
                        raise self._deserted() from None
        except self._dask.scheduler.KilledWorker:  # several died with this batch
            return fn(*piece)
        if isinstance(reply, str):
            raise _other(f"worker at {reply}")  # it came later
        return pickle.loads(reply)

    def _deserted(self) -> SitegenError:
        return SitegenError(f"the Dask cluster at {self._address} has no workers", fix=START)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Leave the cluster. What is under way there is dropped."""
        self._client.close()


def _other(who: str) -> SitegenError:
    return SitegenError(f"the {who} has another sitegen, or other libraries, than this", fix=SAME)


# Dask may give a process several threads; what converts Markdown there serves one at a time.
_ALONE = threading.Lock()


def _work(code: Digest, shared: bytes, batch: bytes) -> bytes | str:
    """On a worker: the result of a batch, pickled; its address when its code is another."""
    if code != own.code_digest():
        from distributed import get_worker

        return str(get_worker().address)
    with _ALONE:
        return pickle.dumps(_unpickled(shared)(*pickle.loads(batch)), PROTOCOL)


@lru_cache(maxsize=2)
def _unpickled(shared: bytes) -> Callable[..., Any]:
    """What all batches share, unpickled once."""
    function: Callable[..., Any] = pickle.loads(shared)
    return function
