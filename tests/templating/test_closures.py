"""What a template's tree tells before any page is made."""

from __future__ import annotations

import jinja2
import pytest

from sitegen.problems import Problem
from sitegen.templating.closures import Told, closure, faults, told

CARD = "{% macro card(it) %}{{ it }}{% endmacro %}"


def tell(text: str) -> Told:
    """What a text tells."""
    return told(jinja2.Environment().parse(text))


def faults_of(text: str) -> list[Problem]:
    """The faults of page.html, beside card.html and one that can't be read."""
    good = {"page.html": tell(text), "card.html": tell(CARD)}
    there = {*good, "broken.html"}
    return list(faults("page.html", good, there, {"skip": "Skip"}))


@pytest.mark.parametrize(
    ("text", "site", "words"),
    [
        ("{{ page.title }}", False, False),
        ("{{ page.site }}", False, False),
        ("{% if site.menu %}{% endif %}", True, False),
        ('{{ label("skip") }}', False, True),
        ('{% include "card.html" %}', False, False),
        ('{% include "foot.html" %}', True, True),
    ],
)
def test_what_a_closure_looks_at(text: str, site: bool, words: bool) -> None:
    """Itself or by what it names: what every page shares, and words."""
    texts = {"page.html": text, "card.html": CARD, "foot.html": '{{ t("skip") }}{{ site.home }}'}
    found = closure("page.html", texts, lambda name: tell(texts[name]))
    assert (found.reads_site, found.says_words) == (site, words)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('\n{% from "card.html" import crad %}', 'no macro "crad". Did you mean "card"?'),
        ('\n{% from "card.html" import card as one, two %}', 'no macro "two"'),
        ('\n{% from "crd.html" import card %}', 'no template "crd.html"'),
        ("\n{% extends page.base %}", "only a template's name in quotes"),
        ('\n{{ t("skpi") }}', 'no words "skpi"'),
    ],
)
def test_names_that_lead_nowhere(text: str, message: str) -> None:
    """Of a macro, a template or words, at their line."""
    (fault,) = faults_of(text)
    assert message in fault.message
    assert (fault.path, fault.line) == ("templates/page.html", 2)


@pytest.mark.parametrize(
    "text",
    [
        '{% from "card.html" import card as it %}{{ it(it=1) }}{{ t("skip") }}',
        '{% from "broken.html" import anything %}',
        '{% import "card.html" as parts %}{{ parts.card(it=1) }}{{ t(page.key) }}',
    ],
)
def test_what_is_right_or_told_elsewhere(text: str) -> None:
    """Nothing is said of it: a template that can't be read has a fault of its own."""
    assert faults_of(text) == []
