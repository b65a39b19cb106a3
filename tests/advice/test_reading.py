"""A post as it was typed: its fields, its prose, and where everything stands."""

from __future__ import annotations

import pytest

from sitegen.advice.reading import STAND_IN, Block, pairs, place_in, prose, said, unquoted
from tests import sites
from tests.advice.typed import news, typed


def paragraph(text: str) -> Block:
    """A paragraph at the start of a file."""
    return Block(kind="paragraph", text=text, line=1, margins=(0,) * (text.count("\n") + 1))


def test_the_body_begins_below_the_front_matter() -> None:
    """Lines are counted in the file, the front matter among them."""
    post = news("First.\n\nSecond.")
    assert post.first_line == 7
    assert [(block.text, block.line) for block in post.blocks] == [("First.", 8), ("Second.", 10)]


def test_a_file_without_front_matter_has_no_body() -> None:
    """Its fault is told elsewhere; advice about a file half read would mislead."""
    assert typed("Only words.").blocks == ()
    assert typed("---\ntitle: A\n").blocks == ()


FIELDS = """\
---
title: "It is: quoted"
date: 2026-05-01
summary: First line
  of two
tags: [dentistry]
image: {src: a.png, alt: A door}
withdrawn:
  date: 2026-05-02
  reason: |
    A *reason*.

    - an item
---
"""


def test_fields_have_their_places() -> None:
    """Every text of the front matter is found where it was typed, quoted, folded or nested."""
    post = typed(FIELDS)
    found = [
        (block.field, block.kind, block.text, place_in(block, 0).line, place_in(block, 0).column)
        for block in said(post)
    ]
    assert found == [
        ("title", "field", "It is: quoted", 2, 9),
        ("summary", "field", "First line\nof two", 4, 10),
        ("image.alt", "field", "A door", 7, 26),
        ("withdrawn.reason", "paragraph", "A *reason*.", 11, 5),
        ("withdrawn.reason", "item", "an item", 13, 7),
    ]


def test_escapes_of_yaml_do_not_hide_a_field() -> None:
    """Where the typed text differs from the value, the value is read, at the field's line."""
    post = typed(sites.post(summary="'It''s here'"))
    summary = next(block for block in said(post) if block.field == "summary")
    assert (summary.text, summary.line) == ("It's here", 4)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a **bold** and *slanted* word", "a bold and slanted word"),
        ("snake_case stays, _this_ is slanted", "snake_case stays, this is slanted"),
        ("see [the page](../a.md) and [this][1]", "see the page and this"),
        ("a <b>tag</b> and a note[^1]", "a tag and a note"),
        ("a <!-- comment --> here", "a here"),
        (r"2 \* 3", "2 * 3"),
        ("plain", "plain"),
    ],
)
def test_prose_is_words(text: str, expected: str) -> None:
    """Markdown signs are no part of the prose."""
    assert " ".join(prose(paragraph(text)).split()) == expected


@pytest.mark.parametrize(
    "text", ["type `yes` or `no`", "![A door](a.png) here", "<https://a.org> x"]
)
def test_what_is_no_prose_is_stood_in_for(text: str) -> None:
    """Code, pictures and addresses keep the words round them apart."""
    assert STAND_IN in prose(paragraph(text))


@pytest.mark.parametrize(
    "text", ["a **b** [c](d) `e`", "![a](b)\n<!-- c\nd --> e", "**a\nb** [c\nd](e)"]
)
def test_prose_keeps_every_word_in_its_place(text: str) -> None:
    """An offset in the prose is the same in the text, and so leads to the file."""
    shown = prose(paragraph(text))
    assert len(shown) == len(text)
    assert [n for n, c in enumerate(text) if c == "\n"] == [
        n for n, c in enumerate(shown) if c == "\n"
    ]


def test_others_words_are_taken_out() -> None:
    """What stands between quotation marks, also when the second is missing."""
    assert unquoted("He said “no” and “yes").replace(STAND_IN, "") == "He said  and "


def test_pairs_pass_over_comments() -> None:
    """A comment between two blocks does not part them."""
    post = news("One.\n\n<!-- a note -->\n\nTwo.")
    assert [(a.text, b and b.text) for a, b in pairs(post)] == [("One.", "Two."), ("Two.", None)]
