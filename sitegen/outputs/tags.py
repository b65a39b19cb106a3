"""The page of all tags. (The page of each tag is a list: ``lists.py``.)"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from sitegen.model import Address, Output, Rendered
from sitegen.pages import machines, present
from sitegen.pages.desk import Desk
from sitegen.site.index import Site
from sitegen.urls import output_path
from sitegen.views.lists import TagCount, TagsView

PATH = "/tags/"


def addresses(site: Site) -> Iterator[Address]:
    """One page."""
    yield Address(path=PATH, owner="the page of tags")


def outputs(desk: Desk) -> Iterator[Output]:
    """One page."""
    yield Rendered(path=output_path(PATH), template="tags.html", make=partial(_view, desk))


def _view(desk: Desk) -> TagsView:
    """The tags by their labels."""
    site = desk.site
    ordered = sorted(site.book.tags.items(), key=lambda item: (item[1].label.casefold(), item[0]))
    rows = tuple(
        TagCount(
            label=tag.label,
            url=desk.href(f"/tags/{name}/"),
            count=len(site.by_tag.get(name, ())),
            description=tag.description,
        )
        for name, tag in ordered
    )
    title = site.words.text("tags")
    intro = site.words.text("intro_tags")
    head = machines.of_list(present.head(PATH, title, desk, description=intro, section=PATH), desk)
    return TagsView(head=head, title=title, intro=intro, tags=rows)
