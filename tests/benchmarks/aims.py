"""What speed is aimed at, as ratios to others in the same run, and how far it is from that."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sitegen.serving.watch import QUIET

Figures = dict[str, Any]
SMALL, LARGE = 1000, 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Aim:
    """At most ``most`` × what ``peer`` takes (without a peer: seconds), of so many ``posts``.

    The row is that of the peer too, unless ``of`` names another.
    """

    row: str
    posts: int
    most: float
    peer: str = ""
    of: str = ""

    @property
    def words(self) -> str:
        """As a table says it."""
        if not self.peer:
            return f"≤ {self.most * 1000:.0f} ms"
        return f"≤ {self.most:g} × {self.peer}{f', {self.of}' if self.of else ''}"


def _both(row: str, peer: str, small: float, large: float, of: str = "") -> tuple[Aim, Aim]:
    return (
        Aim(row=row, posts=SMALL, most=small, peer=peer, of=of),
        Aim(row=row, posts=LARGE, most=large, peer=peer, of=of),
    )


AIMS = (
    *_both("unchanged", "hugo", 0.12, 0.05),
    *_both("unchanged", "", 0.1, 0.25),
    *_both("one edited body", "hugo", 0.4, 0.15),
    *_both("one edited title", "hugo", 0.5, 0.25),
    *_both("one edited template", "hugo", 1, 1, "cold"),
    *_both("cold", "hugo", 2, 2),
    *_both("cold", "eleventy", 0.8, 1),
    *_both("cold", "pelican", 0.35, 0.3),
    Aim(row="cold", posts=SMALL, most=1.3, peer="fast floor"),
    *_both("save to event", "", 0.06 + QUIET, 0.2 + QUIET),
    *_both("memory", "hugo", 1, 0.5),
)
GROWTH = 1.15  # of the cold build's time per post


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What became of an aim: a ratio, or seconds where it has no peer."""

    aim: Aim
    found: float

    @property
    def reached(self) -> bool:
        """Whether it is so fast."""
        return self.found <= self.aim.most


def value(figures: Figures, builder: str, row: str, unit: str = "wall") -> float | None:
    """Seconds, or MB in the row "memory"; None where it was not measured.

    ``unit`` is "wall" or "cpu".
    """
    mine = figures["builders"].get(builder, {})
    found: float | None
    if row == "save to event":
        found = figures["saves"].get(builder, {}).get("event")
    elif row == "memory":
        found = mine.get("memory")
    else:
        found = mine.get("rows", {}).get(row, {}).get(unit)
    return found


def ratio(figures: Figures, row: str, peer: str, of: str = "", unit: str = "wall") -> float | None:
    """How many times what the peer takes sitegen takes."""
    ours, theirs = value(figures, "sitegen", row, unit), value(figures, peer, of or row, unit)
    return ours / theirs if ours and theirs else None


def verdicts(figures: Figures) -> Iterator[Verdict]:
    """Each aim for a site of this size whose peer was there."""
    for aim in AIMS:
        if aim.posts == figures["posts"]:
            found = (
                ratio(figures, aim.row, aim.peer, aim.of)
                if aim.peer
                else value(figures, "sitegen", aim.row)
            )
            if found is not None:
                yield Verdict(aim=aim, found=found)


def growth(all_figures: Sequence[Figures]) -> tuple[tuple[int, float, float], ...]:
    """By size: the posts, milliseconds a post from nothing, and that over the smallest size's."""
    rows = sorted((f["posts"], value(f, "sitegen", "cold") or 0.0) for f in all_figures)
    each = [(posts, 1000 * wall / posts) for posts, wall in rows]
    return tuple((posts, ms, ms / each[0][1]) for posts, ms in each)
