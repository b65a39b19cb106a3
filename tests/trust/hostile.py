"""Vectors, and the sites that they are put into.

``vectors/`` has them in files to be read: a family under each ``==``, a vector on each line.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePosixPath

from sitegen.problems import Problem, Severity
from tests.photos import encoded, scene
from tests.sites import CONFIG, TAGS, build, make_site, post, put
from tests.test_cases import SECTION

HERE = Path(__file__).parent / "vectors"
FRAMES = "frames.example"
SETTINGS = CONFIG + f"iframe_hosts: [{FRAMES}]\nfeed_size: 9999\n"
MEDIA = {
    "content/media/x.png": encoded(scene(64, 64), "PNG"),
    "content/media/x.pdf": b"%PDF-1.4\n%%EOF\n",
    "content/media/x.mp3": b"ID3",
}
GLOSSARY = "XSS: {meaning: Cross-site scripting}\nEVIL: {meaning: '<img src=x onerror=alert(1)>'}\n"
Files = dict[str, str | bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Vector:
    """Something hostile, or odd: what is typed, its family, and its number in its file."""

    family: str
    text: str
    number: int


@cache
def vectors(name: str) -> tuple[Vector, ...]:
    """Those of a file of ``vectors/``."""
    found: list[Vector] = []
    family = ""
    for line in (HERE / f"{name}.txt").read_text("utf-8").splitlines():
        if line.startswith("== "):
            family = line.removeprefix("== ")
        elif line and not line.startswith(";;"):
            found.append(Vector(family=family, text=typed(line), number=len(found)))
    return tuple(found)


def typed(line: str) -> str:
    """A vector with its line ends, and the characters that are told by their numbers."""
    return re.sub("⟨([0-9A-F]+)⟩", lambda m: chr(int(m[1], 16)), line.replace("⏎", "\n"))


def quoted(text: str) -> str:
    """A text in the quotation marks of YAML, whatever it holds."""
    return "".join(
        c if c.isprintable() else f"\\U{ord(c):08x}" for c in json.dumps(text, ensure_ascii=False)
    )


def of_markdown() -> Files:
    """A post for each vector of Markdown, which is all that it says."""
    posts = {
        f"content/news/v{v.number}.md": post(v.text, title=f"Vector {v.number}")
        for v in vectors("markdown")
    }
    return {"config.yaml": SETTINGS, "content/glossary.yaml": GLOSSARY, **MEDIA, **posts}


def of_text(texts: tuple[str, ...], config: str = SETTINGS, places: str = "places") -> Files:
    """A site in which each of the texts stands wherever there is an @ in a file of places."""
    _, *parts = SECTION.split((HERE / f"{places}.txt").read_text("utf-8"))
    files: Files = {"config.yaml": config, **MEDIA, "content/tags.yaml": TAGS}
    for path, shape in zip(parts[::2], parts[1::2], strict=True):
        for number, text in enumerate(texts):
            name = path.replace("N.", f"{number}.").replace("N-", f"{number}-")
            before = files.get(name, "")
            assert isinstance(before, str)
            files[name] = before + _filled(shape, number, quoted(text))
    return files


def _filled(shape: str, number: int, text: str) -> str:
    """A file with its number, and the text in each of its places; an email address is none."""
    return re.sub(r"(?<=[a-zG ])N\b|(?<!a)@", lambda m: text if m[0] == "@" else f"{number}", shape)


def settle(root: Path, files: Files) -> tuple[Files, list[Problem]]:
    """Build a site; what is refused is taken out by the line, until the rest is built.

    Of a post a line of front matter goes alone; for any other the whole post. Returns what was
    built, and every error.
    """
    make_site(root, files)
    left, refused = dict(files), list[Problem]()
    for _ in range(6):
        report = build(root)
        errors = [p for p in report.problems if p.severity is Severity.ERROR]
        if not errors:
            assert not report.stopped, report
            return left, refused
        refused += errors
        lines_of: dict[str, set[int]] = {}
        for error in errors:
            lines_of.setdefault(error.path, set()).add(error.line)
        faulty = {
            path: set().union(*(lines_of.get(name, ()) for name in told_as(path))) for path in left
        }
        mended = {path: _without(left[path], lines) for path, lines in faulty.items() if lines}
        assert mended, f"of no file: {errors}"
        left = {path: data for path, data in {**left, **mended}.items() if data}
        put(root, {path: data or None for path, data in mended.items()})
    raise AssertionError(f"still refused: {errors}")


def told_as(path: str) -> set[str]:
    """How faults name a file: a name that can't be shown, or its folder's, is in quotes."""
    return {path, repr(path), *(repr(str(folder)) for folder in PurePosixPath(path).parents)}


def _without(data: str | bytes, faulty: set[int]) -> str:
    if isinstance(data, bytes):
        return ""
    lines = data.split("\n")
    fences = [at for at, line in enumerate(lines, 1) if line == "---"][:2] or [0, len(lines) + 1]
    if not fences[0] < min(faulty) <= max(faulty) < fences[1]:
        return ""
    return "\n".join(line for at, line in enumerate(lines, 1) if at not in faulty)
