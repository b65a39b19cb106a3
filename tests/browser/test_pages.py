"""The sample site in a real Chromium: accessible, readable at every width, and quiet."""

from __future__ import annotations

import pytest

from tests.browser.conftest import RULES, Served
from tests.sites import build, put, sample_site

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


ARABIC = {
    "skip": "تخط إلى المحتوى",
    "help_now": "احصل على المساعدة الآن",
    "home": "الرئيسية",
    "tags": "المواضيع",
    "contents": "المحتويات",
    "published": "نشر في {day}",
    "how_to_respond": "كيف ترد",
}
# What has the focus: where it ends up, and whether its outline shows.
FOCUSED = """() => {
  const one = document.activeElement
  if (!one || one === document.body) return null
  const { outlineStyle, outlineWidth } = getComputedStyle(one)
  const { bottom, top, width, height } = one.getBoundingClientRect()
  const all = [...document.querySelectorAll("a[href],button,input,select,summary,[tabindex='0']")]
  return {
    index: all.indexOf(one),
    text: one.outerHTML.slice(0, 80),
    outlined: outlineStyle !== "none" && outlineWidth !== "0px",
    seen: width > 0 && height > 0 && bottom > 0 && top < innerHeight,
  }
}"""
# Those that Tab should reach: all that can be used and are shown.
USABLE = """() => [...document.querySelectorAll(
  "a[href],button,input,select,summary,[tabindex='0']")].filter(
    (one) => one.checkVisibility({ visibilityProperty: true })).length"""
# Boxes that hide what does not fit, save what only screen readers are to have.
CUT = """() => [...document.querySelectorAll("body *:not(.quiet):not(svg *)")].filter((one) =>
  ["hidden", "clip"].includes(getComputedStyle(one).overflowY) && one.clientHeight > 1 &&
  (one.scrollHeight > one.clientHeight + 1 || one.scrollWidth > one.clientWidth + 1)
).map((one) => one.outerHTML.slice(0, 80))"""
WIDER = "document.documentElement.scrollWidth > window.innerWidth"
SPACED = """* { line-height: 1.5 !important; letter-spacing: .12em !important;
  word-spacing: .16em !important } p { margin-bottom: 2em !important }"""


@pytest.fixture(scope="session")
def mirrored(tmp_path_factory: pytest.TempPathFactory, served: Served) -> str:
    """The sample site in a language that is written from right to left, with a few of its words."""
    root = sample_site(tmp_path_factory.mktemp("mirrored"))
    words = "".join(f'{key}: "{text}"\n' for key, text in ARABIC.items())
    settings = (root / "config.yaml").read_text().replace("language: en-GB", "language: ar")
    put(root, {"templates/i18n/ar.yaml": words, "config.yaml": settings})
    report = build(root, now="2026-11-21")
    assert not report.stopped, report.problems
    return served(root / "output")


@pytest.fixture(params=["english", "right to left"])
def site(request: pytest.FixtureRequest) -> str:
    """The sample site, as it is and mirrored."""
    return request.getfixturevalue("address" if request.param == "english" else "mirrored")


@pytest.mark.parametrize(("scheme", "width"), [("light", 360), ("dark", 1280)])
def test_every_kind_of_page_passes_axe(browser, site, scheme: str, width: int) -> None:
    """No page breaks a rule of WCAG 2.2 AA, or a best practice, that axe can see."""
    page = browser.new_page(color_scheme=scheme, viewport={"width": width, "height": 800})
    broken = {}
    for name, path in PAGES.items():
        page.goto(site + path)
        found = axe.Axe().run(page, options={"runOnly": RULES})
        if found.response["violations"]:
            broken[name] = found.generate_report()
    page.close()
    assert broken == {}


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_nothing_is_wider_than_the_screen(browser, site, width: int) -> None:
    """From 320 pixels up no page must be scrolled sideways (WCAG 2.2, 1.4.10)."""
    page = browser.new_page(viewport={"width": width, "height": 740})
    wide = []
    for name, path in PAGES.items():
        page.goto(site + path)
        if page.evaluate(WIDER):
            wide.append(name)
    page.close()
    assert wide == []


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


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_keyboard_reaches_everything(browser, address, scheme: str) -> None:
    """Tab stops once at all that can be used, each in sight and outlined; nothing traps it."""
    # What has the focus comes into sight at once where motion is not wanted.
    options = {"color_scheme": scheme, "reduced_motion": "reduce"}
    page = browser.new_page(**options, viewport={"width": 360, "height": 740})
    for name, path in PAGES.items():
        page.goto(address + path)
        stops = []
        for _ in range(page.evaluate(USABLE) + 1):
            page.keyboard.press("Tab")
            stop = page.evaluate(FOCUSED)
            if stop is None or stop in stops:  # out of the page, or round to its beginning
                break
            stops.append(stop)
        assert len(stops) == page.evaluate(USABLE), name
        unseen = [s["text"] for s in stops if not (s["outlined"] and s["seen"])]
        assert unseen == [], name
    page.close()


def test_text_may_be_set_wider_apart(browser, address) -> None:
    """With the reader's own spacing nothing is cut or pushed out of sight (WCAG 2.2, 1.4.12)."""
    page = browser.new_page(viewport={"width": 360, "height": 740}, bypass_csp=True)
    for name, path in PAGES.items():
        page.goto(address + path)
        page.add_style_tag(content=SPACED)
        assert page.evaluate(CUT) == [], name
        assert not page.evaluate(WIDER), name
    page.close()


def test_text_can_be_twice_as_large(browser, address) -> None:
    """At 200 % text, on a desktop's width, nothing is cut off sideways (WCAG 2.2, 1.4.4)."""
    page = browser.new_page(viewport={"width": 1280, "height": 800}, bypass_csp=True)
    wide = []
    for name, path in PAGES.items():
        page.goto(address + path)
        page.add_style_tag(content="html{font-size:200% !important}")
        if page.evaluate(WIDER):
            wide.append(name)
    page.close()
    assert wide == []
