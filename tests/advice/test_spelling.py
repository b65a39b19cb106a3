"""Words typed twice, American spelling, and words that only sound right."""

from __future__ import annotations

import pytest

from sitegen.advice import spelling
from tests.advice.typed import fixes, news, told


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Waits grew more more quickly.", "8 repeated-word: more"),
        ("The the ward is open.", "8 repeated-word: the"),
        ("The ward is is open.", "8 repeated-word: is"),
        ("The ward is in\nin the north.", "9 repeated-word: in"),
        ("It is **very nice** nice.", "8 repeated-word: nice"),
        ("[the ward](/a/) ward", "8 repeated-word: ward"),
        ("The new center is open.", "8 american-spelling: center"),
        ("Color and light.", "8 american-spelling: Color"),
        ("a neighborhood plan", "8 american-spelling: neighborhood"),
        ("a vaccination program", "8 american-spelling: program"),
        ("He was hospitalized for anemia.", "8 american-spelling: anemia"),
        ("We want to here from you.", "8 sounds-alike: here from you"),
        ("You could of been told.", "8 sounds-alike: could of been"),
        ("Their are two wards.", "8 sounds-alike: Their are"),
    ],
)
def test_slips(body: str, expected: str) -> None:
    """Each is told at its words."""
    post = news(body)
    assert expected in told(spelling.check(post), post)


@pytest.mark.parametrize(
    "body",
    [
        "If he had had to wait, he would say that that is wrong.",
        "It was very very good, bye bye.",
        "What it is is a start.",
        "Ward 12 12 beds",
        "Duran Duran",
        "The more, more often",
        "The end. End of story.",
        "Type `yes` or `no` or nothing.",
        "The **more** the better.",
        "it’s the the-word",
        "We organize and realize.",
        "The World Health Center for Care",
        "He said: “The color is wrong.”",
        "> The color is wrong.",
        "Some programs run on a phone. Delete the program.",
        "Mrs Gray came. Gray said so.",
        "Write to help@center.org or see [the plan](/color/).",
        "An honorary and humorous doctor, a vigorous licence and practice.",
        "We are here for you. Tell us what you hear from your GP.",
        "Out of here. From you.",
    ],
)
def test_right_words(body: str) -> None:
    """Words that may stand twice, names, others’ words, and spelling that is British too."""
    post = news(body)
    assert told(spelling.check(post), post) == []


def test_what_to_type() -> None:
    """The fix keeps the capital."""
    assert fixes(spelling.check(news("Color helps. A favorite ward."))) == [
        "type Colour",
        "type favourite",
    ]


def test_fields_are_looked_at() -> None:
    """A title may have slips too."""
    post = news(title="A new new ward")
    assert told(spelling.check(post), post) == ["2 repeated-word: new"]
