"""What must not harm the test that tries it is done in a process of its own."""

from __future__ import annotations

import os
import pickle
import signal
import traceback
from collections.abc import Callable
from typing import Any

SECONDS = 60  # a guard against hanging, not a measure


def in_a_child(work: Callable[[], Any]) -> Any:
    """What ``work`` returns, done in a child of this process. AssertionError when it fails.

    It hangs no longer than a minute; then, or after a fault of its own, the child's words are told.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        signal.alarm(SECONDS)
        try:
            answer = (True, work())
        except BaseException:  # whatever happens, the child ends here
            answer = (False, traceback.format_exc())
        with os.fdopen(writing, "wb") as pipe:
            pipe.write(pickle.dumps(answer))
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        data = pipe.read()
    _, status = os.waitpid(child, 0)
    assert data, f"it hung, or died: {status}"
    is_done, answer = pickle.loads(data)
    assert is_done, answer
    return answer
