"""Addresses: slugs, site paths, output paths, and where the site is deployed."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen import urls
from sitegen.urls import Base, composed, parse_base, slug_of, slugify, unfit


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("What is the MK Deal?", "what-is-the-mk-deal"),
        ("CEO's blog: we’re here", "ceos-blog-were-here"),
        ("Dŵr, tŷ a thân", "dwr-ty-a-than"),
        (
            "Łódź, straße, København, œuvre, İstanbul, ıssız",
            "lodz-strasse-kobenhavn-oeuvre-istanbul-issiz",
        ),
        ("  --a__b--  ", "a-b"),
        ("½ ﬁne", "1-2-fine"),
        ("…", ""),
        ("اردو", ""),
        ("", ""),
    ],
)
def test_slugify(text: str, slug: str) -> None:
    """A slug is lower case, its accents folded, and may be empty."""
    assert slugify(text) == slug


@given(st.text())
def test_slugify_any_text(text: str) -> None:
    """A slug has only a–z, 0–9 and single hyphens inside, and is its own slug."""
    slug = slugify(text)
    assert re.fullmatch(r"([a-z0-9]+(-[a-z0-9]+)*)?", slug)
    assert slugify(slug) == slug


@given(st.text())
def test_slugify_whatever_the_case(text: str) -> None:
    """Capitals make no other slug, so that no two files of one disk can differ by them alone."""
    assert slugify(text.lower()) == slugify(text)


@pytest.mark.parametrize(
    ("name", "date", "slug"),
    [
        ("2024-10-28-connect", "2024-10-28", "connect"),
        ("2024-10-28-connect", "2024-10-29", "2024-10-28-connect"),
        ("2024-10-28-connect", None, "2024-10-28-connect"),
        ("2024-10-28", "2024-10-28", "2024-10-28"),
        ("connect-2024-10-28", "2024-10-28", "connect-2024-10-28"),
        ("My Story", None, "my-story"),
        ("2024-10-28-…", "2024-10-28", ""),
    ],
)
def test_slug_of(name: str, date: str | None, slug: str) -> None:
    """A leading date is left out where it is the post's own, and something is left."""
    assert slug_of(name, date) == slug


@pytest.mark.parametrize(
    ("site_path", "output"),
    [
        ("/", "index.html"),
        ("/blog/", "blog/index.html"),
        ("/feed.xml", "feed.xml"),
        ("/media/my%20photo.png", "media/my photo.png"),
        ("/.well-known/security.txt", ".well-known/security.txt"),
    ],
)
def test_paths(site_path: str, output: str) -> None:
    """A site path and its place in output/ lead to each other."""
    assert urls.output_path(site_path) == PurePosixPath(output)
    assert urls.site_path(PurePosixPath(output)) == site_path


@given(
    st.lists(
        st.text(st.characters(exclude_characters="/\0", exclude_categories=["Cs"]), min_size=1),
        min_size=1,
    )
)
def test_site_path_of_any_name(parts: list[str]) -> None:
    """Whatever a file is called, its site path is plain ASCII and leads back to it."""
    path = PurePosixPath(*parts)
    if ".." not in path.parts and path.parts:
        address = urls.site_path(path)
        assert address.isascii()
        assert re.fullmatch(r"[^\s\"'<>?#]*", address)
        assert urls.output_path(address) == path


def test_page_path() -> None:
    """The first page of a list is the list itself."""
    assert urls.page_path("/blog/", 1) == "/blog/"
    assert urls.page_path("/blog/", 2) == "/blog/page/2/"


@pytest.mark.parametrize(
    ("url", "base"),
    [
        ("https://example.org", Base("https://example.org", "")),
        ("https://example.org/", Base("https://example.org", "")),
        ("https://example.org/site/", Base("https://example.org", "/site")),
        ("http://localhost:8000/a/b", Base("http://localhost:8000", "/a/b")),
    ],
)
def test_parse_base(url: str, base: Base) -> None:
    """Where a site is deployed may have a port and a path."""
    assert parse_base(url) == base


@pytest.mark.parametrize(
    "url",
    [
        "",
        "example.org",
        "ftp://example.org",
        "https://",
        "https://example.org/?a",
        "https://example.org/#a",
        "https://user:secret@example.org/",
        "https://example.org/a b/",
        "https://example.org//a",
        "https://example.org/../a",
        'https://example.org/"',
    ],
)
def test_parse_base_refuses(url: str) -> None:
    """What can't be put before every address is refused, with the reason."""
    with pytest.raises(ValueError, match=r"\w"):
        parse_base(url)


def test_base() -> None:
    """The base's path is put back where an address is shown; other sites are left alone."""
    base = parse_base("https://example.org/site/")
    assert base.href("/blog/") == "/site/blog/"
    assert base.absolute("/blog/") == "https://example.org/site/blog/"
    assert base.href("https://other.example/") == "https://other.example/"
    assert base.absolute("mailto:a@example.org") == "mailto:a@example.org"
    assert base.href("#aims") == "#aims"
    assert parse_base("https://example.org/").href("/") == "/"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("media/a.png", "media/A.PNG", True),
        ("media/caf\u00e9.png", "media/cafe\u0301.png", True),
        ("media/a.png", "media/b.png", False),
    ],
)
def test_collision_key(one: str, other: str, same: bool) -> None:
    """Names that some disks take for one file have one key."""
    keys = [urls.collision_key(PurePosixPath(name)) for name in (one, other)]
    assert (keys[0] == keys[1]) is same


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("a/b.pdf", ""),
        ("Ŵy a-b_c (2), d&e.pdf", ""),
        (".well-known/x", ""),
        ("console/comma/lpt/com10/aux-b", ""),
        ("a/CON/b", '"CON" in Windows'),
        ("aux.tar.gz", '"aux.tar.gz" in Windows'),
        ("com¹ .txt", '"com¹ .txt" in Windows'),
        ("a./b", "ends in a dot"),
        ("a /b", "ends in a dot or a blank"),
        ("a:b", "holds :"),
        ("a\\b", "holds \\"),
        ("a\u202eb", "can't be shown"),
        ("é" * 128, "too long"),
        ("/".join(["x" * 100] * 10), "too long"),
    ],
)
def test_unfit(path: str, why: str) -> None:
    """What some disk would not take, or take for another name, and why."""
    told = unfit(PurePosixPath(path))
    assert why in told
    assert bool(why) == bool(told)


def test_composed() -> None:
    """Accents are one with their letters, however a disk keeps them."""
    assert composed(PurePosixPath("cafe\u0301/a.pdf")) == PurePosixPath("café/a.pdf")
    assert composed(PurePosixPath("a/b.pdf")) == PurePosixPath("a/b.pdf")
