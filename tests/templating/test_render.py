"""The renderer: strict, escaped, literal includes only, and exact about what a page depends on."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import PurePosixPath
from types import SimpleNamespace

import pytest

from sitegen.building.outdated import parts as parts_of
from sitegen.disk.workers import InProcess
from sitegen.model import Copied, Encoded, Output, Ready, Rendered
from sitegen.problems import Problem
from sitegen.shown import Html, LinkTo
from sitegen.source.wordbook import Wordbook
from sitegen.templating.render import Renderer, TemplateFault, render_all
from tests.sites import templates, wordbook

PAGE = LinkTo(label="Q&A", url="/a/")


@dataclass(frozen=True)
class Spoken:
    """A view that says its language."""

    lang: str


def ready(**texts: str) -> Renderer:
    """A Renderer of templates by name: ``page`` is page.html, ``parts__card`` parts/card.html."""
    rows = {name.replace("__", "/") + ".html": text for name, text in texts.items()}
    return Renderer(tuple(sorted(rows.items())), wordbook())


def fault_of(renderer: Renderer, name: str = "page.html", owner: str = "") -> Problem:
    """The fault of rendering a page."""
    with pytest.raises(TemplateFault) as caught:
        renderer.render(name, SimpleNamespace(), PAGE, owner=owner)
    return caught.value.problem


def test_text_is_escaped_and_html_is_not() -> None:
    """Only Html is markup."""
    renderer = ready(page="{{ page.label }} {{ site.body }}\n")
    site = SimpleNamespace(body=Html("<b>bold</b>"))
    assert renderer.render("page.html", site, PAGE) == b"Q&amp;A <b>bold</b>\n"


def test_what_is_undefined_is_a_fault() -> None:
    """With the template, its line, and the file of content that was shown."""
    renderer = ready(page="<p>\n{{ page.titel }}\n", base="")
    fault = fault_of(renderer, owner="content/blog/a.md")
    assert (fault.code, fault.path, fault.line) == ("template-error", "templates/page.html", 2)
    assert "titel" in fault.message
    assert "content/blog/a.md" in fault.message


def test_a_fault_in_an_included_template_is_told_there() -> None:
    """The innermost template and its line, through extends, include and macros."""
    renderer = ready(
        base="<main>{% block main %}{% endblock %}</main>",
        parts__card="{% macro card(it) %}\n\n{{ it.colour }}{% endmacro %}",
        page='{% extends "base.html" %}\n{% from "parts/card.html" import card %}\n'
        "{% block main %}{{ card(it=page) }}{% endblock %}",
    )
    fault = fault_of(renderer)
    assert (fault.path, fault.line) == ("templates/parts/card.html", 3)


@pytest.mark.parametrize("text", ["{{ range(3) }}", "{{ lipsum() }}", "{{ self }}{{ cycler }}"])
def test_templates_have_no_globals(text: str) -> None:
    """``site`` and ``page`` are all there is."""
    assert fault_of(ready(page=text)).code == "template-error"


def test_a_template_that_is_not_there() -> None:
    """A fault, not an exception of Jinja's."""
    assert fault_of(ready(page=""), "other.html").code == "template-missing"


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("<p>\n{% if %}", "template-syntax", 2),
        ("\n\n{{ page.title", "template-syntax", 3),
        ("{{ page.title | nofilter }}", "template-syntax", 1),
        ("\n{% include page.url %}", "template-include", 2),
        ('{% include "a" + ".html" %}', "template-include", 1),
        ('{% include ["a.html", "b.html"] %}', "template-include", 1),
        ("{% extends site.base %}", "template-include", 1),
        ('\n{% from "nothing.html" import x %}', "template-missing", 2),
    ],
)
def test_faults_that_are_seen_without_rendering(text: str, code: str, line: int) -> None:
    """Syntax, includes that are not literal, and templates that are not there, at their lines."""
    (fault,) = ready(page=text).problems()
    assert (fault.code, fault.path, fault.line) == (code, "templates/page.html", line)


def test_all_faults_of_all_templates_are_told() -> None:
    """In the order of their names."""
    found = ready(b="{% if %}", a="{% include page.x %}", c="fine").problems()
    assert [fault.path for fault in found] == ["templates/a.html", "templates/b.html"]


def test_a_page_depends_on_all_that_its_template_uses() -> None:
    """Its closure changes with a template that it extends, includes or imports; with no other."""
    texts = {
        "base": '{% include "parts/foot.html" %}{% block main %}{% endblock %}',
        "page": '{% extends "base.html" %}{% from "parts/card.html" import card %}',
        "parts__card": '{% import "parts/deep.html" as deep %}{% macro card() %}{% endmacro %}',
        "parts__deep": "deep",
        "parts__foot": "foot",
        "other": "other",
    }
    before = ready(**texts).closures()["page.html"]
    for name in texts:
        after = ready(**{**texts, name: texts[name] + "!"}).closures()["page.html"]
        assert (after != before) is (name != "other"), name


def test_a_circle_of_includes_has_a_closure() -> None:
    """Two templates that name each other end."""
    renderer = ready(a='{% if page %}{% include "b.html" %}{% endif %}', b='{% include "a.html" %}')
    uses = renderer.closures()
    assert uses["a.html"] == uses["b.html"]


def test_words_are_those_of_the_page() -> None:
    """In the language that its head says; escaped, and plain in an attribute."""
    text = '<a title="{{ label("by", name=page.name) }}">{{ t("by", name=page.name) }}</a>'
    renderer = ready(page=text)
    view = SimpleNamespace(name="<b>", head=SimpleNamespace(lang="pl"))
    said = b"Tekst: &lt;b&gt;"
    assert renderer.render("page.html", None, view) == b'<a title="%s">%s</a>' % (said, said)


def test_words_that_english_lacks_are_a_fault() -> None:
    """Every key is looked for before anything is rendered, and the near one is named."""
    (fault,) = ready(page='\n{{ t("skipp") }}{{ label("skip") }}').problems()
    assert (fault.code, fault.path) == ("unknown-word", "templates/page.html")
    assert fault.line == 2
    assert 'Did you mean "skip"?' in fault.message


def test_a_page_depends_on_the_words_of_its_language() -> None:
    """Only a page that says words; other languages' words are no matter to it."""
    one, other = wordbook(), wordbook({"templates/i18n/pl.yaml": "skip: Dalej\n"})
    uses = ready(page='{{ t("skip") }}', mute="{{ page.head.lang }}").closures()

    def said(words: Wordbook, name: str, lang: str) -> str | None:
        output = Rendered(path=PurePosixPath("a"), template=name, make=Ready(Spoken(lang=lang)))
        return parts_of(output, uses, words, "frame").get("words")

    assert said(one, "page.html", "pl") != said(other, "page.html", "pl")
    assert said(one, "page.html", "en-GB") == said(other, "page.html", "en-GB")
    assert said(one, "mute.html", "pl") is None


def test_the_parts_of_an_output() -> None:
    """A page has its template and each field of its view, and the frame if it shows it."""
    uses = ready(page="{{ page.label }}", framed="{{ site }}").closures()

    def parts(output: Output) -> dict[str, str]:
        return parts_of(output, uses, wordbook(), "frame")

    path = PurePosixPath("a")
    page = parts(Rendered(path=path, template="page.html", make=Ready(PAGE)))
    assert set(page) == {"template", "label", "url", "note"}
    assert parts(Rendered(path=path, template="framed.html", make=Ready(PAGE)))["site"] == "frame"
    other = Rendered(path=path, template="page.html", make=Ready(LinkTo(label="B", url="/a/")))
    assert {n for n, d in parts(other).items() if page[n] != d} == {"label"}
    assert set(parts(Encoded(path=path, make=Ready(b"x")))) == {"data"}
    assert parts(Copied(path=path, source=path, digest="abc")) == {"file": "abc"}


@pytest.mark.parametrize("make", [InProcess, lambda: ThreadPoolExecutor(2)])
def test_many_pages_through_any_executor(make: object) -> None:
    """Each page, or its fault; the others are made all the same, and progress is told."""
    texts = (("bad.html", "{{ page.colour }}"), ("page.html", "{{ page.label }}"))
    outputs = [
        Rendered(
            path=PurePosixPath(f"{i}.html"),
            template="bad.html" if i == 30 else "page.html",
            make=Ready(LinkTo(label=str(i))),
            owner=f"content/{i}.md",
        )
        for i in range(60)
    ]
    told: list[int] = []
    with make() as executor:  # type: ignore[operator]
        results = dict(render_all(outputs, texts, wordbook(), None, executor, told.append))
    fault = results.pop(PurePosixPath("30.html"))
    assert isinstance(fault, Problem)
    assert "content/30.md" in fault.message
    assert all(data == path.stem.encode() for path, data in results.items())
    assert len(results) == 59
    assert told[-1] == 60


def test_the_repositorys_templates_have_no_faults() -> None:
    """All of them compile, and name only templates that are there."""
    assert Renderer(templates(), wordbook()).problems() == ()
