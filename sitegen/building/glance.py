"""Has nothing changed at all? Told by how every file looks, so that not one of them is read.

Most builds change nothing or little. What a glance can't vouch for is looked at properly: another
look never means another site, and on another machine (or after a fresh checkout) all look new.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from sitegen import problems
from sitegen.clock import Validity
from sitegen.disk import survey
from sitegen.disk.guard import HALF
from sitegen.fingerprint import Digest, digest_bytes
from sitegen.options import FOLDERS, SETTLED_NS, Options
from sitegen.problems import Problem, Severity
from sitegen.report import Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Glance:
    """How all that a build depends on looked at its start, besides what is in output/.

    ``settled`` tells whether each file had rested long enough to be known by its looks.
    """

    looks: Digest
    settled: bool


def glance(options: Options) -> Glance:
    """How the site's files, the options, sitegen's own code and its libraries look now."""
    newest = time.time_ns() - SETTLED_NS
    rows: list[str] = []
    root = options.root
    files = (os.path.realpath(options.config), root / "urls.lock")  # the config may be a link
    looked = [_look(str(path), rows) for path in (*(root / name for name in FOLDERS), *files)]
    settled = max(looked) < newest
    return Glance(looks=_digest([*rows, repr(options.shaping), own_look()]), settled=settled)


def report(options: Options, seen: Glance) -> Report | None:
    """What the last build told, when it would tell the same; None where a glance can't say."""
    assert options.output is not None
    try:
        last = json.loads(_file(options).read_bytes())
        if last["looks"] != seen.looks or last["output"] != survey.look(options.output).digest:
            return None
        tz = ZoneInfo(last["tz"])
        start, end = (datetime.fromisoformat(at) if at else None for at in last["validity"])
        told = tuple(
            Problem(**{**row, "severity": Severity(row["severity"])}) for row in last["problems"]
        )
        total, summary = int(last["total"]), str(last["summary"])
    except (OSError, ValueError, TypeError, LookupError, RecursionError):
        return None
    validity = Validity(start=start, end=end)
    if problems.stops(told, strict=options.strict) or not validity.holds(options.now(tz)):
        return None
    return Report(
        problems=told,
        stopped=False,
        total=total,
        summary=summary,
        validity=validity,
        tz=tz,
        look=last["output"],
        nothing_to_do=True,
    )


def still(options: Options, seen: Glance) -> bool:
    """Whether all looks as it did: no file was changed while it was read."""
    return glance(options).looks == seen.looks


def keep(options: Options, seen: Glance, told: Report) -> None:
    """Remember a build that is in place, by how all looked when it began.

    Where that can't be kept, nothing is: the next build looks properly.
    """
    assert options.output is not None
    file = _file(options)
    with suppress(OSError):
        file.unlink(missing_ok=True)
        if seen.settled:
            half = file.with_suffix(HALF)
            half.write_text(json.dumps(_row(seen, told)), encoding="utf-8")
            half.replace(file)


def _row(seen: Glance, told: Report) -> dict[str, object]:
    ends = (told.validity.start, told.validity.end)
    return {
        "looks": seen.looks,
        "output": told.look,
        "tz": told.tz.key,
        "validity": [at.isoformat() if at else None for at in ends],
        "problems": [{**asdict(p), "severity": p.severity.value} for p in told.problems],
        "total": told.total,
        "summary": told.summary,
    }


@cache
def own_look() -> str:
    """The look of sitegen's own files, and the names of the libraries, with their versions."""
    rows: list[str] = []
    _look(os.path.realpath(Path(__file__).parents[1]), rows)
    for place, folder in enumerate(sys.path):  # of two versions the first counts
        try:
            with os.scandir(folder or ".") as entries:
                rows += (f"{place} {e.name}" for e in entries if e.name.endswith("-info"))
        except OSError:  # not there, or an archive
            rows.append(folder)
    return _digest([*rows, sys.version, sys.prefix])


def _look(path: str, rows: list[str]) -> int:
    """Add a row for each file and folder at and below a path; when one changed last, in ns."""
    if Path(path).is_symlink():  # it may lead to the whole disk; that it is one is told later
        return _add(path, os.lstat(path), rows)
    newest = 0
    todo = [path]
    while todo:
        folder = todo.pop()
        rows.append(folder)
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    if not entry.is_dir(follow_symlinks=False):
                        status = entry.stat(follow_symlinks=False)
                        newest = max(newest, _add(entry.path, status, rows))
                    elif entry.name != "__pycache__":
                        todo.append(entry.path)
        except NotADirectoryError:
            newest = max(newest, _add(folder, os.lstat(folder), rows))
        except OSError as error:  # there need be no urls.lock; what can't be read is told later
            rows.append(f"{folder}\0{error.errno}")
    return newest


def _add(path: str, status: os.stat_result, rows: list[str]) -> int:
    mtime, changed = status.st_mtime_ns, status.st_ctime_ns
    rows.append(f"{path}\0{status.st_size}\0{mtime}\0{changed}\0{status.st_ino}")
    return max(mtime, changed)


def _digest(rows: Iterable[str]) -> Digest:
    return digest_bytes("\n".join(sorted(rows)).encode("utf-8", "surrogatepass"))


def _file(options: Options) -> Path:
    """Where the last build into this folder is remembered."""
    assert options.output is not None
    name = digest_bytes(os.fsencode(os.path.realpath(options.output)))
    return options.memory / f"look-{name}.json"
