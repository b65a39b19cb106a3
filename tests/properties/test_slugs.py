"""Names of files: each post has one address of its own, or a fault that names it."""

from __future__ import annotations

import re
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from sitegen import urls
from sitegen.source.layout import is_litter
from tests.sites import PLAIN, build, make_site, page, post, put, tree
from tests.trials import trials

ODD = (
    "about About blog tags index con aux.x nul ÉTÉ été e\u0301te\u0301 Ŵŵ Straße 2026-05-01-a"
    " 2026-05-02-a a a- -a a_b a.b … 漢字 404 admin media page x's x’s İ ſ home feed"
)
NAMED = st.sampled_from(ODD.split())
DRAWN = st.text(st.characters(exclude_characters="/", exclude_categories=["Cs", "Cn", "Co"]))
LONG = st.sampled_from(["n" * 240, "n" * 201, "é" * 120, "a-" * 110])
NAMES = (NAMED | NAMED | DRAWN | LONG).filter(
    lambda name: name.isprintable() and 0 < len(name.encode()) < 253 and not is_litter(name)
)
PLACES = st.sampled_from(["pages/{}.md", "news/{}.md", "news/2026/{}.md", "news/{}/index.md"])
OWN = re.compile(rb"<title>T(\d+)</title>")


@trials(30)
@given(st.lists(st.tuples(PLACES, NAMES), min_size=1, max_size=6, unique=True))
def test_no_post_is_passed_over(drawn: list[tuple[str, str]]) -> None:
    """Whatever files are called: those that faults name are taken out until there are none, and
    then each that is left has a page of its own, of a plain address, and no other post has it.
    """
    names = [f"content/{place.format(name)}" for place, name in drawn]
    files = {
        name: (page if "/pages/" in name else post)("Words.", title=f"T{number}")
        for number, name in enumerate(names)
    }
    with TemporaryDirectory() as folder:
        root = make_site(Path(folder) / "site", {**PLAIN, **files})
        left = dict(enumerate(names))
        while (report := build(root)).stopped:
            faulty = {n for n, name in left.items() if any(p.path == name for p in report.problems)}
            assert faulty, report.problems
            put(root, {left.pop(number): None for number in faulty})
        pages = {path: OWN.search(data) for path, data in tree(root / "output").items()}
    owners = [(int(match[1]), path) for path, match in pages.items() if match]
    assert sorted(number for number, _ in owners) == sorted(left)
    for _, path in owners:
        assert re.fullmatch(r"(?:[a-z0-9]+(?:-[a-z0-9]+)*/)*index\.html", path)
        assert max(map(len, path.split("/"))) <= 255


@given(st.text(max_size=40))
def test_a_slug_is_no_longer_than_its_letters(text: str) -> None:
    """It grows with what is typed, at most fourfold or so: no name makes an endless address."""
    assert len(urls.slugify(text)) <= 18 * len(text)
