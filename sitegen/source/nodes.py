"""What YAML holds, each value with its place: scalars, lists and mappings."""

from __future__ import annotations

import re
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


# White space, and what shows nothing by itself (Unicode's Default_Ignorable_Code_Point).
UNSEEN = re.compile(
    "[\\s\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff]*"
)


def is_empty(node: Node) -> bool:
    """Whether a value counts as absent: nothing to be seen, or an empty list or group."""
    match node:
        case Scalar():
            return bool(UNSEEN.fullmatch(node.text))
        case Sequence():
            return not node.items
        case Mapping():
            return not node.entries
