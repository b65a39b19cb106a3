"""``build``: whatever writes a site calls it; there is no other way.

One question before all: has nothing changed at all? Then nothing else is even loaded.
"""

from __future__ import annotations

from functools import partial

from sitegen import glance, guard, write
from sitegen.options import FOLDER, Options
from sitegen.report import Report


def build(options: Options) -> Report:
    """Build the site into ``options.output``; with no output, only check it.

    SitegenError when the set-up is broken. Nothing is written when the content has errors.
    """
    options.require()
    if options.output is None:
        from sitegen import making

        return making.check(options)
    waits = "Another build is running; waiting for it to end."
    guard.refuse_foreign(options.output, options.root)  # before anything is made at all
    with guard.lock(options.root / FOLDER, on_wait=lambda: options.note(waits)):
        write.recover(options.output)
        guard.refuse_foreign(options.output, options.root)  # what came back, too
        seen = glance.glance(options)
        if not options.force and (report := glance.report(options, seen)):
            return report
        from sitegen import making

        still = partial(glance.still, options, seen)
        report = making.make(options, options.output, still)
        if not report.stopped:
            glance.keep(options, seen, report)
        return report
