"""What posts share, and what of it is of no use now."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from sitegen.advice import shared
from sitegen.source import config
from tests.sites import CONFIG, Files, documents, page, post, resolved


def advised(files: Files, now: str = "2026-06-15", *, preview: bool = False) -> list[str]:
    """``path:line code: message`` of what is advised about settings, facts and files."""
    site = resolved(files, now, preview=preview).site
    media = [
        PurePosixPath(path).relative_to("content")
        for path in files
        if path.startswith("content/") and not path.endswith((".md", ".yaml"))
    ]
    _, _, places = config.read(str(files.get("config.yaml", CONFIG)).encode())
    found = shared.check(site, documents(files), media, places)
    return [f"{p.path.removeprefix('content/')}:{p.line} {p.code}: {p.message}" for p in found]


@pytest.mark.parametrize(
    ("now", "said"),
    [
        ("2026-06-14 23:59", []),
        (
            "2026-06-15",
            ["config.yaml:5 alert-ended: the alert ended at 11:59pm on Sunday 14 June 2026"],
        ),
    ],
)
def test_an_alert_that_has_ended(now: str, said: list[str]) -> None:
    """From the moment at which it is taken down."""
    assert advised({"config.yaml": CONFIG + "alert: {title: A, until: 2026-06-14}\n"}, now) == said


def test_a_menu_that_leads_to_what_is_over() -> None:
    """What has expired or was withdrawn, in menus and calls to action; not what is current."""
    files = {
        "config.yaml": CONFIG
        + "menus:\n  main:\n    - {label: A, url: /a}\n    - {label: B, url: /b/#c}\n"
        + "    - {label: C, url: /c/}\n    - {label: D, url: https://example.com/a/}\n",
        "content/actions.yaml": "x: {title: X, button: X, url: /a/}\n",
        "content/pages/a.md": page(expiry_date="2026-06-01"),
        "content/pages/b.md": page(withdrawn="{date: 2026-06-01, reason: Old.}"),
        "content/pages/c.md": page(expiry_date="2026-07-01"),
    }
    assert advised(files) == [
        'config.yaml:7 stale-link: "/a/" has expired',
        'config.yaml:8 stale-link: "/b/" was withdrawn',
        'actions.yaml:1 stale-link: "/a/" has expired',
    ]


def test_a_menu_that_leads_to_a_draft_in_a_preview() -> None:
    """There the page can be seen; in a build the link is an error."""
    files = {
        "config.yaml": CONFIG + "menus: {main: [{label: A, url: /a/}, {label: B, url: /b/}]}\n",
        "content/pages/a.md": page(draft="true"),
        "content/pages/b.md": page(publish_at="2026-07-01"),
    }
    assert advised(files, preview=True) == [
        'config.yaml:5 stale-link: "/a/" is a draft',
        'config.yaml:5 stale-link: "/b/" is not published yet',
    ]


@pytest.mark.parametrize(
    ("glossary", "said"),
    [
        ("A: {meaning: a, successor: A}\n", ['1 … "A" → "A"']),
        ("A: {meaning: a, successor: B}\nB: {meaning: b, successor: A}\n", ['1 … "A" → "B" → "A"']),
        (
            "A: {meaning: a, successor: B}\nB: {meaning: b, successor: C}\n"
            "C: {meaning: c, successor: B}\n",
            ['2 … "B" → "C" → "B"'],
        ),
        ("A: {meaning: a, successor: B}\nB: {meaning: b}\n", []),
    ],
)
def test_successors_in_a_circle(glossary: str, said: list[str]) -> None:
    """Each circle once, where the file first enters it; a line of them is none."""
    begin = "glossary.yaml:{} successor-circle: what followed it leads back to it: {}"
    rows = [begin.format(*row.split(" … ")) for row in said]
    assert advised({"content/glossary.yaml": glossary}) == rows


def test_a_photo_that_is_shown_nowhere() -> None:
    """Of somebody who has written nothing; a draft counts."""
    people = "\n".join(f"{name}: {{name: {name}, photo: /media/{name}.png}}" for name in "ab")
    files = {
        "content/people.yaml": f"{people}\nc: {{name: C}}\n",
        "content/news/x.md": post(author="a", draft="true"),
    }
    assert advised(files) == [
        "people.yaml:2 unused-photo: "
        "a photo is shown with what somebody writes, and this person has no post"
    ]


def test_files_that_no_post_uses() -> None:
    """Those named in texts, fields, drafts and people.yaml are used, in any spelling."""
    files: Files = {
        "content/people.yaml": "a: {name: A, photo: /media/face.png}\n",
        "content/news/a.md": post(
            "![A](/media/a%20b.png) <img src='/media/c.png' alt='C'>", author="a"
        ),
        "content/news/b/index.md": post(
            "[D](d.pdf#page=2)", draft="true", image="{src: e.png, alt: E}"
        ),
        **{f"content/media/{n}": b"" for n in ("a b.png", "c.png", "face.png", "lost.png")},
        **{f"content/news/b/{n}": b"" for n in ("d.pdf", "e.png", "old.pdf")},
    }
    assert advised(files) == [
        "media/lost.png:0 unused-file: no post uses this file",
        "news/b/old.pdf:0 unused-file: no post uses this file",
    ]


def test_while_a_post_has_faults_no_file_is_called_unused() -> None:
    """It may use it, once it can be read."""
    files: Files = {"content/news/a.md": post(image="{src"), "content/media/a.png": b""}
    assert advised(files) == []
