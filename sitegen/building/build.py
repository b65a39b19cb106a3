"""``build``: whatever writes a site calls it; there is no other way.

One question before all: has nothing changed at all? Then nothing else is even loaded.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache, partial
from pathlib import Path

from sitegen.building import glance, verify
from sitegen.disk import guard, write
from sitegen.options import Options
from sitegen.report import Report


def build(options: Options) -> Report:
    """Build the site into ``options.output``; with no output, only check it.

    SitegenError when the set-up is broken. Nothing is written when the content has errors.
    """
    options = replace(options, now=cache(options.now))  # one moment for all that is done here
    options.require()
    if options.output is None:
        from sitegen.building import making

        return making.check(options)
    waits = "Another build is running; waiting for it to end."
    guard.refuse_foreign(options.output, options.root)  # before anything is made at all
    with guard.lock(options.memory, on_wait=lambda: options.note(waits)):
        write.recover(options.output)
        guard.refuse_foreign(options.output, options.root)  # what came back, too
        verify.clear(options)
        seen = glance.glance(options)
        still = partial(glance.still, options, seen)
        report = _build(options, options.output, seen, still)
        if not options.verify or report.stopped:
            return report
        differing = verify.differing(options)
        if not still():
            raise verify.changed()
        return replace(report, differing=differing)


def _build(
    options: Options, output: Path, seen: glance.Glance, still: Callable[[], bool]
) -> Report:
    if not options.force and (report := glance.report(options, seen)):
        return report
    from sitegen.building import making

    report = making.make(options, output, still)
    if not report.stopped:
        glance.keep(options, seen, report)
    return report
