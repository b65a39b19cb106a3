"""What no output may hold: worked out again from the files alone, for the proof in ``leaks``."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import PurePosixPath
from urllib.parse import unquote
from zoneinfo import ZoneInfo

from sitegen import clock
from sitegen.kinds.common import Front, published_at
from sitegen.model import Address, Document
from sitegen.outputs import redirects
from sitegen.pages.plan import RESERVED, first_of
from sitegen.site.index import Site, reached, url_of
from sitegen.site.names import ref_of, refs
from sitegen.source import fieldtypes, schema
from sitegen.urls import Base, composed, output_path, site_path


@dataclass(frozen=True, slots=True, kw_only=True)
class Secrets:
    """What outputs must not hold, worked out from the documents.

    ``sources`` are the files of posts that are not public, and ``named`` the files that public
    ones name, by path from the site's root. ``hidden`` are the addresses of the former and of
    what only they name, ``ended`` those of posts that have expired or were withdrawn: site paths,
    by each form in which an output may give them.
    """

    sources: frozenset[str]
    named: frozenset[str]
    hidden: Mapping[bytes, str]
    ended: Mapping[bytes, str]

    def __bool__(self) -> bool:
        """Whether there is any address to look for."""
        return bool(self.hidden or self.ended)

    @property
    def told(self) -> tuple[str, ...]:
        """What outputs were looked into for, to be remembered."""
        return (*_marked("hidden", self.hidden), *_marked("ended", self.ended))

    def beyond(self, told: Collection[str]) -> Secrets:
        """The secrets that were not looked for before."""
        return replace(
            self,
            hidden={f: path for f, path in self.hidden.items() if f"hidden {path}" not in told},
            ended={f: path for f, path in self.ended.items() if f"ended {path}" not in told},
        )


def _marked(mark: str, forms: Mapping[bytes, str]) -> Iterator[str]:
    return (f"{mark} {path}" for path in sorted(set(forms.values())))


@dataclass(frozen=True, slots=True)
class _Post:
    """A post with the front matter of its own and of what it translates."""

    document: Document
    front: Front
    original: Document | None

    @property
    def url(self) -> str:
        return url_of(self.document, self.front, self.original)

    @property
    def fronts(self) -> tuple[Front, ...]:
        other = self.original.front if self.original else None
        return (self.front, other) if other else (self.front,)

    def public(self, now: datetime, tz: ZoneInfo) -> bool:
        days = (published_at(front, tz) for front in self.fronts)
        return not any(f.draft for f in self.fronts) and all(d is None or d <= now for d in days)

    def ended(self, now: datetime, tz: ZoneInfo) -> bool:
        return any(
            (f.expiry_date and clock.ends(f.expiry_date, tz) <= now)
            or (f.withdrawn and reached(f.withdrawn.date, now, tz))
            for f in self.fronts
        )


def secrets(documents: Iterable[Document], site: Site, planned: Iterable[Address]) -> Secrets:
    """The secrets of a site. ``planned`` are the addresses of its pages.

    An address that a public page has too (a draft may be a copy of one) is no secret, nor is one
    that no post can have.
    """
    now, tz, base = site.now, site.config.tz, site.config.base
    posts = tuple(_posts(documents))
    hidden = [post for post in posts if not post.public(now, tz)]
    public = [post for post in posts if post.public(now, tz)]
    sources = frozenset(f"content/{post.document.path}" for post in hidden)
    named = {path for post in public for path in _named(post.document)}
    photos = (person.photo for person in site.facts.people.values() if person.photo)
    named |= {_path(photo, PurePosixPath("media")) for photo in photos}
    open_ = {address.path for address in planned if address.owner not in sources}
    open_ |= {address for post in public for address in _addresses(post)}
    ours = {address for post in hidden for address in _addresses(post)}
    ours |= {address for post in hidden for address in _files(post, named)}
    return Secrets(
        sources=sources,
        named=frozenset(f"content/{path}" for path in named),
        hidden=_forms({path for path in ours - open_ if first_of(path) not in RESERVED}, base),
        ended=_forms({post.url for post in public if post.ended(now, tz)}, base),
    )


def _posts(documents: Iterable[Document]) -> Iterator[_Post]:
    readable = [d for d in documents if d.front]
    known, by_ref = refs(readable), {ref_of(d): d for d in reversed(readable)}
    for document in by_ref.values():
        assert document.front is not None
        original = by_ref.get(known.get(document.front.translation_of or "", ""))
        yield _Post(document, document.front, original)


def _addresses(post: _Post) -> Iterator[str]:
    yield post.url
    yield from map(redirects.canonical, post.front.aliases)


def _named(document: Document) -> Iterator[str]:
    """The files that a post names, as paths in content/; what is no file does no harm here."""
    folder = document.path.parent
    for body in (document.body, *document.prose.values()):
        yield from (_path(link.target, folder) for link in body.links)
    for _, type_, value in schema.leaves(document.front):
        if type_ is fieldtypes.File or (type_ is fieldtypes.Page and value.startswith("/")):
            yield _path(value, folder)


def _path(typed: str, folder: PurePosixPath) -> str:
    plain = unquote(typed.partition("#")[0].partition("?")[0])
    whole = plain.lstrip("/") if plain.startswith("/") else f"{folder}/{plain}"
    return str(composed(PurePosixPath(posixpath.normpath(whole))))


def _files(post: _Post, named: set[str]) -> Iterator[str]:
    """The addresses of the files that a post names and no public one does."""
    folder = f"{composed(post.document.path).parent}/"
    for path in _named(post.document):
        if path in named or PurePosixPath(path).suffix in ("", ".md"):
            continue
        if path.startswith("media/"):
            yield site_path(PurePosixPath(path))
        elif path.startswith(folder):
            yield site_path(output_path(post.url).parent / path.removeprefix(folder))


def _forms(paths: Iterable[str], base: Base) -> dict[bytes, str]:
    """Site paths by their forms: a link within the site, an absolute address after its scheme."""
    given = {base.href(path): path for path in paths}
    given |= {base.absolute(path).partition(":")[2]: path for path in given.values()}
    return {form.encode(): path for form, path in given.items()}
