"""What is done to a site before each build, and how one sees that it arrived."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import count, islice
from pathlib import Path

from tests.benchmarks.builders import Builder
from tests.benchmarks.corpus import TITLE, TODAY, Post, kind_of, post, without_links
from tests.benchmarks.process import Failed


@dataclass(frozen=True, kw_only=True)
class Site:
    """A corpus that was written for a builder into the folder ``root``."""

    builder: Builder
    root: Path
    posts: tuple[Post, ...]

    @cached_property
    def old(self) -> tuple[Post, Post]:
        """Two blog posts or news that are edited: neither new nor old, so on no front page."""
        dated = [p for p in self.posts if p.kind in ("blog", "news") and p.translates is None]
        middle = len(dated) // 2
        first, second = sorted(dated, key=lambda p: (p.date, p.i))[middle : middle + 2]
        return first, second

    def new(self, n: int) -> Post:
        """News of today that are not among the posts."""
        news = (i for i in count(len(self.posts)) if kind_of(i) == "news")
        found = post(next(islice(news, n, None)))
        return replace(without_links(found), date=TODAY, translates=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """That a page has these words, or with ``gone`` that it has them no more."""

    page: str
    words: str
    gone: bool = False

    def check(self, site: Site) -> None:
        """Failed where it isn't so."""
        path = site.root / site.builder.output / self.page
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        if not text or (self.words in text) == self.gone:
            has = "still says" if self.gone else "doesn't say"
            raise Failed(f"{self.page} {has} “{self.words}”")


def _cold(site: Site, n: int) -> Proof:
    site.builder.forget(site.root)
    return _unchanged(site, n)


def _unchanged(site: Site, n: int) -> Proof:
    newest = max((p for p in site.posts if p.kind == "news"), key=lambda p: p.date)
    return Proof(page=site.builder.page(newest), words=newest.title)


def _body(site: Site, n: int) -> Proof:
    return _saved(site, with_sentence(site.old[0], n), sentence(n))


def _title(site: Site, n: int) -> Proof:
    title = f"{site.old[1].title}, told anew {n}"
    return _saved(site, replace(site.old[1], title=title), title)


def _saved(site: Site, found: Post, words: str) -> Proof:
    site.builder.save(site.root, found)
    return Proof(page=site.builder.page(found), words=words)


def _template(site: Site, n: int) -> Proof:
    words = f"<p>Layout {n}</p>"
    _replace(site.root / site.builder.template, r"(<p>Layout \d+</p>)?</body>", f"{words}</body>")
    return Proof(page=site.builder.page(site.old[0]), words=words)


def _config(site: Site, n: int) -> Proof:
    title = f"{TITLE}, volume {n}"
    _replace(site.root / site.builder.settings, rf"{TITLE}(, volume \d+)?", title)
    return Proof(page=site.builder.page(site.old[0]), words=title)


def _added(site: Site, n: int) -> Proof:
    site.builder.save(site.root, site.new(n))
    return Proof(page=site.builder.latest, words=site.new(n).title)


def _removed(site: Site, n: int) -> Proof:
    path, _ = site.builder.form(site.new(n))
    (site.root / path).unlink()
    return Proof(page=site.builder.latest, words=site.new(n).title, gone=True)


# Each changes a site for the n-th time. What is added is removed again, in the same order.
EDITS: dict[str, Callable[[Site, int], Proof]] = {
    "cold": _cold,
    "unchanged": _unchanged,
    "one edited body": _body,
    "one edited title": _title,
    "one edited template": _template,
    "one edited config value": _config,
    "one post added": _added,
    "one post removed": _removed,
}


def with_sentence(found: Post, n: int) -> Post:
    """A post that says one thing more."""
    return replace(found, body=f"{found.body}\n\n{sentence(n)}")


def sentence(n: int) -> str:
    """Words that no post has."""
    return f"Sentence number {n} is new."


def _replace(path: Path, pattern: str, by: str) -> None:
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(pattern, by, text), encoding="utf-8")
