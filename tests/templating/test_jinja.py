"""Jinja as pages need it: quick, and the same to whoever writes a template."""

from __future__ import annotations

from types import SimpleNamespace

import jinja2
import markupsafe
import pytest

from sitegen.shown import Html
from sitegen.templating.jinja import Compiler, Environment, escape

CARD = "{% macro card(it, level=2) %}<h{{ level }}>{{ it }}</h{{ level }}>{% endmacro %}"
BROKEN = "{% if %}"


def shown(page: str, **others: str) -> str:
    """What page.html shows; ``card`` is the text of card.html."""
    texts = {f"{name}.html": text for name, text in {"page": page, **others}.items()}
    template: jinja2.Template = Environment(Compiler(texts), {}).get_template("page.html")
    return template.render(page=SimpleNamespace(title="A & B"), site=None)


@pytest.mark.parametrize(
    "value", ["plain", "a & b", "<i>", "'single'", '"double"', "&amp;", "", 7, None, Html("<b>&")]
)
def test_escaping_is_that_of_html(value: object) -> None:
    """As the library behind Jinja has it: five characters of text, none of what is HTML."""
    assert escape(value) == markupsafe.escape(value)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        ("card(it=page.title)", "<h2>A &amp; B</h2>"),
        ("card(level=3, it=page.title)", "<h3>A &amp; B</h3>"),
        ("card(page.title, 3)", "<h3>A &amp; B</h3>"),
        ("card(page.title, level=3)", "<h3>A &amp; B</h3>"),
        ("card(it=card(it=1, level=4))", "<h2><h4>1</h4></h2>"),
        ("card(it=1) | upper", "<H2>1</H2>"),
    ],
)
def test_a_component_is_called_as_a_macro_is(call: str, said: str) -> None:
    """By name, in order, with what it takes when nothing is given; what it shows is HTML."""
    assert shown('{% from "card.html" import card %}{{ ' + call + " }}", card=CARD) == said


@pytest.mark.parametrize(
    ("call", "fault"),
    [
        ("card()", "parameter 'it' was not provided"),
        ("card(it=1, colour=2)", "takes no keyword argument 'colour'"),
        ("card(1, 2, 3)", "takes not more than 2 argument"),
        ("crad(it=1)", "'crad' is undefined"),
    ],
)
def test_a_wrong_call_is_an_error(call: str, fault: str) -> None:
    """In Jinja's own words."""
    with pytest.raises((jinja2.UndefinedError, TypeError), match=fault.replace("(", r"\(")):
        shown('{% from "card.html" import card %}{{ ' + call + " }}", card=CARD)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            '{% from "card.html" import card as it, other %}{{ it(it=1) }}{{ other() }}',
            "<h2>1</h2>o",
        ),
        ('{% import "card.html" as parts %}{{ parts.card(it=1) }}', "<h2>1</h2>"),
        (
            '{% for n in (1, 2) %}{% from "card.html" import card %}{{ card(it=n) }}{% endfor %}',
            "<h2>1</h2><h2>2</h2>",
        ),
        ('{% from "card.html" import wide %}{{ wide(1, a=2) }}{{ wide() }}', "(1,) 1() 0"),
        ('{% from "card.html" import box %}{% call box(a=1) %}in{% endcall %}', "1 in"),
    ],
)
def test_every_way_to_import(text: str, said: str) -> None:
    """By other names, as a whole, inside a loop; macros that take what they do not name."""
    wide = "{% macro wide() %}{{ varargs }} {{ kwargs | length }}{% endmacro %}"
    box = "{% macro box(a) %}{{ a }} {{ caller() }}{% endmacro %}"
    other = "{% macro other() %}o{% endmacro %}"
    assert shown(text, card=CARD + wide + box + other) == said


def test_a_component_that_is_not_shown_is_not_compiled() -> None:
    """Most pages show few of those that their templates name."""
    text = '{% from "card.html" import card %}{% if page.title == "C" %}{{ card() }}{% endif %}.'
    assert shown(text, card=BROKEN) == "."
    with pytest.raises(jinja2.TemplateSyntaxError):
        shown(text.replace('"C"', '"A & B"'), card=BROKEN)


def test_a_block_sees_what_its_template_imports() -> None:
    """In the page's own template and in the one that it extends."""
    base = '{% from "card.html" import card %}{% block main %}{{ card(it=1) }}{% endblock %}'
    page = '{% extends "base.html" %}{% block main %}{{ super() }}{{ card(it=2) }}{% endblock %}'
    assert shown(page, base=base, card=CARD) == "<h2>1</h2><h2>2</h2>"
