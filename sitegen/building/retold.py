"""The site with other texts, where nothing but the texts of posts has changed: by far most edits.

It is the same as understanding all anew, for a text is shown by its post's own page and by feeds,
and all else goes by faces (``face.py``).
"""

from __future__ import annotations

from dataclasses import replace

from sitegen.building import content
from sitegen.building.content import Parsed
from sitegen.building.prepare import Prepared
from sitegen.model import Document
from sitegen.options import Options
from sitegen.pages import plan
from sitegen.site import index as sites
from sitegen.site import statement


def retold(before: Prepared, now: Parsed, options: Options) -> Prepared | None:
    """The prepared site with the texts of now; None where more has changed than these."""
    found = before.content
    if not _only_texts(before, now, options):
        return None
    rows = zip(found.documents, now.documents, strict=True)
    changed = [(old, new) for old, new in rows if old is not new]
    told = {problem.path for problem in before.problems}
    if any(path.as_posix() in told for path in found.links.uses):  # with the line of the use
        return None
    if any(_matters(old, new) or f"content/{new.path}" in told for old, new in changed):
        return None
    site = sites.with_texts(found.site, (new for _, new in changed))
    desk = replace(before.desk, site=site, glosses={})
    return replace(
        before,
        inputs=now.inputs,
        content=replace(found, documents=now.documents, site=site),
        desk=desk,
        outputs=plan.outputs(desk),
    )


def _only_texts(before: Prepared, now: Parsed, options: Options) -> bool:
    """Whether all but the texts of posts is as it was, the templates too."""
    was, found = before.inputs, before.content
    names = now.inputs.layout.templates
    return (
        now.now == found.now
        and now.inputs.lock == was.lock
        and now.inputs.layout == was.layout
        and all(now.inputs.tree.files[p].digest == was.tree.files[p].digest for p in names)
        and content.world(now, options, found.validity) == found.world
    )


def _matters(old: Document, new: Document) -> bool:
    """Whether there is, or was, something to tell of a text."""
    return bool(old.problems or new.problems or statement.missing(old) != statement.missing(new))
