"""Golden cases: each file of cases/ is one screen with a tiny site and what comes of it.

A case begins with a sentence that says what it promises. Then, each under a line ``-- name --``:

- ``path``: a file of the site, relative to its root; ``path (cp1252)`` is saved in that encoding,
  ``path (crlf)`` and ``path (bom)`` as Windows does, ``path (base64)`` from that. ``path (link)``
  is a symbolic link to what stands there, ``path (pipe)`` a pipe that nobody writes into, and
  ``path (gone)`` a file that is taken away.
  An empty .png is a real picture. config.yaml is there when the case has none; so is each of
  this repository's templates.
- ``options``: ``now: 2026-06-15``, ``strict``, ``advice: long-text`` (the codes of advice that the
  case is about; it is shown none else, so that it stays one screen).
- ``problems``: what ``sitegen check`` shows of it, with the count.
- ``expect path``: the ``<main>`` of that page; its white space doesn't matter.

``pytest --update`` rewrites ``problems`` and ``expect``; look at what changed.
"""

from __future__ import annotations

import os
import re
import shutil
from base64 import b64decode
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from sitegen.building.build import build
from sitegen.clock import parse_now
from sitegen.options import Options
from sitegen.problems import Severity, as_text, counted
from sitegen.report import Report

HERE = Path(__file__).parent
CASES = sorted((HERE / "cases").glob("*.txt"))
SECTION = re.compile(r"^-- (.+) --\n", re.M)
CONFIG = "title: Sample\nbase_url: https://example.org/\n"
PICTURE = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=="
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A case as typed: its promise, and its sections by name."""

    promise: str
    sections: dict[str, str]

    @property
    def options(self) -> dict[str, str]:
        """``now: 2026-06-15``, ``strict`` and ``advice: long-text``, by name."""
        rows = (line.partition(":") for line in self.sections.get("options", "").splitlines())
        return {"now": "2026-06-15", **{name: value.strip() for name, _, value in rows}}

    @property
    def expected(self) -> dict[str, str]:
        """The sections that say what comes of the site."""
        return {
            n: t for n, t in self.sections.items() if n == "problems" or n.startswith("expect ")
        }

    @property
    def pages(self) -> list[str]:
        """The paths of the pages that are expected."""
        return [n.removeprefix("expect ") for n in self.sections if n.startswith("expect ")]

    @property
    def files(self) -> dict[str, str]:
        """The sections that are files."""
        return {n: t for n, t in self.sections.items() if n not in {"options", *self.expected}}


def read_case(text: str) -> Case:
    """A case from the text of its file."""
    promise, *parts = SECTION.split(text)
    names = parts[::2]
    assert len(names) == len(set(names)), "a section stands twice"
    return Case(promise=promise.strip(), sections=dict(zip(names, parts[1::2], strict=True)))


def shown(case: Case) -> str:
    """A case as its file shows it."""
    return f"{case.promise}\n" + "".join(f"-- {n} --\n{t}" for n, t in case.sections.items())


def lay_out(case: Case, root: Path) -> None:
    """Write the site of a case over the templates of this repository."""
    shutil.copytree(HERE.parent / "templates", root / "templates")
    (root / "content").mkdir()
    for name, text in {"config.yaml": CONFIG, **case.files}.items():
        path, _, saved = name.removesuffix(")").partition(" (")
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        if saved == "link":
            (root / path).symlink_to(text.strip())
        elif saved == "pipe":
            os.mkfifo(root / path)
        elif saved == "gone":
            (root / path).unlink()
        else:
            (root / path).write_bytes(bytes_of(path, text, saved))


def bytes_of(path: str, text: str, saved: str) -> bytes:
    """What a file holds, saved in this way."""
    if path.endswith(".png") and not text:
        return PICTURE
    if saved == "base64":
        return b64decode(text)
    if saved == "crlf":
        return text.replace("\n", "\r\n").encode()
    return text.encode("utf-8-sig" if saved == "bom" else saved or "utf-8")


def run(case: Case, root: Path) -> Report:
    """Build the site of a case."""
    options = case.options
    assert options.keys() <= {"now", "strict", "advice"}, "an option that there is not"

    def now(tz: ZoneInfo) -> datetime:
        return parse_now(options["now"], tz)

    report = build(
        Options(
            config=root / "config.yaml",
            output=root / "output" if case.pages else None,
            now=now,
            strict="strict" in options,
            jobs=1,
        )
    )
    wanted = options.get("advice", "").split()
    shown = (p for p in report.problems if p.severity is not Severity.ADVICE or p.code in wanted)
    return replace(report, problems=tuple(shown))


def outcome(name: str, report: Report, output: Path) -> str:
    """What comes of the site, for one expectation."""
    if name == "problems":
        return as_text(report.problems) + f"{counted(report.problems) or 'No faults'}.\n"
    page = output / name.removeprefix("expect ")
    assert page.is_file(), f"there is no {page.name}:\n{as_text(report.problems)}"
    return main_of(page.read_text("utf-8"))


def main_of(html: str) -> str:
    """The ``<main>`` of a page, a tag a line, white space single."""
    match = re.search(r"<main\b.*</main>", html, re.S)
    return laid(match[0] if match else "")


def laid(text: str) -> str:
    """White space made single; tags that only white space parts on lines of their own."""
    return re.sub(r"> <", ">\n<", re.sub(r"\s+", " ", text)).strip() + "\n"


@pytest.mark.parametrize("path", CASES, ids=[path.stem for path in CASES])
def test_case(path: Path, tmp_path: Path, pytestconfig: pytest.Config) -> None:
    """Each case shows what its editor and its readers see."""
    case = read_case(path.read_text("utf-8"))
    assert case.promise, "a case begins with a sentence that says what it promises"
    assert case.files, "a case has at least one file"
    for name in case.files:
        known = re.match(r"(content|templates)/|config\.yaml|urls\.lock", name)
        assert known, f"what is -- {name} --?"
    lay_out(case, tmp_path)
    report = run(case, tmp_path)
    names = list(case.expected) or ["problems"]
    if report.problems and "problems" not in names:
        names.append("problems")
    actual = {name: outcome(name, report, tmp_path / "output") for name in names}
    if pytestconfig.getoption("update"):
        path.write_text(shown(Case(promise=case.promise, sections=case.sections | actual)), "utf-8")
        return
    for name, text in actual.items():
        told = case.expected.get(name, "")
        assert text == (laid(told) if name.startswith("expect ") else told), f"-- {name} --"


@pytest.mark.parametrize("path", CASES, ids=[path.stem for path in CASES])
def test_one_screen(path: Path) -> None:
    """A case can be read at a glance: 60 lines at most, beside the page that it expects."""
    text = path.read_text("utf-8")
    case = read_case(text)
    assert shown(case) == text
    typed = [*case.files.values(), case.sections.get("problems", "")]
    assert sum(text.count("\n") for text in typed) <= 60
