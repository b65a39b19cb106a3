"""Blog posts."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sitegen.kinds import BY_FOLDER, KINDS
from sitegen.kinds.blog import Blog, PullQuote
from sitegen.model import Document

Faults = Callable[..., list[str]]


def test_fields(read: Callable[..., Document]) -> None:
    """A blog post has a series, a standfirst and a pull quote besides what every post has."""
    front = read(
        "blog",
        "series: ceo-blog\nstandfirst: It matters.\n"
        "pull_quote: {text: We listen, attribution: Ann Bee}\nauthor: ann-bee",
    ).front
    assert isinstance(front, Blog)
    assert (front.series, front.standfirst, front.author) == ("ceo-blog", "It matters.", "ann-bee")
    assert front.pull_quote == PullQuote(text="We listen", attribution="Ann Bee")


def test_what_it_needs(faults: Faults) -> None:
    """Title and date are required; author, summary and tags are recommended."""
    assert faults("blog", less="title date author summary tags", fields="slug: a") == [
        '1:1 error missing-field: "title" is missing: the title, up to 120 characters',
        '1:1 error missing-field: "date" is missing: the day it was first published on this site',
        '1:1 warning missing-field: "summary" is recommended: '
        "one sentence for lists and search results",
        '1:1 warning missing-field: "tags" is recommended: what it is about',
        '1:1 warning missing-field: "author" is recommended: who wrote it, by id or by name',
    ]


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        (
            "image: {src: a.png}",
            "2:8 error image-alt: image.alt is missing",
        ),
        (
            "image: {src: a.png, alt: A, decorative: true}",
            "2:8 error image-alt: a decorative image has no alt",
        ),
        (
            "image: {alt: A}",
            '2:8 error missing-field: "src" is missing: the picture\'s file',
        ),
        (
            "updated: 2026-05-31",
            "2:10 error date-order: updated (31 May 2026) is before date (1 June 2026, line 4)",
        ),
        (
            "publish_at: 2026-05-31 23:59",
            "2:13 error date-order: publish_at (31 May 2026) is before date (1 June 2026, line 4)",
        ),
        (
            "expiry_date: 2026-05-31",
            "2:14 error date-order: expiry_date (2026-05-31) is not after date (line 4)",
        ),
        (
            "publish_at: 2026-06-02 10:00\nexpiry_date: 2026-06-02 09:00",
            "3:14 error date-order: expiry_date (2026-06-02 09:00) is not after publish_at "
            "(line 2)",
        ),
        (
            "change_notes: [{date: 2026-06-01, note: A}, {date: 2026-05-01, note: B}]",
            "2:52 error date-order: change_notes.date (1 May 2026) is before date "
            "(1 June 2026, line 4)",
        ),
        (
            "withdrawn: {date: 2026-05-01, reason: Wrong.}",
            "2:19 error date-order: withdrawn.date (1 May 2026) is before date "
            "(1 June 2026, line 4)",
        ),
        (
            "last_reviewed_on: 2026-06-02\nnext_review_due: 2026-06-02",
            "3:18 error date-order: next_review_due (2 June 2026) is the same day as "
            "last_reviewed_on (2 June 2026, line 2)",
        ),
        (
            "documents: [{title: A}]",
            "2:13 error one-of: this needs file or url",
        ),
        (
            "documents: [{title: A, file: a.pdf, url: 'https://example.org/a.pdf'}]",
            "2:13 error one-of: this has file and url; it needs one of them",
        ),
        (
            "alternative_formats: [{kind: bsl}]",
            "2:23 error one-of: this needs file or url",
        ),
        (
            "alternative_formats: [{kind: translation, file: a.pdf}]",
            "2:23 error format-lang: a translation needs its lang",
        ),
        (
            "translation_of: blog/b",
            "2:17 error translation-lang: a translation needs its lang",
        ),
        (
            "related: [blog/b, blog/c, blog/d, blog/e]",
            '2:35 error too-many: "related" takes at most 3',
        ),
    ],
)
def test_rules_of_every_kind(faults: Faults, fields: str, fault: str) -> None:
    """A post keeps to the rules between the fields that every kind has."""
    assert faults("blog", fields) == [fault]


@pytest.mark.parametrize(
    "fields",
    [
        "image: {src: a.png, decorative: true}",
        "image: {src: a.png, alt: A house, caption: C, credit: D}",
        "updated: 2026-06-01",
        "publish_at: 2026-06-01 00:00",
        "publish_at: 2026-06-03 10:00\nexpiry_date: 2026-06-03",
        "expiry_date: 2026-06-01",
        "change_notes: [{date: 2026-06-01, note: Corrected.}]",
        "last_reviewed_on: 2026-05-01\nnext_review_due: 2027-05-01",
        "documents: [{title: A, file: a.pdf, html: blog/b}]",
        "alternative_formats: [{kind: translation, lang: pl, file: a.pdf}]",
        "lang: pl\ntranslation_of: blog/b",
        "source: {name: The Citizen, url: 'https://example.org/', published_on: 2019-02-06}",
    ],
)
def test_what_is_allowed(faults: Faults, fields: str) -> None:
    """What keeps to the rules, to the day and the minute, is no fault."""
    assert faults("blog", fields) == []


def test_a_fault_is_one_fault(faults: Faults) -> None:
    """What can't be read makes no rule call it missing as well."""
    assert faults("blog", "image: {src: a.png, alt: [x]}\ndocuments: [{title: A, url: here}]") == [
        '2:26 error not-text: "alt" takes text, and this is a list',
        '3:29 error bad-url: "here" is not a web address',
    ]


def test_title_lengths(faults: Faults) -> None:
    """A title over 65 characters is advice, one over 120 an error."""
    assert faults("blog", f"title: {'x' * 65}") == []
    assert faults("blog", f"title: {'x' * 66}") == [
        "2:8 advice long-text: 66 characters; readers take in 65 at a glance"
    ]
    assert faults("blog", f"title: {'x' * 121}") == [
        "2:8 error too-long: this has 121 characters; 120 is the most"
    ]


def test_kinds() -> None:
    """Every kind has a folder of its own and is found by name and by folder."""
    assert list(KINDS) == ["blog", "consultation", "explainer", "news", "page"]
    assert {kind.folder: kind.name for kind in BY_FOLDER.values()} == {
        "blog": "blog",
        "consultations": "consultation",
        "explainers": "explainer",
        "news": "news",
        "pages": "page",
    }
