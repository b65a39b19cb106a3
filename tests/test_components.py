"""Every component, shown with each of its examples, holds to what its YAML file says of it."""

from __future__ import annotations

import types
import typing
from dataclasses import MISSING, fields, is_dataclass
from pathlib import Path
from typing import Any

import jinja2
import lxml.html
import pytest
import yaml
from jinja2 import nodes

from sitegen import model
from sitegen import shown as parts
from sitegen.kinds import consultation, explainer
from sitegen.templating.render import Renderer
from sitegen.views import frame, lists, others, post
from tests.sites import wordbook

TEMPLATES = Path(__file__).parents[1] / "templates"
SOURCES = {
    path.relative_to(TEMPLATES).as_posix(): path.read_text(encoding="utf-8")
    for path in sorted((TEMPLATES / "components").glob("*.html"))
}
SPECS = {
    path.stem: yaml.safe_load(path.read_text(encoding="utf-8"))
    for path in sorted((TEMPLATES / "components").glob("*.yaml"))
}
VIEWS = {**vars(frame), **vars(lists), **vars(post), **vars(others)}
TYPES = {**vars(model), **vars(parts), **vars(explainer), **vars(consultation), **VIEWS}


def typed(wanted: Any, value: Any) -> Any:
    """An example's value as the type that a template gets; what it leaves out is absent."""
    if typing.get_origin(wanted) is types.UnionType:
        inner = [t for t in typing.get_args(wanted) if t is not type(None)]
        return None if value is None else typed(inner[0], value)
    if typing.get_origin(wanted) is tuple:
        return tuple(typed(typing.get_args(wanted)[0], v) for v in value or ())
    if is_dataclass(wanted):
        hints = typing.get_type_hints(wanted)
        absent = {f.name: None for f in fields(wanted) if f.default is MISSING}
        return wanted(**{k: typed(hints[k], v) for k, v in {**absent, **value}.items()})  # type: ignore[operator]
    if wanted is parts.Html:
        return parts.Html(value or "")
    assert type(value) is wanted, f"{value!r} is no {wanted}"
    return value


def shown(name: str, args: dict[str, Any]) -> str:
    """A component as the renderer shows it when every argument is given by name."""
    call = ", ".join(f"{argument}=page.{argument}" for argument in args)
    wrapper = f'{{% from "components/{name}.html" import {name} %}}{{{{ {name}({call}) }}}}'
    texts = {**SOURCES, "example.html": wrapper}
    renderer = Renderer(tuple(texts.items()), wordbook())
    return renderer.render("example.html", None, types.SimpleNamespace(**args)).decode()


EXAMPLES = [
    pytest.param(name, example, id=f"{name}: {example['name']}")
    for name, spec in SPECS.items()
    for example in spec["examples"]
]


@pytest.mark.parametrize(("name", "example"), EXAMPLES)
def test_example(name: str, example: dict[str, Any]) -> None:
    """An example shows what it says it shows, as sound HTML without styles of its own."""
    arguments = SPECS[name]["arguments"]
    assert set(example["args"]) <= set(arguments)
    args = {
        argument: typed(eval(spec["type"], dict(TYPES)), example["args"].get(argument))
        for argument, spec in arguments.items()
    }

    html = shown(name, args)

    tree = lxml.html.fragment_fromstring(html, create_parent="main")
    words = " ".join(tree.text_content().split())
    for expected in example["contains"]:
        assert expected in words
    for expected in example.get("markup", ()):
        assert expected in html
    assert not tree.xpath("//*[@style]"), "a style attribute breaks the content security policy"
    assert not [a for a in tree.iter("a") if not a.get("href") or not a.text_content().strip()]
    assert not tree.xpath("//img[not(@alt)]")
    assert not [h for h in tree.xpath("//h2|//h3|//p|//li|//dd") if not h.text_content().strip()]
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert all(i.startswith("_") for i in ids), "ids without _ are the text's own"
    for label in tree.xpath("//@aria-labelledby"):
        assert label in ids
    assert "None" not in html


@pytest.mark.parametrize("name", sorted({Path(n).stem for n in SOURCES} | set(SPECS)))
def test_arguments_are_described(name: str) -> None:
    """A component's file is one macro, and the arguments described beside it are the macro's."""
    tree = jinja2.Environment().parse(SOURCES[f"components/{name}.html"])
    macros = {m.name: m for m in tree.find_all(nodes.Macro)}
    assert list(macros) == [name]
    assert [a.name for a in macros[name].args] == list(SPECS[name]["arguments"])
    assert SPECS[name]["description"]
    assert all(spec["description"] for spec in SPECS[name]["arguments"].values())
    assert SPECS[name]["examples"]
