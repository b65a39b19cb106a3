"""Plain English: sentences and paragraphs of a bearable length, and words that everybody knows."""

from __future__ import annotations

import pytest

from sitegen.advice import plain, reading
from sitegen.clock import zone
from sitegen.source import facts
from tests.sites import blog, document, post

WORDS = """\
utilise: {use: use}
liaise with: {use: talk to, forms: [liaised with]}
in order to: {use: to}
service user: {use: people who use the service}
follow-up: {use: check}
virtual ward: {use: hospital care at home, term: true}
criteria to reside: {use: reasons to stay in hospital, term: true}
"""
FACTS, FAULTS = facts.read({"words.yaml": WORDS.encode()}, zone("Europe/London"))
assert not FAULTS


def advised(text: str, lang: str = "en-GB") -> list[str]:
    """``line:column code: message`` of what is advised about one post."""
    typed = reading.read(document("news/a.md", text), text, lang)
    found = plain.check(typed, plain.vocabulary(FACTS.words))
    return [f"{p.line}:{p.column} {p.code}: {p.message}" for p in found]


def in_body(body: str) -> list[str]:
    """What is advised about a body that begins on line 8."""
    return advised(post(body))


def words(count: int, end: str = ".") -> str:
    """A sentence of so many words."""
    return " ".join(["Word", *["word"] * (count - 1)]) + end


# ---- length


def test_a_long_sentence() -> None:
    """Over 30 words, at the place where it begins; one of 30 may stay."""
    assert in_body(f"{words(30)} {words(31)}") == [
        "8:152 long-sentence: this sentence has 31 words; many readers lose the thread after 25"
    ]


@pytest.mark.parametrize(
    "text",
    [
        f"{words(20)} {words(20, '?')} {words(20, '!”')}",
        f"{words(20)}\n{words(20)}",
        f"- {words(31)}\n- {words(31)}",
        f"1. {words(31)}",
        f"> {words(31)}",
        f"She said: “{words(40)} {words(40)}” Then she left.",
        f"She said: “{words(40)}",
        f"He said ‘{words(20)} I can’t. {words(20)}’ and left.",
        f"## {words(31)}",
        f"| a | b |\n| --- | --- |\n| {words(31)} | b |",
        f"```\n{words(31)}\n```",
        f"See [{words(20, '')}](https://example.org/{'a-' * 40}) [^1].",
        f"{words(15, '')} (see page 7). {words(15)}",
    ],
)
def test_no_sentence_of_ones_own_is_too_long(text: str) -> None:
    """Lists, tables, headings, code and other people's words are left alone; addresses too."""
    assert in_body(text) == []


@pytest.mark.parametrize(
    "stop", ["Dr. Smith", "e.g. Monday", "3.5 miles", "J. Smith", "example.org is", "St. Mary"]
)
def test_a_full_stop_that_ends_no_sentence(stop: str) -> None:
    """Titles, initials, numbers and addresses."""
    assert len(in_body(f"{words(20, '')} {stop} {words(20)}")) == 1


def test_a_long_paragraph() -> None:
    """Over 120 words of one's own."""
    short = " ".join([words(20)] * 6)
    assert in_body(short) == []
    assert in_body(f"{short} “{words(50)}” He left.") == [
        "8:1 long-paragraph: this paragraph has 122 words: a wall of text on a phone"
    ]


def test_markdown_in_the_front_matter() -> None:
    """A paragraph of a field is one like any other."""
    text = post("Short.", withdrawn=f"{{date: 2026-06-01, reason: {words(31)}}}")
    assert [a.partition(": ")[0] for a in advised(text)] == ["6:39 long-sentence"]


# ---- words


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("We utilise it.", "utilise"),
        ("Utilising it is good.", "Utilising"),
        ("We **utilised** it.", "utilised"),
        ("We liaised with them.", "liaised with"),
        ("Ask the service users.", "service users"),
        ("We came in\norder to help.", "in order to"),
        ("- Follow-ups are made.", "Follow-ups"),
        ("## To utilise", "utilise"),
    ],
)
def test_a_word_that_has_a_plainer_one(typed: str, found: str) -> None:
    """In any form and case, over a line's end too."""
    (said,) = in_body(typed)
    assert said.partition(" ")[2] == f'hard-word: "{found}" has a plainer word'


@pytest.mark.parametrize(
    "typed",
    [
        "We use it, in good order, to help users of the service.",
        "A reutilised e-utilise utilisation.",
        "She said: “We utilise it.”",
        "He said ‘we’ll utilise it’.",
        '"Use", not "utilise".',
        "What's 'in order to'?",
        "## The “virtual ward” and the 'virtual ward'",
        "> We utilise it.",
        "Call the Utilise Centre.",
        "`utilise`",
        "[Read it](https://example.org/utilise)",
    ],
)
def test_a_word_that_may_stay(typed: str) -> None:
    """Part of another word, other people's, a name, code or an address."""
    assert in_body(typed) == []


def test_a_word_is_told_once_a_post() -> None:
    """At its first use, the front matter before the body; with what to type."""
    text = post("We utilise it and utilise it.\n\nIn order to.", title="We utilise it")
    typed = reading.read(document("news/a.md", text), text, "en-GB")
    order, use = plain.check(typed, plain.vocabulary(FACTS.words))
    assert (order.line, order.column, order.width, order.fix) == (10, 1, 11, 'use "to"')
    assert (use.line, use.column, use.width, use.fix) == (2, 11, 7, 'use "use"')


def test_what_others_say_in_fields() -> None:
    """Quotes, and the title of another's document."""
    text = blog(
        pull_quote="{text: We utilise it, attribution: A}",
        source="{name: To utilise}",
        documents="[{title: How to utilise, url: https://example.org/a.pdf}]",
    )
    assert advised(text) == []


@pytest.mark.parametrize(
    "typed",
    [
        "A virtual ward opens.",
        "## Virtual wards today",
    ],
)
def test_a_term_that_is_not_explained(typed: str) -> None:
    """In any block, and with its endings."""
    (said,) = in_body(typed)
    assert "hard-term: not everyone knows what" in said


@pytest.mark.parametrize(
    "typed",
    [
        "Join a virtual ward. A virtual ward is a team that cares for you at home.",
        "Join a virtual ward. Virtual wards are the same care at home.",
        "‘Virtual wards’, which means care at home.",
        "We run a “virtual ward” (hospital care at home).",
        "Hospital care at home, called a “virtual ward”, is new.",
        "A virtual ward, or hospital care at home, is new.",
        "We have a virtual ward.\n\nVirtual ward\n:   Hospital care at home.",
        "We have a virtual ward.\n\n## What is a virtual ward?",
    ],
)
def test_a_term_that_the_text_explains(typed: str) -> None:
    """Somewhere in the post, in one of the usual ways."""
    assert in_body(typed) == []


def test_only_english_is_read() -> None:
    """The rules are those of English, in any country."""
    assert advised(post("To utilise"), "fr") == []
    assert len(advised(post("To utilise"), "en-US")) == 1


def test_the_list_is_validated() -> None:
    """A phrase needs its plainer one, and letters."""
    bad = b"utilise: {}\n'%': {use: per cent}\nlevel: {use: even, form: levels}\n"
    _, found = facts.read({"words.yaml": bad}, zone("Europe/London"))
    assert [p.code for p in found] == ["missing-field", "bad-phrase", "unknown-field"]


def test_an_entry_without_a_plainer_word_advises_nothing() -> None:
    """The fault of its file is enough."""
    read, found = facts.read({"words.yaml": b"patients: people\n"}, zone("Europe/London"))
    text = post("The patients come.")
    typed = reading.read(document("news/a.md", text), text, "en-GB")
    assert found
    assert list(plain.check(typed, plain.vocabulary(read.words))) == []
