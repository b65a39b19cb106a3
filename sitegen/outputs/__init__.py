"""What is written: one question a file. ``PLANNERS`` lists them.

Each planner says first which addresses it will write (so that links can be resolved against all
of them), then what it writes there. It receives only what is published.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sitegen.model import Address, Output
from sitegen.outputs import (
    admin,
    archive,
    calendar,
    feeds,
    files,
    glossary,
    headers,
    home,
    lists,
    manifest,
    notfound,
    pages,
    redirects,
    search,
    sitemap,
    tags,
)
from sitegen.pages.desk import Desk
from sitegen.site.index import Site


@dataclass(frozen=True, slots=True)
class Planner:
    """What a module of this package plans."""

    addresses: Callable[[Site], Iterable[Address]]
    outputs: Callable[[Desk], Iterable[Output]]


PLANNERS = tuple(
    Planner(module.addresses, module.outputs)
    for module in (
        home,
        pages,
        lists,
        tags,
        archive,
        glossary,
        search,
        notfound,
        feeds,
        calendar,
        redirects,
        sitemap,
        headers,
        manifest,
        files,
        admin,
    )
)
