"""What each template may use, as a page of the documentation: made from the types of the views."""

from __future__ import annotations

import re
import typing
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sitegen.kinds import KINDS
from sitegen.shown import Html
from sitegen.source import yaml_tree
from sitegen.source.nodes import Mapping as Tree
from sitegen.source.nodes import Scalar
from sitegen.tables.view_types import about, in_words, reached, rows_of
from sitegen.views.feeds import FeedView, SitemapView
from sitegen.views.frame import Chrome
from sitegen.views.lists import ArchiveView, GlossaryView, ListView, TagsView, YearView
from sitegen.views.others import HomeView, NotFoundView, RedirectView, SearchView
from sitegen.views.post import EntryView

# What each template gets as ``page``.
VIEWS: dict[str, type[Any]] = {
    "home.html": HomeView,
    **{f"kinds/{name}.html": EntryView for name in KINDS},
    "list.html": ListView,
    "tags.html": TagsView,
    "archive.html": ArchiveView,
    "year.html": YearView,
    "glossary.html": GlossaryView,
    "search.html": SearchView,
    "404.html": NotFoundView,
    "redirect.html": RedirectView,
    "feeds/atom.xml": FeedView,
    "sitemap.xml": SitemapView,
}
# The blocks that other templates may fill, in the order of the page.
BLOCKS: dict[str, dict[str, str]] = {
    "base.html": {
        "title": "what stands in the browser's tab",
        "head": "more for the head of the page",
        "crumbs": "the way from the home page to this one",
        "main": "the page itself",
        "help": "where to get help now",
    },
    "entry.html": {
        "eyebrow": "a few words above the title: the kind, or the series",
        "standfirst": "an opening sentence, below the title",
        "meta": "who wrote it, and when",
        "dateline": "the place that a story is told from, before those",
        "state": "the state of a consultation",
        "before": "what stands between the picture and the text",
        "contents": "the list of the text's headings",
        "body": "the text",
        "after": "what follows the text",
        "foot": "what stands at the very end: when the page was checked",
    },
}
_OPENING = """\
# Templates: what each may use

This page is made from the types of the views and from the templates themselves
(`sitegen/tables/template_guide.py`), and a test holds it to them. [The design](design.md) tells how
templates, words and styles go together.

- A template sees two names: `page`, which is [its own view](#which-template-shows-what), and
  [`site`](#chrome), which is the same on every page. There is nothing else to ask.
- `{{ t("key") }}` says words of `i18n/` in the page's language, and fills what stands in braces:
  `{{ t("by", name=page.author.name) }}`. It gives HTML. `{{ label("key") }}` gives plain text, for
  attributes.
- Filters and tests are [Jinja's own](https://jinja.palletsprojects.com/en/stable/templates/):
  `{{ page.tags | length }}`, `{% if item is none %}`. Loops and conditions are Jinja's, too.
- All is escaped by itself, save what is HTML here already. A name that is not there is an error.
- "or None" means that it may be absent: ask `{% if page.summary %}` first. An empty list counts as
  false as well.
- Lists, menus and settings speak the site's language. `base.html` sets `site_lang`, which marks
  such words on a page in another: `<li{{ site_lang }}>`.
- Addresses are ready for `href`. To show something that no view has, add a field to its view.
"""
_TEMPLATES = """\
## Which template shows what

The parts that a view is made of are [further down](#parts).

| template | what it shows | `page` is | it extends |
| --- | --- | --- | --- |
"""
_BLOCKS = """\
## Blocks

A template that extends another fills its blocks: `{% block main %}…{% endblock %}`. A block that
it leaves out stays as it is there, and `{{ super() }}` stands for what it was.
"""
_COMPONENTS = """\
## Components

A component is a macro in a file of its own, and each of its arguments is given by name:

```html
{% from "components/card.html" import card %}
{{ card(card=item, level=3) }}
```

Beside each stands a `.yaml` with examples, which are its tests.
"""


def guide(templates: Mapping[str, str]) -> str:
    """The page, as Markdown. ``templates`` are the texts of templates/ by name, .yaml too."""
    facts = {f"kinds/{name}.html": facts_of(name) for name in KINDS}
    parts = [_OPENING, _TEMPLATES + "\n".join(_uses(templates)) + "\n", *_blocks()]
    parts += ["## What every page shares\n", *_section(Chrome, "`site`, in every template")]
    parts.append("## Views\n")
    for view in dict.fromkeys(VIEWS.values()):
        names = (f"`{name}`" for name, its in VIEWS.items() if its is view)
        parts += _section(view, f"`page` in {_listed(names)}")
    for name, its in facts.items():
        parts += _section(its, f"`page.facts` in `{name}`")
    tops: set[type[Any]] = {Chrome, *VIEWS.values(), *facts.values()}
    parts.append("## Parts\n")
    for part in sorted(reached(tops) - tops, key=lambda its: its.__name__):
        parts += _section(part)
    return "\n".join([*parts, *_components(templates, reached(tops))])


def facts_of(kind: str) -> type[Any]:
    """What a kind's template has as ``page.facts``."""
    made: type[Any] = typing.get_type_hints(KINDS[kind].facts)["return"]
    return made


def _section(view: type[Any], where: str = "") -> Iterator[str]:
    """A class of values under a heading of its own."""
    yield f"### {view.__name__}\n"
    says = _markdown(about(view))
    yield f"{where}. {says}\n" if where else f"{says}\n"
    lines = ["| name | type | what it is |", "| --- | --- | --- |"]
    lines += [f"| `{r.name}` | {in_words(r.type)} | {_markdown(r.says)} |" for r in rows_of(view)]
    yield "\n".join(lines) + "\n"


def _markdown(text: str) -> str:
    return text.replace("``", "`")


def _uses(templates: Mapping[str, str]) -> Iterator[str]:
    """A row for each template that makes pages."""
    for name, view in VIEWS.items():
        says = about(view).partition("\n")[0].rstrip(".")
        if view is EntryView:
            says = KINDS[name.removeprefix("kinds/").removesuffix(".html")].label
        base = re.search(r'{% extends "(.+?)"', templates[name])
        extends = f"`{base[1]}`" if base else ""
        yield f"| `{name}` | {_markdown(says)} | {in_words(view)} | {extends} |"


def _blocks() -> Iterator[str]:
    yield _BLOCKS
    for name, blocks in BLOCKS.items():
        lines = [f"| block of `{name}` | what it is |", "| --- | --- |"]
        yield "\n".join([*lines, *(f"| `{b}` | {says} |" for b, says in blocks.items())]) + "\n"


def _components(templates: Mapping[str, str], known: Iterable[type[Any]]) -> Iterator[str]:
    """Each component with its arguments, as the file beside it describes them."""
    classes: tuple[type[Any], ...] = (str, int, bool, Html, *known)
    words = {its.__name__: in_words(its) for its in classes} | {"dict": "names with values"}
    yield _COMPONENTS
    for name in sorted(n for n in templates if re.fullmatch(r"components/\w+\.yaml", n)):
        tree = yaml_tree.parse(templates[name], path=name).root
        told = {key.text: value for key, value in tree.entries} if tree else {}
        yield f"### `{name.removesuffix('.yaml')}.html`\n\n{_text(told['description'])}\n"
        lines = ["| argument | type | what it is |", "| --- | --- | --- |"]
        arguments = told["arguments"]
        for key, value in arguments.entries if isinstance(arguments, Tree) else ():
            its = {k.text: _text(v) for k, v in value.entries} if isinstance(value, Tree) else {}
            type_ = _typed(its["type"], words)
            lines.append(f"| `{key.text}` | {type_} | {its['description']} |")
        yield "\n".join(lines) + "\n"


def _text(node: Any) -> str:
    return node.text if isinstance(node, Scalar) else ""


def _typed(written: str, words: Mapping[str, str]) -> str:
    """A type as the file of a component writes it, in plain words."""
    plain = re.sub(r"tuple\[(.+), \.\.\.\]", r"list of \1", written).replace(" | ", " or ")
    return re.sub(r"\w+", lambda name: words.get(name[0], name[0]), plain)


def _listed(names: Iterator[str]) -> str:
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last
