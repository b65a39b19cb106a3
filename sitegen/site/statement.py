"""The accessibility statement: the page that a public body's site must have, and what it says.

Its sections are those of regulation 8 of the Public Sector Bodies (Websites and Mobile
Applications) (No. 2) Accessibility Regulations 2018 (SI 2018/852) and of the model statement that
they rest on (Decision (EU) 2018/1523). It is reviewed at least once a year.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sitegen import clock
from sitegen.kinds.common import Front, Turn, day
from sitegen.model import Document, Entry
from sitegen.problems import Problem, Severity, problem
from sitegen.site.index import Site, has_errors, reached
from sitegen.site.names import ref_of
from sitegen.source.config import PATH as CONFIG_PATH
from sitegen.source.config import Config
from sitegen.source.schema import place_of

NAME = "accessibility-statement"


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A section that the statement must have: the heading to type, and what goes under it.

    ``phrases`` tell a heading in other words: lower case, with spaces for all but letters.
    """

    heading: str
    about: str
    phrases: tuple[str, ...]


INACCESSIBLE = Section(
    heading="Non-accessible content",
    about="list what some people can't use, why, and what they can do instead",
    phrases=(
        "accessible content",
        "not accessible",
        "isn t accessible",
        "inaccessible",
        "problems we know",
    ),
)
SECTIONS = (
    Section(
        heading="Compliance status",
        about="say which accessibility guidelines the site meets: fully, partially or not at all",
        phrases=("compliance status", "conformance status", "how accessible"),
    ),
    INACCESSIBLE,
    Section(
        heading="Preparation of this accessibility statement",
        about="say when it was prepared, and how and by whom the site was tested",
        phrases=("preparation", "prepared", "tested", "testing"),
    ),
    Section(
        heading="Feedback and contact information",
        about="say how to report a problem or ask for another format, and when you will answer",
        phrases=("feedback", "contact", "report"),
    ),
    Section(
        heading="Enforcement procedure",
        about="say who enforces the regulations, and who helps with a complaint",
        phrases=("enforcement", "complain"),
    ),
)


def is_statement(document: Document) -> bool:
    """Whether a post is content/pages/accessibility-statement.md, and no translation of it."""
    if not document.front or document.front.translation_of:
        return False
    folder, *_, name = ref_of(document).split("/")
    return (folder, name) == ("pages", NAME)


def of_site(site: Site) -> Entry | None:
    """The statement, when it is published and current."""
    current = (e for e in site.entries.values() if e.current)
    return next((e for e in current if is_statement(e.document)), None)


def missing(document: Document) -> tuple[Section, ...]:
    """The sections that no heading of a statement begins.

    A site that is fully compliant has no content to list as not accessible.
    """
    said = [re.sub("[^a-z]+", " ", h.text.casefold()) for h in document.body.headings]
    complies = re.search(r"\b(is|are) fully compliant", document.body.text, re.IGNORECASE)
    return tuple(
        section
        for section in SECTIONS
        if not any(phrase in heading for phrase in section.phrases for heading in said)
        and not (complies and section is INACCESSIBLE)
    )


def check(documents: Iterable[Document], site: Site) -> list[Problem]:
    """What every statement lacks, also one that waits: time alone makes advice only."""
    documents = tuple(documents)
    typed = [d for d in documents if is_statement(d) and d.front and not d.front.draft]
    lacking = [fault for document in typed for fault in _lacking(document, site.config)]
    faulty = any(is_statement(d) and has_errors(d) for d in documents)
    return [*lacking, *([] if faulty else _due(site))]


def _lacking(document: Document, config: Config) -> Iterator[Problem]:
    path, front = f"content/{document.path}", document.front
    assert front is not None
    if (front.lang or config.language).startswith("en"):
        for section in missing(document):
            message = f'the accessibility statement has no section "{section.heading}"'
            fix = f"add it, and {section.about}:\n## {section.heading}"
            yield problem("statement-section", message, path, fix=fix, severity=Severity.WARNING)
    if not front.last_reviewed_on and not has_errors(document):
        message = "the accessibility statement doesn't say when it was last reviewed"
        fix = "last_reviewed_on: YYYY-MM-DD"
        yield problem("statement-review", message, path, fix=fix, severity=Severity.WARNING)


def _due(site: Site) -> Iterator[Problem]:
    entry, owner = of_site(site), site.config.organisation
    if entry is None and owner:  # the regulations bind bodies: without one there is none to bind
        message = f"the site of {owner.name} has no accessibility statement"
        fix = f'sitegen new page "Accessibility statement"\n(or publish content/pages/{NAME}.md)'
        yield problem("statement-missing", message, CONFIG_PATH, fix=fix, severity=Severity.ADVICE)
    due = _review_due(entry.front) if entry else None
    if entry and due and reached(due, site.now, site.config.tz):
        message = (
            f"the yearly review of the accessibility statement was due on {clock.show_date(due)}"
        )
        fix = "check the site and the statement, then set last_reviewed_on"
        place = place_of(entry.document.places, "last_reviewed_on")
        path = f"content/{entry.document.path}"
        yield problem("statement-due", message, path, place, fix=fix, severity=Severity.ADVICE)


def _review_due(front: Front) -> dt.date | None:
    """12 months after the last review; None where the page's own date comes no later."""
    last = front.last_reviewed_on
    if last is None:
        return None
    due = dt.date(last.year + 1, last.month, 1) + dt.timedelta(days=last.day - 1)
    return None if front.next_review_due and front.next_review_due <= due else due


def turns(document: Document, tz: ZoneInfo) -> Iterator[Turn]:
    """When the statement's yearly review falls due."""
    due = _review_due(document.front) if document.front and is_statement(document) else None
    if due:
        yield Turn(at=day(due, tz), what="falls due for its yearly review", visible=False)


def outline() -> str:
    """The text that a new statement begins with: its sections, each with what to write there."""
    return "\n".join(f"## {s.heading}\n\nTODO: {s.about}\n" for s in SECTIONS)
