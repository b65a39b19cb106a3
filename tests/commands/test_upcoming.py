"""``sitegen upcoming``: the agenda of an editor, as text, as JSON and as a calendar."""

from __future__ import annotations

import datetime as dt
import json
import random
import re
from datetime import UTC, datetime, timedelta

import pytest

from sitegen import clock
from sitegen.commands import upcoming
from sitegen.fingerprint import digest
from sitegen.site import schedule
from sitegen.site.schedule import Agenda, Event
from tests.sites import (
    CONFIG,
    Files,
    at,
    blog,
    config,
    consultation,
    documents,
    explainer,
    page,
    planned,
    post,
)

LONDON = clock.zone("Europe/London")
SITE = {
    "config.yaml": CONFIG + "alert: {title: Strike, from: 2026-06-18 08:00, until: 2026-06-19}\n",
    "content/consultations/c.md": consultation(
        "2026-06-17 09:00", "2026-06-30", title="C", date="2026-06-17"
    ),
    "content/consultations/old.md": consultation("2026-01-01", "2026-02-01", title="Old"),
    "content/explainers/e.md": explainer(title="E", next_review_due="2026-06-15"),
    "content/explainers/late.md": explainer(title="Late", next_review_due="2026-06-01"),
    "content/news/n.md": post(
        title="N", expiry_date="2026-06-15 17:00", change_notes="[{date: 2026-06-30, note: New.}]"
    ),
    "content/news/draft.md": post(title="Draft", date="2026-06-16", draft="true"),
}


def agenda(files: Files, now: str = "2026-06-15 12:00", days: int = 30) -> Agenda:
    """The agenda of these files."""
    text = files.get("config.yaml", CONFIG)
    assert isinstance(text, str)
    happening = schedule.events(documents(files), config(text))
    return schedule.agenda(happening, at(now), LONDON, days)


def test_the_text() -> None:
    """What is overdue, a section a day, and no word of drafts; an end at midnight is 11:59pm."""
    assert upcoming.as_text(agenda(SITE)) == (
        "Overdue\n"
        "  “Old” had its outcome due on 26 April 2026, 7 weeks ago"
        " (content/consultations/old.md)\n"
        "  “Late” fell due for review on 1 June 2026, 2 weeks ago (content/explainers/late.md)\n"
        "\n"
        "Today, Monday 15 June 2026\n"
        "       To do: “E” falls due for review (content/explainers/e.md)\n"
        "  5pm  “N” expires (content/news/n.md)\n"
        "\n"
        "Wednesday 17 June 2026\n"
        "       “C” is published (content/consultations/c.md)\n"
        "  9am  “C” opens (content/consultations/c.md)\n"
        "\n"
        "Thursday 18 June 2026\n"
        "  8am  The site shows its alert: “Strike” (config.yaml)\n"
        "\n"
        "Friday 19 June 2026\n"
        "  11:59pm  The site takes its alert down: “Strike” (config.yaml)\n"
        "\n"
        "Tuesday 30 June 2026\n"
        "           “N” shows a change note (content/news/n.md)\n"
        "  11:59pm  “C” closes (content/consultations/c.md)\n"
        "\n"
        "After that, the next is on Tuesday 22 September 2026: To do: “C” has its outcome due"
        " (content/consultations/c.md).\n"
    )


def test_what_a_post_does_at_one_moment_is_one_line() -> None:
    """A consultation that opens when it is published."""
    files = {
        "content/consultations/c.md": consultation("2026-06-17", "2026-06-30", date="2026-06-17")
    }
    assert "  “A post” is published and opens (" in upcoming.as_text(agenda(files))


def test_what_came_before_a_post_is_public_is_not_told() -> None:
    """A consultation that closed before it is published late: what is due is so from then on."""
    files = {
        "content/consultations/c.md": consultation("2025-01-01", "2025-02-01", date="2026-06-17")
    }
    assert [e.what for e in agenda(files).coming] == ["is published"]
    assert agenda(files).overdue == ()
    assert [e.what for e in agenda(files, "2026-06-17").overdue] == ["has its outcome due"]


@pytest.mark.parametrize(
    ("original", "whats"),
    [
        (post(date="2026-06-20"), ["2026-06-20 is published", "2026-06-20 is published"]),
        (post(date="2026-06-20", draft="true"), []),
    ],
)
def test_a_translation_appears_with_its_original(original: str, whats: list[str]) -> None:
    """Not before it; and not at all while that is a draft."""
    files = {
        "content/news/a.md": original,
        "content/news/b.md": post(date="2026-06-16", lang="pl", translation_of="news/a"),
    }
    assert [f"{e.at.astimezone(LONDON):%Y-%m-%d} {e.what}" for e in agenda(files).coming] == whats


@pytest.mark.parametrize(
    "ended", [{"withdrawn": "{date: 2026-06-02, reason: Old.}"}, {"expiry_date": "2026-06-02"}]
)
def test_nothing_is_due_of_what_has_ended(ended: dict[str, str]) -> None:
    """Neither before it ended nor after."""
    for due in ("2026-06-01", "2026-06-20"):
        files = {
            "content/explainers/e.md": explainer(date="2026-05-02", next_review_due=due, **ended)
        }
        found = agenda(files)
        assert (found.overdue, found.coming) == ((), ())


@pytest.mark.parametrize(
    ("days", "last"),
    [(1, dt.date(2026, 6, 15)), (2, dt.date(2026, 6, 17)), (15, dt.date(2026, 6, 30))],
)
def test_days_are_whole(days: int, last: dt.date) -> None:
    """Until the end of the last of them: what ends at that midnight is told, what begins is not."""
    coming = agenda(SITE, days=days).coming
    assert schedule.day_of(coming[-1], LONDON) == last


def test_a_past_only_site_says_so() -> None:
    """That nothing lies ahead, or what lies ahead after these days."""
    nothing = upcoming.as_text(agenda({"content/blog/a.md": blog()}))
    assert nothing == (
        "Nothing is planned for the next 30 days. After that, no date in the content lies ahead.\n"
    )
    later = upcoming.as_text(agenda({"content/blog/a.md": blog(date="2027-01-01")}, days=1))
    assert later.startswith(
        "Nothing is planned for the next day. After that, the next is on Friday 1"
    )


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2026-06-14", "1 day ago"),
        ("2026-06-02", "13 days ago"),
        ("2026-06-01", "2 weeks ago"),
        ("2026-04-16", "2 months ago"),
        ("2025-06-15", "12 months ago"),
        ("2024-06-15", "2 years ago"),
    ],
)
def test_how_long_ago(day: str, words: str) -> None:
    """In the largest unit of which there are two."""
    assert upcoming.ago(dt.date.fromisoformat(day), dt.date(2026, 6, 15)) == words


def test_nothing_from_content_can_move_a_cursor() -> None:
    """Whatever a title or a path holds."""
    event = Event(at=at("2026-06-20"), ref="news/a", what="opens", title="A\x1b[2J", path="a\rb")
    shown = upcoming.as_text(schedule.agenda([event], at("2026-06-15"), LONDON, 30))
    assert "  “A\ufffd[2J” opens (a\ufffdb)\n" in shown


def test_the_json() -> None:
    """A row an event, with the same fields in each; what is overdue comes first."""
    rows = json.loads(upcoming.as_json(agenda(SITE)))
    assert rows[0] == {
        "at": "2026-04-26T00:00:00+01:00",
        "day": "2026-04-26",
        "time": None,
        "ref": "consultations/old",
        "path": "content/consultations/old.md",
        "title": "Old",
        "what": "has its outcome due",
        "changes_site": False,
        "overdue": True,
    }
    assert rows[-1] | {"day": "2026-06-30", "time": "23:59", "overdue": False} == rows[-1]
    alert = next(row for row in rows if row["title"] == "Strike")
    assert (alert["ref"], alert["path"], alert["time"]) == (None, "config.yaml", "08:00")
    assert len({tuple(row) for row in rows}) == 1


def test_the_calendar() -> None:
    """Whole days without a time, half an hour with one; what is overdue stands at today."""
    lines = upcoming.as_ics(agenda(SITE)).replace("\r\n ", "").split("\r\n")
    text = "\n".join(re.sub("^UID:.*", "UID", line) for line in lines)
    when = "DTSTART;VALUE=DATE:{}\nDTEND;VALUE=DATE:{}\nSUMMARY:{}".format
    assert when("20260615", "20260616", "Overdue: “Old” has its outcome due") in text
    assert when("20260630", "20260701", "“C” closes") in text
    assert "DTSTART:20260615T153000Z\nDTEND:20260615T160000Z\nSUMMARY:“N” expires" in text
    assert "DTSTART:20260617T080000Z\nDTEND:20260617T083000Z\nSUMMARY:“C” opens" in text
    assert text.count("BEGIN:VEVENT") == text.count("END:VEVENT") == 10


def test_an_event_keeps_its_name_in_the_calendar_when_its_date_changes() -> None:
    """So that a calendar moves it and does not show it twice."""
    first, second = (
        upcoming.as_ics(agenda({"content/blog/a.md": blog(date=day)}))
        for day in ("2026-06-20", "2026-06-25")
    )
    uid = re.search("UID:.*", first)
    assert uid and uid[0] in second and first != second


# ---- the plan is the truth


def rolled(seed: int) -> Files:
    """A small site with dates at random in June 2026, and one rule: it has no faults."""
    dice = random.Random(seed)

    def days(count: int) -> list[str]:
        return [f"2026-06-{n:02}" for n in sorted(dice.sample(range(2, 29), count))]

    first, second, third, fourth = days(4)
    hour = dice.choice(["", " 09:00", " 17:30"])
    note = f"[{{date: {third}, note: New.}}]"
    gone = f"{{date: {fourth}, reason: Wrong.}}"
    outcome = f"{{published_on: {fourth}, decision: adopted, detail: Done.}}"
    return {
        "config.yaml": CONFIG
        + f"alert: {{title: Hot, from: {second}{hour}, until: {third}}}\n" * dice.randint(0, 1),
        "content/pages/about.md": page(title="About"),
        "content/blog/a.md": blog(date=first, change_notes=note, withdrawn=gone),
        "content/news/b.md": post(date="2026-05-01", expiry_date=dice.choice(days(4)) + hour),
        "content/consultations/c.md": consultation(
            second + hour, third, date=first, final_outcome=outcome
        ),
        "content/explainers/d.md": explainer(date=first, next_review_due=fourth),
    }


def made_at(files: Files, now: datetime) -> str:
    """The digest of all that is planned at an instant: addresses, views and bytes."""
    outputs = planned(files, now.isoformat())
    return digest(
        tuple(
            (path, getattr(output, "view", None) or getattr(output, "data", None) or ())
            for path, output in sorted(outputs.items())
        )
    )


@pytest.mark.parametrize("seed", range(6))
def test_the_site_changes_when_the_plan_says_and_at_no_other_moment(seed: int) -> None:
    """A minute before each event it is another site than at it; between two it stays the same."""
    files, start = rolled(seed), at("2026-06-01 12:00")
    dice = random.Random(seed)
    coming = agenda(files, "2026-06-01 12:00", days=60).coming
    instants = sorted({event.at for event in coming if event.visible})
    assert len(instants) > 3
    before = made_at(files, start)
    for i, instant in enumerate(instants):
        assert made_at(files, instant - timedelta(minutes=1)) == before
        after = made_at(files, instant)
        assert after != before
        until = instants[i + 1] if i + 1 < len(instants) else instant + timedelta(days=90)
        assert made_at(files, instant + (until - instant) * dice.random()) == after
        before = after


@pytest.mark.parametrize("seed", range(6))
def test_the_plan_day_by_day_is_the_whole_plan(seed: int) -> None:
    """Whoever looks each morning at that day alone misses nothing and sees nothing twice."""
    files = rolled(seed)
    whole = agenda(files, "2026-06-01 00:00", days=40)
    seen: list[Event] = []
    for n in range(41):
        morning = (datetime(2026, 6, 1, tzinfo=UTC) + timedelta(days=n)).date()
        today = agenda(files, f"{morning} 00:00", days=1)
        seen += [e for e in today.coming if schedule.day_of(e, LONDON) == morning]
        # What begins with this day's midnight has come by now: it was told the day before.
        seen += [e for e in today.coming if e.at == at(str(morning + timedelta(days=1)))]
    assert set(whole.coming) == set(seen)
