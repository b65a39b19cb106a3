"""Raw HTML read as a browser reads it: its tags, their attributes, and the addresses in these.

Python-Markdown lets HTML through as it was typed, so this is where it is seen what the sanitiser
will make of it. It follows the tokeniser of the HTML standard (13.2.5), and is linear in time.
"""

from __future__ import annotations

import functools
import html
import re
from collections.abc import Iterator
from typing import NamedTuple

_MARKUP = r"(?:!--(?:>|->|.*?--!?>)|(/?)([a-zA-Z][^\s/>]*)(>?)|([!?/]))"
_GAP = re.compile(r"[\s/]*+")
_ATTRIBUTE = re.compile(
    r"([^\s/>][^\s/>=]*+)(?:\s*+=\s*+(?:\"([^\"]*)\"|'([^']*)'|([^\s>\"'][^\s>]*+)|(?=>)))?+"
)
_LONGEST_SCRAP = 40  # characters
_OPEN_QUOTE = re.compile(r"\s*+=")
_LINE_ENDS = re.compile(r"[\t\n\r]")
_ENTITY = re.compile(r"&(?:#\d+|#[xX][0-9a-fA-F]+|\w+);")


def names(listed: str) -> frozenset[str]:
    """The names in a list that is written with spaces."""
    return frozenset(listed.split())


RAW_TEXT = names("iframe noembed noframes plaintext script style textarea title xmp")


class Tag(NamedTuple):
    """A tag as it was ``typed``. ``attributes`` is None when it never ends; odd ones are nameless.

    Only the first attribute of a name counts. Values still have their entities.
    """

    name: str
    typed: str
    attributes: dict[str, str] | None


@functools.cache
def _markup(bare: frozenset[str]) -> re.Pattern[str]:
    passed_over = rf"(?!/?(?:{'|'.join(sorted(bare))})>)" if bare else ""
    return re.compile(f"<{passed_over}{_MARKUP}", re.S)


def tags(source: str, *, bare: frozenset[str] = frozenset()) -> Iterator[Tag]:
    """Every start tag, end tag that closes nothing, and scrap of markup that would vanish.

    Tags of the names in ``bare`` are passed over when they have no attributes: most are such.
    """
    at = 0
    started = set()
    markup = _markup(bare)
    while m := markup.search(source, at):
        at = m.end()
        end, name, closed, odd = m.groups()
        if odd:
            scrap, end, _ = source[m.start() : m.start() + _LONGEST_SCRAP].partition(">")
            yield Tag(name="", typed=scrap + end, attributes=None)
            if source.startswith("<!--", m.start()):
                return  # a comment without end hides all that follows
        if not name:
            continue
        name = name.lower()
        attributes, at = ({}, at) if closed else _attributes(source, at)
        if not end or (name in bare and source.find(f"<{name}>", 0, m.start()) >= 0):
            started.add(name)
        if not end or name not in started:
            yield Tag(name=name, typed=source[m.start() : at], attributes=attributes)
        if name in RAW_TEXT and not end:
            close = re.compile(f"</{name}", re.I).search(source, at)
            at = close.start() if close else len(source)


def _attributes(source: str, at: int) -> tuple[dict[str, str] | None, int]:
    """The attributes of a tag from ``at`` on, and where it ends."""
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


def address_in(value: str) -> str:
    """The address that an attribute holds: in it only what ends in ";" is an entity (``&copy=``
    is not)."""
    return bare_address(_ENTITY.sub(lambda m: html.unescape(m[0]), value))


def bare_address(address: str) -> str:
    """An address without what browsers ignore in it: line ends, tabs, and spaces around it."""
    return _LINE_ENDS.sub("", address).strip()
