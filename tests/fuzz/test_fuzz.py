"""What the fuzz target found stays mended, and it finds nothing more in a few seconds."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from sitegen.problems import Place, problem
from tests.fuzz import __main__, corpus, oracle
from tests.trials import TRIALS


@pytest.mark.parametrize("target", oracle.TARGETS)
def test_every_input_that_is_kept(target: str) -> None:
    """It keeps all promises; the message names the file of one that does not."""
    kept = [data for name, data in corpus.kept() if name == target]
    assert len(kept) >= 3
    for data in kept:
        oracle.check(target, data)


@pytest.mark.parametrize("seed", range(2))
def test_changes(seed: int) -> None:
    """Some hundred changes of those inputs break no promise, and bring out more than they did."""
    pool = corpus.Pool()
    for target, data in corpus.kept():
        pool.add(target, data)
    chance = Random(seed if TRIALS == 1 else None)
    assert sum(pool.step(chance) for _ in range(300 * TRIALS)) > 20


def test_the_corpus_is_small() -> None:
    """It is read in no time, and does not weigh on who takes a copy of all this."""
    sizes = [len(data) for _, data in corpus.kept()]
    assert sum(sizes) < 200_000
    assert max(sizes) < 5_000


def test_what_breaks_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """An input that breaks a promise is told, and kept without what does not matter."""

    def no_stars(data: bytes) -> oracle.Read:
        if b"*" in data:
            raise ValueError("a star")
        return [], []

    monkeypatch.setitem(oracle.TARGETS, "markdown", no_stars)
    first = corpus.keep("markdown", b"Some *starry* words.\n", tmp_path)
    assert __main__.main(["--seconds", "0", "--corpus", str(tmp_path)]) == 1
    assert "a star" in capsys.readouterr().out
    first.unlink()
    assert [*corpus.kept(tmp_path)] == [("markdown", b"*")]


HTML = [
    "<p>a",
    "<b><i>a</b></i>",
    "<script>a</script>",
    "<p onclick='a'>a</p>",
    "<a href='java\nscript:a'>a</a>",
    "<!-- a -->",
    "</p>",
    "<svg></svg>",
]


@pytest.mark.parametrize("html", HTML)
def test_the_oracle_sees(html: str) -> None:
    """HTML that may not be published breaks the promise."""
    with pytest.raises(AssertionError):
        oracle.Elements(html)


@pytest.mark.parametrize(
    ("line", "column", "width"),
    [(3, 1, 1), (2, 0, 1), (2, 6, 1), (0, 1, 1), (1, 1, 0), (-1, 1, 1)],
)
def test_the_oracle_sees_places(line: int, column: int, width: int) -> None:
    """A fault that stands outside its file breaks the promise."""
    place = Place(line=line, column=column, width=width)
    with pytest.raises(AssertionError):
        oracle.stands(problem("a-code", "A message.", "a.md", place), ["one", "four"])
