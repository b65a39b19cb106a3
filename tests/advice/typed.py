"""Posts as their editors typed them, and what is advised about them, in short."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sitegen.advice import reading
from sitegen.advice.reading import Post
from sitegen.problems import Problem
from tests import sites

TODAY = date(2026, 6, 15)


def typed(text: str, path: str = "news/a.md", lang: str = "en-GB") -> Post:
    """A post read from its whole file."""
    return reading.read(sites.document(path, text), text, lang)


def news(body: str = "Some words.", **fields: object) -> Post:
    """A news story; its body begins at line 8, when no field is added."""
    return typed(sites.post(body, **fields))


def told(found: Iterable[Problem], post: Post) -> list[str]:
    """``line code: words`` of each advice, the words being those that its carets stand under."""
    lines = post.text.split("\n")
    return [
        f"{p.line} {p.code}: {lines[p.line - 1][p.column - 1 : p.column - 1 + p.width]}"
        for p in found
    ]


def fixes(found: Iterable[Problem]) -> list[str]:
    """What each advice says to type."""
    return [p.fix for p in found]
