"""What links say about where they lead, and addresses that are no links."""

from __future__ import annotations

import pytest

from sitegen.advice import linktext
from tests.advice.typed import fixes, news, told

PDF = "[{{title: The report, {}}}]"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("For times click [here](/a/).", "8 link-text: here"),
        ("[Read more](/a/)", "8 link-text: Read more"),
        ("[**Click here** for times](/a/)", "8 link-text: **Click here** for times"),
        ('<a href="/a/">this page</a>', "8 link-text: this page"),
        ("[https://example.org/a](https://example.org/a)", "8 link-address: https://example.org/a"),
        ("See <https://example.org/a>.", "8 link-address: https://example.org/a"),
        ("[Times](/a/) and [times](/b/)", "8 link-same-text: times"),
        ("Answer by clicking here.", "8 link-text: clicking here"),
        ("See https://example.org/a.", "8 not-a-link: https://example.org/a"),
        ("Ask us (www.example.org).", "8 not-a-link: www.example.org"),
        ("[The times] (https://example.org)", "8 half-link: [The times] (https://example.org)"),
        ("(The times)[https://example.org]", "8 half-link: (The times)[https://example.org]"),
        (
            "[The times](https://example.org and more",
            "8 half-link: [The times](https://example.org",
        ),
        ("[The report](report.pdf)", "8 pdf-only: The report"),
        ("[](https://example.org)", "8 link-text: ["),
        ("![A house] (/media/x.png)", "8 half-link: ![A house] (/media/x.png)"),
    ],
)
def test_links_that_need_a_hand(body: str, expected: str) -> None:
    """Each is told at its words."""
    post = news(body)
    assert expected in told(linktext.check(post), post)


@pytest.mark.parametrize(
    "body",
    [
        "[When we are open](/a/)",
        "[More about dentists](/a/)",
        "[example.org](https://example.org/)",
        "<help@example.org>",
        "[Times](/a/) and [times](/a/)",
        "[Times](../news/a.md#top) and [times](/news/a/)",
        "Never write “click here”.",
        "`https://example.org`",
        "[a]: https://example.org",
        "A list [1] (two of them) and [x]",
        "[The report](https://example.org/report.pdf)",
        "![A door](door.png)",
        "![](door.png)",
        "[![A door](door.png)](/a/)",
        "[Wikipedia](https://example.org/wiki/A_(b))",
        '[Times](/a/ "When we are open")',
    ],
)
def test_links_that_are_right(body: str) -> None:
    """What says where it leads, and what only looks like a slip."""
    post = news(body)
    assert told(linktext.check(post), post) == []


def test_the_other_place_is_named() -> None:
    """Of two links with the same words the second is told, with the line of the first."""
    (found,) = linktext.check(news("[Times](/a/)\n\n[Times](/b/)"))
    assert (found.line, "(line 8)" in found.message) == (10, True)


def test_what_to_type() -> None:
    """The fix is the link as it should be typed."""
    found = linktext.check(news("[The times] (https://example.org)"))
    assert fixes(found)[0] == "[The times](https://example.org)"


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("file: r.pdf", ["6 pdf-only: r.pdf"]),
        ("url: https://example.org/R.PDF", ["6 pdf-only: https://example.org/R.PDF"]),
        ("file: r.pdf, html: /report/", []),
        ("file: r.docx", []),
    ],
)
def test_documents(fields: str, expected: list[str]) -> None:
    """A PDF among ``documents`` names a page that says the same."""
    post = news(documents=PDF.format(fields))
    assert told(linktext.check(post), post) == expected


def test_a_pdf_is_told_once() -> None:
    """A link in the text to what ``documents`` has is no second fault."""
    post = news("[The report](r.pdf)", documents=PDF.format("file: r.pdf, html: /report/"))
    assert told(linktext.check(post), post) == []
