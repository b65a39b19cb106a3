"""The floors as they are measured; and what they and the peers have in common."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from tests.benchmarks.builders import THEMES, Builder, picture_name
from tests.benchmarks.corpus import TITLE, Post, tag_name


def body(post: Post) -> str:
    """The Markdown of a post, where posts are at /posts/ and pictures at /pictures/."""
    return post.markdown(lambda i: f"/posts/post-{i}/", lambda n: f"/pictures/{picture_name(n)}")


def page(post: Post) -> str:
    """Where a post comes out."""
    return f"posts/{post.name}/index.html"


def tags(post: Post) -> list[str]:
    """The tags of a post as readers see them."""
    return [tag_name(n) for n in post.tags]


def front_matter(**fields: object) -> str:
    """Fields in YAML: what JSON writes is YAML too."""
    rows = (f"{name}: {json.dumps(value)}\n" for name, value in fields.items())
    return f"---\n{''.join(rows)}---\n"


def _form(post: Post) -> tuple[str, str]:
    head = front_matter(
        title=post.title,
        date=f"{post.date}",
        kind=post.kind,
        author=post.author,
        summary=post.summary,
        tags=tags(post),
    )
    return f"posts/{post.name}.md", f"{head}\n{body(post)}\n"


def _floor(name: str, *options: str) -> Builder:
    program = str(Path(__file__).with_name("floor.py"))
    return Builder(
        name=name,
        command=(sys.executable, "-P", program, *options),
        form=_form,
        page=page,
        template="templates/base.html",
        settings="site.yaml",
        pictures="static/pictures",
        files={"site.yaml": f"title: {TITLE}\n"},
        copies={"templates": THEMES / "floor", "static": THEMES / "static"},
        caches=(".floor",),
    )


FLOORS = (_floor("floor"), _floor("fast floor", "--fast"))
