"""A real Dask cluster on this machine: a scheduler and two workers, each a process of its own."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import distributed
import pytest

from sitegen.arguments import parser
from sitegen.disk import cluster
from sitegen.disk.cluster import Cluster
from sitegen.disk.workers import WORTH_IT, Workers
from sitegen.problems import SitegenError
from tests.sites import NOW, PLAIN, REPO, build, make_site, post, sitegen, tree

DID_SOMETHING = "'sitegen.source.parse' in __import__('sys').modules"
POSTS = {
    f"content/news/p{i:03}.md": post(f"Words {i}, and [more](p{i // 2:03}.md).", title=f"Post {i}")
    for i in range(WORTH_IT)
}


@contextmanager
def dask(folder: Path, workers: int, code: Path = REPO) -> Iterator[str]:
    """The address (``host:port``) of a cluster that runs, with the sitegen in ``code``."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        address = f"127.0.0.1:{free.getsockname()[1]}"
    host, port = address.split(":")
    dask = [sys.executable, "-m", "dask"]
    plain = ["--host", host, "--no-dashboard"]
    worker = [*dask, "worker", f"tcp://{address}", "--nthreads", "1", "--no-nanny", *plain]
    commands = [[*dask, "scheduler", "--port", port, *plain], *[worker] * workers]
    here = os.environ | {"PYTHONPATH": str(code)}
    with (folder / "dask.log").open("w") as log:
        running = [
            subprocess.Popen(c, cwd=folder, env=here, stdout=log, stderr=log) for c in commands
        ]
        try:
            with distributed.Client(f"tcp://{address}", timeout=60, set_as_default=False) as client:
                if workers:
                    client.wait_for_workers(workers, timeout=60)
            yield address
        finally:
            for process in reversed(running):
                process.kill()
                process.wait()


def test_the_same_bytes_as_a_build_here(tmp_path: Path) -> None:
    """Through the command line; and when a worker is killed while posts are read."""
    root = make_site(tmp_path / "site", POSTS)
    assert not build(root).stopped
    alone = tree(root / "output")
    with (
        dask(tmp_path, 2) as address,
        distributed.Client(f"tcp://{address}", set_as_default=False) as client,
    ):
        options = ["--now", NOW, "--output", tmp_path / "out", "--force", "--executor"]
        done = sitegen("build", *options, f"dask://{address}", cwd=root)
        assert done.returncode == 0, done.stderr
        assert tree(tmp_path / "out") == alone
        assert True in client.run(eval, DID_SOMETHING).values(), "one may be quick enough for all"

        (pid, *_), told = client.run(os.getpid).values(), []

        def kill(stage: str, done: int, of: int) -> None:
            if not told:
                os.kill(pid, signal.SIGKILL)
            told.append((stage, done < of))

        report = build(root, force=True, scheduler=f"tcp://{address}", progress=kill)
        left = client.run(os.getpid).values()
    assert told[0] == ("Reading posts", True), "there was more to do"
    assert len(left) == 1
    assert pid not in left
    assert len(report.made) == len(alone)
    assert tree(root / "output") == alone


def test_without_workers_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the last one dies, and when none is there: no build waits for ever."""
    monkeypatch.setattr(cluster, "PATIENCE", 1.0)
    with dask(tmp_path, 1) as address:
        with (
            Cluster(f"tcp://{address}") as executor,
            pytest.raises(SitegenError, match="no workers") as refused,
        ):
            list(executor.map(os._exit, [1, 1, 1]))
        assert refused.value.fix == cluster.START
        with pytest.raises(SitegenError, match="no workers"):
            Cluster(f"tcp://{address}")


def test_other_code_is_refused(tmp_path: Path) -> None:
    """A worker with another sitegen would make other bytes: what to do is said."""
    shutil.copytree(REPO / "sitegen", tmp_path / "other/sitegen")
    with (tmp_path / "other/sitegen/urls.py").open("a") as file:
        file.write("# changed\n")
    root = make_site(tmp_path / "site", {**PLAIN, **POSTS})
    with dask(tmp_path, 1, tmp_path / "other") as address:
        done = sitegen("build", "--executor", f"dask://{address}", "--quiet", cwd=root)
    assert done.returncode == 2
    assert "has another sitegen" in done.stderr
    assert "Traceback" not in done.stderr
    assert cluster.SAME in done.stderr
    assert not (root / "output").exists()


def test_nobody_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    """The address that was tried, and what to do."""
    monkeypatch.setattr(cluster, "PATIENCE", 0.5)
    with socket.create_server(("127.0.0.1", 0)) as free:
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    with pytest.raises(SitegenError, match=address) as refused:
        Cluster(address)
    assert refused.value.fix


def test_dask_is_not_there(tmp_path: Path) -> None:
    """It is an extra: without it, what to type is told."""
    (tmp_path / "distributed.py").write_text("raise ModuleNotFoundError('distributed')")
    root = make_site(tmp_path / "site", {**PLAIN, **POSTS})
    here = {"PYTHONPATH": f"{tmp_path}{os.pathsep}{REPO}"}
    done = sitegen("build", "--executor", "dask://127.0.0.1:1", "--quiet", cwd=root, **here)
    assert done.returncode == 2
    assert cluster.INSTALL in done.stderr


def test_little_work_stays_here() -> None:
    """An address that nobody answers at is not even tried, nor is Dask needed."""
    workers = Workers(1, "tcp://127.0.0.1:1")
    assert list(workers.for_(WORTH_IT - 1).map(abs, [-1])) == [1]
    assert list(workers.beside(WORTH_IT).map(abs, [-1])) == [1]


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("dask://10.0.0.5:8786", "tcp://10.0.0.5:8786"),
        ("dask+tls://builder.example:8786/", "tls://builder.example:8786"),
        ("dask://[::1]:8786", "tcp://[::1]:8786"),
    ],
)
def test_the_address_of_a_scheduler(typed: str, address: str) -> None:
    """As it is typed, and as Dask writes it."""
    assert parser().parse_args(["build", "--executor", typed]).executor == address
