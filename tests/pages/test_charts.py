"""Small charts: where their columns, points, lines and labels stand."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.fingerprint import digest
from sitegen.pages import charts
from sitegen.pages.charts import HEIGHT, LETTER, TEXT, WIDTH, Chart, Label, Value

START = dt.date(2026, 1, 31)


def drawn(*numbers: str, every: int = 90, **more: str) -> Chart:
    """The chart of some values, so many days apart."""
    days = [START + dt.timedelta(days=i * every) for i in range(len(numbers))]
    values = [Value(day=d, words=str(d), number=n) for d, n in zip(days, numbers, strict=True)]
    found = charts.chart(values, **more)
    assert found
    return found


def texts(chart: Chart) -> list[str]:
    """What the labels say."""
    return [label.text for label in chart.labels]


def label(chart: Chart, text: str) -> Label:
    """The last label that says this: labels of the axis come first."""
    return [found for found in chart.labels if found.text == text][-1]


def test_no_values() -> None:
    """There is no chart of nothing."""
    assert charts.chart([]) is None


def test_columns() -> None:
    """Columns stand on zero, and are as high as their share of the round end of the axis."""
    chart = drawn("64", "16")
    assert [c.height for c in chart.columns] == [round(146 * 64 / 80), round(146 * 16 / 80)]
    assert {c.y + c.height for c in chart.columns} == {chart.axis.y} == {HEIGHT - 22}
    assert (chart.points, chart.targets) == ((), ())
    assert texts(chart) == ["0", "80", "64", "16", "2026-01-31", "2026-05-01"]


def test_one_value() -> None:
    """A single column in the middle, its number over it and its day under it."""
    chart = drawn("7.5")
    [column] = chart.columns
    middle = column.x + column.width // 2
    assert texts(chart) == ["0", "8", "7.5", "2026-01-31"]
    assert (label(chart, "7.5").x, label(chart, "2026-01-31").x) == (middle, middle)
    assert label(chart, "7.5").y < column.y


def test_the_calendar_decides_the_places() -> None:
    """Twice the time is twice the way."""
    days = [START, START + dt.timedelta(days=30), START + dt.timedelta(days=90)]
    chart = charts.chart([Value(day=d, words="", number="1") for d in days])
    assert chart
    first, second, third = (column.x for column in chart.columns)
    assert abs((third - second) - 2 * (second - first)) <= 2


@pytest.mark.parametrize(("count", "every", "is_line"), [(8, 30, False), (9, 30, True)])
def test_many_values_are_a_line(count: int, every: int, is_line: bool) -> None:
    """Up to eight columns, beyond that points."""
    chart = drawn(*["5"] * count, every=every)
    assert (len(chart.points), len(chart.columns)) == ((count, 0) if is_line else (0, count))


def test_days_too_close_are_a_line() -> None:
    """Two columns would overlap where days lie close together in a long time."""
    days = [START, START + dt.timedelta(days=2), START + dt.timedelta(days=365)]
    chart = charts.chart([Value(day=d, words="", number="1") for d in days])
    assert chart
    assert (len(chart.points), chart.columns) == (3, ())


@pytest.mark.parametrize(
    ("number", "end"),
    [("64", "80"), ("80", "80"), ("81", "100"), ("1", "1"), ("0.35", "0.4"), ("120", "200"),
     ("999999.5", "1000000"), ("0", "1")],
)  # fmt: skip
def test_the_axis_ends_at_a_round_number(number: str, end: str) -> None:
    """The least that is no less than every value; 1 where all are zero."""
    assert texts(drawn(number))[:2] == ["0", end]


def test_zero_is_a_line_on_the_axis() -> None:
    """A value of zero can be seen."""
    chart = drawn("0", "5")
    assert chart.columns[0].height == 2


def test_negative_values() -> None:
    """Columns hang from zero, which is within; what is below has its number under it."""
    chart = drawn("2", "-4", "-3")
    up, down, last = chart.columns
    assert up.y + up.height == down.y == last.y == chart.axis.y
    assert texts(chart)[:3] == ["-4", "0", "2"]
    assert label(chart, "-3").y > last.y + last.height
    assert len(chart.grid) == 2
    only = drawn("-15", "-5")
    assert texts(only)[:2] == ["-20", "0"]


def test_the_target() -> None:
    """A line at its height, with a sample of it beside the words; the axis reaches it."""
    chart = drawn("10", "20", target="85", target_words="Target: 85")
    line, sample = chart.targets
    end, top = label(chart, "100").y - 5, chart.grid[0].y
    assert end == top < line.y < chart.columns[1].y
    words = label(chart, "Target: 85")
    assert sample.x2 < words.x
    assert words.y - TEXT < sample.y < words.y
    assert words.y < top, "it is in nobody's way"


def test_percentages() -> None:
    """Numbers that stand in the chart have their sign."""
    shown = texts(drawn("31.5", "22.50", amount="{}%".format))
    assert shown[:4] == ["0%", "40%", "31.5%", "22.50%"]


def test_labels_keep_clear_of_the_line() -> None:
    """Under the first point of a line that rises, over that of one that falls."""
    rising = drawn(*[str(n) for n in range(50, 100, 5)])
    falling = drawn(*[str(n) for n in range(100, 50, -5)])
    assert label(rising, "50").y > rising.points[0].y
    assert label(rising, "95").y < rising.points[-1].y
    assert label(falling, "100").y < falling.points[0].y
    assert label(falling, "55").y > falling.points[-1].y


def test_a_view_can_hold_it() -> None:
    """Whole numbers and text only: the digest of a view refuses all else."""
    assert len(digest(drawn("1.1", "2.2", target="3.3"))) == 32


NUMBERS = st.decimals(-(10**6), 10**6, places=2).map(str)
DAYS = st.lists(
    st.dates(dt.date(2000, 1, 1), dt.date(2040, 1, 1)), min_size=1, max_size=30, unique=True
)


@given(DAYS, st.data())
def test_everything_is_within(days: list[dt.date], data: st.DataObject) -> None:
    """Whatever the values are: marks and labels lie in the picture, in the order of time."""
    numbers = data.draw(st.lists(NUMBERS, min_size=len(days), max_size=len(days)))
    values = [
        Value(day=d, words="30 September 2026", number=n)
        for d, n in zip(sorted(days), numbers, strict=True)
    ]
    chart = charts.chart(values, amount="{}%".format, target=data.draw(st.none() | NUMBERS))
    assert chart
    places = [c.x for c in chart.columns] or [p.x for p in chart.points]
    assert all(a <= b for a, b in pairwise(places))
    assert all(c.x >= 0 and c.x + c.width <= WIDTH for c in chart.columns)
    assert all(a.x + a.width < b.x for a, b in pairwise(chart.columns))
    assert all(0 <= p.x <= WIDTH and 0 <= p.y <= HEIGHT for p in chart.points)
    assert all(c.y >= 0 and c.y + c.height <= HEIGHT for c in chart.columns)
    assert all(0 <= line.y <= HEIGHT for line in (*chart.targets, *chart.grid, chart.axis))
    for found in chart.labels:
        assert TEXT <= found.y <= HEIGHT, found
        if found.anchor == "middle" and len(found.text) * LETTER < WIDTH // 2:
            half = len(found.text) * LETTER // 2
            assert found.x - half >= 0 and found.x + half <= WIDTH, found
