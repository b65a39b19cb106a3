"""Where one address leads: a post, an address of the site, a file, an anchor, another site."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from pathlib import PurePosixPath
from urllib.parse import quote, unquote

from sitegen.hints import did_you_mean, hinted, nearest
from sitegen.model import Address, File
from sitegen.urls import composed, site_path, tel

IMAGES = frozenset(("png", "jpg", "jpeg", "gif", "webp", "avif", "svg"))
CAMERAS = frozenset((".heic", ".heif", ".tif", ".tiff", ".bmp", ".raw", ".dng"))
PLAYED = frozenset(("mp3", "m4a", "ogg", "oga", "wav", "mp4", "webm", "ogv", "vtt"))
DOCUMENTS = PLAYED | frozenset(
    (
        *("pdf", "doc", "docx", "odt", "rtf", "txt", "epub", "brf", "zip", "ics"),
        *("xls", "xlsx", "ods", "csv", "ppt", "pptx", "odp"),
    )
)


_ELSEWHERE = (
    "pictures from other sites are not shown, so that nobody tracks readers",
    "save the picture in content/media/ and write /media/ and its name",
)


class Broken(Exception):
    """A link that leads nowhere: code, message and what to type instead."""

    def __init__(self, code: str, message: str, fix: str = "") -> None:
        super().__init__(message)
        self.code, self.message, self.fix = code, message, fix


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Where a link leads: ``address`` as a site path, a fragment or another site's URL.

    ``file`` and ``public`` (its path in output/) are those of a file to copy.
    """

    address: str
    file: File | None = None
    public: PurePosixPath | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Landing:
    """What of a post matters to links, those that lead to it and its own.

    ``path`` is its file's in content/, ``visible_from`` the instant at which it is public.
    """

    ref: str
    path: PurePosixPath
    url: str
    status: str
    visible_from: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Targets:
    """All that can be linked to.

    ``posts`` are the published and the waiting ones, by file, and ``owners`` by site path;
    ``documents`` tells of every post's file whether it is a draft. ``files`` are the media and
    bundle files by their path in content/. ``drafts`` are the files of drafts by the address that
    they would have. ``doubtful`` are the names of posts with faults of their own: what they may
    bring is not called broken.
    """

    posts: Mapping[PurePosixPath, Landing]
    owners: Mapping[str, Landing]
    documents: Mapping[PurePosixPath, bool]
    addresses: Mapping[str, Address]
    ids: Mapping[str, frozenset[str]]
    files: Mapping[PurePosixPath, File]
    drafts: Mapping[str, PurePosixPath]
    doubtful: frozenset[str]


def find(entry: Landing, typed: str, targets: Targets, *, is_image: bool = False) -> Found:
    """Where a link of a post leads; Broken when it leads nowhere."""
    _refuse_slips(unquote(typed))
    if _SCHEME.match(typed):
        if is_image:
            raise Broken("external-image", *_ELSEWHERE)
        return Found(address=typed)
    _refuse_incomplete(typed)
    path, fragment = _split(typed)
    hash_ = f"#{fragment}" if fragment else ""
    if not path and not is_image:
        _anchor(fragment, targets.ids[entry.ref], f"content/{entry.path}")
        return Found(address=f"#{fragment}")
    if path.endswith(".md") and not is_image:
        found = _post(entry, path, targets)
        if found is None:
            return Found(address="#")
        _anchor(fragment, targets.ids[found.ref], f"content/{found.path}")
        return Found(address=found.url + hash_)
    if path.startswith("/") and not path.startswith("/media/") and not is_image:
        return Found(address=_site_path(entry, path, fragment, targets))
    if not is_image:
        _refuse_page(entry, path, targets)
    found_file = file(entry, path, targets, IMAGES | PLAYED if is_image else IMAGES | DOCUMENTS)
    return replace(found_file, address=found_file.address + hash_)


_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_BARE_HOST = re.compile(r"//|www\.|[\w.-]+\.(org|com|net|uk)(/|$)")
_BARE_EMAIL = re.compile(r"[^/\s@#]+@[^/\s@]+\.[a-z]+")
# A scheme that lacks its colon or a slash; the preview's own address; a number to ring.
_SLIP = re.compile(r"(https?)(?:/{1,2}|:/?)(?!/)(\S+)", re.I)
_PREVIEW = re.compile(r"https?://(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?(/\S*)?", re.I)
_NUMBER = re.compile(r"\+?\(?\d[\d ()-]{6,18}\d")


def _refuse_slips(typed: str) -> None:
    """An address with a slip that a browser would follow to nowhere."""
    if match := _SLIP.fullmatch(typed):
        fix = f"write https://{match[2]}"
        raise Broken("broken-link", "this address has no https://", fix)
    if match := _PREVIEW.fullmatch(typed):
        message = "this is the address of the preview, which only your own computer has"
        raise Broken("broken-link", message, f"write {match[1] or '/'}")
    if _NUMBER.fullmatch(typed):
        message, fix = "this is a phone number", f"write {tel(typed)}"
        raise Broken("broken-link", message, fix)
    if typed.lower().startswith("mailto:") and "@" not in typed:
        message = "this is no email address"
        raise Broken("broken-link", message, "write it like mailto:name@example.org")


def _refuse_incomplete(typed: str) -> None:
    """An address that is none, or that lacks its beginning."""
    if typed.strip() in ("", "#"):
        raise Broken("broken-link", "this link leads nowhere", "write an address in the brackets")
    if _BARE_HOST.match(typed):
        fix = f"write https://{typed.removeprefix('//')}"
        raise Broken("broken-link", "this address has no https://", fix)
    if _BARE_EMAIL.fullmatch(typed):
        raise Broken("broken-link", "this is an email address", f"write mailto:{typed}")


def _split(typed: str) -> tuple[str, str]:
    """The path as it is on the disk, and the fragment. A query means nothing on a static site."""
    path, _, fragment = typed.partition("#")
    return unquote(path.partition("?")[0]), unquote(fragment)


def _anchor(fragment: str, ids: frozenset[str], where: str) -> None:
    if fragment and fragment not in ids and fragment != "top":
        hint = did_you_mean(f"#{fragment}", (f"#{i}" for i in ids))
        raise Broken("broken-anchor", hinted(f'there is no "#{fragment}" in {where}', hint))


@lru_cache(maxsize=1 << 16)
def _folder(path: PurePosixPath) -> str:
    return path.parent.as_posix()


def _post(entry: Landing, typed: str, targets: Targets) -> Landing | None:
    """The post at a path relative to the one that links to it; None for one with faults."""
    if typed.startswith("/"):
        typed = posixpath.relpath(typed.lstrip("/"), entry.path.parent.as_posix())
    path = composed(PurePosixPath(posixpath.normpath(f"{_folder(entry.path)}/{typed}")))
    is_draft = targets.documents.get(path)
    if is_draft is None:
        near = _nearest(path, (p for p in targets.documents if p != entry.path))
        here = posixpath.relpath(near, entry.path.parent) if near else ""
        hint = f'Did you mean "{here}"?' if here else ""
        raise Broken("broken-link", hinted(f'there is no "content/{path}"', hint))
    found = targets.posts.get(path)
    if is_draft and entry.status != "draft":
        raise _to_draft(path)
    if found is not None:
        _in_time(entry, found)
    return found


def _nearest(path: PurePosixPath, known: Iterable[PurePosixPath]) -> PurePosixPath | None:
    """The post whose name is spelled most like a path's, rather one of the same folder.

    Folders and endings are not compared: they would make any two posts of a folder look alike.
    """
    folder = path.parent
    ranked = sorted(known, key=lambda p: (p.is_relative_to(folder), p))
    named = {_name(p): p for p in ranked}
    return named.get(nearest(_name(path), named) or "")


def _name(path: PurePosixPath) -> str:
    """The name of a post: its file's without the ending, or its bundle's."""
    return path.parent.name if path.name == "index.md" else path.stem


def _refuse_page(entry: Landing, typed: str, targets: Targets) -> None:
    """``../pages/contact.html`` where ``../pages/contact.md`` is meant."""
    stem = re.sub(r"\.html?$", "", typed)
    path = PurePosixPath(posixpath.normpath((entry.path.parent / f"{stem}.md").as_posix()))
    if stem != typed and path in targets.documents:
        message = "a link to a post names its Markdown file"
        raise Broken("broken-link", message, f"write {stem}.md")


def _to_draft(path: PurePosixPath) -> Broken:
    message = f'"content/{path}" is a draft, so readers can\'t go there'
    return Broken("link-to-draft", message, "publish it first, or take the link out")


def _in_time(entry: Landing, found: Landing) -> None:
    """What a post links to must be public when the post is."""
    if found.status != "scheduled" or entry.status == "draft" or not found.visible_from:
        return
    if (
        entry.status == "scheduled"
        and entry.visible_from
        and found.visible_from <= entry.visible_from
    ):
        return
    message = f'"content/{found.path}" is not published before this post is'
    raise Broken("link-to-scheduled", message, "take the link out until then")


def _site_path(entry: Landing, path: str, fragment: str, targets: Targets) -> str:
    shown = quote(path, safe="/-._~")
    for candidate in (shown, shown + "/"):
        if address := targets.addresses.get(candidate):
            if owner := targets.owners.get(candidate):
                _in_time(entry, owner)
            _anchor(fragment, address.ids, candidate)
            return candidate + (f"#{fragment}" if fragment else "")
        if draft := targets.drafts.get(candidate):
            raise _to_draft(draft)
    segments = [part for part in path.split("/") if part]
    if targets.doubtful and (set(segments) & (targets.doubtful | {"archive", "series", "page"})):
        return shown
    if near := [p for p in targets.addresses if segments and p.endswith(f"/{segments[-1]}/")]:
        hint = f'Did you mean "{near[0]}"?'
    else:
        hint = did_you_mean(shown, targets.addresses)
    raise Broken("broken-link", hinted(f'there is no page "{path}" on this site', hint))


def file(
    entry: Landing | None,
    typed: str,
    targets: Targets,
    allowed: frozenset[str] = IMAGES | DOCUMENTS,
) -> Found:
    """The media or bundle file that a post, or the shared facts, name; Broken without one."""
    suffix = PurePosixPath(typed).suffix
    if re.match("https?://", typed) and allowed is IMAGES:
        raise Broken("external-image", *_ELSEWHERE)
    if re.match("https?://", typed):
        message = "this is an address on the web, not a file of this site"
        raise Broken("file-type", message, f"write url: {typed}")
    if suffix.lower() in CAMERAS:
        message = f'browsers can\'t show "{suffix}" pictures'
        raise Broken(
            "file-type", message, "open it and save a copy as JPEG; renaming is not enough"
        )
    if not suffix:
        fix = "to link to a post, write the path to its Markdown file, such as ../blog/name.md"
        if "pdf" not in allowed:
            fix = "write the whole name of the picture's file, such as /media/name.jpg"
        raise Broken("broken-link", f'"{typed}" leads nowhere', fix)
    if suffix.lstrip(".").lower() not in allowed:
        if "pdf" in allowed:
            message, some = f'"{suffix}" files are not published', "pdf, docx, xlsx or png"
        else:
            message, some = f'"{typed}" is no picture', "png, jpg, webp or svg"
        raise Broken("file-type", message, f"use a file of another type, such as {some}")
    path, public = _file_paths(entry, typed, targets)
    found = targets.files.get(path)
    if found is None:
        raise Broken("missing-file", *_not_there(entry, typed, path, targets))
    return Found(address=site_path(public), file=found, public=public)


def _file_paths(
    entry: Landing | None, typed: str, targets: Targets
) -> tuple[PurePosixPath, PurePosixPath]:
    """Where a file lies in content/, and where it will lie in output/."""
    if typed.startswith("/"):
        path = PurePosixPath(posixpath.normpath(typed.lstrip("/")))
    else:
        folder = entry.path.parent if entry else PurePosixPath("media")
        path = PurePosixPath(posixpath.normpath((folder / typed).as_posix()))
    path = composed(path)
    if path.parts[0] == "media":
        return path, path
    document = composed(entry.path) if entry else path
    if (
        document.name == "index.md"
        and len(document.parts) > 2
        and path.is_relative_to(document.parent)
    ):
        assert entry is not None
        inside = path.relative_to(document.parent)
        return path, PurePosixPath(unquote(entry.url).strip("/")) / inside
    message = f'"{typed}" is neither in /media/ nor in the folder of this post'
    shared = PurePosixPath("media", path.name)
    move = "" if shared in targets.files else "put it in content/media/ and "
    raise Broken("missing-file", message, f"{move}write /{shared}")


def _not_there(
    entry: Landing | None, typed: str, path: PurePosixPath, targets: Targets
) -> tuple[str, str]:
    """Words for a file that is not there, and what can be written in its place."""
    names = {f"/{p}": p for p in sorted(targets.files) if p.parts[0] == "media"}
    if entry and path.parts[0] != "media":
        folder = entry.path.parent
        beside = (p for p in sorted(targets.files) if p.is_relative_to(folder))
        names = {p.relative_to(folder).as_posix(): p for p in beside} | names
    for name, found in names.items():
        if found.as_posix().casefold() == path.as_posix().casefold():
            return f'"{typed}" differs from "{name}" in its capital letters', f"write {name}"
    missing = f'there is no file "content/{path}"'
    for name, found in names.items():
        if found.name.casefold() == path.name.casefold():
            return missing, f"write {name}"
    hint = did_you_mean(typed, names)
    return hinted(missing, hint), "" if hint else "add the file"


def image(entry: Landing | None, typed: str, targets: Targets) -> Found:
    """The picture that a post, or the shared facts, name; Broken without one."""
    return file(entry, typed, targets, IMAGES)
