"""The glossary."""

from __future__ import annotations

import pytest

from sitegen.model import Rendered
from sitegen.outputs.glossary import letter_of
from sitegen.source.facts import term_id
from sitegen.views.lists import GlossaryView
from tests.sites import Files, blog, linked, made, page, planned, post

TERMS = (
    "ICB: {meaning: integrated care board}\n"
    '"A&E": {meaning: accident and emergency}\n'
    "CCG: {meaning: clinical commissioning group, until: 2022-06-30, successor: ICB}\n"
    'ccg2: {meaning: another}\n"111": {meaning: a phone number}\n'
)
SITE = {"content/glossary.yaml": TERMS}


def view_of(files: Files) -> GlossaryView:
    """What the glossary of these files shows."""
    output = planned(files)["glossary/index.html"]
    assert isinstance(output, Rendered)
    assert isinstance(output.view, GlossaryView)
    return output.view


def test_terms_by_letter() -> None:
    """A to Z, whatever the case; what begins with no letter stands together."""
    view = view_of(SITE)
    letters = {x.letter: [t.acronym for t in x.terms] for x in view.letters}
    assert letters == {"#": ["111"], "A": ["A&E"], "C": ["CCG", "ccg2"], "I": ["ICB"]}
    ccg = view.letters[2].terms[0]
    assert ccg.ended and ccg.ended.text == "30 June 2022"
    assert ccg.successor and ccg.successor.url == "/glossary/#icb"


@pytest.mark.parametrize(
    ("acronym", "anchor", "letter"),
    [("ICB", "icb", "I"), ("A&E", "a-and-e", "A"), ("111", "111", "#")],
)
def test_anchors(acronym: str, anchor: str, letter: str) -> None:
    """Each term has an anchor that its letters tell."""
    assert (term_id(acronym), letter_of(acronym)) == (anchor, letter)


def test_the_pages_that_use_a_term() -> None:
    """Current posts that show it in running text, newest first: ten of them, and how many."""
    view = view_of(
        {
            **SITE,
            "content/pages/p.md": page("The CCGs and ICBs", title="A page"),
            "content/news/link.md": post("[ICB](/p/)", title="A link"),
            "content/news/old.md": post("ICB", expiry_date="2026-05-02", title="Expired"),
            "content/news/pl.md": post("ICB", lang="pl", title="Polish"),
            "content/blog/draft.md": blog("ICB", draft="true", title="Draft"),
            **{
                f"content/news/n{day}.md": post("ICB", title=f"News {day}", date=f"2026-05-{day}")
                for day in range(10, 21)
            },
        }
    )
    terms = {term.acronym: term for letter in view.letters for term in letter.terms}
    icb, ccg = terms["ICB"], terms["CCG"]
    assert (len(icb.uses), icb.uses_count) == (10, 12)
    assert [use.label for use in icb.uses[:2]] == ["News 20", "News 19"]
    assert [(use.label, use.url) for use in ccg.uses] == [("A page", "/p/")]
    assert (terms["A&E"].uses, terms["A&E"].uses_count) == ((), 0)


def test_the_page_of_uses() -> None:
    """The list is folded away; nothing is said of a term that no page uses."""
    html = made({**SITE, "content/pages/p.md": page("The ICB")}, "glossary/index.html").decode()
    assert html.count("<summary>") == 1
    assert '<summary>Used on 1 page<span class="quiet">: ' in html


def test_posts_can_link_to_a_term() -> None:
    """The anchors are on the page, and one that is not there is a fault."""
    page = made(SITE, "glossary/index.html").decode()
    assert 'id="icb"' in page
    good = {**SITE, "content/news/a.md": post("[ICB](/glossary/#icb)")}
    assert not linked(good).problems
    bad = {**SITE, "content/news/a.md": post("[ICB](/glossary/#nothing)")}
    assert [p.code for p in linked(bad).problems] == ["broken-anchor"]
