import pytest

from sitegen.markdown import convert
from sitegen.problems import Place, Severity

PATH = "content/blog/x.md"


def html(text: str, prefix: str = "") -> str:
    """The body's HTML with each address as typed."""
    body = convert(text, path=PATH, prefix=prefix).body
    targets = [link.target for link in body.links] + [""]
    return "".join(a + b for a, b in zip(body.parts, targets, strict=True))


def faults(text: str, **settings: frozenset[str]) -> list[tuple[str, int, int]]:
    """Code, line and column of each problem; the text begins at line 10."""
    found = convert(text, path=PATH, first_line=10, **settings).problems  # type: ignore[arg-type]
    return [(p.code, p.line, p.column) for p in found]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a < b, <3 and <18", "<p>a &lt; b, &lt;3 and &lt;18</p>"),
        (
            "<https://x.org/?a=1&b>",
            '<p><a href="https://x.org/?a=1&b">https://x.org/?a=1&amp;b</a>',
        ),
        ("<me@x.org>", '<p><a href="mailto:me@x.org">me@x.org</a></p>'),
        ("https://x.org", "<p>https://x.org</p>"),
        ("Go:\n- a\n  - b", "<p>Go:</p>\n<ul>\n<li>a<ul>\n<li>b</li>\n</ul>\n</li>\n</ul>"),
        ("3. a\n4. b", '<ol start="3">\n<li>a</li>\n<li>b</li>\n</ol>'),
        ("x <!-- gone --> y", "<p>x  y</p>"),
        ("## A {#b .c lang=cy}", '<h2 id="b" class="c" lang="cy">A</h2>'),
        ("Term\n: Words", "<dl>\n<dt>Term</dt>\n<dd>Words</dd>\n</dl>"),
        ("ICB\n\n*[ICB]: board", '<p><abbr title="board">ICB</abbr></p>'),
        ('!!! note "T"\n    x', '<div class="admonition note">\n<p class="admonition-title">T</p>'),
        ('say \\"x\\"', "<p>say &quot;x&quot;</p>"),
        ("![It's](a.jpg)", '<p><img alt="It\'s" src="a.jpg"></p>'),
        ('``` x"><script>\n<b>\n```', '<pre><code class="language-x">&lt;b&gt;\n</code></pre>'),
    ],
)
def test_shown(text: str, shown: str) -> None:
    """Markdown and its extensions come through the sanitiser whole."""
    assert html(text).startswith(shown)
    assert faults(text) == []


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


def test_places_of_links() -> None:
    """Each link stands where it was typed: in lists, tables, footnotes, definitions and HTML."""
    text = (
        "See `[a](x)` [a](x):\n- [b](x)\n\n"
        "|a|b|\n|-|-|\n|1|[c][r]|\n\n"
        "[^1]: [d](x)\n\n"
        "<p><a href='x'>e</a></p>\n\n"
        "[r]: /y\n\nf[^1]"
    )
    links = convert(text, path=PATH, first_line=5).body.links
    assert [(link.target, link.place) for link in links] == [
        ("x", Place(line=5, column=18, width=1)),
        ("x", Place(line=6, column=7, width=1)),
        ("/y", Place(line=16, column=6, width=2)),
        ("x", Place(line=14, column=13, width=1)),
        ("#fn-1", Place(line=18, column=3, width=2)),
        ("x", Place(line=12, column=11, width=1)),
        ("#fnref-1", Place(line=12, column=2, width=2)),
    ]


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JavaScript:x",
        "java&#x09;script:x",
        "&#106;avascript:x",
        "\x01javascript:x",
        "data:text/html,x",
        "file:///etc",
        "C:\\x.pdf",
        "https://",
    ],
)
def test_bad_links(address: str) -> None:
    """An address that a link may not have is an error at its line, however it is spelled."""
    result = convert(f"a\n\n<a href='{address}'>b</a>", path=PATH)
    assert [(p.code, p.line) for p in result.problems] == [("bad-link", 3)]
    assert result.body.links == ()
    assert "<a>b</a>" in result.body.parts[0]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a\n<your name> b", [("raw-html", 11, 2)]),
        ("<script>x</script>", [("raw-html", 10, 2)]),
        ("`<form>`\n\n<form>x</form>", [("raw-html", 12, 2)]),
        ("a <b style='x' onclick='y'>c</b>", [("raw-html-attribute", 10, 6)] * 2),
        ("<div>\n<b title='x\n</div>", [("raw-html", 11, 2)]),
        ("see\n{see it}", [("raw-html-attribute", 11, 2), ("raw-html-attribute", 11, 6)]),
        ("## A {#x}\n\n## B {#x}", [("duplicate-id", 12, 8)]),
        ("## A {#_x}", [("reserved-id", 10, 8)]),
        ("[Photo]: Jane", [("unused-definition", 10, 10)]),
        ("a[^1]", [("footnote-missing", 10, 4)]),
        ("a\n\n[^1]: b", [("footnote-unused", 12, 3)]),
        ("a\n\n```\nb", [("unclosed-code", 12, 1)]),
    ],
)
def test_faults(text: str, found: list[tuple[str, int, int]]) -> None:
    """Nothing that was typed vanishes without a word, and the word says where."""
    assert [code for code, _, _ in faults(text)] == [code for code, _, _ in found]
    assert faults(text)[0] == found[0]


def test_attributes_are_warnings() -> None:
    """An attribute that is left out loses no text, so it does not stop a build."""
    (fault,) = convert("<b onclick='x'>a</b>", path=PATH).problems
    assert fault.severity is Severity.WARNING


def test_frames() -> None:
    """A frame needs a title, and a host that the site allows."""
    frame = '<iframe title="Map" src="https://maps.org/x"></iframe>'
    assert faults(frame) == [("iframe-host", 10, 2)]
    assert faults(frame, iframe_hosts=frozenset({"maps.org"})) == []
    untitled = frame.replace(' title="Map"', "")
    assert faults(untitled, iframe_hosts=frozenset({"maps.org"})) == [("iframe-title", 10, 2)]
    trick = frame.replace("maps.org/", "maps.org@evil.org/")
    assert "evil" not in html(trick)
    assert faults(trick, iframe_hosts=frozenset({"maps.org"})) == [("iframe-host", 10, 2)]


def test_no_other_addresses() -> None:
    """Only href and src can hold an address."""
    shown = html('<video poster="x" src="v.mp4"></video>\n<blockquote cite="x">a</blockquote>')
    assert "poster" not in shown
    assert "cite" not in shown


def test_conversions_do_not_meet() -> None:
    """Definitions of one text are unknown in the next."""
    convert("*[ICB]: board\n[r]: /x\n\n[^1]: n\n\nICB [r] a[^1] *b", path=PATH)
    assert html("ICB [r] a") == "<p>ICB [r] a</p>"


def test_absurd_nesting() -> None:
    """A text that cannot be converted is a problem, never an exception."""
    for text in (">" * 1000, "- " * 1000, "<div>" * 1000, "[" * 1000, "*" * 1000):
        result = convert(text, path=PATH)
        assert len(result.body.parts) == len(result.body.links) + 1
