"""Consultations: when they open and close, how to respond, and what came of them.

The state is derived from the dates, never typed. Names follow GOV.UK's content schema.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from sitegen import clock
from sitegen.clock import Moment
from sitegen.kinds import states
from sitegen.kinds.common import (
    Front,
    Kind,
    after,
    common_rules,
    one_of,
)
from sitegen.model import Entry
from sitegen.problems import Severity
from sitegen.shown import ALWAYS, FileLink, Html, LinkTo, Look, Span, Timed
from sitegen.shown import When as Shown
from sitegen.source.fieldtypes import (
    Choice,
    Day,
    Email,
    File,
    Organisation,
    Phone,
    Prose,
    Web,
    When,
    Whole,
)
from sitegen.source.schema import Group, ListOf, Need, Reading, field, to_add
from sitegen.urls import tel

DECISIONS = ("adopted", "adopted-with-changes", "not-adopted", "deferred")
ACTIVITIES = ("consultation", "survey", "call-for-evidence", "engagement")


@dataclass(frozen=True, slots=True, kw_only=True)
class WaysToRespond:
    """How people can answer."""

    link_url: str | None = field(Web, "an online form")
    email: str | None = field(Email, "an email address")
    phone: str | None = field(Phone, "a phone number")
    postal_address: str | None = field(Prose(), "a postal address, a line for each part")
    response_form: str | None = field(File, "a form to print and send")
    in_person: str | None = field(Prose(), "where and when people can answer in person")


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackSummary:
    """What people said."""

    published_on: dt.date = field(Day(), "the day it is published", Need.REQUIRED)
    detail: str | None = field(Prose(), "the summary")
    file: str | None = field(File, "the summary as a document")
    responses: int | None = field(Whole(), "how many people answered")


@dataclass(frozen=True, slots=True, kw_only=True)
class FinalOutcome:
    """What was decided."""

    published_on: dt.date = field(Day(), "the day it is published", Need.REQUIRED)
    decision: str = field(Choice(*DECISIONS), "the decision in a word", Need.REQUIRED)
    detail: str = field(Prose(), "what was decided and why", Need.REQUIRED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Consultation(Front):
    """The front matter of a consultation."""

    SLIPS: ClassVar[dict[str, str]] = {
        **Front.SLIPS,
        "state": "delete the line: the state is worked out from the dates",
        "status": "delete the line: the state is worked out from the dates",
        **dict.fromkeys(
            ("opens", "open", "opening", "opening_at", "start", "starts", "start_date"),
            "use opening_date: YYYY-MM-DD",
        ),
        **dict.fromkeys(
            (
                *("closes", "close", "closing", "closing_at", "end", "ends", "end_date"),
                *("deadline", "closing_day"),
            ),
            "use closing_date: YYYY-MM-DD",
        ),
        "outcome": "use final_outcome:\n  published_on: YYYY-MM-DD\n"
        f"  decision: {DECISIONS[0]}\n  detail: what was decided and why",
    }

    activity_type: str = field(Choice(*ACTIVITIES), "what it is", default="consultation")
    opening_date: Moment = field(When(), "when it opens", Need.REQUIRED)
    closing_date: Moment = field(
        When(is_end=True), "when it closes; a day means 11:59pm", Need.REQUIRED
    )
    run_by: tuple[str, ...] = field(ListOf(Organisation), "who runs it")
    ways_to_respond: WaysToRespond | None = field(
        Group(WaysToRespond), "how to answer; at least one way"
    )
    external_url: str | None = field(Web, "where it is held, when on another website")
    who_it_affects: str | None = field(Prose(), "who it affects")
    what_is_proposed: str | None = field(Prose(), "what is proposed")
    feedback_summary: FeedbackSummary | None = field(Group(FeedbackSummary), "what people said")
    final_outcome: FinalOutcome | None = field(Group(FinalOutcome), "what was decided")
    we_asked: str | None = field(Prose(), "We asked …")
    you_said: str | None = field(Prose(), "You said …")
    we_did: str | None = field(Prose(), "We did …")
    outcome_due: dt.date | None = field(Day(), "when the outcome is due: 12 weeks after closing")


def rules(front: Consultation, reading: Reading) -> None:
    """Dates in order, a way to respond, all of we asked, you said, we did."""
    common_rules(front, reading)
    _closing(front, reading)
    _responding(front, reading)
    for name in ("feedback_summary", "final_outcome"):
        if group := getattr(front, name):
            after(
                f"{name}.published_on",
                group.published_on,
                "closing_date",
                front.closing_date,
                reading,
            )
    if front.feedback_summary:
        one_of_detail(front.feedback_summary, reading)
    after("outcome_due", front.outcome_due, "closing_date", front.closing_date, reading)
    told = [n for n in ("we_asked", "you_said", "we_did") if getattr(front, n)]
    if told and len(told) < 3 and not reading.draft:
        missing = [n for n in ("we_asked", "you_said", "we_did") if n not in told]
        verb = "is" if len(missing) == 1 else "are"
        message = f"tell all three or none: {' and '.join(missing)} {verb} missing"
        fix = "\n".join(f"{to_add(name, reading)}: …" for name in missing)
        if not reading.unread.intersection(missing):
            reading.fault("asked-said-did", told[0], message, fix=fix)


def one_of_detail(summary: FeedbackSummary, reading: Reading) -> None:
    """A summary has words, a document, or both."""
    if not (summary.detail or summary.file):
        one_of(summary, ("detail", "file"), "feedback_summary", reading)


def _closing(front: Consultation, reading: Reading) -> None:
    if front.closing_date and front.opening_date:
        tz = reading.tz
        if clock.ends(front.closing_date, tz) <= clock.starts(front.opening_date, tz):
            line = reading.place("opening_date").line
            moments = (front.closing_date, front.opening_date)
            one_day = front.closing_date.day == front.opening_date.day
            closes, opens = (str(m) if one_day else clock.show_date(m.day) for m in moments)
            relation = "not after" if one_day else "before"
            reading.fault(
                "date-order",
                "closing_date",
                f"closing_date ({closes}) is {relation} opening_date ({opens}, line {line})",
                fix=f"use a closing_date after {front.opening_date}",
            )


def _responding(front: Consultation, reading: Reading) -> None:
    ways: Any = front.ways_to_respond
    given = ways and any(getattr(ways, name) for name in ways.__slots__)
    unread = {at for at in reading.unread if at.startswith(("external_url", "ways_to_respond"))}
    if front.external_url and given:
        reading.fault(
            "respond-twice",
            "external_url",
            "a consultation held on another website is answered there",
            fix="delete external_url or ways_to_respond",
        )
    elif given and not (ways.phone or ways.postal_address or ways.in_person):
        reading.fault(
            "respond-online",
            "ways_to_respond",
            "people can answer online only",
            fix="add a way for people who are not online, such as phone: or postal_address:",
            severity=Severity.ADVICE,
        )
    if not (front.external_url or given or unread or reading.draft):
        reading.fault(
            "respond-none",
            "ways_to_respond",
            "a consultation needs at least one way to respond",
            fix="ways_to_respond:\n  email: name@example.org",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One way to respond: a link, a text or a document.

    label: which way it is: Online, Post
    link: where to respond, or its words
    html: a text, such as a postal address
    file: a form to print
    """

    label: str
    link: LinkTo | None = None
    html: Html | None = None
    file: FileLink | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """How to respond, and when.

    rows: the ways
    span: until when one can
    before: from when one can, in words, until one can
    """

    rows: tuple[Way, ...]
    span: Span
    before: Timed | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Something published after closing: what people said, or what was decided.

    published: the day it was published
    html: what is told
    file: the same as a document
    decision: the decision in a word
    responses: how many people answered
    """

    published: Shown
    html: Html | None
    file: FileLink | None = None
    decision: str | None = None
    responses: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A row of the summary: what happens, and when.

    labels: what it is called, a word for each time that it holds: Opens, Opened
    when: the day or moment
    span: when the row holds
    """

    labels: tuple[Timed, ...]
    when: Shown
    span: Span = ALWAYS


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsultationFacts:
    """What the template of a consultation shows besides what every post has.

    activity: what it is, in words: Consultation, Survey
    dates: when it opens and closes, and when its outcome is due
    run_by: who runs it
    ways: how to respond; None once it has closed
    who_it_affects: who it affects
    what_is_proposed: what is proposed
    feedback: what people said; None until its date
    outcome: what was decided; None until its date
    we_asked: what was asked, once it has closed
    you_said: what people said, in short
    we_did: what was done
    """

    activity: str
    dates: tuple[Fact, ...]
    run_by: tuple[LinkTo, ...]
    ways: Ways | None
    who_it_affects: Html | None
    what_is_proposed: Html | None
    feedback: Told | None
    outcome: Told | None
    we_asked: Html | None
    you_said: Html | None
    we_did: Html | None


def facts(entry: Entry, look: Look) -> ConsultationFacts:
    """The facts for kinds/consultation.html."""
    front: Consultation = entry.front  # type: ignore[assignment]
    said = "we_asked" not in entry.hidden
    return ConsultationFacts(
        activity=look.words.html(f"activity_{front.activity_type.replace('-', '_')}"),
        dates=tuple(_dates(front, look)),
        run_by=tuple(look.organisation(name) for name in front.run_by),
        ways=None if "ways_to_respond" in entry.hidden else _ways(front, look),
        who_it_affects=look.html("who_it_affects"),
        what_is_proposed=look.html("what_is_proposed"),
        feedback=_feedback(front, look),
        outcome=_outcome(front, look) if entry.state == "outcome" else None,
        we_asked=look.html("we_asked") if said else None,
        you_said=look.html("you_said") if said else None,
        we_did=look.html("we_did") if said else None,
    )


def _dates(front: Consultation, look: Look) -> Iterable[Fact]:
    """When it opens and closes, and when its outcome is due while there is none."""
    spans = look.spans()
    if front.opening_date:
        labels = _labels("open", "opens", "opened", look)
        yield Fact(labels=labels, when=look.opening(front.opening_date))
    if front.closing_date:
        labels = _labels("closed", "closes", "closed", look)
        yield Fact(labels=labels, when=look.closing(front.closing_date))
    if "closed" in spans:
        due = Timed(text=look.words.html("outcome_due"), span=ALWAYS)
        when = look.day(states.outcome_due(front))
        yield Fact(labels=(due,), when=when, span=spans["closed"])


def _labels(state: str, before: str, since: str, look: Look) -> tuple[Timed, ...]:
    """The word until a state has come, where it has not, and the word since then."""
    spans, say = look.spans(), look.words.html
    if state not in spans:
        return (Timed(text=say(before if "upcoming" in spans else since), span=ALWAYS),)
    span = spans[state]
    if not span.later:
        return (Timed(text=say(since), span=ALWAYS),)
    return (
        Timed(text=say(before), span=Span(until=span.since)),
        Timed(text=say(since), span=Span(since=span.since, later=True)),
    )


def _ways(front: Consultation, look: Look) -> Ways:
    spans, opens = look.spans(), None
    coming, open_ = spans.get("upcoming"), spans.get("open")
    if coming and front.opening_date:
        text = look.words.html("respond_from", opens=lambda w: w.opening(front.opening_date))
        opens = Timed(text=text, span=coming)
    span = Span(until=open_.until if open_ else None)
    return Ways(rows=tuple(_each_way(front, look)), span=span, before=opens)


def _each_way(front: Consultation, look: Look) -> Iterable[Way]:
    say = look.words.html
    if front.external_url:
        link = LinkTo(label=say("respond_elsewhere"), url=front.external_url)
        yield Way(label=say("way_online"), link=link)
    ways = front.ways_to_respond
    if not ways:
        return
    if ways.link_url:
        link = LinkTo(label=say("respond_online"), url=ways.link_url)
        yield Way(label=say("way_online"), link=link)
    if ways.email:
        link = LinkTo(label=ways.email, url=f"mailto:{ways.email}")
        yield Way(label=say("way_email"), link=link)
    if ways.phone:
        yield Way(label=say("way_phone"), link=LinkTo(label=ways.phone, url=tel(ways.phone)))
    if ways.postal_address:
        yield Way(label=say("way_post"), html=look.html("ways_to_respond.postal_address"))
    if ways.response_form:
        form = look.file("ways_to_respond.response_form", say("response_form"))
        yield Way(label=say("way_paper"), file=form)
    if ways.in_person:
        yield Way(label=say("way_in_person"), html=look.html("ways_to_respond.in_person"))


def _feedback(front: Consultation, look: Look) -> Told | None:
    summary = front.feedback_summary
    if not summary or not look.reached(summary.published_on):
        return None
    title = look.words.html("what_people_said")
    return Told(
        published=look.day(summary.published_on),
        html=look.html("feedback_summary.detail"),
        file=look.file("feedback_summary.file", title) if summary.file else None,
        responses=summary.responses,
    )


def _outcome(front: Consultation, look: Look) -> Told | None:
    outcome = front.final_outcome
    if outcome is None:
        return None
    return Told(
        published=look.day(outcome.published_on),
        html=look.html("final_outcome.detail"),
        decision=look.words.html(f"decision_{outcome.decision.replace('-', '_')}"),
    )


KIND = Kind(
    name="consultation",
    folder="consultations",
    label="Consultation",
    plural="Consultations",
    front=Consultation,
    dated=False,
    rules=rules,
    turns=states.turns,
    facts=facts,
    # Not the postal address: it is copied as it stands.
    reading_order=(
        "withdrawn.reason",
        "final_outcome.detail",
        *("we_asked", "you_said", "we_did"),
        "feedback_summary.detail",
        "what_is_proposed",
        "who_it_affects",
        "",
        "ways_to_respond.in_person",
    ),
)
