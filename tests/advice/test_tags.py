"""Tags that say the same in two ways, and those that lead nowhere else."""

from __future__ import annotations

import pytest

from sitegen.advice import tags
from tests.sites import Files, post, resolved

NONE = {"content/tags.yaml": ""}  # tags are made up as one goes


def advised(files: Files, now: str = "2026-06-15") -> list[str]:
    """``path:line code: message (fix)`` of what is advised about tags."""
    found = tags.check(resolved(files, now).site)
    return [
        f"{p.path.removeprefix('content/')}:{p.line} {p.code}: {p.message} ({p.fix})" for p in found
    ]


@pytest.mark.parametrize(
    ("often", "once"),
    [
        ("dentist", "Dentist"),
        ("dentist", "dentists"),
        ("GP practice", "gp-practices"),
        ("city", "Cities"),
    ],
)
def test_two_words_for_one_tag(often: str, once: str) -> None:
    """The word that most posts use is right."""
    files = {
        **NONE,
        "content/news/a.md": post(tags=f"[{once}]"),
        "content/news/b.md": post(tags=f"[{often}]"),
        "content/news/c.md": post(tags=f"[other, {often}]"),
        "content/news/d.md": post(tags="[other]"),
    }
    assert advised(files) == [
        f'news/a.md:5 similar-tags: "{once}" is "{often}" in other posts (write {often})'
    ]


@pytest.mark.parametrize("words", ["[news, new]", "[access, acces]", "[care, carers]", "[gp, gps]"])
def test_words_that_only_look_alike(words: str) -> None:
    """Not every s makes a plural, and short words are left alone."""
    files = {**NONE, "content/news/a.md": post(tags=words), "content/news/b.md": post(tags=words)}
    assert advised(files) == []


def test_two_tags_of_the_list_that_look_the_same() -> None:
    """By id or by label, in content/tags.yaml; how posts type them doesn't matter."""
    facts = (
        "dentist: {label: Dentist}\ndentists: {label: Finding a dentist}\n"
        "care: {label: Care at home}\nhome: {label: Cares at homes}\npharmacy: {label: Pharmacy}\n"
    )
    files = {"content/tags.yaml": facts, "content/news/a.md": post(tags="[DENTIST, Pharmacy]")}
    assert [a.partition(" (")[0] for a in advised(files)] == [
        'tags.yaml:2 similar-tags: the tags "dentist" and "dentists" look the same to readers',
        'tags.yaml:4 similar-tags: the tags "care" and "home" look the same to readers',
    ]


@pytest.mark.parametrize(("now", "told"), [("2026-07-29", False), ("2026-07-31", True)])
def test_a_tag_that_an_old_post_has_alone(now: str, told: bool) -> None:
    """After 90 days nobody else has taken it up."""
    files = {
        **NONE,
        "content/news/a.md": post(tags="[care, Knitting]"),
        "content/news/b.md": post(tags="[care]"),
    }
    said = 'news/a.md:5 lonely-tag: no other post has the tag "Knitting"'
    assert [a.partition(" (")[0] for a in advised(files, now)] == ([said] if told else [])


def test_a_tag_that_is_like_another_is_told_once() -> None:
    """To write it as the other posts do mends both."""
    files = {
        **NONE,
        "content/news/a.md": post(tags="[carer]"),
        "content/news/b.md": post(tags="[carers]"),
    }
    assert [a.partition(":")[2].partition(":")[0] for a in advised(files, "2027-01-01")] == [
        "5 similar-tags"
    ]


def test_a_tag_of_the_list_may_be_used_once() -> None:
    """It was chosen."""
    assert advised({"content/news/a.md": post(tags="[dentistry]")}, "2027-01-01") == []
