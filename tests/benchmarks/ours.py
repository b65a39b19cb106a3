"""sitegen as it is measured: the site that it is given, and the options that it is run with."""

from __future__ import annotations

import datetime as dt
import sys
from dataclasses import replace
from pathlib import Path
from random import Random

from sitegen.serving.overlay import EVENTS
from tests.benchmarks.builders import Builder, Server, picture_name
from tests.benchmarks.corpus import MEANINGS, NOW, TAGS, TITLE, Post, kind_of, tag_name

REPO = Path(__file__).parents[2]
SITEGEN = (sys.executable, "-m", "sitegen")
FOLDERS = {
    "blog": "blog",
    "news": "news",
    "consultation": "consultations",
    "explainer": "explainers",
    "page": "pages",
}
CONFIG = f"""\
title: {TITLE}
base_url: https://bench.example/
tagline: What people say about local services
organisation: {{name: The bench, email: tell@bench.example}}
menus:
  main:
    - {{label: Consultations, url: /consultations/}}
    - {{label: News, url: /news/}}
    - {{label: Blog, url: /blog/}}
    - {{label: Archive, url: /archive/}}
"""


def path_of(i: int) -> str:
    """The path of post i in content/."""
    return f"{FOLDERS[kind_of(i)]}/post-{i}.md"


def form(post: Post) -> tuple[str, str]:
    """The file of a post."""
    body = post.markdown(lambda i: f"../{path_of(i)}", lambda n: f"/media/{picture_name(n)}")
    fields = "\n".join(_fields(post))
    return f"content/{path_of(post.i)}", f"---\n{fields}\n---\n\n{body}\n"


def _fields(post: Post) -> list[str]:
    """The front matter: what a post of its kind has."""
    r, day = Random(f"fields {post.i}"), post.date
    rows = [f"title: {post.title}"]
    if post.kind != "page":
        tags = ", ".join(f"subject-{n}" for n in post.tags)
        rows += [f"tags: [{tags}]", f"date: {day}", f"summary: {post.summary}"]
    if post.translates is not None:
        rows += ["lang: pl", f"translation_of: {path_of(post.translates).removesuffix('.md')}"]
    if post.kind == "blog":
        rows += [f"author: {post.author}"]
    elif post.kind == "consultation":
        closes = day + dt.timedelta(days=r.randrange(14, 90))
        rows += [f"opening_date: {day}", f"closing_date: {closes}"]
        rows += ["ways_to_respond: {email: tell@bench.example, phone: 01632 960000}"]
        if r.random() < 0.5:
            rows += ["final_outcome:", f"  published_on: {closes + dt.timedelta(days=60)}"]
            rows += ["  decision: adopted", "  detail: It will be done **as proposed**."]
    elif post.kind == "explainer":
        rows += [f"last_reviewed_on: {day}", "next_review_due: 2030-01-01", "follows: subject-3"]
    return rows


def _page(post: Post) -> str:
    """Where a blog post or news comes out."""
    return f"{FOLDERS[post.kind]}/{post.date}/{post.name}/index.html"


def _build(*options: str) -> tuple[str, ...]:
    return (*SITEGEN, "build", "--now", NOW, *options)


OURS = Builder(
    name="sitegen",
    command=_build("--no-search", "--no-images"),
    form=form,
    page=_page,
    latest="news/index.html",
    output="output",
    template="templates/base.html",
    settings="config.yaml",
    pictures="content/media",
    files={
        "config.yaml": CONFIG,
        "content/tags.yaml": "".join(
            f"subject-{n}: {{label: {tag_name(n)}}}\n" for n in range(TAGS)
        ),
        "content/glossary.yaml": "".join(
            f"{short}: {{meaning: {meaning}}}\n" for short, meaning in MEANINGS.items()
        ),
    },
    copies={"templates": REPO / "templates"},
    caches=(".sitegen",),
    server=Server(command=(*SITEGEN, "serve", "--now", NOW, "--port"), events=EVENTS),
)
# What the search and the sizes of pictures add: each is measured with the other left out.
WITH = tuple(
    replace(OURS, name=name, command=_build(option), rows=("cold", "one edited body"), server=None)
    for name, option in (("with search", "--no-images"), ("with images", "--no-search"))
)
