"""``sitegen serve``: the site as it is being written, drafts and all, in the editor's browser.

Each change is built by the same ``build`` as ever, into .sitegen/preview; when that fails, what is
wrong is shown over the last good site.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from html import escape
from pathlib import Path
from zoneinfo import ZoneInfo

from sitegen import problems
from sitegen.build import build
from sitegen.options import Options
from sitegen.problems import Problem, Severity, SitegenError
from sitegen.report import Report
from sitegen.server import Board, Server, Showing
from sitegen.urls import parse_base
from sitegen.watch import Watch

LONGEST_PAUSE = 60.0  # seconds: the clock is looked at again, since a computer may have slept


def serve(
    config: Path,
    *,
    port: int,
    now: Callable[[ZoneInfo], datetime],
    say: Callable[[str], None],
) -> None:
    """Show the site at 127.0.0.1 and keep up with its files, until Ctrl-C.

    SitegenError when the set-up is broken at the start; later on, that is shown and waited out.
    """
    preview, watch = Preview(config, now, say), Watch(config)
    keeper = threading.Thread(target=preview.keep_up, args=(watch,), daemon=True)
    try:
        with Server(port, preview.folder, preview.board, say) as server:
            watch.start()
            preview.begin()
            keeper.start()
            home = f"http://127.0.0.1:{server.port}{preview.board.showing.prefix}/"
            say(f"See the site at {home} (Ctrl-C stops).")
            server.serve_forever()
    except KeyboardInterrupt:
        say("Stopped.")
    finally:
        watch.stop()
        if keeper.is_alive():  # in the middle of a build, which is let finish
            keeper.join()


class Preview:
    """Builds the preview, one build at a time, and puts up what came of each."""

    def __init__(
        self, config: Path, now: Callable[[ZoneInfo], datetime], say: Callable[[str], None]
    ) -> None:
        self.folder = config.resolve().parent / ".sitegen" / "preview"
        self.board = Board(Showing(epoch=_next_epoch(0), prefix=_prefix(self.folder) or ""))
        self._say, self._now, self._tz = say, now, ZoneInfo("UTC")
        self._until: datetime | None = None
        self._options = Options(
            config=config, output=self.folder, now=self._moment, preview=True, note=say
        )

    def begin(self) -> None:
        """The first build. It may use several processes; later ones have threads beside them."""
        self._build(first=True)
        self._options = replace(self._options, jobs=1)

    def keep_up(self, watch: Watch) -> None:
        """Build whenever a file changes, or the time comes at which the site does."""
        while not watch.stopped:
            if (watch.wait(self._pause()) or self._due()) and not watch.stopped:
                self._build()

    def _moment(self, tz: ZoneInfo) -> datetime:
        self._tz = tz
        return self._now(tz)

    def _pause(self) -> float | None:
        if self._until is None:
            return None
        left = (self._until - self._now(self._tz)).total_seconds()
        return min(max(left, 1.0), LONGEST_PAUSE)

    def _due(self) -> bool:
        return self._until is not None and self._now(self._tz) >= self._until

    def _build(self, *, first: bool = False) -> None:
        """Build, and show what came of it, whatever that is."""
        started, self._until = time.perf_counter(), None
        try:
            report = build(self._options)
        except SitegenError as error:
            if first:
                raise
            self._fail(f"{error}" + (f"\n  fix: {error.fix}" if error.fix else ""))
        except Exception as error:  # a bug, which must not end the preview
            self._fail(
                f"This is a bug in sitegen, not in your content: {type(error).__name__}: {error}\n"
                "  fix: run sitegen build --debug and report what it prints"
            )
        else:
            self._until = report.validity.end
            shown = [p for p in report.problems if p.severity is not Severity.ADVICE]
            changed = bool(report.made or report.removed)
            if self._put_up(_notice(shown, report), changed=changed) or not report.nothing_to_do:
                self._tell(report, shown, time.perf_counter() - started)

    def _tell(self, report: Report, shown: Sequence[Problem], took: float) -> None:
        if shown:
            self._say(problems.as_text(shown).rstrip())
        if report.stopped:
            self._say(f"{problems.counted(shown)}: the last good site stays ({took:.2f} s).")
        elif report.nothing_to_do:
            self._say(f"Nothing to do: all {report.total} files are as they should be.")
        else:
            self._say(f"{len(report.made)} of {report.total} files made ({took:.2f} s).")

    def _fail(self, text: str) -> None:
        self._put_up(_alert("The site can't be built", text))
        self._say(text)

    def _put_up(self, notice: str, *, changed: bool = True) -> bool:
        """Show the preview as it is now; whether that is news, and browsers load it again."""
        was = self.board.showing
        found = _prefix(self.folder)
        prefix = was.prefix if found is None else found
        news = changed or (prefix, notice) != (was.prefix, was.notice)
        if news:
            epoch = _next_epoch(was.epoch)
            self.board.put_up(Showing(epoch=epoch, prefix=prefix, notice=notice))
        return news


def _next_epoch(last: int) -> int:
    """Greater than the last, and than any of a server that ran before."""
    return max(last + 1, time.time_ns() // 1_000_000)


def _prefix(folder: Path) -> str | None:
    """The path that the links of the built site begin with; None when there is no such site."""
    with suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
        return parse_base(json.loads((folder / "build.json").read_bytes())["base_url"]).prefix
    return None


def _notice(shown: Sequence[Problem], report: Report) -> str:
    """What is wrong, for the browser: errors loudly, warnings to be unfolded."""
    text, count = problems.as_text(shown), problems.counted(shown)
    if report.stopped:
        return _alert(f"{count} to mend", text)
    if text:
        return (
            '<details class="sitegen-notice" lang="en" dir="ltr">'
            f"<summary>{escape(count)}</summary><pre>{escape(text)}</pre></details>"
        )
    return ""


def _alert(heading: str, text: str) -> str:
    return (
        '<section class="sitegen-notice" role="alert" lang="en" dir="ltr" tabindex="0">'
        f"<h2>{escape(heading)}</h2>"
        "<p>Mend this and save. Until then, the last good site is shown, where there is one.</p>"
        f"<pre>{escape(text)}</pre></section>"
    )
