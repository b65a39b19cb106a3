"""The stages in order: read, understand, plan, render, prove, write.

``prepare`` (the first three) is shared by those that only look at a site (``serve``, ``lock``).
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path, PurePosixPath
from typing import TypeVar

from sitegen import problems
from sitegen.building import content, outdated
from sitegen.building.compared import compared
from sitegen.building.content import Inputs
from sitegen.building.prepare import Prepared, prepare
from sitegen.building.verdict import refused, report_of
from sitegen.disk import gallery, guard, inside, own, search
from sitegen.disk import survey as surveying
from sitegen.disk import write as writing
from sitegen.disk.state import Last, Made, Store, slot_of
from sitegen.disk.workers import Workers
from sitegen.disk.write import Keep
from sitegen.memo import Memo
from sitegen.model import (
    Copied,
    Derived,
    Encoded,
    IndexFile,
    Output,
    Rendered,
    SearchIndex,
    settled,
)
from sitegen.options import Options
from sitegen.outputs import admin
from sitegen.pages import chrome, plan
from sitegen.problems import Problem
from sitegen.report import Report
from sitegen.site import leaks, private
from sitegen.source import config
from sitegen.templating import render
from sitegen.views.frame import Chrome

Reasons = Mapping[PurePosixPath, str]


def check(options: Options) -> Report:
    """All that a build would say, and advice; nothing is written. SitegenError as for ``build``."""
    with _opened(options) as (store, workers):
        return _check(options, store, workers)


def make(options: Options, output: Path, still: Callable[[], bool]) -> Report:
    """Build the site into a folder, which is locked and may be written to.

    ``still`` tells at the end whether no file was changed meanwhile: else what was made may be
    of both, and is not remembered.
    """
    with _opened(options) as (store, workers):
        return _build(options, output, still, store, workers)


@contextmanager
def _opened(options: Options) -> Iterator[tuple[Store, Workers]]:
    store = Store(options.memory, read_only=options.output is None)
    workers = Workers(options.jobs, options.scheduler)
    gc.disable()  # it would look through all posts again and again: a build leaves hardly a circle
    try:
        yield store, workers
    finally:
        gc.enable()
        workers.close()
        store.close()


def _check(options: Options, store: Store, workers: Workers) -> Report:
    """All that a build would say, and advice. Only showing every page tells whether it can be."""
    from sitegen.building.advising import advise  # here, since builds do without

    inputs = _read(options, store)
    found = prepare(inputs, options, store, workers, Memo())
    if not isinstance(found, Prepared):
        return refused(options, found)
    faults = [*found.problems, *found.design.ready.problems()]
    faults += advise(found.content, inputs, Memo())
    report = report_of(options, found.content, faults)
    if report.stopped:
        return report
    if plan.search_index(found.desk):
        search.program()
    everything = {output.path: "" for output in found.outputs}
    frame = chrome.chrome(found.desk)
    _, broken = _render(options, found, frame, found.outputs, everything, workers)
    return report_of(options, found.content, [*faults, *broken])


def _build(
    options: Options, output: Path, still: Callable[[], bool], store: Store, workers: Workers
) -> Report:
    slot = slot_of(output, options.root)
    last = Last() if options.force else store.last(slot)
    inputs = _read(options, store)
    seen = surveying.look(output)
    survey = surveying.survey(seen, {path: made.stamp for path, made in last.made.items()})
    if report := _nothing_to_do(options, inputs, last, survey):
        store.remember_marks(inputs.tree.marks)  # as after a checkout: another look, the same site
        return replace(report, look=seen.digest)
    found = prepare(inputs, options, store, workers, Memo())
    if not isinstance(found, Prepared):
        return refused(options, found)
    if not store.knows(slot):
        guard.refuse_anothers(output, found.desk.absolute("/"))
    # Templates that were found good are not looked through again.
    known_good = last.code == own.code_digest() and found.design.digest == last.design
    faults = [*found.problems, *(() if known_good else found.design.ready.problems())]
    report = report_of(options, found.content, faults)
    if report.stopped:
        return report
    uses = last.uses if known_good else found.design.ready.closures()
    index = plan.search_index(found.desk)
    held = compared(found, index, uses, last, survey.same, partial(store.parts, slot, last.made))
    outputs, reasons = held.outputs, held.reasons
    pages, broken = _render(options, found, held.frame, outputs, reasons, workers)
    images, spoilt = _images(options, outputs, reasons, workers)
    if broken or spoilt:
        return report_of(options, found.content, [*faults, *broken, *spoilt])
    secrets = _prove(options, output, found, outputs, index, pages, reasons, last)
    contents = _contents(outputs, options.root, {**pages, **images}, reasons)
    spare = options.memory / "spare"
    stamps = writing.put(output, contents, seen=seen, spare=spare, note=options.note)
    made = {
        path: Made(key=held.keys[path], stamp=stamps.get(path) or last.made[path].stamp)
        for path in contents
    }
    if still():
        now = _remembered(found, uses, secrets, report, made)
        store.save(slot, now, inputs.tree.marks, held.parts)
    else:
        store.forget(slot)
    gallery.clear(options.memory, (o for o in outputs if isinstance(o, Derived)))
    removed = len(last.made.keys() - made.keys())
    look = surveying.digest_of({path: m.stamp for path, m in made.items()})
    return replace(report, made=reasons, total=len(outputs), removed=removed, look=look)


def _remembered(
    found: Prepared,
    uses: outdated.Uses,
    secrets: tuple[str, ...],
    report: Report,
    made: Mapping[PurePosixPath, Made],
) -> Last:
    return Last(
        inputs=found.inputs.digest,
        design=found.design.digest,
        uses=uses,
        secrets=secrets,
        code=own.code_digest(),
        validity=report.validity,
        problems=report.problems,
        summary=report.summary,
        made=made,
    )


def _read(options: Options, store: Store) -> Inputs:
    """What is in the site's folder; with ``force`` every file is read again."""
    return content.read_inputs(options, {} if options.force else store.marks())


def _nothing_to_do(
    options: Options, inputs: Inputs, last: Last, survey: surveying.Survey
) -> Report | None:
    """One question before all: is everything as it was, and still right at this moment?"""
    if not last.made or last.inputs != inputs.digest or last.code != own.code_digest():
        return None
    untouched = len(survey.same) == len(last.made) and not survey.extra
    if not untouched or problems.stops(last.problems, strict=options.strict):
        return None
    settings, _, _ = config.read(inputs.config, base_url=options.base_url)
    if settings is None or not last.validity.holds(options.now(settings.tz)):
        return None
    return Report(
        problems=last.problems,
        stopped=False,
        total=len(last.made),
        summary=last.summary,
        validity=last.validity,
        tz=settings.tz,
        nothing_to_do=True,
    )


def _render(
    options: Options,
    found: Prepared,
    frame: Chrome,
    outputs: Iterable[Output],
    reasons: Reasons,
    workers: Workers,
) -> tuple[dict[PurePosixPath, bytes], list[Problem]]:
    """The bytes of every page that must be made anew, and the faults of those that can't be."""
    pages = [settled(o) for o in outputs if isinstance(o, Rendered) and o.path in reasons]
    results = render.render_all(
        pages,
        found.design.templates,
        found.design.book,
        frame,
        workers.for_(len(pages)),
        lambda done: options.progress("Rendering pages", done, len(pages)),
    )
    return _parted(results)


def _images(
    options: Options, outputs: Iterable[Output], reasons: Reasons, workers: Workers
) -> tuple[dict[PurePosixPath, Path], list[Problem]]:
    """The file of every picture that must be made anew, and the faults of those that can't be."""
    wanted = [o for o in outputs if isinstance(o, Derived) and o.path in reasons]
    results = gallery.make(
        wanted,
        options.root,
        options.memory,
        workers,
        afresh=options.force,
        progress=options.progress,
    )
    return _parted(results)


T = TypeVar("T")


def _parted(
    results: Iterable[tuple[PurePosixPath, T | Problem]],
) -> tuple[dict[PurePosixPath, T], list[Problem]]:
    """What was made, and the faults of what can't be."""
    rows = dict(results)
    broken = [result for result in rows.values() if isinstance(result, Problem)]
    return {path: r for path, r in rows.items() if not isinstance(r, Problem)}, broken


def _prove(
    options: Options,
    output: Path,
    found: Prepared,
    outputs: Iterable[Output],
    index: SearchIndex | None,
    pages: Mapping[PurePosixPath, bytes],
    reasons: Reasons,
    last: Last,
) -> tuple[str, ...]:
    """Prove that nothing leaks; what was looked for. A preview shows drafts: nothing is secret.

    Pages that are kept were proven when they were made, save for what was public then.
    """
    if options.preview:
        return ()
    site, documents = found.content.site, found.content.documents
    secrets = private.secrets(documents, site, found.content.addresses)
    texts = [o for o in outputs if isinstance(o, Rendered | Encoded) and not admin.is_foreign(o)]
    made = ((o, _text(o, pages)) for o in texts if o.path in reasons)
    said = [text for _, text in found.design.templates]
    leaks.prove(secrets, outputs, made, index, documents, site, said)
    if fresh := secrets.beyond(last.secrets):
        kept = ((o, inside.read_bytes(output, o.path)) for o in texts if o.path not in reasons)
        leaks.prove(fresh, (), kept, None, documents, site, said)
    return secrets.told


def _text(output: Rendered | Encoded, pages: Mapping[PurePosixPath, bytes]) -> bytes:
    return output.data if isinstance(output, Encoded) else pages[output.path]


def _contents(
    outputs: Iterable[Output],
    root: Path,
    made: Mapping[PurePosixPath, bytes | Path],
    reasons: Reasons,
) -> dict[PurePosixPath, writing.Content]:
    """What to put at the path of each output."""
    return {
        output.path: _content(output, root, made) if output.path in reasons else Keep()
        for output in outputs
    }


def _content(
    output: Output, root: Path, made: Mapping[PurePosixPath, bytes | Path]
) -> writing.Content:
    match output:
        case Rendered() | Derived():
            found = made[output.path]
            if isinstance(found, Path):  # a picture, where they are kept
                return partial(inside.opened, found.parent, found.name)
            return found
        case Encoded():
            return output.data
        case Copied():
            return partial(inside.opened, root, output.source)
        case IndexFile():
            assert output.data is not None  # what is there already is kept
            return output.data
