"""Explainers."""

from __future__ import annotations

from collections.abc import Callable
from zoneinfo import ZoneInfo

import pytest

from sitegen.kinds import explainer
from sitegen.kinds.explainer import Explainer
from sitegen.model import Document

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
    """Reviews come in order; an indicator stands once, and its values name their source."""
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
