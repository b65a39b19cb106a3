"""Resolve every internal link, anchor, image and document; report the ones that lead nowhere."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from pathlib import PurePosixPath
from urllib.parse import quote, unquote

from sitegen import fieldtypes, schema
from sitegen.config import PATH as CONFIG_PATH
from sitegen.config import Config
from sitegen.facts import Facts
from sitegen.model import Address, Body, Document, Entry, File
from sitegen.names import ref_of
from sitegen.problems import Place, Problem, problem
from sitegen.schema import did_you_mean, place_of
from sitegen.site import Resolved
from sitegen.urls import site_path, slugify

IMAGES = frozenset(["png", "jpg", "jpeg", "gif", "webp", "avif", "svg"])
DOCUMENTS = frozenset(
    [
        "pdf",
        "doc",
        "docx",
        "odt",
        "rtf",
        "txt",
        "xls",
        "xlsx",
        "ods",
        "csv",
        "ppt",
        "pptx",
        "odp",
        "zip",
        "brf",
        "epub",
        "ics",
        "mp3",
        "m4a",
        "ogg",
        "oga",
        "wav",
        "mp4",
        "webm",
        "ogv",
        "vtt",
    ]
)
Key = tuple[str, str]  # a post's ref; a field's dotted name, or "" for the body


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """Where everything leads.

    ``bodies`` has the address of each link of a body, in order; ``files`` the site path of each
    field that names a file; ``copies`` the output path of each file that published pages use.
    """

    bodies: Mapping[Key, tuple[str, ...]]
    files: Mapping[Key, tuple[str, File]]
    copies: Mapping[PurePosixPath, File]
    problems: tuple[Problem, ...]


class Broken(Exception):
    """A link that leads nowhere: code, message and what to type instead."""

    def __init__(self, code: str, message: str, fix: str = "") -> None:
        super().__init__(message)
        self.code, self.message, self.fix = code, message, fix


@dataclass(frozen=True, slots=True, kw_only=True)
class _Target:
    """All that can be linked to, and what has been found so far."""

    entries: Mapping[PurePosixPath, Entry]
    documents: Mapping[PurePosixPath, Document]
    addresses: Mapping[str, Address]
    files: Mapping[PurePosixPath, File]
    doubtful: frozenset[str]
    copies: dict[PurePosixPath, File] = dataclass_field(default_factory=dict)


def resolve(
    resolved: Resolved,
    documents: Iterable[Document],
    addresses: Mapping[str, Address],
    files: Mapping[PurePosixPath, File],
) -> Links:
    """The links of every published post, and the faults of those and of the waiting ones.

    ``files`` are the media and bundle files by their path in content/.
    """
    site = resolved.site
    published = [*site.entries.values(), *filter(None, [site.home])]
    entries = [*published, *resolved.waiting]
    by_path = {e.document.path: e for e in entries}
    by_file = {d.path: d for d in documents}
    # Addresses that a post with faults of its own may bring are not called broken.
    doubtful = {ref_of(d).rpartition("/")[2] for p, d in by_file.items() if p not in by_path}
    target = _Target(
        entries=by_path,
        documents=by_file,
        addresses={**{e.url: _waiting_address(e) for e in resolved.waiting}, **addresses},
        files=files,
        doubtful=frozenset(slugify(name) for name in doubtful),
    )
    bodies: dict[Key, tuple[str, ...]] = {}
    fields: dict[Key, tuple[str, File]] = {}
    problems: list[Problem] = []
    for entry in entries:
        for at, body in _bodies(entry.document):
            bodies[entry.ref, at] = tuple(_body_links(entry, body, target, problems))
        fields.update(_field_files(entry, target, problems))
    fields.update(_photos(published, site.facts, target, problems))
    waiting = {e.ref for e in resolved.waiting}
    copies = _used(target.copies, bodies, fields, waiting)
    return Links(bodies=bodies, files=fields, copies=copies, problems=tuple(problems))


def _waiting_address(entry: Entry) -> Address:
    return Address(path=entry.url, owner=f"content/{entry.document.path}", ids=ids_of(entry))


def _used(
    copies: Mapping[PurePosixPath, File],
    bodies: Mapping[Key, tuple[str, ...]],
    fields: Mapping[Key, tuple[str, File]],
    waiting: set[str],
) -> dict[PurePosixPath, File]:
    """The files that published posts use: not those of posts that still wait."""
    used = {a.split("#")[0] for k, found in bodies.items() if k[0] not in waiting for a in found}
    used |= {address for key, (address, _) in fields.items() if key[0] not in waiting}
    return {path: file for path, file in copies.items() if site_path(path) in used}


def _bodies(document: Document) -> Iterator[tuple[str, Body]]:
    yield "", document.body
    yield from document.prose.items()


def ids_of(entry: Entry) -> frozenset[str]:
    """The anchors of a post's page."""
    return frozenset(i for _, body in _bodies(entry.document) for i in body.ids)


def _body_links(
    entry: Entry, body: Body, target: _Target, problems: list[Problem]
) -> Iterator[str]:
    for link in body.links:
        try:
            yield _resolve(entry, link.target, target, is_image=link.is_image)
        except Broken as broken:
            path = f"content/{entry.document.path}"
            problems.append(problem(broken.code, broken.message, path, link.place, fix=broken.fix))
            yield "#"


def _field_files(
    entry: Entry, target: _Target, problems: list[Problem]
) -> Iterator[tuple[Key, tuple[str, File]]]:
    for at, type_, value in schema.leaves(entry.front):
        if type_ is fieldtypes.File:
            try:
                allowed = IMAGES if at == "image.src" else IMAGES | DOCUMENTS
                yield (entry.ref, at), _file(entry, value, target, allowed)
            except Broken as broken:
                place = place_of(dict(entry.document.places), at)
                path = f"content/{entry.document.path}"
                problems.append(problem(broken.code, broken.message, path, place, fix=broken.fix))


def _photos(
    entries: Iterable[Entry], facts: Facts, target: _Target, problems: list[Problem]
) -> Iterator[tuple[Key, tuple[str, File]]]:
    """The photos of the people who wrote what is published."""
    writing = {e.front.author for e in entries}
    for name, person in facts.people.items():
        if person.photo and name in writing:
            try:
                yield (f"people/{name}", "photo"), _file(None, person.photo, target, IMAGES)
            except Broken as broken:
                place = facts.places.get(f"people.{name}.photo")
                path = "content/people.yaml"
                problems.append(problem(broken.code, broken.message, path, place, fix=broken.fix))


def _resolve(entry: Entry, typed: str, target: _Target, *, is_image: bool) -> str:
    """The address of a link: a site path, a fragment, or another site's URL."""
    if re.match(r"[a-z][a-z0-9+.-]*:", typed, re.I):
        if is_image:
            message = "pictures from other sites are not shown, so that nobody tracks readers"
            raise Broken("external-image", message, "save the picture beside the post or in media/")
        return typed
    if typed.startswith("//"):
        raise Broken("broken-link", "this address has no https:", f"https:{typed}")
    path, fragment = _split(typed)
    if not path and not is_image:
        _anchor(fragment, ids_of(entry), f"content/{entry.document.path}")
        return f"#{fragment}"
    if path.endswith(".md") and not is_image:
        found = _post(entry, path, target)
        if found is None:
            return "#"
        _anchor(fragment, ids_of(found), f"content/{found.document.path}")
        return found.url + (f"#{fragment}" if fragment else "")
    if path.startswith("/") and not path.startswith("/media/") and not is_image:
        return _site_path(entry, path, fragment, target)
    address, _ = _file(entry, path, target, IMAGES if is_image else IMAGES | DOCUMENTS)
    return address + (f"#{fragment}" if fragment else "")


def _split(typed: str) -> tuple[str, str]:
    """The path as it is on the disk, and the fragment. A query means nothing on a static site."""
    path, _, fragment = typed.partition("#")
    return unquote(path.partition("?")[0]), unquote(fragment)


def _anchor(fragment: str, ids: Iterable[str], where: str) -> None:
    ids = set(ids)
    if fragment and fragment not in ids and fragment != "top":
        hint = did_you_mean(fragment, ids)
        raise Broken("broken-anchor", f'there is no "#{fragment}" in {where}. {hint}'.rstrip())


def _post(entry: Entry, typed: str, target: _Target) -> Entry | None:
    """The post at a path relative to the one that links to it; None for one with faults."""
    if typed.startswith("/"):
        typed = posixpath.relpath(typed.lstrip("/"), entry.document.path.parent.as_posix())
    path = PurePosixPath(posixpath.normpath((entry.document.path.parent / typed).as_posix()))
    document = target.documents.get(path)
    if document is None:
        near = did_you_mean(path.as_posix(), [p.as_posix() for p in target.documents])
        raise Broken("broken-link", f'there is no "content/{path}". {near}'.rstrip())
    found = target.entries.get(path)
    if found is None and document.front and document.front.draft:
        message = f'"content/{path}" is a draft, so readers can\'t go there'
        raise Broken("link-to-draft", message, "publish it first, or take the link out")
    if found is not None:
        _in_time(entry, found)
    return found


def _in_time(entry: Entry, found: Entry) -> None:
    """What a post links to must be public when the post is."""
    if found.status != "scheduled" or entry.status == "draft" or not found.visible_from:
        return
    if (
        entry.status == "scheduled"
        and entry.visible_from
        and found.visible_from <= entry.visible_from
    ):
        return
    message = f'"content/{found.document.path}" is not published before this post is'
    raise Broken("link-to-scheduled", message, "take the link out until then")


def _site_path(entry: Entry, path: str, fragment: str, target: _Target) -> str:
    shown = quote(path, safe="/-._~")
    for candidate in (shown, shown + "/"):
        if address := target.addresses.get(candidate):
            owner = next((e for e in target.entries.values() if e.url == candidate), None)
            if owner:
                _in_time(entry, owner)
            _anchor(fragment, address.ids, candidate)
            return candidate + (f"#{fragment}" if fragment else "")
    segments = [part for part in path.split("/") if part]
    if target.doubtful and (set(segments) & (target.doubtful | {"archive", "series", "page"})):
        return shown
    if near := [p for p in target.addresses if segments and p.endswith(f"/{segments[-1]}/")]:
        hint = f'Did you mean "{near[0]}"?'
    else:
        hint = did_you_mean(shown, target.addresses)
    raise Broken("broken-link", f'there is no page "{path}" on this site. {hint}'.rstrip())


def _file(
    entry: Entry | None, typed: str, target: _Target, allowed: frozenset[str]
) -> tuple[str, File]:
    """The site path of a media or bundle file, and the file; noted as one to copy."""
    path, public = _file_paths(entry, typed)
    if path.suffix.lstrip(".").lower() not in allowed:
        what = f'"{path.suffix}" files' if path.suffix else "addresses without an ending"
        hint = "to link to a post, write the path to its Markdown file (../blog/name.md)"
        fix = hint if not path.suffix else f"it can be one of: {', '.join(sorted(allowed))}"
        raise Broken("file-type", f'"{typed}" can\'t be used here: {what} are not published', fix)
    file = target.files.get(path)
    if file is None:
        raise Broken("missing-file", *_not_there(entry, typed, path, target))
    target.copies[public] = file
    return site_path(public), file


def _file_paths(entry: Entry | None, typed: str) -> tuple[PurePosixPath, PurePosixPath]:
    """Where a file lies in content/, and where it will lie in output/."""
    if typed.startswith("/"):
        path = PurePosixPath(posixpath.normpath(typed.lstrip("/")))
    else:
        folder = entry.document.path.parent if entry else PurePosixPath("media")
        path = PurePosixPath(posixpath.normpath((folder / typed).as_posix()))
    if path.parts[0] == "media":
        return path, path
    document = entry.document.path if entry else path
    if (
        document.name == "index.md"
        and len(document.parts) > 2
        and path.is_relative_to(document.parent)
    ):
        assert entry is not None
        inside = path.relative_to(document.parent)
        return path, PurePosixPath(unquote(entry.url).strip("/")) / inside
    message = f'"{typed}" is neither in /media/ nor in the folder of this post'
    fix = f"move it to content/media/ and write /media/{path.name}"
    raise Broken("missing-file", message, fix)


def _not_there(
    entry: Entry | None, typed: str, path: PurePosixPath, target: _Target
) -> tuple[str, str]:
    """Words for a file that is not there."""
    names = {p.as_posix() for p in target.files}
    for name in names:
        if name.casefold() == path.as_posix().casefold():
            return f'"{typed}" is called "{PurePosixPath(name).name}"', "mind the capital letters"
    same = sorted(n for n in names if PurePosixPath(n).name == path.name)
    if same and same[0].startswith("media/"):
        return f'there is no file "content/{path}"', f"write /{same[0]}"
    hint = did_you_mean(path.as_posix(), names)
    return f'there is no file "content/{path}". {hint}'.rstrip(), "" if hint else "add the file"


def check_settings(
    config: Config,
    places: Mapping[str, Place],
    facts: Facts,
    addresses: Mapping[str, Address],
    posts: Iterable[Entry],
) -> list[Problem]:
    """The links of menus, alert, help and calls to action lead somewhere.

    A menu may name pages, fixed indexes and other sites, but no post: menus are on every page.
    """
    of_posts = {e.url for e in posts if e.kind != "page"}
    found = []
    rows = [(at, value, CONFIG_PATH, places) for at, _, value in schema.leaves(config)]
    for name, action in facts.actions.items():
        rows.append((f"actions.{name}.url", action.url, "content/actions.yaml", facts.places))
    for at, value, path, where in rows:
        if not isinstance(value, str) or not value.startswith("/"):
            continue
        page = value.partition("#")[0].partition("?")[0]
        page = page if page in addresses or page.endswith("/") else page + "/"
        if page not in addresses:
            message = f'there is no page "{value}". {did_you_mean(page, addresses)}'.rstrip()
            found.append(problem("broken-link", message, path, place_of(dict(where), at)))
        elif at.startswith("menus.") and page in of_posts:
            message = f'"{value}" is a post; a menu can hold pages, lists and other sites'
            found.append(problem("menu-post", message, path, place_of(dict(where), at)))
    return found
