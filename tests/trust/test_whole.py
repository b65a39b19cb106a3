"""Whole or not at all: whatever befalls a build, output/ is one complete site, old or new.

And the next build puts all right by itself. Each build here runs in a copy of a warm process
(``forks``); SITEGEN_TRIALS multiplies how many are harmed.
"""

from __future__ import annotations

import errno
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.sites import PLAIN, Files, build, clean, make_site, post, put, tree
from tests.trials import TRIALS
from tests.trust.forks import Ended, Forks, Harm

pytest.importorskip("resource", reason="only where processes fork")
DAMAGED, FAULTS, WRONG_USE, STOPPED, ENDED = -signal.SIGKILL, 1, 2, 130, 143

SITE = {
    **PLAIN,
    "templates/root/CNAME": "example.org\n",
    "content/news/a.md": post("Alpha."),
    "content/news/b.md": post("Beta."),
    "content/news/gone.md": post("Gone.", title="Gone"),
}
EDIT = {"content/news/a.md": post("Alpha, at more length.")}
CHANGES: Mapping[str, Mapping[str, str | None]] = {
    "an edit": EDIT,
    "a removal": {"content/news/gone.md": None},
    "a template": {"templates/kinds/news.html": "<title>{{ page.title }}</title>New.\n"},
}


@pytest.fixture(scope="module")
def forks() -> Iterator[Forks]:
    """One process for all of these tests."""
    with Forks() as process:
        yield process


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """Pytest's own folders are closed to others."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A site that is about to be built, kept as it is; what output/ holds, and what it shall."""

    kept: Path
    old: Files
    new: Files
    arguments: tuple[str, ...] = ()

    def again(self) -> Path:
        """The site, as if nothing had happened."""
        root = self.kept.with_name("site")
        shutil.rmtree(root, ignore_errors=True)
        os.system(f"cp -a {self.kept} {root}")  # with its hard links
        return root


def case(folder: Path, what: str) -> Case:
    """A site before its first build, or built twice and then changed."""
    kept = make_site(folder / "kept", SITE)
    if what != "the first build":
        build(kept)
        put(kept, {"content/news/b.md": post("Beta, changed.")})
        build(kept)
    if what == "no spare":
        shutil.rmtree(kept / ".sitegen/spare")
    if what == "older code":
        shutil.rmtree(kept / ".sitegen/spare")
        (kept / ".sitegen/state.db").write_bytes(b"of older code")
    old = tree(kept / "output")
    put(kept, CHANGES.get(what, EDIT))
    arguments = ("--force",) if what == "--force" else ()
    return Case(kept=kept, old=old, new=clean(kept, folder / "clean"), arguments=arguments)


WHAT = [*CHANGES, "the first build", "no spare", "--force", "older code"]
in_every_state = pytest.mark.parametrize("what", WHAT)


def strays(root: Path) -> list[str]:
    """What doesn't belong into a site's folder, its memory and output/'s neighbourhood."""
    ours = {"config.yaml", "content", "templates", "output", ".sitegen"}
    known = {"lock", "state.db", "spare", "images"}
    memory = {path.name for path in (root / ".sitegen").iterdir()} - known
    looks = {name for name in memory if name.startswith("look-") and name.endswith(".json")}
    return sorted({path.name for path in root.iterdir()} - ours | memory - looks)


def require_whole(case: Case, root: Path, ended: Ended, *codes: int) -> None:
    """One complete site, no traceback, a sentence; the next build says nothing and is right."""
    context = f"{ended}"
    assert ended.code in codes, context
    assert not any(word in ended.said for word in ("Traceback", "bug in", "Exception ignored"))
    assert ended.said or ended.code <= 0, "it failed and said nothing"
    assert tree(root / "output") in (case.old, case.new), context


def require_repaired(case: Case, root: Path, forks: Forks) -> None:
    """The next ordinary build puts all right, and leaves nothing else."""
    assert forks.build(root) == Ended(code=0, said="")
    assert tree(root / "output") == case.new
    assert strays(root) == []


@in_every_state
def test_killed_before_changes_to_the_disk(forks: Forks, tmp_path: Path, what: str) -> None:
    """And the repair killed, and the repair of that."""
    of, chance = case(tmp_path, what), random.Random(what)
    most = {"the first build": 90, "--force": 190, "older code": 190}.get(what, 60)
    killed = 0
    for number in sorted(chance.choices(range(1, most), k=4 * TRIALS)):
        root = of.again()
        ended = forks.build(root, *of.arguments, harm=("killed", number))
        killed += ended.code == DAMAGED
        require_whole(of, root, ended, 0, DAMAGED)
        for _ in range(2 if number % 3 == 0 else 0):
            again = forks.build(root, harm=("killed", chance.randint(1, most)))
            require_whole(of, root, again, 0, DAMAGED)
        require_repaired(of, root, forks)
    assert killed >= TRIALS


ENDS = {
    "SIGKILL": ((signal.SIGKILL,), DAMAGED),
    "SIGTERM": ((signal.SIGTERM,), ENDED),
    "SIGINT": ((signal.SIGINT,), STOPPED),
    "both": ((signal.SIGINT, signal.SIGTERM), -signal.SIGTERM),
    "SIGTERM twice": ((signal.SIGTERM, signal.SIGTERM), -signal.SIGTERM),
}


@pytest.mark.parametrize("ends", ENDS)
def test_ended_at_any_moment(forks: Forks, tmp_path: Path, ends: str) -> None:
    """By a signal, or by a second one while it clears up for the first."""
    of, chance = case(tmp_path, "an edit"), random.Random(ends)
    signs, code = ENDS[ends]
    started = time.monotonic()
    forks.build(of.again())
    long = time.monotonic() - started
    for _ in range(4 * TRIALS):
        root = of.again()
        ended = forks.build(root, harm=("asked", chance.uniform(0, long), *map(int, signs)))
        # Before it has begun, and when all is done, the system ends it as it ends any program.
        by_the_system = [-sign for sign in signs]
        require_whole(of, root, ended, 0, code, *(128 + s for s in signs), *by_the_system)
        require_repaired(of, root, forks)


@pytest.mark.parametrize("how", ["refused", "refused_for_ever"])
def test_a_change_that_the_system_refuses(forks: Forks, tmp_path: Path, how: str) -> None:
    """Disk full, over quota, too many files open, read-only, a failing disk, no permission."""
    of, chance = case(tmp_path, "an edit"), random.Random(how)
    reasons = ["ENOSPC", "EDQUOT", "EMFILE", "EROFS", "EIO", "EACCES", "ENOMEM"]
    for reason in reasons * TRIALS:
        root = of.again()
        harm = (how, chance.randint(1, 45), getattr(errno, reason))
        require_whole(of, root, forks.build(root, harm=harm), 0, WRONG_USE)
        require_repaired(of, root, forks)


LIMITS = [
    *(("RLIMIT_FSIZE", most) for most in (0, 300, 1500, 9000, 20_000, 50_000)),
    *(("RLIMIT_NOFILE", most) for most in (4, 5, 6, 7, 9, 20)),
]


def test_limits_of_the_system(forks: Forks, tmp_path: Path) -> None:
    """On the size of files, sqlite's too, on open files, and on memory."""
    of, chance = case(tmp_path, "an edit"), random.Random(1)
    limits: list[Harm] = [("limited", *limit) for limit in LIMITS]
    limits += [("squeezed", chance.randint(0, 6_000_000)) for _ in range(5 * TRIALS)]
    codes = set()
    for limit in limits:
        root = of.again()
        ended = forks.build(root, "--force", harm=limit)
        codes.add(ended.code)
        require_whole(of, root, ended, 0, WRONG_USE)
        require_repaired(of, root, forks)
    assert codes == {0, WRONG_USE}


def test_no_memory_at_any_moment(forks: Forks, tmp_path: Path) -> None:
    """A sentence; and never remembered as a fault of the post that was read just then."""
    of, chance = case(tmp_path, "an edit"), random.Random(2)
    for _ in range(8 * TRIALS):
        root = of.again()
        ended = forks.build(root, harm=("failing", chance.randint(1, 10_000), "MemoryError"))
        require_whole(of, root, ended, 0, WRONG_USE)
        assert ended.code == 0 or "not enough memory" in ended.said
        require_repaired(of, root, forks)


@pytest.mark.skipif(os.geteuid() != 0, reason="needs somebody else to be")
@pytest.mark.parametrize("closed", [".", ".sitegen", "output", ".sitegen/state.db", "content/news"])
def test_a_permission_is_missing(forks: Forks, closed: str, open_folder: Path) -> None:
    """The site is somebody's, and one of its folders is not; then it is."""
    of = case(open_folder, "an edit")
    root, nobody = of.again(), 65534
    for path in [root, *root.rglob("*")]:
        os.chown(path, nobody, nobody)
    os.chown(root / closed, 0, 0)
    (root / closed).chmod(0o700 if closed == "content/news" else 0o755)
    ended = forks.build(root, harm=("somebody", nobody))
    assert ended.code == 0 or "allowed" in ended.said or "Permission denied" in ended.said
    require_whole(of, root, ended, 0, FAULTS if closed == "content/news" else WRONG_USE)
    os.chown(root / closed, nobody, nobody)
    assert forks.build(root, harm=("somebody", nobody)) == Ended(code=0, said="")
    assert tree(root / "output") == of.new


def test_a_file_that_cannot_be_read(forks: Forks, tmp_path: Path) -> None:
    """The disk has failed under it: which file is told, and nothing is put in place."""
    of = case(tmp_path, "an edit")
    for part in ("content/news/a.md", "config.yaml", "templates/home.html", "tags.yaml"):
        root = of.again()
        ended = forks.build(root, "--force", harm=("unreadable", part, errno.EIO))
        require_whole(of, root, ended, FAULTS, WRONG_USE)
        assert part in ended.said
        require_repaired(of, root, forks)


LATER = post("What it says in the end.").replace("\n", "\\n")
MEANWHILE = {
    "grows": "printf '\\nMore.\\n' >> content/news/a.md",
    "shrinks": f"printf -- '{LATER}' > content/news/a.md",
    "vanishes": "rm content/news/a.md",
    "is replaced": "cp -p content/news/b.md x && mv x content/news/a.md",
    "its time stays": f"printf -- '{LATER}' > x && touch -r content/news/a.md x"
    " && cat x > content/news/a.md && touch -r x content/news/a.md && rm x",
    "its folder moves": "mv content/news content/news-was && sleep 0.01"
    " && mv content/news-was content/news && rm content/news/b.md",
    "the templates": "printf 'Otherwise.' >> templates/kinds/news.html",
    "the config": "sed -i 's/The site/Our site/' config.yaml",
}


@pytest.mark.parametrize("what", MEANWHILE)
def test_a_file_changes_while_it_is_read(forks: Forks, tmp_path: Path, what: str) -> None:
    """What was read of it is never the settled truth: the next build sees what is there then."""
    of = case(tmp_path, "an edit")
    for number in (1, 2, 3):
        root = of.again()
        ended = forks.build(root, harm=("meanwhile", number, "content/news/a.md", MEANWHILE[what]))
        assert number > 1 or "meanwhile" in ended.said
        assert ended.code in (0, 1, WRONG_USE)
        assert "Traceback" not in ended.said and "bug in" not in ended.said
        assert forks.build(root).code == 0
        assert tree(root / "output") == clean(root, tmp_path / "now")
        assert strays(root) == []


SOMEBODY = {
    "deletes the memory": "rm -rf .sitegen",
    "spoils the memory": "rm -rf .sitegen/*; echo spoilt > .sitegen/state.db",
    "deletes output/": "rm -rf output",
    "empties output/": "rm -rf output/*",
    "changes output/": "echo spoilt > output/index.html; echo stray > output/stray.html",
    "replaces a page": "echo spoilt > x; mv x output/news/index.html",
    "makes output/ a file": "rm -rf output; echo spoilt > output",
}


@pytest.mark.parametrize("what", SOMEBODY)
def test_somebody_else_changes_what_is_ours(forks: Forks, tmp_path: Path, what: str) -> None:
    """While the build runs: it ends well or with a sentence; the next puts all right."""
    of, chance = case(tmp_path, "an edit"), random.Random(what)
    for part in ("content/news/a.md", "output/", ".output.sitegen-new"):
        root = of.again()
        harm = ("meanwhile", chance.randint(1, 3), part, SOMEBODY[what])
        ended = forks.build(root, harm=harm)
        assert ended.code in (0, WRONG_USE), ended
        assert "Traceback" not in ended.said and "bug in" not in ended.said, ended
        if (root / "output").is_file():
            (root / "output").unlink()
        require_repaired(of, root, forks)


def test_a_memory_that_is_damaged_anywhere(forks: Forks, tmp_path: Path) -> None:
    """Cut off or overwritten each few kilobytes: the site is right, and the memory comes back."""
    of, chance = case(tmp_path, "an edit"), random.Random(3)
    whole = (of.kept / ".sitegen/state.db").read_bytes()
    step = max(256, 8192 // TRIALS)
    for at in range(0, len(whole), step):
        for damaged in (whole[:at], whole[:at] + chance.randbytes(700) + whole[at + 700 :]):
            root = of.again()
            (root / ".sitegen/state.db").write_bytes(damaged)
            require_repaired(of, root, forks)
            put(root, {"content/news/b.md": post("Beta, once more.")})
            forks.build(root)  # meets what the first did not
            put(root, {"content/news/b.md": post("Beta, in the end.")})
            told = forks.build(root, "--explain").said
            assert "news/2026-05-01/a" not in told, "it remembers nothing"


@pytest.mark.parametrize("kind", ["mkfifo", "mkdir"])
@pytest.mark.parametrize("name", ["lock", "state.db", "state.db-journal", "spare", "images"])
def test_what_is_none_of_ours_in_the_memory(
    forks: Forks, tmp_path: Path, name: str, kind: str
) -> None:
    """A pipe would hold the build up for ever, and a folder keep it from remembering."""
    of = case(tmp_path, "an edit")
    root = of.again()
    place = root / ".sitegen" / name
    shutil.rmtree(place) if place.is_dir() else place.unlink(missing_ok=True)
    getattr(os, kind)(place)
    require_repaired(of, root, forks)


def test_two_builds_of_two_sites_into_one_folder(forks: Forks, tmp_path: Path) -> None:
    """Each has its own lock. Whoever comes last has it: never something of both."""
    sites, pages = [], []
    for name in ("one", "two"):
        root = make_site(tmp_path / name, {**SITE, "content/news/mine.md": post(name, title=name)})
        build(root)
        sites.append(root)
        pages.append(tree(root / "output"))
    there = tmp_path / "www"
    with Forks() as others, ThreadPoolExecutor(2) as pool:
        for turn in range(4 * TRIALS):
            both = [
                pool.submit(process.build, root, "--output", str(there), *force)
                for process, root in zip((forks, others), sites, strict=True)
                for force in [("--force",) if turn % 2 else ()]
            ]
            for future in both:
                ended = future.result()
                assert ended.code in (0, WRONG_USE), ended
                assert ended.code == 0 or "in the meantime" in ended.said, ended
            assert tree(there) in pages
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one", "two", "www"]


def test_two_builds_of_one_site(forks: Forks, tmp_path: Path) -> None:
    """One waits for the other, also when the memory with the lock in it is deleted meanwhile."""
    of = case(tmp_path, "an edit")
    with Forks() as others, ThreadPoolExecutor(2) as pool:
        for turn in range(3 * TRIALS):
            root = of.again()
            both = [pool.submit(process.build, root) for process in (forks, others)]
            if turn % 2:
                time.sleep(0.02)
                shutil.rmtree(root / ".sitegen", ignore_errors=True)
            for future in both:
                ended = future.result()
                assert ended.code in (0, WRONG_USE), ended
                assert "Traceback" not in ended.said and "bug in" not in ended.said, ended
            assert tree(root / "output") in (of.old, of.new)
            require_repaired(of, root, forks)


def test_the_clock_steps_back(forks: Forks, tmp_path: Path) -> None:
    """Files of the future, and an edit that is older than what it replaces."""
    of = case(tmp_path, "an edit")
    root = of.again()
    for path in [*root.rglob("content/**/*"), root / "config.yaml"]:
        os.utime(path, (4e9, 4e9))
    require_repaired(of, root, forks)
    put(root, {"content/news/a.md": post("Alpha, at less length.")})
    os.utime(root / "content/news/a.md", (1e9, 1e9))
    for now in ("2026-07-01", "2026-05-02", "2026-06-15"):
        assert forks.build(root, "--now", now).code == 0
        assert tree(root / "output") == clean(root, tmp_path / "now", now)


@pytest.mark.skipif(sys.platform != "linux", reason="there one call flushes all")
@pytest.mark.parametrize("what", ["an edit", "the first build"])
def test_what_is_swapped_in_was_flushed(forks: Forks, tmp_path: Path, what: str) -> None:
    """After a power cut it is whole: the disk has it all before it takes output/'s place."""
    of = case(tmp_path, what)
    root = of.again()
    said = forks.build(root, harm=("telling", "os.rename", "ctypes.dlsym")).said.split()
    swap = "renameat2" if what == "an edit" else str(root / "output")
    assert said.index("syncfs") < said.index(swap)
