"""Tags without their other half, and Markdown in raw HTML: told at the tag, with what to type."""

from __future__ import annotations

import pytest

from sitegen.prose import convert

PATH = "content/blog/x.md"


def faults(text: str) -> list[tuple[str, int, int]]:
    """Code, line and column of each problem; the text begins at line 10."""
    found = convert(text, path=PATH, first_line=10).problems
    return [(p.code, p.line, p.column) for p in found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Words.\n\n<div>\n\nHello **bold**", [("unclosed-tag", 12, 1)]),
        ("a <b>bold\n\nb", [("unclosed-tag", 10, 3)]),
        ('a <a href="/b/" title="x > y">b\n\nc', [("unclosed-tag", 10, 3)]),
        ("<details>\n<summary>A</summary>\n\nb", [("unclosed-tag", 10, 1)]),
        ("<div><div>a</div>", [("unclosed-tag", 10, 1)]),
        ("a </b> c </section>", [("unopened-tag", 10, 3), ("unopened-tag", 10, 10)]),
        ("a </p> c", [("unopened-tag", 10, 3)]),
    ],
)
def test_half_a_pair(text: str, found: list[tuple[str, int, int]]) -> None:
    """A tag that is never closed takes in the rest, and an end that ends nothing vanishes."""
    assert faults(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "a<br>b <wbr> c <br/>\n\n<hr>\n\n<img src='/media/a.png' alt='x'>",
        "<ul><li>a<li>b</ul>",
        "<table><tr><th>a<td>b</table>",
        "<p>a",
        "<DIV>a</div>",
        "`<div>` and `</b>`\n\n    <div>\n\n```\n<section>\n```\n\n<!-- <div> -->",
        "a <b and c, d < b > c",
        "[a](<b c.md>)",
        "<https://example.org/b>",
    ],
)
def test_whole_pairs(text: str) -> None:
    """What has no end tag by its nature, what may do without, and what is no tag."""
    assert not {"unclosed-tag", "unopened-tag"} & {code for code, *_ in faults(text)}


@pytest.mark.parametrize(
    "body",
    ["## Heading", "![pic](missing.png)", "See [this](nowhere.md).", "Some **bold** words"],
)
def test_markdown_as_typed(body: str) -> None:
    """Markdown in a block of HTML is not read, and that is told where the block begins."""
    assert faults(f"Words.\n\n<div>\n\n{body}\n\n</div>\n\nWords.") == [
        ("markdown-as-typed", 12, 1)
    ]
    assert faults(f'<div markdown="1">\n\n{body}\n\n</div>') == []


@pytest.mark.parametrize(
    "text",
    [
        "<div>\n<pre>\n## a\n</pre>\n<code>**a**</code><!-- [a](b) -->\n</div>",
        "<!--\n## a\n-->",
        "> <div>**a**</div>",
        "a <span>**b**</span>",
        '<div markdown="1">**a**</div>',
        "<div>a</div> **b**",
        "<p>2 * 3 ** 4, #1, a[1] (b)</p>",
    ],
)
def test_what_is_meant_as_typed(text: str) -> None:
    """Code, comments, and what only looks a little like Markdown; and HTML where it is read."""
    assert faults(text) == []
