"""The web editor in a real Chromium: what is written in its forms is what sitegen reads."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from sitegen.source.frontmatter import split
from tests.browser.conftest import Served
from tests.sites import CONFIG, REPO, build, make_site, post, put

EDITOR = "editor: {repo: owner/site, backend: test-repo}\n"
EARLIER = "content/news/earlier.md"
NOTED = "content/news/noted/index.md"
# Files of the browser's private file system, where the test backend keeps its repository.
FOLDER = "sveltia-cms-test"
WRITE = """async ([folder, files]) => {
  const root = await navigator.storage.getDirectory();
  for (const [path, text] of Object.entries(files)) {
    let place = await root.getDirectoryHandle(folder, { create: true });
    const parts = path.split("/");
    const name = parts.pop();
    for (const part of parts) place = await place.getDirectoryHandle(part, { create: true });
    const file = await (await place.getFileHandle(name, { create: true })).createWritable();
    await file.write(text);
    await file.close();
  }
}"""
READ = """async (folder) => {
  const files = {};
  async function walk(place, path) {
    for await (const [name, item] of place.entries()) {
      if (item.kind === "directory") await walk(item, `${path}${name}/`);
      else files[path + name] = await (await item.getFile()).text();
    }
  }
  const root = await navigator.storage.getDirectory();
  await walk(await root.getDirectoryHandle(folder), "");
  return files;
}"""
REACHES = "(address) => fetch(address).then(() => true, () => false)"
ANY = {"access-control-allow-origin": "*"}
BAD = ("error", "warning")
# No animations from page to page: without a graphics card each may take seconds.
STILL = "delete Document.prototype.startViewTransition"
# Whether a word is drawn as one sign: an icon is as wide as it is high, a word is not.
ICONS = """() => [...document.querySelectorAll(".material-symbols-outlined")]
  .map((one) => [one.textContent, one.getBoundingClientRect()])
  .filter(([, box]) => box.width > 0)
  .map(([name, box]) => [name, box.width, box.height])"""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A small site with the web editor."""
    noted = post(title="Noted", **{"x-note": "mind this", "publish_at": "2026-05-02 09:30"})
    files = {"config.yaml": CONFIG + EDITOR, EARLIER: post(title="Earlier"), NOTED: noted}
    return make_site(tmp_path / "site", files)


class Desk:
    """The editor, open: what was asked for and what the browser said, and what is done there."""

    def __init__(self, page: Any, address: str, root: Path) -> None:
        self.page, self.address, self.root = page, address, root
        self.asked: list[str] = []
        self.said: list[str] = []

    def go(self, path: str) -> None:
        """Show a part of the editor."""
        self.page.goto(f"{self.address}/admin/#/collections/{path}")

    def begin(self, folder: str) -> None:
        """Begin a post, as by a click on New."""
        self.go(folder)
        self.page.get_by_role("button", name="Create New Entry").first.click()
        self.text("Title").wait_for()

    def text(self, name: str) -> Any:
        """A field for text."""
        return self.page.get_by_role("textbox", name=name, exact=True).first

    def choose(self, field: str, option: str) -> None:
        """Choose one of a few."""
        group = self.page.get_by_role("group", name=field, exact=True)
        group.get_by_role("checkbox", name=option, exact=True).click()

    def write(self, body: str) -> None:
        """Write the text of the post."""
        self.text("Text").click()
        self.page.keyboard.insert_text(body)

    def save(self) -> None:
        """Save, and wait until that is done."""
        self.page.get_by_role("button", name="Save", exact=True).first.click()
        self.page.get_by_text("Entry saved.").first.wait_for()

    def files(self) -> dict[str, str]:
        """What the repository holds by now."""
        found: dict[str, str] = self.page.evaluate(READ, FOLDER)
        return found


@pytest.fixture
def editor(browser: Any, served: Served, site: Path) -> Iterator[Desk]:
    """The editor of a built site, under the policy of its own headers, with its posts."""
    assert not build(site).problems
    address = served(site / "output")
    context = browser.new_context(
        locale="en-GB", timezone_id="America/New_York", viewport={"width": 1200, "height": 9000}
    )
    context.add_init_script(STILL)
    desk = Desk(context.new_page(), address, site)
    headers = policy_of(site)
    desk.page.route("**/*", answering(desk, headers))
    desk.page.on("console", lambda said: said.type in BAD and desk.said.append(said.text))
    desk.page.on("pageerror", lambda error: desk.said.append(str(error)))
    desk.page.goto(address + "/admin/")
    posts = {name: (site / name).read_text(encoding="utf-8") for name in (EARLIER, NOTED)}
    desk.page.evaluate(WRITE, [FOLDER, posts])
    desk.page.get_by_role("button", name="Work with Test Repository").click()
    desk.page.get_by_role("button", name="Create New Entry").first.wait_for()
    yield desk
    context.close()


def policy_of(site: Path) -> str:
    """What the file of headers says for the editor."""
    block = (site / "output" / "_headers").read_text(encoding="utf-8").partition("\n/admin/*\n")[2]
    found = re.search(r"^  Content-Security-Policy: (.*)$", block, re.M)
    assert found
    return found[1]


def answering(desk: Desk, policy: str) -> Callable[[Any], None]:
    """Answer each request under the policy, and note it. Nothing from elsewhere is answered."""

    def answer(route: Any) -> None:
        desk.asked.append(route.request.url)
        if not route.request.url.startswith(desk.address):
            route.abort()
            return
        found = route.fetch()
        sent = {**found.headers, "content-security-policy": policy}
        route.fulfill(response=found, headers=sent)

    return answer


def quiet(desk: Desk) -> None:
    """Nothing was asked of another host, and nothing was refused."""
    assert [url for url in desk.asked if not url.startswith(desk.address + "/")] == []
    assert desk.said == []


def published(desk: Desk, name: str) -> dict[str, str]:
    """The fields of a post that was saved, as typed, once the site was built with it."""
    text = desk.files()[name]
    put(desk.root, {name: text})
    report = build(desk.root, strict=True)
    assert not report.problems
    front = split(text.encode(), name).front
    assert front
    return {key.text: getattr(value, "text", "") for key, value in front.entries}


def test_a_news_story(editor: Desk) -> None:
    """Written in the form, saved, and built with no fault; what is new begins as a draft."""
    editor.begin("news")
    assert editor.page.get_by_role("switch", name="Draft").get_attribute("aria-checked") == "true"
    editor.text("Title").fill("What’s new: “care” at 9:30")
    editor.text("Date").fill("2026-06-10")
    editor.text("Summary").fill("Yes: it's #1.")
    editor.choose("Tags", "Dentistry")
    editor.page.get_by_role("switch", name="Draft").click()
    editor.write("It *opens* soon.\n\n## When { #when }\n\n- Monday\n- Tuesday\n")
    editor.choose("Related", "Earlier")
    editor.text("Publish at").fill("2026-06-10 09:30")
    editor.save()
    front = published(editor, "content/news/what-s-new-care-at-9-30.md")
    assert front["date"] == "2026-06-10"
    assert front["publish_at"] == "2026-06-10 09:30"
    assert front["draft"] == "false"
    page = editor.root / "output/news/2026-06-10/what-s-new-care-at-9-30/index.html"
    html = page.read_text(encoding="utf-8")
    assert '<h2 id="when">' in html
    assert "<em>opens</em>" in html
    assert "/earlier/" in html
    quiet(editor)


def test_a_picture(editor: Desk) -> None:
    """Taken from the editor's computer, it is saved under a name that is fit for an address."""
    picture = (REPO / "content/media/houses.png").read_bytes()
    editor.begin("news")
    editor.text("Title").fill("Houses")
    editor.page.get_by_role("checkbox", name="Add ⁨Image⁩").click()
    editor.page.get_by_role("button", name="Browse").wait_for()
    upload = {"name": "Our houses (1).png", "mimeType": "image/png", "buffer": picture}
    editor.page.locator("input[type=file]").first.set_input_files([upload])
    editor.text("What the picture shows").fill("A row of houses")
    editor.save()
    text = editor.files()["content/news/houses.md"]
    assert "src: /media/our-houses-1.png\n" in text
    assert "alt: A row of houses\n" in text
    assert "content/media/our-houses-1.png" in editor.files()
    quiet(editor)


def test_the_git_host_and_nothing_else(browser: Any, served: Served, tmp_path: Path) -> None:
    """At GitHub the editor asks for a token, may ask its API, and can't reach any other host."""
    site = make_site(tmp_path / "site", {"config.yaml": CONFIG + "editor: {repo: owner/site}\n"})
    assert not build(site).problems
    context = browser.new_context(locale="en-GB")
    desk = Desk(context.new_page(), served(site / "output"), site)
    desk.page.route("**/*", answering(desk, policy_of(site)))
    desk.page.route("https://*/**", lambda route: route.fulfill(body="{}", headers=ANY))
    desk.page.goto(desk.address + "/admin/")
    desk.page.get_by_role("button", name=re.compile("Token")).wait_for()
    assert [url for url in desk.asked if not url.startswith(desk.address + "/")] == []
    assert desk.page.evaluate(REACHES, "https://api.github.com/user")
    assert not desk.page.evaluate(REACHES, "https://unpkg.com/")
    assert not desk.page.evaluate(REACHES, "https://example.com/")
    context.close()


def test_a_consultation(editor: Desk) -> None:
    """With a group of fields, Markdown in one, and moments that keep their hour."""
    editor.begin("consultations")
    editor.text("Title").fill("Evening clinics")
    editor.text("Date").fill("2026-06-01")
    editor.text("Summary").fill("Should clinics open in the evening?")
    editor.choose("Tags", "Hospital care")
    editor.page.get_by_role("switch", name="Draft").click()
    editor.text("Opening date").fill("2026-06-01")
    editor.text("Closing date").fill("2026-07-01 17:00")
    editor.write("Tell us.")
    editor.page.get_by_role("checkbox", name="Add ⁨Ways to respond⁩").click()
    editor.text("Email").fill("clinics@example.org")
    editor.text("Phone").fill("01632 960105")
    editor.text("What is proposed").click()
    editor.page.keyboard.insert_text("Clinics *until eight*.")
    editor.save()
    front = published(editor, "content/consultations/evening-clinics.md")
    assert front["opening_date"] == "2026-06-01"
    assert front["closing_date"] == "2026-07-01 17:00"
    html = (editor.root / "output/consultations/evening-clinics/index.html").read_text("utf-8")
    assert "<em>until eight</em>" in html
    assert "clinics@example.org" in html
    quiet(editor)


def test_an_old_post_keeps_what_it_has(editor: Desk) -> None:
    """Changed in one field, a bundle stays where it is, published, with its notes."""
    before = editor.files()[NOTED]
    editor.go("news/entries/noted/index")
    editor.text("Title").fill("Noted again")
    editor.save()
    after = editor.files()[NOTED]
    assert after.partition("\n---\n")[2] == before.partition("\n---\n")[2]
    front = published(editor, NOTED)
    assert front["title"] == "Noted again"
    assert front["x-note"] == "mind this"
    assert front["publish_at"] == "2026-05-02 09:30"
    assert front["draft"] == "false"


def test_what_can_not_be_read_is_not_saved(editor: Desk) -> None:
    """A date in words stops at the form."""
    editor.begin("news")
    editor.text("Title").fill("A story")
    editor.text("Publish at").fill("next Monday")
    editor.page.get_by_role("button", name="Save", exact=True).first.click()
    editor.page.get_by_text("YYYY-MM-DD or YYYY-MM-DD HH:MM").first.wait_for()
    assert set(editor.files()) == {EARLIER, NOTED}


def test_every_form_opens(editor: Desk) -> None:
    """Each kind's and each fact's, quietly, with icons for words."""
    for folder in ("blog", "consultations", "explainers", "news", "pages"):
        editor.begin(folder)
    editor.go("facts/entries/tags")
    editor.page.get_by_role("group", name="dentistry").first.wait_for()
    icons = editor.page.evaluate(ICONS)
    assert icons
    assert [icon for icon in icons if icon[1] > icon[2] * 1.2] == []
    quiet(editor)
