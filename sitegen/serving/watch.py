"""Notices that something that a build reads has changed."""

from __future__ import annotations

import os
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import cast

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch
from watchdog.observers.polling import PollingObserver

from sitegen.options import FOLDERS
from sitegen.source.layout import is_litter

QUIET = 0.03  # seconds without a change after which an editor has done saving
LONGEST = 2.0  # seconds after which a build begins, however much is still being saved
# Not "opened" and "closed_no_write": every build would bring about the next.
_CHANGES = {"created", "modified", "moved", "deleted", "closed"}


def matters(parts: tuple[str, ...], config: str) -> bool:
    """Whether a build reads what is at this path, given as its parts below the site's folder."""
    if len(parts) < 2:
        return parts in {(config,), ("urls.lock",), (".sitegen",), *((name,) for name in FOLDERS)}
    if parts[0] not in FOLDERS:
        return False
    return parts[:2] == ("templates", "root") or not any(is_litter(name) for name in parts[1:])


class Watch(FileSystemEventHandler):
    """Watches the folder of a site from ``start`` to ``stop``."""

    def __init__(self, config: Path) -> None:
        config = config.resolve()
        self._root, self._config = config.parent, config.name
        self._changed = threading.Event()
        self._observer: BaseObserver = Observer()
        self._watched: dict[str, ObservedWatch] = {}
        self._replaced = set(FOLDERS)
        self.stopped = False

    def start(self) -> None:
        """Begin to watch. Where the system can't tell of changes, they are looked for."""
        try:
            self._start()
        except OSError:  # too many files are watched on this computer
            self._observer.unschedule_all()
            self._observer = PollingObserver()
            self._watched, self._replaced = {}, set(FOLDERS)
            self._start()

    def _start(self) -> None:
        self._observer.schedule(self, str(self._root))
        self._follow()
        self._observer.start()

    def stop(self) -> None:
        """Watch no more; who waits need not wait on."""
        self.stopped = True
        self._changed.set()
        if self._observer.is_alive():
            self._observer.stop()
            self._observer.join()

    def wait(self, seconds: float | None) -> bool:
        """Whether something changes within so many seconds (None: ever), once it has settled."""
        if not self._changed.wait(seconds):
            return False
        latest = time.monotonic() + LONGEST
        while self._changed.is_set() and time.monotonic() < latest and not self.stopped:
            self._changed.clear()
            self._changed.wait(QUIET)
        self._follow()
        return True

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Take note of a change. What changes in a folder is told of by itself."""
        if event.event_type not in _CHANGES or (
            event.is_directory and event.event_type == "modified"
        ):
            return
        for path in filter(None, (event.src_path, event.dest_path)):
            with suppress(ValueError):  # moved out of the site
                parts = Path(os.fsdecode(cast(str | bytes, path))).relative_to(self._root).parts
                if matters(parts, self._config):
                    self._replaced.update(name for name in FOLDERS if parts == (name,))
                    self._changed.set()

    def _follow(self) -> None:
        """Watch content/ and templates/ anew when they were deleted, moved or put back."""
        while self._replaced and not self.stopped:
            name = self._replaced.pop()
            if old := self._watched.pop(name, None):
                with suppress(KeyError, OSError):
                    self._observer.unschedule(old)
            if (self._root / name).is_dir():
                with suppress(OSError):  # gone again, which will be told
                    folder = str(self._root / name)
                    self._watched[name] = self._observer.schedule(self, folder, recursive=True)
