"""Each build proves on what it made that nothing leaked, however that was planned.

No output comes from a draft or a scheduled post, or from a file that no public post names, and none
gives the address of one away. What has expired or was withdrawn is on its own page only: in no
list, feed, search record or sitemap. A link that somebody typed is no leak.

What was proven stays so while the bytes are the same: a build looks into its new outputs for all
secrets, and into those that it keeps for the secrets that are new (``Secrets.beyond``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sitegen.kinds.page import PageFacts
from sitegen.model import Copied, Derived, Document, Output, Rendered, SearchIndex
from sitegen.outputs import calendar
from sitegen.shown import Card, LinkTo
from sitegen.site.index import Site
from sitegen.site.private import Secrets
from sitegen.urls import composed, output_path
from sitegen.views.feeds import FeedItem, SitemapRow
from sitegen.views.lists import Line, TermView
from sitegen.views.post import EntryView

# A site path, or an absolute address without its scheme: "/about/", "//example.org/about/".
_ADDRESS = re.compile(rb"/(?<![\w.~%<-]/)[\w./~%:-]+")
_ITEM = re.compile(rb'^ +"url": "([^"]*)"', re.M)  # of a JSON feed
_EVENT = re.compile(rb"^URL:(\S+)", re.M)
_FOLD = b"\r\n "  # where a calendar's line goes on (RFC 5545, 3.1)
_LISTED = (Card, Line, FeedItem, SitemapRow)  # what stands for a post in a list
FEW = 8  # so many addresses are sooner looked for one by one
TOLD = 5  # so many leaks are named


class Leak(Exception):
    """What is not public would be published: a bug in sitegen. Nothing may be written."""


def prove(
    known: Secrets,
    outputs: Iterable[Output],
    made: Iterable[tuple[Output, bytes]],
    index: SearchIndex | None,
    documents: Iterable[Document],
    site: Site,
    design: Iterable[str] = (),
) -> None:
    """Leak, saying what and where, unless nothing secret is in the outputs.

    All ``outputs`` are asked where they come from; ``made`` are those to look into, with their
    bytes. What somebody typed into public ``documents``, the ``site``'s settings or the ``design``
    is no leak.
    """
    found = [*_origins(known, outputs), *_records(known, index)]
    given: list[tuple[str, str]] = []
    for output, data in made:
        text = data.replace(_FOLD, b"") if output.path.suffix == ".ics" else data
        if len(known.hidden) > FEW or any(form in text for form in known.hidden):
            met = _met(known.hidden, _ADDRESS.findall(text))
            given += ((path, str(output.path)) for path in met)
        if known.ended:
            ended = _met(known.ended, _listed(output, text))
            found += (f"{output.path} lists {path}, which is no longer current" for path in ended)
    typed = _typed(known, documents, site, design) if given else frozenset()
    found += (f"{at} gives {path} away" for path, at in given if path not in typed)
    if found:
        more = f" (and {len(found) - TOLD} more)" if len(found) > TOLD else ""
        raise Leak("; ".join(sorted(found)[:TOLD]) + more)


def _met(secret: Mapping[bytes, str], addresses: Iterable[bytes]) -> set[str]:
    """The site paths of the secret ones among the addresses."""
    return {secret[address] for address in secret.keys() & set(addresses)}


def _origins(known: Secrets, outputs: Iterable[Output]) -> Iterator[str]:
    for output in outputs:
        if output.owner in known.sources:
            yield f"{output.path} is made from {output.owner}, which is not public"
        elif isinstance(output, Copied | Derived):
            source = composed(output.source).as_posix()
            if source.startswith("content/") and source not in known.named:
                yield f"{output.path} is made from {source}, which no public post names"


def _records(known: Secrets, index: SearchIndex | None) -> Iterator[str]:
    secret = {**known.hidden, **known.ended}
    for record in index.records if index else ():
        if path := secret.get(record.url.encode()):
            yield f"search finds {path}"


def _typed(
    known: Secrets, documents: Iterable[Document], site: Site, design: Iterable[str]
) -> frozenset[str]:
    """The hidden addresses that somebody typed into a public post, the settings or a template."""
    public = (d for d in documents if f"content/{d.path}" not in known.sources)
    said = [*design, site.config, site.facts, *((d.front, d.body, d.prose) for d in public)]
    text = repr(said).encode("utf-8", "replace")
    written = set(_ADDRESS.findall(text))
    return frozenset(path for a, path in known.hidden.items() if {a, path.encode()} & written)


def _listed(output: Output, text: bytes) -> Iterator[bytes]:
    """The addresses of the posts that an output lists, as it gives them."""
    if isinstance(output, Rendered):
        yield from (url.partition(":")[2].encode() or url.encode() for url in _shown(output.view))
    elif output.path.name == "feed.json":
        yield from (url.partition(b":")[2] for url in _ITEM.findall(text))
    elif output.path == output_path(calendar.PATH):
        yield from (url.partition(b":")[2] for url in _EVENT.findall(text))


def _shown(view: Any) -> Iterator[str]:
    """The addresses of the posts that a view lists, also as those before and after it."""
    waiting, seen = [view], dict[int, Any]()  # what was seen is kept, or its id could be another's
    while waiting:
        value = waiting.pop()
        if isinstance(value, tuple):
            waiting += value
        elif (names := getattr(value, "__dataclass_fields__", None)) and id(value) not in seen:
            seen[id(value)] = value
            waiting += [getattr(value, name) for name in names]
            if isinstance(value, _LISTED):
                yield value.url
            else:
                yield from (link.url for link in _links(value) if link and link.url)


def _links(value: Any) -> Iterable[LinkTo | None]:
    """The links to posts that a part of a view makes by itself."""
    match value:
        case TermView():
            return value.uses
        case EntryView():
            return value.previous, value.next
        case PageFacts():
            return value.children
    return ()
