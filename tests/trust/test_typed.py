"""What is typed is what is shown: odd texts in every place, read back from every kind of file."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from functools import cache
from html import unescape
from xml.etree import ElementTree

import pytest

from sitegen.outputs.search import index
from sitegen.pages import chrome, plan
from sitegen.pages.desk import Desk
from sitegen.problems import Severity
from sitegen.prose import convert
from sitegen.prose.typography import curl
from sitegen.templating import render
from tests.sites import TAGS, as_typed, desk, document, post, templates
from tests.trust.hostile import MEDIA, SETTINGS, quoted, vectors
from tests.trust.judge import elements, text_of

ATOM = "{http://www.w3.org/2005/Atom}"
TYPED = [v.text for v in vectors("typed")]
LONG = "Twelve thousand characters. " * 430
# In Markdown these may mean something; told by their numbers they don't.
MARKS = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>&~^$:])")


def escaped(text: str) -> str:
    """A text as it is typed in Markdown to be shown as it is."""
    return "".join(f"&#{ord(c)};" if MARKS.match(c) or c in "\"'" else c for c in text)


def body(text: str) -> str:
    """A text in a paragraph, in a cell of a table, in code, and as what a picture shows."""
    safe = escaped(text)
    code = text.replace("|", "")
    return (
        f"Says {safe} here.\n\n| A |\n|---|\n| cell {safe} |\n\n    code {code}\n\n"
        f"![alt {safe}](/media/x.png)\n"
    )


@cache
def site() -> dict[str, str]:
    """The pages and feeds of a site with a post, and a tag, for each of the texts."""
    tags = "".join(f"t{i}: {{label: {quoted(f'Tag {i} {x}')}}}\n" for i, x in enumerate(TYPED))
    posts = {
        f"content/news/v{i}.md": post(
            body(text), title=quoted(text), summary=quoted(f"In short: {text}"), tags=f"[t{i}]"
        )
        for i, text in enumerate(TYPED)
    }
    files = {"config.yaml": SETTINGS, "content/tags.yaml": TAGS + tags, **MEDIA, **posts}
    at_desk = desk(files)
    assert len(at_desk.site.listed) == len(TYPED)
    ready, shared = render.renderer(templates(), at_desk.site.wordbook), chrome.chrome(at_desk)
    return {
        str(one.path): (
            ready.render(one.template, shared, one.view) if hasattr(one, "template") else one.data
        ).decode()
        for one in plan.outputs(at_desk)
        if re.match(r"news/2026|news/feed|tags/t\d+/index|glossary", str(one.path))
    } | {f"search/{title}": text for title, text in records(at_desk).items()}


def records(at_desk: Desk) -> dict[str, str]:
    """What search looks through, by title."""
    config = replace(at_desk.site.config, search=True)
    found = index(replace(at_desk, site=replace(at_desk.site, config=config)))
    return {record.title: record.text for record in found.records} if found else {}


def page(number: int) -> str:
    """The page of a text."""
    return site()[f"news/2026-05-01/v{number}/index.html"]


def between(text: str, start: str, end: str) -> str:
    """The first piece of a text between two others."""
    return text.partition(start)[2].partition(end)[0]


@pytest.mark.parametrize(("number", "text"), [*enumerate(TYPED)], ids=map(ascii, TYPED))
def test_pages(number: int, text: str) -> None:
    """Title, heading, summary, body, cell, code, what a picture shows, and JSON-LD."""
    shown = page(number)
    assert unescape(between(shown, "<title>", " – The site</title>")) == text
    assert text_of(between(shown, "<h1", "</h1>")).partition(">")[2].strip() == text
    found = {
        one.attributes["content"]
        for one in elements(shown)
        if one.name == "meta" and "content" in one.attributes
    }
    assert f"In short: {text}" in found
    assert f"Says {curl(text, ' ')} here." in unescape(
        between(shown, "<p>Says", "</p>").join(["Says", ""])
    )
    assert f"cell {curl(text, ' ')}" in unescape(shown)
    assert f"code {text.replace('|', '')}" in unescape(shown)
    assert any(one.attributes.get("alt") == f"alt {text}" for one in elements(shown))
    data = next(one.script for one in elements(shown) if one.script.startswith("{"))
    assert text in {node.get("headline") for node in json.loads(data)["@graph"]}


@pytest.mark.parametrize(("number", "text"), [*enumerate(TYPED)], ids=map(ascii, TYPED))
def test_tags(number: int, text: str) -> None:
    """The page of a tag, and its name on that of a post."""
    shown = unescape(site()[f"tags/t{number}/index.html"])
    assert f"Tag {number} {text}" in between(shown, "<h1", "</h1>")
    assert f"Tag {number} {text}" in unescape(page(number))


def test_feeds_and_search() -> None:
    """Titles, summaries and tags, each as typed."""
    feed = ElementTree.fromstring(site()["news/feed.xml"])
    titles = [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")]
    summaries = [entry.findtext(f"{ATOM}summary") for entry in feed.iter(f"{ATOM}entry")]
    items = json.loads(site()["news/feed.json"])["items"]
    assert sorted(map(str, titles)) == sorted(TYPED)
    assert sorted(map(str, summaries)) == sorted(f"In short: {text}" for text in TYPED)
    assert sorted(item["title"] for item in items) == sorted(TYPED)
    assert sorted(item["tags"][0] for item in items) == sorted(
        f"Tag {i} {text}" for i, text in enumerate(TYPED)
    )
    found = {path.removeprefix("search/") for path in site() if path.startswith("search/")}
    assert found == {*TYPED}
    for text in TYPED:
        assert f"In short: {text}" in site()[f"search/{text}"]


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("a < b and c > d", "a < b and c > d"),
        ("I <3 this", "I <3 this"),
        ("AT&T, a && b, &c", "AT&T, a && b, &c"),
        ("&amp; and &lt; typed", "& and < typed"),
        ("C:\\new\\table and \\d+", "C:\\new\\table and \\d+"),
        ("2 * 3 * 4, snake_case_name, a_b_", "2 * 3 * 4, snake_case_name, a_b_"),
        ("**Terms* apply", "*Terms apply"),
        ("100% of £5, 1.10 and 007", "100% of £5, 1.10 and 007"),
        ("{{ a }} {% b %} {# c #}", "{{ a }} {% b %} {# c #}"),
        (
            "co\u00adop, a\u200db, a\u00a0b, \u2067a\u2069",
            "co\u00adop, a\u200db, a\u00a0b, \u2067a\u2069",
        ),
        ("Cafe\u0301 and Café", "Cafe\u0301 and Café"),
        (LONG, LONG.strip()),
    ],
    ids=lambda text: ascii(text)[:20],
)
def test_in_a_paragraph(typed: str, shown: str) -> None:
    """With nothing told to Markdown: signs that could be markup and aren't."""
    body = convert(typed, path="a.md").body
    assert body.text == shown
    assert text_of(as_typed(body)).strip() == shown


@pytest.mark.parametrize("bad", ["\x00", "\x0b", "\x1b", "\ufffe", "\ufdd0", "\ufdd2"])
def test_what_cannot_be_shown_is_refused_by_name(bad: str) -> None:
    """Controls, and characters that are none: in a title, in a body, in Markdown fields."""
    for text in (post(title=quoted(f"a{bad}b")), post(f"a{bad}b")):
        found = document("news/a.md", text).problems
        told = [p for p in found if p.code in ("bad-character", "not-utf8", "yaml-character")]
        assert told and all(p.line for p in told)
        assert bad == "\x00" or f"U+{ord(bad):04X}" in told[0].message


def test_what_is_too_long_is_refused_by_name() -> None:
    """A title of thousands of characters; a summary may be as long as it is."""
    found = document("news/a.md", post(title=quoted(LONG), summary=quoted(LONG)))
    assert [p.code for p in found.problems if p.severity is Severity.ERROR] == ["too-long"]
    assert found.front and found.front.summary == LONG.strip()
