"""The home page: what can I have my say on, what's new, how do I get help."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from sitegen.kinds import KINDS
from sitegen.model import Address, Entry, Output, Rendered
from sitegen.outputs.lists import by_state
from sitegen.pages import bodies, machines, present
from sitegen.pages.desk import Desk
from sitegen.pages.present import LIST_PATHS
from sitegen.shown import LinkTo
from sitegen.site.index import Site
from sitegen.urls import output_path
from sitegen.views.others import HomeView, Section

LATEST = 3
SECTIONS = ("news", "blog", "explainer")


def addresses(site: Site) -> Iterator[Address]:
    """The site's first page."""
    owner = f"content/{site.home.document.path}" if site.home else "the home page"
    ids = site.home.ids if site.home else frozenset()
    yield Address(path="/", owner=owner, ids=ids | {f"_{name}" for name in SECTIONS})


def outputs(desk: Desk) -> Iterator[Output]:
    """The site's first page."""
    yield Rendered(path=output_path("/"), template="home.html", make=partial(_view, desk))


def _view(desk: Desk) -> HomeView:
    home, config = desk.site.home, desk.site.config
    consultations = by_state(desk.site.by_kind.get("consultation", ()))
    title = home.front.title if home else config.title
    summary = (home and home.front.summary) or config.tagline
    return HomeView(
        head=machines.of_home(present.head("/", config.title, desk, description=summary), desk),
        title=title,
        body=bodies.html(home, "", desk) if home else None,
        open=present.cards([c for c in consultations if c.state == "open"], desk),
        upcoming=present.cards([c for c in consultations if c.state == "upcoming"], desk),
        newest=present.cards(_newest(desk.site), desk),
        archive=desk.href("/archive/"),
        consultations=_all("consultation", desk),
        sections=tuple(_sections(desk)),
        actions=present.actions(home.front.cta if home else (), desk),
    )


def _newest(site: Site) -> tuple[Entry, ...]:
    """The newest posts of the kinds that are dated."""
    return tuple(e for e in site.listed if KINDS[e.kind].dated)[:LATEST]


def _sections(desk: Desk) -> Iterator[Section]:
    for name in SECTIONS:
        if entries := desk.site.by_kind.get(name, ()):
            yield Section(
                id=f"_{name}",
                title=desk.site.words.text(f"kinds_{name}"),
                cards=present.cards(entries[:LATEST], desk),
                more=_all(name, desk),
            )


def _all(kind: str, desk: Desk) -> LinkTo:
    """The way to all posts of a kind."""
    label = desk.site.words.text(f"all_{kind}")
    return LinkTo(label=label, url=desk.href(LIST_PATHS[kind]))
