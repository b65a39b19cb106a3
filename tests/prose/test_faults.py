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
        ("## A {#x}\n\n## B {#x}", [("duplicate-id", 12, 8)]),
        ("## A {#_x}", [("reserved-id", 10, 8)]),
        ("[Photo]: Jane", [("unused-definition", 10, 10)]),
        ("a[^1]", [("footnote-missing", 10, 4)]),
        ("a\n\n[^1]: b", [("footnote-unused", 12, 3)]),
        ("a\n\n```\nb", [("unclosed-code", 12, 1)]),
        ("&#65; `&#1;` &#1;", [("bad-character", 10, 14)]),
        ("a\n&#xFDD0;", [("bad-character", 11, 1)]),
        ("&#x110000; and &#0;", [("bad-character", 10, 1), ("bad-character", 10, 16)]),
    ],
)
def test_faults(text: str, found: list[tuple[str, int, int]]) -> None:
    """Nothing that was typed vanishes without a word, and the word says where."""
    assert [code for code, _, _ in faults(text)] == [code for code, _, _ in found]
    assert faults(text)[0] == found[0]
