"""The accessibility statement: what it must say, when it is due, and the link to it."""

from __future__ import annotations

import pytest

from sitegen.pages import chrome
from sitegen.problems import Severity
from sitegen.site import schedule, statement
from sitegen.site.schedule import Event
from tests import sites
from tests.sites import CONFIG, Files, config, desk, document, documents, page, resolved

PATH = "content/pages/accessibility-statement.md"
MODEL = "".join(f"## {section.heading}\n\nWords.\n\n" for section in statement.SECTIONS)
ELSEWHERE = """
## How accessible this website is
## Reporting accessibility problems with this website
## Technical information about this website’s accessibility
### Content that isn’t accessible
## How we tested this website
## If you are not happy: complaints
"""


def written(body: str = MODEL, reviewed: str | None = "2026-06-01", **fields: object) -> str:
    """A statement."""
    return page(body, title="Accessibility statement", last_reviewed_on=reviewed, **fields)


def missing(body: str) -> list[str]:
    """The headings that a statement with this body lacks."""
    found = statement.missing(document("pages/accessibility-statement.md", written(body)))
    return [section.heading for section in found]


def faults(files: Files, now: str = sites.NOW) -> list[tuple[str, Severity]]:
    """The codes of what a check of these files finds."""
    found = statement.check(documents(files), resolved(files, now).site)
    return [(p.code, p.severity) for p in found]


def events(text: str) -> list[Event]:
    """The reviews that fall due, of a statement alone."""
    found = schedule.events(documents({PATH: text}), config())
    return [event for event in found if "review" in event.what]


@pytest.mark.parametrize("body", [MODEL, ELSEWHERE])
def test_all_sections(body: str) -> None:
    """The model's headings are known, and so are the words that many sites use instead."""
    assert missing(body) == []


@pytest.mark.parametrize("section", statement.SECTIONS, ids=lambda s: s.heading)
def test_each_section_is_missed(section: statement.Section) -> None:
    """Without its heading a section is missing, whatever the other headings are."""
    assert missing(MODEL.replace(section.heading, "Other words")) == [section.heading]


def test_only_headings_count() -> None:
    """A section is not there because a sentence names it."""
    assert missing("Our enforcement procedure.") == [s.heading for s in statement.SECTIONS]


def test_a_compliant_site_has_nothing_to_list() -> None:
    """A site that is fully compliant needs no list; one that is not does."""
    body = MODEL.replace("Non-accessible content", "Other words")
    assert missing(body + "This site is fully compliant.") == []
    for less in ("This site is not fully compliant.", "It is not yet fully compliant."):
        assert missing(body + less) == ["Non-accessible content"]


def test_a_published_statement_is_warned_about() -> None:
    """A draft may lack all; one that waits is told of what it lacks before its day comes."""
    lacking = [("statement-section", Severity.WARNING)] * 5
    lacking.append(("statement-review", Severity.WARNING))
    assert faults({PATH: written("", None)}) == lacking
    assert faults({PATH: written("", None, publish_at="2030-01-01")}) == lacking
    assert faults({PATH: written("", None, draft="true")}) == []


def test_other_pages_and_languages_are_left_alone() -> None:
    """Only the statement is looked at, and its headings only where they are English."""
    assert faults({"content/pages/accessibility.md": page("")}) == []
    assert faults({PATH: written("", lang="cy")}) == []
    polish = page("", lang="pl", translation_of="pages/accessibility-statement")
    assert faults({PATH: written(), "content/pages/pl/accessibility-statement.md": polish}) == []


@pytest.mark.parametrize("path", ["site/accessibility-statement", "accessibility-statement/index"])
def test_it_may_lie_in_a_folder(path: str) -> None:
    """A folder that groups, or a bundle, makes no difference."""
    assert ("statement-review", Severity.WARNING) in faults(
        {f"content/pages/{path}.md": written(MODEL, None)}
    )


@pytest.mark.parametrize(
    ("reviewed", "next_due", "now", "due"),
    [
        ("2026-06-01", None, "2027-05-31 23:59", False),
        ("2026-06-01", None, "2027-06-01", True),
        ("2024-02-29", None, "2025-02-28", False),
        ("2024-02-29", None, "2025-03-01", True),
        ("2026-06-01", "2028-06-01", "2027-06-01", True),
        ("2026-06-01", "2027-06-01", "2027-06-01", False),  # review-due says it
    ],
)
def test_a_year_makes_advice(reviewed: str, next_due: str | None, now: str, due: bool) -> None:
    """12 months after the review it is due, once: unless the page's own date says so already."""
    files = {PATH: written(reviewed=reviewed, next_review_due=next_due)}
    assert faults(files, now) == ([("statement-due", Severity.ADVICE)] if due else [])


def test_no_statement() -> None:
    """A site that says whose it is lacks one until it is published and current."""
    owned = {"config.yaml": CONFIG + "organisation: {name: Healthwatch}\n"}
    advice = [("statement-missing", Severity.ADVICE)]
    assert faults({}) == []
    assert faults(owned) == advice
    assert faults({**owned, PATH: written(draft="true")}) == advice
    assert faults({**owned, PATH: written(withdrawn="{date: 2026-06-02, reason: Old}")}) == advice
    assert faults({**owned, PATH: written()}) == []


def test_upcoming_names_the_review() -> None:
    """The review is to do after 12 months, or on the page's own date where that is earlier."""
    assert [(e.at, e.what, e.visible) for e in events(written())] == [
        (sites.at("2027-06-01"), "falls due for its yearly review", False)
    ]
    assert [e.at for e in events(written(next_review_due="2026-12-01"))] == [sites.at("2026-12-01")]
    assert events(written(reviewed=None)) == []


@pytest.mark.parametrize(
    ("menu", "shown"),
    [
        ("{label: News, url: /news/}", ["News", "Accessibility"]),
        ("{label: Access, url: /accessibility-statement/}", ["Access"]),
        ("{label: Access, url: /accessibility-statement}", ["Access"]),
    ],
)
def test_the_link(menu: str, shown: list[str]) -> None:
    """Every page links the statement, by its short title, unless the footer's menu does."""
    files = {
        "config.yaml": CONFIG + f"menus: {{footer: [{menu}]}}\n",
        PATH: written(nav_title="Accessibility"),
    }
    assert [link.label for link in chrome.chrome(desk(files)).footer] == shown


def test_no_link_without_a_statement() -> None:
    """Nor to one that is a draft."""
    assert chrome.chrome(desk({PATH: written(draft="true")})).footer == ()
