"""Everything before a page is made: the site read, understood, and its outputs planned."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sitegen.building import content
from sitegen.building.content import Content, Inputs, Parsed
from sitegen.building.design import Design, read_design
from sitegen.disk import vendored
from sitegen.disk.state import Store
from sitegen.disk.workers import Workers
from sitegen.memo import Memo
from sitegen.model import Output, Rendered
from sitegen.options import Options
from sitegen.pages import plan
from sitegen.pages.desk import Desk
from sitegen.problems import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A site that is ready to be made. No page of it has been, so making one may still fail.

    ``problems`` are all that are known by now, of the content and of the plan; those of the
    templates are not among them (``design.ready.problems()``).
    """

    inputs: Inputs
    content: Content
    design: Design
    desk: Desk
    outputs: tuple[Output, ...]
    problems: tuple[Problem, ...]


def prepare(
    inputs: Inputs, options: Options, store: Store, workers: Workers, memo: Memo
) -> Prepared | tuple[Problem, ...]:
    """The site, planned; only faults when config.yaml can't be read. Nothing is written.

    SitegenError when the set-up is broken.
    """
    read = content.parsed(inputs, options, store, workers, memo)
    if not isinstance(read, Parsed):
        return read
    return prepared(read, options, store, workers, memo)


def prepared(
    read: Parsed, options: Options, store: Store, workers: Workers, memo: Memo
) -> Prepared:
    """The site of all that the files say, planned."""
    inputs, found = read.inputs, content.understand(read, options, store, workers, memo)
    design = read_design(inputs, found.config.brand, found.site.wordbook)
    desk = Desk(
        site=found.site,
        links=found.links,
        assets=design.addresses,
        sheet=design.sheet,
        script=design.script,
        files=design.files,
        shapes=found.shapes,
        validity=found.validity,
        editor=vendored.read() if found.config.editor and not options.preview else {},
    )
    outputs = plan.outputs(desk)
    claims = memo.same("claims", plan.claims(found.addresses, outputs, found.waiting))
    missing = design.ready.missing(_templates(outputs))
    return Prepared(
        inputs=inputs,
        content=found,
        design=design,
        desk=desk,
        outputs=outputs,
        problems=(*found.problems, *design.problems, *memo(plan.clashes, claims), *missing),
    )


def _templates(outputs: Iterable[Output]) -> Iterable[str]:
    return (output.template for output in outputs if isinstance(output, Rendered))
