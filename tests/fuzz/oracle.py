"""What holds whatever a file has in it: the promises that no input may break."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from html.parser import HTMLParser
from pathlib import PurePosixPath
from zoneinfo import ZoneInfo

from sitegen import problems
from sitegen.kinds import KINDS
from sitegen.model import Source
from sitegen.problems import Problem
from sitegen.prose import convert, sanitise
from sitegen.source import config, facts, parse
from sitegen.source.frontmatter import readable
from tests.sites import as_typed

LONDON = ZoneInfo("Europe/London")
HOSTS = frozenset({"maps.example.org"})
SETTINGS = parse.Settings(tz=LONDON, iframe_hosts=HOSTS)
VOID = {"br", "col", "hr", "img", "source", "track", "wbr"}
SCHEMES = {"http", "https", "mailto", "tel"}
# What sitegen itself adds: tables that scroll, and the parts of footnotes.
OURS = {"div": {"tabindex"}}

Read = tuple[Iterable[Problem], list[str]]  # what was found, and the HTML that was made


class Elements(HTMLParser):
    """HTML read by a reader that is not ours: each element closes, and may be there.

    ``met`` are the elements with their parents and their attributes.
    """

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.met: set[str] = set()
        self.feed(html)
        self.close()
        assert not self.open, f"<{self.open[-1]}> is not closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element begins: it may stand here, and so may its attributes."""
        assert tag in sanitise.TAGS, f"<{tag}>"
        allowed = sanitise._allowed(tag) | OURS.get(tag, set())
        for name, value in attrs:
            assert name in allowed, f"<{tag} {name}>"
            if name in ("href", "src") and (scheme := _scheme(value or "")):
                assert scheme in SCHEMES, f"<{tag} {name}={value!r}>"
            self.met.add(f"{tag} {name}")
        self.met.add(f"{self.open[-1] if self.open else ''}>{tag}")
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """The element that began last ends."""
        assert self.open and self.open[-1] == tag, f"</{tag}> closes {self.open[-1:]}"
        self.open.pop()

    def handle_comment(self, data: str) -> None:
        """No comment is published."""
        raise AssertionError(f"<!--{data}-->")

    handle_decl = unknown_decl = handle_pi = handle_comment


# What Python-Markdown raises on deep nesting, and on a footnote in a footnote's first line.
GIVES_UP = ("RecursionError", "RuntimeError")


def _scheme(address: str) -> str:
    """The scheme of an address, as a browser finds it (URL standard, 4.4); empty without one."""
    bare = re.sub(r"[\t\n\r]", "", address).lstrip("".join(map(chr, range(33))))
    match = re.match(r"([A-Za-z][A-Za-z0-9+.-]*):", bare)
    return match[1].lower() if match else ""


def _post(kind: str) -> Callable[[bytes], Read]:
    path = PurePosixPath(KINDS[kind].folder, "a.md")

    def read(data: bytes) -> Read:
        document = parse.parse(Source(path=path, digest="", data=data), SETTINGS)
        return document.problems, [as_typed(body) for _, body in document.texts()]

    return read


def _markdown(data: bytes) -> Read:
    text = readable(data)
    made = convert(text, path="content/pages/a.md", iframe_hosts=HOSTS)
    return made.problems, [as_typed(made.body)]


def _facts(data: bytes) -> Read:
    found = facts.read({f"{name}.yaml": data for name in facts.FILES}, LONDON)[1]
    return found, []


TARGETS: dict[str, Callable[[bytes], Read]] = {
    "markdown": _markdown,
    **{kind: _post(kind) for kind in KINDS},
    "facts": _facts,
    "config": lambda data: (config.read(data)[1], []),
}


def check(target: str, data: bytes) -> frozenset[str]:
    """Hold an input to the promises, and tell what it brought out: faults, elements, attributes.

    It is read without an exception, twice alike, and alike with Windows' line ends. Every fault
    stands within the file. HTML holds nothing but what it may, and is no longer than it must be.
    """
    read = TARGETS[target]
    found, pages = read(data)
    found = tuple(found)
    assert (found, pages) == read(data), "read twice, it is not the same"
    if b"\r" not in data:
        assert (found, pages) == read(data.replace(b"\n", b"\r\n")), "CRLF makes it another"
    lines = readable(data).split("\n")
    assert len(found) <= 8 * len(data) + 50, "more faults than there can be"
    for fault in found:
        stands(fault, lines)
    return frozenset([*(fault.code for fault in found), *_met(pages, len(data))])


def stands(fault: Problem, lines: list[str]) -> None:
    """A fault says where it stands, shows that line, and can be told in every form."""
    known = fault.code != "markdown-failed" or any(f"({e})" in fault.message for e in GIVES_UP)
    assert known, fault.message
    assert 0 <= fault.line <= len(lines), f"{fault.code}: no such line"
    line = lines[fault.line - 1] if fault.line else ""
    assert (fault.column >= 1) == (fault.line >= 1), f"{fault.code}: a column without its line"
    assert fault.column <= len(line) + 1, f"{fault.code}: no such column"
    assert fault.width >= 1, f"{fault.code}: no width"
    (shown,) = problems.quote([fault], lambda path: "\n".join(lines))
    assert shown.source == line, f"{fault.code}: another line is shown"
    for told in problems.FORMATS.values():
        assert told([shown]), f"{fault.code}: it is not told"


def _met(pages: Iterable[str], size: int) -> Iterator[str]:
    for html in pages:
        assert len(html) <= 300 * size + 1000, "more HTML than there can be"
        yield from Elements(html).met
