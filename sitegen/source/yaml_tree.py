"""YAML text → nodes with places, and YAML's own complaints in an editor's words.

PyYAML's event stream (libyaml) is read rather than its constructed values, so that nothing is
guessed and anchors, aliases and tags can be refused before they mean anything. When a line can be
mended for sure, the fault shows the mended line and reading goes on as if it had been typed: so
all the faults of a file come out in one run.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import yaml

from sitegen.problems import Place, Problem, problem
from sitegen.source.nodes import Mapping, Node, Scalar, Sequence
from sitegen.source.yaml_faults import (
    LOADER,
    NOTHING,
    explained,
    hidden_by_hash,
    in_quotes,
    unkeyed,
    unseen,
)

DEEPEST = 12
MOST_MENDED = 25
# To YAML 1.1 these end a line. In what is pasted nobody sees them, and no place may shift.
_SPACES = str.maketrans("\x85\u2028\u2029", "   ")


class Refused(Exception):
    """A construct that is legal YAML and refused here: code, place, message and fix."""

    def __init__(self, code: str, mark: Any, message: str, fix: str = "") -> None:
        super().__init__(message)
        self.code, self.mark, self.message, self.fix = code, mark, message, fix


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree:
    """The root mapping (None when it can't be read) and all that is wrong."""

    root: Mapping | None
    problems: tuple[Problem, ...]


def parse(text: str, *, path: str, first_line: int = 1) -> Tree:
    """The nodes of a YAML mapping. ``first_line`` is the line of the file where ``text`` begins."""
    lines = text.split("\n")
    before = (*lines,)
    problems = [*unseen(lines, path, first_line), *hidden_by_hash(lines, path, first_line)]
    for _ in range(MOST_MENDED):
        try:
            builder = _Builder(path, first_line, before)
            root = builder.build("\n".join(lines) + "\n")
            if isinstance(root, Mapping):
                faults = (*problems, *builder.problems)
                return Tree(root=root, problems=tuple(_shown(faults, before, first_line)))
            found = _not_a_mapping(root, lines, path, first_line)
        except Refused as fault:
            place = _place(fault.mark, fault.mark, first_line)
            fix = fault.fix or in_quotes(lines[min(fault.mark.line, len(lines) - 1)])
            found = problem(fault.code, fault.message, path, place, fix=fix)
        except yaml.YAMLError as error:
            found = explained(error, lines, path, first_line)
        if any((p.line, p.code) == (found.line, found.code) for p in problems):
            break  # the line as mended is no better: what follows would be guesses
        row, line = found.line - first_line, found.fix
        if 0 <= row < len(lines):
            found = replace(found, column=_typed_column(found.column, lines[row], before[row]))
        problems.append(found)
        if not line or "\n" in line or not 0 <= row < len(lines) or lines[row] == line:
            break
        lines[row] = line
    return Tree(root=None, problems=tuple(_shown(problems, before, first_line)))


def _shown(
    problems: Iterable[Problem], lines: tuple[str, ...], first_line: int
) -> Iterator[Problem]:
    """The problems; a mended line without its indent, save where that is what is mended."""
    for found in problems:
        row, bare = found.line - first_line, found.fix.lstrip(" ")
        indent = found.fix[: len(found.fix) - len(bare)]
        line = lines[row] if 0 <= row < len(lines) else ""
        same = bool(indent) and line[: len(line) - len(line.lstrip(" "))] == indent
        yield replace(found, fix=bare) if same and "\n" not in bare else found


def _typed_column(column: int, mended: str, typed: str) -> int:
    """Where in a typed line stands what is at a column of that line as mended."""
    if mended.startswith(typed[: column - 1]):
        return column
    return max(1, column + len(typed) - len(mended))


def _place(start: Any, end: Any, first_line: int) -> Place:
    width = end.column - start.column if end.line == start.line else 1
    return Place(line=start.line + first_line, column=start.column + 1, width=max(1, width))


class _Builder:
    """Events → nodes. Duplicate keys are noted; what is refused outright is raised."""

    def __init__(self, path: str, first_line: int, typed: tuple[str, ...]) -> None:
        self.path, self.first_line, self.typed = path, first_line, typed
        self.problems: list[Problem] = []

    def build(self, text: str) -> Node:
        self.lines = text.split("\n")
        events = iter(yaml.parse(text.translate(_SPACES), Loader=LOADER))
        root: Node | None = None
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise Refused("yaml-document", event.start_mark, '"---" may not stand in here')
            elif isinstance(event, yaml.NodeEvent):
                root = self._node(event, events, 1)
        return root or Mapping(entries=(), place=Place(line=self.first_line))

    def _node(self, event: yaml.Event, events: Iterator[yaml.Event], depth: int) -> Node:
        self._refuse(event, depth)
        place = self._place(event)
        if isinstance(event, yaml.ScalarEvent):
            if event.style in ("|", ">") and event.value:  # it begins on the next line
                place = Place(line=place.line + 1)
            if not event.style and event.value in NOTHING:
                return self._nothing(event, place)
            return Scalar(text=event.value, place=place)
        if isinstance(event, yaml.SequenceStartEvent):
            items = []
            while not isinstance(inner := next(events), yaml.SequenceEndEvent):
                items.append(self._node(inner, events, depth + 1))
            return Sequence(items=tuple(items), place=place)
        return self._mapping(place, events, depth)

    def _place(self, event: Any) -> Place:
        row, place = (
            event.start_mark.line,
            _place(event.start_mark, event.end_mark, self.first_line),
        )
        typed = self.typed[row] if row < len(self.typed) else ""
        return replace(place, column=_typed_column(place.column, self.lines[row], typed))

    def _nothing(self, event: yaml.ScalarEvent, place: Place) -> Scalar:
        """``null`` is a word that readers would see: it is told, and passed over."""
        mark: Any = event.start_mark
        typed, line, at = event.value, self.lines[mark.line], mark.column
        message = f'"{typed}" would be shown as a word; for nothing, type nothing'
        fix = f"{line[:at].rstrip()}{line[at + len(typed) :]}\n(or put the word in quotes)"
        self.problems.append(problem("yaml-null", message, self.path, place, fix=fix))
        return Scalar(text="", place=place)

    def _mapping(self, place: Place, events: Iterator[yaml.Event], depth: int) -> Mapping:
        entries: dict[str, tuple[Scalar, Node]] = {}
        while not isinstance(inner := next(events), yaml.MappingEndEvent):
            key = self._node(inner, events, depth + 1)
            value = self._node(next(events), events, depth + 1)
            if not isinstance(key, Scalar):
                mark = inner.start_mark
                raise Refused("yaml-quote", mark, 'a value that begins with "{" needs quotes')
            if first := entries.get(key.text):
                message = f'"{key.text}" is also set on line {first[0].place.line}'
                fix = "keep one of the two lines"
                self.problems.append(
                    problem("duplicate-key", message, self.path, key.place, fix=fix)
                )
            else:
                entries[key.text] = (key, value)
        return Mapping(entries=tuple(entries.values()), place=place)

    def _refuse(self, event: yaml.Event, depth: int) -> None:
        mark: Any = event.start_mark
        if isinstance(event, yaml.CollectionStartEvent) and (event.anchor or event.tag):
            line = self.lines[mark.line]
            word, _, rest = line[mark.column :].partition(" ")
            fix = f"{line[: mark.column].rstrip()} {rest}".rstrip()
            raise Refused("yaml-anchor", mark, f'"{word}" can\'t be used here', fix)
        if isinstance(event, yaml.AliasEvent) and self.lines[mark.line].strip().startswith("<<"):
            fix = "delete the line,\nand type the fields that it stands for"
            raise Refused("yaml-alias", mark, "fields can't be taken over with <<", fix)
        if isinstance(event, yaml.AliasEvent):
            raise Refused("yaml-alias", mark, 'a value that begins with "*" needs quotes')
        if getattr(event, "anchor", None):
            raise Refused("yaml-anchor", mark, 'a value that begins with "&" needs quotes')
        if getattr(event, "tag", None):
            typed = re.sub(r"(?<=\s)!!\w+ ", "", self.lines[mark.line])  # of no use here
            fix = typed if typed != self.lines[mark.line] else ""
            raise Refused("yaml-tag", mark, 'a value that begins with "!" needs quotes', fix)
        if depth > DEEPEST:
            message = f"this is nested more than {DEEPEST} levels deep"
            fix = re.sub(r"([\[\]])\1+", r"\1", self.lines[mark.line])
            raise Refused("yaml-depth", mark, message, fix)


def _not_a_mapping(root: Node, lines: list[str], path: str, first_line: int) -> Problem:
    code, message, fix, row = unkeyed(lines, min(root.place.line - first_line, len(lines) - 1))
    if code == "yaml-indent":
        code, message, fix = "yaml-colon-missing", '"name: value" lines are expected here', ""
        if re.match(r"\s*- +[\w-]+:(\s|$)", lines[row]):
            fix = f'{lines[row].strip()[1:].strip()}\n(and so on, without "- " before the names)'
    return problem(code, message, path, Place(line=row + first_line), fix=fix)
