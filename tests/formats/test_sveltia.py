"""The web editor's files: those that were pinned, and asking nothing of other hosts."""

from __future__ import annotations

import shutil
from hashlib import sha256
from pathlib import Path

import pytest

from sitegen.disk import vendored
from sitegen.formats.sveltia import AT_HOME, BUNDLE, FILES, VERSION, at_home
from sitegen.problems import SitegenError


def test_the_files_are_those_that_were_pinned() -> None:
    """By their SHA-256, each with its licence beside it."""
    assert {name: sha256(data).hexdigest() for name, data in vendored.read().items()} == FILES
    there = {path.name for path in vendored.HERE.iterdir()}
    fonts = {name.replace(".woff2", ".LICENSE.txt") for name in FILES if name.endswith("woff2")}
    assert there == {*FILES, *fonts, "LICENSE.txt"}


def test_the_bundle_is_of_the_version() -> None:
    """It tells its version, by which it asks for words in other languages."""
    assert f"`{VERSION}`" in vendored.read()[BUNDLE].decode()


def test_fonts_words_and_versions_come_from_the_site() -> None:
    """No address of another host is left of those that the editor asks for by itself."""
    bundle = at_home(vendored.read()[BUNDLE].decode())
    assert [address for address in AT_HOME if address in bundle] == []
    assert "cdn.jsdelivr.net" not in bundle
    assert "`sveltia/schema/" not in bundle.replace("${", "")


def test_another_bundle_is_refused() -> None:
    """It may ask for other things: somebody must look."""
    with pytest.raises(ValueError, match="source-sans-3"):
        at_home("let a = 1")


def test_a_file_that_was_tampered_with_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """People type the keys to their repository into it."""
    shutil.copytree(vendored.HERE, tmp_path, dirs_exist_ok=True)
    with (tmp_path / "sveltia-cms.js").open("a") as bundle:
        bundle.write("alert(1)")
    monkeypatch.setattr(vendored, "HERE", tmp_path)
    with pytest.raises(SitegenError, match="is not the file that belongs"):
        vendored.read()
