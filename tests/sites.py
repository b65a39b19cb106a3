"""Small sites for the tests: on the disk (``make_site``, ``build``) or of values only (``desk``).

Files are given by their path from the site's root. Whatever a test does not care about is filled
in: a config.yaml, a summary, tags. Nothing here reads the clock.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from datetime import datetime
from functools import cache, lru_cache
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from sitegen import clock
from sitegen.building import build as builds
from sitegen.fingerprint import digest_bytes
from sitegen.kinds import KINDS
from sitegen.model import Body, Document, Encoded, File, Output, Rendered, Source
from sitegen.options import Options
from sitegen.outputs import assets
from sitegen.pages import bodies, chrome, plan
from sitegen.pages.desk import Desk
from sitegen.problems import Severity
from sitegen.report import Report
from sitegen.site import index as sites
from sitegen.site import links, schedule
from sitegen.site.index import Resolved
from sitegen.source import config as configs
from sitegen.source import facts, parse, words
from sitegen.source import wordbook as wordbooks
from sitegen.source.config import Config
from sitegen.source.parse import Settings
from sitegen.templating import render

REPO = Path(__file__).parents[1]
NOW = "2026-06-15"
CONFIG = "title: The site\nbase_url: https://example.org/\nsearch: false\nimages: false\n"
TAGS = (
    "dentistry: {label: Dentistry, synonyms: [teeth]}\n"
    "pharmacy: {label: Pharmacy}\n"
    "hospital: {label: Hospital care, description: Stays and waits.}\n"
)
Files = Mapping[str, str | bytes]


# ---- files


def post(body: str = "Some words.", **fields: object) -> str:
    """A post. Each field is YAML as typed; None leaves one out."""
    usual = {"title": "A post", "date": "2026-05-01", "summary": "In short.", "tags": "[dentistry]"}
    rows = {k: v for k, v in {**usual, **fields}.items() if v is not None}
    return "---\n" + "".join(f"{k}: {v}\n" for k, v in rows.items()) + f"---\n\n{body}\n"


def blog(body: str = "Some words.", **fields: object) -> str:
    """A blog post."""
    return post(body, **{"author": "Ann Other", **fields})


def consultation(opens: str, closes: str, body: str = "Some words.", **fields: object) -> str:
    """A consultation."""
    dates = {"opening_date": opens, "closing_date": closes}
    return post(
        body,
        **{**dates, "ways_to_respond": "{email: a@example.org, phone: 01632 960001}", **fields},
    )


def explainer(body: str = "Some words.", **fields: object) -> str:
    """An explainer."""
    reviewed = {"last_reviewed_on": "2026-05-02", "next_review_due": "2027-05-02", "date": None}
    return post(body, **{**reviewed, **fields})


def page(body: str = "Some words.", **fields: object) -> str:
    """A page."""
    return post(body, **{"date": None, "summary": None, "tags": None, **fields})


# ---- sites of values only: floors 0 to 3


def at(now: str, tz: str = "Europe/London") -> datetime:
    """An instant, written as ``--now`` is."""
    return clock.parse_now(now, clock.zone(tz))


@cache
def config(text: str = CONFIG) -> Config:
    """A config.yaml that has no faults."""
    found, problems, _ = configs.read(text.encode())
    assert found and not problems, problems
    return found


def documents(files: Files) -> tuple[Document, ...]:
    """The posts among the files, parsed."""
    return tuple(
        document(path.removeprefix("content/"), data)
        for path, data in sorted(files.items())
        if path.endswith(".md")
    )


@lru_cache(maxsize=500)
def document(path: str, text: str | bytes) -> Document:
    """One post, parsed."""
    data = text.encode() if isinstance(text, str) else text
    source = Source(path=PurePosixPath(path), digest=digest_bytes(data), data=data)
    return parse.parse(source, Settings(tz=clock.zone("Europe/London")))


def _facts(files: Files, of: Config) -> facts.Facts:
    named = {p: d for p, d in files.items() if p.startswith("content/") and p.endswith(".yaml")}
    data = {
        p.removeprefix("content/"): d.encode() if isinstance(d, str) else d
        for p, d in {"content/tags.yaml": TAGS, **named}.items()
        if d
    }
    return _read_facts(tuple(sorted(data.items())), of.tz)


@cache
def _read_facts(data: tuple[tuple[str, bytes], ...], tz: ZoneInfo) -> facts.Facts:
    found, problems = facts.read(dict(data), tz)
    assert not problems, problems
    return found


def resolved(files: Files, now: str = NOW, *, preview: bool = False) -> Resolved:
    """The Site of these files at a moment. An empty content/tags.yaml leaves that file out."""
    of = config(_text(files.get("config.yaml", CONFIG)))
    book = wordbook(files)
    return sites.resolve(
        documents(files), of, _facts(files, of), at(now), wordbook=book, preview=preview
    )


def wordbook(files: Files = MappingProxyType({})) -> wordbooks.Wordbook:
    """The repository's words, with those of these files in place of its own."""
    theirs = {
        p.removeprefix(words.FOLDER): d for p, d in files.items() if p.startswith(words.FOLDER)
    }
    data = {name: d.encode() if isinstance(d, str) else d for name, d in theirs.items()}
    return _read_words(tuple(sorted({**_own_words(), **data}.items())))


@cache
def _own_words() -> dict[str, bytes]:
    folder = REPO / "templates" / "i18n"
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*.yaml"))}


@cache
def _read_words(files: tuple[tuple[str, bytes], ...]) -> wordbooks.Wordbook:
    found, problems = wordbooks.read(dict(files))
    assert all(p.severity is Severity.ADVICE for p in problems), problems
    return found


def _text(data: str | bytes) -> str:
    return data if isinstance(data, str) else data.decode()


def linked(files: Files, now: str = NOW) -> links.Links:
    """The links of these files at a moment."""
    return _linked(files, resolved(files, now))


def _linked(files: Files, found: Resolved) -> links.Links:
    addresses = plan.by_path(plan.addresses(found.site))
    return links.resolve(found, documents(files), addresses, _media(files))


def _media(files: Files) -> dict[PurePosixPath, File]:
    rows = {PurePosixPath(p): d for p, d in files.items() if p.startswith("content/")}
    return {
        path.relative_to("content"): File(
            source=path,
            digest=digest_bytes(data if isinstance(data, bytes) else data.encode()),
            size=len(data),
        )
        for path, data in rows.items()
        if path.suffix not in (".md", ".yaml")
    }


def desk(files: Files, now: str = NOW) -> Desk:
    """Where the planners of these files work."""
    found, of = resolved(files, now), config(_text(files.get("config.yaml", CONFIG)))
    happening = schedule.events(documents(files), of)
    sheet = assets.stylesheet({"a.css": "body{}"}, of.brand)
    icons = {
        f"templates/assets/{name}": File(
            source=PurePosixPath(f"templates/assets/{name}"), digest="0" * 32, size=1
        )
        for name in ("img/icon.svg", "img/mark.svg", "js/search.js")
    }
    return Desk(
        site=found.site,
        links=_linked(files, found),
        assets=assets.names(sheet, icons),
        sheet=sheet,
        files=icons,
        validity=schedule.validity(happening, at(now)),
    )


def planned(files: Files, now: str = NOW) -> dict[str, Output]:
    """Every output of these files, by its path."""
    return {str(output.path): output for output in plan.outputs(desk(files, now))}


@cache
def templates() -> render.Templates:
    """The repository's templates, name and text."""
    folder = REPO / "templates"
    return tuple(
        (path.relative_to(folder).as_posix(), path.read_text(encoding="utf-8"))
        for path in sorted(folder.rglob("*"))
        if path.suffix in (".html", ".xml") and "assets" not in path.parts
    )


def made(files: Files, path: str, now: str = NOW) -> bytes:
    """The bytes of one output of these files."""
    at_desk = desk(files, now)
    output = next(o for o in plan.outputs(at_desk) if str(o.path) == path)
    if isinstance(output, Encoded):
        return output.data
    assert isinstance(output, Rendered)
    shared = chrome.chrome(at_desk)
    ready = render.renderer(templates(), at_desk.site.wordbook)
    return ready.render(output.template, shared, output.view)


# ---- sites on the disk


# The least that can be built with: for tests that don't look into pages, since it is fast.
PLAIN = {
    **dict.fromkeys(
        [
            *(f"templates/{name}.html" for name in ("home", "list", "tags", "archive", "year")),
            *(f"templates/{name}.html" for name in ("glossary", "404", "redirect", "search")),
            *(f"templates/kinds/{name}.html" for name in KINDS),
        ],
        "<title>{{ page.title }}</title>{{ site.notice }}\n",
    ),
    "templates/i18n/en.yaml": (REPO / "templates/i18n/en.yaml").read_text(encoding="utf-8"),
    "templates/feeds/atom.xml": "{% for item in page.items %}{{ item.title }}{% endfor %}\n",
    "templates/sitemap.xml": "{% for row in page.rows %}{{ row.url }}\n{% endfor %}",
}


def make_site(root: Path, files: Files) -> Path:
    """A site in the folder ``root``: these files, a config.yaml, tags, and the repo's templates.

    With templates among the files, those are all.
    """
    root.mkdir(parents=True, exist_ok=True)
    if not any(name.startswith("templates/") for name in files):
        shutil.copytree(REPO / "templates", root / "templates")
    put(root, {"config.yaml": CONFIG, "content/tags.yaml": TAGS, **files})
    return root


def sample_site(root: Path) -> Path:
    """A copy of the repository's own site."""
    for name in ("content", "templates"):
        shutil.copytree(REPO / name, root / name)
    shutil.copy(REPO / "config.yaml", root)
    return root


def put(root: Path, files: Mapping[str, str | bytes | None]) -> None:
    """Write files of a site; None deletes one, and the folders that this leaves empty."""
    for name, data in files.items():
        path = root / name
        if data is None:
            path.unlink()
            for folder in path.parents:
                if folder == root / "content" or any(folder.iterdir()):
                    break
                folder.rmdir()
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data.encode() if isinstance(data, str) else data)


def build(root: Path, now: str = NOW, **options: Any) -> Report:
    """Build the site at ``root``, into output/ unless told otherwise."""
    options = {"output": root / "output", "jobs": 1, **options}
    return builds.build(
        Options(config=root / "config.yaml", now=lambda tz: clock.parse_now(now, tz), **options)
    )


def clean(root: Path, scratch: Path, now: str = NOW, **options: Any) -> dict[str, bytes]:
    """What is built from a copy of the site at ``root``, which remembers nothing."""
    shutil.rmtree(scratch, ignore_errors=True)
    shutil.copytree(root, scratch, ignore=shutil.ignore_patterns(".sitegen", "output"))
    report = build(scratch, now, **options)
    assert not report.stopped, report.problems
    return tree(scratch / "output")


def tree(output: Path) -> dict[str, bytes]:
    """Every file of a folder, by its path in it."""
    return {
        path.relative_to(output).as_posix(): path.read_bytes()
        for path in sorted(output.rglob("*"))
        if path.is_file()
    }


def sitegen(*arguments: object, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """``python -m sitegen …`` in a folder, as somebody at the keyboard runs it."""
    kept = {k: v for k, v in os.environ.items() if k != "SOURCE_DATE_EPOCH"}
    return subprocess.run(
        [sys.executable, "-m", "sitegen", *map(str, arguments)],
        cwd=cwd,
        env={**kept, "PYTHONPATH": str(REPO), **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


# ---- what is in a page


def as_typed(body: Body) -> str:
    """The HTML of a body with each hole as its file has it."""
    return bodies.join(body, bodies.fillings(body, (link.target for link in body.links)))


def links_of(html: bytes) -> list[str]:
    """The href and src values of a page, in order."""
    return re.findall(r'(?:href|src)="([^"]*)"', html.decode())
