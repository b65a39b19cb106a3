"""Explainers: living pages about one subject, reviewed at set dates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal as Number
from zoneinfo import ZoneInfo

from sitegen.fieldtypes import Day, Decimal, Key, Organisation, Tag, Text, Web
from sitegen.kinds.common import Front, Kind, Turn, common_rules, common_turns, day
from sitegen.model import Card, Entry, LinkTo, Look, When
from sitegen.schema import Group, ListOf, Need, Reading, field


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
    """An indicator's id stands once; one with values names their source."""
    common_rules(front, reading)
    seen: set[str] = set()
    for i, indicator in enumerate(front.indicators):
        if indicator.id in seen:
            at = f"indicators.{i}.id"
            reading.fault("duplicate-id", at, f'the indicator "{indicator.id}" is there twice')
        seen.add(indicator.id)
        if indicator.values and not indicator.source_url:
            at = f"indicators.{i}"
            message, fix = "values need their source_url", "add source_url: https://…"
            if f"{at}.source_url" not in reading.unread:
                reading.lacks("indicator-source", at, message, fix=fix)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One value of an indicator. ``share`` is its length in percent of the chart."""

    as_of: When
    value: str
    share: int


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorFacts:
    """An indicator with its values, oldest first; none when nothing is published yet."""

    id: str
    label: str
    unit: str | None
    target: str | None
    source_url: str | None
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainerFacts:
    """What the template of an explainer shows besides what every post has."""

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
    # A bar is as long as its share of the target, of 100 % or of the longest: the most of these.
    marks = [v.value for v in values] + [row.target or "0", "100" if row.unit == "%" else "0"]
    longest = max(abs(Number(mark)) for mark in marks) or Number(1)
    bars = (
        Bar(as_of=look.day(v.as_of), value=v.value, share=int(abs(Number(v.value)) * 100 / longest))
        for v in values
    )
    return IndicatorFacts(
        id=row.id,
        label=row.label,
        unit=row.unit,
        target=row.target,
        source_url=row.source_url,
        bars=tuple(bars),
    )


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
