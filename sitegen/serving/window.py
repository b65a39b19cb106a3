"""What a browser gets from the preview: the site's files, and what editors need round its pages.

Each page has a bar that leads to the dashboard and to "what readers see on …"; the day chosen is
kept in a cookie of the preview's own. Faults lie over the page, which is the last good one.
"""

from __future__ import annotations

import re
from datetime import datetime
from html import escape
from mimetypes import MimeTypes
from pathlib import PurePosixPath
from urllib.parse import parse_qs, quote, unquote

from sitegen import clock, problems
from sitegen.model import Output
from sitegen.problems import Problem, SitegenError
from sitegen.serving import overlay
from sitegen.serving.asking import Answer, Request
from sitegen.serving.dashboard import as_html
from sitegen.serving.overlay import LISTEN, LOOKS, RELOAD, SCRIPT, STYLE
from sitegen.serving.preview import Preview, Scene
from sitegen.serving.stage import Stage

_HTML = "text/html; charset=utf-8"


class Window:
    """Answers the requests of the editor's browser."""

    def __init__(self, preview: Preview) -> None:
        self._preview = preview

    def answer(self, request: Request) -> Answer:
        """The answer to a GET. A bug is told like a site that can't be built, and survived."""
        try:
            return self._answer(request)
        except Exception as error:
            words = f"This is a bug in sitegen: {type(error).__name__}: {error}"
            scene = Scene(epoch=self._preview.board.epoch, failure=words)
            return self._page(500, "This page can't be shown", request, scene, None)

    def _answer(self, request: Request) -> Answer:
        path = unquote(request.path, errors="surrogateescape")
        match path:
            case overlay.SCRIPT | overlay.LISTENER:
                script = RELOAD if path == overlay.SCRIPT else LISTEN
                return Answer(status=200, body=script.encode(), type=_TYPES[".js"] + _UTF8)
            case overlay.STYLE:
                return Answer(status=200, body=LOOKS.encode(), type=_TYPES[".css"] + _UTF8)
            case overlay.ON:
                return self._turn(request)
            case overlay.DASHBOARD:
                return self._dashboard(request)
        when = self._when(request)
        scene = self._preview.on(when) if when else self._preview.scene
        return self._of_site(path, request, scene, when)

    # The site.

    def _of_site(self, path: str, request: Request, scene: Scene, when: datetime | None) -> Answer:
        stage = scene.stage
        if stage is None:
            return self._page(503, "There is no site to show yet", request, scene, when)
        prefix = unquote(stage.prefix)
        if prefix and path in ("/", prefix):
            return _redirect(prefix + "/", request.query)
        inside = path.removeprefix(prefix)
        found = find(stage, inside) if path.startswith(prefix + "/") else None
        if found and found.path.name == "index.html" and not inside.endswith(("/", "/index.html")):
            return _redirect(path + "/", request.query)
        status = 200 if found else 404
        found = found or stage.output(PurePosixPath("404.html"))
        if found is None:
            return self._page(404, "There is nothing at this address", request, scene, when)
        return self._file(found, stage, status, request, scene, when)

    def _file(
        self,
        output: Output,
        stage: Stage,
        status: int,
        request: Request,
        scene: Scene,
        when: datetime | None,
    ) -> Answer:
        try:
            made = stage.bytes_of(output)
        except SitegenError as error:
            return Answer(status=404, body=f"{error}\n".encode())
        if isinstance(made, Problem):
            scene = Scene(epoch=scene.epoch, stage=stage, faults=(made,), stopped=True)
            return self._page(500, "This page can't be shown", request, scene, when)
        type_ = media_type(output.path)
        if type_.startswith("text/html"):
            made = self._dressed(made, request, scene, when, status)
        return Answer(status=status, body=made, type=type_)

    def _page(
        self, status: int, title: str, request: Request, scene: Scene, when: datetime | None
    ) -> Answer:
        """A page of the preview's own."""
        page = (
            '<!doctype html><html lang="en"><head><meta charset="utf-8">'
            f"<title>{title}</title></head><body><h1>{title}</h1></body></html>\n"
        )
        body = self._dressed(page.encode(), request, scene, when, status)
        return Answer(status=status, body=body, type=_HTML)

    def _dressed(
        self, page: bytes, request: Request, scene: Scene, when: datetime | None, status: int = 200
    ) -> bytes:
        """A page with what loads it again, what is wrong, and the bar."""
        shown = when.astimezone(self._preview.tz) if when else None
        told = "The site can't be built" if scene.failure else problems.counted(scene.faults)
        titles = [told, f"what readers see {overlay.moment(shown)}" if shown else ""]
        return injected(
            page,
            scene.epoch,
            title=" – ".join(filter(None, titles)),
            notice=overlay.notice(scene.faults, scene.failure, stopped=scene.stopped),
            bar=overlay.bar(shown, back=request.path, unseen=bool(when) and status == 404),
            on=when.isoformat() if when else "",
        )

    # What readers see on …

    def _turn(self, request: Request) -> Answer:
        """To another day, and back to the page that one came from."""
        asked = parse_qs(request.query)
        typed, back = asked.get("on", [""])[0], asked.get("back", ["/"])[0]
        # Only to this site: "//host" and "/\\host" lead elsewhere. The dashboard has no days.
        if back == overlay.DASHBOARD or not re.fullmatch(r"/(?![/\\])[^\s\\]*", back):
            back = self._preview.home
        when = self._parsed(typed)
        if typed and when is None:
            title = "That is not a day and time, such as 2026-12-04 09:00"
            return self._page(400, title, request, self._preview.scene, None)
        kept = f"{_cookie(request)}={quote(typed)}; Path=/; HttpOnly; SameSite=Strict"
        kept += "" if when else "; Max-Age=0"
        return Answer(status=302, location=quote(back, safe="/%-._~"), cookie=kept)

    def _when(self, request: Request) -> datetime | None:
        # Other programs of this computer have cookies here too, of any form.
        pairs = (one.strip().partition("=") for one in request.cookies.split(";"))
        kept = next((value for name, _, value in pairs if name == _cookie(request)), "")
        return self._parsed(unquote(kept))

    def _parsed(self, typed: str) -> datetime | None:
        """The instant that was chosen; None for what is none."""
        try:
            return clock.parse_now(typed, self._preview.tz) if typed else None
        except clock.BadDate:
            return None

    # The dashboard.

    def _dashboard(self, request: Request) -> Answer:
        scene, found = self._preview.scene, self._preview.dashboard()
        if found is None or scene.stage is None:
            return self._page(503, "There is no site to show yet", request, scene, None)
        page = as_html(found, prefix=scene.stage.prefix, on=overlay.ON)
        body = self._dressed(page.encode(), request, scene, self._when(request))
        return Answer(status=200, body=body, type=_HTML)


def _cookie(request: Request) -> str:
    """The name of the cookie. Browsers don't tell the ports of one host apart."""
    return f"sitegen_on_{request.port}"


def find(stage: Stage, path: str) -> Output | None:
    """The output at a decoded path, or the index.html of a folder."""
    names = path[1:].removesuffix("/").split("/") if path != "/" else []
    if any(name in ("", ".", "..") or re.search(r"[\\\x00-\x1f]", name) for name in names):
        return None
    inside = PurePosixPath(*names)
    page = stage.output(inside / "index.html")
    return page if page or path.endswith("/") else stage.output(inside)


def _redirect(path: str, query: str) -> Answer:
    """A redirect that browsers don't remember: the next site at this port is another."""
    return Answer(status=302, location=quote(path) + (f"?{query}" if query else ""))


def injected(
    page: bytes, epoch: int, *, title: str = "", notice: str = "", bar: str = "", on: str = ""
) -> bytes:
    """A page with the preview's script, style, notices at its head and bar at its foot.

    Script and style come first of all, before any policy that the page has for its own. The
    ``title`` goes before the page's; ``on`` is the instant by which the page's script goes.
    """
    files = (
        f'<script src="{SCRIPT}" data-epoch="{epoch}" data-on="{on}"></script>'
        f'<link rel="stylesheet" href="{STYLE}">'
    )
    if title:
        page = page.replace(b"<title>", f"<title>{escape(title)} – ".encode(), 1)
    head = re.search(rb"<head\b[^>]*>", page, re.IGNORECASE)
    page = _put(files, page, head.end() if head else 0)
    body = re.search(rb"<body\b[^>]*>", page, re.IGNORECASE)
    page = _put(notice, page, body.end() if body else len(page))
    end = page.lower().rfind(b"</body>")
    status = '<p class="sitegen-status" role="status" lang="en"></p>'
    return _put(status + bar, page, end if end >= 0 else len(page))


def _put(what: str, page: bytes, at: int) -> bytes:
    return page[:at] + what.encode() + page[at:]


_UTF8 = "; charset=utf-8"
_TYPES = {
    "feed.xml": "application/atom+xml",
    "feed.json": "application/feed+json",
    ".atom": "application/atom+xml",
    ".avif": "image/avif",
    ".css": "text/css",
    ".html": "text/html",
    ".ics": "text/calendar",
    ".js": "text/javascript",
    ".json": "application/json",
    ".md": "text/markdown",
    ".mjs": "text/javascript",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".vtt": "text/vtt",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
}
_AS_TEXT = re.compile(r"text/.*|.*[+/](xml|json)|image/svg\+xml")
_KNOWN = MimeTypes()  # Python's own table: the system's may say anything


def media_type(file: PurePosixPath) -> str:
    """The Content-Type of a file, by its name."""
    guess = _KNOWN.guess_type("x" + file.suffix.lower())[0] or "application/octet-stream"
    type_ = _TYPES.get(file.name) or _TYPES.get(file.suffix.lower()) or guess
    if not file.suffix and file.name.startswith("_"):  # _headers and _redirects
        type_ = "text/plain"
    return type_ + _UTF8 if _AS_TEXT.fullmatch(type_) else type_
