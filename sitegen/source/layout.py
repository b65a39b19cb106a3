"""Which file of the site is what: posts, shared facts, media, templates, styles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath

from sitegen.hints import did_you_mean, hinted
from sitegen.kinds import BY_FOLDER
from sitegen.problems import Problem, Severity, problem
from sitegen.source.facts import FILES as FACTS
from sitegen.urls import collision_key

POST = ".md"
NEARLY_POSTS = {".markdown", ".mdown", ".mdx", ".mkd"}
# What word processors save: no post, and of no use in the folder of a kind, where no post can
# show what lies beside it.
_TYPED = {".txt", ".rtf", ".doc", ".docx", ".odt"}
# What editors and their tools leave about: never published, never a fault.
_LITTER = re.compile(
    r"~\$.*|#.*#|.*~|.*\.(bak|old|save|orig|rej|tmp|part|crdownload|sw[a-z]|kate-swp)"
    r"|(eh)?Thumbs\.db|desktop\.ini|Icon\r|__MACOSX",
    re.I,
)
_HIDDEN_LITTER = re.compile(r"\.(_.*|#.*|git.*|DS_Store)")
# What a host of files serves; nothing else of templates/ is published.
SERVED = frozenset(
    (
        *("html", "htm", "css", "js", "mjs", "json", "webmanifest", "xml", "txt", "asc", "csv"),
        *("ico", "png", "jpg", "jpeg", "gif", "webp", "avif", "svg", "woff", "woff2", "ttf", "otf"),
        *("pdf", "mp3", "mp4", "webm", "vtt", "ics", "vcf"),
    )
)
# Files for hosts, which have no ending. What lies in .well-known/ needs none (RFC 8615).
HOSTS = frozenset((".nojekyll", ".htaccess", ".domains", "CNAME", "_headers", "_redirects"))
_WELL_KNOWN = ".well-known"
# How file managers call a copy: of Windows, macOS, GNOME, and a browser's second download.
_COPY = re.compile(r"copy of (.+)|(.+?)(?: - copy| copy(?: \d+)?| \(copy\))?(?: \(\d+\))?", re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The files of a site by what they are, each relative to the site's root, in order."""

    posts: tuple[PurePosixPath, ...]
    facts: tuple[PurePosixPath, ...]
    media: tuple[PurePosixPath, ...]
    templates: tuple[PurePosixPath, ...]
    styles: tuple[PurePosixPath, ...]
    assets: tuple[PurePosixPath, ...]
    words: tuple[PurePosixPath, ...]
    scripts: tuple[PurePosixPath, ...]
    root: tuple[PurePosixPath, ...]
    problems: tuple[Problem, ...]


def is_litter(name: str, *, hidden: bool = False) -> bool:
    """Whether a file or folder is a backup or a lock, or hidden (where that is not allowed)."""
    if name.startswith("."):
        bare = name.lstrip(".")
        return not hidden or bool(_HIDDEN_LITTER.fullmatch(name) or _LITTER.fullmatch(bare))
    return bool(_LITTER.fullmatch(name))


def sort(paths: Iterable[PurePosixPath]) -> Layout:
    """The files of content/ and templates/ by what they are; misplaced posts are faults."""
    sorts: dict[str, list[PurePosixPath]] = {name: [] for name in Layout.__slots__}
    problems = []
    paths = sorted(paths)
    for path in paths:
        what = _what(path)
        if what in sorts:
            sorts[what].append(path)
        elif fault := _misplaced(path):
            problems.append(fault)
    problems += [*_twins(p for p in paths if p.suffix != POST), *_copies(sorts["posts"])]
    named = {name: tuple(found) for name, found in sorts.items()}
    return Layout(**{**named, "problems": tuple(problems)})  # type: ignore[arg-type]


@lru_cache(maxsize=1 << 16)
def _what(path: PurePosixPath) -> str:
    top, *inside = path.parts
    if top == "templates":
        return _template(path, inside)
    if len(inside) == 1:
        return "facts" if path.suffix in (".yaml", ".yml") else ""
    if inside[0] == "media":
        return "media" if path.suffix != POST else ""
    if _stray_facts(path):
        return ""
    if inside[0] in BY_FOLDER:
        return "" if _misnamed(path, inside) else "posts" if path.suffix == POST else "media"
    return ""


def _template(path: PurePosixPath, inside: list[str]) -> str:
    if inside[0] == "root" and len(inside) > 1:
        return "root" if _is_served(path, inside) else ""
    if inside[0] == "assets":
        is_asset = "assets" if _is_served(path, inside) else ""
        return "styles" if path.suffix == ".css" else is_asset
    if inside == ["inline.js"]:
        return "scripts"
    if inside[0] == "i18n":
        return "words" if path.suffix == ".yaml" else ""
    return "templates" if path.suffix in (".html", ".xml") else ""


def _is_served(path: PurePosixPath, inside: list[str]) -> bool:
    """Whether a file of templates/root/ or templates/assets/ is one that a host serves."""
    folder, *folders, name = inside
    if folder == "root" and not folders and name in HOSTS:
        return True
    well_known = folder == "root" and folders[:1] == [_WELL_KNOWN]
    if any(part.startswith(".") for part in (*folders[well_known:], name)):
        return False
    return path.suffix[1:].lower() in SERVED or (well_known and not path.suffix)


def _twins(paths: Iterable[PurePosixPath]) -> Iterator[Problem]:
    """Two names that are one on some disks: capital letters, or how accents are coded."""
    firsts: dict[str, PurePosixPath] = {}
    for path in paths:
        first = firsts.setdefault(collision_key(path), path)
        if first is not path:
            message = (
                f'on some disks "{first}" has this name too, and only one of them would be kept'
            )
            yield problem("same-name", message, str(path), fix="rename it")


def _copies(posts: Iterable[PurePosixPath]) -> Iterator[Problem]:
    """Posts that a file manager has made beside the ones that they are copies of."""
    named = {_bare(path): path for path in posts}
    for (folder, name), path in named.items():
        match = _COPY.fullmatch(name)
        original = named.get((folder, match[1] or match[2]), path) if match else path
        if original is not path:
            message = f'this is named like a copy of "{original}", and would be published too'
            fix = "delete it, or give it a name of its own"
            yield problem("copied-file", message, str(path), fix=fix)


def _bare(path: PurePosixPath) -> tuple[str, str]:
    """The folder and the name of a post, be it a file or a bundle."""
    post = path.parent if path.name == "index.md" else path.with_suffix("")
    return str(post.parent), post.name


def _misnamed(path: PurePosixPath, inside: list[str]) -> bool:
    """Nearly a post: another ending, or an index.md that is no bundle's."""
    is_index = path.name.lower() == "index.md" and not (
        path.name == "index.md" and (len(inside) > 2 or inside[0] == "pages")
    )
    is_typed = _typed_elsewhere(path, inside)
    return is_index or is_typed or (path.suffix != POST and _nearly_post(path))


def _typed_elsewhere(path: PurePosixPath, inside: list[str]) -> bool:
    """Whether a file was saved by a word processor, and lies where posts do."""
    return len(inside) == 2 and inside[0] in BY_FOLDER and path.suffix.lower() in _TYPED


def _nearly_post(path: PurePosixPath) -> bool:
    name = path.name.lower().rstrip(". ")  # which Windows leaves out
    return name.endswith((POST, *NEARLY_POSTS, ".md.txt"))


def _stray_facts(path: PurePosixPath) -> Problem | None:
    """Shared facts that nobody would read, for their name or their folder."""
    stem, _, ending = path.name.partition(".")
    astray = ending in ("yaml", "yml") and len(path.parts) > 2
    if stem not in FACTS or not (astray or ending in ("yaml.txt", "yml.txt")):
        return None
    message = f"the shared facts of this name are read from content/{stem}.yaml"
    return problem("unknown-file", message, str(path), fix=f"move it to content/{stem}.yaml")


def _misplaced(path: PurePosixPath) -> Problem | None:
    """A post that would be passed over is a fault; any other file is the editor's own."""
    top, *inside = path.parts
    if top == "content" and (fault := _stray_facts(path)):
        return fault
    if top == "templates" and inside[0] in ("root", "assets"):
        message = "this is no type of file that a site has, so it can't be published"
        fix = f"move it out of templates/{inside[0]}/, of which all is published"
        return problem("file-type", message, str(path), fix=fix)
    if top != "content" or not (_nearly_post(path) or _typed_elsewhere(path, inside)):
        return None
    if path.name.lower() == "index.md" and inside[0] in BY_FOLDER:
        message = "index.md is the text of a bundle: a folder that is named like the post"
        fix = f"rename it, or move it to {path.parent}/name-of-the-post/index.md"
        return problem("not-a-post", message, str(path), fix=fix)
    if inside[0] in BY_FOLDER:
        name = f"{path.name.split('.')[0].rstrip()}{POST}"
        fix = f"rename it to {name}"
        if path.suffix.lower() in _TYPED - {".txt"}:
            fix = f"copy its text into {name}; a document to download goes into content/media/"
        sure = Severity.ERROR if _nearly_post(path) else Severity.WARNING  # it may be a note
        message = f'the name of a post ends in "{POST}"'
        return problem("not-a-post", message, str(path), fix=fix, severity=sure)
    *others, last = (f"content/{name}/" for name in BY_FOLDER)
    hint = did_you_mean(inside[0], BY_FOLDER) if len(inside) > 1 else ""
    message = hinted("a post must be in a folder of its kind", hint)
    return problem("no-kind", message, str(path), fix=f"move it to {', '.join(others)} or {last}")
