"""What is shown where nothing is: 404.html."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from sitegen.model import Address, Output, Rendered
from sitegen.pages import present
from sitegen.pages.desk import Desk
from sitegen.pages.present import LIST_PATHS
from sitegen.shown import LinkTo
from sitegen.site.index import Site
from sitegen.urls import output_path
from sitegen.views.others import NotFoundView

PATH = "/404.html"


def addresses(site: Site) -> Iterator[Address]:
    """One page."""
    yield Address(path=PATH, owner="the page for addresses that are not found")


def outputs(desk: Desk) -> Iterator[Output]:
    """One page."""
    yield Rendered(path=output_path(PATH), template="404.html", make=partial(_view, desk))


def _view(desk: Desk) -> NotFoundView:
    """The ways on."""
    say = desk.site.words.text
    ways = [("search", "/search/")] if desk.site.config.search else []
    ways += [(f"kinds_{name}", path) for name, path in LIST_PATHS.items()]
    ways += [(name, f"/{name}/") for name in ("tags", "archive", "glossary")]
    return NotFoundView(
        head=present.head(PATH, say("not_found"), desk, noindex=True),
        title=say("not_found"),
        links=tuple(LinkTo(label=say(key), url=desk.href(path)) for key, path in ways),
    )
