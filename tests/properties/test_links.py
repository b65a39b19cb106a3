"""Links: each way to write where a post or a file lies leads to its address."""

from __future__ import annotations

import posixpath
import random
import string
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from hypothesis import given
from hypothesis import strategies as st

from sitegen import urls
from sitegen.pages import plan
from tests.sites import (
    CONFIG,
    blog,
    config,
    explainer,
    linked,
    links_of,
    made,
    page,
    post,
    resolved,
)
from tests.trials import trials

BARE = frozenset(string.ascii_letters + string.digits + "/._-+&()'")
WRITERS = {"blog": blog, "news": post, "explainers": explainer, "pages": page}
NAMES = st.sampled_from(["a", "open-day", "My day", "été", "50% off", "q&a", "x.y", "a+b", "(n)"])
HEADINGS = st.sampled_from(["Aims", "What we did", "Été & more", "1. One", "漢字"])


@dataclass(frozen=True)
class Tree:
    """A site of posts in folders, with the headings of each; and its media."""

    posts: dict[str, str]
    media: tuple[str, ...]


@st.composite
def trees(draw: st.DrawFn) -> Tree:
    """A few posts, each under another name, some of them bundles, and a few files."""
    posts = {}
    for name in draw(st.lists(NAMES, min_size=2, max_size=4, unique=True)):
        kind = draw(st.sampled_from(sorted(WRITERS)))
        inside = draw(st.sampled_from(["{}.md", "2026/{}.md", "2026/May day/{}.md", "{}/index.md"]))
        posts[f"{kind}/{inside.format(name)}"] = draw(HEADINGS)
    media = draw(st.lists(NAMES, max_size=2, unique=True))
    return Tree(posts=posts, media=tuple(f"media/in/{name}.pdf" for name in media))


def spelt(target: str, start: str, chance: random.Random) -> str:
    """One way to write the path of a file, from the folder ``start`` or from the root."""
    path = "/" + target if chance.random() < 0.3 else posixpath.relpath(target, start)
    if not path.startswith("/"):
        path = chance.choice(["", "", "./", "././", "x/../"]) + path
    return "".join(c if c in BARE and chance.random() < 0.9 else encoded(c) for c in path)


def encoded(sign: str) -> str:
    """A character percent-encoded (RFC 3986, 2.1), in small letters."""
    return "".join(f"%{byte:02x}" for byte in sign.encode())


def site(tree: Tree, chance: random.Random) -> tuple[dict[str, str | bytes], dict[str, list[str]]]:
    """The files of a site in which all posts link to all; and of each where its links lead."""
    bare = {
        f"content/{path}": WRITERS[path.split("/")[0]](f"## {heading}", title=heading)
        for path, heading in tree.posts.items()
    }
    entries = {str(e.document.path): e for e in resolved(bare).site.posts}
    files: dict[str, str | bytes] = {f"content/{path}": b"pdf" for path in tree.media}
    wanted = {}
    for path, heading in tree.posts.items():
        links = []
        for other, entry in entries.items():
            anchor = entry.document.body.headings[0].id
            for typed, fragment in [("", ""), (f"#{anchor}", f"#{anchor}")]:
                by_site = chance.random() < 0.3
                whole = chance.choice([entry.url, entry.url.rstrip("/")])
                way = whole if by_site else spelt(other, posixpath.dirname(path), chance)
                links.append((way + typed, entry.url + fragment))
        for medium in tree.media:
            to = urls.site_path(PurePosixPath(medium))
            links.append((spelt(medium, posixpath.dirname(path), chance), to))
        body = f"## {heading}\n\n" + "\n".join(f"[x](<{typed}>)" for typed, _ in links)
        writer = WRITERS[path.split("/")[0]]
        files[f"content/{path}"] = writer(body, title=heading)
        wanted[entries[path].ref] = [to for _, to in links]
    return files, wanted


@trials(60)
@given(trees(), st.randoms(use_true_random=False))
def test_every_way_to_write_a_link_leads_there(tree: Tree, chance: random.Random) -> None:
    """From any folder to any other, by relative path, from the root or by address, percent-encoded
    or not, with an anchor or without.
    """
    files, wanted = site(tree, chance)
    found = linked(files)
    assert [(p.path, p.line, p.message) for p in found.problems] == []
    assert {ref: list(found.bodies[ref, ""]) for ref in wanted} == wanted


@trials(60)
@given(trees(), st.sampled_from(["https://example.org/", "https://example.org/a/b%20c/"]))
def test_addresses_lead_back(tree: Tree, base_url: str) -> None:
    """Site path, output path and absolute address of whatever a site has are one another's."""
    files, _ = site(tree, random.Random(0))
    base = urls.parse_base(base_url)
    addresses = [a.path for a in plan.addresses(resolved(files).site)]
    paths = {urls.output_path(address): address for address in addresses}
    assert len(paths) == len(addresses)
    for path, address in paths.items():
        assert urls.site_path(path) == address
        assert urlsplit(base.absolute(address)).path == base.href(address)
        assert base.href(address).removeprefix(base.prefix) == address


@trials(12)
@given(trees(), st.randoms(use_true_random=False))
def test_below_a_path(tree: Tree, chance: random.Random) -> None:
    """On a site below a path every link of a page begins with it, and leads where it should."""
    files, wanted = site(tree, chance)
    text = CONFIG.replace("example.org/", "example.org/below/this/")
    files["config.yaml"] = text
    assert config(text).base.prefix == "/below/this"
    for ref, addresses in wanted.items():
        entry = next(e for e in resolved(files).site.posts if e.ref == ref)
        hrefs = links_of(made(files, str(urls.output_path(entry.url))))
        inside = [href for href in hrefs if href.startswith("/")]
        assert all(href.startswith("/below/this/") for href in inside)
        assert {f"/below/this{to}" for to in addresses} <= set(inside)
