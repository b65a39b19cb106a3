"""The bytes of a post: where its front matter ends and its body begins, however it was saved."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.source.frontmatter import Parts, decode, split
from sitegen.source.nodes import Scalar


def keys(parts: Parts) -> dict[str, object]:
    """The fields that were found, as text."""
    assert parts.front is not None
    return {k.text: v.text for k, v in parts.front.entries if isinstance(v, Scalar)}


def fault(data: bytes) -> tuple[str, int, int, str]:
    """Code, line, column and message of the only problem."""
    (p,) = split(data, "a.md").problems
    return p.code, p.line, p.column, p.message


GOOD = "---\ntitle: A\ndate: 2026-06-15\n---\nŴords.\n\n---\nMore.\n"


@pytest.mark.parametrize(
    "data",
    [
        GOOD.encode(),
        GOOD.encode("utf-8-sig"),
        GOOD.replace("\n", "\r\n").encode(),
        GOOD.replace("\n", "\r").encode(),
        GOOD.replace("\n", "\r\n").encode("utf-8-sig"),
        GOOD.replace("---\n", "---  \n").replace("\n---  \nMore", "\n---\nMore").encode(),
    ],
    ids=["plain", "bom", "crlf", "cr", "bom and crlf", "spaces after the lines"],
)
def test_split(data: bytes) -> None:
    """However a post was saved, its fields and its body are the same; "---" in a body is a rule."""
    parts = split(data, "a.md")
    assert parts.problems == ()
    assert keys(parts) == {"title": "A", "date": "2026-06-15"}
    assert (parts.body, parts.body_line) == ("Ŵords.\n\n---\nMore.\n", 5)


def test_empty_lines_before() -> None:
    """Empty lines before the front matter are no fault, and are counted."""
    parts = split(b"\n\n---\ntitle: A\n---\nText", "a.md")
    assert (parts.problems, parts.body, parts.body_line) == ((), "Text", 6)
    assert parts.front is not None
    assert parts.front.entries[0][0].place.line == 4


@pytest.mark.parametrize("text", ["---\n---\n", "---\n\n---\n", "---\n# a comment\n---\n"])
def test_empty_front_matter(text: str) -> None:
    """Front matter may be empty; what is missing is for the kind to say."""
    parts = split(text.encode(), "a.md")
    assert (keys(parts), parts.problems, parts.body) == ({}, (), "")


def test_no_body() -> None:
    """The file may end with the closing line."""
    parts = split(b"---\ntitle: A\n---", "a.md")
    assert (keys(parts), parts.body, parts.problems) == ({"title": "A"}, "", ())


@pytest.mark.parametrize("text", ["", "\n", "Just words.\n", "# A heading\n\ntitle: A\n", "<p>"])
def test_no_front_matter(text: str) -> None:
    """A file without front matter is shown how to begin."""
    (p,) = split(text.encode(), "a.md").problems
    assert (p.code, p.message) == ("no-front-matter", "this file does not begin with front matter")
    assert p.fix == "begin it with\n---\ntitle: The title\n---"


def test_first_line_missing() -> None:
    """Fields without the line before them are told of that line."""
    (p,) = split(b"title: A\ndate: 2026-06-15\n---\nText.\n", "a.md").problems
    assert p.message == 'the line "---" is missing before the first field'
    assert p.fix == "---\ntitle: A"


@pytest.mark.parametrize("fence", ["—", "–––", "--", "----", "***", "___", "===", "— "])
def test_a_word_processor_s_dashes(fence: str) -> None:
    """What a word processor makes of "---" is named, at the beginning and at the end."""
    begun = fault(f"{fence}\ntitle: A\n---\n".encode())
    assert begun == (
        "no-front-matter",
        1,
        1,
        f'the first line is "{fence.strip()}" and must be "---"',
    )
    ended = fault(f"---\ntitle: A\n{fence}\nText.\n".encode())
    message = f'the line after the last field is "{fence.strip()}" and must be "---"'
    assert ended == ("front-matter-open", 3, 1, message)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("---\ntitle: A\n\nText: with a colon.\n", 2),
        ("---\ntitle: A\ntags:\n- a\n- b\n\nText.\n", 5),
        ("---\ntitle: A\nText without a line between.\n", 2),
        ("---\ntitle: A", 2),
        ("---", 1),
    ],
)
def test_unclosed(text: str, line: int) -> None:
    """Front matter that nothing closes ends where the fields do; that line is shown."""
    (p,) = split(text.encode(), "a.md").problems
    assert (p.code, p.line) == ("front-matter-open", line)
    assert p.fix == f'add a line "---" after line {line}'


def test_unclosed_is_read_all_the_same() -> None:
    """The fields and the body of an unclosed post are read, so that all its faults come out."""
    parts = split(b"---\ntitle: A: B\n\nText.\n", "a.md")
    assert [p.code for p in parts.problems] == ["front-matter-open", "yaml-colon"]
    assert (keys(parts), parts.body.strip()) == ({"title": "A: B"}, "Text.")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16(encoding: str) -> None:
    """A file saved as UTF-16 is named as such, with its mark or by its zeros."""
    code, _, _, message = fault(GOOD.encode(encoding))
    assert code == "not-utf8"
    assert message in ("this file is saved as UTF-16", "this is not a text file")


def test_windows_1252() -> None:
    """A byte that isn't UTF-8 is shown at its place, as what it probably is."""
    message = 'this file is not saved as UTF-8: a byte here is probably meant as "“"'
    assert fault("---\ntitle: Ann “Bee”\n---\n".encode("cp1252")) == ("not-utf8", 2, 12, message)
    assert fault(b"---\r\n\xc5\xb5 \xe9")[1:3] == (2, 3)


def test_nul() -> None:
    """A file with a zero byte is no text."""
    assert fault(b"---\ntitle: A\0B\n---\n") == ("not-utf8", 2, 9, "this is not a text file")


def test_a_byte_after_a_mark() -> None:
    """A byte order mark is no part of the text, so no place and no byte is counted from it."""
    message = 'this file is not saved as UTF-8: a byte here is probably meant as "é"'
    assert fault(b"\xef\xbb\xbf---\ntitle: caf\xe9 x\n---\n") == ("not-utf8", 2, 11, message)


def test_decode() -> None:
    """Text has one kind of line end and no mark."""
    assert decode(b"\xef\xbb\xbfa\r\nb\rc\n", "a.md") == ("a\nb\nc\n", ())


@given(
    st.binary(max_size=60) | st.text(st.sampled_from("-—\n a:'\"\r"), max_size=60).map(str.encode)
)
def test_any_bytes(data: bytes) -> None:
    """Any bytes are a post or a fault at a line."""
    parts = split(data, "a.md")
    assert parts.front is not None or parts.problems
    assert all(p.message for p in parts.problems)


@given(
    st.text(
        st.characters(exclude_characters="\r", exclude_categories=["Cs"]).filter(
            lambda c: c != "\0"
        )
    )
)
def test_the_body_is_as_typed(body: str) -> None:
    """What follows the front matter is the body, to the last character."""
    parts = split(f"---\ntitle: A\n---\n{body}".encode(), "a.md")
    assert (parts.body, parts.problems) == (body, ())


@pytest.mark.parametrize("data", [b"PK\x03\x04rest", b"{\\rtf1 rest", b"\xd0\xcf\x11\xe0rest"])
def test_a_word_processor_s_document(data: bytes) -> None:
    """A document that is only named like a post is told apart from a text in a wrong encoding."""
    (fault,) = split(data, "content/news/a.md").problems
    assert fault.code == "word-document"
    assert "word processor" in fault.message
