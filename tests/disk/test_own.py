"""What counts as sitegen's own code."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from sitegen.disk.own import LIBRARIES, code_digest, own_files

REPO = Path(__file__).resolve().parents[2]


def test_the_code_has_a_digest() -> None:
    """The same as long as the code is."""
    assert len(code_digest()) == 32
    names = {name for name, _ in own_files()}
    assert {"cli.py", "kinds/news.py", "vendor/sveltia/sveltia-cms.js"} <= names
    assert not [name for name in names if name.endswith(".pyc")]


def test_every_library_that_shapes_the_output_counts() -> None:
    """All that a site needs to be built, as pyproject.toml says; watchdog only watches."""
    project = tomllib.loads((REPO / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needed = {re.split(r"[\[<>=]", line)[0].lower() for line in project["dependencies"]}
    assert needed - {"watchdog"} - {*LIBRARIES} == set()
