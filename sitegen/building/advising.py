"""The advice on a site: its posts' files read again as they were typed, and looked through."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from sitegen import advice
from sitegen.advice import duties, plain, reading, shared, tags, upkeep
from sitegen.advice.plain import Vocabulary
from sitegen.building.content import Content, Inputs
from sitegen.disk import inside
from sitegen.memo import Memo
from sitegen.model import Document
from sitegen.problems import Problem, SitegenError
from sitegen.prose.limits import REFUSALS
from sitegen.site import checks
from sitegen.source.frontmatter import readable


def advise(found: Content, inputs: Inputs, memo: Memo) -> list[Problem]:
    """All advice on a site; what its posts say is looked at in drafts too."""
    return [*_of_posts(found, inputs, memo), *_of_site(found, inputs)]


def _of_posts(found: Content, inputs: Inputs, memo: Memo) -> Iterator[Problem]:
    today = memo.same("today", found.now.astimezone(found.config.tz).date())
    vocabulary = memo(plain.vocabulary, found.facts.words)
    root, language = memo.same("root", inputs.root), found.config.language
    for document in found.documents:
        yield from memo(_of_post, document, root, language, today, vocabulary)


def _of_post(
    document: Document, root: Path, language: str, today: date, vocabulary: Vocabulary
) -> tuple[Problem, ...]:
    if document.front is None or any(p.code in REFUSALS for p in document.problems):
        return ()  # nobody will read it as it is
    try:
        data = inside.read_bytes(root, f"content/{document.path}")
    except SitegenError:  # gone since, while the last good site is shown
        return ()
    post = reading.read(document, readable(data), document.front.lang or language)
    return tuple(advice.of(post, today, vocabulary))


def _of_site(found: Content, inputs: Inputs) -> Iterable[Problem]:
    site, documents = found.site, found.documents
    files = [path.relative_to("content") for path in inputs.layout.media]
    yield from checks.far_off(documents, found.now.astimezone(found.config.tz).date())
    yield from duties.check(site, documents)
    yield from duties.changed_closing(site, found.lock.consultations)
    yield from upkeep.check(site, found.links)
    yield from shared.check(site, documents, files, found.places)
    yield from tags.check(site)
