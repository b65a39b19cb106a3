"""Problems: sorted, counted, quoted, and shown to people, programs and GitHub."""

from __future__ import annotations

import json

import pytest

from sitegen.problems import (
    Place,
    Problem,
    Severity,
    SitegenError,
    as_github,
    as_json,
    as_text,
    counted,
    ordered,
    problem,
    quote,
    silenced,
    stops,
)

ERROR = problem("date-order", "it is wrong", "content/a.md", Place(line=2, column=7, width=4))
WARNING = problem("missing-field", "it is bare", "content/a.md", severity=Severity.WARNING)
ADVICE = problem("long-text", "it is long", "content/a.md", severity=Severity.ADVICE)


def test_ordered() -> None:
    """Problems come by file, line, column and code; what was found twice is there once."""
    rows = [("b.md", 1, 1, "x"), ("a.md", 10, 1, "x"), ("a.md", 9, 2, "x"), ("a.md", 9, 2, "w")]
    found = [
        problem(code, "m", path, Place(line=line, column=column))
        for path, line, column, code in (*rows, rows[0])
    ]
    shown = [(p.path, p.line, p.column, p.code) for p in ordered(found)]
    assert shown == [
        ("a.md", 9, 2, "w"),
        ("a.md", 9, 2, "x"),
        ("a.md", 10, 1, "x"),
        ("b.md", 1, 1, "x"),
    ]


def test_silenced() -> None:
    """Warnings and advice can be silenced by code; errors can't."""
    found = [ERROR, WARNING, ADVICE]
    assert silenced(found, ["missing-field", "date-order"]) == (ERROR, ADVICE)
    assert silenced(found, []) == (ERROR, WARNING, ADVICE)


@pytest.mark.parametrize(
    ("found", "strict", "expected"),
    [
        ([], True, False),
        ([ADVICE], True, False),
        ([WARNING], False, False),
        ([WARNING], True, True),
        ([ADVICE, ERROR], False, True),
    ],
)
def test_stops(found: list[Problem], strict: bool, expected: bool) -> None:
    """An error stops a build, a warning a strict one, advice none."""
    assert stops(found, strict=strict) is expected


@pytest.mark.parametrize(
    ("found", "words"),
    [
        ([], ""),
        ([ERROR], "1 error"),
        ([WARNING, ERROR, ERROR], "2 errors, 1 warning"),
        ([ADVICE, ADVICE], "2 advice"),
    ],
)
def test_counted(found: list[Problem], words: str) -> None:
    """The totals are in words, the worst first."""
    assert counted(found) == words


def test_quote() -> None:
    """Each problem gets the line that it is about, where there is one."""
    whole = problem("c", "m", "a.md")
    beyond = problem("c", "m", "a.md", Place(line=9))
    gone = problem("c", "m", "gone.md", Place(line=1))
    second = problem("c", "m", "a.md", Place(line=2))
    texts = {"a.md": "one\u2028\x0cstill\ntwo\n"}
    shown = [p.source for p in quote([whole, beyond, gone, second], texts.get)]
    assert shown == ["", "", "", "two"]


def test_as_text() -> None:
    """A person sees place, severity, code, message, the line with carets, and the fix."""
    one = Problem(
        code="date-order",
        message="closing_date is before opening_date",
        path="content/a.md",
        line=6,
        column=15,
        width=10,
        fix="use a later one",
        source="closing_date: 2026-08-01",
    )
    assert as_text([one]) == (
        "content/a.md:6:15: error date-order: closing_date is before opening_date\n"
        "    6 | closing_date: 2026-08-01\n"
        "      |               ^^^^^^^^^^\n"
        "  fix: use a later one\n"
    )


def test_a_fix_begins_no_line_of_its_own() -> None:
    """Only its own lines do, not what an editor typed: CI takes orders from what it is told."""
    one = problem("code", "It is wrong", "a.md", fix="write\nfoo\u2028::stop-commands::zz")
    assert [line[:5] for line in as_text([one]).split("\n")] == ["a.md:", "  fix", "     ", ""]
    assert "\u2028" not in as_text([one])


def test_as_text_without_a_line() -> None:
    """A problem of a whole file has no line, and a fix may have several."""
    one = problem("no-kind", "it is in no folder", "content/a.md", fix="move it\nor delete it")
    assert as_text([one]) == (
        "content/a.md: error no-kind: it is in no folder\n  fix: move it\n       or delete it\n"
    )


def test_as_text_of_a_long_line() -> None:
    """A long line is cut to a window on its fault, and the carets stay below it."""
    line = "x" * 400 + "FAULT" + "y" * 400
    one = Problem(code="c", message="m", path="p", line=1, column=401, width=5, source=line)
    _, shown, carets = as_text([one]).splitlines()
    assert len(shown) <= 110
    start = carets.index("^")
    assert (shown[start : start + 5], carets[start:]) == ("FAULT", "^^^^^")


def test_as_text_of_what_cannot_be_shown() -> None:
    """Controls can't take over a terminal, and carets stay below what they mean after a tab."""
    line = "a\x1b[31m\tb"
    one = Problem(code="c", message="m", path="p", line=1, column=8, source=line)
    _, shown, carets = as_text([one]).splitlines()
    assert "\x1b" not in shown
    assert shown[carets.index("^")] == "b"


@pytest.mark.parametrize("text", ["می\u200cشود", "👨\u200d👩", "co\u00adop", "a\u200e\u200fb"])
def test_what_joins_letters_is_kept(text: str) -> None:
    """In a message, in the line and in the fix."""
    one = Problem(code="c", message=text, path="p", line=1, column=1, source=text, fix=text)
    assert as_text([one]).count(text) == 3


@pytest.mark.parametrize("sign", "\x1b\x9b\r\u2028\u2029\u202a\u202e\u2066\u2069")
def test_what_could_feign_another_line_is_not(sign: str) -> None:
    """Neither controls nor what turns the order of a line round."""
    one = Problem(code="c", message=f"a{sign}b", path="p", line=1, column=1, source=f"a{sign}b")
    assert sign not in as_text([one])


def test_carets_stay_within_the_line() -> None:
    """A width beyond the end of the line is cut; a place beyond it has one caret."""
    wide = Problem(code="c", message="m", path="p", line=1, column=2, width=90, source="abc")
    beyond = Problem(code="c", message="m", path="p", line=1, column=4, width=1, source="abc")
    assert [as_text([p]).count("^") for p in (wide, beyond)] == [2, 1]


def test_as_json() -> None:
    """A program reads a list; what isn't known is null, and nothing is an empty list."""
    row = {
        "code": "missing-field",
        "severity": "warning",
        "path": "content/a.md",
        "line": None,
        "column": None,
        "message": "it is bare",
        "fix": None,
    }
    assert json.loads(as_json([WARNING])) == [row]
    assert json.loads(as_json([])) == []
    assert "é" in as_json([problem("c", "é", "p")])


def test_as_github() -> None:
    """GitHub gets a command a problem, with signs that mean something to it escaped."""
    one = problem("c", "100% wrong", "a,b:c.md", Place(line=2, column=3), fix="x\ny")
    assert as_github([one, WARNING, ADVICE]) == (
        "::error file=a%2Cb%3Ac.md,line=2,col=3,title=c::100%25 wrong%0Afix: x%0Ay\n"
        "::warning file=content/a.md,title=missing-field::it is bare\n"
        "::notice file=content/a.md,title=long-text::it is long\n"
    )


def test_sitegen_error() -> None:
    """A broken set-up is an error with a sentence and what to do."""
    error = SitegenError("there is no config.yaml", fix="name it with --config")
    assert (str(error), error.fix) == ("there is no config.yaml", "name it with --config")
