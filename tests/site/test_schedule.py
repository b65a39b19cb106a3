"""The moments at which something changes, and that nothing changes between them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen import clock
from sitegen.clock import Validity
from sitegen.model import settled
from sitegen.pages import chrome, plan
from sitegen.site import schedule
from sitegen.site.schedule import Event
from tests.sites import (
    CONFIG,
    Files,
    at,
    blog,
    config,
    consultation,
    desk,
    documents,
    explainer,
    post,
)
from tests.trials import trials


def happening(files: Files) -> list[Event]:
    """The events of these files."""
    text = files.get("config.yaml", CONFIG)
    assert isinstance(text, str)
    return schedule.events(documents(files), config(text))


def events_of(files: Files) -> list[tuple[str, str, bool]]:
    """When, what and whether it shows, in the time of London."""
    tz = clock.zone("Europe/London")
    return [(f"{e.at.astimezone(tz):%Y-%m-%d %H:%M}", e.what, e.visible) for e in happening(files)]


def everything(files: Files, now: str) -> tuple[object, ...]:
    """All that the bytes of the site are made of at a moment."""
    at_desk = desk(files, now)
    return chrome.chrome(at_desk), *map(settled, plan.outputs(at_desk))


def test_a_post_appears_changes_and_ends() -> None:
    """Every dated field of a post brings its event, in order; a review shows nothing."""
    files = {
        "content/blog/a.md": blog(
            date="2026-05-01",
            publish_at="2026-05-01 09:00",
            updated="2026-05-05",
            change_notes="[{date: 2026-05-04, note: Small.}]",
            expiry_date="2026-05-09",
            withdrawn="{date: 2026-05-07, reason: Wrong.}",
            last_reviewed_on="2026-05-02",
            next_review_due="2026-05-08",
        )
    }
    assert events_of(files) == [
        ("2026-05-01 09:00", "is published", True),
        ("2026-05-04 00:00", "shows a change note", True),
        ("2026-05-05 00:00", "is updated", True),
        ("2026-05-07 00:00", "is withdrawn", True),
        ("2026-05-08 00:00", "falls due for review", False),
        ("2026-05-10 00:00", "expires", True),
    ]


def test_a_consultation_opens_closes_and_has_an_outcome() -> None:
    """Also what people said; the outcome's being due is for editors only."""
    files = {
        "content/consultations/c.md": consultation(
            "2026-05-02 09:00",
            "2026-05-10",
            feedback_summary="{published_on: 2026-05-12, detail: x}",
        )
    }
    assert events_of(files) == [
        ("2026-05-01 00:00", "is published", True),
        ("2026-05-02 09:00", "opens", True),
        ("2026-05-11 00:00", "closes", True),
        ("2026-05-12 00:00", "shows what people said", True),
        ("2026-08-02 00:00", "has its outcome due", False),
    ]


def test_what_happens_before_a_post_appears_is_no_event() -> None:
    """An opening before the publication is seen when that comes; nothing is told of it."""
    files = {
        "content/consultations/c.md": consultation("2026-04-01", "2026-07-01", date="2026-05-01")
    }
    assert events_of(files)[:2] == [
        ("2026-05-01 00:00", "is published", True),
        ("2026-07-02 00:00", "closes", True),
    ]


@pytest.mark.parametrize("fields", [{"draft": "true"}, {"expiry_date": "2020-01-01"}])
def test_drafts_and_posts_with_faults_bring_nothing(fields: dict[str, str]) -> None:
    """What is not on the site changes nothing on it."""
    assert events_of({"content/blog/a.md": blog(**fields)}) == []


def test_the_alert_comes_and_goes() -> None:
    """From its moment until its moment."""
    alert = "alert: {title: Strike, from: 2026-06-01 08:00, until: 2026-06-02}\n"
    assert events_of({"config.yaml": CONFIG + alert}) == [
        ("2026-06-01 08:00", "shows its alert", True),
        ("2026-06-03 00:00", "takes its alert down", True),
    ]


def event(day: int, *, visible: bool = True) -> Event:
    """An event at midnight (UTC) of a day of June 2026."""
    when = datetime(2026, 6, day, tzinfo=UTC)
    return Event(at=when, ref="blog/a", what="changes", title="A", visible=visible)


@pytest.mark.parametrize(
    ("hour", "bounds"),
    [
        (datetime(2026, 5, 31, 23, tzinfo=UTC), (None, 1)),
        (datetime(2026, 6, 1, 0, tzinfo=UTC), (1, 5)),
        (datetime(2026, 6, 4, 23, tzinfo=UTC), (1, 5)),
        (datetime(2026, 6, 5, 0, tzinfo=UTC), (5, None)),
    ],
)
def test_validity_lies_between_visible_events(
    hour: datetime, bounds: tuple[int | None, int | None]
) -> None:
    """From the last visible event, itself included, to the next, itself excluded."""
    found = schedule.validity([event(1), event(3, visible=False), event(5)], hour)
    start, end = (event(n).at if n else None for n in bounds)
    assert found == Validity(start=start, end=end)
    assert found.holds(hour)
    assert end is None or not found.holds(end)


def test_an_agenda_looks_so_far_and_no_further() -> None:
    """What is now has come; the last day is within to its end; what is after it comes later."""
    happening = [event(1), event(2), event(8), event(9)]
    found = schedule.agenda(happening, event(1).at, ZoneInfo("UTC"), 7)
    assert [e.at.day for e in found.coming] == [2, 8]
    assert found.later == event(9)


def test_a_duty_has_its_whole_day_and_is_overdue_after_it() -> None:
    """Unless the post has ended before."""
    duty, noon = event(5, visible=False), timedelta(hours=12)
    ended = replace(duty, until=event(7).at)
    for day, coming, overdue in [(4, 2, 0), (5, 2, 0), (6, 0, 2), (7, 0, 1)]:
        found = schedule.agenda([duty, ended], event(day).at + noon, ZoneInfo("UTC"), 7)
        assert (len(found.coming), len(found.overdue)) == (coming, overdue)


# ---- nothing changes but at an event

# The clocks go back on 25 October: 22:59 and 23:00 UTC lie about a midnight, before and after.
NOWS = [
    f"2026-10-{day}T{time}+00:00"
    for day in (23, 24, 25)
    for time in ("08:00", "09:00", "16:30", "17:30", "22:59", "23:00")
]
NOWS += ["2026-10-25T23:59+00:00", "2026-10-26T00:00+00:00"]
days = st.sampled_from(["2026-10-24", "2026-10-25", "2026-10-26"])
moments = st.builds("{}{}".format, days, st.sampled_from(["", " 09:00", " 17:30"]))
told = "{{published_on: {}, detail: Said.}}".format
decided = "{{published_on: {}, decision: adopted, detail: Done.}}".format
measured = (
    "[{{id: a, label: A, values: [{{as_of: {}, value: 3}}], source_url: https://a.org}}]".format
)
DATED = {
    "publish_at": moments,
    "expiry_date": moments,
    "updated": days,
    "withdrawn": days.map("{{date: {}, reason: Wrong.}}".format),
    "change_notes": days.map("[{{date: {}, note: New.}}]".format),
    "next_review_due": days,
}
OF_KIND = {
    "consultation": {"feedback_summary": days.map(told), "final_outcome": days.map(decided)},
    "explainer": {"indicators": days.map(measured)},
}


@st.composite
def sites(draw: Any) -> dict[str, str]:
    """A post with some dated fields, beside others that show it; perhaps an alert."""
    kind = draw(st.sampled_from(["blog", "news", "consultation", "explainer"]))
    dated = {"date": days, **DATED, **OF_KIND.get(kind, {})}
    names = [draw(st.sampled_from(sorted(dated))) for _ in range(2)]
    fields = {"date": "2026-10-01", "last_reviewed_on": "2026-10-01"}
    fields |= {name: draw(dated[name]) for name in names}
    if kind == "consultation":
        opens = "2026-10-02" if draw(st.booleans()) else "2026-10-24 09:00"
        closes = draw(st.sampled_from(["2026-10-24", "2026-10-24 17:30", "2026-10-23"]))
        text = consultation(opens, closes, **fields)
    else:
        text = {"blog": blog, "news": post, "explainer": explainer}[kind](**fields)
    folder = {"consultation": "consultations", "explainer": "explainers"}.get(kind, kind)
    first, last = sorted([draw(moments), draw(moments)])
    alert = f"alert: {{title: Hot, from: {first}, until: {last}}}\n"
    return {
        f"content/{folder}/me.md": text,
        "content/news/other.md": post(related=f"[{folder}/me]", date="2026-10-01"),
        "content/explainers/other.md": explainer(follows="dentistry"),
        "config.yaml": CONFIG + (alert if draw(st.integers(0, 3)) == 0 else ""),
    }


def walk(files: Files) -> int:
    """Go through all moments, and count how often the site changes: only at events."""
    visible = [e.at for e in happening(files) if e.visible]
    changes = 0
    before = NOWS[0], everything(files, NOWS[0])
    for now in NOWS[1:]:
        moment, made = before
        between = [when for when in visible if at(moment) < when <= at(now)]
        validity = schedule.validity(happening(files), at(moment))
        assert validity.holds(at(moment))
        assert validity.end == min((when for when in visible if when > at(moment)), default=None)
        assert validity.holds(at(now)) is not bool(between)
        before = now, everything(files, now)
        assert between or before[1] == made
        changes += before[1] != made
    return changes


DAY = "2026-10-25"
ONE_DATE = {
    "published": blog(date=DAY),
    "published at": blog(date="2026-10-01", publish_at=f"{DAY} 09:00"),
    "expired": blog(expiry_date="2026-10-24"),
    "expired at": post(expiry_date=f"{DAY} 17:30"),
    "withdrawn": post(withdrawn=f"{{date: {DAY}, reason: Wrong.}}"),
    "updated": blog(updated=DAY),
    "noted": post(change_notes=f"[{{date: {DAY}, note: New.}}]"),
    "opened": consultation(DAY, "2026-12-01"),
    "closed": consultation("2026-10-01", "2026-10-24"),
    "closed at": consultation("2026-10-01", f"{DAY} 17:30"),
    "answered": consultation("2026-09-01", "2026-10-01", feedback_summary=told(DAY)),
    "decided": consultation("2026-09-01", "2026-10-01", final_outcome=decided(DAY)),
    "changed": explainer(change_notes=f"[{{date: {DAY}, note: New.}}]"),
    "measured": explainer(indicators=measured(DAY)),
}


@pytest.mark.parametrize("text", ONE_DATE.values(), ids=ONE_DATE)
def test_each_date_changes_the_site_once(text: str) -> None:
    """At its event, and at no other moment; also in the night when the clocks go back."""
    folder = "consultations" if "opening_date" in text else "explainers"
    folder = folder if "opening_date" in text or "last_reviewed" in text else "news"
    assert walk({f"content/{folder}/me.md": text.replace("author: Ann Other\n", "")}) == 1


def test_an_alert_changes_the_site_twice() -> None:
    """When it comes and when it goes."""
    alert = f"alert: {{title: Hot, from: 2026-10-24, until: {DAY} 09:00}}\n"
    assert walk({"config.yaml": CONFIG + alert}) == 2


def test_a_review_that_falls_due_changes_nothing() -> None:
    """It is advice for editors."""
    assert walk({"content/explainers/me.md": explainer(next_review_due=DAY)}) == 0


@trials(25)
@given(files=sites())
def test_nothing_changes_between_events(files: dict[str, str]) -> None:
    """With no visible event between two moments the site is the same, byte for byte.

    So wherever two sites differ there is an event between, and ``valid_until`` is no later.
    """
    walk(files)
