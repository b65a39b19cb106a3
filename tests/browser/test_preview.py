"""The preview in a real browser: what an editor sees after each save."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from sitegen.serving.overlay import EVENTS, LISTENER
from tests.browser.conftest import Served
from tests.serving.test_serve import FIRST, Running, Site

PATIENCE = 20_000  # milliseconds; waits end as soon as there is something to see
WIDTHS = (360, 1280)


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """A site of one story."""
    return Site(tmp_path / "site")


@pytest.fixture
def preview(site: Site) -> Iterator[Running]:
    """The preview of the site."""
    running = Running(site.root)
    yield running
    running.stop()


@pytest.fixture
def told() -> list[str]:
    """What the page's console says."""
    return []


@pytest.fixture
def page(browser: Browser, preview: Running, told: list[str]) -> Iterator[Page]:
    """The story in the preview; at the end, nothing may have been refused or gone wrong."""
    context = browser.new_context()
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.on("console", lambda message: told.append(message.text))
    page.on("pageerror", lambda error: told.append(str(error)))
    page.goto(preview.address.rstrip("/") + FIRST)
    yield page
    context.close()
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


def test_a_day_in_the_past_is_as_it_was(page: Page, site: Site) -> None:
    """The page's own script goes by the day that was chosen, not by the browser's clock."""
    shown = page.locator("script[data-epoch]").get_attribute("data-epoch")
    site.write(
        "content/consultations/asked.md",
        "---\ntitle: Asked\ndate: 2026-01-05\nsummary: S.\ntags: [care]\n"
        "opening_date: 2026-01-05\nclosing_date: 2026-02-05\nexternal_url: https://a.example/\n"
        "---\n\nText.\n",
    )
    expect(page.locator(f'script[data-epoch="{shown}"]')).to_have_count(0)
    page.goto(page.url.replace(FIRST, "/consultations/asked/"))
    expect(page.locator("main")).to_contain_text("Ran from 5 January 2026")
    page.get_by_label("What readers see on").fill("2026-01-20T09:00")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.locator("article.entry")).to_have_attribute("data-state", "open")
    expect(page.locator("main")).not_to_contain_text("Ran from", use_inner_text=True)


def test_a_save_disturbs_nobody(page: Page, site: Site) -> None:
    """Focus stays where it is; a day that is being typed in the bar is not lost."""
    page.get_by_role("link", name="News").first.focus()
    site.story("first", "Other words.")
    expect(page.locator("main")).to_contain_text("Other words.")
    expect(page.get_by_role("link", name="News").first).to_be_focused()
    field = page.get_by_label("What readers see on")
    field.fill("2030-01-02T09:00")
    site.story("first", "Words of a colleague.")
    page.wait_for_timeout(1500)
    expect(field).to_have_value("2030-01-02T09:00")
    page.get_by_role("link", name="News").first.focus()
    expect(page.locator("main")).to_contain_text("Words of a colleague.")


def test_faults_are_told_to_those_who_cannot_see(page: Page, site: Site) -> None:
    """The title and the status say that there are faults, and that they are mended."""
    site.story("first", more="summry: Oops\n")
    expect(page).to_have_title(re.compile("^1 error – First"))
    expect(page.get_by_role("status")).to_have_text("1 error to mend")
    site.story("first")
    expect(page.get_by_role("status")).to_have_text("Mended")
    expect(page).to_have_title(re.compile("^First"))


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


def test_more_tabs_than_a_browser_has_connections(page: Page, site: Site) -> None:
    """A browser keeps six to one server: eight tabs are all there, and all see what is saved."""
    tabs = [page, *(page.context.new_page() for _ in range(7))]
    for tab in tabs[1:]:
        tab.goto(page.url)
    site.story("first", "Other words.")
    for tab in tabs:
        expect(tab.locator("main")).to_contain_text("Other words.")


def test_a_preview_that_is_started_again(
    page: Page, site: Site, preview: Running, told: list[str]
) -> None:
    """At the same port it is found, and pages that are open show what was saved meanwhile."""
    preview.stop()
    site.story("first", "Other words.")
    again = Running(site.root, "--port", str(preview.port))
    try:
        expect(page.locator("main")).to_contain_text("Other words.")
        page.close()
    finally:
        again.stop()
    assert all("net::ERR_CONNECTION" in line for line in told)
    told.clear()


FOREIGN = """async (url) => {
  const loads = (name, attribute, load = "load") => () => new Promise((done, fail) => {
    const element = document.createElement(name);
    element[attribute] = url;
    element.addEventListener(load, done);
    element.addEventListener("error", fail);
    document.body.append(element);
  });
  const opens = (Kind, of) => () => new Promise((done, fail) => {
    const source = new Kind(of);
    source.onopen = source.onmessage = done;
    source.onerror = fail;
  });
  const tries = {
    fetch: () => fetch(url),
    "fetch without CORS": () => fetch(url, { mode: "no-cors" }),
    post: () => fetch(url, { method: "POST", mode: "no-cors", body: "a" }),
    script: loads("script", "src"),
    image: loads("img", "src"),
    object: loads("object", "data"),
    events: opens(EventSource, url),
    socket: opens(WebSocket, url.replace("http", "ws")),
    worker: opens(Worker, url),
  };
  const wait = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
  const through = [];
  for (const [name, attempt] of Object.entries(tries)) {  // what goes on and on is through too
    await Promise.race([attempt(), wait(9000)]).then(() => through.push(name), () => {});
  }
  const opened = open(url);
  for (let i = 0; i < 200 && !opened.closed; i++) await wait(50);
  if (!opened.closed) through.push("a hand on its window");
  return through;
}"""


def test_a_page_of_another_site_gets_nothing(
    browser: Browser, preview: Running, served: Served, tmp_path: Path
) -> None:
    """By no way that a browser has: it reads nothing, shows nothing, and keeps no hand on it."""
    (tmp_path / "evil.html").write_text("<!doctype html><title>Evil</title><body>")
    page = browser.new_page()
    page.goto(served(tmp_path) + "/evil.html")
    for place in ("localhost" + FIRST, "127.0.0.1" + EVENTS, "127.0.0.1" + LISTENER):
        address = f"http://{place.replace('/', f':{preview.port}/', 1)}"
        assert page.evaluate(FOREIGN, address) == [], address
    page.close()
