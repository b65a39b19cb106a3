"""The editors' dashboard: its counts are those of a scan by hand."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest

from sitegen.problems import Severity, problem
from sitegen.serving import dashboard
from sitegen.serving.dashboard import Dashboard, as_html
from sitegen.site import schedule
from tests.sites import config, consultation, documents, explainer, post, resolved

TODAY = date(2026, 6, 15)


def made(files: dict[str, str], found=()) -> Dashboard:
    """The dashboard of these files."""
    site = resolved(files, TODAY.isoformat(), preview=True).site
    parsed = documents(files)
    events = schedule.events(parsed, config(), preview=True)
    return dashboard.dashboard(site, parsed, events, found)


def counts(shown: Dashboard) -> dict[str, int]:
    """How many posts each section has."""
    return {section.title: len(section.rows) for section in shown.sections}


def on(days: int) -> str:
    """The day so many days from today."""
    return (TODAY + timedelta(days=days)).isoformat()


@pytest.mark.parametrize("seed", range(12))
def test_the_counts_are_those_of_a_scan_by_hand(seed: int) -> None:
    """Of random posts: which are drafts, wait, close soon, or lack an outcome or a review."""
    chance = random.Random(seed)
    files, expected = {}, dict.fromkeys(("Drafts", "Scheduled", "Closing soon"), 0)
    expected |= dict.fromkeys(("Outcomes overdue", "Reviews overdue", "Nothing links here"), 0)
    for n in range(20):
        draft, days = chance.random() < 0.3, chance.randint(-200, 60)
        published = on(min(days, -1) - 200)
        more = {"draft": "true"} if draft else {}
        kind = chance.choice(["news", "explainer", "consultation"])
        expected["Drafts"] += draft
        if kind == "news":
            files[f"content/news/n{n}.md"] = post(date=on(days), **more)
            expected["Scheduled"] += days > 0 and not draft
        elif kind == "explainer":
            fields = {"last_reviewed_on": published, "next_review_due": on(days), **more}
            files[f"content/explainers/e{n}.md"] = explainer(**fields)
            expected["Reviews overdue"] += days < 0 and not draft
        else:
            fields = {"date": published, **more}
            name = f"content/consultations/c{n}.md"
            files[name] = consultation(published, on(days), **fields)
            # Open until the end of the closing day.
            expected["Closing soon"] += 0 <= days <= 28 and not draft
            expected["Outcomes overdue"] += days + 84 < 0 and not draft
    assert counts(made(files)) == expected


def test_what_comes_leads_to_what_readers_see_then() -> None:
    """Each moment that is to come is a way into the preview of that moment, on that page."""
    shown = made({"content/news/a.md": post(title="Soon", date=on(3))})
    (coming,) = shown.coming
    assert (coming.at, coming.when) == ("2026-06-18T00:00", "18 June 2026")
    page = as_html(shown, prefix="/p", on="/on")
    address = "/on?on=2026-06-18T00%3A00&amp;back=%2Fp%2Fnews%2F2026-06-18%2Fa%2F"
    assert f'<a href="{address}">18 June 2026: Soon is published</a>' in page


def test_rows_are_in_the_order_of_their_days() -> None:
    """What comes first stands first."""
    files = {f"content/news/n{d}.md": post(title=f"In {d}", date=on(d)) for d in (9, 3, 6)}
    rows = made(files).sections[1].rows
    assert [row.title for row in rows] == ["In 3", "In 6", "In 9"]


def test_drafts_with_faults_have_no_page() -> None:
    """A draft that can't be shown is in the list, and leads nowhere."""
    shown = made({"content/news/a.md": post(title="Half", date="soon", draft="true")})
    (row,) = shown.sections[0].rows
    assert (row.title, row.path, row.note) == ("Half", None, "has faults")


def test_advice_is_counted_by_file_and_is_text() -> None:
    """Nothing in a title or a message becomes markup; faults and advice are told apart."""
    found = [
        problem("a", "<b>bad</b>", "content/news/a.md"),
        problem("b", "good", "content/news/a.md", severity=Severity.ADVICE),
        problem("b", "good", "content/news/b.md", severity=Severity.ADVICE),
    ]
    shown = made({"content/news/a.md": post(title='"<i>T</i>"', draft="true")}, found)
    page = as_html(shown, prefix="/p", on="/on")
    assert "Faults <span>(1)" in page
    assert "Advice <span>(2)" in page
    assert "&lt;b&gt;bad" in page and "<b>bad" not in page
    assert "&lt;i&gt;T" in page and "<i>T" not in page
    assert 'href="/p/news/2026-05-01/a/"' in page


def test_where_there_is_nothing_it_says_so() -> None:
    """An empty site has a dashboard too."""
    page = as_html(made({}), prefix="", on="/on")
    for words in ("No drafts.", "Nothing waits to appear.", "No faults.", "No advice."):
        assert words in page
