"""Assets: names that hold a fingerprint, and the style sheet."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from sitegen.model import Copied, Encoded, File
from sitegen.outputs.assets import names, stylesheet
from sitegen.source.config import Brand
from tests.sites import links_of, made, planned, post


def file(path: str, digest: str) -> File:
    """A file of the design."""
    return File(source=PurePosixPath(path), digest=digest, size=1)


def test_a_name_changes_with_what_is_in_the_file() -> None:
    """So that it may be cached for ever."""
    one = names("a{}", {"templates/assets/img/x.svg": file("x", "0123456789abcdef")})
    assert one["img/x.svg"] == "/assets/img/x.0123456789.svg"
    assert re.fullmatch(r"/assets/site\.[0-9a-f]{10}\.css", one["site.css"])
    other = names("b{}", {"templates/assets/img/x.svg": file("x", "f" * 32)})
    assert {*one.values()}.isdisjoint(other.values())


def test_files_for_the_root_are_no_assets() -> None:
    """templates/root/ keeps its names."""
    assert set(names("", {"templates/root/CNAME": file("c", "0" * 32)})) == {"site.css"}


def test_styles_follow_the_order_of_their_names() -> None:
    """After the brand's colours."""
    sheet = stylesheet({"20-b.css": "b{}", "10-a.css": "a{}"}, Brand(primary="#123456"))
    assert sheet.index("#123456") < sheet.index("a{}") < sheet.index("b{}")


def test_pages_use_the_names_that_are_written() -> None:
    """Every asset that a page names is an output."""
    outputs = planned({})
    used = {x for x in links_of(made({}, "index.html")) if x.startswith("/assets/")}
    assert used
    assert {link.lstrip("/") for link in used} <= outputs.keys()
    sheet = next(o for p, o in outputs.items() if p.endswith(".css"))
    assert isinstance(sheet, Encoded)
    assert b"body{}" in sheet.data


def test_files_of_posts_are_copied_as_they_are() -> None:
    """Media keep their names, for they are linked to from elsewhere."""
    files: dict[str, str | bytes] = {
        "content/media/hall.png": b"png",
        "content/news/a.md": post("![A hall](/media/hall.png)"),
    }
    output = planned(files)["media/hall.png"]
    assert isinstance(output, Copied)
    assert output.source == PurePosixPath("content/media/hall.png")
