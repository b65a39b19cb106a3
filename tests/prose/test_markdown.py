import pytest

from sitegen.prose import convert
from tests.sites import as_typed

PATH = "content/blog/x.md"


def html(text: str, prefix: str = "") -> str:
    """The body's HTML with each address as typed."""
    return as_typed(convert(text, path=PATH, prefix=prefix).body)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a < b, <3 and <18", "<p>a &lt; b, &lt;3 and &lt;18</p>"),
        (
            "<https://x.org/?a=1&b>",
            '<p><a href="https://x.org/?a=1&amp;b">https://x.org/?a=1&amp;b</a>',
        ),
        ("<me@x.org>", '<p><a href="mailto:me@x.org">me@x.org</a></p>'),
        ("https://x.org", "<p>https://x.org</p>"),
        ("Go:\n- a\n  - b", "<p>Go:</p>\n<ul>\n<li>a<ul>\n<li>b</li>\n</ul>\n</li>\n</ul>"),
        ("3. a\n4. b", '<ol start="3">\n<li>a</li>\n<li>b</li>\n</ol>'),
        ("x <!-- gone --> y", "<p>x  y</p>"),
        ("<?", "<p>&lt;?</p>"),
        ("<!DOCTYPE html>", "<p>&lt;!DOCTYPE html&gt;</p>"),
        ("<!x", "<p>&lt;!x</p>"),
        ("<![if x]>", "<p>&lt;![if x]&gt;</p>"),
        ("## A {#b .c lang=cy}", '<h2 id="b" class="c" lang="cy">A</h2>'),
        ("Term\n: Words", "<dl>\n<dt>Term</dt>\n<dd>Words</dd>\n</dl>"),
        ("ICB\n\n*[ICB]: board", '<p><abbr title="board">ICB</abbr></p>'),
        ('!!! note "T"\n    x', '<div class="admonition note">\n<p class="admonition-title">T</p>'),
        ('say \\"x\\"', "<p>say &quot;x&quot;</p>"),
        ("![It's](a.jpg)", '<p><img src="a.jpg" alt="It\'s"></p>'),
        ('``` x"><script>\n<b>\n```', '<pre><code class="language-x">&lt;b&gt;\n</code></pre>'),
    ],
)
def test_shown(text: str, shown: str) -> None:
    """Markdown and its extensions come through the sanitiser whole."""
    assert html(text).startswith(shown)
    assert convert(text, path=PATH).problems == ()


def test_alignment_is_a_class() -> None:
    """Tables are aligned without style attributes, which a strict policy forbids."""
    shown = html("| a | b |\n|---|--:|\n| 1 | 2 |")
    assert '<td class="align-right">2</td>' in shown
    assert "style" not in shown


def test_markdown_in_html() -> None:
    """A details element may hold Markdown."""
    shown = html('<details markdown="1" open><summary>More</summary>\nx:\n- *a*\n</details>')
    assert "<details open" in shown
    assert "<summary>More</summary>" in shown
    assert "<li><em>a</em></li>" in shown


def test_languages() -> None:
    """Fenced code keeps its language, in lists and quotations too."""
    code = '<pre><code class="language-sh">ls\n</code></pre>'
    assert html("```sh\nls\n```") == code
    assert html("1. Run\n   ```sh\n   ls\n   ```") == f"<ol>\n<li>Run{code}\n</li>\n</ol>"
    assert html("> ~~~ sh\n> ls\n> ~~~") == f"<blockquote>\n{code}\n</blockquote>"
    assert html("> ```\n> ls\n> ```") == "<blockquote>\n<pre><code>ls\n</code></pre>\n</blockquote>"


def test_footnotes() -> None:
    """Footnotes have ids of their own, named back-links, and stay out of other texts."""
    result = convert("# A[^n o]\n\nWords.[^n o]\n\n[^n o]: Note.", path=PATH, prefix="q-").body
    assert result.ids == ("q-fnref-1", "q-a", "q-fnref2-1", "q-fn-1")
    assert [link.target for link in result.links] == [
        "#q-fn-1",
        "#q-fn-1",
        "#q-fnref-1",
        "#q-fnref2-1",
    ]
    assert 'aria-label="Back to reference 1"' in "".join(result.parts)
    assert (result.headings[0].text, result.excerpt) == ("A", "Words.")


@pytest.mark.parametrize("note", ["", "[^2]:", "[a]: /x", "*[ICB]: board"])
def test_a_footnote_that_says_nothing(note: str) -> None:
    """It has its way back, and a text that does not refer to it is a page all the same."""
    assert 'aria-label="Back to reference 1"' in html(f"A.[^1]\n\n[^1]: {note}")
    assert html(f"A.\n\n[^1]: {note}").startswith("<p>A.</p>")


def test_conversions_do_not_meet() -> None:
    """Definitions of one text are unknown in the next."""
    convert("*[ICB]: board\n[r]: /x\n\n[^1]: n\n\nICB [r] a[^1] *b", path=PATH)
    assert html("ICB [r] a") == "<p>ICB [r] a</p>"
