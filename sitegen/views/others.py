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
    """A part of the home page.

    id: the anchor to link to
    title: its heading
    cards: its posts
    more: where to see them all
    """

    id: str
    title: str
    cards: tuple[Card, ...]
    more: LinkTo | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeView:
    """The home page: what can I have my say on, what's new, how do I get help.

    head: the head of the page
    title: the site's name, or the title of ``content/pages/index.md``
    body: the text of that page
    open: the consultations that are open, closing soonest first
    upcoming: the consultations that open later
    newest: the newest posts of all dated kinds
    archive: the address of the archive
    consultations: where to see all consultations
    sections: news, blog and explainers, each with its newest posts
    actions: calls to action
    """

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
    """A value that a filter may have.

    value: as it stands in the address
    label: in words
    """

    value: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchFilter:
    """A list to choose from.

    name: its name in addresses
    label: what it chooses by
    any: words for all of them
    options: the values to choose from
    """

    name: str
    label: str
    any: str
    options: tuple[SearchOption, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchForm:
    """What the script of the search page needs.

    index: the address of the index's folder
    found: each plural form with the words for how many results there are
    filters: the lists to choose from
    """

    index: str
    found: tuple[tuple[str, str], ...]
    filters: tuple[SearchFilter, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchView:
    """The search page.

    head: the head of the page
    title: its title
    form: the form; None where there is no search
    note: a sentence on what search is like in a preview
    ways: other ways to find a page
    """

    head: Head
    title: str
    form: SearchForm | None
    note: str | None
    ways: tuple[LinkTo, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NotFoundView:
    """What is shown where nothing is.

    head: the head of the page
    title: its title
    links: where one may go from here
    """

    head: Head
    title: str
    links: tuple[LinkTo, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RedirectView:
    """An old address that leads to a new one.

    head: the head of the page
    to: the new address
    title: the title of the page there
    """

    head: Head
    to: str
    title: str
