"""A page stays true although no build runs: a real Chromium at other times than the build's."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.browser.conftest import Served
from tests.sites import CONFIG, build, consultation, make_site, page, post

BUILT = "2026-06-01"
ALERT = (
    "alert: {title: Phones are down, text: Email us., from: 2026-06-10, until: 2026-06-12 17:00}\n"
)
PATH = "/consultations/letters/"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, served: Served) -> str:
    """A site built once, on 1 June, with a consultation open from 8 to 20 June, on all day."""
    root = tmp_path_factory.mktemp("time")
    files = {
        "config.yaml": CONFIG + ALERT,
        "content/consultations/letters.md": consultation(
            "2026-06-08 09:00", "2026-06-20", title="Letters"
        ),
        "content/news/coffee.md": post(expiry_date="2026-06-15"),
        "content/pages/about.md": page(),
    }
    build(make_site(root, files), now=BUILT)
    return served(root / "output")


@pytest.fixture(scope="module")
def nights(tmp_path_factory: pytest.TempPathFactory, served: Served) -> str:
    """A site built once, in June, with what closes about the night when the clocks go back."""
    root = tmp_path_factory.mktemp("nights")
    files = {
        "content/consultations/letters.md": consultation("2026-06-08", "2026-10-25 01:30"),
        "content/consultations/day.md": consultation("2026-06-08", "2026-10-24"),
    }
    build(make_site(root, files), now="2026-06-15")
    return served(root / "output")


def seen(
    browser, address: str, moment: str, selector: str, *, script: bool = True, zone: str = "UTC"
) -> str:
    """What is shown of the elements of a page, by a browser whose clock is at this moment."""
    context = browser.new_context(java_script_enabled=script, timezone_id=zone)
    tab = context.new_page()
    if script:
        tab.clock.set_fixed_time(dt.datetime.fromisoformat(moment))
    tab.goto(address)
    shown = [e.inner_text() for e in tab.query_selector_all(selector) if e.is_visible()]
    context.close()
    return " ".join(" ".join(shown).split())


@pytest.mark.parametrize(
    ("moment", "label", "state", "can_respond"),
    [
        ("2026-06-08T08:59:59+01:00", "Opens 8 June 2026", "upcoming", True),
        ("2026-06-08T09:00:00+01:00", "Open until 20 June 2026", "open", True),
        ("2026-06-20T23:59:59+01:00", "Open until 20 June 2026", "open", True),
        ("2026-06-21T00:00:00+01:00", "Closed 20 June 2026", "closed", False),
        ("2036-01-01T00:00:00+00:00", "Closed 20 June 2026", "closed", False),
    ],
)
def test_a_consultation_opens_and_closes_by_itself(
    browser, site, moment: str, label: str, state: str, can_respond: bool
) -> None:
    """To the second: its label, its state, and whether one can respond."""
    assert seen(browser, site + PATH, moment, ".state-banner .ribbon") == label
    assert bool(seen(browser, site + PATH, moment, f'article[data-state="{state}"] h1'))
    assert bool(seen(browser, site + PATH, moment, ".ways h2")) is can_respond
    assert bool(seen(browser, site + PATH, moment, 'a[href="#_respond"]')) is can_respond


def test_lists_and_home_say_the_same(browser, site) -> None:
    """A card turns when the page does."""
    for path in ("/", "/consultations/"):
        shown = seen(browser, site + path, "2026-06-21T00:00:00+01:00", ".card .ribbon")
        assert shown == "Closed 20 June 2026", path


def test_without_a_script_the_words_are_true(browser, site) -> None:
    """Nothing is hidden that matters, and the dates are absolute."""
    text = seen(browser, site + PATH, "", "main", script=False)
    assert "Opens at 9am on Monday 8 June 2026. Closes at 11:59pm on Saturday 20 June 2026." in text
    assert "Closed" not in text
    assert "left" not in text


@pytest.mark.parametrize(
    ("moment", "shown"),
    [
        ("2026-06-09T23:59:59+01:00", False),
        ("2026-06-10T00:00:00+01:00", True),
        ("2026-06-12T16:59:59+01:00", True),
        ("2026-06-12T17:00:00+01:00", False),
    ],
)
def test_the_alert_comes_and_goes(browser, site, moment: str, shown: bool) -> None:
    """An alert is shown between its moments on every page."""
    text = seen(browser, site + "/about/", moment, ".alert")
    assert ("Phones are down" in text) is shown


def test_an_expired_page_says_so(browser, site) -> None:
    """From the moment it expires a page says that it is no longer current."""
    path = site + "/news/2026-05-01/coffee/"
    assert seen(browser, path, "2026-06-15T23:59:59+01:00", ".notice") == ""
    assert "no longer current" in seen(browser, path, "2026-06-16T00:00:00+01:00", ".notice")


def test_the_script_is_under_a_kilobyte(browser, site) -> None:
    """The one inline script costs a page less than 1 KB."""
    tab = browser.new_page()
    tab.goto(site + "/about/")
    inline = tab.eval_on_selector_all(
        "script:not([src]):not([type])", "all => all.map(s => s.text)"
    )
    tab.close()
    assert len(inline) == 1 and 0 < len(inline[0]) < 1000


@pytest.mark.parametrize(
    "zone", ["America/Los_Angeles", "Pacific/Kiritimati", "Australia/Lord_Howe"]
)
def test_wherever_a_browser_is(browser, nights, zone: str) -> None:
    """It closes in the same second for all, also in the night when a time comes twice."""
    day = "/consultations/day/"
    for path, moment, label in (
        (day, "2026-10-24T22:59:59+00:00", "Open until 24 October 2026"),
        (day, "2026-10-24T23:00:00+00:00", "Closed 24 October 2026"),
        (PATH, "2026-10-25T00:29:59+00:00", "Open until 25 October 2026"),
        (PATH, "2026-10-25T00:30:00+00:00", "Closed 25 October 2026"),
        (PATH, "2026-10-25T01:15:00+00:00", "Closed 25 October 2026"),  # 01:15 again in London
    ):
        told = seen(browser, nights + path, moment, ".state-banner .ribbon", zone=zone)
        assert told == label, moment
