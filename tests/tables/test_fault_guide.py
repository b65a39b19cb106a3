"""The page of codes: an example of each, and how serious it is."""

from __future__ import annotations

from sitegen.codes import CODES
from sitegen.tables.fault_guide import examples, page

LONG = """\
a.md:2:1: error yaml-colon: a long message, and
    2 | title: A: B
      |         ^
  fix: title: "A: B"
"""
SHORT = 'b.md: error yaml-colon: this\n  fix: title: "A: B"\n'
BARE = "c.md: error yaml-colon: this\n"
TOLD = f"{BARE}{LONG}d.md: warning long-text: this\n1 error.\n"


def test_an_example_is_the_shortest_that_says_what_to_type() -> None:
    """Of several messages of a code the shortest with a fix is shown; the count is none."""
    assert examples([TOLD, SHORT]) == {
        "yaml-colon": SHORT,
        "long-text": "d.md: warning long-text: this\n",
    }
    assert examples([BARE]) == {"yaml-colon": BARE}


def test_a_code_has_its_part() -> None:
    """A heading, what it tells and why it matters, how serious it is, and its example."""
    part = page([LONG]).partition("\n### yaml-colon\n")[2].partition("\n### ")[0]
    about = CODES["The lines between the dashes"]["yaml-colon"]
    assert f"A{about.says[1:]}. {about.why}" in part
    assert "An error: it stops the build and can't be silenced." in part
    assert f"```text\n{LONG}```" in part


def test_every_code_is_linked_and_has_a_heading() -> None:
    """The list at the head leads to each, with an example or without."""
    text = page([])
    for code in (code for group in CODES.values() for code in group):
        assert f"[{code}](#{code})" in text
        assert f"\n### {code}\n" in text
