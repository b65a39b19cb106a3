"""A made-up site of any size, always the same for the same size.

Post i depends on i alone, and links only to posts before it: the first 1,000 of a site of 4,000
posts are the site of 1,000.
"""

from __future__ import annotations

import datetime as dt
import math
import shutil
from pathlib import Path
from random import Random

NOW = "2026-06-15 12:00"
LAST_DAY, DAYS, TAGS = dt.date(2026, 6, 14), 4500, 40
WORDS = {
    "who": ["carers", "young people", "people who live alone", "new parents", "older people"],
    "what": ["the eye clinic", "the walk-in centre", "the pharmacy", "home visits", "the hub"],
    "how": ["took too long", "was explained well", "felt rushed", "made a difference"],
    "where": ["Eastmere", "the Old Town", "Hollow Bridge", "Lower Fen", "St Agnes"],
}
SAYS = [
    "{who} in {where} said that {what} {how}",
    "in an ordinary month {n} people from {where} use {what}",
    "what mattered most to {who} was whether {what} {how}",
    "staff told us that {what} **{how}** after the move to {where}",
    "the board has *{n} weeks* to say what it will do for {who}",
    'one visitor to {where} wrote: "It {how}, and I was glad to be asked"',
]
HEADINGS = ["What we heard in {where}", "Why {who} care", "How {what} may change"]
# How often each kind comes, its folder, and how long its posts are.
KINDS = {
    "blog": (8, "blog", 1.05),
    "news": (7, "news", 0.9),
    "consultation": (2, "consultations", 0.7),
    "explainer": (2, "explainers", 2.0),
    "page": (1, "pages", 0.7),
}
CONFIG = "title: A site to measure\nbase_url: https://bench.example/\n"


def write_site(root: Path, posts: int, design: Path) -> list[int]:
    """Write a site with so many posts and the templates of ``design``; the words of each post."""
    shutil.copytree(design, root / "templates")
    tags = "".join(f"subject-{n}: {{label: Subject {n}}}\n" for n in range(TAGS))
    files = {"config.yaml": CONFIG, "content/tags.yaml": tags}
    texts = {f"content/{path_of(i)}": post(i) for i in range(posts)}
    for name, text in (files | texts).items():
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return [len(text.split()) for text in texts.values()]


def kind_of(i: int) -> str:
    """The kind of post i."""
    return Random(f"kind {i}").choices(list(KINDS), [often for often, _, _ in KINDS.values()])[0]


def path_of(i: int) -> str:
    """The path of post i in content/."""
    return f"{KINDS[kind_of(i)][1]}/post-{i}.md"


def post(i: int) -> str:
    """The text of post i: front matter, and 60 to 4,000 words, about 600 in the middle."""
    r = Random(f"post {i}")
    length = 600 * KINDS[kind_of(i)][2] * math.exp(r.gauss(0, 0.6))
    body = _body(r, i, min(3950, max(60, int(length))))
    return f"---\n{_fields(r, kind_of(i), i)}\n---\n\n{body}\n"


def _fields(r: Random, kind: str, i: int) -> str:
    day = LAST_DAY - dt.timedelta(days=int(DAYS * r.random() ** 1.5))
    rows = [f"title: Number {i}, or how {_fill(r, '{what} {how} in {where}')}"]
    if kind != "page":
        tags = {f"subject-{min(TAGS, int(r.paretovariate(0.7))) - 1}" for _ in range(3)}
        rows += [f"tags: [{', '.join(sorted(tags))}]", f"date: {day}"]
        rows += [f"summary: {_fill(r, 'A word about {what} for {who} in {where}.')}"]
    if kind == "blog":
        rows += [f"author: Writer {r.randrange(9)}"]
    elif kind == "consultation":
        closes = day + dt.timedelta(days=r.randrange(14, 90))
        rows += [f"opening_date: {day}", f"closing_date: {closes}"]
        rows += ["ways_to_respond: {email: tell@bench.example, phone: 01632 960000}"]
        if r.random() < 0.5:
            rows += ["final_outcome:", f"  published_on: {closes + dt.timedelta(days=60)}"]
            rows += ["  decision: adopted", "  detail: It will be done **as proposed**."]
    elif kind == "explainer":
        rows += [f"last_reviewed_on: {day}", "next_review_due: 2030-01-01", "follows: subject-3"]
    return "\n".join(rows)


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
    """A paragraph mostly; sometimes a heading, list, table, quotation, link or footnote."""
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
    text = " ".join(_sentence(r) for _ in range(r.randrange(2, 6)))
    if what < 0.50 and i:
        other = r.randrange(i)
        text += f" See also [number {other}](../{path_of(other)})."
    elif what < 0.56:
        text += f"[^{len(notes)}]"
        notes.append(f"[^{len(notes)}]: {_sentence(r)}")
    return text
