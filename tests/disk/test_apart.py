"""A process that ends, however it ends, costs its own post and no other."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path, PurePosixPath

import pytest

from sitegen import clock
from sitegen.disk import apart
from sitegen.fingerprint import digest_bytes
from sitegen.model import Document, Source
from sitegen.source.parse import Settings, parse
from tests.sites import REPO, post

SETTINGS = Settings(tz=clock.zone("Europe/London"))
HEAVY = "*a* _b_ " * 2_000


def source(name: str, body: str) -> Source:
    """A post to be parsed."""
    data = post(body).encode()
    return Source(path=PurePosixPath(f"news/{name}.md"), digest=digest_bytes(data), data=data)


def told(documents: list[Document]) -> list[tuple[str, str, list[str]]]:
    """The name, the title and the faults of each."""
    return [
        (d.path.stem, d.front.title or "" if d.front else "", [p.code for p in d.problems])
        for d in documents
    ]


def test_heavy_posts_are_parsed_as_all_are() -> None:
    """In order, and what comes of them is what would come of them here."""
    sources = [source("a", "Words."), source("b", HEAVY), source("c", "W."), source("d", HEAVY)]
    assert apart.parse_batch(sources, SETTINGS) == [parse(one, SETTINGS) for one in sources]


ENDS = {
    "killed": "os.kill(os.getpid(), signal.SIGKILL)",
    "crashed": "os.kill(os.getpid(), signal.SIGSEGV)",
    "exited": "os._exit(0)",
    "raised": "raise KeyboardInterrupt",
    "out of memory": "raise MemoryError",
    "talking": "os.write(1, b'no answer'), os._exit(1)",
    "too long": "[None for _ in iter(int, 1)]",
    "asleep": "time.sleep(60)",
}


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.skipif(os.name != "posix", reason="signals, and limits of the system")
def test_a_process_that_ends(end: str, tmp_path: Path) -> None:
    """Its post has a fault that names it and its line, with its title; the others are parsed."""
    # What ends it is put into the child alone.
    (tmp_path / "trap.py").write_text(
        f"import os, signal, time\nimport sitegen.disk.apart as apart\nreal = apart.parse\n"
        f"apart.SECONDS, apart.PATIENCE = 1, 5\n"
        f"def parse(source, settings):\n"
        f"    if b'TRAP' in source.data:\n        {ENDS[end]}\n"
        f"    return real(source, settings)\n"
        f"apart.parse = parse\n"
    )
    code = f"""
import sys
sys.path.insert(0, {str(tmp_path)!r})
from sitegen.disk import apart
from tests.disk.test_apart import HEAVY, SETTINGS, source, told
real = apart.subprocess.Popen
def popen(command, **more):
    command[-1] = command[-1].replace("; apart.serve()", "; import trap; apart.serve()")
    return real(command, **more)
apart.subprocess.Popen = popen
bodies = {{"a": "Words.", "b": HEAVY, "c": "Words.\\n\\n" + HEAVY + "TRAP", "d": HEAVY}}
found = apart.parse_batch([source(name, body) for name, body in bodies.items()], SETTINGS)
print(told(found), [(p.path, p.line) for d in found for p in d.problems])
"""
    here = os.environ | {"PYTHONPATH": str(REPO)}
    done = subprocess.run(
        [sys.executable, "-c", code], env=here, capture_output=True, text=True, timeout=120
    )
    assert done.stderr == ""
    fine = [(name, "A post", []) for name in "abcd"]
    assert done.stdout.strip() == (
        f"{[*fine[:2], ('c', 'A post', ['text-slow']), fine[3]]} [('content/news/c.md', 10)]"
    )
