"""The one pass over safe HTML that makes it what is shown, and reads off it what pages need.

It sets quotes and dashes, fits headings below the page's title, gives ids, makes tables scroll,
and cuts the HTML where the rest of the site decides: at addresses, images and acronyms. It gathers
headings, text and excerpt. It relies on the sanitiser's spelling: every attribute in double
quotes, every element closed.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from sitegen.model import Heading
from sitegen.prose import addresses
from sitegen.prose.acronyms import Letters, Running
from sitegen.prose.addresses import Address
from sitegen.prose.excerpt import Reading
from sitegen.prose.ids import Ids
from sitegen.prose.tags import names
from sitegen.prose.typography import curl, straight

_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)([^>\"]*(?:\"[^\"]*\"[^>\"]*)*)>")
_ID = re.compile(r" id=\"([^\"]*)\"")
_AS_TYPED = names("code kbd pre samp")
_APART = names("a abbr dfn summary") | _AS_TYPED  # no acronym is marked up in these
_QUOTATIONS = names("blockquote q")
_HEADINGS = names("h1 h2 h3 h4 h5 h6")
_INLINE = names(
    "a abbr b bdi bdo cite code data del dfn em i img ins kbd mark q rp rt ruby s samp small span"
    " strong sub sup time u var wbr"
)
_PLAIN = _INLINE - _APART - _QUOTATIONS - {"br"}  # nothing depends on them
_TABLE = '<div class="table-scroll" role="group" {} tabindex="0">'


Cut = Address | Letters


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """A body as it is shown. Of ``cuts`` there is one less than of ``parts``.

    ``repeated`` and ``reserved`` are the typed ids that two elements have, or that templates own.
    """

    parts: tuple[str, ...]
    cuts: tuple[Cut, ...]
    headings: tuple[Heading, ...]
    ids: tuple[str, ...]
    excerpt: str
    text: str
    repeated: tuple[str, ...]
    reserved: tuple[str, ...]

    @property
    def addresses(self) -> tuple[Address, ...]:
        """The addresses among the cuts."""
        return tuple(cut for cut in self.cuts if isinstance(cut, Address))


def finish(safe: str, *, prefix: str = "") -> Finished:
    """Sanitised HTML as it is shown; ``prefix`` goes before every id. Linear in time."""
    pieces = _TAG.split(safe)  # a text, "/" or nothing, a name, attributes; and so on to a text
    one_pass = _Pass(ids=Ids(prefix=prefix, typed=_typed_ids(pieces[3::4])))
    for text, slash, name, rest in zip(*(pieces[n::4] for n in range(4)), strict=False):
        if text:
            one_pass.text(text, name)
        if name in _PLAIN and not rest:
            one_pass.part.append(f"<{slash}{name}>")
        elif slash:
            one_pass.end(name)
        else:
            one_pass.start(name, rest)
    one_pass.text(pieces[-1], "")
    return one_pass.result()


def _typed_ids(attributes: list[str]) -> frozenset[str]:
    found = (_ID.search(listed) for listed in attributes if " id=" in listed)
    return frozenset(html.unescape(m[1]) for m in found if m)


@dataclass(frozen=True, slots=True, kw_only=True)
class _OpenHeading:
    """The heading that is being read: where its tag goes, and what else that says."""

    part: list[str]
    at: int
    id: str
    rest: str
    first_line: int


@dataclass(slots=True)
class _Pass:
    """What the pass has gathered so far.

    ``before`` is the last character of the block's text so far; ``as_typed``, ``apart``,
    ``quotations`` and ``tables`` count the open elements whose text stays as typed, those without
    acronyms, the quotations and the tables; ``sections`` are the levels of the headings that the
    last one stands below, as typed.
    """

    ids: Ids
    part: list[str] = field(default_factory=list)
    parts: list[list[str]] = field(default_factory=list)
    cuts: list[Cut] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    reading: Reading = field(default_factory=Reading)
    running: Running = field(default_factory=Running)
    before: str = ""
    as_typed: int = 0
    apart: int = 0
    quotations: int = 0
    tables: int = 0
    sections: list[int] = field(default_factory=list)
    heading: _OpenHeading | None = None

    # Texts.

    def text(self, text: str, tag: str) -> None:
        """A text, and the name of the tag behind it: no space counts at the end of a block."""
        if self.as_typed:
            self.part.append(text)
        elif tag not in _INLINE and text.isspace():
            self.part.append(text)
            return
        else:
            last = text[-1:]
            text = curl(text, self.before)
            self.before = last
            apart = self.apart > 0 or self.heading is not None
            self._add(self.running.cut(text, apart=apart))
        self.reading.text(text)

    def _add(self, pieces: Iterable[str | Cut]) -> None:
        for piece in pieces:
            if isinstance(piece, str):
                self.part.append(piece)
            else:
                self.cuts.append(piece)
                self.parts.append(self.part)
                self.part = []

    # Tags.

    def start(self, name: str, rest: str) -> None:
        """A tag with the ``rest`` that follows its name."""
        if name in _HEADINGS:
            self._start_heading(name, rest)
            return
        if name == "br":
            self.reading.text(" ")
            self.before = " "
            self.running.after(" ")
        elif name == "a":
            self.reading.start_link(rest)
        elif name not in _INLINE:
            self._start_block(name, rest)
        self._count(name, 1)
        if rest:
            self._add(addresses.cut(name, f"<{name}{rest}>", self.ids))
        else:
            self.part.append(f"<{name}>")

    def end(self, name: str) -> None:
        if name in _HEADINGS:
            self._end_heading()
            return
        self.part.append(f"</{name}>")
        if name in _AS_TYPED:
            self.before = "x"
            self.running.after("x")
        self._count(name, -1)
        if name == "a":
            self.reading.end_link()
        elif name not in _INLINE:
            self._end_block(name)

    def _count(self, name: str, step: int) -> None:
        """An element begins (``step`` 1) or ends (-1)."""
        self.as_typed += step * (name in _AS_TYPED)
        self.apart += step * (name in _APART)
        self.quotations += step * (name in _QUOTATIONS)
        self.running.quotation = self.quotations > 0

    def _begin_text(self) -> None:
        if self.before:  # there was some
            self.before = ""
            self.running = Running(quotation=self.quotations > 0)

    def _start_block(self, name: str, rest: str) -> None:
        self._begin_text()
        self.reading.start_block(name, rest)
        if name == "table":
            self.tables += 1
            if self.tables == 1:
                self.part.append(_TABLE.format(self._table_name()))

    def _table_name(self) -> str:
        """What a table that scrolls is called: the heading above it says what it is of."""
        if not self.headings:
            return 'aria-label="Table"'
        return f'aria-labelledby="{html.escape(self.headings[-1].id)}"'

    def _end_block(self, name: str) -> None:
        self._begin_text()
        self.reading.end_block(name)
        if name == "table":
            self.tables -= 1
            if self.tables == 0:
                self.part.append("</div>")

    # Headings.

    def _start_heading(self, name: str, rest: str) -> None:
        """No level is skipped: a heading is one below the nearest that was typed higher."""
        self._start_block(name, rest)
        typed_level = int(name[1])
        while self.sections and self.sections[-1] >= typed_level:
            self.sections.pop()
        self.sections.append(typed_level)
        attributes = dict(addresses.attributes(rest))
        typed_id = html.unescape(attributes.pop("id", ""))
        self.heading = _OpenHeading(
            part=self.part,
            at=len(self.part),
            id=self.ids.keep(typed_id) if typed_id else "",
            rest="".join(addresses.shown(*one, self.ids) for one in attributes.items()),
            first_line=len(self.reading.lines),
        )
        self.part.append("")

    def _end_heading(self) -> None:
        self._end_block("")
        heading, self.heading = self.heading, None
        if heading is None:
            return  # another began in it
        words = " ".join(self.reading.lines[heading.first_line :])
        name = heading.id or self.ids.give(words)
        level = min(6, 1 + len(self.sections))
        heading.part[heading.at] = f'<h{level} id="{html.escape(name)}"{heading.rest}>'
        self.part.append(f"</h{level}>")
        self.headings.append(Heading(level=level, id=name, text=words))

    # The end.

    def result(self) -> Finished:
        self.reading.end_line()
        return Finished(
            parts=tuple(straight("".join(part), html.escape) for part in [*self.parts, self.part]),
            cuts=tuple(
                addresses.resolved(cut, self.ids) if isinstance(cut, Address) else cut
                for cut in self.cuts
            ),
            headings=tuple(self.headings),
            ids=tuple(self.ids.shown),
            excerpt=self.reading.excerpt or self.reading.spare,
            text="\n".join(self.reading.lines),
            repeated=tuple(self.ids.repeated),
            reserved=tuple(self.ids.reserved),
        )
