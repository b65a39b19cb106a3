"""The glossary."""

from __future__ import annotations

import pytest

from sitegen.model import Rendered
from sitegen.outputs.glossary import letter_of, term_id
from sitegen.views import GlossaryView
from tests.sites import linked, made, planned, post

TERMS = (
    "ICB: {meaning: integrated care board}\n"
    '"A&E": {meaning: accident and emergency}\n'
    "CCG: {meaning: clinical commissioning group, until: 2022-06-30, successor: ICB}\n"
    'ccg2: {meaning: another}\n"111": {meaning: a phone number}\n'
)
SITE = {"content/glossary.yaml": TERMS}


def test_terms_by_letter() -> None:
    """A to Z, whatever the case; what begins with no letter stands together."""
    output = planned(SITE)["glossary/index.html"]
    assert isinstance(output, Rendered)
    assert isinstance(output.view, GlossaryView)
    letters = {x.letter: [t.acronym for t in x.terms] for x in output.view.letters}
    assert letters == {"#": ["111"], "A": ["A&E"], "C": ["CCG", "ccg2"], "I": ["ICB"]}
    ccg = output.view.letters[2].terms[0]
    assert ccg.ended and ccg.ended.text == "30 June 2022"
    assert ccg.successor and ccg.successor.url == "/glossary/#icb"


@pytest.mark.parametrize(
    ("acronym", "anchor", "letter"),
    [("ICB", "icb", "I"), ("A&E", "a-and-e", "A"), ("111", "111", "#")],
)
def test_anchors(acronym: str, anchor: str, letter: str) -> None:
    """Each term has an anchor that its letters tell."""
    assert (term_id(acronym), letter_of(acronym)) == (anchor, letter)


def test_posts_can_link_to_a_term() -> None:
    """The anchors are on the page, and one that is not there is a fault."""
    page = made(SITE, "glossary/index.html").decode()
    assert 'id="icb"' in page
    good = {**SITE, "content/news/a.md": post("[ICB](/glossary/#icb)")}
    assert not linked(good).problems
    bad = {**SITE, "content/news/a.md": post("[ICB](/glossary/#nothing)")}
    assert [p.code for p in linked(bad).problems] == ["broken-anchor"]
