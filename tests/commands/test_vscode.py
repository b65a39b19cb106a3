"""``sitegen schema``: what it prints, what it writes, and what it leaves as it is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sitegen.cli import main
from sitegen.commands import vscode
from sitegen.problems import SitegenError
from sitegen.tables import jsonshape

REPO = Path(__file__).parents[2]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The folder of a site."""
    (tmp_path / "config.yaml").write_text("title: T\nbase_url: https://example.org/\n")
    return tmp_path


@pytest.mark.parametrize("typed", ["news", "consultations", "config", "content/tags.yaml", "Page"])
def test_a_schema_is_printed(typed: str, capsys: pytest.CaptureFixture[str]) -> None:
    """By the name of a kind, of its folder, or of a file."""
    assert main(["schema", typed]) == 0
    assert json.loads(capsys.readouterr().out)["$schema"] == jsonshape.DRAFT_07


@pytest.mark.parametrize(
    ("arguments", "words"),
    [(["nws"], 'there is no schema "nws". Did you mean "news"?'), ([], "which schema?")],
)
def test_what_can_be_named_is_told(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A name that is none, or none at all, is wrong use."""
    assert main(["schema", *arguments]) == 2
    told = capsys.readouterr().err
    assert words in told
    assert all(name in told for name in jsonshape.NAMES)


def test_vscode_is_set_up_once(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The second time there is nothing to write."""
    arguments = ["schema", "--vscode", "--config", str(root / "config.yaml")]
    assert main(arguments) == 0
    assert "files of .vscode/ written" in capsys.readouterr().err
    assert (root / ".vscode/schemas/news.json").read_text() == jsonshape.text_of("news")
    assert main(arguments) == 0
    assert ".vscode/ is up to date" in capsys.readouterr().err


def test_settings_of_ones_own_stay(root: Path) -> None:
    """What settings.json holds besides is kept, in its order."""
    settings = root / ".vscode/settings.json"
    settings.parent.mkdir()
    settings.write_text('{"editor.fontSize": 18, "[markdown]": {"editor.wordWrap": "on"}}')
    vscode.write(root)
    held = json.loads(settings.read_text())
    assert [*held][:2] == ["editor.fontSize", "[markdown]"]
    assert held["[markdown]"]["editor.wordWrap"] == "on"
    assert held["[markdown]"]["editor.quickSuggestions"]["strings"] == "on"


@pytest.mark.parametrize("text", ['// mine\n{"a": 1}', '{"a": 1,}', "[]", "\x00"])
def test_settings_that_cannot_be_read_stop_it(root: Path, text: str) -> None:
    """With comments, for instance: nothing at all is written, and a person is told what to do."""
    settings = root / ".vscode/settings.json"
    settings.parent.mkdir()
    settings.write_text(text)
    with pytest.raises(SitegenError, match="was left as it is"):
        vscode.write(root)
    assert settings.read_text() == text
    assert [p.name for p in settings.parent.iterdir()] == ["settings.json"]


@pytest.mark.parametrize("name", [".vscode", ".vscode/settings.json"])
def test_a_link_is_not_followed(root: Path, tmp_path: Path, name: str) -> None:
    """What stands elsewhere is not written to."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "settings.json").write_text("{}")
    link = root / name
    link.parent.mkdir(exist_ok=True)
    link.symlink_to(elsewhere if name == ".vscode" else elsewhere / "settings.json")
    with pytest.raises(SitegenError, match="is a link to another place"):
        vscode.write(root)
    assert {path.name for path in elsewhere.iterdir()} == {"settings.json"}
    assert (elsewhere / "settings.json").read_text() == "{}"


def test_there_must_be_a_site(tmp_path: Path) -> None:
    """Elsewhere nothing is written."""
    with pytest.raises(SitegenError, match="there is no site"):
        vscode.write(tmp_path)
    assert not [*tmp_path.iterdir()]


def test_this_repository_is_set_up(request: pytest.FixtureRequest) -> None:
    """Its .vscode/ is what ``sitegen schema --vscode`` writes; ``pytest --update`` does, too."""
    if request.config.getoption("--update", default=False):
        vscode.write(REPO)
    assert vscode.stale(REPO) == (), "run pytest --update"
