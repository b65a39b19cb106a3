"""The figures for people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from tests.benchmarks.aims import GROWTH, Figures, growth, ratio, value, verdicts

OURS = "sitegen"
BUSY = 0.3  # processors that others may use while something is measured


def report(all_figures: Sequence[Figures]) -> str:
    """All tables, the sizes one after the other."""
    parts = [part for figures in all_figures for part in _tables(figures)]
    if len(all_figures) > 1:
        parts.append("\n".join(_growth(all_figures)))
    return "\n\n".join(parts)


def _tables(figures: Figures) -> Iterator[str]:
    yield "\n".join(_ours(figures))
    peers = [name for name, found in figures["builders"].items() if "unchanged" in found["rows"]]
    if len(peers) > 1:
        yield "\n".join(_peers(figures, peers, "wall"))
        yield "\n".join(_peers(figures, peers, "cpu"))
    if judged := list(verdicts(figures)):
        rows = [
            (v.aim.row, v.aim.words, _found(v.found, v.aim.peer), "yes" if v.reached else "NO")
            for v in judged
        ]
        yield "\n".join(_rows(("aim", "", "found", "reached"), rows))
    if notes := list(_notes(figures)):
        yield "\n".join(notes)


def _ours(figures: Figures) -> Iterator[str]:
    """What sitegen takes, and what the search and the sizes of pictures add."""
    words = "{median:.0f} words in the middle, {most} at most, {all} in all"
    yield f"{figures['posts']} posts, {words.format(**figures['words'])}; {figures['on']}"
    found = figures["builders"]
    rows = [_row(row, taken) for row, taken in found[OURS]["rows"].items()]
    for name in found:
        if name.startswith("with "):
            rows += [_row(f"{row}, {name}", t) for row, t in found[name]["rows"].items()]
    yield from _rows(("", "seconds", "CPU", "MB", "made"), rows)
    if memory := found[OURS]["memory"]:
        yield f"Peak memory of all processes, cold: {memory:.0f} MB"
    for name, taken in figures["saves"].items():
        waits = ", ".join(f"{1000 * s:.0f} ms to the {what}" for what, s in taken.items())
        yield f"From a save, served by {name}: {waits}"


def _row(name: str, taken: dict[str, float]) -> tuple[str, ...]:
    made = f"{taken['made']:.0f}" if "made" in taken else ""
    return name, f"{taken['wall']:.3f}", f"{taken['cpu']:.2f}", f"{taken['mb']:.0f}", made


def _peers(figures: Figures, names: Sequence[str], unit: str) -> Iterator[str]:
    """Seconds of each, and in brackets how many times that sitegen takes."""
    rows = [
        (row, *(_beside(figures, row, name, unit) for name in names))
        for row in figures["builders"][OURS]["rows"]
    ]
    if unit == "wall":
        rows.append(("memory", *(_beside(figures, "memory", name, unit) for name in names)))
        rows.append(("files", *(_files(figures["builders"][name]) for name in names)))
    yield from _rows(("seconds" if unit == "wall" else "CPU", *names), rows)


def _files(found: dict[str, Any]) -> str:
    return f"{found['files']}, {found['mb_of_files']} MB"


def _beside(figures: Figures, row: str, name: str, unit: str) -> str:
    taken = value(figures, name, row, unit)
    if taken is None:
        return "–"
    shown = f"{taken:.0f} MB" if row == "memory" else f"{taken:.3f}"
    times = ratio(figures, row, name, unit=unit)
    return shown if name == OURS or times is None else f"{shown} ({times:.2f}×)"


def _found(found: float, peer: str) -> str:
    return f"{found:.2f}" if peer else f"{found * 1000:.0f} ms"


def _notes(figures: Figures) -> Iterator[str]:
    yield f"After all edits, the same bytes as a clean build: {figures['same_as_clean']}"
    rows = [row for found in figures["builders"].values() for row in found["rows"].values()]
    others = max((row.get("others", 0.0) for row in rows), default=0.0)
    if others > BUSY:
        yield f"Others kept up to {others:.1f} processors busy: times are longer than they need be."
    for name, why in figures["failed"].items():
        yield f"{name} is left out: {why}"


def _growth(all_figures: Sequence[Figures]) -> Iterator[str]:
    """What a post costs from nothing, as the site grows."""
    rows = [
        (f"{posts}", f"{each:.3f}", f"{times:.2f}", "yes" if times <= GROWTH else "NO")
        for posts, each, times in growth(all_figures)
    ]
    yield from _rows(("posts", "ms a post", "times", f"≤ {GROWTH}"), rows)


def _rows(heads: Sequence[str], rows: Sequence[Sequence[Any]]) -> Iterator[str]:
    """Columns: the first to the left, the others to the right."""
    widths = [max(len(row[i]) for row in (heads, *rows)) for i in range(len(heads))]
    for row in (heads, *rows):
        cells = [row[0].ljust(widths[0])]
        cells += [cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)]
        yield "  ".join(cells).rstrip()
