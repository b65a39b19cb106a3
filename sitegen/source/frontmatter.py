"""The bytes of a post → its front matter as nodes, and its body: where each begins."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sitegen.problems import Place, Problem, problem
from sitegen.source import yaml_tree
from sitegen.source.nodes import Mapping

FENCE = "---"
# What a word processor, or a tired hand, makes of "---".
_NEAR_FENCE = re.compile(r"[-–—]{1,6}\s*|[*_=+]{3,}\s*|\.\.\.\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """A post taken apart. ``front`` is None where there is none to read."""

    front: Mapping | None
    body: str
    body_line: int
    problems: tuple[Problem, ...]


def readable(data: bytes) -> str:
    """What can be read of some bytes as ``decode`` reads them, with a mark for each that can't."""
    return _newlines(data.decode("utf-8-sig", "replace"))


def _newlines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def decode(data: bytes, path: str) -> tuple[str, tuple[Problem, ...]]:
    """UTF-8 text with ``\\n`` newlines, less a byte order mark; or the fault that prevents it."""
    place: Place | None = None
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"{\\rtf")):
        message = "this is a document of a word processor, only named like a post"
        fix = "copy its words into a new plain text file"
        return "", (problem("word-document", message, path, Place(), fix=fix),)
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        message = "this file is saved as UTF-16"
    elif b"\0" in data:
        message, place = "this is not a text file", _place_of_byte(data, data.index(b"\0"))
    else:
        try:
            return _newlines(data.decode("utf-8-sig")), ()
        except UnicodeDecodeError as error:
            data = error.object  # less its mark
            place = _place_of_byte(data, error.start)
            likely = data[error.start : error.start + 1].decode("cp1252", "replace")
            message = (
                f'this file is not saved as UTF-8: a byte here is probably meant as "{likely}"'
            )
    fix = "save the file again and choose the encoding UTF-8"
    return "", (problem("not-utf8", message, path, place, fix=fix),)


def _place_of_byte(data: bytes, index: int) -> Place:
    before = readable(data[:index])
    line = before[before.rfind("\n") + 1 :]
    return Place(line=before.count("\n") + 1, column=len(line) + 1)


def split(data: bytes, path: str) -> Parts:
    """Front matter and body of a post; every fault of the split and of the YAML."""
    text, faults = decode(data, path)
    if faults:
        return Parts(front=None, body="", body_line=1, problems=faults)
    lines = text.split("\n")
    first = next((i for i, line in enumerate(lines) if line.strip()), 0)
    if lines[first].rstrip() != FENCE:
        return _without_front_matter(lines, first, path)
    last = next((i for i in range(first + 1, len(lines)) if lines[i].rstrip() == FENCE), None)
    problems: tuple[Problem, ...] = ()
    body_row = len(lines) if last is None else last + 1
    if last is None:
        last, fault = _unclosed(lines, first, path)
        problems, body_row = (fault,), last
    tree = yaml_tree.parse("\n".join(lines[first + 1 : last]), path=path, first_line=first + 2)
    return Parts(
        front=tree.root,
        body="\n".join(lines[body_row:]),
        body_line=body_row + 1,
        problems=problems + tree.problems,
    )


def head(data: bytes) -> bytes:
    """The front matter of a post with its fences; nothing where none is closed."""
    found = re.match(rb"(?:\xef\xbb\xbf)?\s*---[ \t]*\r?\n(?:.*\r?\n)*?---[ \t]*(?:\r?\n|\Z)", data)
    return found[0] if found else b""


def _without_front_matter(lines: list[str], first: int, path: str) -> Parts:
    line = lines[first]
    place = Place(line=first + 1, column=1, width=max(1, len(line)))
    if _NEAR_FENCE.fullmatch(line):
        message, fix = f'the first line is "{line.strip()}" and must be "{FENCE}"', FENCE
    elif re.match(r"([a-z_]+|Title|Date|Tags|Author|Summary):\s", line):
        message, fix = f'the line "{FENCE}" is missing before the first field', f"{FENCE}\n{line}"
    else:
        message = "this file does not begin with front matter"
        fix = f"begin it with\n{FENCE}\ntitle: The title\n{FENCE}"
    fault = problem("no-front-matter", message, path, place, fix=fix)
    return Parts(front=None, body="", body_line=1, problems=(fault,))


def _unclosed(lines: list[str], first: int, path: str) -> tuple[int, Problem]:
    """Where the front matter seems to end, and the fault that says so."""
    for row in range(first + 1, len(lines)):
        line = lines[row]
        if _NEAR_FENCE.fullmatch(line):
            place = Place(line=row + 1, width=len(line))
            message = f'the line after the last field is "{line.strip()}" and must be "{FENCE}"'
            return row, problem("front-matter-open", message, path, place, fix=FENCE)
        if not line.strip() or not re.match(r"\s|#|- |[\w-]+:", line):
            break
    else:
        row = len(lines)
    message = f'the closing "{FENCE}" of the front matter is missing'
    place = Place(line=max(first + 1, row))
    fix = f'add a line "{FENCE}" after line {max(first + 1, row)}'
    return row, problem("front-matter-open", message, path, place, fix=fix)
