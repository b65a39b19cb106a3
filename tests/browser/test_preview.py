"""The preview in a real browser: what an editor sees after each save."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.test_serve import FIRST, Running, Site

PATIENCE = 20_000  # milliseconds; waits end as soon as there is something to see
WIDTHS = (360, 1280)


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """A site of one story."""
    return Site(tmp_path / "site")


@pytest.fixture
def page(browser: Browser, site: Site) -> Iterator[Page]:
    """The story in the preview; at the end, nothing may have been refused or gone wrong."""
    preview = Running(site.root)
    context = browser.new_context()
    context.set_default_timeout(PATIENCE)
    page, told = context.new_page(), []
    page.on("console", lambda message: told.append(message.text))
    page.on("pageerror", lambda error: told.append(str(error)))
    page.goto(preview.address.rstrip("/") + FIRST)
    yield page
    context.close()
    preview.stop()
    assert told == []


def test_a_save_is_seen_by_itself(page: Page, site: Site) -> None:
    """The page that is open loads itself again and says what was typed."""
    expect(page.locator("main")).to_contain_text("Some words.")
    site.story("first", "Other words.")
    expect(page.locator("main")).to_contain_text("Other words.")


def test_faults_lie_over_the_last_good_page_until_mended(page: Page, site: Site) -> None:
    """The overlay names file and line; the page beneath is the last good one; mended, it goes."""
    site.story("first", "New words.", more="summry: Oops\n")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("content/news/first.md:6:1")
    expect(alert).to_contain_text('Did you mean "summary"?')
    expect(page.locator("main")).to_contain_text("Some words.")
    alert.get_by_text("1 error to mend").click()
    expect(alert.locator("pre")).to_be_hidden()
    site.story("first", "New words.")
    expect(page.locator("main")).to_contain_text("New words.")
    expect(alert).to_have_count(0)


def test_a_day_is_chosen_and_left_again(page: Page, site: Site) -> None:
    """The bar moves to what readers see on another day, by the keyboard too, and back."""
    site.story("draft", more="draft: true\n")
    page.goto(page.url.replace(FIRST, "/news/"))
    expect(page.locator("main")).to_contain_text("Draft")
    page.get_by_label("What readers see on").fill("2030-01-02T09:00")
    page.get_by_label("What readers see on").press("Enter")
    bar = page.get_by_role("complementary", name="Preview")
    expect(bar).to_contain_text("What readers see on 2 January 2030, 9am")
    expect(page.locator("main")).not_to_contain_text("Draft")
    assert page.url.endswith("/news/")
    page.get_by_role("button", name="Show everything, as it is now").click()
    expect(page.locator("main")).to_contain_text("Draft")


def test_the_skip_link_comes_first(page: Page) -> None:
    """What the preview adds doesn't stand before what readers meet first."""
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", [FIRST, "/_sitegen/"])
def test_everybody_can_use_it(page: Page, site: Site, path: str, scheme: str) -> None:
    """No accessibility fault on a page with overlay and bar, or on the dashboard; no scrolling."""
    site.story("first", more="summry: Oops\n")
    expect(page.get_by_role("alert")).to_be_visible()
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(page.url.replace(FIRST, path))
    found = Axe().run(page).response["violations"]
    assert [(v["id"], [n["html"] for n in v["nodes"]]) for v in found] == []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
