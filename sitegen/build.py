"""The stages in order: read, understand, plan, render, write.

Every door (build, check, serve, the tests) calls ``build`` here; there is no other way to build.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from dataclasses import field as dataclass_field
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import TypeVar
from zoneinfo import ZoneInfo

from sitegen import (
    chrome,
    config,
    content,
    gallery,
    guard,
    plan,
    problems,
    read,
    render,
    schedule,
    search,
    write,
)
from sitegen.content import Content, Inputs, Progress
from sitegen.design import Design, read_design
from sitegen.desk import Desk
from sitegen.fingerprint import Digest, digest, stale
from sitegen.model import Copied, Derived, Encoded, IndexFile, Output, Rendered
from sitegen.problems import Problem
from sitegen.schedule import Event, Validity
from sitegen.state import FOLDER, Last, Made, Store, slot_of
from sitegen.workers import Workers
from sitegen.write import Keep


def _silent(*_: object) -> None:
    """Nothing is said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What to build, and how. ``now`` gets the site's time zone and gives an instant.

    Without an ``output`` the site is only checked. ``progress`` is told the stage, how much is
    done and of how much; ``note`` gets sentences for whoever waits. ``images`` asks for the sizes
    of pictures, ``search`` for the search index, where config.yaml does too.
    """

    config: Path
    output: Path | None
    now: Callable[[ZoneInfo], datetime]
    base_url: str | None = None
    strict: bool = False
    force: bool = False
    preview: bool = False
    images: bool = True
    search: bool = True
    jobs: int | None = None
    progress: Progress = _silent
    note: Callable[[str], None] = _silent

    @property
    def root(self) -> Path:
        """The site's folder: the one that holds its config.yaml."""
        return self.config.resolve().parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a build found and did. ``made`` has a reason for every output that was made anew.

    ``total`` is how many outputs the site has; ``nothing_to_do`` that all was as it should be.
    """

    problems: tuple[Problem, ...]
    stopped: bool
    made: Mapping[PurePosixPath, str] = dataclass_field(default_factory=dict)
    total: int = 0
    removed: int = 0
    summary: str = ""
    validity: Validity = dataclass_field(default_factory=Validity)
    events: tuple[Event, ...] = ()
    tz: ZoneInfo = dataclass_field(default=ZoneInfo("UTC"))
    nothing_to_do: bool = False


def build(options: Options) -> Report:
    """Build the site into ``options.output``; with no output, only check it.

    SitegenError when the set-up is broken. Nothing is written when the content has errors.
    """
    content.require(options.config)
    store = Store(options.root, read_only=options.output is None)
    workers = Workers(options.jobs)
    try:
        if options.output is None:
            return _check(options, store, workers)
        waits = "Another build is running; waiting for it to end."
        with guard.lock(options.root / FOLDER, on_wait=lambda: options.note(waits)):
            guard.refuse_foreign(options.output, options.root)
            write.recover(options.output)
            return _build(options, options.output, store, workers)
    finally:
        workers.close()
        store.close()


def _check(options: Options, store: Store, workers: Workers) -> Report:
    inputs = _read(options, store)
    found = _understand(options, inputs, store, workers)
    if not isinstance(found, Content):
        return _refused(options, found)
    design = read_design(inputs, found.config.brand, found.site.wordbook)
    desk = _desk(found, design)
    outputs, plan_faults = _plan(desk, found, design)
    faults = (*design.problems, *design.ready.problems(), *plan_faults)
    report = _report(options, found, faults)
    if report.stopped:
        return report
    if plan.search_index(desk):
        search.program()
    # Only showing every page tells whether the templates can show it.
    everything = {output.path: "" for output in outputs}
    site = chrome.chrome(desk)
    _, broken = _render(options, outputs, everything, design, site, workers)
    return _report(options, found, (*faults, *broken))


def _build(options: Options, output: Path, store: Store, workers: Workers) -> Report:
    slot = slot_of(output, options.root)
    last = Last() if options.force else store.last(slot)
    inputs = _read(options, store)
    survey = write.survey(output, {path: made.stamp for path, made in last.made.items()})
    if report := _nothing_to_do(options, inputs, last, survey):
        return report
    found = _understand(options, inputs, store, workers)
    if not isinstance(found, Content):
        return _refused(options, found)
    design = read_design(inputs, found.config.brand, found.site.wordbook)
    desk = _desk(found, design)
    outputs, plan_faults = _plan(desk, found, design)
    same_code = last.code == read.code_digest()
    # Templates that were found good are not looked through again.
    template_faults = () if same_code and design.digest == last.design else design.ready.problems()
    faults = (*design.problems, *template_faults, *plan_faults)
    report = _report(options, found, faults)
    if report.stopped:
        return report
    made_before = {path: made.parts for path, made in last.made.items()}
    outputs += _index(desk, made_before, survey.same if same_code else ())
    site = chrome.chrome(desk)
    site_digest = digest(site)
    parts = {o.path: render.parts_of(o, design.ready, site_digest) for o in outputs}
    reasons = stale(parts, made_before, survey.same, same_code=same_code)
    pages, broken = _render(options, outputs, reasons, design, site, workers)
    if broken:
        return _report(options, found, (*faults, *broken))
    images, spoilt = _images(options, outputs, reasons, workers)
    if spoilt:
        return _report(options, found, (*faults, *spoilt))
    made: dict[PurePosixPath, bytes | Path] = {**pages, **images}
    contents = {o.path: _bytes_of(o, options.root, made, reasons) for o in outputs}
    stamps = write.put(output, contents, note=options.note)
    last_now = Last(
        inputs=inputs.digest,
        design=design.digest,
        code=read.code_digest(),
        validity=report.validity,
        problems=report.problems,
        summary=report.summary,
        made={path: Made(parts=parts[path], stamp=stamps[path]) for path in contents},
    )
    store.save(slot, last_now, inputs.tree.marks)
    gallery.clear(options.root, (o for o in outputs if isinstance(o, Derived)))
    removed = len(last.made.keys() - contents.keys())
    return replace(report, made=reasons, total=len(outputs), removed=removed)


def _read(options: Options, store: Store) -> Inputs:
    """What is in the site's folder; with ``force`` every file is read again."""
    marks = {} if options.force else store.marks()
    settings = (options.base_url, options.preview, options.images, options.search)
    return content.read_inputs(options.config, settings, marks)


def _nothing_to_do(
    options: Options, inputs: Inputs, last: Last, survey: write.Survey
) -> Report | None:
    """One question before all: is everything as it was, and still right at this moment?"""
    if not last.made or last.inputs != inputs.digest or last.code != read.code_digest():
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


def _understand(
    options: Options, inputs: Inputs, store: Store, workers: Workers
) -> Content | tuple[Problem, ...]:
    return content.understand(
        inputs,
        options.now,
        store,
        workers,
        base_url=options.base_url,
        preview=options.preview,
        images=options.images,
        search=options.search and not options.preview,  # it would find drafts
        afresh=options.force,
        progress=options.progress,
    )


def _refused(options: Options, faults: Iterable[Problem]) -> Report:
    """The report when config.yaml can't be read."""
    return Report(problems=content.quoted(faults, {}, options.config), stopped=True)


def _desk(found: Content, design: Design) -> Desk:
    return Desk(
        site=found.site,
        links=found.links,
        assets=design.addresses,
        sheet=design.sheet,
        script=design.script,
        files=design.files,
        shapes=found.shapes,
        validity=schedule.validity(found.events, found.now),
    )


def _plan(desk: Desk, found: Content, design: Design) -> tuple[tuple[Output, ...], list[Problem]]:
    """What to write, with what is wrong with the plan."""
    outputs = plan.outputs(desk)
    wanted = (output.template for output in outputs if isinstance(output, Rendered))
    clashes = plan.clashes(plan.addresses(found.site), outputs, found.waiting)
    return outputs, [*clashes, *design.ready.missing(wanted)]


def _index(
    desk: Desk,
    before: Mapping[PurePosixPath, Mapping[str, Digest]],
    same: Collection[PurePosixPath],
) -> tuple[Output, ...]:
    """The files of the search index, where there is search: made anew when it says other things."""
    index = plan.search_index(desk)
    return search.files(index, before, same) if index else ()


def _report(options: Options, found: Content, faults: Iterable[Problem]) -> Report:
    """What is wrong, and whether it stops the build."""
    silence = found.config.silence
    shown = content.quoted((*found.problems, *faults), silence, options.config)
    return Report(
        problems=shown,
        stopped=problems.stops(shown, strict=options.strict),
        summary=_not_published(found),
        validity=schedule.validity(found.events, found.now),
        events=found.events,
        tz=found.config.tz,
    )


def _not_published(found: Content) -> str:
    """What is not public, so that nobody wonders where a post is."""
    drafts = sum(bool(d.front and d.front.draft) for d in found.documents)
    waiting = [e for e in found.events if e.what == "is published" and e.at > found.now]
    words = []
    if waiting:
        first = schedule.shown(waiting[0], found.config.tz)
        words.append(f"{len(waiting)} scheduled (the first for {first})")
    if drafts:
        words.append(f"{drafts} draft{'s' if drafts > 1 else ''}")
    return f"Not published: {', '.join(words)}." if words else ""


def _render(
    options: Options,
    outputs: Iterable[Output],
    reasons: Mapping[PurePosixPath, str],
    design: Design,
    site: object,
    workers: Workers,
) -> tuple[dict[PurePosixPath, bytes], list[Problem]]:
    """The bytes of every page that must be made anew, and the faults of those that can't be."""
    pages = [o for o in outputs if isinstance(o, Rendered) and o.path in reasons]
    results = render.render_all(
        pages,
        design.templates,
        design.book,
        site,
        workers.for_(len(pages)),
        lambda done: options.progress("Rendering pages", done, len(pages)),
    )
    return _parted(results)


def _images(
    options: Options,
    outputs: Iterable[Output],
    reasons: Mapping[PurePosixPath, str],
    workers: Workers,
) -> tuple[dict[PurePosixPath, Path], list[Problem]]:
    """The file of every picture that must be made anew, and the faults of those that can't be."""
    wanted = [o for o in outputs if isinstance(o, Derived) and o.path in reasons]
    results = gallery.make(
        wanted, options.root, workers, afresh=options.force, progress=options.progress
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


def _bytes_of(
    output: Output,
    root: Path,
    made: Mapping[PurePosixPath, bytes | Path],
    reasons: Mapping[PurePosixPath, Digest],
) -> write.Content:
    """What to put at the path of an output."""
    if output.path not in reasons:
        return Keep()
    match output:
        case Rendered() | Derived():
            return made[output.path]
        case Encoded():
            return output.data
        case Copied():
            return root / output.source
        case IndexFile():
            assert output.data is not None  # what is there already is kept
            return output.data
