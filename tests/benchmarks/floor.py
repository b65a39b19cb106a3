"""The floor: the least that Python-Markdown and Jinja2 can do for a site. It is no product.

Nothing is checked, made safe or kept as it was until the end. Posts are read, pages are made in as
many processes as there are processors, and only those whose values, template or title changed.

floor.py [--fast]    in the site's folder: posts/ templates/ static/ site.yaml → public/
"""

from __future__ import annotations

import gc
import os
import pickle
import shutil
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

OUT, KEPT = Path("public"), Path(".floor")
A_PAGE, IN_FEED, RELATED = 10, 20, 3
EXTENSIONS = ["tables", "footnotes", "toc", "attr_list"]
Stamp = tuple[int, int]


class Post(NamedTuple):
    """What other pages show of a post, and the stamp of its file."""

    date: str
    name: str
    title: str
    kind: str
    author: str
    summary: str
    tags: tuple[str, ...]

    @property
    def url(self) -> str:
        """Its address."""
        return f"/posts/{self.name}/"


class Page(NamedTuple):
    """A template with its values; ``source`` is the post whose Markdown it shows."""

    template: str
    values: tuple[tuple[str, Any], ...]
    source: tuple[str, Stamp] | None = None


def build(*, fast: bool) -> int:
    """Build the site of this folder; how many pages were made."""
    marks, shared = stamps("posts"), (stamps("templates"), stamps("."), fast)
    was_marks, was_shared = load("marks", ({}, None))
    if (marks, shared) == (was_marks, was_shared):
        return 0
    gc.disable()
    posts, pages = load("site", ({}, {})) if shared == was_shared else ({}, {})
    bodies: dict[str, str] = {}
    read = {name: posts[name] for name in marks if was_marks.get(name) == marks[name] and posts}
    for name in marks.keys() - read.keys():
        read[name], bodies[name] = parse(name)
    planned = dict(plan(sorted(read.values(), reverse=True), marks))
    stale = {url: page for url, page in planned.items() if pages.get(url) != page}
    if not pages:
        shutil.copytree("static", OUT, dirs_exist_ok=True)
    for url in pages.keys() - planned.keys():
        path_of(url).unlink()
    make(stale, bodies, fast=fast)
    save("site", (read, planned))
    save("marks", (marks, shared))
    return len(stale)


def stamps(folder: str) -> dict[str, Stamp]:
    """The time and size of each file in a folder."""
    with os.scandir(folder) as found:
        stats = {e.name: e.stat() for e in found if e.is_file()}
    return {name: (s.st_mtime_ns, s.st_size) for name, s in stats.items()}


def load(name: str, otherwise: Any) -> Any:
    """What the last build kept."""
    try:
        return pickle.loads((KEPT / name).read_bytes())
    except FileNotFoundError:
        return otherwise


def save(name: str, value: object) -> None:
    """Keep something for the next build."""
    KEPT.mkdir(exist_ok=True)
    (KEPT / name).write_bytes(pickle.dumps(value, pickle.HIGHEST_PROTOCOL))


def parse(name: str) -> tuple[Post, str]:
    """A post's fields and its Markdown."""
    import yaml

    head, body = Path("posts", name).read_text(encoding="utf-8")[4:].split("\n---\n", 1)
    fields = yaml.load(head, Loader=yaml.CSafeLoader)
    fields["tags"] = tuple(fields["tags"])
    return Post(name=name.removesuffix(".md"), **fields), body


def plan(posts: list[Post], marks: dict[str, Stamp]) -> Iterator[tuple[str, Page]]:
    """Every page by its address."""
    groups: dict[tuple[str, str], list[Post]] = {}
    for post in posts:
        for key in keys_of(post):
            groups.setdefault(key, []).append(post)
    for post in posts:
        near = groups["tags", post.tags[0]][: RELATED + 1]
        related = tuple(other for other in near if other is not post)[:RELATED]
        source = (f"{post.name}.md", marks[f"{post.name}.md"])
        yield post.url, Page("post.html", (("post", post), ("related", related)), source)
    yield "/", Page("list.html", (("heading", ""), ("cards", tuple(posts[:A_PAGE]))))
    yield "/feed.xml", Page("feed.xml", (("posts", tuple(posts[:IN_FEED])),))
    yield from paged(posts)
    for (kind, name), found in groups.items():
        values = (("heading", name), ("lines", tuple(found)))
        yield f"/{kind}/{slug(name)}/", Page("list.html", values)
    for kind in ("tags", "years", "months"):
        links = sorted((n, f"/{k}/{slug(n)}/", len(v)) for (k, n), v in groups.items() if k == kind)
        yield f"/{kind}/", Page("list.html", (("heading", kind.title()), ("links", tuple(links))))
    addresses = (*(post.url for post in posts), *(f"/{k}/{slug(n)}/" for k, n in groups))
    yield "/sitemap.xml", Page("sitemap.xml", (("addresses", addresses),))


def paged(posts: list[Post]) -> Iterator[tuple[str, Page]]:
    """The list of all posts."""
    last = -(-len(posts) // A_PAGE)
    urls = ["", "/posts/", *(f"/posts/page/{n}/" for n in range(2, last + 1)), ""]
    for n in range(1, last + 1):
        cards = tuple(posts[(n - 1) * A_PAGE : n * A_PAGE])
        pager = (n, last, urls[n - 1], urls[n + 1])
        values = (("heading", "News and views"), ("cards", cards), ("pager", pager))
        yield urls[n], Page("list.html", values)


def keys_of(post: Post) -> Iterator[tuple[str, str]]:
    """The lists that a post is in."""
    yield from (("tags", tag) for tag in post.tags)
    yield "years", post.date[:4]
    yield "months", post.date[:7]


def slug(name: str) -> str:
    """A name as a part of an address."""
    return name.lower().replace(" ", "-")


def make(pages: dict[str, Page], bodies: dict[str, str], *, fast: bool) -> None:
    """Make pages in several processes; the longest texts are dealt out first."""
    length = {url: len(bodies.get(p.source[0], "")) if p.source else 0 for url, p in pages.items()}
    dealt = sorted(pages, key=lambda url: -length[url])
    several = (os.cpu_count() or 1) if len(pages) > 100 and hasattr(os, "fork") else 1
    maker = Maker(fast=fast)
    gc.freeze()
    children = []
    for n in range(1, several):
        if not (child := os.fork()):
            maker.write(dealt[n::several], pages, bodies)
            os._exit(0)
        children.append(child)
    maker.write(dealt[::several], pages, bodies)
    for child in children:
        if os.waitpid(child, 0)[1]:
            sys.exit("a process failed")


class Maker:
    """Markdown and templates, made ready once."""

    def __init__(self, *, fast: bool) -> None:
        import yaml
        from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader

        if fast:
            from tests.benchmarks.fast import Fast as Markdown
        else:
            from markdown import Markdown
        depth = {"toc": {"toc_depth": "2-3", "marker": ""}}  # the template places it
        self.markdown = Markdown(extensions=EXTENSIONS, extension_configs=depth)
        KEPT.mkdir(exist_ok=True)
        self.templates = Environment(
            loader=FileSystemLoader("templates"),
            autoescape=True,
            auto_reload=False,
            trim_blocks=True,
            bytecode_cache=FileSystemBytecodeCache(str(KEPT)),
        )
        site = yaml.safe_load(Path("site.yaml").read_text(encoding="utf-8"))
        self.templates.globals.update(site=site, slug=slug)

    def write(self, urls: Iterable[str], pages: dict[str, Page], bodies: dict[str, str]) -> None:
        """Make and write pages."""
        for url in urls:
            path, text = path_of(url), self.page(url, pages[url], bodies)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")

    def page(self, url: str, page: Page, bodies: dict[str, str]) -> str:
        """The text of a page."""
        values = dict(page.values)
        if page.source:
            name = page.source[0]
            body = bodies[name] if name in bodies else parse(name)[1]
            values["body"] = self.markdown.reset().convert(body)
            values["contents"] = self.markdown.toc
        return self.templates.get_template(page.template).render(here=url, **values)


def path_of(url: str) -> Path:
    """The file of an address."""
    return OUT / f"{url}index.html"[1:] if url.endswith("/") else OUT / url[1:]


if __name__ == "__main__":
    print(f"{build(fast='--fast' in sys.argv)} made")
    sys.stdout.flush()
    os._exit(0)  # nothing is left to clean up
