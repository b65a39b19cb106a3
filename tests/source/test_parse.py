"""One Source to one Document: its fields, its Markdown, and every fault of its file alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import PurePosixPath
from zoneinfo import ZoneInfo

import pytest

from sitegen.model import Document, Source
from sitegen.source.parse import BATCH, Settings, parse, parse_all

SETTINGS = Settings(tz=ZoneInfo("Europe/London"))
NEWS = "---\ntitle: A story\ndate: 2026-06-01\nsummary: S.\ntags: [t]\n{}---\n{}"


def source(text: str, path: str = "news/a.md") -> Source:
    """A file of content/."""
    return Source(path=PurePosixPath(path), digest="", data=text.encode())


def read(text: str, path: str = "news/a.md") -> Document:
    """The Document of a file's text."""
    return parse(source(text, path), SETTINGS)


def codes(document: Document) -> list[tuple[int, str]]:
    """Line and code of each problem."""
    return [(p.line, p.code) for p in document.problems]


def test_a_post() -> None:
    """A post has its kind's fields, their places, and its body as safe HTML with links open."""
    document = read(NEWS.format("dateline: Bletchley\n", "## Aims\n\nWe [met](b.md).\n"))
    assert (document.kind, document.problems) == ("news", ())
    assert document.front is not None
    assert (document.front.title, document.front.date) == ("A story", dt.date(2026, 6, 1))
    assert document.places["dateline"].line == 6
    assert [(h.id, h.text) for h in document.body.headings] == [("aims", "Aims")]
    assert [(link.target, link.place.line) for link in document.body.links] == [("b.md", 10)]
    assert document.body.excerpt == "We met."


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("blog/a.md", "blog"),
        ("consultations/2026/a.md", "consultation"),
        ("explainers/a/index.md", "explainer"),
        ("news/a.md", "news"),
        ("pages/a.md", "page"),
    ],
)
def test_the_folder_decides_the_kind(path: str, kind: str) -> None:
    """The first folder decides the kind; folders inside it only group."""
    assert read("---\ntitle: A\ndraft: true\n---\n", path).kind == kind


def test_markdown_of_fields() -> None:
    """Markdown fields are converted too: their links have places and their ids don't clash."""
    text = """---
title: A survey
date: 2026-06-01
summary: S.
tags: [t]
opening_date: 2026-06-01
closing_date: 2026-07-01
ways_to_respond:
  in_person: |
    Come to:

    - [the library](/library/)
who_it_affects: "## Aims"
---
## Aims
"""
    document = read(text, "consultations/a.md")
    assert document.problems == ()
    (link,) = document.prose["ways_to_respond.in_person"].links
    assert (link.target, link.place.line) == ("/library/", 12)
    assert document.body.ids == ("aims",)
    assert document.prose["who_it_affects"].ids == ("who-it-affects-aims",)


def test_faults_of_fields_and_body_at_once() -> None:
    """The faults of front matter, fields, rules and body come in one run, each at its line."""
    text = NEWS.format("flavour: mint\nupdated: 2026-05-01\nimage: {src: a.png}\n", "TODO: write\n")
    assert codes(read(text)) == [
        (6, "unknown-field"),
        (8, "image-alt"),
        (7, "date-order"),
        (10, "todo-left"),
    ]


def test_what_cannot_be_read() -> None:
    """A post whose front matter can't be read has no fields; its body is looked at all the same."""
    document = read("---\n- a\n---\n[x](b.md)\n")
    assert (document.front, codes(document)) == (None, [(2, "yaml-colon-missing")])
    assert [link.target for link in document.body.links] == ["b.md"]


@pytest.mark.parametrize("draft", ["true", "True", "yes", "on"])
def test_a_draft_may_lack_fields(draft: str) -> None:
    """A draft may lack what it needs to be published, and say TODO; "yes" is its only fault."""
    document = read(f"---\ndraft: {draft}\n---\nTODO: all of it\n")
    assert [p.code for p in document.problems if p.code != "todo-left"] == (
        [] if draft.lower() == "true" else ["not-true-or-false"]
    )


def test_untitled() -> None:
    """A post without a title, as drafts may be, has one to be listed by."""
    document = read("---\ndraft: true\n---\n")
    assert document.front is not None
    assert (document.front.title, document.problems) == ("Untitled", ())


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ("TODO", 1),
        ("- TODO: x", 3),
        ("## TODO x", 4),
        ("  > TODO", 5),
        ("A TODO list", 0),
        ("TODOS", 0),
        ("todo", 0),
    ],
)
def test_todo(line: str, column: int) -> None:
    """A line that begins with TODO is still to do; the word elsewhere is a word."""
    found = [p.column for p in read(NEWS.format("", line)).problems if p.code == "todo-left"]
    assert found == ([column] if column else [])


@pytest.mark.parametrize(
    ("path", "front", "fault"),
    [
        ("news/….md", "", True),
        ("news/اردو.md", "", True),
        ("news/2026-06-01-….md", "", True),
        ("news/…/index.md", "", True),
        ("news/….md", "slug: a-story\n", False),
        ("news/2026-06-01.md", "", False),
        ("news/Dŵr.md", "", False),
    ],
)
def test_names(path: str, front: str, fault: bool) -> None:
    """A name that leaves nothing for the address is a fault, unless a slug is given."""
    assert codes(read(NEWS.format(front, ""), path)) == ([(1, "no-slug")] if fault else [])


def test_parse_all() -> None:
    """Many posts come back in order, whatever Executor reads them, and progress is told."""
    filler = " " * (BATCH // 20)
    sources = [source(NEWS.format("", f"{filler}\nText {n}.")) for n in range(25)]
    told: list[int] = []

    def alone(batch: Sequence[Source]) -> list[Document]:
        return [parse(one, SETTINGS) for one in batch]

    with ThreadPoolExecutor(1) as executor:  # the converter belongs to one thread
        documents = list(parse_all(sources, alone, executor, told.append))
    assert [d.body.text.strip() for d in documents] == [f"Text {n}." for n in range(25)]
    assert told == sorted(told)
    assert 1 < len(told) < 25
    assert told[-1] == 25


def test_characters_that_nothing_can_hold(faults: Callable[..., list[str]]) -> None:
    """A control character in a body would break every feed; it is a fault at its place."""
    (fault,) = faults("news", body="One.\n\nTwo \x1b[31m.")
    assert fault.startswith("9:5 error bad-character: ")
