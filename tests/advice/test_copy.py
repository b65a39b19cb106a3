"""Copy: what was typed by a slip of the hand, or lost on the way."""

from __future__ import annotations

import pytest

from sitegen.advice import copy, reading
from tests import sites
from tests.advice.typed import TODAY, fixes, news, told, typed

SENTENCE = "The director of the new clinic told the board last spring that all was well."


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (f"Its good sides include:\n\n{SENTENCE}", "8 colon-without-list: Its good sides include:"),
        ("The reasons are:\n\n## Next\n\nText.", "8 colon-without-list: The reasons are:"),
        ("You can ask for the following:", "8 colon-without-list: You can ask for the following:"),
        ("• One\n• Two", "8 word-bullet: •"),
        ("➢ One", "8 word-bullet: ➢"),
        ("✓ One", "8 word-bullet: ✓"),
        (
            "We know.\nKey advantages include:\nShorter waits",
            "9 colon-without-list: Key advantages include:",
        ),
        ("– One\n\n– Two", "10 word-bullet: –"),
        ("## Aims\n\nText.\n\n## Aims\n\nText.", "12 same-heading: Aims"),
        ("He said: “No.\n\nThen he left.", "8 quotation-open: “"),
        ("“One. “Two.”", "8 quotation-open: “"),
        ("He said no.” Then he left.", "8 quotation-open: ”"),
        ('He said: "No. Then he left.', '8 quotation-open: "'),
        ("“One” and ‘two’.\n\n'Three' is straight.", "10 mixed-marks: 'Three'"),
    ],
)
def test_slips(body: str, expected: str) -> None:
    """Each is told at its words."""
    post = news(body)
    assert expected in told(copy.check(post, TODAY), post)


@pytest.mark.parametrize(
    "body",
    [
        "They include:\n\n- one\n- two",
        "They include:\n\n1. one\n2. two",
        "They are:\n\n| a | b |\n|---|---|\n| 1 | 2 |",
        "The following:\n\n![A door](a.png)",
        "The opening hours are:\n\nMonday to Friday, 9am to 5pm",
        f"The director, who is a GP, said:\n\n“{SENTENCE}”",
        f"The director said:\n\n{SENTENCE}",
        f"The director said:\n\n> {SENTENCE}",
        "Two reasons are: cost and time.",
        "The two reasons are:\ncost and time.",
        "The hours are:  \nMonday, 9am to 5pm",
        "Key advantages include:\n- Shorter waits",
        "They are:\n\n(a) the first reason, which is the longest of them all by far\n(b) b",
        "– said nobody",
        "“One.\n\n“Two.\n\n“Three.”",
        "> “One.\n>\n> “Two.”",
        "He said “yes” and she said “no”.",
        'A 12" plate and a "quoted" word.',
        'It ran "from 2019 to 2020" and then "from 2021".',
        "## The field `a`\n\nText.\n\n## The field `b`\n\nText.",
        "It’s ‘one’, and they're not.",
        "## Aims\n\nText.\n\n## Aims for next year\n\nText.",
    ],
)
def test_in_order(body: str) -> None:
    """Lists that are there, speech, quotations over several paragraphs, and apostrophes."""
    post = news(body)
    assert told(copy.check(post, TODAY), post) == []


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"summary": "A **new** ward."}, "4 signs-in-field: **new**"),
        ({"summary": "See [the ward](/a/)."}, "4 signs-in-field: [the ward](/a/)"),
        ({"summary": "A ward&nbsp;opens."}, "4 signs-in-field: &nbsp;"),
        ({"title": "A *new* ward"}, "2 signs-in-field: *new*"),
        ({"image": '{src: a.png, alt: "A <b>red</b> door"}'}, "6 signs-in-field: <b>"),
        ({"title": "A ward opens."}, "2 title-stop: ."),
        ({"summary": "A post"}, "4 summary-again: A post"),
        ({"summary": "Some words."}, "4 summary-again: Some words."),
    ],
)
def test_fields(fields: dict[str, object], expected: str) -> None:
    """Plain text fields are shown as typed, and beside each other."""
    post = news("Some words.", **fields)
    assert expected in told(copy.check(post, TODAY), post)


@pytest.mark.parametrize(
    "fields",
    [
        {"title": "What is 2 * 3 * 4?"},
        {"title": "Mind, body etc."},
        {"title": "Wait for it..."},
        {"title": "snake_case_words"},
        {"title": "A new ward? It opens!"},
        {"summary": "Some words more than the text has."},
        {"withdrawn": "{date: 2026-06-01, reason: It is **wrong**.}"},
    ],
)
def test_fields_in_order(fields: dict[str, object]) -> None:
    """Signs that are none, and fields in which Markdown is read."""
    post = news("Some words.", **fields)
    assert told(copy.check(post, TODAY), post) == []


@pytest.mark.parametrize(
    ("post", "fix"),
    [
        (news("• One\n• Two"), "- One"),
        (news(title="A ward opens."), "title: A ward opens"),
        (news(summary="A **new** ward."), "type new"),
    ],
)
def test_what_to_type(post: reading.Post, fix: str) -> None:
    """The fix is what to type instead."""
    assert fix in fixes(copy.check(post, TODAY))


def test_a_list_may_be_shown_by_the_page() -> None:
    """What people said stands in ``quotes``, below the text."""
    quotes = '[{text: "We like it.", name: Ann Other}]'
    assert list(copy.check(news("Their answers were:", quotes=quotes), TODAY)) == []


def test_english_rules_hold_in_english_only() -> None:
    """A Polish text has no American spelling and no English months."""
    post = typed(sites.post("The the color of 6 February."), lang="pl")
    assert list(copy.check(post, TODAY)) == []
