"""urls.lock: what stands in it, how it is read, and that it merges."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from sitegen.site import lockfile
from sitegen.site.lockfile import Locked, merged
from tests.sites import blog, consultation, linked, post, resolved

SINCE = datetime(2026, 6, 15, 11, 30, tzinfo=UTC)


def rows(text: str) -> dict[str, Locked]:
    """The rows of a file without faults, by address."""
    found = lockfile.parse(text.encode())
    assert found.problems == ()
    return {row.url: row for row in found.rows}


def published(files: dict[str, str | bytes], now: str = "2026-06-15") -> dict[str, str]:
    """What would be recorded of these files: the ref of each address."""
    site, links = resolved(files, now).site, linked(files, now)
    return {row.url: row.ref for row in lockfile.published(site, links.copies)}


# ---- the file


def test_what_is_written_is_read_again() -> None:
    """Every part of a row, also of a source whose name has spaces."""
    whole = (
        Locked(url="/a/", ref="pages/a"),
        Locked(url="/c/", ref="consultations/c", since=SINCE, closes="2026-07-01 17:00", notes=2),
        Locked(url="/media/b.pdf", ref="media/Annual report, 5% £.pdf", since=SINCE),
    )
    text = lockfile.write(whole)
    assert lockfile.parse(text.encode()).rows == whole
    assert "/c/ consultations/c since=2026-06-15T11:30Z closes=2026-07-01T17:00 notes=2\n" in text


def test_the_same_addresses_make_the_same_bytes() -> None:
    """In whatever order they come; each line tells its own number."""
    found = [Locked(url="/b/", ref="pages/b"), Locked(url="/a/", ref="pages/a")]
    text = lockfile.write(found)
    assert text == lockfile.write(found[::-1])
    assert text.splitlines()[rows(text)["/b/"].line - 1] == "/b/ pages/b"


def test_a_file_that_a_merge_or_an_editor_left_is_read() -> None:
    """Unsorted, with a line twice, with Windows' line ends: the earliest moment holds."""
    text = (
        "\ufeff# words\r\n\r\n/b/ pages/b since=2026-02-01T00:00Z\r\n"
        "/a/ pages/a\r\n/b/ pages/c since=2026-01-01T00:00Z\r\n"
    )
    assert list(rows(text)) == ["/b/", "/a/"]
    assert rows(text)["/b/"].ref == "pages/c"
    assert str(rows(text)["/b/"].since) == "2026-01-01 00:00:00+00:00"


@pytest.mark.parametrize(
    "line",
    [
        "/a/",
        "a/ pages/a",
        "https://example.org/a/ pages/a",
        "/a/ pages/a since=yesterday",
        "/a/ pages/a since=2026-13-01T00:00Z",
        "/a/ pages/a since=0001-01-01T00:00+23:59",
        "/a/ pages/a since=2026-01-01",
        "/a/ pages/a closes=01/07/2026",
        "/a/ pages/a notes=many",
        "/a/ pages/a colour=red",
        "/a/ pages/a more",
    ],
)
def test_a_line_that_can_t_be_read_is_a_fault(line: str) -> None:
    """At its line, and the other lines are read."""
    found = lockfile.parse(f"# words\n{line}\n/z/ pages/z\n".encode())
    assert [(p.code, p.path, p.line) for p in found.problems] == [("lock-line", "urls.lock", 2)]
    assert [row.url for row in found.rows] == ["/z/"]


def test_a_merge_that_is_not_finished_is_a_fault() -> None:
    """At each mark; the addresses of both sides are read."""
    text = "/a/ pages/a\n<<<<<<< HEAD\n/b/ pages/b\n=======\n/c/ pages/c\n>>>>>>> other\n"
    found = lockfile.parse(text.encode())
    assert [(p.code, p.line) for p in found.problems] == [("lock-unmerged", n) for n in (2, 4, 6)]
    assert [row.url for row in found.rows] == ["/a/", "/b/", "/c/"]


def test_bytes_that_are_no_text_are_faults() -> None:
    """They never raise."""
    assert [p.code for p in lockfile.parse(b"\xff\xfe\x00/\x00a").problems] == ["lock-line"]


# ---- what is recorded


def test_every_published_address_is_recorded() -> None:
    """Posts of each kind, translations, old addresses, documents, topics and series; no picture."""
    files: dict[str, str | bytes] = {
        "content/tags.yaml": "dentistry: {label: Dentistry}\n",
        "content/series.yaml": "ceo: {title: The CEO writes}\n",
        "content/blog/a/index.md": blog("[Plan](plan.pdf) ![x](p.png)", aliases="[/old, /o.html]"),
        "content/blog/a/plan.pdf": b"%PDF",
        "content/blog/a/p.png": b"png",
        "content/blog/a/loose.pdf": b"%PDF",
        "content/news/b.md": post("[Shared](/media/My%20plan.pdf)"),
        "content/media/My plan.pdf": b"%PDF",
        "content/news/c.md": post(lang="pl", translation_of="news/b"),
        "content/news/draft.md": post(draft="true"),
        "content/news/later.md": post(date="2027-01-01"),
        "content/news/gone.md": post(withdrawn="{date: 2026-06-01, reason: Wrong.}"),
    }
    assert published(files) == {
        "/blog/2026-05-01/a/": "blog/a",
        "/blog/2026-05-01/a/plan.pdf": "blog/a/plan.pdf",
        "/old/": "blog/a",
        "/o.html": "blog/a",
        "/news/2026-05-01/b/": "news/b",
        "/media/My%20plan.pdf": "media/My plan.pdf",
        "/pl/news/2026-05-01/b/": "news/c",
        "/news/2026-05-01/gone/": "news/gone",
        "/tags/dentistry/": "tags.yaml",
        "/series/ceo/": "series.yaml",
    }


def test_a_consultation_is_recorded_with_its_closing_date() -> None:
    """And with how many change notes it has, so that a silent change can be told."""
    told = "[{date: 2026-06-02, note: It closes later.}]"
    files = {
        "content/consultations/c.md": consultation(
            "2026-06-01", "2026-07-01 17:00", change_notes=told
        )
    }
    site = resolved(files).site
    lock = lockfile.Lock(rows=tuple(lockfile.published(site, {})))
    recorded = lock.consultations["consultations/c"]
    assert (recorded.closes, recorded.notes) == ("2026-07-01 17:00", 1)


def test_a_day_to_come_is_mended() -> None:
    """What is recorded as of a day to come would guard nothing until then."""
    far = Locked(url="/a/", ref="pages/a", since=SINCE.replace(year=2999))
    now = Locked(url="/a/", ref="pages/a", since=SINCE)
    assert merged([far], [now]) == (now,)


def test_nothing_is_taken_out_and_nothing_is_dated_anew() -> None:
    """What was recorded keeps its moment; its source and closing date are brought up to date."""
    before = [
        Locked(url="/a/", ref="pages/a", since=SINCE),
        Locked(url="/c/", ref="consultations/old", since=SINCE, closes="2026-07-01"),
    ]
    later = SINCE.replace(year=2027)
    now = [
        Locked(url="/c/", ref="consultations/c", since=later, closes="2026-08-01", notes=1),
        Locked(url="/d/", ref="pages/d", since=later),
    ]
    assert lockfile.merged(before, now) == (
        before[0],
        Locked(url="/c/", ref="consultations/c", since=SINCE, closes="2026-08-01", notes=1),
        now[1],
    )
    assert lockfile.merged(lockfile.merged(before, now), now) == lockfile.merged(before, now)
