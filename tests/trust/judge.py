"""Whether what was built is harmless: every kind of file is parsed, and looked at piece by piece.

Of HTML only the plainest spelling is taken: a tag begins at every ``<``, each value stands in
double quotes. All parsers read that alike, so what is seen here is what browsers see; and in
``tests/browser`` one of them is asked.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple
from xml.etree import ElementTree

from sitegen.prose.tags import names
from tests.trust.hostile import FRAMES

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)((?: [a-zA-Z][\w:-]*(?:=\"[^\"]*\")?)*) ?/?>", re.A)
_ATTRIBUTE = re.compile(r" ([\w:-]+)(?:=\"([^\"]*)\")?", re.A)
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.I)
_ATOM = "{http://www.w3.org/2005/Atom}"
ADDRESSES = ("href", "src", "action", "formaction", "poster", "cite", "data", "ping", "srcset")
LOADED = ("img", "source", "audio", "video", "track", "link", "script", "iframe", "input")
SCHEMES = ("https", "http", "mailto", "tel")

# What a text may have become, and with which attributes. What the design adds is its furniture.
FROM_CONTENT = names(
    "a abbr address article aside audio b bdi bdo blockquote br caption cite code col colgroup"
    " data dd del details dfn div dl dt em figcaption figure footer h1 h2 h3 h4 h5 h6 header"
    " hgroup hr i iframe img ins kbd li mark nav ol p picture pre q rp rt ruby s samp section"
    " small source span strong sub summary sup table tbody td tfoot th thead time tr track u ul"
    " var video wbr"
)
ITS_ATTRIBUTES = names(
    "abbr allowfullscreen alt aria-describedby aria-hidden aria-label aria-labelledby class"
    " colspan controls datetime decoding default dir download headers height href hreflang id kind"
    " label lang loading loop media muted name open playsinline preload reversed role rowspan"
    " scope span src srclang start tabindex title translate type value width"
)


class Element(NamedTuple):
    """An element, its attributes with their values, and what a script holds."""

    name: str
    attributes: dict[str, str]
    script: str = ""

    @property
    def shape(self) -> tuple[str, ...]:
        """Its name and those of its attributes."""
        return (self.name, *sorted(self.attributes))


def elements(page: str) -> Iterator[Element]:
    """The elements of a page or of a piece of HTML, in the order of their tags."""
    page = page.removeprefix("<!doctype html>")
    at = 0
    while (at := page.find("<", at)) >= 0:
        tag = _TAG.match(page, at)
        assert tag, f"no plain tag: {page[at : at + 80]!r}"
        end, name, listed = tag.groups()
        at = tag.end()
        script = ""
        if name == "script" and not end:
            at = page.index("</script>", at)
            script = page[tag.end() : at]
        if not end:
            pairs = [(m[1], html.unescape(m[2] or "")) for m in _ATTRIBUTE.finditer(listed)]
            assert len({n for n, _ in pairs}) == len(pairs), f"twice: {tag[0]}"
            yield Element(name, dict(pairs), script)


def text_of(page: str) -> str:
    """The text of a piece of HTML, white space single, as it is shown."""
    page = re.sub(r"<script\b.*?</script>", " ", page, flags=re.S)
    return " ".join(html.unescape(_TAG.sub("", page)).split(" "))


def faults(found: Iterable[Element], furniture: frozenset[tuple[str, ...]]) -> list[str]:
    """What is wrong with elements: those that neither content may have nor the design does."""
    wrong = []
    for one in found:
        from_content = one.name in FROM_CONTENT and ITS_ATTRIBUTES.issuperset(one.attributes)
        if one.shape not in furniture and not from_content:
            wrong.append(f"<{' '.join(one.shape)}>")
        if any(name.startswith("on") or name == "style" for name in one.attributes):
            wrong.append(f"<{' '.join(one.shape)}>")
        wrong += _addresses(one)
        if one.script and one.attributes.get("type") == "application/ld+json":
            wrong += _data(one.script)
    return wrong


def _addresses(one: Element) -> Iterator[str]:
    """Addresses that lead where none may, read as browsers read them (URL Standard, 4.4)."""
    for name in ADDRESSES:
        typed = one.attributes.get(name)
        if typed is None or (one.name, typed) == ("link", "data:,"):  # no icon
            continue
        bare = re.sub(r"[\t\n\r]", "", typed).strip("".join(map(chr, range(33)))).replace("\\", "/")
        scheme = _SCHEME.match(bare)
        elsewhere = scheme or bare.startswith("//")
        if scheme and scheme[1].lower() not in SCHEMES:
            yield f"{name}={typed}"
        if one.name == "iframe" and not bare.lower().startswith(f"https://{FRAMES}/"):
            yield f"frame {typed}"
        elif elsewhere and one.name in LOADED and one.name != "iframe" and not _own(one, bare):
            yield f"loads {typed}"


def _own(one: Element, address: str) -> bool:
    """Whether an absolute address is the site's own, or is told and not loaded."""
    told = one.name == "link" and one.attributes.get("rel") in ("canonical", "alternate")
    return told or address.startswith("https://example.org/")


def _data(script: str) -> Iterator[str]:
    """JSON-LD that could end its script, or is no JSON."""
    if re.search("[<>&\u2028\u2029]", script):
        yield f"JSON-LD {script[:80]}"
    json.loads(script)


def shapes(tree: dict[str, bytes]) -> frozenset[tuple[str, ...]]:
    """The shapes of all elements of a site: its furniture, where nothing hostile is in it."""
    return frozenset(one.shape for page in pages(tree).values() for one in elements(page))


def scripts(tree: dict[str, bytes]) -> set[str]:
    """The scripts in the pages of a site, besides JSON-LD."""
    found = (one for page in pages(tree).values() for one in elements(page) if one.name == "script")
    return {
        one.script or one.attributes["src"]
        for one in found
        if one.attributes.get("type") != "application/ld+json"
    }


def pages(tree: dict[str, bytes]) -> dict[str, str]:
    """The HTML of a site, by path."""
    return {path: data.decode() for path, data in tree.items() if path.endswith(".html")}


def atom(data: bytes) -> list[str]:
    """What is wrong with an Atom feed: XML of known elements, and the HTML in it."""
    assert b"<!DOCTYPE" not in data and b"<![CDATA[" not in data
    known = (
        "feed id title subtitle updated published author name link entry category summary content"
    )
    wrong = []
    for one in ElementTree.fromstring(data).iter():
        if one.tag.removeprefix(_ATOM) not in known:
            wrong.append(one.tag)
        if one.tag == f"{_ATOM}content":
            assert one.get("type") == "html"
            wrong += faults(elements(one.text or ""), frozenset())
        if one.tag == f"{_ATOM}link" and not str(one.get("href")).startswith(
            "https://example.org/"
        ):
            wrong.append(str(one.get("href")))
    return wrong


def json_feed(data: bytes) -> list[str]:
    """What is wrong with a JSON feed: the HTML in it."""
    items = json.loads(data)["items"]
    return [x for one in items for x in faults(elements(one["content_html"]), frozenset())]


_PROPERTIES = names(
    "BEGIN END VERSION PRODID CALSCALE METHOD NAME X-WR-CALNAME REFRESH-INTERVAL X-PUBLISHED-TTL"
    " TZID DTSTART DTEND RRULE TZOFFSETFROM TZOFFSETTO TZNAME UID DTSTAMP LAST-MODIFIED SUMMARY"
    " DESCRIPTION URL CATEGORIES TRANSP STATUS"
)


def calendar(data: bytes, most: int) -> list[str]:
    """What is wrong with a calendar: lines of unknown names, and events that nobody planned."""
    assert data.endswith(b"\r\n") and not re.search(rb"(?<!\r)\n|\r(?!\n)", data)
    lines = data.decode().replace("\r\n ", "").split("\r\n")[:-1]
    wrong = [line for line in lines if re.split("[:;]", line)[0] not in _PROPERTIES]
    wrong += [line for line in lines if re.search("[\x00-\x1f\x7f-\x9f\u2028\u2029]", line)]
    wrong += [
        line for line in lines if line.startswith("URL") and "https://example.org/" not in line
    ]
    events = lines.count("BEGIN:VEVENT")
    return wrong + ([f"{events} events"] if events > most else [])


def redirects(data: bytes) -> list[str]:
    """Lines of _redirects that aren't one address, another of the site, and 301."""
    return [x for x in data.decode().split("\n")[:-1] if not re.fullmatch(r"/\S* /\S* 301", x)]


_HEADERS = names(
    "Content-Security-Policy X-Content-Type-Options Referrer-Policy Permissions-Policy X-Robots-Tag"
    " Cache-Control Content-Type X-Frame-Options Strict-Transport-Security"
    " Cross-Origin-Opener-Policy Cross-Origin-Resource-Policy"
)
_DIRECTIVES = names(
    "default-src img-src media-src style-src script-src connect-src font-src frame-src base-uri"
    " form-action frame-ancestors upgrade-insecure-requests"
)
_SOURCE = re.compile(
    r"'(?:none|self|wasm-unsafe-eval|unsafe-inline|sha256-[\w+/]+=*)'|blob:|data:"
    r"|https?://[a-z0-9.-]+(?::\d+)?"
)


def headers(data: bytes) -> list[str]:
    """What is wrong with _headers: lines that are neither a path nor a header of a known name."""
    wrong = []
    for line in data.decode().split("\n")[:-1]:
        name, _, value = line.removeprefix("  ").partition(": ")
        if name == "Content-Security-Policy" and line.startswith("  "):
            wrong += policy(value)
        elif not (line.removeprefix("  ! ") in _HEADERS or re.fullmatch(r"/\S*", line)):
            plain = line.startswith("  ") and re.fullmatch(r"[ -~]+", value)
            wrong += [] if plain and name in _HEADERS else [line]
    return wrong


def policy(rules: str) -> list[str]:
    """What is wrong with a Content-Security-Policy: directives and sources of no known kind."""
    rows = [rule.split(" ") for rule in rules.split("; ")]
    wrong = [name for name, *_ in rows if name not in _DIRECTIVES]
    return wrong + [one for _, *given in rows for one in given if not _SOURCE.fullmatch(one)]
