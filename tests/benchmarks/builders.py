"""What a generator is to the benchmark: what is typed for it, what is run, what comes out where."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from PIL import Image

from tests.benchmarks.corpus import PICTURES, Post

THEMES = Path(__file__).parent / "themes"
Form = Callable[[Post], tuple[str, str]]  # the path of a post's file, and its text


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """How a site is kept up to date while somebody writes: a command, which the port follows.

    ``events`` is the path at which browsers are told of news; empty where they are not told.
    """

    command: tuple[str, ...]
    events: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Builder:
    """A generator with its settings and theme. Paths are relative to the site's folder.

    Below ``output``, ``page`` is where a post comes out and ``latest`` a list that has the newest
    first. All pages are made with ``template`` and show the title, which is in ``settings``.
    ``copies`` are folders that the site has besides ``files``, ``links`` those that it leads to,
    and ``caches`` what a cold build must not find. ``rows`` are what is measured; empty: all.
    """

    name: str
    command: tuple[str, ...]
    form: Form
    page: Callable[[Post], str]
    latest: str = "index.html"
    output: str = "public"
    template: str
    settings: str
    pictures: str
    files: Mapping[str, str] = field(default_factory=dict)
    copies: Mapping[str, Path] = field(default_factory=dict)
    links: Mapping[str, Path] = field(default_factory=dict)
    caches: tuple[str, ...] = ()
    server: Server | None = None
    rows: tuple[str, ...] = ()

    def write(self, root: Path, posts: Iterable[Post]) -> None:
        """Write the site with these posts into a new folder."""
        root.mkdir(parents=True, exist_ok=True)
        for name, folder in self.copies.items():
            shutil.copytree(folder, root / name, dirs_exist_ok=True)
        for name, folder in self.links.items():
            (root / name).symlink_to(folder)
        for name, text in self.files.items():
            _save(root / name, text)
        (root / self.pictures).mkdir(parents=True, exist_ok=True)
        for n in range(PICTURES):
            (root / self.pictures / picture_name(n)).write_bytes(picture(n))
        for post in posts:
            self.save(root, post)

    def save(self, root: Path, post: Post) -> None:
        """Write a post, as an editor's program does."""
        path, text = self.form(post)
        _save(root / path, text)

    def forget(self, root: Path) -> None:
        """Leave nothing of an earlier build."""
        for name in (self.output, *self.caches):
            if (root / name).is_dir():
                shutil.rmtree(root / name)
            else:
                (root / name).unlink(missing_ok=True)


def _save(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def picture_name(n: int) -> str:
    """What the file of a picture is called."""
    return f"picture-{n}.jpg"


@cache
def picture(n: int) -> bytes:
    """A picture of 1,200 by 800 pixels, made of circles and slopes: no two look the same."""
    circle, slope = Image.radial_gradient("L"), Image.linear_gradient("L")
    bands = (circle.rotate(30 * n), slope.rotate(15 * n), circle.rotate(75 * n))
    out = io.BytesIO()
    drawn = Image.merge("RGB", [band.resize((1200, 800)) for band in bands])
    drawn.save(out, "JPEG", quality=80)
    return out.getvalue()
