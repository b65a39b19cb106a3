"""The site's folder, read and understood: everything before it is known what to write."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache, partial
from pathlib import Path, PurePosixPath

from sitegen import problems
from sitegen.clock import Validity
from sitegen.disk import apart, inside, own, read, shapes
from sitegen.disk.state import Store
from sitegen.disk.workers import Workers
from sitegen.fingerprint import Digest, digest, digest_bytes
from sitegen.formats import svg
from sitegen.memo import Memo
from sitegen.model import Address, Document, Entry, File, Shape, Source
from sitegen.options import Options, no_config, root_of
from sitegen.pages import plan
from sitegen.problems import Place, Problem, SitegenError
from sitegen.site import checks, links, lockfile, lost, names, schedule, statement
from sitegen.site import index as sites
from sitegen.site.index import Site
from sitegen.site.schedule import Event
from sitegen.source import config as configs
from sitegen.source import facts as fact_files
from sitegen.source import layout, wordbook
from sitegen.source.config import Config
from sitegen.source.facts import Facts
from sitegen.source.frontmatter import readable
from sitegen.source.parse import Settings, parse_all
from sitegen.source.wordbook import Wordbook
from sitegen.source.words import ENGLISH
from sitegen.urls import composed, parse_base

PLAIN = frozenset(("", ".txt", ".asc", ".csv", ".js", ".json"))  # endings of plain text
_KEY = re.compile(rb"-----BEGIN [A-Z0-9 ]*PRIVATE KEY")


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """All that a build reads from the site's folder, and the digest of it all.

    ``lock`` is what is in urls.lock, nothing when there is none.
    """

    root: Path
    tree: read.Tree
    layout: layout.Layout
    config: bytes
    lock: bytes
    digest: Digest


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What config.yaml, the shared facts and the words say. ``places`` are the config's."""

    config: Config
    places: Mapping[str, Place]
    facts: Facts
    wordbook: Wordbook
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """All that the files say, each by itself, and the moment for which the site is built."""

    inputs: Inputs
    told: Told
    documents: tuple[Document, ...]
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """The site's content, its faults included. ``shapes`` are its pictures', by digest;

    ``places`` are those of the values of config.yaml. ``world`` is the digest of all that pages
    are made from besides the texts of the posts and the templates: while it is the same, a page
    can only have changed if it shows a text that has.
    """

    config: Config
    places: Mapping[str, Place]
    facts: Facts
    lock: lockfile.Lock
    now: datetime
    documents: tuple[Document, ...]
    site: Site
    waiting: tuple[Entry, ...]
    links: links.Links
    shapes: Mapping[Digest, Shape]
    addresses: tuple[Address, ...]
    events: tuple[Event, ...]
    validity: Validity
    world: Digest
    problems: tuple[Problem, ...]


def _read_config(config: Path) -> bytes:
    """The bytes of config.yaml, which may have gone since it was required."""
    try:
        return config.read_bytes()
    except FileNotFoundError:
        raise no_config(config) from None
    except OSError as error:
        raise SitegenError(f"{config} can't be read: {error.strerror}") from None


def read_inputs(options: Options, marks: read.Marks) -> Inputs:
    """Everything in the site's folder; ``marks`` tell which files need not be read again.

    SitegenError when something can't be read.
    """
    root = options.root
    options.require()
    tree = read.scan(root, marks)
    data = _read_config(options.config)
    there = os.path.lexists(root / lockfile.PATH)
    locked = inside.read_bytes(root, lockfile.PATH) if there else b""
    files = "".join(f"{path}\0{file.digest}\0" for path, file in tree.files.items())
    return Inputs(
        root=root,
        tree=tree,
        layout=layout.sort(tree.files),
        config=data,
        lock=locked,
        digest=digest((files, digest_bytes(data), digest_bytes(locked), options.shaping)),
    )


def parsed(
    inputs: Inputs, options: Options, store: Store, workers: Workers, memo: Memo
) -> Parsed | tuple[Problem, ...]:
    """Every file by itself; only faults when config.yaml can't be read.

    SitegenError when the ``base_url`` of the options, in place of the config's, can't be used.
    What is parsed is remembered in the store.
    """
    told = _told(inputs, options, memo)
    if not isinstance(told, Told):
        return problems.ordered((*inputs.tree.problems, *inputs.layout.problems, *told))
    documents = _documents(inputs, told.config, store, workers, options)
    return Parsed(inputs=inputs, told=told, documents=documents, now=options.now(told.config.tz))


def understand(
    read: Parsed, options: Options, store: Store, workers: Workers, memo: Memo
) -> Content:
    """The content as a Site, its links resolved."""
    inputs, told, documents, now = read.inputs, read.told, read.documents, read.now
    config, facts = told.config, told.facts
    resolved = sites.resolve(
        documents, config, facts, now, wordbook=told.wordbook, preview=options.preview, memo=memo
    )
    site = resolved.site
    planned = plan.addresses(site)
    addresses = plan.by_path(planned)
    files, copied = inputs.tree.files, (*inputs.layout.assets, *inputs.layout.root)
    media = {composed(path.relative_to("content")): files[path] for path in inputs.layout.media}
    found = links.resolve(resolved, documents, addresses, media, memo)
    # What a page with faults will be is no broken link: its own faults are told.
    claimed = {e.url: Address(path=e.url, owner=e.ref) for e in resolved.faulty} | dict(addresses)
    used = [use.file for use in found.uses.values()]
    unpublished = (*resolved.drafts, *resolved.waiting)
    measured, picture_faults = shapes.measure(
        inputs.root, used, store, workers, afresh=options.force, progress=options.progress
    )
    faults = (
        *inputs.tree.problems,
        *inputs.layout.problems,
        *told.problems,
        *(fault for document in documents for fault in document.problems),
        *names.check(documents, facts, config, told.places, memo),
        *found.problems,
        *links.check_settings(
            config, told.places, facts, claimed, site.entries.values(), unpublished
        ),
        *checks.check(site),
        *statement.check(documents, site),
        *links.told_where([*picture_faults, *_unsafe_pictures(inputs.root, used)], found.uses),
        *_secrets(inputs.root, (*(files[path] for path in copied), *used)),
    )
    lock = memo(lockfile.parse, memo.same("lock", inputs.lock))
    events = tuple(schedule.events(documents, config, preview=options.preview, memo=memo))
    validity = schedule.validity(events, now)
    return Content(
        config=config,
        places=told.places,
        facts=facts,
        lock=lock,
        now=now,
        documents=documents,
        site=site,
        waiting=resolved.waiting,
        links=found,
        shapes=measured,
        addresses=planned,
        events=events,
        validity=validity,
        world=world(read, options, validity),
        problems=(
            *faults,
            *lost.check(lock, resolved, documents, addresses, found, media, told.problems),
        ),
    )


def world(read: Parsed, options: Options, validity: Validity) -> Digest:
    """The digest of every file but the templates, of a post only its face, and of the moment."""
    inputs = read.inputs
    apart = {*inputs.layout.templates, *inputs.layout.posts}
    files = (file for path, file in inputs.tree.files.items() if path not in apart)
    rows = [f"{file.source}\0{file.digest}" for file in files]
    rows += [document.face for document in read.documents]
    return digest(("\n".join(rows), inputs.config, options.shaping, validity))


def _told(inputs: Inputs, options: Options, memo: Memo) -> Told | tuple[Problem, ...]:
    """What the site's YAML files say; their faults when there is nothing to go on with."""
    if options.base_url is not None:
        try:
            parse_base(options.base_url)
        except ValueError as reason:
            message = f'--base-url "{options.base_url}" can\'t be used: {reason}'
            raise SitegenError(message) from None
    facts = {path.name: inside.read_bytes(inputs.root, path) for path in inputs.layout.facts}
    words = {path.name: inside.read_bytes(inputs.root, path) for path in inputs.layout.words}
    data = {"config": inputs.config, "facts": facts, "words": words}
    same = (memo.same(name, value) for name, value in data.items())
    return memo(_understood, *same, memo.same("shaping", options.shaping))


def _understood(
    data: bytes,
    facts_data: Mapping[str, bytes],
    words_data: Mapping[str, bytes],
    shaping: tuple[str | None, bool, bool, bool],
) -> Told | tuple[Problem, ...]:
    base_url, preview, images, search = shaping
    config, config_faults, places = configs.read(data, base_url=base_url)
    if config is None:
        return config_faults
    search = search and not preview  # it would find drafts
    config = replace(config, images=config.images and images, search=config.search and search)
    facts, fact_faults = fact_files.read(facts_data, config.tz)
    book, word_faults = wordbook.read(words_data)
    faults = (*config_faults, *fact_faults, *word_faults)
    if not book.has(ENGLISH):
        return faults
    return Told(config=config, places=places, facts=facts, wordbook=book, problems=faults)


def _unsafe_pictures(root: Path, files: Iterable[File]) -> Iterator[Problem]:
    """SVG files that would be published although something in them could run."""
    for file in files:
        if file.source.suffix.lower() != ".svg":
            continue
        if what := svg.unsafe(inside.read_bytes(root, file.source)):
            message = (
                f'this picture holds "{what}", which could run in a browser or reach elsewhere'
            )
            fix = "export it again as plain SVG, or as PNG"
            yield problems.problem("unsafe-svg", message, file.source.as_posix(), fix=fix)


def _secrets(root: Path, files: Iterable[File]) -> Iterator[Problem]:
    """Private keys among the files that would be published as text."""
    for file in (file for file in files if file.source.suffix.lower() in PLAIN):
        if _KEY.search(inside.read_bytes(root, file.source)):
            fix = "take it out, and have a new key made: this one may have been seen"
            message = "this file holds a private key"
            yield problems.problem("secret-file", message, file.source.as_posix(), fix=fix)


def _documents(
    inputs: Inputs, config: Config, store: Store, workers: Workers, options: Options
) -> tuple[Document, ...]:
    """Every post as a Document, in order; those parsed before come from the store."""
    settings = Settings(tz=config.tz, iframe_hosts=frozenset(config.iframe_hosts))
    shaped_by = (config.timezone, config.iframe_hosts, own.code_digest())
    key_of = partial(_key, shaped_by)
    keys = {path: key_of(path, inputs.tree.files[path].digest) for path in inputs.layout.posts}
    known = {} if options.force else store.documents(keys.values())
    missing = [path for path, key in keys.items() if key not in known]
    # Digested again as read: a file may have changed since the folder was looked through.
    sources = [_source(inputs.root, path) for path in missing]
    executor = workers.for_(len(sources))
    told = partial(options.progress, "Reading posts")
    work = partial(apart.parse_batch, settings=settings)
    parsed = parse_all(sources, work, executor, lambda done: told(done, len(sources)))
    fresh = {
        key_of(path, source.digest): document
        for path, source, document in zip(missing, sources, parsed, strict=True)
    }
    store.remember(fresh, keep=keys.values())
    now = dict(zip(missing, fresh.values(), strict=True))
    return tuple(now.get(path) or known[key] for path, key in keys.items())


@lru_cache(maxsize=1 << 16)
def _key(shaped_by: tuple[object, ...], path: PurePosixPath, content: Digest) -> Digest:
    """The digest of all that a post's Document depends on."""
    return digest((str(path), content, shaped_by))


def _source(root: Path, path: PurePosixPath) -> Source:
    data = inside.read_bytes(root, path)
    return Source(path=path.relative_to("content"), digest=digest_bytes(data), data=data)


def quoted(
    faults: Iterable[Problem], silence: Mapping[str, str], config: Path
) -> tuple[Problem, ...]:
    """The faults that are not silenced, in order, each with the line that it is about.

    ``config`` is the site's config file, whatever it is called.
    """
    root = root_of(config)

    def text_of(path: str) -> str | None:
        try:
            with inside.opened(root, path) as file:
                return readable(file.read())
        except (OSError, ValueError):  # of what can't be read, a fault was told already
            return None

    named = (replace(p, path=config.name) if p.path == configs.PATH else p for p in faults)
    kept = problems.ordered(problems.silenced(named, silence))
    return tuple(problems.quote(kept, text_of))
