"""The posts of a made-up site of any size, always the same.

Post i depends on i alone, and links only to posts before it: the first 1,000 of a site of 4,000
posts are the site of 1,000. A post is neutral: who builds it says where posts and pictures lie.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from itertools import accumulate
from random import Random

NOW, TODAY = "2026-06-15 12:00", dt.date(2026, 6, 15)
TITLE = "A site to measure"
LAST_DAY, DAYS, TAGS, PICTURES = dt.date(2026, 6, 14), 4500, 40, 12
LONGEST, TRANSLATED = 3900, 50  # words; every so many posts, one is in Polish
WORDS = {
    "who": ["carers", "young people", "people who live alone", "new parents", "older people"],
    "what": ["the eye clinic", "the walk-in centre", "the pharmacy", "home visits", "the hub"],
    "how": ["took too long", "was explained well", "felt rushed", "made a difference"],
    "where": ["Eastmere", "the Old Town", "Hollow Bridge", "Lower Fen", "St Agnes"],
    "short": ["ICB", "BSL", "PALS", "CQC", "GP"],
}
MEANINGS = {
    "ICB": "integrated care board",
    "BSL": "British Sign Language",
    "PALS": "patient advice and liaison service",
    "CQC": "Care Quality Commission",
    "GP": "general practitioner",
}
SAYS = [
    "{who} in {where} said that {what} {how}",
    "in an ordinary month {n} people from {where} use {what}",
    "what mattered most to {who} was whether {what} {how}",
    "staff told us that {what} **{how}** after the move to {where}",
    "the board has *{n} weeks* to say what it will do for {who}",
    'one visitor to {where} wrote: "It {how}, and I was glad to be asked"',
    "the {short} was asked about {what}, and about {who} too",
]
HEADINGS = ["What we heard in {where}", "Why {who} care", "How {what} may change"]
# How often each kind comes, and how long its posts are.
KINDS = {
    "blog": (8, 1.05),
    "news": (7, 0.9),
    "consultation": (2, 0.7),
    "explainer": (2, 2.0),
    "page": (1, 0.7),
}
# The first tag has a fourth of all uses, the last one in a hundred and seventy.
_WEIGHTS = list(accumulate(1 / (n + 1) for n in range(TAGS)))
_ADDRESS = re.compile(r"\]\((post|picture):(\d+)\)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A post. In its ``body``, ``post:3`` and ``picture:3`` stand for addresses.

    ``tags`` are numbers; ``translates`` is the number of the post that this one says in Polish.
    """

    i: int
    kind: str
    title: str
    summary: str
    author: str
    date: dt.date
    tags: tuple[int, ...]
    body: str
    translates: int | None = None

    @property
    def name(self) -> str:
        """What its file is called."""
        return f"post-{self.i}"

    def markdown(self, post: Callable[[int], str], picture: Callable[[int], str]) -> str:
        """The body with addresses, which these two give."""

        def found(m: re.Match[str]) -> str:
            return f"]({(post if m[1] == 'post' else picture)(int(m[2]))})"

        return _ADDRESS.sub(found, self.body)


def tag_name(n: int) -> str:
    """A tag as readers see it."""
    return f"Subject {n}"


@cache
def kind_of(i: int) -> str:
    """The kind of post i; a translation has that of its original, the post before it."""
    if i % TRANSLATED == TRANSLATED - 1:
        return kind_of(i - 1)
    return Random(f"kind {i}").choices(list(KINDS), [often for often, _ in KINDS.values()])[0]


def posts_of(amount: int) -> tuple[Post, ...]:
    """So many posts."""
    return tuple(post(i) for i in range(amount))


def post(i: int) -> Post:
    """Post i: 60 to 4,000 words, about 600 in the middle."""
    r, kind = Random(f"post {i}"), kind_of(i)
    length = 570 * KINDS[kind][1] * math.exp(r.gauss(0, 0.6))
    return Post(
        i=i,
        kind=kind,
        title=f"Number {i}, or how {_fill(r, '{what} {how} in {where}')}",
        summary=_fill(r, "A word about {what} for {who} in {where}."),
        author=f"Writer {r.randrange(9)}",
        date=LAST_DAY - dt.timedelta(days=int(DAYS * r.random() ** 1.5)),
        tags=tuple(sorted(set(r.choices(range(TAGS), cum_weights=_WEIGHTS, k=3)))),
        body=_body(r, i, min(LONGEST, max(60, int(length)))),
        translates=i - 1 if i % TRANSLATED == TRANSLATED - 1 else None,
    )


def without_links(found: Post) -> Post:
    """A post that leads to no other: what it would lead to may not be there."""
    return replace(found, body=re.sub(r"\[([^]]*)\]\(post:\d+\)", r"\1", found.body))


def _fill(r: Random, words: str) -> str:
    return words.format(n=r.randrange(2, 80), **{k: r.choice(w) for k, w in WORDS.items()})


def _sentence(r: Random) -> str:
    return "Now " + _fill(r, r.choice(SAYS)) + "."


def _body(r: Random, i: int, words: int) -> str:
    blocks: list[str] = []
    notes: list[str] = []
    while words > 0:
        blocks.append(_block(r, i, notes))
        words -= len(blocks[-1].split())
    return "\n\n".join([*blocks, *notes])


def _block(r: Random, i: int, notes: list[str]) -> str:
    """A paragraph mostly; sometimes a heading, list, table, quotation, picture, link or note."""
    what = r.random()
    if what < 0.16:
        return f"{r.choice(['##', '##', '###'])} {_fill(r, r.choice(HEADINGS))}"
    if what < 0.30:
        return "\n".join(f"- {_sentence(r)}" for _ in range(r.randrange(3, 8)))
    if what < 0.34:
        rows = [_fill(r, "| {where} | {n} |") for _ in range(r.randrange(3, 9))]
        return "\n".join(["| Place | People |", "| --- | ---: |", *rows])
    if what < 0.38:
        return f"> {_sentence(r)}"
    if what < 0.39:
        return f"![{_fill(r, 'The way to {what}')}](picture:{r.randrange(PICTURES)})"
    text = " ".join(_sentence(r) for _ in range(r.randrange(2, 6)))
    if what < 0.50 and i:
        other = r.randrange(i)
        text += f" See also [number {other}](post:{other})."
    elif what < 0.56:
        text += f"[^{len(notes)}]"
        notes.append(f"[^{len(notes)}]: {_sentence(r)}")
    return text
