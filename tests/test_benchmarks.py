"""The benchmark: its corpus, the proof that an edit arrived, the floor, ratios and tables."""

from __future__ import annotations

import re
import signal
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from markdown import Markdown

from tests.benchmarks import aims, serving
from tests.benchmarks.builders import Builder, picture
from tests.benchmarks.corpus import TAGS, Post, post, posts_of
from tests.benchmarks.edits import EDITS, Proof, Site
from tests.benchmarks.fast import Fast
from tests.benchmarks.floor import EXTENSIONS
from tests.benchmarks.floors import FLOORS, body
from tests.benchmarks.measure import medians, snapshot
from tests.benchmarks.ours import OURS, WITH
from tests.benchmarks.peers import PEERS, installed
from tests.benchmarks.process import Failed, Run, run, start
from tests.benchmarks.table import report

BUILDERS = [OURS, *FLOORS, *(builder(Path("nowhere")) for builder in PEERS.values())]
each_builder = pytest.mark.parametrize("builder", BUILDERS, ids=lambda b: b.name)


@pytest.fixture(scope="module")
def posts() -> tuple[Post, ...]:
    """Enough posts to see how they are spread."""
    return posts_of(600)


# ---- the corpus


def test_a_post_depends_on_its_number_alone() -> None:
    """A site of some posts begins with the posts of any smaller one, in any process."""
    code = "from tests.benchmarks.corpus import posts_of; print(posts_of(9)[7])"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == f"{post(7)}"


def test_posts_are_as_long_as_real_ones(posts: tuple[Post, ...]) -> None:
    """About 600 words in the middle, a tail to 4,000."""
    words = [len(p.body.split()) for p in posts]
    assert 550 < statistics.median(words) < 650
    assert 3000 < max(words) < 4200


def test_posts_have_all_that_real_ones_have(posts: tuple[Post, ...]) -> None:
    """Headings, lists, tables, footnotes, pictures, links, translations, all kinds."""
    text = "\n".join(p.body for p in posts)
    for syntax in ("\n## ", "\n- ", "\n| ---", "\n> ", "[^0]:", "](picture:", "](post:"):
        assert syntax in text
    assert len({p.kind for p in posts}) == 5
    assert sum(p.translates is not None for p in posts) == 12


def test_forty_tags_have_a_long_tail(posts: tuple[Post, ...]) -> None:
    """The first tag is on half of all posts, the last one on a few."""
    used = Counter(n for p in posts for n in p.tags)
    assert len(used) == TAGS
    assert used[0] > 250
    assert used[TAGS - 1] < 20


def test_links_lead_back(posts: tuple[Post, ...]) -> None:
    """A post links only to posts before it, so a smaller site has no broken link."""
    for p in posts:
        assert all(int(i) < p.i for i in re.findall(r"\(post:(\d+)\)", p.body))


def test_pictures_differ() -> None:
    """No two pictures are the same, as the same bytes would be one file."""
    assert len({picture(n) for n in range(12)}) == 12


# ---- builders and edits


@each_builder
def test_each_builder_has_what_is_edited(builder: Builder, tmp_path: Path) -> None:
    """The template ends a page, the settings have the title, and posts lie at addresses."""
    found = next(p for p in map(post, range(99)) if "](picture:" in p.body and p.kind == "news")
    builder.write(tmp_path / "site", [found])
    site = Site(builder=builder, root=tmp_path / "site", posts=posts_of(40))
    path, _ = builder.form(found)
    text = (site.root / path).read_text()
    assert found.title in text
    assert not re.search(r"\]\((post|picture):", text)
    for row in ("one edited template", "one edited config value"):
        proof = EDITS[row](site, 7)
        assert proof.words in (site.root / _edited(builder, row)).read_text()


def _edited(builder: Builder, row: str) -> str:
    return builder.template if "template" in row else builder.settings


def test_an_edit_is_proved_by_the_page(tmp_path: Path) -> None:
    """Words that are not on the page, or still are, or a page that is not there: no figure."""
    site = Site(builder=OURS, root=tmp_path, posts=())
    (tmp_path / "output").mkdir()
    (tmp_path / "output/a.html").write_text("old words")
    Proof(page="a.html", words="old").check(site)
    Proof(page="a.html", words="new", gone=True).check(site)
    for wrong in (
        Proof(page="a.html", words="new"),
        Proof(page="a.html", words="old", gone=True),
        Proof(page="b.html", words="old", gone=True),
    ):
        with pytest.raises(Failed, match=re.escape(wrong.page)):
            wrong.check(site)


def test_the_corpus_has_no_faults(tmp_path: Path) -> None:
    """sitegen builds it with warnings as errors: what is measured is a sound site."""
    OURS.write(tmp_path / "site", posts_of(30))
    assert " made, 0 kept" in run((*OURS.command, "--strict"), tmp_path / "site").said


def test_what_is_measured_apart_is_left_out_elsewhere() -> None:
    """The rows of the search and of pictures each leave out the other."""
    assert [b.command[-1] for b in WITH] == ["--no-images", "--no-search"]
    assert OURS.command[-2:] == ("--no-search", "--no-images")


def test_peers_are_found_where_one_says() -> None:
    """A path that is given goes before the environment and the PATH."""
    found = {b.name: b for b in installed({"pelican": "/there/pelican"})}
    assert found["pelican"].command[0] == "/there/pelican"


# ---- the floor


def test_the_fast_floor_makes_the_same_html(posts: tuple[Post, ...]) -> None:
    """What looks for less finds the same."""
    slow, fast = Markdown(extensions=EXTENSIONS), Fast(extensions=EXTENSIONS)
    texts = [body(p) for p in posts[:40]] + ["<p>Raw</p>\n\n# A *b* {: .c }\n\n\\* &amp; <a@b.cd>"]
    for text in texts:
        assert fast.reset().convert(text) == slow.reset().convert(text)


def test_the_floor_makes_after_edits_what_it_makes_anew(tmp_path: Path) -> None:
    """It is the least that can be done, not less."""
    site = Site(builder=FLOORS[1], root=tmp_path / "site", posts=posts_of(20))
    site.builder.write(site.root, site.posts)
    for row in EDITS:
        proof = EDITS[row](site, 0)
        run(site.builder.command, site.root)
        proof.check(site)
    edited = snapshot(site.root / "public")
    site.builder.forget(site.root)
    run(site.builder.command, site.root)
    assert edited == snapshot(site.root / "public")


# ---- waiting


class Lines:
    """A stream of events that ends."""

    def __init__(self, *lines: bytes) -> None:
        self._lines: Iterator[bytes] = iter(lines)

    def readline(self) -> bytes:
        """The next line; nothing at the end."""
        return next(self._lines, b"")


def test_a_stream_that_ends_is_not_waited_for() -> None:
    """A server that is gone sends nothing for ever: that ends the wait."""
    serving.next_event(Lines(b": still here\n", b"\n", b"data: 5\n"))
    with pytest.raises(Failed, match="no more events"):
        serving.next_event(Lines(b": still here\n", b"\n"))


def test_a_server_that_only_lives_is_not_waited_for_long() -> None:
    """Signs of life are no news: patience ends."""
    with pytest.raises(Failed, match="no event came"):
        serving.next_event(Lines(*[b": still here\n"] * 9), patience=0)


def test_a_server_that_does_not_end_is_killed(tmp_path: Path) -> None:
    """And with it all that it started; that it had to be is a failure."""
    deaf = "trap '' TERM; sleep 60 & echo up; wait; wait"
    with (tmp_path / "said").open("w+") as said:
        process = start(["sh", "-c", deaf], tmp_path, said.fileno())
        while not (tmp_path / "said").read_text():
            time.sleep(0.01)
        with pytest.raises(Failed, match="SIGTERM did not end it"):
            serving.stop(process, patience=0.1)
    assert process.returncode == -signal.SIGKILL


def test_a_build_that_fails_is_no_figure(tmp_path: Path) -> None:
    """What it said is told."""
    with pytest.raises(Failed, match="ended with 3:\nno posts"):
        run(["sh", "-c", "echo no posts; exit 3"], tmp_path)


# ---- figures


def _run(wall: float, said: str = "") -> Run:
    return Run(wall=wall, cpu=2 * wall, mb=50, others=0.1, said=said)


def test_the_middle_of_three_runs_counts() -> None:
    """One slow minute changes nothing; the extremes are kept beside it."""
    found = medians([_run(3), _run(1, "9 files: 4 made"), _run(2)])
    assert found == {
        **{"wall": 2, "cpu": 4, "mb": 50, "least": 1, "most": 3, "runs": 3},
        **{"others": 0.1, "made": 4},
    }


def _figures(posts: int, **walls: float) -> dict[str, Any]:
    """Figures in which each builder takes so many seconds for everything."""
    rows = ("cold", "unchanged", "one edited body")
    return {
        "posts": posts,
        "words": {"median": 600, "most": 4000, "all": 99},
        "on": "a test",
        "builders": {
            name: {
                "rows": {row: {"wall": wall, "cpu": wall, "mb": 10} for row in rows},
                "memory": 100 * wall,
                "files": 3,
                "mb_of_files": 0.1,
            }
            for name, wall in walls.items()
        },
        "saves": {"sitegen": {"event": 0.05, "page": 0.06}},
        "same_as_clean": True,
        "failed": {},
    }


def test_aims_are_judged_by_ratios() -> None:
    """Each aim whose peer was there, at the size that it is for."""
    found = {v.aim.words: v for v in aims.verdicts(_figures(1000, sitegen=1.5, hugo=1.0))}
    assert found["≤ 2 × hugo"].found == 1.5
    assert found["≤ 2 × hugo"].reached
    assert not found["≤ 0.4 × hugo"].reached
    assert found["≤ 90 ms"].reached  # save to event: 60 ms and the debounce
    assert not any("eleventy" in words for words in found)
    assert not list(aims.verdicts(_figures(4000, sitegen=1.0, hugo=1.0)))


def test_growth_is_told_per_post() -> None:
    """Ten times the posts in twenty times the time: twice as much each."""
    found = aims.growth([_figures(10_000, sitegen=20), _figures(1000, sitegen=1)])
    assert found == ((1000, 1.0, 1.0), (10_000, 2.0, 2.0))


def test_tables_show_sitegen_beside_the_others() -> None:
    """Seconds, how many times those of the peer, what is aimed at, and who is missing."""
    small = _figures(1000, sitegen=1.5, hugo=1.0)
    small["failed"] = {"pelican": "it ended with 1"}
    text = report([small, _figures(4000, sitegen=12.0)])
    assert re.search(r"^cold +1\.500 +1\.50 +10$", text, re.M)
    assert re.search(r"^cold +1\.500 +1\.000 \(1\.50×\)$", text, re.M)
    assert re.search(r"^cold +≤ 2 × hugo +1\.50 +yes$", text, re.M)
    assert "pelican is left out: it ended with 1" in text
    assert re.search(r"^4000 +3\.000 +2\.00 +NO$", text, re.M)
