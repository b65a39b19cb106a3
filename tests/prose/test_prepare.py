from sitegen.prose.prepare import DEEPEST, NAMED, prepare


def prepared(text: str) -> str:
    return prepare(text).text


def test_code_is_left_alone() -> None:
    """Nothing in fenced or indented code is a list, and its lines are known."""
    fenced = prepare("```\nx:\n- a\n```\n\n    y:\n    - b")
    assert fenced.text == "```\nx:\n- a\n```\n\n    y:\n    - b"
    assert fenced.code == {0, 1, 2, 3, 5, 6}


def test_fences_in_lists() -> None:
    """Fenced code inside an item becomes indented code, which Python-Markdown knows there."""
    assert prepared("1. Run\n   ```\n   ls\n   ```") == "1. Run\n\n        ls\n"
    assert (
        prepared("1. Run\n   ```sh\n   ls\n   ```") == f"1. Run\n\n        {NAMED}sh\n        ls\n"
    )


def test_words_after_a_fence() -> None:
    """All but the language of a fence is dropped."""
    assert prepared('~~~ py title="<b>"\nx\n~~~~') == "~~~py\nx\n~~~"


def test_unclosed_fence() -> None:
    """A fence without an end is known by its line."""
    assert prepare("a\n\n```\nb").unclosed == (2,)


def test_raw_html_is_left_alone() -> None:
    """In raw HTML nothing is a list, unless it asks for Markdown."""
    assert prepared("<div>\nx:\n- a\n</div>") == "<div>\nx:\n- a\n</div>"
    asked = '<details markdown="1">\nx:\n- a\n</details>'
    assert prepared(asked) == '<details markdown="1">\nx:\n\n- a\n</details>'


def test_quotations_and_notes() -> None:
    """Lists are found in quotations, admonitions and footnotes."""
    assert prepared("> x:\n> - a") == "> x:\n>\n> - a"
    assert prepared("!!! note\n    x:\n    - a") == "!!! note\n    x:\n\n    - a"


def test_table_under_a_paragraph() -> None:
    """A table may stand directly under a paragraph."""
    assert prepared("x\n| a |b|\n|--|--|\n") == "x\n\n| a |b|\n|--|--|\n"


def test_rules_headings_and_tags() -> None:
    """A rule under an item is no heading, and #tag is no heading."""
    assert prepared("- a\n---") == "- a\n\n---"
    assert prepared("#MKHealth") == "\\#MKHealth"
    assert prepared("Title\n---") == "Title\n---"


def test_how_deep_it_is() -> None:
    """The first line that is nested too deeply is named, in whatever way it is; a rule is none."""
    assert prepare("a\n\n" + "- " * DEEPEST + "a").too_deep is None
    assert prepare("a\n\n" + "- " * (DEEPEST + 1) + "a").too_deep == 2
    assert prepare("> " * (DEEPEST + 1) + "a").too_deep == 0
    assert prepare("\n".join("  " * depth + "- a" for depth in range(30))).too_deep == DEEPEST
    assert prepare("- a\n\n" + "- " * 30).too_deep is None


def test_footnotes_without_words() -> None:
    """One that has its words on a line below has some."""
    assert prepare("a[^1]\n\n[^1]:\n[^2]: b").wordless == (2,)
    assert prepare("a[^1]\n\n[^1]:\n\n    b\n\n[^2]:\nc").wordless == ()
