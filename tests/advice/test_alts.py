"""What pictures say to people who can't see them."""

from __future__ import annotations

import pytest

from sitegen.advice import alts
from tests import sites
from tests.advice.typed import fixes, news, told, typed

IMAGE = "{{src: a.png, alt: {}}}"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("![](door.png)", "8 alt-missing: ![](door.png)"),
        ('<img src="door.png">', '8 alt-missing: <img src="door.png">'),
        ("![IMG_2041.jpg](door.png)", "8 alt-file-name: IMG_2041.jpg"),
        ("![front-door](front-door.png)", "8 alt-file-name: front-door"),
        ("![Image 3](door.png)", "8 alt-file-name: Image 3"),
        ("![A picture of a door](door.png)", "8 alt-image-of: A picture of"),
        ("![The front door](door.png)\n\nThe front door.", "8 alt-caption: The front door"),
        ("![The front door](door.png)\n*The front door*", "8 alt-caption: The front door"),
    ],
)
def test_words_of_no_use(body: str, expected: str) -> None:
    """Alt text that is missing, a file's name, or says what people know already."""
    post = news(body)
    assert told(alts.check(post), post) == [expected]


@pytest.mark.parametrize(
    "body",
    [
        "![A nurse holds the front door open](door.png)",
        '<img src="line.png" alt="">',
        "![Photos of three patients on a wall](wall.png)",
        "![A map of the bus stops](map.png)\n\nThe hospital has three bus stops.",
        "`![](door.png)`",
        "```\n![](door.png)\n```",
    ],
)
def test_words_of_use(body: str) -> None:
    """Alt text that tells something; a picture that is meant to say nothing; code."""
    assert list(alts.check(news(body))) == []


@pytest.mark.parametrize(
    ("alt", "code"),
    [("photo.jpg", "alt-file-name"), ("Photo of a door", "alt-image-of"), ("A door", None)],
)
def test_the_picture_of_the_front_matter(alt: str, code: str | None) -> None:
    """``image.alt`` is looked at like any other."""
    found = alts.check(news(image=IMAGE.format(alt)))
    assert [p.code for p in found] == ([code] if code else [])


def test_a_caption_says_something_else() -> None:
    """``image.alt`` and ``image.caption`` are both read out."""
    post = news(image='{src: a.png, alt: A nurse at work, caption: "A nurse at work."}')
    assert told(alts.check(post), post) == ["6 alt-caption: A nurse at work"]


def test_what_to_type() -> None:
    """The fix is the picture as it should be typed."""
    found = alts.check(news("![Photo of a red door](door.png)"))
    assert fixes(found) == ["![A red door](door.png)"]


def test_english_rules_hold_in_english_only() -> None:
    """In another language only what holds in all is advised."""
    post = typed(sites.post("![Picture of a door](door.png)"), lang="pl")
    assert list(alts.check(post)) == []
