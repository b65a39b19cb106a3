"""The face of a post: all that others than its own page and feeds may show or ask of it.

While no face changes, and nothing else that the whole site is made from, only what shows the text
of a post that was edited can have changed.
"""

from __future__ import annotations

from dataclasses import replace

from sitegen.fingerprint import digest
from sitegen.model import Body, Document
from sitegen.problems import Place, Severity


def faced(document: Document) -> Document:
    """The Document with the digest of its face."""
    faulty = any(p.severity is Severity.ERROR for p in document.problems)
    kept = (str(document.path), document.kind, document.front, document.prose, faulty)
    has_summary = bool(document.front and document.front.summary)
    return replace(document, face=digest((*kept, _without_text(document.body, has_summary))))


def _without_text(body: Body, has_summary: bool) -> Body:
    """What a body leads to and its headings, not where these stand; its beginning as a summary."""
    return replace(
        body,
        parts=(),
        text="",
        holes=tuple(replace(link, place=Place()) for link in body.links),
        excerpt="" if has_summary else body.excerpt,
    )
