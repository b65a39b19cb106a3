"""The search page, and what search finds."""

from __future__ import annotations

import pytest

from sitegen.model import Rendered, SearchRecord
from sitegen.pages import plan
from sitegen.views.others import SearchView
from tests.sites import (
    CONFIG,
    blog,
    consultation,
    desk,
    explainer,
    links_of,
    made,
    page,
    planned,
    post,
)

SEARCHED = {"config.yaml": CONFIG.replace("search: false", "search: true")}


def records(files: dict[str, str], now: str = "2026-06-15") -> dict[str, SearchRecord]:
    """The records of these files, by their addresses."""
    index = plan.search_index(desk({**SEARCHED, **files}, now))
    return {record.url: record for record in index.records} if index else {}


def view(files: dict[str, str]) -> SearchView:
    """The view of the search page."""
    output = planned(files)["search/index.html"]
    assert isinstance(output, Rendered)
    assert isinstance(output.view, SearchView)
    return output.view


def test_a_post_is_found_by_all_that_its_page_says() -> None:
    """Its title with the series' prefix, its summary, standfirst, body, author and documents."""
    files = {
        "content/series.yaml": "ceo: {title: The CEO writes, prefix: CEO’s blog}\n",
        "content/blog/a.md": blog(
            "## Part\n\nBody words, [linked](/tags/).",
            title="Teeth",
            summary="In short.",
            series="ceo",
            standfirst="To begin with.",
            tags="[dentistry, hospital]",
            documents="[{title: The report, url: https://example.org/r.pdf}]",
        ),
    }
    (record,) = records(files).values()
    assert (record.url, record.title) == ("/blog/2026-05-01/a/", "CEO’s blog: Teeth")
    assert (record.kind, record.kind_label) == ("blog", "Blog")
    assert (record.tags, record.tag_labels) == (
        ("dentistry", "hospital"),
        ("Dentistry", "Hospital care"),
    )
    assert record.day and record.day.isoformat() == "2026-05-01"
    for words in ("In short.", "To begin with.", "Part", "Body words, linked.", "The report"):
        assert words in record.text
    assert "Ann Other" in record.text
    assert "<" not in record.text


def test_what_waits_for_its_day_is_not_found() -> None:
    """Fields that a page doesn't show yet, or no longer, are not in its record either."""
    told = {
        "what_is_proposed": "zqproposalzq",
        "ways_to_respond": "{postal_address: zqaddresszq}",
        "final_outcome": "{published_on: 2026-06-20, decision: adopted, detail: zqoutcomezq}",
        "withdrawn": "{date: 2027-01-01, reason: zqreasonzq}",
    }
    files = {"content/consultations/c.md": consultation("2026-05-02", "2026-06-01", **told)}
    before = records(files, "2026-05-15")["/consultations/c/"]
    between = records(files, "2026-06-15")["/consultations/c/"]
    after = records(files, "2026-06-20")["/consultations/c/"]
    texts = [record.text for record in (before, between, after)]
    assert ["zqproposalzq" in text for text in texts] == [True, True, True]
    assert ["zqaddresszq" in text for text in texts] == [True, False, False]
    assert ["zqoutcomezq" in text for text in texts] == [False, False, True]
    assert ["zqreasonzq" in text for text in texts] == [False, False, False]
    assert [r.state for r in (before, between, after)] == [
        "Open until 1 June 2026",
        "Closed 1 June 2026",
        "Outcome published 20 June 2026",
    ]


@pytest.mark.parametrize(
    "fields",
    [
        {"draft": "true"},
        {"date": "2026-06-16"},
        {"publish_at": "2026-06-15 00:01"},
        {"expiry_date": "2026-06-14"},
        {"withdrawn": "{date: 2026-06-15, reason: Wrong.}"},
    ],
)
def test_what_is_not_current_is_not_found(fields: dict[str, str]) -> None:
    """Drafts, scheduled, expired and withdrawn posts, nor a translation of one."""
    files = {
        "content/news/a.md": post(**fields),
        "content/news/b.md": post(lang="pl", translation_of="news/a"),
        "content/pages/about.md": page(),
    }
    assert set(records(files)) == {"/about/"}


def test_pages_and_translations_are_found() -> None:
    """Though they are in no list; a translation says which language it is in."""
    files = {
        "content/pages/index.md": page("Welcome.", title="Home"),
        "content/pages/about.md": page(title="About"),
        "content/explainers/e.md": explainer(title="E"),
        "content/explainers/pl.md": explainer(
            "Dzień dobry.", lang="pl", translation_of="explainers/e"
        ),
    }
    found = records(files)
    assert set(found) == {"/", "/about/", "/explainers/e/", "/pl/explainers/e/"}
    assert found["/pl/explainers/e/"].lang == "pl"
    assert found["/explainers/e/"].lang is None
    assert found["/about/"].day is None


def test_the_newest_comes_last() -> None:
    """Of posts of one day too: so, sorted by day, they come as in the lists."""
    files = {f"content/news/{name}.md": post() for name in "abc"}
    listed = [link for link in links_of(made(files, "news/index.html")) if "/2026" in link]
    assert list(records(files)) == listed[::-1]


def test_addresses_lie_below_the_path_of_the_site() -> None:
    """``base_url`` with a path: those of results, of the index and of the form."""
    files = {**SEARCHED, "content/news/a.md": post()}
    files["config.yaml"] = files["config.yaml"].replace("example.org/", "example.org/site/")
    index = plan.search_index(desk(files))
    assert index and index.records[0].url == "/site/news/2026-05-01/a/"
    html = made(files, "search/index.html").decode()
    assert 'data-index="/site/pagefind/"' in html
    assert 'action="/site/search/"' in html


def test_one_can_only_choose_what_finds_something() -> None:
    """The kinds, tags and years of what is found, by their labels; the newest year first."""
    files = {
        **SEARCHED,
        "content/news/a.md": post(tags="[pharmacy]"),
        "content/blog/b.md": blog(date="2024-05-01"),
        "content/blog/c.md": blog(draft="true", tags="[hospital]", date="2023-05-01"),
        "content/pages/about.md": page(),
    }
    form = view(files).form
    assert form
    found = {f.name: [(o.value, o.label) for o in f.options] for f in form.filters}
    assert found == {
        "kind": [("blog", "Blog"), ("news", "News"), ("page", "Pages")],
        "tag": [("dentistry", "Dentistry"), ("pharmacy", "Pharmacy")],
        "year": [("2026", "2026"), ("2024", "2024")],
    }


def test_a_site_in_another_language_counts_as_it_does() -> None:
    """Every plural form is there for the script; words are cut to their stems as Polish does."""
    files = {
        "config.yaml": SEARCHED["config.yaml"] + "language: pl-PL\n",
        "content/news/a.md": post(),
    }
    index = plan.search_index(desk(files))
    assert index and index.language == "pl"
    html = made(files, "search/index.html").decode()
    for form in ("one", "few", "many", "other"):
        assert f'data-{form}="{{n}} ' in html


def test_the_page_is_complete_without_scripts() -> None:
    """The form is hidden until its script runs; the other ways are there."""
    html = made({**SEARCHED, "content/news/a.md": post()}, "search/index.html").decode()
    assert 'role="search"' in html
    assert html.count(" hidden>") >= 3
    for way in ("/tags/", "/archive/", "/glossary/"):
        assert f'href="{way}"' in html


@pytest.mark.parametrize("files", [{"content/news/a.md": post()}, SEARCHED])
def test_without_search_the_page_has_no_form(files: dict[str, str]) -> None:
    """With ``search: false``, or nothing to find, it has the other ways and its title."""
    assert plan.search_index(desk(files)) is None
    assert view(files).form is None
    html = made(files, "search/index.html").decode()
    assert "Find a page" in html
    assert "_search" not in html
    assert "<script type=" not in html
    assert 'href="/archive/"' in html


def test_all_pages_lead_there_where_there_is_search() -> None:
    """The head of every page has the way to it, and has none without search."""
    assert (
        'action="/search/"'
        in made({**SEARCHED, "content/news/a.md": post()}, "index.html").decode()
    )
    assert "/search/" not in made({}, "index.html").decode()


def test_its_policy_lets_pagefind_in() -> None:
    """On this page only: WebAssembly, and requests to the site itself."""
    files = {**SEARCHED, "content/news/a.md": post()}
    assert "'wasm-unsafe-eval'" in (view(files).head.policy or "")
    assert "connect-src 'self'" in (view(files).head.policy or "")
    assert "wasm" not in made(files, "index.html").decode()
