"""The sample site in a real Chromium: accessible, readable at every width, and quiet."""

from __future__ import annotations

import pytest

from tests.browser.conftest import RULES, under_policy

axe = pytest.importorskip("axe_playwright_python.sync_playwright")

PAGES = {
    "home": "/",
    "blog": "/blog/2026-11-18/we-need-health-services-to-connect/",
    "consultation, open": "/consultations/waiting-room-information/",
    "consultation, outcome": "/consultations/one-ccg/",
    "explainer": "/explainers/mk-deal/",
    "news": "/news/2026-11-05/milton-keynes-partnership-review/",
    "page": "/accessibility-statement/",
    "translation": "/pl/blog/2026-11-04/what-nhs-111-does/",
    "withdrawn": "/blog/2026-11-03/repeat-prescriptions-on-paper/",
    "list": "/blog/page/2/",
    "consultations": "/consultations/",
    "tags": "/tags/",
    "tag": "/tags/having-your-say/",
    "archive": "/archive/",
    "year": "/archive/2026/",
    "month": "/archive/2026/11/",
    "glossary": "/glossary/",
    "search": "/search/",
    "not found": "/404.html",
}


OUTLINE = "(s => `${s.outlineStyle} ${s.outlineWidth}`)(getComputedStyle(document.activeElement))"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_every_kind_of_page_passes_axe(browser, address, path: str, scheme: str) -> None:
    """No page breaks a rule of WCAG 2.2 AA, or a best practice, that axe can see."""
    page = browser.new_page(color_scheme=scheme, viewport={"width": 360, "height": 740})
    page.goto(address + path)
    found = axe.Axe().run(page, options={"runOnly": RULES})
    page.close()
    assert found.response["violations"] == [], found.generate_report()


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_nothing_is_wider_than_the_screen(browser, address, width: int) -> None:
    """From 320 pixels up no page must be scrolled sideways (WCAG 2.2, 1.4.10)."""
    page = browser.new_page(viewport={"width": width, "height": 740})
    wide = []
    for name, path in PAGES.items():
        page.goto(address + path)
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            wide.append(name)
    page.close()
    assert wide == []


def test_a_page_asks_for_nothing_from_elsewhere_and_logs_nothing(browser, address) -> None:
    """Every request goes to the site itself, succeeds, and leaves the console silent."""
    page = browser.new_page()
    strange: list[str] = []
    page.on("request", lambda r: r.url.startswith(address) or strange.append(r.url))
    page.on("response", lambda r: r.status < 400 or strange.append(f"{r.status} {r.url}"))
    page.on("console", lambda message: strange.append(message.text))
    for path in PAGES.values():
        page.goto(address + path)
    cookies = page.context.cookies()
    page.close()
    assert strange == []
    assert cookies == []


def test_the_policy_of_headers_lets_every_page_look_as_it_should(browser, address) -> None:
    """Under the Content-Security-Policy of _headers nothing that a page needs is blocked."""
    page = browser.new_page()
    blocked = under_policy(page, address)
    for path in PAGES.values():
        page.goto(address + path, wait_until="networkidle")
        assert page.evaluate("document.styleSheets.length") == 1
    page.unroute_all(behavior="wait")
    page.close()
    assert blocked == []


def test_the_first_tab_leads_to_the_content(browser, address) -> None:
    """With the keyboard alone, one Tab and Enter skip the menu."""
    page = browser.new_page()
    page.goto(address + PAGES["explainer"])
    page.keyboard.press("Tab")
    first = page.evaluate("document.activeElement.textContent.trim()")
    page.keyboard.press("Enter")
    landed = page.evaluate("location.hash")
    page.keyboard.press("Tab")
    inside = page.evaluate("!!document.activeElement.closest('main')")
    page.close()
    assert "Skip" in first
    assert landed == "#_main"
    assert inside


def test_focus_can_be_seen_on_every_stop(browser, address) -> None:
    """Each thing that Tab reaches shows an outline, light or dark."""
    for scheme in ("light", "dark"):
        page = browser.new_page(color_scheme=scheme)
        page.goto(address + "/")
        for _ in range(15):
            page.keyboard.press("Tab")
            style = page.evaluate(OUTLINE)
            assert "none" not in style and not style.endswith(" 0px"), style
        page.close()


def test_text_can_be_twice_as_large(browser, address) -> None:
    """At 200 % text, on a desktop's width, nothing is cut off sideways (WCAG 2.2, 1.4.4)."""
    page = browser.new_page(viewport={"width": 1280, "height": 800}, bypass_csp=True)
    wide = []
    for name, path in PAGES.items():
        page.goto(address + path)
        page.add_style_tag(content="html{font-size:200% !important}")
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            wide.append(name)
    page.close()
    assert wide == []
