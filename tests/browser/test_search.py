"""The search page in a real Chromium: it finds, says what it found, and needs no mouse.

The site lies below a path, and all of it comes with the Content-Security-Policy of ``_headers``.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator

import pytest

from tests.browser.conftest import RULES, Served, under_policy
from tests.sites import CONFIG, blog, build, consultation, make_site, page, post

axe = pytest.importorskip("axe_playwright_python.sync_playwright")

CONFIGURED = CONFIG.replace("search: false", "search: true").replace("org/", "org/site/")
SITE = {
    "config.yaml": CONFIGURED,
    **{
        f"content/news/n{i}.md": post(
            f"Words {i}: people ask for a ramp.",
            title=f"News {i}",
            date=f"{2024 + i % 3}-0{1 + i % 5}-01",
            tags="[dentistry]" if i % 2 else "[pharmacy]",
        )
        for i in range(12)
    },
    "content/news/n1-pl.md": post(
        "Słowa o zębach.", title="Zęby", lang="pl", translation_of="news/n1", date="2025-02-01"
    ),
    "content/blog/b.md": blog(
        "Of `<b>bold</b>` orthodontics & braces.", title="Straight <teeth>", date="2026-05-02"
    ),
    "content/blog/d.md": blog("Of a secret ramp.", draft="true"),
    "content/consultations/c.md": consultation("2026-06-01", "2026-06-30", title="Clinics"),
    "content/pages/about.md": page("About us."),
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, served: Served) -> str:
    """The address of the site, which has two pages of results and one of another language."""
    root = make_site(tmp_path_factory.mktemp("search"), SITE)
    report = build(root, output=root / "www" / "site")
    assert not report.stopped, report.problems
    return served(root / "www") + "/site"


@pytest.fixture
def tab(browser, site) -> Iterator:
    """A page of the browser; whatever its console says is a fault."""
    tab = browser.new_page()
    said = under_policy(tab, site)
    yield tab
    tab.unroute_all(behavior="wait")
    tab.close()
    assert said == []


def status(tab, text: str) -> None:
    """Wait until the status says this."""
    tab.get_by_role("status").get_by_text(text, exact=True).wait_for()


def results(tab) -> list[str]:
    """The titles of the results that are shown."""
    return tab.locator("#_results a").all_inner_texts()


def search(tab, words: str) -> None:
    """Type words into the search page's own field."""
    tab.get_by_label("Words to look for").fill(words)


def test_what_is_typed_is_found(tab, site) -> None:
    """The results come by themselves, each with its kind, date and words; the status tells."""
    tab.goto(site + "/search/")
    search(tab, "braces")
    status(tab, "1 result for “braces”")
    assert results(tab) == ["Straight <teeth>"]
    row = tab.locator("#_results li").inner_text()
    assert "Blog" in row
    assert "2 May 2026" in row
    assert "<b>bold</b> orthodontics & braces" in " ".join(row.split())
    assert tab.locator("#_results mark").inner_text() == "braces."
    tab.get_by_role("link", name="Straight").click()
    assert tab.url == site + "/blog/2026-05-02/b/"


def test_nothing_is_loaded_before_it_is_needed(browser, site) -> None:
    """The page alone asks for nothing of Pagefind's; the first step into its form does."""
    tab = browser.new_page()
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.goto(site + "/search/", wait_until="networkidle")
    before = [url for url in asked if "/pagefind/" in url]
    with tab.expect_response("**/*.pf_meta"):
        tab.get_by_label("Words to look for").focus()
    tab.close()
    assert before == []


def test_results_can_be_narrowed_and_sorted(tab, site) -> None:
    """By kind, tag and year, which say how much each would find; by day; also without words."""
    tab.goto(site + "/search/?q=ramp")
    status(tab, "12 results for “ramp”")
    tags = tab.get_by_label("Topic")
    assert "Dentistry (6)" in tags.inner_text()
    tags.select_option("dentistry")
    status(tab, "6 results for “ramp”")
    tab.get_by_label("Year").select_option("2025")
    status(tab, "2 results for “ramp”")
    tab.get_by_label("Sort by").select_option("newest")
    tab.wait_for_url("**/?q=ramp&tag=dentistry&year=2025&sort=newest")
    status(tab, "2 results for “ramp”")
    assert results(tab) == ["News 7", "News 1"]
    search(tab, "")
    status(tab, "3 results")
    tab.get_by_label("Kind").select_option("consultation")
    status(tab, "No results")
    assert tab.get_by_text("Check the spelling").is_visible()


def test_without_words_the_newest_come_first(tab, site) -> None:
    """A kind alone lists all of it, by day."""
    tab.goto(site + "/search/?kind=news")
    status(tab, "13 results")
    assert results(tab)[0] == "News 8"
    days = tab.locator("#_results time").evaluate_all("all => all.map(t => t.dateTime)")
    assert days == sorted(days, reverse=True)


def test_more_results_follow_when_asked_for(tab, site) -> None:
    """Ten at first; then the rest, and the focus is on the first of them."""
    tab.goto(site + "/search/?q=ramp")
    status(tab, "12 results for “ramp”")
    assert len(results(tab)) == 10
    tab.get_by_role("button", name="Show more results").press("Enter")
    tab.locator("#_results li").nth(11).wait_for()
    assert tab.evaluate("document.activeElement.textContent") == results(tab)[10]
    assert not tab.get_by_role("button", name="Show more results").is_visible()


def test_the_address_keeps_the_search(tab, site) -> None:
    """It can be sent, loaded again, and come back to."""
    tab.goto(site + "/search/")
    search(tab, "ramp")
    tab.get_by_label("Kind").select_option("news")
    status(tab, "12 results for “ramp”")
    assert tab.url == site + "/search/?q=ramp&kind=news"
    tab.reload()
    status(tab, "12 results for “ramp”")
    assert tab.get_by_label("Words to look for").input_value() == "ramp"
    assert tab.get_by_label("Kind").input_value() == "news"
    tab.locator("#_results a").first.click()
    tab.wait_for_url("**/news/**")
    tab.go_back()
    status(tab, "12 results for “ramp”")
    assert len(results(tab)) == 10


def test_an_address_that_asks_for_what_is_not_there_does_no_harm(tab, site) -> None:
    """An old link to a tag that went, or one that somebody made up."""
    tab.goto(site + "/search/?q=<img src=x onerror=alert(1)>&tag=gone&more=1")
    tab.get_by_role("status").get_by_text("<img").wait_for()
    assert tab.get_by_label("Topic").input_value() == ""
    assert tab.locator("main img").count() == 0


def test_results_are_in_their_own_language(tab, site) -> None:
    """A translation is found by its own words, and read aloud as what it is."""
    tab.goto(site + "/search/?q=zębach")
    status(tab, "1 result for “zębach”")
    link = tab.get_by_role("link", name="Zęby")
    assert link.get_attribute("lang") == "pl"
    assert tab.locator("#_results .result-kind").inner_text() == "News"
    link.click()
    assert tab.url == site + "/pl/news/2025-02-01/n1/"


def test_a_consultation_says_its_state(tab, site) -> None:
    """As its card does."""
    tab.goto(site + "/search/?kind=consultation")
    status(tab, "1 result")
    assert "Open until 30 June 2026" in tab.locator("#_results li").inner_text()


def test_a_draft_is_not_found(tab, site) -> None:
    """By none of its words."""
    tab.goto(site + "/search/?q=secret")
    status(tab, "No results for “secret”")


def test_the_keyboard_is_enough(tab, site) -> None:
    """From the head of any page to a result, by Tab and Enter alone."""
    tab.goto(site + "/about/")
    box = tab.get_by_label("Search this site")
    while not box.evaluate("box => box === document.activeElement"):
        tab.keyboard.press("Tab")
    tab.keyboard.type("orthodontics")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/search/?q=orthodontics")
    status(tab, "1 result for “orthodontics”")
    link = tab.get_by_role("link", name="Straight")
    for _ in range(40):
        tab.keyboard.press("Tab")
        if link.evaluate("link => link === document.activeElement"):
            break
    tab.keyboard.press("Enter")
    tab.wait_for_url(site + "/blog/2026-05-02/b/")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_results_pass_axe(browser, site, scheme: str) -> None:
    """With results, and with none: no rule of WCAG 2.2 AA is broken that axe can see."""
    tab = browser.new_page(color_scheme=scheme, viewport={"width": 360, "height": 740})
    found = []
    for address, told in (
        ("?q=ramp", "12 results for “ramp”"),
        ("?q=xq", "No results for “xq”"),
    ):
        tab.goto(site + "/search/" + address)
        status(tab, told)
        found += axe.Axe().run(tab, options={"runOnly": RULES}).response["violations"]
    tab.close()
    assert found == []


def test_the_page_is_as_wide_as_the_screen(browser, site) -> None:
    """From 320 pixels up, with results."""
    for width in (320, 768, 1280):
        tab = browser.new_page(viewport={"width": width, "height": 740})
        tab.goto(site + "/search/?q=ramp")
        status(tab, "12 results for “ramp”")
        assert tab.evaluate("document.documentElement.scrollWidth") <= width
        tab.close()


def test_without_scripts_it_leads_on(browser, site) -> None:
    """The box in the head of each page leads there too; no field is shown that does nothing."""
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(site + "/")
    tab.get_by_label("Search this site").fill("ramp")
    tab.get_by_label("Search this site").press("Enter")
    tab.wait_for_url("**/search/?q=ramp")
    assert not tab.get_by_label("Words to look for").is_visible()
    tab.get_by_role("main").get_by_role("link", name="Topics").click()
    assert tab.url == site + "/tags/"
    context.close()


def test_a_search_that_fails_says_so(browser, site) -> None:
    """And can be tried again, when the network is back."""
    tab = browser.new_page()
    tab.route("**/pagefind.js", lambda route: route.abort())
    tab.goto(site + "/search/?q=ramp")
    tab.get_by_role("status").get_by_text("does not work").wait_for()
    tab.unroute_all(behavior="wait")
    search(tab, "ramps")
    status(tab, "12 results for “ramps”")
    tab.close()


def test_the_script_is_small(browser, site) -> None:
    """Under 2 KB, compressed, and on no other page."""
    tab = browser.new_page()
    tab.goto(site + "/search/")
    script = tab.locator('script[type="module"]').get_attribute("src")
    script_file = tab.request.get(site.removesuffix("/site") + script).body()
    assert len(gzip.compress(script_file, 9)) < 2048
    tab.goto(site + "/about/")
    assert tab.locator("script[src]").count() == 0
    tab.close()
