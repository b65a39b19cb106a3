"""The pictures of the documentation: made of the sample site and its preview, never by hand.

``pytest --update`` makes them anew. Browsers draw letters differently, so what is compared is
their size, and that they show something.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Served
from tests.browser.test_admin import EDITOR, STILL
from tests.serving.test_serve import Running
from tests.sites import REPO, build, sample_site

NOW = "2026-11-21"
DRAFT = "/blog/2026-11-20/help-for-carers/"
COLOURS = 50  # a picture with fewer shows nothing
Pictured = Callable[[str, bytes], None]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample site in a folder of its own."""
    return sample_site(tmp_path_factory.mktemp("guide"))


@pytest.fixture(scope="module")
def preview(site: Path) -> Iterator[Running]:
    """Its preview."""
    running = Running(site, "--now", NOW)
    yield running
    running.stop()


@pytest.fixture
def pictured(pytestconfig: pytest.Config) -> Pictured:
    """Puts a picture into docs/, or holds the one there to it."""

    def hold(name: str, png: bytes) -> None:
        path = REPO / "docs" / name
        if pytestconfig.getoption("update"):
            path.write_bytes(png)
        with Image.open(path) as there, Image.open(BytesIO(png)) as now:
            assert there.size == now.size
            assert len(now.convert("RGB").getcolors(1 << 24) or ()) > COLOURS
            assert len(there.convert("RGB").getcolors(1 << 24) or ()) > COLOURS

    return hold


def window(browser: Browser, width: int, height: int) -> Page:
    """An empty page of this size, as a browser in Britain has it, without moving parts."""
    context = browser.new_context(viewport={"width": width, "height": height}, locale="en-GB")
    context.add_init_script(STILL)
    return context.new_page()


def at(browser: Browser, preview: Running, path: str, width: int, height: int) -> Page:
    """A page of the preview in a window of this size."""
    page = window(browser, width, height)
    page.goto(preview.address.rstrip("/") + path)
    return page


@pytest.mark.parametrize(
    ("name", "path", "width", "height"),
    [
        ("site.png", "/", 1200, 1130),
        ("site-phone.png", "/consultations/waiting-room-information/", 390, 1050),
    ],
)
def test_the_site(
    browser: Browser,
    address: str,
    pictured: Pictured,
    name: str,
    path: str,
    width: int,
    height: int,
) -> None:
    """The published site, as readers see it."""
    page = window(browser, width, height)
    page.goto(address + path)
    pictured(name, page.screenshot())


def test_a_draft_in_the_preview(browser: Browser, preview: Running, pictured: Pictured) -> None:
    """A draft is marked, and the bar is at the foot of the window."""
    page = at(browser, preview, DRAFT, 1000, 640)
    expect(page.locator("main")).to_contain_text("Draft")
    pictured("preview.png", page.screenshot())


def test_a_fault_in_the_preview(
    browser: Browser, preview: Running, site: Path, pictured: Pictured
) -> None:
    """A mistyped field is named with its line, over the last good page."""
    post = site / "content/blog/help-for-carers.md"
    text = post.read_text(encoding="utf-8")
    page = at(browser, preview, DRAFT, 1000, 480)
    post.write_text(text.replace("\nsummary:", "\nsumary:"), encoding="utf-8")
    expect(page.get_by_role("alert")).to_contain_text("Did you mean")
    picture = page.screenshot()
    post.write_text(text, encoding="utf-8")
    expect(page.get_by_role("alert")).to_have_count(0)
    pictured("fault.png", picture)


def test_the_dashboard(browser: Browser, preview: Running, pictured: Pictured) -> None:
    """What waits and what falls due."""
    page = at(browser, preview, "/_sitegen/", 1000, 900)
    expect(page.get_by_role("heading", name="Drafts")).to_be_visible()
    pictured("dashboard.png", page.screenshot())


def test_the_web_editor(
    browser: Browser, served: Served, site: Path, tmp_path: Path, pictured: Pictured
) -> None:
    """The form of a new story, in the editor of the built site."""
    root = tmp_path / "edited"
    shutil.copytree(site, root)
    with (root / "config.yaml").open("a", encoding="utf-8") as config:
        config.write(EDITOR)
    assert not build(root, now=NOW).stopped
    page = window(browser, 1000, 800)
    page.goto(f"{served(root / 'output')}/admin/")
    page.get_by_role("button", name="Work with Test Repository").click()
    page.goto(page.url.partition("#")[0] + "#/collections/news/new")
    expect(page.get_by_role("textbox", name="Title", exact=True).first).to_be_visible()
    expect(page.get_by_text("Editing Healthwatch")).to_be_hidden()
    pictured("editor.png", page.screenshot())
