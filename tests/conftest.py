"""What all tests share: the option --update, and one post read by itself."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import PurePosixPath
from zoneinfo import ZoneInfo

import pytest
from hypothesis import settings

from sitegen.kinds import KINDS
from sitegen.model import Document, Source
from sitegen.source.parse import Settings, parse
from tests.trials import trials

settings.register_profile("sitegen", trials(100))
settings.load_profile("sitegen")

# The least that a post of each kind must say, so that a test types only what it is about.
LEAST = {
    "blog": "title: A\ndate: 2026-06-01\nsummary: S.\ntags: [t]\nauthor: Ann Bee\n",
    "consultation": "title: A\ndate: 2026-06-01\nsummary: S.\ntags: [t]\n"
    "opening_date: 2026-06-01\nclosing_date: 2026-07-01\nexternal_url: https://example.org/\n",
    "explainer": "title: A\nsummary: S.\ntags: [t]\n"
    "last_reviewed_on: 2026-06-01\nnext_review_due: 2027-06-01\n",
    "news": "title: A\ndate: 2026-06-01\nsummary: S.\ntags: [t]\n",
    "page": "title: A\n",
}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add --update: write what the golden cases show now, for a person to review."""
    parser.addoption("--update", action="store_true", help="rewrite the expectations of the cases")


Read = Callable[..., Document]


@pytest.fixture
def read() -> Read:
    """``read("news", "dateline: Bletchley")``: a post with these fields, beginning on line 2.

    The least that its kind needs follows, save what is typed or named in ``less``.
    """

    def read(kind: str, fields: str = "", *, body: str = "Text.", less: str = "") -> Document:
        fields = fields.strip("\n") + "\n" if fields else ""
        typed = {*re.findall(r"^(\w+):", fields, re.M), *less.split()}
        rest = [x for x in LEAST[kind].splitlines() if x.partition(":")[0] not in typed]
        text = "---\n" + fields + "".join(f"{line}\n" for line in rest) + f"---\n{body}\n"
        path = PurePosixPath(KINDS[kind].folder, "a.md")
        source = Source(path=path, digest="", data=text.encode())
        return parse(source, Settings(tz=ZoneInfo("Europe/London")))

    return read


@pytest.fixture
def faults(read: Read) -> Callable[..., list[str]]:
    """The same, and what is wrong with the post: ``2:7 error date-format: …``."""

    def faults(kind: str, fields: str = "", **more: str) -> list[str]:
        found = read(kind, fields, **more).problems
        return [f"{p.line}:{p.column} {p.severity.value} {p.code}: {p.message}" for p in found]

    return faults
