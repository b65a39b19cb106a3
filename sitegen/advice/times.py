"""Times that have passed since a post was written: promises, and what was near once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from sitegen import clock
from sitegen.advice.dates import AHEAD, DAY, MONTH, MONTHS, YEAR
from sitegen.advice.reading import (
    Block,
    Post,
    advice,
    is_own,
    place_in,
    prose,
    unquoted,
    written,
)
from sitegen.problems import Problem
from sitegen.prose.tags import names


def check(post: Post, today: date) -> Iterator[Problem]:
    """What has passed, of what a post in English says, on the day ``today``."""
    if not _is_over(post, today):
        yield from broken_promise(post, today)
        yield from relative(post, today)


def _is_over(post: Post, today: date) -> bool:
    """Whether the page tells what was: it has ended, or is a consultation with its outcome."""
    front: Any = post.document.front
    if front is None or front.withdrawn or getattr(front, "final_outcome", None):
        return True
    return bool(front.expiry_date and front.expiry_date.day < today)


# What was promised.

_YEARS = re.compile(r"20\d\d(?![\w/–-])")
_PERIOD = re.compile(
    r"(?:\b(?:the )?(?:early|mid|late|end of|beginning of|start of)[ -](?:in )?)?"
    rf"\b(?P<part>(?:{DAY}\s+)?{MONTH}|[Ss]pring|[Ss]ummer|[Aa]utumn|[Ww]inter)(?: of)?\s+$"
    r"|\b(?:[Bb]y|[Ii]n|[Dd]uring|[Ee]arly|[Mm]id|[Ll]ate|[Ee]nd of)[ -](?:in )?$"
)
_SEASONS = {"spring": (5, 31), "summer": (8, 31), "autumn": (11, 30), "winter": (2, 28)}
_TO_FOLLOW = (
    r"\b(?:[Mm]ore|[Dd]etails?|[Ii]nformation|[Nn]ews|[Rr]esults?|[Rr]eport|[Uu]pdates?)"
    r" to follow\b"
    r"|\b[Ll]ook out for\b"
)
_TO_COME = re.compile(
    r"\b(?:will|shall|going to"
    r"|(?:is|are) (?:now )?(?:due|expected|planned|scheduled|being considered|to be)"
    r"|(?:plans?|hopes?|aims?|intends?|expects?) to|(?:is|are) (?:now )?open (?:until|till))\b"
    rf"|[’']ll\b|{_TO_FOLLOW}",
)
_FUTURE_WORDS = names("will shall ll going due expected planned scheduled considered be") | names(
    "plan plans hope hopes aim aims intend intends expect expects open follow look"
)
_PROMISE = re.compile(
    r"\b(?:more|further) (?:details?|information|news)\b|\bdetails will\b"
    r"|\bwe(?: (?:will|shall)|[’']ll)\b"
    rf"|{_TO_FOLLOW}"
    r"|\b(?:[Dd]ecision|[Rr]esults?|[Rr]eport|[Ff]indings|[Oo]utcome|[Rr]esponse)\b[^,:]{0,40}"
    r"\b(?:(?:is|are) (?:now )?(?:expected|due)|will be)\b"
    r"|\bwill (?:also )?(?:be )?(?:publish|announce|report|share|follow|let you know|updated?\b)"
)
_SENTENCE_END = re.compile(r"[.!?;](?=\s)|\|")
_DONE = re.compile(
    r"(?P<be>\b(?:be|being|get) (?:\w+ly )?)?\b(?!expected|planned|scheduled)"
    r"(?:\w+ed|made|set up|held|begun|written|known)"
    r"(?: (?:on|in|by|for|at|from))?\s*$"
)


def broken_promise(post: Post, today: date) -> Iterator[Problem]:
    """ "More will follow in spring 2023", read after that spring.

    News and blog posts are of their day, so there only a promise to readers counts.
    """
    if not post.words & _FUTURE_WORDS:
        return
    of_its_day = post.document.kind in ("news", "blog")
    speaks = _PROMISE if of_its_day else _TO_COME
    own = _own_days(post)
    for block in post.texts:
        text = unquoted(prose(block)) if is_own(block) else ""
        for start, end, last in _periods(text):
            first, stop = _sentence(text, start)
            if last >= today or last in own or not speaks.search(text[first:stop]):
                continue
            if _is_to_come(text[first:start], text[end : end + AHEAD]):
                typed = text[start:end]
                message = f'"{typed}" has passed, and this speaks of it as still to come'
                fix = "say what has happened since, or give the new date"
                place = place_in(block, start, len(typed))
                yield advice(post, "stale-promise", message, place, fix=fix)


def _periods(text: str) -> Iterator[tuple[int, int, date]]:
    """Where each day, month, season or year that is named begins and ends, and its last day."""
    for year in _YEARS.finditer(text):
        ahead = max(0, year.start() - AHEAD)
        if (m := _PERIOD.search(text[ahead : year.start()])) and (
            last := _last_day(int(year[0]), (m["part"] or "").split())
        ):
            yield ahead + m.start(), year.end(), last


def _own_days(post: Post) -> set[date]:
    """The days that the page itself says are over: when a consultation opened and closed."""
    moments = (getattr(post.document.front, at, None) for at in ("opening_date", "closing_date"))
    return {moment.day for moment in moments if moment}


def _sentence(text: str, at: int) -> tuple[int, int]:
    """Where the sentence begins and ends that holds an offset."""
    ends = [m.end() for m in _SENTENCE_END.finditer(text)]
    begin = max((end for end in ends if end <= at), default=0)
    return begin, min((end for end in ends if end > at), default=len(text))


def _is_to_come(before: str, after: str) -> bool:
    """Whether a time belongs to what is to come: "will be in May", not "as agreed in May".

    ``before`` is what its sentence says before it, ``after`` what follows.
    """
    done = _DONE.search(before[-AHEAD:])
    if done and not done["be"]:
        return False
    return bool(_TO_COME.search(before) or _TO_COME.match(_SUBJECT.sub("", after)))


_SUBJECT = re.compile(r"^[ ,]+(?:\w+ ){0,3}(?=(?:will|shall|are|is)\b)")


def _last_day(year: int, words: list[str]) -> date | None:
    """The last day of ``spring 2023``, ``May 2023``, ``3 May 2023`` or 2023."""
    if not words:
        return date(year, 12, 31)
    name = words[-1].lower()
    if name in _SEASONS:
        return date(year + (name == "winter"), *_SEASONS[name])
    month = MONTHS[name[:3]]
    try:
        if words[1:]:
            return date(year, month, int(re.sub(r"\D", "", words[0])))
    except ValueError:
        return None
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


# Times that depend on when they are read.

_RELATIVE = re.compile(
    r"\b(?:(?:[Tt]his|[Ll]ast|[Nn]ext) (?:week(?:end)?|month|year|spring|summer|autumn|winter)"
    r"|(?:[Ee]arlier|[Ll]ater) this (?:week|month|year)|[Rr]ecently|[Yy]esterday|[Tt]omorrow"
    r"|[Ii]n recent (?:days|weeks|months|years)|[Aa]t (?:present|the moment)(?! (?:of|when|that))"
    r"|[Cc]urrently"
    rf"|(?:[Ii]n|[Ll]ast|[Ss]ince|[Nn]ext) (?P<month>{'|'.join(clock.MONTHS)})\b(?! \d))"
    r"(?![’'-]|\w)"
)
_RELATIVE_WORDS = frozenset(m.lower() for m in clock.MONTHS) | names(
    "week weekend month year spring summer autumn winter recently yesterday tomorrow recent present"
    " moment currently"
)
OLD = timedelta(days=365)


def relative(post: Post, today: date) -> Iterator[Problem]:
    """ "This month", in a post that nobody has touched for a year: all of a post in one advice."""
    day = written(post)
    if day is None or today - day <= OLD:
        return
    hints = post.words & _RELATIVE_WORDS
    if found := list(_relative(post, hints)):
        block, m = found[0]
        told = ", ".join(dict.fromkeys(f'"{m[0]}"' for _, m in found))
        since = f"nobody has changed or reviewed this since {clock.show_date(day)}"
        message = f"{since}: it says {told}"
        fix = "give the month and the year, or set last_reviewed_on once it is right again"
        place = place_in(block, m.start(), len(m[0]))
        yield advice(post, "relative-date", message, place, fix=fix)


def _relative(post: Post, hints: frozenset[str]) -> Iterator[tuple[Block, re.Match[str]]]:
    """Every such time in the post's own words. ``hints`` are words without which there is none."""
    for block in post.texts:
        lower = block.text.lower()
        if is_own(block) and any(hint in lower for hint in hints):
            for m in _RELATIVE.finditer(unquoted(prose(block))):
                if not (m["month"] and YEAR.search(block.text)):
                    yield block, m
