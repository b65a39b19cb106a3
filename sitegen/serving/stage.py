"""A prepared site in memory: each of its files is made when it is asked for, and kept."""

from __future__ import annotations

import threading
from pathlib import PurePosixPath
from typing import Any

from sitegen.building.prepare import Prepared
from sitegen.disk import gallery
from sitegen.disk.inside import read_bytes
from sitegen.disk.workers import Workers
from sitegen.fingerprint import digest_bytes
from sitegen.model import Copied, Derived, Encoded, IndexFile, Output, Rendered
from sitegen.options import Options
from sitegen.pages import chrome
from sitegen.problems import Problem, SitegenError


class Stage:
    """The files of a site. Safe to ask from several threads."""

    def __init__(self, prepared: Prepared, options: Options) -> None:
        self.prepared = prepared
        self._options = options
        self._outputs = {output.path: output for output in prepared.outputs}
        self._made: dict[PurePosixPath, bytes | Problem] = {}
        self._chrome: Any = None
        self._lock = threading.Lock()

    @property
    def prefix(self) -> str:
        """The path that the links of the site begin with."""
        return self.prepared.content.config.base.prefix

    def output(self, path: PurePosixPath) -> Output | None:
        """The output at a path; None where there is none."""
        return self._outputs.get(path)

    def bytes_of(self, output: Output) -> bytes | Problem:
        """What is in a file of the site, or why it can't be made. SitegenError when a file that

        it copies can't be read.
        """
        if isinstance(output, Copied):
            return self._copied(output)
        with self._lock:
            if output.path not in self._made:
                self._made[output.path] = self._make(output)
            return self._made[output.path]

    def _copied(self, output: Copied) -> bytes:
        """A file of the site as it was found: by now it may lead out of the folder."""
        data = read_bytes(self._options.root, output.source)
        if digest_bytes(data) != output.digest:
            raise SitegenError(f"{output.source} has changed")
        return data

    def _make(self, output: Output) -> bytes | Problem:
        match output:
            case Rendered():
                return self._render(output)
            case Derived():
                return self._picture(output)
            case Encoded():
                return output.data
            case Copied() | IndexFile():
                raise ValueError(f"{output.path} is not made here")

    def _render(self, output: Rendered) -> bytes | Problem:
        found = self.prepared
        self._chrome = self._chrome or chrome.chrome(found.desk)
        return found.design.ready.page(output, self._chrome)

    def _picture(self, output: Derived) -> bytes | Problem:
        options, workers = self._options, Workers(1)
        rows = gallery.make(
            [output],
            options.root,
            options.memory,
            workers,
            afresh=False,
            progress=options.progress,
        )
        ((_, made),) = rows
        return made if isinstance(made, Problem) else read_bytes(made.parent, made.name)
