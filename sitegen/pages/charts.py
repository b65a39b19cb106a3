"""A small chart of some values over time: where its columns or points, lines and labels stand.

A chart has units of its own: ``WIDTH`` of them across and ``HEIGHT`` down from its top left
corner, in which its text is ``TEXT`` high. All places are whole numbers. Time runs from left to
right by the calendar; heights begin at zero, which stands at the foot unless a value is negative.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

WIDTH, HEIGHT, TEXT = 320, 190, 14
LETTER = 10  # the width of a letter or digit, at most on the average
ROW = 22  # a row of text
WIDEST, NARROWEST, POINT = 56, 12, 10  # a column, and a point of a line
MOST_COLUMNS = 8
STEPS = (1, 2, 3, 4, 5, 6, 8, 10)  # where an axis may end, times a power of ten


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """A value to draw: its day, that day in words, and the number (a decimal, as typed)."""

    day: dt.date
    words: str
    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column, by its top left corner.

    x: its left edge
    y: its top
    width: how wide it is
    height: how high it is
    """

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A point of a line.

    x: how far from the left
    y: how far from the top
    """

    x: int
    y: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A level line, from left to right.

    x1: where it begins
    x2: where it ends
    y: how far from the top
    """

    x1: int
    x2: int
    y: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """Some text, by its base line.

    x: how far from the left
    y: how far from the top
    anchor: which part of it stands at ``x``, as SVG says: start, middle or end
    text: the text
    """

    x: int
    y: int
    anchor: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A chart: columns for a few values, else points to be joined by a line.

    width: how wide it is, in units of its own
    height: how high it is
    axis: the line at zero
    grid: the lines where the axis ends
    columns: the columns of a few values
    points: the points of more values, from left to right
    targets: the line at the height of the target, and its sample beside what is said of it
    labels: the texts
    """

    width: int
    height: int
    axis: Rule
    grid: tuple[Rule, ...]
    columns: tuple[Column, ...]
    points: tuple[Point, ...]
    targets: tuple[Rule, ...]
    labels: tuple[Label, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Frame:
    """Where the values are drawn, and between which numbers."""

    left: int
    top: int
    bottom: int
    low: Decimal
    high: Decimal

    @property
    def ends(self) -> tuple[Decimal, Decimal]:
        """The least and the greatest number; one of them may be zero."""
        return self.low, self.high

    def y(self, number: str | Decimal) -> int:
        """The height of a number."""
        share = (Decimal(number) - self.low) / (self.high - self.low)
        return self.bottom - round(share * (self.bottom - self.top))


def chart(
    values: Sequence[Value],
    *,
    amount: Callable[[str], str] = str,
    target: str | None = None,
    target_words: str = "",
) -> Chart | None:
    """The chart of some values, oldest first; None when there are none.

    ``amount`` is how a number is shown: ``1,200``, ``64%``. ``target`` is a number, and
    ``target_words`` what is said of it.
    """
    if not values:
        return None
    frame = _frame(values, amount, target)
    width = _column(values, frame)
    places = _places(values, frame, width or POINT)
    heights = [frame.y(value.number) for value in values]
    pairs = list(zip(places, heights, strict=True))
    return Chart(
        width=WIDTH,
        height=HEIGHT,
        axis=Rule(x1=frame.left, x2=WIDTH, y=frame.y("0")),
        grid=tuple(Rule(x1=frame.left, x2=WIDTH, y=frame.y(n)) for n in frame.ends if n),
        columns=tuple(_columns(pairs, width, frame.y("0"))) if width else (),
        points=() if width else tuple(Point(x=x, y=y) for x, y in pairs),
        targets=_targets(target, frame),
        labels=(
            *_axis_labels(frame, amount),
            *_value_labels(values, pairs, frame, amount, is_line=not width),
            *_day_labels(values, places),
            *([_key(target_words)] if target else []),
        ),
    )


# ---- numbers


def _frame(values: Sequence[Value], amount: Callable[[str], str], target: str | None) -> _Frame:
    """The room that labels leave. Its numbers begin at zero and end at a round one."""
    numbers = [Decimal(n) for n in [*(value.number for value in values), target or "0"]]
    low, high = -_round_up(-min(numbers)), _round_up(max(numbers))
    if low == high:
        high = Decimal(1)
    longest = max(len(amount(_plain(n))) for n in (low, high))
    return _Frame(
        left=longest * LETTER + 6,
        top=ROW * (2 if target else 1),
        bottom=HEIGHT - ROW * (2 if low < 0 else 1),
        low=low,
        high=high,
    )


def _round_up(number: Decimal) -> Decimal:
    """The least round number that is no less; 0 for what is negative."""
    if number <= 0:
        return Decimal(0)
    power = Decimal(10) ** number.adjusted()
    return next(step * power for step in STEPS if step * power >= number)


def _plain(number: Decimal) -> str:
    """A number in digits, without an exponent or zeros that say nothing."""
    return f"{number.normalize():f}"


# ---- places


def _column(values: Sequence[Value], frame: _Frame) -> int:
    """How wide the columns can be; 0 where there is no room for them."""
    if len(values) > MOST_COLUMNS:
        return 0
    days = [value.day.toordinal() for value in values]
    if len(days) == 1:
        return WIDEST
    nearest = min(b - a for a, b in pairwise(days))
    width = min(WIDEST, (WIDTH - frame.left) * nearest * 2 // (3 * (days[-1] - days[0] or 1)))
    return width if width >= NARROWEST else 0


def _places(values: Sequence[Value], frame: _Frame, width: int) -> list[int]:
    """Where each value stands from left to right, ``width`` in the middle of the room."""
    first, last = (values[i].day.toordinal() for i in (0, -1))
    left, right = frame.left + width // 2 + 4, WIDTH - width // 2 - 2
    if first == last:
        return [(left + right) // 2 for _ in values]
    days = (value.day.toordinal() - first for value in values)
    return [left + day * (right - left) // (last - first) for day in days]


def _columns(pairs: Sequence[tuple[int, int]], width: int, zero: int) -> Iterator[Column]:
    """A column from zero to each number; one of zero is a line on the axis."""
    for x, y in pairs:
        height = max(abs(zero - y), 2)
        yield Column(x=x - width // 2, y=min(y, zero), width=width, height=height)


def _targets(target: str | None, frame: _Frame) -> tuple[Rule, ...]:
    if target is None:
        return ()
    line = Rule(x1=frame.left, x2=WIDTH, y=frame.y(target))
    return line, Rule(x1=0, x2=28, y=TEXT - 5)


# ---- labels


def _key(words: str) -> Label:
    """What the target's line means, at the head."""
    return Label(x=36, y=TEXT, anchor="start", text=words)


def _axis_labels(frame: _Frame, amount: Callable[[str], str]) -> Iterator[Label]:
    """Zero, and where the axis ends."""
    for number in sorted({Decimal(0), *frame.ends}):
        text = amount(_plain(number))
        yield Label(x=frame.left - 6, y=frame.y(number) + 5, anchor="end", text=text)


def _value_labels(
    values: Sequence[Value],
    pairs: Sequence[tuple[int, int]],
    frame: _Frame,
    amount: Callable[[str], str],
    *,
    is_line: bool,
) -> Iterator[Label]:
    """The first number and the last, over or under where they stand, within the frame."""
    for i, beside in {0: 1, len(values) - 1: -2}.items():
        x, y = pairs[i]
        text = amount(values[i].number)
        half = len(text) * LETTER // 2
        # Out of the way of the line to the next point, or beyond the end of the column.
        if is_line:
            under = pairs[beside][1] < y <= frame.bottom - ROW
        else:
            under = values[i].number.startswith("-")
        yield Label(
            x=min(max(x, frame.left + half), WIDTH - half),
            y=y + TEXT + 4 if under else y - 8,
            anchor="middle",
            text=text,
        )


def _day_labels(values: Sequence[Value], places: Sequence[int]) -> Iterator[Label]:
    """The first day and the last, at the foot; one alone under its value."""
    y = HEIGHT - 5
    if len(values) == 1:
        yield Label(x=places[0], y=y, anchor="middle", text=values[0].words)
        return
    first, last = values[0].words, values[-1].words
    left, right = len(first) * LETTER // 2, len(last) * LETTER // 2  # half of each
    start, end = max(places[0], left), min(places[-1], WIDTH - right)
    if start + left + LETTER > end - right:  # no room for both under their columns
        start, end = left, WIDTH - right
    yield Label(x=start, y=y, anchor="middle", text=first)
    yield Label(x=end, y=y, anchor="middle", text=last)
