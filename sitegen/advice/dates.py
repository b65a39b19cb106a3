"""Days that are named in the text: those that can't be, and those without a year."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sitegen import clock
from sitegen.advice.reading import Block, Post, advice, is_own, place_in, prose, written
from sitegen.problems import Place, Problem
from sitegen.source import schema


def check(post: Post, today: date) -> Iterator[Problem]:
    """What every rule about days in English finds in a post, on the day ``today``."""
    found = tuple(dates(post))
    yield from impossible(post, found)
    yield from without_year(post, found, today)


MONTHS = {m[:3].lower(): n for n, m in enumerate(clock.MONTHS, 1)}
MONTH = "(?:" + "|".join(f"{m[:3]}(?:{m[3:]})?" for m in clock.MONTHS) + "|Sept)"
_WEEKDAY = r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*"
DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_NAMED = re.compile(rf"{MONTH}\b")  # months are rare: what stands round one is looked at then
AHEAD = 40  # characters that hold all that may stand before a month
_WEEKDAY_BEFORE = rf"(?:\b(?P<weekday>{_WEEKDAY})\.?,?\s+(?:the\s+)?\(?)?"
_DAY_BEFORE = re.compile(rf"{_WEEKDAY_BEFORE}(?<![\w.,:/£-])(?P<day>{DAY})\s+(?:of\s+)?$")
_BEFORE = re.compile(rf"{_WEEKDAY_BEFORE}(?<!\w)$")
_DAY_AFTER = re.compile(rf"\.?\s+(?P<day>{DAY})(?![\d:.,]\d|\s*(?:am|pm|%|{MONTH})|\w)")
_YEAR_AFTER = re.compile(r"(?:\.?,?\s+((?:19|20)\d\d)\b)?")
_MONTH_WORDS = frozenset(m.lower() for name in clock.MONTHS for m in (name, name[:3])) | {"sept"}
YEAR = re.compile(r"\b(?:19|20)\d\d\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """A day as typed, such as ``Wednesday (Feb 6)``. ``weekday`` counts from Monday, 0."""

    typed: str
    day: int
    month: int
    year: int | None
    weekday: int | None
    block: Block
    start: int

    @property
    def place(self) -> Place:
        """Where it stands in its file."""
        return place_in(self.block, self.start, len(self.typed))

    def on(self, year: int) -> date | None:
        """The day in a year; None when that year has no such day."""
        try:
            return date(year, self.month, self.day)
        except ValueError:
            return None


def dates(post: Post) -> Iterator[Dated]:
    """Every day that is named with its month, in what the post itself says."""
    for block in post.texts if post.words & _MONTH_WORDS else ():
        text = prose(block)
        for month in _NAMED.finditer(text):
            if found := _dated(block, text, month):
                yield found


def _dated(block: Block, text: str, month: re.Match[str]) -> Dated | None:
    """The day that a month's name is part of: ``6 February 2019``, ``Feb 6``."""
    ahead = max(0, month.start() - AHEAD)
    before = text[ahead : month.start()]
    if first := _DAY_BEFORE.search(before):
        day, end = first["day"], month.end()
    elif (first := _BEFORE.search(before)) and (after := _DAY_AFTER.match(text, month.end())):
        day, end = after["day"], after.end()
    else:
        return None
    year = _YEAR_AFTER.match(text, end)
    end = year.end() if year else end
    start = ahead + first.start()
    end += "(" in text[start:end] and text[end : end + 1] == ")"
    return Dated(
        typed=text[start:end],
        day=int(re.sub(r"\D", "", day)),
        month=MONTHS[month[0][:3].lower()],
        year=int(year[1]) if year and year[1] else None,
        weekday=_weekday(first["weekday"]),
        block=block,
        start=start,
    )


def _weekday(typed: str | None) -> int | None:
    """Monday is 0. None for none, and for other words that begin so (Monthly)."""
    for n, name in enumerate(clock.DAYS):
        if typed and (typed == name[:3] or typed in (name, name[:4], name[:5])):
            return n
    return None


def impossible(post: Post, found: Sequence[Dated]) -> Iterator[Problem]:
    """A weekday that its date is not; a day that is not in the calendar."""
    for dated in found:
        day = dated.on(dated.year or 2000)
        if day is None:
            message = f'there is no such day as "{dated.typed}"'
            fix = "check the day and the month"
            yield advice(post, "no-such-day", message, dated.place, fix=fix)
        elif dated.year and dated.weekday not in (None, day.weekday()):
            message = f"{clock.show_date(day)} is a {clock.DAYS[day.weekday()]}"
            fix = f"type {clock.show_weekday(day)}, or another date"
            yield advice(post, "wrong-weekday", message, dated.place, fix=fix)


# Days without a year.

_EVERY_YEAR = re.compile(
    r"\b(?:every|each|any|per) (?:tax |financial |school )?year\b|\byearly\b|annual"
)


def without_year(post: Post, found: Sequence[Dated], today: date) -> Iterator[Problem]:
    """Days without their year, all of a post in one advice: readers find a page years later.

    The title, the first paragraph and what stands beside or above a day may name the year; a day
    of the front matter has it there.
    """
    found = [dated for dated in found if dated.on(dated.year or 2000)]
    blocks = {id(d.block): d.block for d in found}
    with_year = {key for key, block in blocks.items() if YEAR.search(block.text)}
    known = {(d.day, d.month) for d in found if id(d.block) in with_year} | _own_days(post)
    near = _near_a_year(post, written(post) or today)
    lacking: dict[tuple[int, int], Dated] = {}
    for dated in found:
        day = (dated.day, dated.month)
        is_said = day in known or id(dated.block) in near or _EVERY_YEAR.search(dated.block.text)
        if is_own(dated.block) and not is_said:
            lacking.setdefault(day, dated)
    if not lacking:
        return
    first, *others = lacking.values()
    told = ", ".join(f'"{dated.typed}"' for dated in (first, *others))
    message = f"{told} {'have' if others else 'has'} no year, and readers may find this page"
    meant = _meant(first, written(post) or today)
    fix = f"type {meant}" if meant else "add the year"
    yield advice(post, "no-year", f"{message} years later", first.place, fix=fix)


def _own_days(post: Post) -> set[tuple[int, int]]:
    """The day and the month of each date of the front matter."""
    front = post.document.front
    values = (value for _, _, value in schema.leaves(front)) if front else ()
    days = (value.day if isinstance(value, clock.Moment) else value for value in values)
    return {(day.day, day.month) for day in days if isinstance(day, date)}


def _near_a_year(post: Post, day: date) -> set[int]:
    """The blocks, by ``id``, that a year is near: right above, in the title, or said at first.

    It is a year about the ``day`` of the post: "since 2011" does not tell the year of a meeting.
    """
    years = {str(day.year + n) for n in (-1, 0, 1)}
    opening = [block for block in post.fields if block.field == "title"]
    opening += [block for block in post.blocks if block.kind == "paragraph"][:1]
    if any(years & {*YEAR.findall(block.text)} for block in opening):
        return set(map(id, post.texts))
    above = zip(post.blocks, post.blocks[1:], strict=False)
    return {id(block) for last, block in above if years & {*YEAR.findall(last.text)}}


def _meant(dated: Dated, near: date) -> str:
    """The day in the year that fits its weekday and lies nearest to a date; empty when none does.

    With a weekday only: without one any year would fit.
    """
    days = (dated.on(near.year + n) for n in (0, -1, 1, -2, 2, -3, 3, -4, -5, -6, -7, -8))
    fits = [day for day in days if day and day.weekday() == dated.weekday]
    return clock.show_weekday(fits[0]) if fits else ""
