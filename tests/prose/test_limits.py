"""Shapes of text that are refused, and what is heavy: counted, so that every machine agrees."""

from __future__ import annotations

import pytest

from sitegen.prose import limits
from tests.sites import REPO

PATH = "content/news/a.md"


def refusal(text: str) -> list[tuple[str, int]]:
    """The codes and lines for which a text is refused that begins on line 10."""
    return [(fault.code, fault.line) for fault in limits.refused(text, PATH, 10)]


@pytest.mark.parametrize(
    ("sign", "few", "many"),
    [
        ("[", 1_000, 5_000),
        ("![", 1_000, 5_000),
        ("[a](b ", 400, 2_000),
        ('[a](b "c) ', 300, 2_000),
        ("<a ", 500, 3_000),
        ("<![", 500, 3_000),
        ("*[AB]: c\n", 300, 2_000),
        ("a\n:   b\n", 300, 2_000),
        ("a[^1] ", 1_000, 1_001),
        ("[a\\](b c ", 400, 2_000),
        ("\\\\[ word", 400, 2_000),
    ],
)
def test_what_has_no_end(sign: str, few: int, many: int) -> None:
    """Some openers without ends are let through; very many are refused, where they begin."""
    assert refusal(f"Words.\n\n{sign * few}") == []
    [(code, line), *_] = refusal(f"Words.\n\n{sign * many}")
    assert (code, line) == ("text-tangled", 13 if sign.startswith("a\n") else 12)


@pytest.mark.parametrize(
    "text",
    [
        "[words](https://example.org) " * 5_000,
        "[" * 1_000 + "]" * 1_000,
        r"a \[ word " * 9_000,
        "- [ ] a task, and [a half\n\n" * 9_000,
        "a < b and <b>bold</b>\n" * 9_000,
        "A term\n\n:   What it means.\n\n" * 9_000,
        "".join(f"Words.[^{n}]\n\n[^{n}]: A note.\n\n" for n in range(900)),
        "word " * 190_000,
    ],
)
def test_what_has_ends(text: str) -> None:
    """However much there is of it, what is well typed is not refused."""
    assert refusal(text) == []


def test_a_text_may_be_long_but_not_endless() -> None:
    """A limit is where it is said to be."""
    assert refusal("a" * limits.LONGEST) == []
    assert refusal("a" * (limits.LONGEST + 1)) == [("text-long", 10)]
    assert refusal("\n" * limits.MOST_LINES) == []
    assert refusal("\n" * (limits.MOST_LINES + 1)) == [("text-long", 10)]


def test_footnotes_are_counted() -> None:
    """The first one too many is named."""
    notes = "".join(f"[^{n}]: b\n" for n in range(limits.MOST_NOTES + 1))
    assert ("text-tangled", 10 + limits.MOST_NOTES) in refusal(notes)


def test_footnotes_are_called_footnotes() -> None:
    """Those that follow one another without empty lines are refused by their name."""
    notes = "".join(f"[^{n}]: What this note says.\n" for n in range(900))
    [fault] = limits.refused(notes, PATH, 10)
    assert "very many footnotes" in fault.message
    assert list(limits.refused(notes.replace("\n", "\n\n"), PATH, 10)) == []


def test_what_is_heavy() -> None:
    """What no reader would read at one go is; a long text in paragraphs is not."""
    assert limits.is_heavy(b"*a* _b_ " * 2_000)
    assert not limits.is_heavy(b"Some words, *two* of them marked.\n\n" * 10_000)


def test_the_heaviest_paragraph_is_named() -> None:
    """By the line where it begins."""
    assert limits.heaviest_line(f"---\na: b\n---\n\nWords.\n\n{'*a* ' * 90}\n\nEnd.") == 7


def test_no_real_post_is_heavy() -> None:
    """The sample site and this project's own pages meet no limit; its posts are not even heavy."""
    posts = sorted((REPO / "content").rglob("*.md"))
    pages = [*posts, *sorted((REPO / "docs").rglob("*.md")), *REPO.glob("*.md")]
    assert len(posts) > 30
    assert [p.name for p in pages if refusal(p.read_text("utf-8"))] == []
    assert [p.name for p in posts if limits.is_heavy(p.read_bytes())] == []
