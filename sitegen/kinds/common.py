"""What every kind of post has: its fields, its rules, and the moments at which it changes."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from sitegen import clock
from sitegen.clock import Moment
from sitegen.shown import Look
from sitegen.source.fieldtypes import (
    ActionId,
    Alias,
    Choice,
    Day,
    File,
    Flag,
    Language,
    Page,
    Person,
    Prose,
    Ref,
    Slug,
    Tag,
    Text,
    Web,
    When,
)
from sitegen.source.schema import Group, ListOf, Need, Reading, field, sample, to_add


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """A picture and what it shows."""

    src: str = field(File, "the picture's file", Need.REQUIRED)
    alt: str | None = field(Text(), "what the picture shows, for people who can't see it")
    caption: str | None = field(Text(), "words shown under the picture")
    credit: str | None = field(Text(), "who made the picture")
    decorative: bool = field(
        Flag(), "true when the picture adds nothing to the text", default=False
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeNote:
    """What changed on a page, and when."""

    date: dt.date = field(Day(), "the day of the change", Need.REQUIRED)
    note: str = field(Text(), "what changed, in a sentence", Need.REQUIRED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A document offered for download."""

    title: str = field(Text(120), "the document's title", Need.REQUIRED)
    file: str | None = field(File, "its file")
    url: str | None = field(Web, "its address, when another site holds it")
    html: str | None = field(Page, "a page that says the same")


@dataclass(frozen=True, slots=True, kw_only=True)
class AlternativeFormat:
    """The same information in another format or language."""

    kind: str = field(
        Choice("easy-read", "bsl", "large-print", "audio", "braille", "translation"),
        "which format it is",
        Need.REQUIRED,
    )
    lang: str | None = field(Language, "its language, when it is not the page's")
    file: str | None = field(File, "its file")
    url: str | None = field(Web, "its address, when another site holds it")


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawn:
    """That a page is no longer valid, and why."""

    date: dt.date = field(Day(), "the day from which it is withdrawn", Need.REQUIRED)
    reason: str = field(Prose(), "why, for readers", Need.REQUIRED)
    replaced_by: str | None = field(Page, "the page that replaces it")


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a story comes from."""

    name: str = field(Text(), "who published it first", Need.REQUIRED)
    url: str | None = field(Web, "where it can be read")
    published_on: dt.date | None = field(Day(), "when it first appeared, if known")


@dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    """The front matter that every kind may have."""

    CALLED: ClassVar[str] = "field of this kind of post"
    SLIPS: ClassVar[dict[str, str]] = {
        "type": "delete the line: the folder decides the kind of post",
        "kind": "delete the line: the folder decides the kind of post",
        "layout": "delete the line: the folder decides how the post looks",
        "categories": "use tags: [...]",
        "category": "use tags: [...]",
        "tag": "use tags: [...]",
        "description": "use summary: …",
        "published": "use date: YYYY-MM-DD, or draft: true",
        "url": "use slug: … for the last part of the address",
        "permalink": "use slug: … for the last part of the address",
        "redirect_from": "use aliases: [/old/path/]",
        "expires": "use expiry_date: YYYY-MM-DD",
    }

    title: str = field(Text(120, advised=65), "the title, up to 120 characters", Need.REQUIRED)
    date: dt.date | None = field(
        Day(), "the day it was first published on this site", Need.REQUIRED
    )
    summary: str | None = field(
        Text(advised=160), "one sentence for lists and search results", Need.RECOMMENDED
    )
    tags: tuple[str, ...] = field(ListOf(Tag), "what it is about", Need.RECOMMENDED)
    author: str | None = field(Person, "who wrote it")
    image: Image | None = field(Group(Image), "the picture shown with it")
    updated: dt.date | None = field(Day(), "the day of the last change that matters to readers")
    change_notes: tuple[ChangeNote, ...] = field(
        ListOf(Group(ChangeNote)), "what changed and when, shown to readers"
    )
    draft: bool = field(Flag(), "true keeps it out of the site, in any form", default=False)
    publish_at: Moment | None = field(When(), "publish at this moment, not before")
    expiry_date: Moment | None = field(
        When(is_end=True), "no longer current after this moment; the address stays"
    )
    slug: str | None = field(Slug, "the last part of the address, when not the file's name")
    aliases: tuple[str, ...] = field(ListOf(Alias), "old addresses that lead here")
    related: tuple[str, ...] = field(ListOf(Ref, most=3), "posts to read next")
    documents: tuple[Attachment, ...] = field(ListOf(Group(Attachment)), "documents to download")
    alternative_formats: tuple[AlternativeFormat, ...] = field(
        ListOf(Group(AlternativeFormat)), "Easy Read, BSL and other formats of this page"
    )
    lang: str | None = field(Language, "the language, when not the site's")
    translation_of: str | None = field(Ref, "the post that this one translates")
    last_reviewed_on: dt.date | None = field(Day(), "the day it was last checked")
    next_review_due: dt.date | None = field(Day(), "the day by which to check it again")
    withdrawn: Withdrawn | None = field(Group(Withdrawn), "that it is no longer valid, and why")
    cta: tuple[str, ...] = field(ListOf(ActionId), "calls to action at the end")
    source: Origin | None = field(Group(Origin), "where the story comes from")


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A moment at which something about a post changes.

    ``what`` completes "on this day it …"; ``visible`` tells whether the site's bytes change;
    ``is_end`` that something lasts until then, so that midnight is told as 11:59pm.
    """

    at: datetime
    what: str
    visible: bool = True
    is_end: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of post: where it lives, what it holds and what it must keep to.

    ``reading_order`` are the Markdown fields by dotted name, "" being the body, as the page
    shows them; in those that it leaves out no acronym is explained.
    """

    name: str
    folder: str
    label: str
    plural: str
    front: type[Any]
    dated: bool
    listed: bool = True
    rules: Callable[[Any, Reading], None]
    turns: Callable[[Any, ZoneInfo], Iterable[Turn]]
    facts: Callable[[Any, Look], Any]
    reading_order: tuple[str, ...] = ("withdrawn.reason", "")


def published_at(front: Front, tz: ZoneInfo) -> datetime | None:
    """The instant from which a post is public; None for a page without a date."""
    if front.publish_at:
        return clock.starts(front.publish_at, tz)
    return clock.starts(Moment(front.date), tz) if front.date else None


def day(when: dt.date, tz: ZoneInfo) -> datetime:
    """The instant at which a day begins."""
    return clock.starts(Moment(when), tz)


def common_turns(front: Front, tz: ZoneInfo) -> Iterable[Turn]:
    """When any post appears, changes, is withdrawn, expires or falls due for review."""
    if at := published_at(front, tz):
        yield Turn(at=at, what="is published")
    if front.expiry_date:
        yield Turn(at=clock.ends(front.expiry_date, tz), what="expires", is_end=True)
    if front.withdrawn:
        yield Turn(at=day(front.withdrawn.date, tz), what="is withdrawn")
    if front.updated:
        yield Turn(at=day(front.updated, tz), what="is updated")
    for note in front.change_notes:
        yield Turn(at=day(note.date, tz), what="shows a change note")
    if front.next_review_due:
        due = day(front.next_review_due, tz)
        yield Turn(at=due, what="falls due for review", visible=False)


def common_rules(front: Front, reading: Reading) -> None:
    """The rules between the fields that every kind has."""
    if front.image:
        image_rule(front.image, "image", reading)
    _dates(front, reading)
    for i, document in enumerate(front.documents):
        one_of(document, ("file", "url"), f"documents.{i}", reading)
    for i, other in enumerate(front.alternative_formats):
        one_of(other, ("file", "url"), f"alternative_formats.{i}", reading)
        at = f"alternative_formats.{i}"
        unread = f"{at}.lang" in reading.unread
        if other.kind == "translation" and not other.lang and not unread:
            fix = f"{to_add(f'{at}.lang', reading)}: pl"
            reading.lacks("format-lang", at, "a translation needs its lang", fix=fix)
    if front.translation_of and not front.lang and "lang" not in reading.unread:
        fix = f"{to_add('lang', reading)}: pl"
        message = "a translation needs its lang"
        reading.lacks("translation-lang", "translation_of", message, fix=fix)


def image_rule(image: Image, at: str, reading: Reading) -> None:
    """Exactly one of ``alt`` and ``decorative: true``."""
    if image.alt and image.decorative:
        fix = "delete alt, or delete decorative"
        reading.fault("image-alt", at, "a decorative image has no alt", fix=fix)
    elif not image.alt and not image.decorative and not {f"{at}.alt"} & reading.unread:
        reading.lacks(
            "image-alt",
            at,
            f"{at}.alt is missing",
            fix="alt: what the picture shows\n(or decorative: true, when it adds nothing)",
        )


def one_of(group: Any, names: tuple[str, ...], at: str, reading: Reading) -> None:
    """Exactly one of the fields is given."""
    given = [n for n in names if getattr(group, n) or f"{at}.{n}" in reading.unread]
    if len(given) > 1:
        message, fix = f"this has {' and '.join(given)}; it needs one of them", "delete one of them"
        reading.fault("one-of", at, message, fix=fix)
    elif not given:
        message = f"this needs {' or '.join(names)}"
        name = next((n for n in names if f"{at}.{n}" in reading.places), names[0])
        fix = f"{to_add(f'{at}.{name}', reading)}: {sample(group, name)}"
        reading.lacks("one-of", at, message, fix=fix)


def after(
    later: str, value: object, earlier: str, than: object, reading: Reading, *, same: bool = False
) -> None:
    """A fault unless the later date lies after the earlier one (or on it, when ``same``)."""
    first, second = _as_day(than), _as_day(value)
    if first is None or second is None or second > first or (same and second == first):
        return
    line = reading.place(earlier).line
    relation = "before" if second < first else "the same day as"
    name = later.rpartition(".")[2]
    reading.fault(
        "date-order",
        later,
        f"{re.sub('[.][0-9]+', '', later)} ({clock.show_date(second)}) is {relation} {earlier} "
        f"({clock.show_date(first)}, line {line})",
        fix=f"use {'an' if name[0] in 'aeiou' else 'a'} {name} "
        f"{'on or ' if same else ''}after {first}",
    )


def _as_day(value: object) -> dt.date | None:
    return value.day if isinstance(value, Moment) else value if isinstance(value, dt.date) else None


def _dates(front: Front, reading: Reading) -> None:
    after("publish_at", front.publish_at, "date", front.date, reading, same=True)
    appears = published_at(front, reading.tz)
    if front.expiry_date and appears and clock.ends(front.expiry_date, reading.tz) <= appears:
        name = "publish_at" if front.publish_at else "date"
        reading.fault(
            "date-order",
            "expiry_date",
            f"expiry_date ({front.expiry_date}) is not after {name} "
            f"(line {reading.place(name).line})",
            fix="use a later expiry_date",
        )
    after("updated", front.updated, "date", front.date, reading, same=True)
    for i, note in enumerate(front.change_notes):
        after(f"change_notes.{i}.date", note.date, "date", front.date, reading, same=True)
    if front.withdrawn:
        after("withdrawn.date", front.withdrawn.date, "date", front.date, reading, same=True)
    after(
        "next_review_due",
        front.next_review_due,
        "last_reviewed_on",
        front.last_reviewed_on,
        reading,
    )
