"""The command line: arguments → one call → exit code.

Exit codes: 0 done; 1 faults in the content; 2 wrong use or configuration, or the system refuses
(a full disk); 3 a bug in sitegen, or a site that is not what a build from nothing makes
(``--verify``); 130 stopped by Ctrl-C; 143 by SIGTERM.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path

from sitegen.arguments import WRONG_USE, clock_of, parser
from sitegen.disk.refusals import told
from sitegen.problems import FORMATS, Problem, Severity, SitegenError, counted, printable
from sitegen.stopping import Stopped, stoppable

DONE, FAULTS, BUG = 0, 1, 3  # and WRONG_USE, 2


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a console may lack letters that a title has
            stream.reconfigure(errors="backslashreplace")
    debug = False
    try:
        with stoppable():
            arguments = parser().parse_args(argv)
            debug = arguments.debug
            return COMMANDS[arguments.command](arguments)
    except Stopped as stopped:
        _say("Stopped. Nothing is lost: the next build does what is left.")
        return stopped.code
    except BrokenPipeError:
        return DONE
    except Exception as error:
        if debug:
            raise
        return _ended(error)


def _ended(error: Exception) -> int:
    """Say why a command came to nothing; its exit code."""
    refused = error if isinstance(error, SitegenError) else told(error)
    what = f"this is a bug in sitegen, not in your content: {type(error).__name__}: {error}"
    fix = refused.fix if refused else "run it again with --debug and report what it prints"
    for line in f"sitegen: {refused or what}".split("\n"):
        _say(printable(line))
    for line in f"  fix: {fix}".split("\n") if fix else ():
        _say(printable(line))
    return WRONG_USE if refused else BUG


def build_command(arguments: argparse.Namespace) -> int:
    """``sitegen build``."""
    from sitegen.building.build import build
    from sitegen.options import Options

    say = _quiet if arguments.quiet else _say
    _tell_epoch(arguments, say)
    started = time.perf_counter()
    progress = _Progress(shown=not arguments.quiet)
    report = build(
        Options(
            config=arguments.config,
            output=arguments.output or arguments.config.parent / "output",
            now=clock_of(arguments.now, epoch=True),
            base_url=arguments.base_url,
            strict=arguments.strict,
            force=arguments.force,
            images=not arguments.no_images,
            search=not arguments.no_search,
            jobs=arguments.jobs,
            scheduler=arguments.executor,
            verify=arguments.verify,
            progress=progress,
            note=say,
        )
    )
    progress.done()
    shown = [p for p in report.problems if p.severity is not Severity.ADVICE]
    _show(shown, arguments.format)
    if report.stopped:
        say(f"{counted(shown)}. Nothing was written to output/.")
        return _code(report.problems, arguments.config.name)
    if arguments.explain:
        for path, reason in sorted(report.made.items()):
            print(f"{path}: {reason}", file=sys.stderr if arguments.format == "json" else None)
    took = time.perf_counter() - started
    say(_counts(report.total, len(report.made), report.removed, took, report.nothing_to_do))
    if report.summary:
        say(report.summary)
    if report.differing:
        return _differ(report.differing)
    if arguments.verify:
        say("Verified: a build from nothing makes the same bytes.")
    return DONE


def _differ(files: Sequence[str]) -> int:
    """Tell which files are not what a build from nothing makes."""
    for file in files:
        print(
            printable(f"sitegen: {file} in output/ is not what a build from nothing makes"),
            file=sys.stderr,
        )
    why = "changed by hand or damaged, here or in .sitegen/; or this is a bug in sitegen"
    print(f"  it was {why}", file=sys.stderr)
    print("  fix: sitegen build --force; report it if it comes again", file=sys.stderr)
    return BUG


def _tell_epoch(arguments: argparse.Namespace, say: Callable[[str], None]) -> None:
    if os.environ.get("SOURCE_DATE_EPOCH") and arguments.now is None:
        say("The moment is taken from SOURCE_DATE_EPOCH.")


def _counts(total: int, made: int, removed: int, took: float, nothing: bool) -> str:
    if nothing:
        return f"Nothing to do: all {total} files are as they should be ({took:.2f} s)."
    gone = f", {removed} removed" if removed else ""
    return f"{total} files: {made} made, {total - made} kept{gone} ({took:.2f} s)."


def check_command(arguments: argparse.Namespace) -> int:
    """``sitegen check``."""
    from sitegen.building.build import build
    from sitegen.options import Options

    _tell_epoch(arguments, _say)
    report = build(
        Options(
            config=arguments.config,
            output=None,
            now=clock_of(arguments.now, epoch=True),
            base_url=arguments.base_url,
            strict=arguments.strict,
            jobs=arguments.jobs,
            scheduler=arguments.executor,
        )
    )
    _show(report.problems, arguments.format)
    _say(f"{counted(report.problems) or 'No faults'}.")
    return _code(report.problems, arguments.config.name) if report.stopped else DONE


def _code(found: Sequence[Problem], config: str) -> int:
    """The exit code of faults: an error in config.yaml is one of configuration."""
    of_config = (p for p in found if p.path == config and p.severity is Severity.ERROR)
    return WRONG_USE if any(of_config) else FAULTS


def new_command(arguments: argparse.Namespace) -> int:
    """``sitegen new``."""
    from sitegen.commands.new import create
    from sitegen.options import root_of

    root, today = root_of(arguments.config), _today(arguments.config)
    path = create(root, arguments.kind, " ".join(arguments.title), today=today)
    print(f"{path} is ready. Fill in what says TODO, then delete the line draft: true.")
    return DONE


def _today(config: Path) -> date:
    """The day that the site's calendar shows; this computer's where config.yaml can't tell."""
    from contextlib import suppress

    from sitegen.source.config import read

    settings = None
    with suppress(OSError):
        if config.is_file():
            settings, _, _ = read(config.read_bytes())
    return datetime.now(settings.tz if settings else None).date()


def schema_command(arguments: argparse.Namespace) -> int:
    """``sitegen schema``."""
    from sitegen.commands import vscode
    from sitegen.options import root_of

    if not arguments.vscode:
        print(vscode.schema(arguments.name), end="")
        return DONE
    changed = vscode.write(root_of(arguments.config))
    _say(f"{len(changed)} files of .vscode/ written." if changed else ".vscode/ is up to date.")
    return DONE


def upcoming_command(arguments: argparse.Namespace) -> int:
    """``sitegen upcoming``."""
    from sitegen.commands import upcoming
    from sitegen.options import Options
    from sitegen.site import schedule

    now = clock_of(arguments.now)
    report = upcoming.report(Options(config=arguments.config, output=None, now=now, search=False))
    errors = [p for p in report.problems if p.severity is Severity.ERROR]
    sys.stderr.write(FORMATS["text"](errors))
    if report.stopped and not report.events:
        return _code(report.problems, arguments.config.name)
    agenda = schedule.agenda(report.events, now(report.tz), report.tz, arguments.days)
    print(upcoming.FORMATS[arguments.format](agenda), end="")
    if report.summary:
        _say(f"{report.summary} The dates of drafts are left out.")
    return FAULTS if errors else DONE


def stale_command(arguments: argparse.Namespace) -> int:
    """``sitegen stale``."""
    from sitegen.commands import stale

    record = stale.record(stale.fetch(arguments.where), arguments.where)
    verdict = stale.verdict(record, clock_of(arguments.now)(record.tz))
    print(stale.FORMATS[arguments.format](verdict), end="")
    return FAULTS if verdict.stale else DONE


def lock_command(arguments: argparse.Namespace) -> int:
    """``sitegen lock``."""
    from sitegen.commands.lock import record
    from sitegen.options import Options

    now = clock_of(arguments.now)
    done = record(
        Options(config=arguments.config, output=None, now=now, images=False, search=False)
    )
    errors = [p for p in done.report.problems if p.severity is Severity.ERROR]
    _show(errors, "text")
    if done.report.stopped:
        _say(f"{counted(errors)}. urls.lock is as it was.")
        return _code(errors, arguments.config.name)
    for url in done.added:
        print(url)
    news = f"{len(done.added)} added" if done.added else "brought up to date"
    _say(f"urls.lock: {news if done.changed else 'nothing new'}, {done.total} addresses in all.")
    return DONE


def diff_command(arguments: argparse.Namespace) -> int:
    """``sitegen diff``. Differences are no faults: with and without them the exit code is 0."""
    from sitegen.commands import diff, differences

    found = diff.between(arguments.old, arguments.new)
    print(differences.FORMATS[arguments.format](found), end="")
    return DONE


def serve_command(arguments: argparse.Namespace) -> int:
    """``sitegen serve``."""
    from sitegen.serving.serve import serve

    serve(arguments.config, port=arguments.port, now=clock_of(arguments.now), say=_say)
    return DONE


COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "build": build_command,
    "serve": serve_command,
    "check": check_command,
    "new": new_command,
    "schema": schema_command,
    "upcoming": upcoming_command,
    "stale": stale_command,
    "diff": diff_command,
    "lock": lock_command,
}


def _say(text: str) -> None:
    """Words about the run go to standard error, faults to standard output."""
    print(text, file=sys.stderr)


def _quiet(text: str) -> None:
    """Nothing."""


def _show(found: Sequence[Problem], as_: str) -> None:
    text = FORMATS[as_](found)
    if found or as_ == "json":
        print(text, end="")


class _Progress:
    """How far a long build is: a moving line on a terminal, plain lines elsewhere."""

    def __init__(self, *, shown: bool) -> None:
        self._shown = shown
        self._terminal = sys.stderr.isatty()
        self._said = time.monotonic()
        self._width = 0

    def __call__(self, stage: str, done: int, total: int) -> None:
        every = 0.1 if self._terminal else 5.0
        if not self._shown or time.monotonic() - self._said < every:
            return
        self._said = time.monotonic()
        text = f"{stage}: {done} of {total}"
        if self._terminal:
            self._width = max(self._width, len(text))
            print(f"\r{text.ljust(self._width)}", end="", file=sys.stderr, flush=True)
        else:
            print(text, file=sys.stderr)

    def done(self) -> None:
        """Take the moving line away."""
        if self._width:
            print("\r" + " " * self._width + "\r", end="", file=sys.stderr, flush=True)
