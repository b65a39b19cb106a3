"""Times that have passed since a post was written."""

from __future__ import annotations

from datetime import date

import pytest

from sitegen.advice import times
from tests import sites
from tests.advice.typed import TODAY, news, told, typed


def living(body: str) -> list[str]:
    """What is advised about the times in an explainer that was reviewed lately."""
    post = typed(sites.explainer(body, last_reviewed_on="2026-05-02"), "explainers/a.md")
    return [line.partition(" ")[2] for line in told(times.check(post, TODAY), post)]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("More will follow in early spring 2023.", "stale-promise: early spring 2023"),
        ("A plan is being considered to merge by April 2025.", "stale-promise: April 2025"),
        ("The clinic is due to open in 2025.", "stale-promise: in 2025"),
        ("In May 2026 we will open a clinic.", "stale-promise: May 2026"),
        ("It is open until 3 June 2026.", "stale-promise: 3 June 2026"),
        ("It will be announced in winter 2024.", "stale-promise: winter 2024"),
    ],
)
def test_promises_whose_time_has_passed(body: str, expected: str) -> None:
    """A page that is kept up to date speaks of no past as to come."""
    assert living(body) == [expected]


@pytest.mark.parametrize(
    "body",
    [
        "More will follow in autumn 2026.",
        "More will follow in June 2026.",
        "More was to follow in early spring 2023.",
        "The groups merged in April 2021.",
        "The plan agreed in March 2023 will change that.",
        "We will keep to what was promised in 2023.",
        "The strategy for 2022–2025 will end.",
        "The 2023/24 report will stay here.",
        "It ran until May 2023; the outcome is due in July 2026.",
        "| From May 2023 | it will end |\n|---|---|\n| to May 2024 | It is due |",
        "In 2023 waits grew. They will fall.",
        "> We will open in 2023.",
        "He said: “We will open in 2023.”",
    ],
)
def test_times_that_may_stand(body: str) -> None:
    """What is still to come, what was, and what others said."""
    assert living(body) == []


def test_news_is_of_its_day() -> None:
    """In news only a promise to readers is advised upon, not that something will take place."""
    event = news("The fair will take place in March 2026.")
    promise = news("We will publish the results in March 2026.")
    assert told(times.check(event, TODAY), event) == []
    assert told(times.check(promise, TODAY), promise) == ["8 stale-promise: March 2026"]


@pytest.mark.parametrize(
    ("body", "time"),
    [
        ("More information to follow in 2024.", "in 2024"),
        ("A decision is expected by the end of 2023.", "end of 2023"),
        ("Results will be out on 3 May 2024.", "3 May 2024"),
        ("Look out for our report in the summer of 2024.", "summer of 2024"),
    ],
)
def test_promises_of_news(body: str, time: str) -> None:
    """However they are put."""
    post = news(body, date="2023-11-05", last_reviewed_on="2026-05-01")
    assert told(times.check(post, TODAY), post) == [f"9 stale-promise: {time}"]


@pytest.mark.parametrize(
    "body",
    [
        "He decided to follow the plan that was made in 2023.",
        "The decision was made in May 2024, and the fair will be in the hall.",
        "The fair is expected to take place in May 2024.",
    ],
)
def test_news_that_promises_nothing(body: str) -> None:
    """What was done, and what would take place."""
    post = news(body, date="2023-11-05", last_reviewed_on="2026-05-01")
    assert told(times.check(post, TODAY), post) == []


def test_what_is_over_tells_what_was() -> None:
    """An expired post, and a consultation with its outcome, may say what was to come."""
    ended = news("We will publish it in March 2026.", expiry_date="2026-04-01")
    outcome = "{published_on: 2026-03-01, decision: adopted, detail: Yes.}"
    text = sites.consultation(
        "2025-06-01", "2025-07-01", "A change is planned by May 2026.", final_outcome=outcome
    )
    asked = typed(text, "consultations/a.md")
    assert list(times.check(ended, TODAY)) == list(times.check(asked, TODAY)) == []


def test_a_consultation_may_name_its_own_days() -> None:
    """Its page says by itself that it has closed."""
    text = sites.consultation("2026-05-01", "2026-06-01", "It is open until 1 June 2026.")
    assert list(times.check(typed(text, "consultations/a.md"), TODAY)) == []


OLD = "2024-10-28"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("This week a ward opened. It was built last year.", '"This week", "last year"'),
        ("In December a ward opened.", '"In December"'),
        ("It recently opened.", '"recently"'),
    ],
)
def test_relative_times_in_an_old_post(body: str, expected: str) -> None:
    """They say nothing years later: one advice for all of a post, at the first."""
    (found,) = times.check(news(body, date=OLD), TODAY)
    assert found.code == "relative-date"
    assert found.message.endswith(f"since 28 October 2024: it says {expected}")


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ("This week a ward opened.", {"date": "2026-01-05"}),
        ("This week a ward opened.", {"date": OLD, "updated": "2026-01-05"}),
        ("This week a ward opened.", {"date": OLD, "last_reviewed_on": "2026-01-05"}),
        ("In December 2023 a ward opened.", {"date": OLD}),
        ("It opened in 2023, and in May it closed.", {"date": OLD}),
        ("> This week a ward opened.", {"date": OLD}),
        ("She said: “This week it opened.”", {"date": OLD}),
        ("This week’s post", {"date": OLD}),
        ("Ask for this week-long course.", {"date": OLD}),
    ],
)
def test_times_that_say_enough(body: str, fields: dict[str, object]) -> None:
    """A young post, one that was looked at since, a year beside it, and others’ words."""
    assert list(times.check(news(body, **fields), TODAY)) == []


def test_a_page_without_a_date_has_no_age() -> None:
    """Where nothing says when it was written, nothing is said about it."""
    post = typed(sites.page("This week a ward opened."), "pages/a.md")
    assert list(times.check(post, date(2040, 1, 1))) == []
