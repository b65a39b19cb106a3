"""``sitegen lock``: record the address of all that is published now, so that none is ever lost."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sitegen.building import content
from sitegen.building.prepare import Prepared, prepare
from sitegen.building.verdict import refused, report_of
from sitegen.disk.state import Store
from sitegen.disk.workers import Workers
from sitegen.memo import Memo
from sitegen.options import Options
from sitegen.problems import SitegenError
from sitegen.report import Report
from sitegen.site import lockfile


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """What was recorded: the addresses that are new, and how many there are in all.

    When the ``report`` says ``stopped``, nothing was.
    """

    report: Report
    added: tuple[str, ...] = ()
    total: int = 0
    changed: bool = False


def record(options: Options) -> Recorded:
    """Bring urls.lock up to date with the site as it is at ``now``. No address is taken out.

    SitegenError when the set-up is broken. Nothing is written when the content has errors: an
    address that is lost is one.
    """
    options.require()
    store, workers = Store(options.memory, read_only=True), Workers(options.jobs)
    try:
        inputs = content.read_inputs(options, store.marks())
        found = prepare(inputs, options, store, workers, Memo())
    finally:
        workers.close()
        store.close()
    if not isinstance(found, Prepared):
        return Recorded(report=refused(options, found))
    faults = (*found.problems, *found.design.ready.problems())
    report = report_of(options, found.content, faults)
    if report.stopped:
        return Recorded(report=report)
    before = lockfile.parse(inputs.lock).rows
    now = lockfile.published(found.content.site, found.content.links.copies)
    rows = lockfile.merged(before, now)
    data = lockfile.write(rows).encode()
    if data != inputs.lock:
        _put(options.root / lockfile.PATH, data)
    added = sorted({row.url for row in rows} - {row.url for row in before})
    return Recorded(report=report, added=tuple(added), total=len(rows), changed=data != inputs.lock)


def _put(path: Path, data: bytes) -> None:
    """Write the file in one step: whoever reads it finds the old one or the new."""
    beside = path.with_name(f".{path.name}.new")
    try:
        beside.unlink(missing_ok=True)  # it may be a link, and lead anywhere
        with beside.open("xb") as file:
            file.write(data)
        beside.replace(path)
    except OSError as error:
        raise SitegenError(f"{path} can't be written: {error.strerror}") from None
