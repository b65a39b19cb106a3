"""YAML text: nodes with places, and every trap explained with the line to type."""

# ruff: noqa: E501  (a row of a table stays on its line)
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.problems import Place
from sitegen.source.nodes import Mapping, Node, Scalar
from sitegen.source.yaml_tree import parse


def plain(node: Node | None) -> object:
    """A node as text, lists and dicts, to compare."""
    match node:
        case None:
            return None
        case Scalar():
            return node.text
        case Mapping():
            return {key.text: plain(value) for key, value in node.entries}
    return [plain(item) for item in node.items]


def faults(text: str) -> list[str]:
    """``line:column code: message (fix)`` of each problem."""
    return [
        f"{p.line}:{p.column} {p.code}: {p.message}" + (f" ({p.fix})" if p.fix else "")
        for p in parse(text, path="a.md").problems
    ]


@pytest.mark.parametrize(
    "text",
    [
        "23:59",
        "12:30:45",
        "2020-09-13 23:59",
        "2020-09-13 23:59:00",
        "2025-5-9",
        "09/05/2025",
        "2020-13-45",
        "111",
        "0800 111",
        "1.10",
        "0o17",
        "0x1F",
        "1_000",
        "no",
        "Yes",
        "on",
        "=",
        "<<",
        ".inf",
        "C# and F#",
        "it's",
        'so "called"',
        "a:b",
        "https://example.org/a#b",
        "50%",
        "-1",
        "<b>",
        "a, b",
        "(brackets] and {braces}",
    ],
)
def test_nothing_is_guessed(text: str) -> None:
    """A value is the text as typed, whatever YAML would make of it."""
    tree = parse(f"field: {text}", path="a.md")
    assert (plain(tree.root), tree.problems) == ({"field": text}, ())


@pytest.mark.parametrize("typed", ["null", "~", "NULL"])
def test_null_is_no_word(typed: str) -> None:
    """What other programs write for nothing is told, and passed over; in quotes it is a word."""
    tree = parse(f"field: {typed}\nnext: a", path="a.md")
    assert plain(tree.root) == {"field": "", "next": "a"}
    assert [(p.code, p.line, p.column) for p in tree.problems] == [("yaml-null", 1, 8)]
    assert parse(f'field: "{typed}"', path="a.md").problems == ()


@pytest.mark.parametrize(
    "typed", ["\u200bdate: x", "da\u00adte: x", "date:\u00a0x", "\ufeffdate: x"]
)
def test_what_nobody_sees_is_told(typed: str) -> None:
    """In a field's name, or just after its colon; in a value it is the writer's."""
    tree = parse(f"title: a\u00a0b\n{typed}", path="a.md")
    assert plain(tree.root) == {"title": "a\u00a0b", "date": "x"}
    assert [(p.code, p.line, p.fix) for p in tree.problems] == [("bad-character", 2, "date: x")]


@pytest.mark.parametrize("sign", ["\x85", "\u2028", "\u2029"])
@pytest.mark.parametrize("text", ["title: A{}B", "title: |\n  A{}B", 'title: "A{}B"'])
def test_no_line_ends_unseen(text: str, sign: str) -> None:
    """What ends a line to YAML alone is a space, and what follows stands where it is seen."""
    tree = parse(text.format(sign) + "\nnext: @", path="a.md")
    assert [p.line for p in tree.problems] == [text.count("\n") + 2]
    end = "\n" if "|" in text else ""
    assert plain(tree.root) == {"title": f"A B{end}", "next": "@"}


def test_words_in_lists() -> None:
    """Words in lists and keys are text too."""
    tree = parse("tags: [NHS, on, Yes]\nno:\n  - 1.0\n  -\n", path="a.md")
    assert plain(tree.root) == {"tags": ["NHS", "on", "Yes"], "no": ["1.0", ""]}


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("title: CEO's blog: We need", '1:18 yaml-colon: a colon followed by a space must be inside quotes (title: "CEO\'s blog: We need")'),
        ("title: 'CEO's blog'", '1:13 yaml-quote: the quotes in this value end it too soon (title: "CEO\'s blog")'),
        ('title: "He said "yes""', "1:18 yaml-quote: the quotes in this value end it too soon (title: 'He said \"yes\"')"),
        ('title: "We" and "they"', "1:13 yaml-quote: the quotes in this value end it too soon (title: '\"We\" and \"they\"')"),
        ("author: @mk", '1:9 yaml-quote: a value that begins with "@" needs quotes (author: "@mk")'),
        ("note: `code`", '1:7 yaml-quote: a value that begins with "`" needs quotes (note: "`code`")'),
        ("note: %", '1:7 yaml-quote: a value that begins with "%" needs quotes (note: "%")'),
        ("note: *BLMK", '1:7 yaml-alias: a value that begins with "*" needs quotes (note: "*BLMK")'),
        ("note: *BLMK* is", '1:7 yaml-quote: a value that begins with "*" needs quotes (note: "*BLMK* is")'),
        ("note: &nbsp;", '1:7 yaml-quote: a value that begins with "&" needs quotes (note: "&nbsp;")'),
        ("note: &more", '1:7 yaml-anchor: a value that begins with "&" needs quotes (note: "&more")'),
        ("note: !important", '1:7 yaml-tag: a value that begins with "!" needs quotes (note: "!important")'),
        ("note: !!", '1:7 yaml-quote: a value that begins with "!" needs quotes (note: "!!")'),
        ("note: > 5 people", '1:7 yaml-quote: a value that begins with ">" needs quotes (note: "> 5 people")'),
        ("note: | or", '1:7 yaml-quote: a value that begins with "|" needs quotes (note: "| or")'),
        ("note: - a", '1:7 yaml-quote: a value that begins with "-" needs quotes (note: "- a")'),
        ("note: ? a", '1:7 yaml-quote: a value that begins with "?" needs quotes (note: "? a")'),
        ("note: , a", '1:7 yaml-quote: a value that begins with "," needs quotes (note: ", a")'),
        ("note: ]", '1:7 yaml-quote: a value that begins with "]" needs quotes (note: "]")'),
        ("note: [Video] Our year", '1:7 yaml-quote: a value that begins with "[" needs quotes (note: "[Video] Our year")'),
        ("note: {{ title }}", '1:8 yaml-quote: a value that begins with "{" needs quotes (note: "{{ title }}")'),
        ("title: NHS #1", '1:12 yaml-hash: everything from "#1" on would be lost (title: "NHS #1")'),
        ("primary: #0b5d5b", '1:10 yaml-hash: everything from "#0b5d5b" on would be lost (primary: "#0b5d5b")'),
        ("tags: [a, b", "1:7 yaml-list: the bracket that opens here is not closed (tags: [a, b])"),
        ("tags: [@a, b]", '1:8 yaml-quote: a value in these brackets needs quotes (tags: ["@a", b])'),
        ("note: {date: x, note: We: so}", '1:7 yaml-colon: a colon followed by a space must be inside quotes (note: {date: x, note: "We: so"})'),
        ('title: "We', '1:8 yaml-quote: the quote that opens here is not closed (title: "We")'),
        ("title: 'Tis", '1:8 yaml-quote: the quote that opens here is not closed (title: "\'Tis")'),
        ('note: "C:\\Users"', "1:7 yaml-escape: a backslash means something special inside double quotes (note: 'C:\\Users')"),
        ('note: "\\d it\'s"', "1:7 yaml-escape: a backslash means something special inside double quotes (note: '\\d it''s')"),
        ("title:Our year", "1:1 yaml-space: a colon needs a space after it (title: Our year)"),
        ("dateline Bletchley", '1:1 yaml-colon-missing: this is no field: "name: value" is expected (dateline: Bletchley)'),
        ("Just some words.", '1:1 yaml-colon-missing: this is no field: "name: value" is expected'),
        ("- a", '1:1 yaml-colon-missing: "name: value" lines are expected here'),
        ("%a: b", '1:1 yaml-colon-missing: this is no field: "name: value" is expected'),
        ("note: a\x07b", "1:8 bad-character: this line holds a character that can't be shown (U+0007) (note: ab)"),
    ],
)  # fmt: skip
def test_traps(line: str, fault: str) -> None:
    """A trap is named at its place, with the line to type."""
    assert faults(line) == [fault]


@pytest.mark.parametrize(
    "line",
    [
        "title: CEO's blog: We need",
        "title: 'CEO's blog'",
        'title: "He said "yes""',
        "author: @mk",
        "note: *BLMK",
        "note: &nbsp;",
        "title: NHS #1",
        'note: "C:\\Users"',
        "title:Our year",
        "tags: [a, b",
        "note: [Video] Our year",
    ],
)
def test_what_is_to_be_typed_is_right(line: str) -> None:
    """The line that a fault shows is sound, and is read on as if it had been typed."""
    tree = parse(line, path="a.md")
    again = parse(tree.problems[0].fix, path="a.md")
    assert again.problems == ()
    assert plain(again.root) == plain(tree.root) != {}


def test_tab() -> None:
    """A tab can't indent; the line with spaces in its place is shown."""
    text = "source:\n\tname: The Citizen\ntitle: A"
    fault = "2:2 yaml-tab: a tab can't be used to indent here (  name: The Citizen)"
    assert faults(text) == [fault]
    root = {"source": {"name": "The Citizen"}, "title": "A"}
    assert plain(parse(text, path="a.md").root) == root


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("a: x\n  b: y", "2:3 yaml-indent: this line is indented further than the one it belongs with (b: y)"),
        ("a: [x]\n  b: y", "2:3 yaml-indent: this line is not indented like the ones around it (b: y)"),
        ("a:\n    b: c\n  d: e", "3:3 yaml-indent: this line is not indented like the ones around it (    d: e)"),
        ("a:\n  - b\n  c: d", '3:3 yaml-indent: this line stands in a list and has no "- "'),
        ("- a\nb: c", '2:1 yaml-indent: this line stands in a list and has no "- "'),
    ],
)  # fmt: skip
def test_indents(text: str, fault: str) -> None:
    """A wrong indent is named at its line; nothing is made up where it isn't clear."""
    assert faults(text)[0] == fault
    assert len(faults(text)) == 1


def test_duplicate_keys() -> None:
    """A key that stands twice is a fault at the second; the first one holds."""
    tree = parse("date: a\ntitle: b\ndate: c\n", path="a.md", first_line=2)
    assert plain(tree.root) == {"date": "a", "title": "b"}
    fault = tree.problems[0]
    assert (fault.line, fault.code, fault.message) == (
        4,
        "duplicate-key",
        '"date" is also set on line 2',
    )


def test_all_at_once() -> None:
    """All traps of a text come out in one run, each at its own line."""
    text = "a: b: c\nd: @e\nf: NHS #1\n\tg: h\ni: [j\nk: 'l\nm: n\nm: o\n"
    assert sorted((p.line, p.code) for p in parse(text, path="p").problems) == [
        (1, "yaml-colon"),
        (2, "yaml-quote"),
        (3, "yaml-hash"),
        (4, "yaml-tab"),
        (5, "yaml-list"),
        (6, "yaml-quote"),
        (8, "duplicate-key"),
    ]


def test_comments() -> None:
    """A comment is a comment: alone on its line, or after a value and two signs of being one."""
    tree = parse(
        "# for editors\ntitle: A # the title\nb: 'x #1'\nc: \"#2\"\nd: [a] # b\n", path="a"
    )
    assert plain(tree.root) == {"title": "A", "b": "x #1", "c": "#2", "d": ["a"]}
    assert tree.problems == ()


def test_text_over_several_lines() -> None:
    """Block text keeps what would be a trap elsewhere; its place is where the words begin."""
    tree = parse('a: |\n  We: "so" #1\n  @b\nc: >-\n  d\n  e\n', path="a.md", first_line=5)
    assert plain(tree.root) == {"a": 'We: "so" #1\n@b\n', "c": "d e"}
    assert tree.root is not None
    assert [value.place.line for _, value in tree.root.entries] == [6, 9]
    assert tree.problems == ()


def test_no_text_over_several_lines() -> None:
    """Where none follows, the sign that announces it is all there is."""
    tree = parse("a: |", path="a.md")
    assert tree.root is not None
    assert tree.root.entries[0][1].place == Place(line=1, column=4)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a: &x\n  b: c", "yaml-anchor"),
        ("a: !x\n  b: c", "yaml-anchor"),
        ("a: &x [b]", "yaml-anchor"),
        ("a: !!python/object:os.system x", "yaml-tag"),
        ("a: !!binary abc", "yaml-tag"),
        ("a: b\n---\nc: d", "yaml-document"),
        ("a: " + "[" * 14 + "]" * 14, "yaml-depth"),
        ("[a, b]: c", "yaml-quote"),
    ],
)
def test_what_only_programs_write(text: str, code: str) -> None:
    """Anchors, tags, second documents and endless nesting are refused, each as one fault."""
    assert [p.code for p in parse(text, path="a.md").problems] == [code]


def test_no_bomb() -> None:
    """Anchors can't multiply: a few lines never become a million nodes."""
    rows = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    rows += [f"{b}: &{b} [*{a}, *{a}, *{a}, *{a}]" for a, b in zip("abcdef", "bcdefg", strict=True)]
    tree = parse("\n".join(rows), path="a.md")
    assert {p.code for p in tree.problems} <= {
        "yaml-anchor",
        "yaml-alias",
        "yaml-quote",
        "yaml-list",
    }
    assert tree.problems


def test_places() -> None:
    """Keys and values know their line, column and width, counted from where the text begins."""
    tree = parse('title: "Ŵŵ"\ntags:\n  - a\n', path="a.md", first_line=2)
    assert tree.root is not None
    (title, words), (_, tags) = tree.root.entries
    assert title.place == Place(line=2, column=1, width=5)
    assert words.place == Place(line=2, column=8, width=4)
    assert tags.place.line == 4


def test_places_in_a_mended_line() -> None:
    """What stands behind a mend is placed where it was typed, not where the mend moved it."""
    tree = parse("a: {b: c: d, e: f, b: g}", path="a.md")
    assert [(p.code, p.column) for p in tree.problems] == [("yaml-colon", 4), ("duplicate-key", 20)]
    assert tree.root is not None
    ((_, group),) = tree.root.entries
    assert isinstance(group, Mapping)
    assert [(k.place.column, v.place.column) for k, v in group.entries] == [(5, 8), (14, 17)]


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n", "   "])
def test_nothing(text: str) -> None:
    """No text is a mapping with nothing in it."""
    assert (plain(parse(text, path="a.md").root), parse(text, path="a.md").problems) == ({}, ())


_SIGNS = st.text(st.sampled_from("ab :#'\"-[]{}&*!|>%@`,?\\\n\t é\u2028\x00\x85"), max_size=40)


@given(_SIGNS)
def test_any_text(text: str) -> None:
    """Any text is read, or is at fault at a line that it has: nothing breaks, nothing is silent."""
    tree = parse(text, path="a.md", first_line=2)
    assert tree.root is not None or tree.problems
    lines = [*text.split("\n"), ""]
    for p in tree.problems:
        assert 1 <= p.column <= len(lines[p.line - 2]) + 1
        assert p.message


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_any_value_can_be_quoted(text: str) -> None:
    """Whatever an editor types after a colon, the fix that is shown reads as just that."""
    value = " ".join(text.split())
    tree = parse(f"field: {value}", path="a.md")
    shown = [p for p in tree.problems if p.fix.startswith("field: ")]
    if value and len(tree.problems) == 1 and shown and value[0] not in "'\"[{":
        assert plain(parse(shown[0].fix, path="a.md").root) == {"field": value}
