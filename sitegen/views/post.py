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
    """A message about a page.

    name: expired, withdrawn, outdated, draft or scheduled: for styles
    title: the message in a sentence
    html: more about it
    link: a page to read in its place
    span: when it holds
    """

    name: str
    title: str
    html: Html | None = None
    link: LinkTo | None = None
    span: Span = ALWAYS


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A change note.

    date: the day of the change
    text: what changed
    """

    date: When
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """When a page was checked, and when it will be again.

    last: the day it was last checked
    due: the day by which it is checked again
    """

    last: When | None
    due: When | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceView:
    """Where a story comes from.

    name: who published it first
    url: where it can be read
    published: when it first appeared
    """

    name: str
    url: str | None
    published: When | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionView:
    """A call to action.

    title: its heading
    text: a sentence
    button: the words of the link
    url: where the link leads
    """

    title: str
    text: str | None
    button: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Translation:
    """The same page in another language.

    lang: the language
    label: the language named in itself: polski
    url: its page
    """

    lang: str
    label: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryView:
    """A post's own page.

    head: the head of the page
    kind: blog, consultation, explainer, news or page: for styles
    kind_label: the kind in words
    title: its title
    prefix: what its series puts before titles
    states: a consultation's state now, and those that dates bring; empty for other kinds
    summary: its summary, as typed
    date: the day it was first published
    updated: the day of the last change that matters to readers
    author: who wrote it
    image: the picture shown with it
    notices: messages about the page, such as that it has expired
    body: its text
    contents: the headings to list, when there are enough to need it
    facts: what only its kind has: ``BlogFacts``, ``ConsultationFacts`` …
    documents: documents to download
    formats: Easy Read, BSL and other formats
    translations: the same page in other languages
    tags: what it is about, each with its list
    change_notes: what changed and when, newest first
    review: when it was checked, and when it will be again
    source: where the story comes from
    actions: calls to action: its own, else its kind's
    related: posts to read next
    previous: the older post beside it
    next: the newer post beside it
    calendar: a consultation's closing date for calendars, until it closes
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
