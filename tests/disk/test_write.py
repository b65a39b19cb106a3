"""The writer: output/ is one complete site at every instant, whatever happens to the build."""

from __future__ import annotations

import errno
import os
import random
import signal
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from inspect import getsource
from pathlib import Path, PurePosixPath

import pytest

from sitegen.disk.guard import lock, refuse_foreign
from sitegen.disk.inside import opened
from sitegen.disk.swap import exchange, two_renames
from sitegen.disk.write import Files, Keep, put, recover
from sitegen.problems import SitegenError
from tests.trees import inode, on_disk, siblings, site, stamps

resource = pytest.importorskip("resource", reason="only where there are signals and modes")

WAYS = {"exchange": (exchange,), "two renames": (two_renames,), "one by one": ()}
any_way = pytest.mark.parametrize("swaps", WAYS.values(), ids=WAYS)


# What is there afterwards


def test_a_first_build_makes_output(tmp_path: Path) -> None:
    """The folders on the way, the pages, and nothing beside them."""
    output = tmp_path / "deep" / "output"
    put(output, site(index="Home", blog__a="A"))
    assert on_disk(output) == site(index="Home", blog__a="A")
    assert siblings(output) == []


@any_way
def test_the_new_site_replaces_the_old(tmp_path: Path, swaps: tuple) -> None:
    """Changed, new and obsolete files, a folder where a file was, and the other way round."""
    output = tmp_path / "output"
    before = {PurePosixPath(p): b"old" for p in ("index.html", "a/gone.html", "b", "c/d/e")}
    after = {PurePosixPath(p): b"new!" for p in ("index.html", "b/now/folder.html", "c")}
    put(output, before)
    assert put(output, after, swaps=swaps) == stamps(output)
    assert on_disk(output) == after
    assert not (output / "a").exists()
    assert siblings(output) == []


@any_way
def test_what_is_kept_is_the_same_file(tmp_path: Path, swaps: tuple) -> None:
    """Its bytes are neither read nor written, and its time stays; what is written is new."""
    output = tmp_path / "output"
    put(output, site(index="Home", about="About"))
    kept, changed = inode(output / "about/index.html"), inode(output / "index.html")
    before = stamps(output)
    about = PurePosixPath("about/index.html")
    put(output, site(index="Home!") | {about: Keep()}, swaps=swaps)
    assert inode(output / "about/index.html") == kept
    assert inode(output / "index.html") != changed
    assert stamps(output)[about] == before[about]
    assert on_disk(output) == site(index="Home!", about="About")


def test_a_file_may_be_copied(tmp_path: Path) -> None:
    """Images come from content/ as they are; the copy shares nothing with them."""
    (tmp_path / "photo.jpg").write_bytes(b"jpeg" * 1000)
    output = tmp_path / "output"
    put(output, {PurePosixPath("media/photo.jpg"): partial(opened, tmp_path, "photo.jpg")})
    assert (output / "media/photo.jpg").read_bytes() == b"jpeg" * 1000
    assert (output / "media/photo.jpg").stat().st_nlink == 1


def test_writing_never_reaches_through_a_link(tmp_path: Path) -> None:
    """A hard link that somebody made to a page keeps what it had."""
    output = tmp_path / "output"
    put(output, site(index="Home"))
    os.link(output / "index.html", tmp_path / "backup.html")
    for swaps in WAYS.values():
        put(output, site(index=f"Home {swaps}"), swaps=swaps)
    assert (tmp_path / "backup.html").read_text() == "Home"


@any_way
def test_the_gitkeep_stays(tmp_path: Path, swaps: tuple) -> None:
    """So that git goes on holding the folder; it is neither a stray nor a change."""
    output = tmp_path / "output"
    output.mkdir()
    (output / ".gitkeep").touch()
    put(output, site(index="Home"), swaps=swaps)
    put(output, site(index="Home!"), swaps=swaps)
    assert (output / ".gitkeep").exists()
    assert on_disk(output) == site(index="Home!") | {PurePosixPath(".gitkeep"): b""}


def test_nothing_new_touches_nothing(tmp_path: Path) -> None:
    """All kept and no strays: the folder isn't even swapped for its equal."""
    output = tmp_path / "output"
    files = put(output, site(index="Home"))
    before = inode(output)
    assert put(output, dict.fromkeys(files, Keep())) == {}
    assert inode(output) == before


@any_way
def test_strays_go_even_when_all_is_kept(tmp_path: Path, swaps: tuple) -> None:
    """Files, folders and links that somebody put into output/."""
    output = tmp_path / "output"
    files = put(output, site(index="Home", blog__a="A"))
    (output / "blog" / "stray.txt").touch()
    (output / "stray" / "deep").mkdir(parents=True)
    (output / "link").symlink_to(tmp_path)
    put(output, dict.fromkeys(files, Keep()), swaps=swaps)
    assert on_disk(output) == site(index="Home", blog__a="A")
    assert not (output / "stray").exists()
    assert tmp_path.exists()


@any_way
@pytest.mark.parametrize("umask", [0o000, 0o077, 0o777])
def test_modes_are_set_and_not_inherited(tmp_path: Path, umask: int, swaps: tuple) -> None:
    """A web server can read what a careful person, or a careless one, has built."""
    (tmp_path / "private.pdf").write_bytes(b"pdf")
    (tmp_path / "private.pdf").chmod(0o600)
    output = tmp_path / "output"
    put(output, {PurePosixPath("kept/a"): b"a"})
    (output / "kept/a").chmod(0o600)
    files = {
        PurePosixPath("x/y/index.html"): b"x",
        PurePosixPath("x/private.pdf"): partial(opened, tmp_path, "private.pdf"),
    }
    before = os.umask(umask)
    try:
        put(output, files | {PurePosixPath("kept/a"): Keep()})
        put(output, files | {PurePosixPath("z/new"): b"z"}, swaps=swaps)
    finally:
        os.umask(before)
    modes = {p.name: stat.S_IMODE(p.stat().st_mode) for p in [output, *output.rglob("*")]}
    folders = dict.fromkeys(["output", "x", "y", "z"], 0o755)
    assert modes == folders | dict.fromkeys(["index.html", "private.pdf", "new"], 0o644)


def test_a_link_to_elsewhere_is_followed(tmp_path: Path) -> None:
    """Output/ may be a link: what it leads to is replaced, and it stays a link."""
    (tmp_path / "www").mkdir()
    output = tmp_path / "output"
    output.symlink_to(tmp_path / "www")
    put(output, site(index="Home"))
    put(output, site(index="Home!"))
    assert output.is_symlink()
    assert on_disk(tmp_path / "www") == site(index="Home!")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["output", "www"]


@pytest.mark.parametrize("path", ["../a", "a/../../b", "/etc/a", ".", "", "index.html/a", "a\0b"])
def test_a_path_that_leads_out_is_refused(tmp_path: Path, path: str) -> None:
    """A bug in the plan must not write anywhere else, nor half a site."""
    with pytest.raises(SitegenError, match="path of a file"):
        put(tmp_path / "output", site(index="Home") | {PurePosixPath(path): b"x"})
    assert list(tmp_path.iterdir()) == []


# Whose folder is it?


@pytest.mark.parametrize(
    "output",
    [
        *(".", "..", "/", "~", "file", "link-to-content", "sub/../content"),
        *(".sitegen", ".sitegen/spare"),
        *("content", "content/new", "templates", "templates/a/b", ".git", ".git/a"),
        *("{sitegen}", "{sitegen}/output"),
    ],
)
def test_precious_places_are_refused(tmp_path: Path, output: str) -> None:
    """The site, its sources, its history, sitegen itself and the home folder, however written."""
    root = tmp_path / "site"
    for name in ("content", "templates", ".git", "sub"):
        (root / name).mkdir(parents=True)
    (root / "file").touch()
    (root / "link-to-content").symlink_to("content")
    package = Path(sys.modules["sitegen"].__file__ or "").parent
    path = root / Path(output.format(sitegen=package)).expanduser()
    with pytest.raises(SitegenError) as refused:
        refuse_foreign(path, root)
    assert "--output" in refused.value.fix


@pytest.mark.parametrize(
    "record", [None, "{}", "[]", "no json", '{"generator": "other 1"}', '{"generator": 1}']
)
def test_a_foreign_folder_is_refused(tmp_path: Path, record: str | None) -> None:
    """Whatever sitegen didn't make is named and left alone."""
    output = tmp_path / "public_html"
    output.mkdir()
    (output / "a-thesis.txt").write_text("three years")
    if record is not None:
        (output / "build.json").write_text(record)
    with pytest.raises(SitegenError, match="a-thesis\\.txt in it would be lost"):
        refuse_foreign(output, tmp_path / "site")
    assert (output / "a-thesis.txt").read_text() == "three years"


def test_its_own_folder_is_not_refused(tmp_path: Path) -> None:
    """Missing, empty, with a .gitkeep, or built before."""
    output = tmp_path / "output"
    refuse_foreign(output, tmp_path)
    output.mkdir()
    refuse_foreign(output, tmp_path)
    (output / ".gitkeep").touch()
    refuse_foreign(output, tmp_path)
    put(output, site(index="Home"))
    refuse_foreign(output, tmp_path)


# Killed


def pages(name: str, count: int) -> Files:
    """Site A or B: half of its pages are the other's too."""
    of = {n: name if n % 2 else "same" for n in range(count)}
    return {PurePosixPath("build.json"): b'{"generator": "sitegen 1"}'} | {
        PurePosixPath(f"{text}/{n}/index.html"): text.encode() * 2000 for n, text in of.items()
    }


CHILD = f"""
from __future__ import annotations
import sys
from sitegen.disk.swap import *
from sitegen.disk.write import *

{getsource(pages)}
output, count = Path(sys.argv[1]), int(sys.argv[3])
swaps = {{"exchange": (exchange,), "two renames": (two_renames,), "one by one": ()}}[sys.argv[2]]
a, b = pages("A", count), pages("B", count)
kept = dict.fromkeys(a.keys() & b.keys(), Keep())
put(output, a, swaps=swaps)
print("ready", flush=True)
while True:
    put(output, b | kept, swaps=swaps)
    put(output, a | kept, swaps=swaps)
"""


def python(code: str, *args: object, **more: object) -> subprocess.Popen[str]:
    """Another process, with what it prints."""
    command = [sys.executable, "-c", code, *map(str, args)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, **more)  # type: ignore


def kill_often(output: Path, way: str, times: int, check: Callable[[], None]) -> None:
    """Kill a process that writes A and B in turn, at random moments; ``check`` after each."""
    chance = random.Random(20240229)
    interrupted = 0
    for _ in range(times):
        child = python(CHILD, output, way, 30)
        assert child.stdout and child.stdout.readline() == "ready\n"
        time.sleep(chance.random() * 0.04)
        child.kill()
        child.communicate()
        interrupted += bool(siblings(output)) or (output / ".sitegen-new").exists()
        check()
    assert interrupted > times / 10, "the kills came at moments that prove nothing"


def test_a_killed_build_leaves_a_complete_site(tmp_path: Path) -> None:
    """Forty times at any moment: the old site or the new, and the next build clears the rest."""
    output = tmp_path / "output"
    whole = [pages("A", 30), pages("B", 30)]

    def check() -> None:
        assert on_disk(output) in whole
        recover(output)
        assert on_disk(output) in whole
        assert siblings(output) == []

    kill_often(output, "exchange", 40, check)


def test_a_build_killed_between_two_renames_is_finished_by_the_next(tmp_path: Path) -> None:
    """Where folders can't be exchanged: complete once ``recover`` has run."""
    output = tmp_path / "output"
    whole = [pages("A", 30), pages("B", 30)]

    def check() -> None:
        recover(output)
        assert on_disk(output) in whole
        assert siblings(output) == []

    kill_often(output, "two renames", 12, check)


def test_a_build_killed_while_replacing_one_by_one_is_repaired(tmp_path: Path) -> None:
    """Every file is whole, the folder still counts as ours, and the next build completes it."""
    output = tmp_path / "output"
    output.mkdir()
    a, b = pages("A", 30), pages("B", 30)

    def check() -> None:
        refuse_foreign(output, tmp_path)
        recover(output)
        assert all(data in {a.get(path), b.get(path)} for path, data in on_disk(output).items())
        put(output, b, swaps=())
        assert on_disk(output) == b
        assert siblings(output) == []

    kill_often(output, "one by one", 12, check)


def test_a_first_build_killed_while_replacing_one_by_one_is_ours(tmp_path: Path) -> None:
    """The record comes first, so the next build doesn't refuse what this one began."""
    output = tmp_path / "output"
    output.mkdir()
    child = python(CHILD, output, "one by one", 400)
    wait_for(lambda: {path.name for path in output.iterdir()} - {".sitegen-new"})
    child.kill()
    child.communicate()
    refuse_foreign(output, tmp_path)
    recover(output)
    refuse_foreign(output, tmp_path)
    assert 0 < len(on_disk(output)) < 400


@pytest.mark.parametrize(
    ("there", "result"),
    [
        ({"output": "old", "new": "part"}, "old"),
        ({"output": "old", "next": "new"}, "old"),
        ({"old": "old", "next": "new"}, "new"),
        ({"output": "new", "old": "old"}, "new"),
        ({"old": "old"}, "old"),
        ({"new": "part"}, None),
        ({}, None),
    ],
)
def test_what_recover_makes_of_leftovers(
    tmp_path: Path, there: dict[str, str], result: str | None
) -> None:
    """Each state that a kill can leave behind has one outcome."""
    output = tmp_path / "output"
    for role, text in there.items():
        folder = output if role == "output" else tmp_path / f".output.sitegen-{role}"
        folder.mkdir()
        (folder / "index.html").write_text(text)
    recover(output)
    assert siblings(output) == []
    assert (output / "index.html").read_text() == result if result else not output.exists()


def read_at_once(output: Path) -> Files | None:
    """All of output/; None when it was replaced meanwhile: what was read is being deleted."""
    folder = os.open(output, os.O_RDONLY)
    files = {}
    try:
        for at, _, names, here in os.fwalk(".", dir_fd=folder):
            for name in names:
                file = os.open(name, os.O_RDONLY, dir_fd=here)
                files[PurePosixPath(at, name)] = os.read(file, 10_000)
                os.close(file)
    except FileNotFoundError:
        files = {}
    replaced = not os.path.samestat(output.stat(), os.fstat(folder))
    os.close(folder)
    return None if replaced else files


def test_a_reader_never_sees_half_a_site(tmp_path: Path) -> None:
    """Somebody who reads all of output/ again and again while it is swapped sixty times."""
    output = tmp_path / "output"
    a, b = pages("A", 8), pages("B", 8)
    put(output, a)
    done = threading.Event()

    def read() -> list[Files | None]:
        return [read_at_once(output) for _ in iter(done.is_set, True)]

    with ThreadPoolExecutor() as pool:
        reader = pool.submit(read)
        for turn in range(60):
            put(output, a if turn % 2 else b)
            time.sleep(0.002)
        done.set()
    seen = [files for files in reader.result() if files is not None]
    assert len(seen) > 20
    assert all(files in (a, b) for files in seen)
    assert a in seen and b in seen


@pytest.mark.parametrize("way", WAYS)
def test_ctrl_c_cleans_up(tmp_path: Path, way: str) -> None:
    """Interrupted while it stages: no leftovers, and the old site."""
    output = tmp_path / "output"
    put(output, site(index="Home"))
    child = python(CHILD, output, way, 3000, stderr=subprocess.DEVNULL)
    staged = output / ".sitegen-new" if way == "one by one" else tmp_path / ".output.sitegen-new"
    wait_for(staged.exists)
    child.send_signal(signal.SIGINT)
    child.communicate(timeout=10)
    assert on_disk(output) == site(index="Home")
    assert siblings(output) == []


def wait_for(condition: Callable[[], object]) -> None:
    """Until it holds; five seconds at most."""
    deadline = time.monotonic() + 5
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.001)


# When the system says no


@contextmanager
def mounted(folder: Path, *options: str) -> Iterator[None]:
    """A file system at ``folder``; the test is skipped where that can't be had."""
    folder.mkdir(exist_ok=True)
    done = subprocess.run(["mount", *options, str(folder)], capture_output=True, text=True)
    if done.returncode:
        pytest.skip(f"needs the right to mount: {done.stderr.strip()}")
    try:
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=True)


@any_way
def test_a_full_disk_leaves_the_old_site(tmp_path: Path, swaps: tuple) -> None:
    """In plain words, and with nothing left behind that fills it further."""
    with mounted(tmp_path / "disk", "-t", "tmpfs", "-o", "size=1m", "none"):
        output = tmp_path / "disk" / "output"
        put(output, site(index="Home"))
        with pytest.raises(SitegenError, match="the disk is full") as refused:
            put(output, site(index="x" * 600_000, about="y" * 600_000), swaps=swaps)
        assert "Free some space" in refused.value.fix
        assert on_disk(output) == site(index="Home")
        assert siblings(output) == []


@any_way
def test_a_file_too_big_leaves_the_old_site(tmp_path: Path, swaps: tuple) -> None:
    """A limit on the size of files: the same as a full disk, and no right to mount is needed."""
    output = tmp_path / "output"
    put(output, site(index="Home"))
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, hard))  # Python ignores SIGXFSZ
    try:
        with pytest.raises(SitegenError, match="bigger than this system allows"):
            put(output, site(index="x" * 20_000), swaps=swaps)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert on_disk(output) == site(index="Home")
    assert siblings(output) == []


@any_way
def test_what_should_be_kept_but_is_gone(tmp_path: Path, swaps: tuple) -> None:
    """Somebody deleted it meanwhile: a sentence, and no site without it."""
    output = tmp_path / "output"
    put(output, site(index="Home"))
    with pytest.raises(SitegenError, match="went away"):
        put(output, site(index="New") | {PurePosixPath("gone.html"): Keep()}, swaps=swaps)
    assert on_disk(output) == site(index="Home")
    assert siblings(output) == []


def test_a_disk_that_can_only_be_read(tmp_path: Path) -> None:
    """A first build there says so."""
    with (
        mounted(tmp_path / "disk", "-t", "tmpfs", "-o", "ro", "none"),
        pytest.raises(SitegenError, match="can only be read"),
    ):
        put(tmp_path / "disk" / "output", site(index="Home"))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_parent_that_cannot_be_written_to(tmp_path: Path) -> None:
    """/var/www belongs to root and html/ to the editor: one by one, and it says why."""
    output = tmp_path / "www" / "html"
    output.mkdir(parents=True)
    output.parent.chmod(0o555)
    notes: list[str] = []
    put(output, site(index="Home"), note=notes.append)
    assert on_disk(output) == site(index="Home")
    assert "can't be written to" in notes[0]
    with pytest.raises(SitegenError, match="isn't allowed"):
        put(output.parent / "other", site(index="Home"))
    output.parent.chmod(0o755)


@pytest.mark.parametrize("kind", ["another disk", "the same disk"])
def test_a_mount_point_is_replaced_file_by_file(tmp_path: Path, kind: str) -> None:
    """As in a container, whose output/ is a volume; a bind mount looks like any other folder."""
    output, volume = tmp_path / "output", tmp_path / "volume"
    volume.mkdir()
    options = {
        "another disk": ("-t", "tmpfs", "none"),
        "the same disk": ("--bind", str(volume)),
    }
    notes: list[str] = []
    with mounted(output, *options[kind]):
        put(output, site(index="Home", about="About"), note=notes.append)
        kept = inode(output / "about/index.html")
        about = PurePosixPath("about/index.html")
        put(output, site(index="Home!") | {about: Keep()}, note=notes.append)
        assert on_disk(output) == site(index="Home!", about="About")
        assert inode(output / "about/index.html") == kept
    assert len(notes) == 2
    assert "one by one" in notes[0]
    assert siblings(output) == ["volume"]


def test_exchange_says_when_it_cannot(tmp_path: Path) -> None:
    """Its error carries the system's number, which decides what is tried next."""
    (tmp_path / "new").mkdir()
    with pytest.raises(OSError) as failed:
        exchange(tmp_path / "new", tmp_path / "missing")
    assert failed.value.errno in {errno.ENOENT, errno.ENOSYS}


# One build at a time


HOLDER = """
import os, sys, time
from pathlib import Path
from sitegen.disk.guard import lock

with lock(Path(sys.argv[1]), on_wait=lambda: None):
    if os.fork():
        print("locked", flush=True)
    time.sleep(20)
"""


def test_the_lock_keeps_others_waiting_and_dies_with_its_process(tmp_path: Path) -> None:
    """Told once that it waits; and a worker that outlives a killed build holds nothing."""
    holder = python(HOLDER, tmp_path / "memory", start_new_session=True)
    assert holder.stdout and holder.stdout.readline() == "locked\n"
    waits: list[float] = []

    def on_wait() -> None:
        waits.append(time.monotonic())
        threading.Timer(0.2, holder.kill).start()

    with lock(tmp_path / "memory", on_wait=on_wait):
        waited = time.monotonic() - waits[0]
    os.killpg(holder.pid, signal.SIGKILL)
    holder.communicate()
    assert len(waits) == 1
    assert 0.2 <= waited < 5


def test_a_free_lock_is_taken_at_once_and_given_back(tmp_path: Path) -> None:
    """Also when the folder was deleted in between: it's safe to delete at any time."""
    waits: list[None] = []
    for _ in range(2):
        with lock(tmp_path / "memory", on_wait=lambda: waits.append(None)):
            (tmp_path / "memory" / "lock").unlink()
    assert waits == []


def test_a_lock_that_cannot_be_made(tmp_path: Path) -> None:
    """A file where the folder should be: a sentence, not a traceback."""
    (tmp_path / "memory").touch()
    with (
        pytest.raises(SitegenError, match="could not be locked"),
        lock(tmp_path / "memory", on_wait=lambda: None),
    ):
        pass
