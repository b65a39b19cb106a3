"""A site with other texts is the site that would be understood anew."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from sitegen import clock
from sitegen.building import content
from sitegen.building.prepare import Prepared, prepared
from sitegen.building.retold import retold
from sitegen.disk.state import Store
from sitegen.disk.workers import Workers
from sitegen.memo import Memo
from sitegen.model import Encoded, Rendered
from sitegen.options import FOLDER, Options
from sitegen.serving.stage import Stage
from tests.sites import NOW, consultation, make_site, post, put, sample_site

TEXT = "The first paragraph.\n\nThe GP said so. [Others](b.md) agree.\n"


def look(root: Path, before: Prepared | None = None) -> tuple[Prepared, Prepared | None]:
    """The site understood anew, and as it was before with other texts."""
    options = Options(
        config=root / "config.yaml",
        output=None,
        now=lambda tz: clock.parse_now(NOW, tz),
        images=False,
        search=False,
        jobs=1,
    )
    store, memo = Store(root / FOLDER), Memo()
    inputs = content.read_inputs(options, {})
    read = content.parsed(inputs, options, store, Workers(1), memo)
    assert isinstance(read, content.Parsed)
    if before:  # posts that have not changed are the very same, as in a preview
        same = {d.path: d for d in before.content.documents}
        documents = tuple(same[d.path] if same.get(d.path) == d else d for d in read.documents)
        read = replace(read, documents=documents)
    again = retold(before, read, options) if before else None
    found = prepared(read, options, store, Workers(1), memo)
    store.close()
    return found, again


def files(found: Prepared) -> dict[str, object]:
    """Every page and file that is made, by its path."""
    options = Options(config=Path("config.yaml"), output=None, now=lambda tz: found.content.now)
    stage = Stage(found, options)
    made = (o for o in found.outputs if isinstance(o, Rendered | Encoded))
    return {str(output.path): stage.bytes_of(output) for output in made}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Three posts."""
    rows = {
        "content/news/a.md": post(TEXT),
        "content/news/b.md": post("Another."),
        "content/consultations/c.md": consultation("2026-06-01", "2026-07-01", "Tell us."),
    }
    return make_site(tmp_path / "site", rows)


def test_an_edited_text(site: Path) -> None:
    """Its page and the feeds say it, and nothing else is other than it was."""
    before, _ = look(site)
    put(site, {"content/news/a.md": post(f"{TEXT}\nMore: the CQC answered.\n")})
    anew, again = look(site, before)
    assert again
    was, now = files(before), files(again)
    assert now == files(anew)
    changed = {path for path in now if now[path] != was[path]}
    assert {path.rpartition("/")[2] for path in changed} == {"index.html", "feed.xml", "feed.json"}
    assert sum(path.endswith(".html") for path in changed) == 1


def test_lines_above_a_link(site: Path) -> None:
    """A link that only stands further down leads where it did."""
    before, _ = look(site)
    lower = TEXT.replace("\n\n", "\n\nOne more paragraph.\n\n")
    put(site, {"content/news/a.md": post(lower)})
    anew, again = look(site, before)
    assert again
    assert files(again) == files(anew)


@pytest.mark.parametrize(
    "edit",
    [
        {"content/news/a.md": post(TEXT, title="Another")},
        {"content/news/a.md": post(TEXT, summary=None)},
        {"content/news/a.md": post(TEXT.replace("b.md", "../consultations/c.md"))},
        {"content/news/a.md": post(f"{TEXT}\n## A heading\n")},
        {"content/news/a.md": post(TEXT, tags="[]")},
        {"content/news/a.md": None},
        {"content/news/d.md": post("New.")},
        {"content/tags.yaml": "dentistry: {label: Teeth}\n"},
        {"config.yaml": "title: Another\nbase_url: https://example.org\n"},
        {"templates/404.html": "Gone."},
        {"urls.lock": ""},
    ],
    ids=str,
)
def test_more_than_a_text(site: Path, edit: dict[str, str | None]) -> None:
    """All is understood anew, then."""
    before, _ = look(site)
    put(site, edit)  # type: ignore[arg-type]
    _, again = look(site, before)
    assert again is None or "urls.lock" in edit  # an empty one is none


def test_faults_are_found_anew(site: Path) -> None:
    """What is wrong with a text has a line, which moves with every edit."""
    before, _ = look(site)
    put(site, {"content/news/a.md": post(f"{TEXT}\nTODO: write on.\n")})
    faulty, again = look(site, before)
    assert again is None
    put(site, {"content/news/a.md": post(f"{TEXT}\nWritten.\n")})
    assert look(site, faulty)[1] is None


def test_every_post_of_the_sample_site(tmp_path: Path) -> None:
    """With a sentence more in each, the site is the one that is understood anew."""
    root = sample_site(tmp_path / "site")
    before, _ = look(root)
    for path in (root / "content").rglob("*.md"):
        if path.parent.parent.name == "content":
            text = path.read_text(encoding="utf-8").rstrip("\n")
            path.write_text(f"{text}\n\nOne more sentence, said of the NHS.\n", encoding="utf-8")
    anew, again = look(root, before)
    assert again
    assert files(again) == files(anew)
