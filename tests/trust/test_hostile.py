"""Whatever is typed, nothing runs: each vector is refused by name, or built and harmless."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote
from xml.etree import ElementTree

import pytest

from sitegen import problems
from sitegen.clock import parse_now
from sitegen.kinds import KINDS
from sitegen.model import Encoded, Rendered
from sitegen.pages import chrome, plan
from sitegen.problems import Problem
from sitegen.prose import convert
from sitegen.serving.dashboard import as_html
from sitegen.serving.preview import Preview
from sitegen.source import config
from sitegen.source.facts import FILES as FACTS
from sitegen.source.fieldtypes import Text
from sitegen.source.schema import Group, ListOf, fields
from sitegen.templating import render
from tests.sites import as_typed, blog, consultation, desk, post, templates, tree
from tests.trust import judge
from tests.trust.hostile import (
    FRAMES,
    HERE,
    MEDIA,
    SETTINGS,
    Files,
    of_markdown,
    of_text,
    quoted,
    settle,
    told_as,
    vectors,
)

KEPT = ("png", "pdf")
PLAIN = ("Some words", "Other words")
# What faults are shown with.
FAULTS = {("ul", "class"), ("li",), ("p",), ("code",), ("pre", "tabindex"), ("span", "class")}


@pytest.fixture(scope="module")
def harmless(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What is built where nothing hostile is typed anywhere: each element of it is the design's."""
    root = tmp_path_factory.mktemp("harmless")
    _, refused = settle(root, of_text(PLAIN, SETTINGS + "page_size: 1\n"))
    assert {p.code for p in refused} <= {"tag-clash", "acronym-clash"}, refused
    return tree(root / "output")


def judged(built: dict[str, bytes], harmless: dict[str, bytes]) -> dict[str, list[str]]:
    """What is wrong with each file of a site."""
    furniture, found = judge.shapes(harmless), {}
    for path, data in built.items():
        if path.endswith(".html"):
            found[path] = judge.faults(judge.elements(data.decode()), furniture)
        elif path.endswith("feed.xml"):
            found[path] = judge.atom(data)
        elif path.endswith("feed.json"):
            found[path] = judge.json_feed(data)
        elif path.endswith(".ics"):
            found[path] = judge.calendar(data, 999 if path.count("/") == 1 else 1)
        elif path == "_redirects":
            found[path] = judge.redirects(data)
        elif path.endswith(".xml"):
            ElementTree.fromstring(data)
        elif path.endswith(".json"):
            json.loads(data)
        elif path == "_headers":
            found[path] = judge.headers(data)
    assert judge.scripts(built) <= judge.scripts(harmless)
    return {path: wrong for path, wrong in found.items() if wrong}


def accounted(files: Files, left: Files, refused: list[Problem], folder: str) -> None:
    """No post is passed over: what isn't built has a fault that names its file and a line."""
    told = {p.path for p in refused if p.line}
    assert {path for path in files.keys() - left.keys() if path.startswith(folder)} <= told


def test_there_are_enough() -> None:
    """At least 300 vectors, of at least 40 families."""
    families = Counter(v.family for name in ("markdown", "text", "yaml") for v in vectors(name))
    assert sum(families.values()) >= 300
    assert len(families) >= 40
    assert min(families.values()) >= 3


def test_no_markdown_is_more_than_a_text(tmp_path: Path, harmless: dict[str, bytes]) -> None:
    """Pages, feeds and calendars of posts whose bodies are hostile."""
    files = of_markdown()
    left, refused = settle(tmp_path, files)
    accounted(files, left, refused, "content/news/")
    built = tree(tmp_path / "output")
    posts = [path for path in built if path.startswith("news/2026-05-01/v")]
    assert len(posts) >= 150, "too few got through to prove anything"
    assert judged(built, harmless) == {}
    assert judge.shapes({"a.html": problems.as_html(refused).encode()}) == FAULTS


def test_no_text_is_more_than_a_text(tmp_path: Path, harmless: dict[str, bytes]) -> None:
    """Every field of text, of each kind of post and of each shared fact, holds each of these.

    No element comes of one, not even one that Markdown may have.
    """
    files = of_text(tuple(v.text for v in vectors("text")))
    left, refused = settle(tmp_path, files)
    accounted(files, left, refused, "content/")
    built = tree(tmp_path / "output")
    assert len(judge.pages(built)) >= 500, "too few got through to prove anything"
    assert judged(built, harmless) == {}
    assert judge.shapes(built) - judge.shapes(harmless) == set()
    assert judge.shapes({"a.html": problems.as_html(refused).encode()}) == FAULTS


def test_no_address_is_more_than_an_address(tmp_path: Path, harmless: dict[str, bytes]) -> None:
    """Every field that takes an address, a file or another code holds each of these."""
    files = of_text(tuple(v.text for v in vectors("addresses")), places="leads")
    left, refused = settle(tmp_path, files)
    accounted(files, left, refused, "content/")
    built = tree(tmp_path / "output")
    assert len(judge.pages(built)) >= 200, "too few got through to prove anything"
    assert judged(built, harmless) == {}


def test_every_field_of_text_is_tried() -> None:
    """A field that is new stands in vectors/places.txt too."""
    typed = (HERE / "places.txt").read_text("utf-8")
    tables = [*(kind.front for kind in KINDS.values()), *(m.value.table for m in FACTS.values())]
    names = {at.rpartition(".")[2] for table in tables for at in texts_of(table)}
    assert {name for name in names if not re.search(rf"\b{name}: \[?.*@", typed)} == set()


def texts_of(table: type) -> Iterator[str]:
    """The names of the fields of a table that take plain text, however deep."""
    for row in fields(table):
        type_ = row.type.item if isinstance(row.type, ListOf) else row.type
        if isinstance(type_, Group):
            yield from texts_of(type_.table)
        elif isinstance(type_, Text):
            yield row.name


CONFIG_TEXTS = """\
title: @
tagline: @
base_url: https://example.org/
search: false
images: false
organisation: {name: @, legal_name: @, number: @, address: @}
notice: @
alert: {title: @, text: @, link: /tags/}
help_now: [{label: @, text: @, url: /tags/}]
menus: {main: [{label: @, url: /tags/}], footer: [{label: @, url: /tags/}]}
silence: {long-text: @}
editor: {repo: a/b, branch: @, app_id: @}
"""
SETTINGS_SHOWN = {
    "feed.json",
    "_headers",
    "_redirects",
    "consultations/calendar.ics",
    "admin/index.html",
}
CONFIG_ADDRESSES = """\
title: A
base_url: @
search: false
images: false
language: @
timezone: @
organisation: {name: A, email: @, phone: @}
alert: {title: A, link: @}
help_now: [{label: A, url: @, phone: @}]
menus: {main: [{label: A, url: @}], footer: [{label: A, url: @}]}
brand: {primary: @, accent_dark: @}
iframe_hosts: [@]
editor: {repo: a/b, backend: gitea, host: @}
"""


def of_settings(shape: str, text: str) -> dict[str, bytes]:
    """What shows settings that hold a text; those that may not hold it are left out."""
    lines = shape.replace("@", quoted(text)).splitlines()
    needed = {"title:": "title: A", "base_url:": "base_url: https://example.org/"}
    while faulty := {p.line for p in config.read("\n".join(lines).encode())[1]}:
        lines = [line for at, line in enumerate(lines, 1) if at not in faulty]
        lines += [line for name, line in needed.items() if name not in str(lines)]
    asked = consultation("2026-06-01", "2026-07-01")
    at_desk = desk({"config.yaml": "\n".join(lines) + "\n", "content/consultations/a.md": asked})
    ready, shared = render.renderer(templates(), at_desk.site.wordbook), chrome.chrome(at_desk)
    prefix = at_desk.site.config.base.prefix.strip("/")
    assert not prefix, "addresses are judged by their host alone"
    shown = [one for one in plan.outputs(at_desk) if str(one.path) in SETTINGS_SHOWN]
    return {
        str(one.path): one.data
        if isinstance(one, Encoded)
        else ready.render(one.template, shared, one.view)
        for one in shown
        if isinstance(one, Encoded | Rendered)
    }


@pytest.mark.parametrize(
    ("shape", "plain"),
    [(CONFIG_TEXTS, "Words"), (CONFIG_ADDRESSES, "https://a.example/")],
    ids=["texts", "addresses"],
)
def test_settings(shape: str, plain: str) -> None:
    """The strings of config.yaml, one text after the other."""
    harmless = of_settings(shape, plain)
    for vector in vectors("text" if shape == CONFIG_TEXTS else "addresses"):
        assert judged(of_settings(shape, vector.text), harmless) == {}, vector


def dashboard_of(root: Path, texts: tuple[str, ...]) -> str:
    """The dashboard of a preview of the site in which these texts stand everywhere."""
    settle(root, of_text(texts))
    preview = Preview(
        root / "config.yaml", lambda tz: parse_now("2026-06-15", tz), lambda said: None
    )
    preview.begin()
    board = preview.dashboard()
    assert board
    return as_html(board, prefix="", on="/_sitegen/on")


def test_the_dashboard(tmp_path: Path) -> None:
    """What editors are shown in the preview: titles, faults, advice, the lines that it is about."""
    hostile = dashboard_of(tmp_path / "hostile", tuple(v.text for v in vectors("text"))[::9])
    plain = dashboard_of(tmp_path / "plain", PLAIN)
    pages = [{"a.html": shown.encode()} for shown in (hostile, plain)]
    assert judge.shapes(pages[0]) <= judge.shapes(pages[1])


NAMES = (
    *('"><img src=x onerror=alert(1)>', "' onclick='alert(1)", "<script>alert(1)<", "{{ 7*7 }}"),
    *("$(touch x)", "`id`", "a\nb", "a\r\nSet-Cookie: x", "::error::a", "-rf", "--config=x"),
    *("\u202etxt.exe", "\u2028a", "\x1b[2Ja", "javascript:alert(1)", "%2e%2e", "a&quot;b", "a;b,c"),
)


def test_names_of_files(tmp_path: Path, harmless: dict[str, bytes]) -> None:
    """Of posts, bundles, pictures and documents; each is built, or refused by its name."""
    files: Files = {"config.yaml": SETTINGS}
    for i, name in enumerate(NAMES):
        at = f"content/news/{name}/{name}"
        files |= {f"content/media/{name}.{kind}": MEDIA[f"content/media/x.{kind}"] for kind in KEPT}
        files |= {f"{at}.{kind}": MEDIA[f"content/media/x.{kind}"] for kind in KEPT}
        shown = quote(f"{name}.png")
        fields = {"slug": f"s{i}", "image": f"{{src: {quoted(name + '.png')}, alt: Words}}"}
        words = f"![a]({shown})\n\n![a](/media/{shown})\n\n[a](/media/{quote(name)}.pdf)"
        files[f"content/news/{name}/index.md"] = post(words, **fields)
        files[f"content/blog/{name}.md"] = blog(words.partition("\n\n")[2], slug=f"b{i}")
    left, refused = settle(tmp_path, files)
    told = {p.path for p in refused}
    assert all(told & told_as(path) for path in files.keys() - left.keys())
    built = tree(tmp_path / "output")
    assert len([path for path in built if path.endswith(".png")]) > len(NAMES) // 2, (
        "most are built"
    )
    assert judged(built, harmless) == {}
    assert judge.shapes({"a.html": problems.as_html(refused).encode()}) <= FAULTS


@pytest.mark.parametrize("family", sorted({v.family for v in vectors("markdown")}))
def test_the_sanitiser_needs_no_help(family: str) -> None:
    """What is refused would be harmless all the same, save that a picture could be elsewhere."""
    for vector in (v for v in vectors("markdown") if v.family == family):
        found = convert(vector.text, path="a.md", iframe_hosts=frozenset({FRAMES}))
        shown = as_typed(found.body)
        wrong = judge.faults(judge.elements(shown), frozenset())
        assert [x for x in wrong if not x.startswith("loads ")] == [], vector
