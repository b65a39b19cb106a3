"""What is not sitegen's is never touched: it is refused as output, and nothing is written there.

Proven by a picture of everything round the site, before and after, and by what Python itself tells
of each file that is opened for writing, made, moved or deleted.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import stat
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest

from sitegen.cli import main
from sitegen.problems import SitegenError
from tests.sites import CONFIG, PLAIN, REPO, build, make_site, post, put, tree
from tests.test_cases import PICTURE
from tests.trust.child import in_a_child
from tests.trust.forks import CHANGES

Picture = dict[str, tuple[object, ...]]


def picture(folder: Path) -> Picture:
    """All that lies in a folder: what each is, its rights, when it was changed, and its bytes."""
    return dict(_seen(folder, folder))


def _seen(path: Path, top: Path) -> Iterator[tuple[str, tuple[object, ...]]]:
    status = path.lstat()
    looks = (stat.filemode(status.st_mode), status.st_uid, status.st_mtime_ns, status.st_nlink)
    if path.is_symlink():
        holds: object = path.readlink()
    else:
        holds = path.read_bytes() if path.is_file() else status.st_size if path.is_fifo() else None
    yield str(path.relative_to(top)), (*looks, holds)
    if path.is_dir() and not path.is_symlink():
        for inner in sorted(path.iterdir()):
            yield from _seen(inner, top)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A small site, not built yet, in a folder where others keep things too."""
    put(tmp_path, {"precious/a.txt": "Mine.", "repo/.git/HEAD": "ref", "repo/README": "Ours."})
    put(tmp_path, {"worktree/.git": "gitdir: /elsewhere", "file": "Mine.", "home/notes": "Mine."})
    return make_site(tmp_path / "site", {**PLAIN, "content/news/a.md": post()})


# ---- what output may not be

OUTPUTS = [
    *("", ".", "content", "content/new", "content/news", "templates", "templates/x", "config.yaml"),
    *("..", "/", "/etc", "/usr", "/dev/null", "/proc/self", ".sitegen", ".sitegen/x", "content/.."),
    *(".git", ".git/x", "../repo", "../repo/.git", "../repo/.git/x", "../worktree", "../precious"),
    *(
        "../file",
        "../file/x",
        "config.yaml/x",
        "../home",
        "link",
        "link/new",
        "link-to-repo",
        "loop",
    ),
    *("x" * 300, "y/" * 2500, "{package}", "{package}/x"),
]


@pytest.mark.parametrize("command", ["build", "build --force", "build --strict"])
def test_what_may_not_be_replaced_is_refused(site: Path, command: str) -> None:
    """With what to do, and nothing at all is changed: not even sitegen's own memory is begun."""
    (site / "link").symlink_to("content")
    (site / "link-to-repo").symlink_to("../repo")
    (site / "loop").symlink_to("loop")
    put(site, {".git/HEAD": "ref"})
    home, before = os.environ["HOME"], picture(site.parent)
    os.environ["HOME"] = str(site.parent / "home")
    allowed = []
    try:
        for name in OUTPUTS:
            output = site / name.format(package=REPO / "sitegen")
            force, strict = "force" in command, "strict" in command
            try:
                build(site, output=output, force=force, strict=strict)
            except SitegenError as error:
                assert "--output" in error.fix, name
            else:
                allowed.append(name)
    finally:
        os.environ["HOME"] = home
    assert allowed == []
    assert picture(site.parent) == before


@pytest.mark.parametrize("name", [".git", ".hg", ".svn"])
@pytest.mark.parametrize("is_file", [False, True])
def test_a_site_kept_in_a_repository_is_refused(site: Path, name: str, is_file: bool) -> None:
    """What was built there by sitegen, and committed: its history would be lost."""
    output = site.parent / "pages"
    build(site, output=output)
    put(output, {name if is_file else f"{name}/HEAD": "ref"})
    put(site, {"content/news/b.md": post(title="B")})
    before = picture(output)
    with pytest.raises(SitegenError, match="it is a repository, whose history"):
        build(site, output=output)
    assert picture(output) == before


def test_another_sites_output_is_refused(site: Path) -> None:
    """Unless this one has built there before; deleting .sitegen/ or moving house makes no other."""
    output = site.parent / "pages"
    build(site, output=output)
    other = make_site(site.parent / "other", {**PLAIN, "content/news/b.md": post(title="B")})
    put(other, {"config.yaml": CONFIG.replace("example.org", "example.net")})
    before = picture(output)
    with pytest.raises(SitegenError, match=r"holds the site https://example\.org/"):
        build(other, output=output)
    assert picture(output) == before
    put(site, {"config.yaml": CONFIG.replace("example.org", "example.com")})
    assert not build(site, output=output).stopped  # the same site, which has moved
    (site / ".sitegen").rename(site / "gone")
    assert not build(site, output=output).stopped


@pytest.mark.parametrize("what", ["a link", "a file", "a pipe"])
def test_a_memory_that_is_no_folder_is_refused(site: Path, what: str) -> None:
    """With what to check; nothing is written to where it leads."""
    memory = site / ".sitegen"
    if what == "a link":
        memory.symlink_to("../precious")
    elif what == "a file":
        memory.write_text("Mine.")
    else:
        os.mkfifo(memory)
    before = picture(site.parent)
    with pytest.raises(SitegenError) as refused:
        build(site)
    assert str(memory) in refused.value.fix
    assert picture(site.parent) == before


@pytest.mark.parametrize("name", ["lock", "state.db", "spare", "images", "look.json"])
def test_a_pipe_in_the_memory_is_not_waited_for(site: Path, name: str) -> None:
    """It is none of sitegen's, and taken away."""
    build(site)
    put(site, {"content/news/b.md": post(title="B")})
    (site / ".sitegen" / name).rename(site / "away") if (
        site / ".sitegen" / name
    ).exists() else None
    os.mkfifo(site / ".sitegen" / name)
    assert in_a_child(lambda: build(site).total) == len(tree(site / "output"))
    assert not (site / ".sitegen" / name).is_fifo()


def test_no_site_is_no_reason_to_write(site: Path) -> None:
    """Where there is no content/ or templates/ there is no memory either."""
    put(site.parent, {"elsewhere/config.yaml": CONFIG, "elsewhere/content/a": ""})
    before = picture(site.parent)
    for config in ("elsewhere/config.yaml", "home/config.yaml", "site/none.yaml", "site/content"):
        for command in ("build", "check", "upcoming", "lock", "serve"):
            done = sitegen_here(command, "--config", site.parent / config)
            assert (done[0], "Traceback" in done[1]) == (2, False), (command, config, done)
    assert picture(site.parent) == before


def sitegen_here(*arguments: object) -> tuple[int, str]:
    """A command in this process: its exit code, and what it says."""
    said = StringIO()
    with redirect_stderr(said), redirect_stdout(said):
        code = main([str(argument) for argument in arguments])
    return code, said.getvalue()


# ---- links in the place of what a command writes


@pytest.mark.parametrize(
    ("link", "command"),
    [
        ("content/blog", "new blog Title"),
        (".urls.lock.new", "lock"),
        ("urls.lock", "lock"),
        (".vscode", "schema --vscode"),
        (".sitegen/state.db", "build"),
        (".sitegen/lock", "build"),
        (".sitegen/images", "build"),
        (".sitegen/spare", "build"),
        (".output.sitegen-new", "build"),
        ("output/index.html", "build"),
        ("output/news", "build"),
    ],
)
@pytest.mark.parametrize("to", ["precious", "file", "nothing"])
def test_nothing_is_written_through_a_link(site: Path, link: str, command: str, to: str) -> None:
    """Whatever it leads to, what is there stays as it is, and nothing comes there."""
    build(site)
    outside = {name: picture(site.parent / name) for name in ("precious", "repo", "home", "file")}
    (site / link).parent.mkdir(exist_ok=True)
    if (site / link).exists():
        (site / link).rename(site / "away")
    (site / link).symlink_to(site.parent / to)
    code, said = sitegen_here(*command.split(), "--config", site / "config.yaml")
    assert code in (0, 1, 2), said
    assert {name: picture(site.parent / name) for name in outside} == outside
    assert not (site.parent / "nothing").exists()


# ---- what a command writes at all

WRITES = {f"os.{change}" for change in (*CHANGES, "chown", "mkfifo", "mknod")} | {"sqlite3.connect"}
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def log_writes(to: Path) -> None:
    """Note the path of whatever this process, and those that it forks, change on the disk."""
    log = os.open(to, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_TRUNC)

    def hook(event: str, args: tuple[Any, ...]) -> None:
        is_write = event == "open" and isinstance(args[2], int) and args[2] & WRITING
        if is_write or event in WRITES:
            for path in args[: 2 if event in ("os.rename", "os.link") else 1]:
                if not isinstance(path, int):
                    os.write(log, os.fsencode(Path.cwd() / os.fsdecode(path)) + b"\n")

    sys.addaudithook(hook)


@pytest.fixture
def watched(site: Path) -> Callable[..., set[str]]:
    """Run a command; what it wrote, by path from the folder round the site.

    Its home and its place for temporary files are in that folder too, and in the picture.
    """
    top = site.parent
    put(top, {"tmp/.keep": "", "writes": ""})

    def run(line: str, meanwhile: Callable[[], None] = lambda: None) -> set[str]:
        def work() -> tuple[int, str]:
            os.environ.update(HOME=str(top / "home"), TMPDIR=str(top / "tmp"))
            os.environ.pop("SOURCE_DATE_EPOCH", None)
            tempfile.tempdir = None
            os.chdir(site)
            threading.Thread(target=meanwhile, daemon=True).start()
            log_writes(top / "writes")
            return sitegen_here(*line.split())

        code, said = in_a_child(work)
        assert code in (0, 1), (line, said)
        paths = set((top / "writes").read_text().splitlines()) - {os.devnull, str(site)}
        return {os.path.relpath(path, top) for path in paths}

    return run


def outside_of(top: Path, *own: str) -> Picture:
    """A picture of all in a folder but what is sitegen's, and what this test itself writes."""
    own = (*own, "writes", ".")
    return {
        name: looks
        for name, looks in picture(top).items()
        if not any(name == it or name.startswith(f"{it}/") for it in own)
    }


BUILDS = ["", "", "--force --jobs 2", "--output public --jobs 1"]


def test_a_build_writes_its_output_and_its_memory_alone(
    site: Path, watched: Callable[..., set[str]]
) -> None:
    """And a hidden folder beside output/, gone afterwards: with pictures, search, two workers."""
    config = CONFIG.replace("false", "true")
    put(site, {"config.yaml": config, "content/media/a.png": PICTURE})
    put(site, {"content/news/b.md": post("![A](/media/a.png)", title="B")})
    top = site.parent
    own = ("site/output", "site/public", "site/.sitegen")
    before = outside_of(top, *own, "site")
    inputs = outside_of(site, "output", "public", ".sitegen")
    for arguments in BUILDS:
        wrote = watched(f"build --now 2026-06-15 {arguments}")
        staged = tuple(f"site/.{name}.sitegen-" for name in ("output", "public"))
        strange = {path for path in wrote if not path.startswith((*own, *staged))}
        assert strange == set(), arguments
        assert outside_of(top, *own, "site") == before
        assert outside_of(site, "output", "public", ".sitegen") == inputs
    assert (site / "public/index.html").exists()


def test_other_commands_write_nothing_at_all(site: Path, watched: Callable[..., set[str]]) -> None:
    """``check``, ``upcoming``, ``diff``, ``stale`` and ``schema``: all is as it was."""
    build(site)
    build(site, output=site.parent / "old")
    (site / ".sitegen").rename(site.parent / "away")
    before = outside_of(site.parent)
    for line in (
        "check --now 2026-06-15",
        "upcoming --now 2026-06-15",
        "diff ../old output",
        "stale output/build.json --now 2026-06-15",
        "schema news",
    ):
        assert watched(line) == set(), line
        assert outside_of(site.parent) == before, line


def test_a_preview_writes_its_memory_alone(site: Path, watched: Callable[..., set[str]]) -> None:
    """Output/ is left as it is while pages are shown and files are edited."""
    build(site)
    before = outside_of(site.parent, "site/.sitegen", "site/content/news", "site")

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    page = f"http://127.0.0.1:{port}/news/2026-05-01"

    def look() -> None:
        until(lambda: is_there(f"{page}/a/"))
        put(site, {"content/news/b.md": post(title="B")})
        until(lambda: is_there(f"{page}/b/"))
        os.kill(os.getpid(), signal.SIGINT)

    wrote = watched(f"serve --port {port}", look)
    assert (site / "content/news/b.md").exists()
    strange = {path for path in wrote if not path.startswith("site/.sitegen")}
    assert strange == {"site/content/news/b.md"} | strange & {"site/content/news"}
    after = outside_of(site.parent, "site/.sitegen", "site/content/news", "site")
    assert after == before


def is_there(address: str) -> bool:
    """Whether a page is at an address."""
    try:
        with urlopen(address) as answer:
            return bool(answer.status == 200)
    except OSError:  # nobody listens yet, or there is no such page
        return False


def until(done: Callable[[], bool]) -> None:
    """Wait; ``in_a_child`` sees to it that this ends."""
    while not done():
        time.sleep(0.1)


def test_what_others_write_is_named_by_the_command(
    site: Path, watched: Callable[..., set[str]]
) -> None:
    """``new`` writes its file, ``lock`` the record, ``schema --vscode`` its folder."""
    assert watched("new news A-title") - {"site/content/news"} == {"site/content/news/a-title.md"}
    wrote = watched("lock --now 2026-06-15")
    assert wrote == {"site/urls.lock", "site/.urls.lock.new"}
    assert not (site / ".urls.lock.new").exists()
    wrote = watched("schema --vscode")
    assert wrote
    assert all(path.startswith("site/.vscode") for path in wrote)


# ---- what is its own


@pytest.mark.parametrize("mode", [0o600, 0o000, 0o777, 0o666, 0o444, 0o4755])
def test_other_rights_of_a_file_are_mended(site: Path, mode: int) -> None:
    """Of a page, a feed, a record: the next build makes just that anew, the one after nothing."""
    build(site)
    names = ["index.html", "feed.xml", "build.json"]
    want = {name: (site / "output" / name).stat().st_mode for name in names}
    for name in names[: 2 if mode == 0 else 3]:
        (site / "output" / name).chmod(mode)
    report = build(site)
    assert not report.nothing_to_do
    assert sorted(map(str, report.made)) == sorted(names[: 2 if mode == 0 else 3])
    assert {name: (site / "output" / name).stat().st_mode for name in names} == want
    assert build(site).nothing_to_do


def test_a_site_is_the_same_whatever_was_tried(site: Path) -> None:
    """After refusals the next build is the one that it would have been."""
    for output in ("content", "../precious", "..", "config.yaml/x"):
        with pytest.raises(SitegenError):
            build(site, output=site / output)
    build(site)
    made = tree(site / "output")
    assert json.loads(made["build.json"])["base_url"] == "https://example.org/"
    assert made == tree_of_a_copy(site)


def tree_of_a_copy(site: Path) -> dict[str, bytes]:
    """What comes of the same files elsewhere."""
    copy = make_site(site.parent / "copy", {**PLAIN, "content/news/a.md": post()})
    build(copy)
    return tree(copy / "output")
