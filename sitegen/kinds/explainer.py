"""Explainers: living pages about one subject, reviewed at set dates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal as Number
from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sitegen.kinds.common import Front, Kind, Turn, common_rules, common_turns, day
from sitegen.model import Entry
from sitegen.pages import charts
from sitegen.pages.charts import Chart
from sitegen.shown import Card, LinkTo, Look, When
from sitegen.source.fieldtypes import Day, Decimal, Key, Organisation, Tag, Text, Web
from sitegen.source.schema import Group, ListOf, Need, Reading, field, to_add

if TYPE_CHECKING:
    from sitegen.source.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One value of an indicator."""

    as_of: dt.date = field(Day(), "the day that the value is of", Need.REQUIRED)
    value: str = field(Decimal(), "the value", Need.REQUIRED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """Something counted to tell whether an aim is being met."""

    id: str = field(Key, "its id", Need.REQUIRED)
    label: str = field(Text(), "what is counted", Need.REQUIRED)
    unit: str | None = field(Text(), "the unit, such as % or people")
    target: str | None = field(Decimal(), "the value aimed for")
    values: tuple[Measured, ...] = field(ListOf(Group(Measured)), "the values so far")
    source_url: str | None = field(Web, "where the values are published")


@dataclass(frozen=True, slots=True, kw_only=True)
class Explainer(Front):
    """The front matter of an explainer."""

    date: dt.date | None = field(Day(), "the day it was first published on this site")
    last_reviewed_on: dt.date = field(Day(), "the day it was last checked", Need.REQUIRED)
    next_review_due: dt.date = field(Day(), "the day by which to check it again", Need.REQUIRED)
    partners: tuple[str, ...] = field(ListOf(Organisation), "the organisations involved")
    follows: str | None = field(Tag, "the tag whose latest posts the page lists")
    indicators: tuple[Indicator, ...] = field(ListOf(Group(Indicator)), "what is measured")


def rules(front: Explainer, reading: Reading) -> None:
    """An indicator's id stands once, and so does a day; one with values names their source."""
    common_rules(front, reading)
    seen: set[str] = set()
    for i, indicator in enumerate(front.indicators):
        if indicator.id in seen:
            at = f"indicators.{i}.id"
            reading.fault("duplicate-id", at, f'the indicator "{indicator.id}" is there twice')
        seen.add(indicator.id)
        _days(indicator, f"indicators.{i}", reading)
        if indicator.values and not indicator.source_url:
            at = f"indicators.{i}"
            message = "values need their source_url"
            fix = f"{to_add(f'{at}.source_url', reading)}: https://…"
            if f"{at}.source_url" not in reading.unread:
                reading.lacks("indicator-source", at, message, fix=fix)


def _days(indicator: Indicator, at: str, reading: Reading) -> None:
    """A day has one value."""
    seen: set[dt.date] = set()
    for i, as_of in enumerate(value.as_of for value in indicator.values):
        if as_of in seen:
            message = f"this day is there twice, among the values of {indicator.label}"
            fix = "delete one of the two values, or correct its day"
            reading.fault("duplicate-day", f"{at}.values.{i}.as_of", message, fix=fix)
        elif as_of:
            seen.add(as_of)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One value of an indicator, as its table shows it.

    as_of: the day that the value is of
    value: the value, as the language writes numbers
    """

    as_of: When
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorFacts:
    """An indicator with its values, oldest first.

    id: the anchor to link to
    label: what is counted
    unit: the unit, such as % or people
    target: the value aimed for, with its unit
    source_url: where the values are published
    sentence: what the chart shows, in words; None when nothing is published yet
    chart: the values drawn; None when nothing is published yet
    rows: the values; empty when nothing is published yet
    """

    id: str
    label: str
    unit: str | None
    target: str | None
    source_url: str | None
    sentence: str | None
    chart: Chart | None
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainerFacts:
    """What the template of an explainer shows besides what every post has.

    partners: the organisations involved
    follows: the tag whose posts it lists
    latest: the newest posts with that tag
    indicators: what is measured
    """

    partners: tuple[LinkTo, ...]
    follows: LinkTo | None
    latest: tuple[Card, ...]
    indicators: tuple[IndicatorFacts, ...]


def facts(entry: Entry, look: Look) -> ExplainerFacts:
    """The facts for kinds/explainer.html."""
    front: Explainer = entry.front  # type: ignore[assignment]
    return ExplainerFacts(
        partners=tuple(look.organisation(name) for name in front.partners),
        follows=look.tag(front.follows) if front.follows else None,
        latest=look.latest(front.follows) if front.follows else (),
        indicators=tuple(_indicator(i, look) for i in front.indicators),
    )


def _indicator(row: Indicator, look: Look) -> IndicatorFacts:
    values = sorted((v for v in row.values if look.reached(v.as_of)), key=lambda v: v.as_of)
    days = [look.day(v.as_of) for v in values]
    amount = partial(_amount, unit=row.unit, words=look.words)
    target = row.target and amount(row.target)
    drawn = [
        charts.Value(day=v.as_of, words=shown.text, number=v.value)
        for v, shown in zip(values, days, strict=True)
    ]
    return IndicatorFacts(
        id=row.id,
        label=row.label,
        unit=row.unit,
        target=target and (target if row.unit in (None, "%") else f"{target} {row.unit}"),
        source_url=row.source_url,
        sentence=_sentence(row, values, amount, look.words) if values else None,
        chart=charts.chart(
            drawn,
            amount=amount,
            target=row.target,
            target_words=look.words.text("indicator_target", value=target),
        ),
        rows=tuple(
            Row(as_of=d, value=look.words.number(v.value))
            for v, d in zip(values, days, strict=True)
        ),
    )


def _amount(number: str, *, unit: str | None, words: Words) -> str:
    """A number with its unit where that is a sign: ``64%``. Words for a unit stand elsewhere."""
    return words.number(number) + ("%" if unit == "%" else "")


def _sentence(
    row: Indicator, values: list[Measured], amount: Callable[[str], str], words: Words
) -> str:
    """What the chart shows: its first value and its last, and what is aimed for.

    A unit in words is named once, unless the label names it already.
    """
    first, last = values[0], values[-1]
    named = row.unit in (None, "%") or row.unit.casefold() in row.label.casefold()
    told = words.text(
        f"indicator_{_change(values)}",
        label=row.label.rstrip(".") + ("" if named else f" ({row.unit})"),
        first=amount(first.value),
        start=first.as_of,
        last=amount(last.value),
        end=last.as_of,
    )
    if row.target is None:
        return told
    return f"{told} {words.text('indicator_aim', value=amount(row.target))}"


def _change(values: list[Measured]) -> str:
    """one, same, rose or fell: from the first of the values to the last."""
    first, last = (Number(values[i].value) for i in (0, -1))
    if len(values) == 1:
        return "one"
    return "same" if first == last else "rose" if first < last else "fell"


def turns(front: Explainer, tz: ZoneInfo) -> Iterable[Turn]:
    """When an explainer appears, changes, falls due for review, and shows new values."""
    yield from common_turns(front, tz)
    for indicator in front.indicators:
        for value in indicator.values:
            yield Turn(at=day(value.as_of, tz), what=f"shows a value of {indicator.label}")


KIND = Kind(
    name="explainer",
    folder="explainers",
    label="Explainer",
    plural="Explainers",
    front=Explainer,
    dated=False,
    rules=rules,
    turns=turns,
    facts=facts,
)
