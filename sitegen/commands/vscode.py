"""``sitegen schema``: one schema in print, or all that Visual Studio Code needs, into .vscode/."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from sitegen.hints import did_you_mean
from sitegen.kinds import BY_FOLDER
from sitegen.problems import SitegenError
from sitegen.tables import jsonshape, snippets


def schema(name: str | None) -> str:
    """The JSON Schema of a kind (or its folder), of config or of a file of shared facts."""
    typed = (name or "").strip().casefold().removesuffix(".yaml").removeprefix("content/")
    word = BY_FOLDER[typed].name if typed in BY_FOLDER else typed
    if word in jsonshape.NAMES:
        return jsonshape.text_of(word)
    *most, last = jsonshape.NAMES
    fix = f"name {', '.join(most)} or {last}; or write them all with --vscode"
    if name is None:
        raise SitegenError("which schema? None is named", fix=fix)
    raise SitegenError(
        f'there is no schema "{name}". {did_you_mean(word, jsonshape.NAMES)}'.rstrip(), fix=fix
    )


def write(root: Path) -> tuple[str, ...]:
    """Write .vscode/ beside config.yaml; the paths of the files that changed.

    Settings that are there already stay. SitegenError, and nothing written, when they can't be
    read, or when there is no site.
    """
    changed = stale(root)
    for path in {".vscode", *(path for path, _ in changed)}:
        if (root / path).is_symlink():  # it may lead anywhere
            raise SitegenError(f"{root / path} is a link to another place, and was left as it is")
    for path, text in changed:
        try:
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text, encoding="utf-8", newline="\n")
        except OSError as error:
            raise SitegenError(f"{root / path} can't be written: {error.strerror}") from None
    return tuple(path for path, _ in changed)


def stale(root: Path) -> tuple[tuple[str, str], ...]:
    """The files of .vscode/ that are not as they should be: the path and right text of each."""
    if not ((root / "content").is_dir() or (root / "config.yaml").is_file()):
        raise SitegenError(
            f"there is no site in {root}",
            fix="run sitegen in the folder of the site, or name its config.yaml with --config",
        )
    texts = snippets.files({path: _there(root / path) for path in snippets.MERGED})
    return tuple((path, text) for path, text in texts.items() if _read(root / path) != text)


def _read(path: Path) -> str | None:
    """The text of a file; None where there is none, or none that can be read as text."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return None


def _there(path: Path) -> dict[str, Any]:
    """What a file of settings holds."""
    if not path.exists():
        return {}
    text = _read(path)
    try:
        there = None if text is None else json.loads(text.strip() or "{}")
    except (ValueError, RecursionError):  # VS Code takes comments and a last comma, JSON doesn't
        there = None
    if not isinstance(there, dict):
        raise SitegenError(
            f"{path} is not plain JSON, perhaps for a comment, and was left as it is",
            fix="take the comments out of it; or rename it, and copy back what you miss after",
        )
    return there
