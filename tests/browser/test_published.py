"""The published site: it obeys the policy that it is sent with, and says nothing of anybody."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.conftest import Served
from tests.browser.hosting import Host, headers, rules
from tests.browser.test_pages import PAGES
from tests.sites import build, make_site, page, put, sample_site, tree

# Whatever a policy forbids is an event; it is told in the console too.
WATCH = """addEventListener("securitypolicyviolation", (e) =>
  console.error(`${e.effectiveDirective} forbids ${e.blockedURI} in ${e.sourceFile}`))"""
EDITOR = "editor: {repo: owner/site, backend: test-repo}\n"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample site with the web editor."""
    root = sample_site(tmp_path_factory.mktemp("published"))
    put(root, {"config.yaml": (root / "config.yaml").read_text() + EDITOR})
    report = build(root, now="2026-11-21")
    assert not report.stopped, report.problems
    return root / "output"


@pytest.fixture(scope="module")
def published(built: Path, served: Served) -> str:
    """The same, served as a host does."""
    return served(built, Host)


@pytest.fixture
def tab(browser, published) -> Iterator:
    """A page of the browser; what its console says, and what comes from elsewhere, is a fault."""
    tab = browser.new_page()
    strange: list[str] = []
    tab.add_init_script(WATCH)
    tab.on(
        "console",
        lambda m: m.type in ("error", "warning") and strange.append(f"{m.text} {m.location}"),
    )
    tab.on("pageerror", lambda error: strange.append(str(error)))
    tab.on("request", lambda r: r.url.startswith((published, "blob:")) or strange.append(r.url))
    tab.on("response", lambda r: r.status < 400 or strange.append(f"{r.status} {r.url}"))
    yield tab
    cookies = tab.context.cookies()
    tab.close()
    assert strange == []
    assert cookies == []


def test_every_kind_of_page(tab, published) -> None:
    """Under the policy of _headers all that a page needs is had, from the site itself."""
    for path in PAGES.values():
        answer = tab.goto(published + path, wait_until="networkidle")
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert tab.evaluate("document.styleSheets.length") == 1
        assert tab.evaluate("[...document.images].every((one) => one.complete)")


def test_search_in_use(tab, published) -> None:
    """WebAssembly, its worker and the index come under the policy too."""
    tab.goto(f"{published}/search/")
    tab.get_by_label("Words to look for").fill("dentist")
    tab.locator("#_results a").first.wait_for()


def test_the_editor(tab, published) -> None:
    """It has a policy of its own, and comes whole from the site."""
    answer = tab.goto(f"{published}/admin/", wait_until="networkidle")
    assert "'unsafe-inline'" in answer.headers["content-security-policy"]
    tab.get_by_role("button").first.wait_for()


def test_old_addresses_and_files(tab, published) -> None:
    """A feed and a calendar are what they are called; a picture may be shown elsewhere."""
    asked = tab.context.request
    assert (
        asked.get(f"{published}/feed.json").headers["content-type"].startswith("application/feed")
    )
    calendar = asked.get(f"{published}/consultations/calendar.ics")
    assert calendar.headers["content-type"].startswith("text/calendar")
    picture = asked.get(f"{published}/media/houses.png")
    assert picture.headers["cross-origin-resource-policy"] == "cross-origin"
    assert asked.get(f"{published}/").headers["cross-origin-resource-policy"] == "same-origin"


def test_a_policy_that_is_broken_is_noticed(browser, tmp_path, served) -> None:
    """The watch itself: a script and a style that the policy doesn't know are told."""
    root = make_site(tmp_path, {"content/pages/a.md": page()})
    build(root)
    shown = (root / "output/a/index.html").read_text()
    worse = shown.replace("</main>", '<p style="color:red"></p><script>a=1</script></main>')
    put(root, {"output/a/index.html": worse})
    tab, said = browser.new_page(), list[str]()
    tab.add_init_script(WATCH)
    tab.on("console", lambda message: said.append(message.text))
    tab.goto(served(root / "output", Host) + "/a/")
    tab.close()
    assert any("style-src-attr forbids inline" in text for text in said)
    assert any("script-src-elem forbids inline" in text for text in said)


def test_no_page_is_without_its_policy(built) -> None:
    """Every file of the site is sent with one, and each page has it for hosts that send none."""
    files = tree(built)
    of = rules(files["_headers"].decode())
    for path, data in files.items():
        sent = headers(f"/{path.removesuffix('index.html')}", of)
        assert sent["Content-Security-Policy"].startswith("default-src 'none'"), path
        if path.endswith(".html"):
            assert b'<meta http-equiv="Content-Security-Policy" content="default-src ' in data, path
