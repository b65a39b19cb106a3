"""What a post and a page cost, piece by piece: the table of docs/scale.md.

python -m tests.benchmarks.costs --write

Seconds are of the processor, in one process; the memory and the disk per post are what the larger
of two sites takes more than the smaller, for each post that it has more.
"""

from __future__ import annotations

import argparse
import os
import pickle
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sitegen import clock
from sitegen.building import content
from sitegen.building.prepare import Prepared, prepare
from sitegen.disk.state import Store
from sitegen.disk.workers import Workers
from sitegen.memo import Memo
from sitegen.model import Rendered, settled
from sitegen.options import Options
from sitegen.pages import chrome
from sitegen.templating.render import render_all
from tests.benchmarks.corpus import NOW, posts_of
from tests.benchmarks.ours import OURS, path_of

REPO = Path(__file__).parents[2]
PAGE = REPO / "docs" / "scale.md"
A_MB = 1_000_000 if sys.platform == "darwin" else 1_000  # in the units of ru_maxrss


class Meter(Executor):
    """Does the work here, and measures what it takes and what would travel."""

    def __init__(self) -> None:
        self.batches, self.sent, self.came, self.work, self.packing = 0, 0, 0, 0.0, 0.0

    def map(
        self,
        fn: Callable[..., Any],
        *iterables: Iterable[Any],
        timeout: float | None = None,
        chunksize: int = 1,
    ) -> Iterator[Any]:
        """The results, in order, each as if it had come from elsewhere."""
        for piece in zip(*iterables, strict=False):
            started = time.process_time()
            sent = pickle.dumps(piece, 5)
            packed = time.process_time()
            result = pickle.dumps(fn(*piece), 5)
            done = time.process_time()
            yield pickle.loads(result)
            self.batches, self.sent = self.batches + 1, self.sent + len(sent)
            self.came, self.work = self.came + len(result), self.work + done - packed
            self.packing += packed - started + time.process_time() - done


class Metered(Workers):
    """Gives a Meter for any amount of work."""

    def __init__(self) -> None:
        super().__init__(1)
        self.meter = Meter()

    def for_(self, amount: int) -> Executor:
        """The Meter."""
        return self.meter


def main() -> None:
    """Measure, and print or write the table."""
    wanted = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    wanted.add_argument("--posts", type=int, default=4000, help="of the larger site")
    wanted.add_argument("--runs", type=int, default=3, help="the least counts (default: 3)")
    wanted.add_argument("--write", action="store_true", help="write it into docs/scale.md")
    arguments = wanted.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        text = table(measure(Path(folder), arguments.posts, arguments.runs), arguments.posts)
    show(text, "costs", write=arguments.write)


def show(text: str, name: str, *, write: bool) -> None:
    """Print a table, or write it into docs/scale.md between the comments of its name."""
    if not write:
        print(text, end="")
        return
    begin, end = f"<!-- {name} -->\n", f"<!-- /{name} -->\n"
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(begin)
    PAGE.write_text(before + begin + text + end + rest.partition(end)[2], encoding="utf-8")


def measure(folder: Path, posts: int, runs: int) -> dict[str, Any]:
    """All figures; of seconds and memory the least of several runs."""
    few, many = folder / "few", folder / "many"
    for root, number in ((few, posts // 4), (many, posts)):
        OURS.write(root, posts_of(number))
    stages = least([through_a_meter(many) for _ in range(runs)])
    small, large = (
        builds(root, number, runs) for root, number in ((few, posts // 4), (many, posts))
    )
    return {
        **stages,
        "cold": large["cold"],
        # The files of the spare are those of output/.
        "state": (size(many / ".sitegen") - size(many / ".sitegen/spare")) / posts / 1e3,
        "output": size(many / "output") / stages["pages"] / 1e3,
        **{
            f"{name} {of}": value
            for name in ("mb", "same", "edited")
            for of, value in line(small[name], large[name], posts // 4, posts).items()
        },
    }


def line(small: float, large: float, few: int, many: int) -> dict[str, float]:
    """What a build takes whatever its size, and what each post adds."""
    more = max(0.0, large - small) / (many - few)  # below nothing is noise
    return {"a build": small - more * few, "a post": more}


def builds(root: Path, posts: int, runs: int) -> dict[str, float]:
    """Megabytes and seconds of builds: from nothing, with nothing to do, after an edit."""
    fresh = least([whole(root, fresh=True) for _ in range(runs)])
    time.sleep(2.5)  # a file that was only just written is read again at the next build
    whole(root, fresh=False)
    same = least([whole(root, fresh=False) for _ in range(runs)])
    post = root / "content" / path_of(posts // 2)
    edited = least([edit(post) or whole(root, fresh=False) for _ in range(runs)])
    return {"mb": fresh["mb"], "cold": fresh["cpu"], "same": same["cpu"], "edited": edited["cpu"]}


def least(runs: list[dict[str, float]]) -> dict[str, float]:
    """Of each figure the least."""
    return {name: min(run[name] for run in runs) for name in runs[0]}


def edit(post: Path) -> None:
    """A sentence more."""
    with post.open("a", encoding="utf-8") as file:
        file.write("\nThis sentence is new.\n")


def whole(root: Path, *, fresh: bool) -> dict[str, float]:
    """Seconds of the processor, and memory, of one build in one process."""
    if fresh:
        shutil.rmtree(root / "output", ignore_errors=True)
        shutil.rmtree(root / ".sitegen", ignore_errors=True)
    command = [sys.executable, "-m", "sitegen", "build", "--now", NOW, "--quiet", "--jobs", "1"]
    here = os.environ | {"PYTHONPATH": str(REPO)}
    process = subprocess.Popen([*command, "--no-search", "--no-images"], cwd=root, env=here)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"the build ended with {process.returncode}")
    return {"cpu": used.ru_utime + used.ru_stime, "mb": used.ru_maxrss / A_MB}


def through_a_meter(root: Path) -> dict[str, float]:
    """What parsing and rendering take, and what would travel to a cluster."""

    def now(tz: ZoneInfo) -> datetime:
        return clock.parse_now(NOW, tz)

    options = Options(
        config=root / "config.yaml", output=root / "output", now=now, images=False, search=False
    )
    workers, inputs = Metered(), content.read_inputs(options, {})
    found = prepare(inputs, options, Store(options.memory, read_only=True), workers, Memo())
    assert isinstance(found, Prepared)
    parse, workers.meter = workers.meter, Meter()
    pages = [settled(output) for output in found.outputs if isinstance(output, Rendered)]
    design, meter = found.design, workers.meter
    shared = chrome.chrome(found.desk)
    for _ in render_all(pages, design.templates, design.book, shared, meter, lambda done: None):
        pass
    posts = len(found.content.documents)
    return {
        "pages": len(pages),
        "a page a post": len(pages) / posts,
        **{f"parse {name}": value for name, value in figures(parse, posts).items()},
        **{f"render {name}": value for name, value in figures(meter, len(pages)).items()},
    }


def figures(meter: Meter, number: int) -> dict[str, float]:
    """Milliseconds and kilobytes for each of so many posts or pages, and kilobytes a batch."""
    return {
        "ms": meter.work * 1e3 / number,
        "packing ms": meter.packing * 1e3 / number,
        "sent": meter.sent / number / 1e3,
        "came": meter.came / number / 1e3,
        "batch": (meter.sent + meter.came) / meter.batches / 1e3,
    }


def size(folder: Path) -> int:
    """The bytes of all files of a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


ROWS = """
| what | measured | of |
| --- | ---: | --- |
| pages, feeds among them | {a page a post:.2f} | a post |
| a whole build from nothing | {cold a page:.1f} ms | a page |
| of it: parsing | {parse ms:.1f} ms | a post |
| of it: rendering | {render ms:.1f} ms | a page |
| of it: all else (reading, planning, views, digests, writing) | {else:.1f} ms | a page |
| packing and unpacking for another process | {parse packing ms:.2f} ms | a post |
| the same | {render packing ms:.2f} ms | a page |
| over the wire to parse: there, and back | {parse sent:.0f} KB, {parse came:.0f} KB | a post |
| over the wire to render: there, and back | {render sent:.0f} KB, {render came:.0f} KB | a page |
| over the wire, both ways | {parse batch:.0f} KB, {render batch:.0f} KB | a batch (posts, pages) |
| memory | {mb a build:.0f} MB + {kb a post:.0f} KB | a build + a post |
| `.sitegen/` | {state:.1f} KB | a post |
| `output/` | {output:.1f} KB | a page |
| nothing has changed | {same a build:.0f} ms + {same a post:.3f} ms | a build + a post |
| one body has changed | {edited a build:.0f} ms + {edited a post:.2f} ms | a build + a post |
"""

NETWORK = """
| worked out from that | from nothing | memory | nothing changed | one body edited | `output/` |
| --- | ---: | ---: | ---: | ---: | ---: |
"""
CELLS = "{name} | {cold:,.0f} s | {mb:,.0f} MB | {same:,.1f} s | {edited:,.1f} s | {output:,.1f} GB"
LIMIT = """
Other machines can take over parsing and rendering: {taken:.0%} of a build from nothing. However
many there are, it ends {limit:.1f} times as soon at most. In 8 GB of memory there is room for a
site of {room:,.0f} posts.
"""


def table(found: dict[str, Any], posts: int) -> str:
    """The figures for people, in Markdown."""
    parse = found["parse ms"] / found["a page a post"]
    cold = found["cold"] * 1e3 / found["pages"]
    times = {
        f"{name} {of}": found[f"{name} {of}"] * 1e3
        for name in ("same", "edited")
        for of in ("a build", "a post")
    }
    derived = {
        **times,
        "kb a post": found["mb a post"] * 1e3,
        "cold a page": cold,
        "else": cold - parse - found["render ms"],
    }
    found = found | derived
    alone = found["else"] + found["render packing ms"]
    alone += found["parse packing ms"] / found["a page a post"]
    limits = {
        "taken": 1 - found["else"] / cold,
        "limit": cold / alone,
        "room": (8_000 - found["mb a build"]) / found["mb a post"],
    }
    return (
        f"Of a site of {posts:,} posts, in seconds of one processor:\n"
        + ROWS.format(**found)
        + NETWORK
        + network(found)
        + LIMIT.format(**limits)
    )


def network(found: dict[str, float]) -> str:
    """What a site among 150 would take that have a million pages; all of them; and one so large."""
    pages = 1_000_000
    text = ""
    for name, sites, share in (
        ("one of 150 sites", 1, pages / 150),
        ("all 150, one after another", 150, pages / 150),
        ("one site of a million pages", 1, pages),
    ):
        posts = share / found["a page a post"]
        taken = {
            k: found[f"{k} a build"] + posts * found[f"{k} a post"] for k in ("same", "edited")
        }
        row = {
            "cold": sites * share * found["cold a page"] / 1e3,
            "mb": found["mb a build"] + posts * found["mb a post"],
            "output": sites * share * found["output"] / 1e6,
            **{k: sites * value / 1e3 for k, value in taken.items()},
        }
        text += f"| {CELLS.format(name=name, **row)} |\n"
    return text


if __name__ == "__main__":
    main()
