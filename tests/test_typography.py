import pytest

from sitegen.model import Heading
from sitegen.typography import anchor, curl, typeset


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ('She said "yes".', "She said “yes”."),
        ("'It's 'ours''", "‘It’s ‘ours’’"),
        ("\"'Hello,' she said\"", "“‘Hello,’ she said”"),
        ("the '90s and 'tis", "the ’90s and ’tis"),
        ('("why?")', "(“why?”)"),
        ("9--5 --- or so...", "9–5 — or so..."),
        ('so--"no"', "so–“no”"),
        ("----", "----"),
        ('""', "“”"),
    ],
)
def test_curl(typed: str, shown: str) -> None:
    """Quotes curl and two or three hyphens are dashes; nothing else changes."""
    assert curl(typed) == shown


def test_quotes_across_tags() -> None:
    """What stands before a tag counts; a block begins anew; code stays as typed."""
    page = typeset("<p>\"<em>yes</em>\" <b>MK</b>'s <code>'a'</code>'s</p><p>\"x\"</p>")
    assert page.parts[0] == ("<p>“<em>yes</em>” <b>MK</b>’s <code>'a'</code>’s</p><p>“x”</p>")


def test_attributes_stay_as_typed() -> None:
    """Typography is for texts only."""
    assert 'title="it\'s"' in typeset('<p title="it\'s">x</p>').parts[0]


@pytest.mark.parametrize(
    ("words", "name"),
    [("Ŵy & Ünal’s Łódź", "wy-unals-lodz"), ("What's  on?", "whats-on"), ("健康", "section")],
)
def test_anchor(words: str, name: str) -> None:
    """Ids are a–z, 0–9 and hyphens, accents folded."""
    assert anchor(words) == name


def test_heading_levels_close_up() -> None:
    """The page's title is the only h1, and no level is skipped."""
    page = typeset("<h3>A</h3><h6>B</h6><h1>C</h1><h2>D</h2>")
    assert [(h.level, h.text) for h in page.headings] == [(2, "A"), (3, "B"), (2, "C"), (3, "D")]


def test_heading_ids_are_unique() -> None:
    """Repeated ids are numbered, and typed ones come first."""
    page = typeset('<h2>Aims</h2><h2>Aims</h2><p id="aims">x</p>', prefix="a-")
    assert page.headings == (
        Heading(level=2, id="a-aims-2", text="Aims"),
        Heading(level=2, id="a-aims-3", text="Aims"),
    )
    assert page.ids == ("a-aims-2", "a-aims-3", "a-aims")


def test_cut_at_addresses() -> None:
    """There is one part more than there are addresses, in their order."""
    page = typeset('<p><a href="x?a&amp;b" title="t">k</a><img src="y" alt=""></p>')
    assert page.parts == ('<p><a href="', '" title="t">k</a><img src="', '" alt=""></p>')
    assert [(a.target, a.is_src) for a in page.addresses] == [("x?a&b", False), ("y", True)]


def test_fragments_get_the_prefix() -> None:
    """A fragment of this body gets its prefix; another's is left alone."""
    page = typeset('<h2>Aims</h2><a href="#aims">a</a><a href="#main">b</a>', prefix="q-")
    assert [a.target for a in page.addresses] == ["#q-aims", "#main"]


def test_tables_scroll() -> None:
    """A table is wrapped so that it can be scrolled with the keyboard."""
    html = typeset("<table><tbody><tr><td>a</td></tr></tbody></table>").parts[0]
    assert html.startswith(
        '<div class="table-scroll" role="group" aria-label="Table" tabindex="0">'
    )
    assert html.endswith("</table></div>")


def test_text_and_excerpt() -> None:
    """The text has a line for each block; the excerpt is the first paragraph that stands alone."""
    page = typeset("<h2>T</h2><ul><li><p>item</p></li></ul><p><img></p><p>It's\n <b>so</b>.</p>")
    assert page.text == "T\nitem\nIt’s so."
    assert page.excerpt == "It’s so."
