"""The stages in order: read, parse, site, links and checks, plan, render, write.

Every door (build, check, serve, the tests) calls ``build`` here; there is no other way to build.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from dataclasses import field as dataclass_field
from datetime import datetime
from functools import cache
from importlib.metadata import version
from pathlib import Path, PurePosixPath
from zoneinfo import ZoneInfo

from sitegen import config as configs
from sitegen import facts as fact_files
from sitegen import (
    guard,
    layout,
    links,
    names,
    plan,
    present,
    problems,
    read,
    render,
    schedule,
    write,
)
from sitegen import site as sites
from sitegen.config import Config
from sitegen.facts import Facts
from sitegen.fingerprint import Digest, digest, digest_bytes
from sitegen.model import Copied, Document, Encoded, Output, Rendered, Source
from sitegen.outputs import assets
from sitegen.parse import Settings, parse_all
from sitegen.present import Desk
from sitegen.problems import Place, Problem, SitegenError, problem
from sitegen.schedule import Event, Validity
from sitegen.site import Site
from sitegen.state import Last, Made, Store, slot_of
from sitegen.workers import Workers
from sitegen.write import Keep

Progress = Callable[[str, int, int], None]


def _silent(stage: str, done: int, total: int) -> None:
    """No progress shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What to build, and how. ``now`` gets the site's time zone and gives an instant."""

    config: Path
    output: Path | None
    now: Callable[[ZoneInfo], datetime]
    base_url: str | None = None
    strict: bool = False
    force: bool = False
    preview: bool = False
    jobs: int | None = None
    progress: Progress = _silent
    note: Callable[[str], None] = dataclass_field(default=lambda text: None)

    @property
    def root(self) -> Path:
        """The site's folder: the one that holds its config.yaml."""
        return self.config.resolve().parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a build did. ``made`` has a reason for every output that was made anew.

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """All that a build reads from the site's folder."""

    tree: read.Tree
    layout: layout.Layout
    config: bytes
    digest: Digest


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """The site's content, understood: before it is known what to write."""

    config: Config
    facts: Facts
    now: datetime
    documents: tuple[Document, ...]
    site: Site
    links: links.Links
    events: tuple[Event, ...]


def build(options: Options) -> Report:
    """Build the site into ``options.output``; with no output, only check it.

    SitegenError when the set-up is broken. Nothing is written when the content has errors.
    """
    store, workers = Store(options.root), Workers(options.jobs)
    try:
        if options.output is None:
            return _check(options, store, workers)
        waits = lambda: options.note("Another build is running; waiting for it to end.")  # noqa: E731
        with guard.lock(options.root / ".sitegen", on_wait=waits):
            guard.refuse_foreign(options.output, options.root)
            write.recover(options.output)
            return _build(options, options.output, store, workers)
    finally:
        workers.close()
        store.close()


def _check(options: Options, store: Store, workers: Workers) -> Report:
    inputs = _read(options, store)
    content, faults, _ = _understand(options, inputs, store, workers)
    if content is None:
        return Report(problems=faults, stopped=True)
    desk, sheet_faults = _desk(content, inputs, options)
    _, plan_faults = _plan(desk)
    return _report(options, inputs, content, (*faults, *sheet_faults, *plan_faults))


def _build(options: Options, output: Path, store: Store, workers: Workers) -> Report:
    slot = slot_of(output, options.root)
    last = Last() if options.force else store.last(slot)
    inputs = _read(options, store)
    survey = write.survey(output, {path: made.stamp for path, made in last.made.items()})
    if report := _nothing_to_do(options, inputs, last, survey):
        return report
    content, faults, fresh = _understand(options, inputs, store, workers)
    if content is None:
        store.remember(fresh)
        return Report(problems=faults, stopped=True)
    desk, sheet_faults = _desk(content, inputs, options)
    outputs, plan_faults = _plan(desk)
    report = _report(options, inputs, content, (*faults, *sheet_faults, *plan_faults))
    if report.stopped:
        store.remember(fresh)
        return report
    templates, site = _templates(options.root, inputs), present.chrome(desk)
    ready = render.renderer(templates)
    site_digest = digest(site)
    parts = {o.path: render.parts_of(o, ready, site_digest) for o in outputs}
    reasons = stale(parts, last, survey.same)
    pages = [o for o in outputs if isinstance(o, Rendered) and o.path in reasons]
    tell = _telling(options, "Rendering pages", len(pages))
    results = dict(render.render_all(pages, templates, site, workers.for_(len(pages)), tell))
    if broken := [r for r in results.values() if isinstance(r, Problem)]:
        store.remember(fresh)
        return _report(options, inputs, content, (*report.problems, *broken))
    contents = {o.path: _content(o, options.root, results, reasons) for o in outputs}
    stamps = write.put(output, contents, note=options.note)
    made = {path: Made(parts=parts[path], stamp=stamps[path]) for path in contents}
    now_last = Last(
        inputs=inputs.digest,
        code=code_digest(),
        validity=desk.validity,
        problems=report.problems,
        summary=report.summary,
        made=made,
    )
    store.save(slot, now_last, inputs.tree.marks, fresh)
    return replace(
        report,
        made=reasons,
        total=len(outputs),
        removed=len(last.made.keys() - contents.keys()),
        validity=desk.validity,
    )


def _nothing_to_do(
    options: Options, inputs: Inputs, last: Last, survey: write.Survey
) -> Report | None:
    """One question before all: is everything as it was, and still right at this moment?"""
    if not last.made or last.inputs != inputs.digest or last.code != code_digest():
        return None
    untouched = len(survey.same) == len(last.made) and not survey.extra
    stopped = problems.stops(last.problems, strict=options.strict)
    if not untouched or stopped:
        return None
    config, _, _ = configs.read(inputs.config, base_url=options.base_url)
    if config is None or not last.validity.holds(options.now(config.tz)):
        return None
    return Report(
        problems=last.problems,
        stopped=False,
        total=len(last.made),
        summary=last.summary,
        validity=last.validity,
        nothing_to_do=True,
    )


def _read(options: Options, store: Store) -> Inputs:
    """Everything in the site's folder, with a digest of it all."""
    root = options.root
    if not options.config.is_file():
        raise SitegenError(
            f"there is no {options.config}",
            fix="run sitegen in the folder of the site, or name its config.yaml with --config",
        )
    tree = read.scan(root, store.marks())
    config = read.read_bytes(options.config)
    files = tuple((path, file.digest) for path, file in tree.files.items())
    whole = digest((files, digest_bytes(config), options.base_url, options.preview))
    return Inputs(tree=tree, layout=layout.sort(tree.files), config=config, digest=whole)


def _understand(
    options: Options, inputs: Inputs, store: Store, workers: Workers
) -> tuple[Content | None, tuple[Problem, ...], Mapping[Digest, Document]]:
    """The content as a Site with its links, all that is wrong, and the posts parsed anew."""
    root = options.root
    config, faults, places = configs.read(inputs.config, base_url=options.base_url)
    faults = (*inputs.tree.problems, *inputs.layout.problems, *faults)
    if config is None:
        return None, _quoted(problems.ordered(faults), root), {}
    named = {p.name: read.read_bytes(root / p) for p in inputs.layout.facts}
    facts, fact_faults = fact_files.read(named, config.tz)
    documents, fresh = _parse(options, inputs, config, store, workers)
    now = options.now(config.tz)
    resolved = sites.resolve(documents, config, facts, now, preview=options.preview)
    addresses = plan.by_path(plan.addresses(resolved.site))
    files = {p.relative_to("content"): inputs.tree.files[p] for p in inputs.layout.media}
    found = links.resolve(resolved, documents, addresses, files)
    posts = resolved.site.entries.values()
    faults += (
        *fact_faults,
        *(p for d in documents for p in d.problems),
        *names.check(documents, facts, config, resolved.site.book, places),
        *found.problems,
        *links.check_settings(config, places, facts, addresses, posts),
    )
    content = Content(
        config=config,
        facts=facts,
        now=now,
        documents=documents,
        site=resolved.site,
        links=found,
        events=tuple(schedule.events(documents, config)),
    )
    return content, faults, fresh


def _parse(
    options: Options, inputs: Inputs, config: Config, store: Store, workers: Workers
) -> tuple[tuple[Document, ...], Mapping[Digest, Document]]:
    """Every post as a Document, in order; those parsed before come from the store."""
    settings = Settings(tz=config.tz, iframe_hosts=frozenset(config.iframe_hosts))
    setting = digest((config.timezone, config.iframe_hosts, code_digest()))
    keys = {p: digest((p, inputs.tree.files[p].digest, setting)) for p in inputs.layout.posts}
    known = {} if options.force else {p: store.document(key) for p, key in keys.items()}
    missing = [p for p in keys if known.get(p) is None]
    sources = [
        Source(
            path=path.relative_to("content"),
            digest=inputs.tree.files[path].digest,
            data=read.read_bytes(options.root / path),
        )
        for path in missing
    ]
    tell = _telling(options, "Reading posts", len(sources))
    parsed = dict(
        zip(missing, parse_all(sources, settings, workers.for_(len(sources)), tell), strict=True)
    )
    documents = tuple(parsed.get(p) or known[p] for p in keys)
    if options.output is not None:
        store.forget(keys.values())
    fresh = {keys[p]: d for p, d in parsed.items()}
    return tuple(d for d in documents if d is not None), fresh


def _desk(content: Content, inputs: Inputs, options: Options) -> tuple[Desk, tuple[Problem, ...]]:
    """Where the planners work, and the faults of the design."""
    styles, faults = _texts(options.root, inputs.layout.styles)
    sheet = assets.stylesheet(styles, content.config.brand)
    rows = (*inputs.layout.assets, *inputs.layout.root)
    files = {p.as_posix(): inputs.tree.files[p] for p in rows}
    desk = Desk(
        site=content.site,
        links=content.links,
        assets=assets.names(sheet, files),
        sheet=sheet,
        files=files,
        validity=schedule.validity(content.events, content.now),
    )
    _, template_faults = _texts(options.root, inputs.layout.templates)
    ready = render.renderer(_templates(options.root, inputs))
    return desk, (*faults, *template_faults, *ready.problems())


def _plan(desk: Desk) -> tuple[tuple[Output, ...], list[Problem]]:
    outputs = plan.outputs(desk)
    return outputs, plan.clashes(plan.addresses(desk.site), outputs)


def _report(
    options: Options, inputs: Inputs, content: Content, faults: Iterable[Problem]
) -> Report:
    """What is wrong, silenced and in order, and whether it stops the build."""
    kept = problems.silenced(faults, content.config.silence)
    shown = _quoted(problems.ordered(kept), options.root)
    return Report(
        problems=shown,
        stopped=problems.stops(shown, strict=options.strict),
        summary=_summary(content),
        validity=schedule.validity(content.events, content.now),
        events=content.events,
        tz=content.config.tz,
    )


def _summary(content: Content) -> str:
    """What is not published, so that nobody wonders where a post is."""
    drafts = sum(bool(d.front and d.front.draft) for d in content.documents)
    waiting = [e for e in content.events if e.what == "is published" and e.at > content.now]
    words = []
    if waiting:
        first = schedule.shown(waiting[0], content.config.tz)
        words.append(f"{len(waiting)} scheduled (the first for {first})")
    if drafts:
        words.append(f"{drafts} draft{'s' if drafts > 1 else ''}")
    return f"Not published: {', '.join(words)}." if words else ""


def _quoted(faults: Iterable[Problem], root: Path) -> tuple[Problem, ...]:
    """The faults with the lines that they are about."""

    def text_of(path: str) -> str | None:
        try:
            data = (root / path).read_bytes()
        except OSError:
            return None
        return data.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")

    return tuple(problems.quote(faults, text_of))


def _texts(
    root: Path, paths: Iterable[PurePosixPath]
) -> tuple[dict[str, str], tuple[Problem, ...]]:
    """Files of the design as text, by path; a fault for each that is not UTF-8."""
    texts, faults = {}, []
    for path in paths:
        try:
            texts[path.as_posix()] = read.read_bytes(root / path).decode("utf-8-sig")
        except UnicodeDecodeError:
            message = "this file is not saved as UTF-8"
            faults.append(problem("not-utf8", message, path.as_posix(), Place(line=1)))
    return texts, tuple(faults)


def _templates(root: Path, inputs: Inputs) -> render.Templates:
    texts, _ = _texts(root, inputs.layout.templates)
    return tuple((path.removeprefix("templates/"), text) for path, text in texts.items())


def stale(
    parts: Mapping[PurePosixPath, Mapping[str, Digest]], last: Last, same: frozenset[PurePosixPath]
) -> dict[PurePosixPath, str]:
    """The outputs to make anew, each with the reason. Pure: it looks at digests only."""
    reasons = {}
    other_code = last.code != code_digest()
    for path, wanted in parts.items():
        made = last.made.get(path)
        if made is None:
            reasons[path] = "new"
        elif other_code:
            reasons[path] = "sitegen or its libraries changed"
        elif changed := sorted(n for n in wanted if made.parts.get(n) != wanted[n]):
            reasons[path] = f"{', '.join(changed)} changed"
        elif path not in same:
            reasons[path] = "the file in output/ is not as it was left"
    return reasons


def _content(
    output: Output,
    root: Path,
    results: Mapping[PurePosixPath, bytes | Problem],
    reasons: Mapping[PurePosixPath, str],
) -> write.Content:
    """What to put at the path of an output."""
    if output.path not in reasons:
        return Keep()
    match output:
        case Rendered():
            page = results[output.path]
            assert isinstance(page, bytes)
            return page
        case Encoded():
            return output.data
        case Copied():
            return root / output.source


def _telling(options: Options, stage: str, total: int) -> Callable[[int], None]:
    return lambda done: options.progress(stage, done, total)


@cache
def code_digest() -> Digest:
    """The digest of sitegen's own code and of the libraries that shape the output."""
    here = Path(__file__).parent
    code = tuple((str(p.relative_to(here)), p.read_bytes()) for p in sorted(here.rglob("*.py")))
    libraries = ("jinja2", "markdown", "markupsafe", "nh3", "pyyaml")
    return digest((code, tuple((name, version(name)) for name in libraries)))
