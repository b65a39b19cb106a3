"""Upkeep: reviews in time, titles that tell posts apart, pages that can be found."""

from __future__ import annotations

import pytest

from sitegen.advice import upkeep
from tests.sites import CONFIG, Files, blog, explainer, linked, page, post, resolved


def advised(files: Files, now: str = "2026-06-15") -> list[str]:
    """``path:line code: message`` of what is advised about the posts of a site."""
    found = upkeep.check(resolved(files, now).site, linked(files, now))
    return [f"{p.path.removeprefix('content/')}:{p.line} {p.code}: {p.message}" for p in found]


@pytest.mark.parametrize(
    ("now", "said"),
    [
        ("2027-04-03", None),
        ("2027-04-04", "review-soon: the review is due on 2 May 2027: 4 weeks or less are left"),
        ("2027-05-01", "review-soon: the review is due on 2 May 2027: 4 weeks or less are left"),
        ("2027-05-02", "review-due: the review was due on 2 May 2027"),
    ],
)
def test_a_review_falls_due(now: str, said: str | None) -> None:
    """Told 4 weeks before, and from the day."""
    files = {"content/explainers/a.md": explainer()}
    assert advised(files, now) == ([f"explainers/a.md:6 {said}"] if said else [])


def test_no_review_is_owed_of_what_has_ended() -> None:
    """An expired or withdrawn page, or a translation: its original is reviewed."""
    files = {
        "content/explainers/a.md": explainer(expiry_date="2026-12-31"),
        "content/explainers/b.md": explainer(
            withdrawn="{date: 2026-12-31, reason: Old.}", title="B"
        ),
        "content/explainers/c.md": explainer(title="C", next_review_due="2030-01-01"),
        "content/explainers/d.md": explainer(title="D", lang="pl", translation_of="explainers/c"),
    }
    assert advised(files, "2028-01-01") == []


def test_a_review_or_a_figure_that_is_still_to_come() -> None:
    """Nobody can have made it."""
    text = explainer(
        last_reviewed_on="2026-07-01",
        indicators="[{id: a, label: A, source_url: https://example.org/, values: ["
        "{as_of: 2026-06-15, value: 1}, {as_of: 2026-06-16, value: 2}]}]",
    )
    assert advised({"content/explainers/a.md": text}) == [
        "explainers/a.md:5 review-to-come: "
        "the page says that it was reviewed on 1 July 2026, which is to come",
        "explainers/a.md:7 figure-to-come: "
        "this figure is of 16 June 2026, which is to come: it is not shown before",
    ]


def test_a_translation_without_words_of_its_language() -> None:
    """Its menus are in English until there is a file of words; Polish has one here."""
    files = {
        "content/news/a.md": post(),
        "content/news/b.md": post(lang="eo", translation_of="news/a"),
        "content/news/c.md": post(lang="pl", translation_of="news/a"),
    }
    assert advised(files) == [
        'news/b.md:6 no-words: menus and labels on this page are in English: no words for "eo" yet'
    ]


def test_letters_that_nobody_explains() -> None:
    """All of a post in one advice, at the first."""
    files = {
        "content/glossary.yaml": "ICB: {meaning: integrated care board}\n",
        "content/news/a.md": post("The ICB met two PCNs and the VCSE, and the PCN met the NHS."),
    }
    assert advised(files) == [
        'news/a.md:8 unknown-acronym: "PCN" and "VCSE" are not in content/glossary.yaml'
    ]


def test_two_posts_with_one_title() -> None:
    """The newer one is told, whatever their capitals; not another language's or an ended one."""
    files = {
        "content/news/a.md": post(title="Coffee morning", date="2026-05-01"),
        "content/blog/b.md": blog(title="Coffee Morning", date="2026-06-01"),
        "content/news/c.md": post(title="Coffee morning", lang="pl", translation_of="news/a"),
        "content/news/d.md": post(title="Coffee morning", expiry_date="2026-06-01"),
        "content/news/e.md": post(title="Coffee afternoon"),
    }
    assert advised(files) == ["blog/b.md:2 same-title: content/news/a.md has the same title"]


MENU = CONFIG + "menus: {main: [{label: News, url: /news/}]}\n"
ORPHAN = "orphan: no menu and no other page leads here, so readers won't find it"


def test_a_page_that_nothing_leads_to() -> None:
    """Not even its own link, its translation or a page below it; news is in a list."""
    files = {
        "config.yaml": MENU,
        "content/pages/a.md": page("[Here](#top), [here](a.md) and [here](/a/)."),
        "content/pages/b.md": page(title="B", lang="pl", translation_of="pages/a"),
        "content/pages/c.md": page(title="C", parent="pages/a"),
        "content/news/d.md": post(title="D"),
    }
    assert advised(files) == [f"pages/a.md:2 {ORPHAN}"]


@pytest.mark.parametrize(
    "other",
    [
        {"content/pages/index.md": page("[A](a.md)", title="Home")},
        {"content/news/b.md": post("[A](/a)", title="B")},
        {"content/news/b.md": post("[A](../pages/a.md#top)", title="B")},
        {"content/news/b.md": post(related="[pages/a]", title="B")},
        {"content/news/b.md": post(documents="[{title: T, url: https://example.org/, html: /a/}]")},
        {"config.yaml": CONFIG + "menus: {footer: [{label: A, url: /a}]}\n"},
        {"config.yaml": MENU + "alert: {title: A, link: '/a/#b'}\n"},
        {"config.yaml": CONFIG},
        {"content/actions.yaml": "a: {title: A, button: A, url: /a/}\n"},
    ],
)
def test_a_page_that_something_leads_to(other: Files) -> None:
    """A text, a field, a menu, an alert, a call to action; or there is no menu yet."""
    files = {"config.yaml": MENU, "content/pages/a.md": page(title="Page a"), **other}
    assert advised(files) == []


def test_the_statement_is_linked_by_itself() -> None:
    """It is at the foot of every page."""
    text = page(title="Accessibility", last_reviewed_on="2026-06-01")
    assert advised({"config.yaml": MENU, "content/pages/accessibility-statement.md": text}) == []
