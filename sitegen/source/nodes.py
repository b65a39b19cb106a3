"""What YAML holds, each value with its place: scalars, lists and mappings."""

from __future__ import annotations

from dataclasses import dataclass

from sitegen.problems import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Scalar:
    """A single value as typed, quotes and escapes undone."""

    text: str
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Sequence:
    """A list."""

    items: tuple[Node, ...]
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapping:
    """Keys with their values, in the order of the file; no key stands twice."""

    entries: tuple[tuple[Scalar, Node], ...]
    place: Place


Node = Scalar | Sequence | Mapping


def is_empty(node: Node) -> bool:
    """Whether a value counts as absent: nothing after the colon, or an empty list or group."""
    match node:
        case Scalar():
            return not node.text.strip()
        case Sequence():
            return not node.items
        case Mapping():
            return not node.entries
