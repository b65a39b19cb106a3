"""What ends a command before its time: Ctrl-C, and the SIGTERM of supervisors."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

ASKS = (signal.SIGINT, signal.SIGTERM)


class Stopped(KeyboardInterrupt):
    """``code`` is the exit code that shells give: 128 and the number of the signal."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.code = 128 + number


@contextmanager
def stoppable() -> Iterator[None]:
    """Within, whoever asks to stop raises Stopped; asked once more, the process ends at once.

    A command that is stopped clears up, and nobody need wait for that: the next build does it.
    What was told to take no notice (``nohup``) takes none.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {ask: signal.getsignal(ask) for ask in ASKS}
    heeded = [ask for ask in ASKS if before[ask] != signal.SIG_IGN]
    for ask in heeded:
        signal.signal(ask, _stop)
    try:
        yield
    finally:
        for ask in heeded:
            signal.signal(ask, before[ask])


def _stop(number: int, frame: FrameType | None) -> None:
    for ask in ASKS:
        signal.signal(ask, _end)
    raise Stopped(number)


def _end(number: int, frame: FrameType | None) -> None:
    signal.signal(number, signal.SIG_DFL)
    signal.raise_signal(number)
