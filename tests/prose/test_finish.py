from sitegen.prose.acronyms import Letters
from sitegen.prose.finish import finish


def test_heading_levels_close_up() -> None:
    """The page's title is the only h1, and no level is skipped."""
    page = finish("<h3>A</h3><h6>B</h6><h1>C</h1><h2>D</h2>")
    assert [(h.level, h.text) for h in page.headings] == [(2, "A"), (3, "B"), (2, "C"), (3, "D")]


def test_cut_at_addresses() -> None:
    """There is one part more than there are cuts, in their order."""
    page = finish('<p><a href="x?a&amp;b" title="t">k</a><audio src="y"></audio></p>')
    assert page.parts == ('<p><a href="', '" title="t">k</a><audio src="', '"></audio></p>')
    assert [(a.target, a.is_src) for a in page.addresses] == [("x?a&b", False), ("y", True)]


def test_acronyms_are_cut_out() -> None:
    """In running text, not in headings, links, code and the like; the plain text is whole."""
    page = finish(
        "<h2>ICB</h2><p>An <b>ICB</b> &amp; <a>ICB</a> <code>ICB</code> <kbd>ICB</kbd>"
        "<abbr>ICB</abbr></p><details><summary>ICB</summary><p>ICBs</p></details>"
    )
    assert [cut.text for cut in page.cuts if isinstance(cut, Letters)] == ["ICB", "ICBs"]
    assert page.text == "ICB\nAn ICB & ICB ICB ICBICB\nICB\nICBs"


def test_quotations_are_known() -> None:
    """Whether a quotation is a block, a <q> or in quotation marks."""
    page = finish('<blockquote><p>ICB</p></blockquote><p><q>ICB</q> "the ICB" ICB</p><p>ICB</p>')
    settings = [cut.setting for cut in page.cuts if isinstance(cut, Letters)]
    assert settings == ["quoted", "quoted", "quoted", "", "start"]


def test_tables_scroll() -> None:
    """A table is wrapped so that it can be scrolled with the keyboard."""
    html = finish("<table><tbody><tr><td>a</td></tr></tbody></table>").parts[0]
    assert html.startswith(
        '<div class="table-scroll" role="group" aria-label="Table" tabindex="0">'
    )
    assert html.endswith("</table></div>")
