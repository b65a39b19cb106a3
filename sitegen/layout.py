"""Which file of the site is what: posts, shared facts, media, templates, styles."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath

from sitegen.facts import FILES as FACTS
from sitegen.hints import did_you_mean, hinted
from sitegen.kinds import BY_FOLDER
from sitegen.problems import Problem, problem

POST = ".md"
NEARLY_POSTS = {".markdown", ".mdown", ".mdx", ".mkd"}
# What editors and their tools leave about: never published, never a fault.
_LITTER = re.compile(
    r"\..*|~\$.*|#.*#|.*~|.*\.(bak|tmp|swp|swo|orig)|Thumbs\.db|desktop\.ini", re.I
)


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
    bare = name.lstrip(".") if hidden and name != ".DS_Store" else name
    return bool(_LITTER.fullmatch(bare))


def sort(paths: Iterable[PurePosixPath]) -> Layout:
    """The files of content/ and templates/ by what they are; misplaced posts are faults."""
    sorts: dict[str, list[PurePosixPath]] = {name: [] for name in Layout.__slots__}
    problems = []
    for path in sorted(paths):
        what = _what(path)
        if what in sorts:
            sorts[what].append(path)
        elif fault := _misplaced(path):
            problems.append(fault)
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
        return "root"
    if inside[0] == "assets":
        return "styles" if path.suffix == ".css" else "assets"
    if inside == ["inline.js"]:
        return "scripts"
    if inside[0] == "i18n":
        return "words" if path.suffix == ".yaml" else ""
    return "templates" if path.suffix in (".html", ".xml") else ""


def _misnamed(path: PurePosixPath, inside: list[str]) -> bool:
    """Nearly a post: another ending, or an index.md that is no bundle's."""
    is_index = path.name.lower() == "index.md" and not (
        path.name == "index.md" and (len(inside) > 2 or inside[0] == "pages")
    )
    return is_index or (path.suffix != POST and _nearly_post(path))


def _nearly_post(path: PurePosixPath) -> bool:
    return path.suffix.lower() in {POST, *NEARLY_POSTS} or path.name.lower().endswith(".md.txt")


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
    if top != "content" or not _nearly_post(path):
        return None
    if path.name.lower() == "index.md" and inside[0] in BY_FOLDER:
        message = "index.md is the text of a bundle: a folder that is named like the post"
        fix = f"rename it, or move it to {path.parent}/name-of-the-post/index.md"
        return problem("not-a-post", message, str(path), fix=fix)
    if inside[0] in BY_FOLDER:
        fix = f"rename it to {path.name.split('.')[0]}{POST}"
        return problem("not-a-post", f'the name of a post ends in "{POST}"', str(path), fix=fix)
    *others, last = (f"content/{name}/" for name in BY_FOLDER)
    hint = did_you_mean(inside[0], BY_FOLDER) if len(inside) > 1 else ""
    message = hinted("a post must be in a folder of its kind", hint)
    return problem("no-kind", message, str(path), fix=f"move it to {', '.join(others)} or {last}")
