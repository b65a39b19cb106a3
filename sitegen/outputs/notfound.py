"""What is shown where nothing is: 404.html."""

from __future__ import annotations

from collections.abc import Iterator

from sitegen import present
from sitegen.kinds import KINDS
from sitegen.model import Address, LinkTo, Output, Rendered
from sitegen.present import LIST_PATHS, Desk
from sitegen.site import Site
from sitegen.urls import output_path
from sitegen.views import NotFoundView

PATH = "/404.html"
TITLE = "Page not found"


def addresses(site: Site) -> Iterator[Address]:
    """One page."""
    yield Address(path=PATH, owner="the page for addresses that are not found")


def outputs(desk: Desk) -> Iterator[Output]:
    """One page, with the ways on."""
    ways = [(KINDS[name].plural, path) for name, path in LIST_PATHS.items()]
    ways += [("Tags", "/tags/"), ("Archive", "/archive/"), ("Glossary", "/glossary/")]
    view = NotFoundView(
        head=present.head(PATH, TITLE, desk, noindex=True),
        title=TITLE,
        links=tuple(LinkTo(label=label, url=desk.href(path)) for label, path in ways),
    )
    yield Rendered(path=output_path(PATH), template="404.html", view=view)
