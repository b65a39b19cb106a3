"""The shared facts: content/*.yaml as frozen tables."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from sitegen.source import facts
from sitegen.source.facts import Action, Facts, Organisation, Person, Series, Tag, Term

LONDON = ZoneInfo("Europe/London")


def read(**files: str) -> tuple[Facts, list[str]]:
    """The facts of some files, and ``path:line code: message`` of each problem."""
    found, problems = facts.read({f"{n}.yaml": text.encode() for n, text in files.items()}, LONDON)
    return found, [f"{p.path}:{p.line} {p.code}: {p.message}" for p in problems]


def test_nothing() -> None:
    """Every file is optional."""
    assert read() == (Facts(), [])


def test_everything() -> None:
    """Each file is a table by id."""
    found, problems = read(
        tags="dentistry: {label: Dentists, description: About teeth, synonyms: [teeth]}",
        people="ann-bee: {name: Ann Bee, role: Chief, photo: ann.png, bio: She helps.}",
        organisations="ccg: {name: A CCG, short: CCG, url: 'https://ccg.example', "
        "from: 2013-04-01, until: 2022-06-30, successor: icb}\nicb: {name: An ICB}",
        glossary="ICB: {meaning: integrated care board, explanation: It plans.}\nA&E: {meaning: x}",
        series="ceo-blog: {title: CEO, prefix: CEO's blog, description: D}",
        actions="newsletter: {title: News, text: T, button: Sign up, url: /news/}",
    )
    assert problems == []
    assert found.has_tags
    assert found.tags["dentistry"] == Tag(
        label="Dentists", description="About teeth", synonyms=("teeth",)
    )
    assert found.people["ann-bee"] == Person(
        name="Ann Bee", role="Chief", photo="ann.png", bio="She helps."
    )
    assert found.organisations["ccg"] == Organisation(
        name="A CCG",
        short="CCG",
        url="https://ccg.example",
        from_=date(2013, 4, 1),
        until=date(2022, 6, 30),
        successor="icb",
    )
    assert list(found.glossary) == ["ICB", "A&E"]
    assert found.glossary["ICB"] == Term(meaning="integrated care board", explanation="It plans.")
    assert found.series["ceo-blog"] == Series(title="CEO", prefix="CEO's blog", description="D")
    assert found.actions["newsletter"] == Action(
        title="News", text="T", button="Sign up", url="/news/"
    )
    assert found.places["tags.dentistry.label"].line == 1


@pytest.mark.parametrize(
    ("files", "fault"),
    [
        (
            {"glossry": "A: {meaning: b}"},
            'content/glossry.yaml:0 unknown-file: "glossry.yaml" is no file of shared facts.'
            ' Did you mean "glossary.yaml"?',
        ),
        (
            {"zzz": "a: b"},
            'content/zzz.yaml:0 unknown-file: "zzz.yaml" is no file of shared facts. It can be'
            " tags.yaml, people.yaml, organisations.yaml, glossary.yaml, series.yaml,"
            " actions.yaml, words.yaml.",
        ),
        (
            {"tags": "care: {labl: Care, label: Care}"},
            'content/tags.yaml:1 unknown-field: "labl" is not a field. Did you mean "label"?',
        ),
        (
            {"tags": "care: {label: Care}\ngp: {label: GPs, synonyms: [Care]}"},
            'content/tags.yaml:2 tag-clash: "care" already leads to the tag "care"',
        ),
        (
            {"glossary": "CCG: {meaning: a group, successor: ICBs}\nICB: {meaning: a board}"},
            'content/glossary.yaml:1 unknown-successor: "ICBs" is not in this file.'
            ' Did you mean "ICB"?',
        ),
        (
            {"tags": "care: {label: A: B}"},
            "content/tags.yaml:1 yaml-colon: a colon followed by a space must be inside quotes",
        ),
        (
            {"glossary": '"A&E": {meaning: a}\nA and E: {meaning: b}'},
            'content/glossary.yaml:2 acronym-clash: "A and E" and "A&E" would have the same place'
            " in the glossary",
        ),
        (
            {"people": "Ann Bee: {name: Ann}"},
            'content/people.yaml:1 bad-id: "Ann Bee" is not an id',
        ),
        (
            {"tags": "care: {label: Care}\ncare: {label: Care}"},
            'content/tags.yaml:2 duplicate-key: "care" is also set on line 1',
        ),
    ],
)
def test_faults(files: dict[str, str], fault: str) -> None:
    """Facts are validated like front matter, and against each other."""
    assert read(**files)[1] == [fault]


def test_not_utf8() -> None:
    """A file in another encoding is a fault, and holds nothing."""
    found, (fault,) = facts.read({"tags.yaml": "a: {label: Café}".encode("cp1252")}, LONDON)
    assert (found.tags, fault.code, fault.path) == ({}, "not-utf8", "content/tags.yaml")


@pytest.mark.parametrize("text", ["x:\n", "x: {}\n", "x: words\n", "x: [a]\n"])
def test_a_faulty_fact_is_there_all_the_same(text: str) -> None:
    """A fact without its words is at fault once: whoever names it is not."""
    found, problems = read(**dict.fromkeys(facts.FILES, text))
    assert problems
    assert found.tags["x"].label == "x"
    assert found.people["x"].name == found.organisations["x"].name == "x"
    assert found.glossary["x"].meaning == found.series["x"].title == "x"
    assert found.actions["x"].button == "x"


def test_ids_that_differ_in_white_space() -> None:
    """The second would take the place of the first without a word."""
    found, problems = read(tags='care: {label: Care}\n"care ": {label: Other}')
    assert problems == ['content/tags.yaml:2 duplicate-key: "care" is also set above']
    assert found.tags["care"].label == "Care"
