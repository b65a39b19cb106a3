"""Markdown → Body: safe HTML with its links unresolved, and what is wrong with it, where.

The story: ``lists`` prepares the text, Python-Markdown converts it, what may not stay is reported,
nh3 sanitises, ``typography`` sets. Places are found by searching the typed text, code left out, for
the n-th use of the same words.
"""

from __future__ import annotations

import functools
import html
import re
import xml.etree.ElementTree as etree
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

import nh3
from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.abbr import AbbrExtension
from markdown.extensions.admonition import AdmonitionExtension
from markdown.extensions.attr_list import AttrListExtension
from markdown.extensions.def_list import DefListExtension
from markdown.extensions.fenced_code import FencedCodeExtension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.md_in_html import MarkdownInHtmlExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor

from sitegen.lists import Prepared, prepare
from sitegen.model import Body, Link
from sitegen.problems import Place, Problem, Severity, ordered, problem
from sitegen.typography import STRAIGHT, Typeset, bare_address, typeset, words


@dataclass(frozen=True, slots=True, kw_only=True)
class Converted:
    """A body and all that is wrong with it."""

    body: Body
    problems: tuple[Problem, ...] = ()


def convert(
    text: str,
    *,
    path: str,
    first_line: int = 1,
    prefix: str = "",
    iframe_hosts: frozenset[str] = frozenset(),
) -> Converted:
    """The body that ``text`` makes. Never raises: what fails is a Problem of ``path``.

    ``first_line`` is the number that text's first line has in its file. ``prefix`` goes before
    every id, so that several bodies can share a page. Frames are let in from ``iframe_hosts``.
    """
    try:
        prepared = prepare(text)
        raw, definitions = _converted(prepared.text)
        places = _Places(text=text, prepared=prepared, first_line=first_line)
        return _body(raw, definitions, _Faults(path, places), prefix, iframe_hosts)
    except Exception as error:
        # Python-Markdown gives up on deep nesting, for one; its converter may be half-way then.
        _converter.cache_clear()
        fault = problem(
            "markdown-failed",
            f"this text could not be turned into a page ({type(error).__name__})",
            path,
            Place(line=first_line),
            fix="look for lists, quotations or HTML nested very deeply, and make them simpler",
        )
        return Converted(body=Body(), problems=(fault,))


def _body(
    raw: str,
    definitions: dict[str, str],
    faults: _Faults,
    prefix: str,
    iframe_hosts: frozenset[str],
) -> Converted:
    expected = faults.in_html(raw)
    safe = faults.in_frames(_CLEANER.clean(raw), iframe_hosts)
    page = typeset(safe, prefix=prefix)
    faults.in_addresses(expected, page)
    faults.in_ids(page)
    faults.in_definitions(definitions, expected)
    faults.in_source()
    links = tuple(
        Link(target=a.target, place=faults.places.next("address", a.typed), is_image=a.is_src)
        for a in page.addresses
    )
    body = Body(
        parts=page.parts,
        links=links,
        headings=page.headings,
        ids=page.ids,
        excerpt=page.excerpt,
        text=page.text,
    )
    return Converted(body=body, problems=ordered(faults.found))


# --- Python-Markdown ---------------------------------------------------------------------------


class _StraightQuote(InlineProcessor):
    r"""``\"`` and ``\'`` stay straight."""

    def handleMatch(  # type: ignore[override]
        self, m: re.Match[str], data: str
    ) -> tuple[str, int, int]:
        return STRAIGHT[m[1]], m.start(), m.end()


class _Finish(Treeprocessor):
    """Alignment as a class, and footnotes with roles and names, after the other extensions."""

    def run(self, root: etree.Element) -> None:
        for element in root.iter():
            if element.tag in ("td", "th") and (side := element.attrib.pop("align", None)):
                element.set("class", f"align-{side}")
            elif element.get("class") == "footnote":
                self._footnotes(element, {mark.get("id") for mark in root.iter("sup")})
            elif element.get("class") == "footnote-ref":
                element.set("role", "doc-noteref")
                element.set("aria-label", f"Footnote {element.text}")

    def _footnotes(self, section: etree.Element, marks: set[str | None]) -> None:
        section.set("role", "doc-endnotes")
        section.set("aria-label", "Footnotes")
        for parent in list(section.iter()):
            for child in list(parent):
                if child.tag == "hr" and parent is section:
                    parent.remove(child)
                elif child.get("class") == "footnote-backref":
                    if child.get("href", "")[1:] in marks:
                        self._name(child)
                    else:
                        parent.remove(child)

    @staticmethod
    def _name(link: etree.Element) -> None:
        """A name for those who hear the arrow; a second mark of one note has a link of its own."""
        again = re.match(r"#fnref(\d+):", link.get("href", ""))
        name = link.attrib.pop("title", "")
        link.set("aria-label", f"{name}, use {again[1]}" if again else name)


class _Ours(Extension):
    def extendMarkdown(self, md: Markdown) -> None:
        md.inlinePatterns.register(_StraightQuote(r"\\([\"'])", md), "straight_quote", 185)
        # Before attribute lists (8), which may add classes; after all that footnotes do.
        md.treeprocessors.register(_Finish(md), "finish", 9)


@functools.cache
def _converter() -> Markdown:
    return Markdown(
        output_format="html",
        extensions=[
            TableExtension(use_align_attribute=True),
            FootnoteExtension(BACKLINK_TITLE="Back to reference {}", USE_DEFINITION_ORDER=False),
            AbbrExtension(),
            AttrListExtension(),
            DefListExtension(),
            MarkdownInHtmlExtension(),
            SaneListExtension(),
            AdmonitionExtension(),
            FencedCodeExtension(),
            _Ours(),
        ],
    )


def _converted(text: str) -> tuple[str, dict[str, str]]:
    """The HTML, not yet safe, and the addresses of the reference definitions by label."""
    converter = _converter().reset()
    raw = converter.convert(text)
    return raw, {label: address for label, (address, _) in converter.references.items()}


# --- what may stay -----------------------------------------------------------------------------

_SCHEMES = words("https http mailto tel")
_TAGS = words(
    "a abbr address article aside audio b bdi bdo blockquote br caption cite code col colgroup data"
    " dd del details dfn div dl dt em figcaption figure footer h1 h2 h3 h4 h5 h6 header hgroup hr i"
    " iframe img ins kbd li mark nav ol p picture pre q rp rt ruby s samp section small source span"
    " strong sub summary sup table tbody td tfoot th thead time tr track u ul var video wbr"
)
_EVERYWHERE = words(
    "aria-describedby aria-hidden aria-label aria-labelledby class dir id lang role title translate"
)
_ATTRIBUTES: dict[str, frozenset[str]] = {
    tag: words(names)
    for tag, names in {
        "a": "href hreflang download",
        "audio": "src controls loop preload",
        "bdo": "dir",
        "col": "span",
        "colgroup": "span",
        "data": "value",
        "del": "datetime",
        "details": "open name",
        "iframe": "src width height allowfullscreen loading",
        "img": "src alt width height loading decoding",
        "ins": "datetime",
        "li": "value",
        "ol": "start reversed type",
        "source": "src type media",
        "td": "colspan rowspan headers",
        "th": "colspan rowspan headers scope abbr",
        "time": "datetime",
        "track": "src kind srclang label default",
        "video": "src width height controls loop muted playsinline preload",
    }.items()
}
_CLEANER = nh3.Cleaner(
    tags=_TAGS,
    attributes={"*": _EVERYWHERE, **_ATTRIBUTES},
    url_schemes=_SCHEMES,
    link_rel=None,
)


def _address_fault(address: str) -> tuple[str, str] | None:
    """What is wrong with an address (message and fix), however it is spelled."""
    bare = re.sub(r"[\x00-\x20\x7f-\xa0\xad\u200b-\u200f\u2028-\u202f\u2060\ufeff]", "", address)
    if "\\" in bare or re.match(r"[A-Za-z]:", bare):
        return (
            f'"{address}" is a place on one computer, not an address',
            "put the file in content/media/ and link to /media/ and its name",
        )
    scheme = re.match(r"([A-Za-z][A-Za-z0-9+.-]*):", bare)
    if scheme and scheme[1].lower() not in _SCHEMES:
        return (
            f'"{address}" begins with "{scheme[1]}:", which a link may not',
            "use an address with https:, http:, mailto: or tel:, or the path to a file or page",
        )
    return None


# --- reading HTML ------------------------------------------------------------------------------

_MARKUP = re.compile(r"<(?:!--(?:>|->|.*?--!?>)|(/?)([a-zA-Z][^\s/>]*)(>?)|([!?/]))", re.S)
_GAP = re.compile(r"[\s/]*+")
_ATTRIBUTE = re.compile(
    r"([^\s/>][^\s/>=]*+)(?:\s*+=\s*+(?:\"([^\"]*)\"|'([^']*)'|([^\s>\"'][^\s>]*+)|(?=>)))?+"
)
_OPEN_QUOTE = re.compile(r"\s*+=")
_RAW_TEXT = words("iframe noembed noframes plaintext script style textarea title xmp")
_ENTITY = re.compile(r"&(?:#\d+|#[xX][0-9a-fA-F]+|\w+);")


class _Tag(NamedTuple):
    """A tag as a browser reads it. ``attributes`` is None when it never ends."""

    name: str
    typed: str
    attributes: dict[str, str] | None


def _tags(source: str) -> Iterator[_Tag]:
    """Every start tag (and end tag that closes nothing) of HTML, by the standard's tokeniser."""
    at = 0
    started = set()
    while m := _MARKUP.search(source, at):
        at = m.end()
        end, name, bare, odd = m.groups()
        if odd:
            yield _Tag(name="", typed=source[m.start() : at + 20], attributes=None)
            if source.startswith("<!--", m.start()):
                return  # a comment without end hides all that follows
        if not name:
            continue
        name = name.lower()
        attributes: dict[str, str] | None = {}
        if not bare:
            attributes, at = _attributes(source, at)
        if not end:
            started.add(name)
        if not end or name not in started:
            yield _Tag(name=name, typed=source[m.start() : at], attributes=attributes)
        if name in _RAW_TEXT and not end:
            close = re.compile(f"</{name}", re.I).search(source, at)
            at = close.start() if close else len(source)


def _attributes(source: str, at: int) -> tuple[dict[str, str] | None, int]:
    """The attributes of a tag from ``at`` on (first ones win), and where it ends."""
    attributes: dict[str, str] = {}
    while True:
        at = _GAP.match(source, at).end()  # type: ignore[union-attr]
        if source.startswith(">", at):
            return attributes, at + 1
        m = _ATTRIBUTE.match(source, at)
        if not m or _OPEN_QUOTE.match(source, m.end()):
            return None, len(source)
        attributes.setdefault(m[1].lower(), m[2] or m[3] or m[4] or "")
        at = m.end()


def _unescaped(value: str) -> str:
    """In an attribute only what ends in a semicolon is an entity (``?a=1&copy=2`` is not)."""
    return _ENTITY.sub(lambda m: html.unescape(m[0]), value)


# --- faults ------------------------------------------------------------------------------------

_FRAME = re.compile(r"<iframe((?: [^\s=>]+(?:=\"[^\"]*\")?)*)>")
_FRAME_SOURCE = re.compile(r" src=\"(?:https://([A-Za-z0-9.-]+)(?=[/?#\"]))?([^\"]*)\"")


@dataclass(frozen=True, slots=True)
class _Faults:
    """Gathers the problems of one body."""

    path: str
    places: _Places
    found: list[Problem] = field(default_factory=list)

    def _add(
        self,
        code: str,
        message: str,
        place: Place,
        fix: str,
        severity: Severity = Severity.ERROR,
    ) -> None:
        self.found.append(problem(code, message, self.path, place, fix=fix, severity=severity))

    def in_html(self, raw: str) -> Counter[str]:
        """Reports what sanitising will take out; returns the addresses that should survive it."""
        expected: Counter[str] = Counter()
        for tag in _tags(raw):
            if tag.attributes is None or tag.name not in _TAGS:
                self._tag(tag)
                continue
            for name, value in tag.attributes.items():
                if name not in _EVERYWHERE and name not in _ATTRIBUTES.get(tag.name, ()):
                    self._attribute(tag.name, name)
                elif name in ("href", "src") and tag.name != "iframe":
                    address = bare_address(_unescaped(value))
                    if self._is_address(address):
                        expected[address] += 1
        return expected

    def _tag(self, tag: _Tag) -> None:
        whole = html.unescape(tag.typed)
        shown = whole if len(whole) <= 40 and "\n" not in whole else f"<{tag.name}>"
        self._add(
            "raw-html",
            f"{shown} would not be shown: it is read as HTML, and such a tag may not be used",
            self.places.next("tag", tag.name),
            f"to show the words, write &lt;{shown.strip('<>')}&gt;; otherwise delete the tag",
        )

    def _attribute(self, tag: str, name: str) -> None:
        if name == "markdown":
            return
        self._add(
            "raw-html-attribute",
            f'the attribute "{name}" may not be used on <{tag}> and is left out',
            self.places.next("attribute", name),
            "delete it" + (", or use a class" if name in ("style", "align") else ""),
            Severity.WARNING,
        )

    def _is_address(self, address: str) -> bool:
        fault = _address_fault(address)
        if fault:
            self._add("bad-link", fault[0], self.places.next("address", address), fault[1])
        return fault is None

    def in_addresses(self, expected: Counter[str], page: Typeset) -> None:
        """What the sanitiser took out all the same is no address either."""
        for address in expected - Counter(a.typed for a in page.addresses):
            self._add(
                "bad-link",
                f'"{address}" is not an address that a browser can follow',
                self.places.next("address", address),
                "check it for missing or stray characters",
            )

    def in_frames(self, safe: str, hosts: frozenset[str]) -> str:
        """The HTML without the addresses of frames that may not be shown."""

        def frame(m: re.Match[str]) -> str:
            place = self.places.next("tag", "iframe")
            if not re.search(r" title=\"\s*[^\"\s]", m[1]):
                fix = 'add title="…" that says what it shows, for those who cannot see it'
                self._add("iframe-title", "this frame has no title", place, fix)
            source = _FRAME_SOURCE.search(m[1])
            host = (source[1] or "").lower() if source else ""
            if host and host in hosts:
                return m[0]
            self._frame_host(host, place)
            return _FRAME_SOURCE.sub("", m[0])

        return _FRAME.sub(frame, safe) if "<iframe" in safe else safe

    def _frame_host(self, host: str, place: Place) -> None:
        if host:
            message = f"a frame from {host} may not be shown"
            fix = f"link to it instead, or add {host} to iframe_hosts in config.yaml"
        else:
            message = "a frame needs an address that begins with https:// and the name of its host"
            fix = "write the whole address; its host must be in iframe_hosts in config.yaml"
        self._add("iframe-host", message, place, fix)

    def in_ids(self, page: Typeset) -> None:
        for name, uses in groupby(sorted(page.repeated)):
            self.places.next("id", name)
            for _ in uses:
                place = self.places.next("id", name)
                message = f'the id "{name}" is already taken on this page'
                self._add("duplicate-id", message, place, "give this one another id")
        for name in page.reserved:
            message = f'the id "{name}" begins with "_", which the page keeps for its own parts'
            place = self.places.next("reserved", name)
            self._add("reserved-id", message, place, f'use "{name.lstrip("_")}"')

    def in_definitions(self, definitions: dict[str, str], used: Counter[str]) -> None:
        """``[Photo]: Jane`` is a definition, and would vanish."""
        for label, address in definitions.items():
            bare = bare_address(_unescaped(address))
            if not used[bare] and not _address_fault(bare):
                self._add(
                    "unused-definition",
                    f'"[{label}]: {address}" is the address of links marked [{label}]; there are'
                    " none, so this line is not shown",
                    self.places.next("address", bare),
                    "to show the words, put a backslash before the bracket; otherwise delete them",
                    Severity.WARNING,
                )

    def in_source(self) -> None:
        """Fences that never close, and footnotes with one half missing."""
        for number in self.places.prepared.unclosed:
            fix = "type the same marks on a line of their own where the code ends"
            self._add("unclosed-code", "this code has no end", self.places.line(number), fix)
        marks = self.places.keys("note")
        notes = self.places.keys("footnote")
        for label in marks - notes:
            fix = f"add a line that begins [^{label}]: and says what the note says"
            message = f"there is no footnote [^{label}]"
            self._add("footnote-missing", message, self.places.next("note", label), fix)
        for label in notes - marks:
            fix = f"put [^{label}] in the text, or delete the note"
            message = f"nothing refers to the footnote [^{label}]"
            place = self.places.next("footnote", label)
            self._add("footnote-unused", message, place, fix, Severity.WARNING)


# --- places ------------------------------------------------------------------------------------

_TITLE = re.compile(r"\s+[\"'].*", re.S)
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()>#+\-.!|])")
_OUTSIDE_TAGS = re.compile(r"(?:(?<=[>}])|\A)[^<{]+|<[^a-zA-Z][^<{]*|<[a-zA-Z][^\s/>]*")
_WIDEST_MARGIN = 100
_MARK = re.compile(r"\[\^([^\]\n]*)\]")
_FOOTNOTE_END = re.compile(r"\n[ \t]*\n(?! {4}|\t|[ \t]*\n)|\n[ >]*\[\^")
_SEARCHES = {
    "address": re.compile(
        r"\]\(\s*(?:<([^<>\n]*)>|([^()\n]*(?:\([^()\n]*\)[^()\n]*)*))"
        r"|\[(?:(\^[^\]\n]*)\]|[^\[\]\n]*\]:\s*<?([^\s>]+))"
        r"|<([A-Za-z][A-Za-z0-9+.-]*:[^<>\s]*|[^<>\s!]+@[^<>\s]+)>"
    ),
    "html address": re.compile(
        r"\b(?:href|src)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>}]+))", re.I
    ),
    "tag": re.compile(r"<(/?[a-zA-Z][^\s/>]*|[!?/])"),
    "attribute": re.compile(r"([^\s\"'<>=/{}#.]+)"),
    "id": re.compile(r"(?:\{[^{}\n]*?#|\bid\s*=\s*[\"']?)([^\s}\"'>]+)"),
    "note": _MARK,
    "footnote": _MARK,
}
_SEARCHES["reserved"] = _SEARCHES["id"]


@dataclass(frozen=True, slots=True)
class _Places:
    """Finds where things stand in the typed text; everything is searched for once, if at all."""

    text: str
    prepared: Prepared
    first_line: int
    starts: list[int] = field(default_factory=list)
    found: dict[str, dict[str, list[tuple[int, int]]]] = field(default_factory=dict)
    used: Counter[tuple[str, str]] = field(default_factory=Counter)
    masked: list[str] = field(default_factory=list)

    def next(self, kind: str, key: str) -> Place:
        """The place of the n-th use of ``key``, n being how often it was asked for. Uses beyond
        the last (a definition serves many links) are at the last; unknown ones at the start."""
        spans = self._index(kind).get(key)
        if not spans:
            return Place(line=self.first_line)
        n = self.used[kind, key]
        self.used[kind, key] += 1
        at, width = spans[min(n, len(spans) - 1)]
        return self._place(at, width)

    def line(self, number: int) -> Place:
        """The place of a whole line, counted from 0."""
        return Place(line=self.first_line + number, width=3)

    def keys(self, kind: str) -> set[str]:
        return set(self._index(kind)) if "[^" in self.text else set()

    def _place(self, at: int, width: int) -> Place:
        if not self.starts:
            self.starts.extend([0, *(m.end() for m in re.finditer("\n", self.text))])
        line = bisect_right(self.starts, at) - 1
        column = at - self.starts[line] + 1
        return Place(line=self.first_line + line, column=column, width=max(1, width))

    def _index(self, kind: str) -> dict[str, list[tuple[int, int]]]:
        if kind not in self.found:
            self.found[kind] = self._search(kind)
        return self.found[kind]

    def _search(self, kind: str) -> dict[str, list[tuple[int, int]]]:
        if not self.masked:
            self.masked.append(_without_code(self.text, self.prepared.code))
        source = self.masked[0]
        if kind == "attribute":
            source = _OUTSIDE_TAGS.sub(lambda m: " " * len(m[0]), source)
        found = list(_SEARCHES[kind].finditer(source))
        if kind in ("note", "footnote"):
            found = [m for m in found if _mark_kind(m) == kind]
        if kind == "address" and "=" in source:
            # In order of place: the n-th link is wanted, however it was typed.
            found += _SEARCHES["html address"].finditer(source)
            found.sort(key=lambda m: m.start())
        index: dict[str, list[tuple[int, int]]] = {}
        for m in found:
            group = m.lastindex or 0
            typed = _TITLE.sub("", m[group]).rstrip() if kind == "address" else m[group]
            key = _key(kind, typed)
            if key.startswith("#fn:") and _mark_kind(m) == "footnote":
                key = f"#fnref:{key[4:]}"
            index.setdefault(key, []).append((m.start(group), len(typed)))
        if kind == "address" and "[^" in source:
            _footnotes_last(source, index)
        return index


def _key(kind: str, typed: str) -> str:
    """Typed words in the form in which the HTML has them."""
    if kind in ("tag", "attribute"):
        return typed.lower().lstrip("/!?")
    if kind != "address":
        return typed
    if typed[:1] == "^":
        return f"#fn:{typed[1:]}"
    address = bare_address(_unescaped(_ESCAPED.sub(r"\1", typed)))
    if "@" in address and re.fullmatch(r"[^:/?#]+", address):
        return f"mailto:{address}"
    return address


def _mark_kind(m: re.Match[str]) -> str:
    """``[^1]:`` at the start of a line is a "footnote", ``[^1]`` elsewhere its "note"."""
    source, at = m.string, m.start()
    if source[at - 1 : at] in ("\\", "!"):
        return ""
    if not source.startswith(":", m.end()):
        return "note"
    _, _, margin = source[max(0, at - _WIDEST_MARGIN) : at].rpartition("\n")
    return "note" if margin.strip(" >") else "footnote"


def _footnotes_last(source: str, index: dict[str, list[tuple[int, int]]]) -> None:
    """Footnotes are shown below everything else, so their links come after the others."""
    within: list[tuple[int, int]] = []
    for m in _MARK.finditer(source):
        if _mark_kind(m) != "footnote":
            continue
        end = _FOOTNOTE_END.search(source, m.end())
        within.append((m.start(), end.start() if end else len(source)))
    starts = [start for start, _ in within]

    def is_note(span: tuple[int, int]) -> bool:
        n = bisect_right(starts, span[0]) - 1
        return n >= 0 and span[0] < within[n][1]

    for spans in index.values():
        spans.sort(key=is_note)


_HIDDEN = re.compile(r"`+|<!--|\n[ \t]*\n")


def _without_code(text: str, code: Sequence[int] | frozenset[int]) -> str:
    """The text with code and comments blanked, every other character where it was."""
    if code:
        lines = text.split("\n")
        for number in code:
            lines[number] = " " * len(lines[number])
        text = "\n".join(lines)
    if "`" not in text and "<!--" not in text:
        return text
    pieces, done = [], 0
    for start, end in _hidden_spans(text):
        pieces += [text[done:start], re.sub(r"[^\n]", " ", text[start:end])]
        done = end
    return "".join([*pieces, text[done:]])


def _hidden_spans(text: str) -> Iterator[tuple[int, int]]:
    """Where inline code and comments are."""
    marks = list(_HIDDEN.finditer(text))
    closing = _closing(marks)
    done = 0
    last_comment = text.rfind("-->")
    for n, m in enumerate(marks):
        if m.start() < done:
            continue
        end = 0
        if m[0] == "<!--" and m.end() <= last_comment:
            end = text.find("-->", m.end()) + 3
        elif n in closing and text[m.start() - 1 : m.start()] != "\\":
            end = marks[closing[n]].end()
        if end > m.end():
            yield m.start(), end
            done = end


def _closing(marks: list[re.Match[str]]) -> dict[int, int]:
    """For each run of backticks the next of its length in the same paragraph."""
    closing: dict[int, int] = {}
    later: dict[str, int] = {}
    for n in range(len(marks) - 1, -1, -1):
        run = marks[n][0]
        if run[0] == "\n":
            later.clear()
        elif run[0] == "`":
            if run in later:
                closing[n] = later[run]
            later[run] = n
    return closing
