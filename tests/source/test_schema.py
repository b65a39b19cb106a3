"""Field tables: a mapping with places becomes a dataclass, or every fault with a hint."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from zoneinfo import ZoneInfo

from sitegen.problems import Place, Severity
from sitegen.source import yaml_tree
from sitegen.source.fieldtypes import Day, Flag, Key, Prose, Text, Whole
from sitegen.source.schema import (
    Group,
    ListOf,
    MapOf,
    Need,
    Reading,
    field,
    fields,
    leaves,
    read_group,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A group within the table."""

    text: str = field(Text(), "what it says", Need.REQUIRED)
    from_: object = field(Day(), "since when")


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """The table of these tests."""

    SLIPS: ClassVar[dict[str, str]] = {"name": "use title: …"}

    title: str = field(Text(), "the title", Need.REQUIRED)
    summary: str | None = field(Text(), "a sentence", Need.RECOMMENDED)
    body: str | None = field(Prose(), "the words")
    count: int = field(Whole(), "how many", default=7)
    draft: bool = field(Flag(), "whether it is a draft", default=False)
    tags: tuple[str, ...] = field(ListOf(Text(), most=3), "what it is about")
    notes: tuple[Note, ...] = field(ListOf(Group(Note)), "what changed")
    note: Note | None = field(Group(Note), "one note")


def read(text: str, *, draft: bool = False) -> tuple[Post, Reading]:
    """A post from YAML, and what the reading found."""
    tree = yaml_tree.parse(text, path="a.md")
    assert tree.root is not None and not tree.problems
    reading = Reading("a.md", ZoneInfo("Europe/London"), draft)
    return read_group(Post, tree.root, "", reading), reading


def faults(text: str, *, draft: bool = False) -> list[str]:
    """``line:column code: message (fix)`` of each problem."""
    _, reading = read(text, draft=draft)
    return [
        f"{p.line}:{p.column} {p.code}: {p.message}" + (f" ({p.fix})" if p.fix else "")
        for p in reading.problems
    ]


def test_values_by_the_type_of_their_field() -> None:
    """Every value is read by its field's type, never by what YAML would guess."""
    post, reading = read(
        "title: 111\nsummary: no\ncount: 1,200\ndraft: TRUE\ntags: [on, 1.10, 9:30]"
    )
    assert post == Post(
        title="111", summary="no", count=1200, draft=True, tags=("on", "1.10", "9:30")
    )
    assert not reading.problems


def test_defaults() -> None:
    """What is absent or empty has its default: an empty value is no value."""
    post, reading = read("title: A\nsummary: S\nbody:\ncount: ''\ntags: []\nnotes: {}\nnote:")
    assert post == Post(title="A", summary="S")
    assert (post.count, post.tags, post.note) == (7, (), None)
    assert not reading.problems


def test_private_keys() -> None:
    """A key that begins with x- is private: nothing looks at it."""
    assert faults("title: A\nsummary: S\nx-note: [1, {a: b}]\nx-: c") == []


def test_unknown_keys() -> None:
    """An unknown key is a fault with what was probably meant, or how to keep it."""
    assert faults("title: A\nsummary: S\ntgas: [a]\nname: B\nzebra: 1\nTITLE: C") == [
        '3:1 unknown-field: "tgas" is not a field. Did you mean "tags"?',
        '4:1 unknown-field: "name" is not a field (use title: …)',
        '5:1 unknown-field: "zebra" is not a field'
        " (delete the line, or rename it x-zebra to keep a private note)",
        '6:1 unknown-field: "TITLE" is not a field. Did you mean "title"?',
    ]


def test_missing_fields() -> None:
    """What is required is an error, what is recommended a warning, at its empty key if any."""
    _, reading = read("summary:\ntags: [a]")
    shown = [(p.line, p.severity, p.message, p.fix) for p in reading.problems]
    assert shown == [
        (1, Severity.ERROR, '"title" is missing: the title', "add title: …"),
        (1, Severity.WARNING, '"summary" is recommended: a sentence', "fill in summary: …"),
    ]
    assert faults("note: {from: 2026-06-15}", draft=True) == []


def test_a_draft_may_lack_fields() -> None:
    """A draft may lack what is required; what it has must still be right."""
    assert faults("draft: true", draft=True) == []
    assert faults("count: few", draft=True) == [
        '1:8 not-a-number: "few" is not a whole number of at least 0'
    ]


def test_lists() -> None:
    """A list takes a list, of so many items, none of them empty."""
    assert faults("title: A\nsummary: S\ntags: a, b") == [
        '3:7 not-a-list: "tags" takes a list (tags: [a, b])'
    ]
    assert faults("title: A\nsummary: S\ntags: [a, '', b, c, d]") == [
        '3:18 too-many: "tags" takes at most 3',
        '3:11 empty-item: an item of "tags" is empty',
    ]
    assert faults("title: A\nsummary: S\ntags: [[a], {b: c}]") == [
        '3:8 not-text: an item of "tags" takes text, and this is a list (a)',
        '3:13 not-text: an item of "tags" takes text, and this is a group of fields ("b: c")',
    ]
    assert faults("title: A\nsummary: S\ntags:\n  -a\n  -b") == [
        '4:3 not-a-list: "tags" takes a list (tags: [a, b])'
    ]


def test_lists_of_groups() -> None:
    """An item that must have named fields is told which; the others keep their places."""
    text = "title: A\nsummary: S\nnotes:\n  - Corrected\n  - text: B\n    from: 2026-06-15\n"
    post, reading = read(text)
    assert [n.text for n in post.notes] == ["B"]
    told = [(p.line, p.code, p.fix) for p in reading.problems]
    assert told == [(4, "not-a-group", "- text: Corrected")]
    assert reading.place("notes.0.from").line == 6
    assert faults("title: A\nsummary: S\nnotes: B") == [
        '3:8 not-a-list: "notes" takes a list (notes:\n  - text: B)'
    ]


def test_groups() -> None:
    """A group needs its fields, each by its own name; ``from`` is a name too."""
    post, _ = read("title: A\nsummary: S\nnote: {text: B, from: 2026-06-15}")
    assert post.note is not None and str(post.note.from_) == "2026-06-15"
    assert faults("title: A\nsummary: S\nnote: B") == [
        '3:7 not-a-group: "note" needs fields with names, such as "text" (note:\n  text: B)'
    ]
    assert faults("title: A\nsummary: S\nnote:\n  from_: 2026-06-15") == [
        '4:3 unknown-field: "from_" is not a field. Did you mean "from"?',
        '4:3 missing-field: "text" is missing: what it says (add text: …)',
    ]


def test_a_field_beside_its_group() -> None:
    """A field of a group that stands empty above it is told where it belongs."""
    assert faults("title: A\nsummary: S\nnote:\ntext: B")[0].startswith(
        '4:1 unknown-field: "text" is a field of "note", and stands beside it'
    )


def test_a_slip_in_a_name_is_not_missing_too() -> None:
    """A field in capitals is told once."""
    assert [f.partition(":")[2] for f in faults("Title: A\nsummary: S")] == [
        '1 unknown-field: "Title" is not a field. Did you mean "title"?'
    ]


def test_text_is_no_list() -> None:
    """Where text is expected a list or a group is a fault, and so is what no screen can show."""
    assert faults("title: [A]\nsummary: {a: b}") == [
        '1:8 not-text: "title" takes text, and this is a list (title: A)',
        '2:10 not-text: "summary" takes text, and this is a group of fields (summary: "a: b")',
    ]
    assert faults('title: "A\\x01"\nsummary: "\\uFFFF"') == [
        '1:8 bad-character: "title" holds a character that can\'t be shown (U+0001)'
        " (delete it and type the text again)",
        '2:10 bad-character: "summary" holds a character that can\'t be shown (U+FFFF)'
        " (delete it and type the text again)",
    ]


def test_unread() -> None:
    """What was typed and can't be read is known, so that no rule calls it missing."""
    _, reading = read("title: A\nsummary: S\ncount: few\nnote: {text: [B]}\nbody:")
    assert reading.unread == {"count", "note", "note.text"}


def test_a_group_that_lacks_what_it_needs() -> None:
    """A group without a required field is left out, a draft's too: no rule meets half of one."""
    text = (
        "title: A\nsummary: S\nnotes:\n  - from: 2026-06-15\n  - text: B\nnote: {from: 2026-06-15}"
    )
    post, reading = read(text, draft=True)
    assert (post.notes, post.note, reading.problems) == ((Note(text="B"),), None, [])
    assert reading.place("notes.0.from") == reading.place("notes.0")


def test_places() -> None:
    """A field's place is its value's, an empty one's its key's, an absent one's what is around."""
    _, reading = read("title: A\nsummary:\nnotes:\n  - {text: B}\n")
    shown = {at: reading.place(at) for at in ("title", "summary", "notes.0.text")}
    assert shown == {
        "title": Place(line=1, column=8, width=1),
        "summary": Place(line=2, column=1, width=7),
        "notes.0.text": Place(line=4, column=12, width=1),
    }
    assert reading.place("notes.0.from").line == 4
    assert reading.place("tags.0") == Place()


def test_map_of() -> None:
    """Ids with values keep the order of the file; a faulty one leaves the others alone."""
    tree = yaml_tree.parse("b: {text: B}\na: {text: A}\nBad id: {text: C}\nd: E\n", path="p")
    reading = Reading("p", ZoneInfo("UTC"))
    assert tree.root is not None
    found = MapOf(Key, Group(Note)).read(tree.root, "", reading)
    assert found is not None and list(found) == ["b", "a", "d"]
    assert [(p.line, p.code) for p in reading.problems] == [(3, "bad-id"), (4, "not-a-group")]
    assert reading.place("a.text").line == 2


def test_map_of_texts() -> None:
    """A name with nothing after it is a fault; so is a list in place of names."""
    reading = Reading("p", ZoneInfo("UTC"))
    for text in ("a: because\nb:\n", "- a\n"):
        node = yaml_tree.parse(f"x:\n  {text}".replace("\nb", "\n  b"), path="p").root
        assert node is not None
        MapOf(Key, Text()).read(node.entries[0][1], "x", reading)
    assert [(p.line, p.code) for p in reading.problems] == [(3, "empty-item"), (2, "not-a-group")]


def test_leaves() -> None:
    """Every single value has a dotted name and its type; what is absent has none."""
    post, _ = read("title: A\nsummary: S\ntags: [x, y]\nnotes: [{text: B}]\nnote: {text: C}")
    assert [(at, value) for at, _, value in leaves(post)] == [
        ("title", "A"),
        ("summary", "S"),
        ("count", 7),
        ("draft", False),
        ("tags.0", "x"),
        ("tags.1", "y"),
        ("notes.0.text", "B"),
        ("note.text", "C"),
    ]


def test_fields() -> None:
    """A table's rows say name, type, meaning and need: what the reference is made of."""
    rows = {row.name: row for row in fields(Note)}
    assert list(rows) == ["text", "from"]
    assert (rows["from"].attr, rows["from"].type.describe()) == ("from_", "YYYY-MM-DD")
    described = {row.name: row.type.describe() for row in fields(Post)}
    assert described["tags"] == "list of text, up to 3"
    assert described["note"] == "{text*, from}"
    assert MapOf(Key, Group(Note)).describe() == "{an id: {text*, from}}"
