"""The site as it is being written, kept ready in memory: built anew whenever a file changes.

It comes through the same stages as ``build``; only, output/ is left alone: a page is made when a
browser asks for it. When a build fails, what is wrong is shown over the last good site.
"""

from __future__ import annotations

import gc
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from sitegen import problems
from sitegen.building import content
from sitegen.building.advising import advise
from sitegen.building.content import Inputs, Parsed
from sitegen.building.prepare import Prepared, prepared
from sitegen.building.retold import retold
from sitegen.building.verdict import refused, report_of
from sitegen.clock import Validity
from sitegen.disk.refusals import told
from sitegen.disk.state import Store
from sitegen.disk.workers import Workers
from sitegen.memo import Memo
from sitegen.options import Options
from sitegen.problems import Problem, Severity, SitegenError
from sitegen.report import Report
from sitegen.serving.dashboard import Dashboard, dashboard
from sitegen.serving.server import Board
from sitegen.serving.stage import Stage
from sitegen.serving.watch import Watch
from sitegen.templating.render import Renderer

LONGEST_PAUSE = 60.0  # seconds: the clock is looked at again, since a computer may have slept
DAYS_KEPT = 4  # of the days on which readers' view was asked for, the last


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What came of a build: the ``stage`` to show (None: there is none yet), and what is wrong.

    ``failure`` is a sentence where the site can't be built at all, ``stopped`` that errors keep
    it from being built, so that the stage is the last good one. ``epoch`` tells it from others.
    """

    epoch: int = 0
    stage: Stage | None = None
    faults: tuple[Problem, ...] = ()
    stopped: bool = False
    failure: str = ""


class Preview:
    """Builds the preview, one build at a time, and puts up what came of each."""

    def __init__(
        self, config: Path, now: Callable[[ZoneInfo], datetime], say: Callable[[str], None]
    ) -> None:
        self.board = Board(_next_epoch(0))
        self.scene = Scene()
        self._say, self._now, self._tz = say, now, ZoneInfo("UTC")
        self._options = Options(
            config=config, output=None, now=self._moment, preview=True, search=False, note=say
        )
        self._store = Store(self._options.memory)
        self._memo, self._public, self._advised = Memo(), Memo(), Memo()
        self._lock = threading.RLock()
        self._inputs: Inputs | None = None
        self._pinned: datetime | None = None
        self._validity = Validity()
        self._days: dict[datetime, Scene] = {}
        self._board_of: Scene | None = None
        self._dashboard: Dashboard | None = None

    def begin(self) -> None:
        """The first build. It may use several processes; later ones have threads beside them."""
        self._update(first=True)
        self._options = replace(self._options, jobs=1)
        gc.collect()
        gc.freeze()  # what was read stays: to look through it again and again would take longest

    def keep_up(self, watch: Watch) -> None:
        """Build whenever a file changes, or the time comes at which the site does."""
        while not watch.stopped:
            if (watch.wait(self._pause()) or self._due()) and not watch.stopped:
                self._update()

    def on(self, when: datetime) -> Scene:
        """The site as readers see it at an instant: without drafts, and what waits until then."""
        with self._lock:
            if when not in self._days:
                self._days = dict([*self._days.items()][1 - DAYS_KEPT :])
                self._days[when] = self._on(when, Memo())
            return self._days[when]

    def _on(self, when: datetime, memo: Memo) -> Scene:
        options = replace(self._options, preview=False, now=lambda tz: when)
        try:
            found, report = self._built(options, memo)
        except SitegenError as error:
            return Scene(epoch=self.scene.epoch, failure=str(error))
        stage = Stage(found, options) if found else None
        faults, stopped = _told(report), report.stopped
        return Scene(epoch=self.scene.epoch, stage=stage, faults=faults, stopped=stopped)

    def dashboard(self) -> Dashboard | None:
        """What editors may want to do; None while there is no site. Advice is worked out here."""
        with self._lock:
            scene = self.scene
            if scene.stage is None:
                return None
            if self._board_of is not scene:
                self._board_of, self._dashboard = scene, self._made_dashboard(scene.stage)
            return self._dashboard

    def _made_dashboard(self, stage: Stage) -> Dashboard:
        found = stage.prepared.content
        told = advise(found, stage.prepared.inputs, self._advised)
        self._advised.turn()
        shown = content.quoted(told, found.config.silence, self._options.config)
        # What only readers' site would lack, such as an address that a draft had before.
        public = self._on(found.now, self._public).faults if not self.scene.stopped else ()
        faults = problems.ordered((*self.scene.faults, *public, *shown))
        return dashboard(found.site, found.documents, found.events, faults)

    @property
    def home(self) -> str:
        """The path of the site's first page."""
        return f"{self.scene.stage.prefix if self.scene.stage else ''}/"

    @property
    def tz(self) -> ZoneInfo:
        """The site's time zone, as far as it is known."""
        return self._tz

    def _moment(self, tz: ZoneInfo) -> datetime:
        """Now; as long as nothing comes with time, the very same moment as at the last build."""
        self._tz, now = tz, self._now(tz)
        if self._pinned is None or self._is_past(now):
            self._pinned = now
        return self._pinned

    def _is_past(self, now: datetime) -> bool:
        """Whether time alone has changed the site since the last build, or what falls due."""
        pinned = self._pinned or now
        another_day = now.astimezone(self._tz).date() != pinned.astimezone(self._tz).date()
        return another_day or not self._validity.holds(now)

    def _pause(self) -> float | None:
        if self._pinned is None:
            return None
        end = self._validity.end
        left = (end - self._now(self._tz)).total_seconds() if end else LONGEST_PAUSE
        return min(max(left, 1.0), LONGEST_PAUSE)

    def _due(self) -> bool:
        return self._pinned is not None and self._is_past(self._now(self._tz))

    def _update(self, *, first: bool = False) -> None:
        """Build, and show what came of it, whatever that is."""
        started = time.perf_counter()
        try:
            with self._lock:
                scene = self._next(self.scene)
        except SitegenError as error:
            if first:
                raise
            scene = self._failed(f"{error}" + (f"\n  fix: {error.fix}" if error.fix else ""))
        except Exception as error:  # a bug, which must not end the preview
            short = told(error)
            what = f"This is a bug in sitegen, not in your content: {type(error).__name__}: {error}"
            fix = short.fix if short else "run sitegen build --debug and report what it prints"
            scene = self._failed(f"{short or what}\n  fix: {fix}")
        if replace(scene, epoch=self.scene.epoch) != self.scene:
            epoch = _next_epoch(self.board.epoch)
            with self._lock:
                self._days, self.scene = {}, replace(scene, epoch=epoch)
            self.board.put_up(epoch)
            self._say(_words(scene, time.perf_counter() - started))

    def _next(self, scene: Scene) -> Scene:
        """What is to be shown now; the same scene where nothing has changed."""
        self._options.require()
        marks = self._inputs.tree.marks if self._inputs else self._store.marks()
        inputs = content.read_inputs(self._options, marks)
        same = self._inputs is not None and self._inputs.digest == inputs.digest
        if same and not scene.failure and not self._due():
            return scene
        self._inputs = inputs
        found, report = self._built(self._options, self._memo, scene.stage)
        self._validity = report.validity
        stage = scene.stage if report.stopped or not found else Stage(found, self._options)
        return Scene(stage=stage, faults=_told(report), stopped=report.stopped)

    def _built(
        self, options: Options, memo: Memo, before: Stage | None = None
    ) -> tuple[Prepared | None, Report]:
        assert self._inputs is not None
        workers = Workers(options.jobs)
        try:
            read = content.parsed(self._inputs, options, self._store, workers, memo)
            if not isinstance(read, Parsed):
                return None, refused(options, read)
            found = retold(before.prepared, read, options) if before else None
            if found is None:
                found = prepared(read, options, self._store, workers, memo)
                memo.turn()
        finally:
            workers.close()
        faults = [*found.problems, *memo(Renderer.problems, found.design.ready)]
        wanted = (p for p in faults if p.severity is not Severity.ADVICE)
        return found, report_of(options, found.content, wanted)

    def _failed(self, text: str) -> Scene:
        """What is shown when the site can't even be looked at; the files are read again then."""
        return replace(self.scene, faults=(), stopped=False, failure=text)


def _told(report: Report) -> tuple[Problem, ...]:
    return tuple(p for p in report.problems if p.severity is not Severity.ADVICE)


def _words(scene: Scene, took: float) -> str:
    """What came of a build, for the terminal."""
    if scene.failure:
        return scene.failure
    told = problems.as_text(scene.faults)
    if scene.stopped:
        return f"{told}{problems.counted(scene.faults)}: the last good site stays ({took:.2f} s)."
    assert scene.stage is not None
    return f"{told}{len(scene.stage.prepared.outputs)} files are ready ({took:.2f} s)."


def _next_epoch(last: int) -> int:
    """Greater than the last, and than any of a server that ran before."""
    return max(last + 1, time.time_ns() // 1_000_000)
