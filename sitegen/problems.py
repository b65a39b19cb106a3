"""What is wrong, where, and what to type instead: faults as values, and how they are shown.

A stage never prints or logs; it returns problems. The floors above gather them, and only the
doors (command line, browser) show them.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import Enum
from html import escape


class Severity(Enum):
    """How much a problem matters. An error stops a build; a warning does with ``--strict``."""

    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a value stands in its file. Line and column count from 1, in characters."""

    line: int = 1
    column: int = 1
    width: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One fault. ``path`` is relative to the site's root; ``line`` 0 means the whole file.

    ``source`` is the faulty line itself; ``quote`` fills it in at the end, in one place.
    """

    code: str
    message: str
    path: str
    severity: Severity = Severity.ERROR
    line: int = 0
    column: int = 0
    width: int = 1
    fix: str = ""
    source: str = ""


def problem(
    code: str,
    message: str,
    path: str,
    place: Place | None = None,
    *,
    fix: str = "",
    severity: Severity = Severity.ERROR,
) -> Problem:
    """A problem at a place (or about a whole file, without one)."""
    at = place or Place(line=0, column=0)
    return Problem(
        code=code,
        message=message,
        path=path,
        severity=severity,
        line=at.line,
        column=at.column,
        width=at.width,
        fix=fix,
    )


def ordered(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Each problem once, by file, line, column and code."""
    return tuple(sorted(set(problems), key=lambda p: (p.path, p.line, p.column, p.code, p.message)))


def silenced(problems: Iterable[Problem], codes: Iterable[str]) -> tuple[Problem, ...]:
    """The problems less those whose code the site silences. Errors can't be silenced."""
    quiet = set(codes)
    return tuple(p for p in problems if p.severity is Severity.ERROR or p.code not in quiet)


def stops(problems: Iterable[Problem], *, strict: bool) -> bool:
    """Whether these problems stop a build."""
    bad = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    return any(p.severity in bad for p in problems)


def quote(problems: Iterable[Problem], text_of: Callable[[str], str | None]) -> list[Problem]:
    """The problems, each with the line that it is about. Only ``\\n`` ends a line."""
    lines: dict[str, list[str]] = {}
    quoted = []
    for p in problems:
        if p.line and not p.source:
            if p.path not in lines:
                lines[p.path] = (text_of(p.path) or "").split("\n")
            of_file = lines[p.path]
            if p.line <= len(of_file):
                p = replace(p, source=of_file[p.line - 1])
        quoted.append(p)
    return quoted


def counted(problems: Iterable[Problem]) -> str:
    """The totals in words: ``2 errors, 1 warning``; empty when there are none."""
    counts = Counter(p.severity for p in problems)
    words = []
    for severity in Severity:
        if n := counts[severity]:
            plural = "" if n == 1 or severity is Severity.ADVICE else "s"
            words.append(f"{n} {severity.value}{plural}")
    return ", ".join(words)


SHOWN_WIDTH = 96


def excerpt(p: Problem) -> list[str]:
    """The faulty line with a row of carets below; a long line is cut to a window on the fault."""
    source = p.source.replace("\t", " ").rstrip()
    start = max(0, min(p.column - 1, len(source)) - SHOWN_WIDTH // 2)
    if len(source) <= SHOWN_WIDTH:
        start = 0
    shown = printable(source[start : start + SHOWN_WIDTH].rstrip())
    gutter = f"{p.line:>5} | "
    if p.column < 1:
        return [gutter + shown]
    carets = max(1, min(p.width, len(shown) - (p.column - 1 - start)))
    below = " " * (len(gutter) - 2) + "| " + " " * (p.column - 1 - start) + "^" * carets
    return [gutter + shown, below]


# Where a word may break, how letters and emoji join, and marks of direction of no reach: none of
# them can make a line look like another, as the embeddings and isolates of text could.
_UNSEEN = frozenset("\u00ad\u200c\u200d\u200e\u200f")


def printable(text: str) -> str:
    """A text without what could move a terminal's cursor, or begin a line of its own."""
    return "".join(
        c if c.isprintable() or c in _UNSEEN else "\N{REPLACEMENT CHARACTER}" for c in text
    )


def place_of(p: Problem) -> str:
    """``path:line:column``, as far as it is known."""
    return ":".join([p.path, *(str(n) for n in (p.line, p.column) if n)])


def as_text(problems: Iterable[Problem]) -> str:
    """For people: place, severity, code and message, the line itself, and the fix."""
    out = []
    for p in problems:
        out.append(printable(f"{place_of(p)}: {p.severity.value} {p.code}: {p.message}"))
        if p.source:
            out += excerpt(p)
        if p.fix:
            first, *rest = map(printable, p.fix.split("\n"))
            out += [f"  fix: {first}", *(f"       {line}" for line in rest)]
    return "".join(line + "\n" for line in out)


def as_html(problems: Iterable[Problem]) -> str:
    """For a browser: a list, the worst first, each with place, message, the line, and the fix."""
    order = [*Severity]
    ranked = sorted(problems, key=lambda p: order.index(p.severity))
    return f'<ul class="problems">{"".join(map(_item, ranked))}</ul>'


def _item(p: Problem) -> str:
    source = "\n".join(excerpt(p)) if p.source else ""
    return (
        f"<li><p><code>{escape(place_of(p))}</code> "
        f"{p.severity.value} {p.code}: {escape(p.message)}</p>"
        + (f'<pre tabindex="0">{escape(source)}</pre>' if source else "")
        + (f'<p>Fix: <span class="fix">{escape(p.fix)}</span></p>' if p.fix else "")
        + "</li>"
    )


def as_json(problems: Iterable[Problem]) -> str:
    """For programs: a JSON array of code, severity, path, line, column, message and fix."""
    rows = [
        {
            "code": p.code,
            "severity": p.severity.value,
            "path": p.path,
            "line": p.line or None,
            "column": p.column or None,
            "message": p.message,
            "fix": p.fix or None,
        }
        for p in problems
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"


def _github_escape(text: str, *, in_property: bool = False) -> str:
    pairs = [("%", "%25"), ("\r", "%0D"), ("\n", "%0A")]
    if in_property:
        pairs += [(":", "%3A"), (",", "%2C")]
    for raw, escaped in pairs:
        text = text.replace(raw, escaped)
    return text


def as_github(problems: Iterable[Problem]) -> str:
    """For GitHub Actions: one workflow command (``::error file=…``) a problem."""
    level = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.ADVICE: "notice"}
    out = []
    for p in problems:
        where = {"file": p.path, "line": p.line, "col": p.column, "title": p.code}
        props = ",".join(
            f"{k}={_github_escape(str(v), in_property=True)}" for k, v in where.items() if v
        )
        message = p.message + (f"\nfix: {p.fix}" if p.fix else "")
        out.append(f"::{level[p.severity]} {props}::{_github_escape(message)}\n")
    return "".join(out)


FORMATS: dict[str, Callable[[Iterable[Problem]], str]] = {
    "text": as_text,
    "json": as_json,
    "github": as_github,
}


class SitegenError(Exception):
    """The set-up is broken (folders, options, permissions), not the content. Exit code 2.

    ``str(error)`` is a sentence for the person at the keyboard; ``fix`` says what to do.
    """

    def __init__(self, message: str, *, fix: str = "") -> None:
        super().__init__(message)
        self.fix = fix
