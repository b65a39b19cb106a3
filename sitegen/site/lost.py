"""Which published address a build would lose, and what to write so that it does not.

A page that moved leaves an alias, one that is out of date is withdrawn, a document comes back.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from sitegen.model import Document, Entry
from sitegen.outputs import redirects
from sitegen.problems import Place, Problem, Severity, problem
from sitegen.site.index import Resolved, Site, has_errors
from sitegen.site.links import Links
from sitegen.site.lockfile import PATH, SERIES, TAGS, Lock, Locked
from sitegen.site.names import ref_of
from sitegen.site.successors import Gone, successors
from sitegen.source.yaml_faults import quoted
from sitegen.urls import site_path

SHARED = {TAGS: "a topic", SERIES: "a series"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What there is to find an address again with.

    ``rows`` are all recorded addresses; ``heirs`` has, for those of lost pages, the post that
    should answer there, where one can be told. ``laden`` are lost pages beside which a document
    is lost too.
    """

    site: Site
    rows: Mapping[str, Locked]
    heirs: Mapping[str, Entry]
    laden: Collection[str]
    documents: Mapping[str, Document]
    files: Collection[PurePosixPath]

    @property
    def withdrawal(self) -> str:
        """What to type to withdraw a page today."""
        today = self.site.now.astimezone(self.site.config.tz).date()
        return f"withdrawn: {{date: {today}, reason: why it is no longer right}}"


def check(
    lock: Lock,
    resolved: Resolved,
    documents: Iterable[Document],
    addresses: Collection[str],
    links: Links,
    files: Collection[PurePosixPath],
    faults: Iterable[Problem],
) -> list[Problem]:
    """The faults of urls.lock, and one for each address in it that this build would lose.

    ``addresses`` are the site paths of all pages and old addresses, ``files`` the media and
    bundle files in content/. What has ``faults`` of its own is not called lost as well.
    """
    by_ref = {ref_of(d): d for d in documents}
    missing = _missing(lock, resolved, by_ref, addresses, links, faults)
    if not missing:
        return [*lock.problems]
    rows = {row.url: row for row in lock.rows}
    known = _Known(
        site=resolved.site,
        rows=rows,
        heirs=_heirs(missing, resolved, by_ref, lock.rows),
        laden={page.url for row in missing if row.is_file and (page := _page_of(row, rows))},
        documents=by_ref,
        files=files,
    )
    lost = {row.url for row in missing}
    told = (row for row in missing if not (row.is_file and _comes_with_its_post(row, lost, known)))
    return [*lock.problems, *(_fault(row, known) for row in told)]


def _missing(
    lock: Lock,
    resolved: Resolved,
    documents: Mapping[str, Document],
    addresses: Collection[str],
    links: Links,
    faults: Iterable[Problem],
) -> list[Locked]:
    """The addresses that nothing answers at, save where a fault of its own explains that."""
    now = resolved.site.now
    broken = {p.path for p in faults if p.severity is Severity.ERROR}
    broken |= {f"content/{d.path}" for d in documents.values() if has_errors(d) or not d.front}
    there = {*addresses, *map(site_path, links.copies), *_claimed(resolved.faulty)}
    missing = [
        row
        for row in lock.rows
        if row.url not in there
        and (row.since is None or row.since <= now)
        and _source(row, documents) not in broken
    ]
    if not any(row.is_file for row in missing):
        return missing
    # A form goes when answers are no longer taken: what posts refer to and don't show is not lost.
    # What a post with faults refers to can't be told.
    named, unread = _named(links), any(path.endswith(".md") for path in broken)
    return [row for row in missing if not row.is_file or not (unread or row.url in named)]


def _claimed(entries: Iterable[Entry]) -> Iterator[str]:
    for entry in entries:
        yield entry.url
        yield from map(redirects.canonical, entry.front.aliases)


def _named(links: Links) -> set[str]:
    """All that published posts refer to, shown at this moment or not."""
    fields = (found.address for found in links.files.values())
    return {*fields, *(address for body in links.bodies.values() for address in body)}


def _source(row: Locked, documents: Mapping[str, Document]) -> str:
    document = documents.get(row.ref)
    return f"content/{document.path if document else row.ref}"


# ---- what became of a post


def _heirs(
    missing: Iterable[Locked],
    resolved: Resolved,
    documents: Mapping[str, Document],
    rows: Iterable[Locked],
) -> dict[str, Entry]:
    """For each lost page its post, or where the file is gone the one that it most likely became."""
    pages = [row for row in missing if not row.is_file and row.ref not in SHARED]
    gone = defaultdict[str, list[str]](list)
    for row in pages:
        if row.ref not in documents:
            gone[row.ref].append(row.url)
    recorded = {row.ref for row in rows}
    new = (e for e in (*resolved.site.posts, *resolved.faulty) if e.ref not in recorded)
    heirs = {e.ref: e for e in resolved.site.posts} | successors(
        [Gone(ref=ref, urls=tuple(urls)) for ref, urls in sorted(gone.items())],
        new if gone else (),
    )
    return {row.url: heirs[row.ref] for row in pages if row.ref in heirs}


# ---- what to tell of each


def _fault(row: Locked, known: _Known) -> Problem:
    case = _of_shared if row.ref in SHARED else _of_file if row.is_file else _of_page
    message, fix = case(row, known)
    place = Place(line=row.line, width=len(row.url))
    return problem("url-lost", f'"{row.url}" was published, and {message}', PATH, place, fix=fix)


def _of_page(row: Locked, known: _Known) -> tuple[str, str]:
    """A post's page: it moved, is no longer public, or its file is gone."""
    document, heir = known.documents.get(row.ref), known.heirs.get(row.url)
    if document and heir:
        where = f"content/{heir.document.path}"
        is_laden = row.url in known.laden
        fix = _kept(heir, row, where) if is_laden else _aliases(heir, where, known)
        return f'its post is at "{heir.url}" now', fix
    if document:
        return _not_public(document, known)
    if heir:
        is_laden = row.url in known.laden
        told = _kept(heir, row, "it") if is_laden else _aliases(heir, "it", known)
        fix = f"if that page is now content/{heir.document.path}, {told}\n"
        fix += f"if not, put the file back and write in it\n{known.withdrawal}"
        return "its file is gone", fix
    fix = f"put it back; a page that is no longer right says so in its file\n{known.withdrawal}\n"
    fix += f"if it was renamed, write in its new file\naliases: [{_yaml(row.url)}]"
    gone = f"content/{row.ref}.md, or content/{row.ref}/index.md"
    return f"its file is gone: {gone}", fix


def _not_public(document: Document, known: _Known) -> tuple[str, str]:
    """A draft again, or to come again. With a translation that may be its original."""
    assert document.front is not None  # a file that can't be read has a fault of its own
    is_draft = document.front.draft
    again = "is a draft" if is_draft else "waits to be published"
    undo = "take draft: true out" if is_draft else "give it back the date it had"
    fix = f"{undo}; if the page is no longer right, write in its file\n{known.withdrawal}"
    return f"content/{document.path} {again} again", fix


def _aliases(entry: Entry, where: str, known: _Known) -> str:
    """The line that keeps every lost address of a post, and where it goes."""
    lost = (url for url, heir in known.heirs.items() if heir is entry)
    ours = sorted(url for url in lost if url not in known.laden)
    line = ", ".join(map(_yaml, dict.fromkeys((*entry.front.aliases, *ours))))
    how = "write in place of the aliases of" if entry.front.aliases else "add to"
    return f"{how} {where}\naliases: [{line}]"


def _yaml(alias: str) -> str:
    return alias if re.fullmatch(r"[\w/.~-]+", alias) else quoted(alias)


def _of_shared(row: Locked, known: _Known) -> tuple[str, str]:
    """The page of a topic or of a series."""
    name = PurePosixPath(row.url).name
    fix = f"put {name} back into content/{row.ref}: its words may change, its id can't"
    return f"{SHARED[row.ref]} keeps its page when no post has it any more", fix


def _of_file(row: Locked, known: _Known) -> tuple[str, str]:
    """A document: only the file itself can be at its address."""
    if (page := _page_of(row, known.rows)) and (heir := _heir(page, known)):
        where = f"content/{heir.document.path}"
        message = f'its post is at "{heir.url}" now, where an alias can\'t take a file along'
        return message, _kept(heir, page, where)
    if PurePosixPath(row.ref) in known.files:
        return "no page leads to it any more", f"link to content/{row.ref} from a published page"
    fix = f"put it back as content/{row.ref}, and link to it; an alias can't lead to a file"
    return "the file is gone", fix


def _page_of(row: Locked, rows: Mapping[str, Locked]) -> Locked | None:
    """The post beside which a document lies."""
    pages = (rows.get(f"{folder}/") for folder in PurePosixPath(row.url).parents)
    return next(filter(None, pages), None)


def _heir(page: Locked, known: _Known) -> Entry | None:
    """The post that answers at another address now, or that should."""
    old = (e for e in known.site.posts if page.url in map(redirects.canonical, e.front.aliases))
    return known.heirs.get(page.url) or next(old, None)


def _comes_with_its_post(row: Locked, lost: Collection[str], known: _Known) -> bool:
    """Whether a document will be there again when the post beside it is, which is lost too."""
    page = _page_of(row, known.rows)
    return page is not None and page.url in lost and page.url not in known.heirs


def _kept(entry: Entry, page: Locked, where: str) -> str:
    """How a post gets back an address that must stay, for the sake of the documents under it."""
    return f"keep the address of {where}: {_undo(entry.url, page.url)}"


def _undo(url: str, was: str) -> str:
    """The fields that give a post its old address back."""
    now, then = PurePosixPath(url).parts, PurePosixPath(was).parts
    dated = len(then) == 4 and then[:2] == now[:2]
    fields = [f"date: {then[2]}"] if dated and now[2] != then[2] else []
    fields += [f"slug: {then[-1]}"] if now[-1] != then[-1] else []
    return f"write {' and '.join(fields)}" if fields else "put it back into its old folder"
