"""The page of a post."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sitegen.model import Heading
from sitegen.shown import (
    ALWAYS,
    Card,
    FileLink,
    Html,
    LinkTo,
    Person,
    Picture,
    Span,
    StateMark,
    When,
)
from sitegen.views.frame import Head


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A message about a page: ``name`` is expired, withdrawn, outdated, draft or scheduled."""

    name: str
    title: str
    html: Html | None = None
    link: LinkTo | None = None
    span: Span = ALWAYS


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A change note."""

    date: When
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """When a page was checked, and when it will be again."""

    last: When | None
    due: When | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceView:
    """Where a story comes from."""

    name: str
    url: str | None
    published: When | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionView:
    """A call to action."""

    title: str
    text: str | None
    button: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Translation:
    """The same page in another language, named in that language."""

    lang: str
    label: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryView:
    """A post's own page. ``facts`` are its kind's (``BlogFacts``, ``ConsultationFacts`` …).

    ``contents`` are the headings to list, when there are enough to need it.
    """

    head: Head
    kind: str
    kind_label: str
    title: str
    prefix: str | None
    states: tuple[StateMark, ...]
    summary: str | None
    date: When | None
    updated: When | None
    author: Person | None
    image: Picture | None
    notices: tuple[Notice, ...]
    body: Html
    contents: tuple[Heading, ...]
    facts: Any
    documents: tuple[FileLink, ...]
    formats: tuple[FileLink, ...]
    translations: tuple[Translation, ...]
    tags: tuple[LinkTo, ...]
    change_notes: tuple[Note, ...]
    review: Review | None
    source: SourceView | None
    actions: tuple[ActionView, ...]
    related: tuple[Card, ...]
    previous: LinkTo | None
    next: LinkTo | None
    calendar: str | None
