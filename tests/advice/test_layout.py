"""Signs at the beginnings of lines, and what Markdown makes of them."""

from __future__ import annotations

import pytest

from sitegen.advice import layout
from tests.advice.typed import fixes, news, told

TABLE = "| a | b |\n|---|---|\n"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("- one\n- two\nWhat follows.", ["10 list-runs-on: What follows."]),
        ("1. one.\n**Next** we meet.\nMore.", ["9 list-runs-on: **Next** we meet."]),
        ("##Opening hours", ["8 missing-space: ##"]),
        ("-Monday\n-Tuesday", ["8 missing-space: -", "9 missing-space: -"]),
        ("1.come", ["8 missing-space: 1."]),
        ("1) Come in\n2) Sit", ["8 word-bullet: 1)", "9 word-bullet: 2)"]),
        ("a) come", ["8 word-bullet: a)"]),
        ("o come", ["8 word-bullet: o"]),
        ("It is **open today.", ["8 half-bold: **"]),
        ("It is ** open** today.", ["8 half-bold: **"]),
        (
            "    This is a line from an e-mail.",
            ["8 indented-text: This is a line from an e-mail."],
        ),
        (f"{TABLE}| 1 | 2 | lost |", ["10 lost-cell: | 1 | 2 | lost |"]),
        (f"{TABLE}1 | 2 | lost", ["10 lost-cell: 1 | 2 | lost"]),
    ],
)
def test_signs_that_make_nothing(body: str, expected: list[str]) -> None:
    """Each is told at its line."""
    post = news(body)
    assert told(layout.check(post), post) == expected


@pytest.mark.parametrize(
    "body",
    [
        "- one\n- two\n\nWhat follows.",
        "- one\n  Two more words.",
        "- This item of a list is as long as a line can be in this file, by Dr\nExample.",
        "- one that is wrapped\nat any place",
        "## Opening hours",
        "#ourhealth is on show",
        "- Monday\n1. come",
        "-1 degrees, 1.5 miles",
        "(a) come",
        "- a) come\n- 1.come",
        "e.g. o and a",
        "O come, all ye faithful",
        "It is **open** today, **all\nday**, 2**3 and 2 ** 3, and \\** too.",
        "`**` and ***both***",
        "    x = 1\n    y = 2",
        "    $ git commit --message 'Our new words' --all",
        "- one\n\n    This is a paragraph of that item.",
        "```\nThis is a line from an e-mail.\n```",
        f"{TABLE}| 1 |\n| 1 | 2 |\n| 1 | 2 | |",
        f"{TABLE}| 1 | a \\| b |\n| 1 | `a | b` |",
    ],
)
def test_signs_in_order(body: str) -> None:
    """Lists, headings and tables as they should be, and what only looks like a sign."""
    post = news(body)
    assert told(layout.check(post), post) == []


@pytest.mark.parametrize(
    ("body", "fix"),
    [
        ("##Opening hours", "## Opening hours"),
        ("-Monday", "- Monday"),
        ("1) Come in", "1. Come in"),
        ("a) come", "- come"),
    ],
)
def test_what_to_type(body: str, fix: str) -> None:
    """The fix is the line as it should be typed."""
    assert fixes(layout.check(news(body))) == [fix]


def test_a_lost_cell_is_named() -> None:
    """The words that the page doesn't show are in the message."""
    (found,) = layout.check(news(f"{TABLE}| 1 | 2 | lost |"))
    assert found.message == '"lost" is not shown: the table has 2 columns'
