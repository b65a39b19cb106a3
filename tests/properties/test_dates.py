"""Dates: read as they are written, in order, and known wherever they change a page."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen import clock
from sitegen.clock import BadDate, Moment
from sitegen.kinds import KINDS, states
from sitegen.kinds.consultation import Consultation, FeedbackSummary, FinalOutcome
from sitegen.site import schedule
from tests.fuzz.oracle import LONDON
from tests.properties.typed import DAYS, Spelt, moments
from tests.sites import config, consultation, documents, post, resolved
from tests.trials import trials

ZONES = [clock.zone(name) for name in ("Europe/London", "Australia/Lord_Howe", "Asia/Kathmandu")]
DAY = timedelta(days=1)


@given(DAYS, st.sampled_from(ZONES))
def test_each_way_to_write_a_day_is_that_day(day: date, tz: ZoneInfo) -> None:
    """By itself, with midnight, and with an offset: the day never shifts."""
    typed = day.isoformat()
    assert clock.parse_date(typed) == day == clock.parse_moment(typed).day
    start = clock.starts(Moment(day), tz)
    for text in (typed, f"{typed} 00:00", f"{typed}T0:00:00", f"{typed}T00:00:00.000"):
        assert clock.parse_now(text, tz) == start
    assert clock.parse_now(start.isoformat(), tz) == start


SHOWN = ["{d.day} {m} {d.year}", "{d.day:02} {m3} {d.year}", "{m} {d.day}, {d.year}", "{d:%Y%m%d}"]
SHOWN += ["{w} {d.day} {m} {d.year}", "{d.day}/{d.month}/{d.year}", "{d.year}/{d.month}/{d.day}"]


@given(DAYS, st.sampled_from(SHOWN))
def test_what_is_meant_by_another_way_is_told(day: date, way: str) -> None:
    """A day as pages show it, or as people type it, is refused, and that day told."""
    month, weekday = clock.MONTHS[day.month - 1], clock.DAYS[day.weekday()]
    text = way.format(d=day, m=month, m3=month[:3], w=weekday)
    with pytest.raises(BadDate) as fault:
        clock.parse_date(text)
    assert day.isoformat() in fault.value.fix
    if "/" not in way:
        assert fault.value.fix.startswith(f"write {day}")


@given(st.lists(moments(), min_size=2, max_size=5))
def test_moments_are_in_order(drawn: list[Spelt]) -> None:
    """A later moment begins no earlier, ends no earlier, and ends after it began."""
    typed = [clock.parse_moment(spelt.text) for spelt in drawn]
    assert typed == [spelt.value for spelt in drawn]
    typed.sort(key=lambda m: (m.day, m.time or time()))
    begun = [clock.starts(m, LONDON) for m in typed]
    # In the night when the clocks go back, a later time is a later moment all the same.
    assert begun == sorted(begun)
    ended = [
        clock.ends(m, LONDON) for m in sorted(typed, key=lambda m: (m.day, m.time or time.max))
    ]
    assert ended == sorted(ended)
    assert all(clock.starts(m, LONDON) <= clock.ends(m, LONDON) for m in typed)


# ---- what a page shows, and when


@st.composite
def fronts(draw: st.DrawFn) -> Consultation:
    """A consultation whose dates are near one another, round a change of the clocks or not."""
    first = draw(st.sampled_from([date(2026, 3, 26), date(2026, 10, 22), date(2024, 2, 26)]))
    day = st.integers(0, 9).map(lambda n: first + n * DAY)
    times = st.sampled_from([None, None, time(9, 30), time(17)])
    opens = draw(st.builds(Moment, day, times))
    closes = draw(st.builds(Moment, day, times | st.just(time(23, 59))))
    if clock.ends(closes, LONDON) <= clock.starts(opens, LONDON):
        closes = Moment(opens.day + DAY)
    later = st.integers(1, 5).map(lambda n: closes.day + n * DAY)
    told = st.builds(FeedbackSummary, published_on=later, detail=st.just("Many."))
    done = st.builds(
        FinalOutcome, published_on=later, decision=st.just("adopted"), detail=st.just("So.")
    )
    return Consultation(
        title="A",
        date=first,
        opening_date=opens,
        closing_date=closes,
        feedback_summary=draw(st.none() | told),
        final_outcome=draw(st.none() | done),
        we_asked=draw(st.sampled_from([None, "This."])),
    )


def changes(front: Consultation) -> list[datetime]:
    """Brute force: each half hour of some weeks at which what is shown is not what it was."""
    assert front.date
    step = timedelta(minutes=30)
    start = clock.starts(Moment(front.date - DAY), LONDON)

    def shown(now: datetime) -> tuple[str, frozenset[str]]:
        hidden = states.hidden(front, now, LONDON)
        ours = {name for name in hidden if getattr(front, name)}
        return states.state(front, now, LONDON), frozenset(ours)

    moments = [start + n * step for n in range(48 * 18)]
    looks = [shown(now) for now in moments]
    return [now for now, old, new in zip(moments[1:], looks, looks[1:], strict=False) if old != new]


@trials(25)
@given(fronts())
def test_the_turns_of_a_consultation_are_its_changes(front: Consultation) -> None:
    """What is shown of it changes at a turn and at no other moment; and every state has its turn,
    in order.
    """
    turns = [t for t in KINDS["consultation"].turns(front, LONDON) if t.visible]
    known = {t.at for t in turns}
    found = changes(front)
    assert set(found) <= known
    named = [t.at for t in turns if t.what in ("opens", "closes", "shows its outcome")]
    assert named == sorted(named)
    assert set(named) <= set(found)


@trials(60)
@given(st.data())
def test_the_site_is_the_same_until_it_is_not(data: st.DataObject) -> None:
    """At any moment, the site of ``valid_until`` less a second is today's; the schedule knows when
    to look again, and never says a moment that has gone.
    """
    day = st.integers(0, 6).map(lambda n: date(2026, 10, 22) + n * DAY)
    dated = {name: f"{data.draw(day)}" for name in ("date", "updated", "expiry_date")}
    if dated["expiry_date"] < dated["date"] or dated["updated"] < dated["date"]:
        dated["expiry_date"] = dated["updated"] = dated["date"]
    opens = data.draw(day)
    files = {
        "content/news/a.md": post(**dated),
        "content/news/b.md": post(date=f"{data.draw(day)}", related="[news/a]"),
        "content/consultations/c.md": consultation(f"{opens}", f"{opens + 2 * DAY}"),
    }
    now = clock.parse_now(f"{data.draw(day)}", LONDON) + data.draw(st.timedeltas(-DAY, DAY))
    now = now.replace(microsecond=0)
    happening = schedule.events(documents(files), config())
    validity = schedule.validity(happening, now)
    assert validity.holds(now)
    assert validity.end is None or now < validity.end

    def entries(when: datetime) -> object:
        site = resolved(files, when.isoformat()).site
        return site.entries, [e.ref for e in site.listed], site.related, site.by_tag

    last = validity.end - timedelta(seconds=1) if validity.end else now + 400 * DAY
    first = validity.start or now - 400 * DAY
    assert entries(first) == entries(now) == entries(last)
    if validity.end:
        assert entries(validity.end) != entries(now)
