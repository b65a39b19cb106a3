"""The face of a post: all that others than its own page and feeds may show or ask of it.

While no face changes, and nothing else that the whole site is made from, only what shows the text
of a post that was edited can have changed.
"""

from __future__ import annotations

from dataclasses import replace

from sitegen.fingerprint import digest
from sitegen.model import Body, Document, Hole
from sitegen.problems import Place, Severity


def faced(document: Document) -> Document:
    """The Document with the digest of its face."""
    faulty = any(p.severity is Severity.ERROR for p in document.problems)
    kept = (str(document.path), document.kind, document.front, document.prose, faulty)
    return replace(document, face=digest((*kept, _without_text(document.body))))


def _without_text(body: Body) -> Body:
    """What a body leads to, its headings and its beginning; not where each of its holes stands."""
    holes: tuple[Hole, ...] = tuple(replace(hole, place=Place()) for hole in body.holes)
    return replace(body, parts=(), text="", holes=holes)
