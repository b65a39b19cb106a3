"""docs/templates.md: whoever changes the look finds every value, block and component in it."""

from __future__ import annotations

import dataclasses
import re
import typing
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jinja2
import pytest
import yaml
from jinja2 import nodes

from sitegen.kinds import KINDS
from sitegen.model import Rendered
from sitegen.tables.template_guide import BLOCKS, VIEWS, facts_of, guide
from sitegen.tables.view_types import in_words, parts_of, reached, rows_of
from sitegen.templating.render import Renderer
from sitegen.views.frame import Chrome, Head
from sitegen.views.lists import ListView
from sitegen.views.post import EntryView
from tests import sites

REPO = Path(__file__).parents[2]
PAGE = REPO / "docs" / "templates.md"
TEMPLATES = REPO / "templates"
TEXTS = {
    path.relative_to(TEMPLATES).as_posix(): path.read_text(encoding="utf-8")
    for path in sorted(TEMPLATES.rglob("*"))
    if path.suffix in (".html", ".xml", ".yaml") and path.parent.name not in ("root", "i18n")
}
TREES = {
    name: jinja2.Environment().parse(text)
    for name, text in TEXTS.items()
    if not name.endswith(".yaml")
}
GUIDE = guide(TEXTS)
CLASSES = {
    view.__name__: view
    for view in reached({Chrome, *VIEWS.values(), *(facts_of(kind) for kind in KINDS)})
}
every_class = pytest.mark.parametrize("name", sorted(CLASSES))
every_template = pytest.mark.parametrize("name", sorted(TREES))


@dataclass(frozen=True)
class Example:
    """Something to show.

    It may take two lines.

    title: what it is called: ``A title``, for
        instance
    links: where it leads
    """

    title: str
    links: tuple[str, ...]


def section(heading: str) -> str:
    """What stands under a heading of the page."""
    return re.split(r"^#+ ", GUIDE.split(f"# {heading}\n")[1], maxsplit=1, flags=re.M)[0]


def test_the_page_is_what_the_views_say(request: pytest.FixtureRequest) -> None:
    """docs/templates.md is generated; ``pytest --update`` writes it anew."""
    if request.config.getoption("--update", default=False):
        PAGE.write_text(GUIDE, encoding="utf-8", newline="\n")
    assert PAGE.read_text(encoding="utf-8") == GUIDE, "run pytest --update"


def test_a_docstring_says_what_each_field_is() -> None:
    """On a line of its own, which may go on indented; the rest is about the whole."""
    told = [(row.name, row.says) for row in rows_of(Example)]
    says = "what it is called: ``A title``, for instance"
    assert told == [("title", says), ("links", "where it leads")]


@every_class
def test_every_value_has_a_sentence(name: str) -> None:
    """Nothing that a template may use is left without a word on what it is."""
    assert [row.name for row in rows_of(CLASSES[name]) if not row.says] == []


@every_class
def test_every_value_is_on_the_page(name: str) -> None:
    """Each class has a section, and in it a row for each of its values."""
    for row in rows_of(CLASSES[name]):
        assert f"| `{row.name}` | {in_words(row.type)} |" in section(name)


def test_no_two_classes_share_a_name() -> None:
    """A link to one leads to it alone."""
    headings = re.findall(r"^### (.*)$", GUIDE, re.M)
    assert len(headings) == len(set(headings))


@pytest.mark.parametrize(
    ("hint", "words"),
    [
        (str, "text"),
        (int | None, "number or None"),
        (tuple[str, ...], "list of text"),
        (tuple[tuple[str, str], ...], "list of (text, text)"),
        (Mapping[str, str], "text by name"),
        (tuple[Head | None, ...], "list of [Head](#head) or None"),
    ],
)
def test_types_are_told_in_words(hint: Any, words: str) -> None:
    """As one says them, with a link to what is described further down."""
    assert in_words(hint) == words


def test_every_template_is_described() -> None:
    """Each is a page's, a skeleton or a component; and none is described that isn't there."""
    components = {f"components/{p.stem}.html" for p in (TEMPLATES / "components").glob("*.yaml")}
    assert set(TREES) == {*VIEWS, *BLOCKS, *components}
    assert not [name for name in TREES if f"`{name}`" not in GUIDE]


def test_pages_get_the_view_that_is_told() -> None:
    """Every planner gives its template the view that the page says, and each of them is tried."""
    files = {
        "content/blog/a.md": sites.blog(aliases="[/old/]"),
        "content/news/a.md": sites.post(),
        "content/consultations/a.md": sites.consultation("2026-06-01", "2026-07-01"),
        "content/explainers/a.md": sites.explainer(),
        "content/pages/a.md": sites.page(),
        "content/glossary.yaml": "GP: {meaning: general practice}\n",
    }
    made = {o.template: o.view for o in sites.planned(files).values() if isinstance(o, Rendered)}
    assert {template: type(view) for template, view in made.items()} == VIEWS
    for kind in KINDS:
        assert type(made[f"kinds/{kind}.html"].facts) is facts_of(kind)


def test_blocks_are_those_of_the_skeletons() -> None:
    """Each block of a template that others extend has a sentence."""
    extended = {
        n.template.value  # type: ignore[attr-defined]
        for tree in TREES.values()
        for n in tree.find_all(nodes.Extends)
    }
    assert set(BLOCKS) == extended
    skeleton, seen = {}, set()
    for name in BLOCKS:
        skeleton[name] = {block.name for block in TREES[name].find_all(nodes.Block)} - seen
        seen |= skeleton[name]
    assert {name: set(blocks) for name, blocks in BLOCKS.items()} == skeleton


def test_every_function_is_told_of() -> None:
    """What a template may call besides Jinja's own filters."""
    renderer = Renderer(sites.templates(), sites.wordbook())
    functions = renderer.environment("en").globals
    assert functions
    assert not [name for name in functions if f'`{{{{ {name}("key") }}}}`' not in GUIDE]


@every_template
def test_what_a_template_uses_is_on_the_page(name: str) -> None:
    """Every ``x.y`` whose ``x`` has a known type is a value that the page describes."""
    used = list(uses(TREES[name], names_in(name)))
    assert used or name not in VIEWS
    for view, value in used:
        assert f"| `{value}` |" in section(view.__name__), f"{view.__name__} has no {value}"


def test_a_name_that_is_not_there_would_be_found() -> None:
    """In a loop, behind a condition, within a part of a part."""
    text = "{% for group in page.groups %}{{ group.cards[0].titel }}{% endfor %}"
    used = uses(jinja2.Environment().parse(text), {"page": ListView})
    named = {(view.__name__, value) for view, value in used}
    assert named == {("ListView", "groups"), ("CardGroup", "cards"), ("Card", "titel")}


Names = dict[str, Any]


def names_in(template: str) -> Names:
    """What a template begins with: the type of ``page`` and ``site``, or of its arguments."""
    if template.startswith("components/"):
        about = yaml.safe_load(TEXTS[template.replace(".html", ".yaml")])["arguments"]
        return {name: _typed(its["type"]) for name, its in about.items()}
    view = EntryView if template == "entry.html" else VIEWS.get(template)
    kind = template.removeprefix("kinds/").removesuffix(".html")
    return {"page": view, "site": Chrome} | ({"facts": facts_of(kind)} if kind in KINDS else {})


def _typed(written: str) -> Any:
    """The type that the file of a component names."""
    return eval(written, {**CLASSES, "Html": str})


def uses(node: nodes.Node, names: Names) -> Iterator[tuple[type[Any], str]]:
    """Every value of a view or part that is looked at: the class and the value's name."""
    if isinstance(node, nodes.Getattr):
        yield from _looked_at(node, names)
    if isinstance(node, nodes.For) and isinstance(node.target, nodes.Name):
        item = _items(_type_of(node.iter, names))
        yield from uses(node.iter, names)
        for child in (*node.body, *node.else_, *filter(None, [node.test])):
            yield from uses(child, {**names, node.target.name: item})
        return
    for child in node.iter_child_nodes():
        yield from uses(child, names)


def _looked_at(node: nodes.Getattr, names: Names) -> Iterator[tuple[type[Any], str]]:
    for view in parts_of(_type_of(node.node, names)):
        yield view, node.attr


def _type_of(node: nodes.Node, names: Names) -> Any:
    """The type of an expression, as far as it can be known; else None."""
    match node:
        case nodes.Name():
            return names.get(node.name)
        case nodes.Getitem():
            return _items(_type_of(node.node, names))
        case nodes.Getattr(attr="facts") if "facts" in names:
            return names["facts"]
        case nodes.Getattr():
            view = next(parts_of(_type_of(node.node, names)), None)
            there = {f.name for f in dataclasses.fields(view)} if view else set()
            return typing.get_type_hints(view)[node.attr] if node.attr in there else None
    return None


def _items(hint: Any) -> Any:
    """What a list of this type holds."""
    return typing.get_args(hint)[0] if typing.get_origin(hint) is tuple else None
