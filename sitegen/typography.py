"""How a body is set: from safe HTML to the HTML that is shown, and what can be read off it.

One pass over the tags and texts of sanitised HTML (every attribute in double quotes, every element
closed) curls quotes, sets dashes, fits headings below the page's title, gives ids, makes tables
scroll, cuts the HTML at its addresses and gathers headings, text and excerpt.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from sitegen.model import Heading

# What stands for a quote that was typed with a backslash: characters that no text holds.
STRAIGHT = {'"': "\ufdd0", "'": "\ufdd1"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """An address as it was ``typed``; ``target`` is where it leads, with the ids' prefix."""

    typed: str
    target: str
    is_src: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Typeset:
    """A body that is set. Of ``addresses`` there is one less than of ``parts``.

    ``repeated`` and ``reserved`` are the typed ids that two elements have, or that templates own.
    """

    parts: tuple[str, ...]
    addresses: tuple[Address, ...]
    headings: tuple[Heading, ...]
    ids: tuple[str, ...]
    excerpt: str
    text: str
    repeated: tuple[str, ...]
    reserved: tuple[str, ...]


def typeset(safe: str, *, prefix: str = "") -> Typeset:
    """Sanitised HTML as it is shown; ``prefix`` goes before every id. Linear in time."""
    tokens = _TOKEN.findall(safe)
    setter = _Setter(prefix=prefix, typed=_typed_ids(tokens))
    for token in tokens:
        if token[0] != "<":
            setter.text(token)
        elif token[1] == "/":
            setter.end(token[2:-1])
        else:
            setter.start(token)
    return setter.result()


def words(listed: str) -> frozenset[str]:
    """The names in a list that is written with spaces."""
    return frozenset(listed.split())


# --- quotes and dashes -------------------------------------------------------------------------

_MARKS = re.compile(r"-{2,}|[\"']")
_OPENS_AFTER = frozenset(" \n\t\xa0([{<«")
_ELISION = re.compile(r"(?:\d\ds?|tis|twas|til|em|n|cause|bout|round)\b", re.I)


def curl(text: str, before: str = "") -> str:
    """Text with curly quotes and true dashes; ``before`` is the character ahead of it, if any.

    ``--`` is an en dash, ``---`` an em dash; a quote opens after nothing, a space or a bracket.
    """
    if '"' not in text and "'" not in text and "--" not in text:
        return text
    end, last = 0, before

    def mark(m: re.Match[str]) -> str:
        nonlocal end, last
        previous = last if m.start() == end else text[m.start() - 1]
        end = m.end()
        last = _mark(m[0], previous[-1:], text, end)
        return last

    return _MARKS.sub(mark, text)


def _mark(typed: str, previous: str, text: str, end: int) -> str:
    if typed[0] == "-":
        return {2: "–", 3: "—"}.get(len(typed), typed)
    following = text[end : end + 1]
    if previous and previous in "-–—/“‘":
        opens = following.isalnum() or following in ("'", '"')
    else:
        opens = (not previous or previous in _OPENS_AFTER) and not following.isspace()
    if typed == '"':
        return "“" if opens else "”"
    return "‘" if opens and not _ELISION.match(text, end) else "’"


# --- ids ---------------------------------------------------------------------------------------

_UNDECOMPOSED = str.maketrans({"ß": "ss", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "œ": "oe"})
_FOOTNOTE_ID = re.compile(r"(fn|fnref\d*):(.*)", re.S)


def anchor(words: str) -> str:
    """The id that a heading gets: a–z, 0–9 and hyphens, accents folded; ``section`` if empty."""
    folded = unicodedata.normalize("NFKD", words.lower().translate(_UNDECOMPOSED))
    bare = re.sub(r"['‘’\u0300-\u036f]", "", folded)
    return re.sub(r"[^a-z0-9]+", "-", bare).strip("-") or "section"


def _typed_ids(tokens: list[str]) -> set[str]:
    return {
        html.unescape(m[1])
        for token in tokens
        if token[0] == "<" and " id=" in token and (m := _ID.search(token))
    }


# --- the pass ----------------------------------------------------------------------------------

_TOKEN = re.compile(r"<[^>\"]*(?:\"[^\"]*\"[^>\"]*)*>|[^<]+")
_ATTRIBUTE = re.compile(r" ([^\s=>]+)(?:=\"([^\"]*)\")?")
_ID = re.compile(r" id=\"([^\"]*)\"")
_ID_LISTS = words("headers aria-labelledby aria-describedby")
_REWRITTEN = re.compile(r" (?:id|href|src|headers|aria-labelledby|aria-describedby)=")
_NO_CUT = frozenset({"iframe"})
_INLINE = words(
    "a abbr b bdi bdo cite code data del dfn em i img ins kbd mark q rp rt ruby s samp small span"
    " strong sub sup time u var wbr"
)
_TYPED = words("code kbd pre samp")
_HEADINGS = words("h1 h2 h3 h4 h5 h6")
_NOT_IN_EXCERPT = words("aside blockquote details dl figure nav ol table ul")
_MARK_CLASS = re.compile(r' class="(?:[^"]* )?footnote-(?:ref|backref)[ "]')
_TITLE_CLASS = re.compile(r' class="(?:[^"]* )?admonition-title[ "]')
_TABLE = '<div class="table-scroll" role="group" aria-label="Table" tabindex="0">'
_SHORTEST_EXCERPT = 3


@dataclass(slots=True)
class _Open:
    """The heading that is being read: where its tag goes, and what it says."""

    at: int
    level: int
    typed_id: str
    rest: str
    words_from: int


@dataclass(slots=True)
class _Setter:
    """What one pass has gathered so far. ``None`` among the pieces is an address."""

    prefix: str
    typed: set[str]
    pieces: list[str | None] = field(default_factory=list)
    addresses: list[tuple[str, bool]] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    ids: dict[str, None] = field(default_factory=dict)
    repeated: list[str] = field(default_factory=list)
    reserved: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    footnotes: dict[str, str] = field(default_factory=dict)
    sections: list[int] = field(default_factory=list)
    heading: _Open | None = None
    lines: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    excerpt: str = ""
    may_be_excerpt: bool = False
    before: str = ""
    as_typed: int = 0
    apart: int = 0
    tables: int = 0
    in_mark: bool = False

    # Texts.

    def text(self, token: str) -> None:
        """Sets a text and remembers its words. Footnote marks are not words."""
        if not self.as_typed:
            last = token[-1]
            token = curl(token, self.before)
            self.before = last
        self.pieces.append(token)
        if not self.in_mark:
            self.words.append(token)

    def _line(self) -> str:
        """Ends a block of text."""
        self.before = ""
        if not self.words:
            return ""
        line = _plain("".join(self.words))
        self.words.clear()
        if line:
            self.lines.append(line)
        return line

    # Tags.

    def start(self, token: str) -> None:
        name = token[1:-1].split(" ", 1)[0]
        if name in _HEADINGS:
            self._line()
            self._start_heading(name, token)
            return
        if name not in _INLINE:
            self._start_block(name, token)
        elif name in _TYPED:
            self.as_typed += 1
        elif name == "a":
            self.in_mark = _MARK_CLASS.search(token) is not None
        self._tag(name, token)

    def end(self, name: str) -> None:
        if name in _HEADINGS:
            self._end_heading()
            return
        self.pieces.append(f"</{name}>")
        if name not in _INLINE:
            self._end_block(name)
        elif name in _TYPED:
            self.as_typed -= 1
            self.before = "x"
        elif name == "a":
            self.in_mark = False

    def _start_block(self, name: str, token: str) -> None:
        if name == "br":
            self.words.append(" ")
            self.before = " "
            return
        self._line()
        if name == "pre":
            self.as_typed += 1
        elif name in _NOT_IN_EXCERPT:
            self.apart += 1
        elif name == "p":
            self.may_be_excerpt = not (
                self.excerpt or self.apart or self.heading or _TITLE_CLASS.search(token)
            )
        if name == "table":
            self.tables += 1
            if self.tables == 1:
                self.pieces.append(_TABLE)

    def _end_block(self, name: str) -> None:
        line = self._line()
        if name == "pre":
            self.as_typed -= 1
        elif name in _NOT_IN_EXCERPT:
            self.apart -= 1
        elif name == "p" and self.may_be_excerpt and len(line) >= _SHORTEST_EXCERPT:
            self.excerpt = line
        self.may_be_excerpt = False
        if name == "table":
            self.tables -= 1
            if self.tables == 0:
                self.pieces.append("</div>")

    def _tag(self, name: str, token: str) -> None:
        """A tag with its ids and addresses seen to; nearly all have none."""
        if " " not in token or not _REWRITTEN.search(token):
            self.pieces.append(token)
            return
        self.pieces.append(f"<{name}")
        for attribute, value in _attributes(token):
            if attribute in ("href", "src") and name not in _NO_CUT:
                self._address(attribute, html.unescape(value or ""))
            else:
                self.pieces.append(_written(attribute, self._renamed(attribute, value)))
        self.pieces.append(">")

    def _address(self, attribute: str, target: str) -> None:
        self.addresses.append((bare_address(target), attribute == "src"))
        self.pieces += [f' {attribute}="', None, '"']

    def _renamed(self, attribute: str, value: str | None) -> str | None:
        if value is None:
            return None
        if attribute == "id":
            return html.escape(self._typed_id(html.unescape(value)))
        if attribute in _ID_LISTS:
            return " ".join(self.prefix + name for name in value.split())
        return value

    # Ids.

    def _numbered(self, typed: str) -> str:
        """Footnotes are typed with any label; their ids are numbered."""
        m = _FOOTNOTE_ID.fullmatch(typed)
        if not m:
            return typed
        number = self.footnotes.setdefault(m[2], str(len(self.footnotes) + 1))
        return f"{m[1]}-{number}"

    def _typed_id(self, typed: str) -> str:
        name = self.prefix + self._numbered(typed)
        if typed.startswith("_"):
            self.reserved.append(typed)
        if name in self.ids:
            self.repeated.append(typed)
        self.ids[name] = None
        return name

    def _new_id(self, words: str) -> str:
        base = anchor(words)
        name = base
        count = self.counts.get(base, 1)
        while name in self.typed or self.prefix + name in self.ids:
            count += 1
            name = f"{base}-{count}"
        self.counts[base] = count
        self.ids[self.prefix + name] = None
        return self.prefix + name

    # Headings.

    def _start_heading(self, name: str, token: str) -> None:
        source = int(name[1])
        while self.sections and self.sections[-1] >= source:
            self.sections.pop()
        self.sections.append(source)
        attributes = dict(_attributes(token))
        typed = attributes.pop("id", None)
        self.heading = _Open(
            at=len(self.pieces),
            level=min(6, 1 + len(self.sections)),
            typed_id=self._typed_id(html.unescape(typed)) if typed else "",
            rest="".join(_written(k, self._renamed(k, v)) for k, v in attributes.items()),
            words_from=len(self.lines),
        )
        self.pieces.append("")

    def _end_heading(self) -> None:
        self._line()
        heading, self.heading = self.heading, None
        if heading is None:
            return
        words = " ".join(self.lines[heading.words_from :])
        name = heading.typed_id or self._new_id(words)
        level = heading.level
        self.pieces[heading.at] = f'<h{level} id="{html.escape(name)}"{heading.rest}>'
        self.pieces.append(f"</h{level}>")
        self.headings.append(Heading(level=level, id=name, text=words))

    # The end.

    def result(self) -> Typeset:
        self._line()
        return Typeset(
            parts=tuple(_parts(self.pieces)),
            addresses=tuple(self._resolved(*address) for address in self.addresses),
            headings=tuple(self.headings),
            ids=tuple(self.ids),
            excerpt=self.excerpt,
            text="\n".join(self.lines),
            repeated=tuple(self.repeated),
            reserved=tuple(self.reserved),
        )

    def _resolved(self, typed: str, is_src: bool) -> Address:
        """Fragments get the prefix when the body itself has what they point to."""
        target = typed
        if typed.startswith("#"):
            fragment = self._numbered(typed[1:])
            own = self.prefix + fragment in self.ids
            target = f"#{self.prefix if own else ''}{fragment}"
        return Address(typed=typed, target=target, is_src=is_src)


def bare_address(value: str) -> str:
    """An address without what browsers ignore in it: line ends, tabs, and spaces around it."""
    return re.sub(r"[\t\n\r]", "", value).strip()


def _attributes(token: str) -> list[tuple[str, str | None]]:
    return [(m[1], m[2]) for m in _ATTRIBUTE.finditer(token)]


def _written(attribute: str, value: str | None) -> str:
    return f" {attribute}" if value is None else f' {attribute}="{value}"'


def _plain(safe: str) -> str:
    return " ".join(_straight(html.unescape(safe), str).split())


def _straight(text: str, written: Callable[[str], str]) -> str:
    for quote, stand_in in STRAIGHT.items():
        if stand_in in text:
            text = text.replace(stand_in, written(quote))
    return text


def _parts(pieces: list[str | None]) -> Iterator[str]:
    """The HTML, cut at each address."""
    part: list[str] = []
    for piece in [*pieces, None]:
        if piece is None:
            yield _straight("".join(part), html.escape)
            part = []
        else:
            part.append(piece)
