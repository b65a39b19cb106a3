from sitegen.problems import Place
from sitegen.prose import convert

PATH = "content/blog/x.md"


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
