"""The one pass over safe HTML that makes it what is shown, and reads off it what pages need.

It sets quotes and dashes, fits headings below the page's title, gives ids, makes tables scroll,
and cuts the HTML where the rest of the site decides: at addresses, images and acronyms. It gathers
headings, text and excerpt. It relies on the sanitiser's spelling: every attribute in double
quotes, every element closed.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from sitegen.model import Heading
from sitegen.prose import addresses
from sitegen.prose.acronyms import Letters, Running
from sitegen.prose.addresses import Address
from sitegen.prose.excerpt import Reading
from sitegen.prose.ids import Ids
from sitegen.prose.tags import names
from sitegen.prose.typography import curl, straight

_TOKEN = re.compile(r"<[^>\"]*(?:\"[^\"]*\"[^>\"]*)*>|[^<]+")
_ID = re.compile(r" id=\"([^\"]*)\"")
_AS_TYPED = names("code kbd pre samp")
_APART = names("a abbr dfn summary") | _AS_TYPED  # no acronym is marked up in these
_QUOTATIONS = names("blockquote q")
_HEADINGS = names("h1 h2 h3 h4 h5 h6")
_INLINE = names(
    "a abbr b bdi bdo cite code data del dfn em i img ins kbd mark q rp rt ruby s samp small span"
    " strong sub sup time u var wbr"
)
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
    tokens = _TOKEN.findall(safe)
    one_pass = _Pass(ids=Ids(prefix=prefix, typed=_typed_ids(tokens)))
    for token in tokens:
        if token[0] != "<":
            one_pass.text(token)
        elif token[1] == "/":
            one_pass.end(token[2:-1])
        else:
            one_pass.start(token[1:-1].split(" ", 1)[0], token)
    return one_pass.result()


def _typed_ids(tokens: list[str]) -> frozenset[str]:
    found = (_ID.search(token) for token in tokens if token[0] == "<" and " id=" in token)
    return frozenset(html.unescape(m[1]) for m in found if m)


@dataclass(frozen=True, slots=True, kw_only=True)
class _OpenHeading:
    """The heading that is being read: where its tag goes, and what else that says."""

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
    pieces: list[str | Cut] = field(default_factory=list)
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

    def text(self, token: str) -> None:
        if self.as_typed:
            self.pieces.append(token)
        else:
            last = token[-1]
            token = curl(token, self.before)
            self.before = last
            apart = self.apart > 0 or self.heading is not None
            self.pieces += self.running.cut(token, apart=apart)
        self.reading.text(token)

    # Tags.

    def start(self, name: str, token: str) -> None:
        if name in _HEADINGS:
            self._start_heading(name, token)
            return
        if name == "br":
            self.reading.text(" ")
            self.before = self.running.tail = " "
        elif name == "a":
            self.reading.start_link(token)
        elif name not in _INLINE:
            self._start_block(name, token)
        self._count(name, 1)
        self.pieces += addresses.cut(name, token, self.ids)

    def end(self, name: str) -> None:
        if name in _HEADINGS:
            self._end_heading()
            return
        self.pieces.append(f"</{name}>")
        if name in _AS_TYPED:
            self.before = self.running.tail = "x"
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
        self.before = ""
        self.running = Running(quotation=self.quotations > 0)

    def _start_block(self, name: str, token: str) -> None:
        self._begin_text()
        self.reading.start_block(name, token)
        if name == "table":
            self.tables += 1
            if self.tables == 1:
                self.pieces.append(_TABLE.format(self._table_name()))

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
                self.pieces.append("</div>")

    # Headings.

    def _start_heading(self, name: str, token: str) -> None:
        """No level is skipped: a heading is one below the nearest that was typed higher."""
        self._start_block(name, token)
        typed_level = int(name[1])
        while self.sections and self.sections[-1] >= typed_level:
            self.sections.pop()
        self.sections.append(typed_level)
        attributes = dict(addresses.attributes(token))
        typed_id = html.unescape(attributes.pop("id", ""))
        self.heading = _OpenHeading(
            at=len(self.pieces),
            id=self.ids.keep(typed_id) if typed_id else "",
            rest="".join(addresses.shown(*one, self.ids) for one in attributes.items()),
            first_line=len(self.reading.lines),
        )
        self.pieces.append("")

    def _end_heading(self) -> None:
        self._end_block("")
        heading, self.heading = self.heading, None
        if heading is None:
            return  # another began in it
        words = " ".join(self.reading.lines[heading.first_line :])
        name = heading.id or self.ids.give(words)
        level = min(6, 1 + len(self.sections))
        self.pieces[heading.at] = f'<h{level} id="{html.escape(name)}"{heading.rest}>'
        self.pieces.append(f"</h{level}>")
        self.headings.append(Heading(level=level, id=name, text=words))

    # The end.

    def result(self) -> Finished:
        self.reading.end_line()
        return Finished(
            parts=tuple(_parts(self.pieces)),
            cuts=tuple(
                addresses.resolved(piece, self.ids) if isinstance(piece, Address) else piece
                for piece in self.pieces
                if not isinstance(piece, str)
            ),
            headings=tuple(self.headings),
            ids=tuple(self.ids.shown),
            excerpt=self.reading.excerpt or self.reading.spare,
            text="\n".join(self.reading.lines),
            repeated=tuple(self.ids.repeated),
            reserved=tuple(self.ids.reserved),
        )


def _parts(pieces: list[str | Cut]) -> Iterator[str]:
    """The HTML between the cuts."""
    part: list[str] = []
    for piece in pieces:
        if isinstance(piece, str):
            part.append(piece)
        else:
            yield straight("".join(part), html.escape)
            part = []
    yield straight("".join(part), html.escape)
