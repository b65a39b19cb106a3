"""The live preview, through the door: a real server, real files, a real HTTP client."""

from __future__ import annotations

import html
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

import pytest

from sitegen.problems import SitegenError
from sitegen.serving.asking import Answer, Request
from sitegen.serving.preview import Preview
from sitegen.serving.server import Board, Server
from sitegen.serving.watch import Watch, matters
from sitegen.serving.window import Window, injected, media_type

REPO = Path(__file__).resolve().parents[2]
PATIENCE = 30.0  # seconds; waits end as soon as there is something to see
START = """
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
from sitegen.cli import main
sys.exit(main(sys.argv[1:]))
"""
CONFIG = "title: Example\nbase_url: https://example.org{path}\nsearch: false\nimages: false\n"
STORY = "---\ntitle: {title}\ndate: {date}\nsummary: A story.\ntags: [care]\n{more}---\n\n{text}\n"


class Site:
    """A small site in a folder of its own."""

    def __init__(self, root: Path, path: str = "") -> None:
        self.root = root
        shutil.copytree(REPO / "templates", root / "templates")
        self.write("config.yaml", CONFIG.format(path=path))
        self.story("first")

    def write(self, path: str, text: str) -> Path:
        """Write a file as most editors do: in place."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return file

    def story(
        self,
        name: str,
        text: str = "Some words.",
        *,
        date: str = "2026-01-02",
        more: str = "",
        folder: str = "content/news",
    ) -> Path:
        """Write a news story."""
        title = name.capitalize()
        filled = STORY.format(title=title, date=date, more=more, text=text)
        return self.write(f"{folder}/{name}.md", filled)


FIRST = "/news/2026-01-02/first/"
BROKEN = "title: First\ndate: 2026-01-02"


class Reply:
    """A response that has been read."""

    def __init__(self, response: HTTPResponse) -> None:
        self.status, self.headers = response.status, response.headers
        self.body = response.read()
        self.text = self.body.decode("utf-8", "replace")
        self.type = self.headers["Content-Type"]

    @property
    def faults(self) -> str:
        """The text of the alert with the faults; empty where there is none."""
        if 'role="alert"' not in self.text:
            return ""
        alert = self.text.split('role="alert"')[1].split("</section>")[0]
        return html.unescape(re.sub("<[^>]*>", "", "<" + alert))


class Door:
    """A way to ask a preview for things."""

    def __init__(self, port: int) -> None:
        self.port = port

    def ask(self, target: str, method: str = "GET", **headers: str) -> Reply:
        """A request with exactly this target; headers take the place of the usual ones."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.putrequest(method, target, skip_host=True, skip_accept_encoding=True)
        named = {"Host": f"127.0.0.1:{self.port}"} | {
            name.replace("_", "-"): value for name, value in headers.items()
        }
        for name, value in named.items():
            if value:
                connection.putheader(name, value)
        connection.endheaders()
        try:
            return Reply(connection.getresponse())
        finally:
            connection.close()

    def comes_to_say(self, words: str, path: str = FIRST) -> bool:
        """Whether a page says this before patience ends."""
        return bool(until(lambda: words in self.ask(path).text))

    @contextmanager
    def events(self) -> Iterator[Callable[[], int]]:
        """The event stream, as a function that waits for the next epoch."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.request("GET", "/_sitegen/events")
        response = connection.getresponse()
        assert response.status == 200, response.read()
        assert response.headers["Content-Type"].startswith("text/event-stream")
        assert not [name for name in response.headers if name.lower().startswith("access-control")]

        def following() -> int:
            while True:
                line = response.readline()
                assert line, "the stream has ended"
                if line.startswith(b"data: "):
                    return int(line[6:])

        try:
            yield following
        finally:
            connection.close()


class Running(Door):
    """``sitegen serve`` as a process of its own."""

    def __init__(self, root: Path, *options: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", START, "serve", "--port", "0", *options],
            cwd=root,
            env=os.environ | {"PYTHONPATH": str(REPO), "PYTHONUTF8": "1"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        self.said: list[str] = []
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        until(lambda: self.address or self.process.poll() is not None)
        assert self.address, self.said
        super().__init__(int(self.address.split(":")[2].split("/")[0]))

    def _read(self) -> None:
        assert self.process.stderr
        for line in self.process.stderr:
            self.said.append(line.rstrip("\n"))

    @property
    def address(self) -> str:
        """Where it says that the site is."""
        lines = [line for line in self.said if line.startswith("See the site at ")]
        return lines[0].split()[4] if lines else ""

    def stop(self) -> int:
        """Press Ctrl-C; the exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        try:
            code = self.process.wait(PATIENCE)
        finally:
            self.process.kill()
        self._reader.join(PATIENCE)
        return code


def until(found: Callable[[], Any]) -> Any:
    """What is found, once it is; or its last value after a generous wait."""
    end = time.monotonic() + PATIENCE
    while not (value := found()) and time.monotonic() < end:
        time.sleep(0.02)
    return value


Start = Callable[..., Running]


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """A site of one story."""
    return Site(tmp_path / "site")


@pytest.fixture
def serving() -> Iterator[Start]:
    """Starts previews, and stops them in the end."""
    running: list[Running] = []

    def start(site: Site, *options: str) -> Running:
        running.append(Running(site.root, *options))
        return running[-1]

    yield start
    for preview in running:
        preview.stop()


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A preview that is only looked at."""
    site = Site(tmp_path_factory.mktemp("looked-at") / "site")
    site.story("draft", more="draft: true\n")
    site.story("later", date="2999-01-02")
    preview = Running(site.root)
    yield preview
    preview.stop()


def test_pages_are_shown_and_never_kept(door: Running) -> None:
    """A page comes as UTF-8 HTML that browsers don't cache, with the script that reloads it."""
    page = door.ask(FIRST)
    assert (page.status, page.type) == (200, "text/html; charset=utf-8")
    assert page.headers["Cache-Control"] == "no-store"
    assert "Some words." in page.text
    assert '<script src="/_sitegen/reload.js" data-epoch="' in page.text
    assert not page.faults


def test_what_is_injected_is_served_and_not_written(door: Running) -> None:
    """The script and its looks come from the server; the files on the disk know nothing of them."""
    assert door.ask("/_sitegen/reload.js").type == "text/javascript; charset=utf-8"
    assert door.ask("/_sitegen/preview.css").type == "text/css; charset=utf-8"
    assert door.ask("/_sitegen/other").status == 404
    assert b"_sitegen" not in door.ask("/feed.xml").body


def test_head_sends_no_body(door: Running) -> None:
    """HEAD gives the headers of GET, also for the events, and ends."""
    page, head = door.ask(FIRST), door.ask(FIRST, "HEAD")
    assert (head.status, head.body) == (200, b"")
    assert head.headers["Content-Length"] == str(len(page.body))
    assert door.ask("/_sitegen/events", "HEAD").body == b""


@pytest.mark.parametrize(
    ("path", "location"),
    [(FIRST[:-1], FIRST), ("/news?page=1", "/news/?page=1"), ("/news", "/news/")],
)
def test_folders_end_with_a_slash(door: Running, path: str, location: str) -> None:
    """A folder without its slash is redirected, for this time only."""
    reply = door.ask(path)
    assert (reply.status, reply.headers["Location"]) == (302, location)


def test_nothing_there_shows_404_html(door: Running) -> None:
    """An address that leads nowhere gives 404.html, with status 404 and the script."""
    page = door.ask("/news/nothing/")
    assert page.status == 404
    assert "If you typed the address" in page.text
    assert "/_sitegen/reload.js" in page.text
    assert door.ask("/assets/").status == 404


def test_drafts_and_scheduled_posts_are_marked(door: Running) -> None:
    """What isn't published is shown in the preview, and says what it is."""
    listed = door.ask("/news/").text
    assert "<strong>Draft</strong>" in listed
    assert "<strong>Scheduled</strong>" in listed
    assert door.ask("/news/2026-01-02/draft/").status == 200
    assert door.ask("/news/2999-01-02/later/").status == 200


@pytest.mark.parametrize(
    ("name", "type_"),
    [
        ("feed.xml", "application/atom+xml; charset=utf-8"),
        ("feed.json", "application/feed+json; charset=utf-8"),
        ("sitemap.xml", "application/xml; charset=utf-8"),
        ("calendar.ics", "text/calendar; charset=utf-8"),
        ("photo.WEBP", "image/webp"),
        ("photo.png", "image/png"),
        ("mark.svg", "image/svg+xml; charset=utf-8"),
        ("site.css", "text/css; charset=utf-8"),
        ("states.js", "text/javascript; charset=utf-8"),
        ("build.json", "application/json; charset=utf-8"),
        ("form.pdf", "application/pdf"),
        ("_headers", "text/plain; charset=utf-8"),
        ("CNAME", "application/octet-stream"),
    ],
)
def test_types(name: str, type_: str) -> None:
    """Each file comes as what it is, whatever this computer believes."""
    assert media_type(PurePosixPath(name)) == type_


def test_feeds_come_as_feeds(door: Running) -> None:
    """Feeds are served with the types that feed readers expect, and build.json as JSON."""
    assert door.ask("/feed.xml").type.startswith("application/atom+xml")
    assert door.ask("/news/feed.json").type.startswith("application/feed+json")
    assert json.loads(door.ask("/build.json").body)["generator"] == "sitegen"


OTHER = "https://evil.example"


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": "evil.example:{port}"},
        {"Host": "127.0.0.1"},
        {"Host": "127.0.0.1:1"},
        {"Host": "localhost.evil.example:{port}"},
        {"Host": ""},
        {"Origin": OTHER},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Origin": "https://127.0.0.1:{port}"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
        {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "no-cors", "Sec_Fetch_Dest": "script"},
        {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "navigate", "Sec_Fetch_Dest": "iframe"},
    ],
    ids=str,
)
@pytest.mark.parametrize("path", [FIRST, "/_sitegen/events", "/_sitegen/reload.js"])
def test_other_sites_are_refused(door: Running, path: str, headers: dict[str, str]) -> None:
    """A page of another site can read nothing: neither by fetch, nor by a name of its own."""
    filled = {name: value.format(port=door.port) for name, value in headers.items()}
    reply = door.ask(path, **filled)
    assert reply.status == 403
    assert "Some words" not in reply.text
    assert not [name for name in reply.headers if name.lower().startswith("access-control")]


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "localhost:{port}"},
        {"Host": "[::1]:{port}"},
        {"Host": "LOCALHOST:{port}"},
        {"Origin": "http://127.0.0.1:{port}"},
        {"Sec_Fetch_Site": "none", "Sec_Fetch_Mode": "navigate", "Sec_Fetch_Dest": "document"},
        {"Sec_Fetch_Site": "same-origin", "Sec_Fetch_Mode": "cors", "Sec_Fetch_Dest": "empty"},
        {
            "Sec_Fetch_Site": "cross-site",
            "Sec_Fetch_Mode": "navigate",
            "Sec_Fetch_Dest": "document",
        },
    ],
    ids=str,
)
def test_the_own_browser_is_answered(door: Running, headers: dict[str, str]) -> None:
    """The editor's browser is let in by any of the computer's names, also by a link elsewhere."""
    filled = {name: value.format(port=door.port) for name, value in headers.items()}
    assert door.ask(FIRST, **filled).status == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_only_get_and_head(door: Running, method: str) -> None:
    """Nothing can be changed through the preview."""
    assert door.ask(FIRST, method).status == 405


@pytest.mark.parametrize(
    "target",
    [
        "/../config.yaml",
        "/../../config.yaml",
        "/news/../../../config.yaml",
        "/%2e%2e/%2e%2e/config.yaml",
        "/..%2f..%2fconfig.yaml",
        "/..%5c..%5cconfig.yaml",
        "/%2e%2e%2f%2e%2e%2fconfig.yaml",
        "/....//....//config.yaml",
        "/%00",
        "/build.json%00.html",
        "/%ff%fe",
        "//etc/passwd",
        "/etc/passwd",
        "/./build.json",
        "/news//feed.xml",
        "/build.json/",
        "/" + "a" * 5000,
        "http://127.0.0.1/build.json",
    ],
)
def test_nothing_outside_the_site_is_sent(door: Running, target: str) -> None:
    """No spelling of a path leads out of the preview, or makes it stumble."""
    reply = door.ask(target)
    assert reply.status == (404 if target.startswith("/") else 400)
    assert "base_url" not in reply.text
    assert door.ask(FIRST).status == 200


def test_a_save_is_seen(site: Site, serving: Start) -> None:
    """A save is announced by a newer epoch, and the page then says what was typed."""
    preview = serving(site)
    with preview.events() as following:
        before = following()
        assert f'data-epoch="{before}"' in preview.ask(FIRST).text
        site.story("first", "Other words.")
        after = following()
    assert after > before
    assert preview.comes_to_say("Other words.")
    assert f'data-epoch="{before}"' not in preview.ask(FIRST).text
    assert until(lambda: [line for line in preview.said if "files are ready" in line][1:])
    assert not (site.root / "output").exists()
    assert not [*(site.root / ".sitegen").rglob("*.html")]


def sheet_of(page: str) -> str:
    """The address of the site's own style sheet in a page."""
    return re.findall(r'rel="stylesheet" href="(/assets/[^"]+)"', page)[0]


def test_the_design_and_the_settings_are_watched_too(site: Site, serving: Start) -> None:
    """A change of a template, a style or config.yaml is shown like one of a post."""
    preview = serving(site)
    template = site.root / "templates/404.html"
    template.write_text(template.read_text().replace("<h1>", "<h1>Dear reader: "))
    assert preview.comes_to_say("Dear reader: ", "/nowhere")
    words = site.root / "templates/i18n/en.yaml"
    words.write_text(words.read_text().replace("If you typed", "Should you have typed"))
    assert preview.comes_to_say("Should you have typed", "/nowhere")
    site.write("config.yaml", CONFIG.format(path="") + "notice: Only a test.\n")
    assert preview.comes_to_say("Only a test.")
    site.write("templates/assets/css/99-own.css", ".own { color: #123456 }\n")
    assert until(lambda: "#123456" in preview.ask(sheet_of(preview.ask(FIRST).text)).text)
    site.write("templates/root/.well-known/security.txt", "Contact: mailto:a@example.org\n")
    assert until(lambda: preview.ask("/.well-known/security.txt").status == 200)


def test_what_readers_see_on_a_day(site: Site, serving: Start) -> None:
    """A day can be chosen: pages are then as readers see them, without drafts, for that browser."""
    site.story("later", "Words to come.", date="2999-01-02")
    site.story("draft", more="draft: true\n")
    preview = serving(site)
    turn = preview.ask("/_sitegen/on?on=2999-01-03T09%3A00&back=%2Fnews%2F%3Fa")
    assert (turn.status, turn.headers["Location"]) == (302, "/news/%3Fa")
    kept = turn.headers["Set-Cookie"]
    assert "HttpOnly" in kept and "SameSite=Strict" in kept
    cookie = kept.partition(";")[0]
    page = preview.ask("/news/", Cookie=cookie).text
    assert "What readers see on 3 January 2999, 9am" in page
    assert "<title>what readers see on 3 January 2999, 9am – News" in page
    assert "Later" in page and "Draft" not in page and "<strong>Scheduled" not in page
    assert preview.ask("/news/2999-01-02/later/", Cookie=cookie).status == 200
    earlier = cookie.replace("2999-01-03", "2026-06-01")
    assert preview.ask("/news/2999-01-02/later/", Cookie=earlier).status == 404
    assert "Draft" in preview.ask("/news/").text
    site.story("first", "Changed words.")
    assert until(lambda: "Changed words." in preview.ask(FIRST, Cookie=cookie).text)


@pytest.mark.parametrize(
    "back", ["//evil.example/", "/\\evil.example", "https://evil.example", "x", "/a b", ""]
)
def test_back_leads_nowhere_else(door: Running, back: str) -> None:
    """Whoever makes up an address of the preview can't send its editor to another site."""
    turn = door.ask(f"/_sitegen/on?on=&back={quote(back, safe='')}")
    assert (turn.status, turn.headers["Location"]) == (302, "/")
    assert "Max-Age=0" in turn.headers["Set-Cookie"]


@pytest.mark.parametrize("cookie", ["soon", "", "a=b; ;;=", '"', "é=1"])
def test_a_cookie_that_is_none(door: Running, cookie: str) -> None:
    """What can't be read as a day is as if none were chosen."""
    kept = f"sitegen_on_{door.port}={cookie}"
    assert "with drafts and scheduled posts" in door.ask(FIRST, Cookie=kept).text


@pytest.mark.parametrize("on", ["soon", "04/12/2026", "2026-13-01 09:00", "\r\nX: y"])
def test_a_day_that_is_none(door: Running, on: str) -> None:
    """What is no day is said to be none, and changes nothing."""
    turn = door.ask(f"/_sitegen/on?on={quote(on, safe='')}&back=%2F")
    assert turn.status == 400
    assert "not a day and time" in turn.text
    assert turn.headers["Set-Cookie"] is None


def test_no_other_site_chooses_the_day(door: Running) -> None:
    """A link elsewhere may lead into the preview, but not change what it shows."""
    visit = {"Sec_Fetch_Mode": "navigate", "Sec_Fetch_Dest": "document"}
    for site, news, turned in (("cross-site", 200, 403), ("same-origin", 200, 302)):
        headers = {**visit, "Sec_Fetch_Site": site}
        assert door.ask("/news/", **headers).status == news
        assert door.ask("/_sitegen/on?on=2030-01-01&back=%2F", **headers).status == turned


def test_cookies_of_other_programs(door: Running) -> None:
    """Whatever else is kept for this computer, the day that was chosen is found among it."""
    ours = f"sitegen_on_{door.port}=2030-01-02"
    for other in ('{"a":1}', "x[]=1", "é=ü", "\\" * 20_000):
        assert "2 January 2030" in door.ask(FIRST, Cookie=f"{other}; {ours}").text


def test_a_page_that_readers_have_not_yet(site: Site, serving: Start) -> None:
    """A day on which a page isn't there says so; from the dashboard one is led to the site."""
    site.story("later", date="2999-01-02")
    preview = serving(site)
    cookie = f"sitegen_on_{preview.port}=2026-06-01"
    page = preview.ask("/news/2999-01-02/later/", Cookie=cookie)
    assert page.status == 404
    assert (
        "What readers see at the start of 1 June 2026</strong>. Readers have no such" in page.text
    )
    assert "What readers see at the start" in preview.ask("/_sitegen/", Cookie=cookie).text
    turn = preview.ask("/_sitegen/on?on=2026-06-01&back=%2F_sitegen%2F")
    assert turn.headers["Location"] == "/"


def test_the_dashboard_tells_what_waits(site: Site, serving: Start) -> None:
    """Drafts and scheduled posts are listed with links to them, and it keeps up with the files."""
    site.story("later", date="2999-01-02")
    preview = serving(site)
    page = preview.ask("/_sitegen/").text
    assert "Drafts <span>(0)" in page
    assert "Scheduled <span>(1)" in page
    assert '<a href="/news/2999-01-02/later/">Later</a>' in page
    site.story("draft", more="draft: true\n")
    assert until(lambda: "Drafts <span>(1)" in preview.ask("/_sitegen/").text)


def test_editors_that_save_by_rename(site: Site, serving: Start) -> None:
    """Many editors write another file and rename it: each such save is seen."""
    preview = serving(site)
    for words in ("Once.", "Twice.", "Thrice."):
        new = site.story(".first.md.tmp", words).rename(site.root / "content/news/.first.tmp")
        text = new.read_text().replace(".first.md.tmp", "First")
        new.write_text(text)
        new.replace(site.root / "content/news/first.md")
        assert preview.comes_to_say(words)


def test_faults_are_shown_over_the_last_good_site(site: Site, serving: Start) -> None:
    """A fault names file, line and fix in the browser, over the page as it last was."""
    preview = serving(site)
    with preview.events() as following:
        following()
        site.story("first", "New words.", more="summry: Oops\n")
        following()
        page = preview.ask(FIRST)
        assert "content/news/first.md:6:1 error unknown-field" in page.faults
        assert 'Did you mean "summary"?' in page.faults
        assert "Some words." in page.text
        assert preview.ask("/nowhere").faults
        site.story("first", "New words.")
        following()
    page = preview.ask(FIRST)
    assert not page.faults
    assert "New words." in page.text
    said = "\n".join(preview.said)
    assert "content/news/first.md:6:1: error unknown-field" in said
    assert "1 error: the last good site stays" in said


def test_a_fault_undone_is_gone(site: Site, serving: Start) -> None:
    """When a fault is taken back, there is nothing to build, and still the overlay goes."""
    preview = serving(site)
    site.story("first", more="summry: Oops\n")
    assert until(lambda: preview.ask(FIRST).faults)
    site.story("first")
    assert until(lambda: not preview.ask(FIRST).faults)


def test_faults_are_text(site: Site, serving: Start) -> None:
    """What a post says can't become markup of the overlay."""
    site.story("first", more='related: ["</pre><script>alert(1)</script>"]\n')
    preview = serving(site)
    page = preview.ask(FIRST)
    assert "<script>alert(1)" in page.faults
    assert "<script>alert(1)" not in page.text


def test_warnings_are_shown_without_alarm(site: Site, serving: Start) -> None:
    """A warning can be unfolded in the browser; it is no alert, and the page is the new one."""
    site.write("content/news/bare.md", "---\ntitle: Bare\ndate: 2026-01-03\n---\n\nBare words.\n")
    preview = serving(site)
    page = preview.ask("/news/2026-01-03/bare/")
    assert "Bare words." in page.text
    assert not page.faults
    assert "<summary>2 warnings</summary>" in page.text


def test_no_good_site_yet(site: Site, serving: Start) -> None:
    """Where no build ever went well, any address shows the faults; once mended, the site."""
    site.story("first", more="summry: Oops\n")
    preview = serving(site)
    page = preview.ask("/")
    assert page.status == 503
    assert "content/news/first.md:6:1" in page.faults
    assert "/_sitegen/reload.js" in page.text
    site.story("first")
    assert until(lambda: preview.ask("/").status == 200)
    assert not preview.ask("/").faults


def test_half_written_files(site: Site, serving: Start) -> None:
    """A file that is still being written may be shown as faulty, and never stays so."""
    preview = serving(site)
    whole = site.story("second").read_text()
    path = site.root / "content/news/second.md"
    for end in (0, 10, len(whole) // 2, len(whole)):
        with path.open("w") as file:
            file.write(whole[:end])
            file.flush()
            time.sleep(0.15)
    assert until(lambda: preview.ask("/news/2026-01-02/second/").status == 200)
    assert until(lambda: not preview.ask(FIRST).faults)


def test_folders_that_are_renamed(site: Site, serving: Start, tmp_path: Path) -> None:
    """What is in a renamed, or a new, folder is shown, and so is each later save in it."""
    site.story("index", folder="content/news/bundle")
    preview = serving(site)
    assert preview.ask("/news/2026-01-02/bundle/").status == 200
    (site.root / "content/news/bundle").rename(site.root / "content/news/parcel")
    assert until(lambda: preview.ask("/news/2026-01-02/parcel/").status == 200)
    assert preview.ask("/news/2026-01-02/bundle/").status == 404
    site.story("index", "Later words.", folder="content/news/parcel")
    assert preview.comes_to_say("Later words.", "/news/2026-01-02/parcel/")
    elsewhere = site.story("index", folder="elsewhere/2026/brought").parent.parent
    elsewhere.rename(site.root / "content/news/2026")
    assert until(lambda: preview.ask("/news/2026-01-02/brought/").status == 200)
    site.story("index", "Changed here.", folder="content/news/2026/brought")
    assert preview.comes_to_say("Changed here.", "/news/2026-01-02/brought/")


def test_content_that_is_moved_away_and_back(site: Site, serving: Start) -> None:
    """Even content/ may vanish for a while (another branch, say): later saves are seen."""
    preview = serving(site)
    away = (site.root / "content").rename(site.root / "away")
    assert until(lambda: "there is no folder content/" in preview.ask(FIRST).faults)
    assert preview.ask(FIRST).status == 200
    away.rename(site.root / "content")
    assert until(lambda: not preview.ask(FIRST).faults)
    site.story("first", "After all.")
    assert preview.comes_to_say("After all.")
    shutil.rmtree(site.root / "content")
    site.story("first", "From scratch.")
    assert preview.comes_to_say("From scratch.")
    site.story("first", "And again.")
    assert preview.comes_to_say("And again.")


def test_a_config_that_is_gone_for_a_moment(site: Site, serving: Start) -> None:
    """A set-up that breaks while the preview runs is shown over the last good site, not fatal."""
    preview = serving(site)
    away = (site.root / "config.yaml").rename(site.root / "config.away")
    assert until(lambda: "config.yaml" in preview.ask(FIRST).faults)
    assert "Some words." in preview.ask(FIRST).text
    away.rename(site.root / "config.yaml")
    assert until(lambda: not preview.ask(FIRST).faults)
    assert any("there is no config.yaml" in line for line in preview.said)


def test_a_memory_that_is_deleted(site: Site, serving: Start) -> None:
    """.sitegen/ may be deleted at any time: the preview is built again."""
    preview = serving(site)
    memory = site.root / ".sitegen"
    while memory.exists():  # a build may be writing there
        shutil.rmtree(memory, ignore_errors=True)
    assert until(lambda: preview.ask(FIRST).status == 200)


def test_a_site_under_a_path(tmp_path: Path, serving: Start) -> None:
    """With a path in base_url the preview has it too, so that its links lead where they should."""
    preview = serving(Site(tmp_path / "site", path="/watch/mk/"))
    assert preview.address.endswith("/watch/mk/")
    for path in ("/", "/watch/mk"):
        reply = preview.ask(path)
        assert (reply.status, reply.headers["Location"]) == (302, "/watch/mk/")
    page = preview.ask("/watch/mk" + FIRST)
    assert page.status == 200
    sheet = page.text.split('rel="stylesheet" href="/watch')[1].split('"')[0]
    assert preview.ask("/watch" + sheet).type.startswith("text/css")
    assert preview.ask("/watch/mk/news").headers["Location"] == "/watch/mk/news/"
    assert preview.ask(FIRST).status == 404
    assert preview.ask("/watch/mkt/").status == 404
    assert preview.ask("/_sitegen/reload.js").status == 200


def test_a_path_that_changes(site: Site, serving: Start) -> None:
    """A new path in base_url holds from the build that links by it, and not before."""
    preview = serving(site)
    site.write("config.yaml", CONFIG.format(path="/new"))
    assert until(lambda: preview.ask("/new" + FIRST).status == 200)
    site.write("config.yaml", CONFIG.format(path=""))
    assert until(lambda: preview.ask(FIRST).status == 200)


def test_a_new_server_has_a_newer_epoch(site: Site, serving: Start) -> None:
    """A browser that finds the server again, started anew, loads its page again."""
    first = serving(site)
    with first.events() as following:
        before = following()
    assert first.stop() == 0
    with serving(site).events() as following:
        assert following() > before


def test_ctrl_c_ends_it_well(site: Site, serving: Start) -> None:
    """Ctrl-C stops the preview at once and cleanly, though a browser is listening."""
    preview = serving(site)
    with preview.events() as following:
        following()
        assert preview.stop() == 0
    assert preview.said[-1] == "Stopped."
    assert not any("Traceback" in line for line in preview.said)


def test_browsers_that_go_away(site: Site, serving: Start) -> None:
    """A browser that hangs up, or never asks, disturbs nobody."""
    preview = serving(site)
    silent = socket.create_connection(("127.0.0.1", preview.port))
    for _ in range(20):
        with socket.create_connection(("127.0.0.1", preview.port)) as rude:
            rude.sendall(f"GET {FIRST} HTTP/1.1\r\nHost: 127.0.0.1:{preview.port}\r\n\r\n".encode())
            rude.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    assert preview.ask(FIRST).status == 200
    silent.close()
    preview.stop()
    assert not [line for line in preview.said if "could not be sent" in line]


def nothing(request: Request) -> Answer:
    """An answer without anything."""
    return Answer(status=204)


def test_a_port_that_is_taken(site: Site, serving: Start) -> None:
    """A port that another program has is said so, with another to try; the exit code is 2."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(SitegenError, match=f"port {port}: another program uses it") as fault:
            Server(port, nothing, Board(1), print)
        assert fault.value.fix.startswith("sitegen serve --port ")
        run = subprocess.run(
            [sys.executable, "-m", "sitegen", "serve", "--port", str(port)],
            cwd=site.root,
            env=os.environ | {"PYTHONPATH": str(REPO)},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    assert run.returncode == 2
    assert "another program uses it" in run.stderr
    assert "Traceback" not in run.stderr


@pytest.mark.parametrize("port", [-1, 65536])
def test_a_port_that_is_none(site: Site, port: int) -> None:
    """A number that can't be a port is refused in a sentence."""
    with pytest.raises(SitegenError, match=f"can't be at port {port}"):
        Server(port, nothing, Board(1), print)


def test_a_folder_that_is_no_site(tmp_path: Path) -> None:
    """Started in the wrong folder, the preview says so and ends."""
    with pytest.raises(SitegenError, match="there is no"):
        Preview(tmp_path / "config.yaml", lambda tz: datetime.now(UTC), print).begin()


@contextmanager
def kept_up(preview: Preview, watch: Watch) -> Iterator[None]:
    """A preview without its server, kept up with its files."""
    watch.start()
    preview.begin()
    keeper = threading.Thread(target=preview.keep_up, args=(watch,), daemon=True)
    keeper.start()
    try:
        yield
    finally:
        watch.stop()
        keeper.join(PATIENCE)


def test_time_passes(site: Site) -> None:
    """What the clock brings is shown when it comes, though no file changes."""
    site.story("soon", more="publish_at: 2026-06-15 12:00\n")
    noon = datetime(2026, 6, 15, 12, tzinfo=ZoneInfo("Europe/London"))
    clock = [noon - timedelta(seconds=2)]

    def now(tz: ZoneInfo) -> datetime:
        return clock[0]

    config = site.root / "config.yaml"
    preview = Preview(config, now, lambda text: None)

    def listed() -> str:
        request = Request(path="/news/")
        return Window(preview).answer(request).body.decode()

    with kept_up(preview, Watch(config)):
        first = preview.board.epoch
        assert "<strong>Scheduled</strong>" in listed()
        clock[0] = noon
        assert until(lambda: preview.board.epoch > first)
        assert "<strong>Scheduled</strong>" not in listed()


def test_what_falls_due_with_the_day_is_told(site: Site) -> None:
    """A preview that runs over midnight tells on the next day what is overdue then."""
    clock = [datetime(2026, 6, 17, 12, tzinfo=UTC)]
    site.write(
        "content/explainers/deal.md",
        "---\ntitle: Deal\nsummary: S.\ntags: [care]\nlast_reviewed_on: 2026-01-01\n"
        "next_review_due: 2026-06-17\n---\n\nText.\n",
    )
    config = site.root / "config.yaml"
    preview = Preview(config, lambda tz: clock[0], lambda text: None)
    preview.begin()

    def overdue() -> str:
        return Window(preview).answer(Request(path="/_sitegen/")).body.decode()

    assert "Reviews overdue <span>(0)" in overdue()
    clock[0] += timedelta(days=1)
    site.story("second")
    with kept_up(preview, Watch(config)):
        assert until(lambda: "Reviews overdue <span>(1)" in overdue())


def test_the_dashboard_of_the_last_good_site(site: Site) -> None:
    """It is there when a file is gone on which that site was built, and tells of the fault."""
    site.story("second", "[First](first.md)")
    config = site.root / "config.yaml"
    preview = Preview(config, lambda tz: datetime.now(UTC), lambda text: None)
    with kept_up(preview, Watch(config)):
        (site.root / "content/news/first.md").unlink()
        assert until(lambda: preview.scene.stopped)
        page = Window(preview).answer(Request(path="/_sitegen/"))
    assert page.status == 200
    assert "broken-link" in page.body.decode()


def test_the_dashboard_tells_what_only_readers_would_miss(site: Site) -> None:
    """A preview has drafts; an address that was published is lost all the same."""
    site.story("gone", more="draft: true\n")
    site.write("urls.lock", "/news/2026-01-02/gone/ news/gone\n")
    config = site.root / "config.yaml"
    preview = Preview(config, lambda tz: datetime.now(UTC), lambda text: None)
    preview.begin()
    assert preview.scene.faults == ()
    assert "url-lost" in Window(preview).answer(Request(path="/_sitegen/")).body.decode()


def test_a_bug_is_shown_and_survived(site: Site) -> None:
    """Even a bug in sitegen is told in the browser and the terminal, and the preview goes on."""
    said: list[str] = []
    broken = [True]

    def now(tz: ZoneInfo) -> datetime:
        return datetime.now(UTC) if not broken[0] else 1 / 0  # type: ignore[return-value]

    config = site.root / "config.yaml"
    preview = Preview(config, now, said.append)
    with kept_up(preview, Watch(config)):
        assert "ZeroDivisionError" in preview.scene.failure
        assert "bug in sitegen" in said[0]
        broken[0] = False
        site.story("first", "Again.")
        assert until(lambda: not preview.scene.failure)


@pytest.mark.parametrize(
    ("path", "read"),
    [
        ("config.yaml", True),
        ("content/news/a.md", True),
        ("content/tags.yaml", True),
        ("content/news", True),
        ("content", True),
        ("templates/base.html", True),
        ("templates/root/.well-known/security.txt", True),
        ("content/news/.a.md.swp", False),
        ("content/news/a.md~", False),
        ("content/.git/index", False),
        ("content/news/~$a.md", False),
        ("config.yaml~", False),
        ("README.md", False),
        ("output/index.html", False),
        ("urls.lock", True),
        (".sitegen/lock", False),
        (".git/index", False),
    ],
)
def test_what_is_watched(path: str, read: bool) -> None:
    """Only what a build reads brings about a build: no litter, nothing that a build writes."""
    assert matters(tuple(path.split("/")), "config.yaml") is read


def test_a_build_does_not_bring_about_the_next(site: Site, serving: Start) -> None:
    """Reading files, writing the preview and what editors leave about are no changes."""
    preview = serving(site)
    with preview.events() as following:
        before = following()
        for name in (".first.md.swp", "first.md~", "#first.md#", "~$first.md"):
            site.write(f"content/news/{name}", "litter")
        site.write("output/index.html", "not ours")
        for path in (site.root / "content").rglob("*.md"):
            path.read_text()
        site.story("second")
        after = following()
    assert after > before
    assert until(lambda: sum("files are ready" in line for line in preview.said) == 2)


def test_a_page_without_a_head_or_body() -> None:
    """A page whose template has neither is dressed too."""
    page = injected(b"<p>Bare", 7, notice="<b>Note</b>", bar="<i>Bar</i>")
    assert page.startswith(b'<script src="/_sitegen/reload.js" data-epoch="7"')
    assert b"<p>Bare<b>Note</b><p" in page
    assert page.endswith(b"<i>Bar</i>")
