"""Explainers."""

from __future__ import annotations

from collections.abc import Callable
from zoneinfo import ZoneInfo

import pytest

from sitegen.kinds import explainer
from sitegen.kinds.explainer import Explainer, IndicatorFacts
from sitegen.model import Document, Rendered
from tests import sites

Faults = Callable[..., list[str]]
INDICATOR = "indicators:\n  - id: waits\n    label: Waits\n"


def test_fields(read: Callable[..., Document]) -> None:
    """An explainer has partners, a tag that it follows, and indicators, as typed."""
    document = read(
        "explainer",
        "partners: [icb, The Council]\nfollows: care\n" + INDICATOR + "    target: 1.10\n"
        "    source_url: https://example.org/\n    values: [{as_of: 2026-01-01, value: 7}]\n",
    )
    front = document.front
    assert document.problems == ()
    assert isinstance(front, Explainer)
    assert (front.partners, front.follows) == (("icb", "The Council"), "care")
    assert (front.indicators[0].target, front.indicators[0].values[0].value) == ("1.10", "7")


def test_what_it_needs(faults: Faults) -> None:
    """An explainer needs its review dates; it needs no date of its own."""
    assert faults("explainer", less="last_reviewed_on next_review_due", fields="slug: a") == [
        '1:1 error missing-field: "last_reviewed_on" is missing: the day it was last checked',
        '1:1 error missing-field: "next_review_due" is missing: the day by which to check it again',
    ]
    assert faults("explainer") == []


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        (
            "next_review_due: 2026-05-31",
            "2:18 error date-order: next_review_due (31 May 2026) is before last_reviewed_on "
            "(1 June 2026, line 6)",
        ),
        (
            INDICATOR + "  - id: waits\n    label: B\n",
            '5:9 error duplicate-id: the indicator "waits" is there twice',
        ),
        (
            INDICATOR + "    values: [{as_of: 2026-01-01, value: 7}]\n",
            "3:5 error indicator-source: values need their source_url",
        ),
        (
            INDICATOR + "    source_url: https://example.org/\n"
            "    values: [{as_of: 2026-01-01, value: 7}, {as_of: 2026-01-01, value: 8}]\n",
            "6:53 error duplicate-day: this day is there twice, among the values of Waits",
        ),
        (
            INDICATOR + "    source_url: here\n    values: [{as_of: 2026-01-01, value: 7}]\n",
            '5:17 error bad-url: "here" is not a web address',
        ),
        (
            INDICATOR + "    source_url: https://example.org/\n    values: [{value: 7}]\n",
            '6:14 error missing-field: "as_of" is missing: the day that the value is of',
        ),
    ],
)
def test_rules(faults: Faults, fields: str, fault: str) -> None:
    """Reviews come in order; an indicator and a day stand once; values name their source."""
    assert faults("explainer", fields) == [fault]


def test_no_values_yet(faults: Faults) -> None:
    """An indicator without values needs no source yet."""
    assert faults("explainer", INDICATOR) == []


def test_turns(read: Callable[..., Document]) -> None:
    """An explainer changes when a value's day comes; readers see no review fall due."""
    front = read(
        "explainer",
        INDICATOR + "    source_url: https://example.org/\n"
        "    values: [{as_of: 2026-07-01, value: 7}]\n",
    ).front
    assert isinstance(front, Explainer)
    turns = list(explainer.turns(front, ZoneInfo("Europe/London")))
    assert [(t.at.isoformat(), t.what, t.visible) for t in turns] == [
        ("2027-05-31T23:00:00+00:00", "falls due for review", False),
        ("2026-06-30T23:00:00+00:00", "shows a value of Waits", True),
    ]


def shown(label: str, *values: str, unit: str = "", target: str = "") -> IndicatorFacts:
    """An indicator's facts at 15 June 2026. Each value is a day and a number: 2026-01-31 7."""
    rows = ", ".join("{{as_of: {}, value: {}}}".format(*value.split()) for value in values)
    more = (f'unit: "{unit}", ' if unit else "") + (f"target: {target}, " if target else "")
    row = f"{{id: a, label: {label}, {more}source_url: 'https://example.org/', values: [{rows}]}}"
    files = {"content/explainers/a.md": sites.explainer(indicators=f"[{row}]")}
    output = sites.planned(files)["explainers/a/index.html"]
    assert isinstance(output, Rendered)
    found: IndicatorFacts = output.view.facts.indicators[0]
    return found


@pytest.mark.parametrize(
    ("label", "values", "unit", "target", "sentence"),
    [
        (
            *("Waits", ["2026-04-30 64", "2026-05-31 16"], "", "0"),
            "Waits fell from 64 on 30 April 2026 to 16 on 31 May 2026. The target is 0.",
        ),
        (
            *("At home", ["2026-04-30 80.10", "2026-05-31 85"], "%", "90.0"),
            "At home rose from 80.10% on 30 April 2026 to 85% on 31 May 2026. The target is 90.0%.",
        ),
        (
            *("Waits", ["2026-03-31 9", "2026-04-30 64", "2026-05-31 9.0"], "", ""),
            "Waits: 9 on 31 March 2026, and the same on 31 May 2026.",
        ),
        (*("Waits", ["2026-04-30 12"], "", ""), "Waits: 12 on 30 April 2026."),
        (
            *("Gap", ["2026-04-30 -3", "2026-05-31 -12"], "percentage points", ""),
            "Gap (percentage points) fell from -3 on 30 April 2026 to -12 on 31 May 2026.",
        ),
        (
            *("Waits of a year", ["2026-04-30 3", "2026-05-31 12"], "waits", ""),
            "Waits of a year rose from 3 on 30 April 2026 to 12 on 31 May 2026.",
        ),
    ],
)
def test_the_sentence(label: str, values: list[str], unit: str, target: str, sentence: str) -> None:
    """What the first and the last value are, and which is more; a unit in words is named once."""
    assert shown(label, *values, unit=unit, target=target).sentence == sentence


def test_values_are_shown_by_day() -> None:
    """Oldest first, however they are typed, and none before its day has come."""
    facts = shown("Waits", "2026-05-31 16", "2026-07-01 8", "2026-04-30 64")
    assert [(row.as_of.text, row.value) for row in facts.rows] == [
        ("30 April 2026", "64"),
        ("31 May 2026", "16"),
    ]
    assert facts.chart
    assert len(facts.chart.columns) == 2
    assert "8" not in [label.text for label in facts.chart.labels]


def test_nothing_is_published_yet() -> None:
    """No sentence, chart or rows while all values are still to come; the target has its unit."""
    facts = shown("Waits", "2026-07-01 8", unit="days", target="5")
    assert (facts.sentence, facts.chart, facts.rows) == (None, None, ())
    assert facts.target == "5 days"
    assert shown("Waits", unit="%", target="5").target == "5%"
