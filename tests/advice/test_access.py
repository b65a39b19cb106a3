"""Headings, tables, capitals and emoji that some readers can't use."""

from __future__ import annotations

import pytest

from sitegen.advice import access
from tests.advice.typed import fixes, news, told

HTML_TABLE = "<table>\n<tr><td>Day</td></tr>\n</table>"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("# Main\n\nText.", "8 heading-top: Main"),
        ("## Two\n\nText.\n\n#### Four\n\nText.", "12 heading-skipped: Four"),
        ("### Three\n\nText.", "8 heading-skipped: Three"),
        ("**When we are open**\n\nText.", "8 heading-bold: **When we are open**"),
        ("**When we are open:**\n\n- Monday", "8 heading-bold: **When we are open:**"),
        ("## Times:\n\nText.", "8 heading-colon: :"),
        ("## Times\n\n## Places\n\nText.", "8 heading-empty: Times"),
        ("Text.\n\n## Times", "10 heading-empty: Times"),
        ("##\n\nText.", "8 heading-empty: "),
        ("|  |  |\n|---|---|\n| a | b |", "8 table-headers: |  |  |"),
        (HTML_TABLE, "8 table-headers: <table>"),
        ("| Day | Time |\n| Monday | 9am |", "8 table-headers: | Day | Time |"),
        ("PLEASE READ THIS NOTICE first.", "8 capitals: PLEASE READ THIS NOTICE"),
        ("IMPORTANT NOTICE", "8 capitals: IMPORTANT NOTICE"),
        ("PLEASE NOTE.", "8 capitals: PLEASE NOTE"),
        ("CALL US NOW", "8 capitals: CALL US NOW"),
        ("READ THIS first", "8 capitals: READ THIS"),
        ("STOP SMOKING TODAY", "8 capitals: STOP SMOKING TODAY"),
        ("Well done 🎉🎉🎉", "8 emoji-run: 🎉🎉🎉"),
        ("Hello 👋🏽 👨‍👩‍👧", "8 emoji-run: 👋🏽 👨‍👩‍👧"),
    ],
)
def test_hard_to_use(body: str, expected: str) -> None:
    """Each is told at its words."""
    post = news(body)
    assert expected in told(access.check(post), post)


@pytest.mark.parametrize(
    "body",
    [
        "## Two\n\nText.\n\n### Three\n\nText.\n\n## Two again\n\nText.",
        "## Two\n\n### Three\n\nText.",
        "## Two\n\n<!-- a note -->\n\nText.",
        "**Not all of it** is bold.\n\nText.",
        "**This whole sentence is bold.**\n\nText.",
        "- **Item**\n\n  Text.",
        "Text.\n\n**The end**",
        "| Day | Time |\n|---|---|\n| a | b |",
        "|  | Monday |\n|---|---|\n| 9am | open |",
        "<table>\n<tr><th>Day</th></tr>\n</table>",
        "The NHS BLMK ICB and UK GPs.",
        "NHS England, A&E, WCAG AA, PDF",
        "NHS IT, the UK AND US, BLMK CAMHS, CALL the GP",
        "Well done 🎉 all of you 👏",
        "Flags: 🇬🇧",
        "```\nPLEASE READ THIS NOTICE\n```",
    ],
)
def test_easy_to_use(body: str) -> None:
    """What is in order, and acronyms that stand together."""
    post = news(body)
    assert told(access.check(post), post) == []


@pytest.mark.parametrize(
    ("body", "fix"),
    [
        ("# Main\n\nText.", "## Main"),
        ("## A\n\nText.\n\n#### B\n\nText.", "### B"),
        ("**Opening times:**\n\nText.", "## Opening times"),
        ("## Times:\n\nText.", "## Times"),
    ],
)
def test_what_to_type(body: str, fix: str) -> None:
    """The fix is the heading as it should be typed."""
    assert fixes(access.check(news(body))) == [fix]


def test_the_title_shouts_too() -> None:
    """Fields are looked at as well as the body."""
    post = news(title="IMPORTANT NOTICE FOR PATIENTS")
    assert told(access.check(post), post) == ["2 capitals: IMPORTANT NOTICE FOR PATIENTS"]


def test_pictures_and_links_are_among_it() -> None:
    """``check`` looks at all that is accessible or not."""
    codes = {p.code for p in access.check(news("![](a.png) [here](/a/)"))}
    assert codes == {"alt-missing", "link-text"}
