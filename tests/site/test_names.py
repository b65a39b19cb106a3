"""Names of things kept elsewhere: refs, tags, people and the rest."""

from __future__ import annotations

from pathlib import PurePosixPath
from zoneinfo import ZoneInfo

import pytest

from sitegen.model import Document, Source
from sitegen.site import names
from sitegen.source import config as configs
from sitegen.source import facts as fact_files
from sitegen.source.facts import Facts
from sitegen.source.parse import Settings, parse

LONDON = ZoneInfo("Europe/London")


def post(path: str, fields: str = "") -> Document:
    """A draft, so that it may lack what it is not about."""
    text = f"---\ntitle: A\ndraft: true\n{fields}\n---\n"
    source = Source(path=PurePosixPath(path), digest="", data=text.encode())
    return parse(source, Settings(tz=LONDON))


def facts(**files: str) -> Facts:
    """The facts of some files."""
    return fact_files.read({f"{n}.yaml": text.encode() for n, text in files.items()}, LONDON)[0]


def faults(documents: list[Document], known: Facts, config: str = "") -> list[str]:
    """``path:line code: message (fix)`` of each name that leads nowhere."""
    least = "title: A\nbase_url: https://example.org/\n"
    found, _, places = configs.read((least + config).encode())
    assert found is not None
    return [
        f"{p.path}:{p.line} {p.code}: {p.message}" + (f" ({p.fix})" if p.fix else "")
        for p in names.check(documents, known, found, places)
    ]


@pytest.mark.parametrize(
    ("path", "ref"),
    [
        ("explainers/mk-deal.md", "explainers/mk-deal"),
        ("blog/2024/connect/index.md", "blog/2024/connect"),
        ("pages/index.md", "pages/index"),
    ],
)
def test_ref_of(path: str, ref: str) -> None:
    """A ref is folder and name, without extension; a bundle's is its folder."""
    assert names.ref_of(post(path)) == ref


def test_refs() -> None:
    """Folders that only group may be left out of a ref where it is clear which post is meant."""
    documents = [post(p) for p in ("news/2025/a.md", "news/2026/a.md", "news/2026/b.md")]
    assert names.refs(documents) == {
        "news/2025/a": "news/2025/a",
        "news/2026/a": "news/2026/a",
        "news/2026/b": "news/2026/b",
        "news/b": "news/2026/b",
    }


def test_tag_book() -> None:
    """With tags.yaml, a tag may be typed as id, label or synonym in any case."""
    known = facts(tags="mental-health: {label: Minds, synonyms: [Mental health]}")
    book = names.tag_book([post("news/a.md", "tags: [other]")], known)
    words = ["mental-health", "MINDS", "mental HEALTH", "other"]
    assert [book.id_of(word) for word in words] == ["mental-health"] * 3 + [None]
    assert list(book.tags) == ["mental-health"]


def test_tag_book_without_tags() -> None:
    """Without tags.yaml every tag that a post has is one; capitals make no second tag."""
    documents = [
        post("news/a.md", "tags: [GP care, Dentistry]"),
        post("news/b.md", "tags: [gp care, …]"),
    ]
    book = names.tag_book(documents, Facts())
    assert {name: tag.label for name, tag in book.tags.items()} == {
        "dentistry": "Dentistry",
        "gp-care": "GP care",
    }
    assert book.id_of("gp care") == book.id_of("GP CARE") == "gp-care"


def test_all_is_well() -> None:
    """Names that lead somewhere are no fault; a full name leads to itself."""
    known = facts(
        tags="care: {label: Care}",
        people="ann-bee: {name: Ann Bee}",
        organisations="icb: {name: An ICB}",
        series="ceo-blog: {title: CEO}",
        actions="newsletter: {title: T, button: B, url: /news/}",
    )
    documents = [
        post("blog/a.md", "author: ann-bee\nseries: ceo-blog\ncta: [newsletter]\ntags: [CARE]"),
        post("blog/b.md", "author: icb\nrelated: [blog/a, consultations/c]"),
        post("consultations/c.md", "run_by: [icb, The Council, Patients’ Group]\nauthor: Ann Bee"),
    ]
    assert faults(documents, known, "actions: {blog: [newsletter]}\n") == []


@pytest.mark.parametrize(
    ("path", "field", "fault"),
    [
        (
            "blog/a.md",
            "tags: [cares]",
            'unknown-tag: "cares" is not a tag. Did you mean "care"?'
            " (the tags are listed in content/tags.yaml)",
        ),
        (
            "blog/a.md",
            "author: ann-be",
            'unknown-name: "ann-be" is no known id. Did you mean "ann-bee"?',
        ),
        (
            "blog/a.md",
            "author: zoe",
            'unknown-name: "zoe" is no known id'
            " (add it to people.yaml or organisations.yaml, or write the full name)",
        ),
        (
            "blog/a.md",
            "series: ceo",
            'unknown-series: there is no series "ceo" in content/series.yaml'
            " (add it to content/series.yaml, or use ceo-blog)",
        ),
        (
            "blog/a.md",
            "cta: [news-letter]",
            'unknown-action: there is no action "news-letter" in content/actions.yaml.'
            ' Did you mean "newsletter"?',
        ),
        (
            "blog/a.md",
            "related: [blog/z.md]",
            'unknown-post: there is no post "blog/z.md" in content/. Did you mean "blog/a"?',
        ),
        (
            "consultations/a.md",
            "run_by: [ibc]",
            'unknown-name: "ibc" is no known id. Did you mean "icb"?',
        ),
        (
            "explainers/a.md",
            "follows: caring",
            'unknown-tag: "caring" is not a tag. Did you mean "care"?'
            " (the tags are listed in content/tags.yaml)",
        ),
        (
            "pages/a.md",
            "parent: about",
            'unknown-post: there is no post "about" in content/'
            " (write its folder and name, such as news/coffee-morning)",
        ),
        (
            "news/a.md",
            "withdrawn: {date: 2026-06-01, reason: R, replaced_by: news/b}",
            'unknown-post: there is no post "news/b" in content/. Did you mean "news/a"?',
        ),
    ],
)
def test_faults(path: str, field: str, fault: str) -> None:
    """A name that leads nowhere is a fault at its line, with the nearest one that does."""
    known = facts(
        tags="care: {label: Care}",
        people="ann-bee: {name: Ann Bee}",
        organisations="icb: {name: An ICB}",
        series="ceo-blog: {title: CEO}",
        actions="newsletter: {title: T, button: B, url: /news/}",
    )
    documents = [post(path, field)]
    assert faults(documents, known) == [f"content/{path}:4 {fault}"]


def test_actions_of_the_config() -> None:
    """The calls to action that config.yaml gives a kind are looked at too."""
    assert faults([], Facts(), "actions:\n  blog: [newsletter]\n") == [
        'config.yaml:4 unknown-action: there is no action "newsletter"'
        " (add it to content/actions.yaml)"
    ]
