"""Old addresses: a redirect page for each alias, and ``_redirects`` for hosts that read it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from sitegen.model import Address, Encoded, Entry, Output, Ready, Rendered
from sitegen.pages import present
from sitegen.pages.desk import Desk
from sitegen.site.index import Site
from sitegen.source.schema import place_of
from sitegen.urls import output_path
from sitegen.views.others import RedirectView

PATH = "/_redirects"


def canonical(alias: str) -> str:
    """The site path that an alias is written at: ``/old/path`` and ``/old/path/`` are one."""
    return alias if alias.endswith(("/", ".html", ".htm")) else alias + "/"


def of_entries(entries: Iterable[Entry]) -> Iterator[Address]:
    """The address of every alias of these posts."""
    for entry in entries:
        for i, alias in enumerate(entry.front.aliases):
            place = place_of(entry.document.places, f"aliases.{i}")
            owner = f"content/{entry.document.path}"
            yield Address(path=canonical(alias), owner=owner, place=place, alias=True)


def addresses(site: Site) -> Iterator[Address]:
    """A page an alias, and the file of them all."""
    yield from of_entries(site.posts)
    yield Address(path=PATH, owner="the file of redirects")


def outputs(desk: Desk) -> Iterator[Output]:
    """A page an alias, and the file of them all (Netlify's and Cloudflare's format)."""
    lines = []
    rows = [(canonical(alias), e) for e in desk.site.posts for alias in e.front.aliases]
    for alias, entry in sorted(rows, key=lambda row: row[0]):
        owner, make = f"content/{entry.document.path}", partial(_view, entry, desk)
        path = output_path(alias)
        yield Rendered(path=path, template="redirect.html", make=make, owner=owner, texts=())
        old, to = desk.href(alias), desk.href(entry.url)
        lines += [f"{path} {to} 301\n" for path in sorted({old, old.rstrip("/")}) if path]
    yield Encoded(path=output_path(PATH), make=Ready("".join(lines).encode()))


def _view(entry: Entry, desk: Desk) -> RedirectView:
    title = present.title_of(entry, desk.site)
    head = present.head(entry.url, title, desk, noindex=True)
    return RedirectView(head=head, to=desk.href(entry.url), title=title)
