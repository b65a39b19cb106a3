"""Consultations: their rules, and the state that their dates bring."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.clock import Moment, parse_moment
from sitegen.kinds import states
from sitegen.kinds.consultation import Consultation, FinalOutcome
from sitegen.kinds.states import marks, outcome_due, phases, state
from sitegen.model import Document
from sitegen.shown import StateMark
from tests.sites import wordbook

LONDON = ZoneInfo("Europe/London")
Faults = Callable[..., list[str]]


def survey(opens: str, closes: str, outcome: str = "") -> Consultation:
    """A consultation with these dates."""
    told = FinalOutcome(
        published_on=date.fromisoformat(outcome or "2000-01-01"), decision="adopted", detail="D"
    )
    return Consultation(
        title="A",
        opening_date=parse_moment(opens),
        closing_date=parse_moment(closes),
        final_outcome=told if outcome else None,
    )


def at(text: str, *, seconds: int = 0) -> datetime:
    """A wall-clock time in London as an instant, so many seconds later."""
    local = datetime.fromisoformat(text).replace(tzinfo=LONDON)
    return local.astimezone(UTC) + timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("opens", "closes", "outcome", "boundary", "before", "after"),
    [
        ("2026-06-01", "2026-07-01", "", "2026-06-01 00:00", "upcoming", "open"),
        ("2026-06-01 09:30", "2026-07-01", "", "2026-06-01 09:30", "upcoming", "open"),
        ("2026-06-01", "2026-07-01", "", "2026-07-02 00:00", "open", "closed"),
        ("2026-06-01", "2026-07-01 23:59", "", "2026-07-02 00:00", "open", "closed"),
        ("2026-06-01", "2026-07-01 17:00", "", "2026-07-01 17:00", "open", "closed"),
        ("2026-06-01", "2026-07-01", "2026-09-01", "2026-09-01 00:00", "closed", "outcome"),
        ("2026-03-01", "2026-03-29", "", "2026-03-30 00:00", "open", "closed"),
        ("2026-03-29", "2026-04-29", "", "2026-03-29 00:00", "upcoming", "open"),
        ("2026-10-01", "2026-10-25", "", "2026-10-26 00:00", "open", "closed"),
        ("2026-10-25", "2026-11-25", "", "2026-10-25 00:00", "upcoming", "open"),
        ("2026-12-01", "2026-12-31", "", "2027-01-01 00:00", "open", "closed"),
    ],
)
def test_state(
    opens: str, closes: str, outcome: str, boundary: str, before: str, after: str
) -> None:
    """A state turns at its instant: a second before it is the old, at it and after the new."""
    front = survey(opens, closes, outcome)
    states = [state(front, at(boundary, seconds=s), LONDON) for s in (-1, 0, 1)]
    assert states == [before, after, after]


@given(
    st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)),
    st.integers(1, 400),
    st.integers(1, 400),
    st.lists(st.integers(-500, 1500), min_size=2, max_size=6),
)
def test_states_only_go_on(opens: datetime, days: int, wait: int, moments: list[int]) -> None:
    """As time passes a state is followed by a later one or by itself, and phases leave no gap."""
    day = opens.date()
    close = day + timedelta(days=days)
    front = survey(f"{day}", f"{close}", f"{close + timedelta(days=wait)}")
    order = ["upcoming", "open", "closed", "outcome"]
    start = at(f"{day} 00:00")
    seen = [state(front, start + timedelta(days=n, seconds=n), LONDON) for n in sorted(moments)]
    assert seen == sorted(seen, key=order.index)
    rows = phases(front, LONDON)
    assert [row.state for row in rows] == order
    assert [row.until for row in rows[:-1]] == [row.since for row in rows[1:]]
    assert rows[0].since is rows[-1].until is None


def test_phases() -> None:
    """Without an outcome a consultation stays closed."""
    rows = phases(survey("2026-06-01", "2026-07-01"), LONDON)
    assert [(r.state, r.since, r.until) for r in rows] == [
        ("upcoming", None, at("2026-06-01 00:00")),
        ("open", at("2026-06-01 00:00"), at("2026-07-02 00:00")),
        ("closed", at("2026-07-02 00:00"), None),
    ]


def test_turns() -> None:
    """Every moment at which something changes is known, and whether readers see it."""
    front = survey("2026-06-01", "2026-07-01")
    turns = [(t.at, t.what, t.visible) for t in states.turns(front, LONDON)]
    assert turns == [
        (at("2026-06-01 00:00"), "opens", True),
        (at("2026-07-02 00:00"), "closes", True),
        (at("2026-09-23 00:00"), "has its outcome due", False),
    ]
    told = states.turns(survey("2026-06-01", "2026-07-01", "2026-09-01"), LONDON)
    assert [t.what for t in told] == ["opens", "closes", "shows its outcome"]


def test_outcome_due() -> None:
    """The outcome is due 12 weeks after closing, or when it is said to be."""
    assert outcome_due(survey("2026-06-01", "2026-07-01")) == date(2026, 9, 23)
    typed = Consultation(
        title="A",
        opening_date=Moment(date(2026, 6, 1)),
        closing_date=Moment(date(2026, 7, 1)),
        outcome_due=date(2026, 8, 1),
    )
    assert outcome_due(typed) == date(2026, 8, 1)


DAYS = {
    "upcoming": "2020-08-01",
    "open": "2020-08-04",
    "closed": "2020-09-20",
    "outcome": "2021-01-01",
}


def marked(front: Consultation, now: str, lang: str = "en-GB") -> tuple[StateMark, ...]:
    """The states that a page tells of at a moment."""
    return marks(front, at(now), LONDON, wordbook().of(lang).text)


@pytest.mark.parametrize(
    ("name", "label", "sentence"),
    [
        (
            "upcoming",
            "Opens 3 August 2020",
            "Opens at 9am on Monday 3 August 2020. Closes at 11:59pm on Sunday 13 September 2020.",
        ),
        ("open", "Open until 13 September 2020", "Closes at 11:59pm on Sunday 13 September 2020."),
        (
            "closed",
            "Closed 13 September 2020",
            "Ran from 3 August 2020 to 13 September 2020. The outcome is due by 6 December 2020.",
        ),
        (
            "outcome",
            "Outcome published 1 December 2020",
            "Ran from 3 August 2020 to 13 September 2020. "
            "The outcome was published on 1 December 2020.",
        ),
    ],
)
def test_mark(name: str, label: str, sentence: str) -> None:
    """A state is told in words that stay true however old the page: never "3 days left"."""
    shown = marked(survey("2020-08-03 09:00", "2020-09-13", "2020-12-01"), DAYS[name])[0]
    assert (shown.name, shown.label, shown.sentence) == (name, label, sentence)


@pytest.mark.parametrize(
    ("now", "told"),
    [
        ("2020-08-01", ["upcoming", "open", "closed"]),
        ("2020-08-03", ["open", "closed"]),
        ("2020-09-14", ["closed"]),
        ("2020-12-01", ["outcome"]),
    ],
)
def test_what_the_date_will_bring(now: str, told: list[str]) -> None:
    """Later states stand by, hidden; an outcome that is not out is told of nowhere."""
    shown = marked(survey("2020-08-03", "2020-09-13", "2020-12-01"), now)
    assert [mark.name for mark in shown] == told
    assert [mark.span.later for mark in shown] == [False, *[True] * (len(told) - 1)]
    if told[-1] == "closed":
        assert "2020-12" not in str(shown[-1]).replace("6 December 2020", "")
        assert "1 December" not in str(shown)


def test_the_spans_leave_no_gap() -> None:
    """Each state begins at the instant at which the one before it ends; that of now has begun."""
    shown = marked(survey("2020-08-03 09:00", "2020-09-13"), "2020-08-01")
    assert [(m.span.since, m.span.until) for m in shown] == [
        (None, "2020-08-03T08:00:00+00:00"),
        ("2020-08-03T08:00:00+00:00", "2020-09-13T23:00:00+00:00"),
        ("2020-09-13T23:00:00+00:00", None),
    ]


def test_a_state_in_another_language() -> None:
    """Words and dates are those of the page's language."""
    shown = marked(survey("2020-08-03", "2020-09-13"), "2020-08-04", "pl")[0]
    assert "13 września 2020" in shown.label


@pytest.mark.parametrize(
    ("opens", "words"),
    [
        ("2026-08-03", "Opens on Monday 3 August 2026."),
        ("2026-08-03 00:00", "Opens on Monday 3 August 2026."),
        ("2026-08-03 12:00", "Opens at midday on Monday 3 August 2026."),
        ("2026-08-03 17:30", "Opens at 5:30pm on Monday 3 August 2026."),
    ],
)
def test_when_it_opens(opens: str, words: str) -> None:
    """An opening is told with its time where one was typed."""
    assert marked(survey(opens, "2026-09-13"), "2026-08-01")[0].sentence.startswith(words)


def test_fields(read: Callable[..., Document]) -> None:
    """The dates are moments; it is a consultation unless it says otherwise."""
    front = read("consultation", "activity_type: survey\nclosing_date: 2026-07-01 17:00").front
    assert isinstance(front, Consultation)
    assert (front.activity_type, str(front.closing_date)) == ("survey", "2026-07-01 17:00")
    plain = read("consultation").front
    assert isinstance(plain, Consultation) and plain.activity_type == "consultation"


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        (
            "opening_date: 2026-08-03\nclosing_date: 2026-08-01",
            "3:15 error date-order: closing_date (1 August 2026) is before opening_date "
            "(3 August 2026, line 2)",
        ),
        (
            "opening_date: 2026-08-03 17:00\nclosing_date: 2026-08-03 09:00",
            "3:15 error date-order: closing_date (2026-08-03 09:00) is not after opening_date "
            "(2026-08-03 17:00, line 2)",
        ),
        (
            "closing_date: 2026-07-01 00:00",
            "2:15 error closing-midnight: midnight is ambiguous: "
            "people read it as the start or the end of the day",
        ),
        (
            "closing_date: 2027-03-28 01:30",
            "2:15 error date-format: the clocks go forward that night and skip 01:30",
        ),
        ("state: open", '2:1 error unknown-field: "state" is not a field'),
        (
            "outcome_due: 2026-07-01",
            "2:14 error date-order: outcome_due (1 July 2026) is the same day as closing_date "
            "(1 July 2026, line 8)",
        ),
        (
            "feedback_summary: {published_on: 2026-07-01, detail: A}",
            "2:34 error date-order: feedback_summary.published_on (1 July 2026) is the same day as "
            "closing_date (1 July 2026, line 8)",
        ),
        (
            "final_outcome: {published_on: 2026-06-30, decision: adopted, detail: A}",
            "2:31 error date-order: final_outcome.published_on (30 June 2026) is before "
            "closing_date (1 July 2026, line 8)",
        ),
        (
            "feedback_summary: {published_on: 2026-07-02}",
            "2:19 error one-of: this needs detail or file",
        ),
        (
            "ways_to_respond: {email: a@example.org}",
            "9:15 error respond-twice: a consultation held on another website is answered there",
        ),
        (
            "we_asked: A",
            "2:11 error asked-said-did: tell all three or none: you_said and we_did are missing",
        ),
        (
            "you_said: A\nwe_did: B",
            "2:11 error asked-said-did: tell all three or none: we_asked is missing",
        ),
        (
            "external_url: example.org",
            '2:15 error bad-url: "example.org" is not a web address',
        ),
    ],
)
def test_rules(faults: Faults, fields: str, fault: str) -> None:
    """Dates come in order, ways to respond are one kind, and what came of it is told in full."""
    assert faults("consultation", fields) == [fault]


def test_ways_to_respond(faults: Faults) -> None:
    """A published consultation has a way to respond, also for people who are not online."""
    none = "error respond-none: a consultation needs at least one way to respond"
    assert faults("consultation", less="external_url") == [f"1:1 {none}"]
    fields = "ways_to_respond:\n  email:\n"
    assert faults("consultation", fields, less="external_url") == [f"3:3 {none}"]
    online = "ways_to_respond:\n  link_url: https://example.org/\n"
    assert faults("consultation", online, less="external_url") == [
        "3:3 advice respond-online: people can answer online only"
    ]
    assert faults("consultation", f"{online}  phone: 0800 111\n", less="external_url") == []


def test_what_is_allowed(faults: Faults) -> None:
    """A feedback summary may have both words and a file; a consultation may last one day."""
    assert (
        faults(
            "consultation", "feedback_summary: {published_on: 2026-07-02, detail: A, file: a.pdf}"
        )
        == []
    )
    assert faults("consultation", "opening_date: 2026-07-01\nclosing_date: 2026-07-01") == []
    assert faults("consultation", "we_asked: A\nyou_said: B\nwe_did: C") == []


def test_a_draft_may_lack_it_all(faults: Faults) -> None:
    """A draft needs neither dates nor ways to respond; a typed midnight is still refused."""
    least = "opening_date closing_date external_url date summary tags"
    assert faults("consultation", "draft: true", less=least) == []
    assert faults("consultation", "draft: true\nwe_asked: A", less=least) == []
    assert [
        f.split()[2] for f in faults("consultation", "draft: true\nclosing_date: 2026-07-01 00:00")
    ] == ["closing-midnight:"]
