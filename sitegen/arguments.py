"""The commands of sitegen and their options, and how ``--now`` is read."""

from __future__ import annotations

import argparse
import os
import re
from collections.abc import Callable
from datetime import UTC, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import NoReturn
from zoneinfo import ZoneInfo

from sitegen import __version__, clock
from sitegen.problems import FORMATS, SitegenError

WRONG_USE = 2
ABOUT = "Builds the public information site of a local health watchdog."


class Parser(argparse.ArgumentParser):
    """argparse, with suggestions and an exit code of 2."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the arguments, and what was probably meant."""
        typed, _, known = message.partition("invalid choice: ")[2].partition(" (choose from ")
        choices = [word.strip(" ')") for word in known.split(",")]
        near = get_close_matches(typed.strip("'"), choices, n=1) if typed else []
        hint = f' Did you mean "{near[0]}"?' if near else ""
        self.exit(WRONG_USE, f"sitegen: {message}.{hint}\nTry: sitegen --help\n")


def _port(text: str) -> int:
    """A port that may be listened on (RFC 6335); 0 is any that is free."""
    if text.isdecimal() and int(text) < 1 << 16:
        return int(text)
    raise argparse.ArgumentTypeError(f'"{text}" is no port: write a number, such as --port 8001')


def parser() -> argparse.ArgumentParser:
    """All commands and options."""
    common = Parser(add_help=False)
    common.add_argument(
        "--config",
        type=Path,
        default=Path("config.yaml"),
        metavar="FILE",
        help="the site's config.yaml (default: the one in this folder)",
    )
    common.add_argument("--debug", action="store_true", help="show tracebacks")
    whole = Parser(prog="sitegen", description=ABOUT)
    whole.add_argument("--version", action="version", version=f"sitegen {__version__}")
    commands = whole.add_subparsers(
        dest="command", required=True, metavar="COMMAND", parser_class=Parser
    )

    def command(name: str, words: str) -> argparse.ArgumentParser:
        return commands.add_parser(name, help=words, description=words, parents=[common])

    build = command("build", "Build the site: content/ and templates/ become output/.")
    _building(build)
    build.add_argument(
        "--output", type=Path, metavar="DIR", help="where to build (default: output/)"
    )
    build.add_argument("--force", action="store_true", help="make everything anew")
    build.add_argument(
        "--verify", action="store_true", help="build once more from nothing, and compare"
    )
    build.add_argument("--explain", action="store_true", help="say why each page was made anew")
    build.add_argument("--no-search", action="store_true", help="leave the search index out")
    build.add_argument("--no-images", action="store_true", help="leave image sizes out")
    build.add_argument("--quiet", action="store_true", help="print faults only")

    check = command("check", "Look for faults, and give advice; write nothing.")
    _building(check)

    new = command("new", "Begin a post: a file with the fields of its kind to fill in.")
    new.add_argument("kind", help="blog, consultation, explainer, news or page")
    new.add_argument("title", nargs="+", help="the title")

    schema = command("schema", "Print a JSON Schema, or set up Visual Studio Code with them all.")
    schema.add_argument(
        "name", nargs="?", metavar="NAME", help="a kind of post, config, or a file of shared facts"
    )
    schema.add_argument(
        "--vscode", action="store_true", help="write .vscode/: fields complete while you type"
    )

    upcoming = command("upcoming", "List what will appear, open, close, expire or fall due.")
    upcoming.add_argument(
        "--days", type=_days, default=30, help="how far to look after today (default: 30)"
    )
    upcoming.add_argument("--now", metavar="WHEN", help="pretend that it is this moment")
    upcoming.add_argument(
        "--format",
        choices=["text", "json", "ics"],
        default="text",
        help="how the list is shown; ics is a file for your calendar",
    )

    stale = command("stale", "Tell whether a published site must be built again (exit code 1).")
    stale.add_argument(
        "where", metavar="SITE", help="its address, its folder, or its build.json (a path or a URL)"
    )
    stale.add_argument("--now", metavar="WHEN", help="pretend that it is this moment")
    stale.add_argument(
        "--format", choices=["text", "json"], default="text", help="how the answer is shown"
    )

    lock = command("lock", "Record the address of all that is published, so that none is lost.")
    lock.add_argument("--now", metavar="WHEN", help="pretend that it is this moment")

    diff = command("diff", "Tell what readers will see change between two built sites.")
    diff.add_argument("old", type=Path, metavar="OLD", help="the folder of the one")
    diff.add_argument("new", type=Path, metavar="NEW", help="the folder of the other")
    diff.add_argument(
        "--format",
        choices=["text", "markdown", "json"],
        default="text",
        help="how it is shown; markdown is for a pull request",
    )

    serve = command("serve", "Show the site as you write, with drafts; at 127.0.0.1 only.")
    serve.add_argument("--port", type=_port, default=8000, help="the port (default: 8000)")
    serve.add_argument("--now", metavar="WHEN", help="pretend that it is this moment")
    return whole


def _days(text: str) -> int:
    """A number of days, up to a hundred years."""
    if not text.isdecimal() or not 0 < int(text[:6]) <= 36_500:
        raise argparse.ArgumentTypeError(f'"{text}" is not a number of days')
    return int(text)


def _scheduler(text: str) -> str:
    """The address of a Dask scheduler, as Dask writes it: ``tcp://host:port``, ``tls://…``."""
    schemes = {"dask": "tcp", "dask+tls": "tls"}
    match = re.fullmatch(r"([a-z+]+)://([\w.-]+|\[[\da-f:]+\]):(\d{1,5})/?", text, re.ASCII)
    if match and match[1] in schemes and 0 < int(match[3]) < 1 << 16:
        return f"{schemes[match[1]]}://{match[2]}:{match[3]}"
    message = f'"{text}" is no address of a Dask scheduler: write one such as dask://10.0.0.5:8786'
    raise argparse.ArgumentTypeError(message)


def _building(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--now", metavar="WHEN", help="build as at this moment: 2026-06-15, or '2026-06-15 12:00'"
    )
    command.add_argument("--strict", action="store_true", help="let warnings stop the build too")
    command.add_argument(
        "--format", choices=list(FORMATS), default="text", help="how faults are shown"
    )
    command.add_argument("--base-url", metavar="URL", help="in place of base_url in config.yaml")
    command.add_argument(
        "--jobs", type=int, metavar="N", help="how many processes (default: one a core)"
    )
    command.add_argument(
        "--executor",
        type=_scheduler,
        metavar="URL",
        help="send posts and pages to a Dask cluster: dask://host:port, or dask+tls://host:port",
    )


def clock_of(typed: str | None, *, epoch: bool = False) -> Callable[[ZoneInfo], datetime]:
    """``now`` as typed; else, where ``epoch`` allows it, SOURCE_DATE_EPOCH; else the clock."""
    seconds = os.environ.get("SOURCE_DATE_EPOCH", "") if epoch else ""

    def now(tz: ZoneInfo) -> datetime:
        if typed is not None:
            try:
                return clock.parse_now(typed, tz)
            except clock.BadDate as error:
                raise SitegenError(f"--now: {error}", fix=error.fix) from None
        if seconds:
            try:
                return clock.parse_epoch(seconds)
            except clock.BadDate as error:
                raise SitegenError(f"SOURCE_DATE_EPOCH: {error}", fix=error.fix) from None
        return datetime.now(UTC)

    return now
