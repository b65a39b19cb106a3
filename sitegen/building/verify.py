"""``build --verify``: is what lies in output/ just what a build from nothing makes?

Nothing that earlier builds left is believed: the site is built once more with a memory of its own,
at the same moment, and each file compared.
"""

from __future__ import annotations

import filecmp
import shutil
from dataclasses import replace
from pathlib import Path

from sitegen.disk import survey
from sitegen.options import Options
from sitegen.problems import SitegenError

FOLDER = "verify"  # in the memory


def differing(options: Options) -> tuple[str, ...]:
    """The files of output/ that a build from nothing makes otherwise, or that only one has.

    SitegenError when the site can't be built so.
    """
    from sitegen.building import making

    assert options.output is not None
    folder = options.memory / FOLDER
    memory, output = folder / "memory", folder / "output"
    clear(options)
    memory.mkdir(parents=True)
    try:
        afresh = replace(options, output=output, memory_in=memory, force=True)
        if making.make(afresh, output, still=lambda: False).stopped:
            raise changed()
        return _differing(options.output, output)
    finally:
        clear(options)


def clear(options: Options) -> None:
    """Take away what a build that was killed while it verified has left."""
    shutil.rmtree(options.memory / FOLDER, ignore_errors=True)


def changed() -> SitegenError:
    """What to say when the site was changed meanwhile, so that nothing can be told."""
    return SitegenError("the site was changed while it was verified", fix="verify it once more")


def _differing(one: Path, other: Path) -> tuple[str, ...]:
    here, there = survey.look(one).files, survey.look(other).files
    names = sorted((here.keys() | there.keys()) - {survey.GITKEEP})
    both = here.keys() & there.keys()
    return tuple(n for n in names if n not in both or not _same(one / n, other / n))


def _same(one: Path, other: Path) -> bool:
    return not one.is_symlink() and filecmp.cmp(one, other, shallow=False)
