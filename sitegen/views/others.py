"""The pages that are one of a kind: home, search, not found, moved."""

from __future__ import annotations

from dataclasses import dataclass

from sitegen.shown import (
    Card,
    Html,
    LinkTo,
)
from sitegen.views.frame import Head
from sitegen.views.post import ActionView


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of the home page: a heading, some cards, and where to see them all."""

    id: str
    title: str
    cards: tuple[Card, ...]
    more: LinkTo | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeView:
    """The home page: what can I have my say on, what's new, how do I get help."""

    head: Head
    title: str
    body: Html | None
    open: tuple[Card, ...]
    upcoming: tuple[Card, ...]
    newest: tuple[Card, ...]
    archive: str
    consultations: LinkTo
    sections: tuple[Section, ...]
    actions: tuple[ActionView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchOption:
    """A value that a filter may have, and the words for it."""

    value: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchFilter:
    """A list to choose from. ``name`` is its name in addresses, ``any`` says that all will do."""

    name: str
    label: str
    any: str
    options: tuple[SearchOption, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchForm:
    """What the script of the search page needs. ``index`` is the address of the index's folder.

    ``found`` has the words for how many results there are, with the plural form that they are in.
    """

    index: str
    found: tuple[tuple[str, str], ...]
    filters: tuple[SearchFilter, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchView:
    """The search page: a form, where there is search, and the other ways to find a page."""

    head: Head
    title: str
    form: SearchForm | None
    note: str | None
    ways: tuple[LinkTo, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NotFoundView:
    """What is shown where nothing is."""

    head: Head
    title: str
    links: tuple[LinkTo, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RedirectView:
    """An old address that leads to a new one."""

    head: Head
    to: str
    title: str
