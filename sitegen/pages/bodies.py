"""A Body as a page shows it: its holes filled with addresses, pictures and acronyms."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from html import escape

from sitegen.kinds import KINDS
from sitegen.model import Acronym, Body, Embedded, Entry
from sitegen.pages import album
from sitegen.pages.desk import Desk, Glosses
from sitegen.shown import Html, Picture
from sitegen.site import glossing, pictures
from sitegen.site.glossing import Order


def html(
    entry: Entry, at: str, desk: Desk, *, absolute: bool = False, order: Order | None = None
) -> Html | None:
    """The HTML of a post's body (``at`` empty) or Markdown field, its holes filled.

    ``order`` are the fields that are read with it, where these are not the page's.
    """
    body = entry.document.text(at)
    if body is None:
        return None
    addresses = desk.links.bodies[entry.ref, at]
    show = desk.absolute if absolute else desk.href
    if absolute:
        addresses = tuple(entry.url + a if a.startswith("#") else a for a in addresses)
    image = partial(_embedded, desk=desk, absolute=absolute)
    glosses = _glosses(entry, order or KINDS[entry.kind].reading_order, desk).get(at)
    return join(body, fillings(body, addresses, show, image, glosses))


def _glosses(entry: Entry, order: Order, desk: Desk) -> Glosses:
    """What is shown for each acronym of a post: decided once for all that is read together."""
    if (entry.ref, order) not in desk.glosses:
        bodies = glossing.read_in(entry, order, desk.site)
        glossed = glossing.gloss(bodies.values(), desk.site.facts.glossary, desk.site.words)
        desk.glosses[entry.ref, order] = dict(zip(bodies, glossed, strict=True))
    return desk.glosses[entry.ref, order]


def embedded(address: str, image: Embedded) -> str:
    """The HTML of an image in a body, of which no more is known."""
    return pictures.element(Picture(src=address, alt=""), image.attributes)


def _embedded(address: str, image: Embedded, desk: Desk, absolute: bool) -> str:
    """The HTML of an image in a body; where it is shown by others, a plain one."""
    found = album.picture(address, desk)
    if absolute:
        found = replace(found, src=desk.absolute(address), srcset=None, lazy=False)
    return pictures.element(found, image.attributes)


def fillings(
    body: Body,
    addresses: Iterable[str],
    show: Callable[[str], str] = str,
    image: Callable[[str, Embedded], str] = embedded,
    glosses: Iterable[str] | None = None,
) -> Iterator[str]:
    """What is shown in each hole of a body. ``addresses`` are those of its links and images.

    Acronyms are shown as they were typed where there are no ``glosses``.
    """
    following = iter(addresses)
    glossed = iter(map(glossing.as_typed, body.acronyms) if glosses is None else glosses)
    for hole in body.holes:
        if isinstance(hole, Acronym):
            yield next(glossed)
        elif isinstance(hole, Embedded):
            yield image(next(following), hole)
        else:
            yield escape(show(next(following)))


def join(body: Body, fillings: Iterable[str]) -> Html:
    """A body's parts with some HTML in each hole."""
    first, *rest = body.parts
    return Html(
        first + "".join(f"{filling}{part}" for filling, part in zip(fillings, rest, strict=True))
    )
