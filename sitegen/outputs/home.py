"""The home page: what can I have my say on, what's new, how do I get help."""

from __future__ import annotations

from collections.abc import Iterator

from sitegen import present
from sitegen.kinds import KINDS
from sitegen.links import ids_of
from sitegen.model import Address, LinkTo, Output, Rendered
from sitegen.outputs.lists import by_state
from sitegen.present import LIST_PATHS, Desk
from sitegen.site import Site
from sitegen.urls import output_path
from sitegen.views import HomeView, Section

LATEST = 3
MORE = {"news": "All news", "blog": "All blog posts", "explainer": "All explainers"}


def addresses(site: Site) -> Iterator[Address]:
    """The site's first page."""
    owner = f"content/{site.home.document.path}" if site.home else "the home page"
    ids = ids_of(site.home) if site.home else frozenset()
    yield Address(path="/", owner=owner, ids=ids | {f"_{name}" for name in MORE})


def outputs(desk: Desk) -> Iterator[Output]:
    """The site's first page."""
    home, config = desk.site.home, desk.site.config
    consultations = by_state(desk.site.by_kind.get("consultation", ()))
    title = home.front.title if home else config.title
    view = HomeView(
        head=present.head(
            "/",
            config.title,
            desk,
            description=(home and home.front.summary) or config.tagline,
        ),
        title=title,
        body=present.html(home, "", desk) if home else None,
        open=present.cards([c for c in consultations if c.state == "open"], desk),
        upcoming=present.cards([c for c in consultations if c.state == "upcoming"], desk),
        consultations=LinkTo(label="All consultations", url=desk.href(LIST_PATHS["consultation"])),
        sections=tuple(_sections(desk)),
        actions=present.actions(home.front.cta if home else (), desk),
    )
    yield Rendered(path=output_path("/"), template="home.html", view=view)


def _sections(desk: Desk) -> Iterator[Section]:
    for name, label in MORE.items():
        entries = desk.site.by_kind.get(name, ())
        kind = KINDS[name]
        if entries:
            yield Section(
                id=f"_{name}",
                title=kind.plural,
                cards=present.cards(entries[:LATEST], desk),
                more=LinkTo(label=label, url=desk.href(LIST_PATHS[name])),
            )
