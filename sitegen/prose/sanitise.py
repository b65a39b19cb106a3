"""What may stay of raw HTML: the allow-list, and a problem for all that is taken out.

nh3 does the cleaning and has the last word; ``tags`` tells beforehand what it will take out.
"""

from __future__ import annotations

import functools
import html
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import nh3

from sitegen.problems import Problem, Severity, problem
from sitegen.prose.places import Places
from sitegen.prose.tags import RAW_TEXT, Tag, address_in, names, tags
from sitegen.prose.typography import straight

_SCHEMES = names("https http mailto tel")
TAGS = names(
    "a abbr address article aside audio b bdi bdo blockquote br caption cite code col colgroup data"
    " dd del details dfn div dl dt em figcaption figure footer h1 h2 h3 h4 h5 h6 header hgroup hr i"
    " iframe img ins kbd li mark nav ol p picture pre q rp rt ruby s samp section small source span"
    " strong sub summary sup table tbody td tfoot th thead time tr track u ul var video wbr"
)
_EVERYWHERE = names(
    "aria-describedby aria-hidden aria-label aria-labelledby class dir id lang role title translate"
)
_ATTRIBUTES: dict[str, frozenset[str]] = {
    tag: names(listed)
    for tag, listed in {
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
    tags=TAGS,
    attributes={"*": _EVERYWHERE, **_ATTRIBUTES},
    url_schemes=_SCHEMES,
    link_rel=None,
)
_LONGEST_SHOWN = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Sanitised:
    """HTML that is safe to show, and what is wrong with it.

    ``addresses`` are those that seemed fit to stay, and how often; nh3 may know better.
    """

    html: str
    addresses: Counter[str]
    problems: tuple[Problem, ...]


def sanitise(raw: str, places: Places, iframe_hosts: frozenset[str]) -> Sanitised:
    """``raw`` HTML without what may not stay; frames are let in from ``iframe_hosts``."""
    problems: list[Problem] = []
    addresses: list[str] = []
    for tag in tags(raw, bare=TAGS - RAW_TEXT):
        problems += _faults(tag, places)
        addresses += (address for address in _addresses(tag) if not address_fault(address))
    safe = _CLEANER.clean(raw)
    if "<iframe" in safe:
        safe = _INSIDE_FRAME.sub(r"\1</iframe>", safe)
        safe = _FRAME.sub(lambda m: _frame(m, places, iframe_hosts, problems), safe)
    return Sanitised(html=safe, addresses=Counter(addresses), problems=tuple(problems))


# Tags and attributes.


def _faults(tag: Tag, places: Places) -> Iterator[Problem]:
    """What will be taken out of a tag, or with it."""
    if not _may_stay(tag):
        yield _lost_tag(tag, places)
        return
    for name in tag.attributes or ():
        if name not in _allowed(tag.name) and name != "markdown":
            yield _lost_attribute(tag.name, name, places)
    for address in _addresses(tag):
        if fault := address_fault(address):
            place = places.next("address", address)
            yield problem("bad-link", fault[0], places.path, place, fix=fault[1])


def _may_stay(tag: Tag) -> bool:
    return tag.attributes is not None and tag.name in TAGS


@functools.cache
def _allowed(tag: str) -> frozenset[str]:
    return _EVERYWHERE | _ATTRIBUTES.get(tag, frozenset())


def _addresses(tag: Tag) -> Iterator[str]:
    """The addresses of a tag that stays. Those of frames have rules of their own."""
    if _may_stay(tag) and tag.name != "iframe":
        for name, value in (tag.attributes or {}).items():
            if name in ("href", "src") and name in _allowed(tag.name):
                yield straight(address_in(value))


_WORD_PROCESSOR = re.compile(
    r"</?(?:(?:[omvw]|st\d):|(?:font|style|meta|xml)\b|!\[(?:end)?if\b)", re.I
)


def _lost_tag(tag: Tag, places: Places) -> Problem:
    end = "/" if tag.name and tag.typed.startswith("</") else ""
    shown = html.unescape(tag.typed)
    if len(shown) > _LONGEST_SHOWN or "\n" in shown or shown[-1] != ">":
        shown = f"<{end}{tag.name}>" if tag.name else shown[:2]
    message = f"{shown} would not be shown: it is read as HTML, and such a tag may not be used"
    fix = f"to show the words, write {html.escape(shown, quote=False)}; otherwise delete the tag"
    if tag.typed.startswith("<!--"):
        message, fix = (
            "this comment has no end and hides all that follows",
            "type --> where it ends",
        )
    elif _WORD_PROCESSOR.match(tag.typed):
        message = f"{shown} would not be shown: word processors leave such tags behind"
        fix = "delete it"
    return problem("raw-html", message, places.path, places.next("tag", end + tag.name), fix=fix)


def _lost_attribute(tag: str, name: str, places: Places) -> Problem:
    return problem(
        "raw-html-attribute",
        f'the attribute "{name}" may not be used on <{tag}> and is left out',
        places.path,
        places.next("attribute", name),
        fix="delete it" + (", or use a class" if name in ("style", "align") else ""),
        severity=Severity.WARNING,
    )


# Addresses.

_IGNORED = re.compile(r"[\x00-\x20\x7f-\xa0\xad\u200b-\u200f\u2028-\u202f\u2060\ufeff]")
_DRIVE = re.compile(r"[A-Za-z]:")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")


def address_fault(address: str) -> tuple[str, str] | None:
    """What is wrong with an address (message and fix), however it is spelled."""
    bare = _IGNORED.sub("", address)
    if "\\" in bare or _DRIVE.match(bare):
        return (
            f'"{address}" is a place on one computer, not an address',
            "put the file in content/media/ and link to /media/ and its name",
        )
    scheme = _SCHEME.match(bare)
    if scheme and scheme[1].lower() not in _SCHEMES:
        return (
            f'"{address}" begins with "{scheme[1]}:", which a link may not',
            "use an address with https:, http:, mailto: or tel:, or the path to a file or page",
        )
    return None


# Frames. They are read after cleaning, so every attribute is in double quotes.

_FRAME = re.compile(r"<iframe((?: [^\s=>]+(?:=\"[^\"]*\")?)*)>")
# nh3 leaves what stands inside a frame as it was typed, and nobody sees it.
_INSIDE_FRAME = re.compile(r"(<iframe(?: [^\s=>]+(?:=\"[^\"]*\")?)*>).*?</iframe>", re.S)
_FRAME_TITLE = re.compile(r" title=\"\s*[^\"\s]")
_FRAME_SOURCE = re.compile(r" src=\"(?:https://([A-Za-z0-9.-]+)(?=[/?#\"]))?([^\"]*)\"")


def _frame(m: re.Match[str], places: Places, hosts: frozenset[str], problems: list[Problem]) -> str:
    """A frame's tag, without the address if its host is not allowed; adds to ``problems``."""
    place = places.next("tag", "iframe")
    if not _FRAME_TITLE.search(m[1]):
        fix = 'add title="…" that says what it shows, for those who cannot see it'
        problems.append(
            problem("iframe-title", "this frame has no title", places.path, place, fix=fix)
        )
    source = _FRAME_SOURCE.search(m[1])
    host = (source[1] or "").lower() if source else ""
    if host and host in hosts:
        return m[0]
    message, fix = _host_fault(host)
    problems.append(problem("iframe-host", message, places.path, place, fix=fix))
    return _FRAME_SOURCE.sub("", m[0])


def _host_fault(host: str) -> tuple[str, str]:
    if host:
        return (
            f"a frame from {host} may not be shown",
            f"link to it instead, or add {host} to iframe_hosts in config.yaml",
        )
    return (
        "a frame needs an address that begins with https:// and the name of its host",
        "write the whole address; its host must be in iframe_hosts in config.yaml",
    )
