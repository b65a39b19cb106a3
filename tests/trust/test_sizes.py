"""No post is too much: each of these is a page or a fault with a line, and all others go on."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.sites import PLAIN, REPO, build, make_site, post, put, tree
from tests.trials import TRIALS

AT_MOST = 60 * TRIALS  # seconds of computing that no run comes near: all others are hangs


def run(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A command at ``root``, ended by the system should it compute for ever."""
    code = (
        "import resource, sys; from sitegen.cli import main;"
        f"resource.setrlimit(resource.RLIMIT_CPU, ({AT_MOST}, {AT_MOST}));"
        "sys.exit(main(sys.argv[1:]))"
    )
    here = os.environ | {"PYTHONPATH": str(REPO)}
    command = [sys.executable, "-c", code, *arguments, "--now", "2026-06-15"]
    return subprocess.run(command, cwd=root, env=here, capture_output=True, text=True, check=False)


def faults(done: subprocess.CompletedProcess[str]) -> dict[str, list[tuple[str, int]]]:
    """What was told of each post: codes and lines."""
    found: dict[str, list[tuple[str, int]]] = {}
    for row in json.loads(done.stdout):
        found.setdefault(Path(row["path"]).stem, []).append((row["code"], row["line"]))
    return found


N = 4_000 * TRIALS

# What is refused: by its name the text, the code, and the line of the body (from 0) that is told.
REFUSED: Mapping[str, tuple[str, str, int]] = {
    "brackets": ("[" * N, "text-tangled", 0),
    "pictures": ("Words.\n\n" + "![" * N, "text-tangled", 2),
    "links": ("[a](b " * N, "text-tangled", 0),
    "titles": ('[a](b "c) ' * N, "text-tangled", 0),
    "tags": ("Words.\n\n" + "<a " * N, "text-tangled", 2),
    "attributes": ('<a b="' * N, "text-tangled", 0),
    "declarations": ("<![" * N, "text-tangled", 0),
    "abbreviations": ("*[AB]: c\n" * N, "text-tangled", 0),
    "definitions": ("a\n:   b\n" * N, "text-tangled", 1),
    "footnotes": ("".join(f"a[^{n}]\n\n[^{n}]: b\n\n" for n in range(N)), "text-tangled", 4002),
    "marks": ("a[^1] " * N + "\n\n[^1]: b", "text-tangled", 0),
    "list": ("- " * N + "a", "text-deep", 0),
    "numbers": ("1. " * N + "a", "text-deep", 0),
    "quotations": ("> " * N + "a", "text-deep", 0),
    "mixture": ("> - 1. " * N + "a", "text-deep", 0),
    "steps": ("\n".join("  " * depth + "- a" for depth in range(300)), "text-deep", 20),
    "book": ("word " * 1_000_000, "text-long", -1),
    "lines": ("a\n\n" * 300_000, "text-long", -1),
    "empty-notes": ("a[^1]\n\n[^1]:\n[^2]: b", "footnote-empty", 2),
}

# What is a page, however odd.
M = N // 4
BUILT: Mapping[str, str] = {
    "line": "one two " * 20 * M,
    "word": "w" * 100 * M,
    "stars": "*a* **b** ***c***" * M,
    "unmatched": "**a _b " * M,
    "apostrophes": "‘a " * M + "'b" * M,
    "quotes": '"' * M + ' "a' * M,
    "emoji": "😀\u200d" * M,
    "backslashes": "\\" * M + "`" * M,
    "entities": "&amp;&#38;" * M,
    "columns": "a|" * M + "\n" + "-|" * M + "\n" + "b|" * M,
    "rows": "a|b\n-|-\n" + "c|d\n" * M,
    "headings": "## A heading\n\n" * M,
    "underlined": "A heading\n---\n" * M,
    "closed": "[words](https://example.org) " * M,
    "items": "- an item\n" * M,
    "addresses": "https://example.org/ " * M,
    "capitals": "ABC " * M,
    "signs": "< > & -- ... " * M,
}

PLAIN_FAULTS = {
    "faulty-a": (post("A [link](missing.md).", title=None), ["missing-field", "broken-link"]),
    "faulty-z": (post("<blink>a</blink>", tags="[dentist]"), ["raw-html", "unknown-tag"]),
}


@pytest.fixture(scope="module")
def sick(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of all that is refused, some posts that are merely odd, and some with plain faults."""
    bodies = {name: post(body) for name, (body, *_) in REFUSED.items()}
    odd = {name: post(BUILT[name]) for name in ("line", "unmatched", "rows")}
    plain = {name: text for name, (text, _) in PLAIN_FAULTS.items()}
    posts = {f"content/news/{name}.md": text for name, text in (bodies | odd | plain).items()}
    return make_site(tmp_path_factory.mktemp("sick"), {**PLAIN, **posts})


@pytest.mark.parametrize("command", [["build", "--jobs", "1"], ["check"]])
def test_one_post_hides_no_fault_of_another(sick: Path, command: list[str]) -> None:
    """Every fault of every post is told with its line, in one run, which ends with 1."""
    done = run(sick, *command, "--format", "json")
    assert (done.returncode, "Traceback" in done.stderr) == (1, False), done.stderr
    found = faults(done)
    for name, (_, code, line) in REFUSED.items():
        assert (code, 8 + line) in found[name], (name, found[name][:3])
    for name, (_, codes) in PLAIN_FAULTS.items():
        assert {code for code, _ in found[name]} >= set(codes), name
    assert not (sick / "output").exists()


def test_what_is_odd_is_built(tmp_path: Path) -> None:
    """Whatever has an end becomes a page, and advice on it comes to an end."""
    posts = {f"content/news/{name}.md": post(body) for name, body in BUILT.items()}
    root = make_site(tmp_path / "site", {**PLAIN, **posts})
    done = run(root, "build")
    assert (done.returncode, "Traceback" in done.stderr) == (0, False), done.stderr
    assert {f"news/2026-05-01/{name}/index.html" for name in BUILT} <= tree(root / "output").keys()
    done = run(root, "check", "--format", "json")
    assert (done.returncode, "Traceback" in done.stderr) == (0, False), done.stderr
    assert faults(done)


YAML: Mapping[str, str] = {
    "bomb": "x-a: &a [b, b]\nx-b: &b [*a, *a]\nx-c: [*b, *b]",
    "deep": "x-a: " + "[" * N,
    "deeper": "x-a: " + "{a: " * N,
    "steps": "x-a:\n" + "".join(" " * n + "a:\n" for n in range(1, 200)),
    "dashes": "x-a:\n  " + "- " * N + "a",
    "long-key": "k" * 100 * N + ": a",
    "many-keys": "".join(f"key{n}: a\n" for n in range(N)),
    "twice": "x-a: b\n" * N,
    "merged": "x-a: &a {b: c}\nx-b:\n  <<: *a",
    "many-tags": f"cta: [{', '.join(f'a{n}' for n in range(N))}]",
    "object": "x-a: !!python/object/apply:os.system [true]",
    "name": "x-a: !!python/name:os.system",
    "binary": "x-a: !!binary aGVsbG8=",
    "directive": "%YAML 1.1",
    "handle": "%TAG ! tag:example.org,2026:",
    "documents": "...\nx-a: b",
    "digits": f"publish_at: {'9' * N}",
    "year": "updated: 99999-01-01",
    "no-year": "updated: 0000-00-00",
    "surrogate": 'x-a: "a\\ud800b"',
    "no-character": 'x-a: "a\\U00110000b"',
    "nothing": 'standfirst: "a\\0b"',
    "tangle": "x-a: b: c\n" * N,
    "half": 'x-a: "b\n' * N,
    "hashes": "x-a: b #c\n" * N,
    "indicator": "x-a: |" + "9" * N + "\n  a",
}


def test_front_matter_is_a_page_or_a_fault(tmp_path: Path) -> None:
    """None of these means what it means to YAML: all are faults with lines, of all posts."""
    posts = {
        f"content/news/{name}.md": post().replace("\n---\n\n", f"\n{typed}\n---\n\n")
        for name, typed in YAML.items()
    }
    root = make_site(tmp_path / "site", {**PLAIN, **posts, "content/news/fine.md": post()})
    done = run(root, "check", "--format", "json")
    assert (done.returncode, "Traceback" in done.stderr) == (1, False), done.stderr
    found = faults(done)
    assert found.keys() >= YAML.keys()
    assert "fine" not in found
    assert all(line for rows in found.values() for _, line in rows)


@pytest.mark.parametrize(
    "name",
    ["config.yaml", "content/tags.yaml", "content/people.yaml", "templates/i18n/en.yaml"],
)
def test_shared_files_are_read_or_refused(name: str, tmp_path: Path) -> None:
    """Each of the same texts, at the end of a file that all posts share, is told of that file."""
    root = make_site(tmp_path / "site", {**PLAIN, "content/news/a.md": post()})
    sound = (root / name).read_text("utf-8") if (root / name).exists() else ""
    for case, typed in YAML.items():
        put(root, {name: f"{sound}{typed}\n"})
        report = build(root)
        told = {fault.path for fault in report.problems}
        # More words than pages need are no fault.
        assert name in told or ("i18n" in name and not report.stopped), (case, told)


def test_thousands_of_tags(tmp_path: Path) -> None:
    """Those that there are, and those that there are not."""
    book = "".join(f"tag-{n}: {{label: Tag {n}}}\n" for n in range(M))
    typed = ", ".join(f"tga-{n}" for n in range(2 * M))
    files = {"content/tags.yaml": book, "content/news/a.md": post(tags=f"[{typed}]")}
    root = make_site(tmp_path / "site", {**PLAIN, **files})
    done = run(root, "check", "--format", "json")
    assert (done.returncode, "Traceback" in done.stderr) == (1, False), done.stderr
    codes = [code for code, _ in faults(done)["a"]]
    assert codes.count("too-many") == 1
    assert codes.count("unknown-tag") == 1_000
