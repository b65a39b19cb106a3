"""The tags of safe HTML with their ids and addresses seen to, and cut where an address stands.

An image is cut out whole: the site sets its address, its size and when it is fetched.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from sitegen.prose.ids import Ids
from sitegen.prose.tags import bare_address, names
from sitegen.prose.typography import straight

_ATTRIBUTE = re.compile(r" ([^\s=>]+)(?:=\"([^\"]*)\")?")
_ID_LISTS = names("headers aria-labelledby aria-describedby")
_REWRITTEN = re.compile(r" (?:id|href|src|headers|aria-labelledby|aria-describedby)=")
_SITE_SETS = names("src width height loading decoding")  # of an image


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """An address as it was ``typed``; ``target`` is where it leads, with the ids' prefix.

    ``image`` are the other attributes of an image that is cut out whole; None for any other.
    """

    typed: str
    target: str = ""
    is_src: bool = False
    image: str | None = None


def cut(name: str, token: str, ids: Ids) -> Iterator[str | Address]:
    """A tag cut at its addresses; nearly all have none. Their targets are not known yet."""
    if " " not in token or not _REWRITTEN.search(token):
        yield token
        return
    if name == "img" and "src" in (given := dict(attributes(token))):
        yield _image(given, ids)
        return
    yield f"<{name}"
    for attribute, value in attributes(token):
        if attribute in ("href", "src") and name != "iframe":
            yield f' {attribute}="'
            yield Address(typed=_typed(value), is_src=attribute == "src")
            yield '"'
        else:
            yield shown(attribute, value, ids)
    yield ">"


def _image(given: dict[str, str], ids: Ids) -> Address:
    kept = (shown(name, value, ids) for name, value in given.items() if name not in _SITE_SETS)
    others = straight("".join(kept), html.escape)
    return Address(typed=_typed(given["src"]), is_src=True, image=others)


def attributes(token: str) -> Iterator[tuple[str, str]]:
    """The attributes of a tag, name and value."""
    return ((m[1], m[2] or "") for m in _ATTRIBUTE.finditer(token))


def shown(name: str, value: str, ids: Ids) -> str:
    """An attribute as it is shown: ids are kept or get their prefix."""
    if name == "id":
        value = html.escape(ids.keep(html.unescape(value)))
    elif name in _ID_LISTS:
        value = " ".join(ids.prefix + one for one in value.split())
    return f' {name}="{value}"'


def resolved(address: Address, ids: Ids) -> Address:
    """An address that leads where it will: now that all ids are known."""
    return replace(address, target=ids.target(address.typed))


def _typed(value: str) -> str:
    return bare_address(html.unescape(straight(value)))
