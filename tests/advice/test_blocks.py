"""Typed Markdown as blocks: what each stretch of lines is, and where its words stand."""

from __future__ import annotations

import pytest

from sitegen.advice.blocks import Block, blocks, lines_of, place_in
from sitegen.problems import Place


def read(text: str) -> list[Block]:
    """The blocks of a text whose first line is the file's first."""
    return list(blocks(lines_of(text, 1)))


def kinds(text: str) -> list[tuple[str, str]]:
    """Each block's kind and text."""
    return [(block.kind, block.text) for block in read(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One\ntwo\n\nthree", [("paragraph", "One\ntwo"), ("paragraph", "three")]),
        ("- one\n  more\n- two", [("item", "one\nmore"), ("item", "two")]),
        (
            "They include:\n- one\n- two",
            [("paragraph", "They include:"), ("item", "one"), ("item", "two")],
        ),
        ("born in\n1948. Then", [("paragraph", "born in\n1948. Then")]),
        ("> said\n>\n> - again", [("quote", "said"), ("quote", "again")]),
        ("```\n# code\n```\nafter", [("code", "```\n# code\n```"), ("paragraph", "after")]),
        ("    code\n\nafter", [("code", "code"), ("paragraph", "after")]),
        ("- one\n\n  two", [("item", "one"), ("paragraph", "two")]),
        ("| a |\n|---|\n| 1 |", [("table", "| a |\n|---|\n| 1 |")]),
        ("| a | b |\n|---|---|\n| 1 | 2 |", [("table", "| a | b |\n|---|---|\n| 1 | 2 |")]),
        (
            "<div>\n\nin\n\n</div>\nafter",
            [("html", "<div>\n\nin\n\n</div>"), ("paragraph", "after")],
        ),
        ("<em>in</em> a text", [("paragraph", "<em>in</em> a text")]),
        ("<!-- a\n\nb -->\nafter", [("comment", "<!-- a\n\nb -->"), ("paragraph", "after")]),
        ('!!! note "Title"\n    Words', [("note", "Title"), ("paragraph", "Words")]),
        ("[a]: https://example.org", [("definition", "[a]: https://example.org")]),
        ("[^1]: A note", [("paragraph", "A note")]),
        ("Term\n:   Meaning", [("paragraph", "Term"), ("paragraph", "Meaning")]),
        ("one\n\n---\n\ntwo", [("paragraph", "one"), ("paragraph", "two")]),
        ("", []),
    ],
)
def test_kinds(text: str, expected: list[tuple[str, str]]) -> None:
    """A stretch of lines is what Markdown makes of it."""
    assert kinds(text) == expected


@pytest.mark.parametrize(
    ("text", "level", "words"),
    [
        ("## Two ##", 2, "Two"),
        ("#### Four", 4, "Four"),
        ("One\n===", 1, "One"),
        ("Two\n---", 2, "Two"),
    ],
)
def test_headings(text: str, level: int, words: str) -> None:
    """A heading has its level and its words, without its signs."""
    (block,) = read(text)
    assert (block.kind, block.level, block.text) == ("heading", level, words)


@pytest.mark.parametrize(
    ("text", "word", "place"),
    [
        ("One\n  two words", "words", Place(line=2, column=7, width=5)),
        ("- an item\n  of words", "words", Place(line=2, column=6, width=5)),
        ("> - quoted words", "words", Place(line=1, column=12, width=5)),
        ("## Some words", "words", Place(line=1, column=9, width=5)),
        ('!!! note "T"\n    - words', "words", Place(line=2, column=7, width=5)),
    ],
)
def test_places(text: str, word: str, place: Place) -> None:
    """An offset in a block leads back to the file, whatever stood in the margin."""
    block = next(block for block in read(text) if word in block.text)
    assert place_in(block, block.text.index(word), len(word)) == place


def test_a_place_stays_on_its_line() -> None:
    """What runs over several lines is shown to the end of its first."""
    (block,) = read("one two\nthree")
    assert place_in(block, 4, 9) == Place(line=1, column=5, width=3)


@pytest.mark.parametrize(
    "text", ["- a\n" * 3000, "> " * 500 + "x", "<div>\n" * 2000, "```\n" * 3001]
)
def test_long_and_odd_texts_are_read(text: str) -> None:
    """However it is typed, a text is read to its end."""
    assert sum(block.text.count("\n") + 1 for block in read(text)) > 0
