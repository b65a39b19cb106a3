"""What comes along when text is pasted from another website."""

from __future__ import annotations

import pytest

from sitegen.advice import debris
from tests.advice.typed import news, told

LONG = "The trust has told its neighbours that the new car park will open to all"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Hide Ad", ["8 pasted: Hide Ad"]),
        ("Text.\nHide Ad\nHide Ad", ["9 pasted: Hide Ad", "10 pasted: Hide Ad"]),
        ("Watch more of our videos on Clips!", ["8 pasted: Watch more of our videos on Clips!"]),
        ("Advertisement", ["8 pasted: Advertisement"]),
        ("Share this article", ["8 pasted: Share this article"]),
        ("Lorem ipsum dolor sit amet", ["8 pasted: Lorem ipsum dolor sit amet"]),
        (
            "This page contains affiliate links, as shops pay us.",
            ["8 pasted: This page contains affiliate links"],
        ),
        ("Home >> health >> A new ward", ["8 pasted: Home >> health >> A new ward"]),
        ("Home › News", ["8 pasted: Home › News"]),
        (f"{LONG}…", ["8 cut-off: …"]),
        (f"- {LONG} and...", ["8 cut-off: ..."]),
        ("A quiet wardA quiet ward", ["8 doubled-line: A quiet wardA quiet ward"]),
        ("A quiet ward\nA quiet ward", ["9 doubled-line: A quiet ward"]),
        ("A quiet ward\n\nA quiet ward", ["10 doubled-line: A quiet ward"]),
        (
            "A quiet wardA quiet ward\nA quiet ward",
            ["8 doubled-line: A quiet wardA quiet ward", "9 doubled-line: A quiet ward"],
        ),
        ("Text.\n\nRelated topics:", ["10 pasted: Related topics:"]),
        ("Tags:\n\n## More\n\nText.", ["8 pasted: Tags:"]),
        ("Related articles\n\nAnother story", ["8 pasted: Related articles"]),
        ("Sent from my iPhone", ["8 pasted: Sent from my iPhone"]),
        ("On Mon, 2 Nov 2026, Ann wrote:", ["8 pasted: On Mon, 2 Nov 2026, Ann wrote:"]),
        ("From: Ann\nSent: today\nSubject: news", ["8 pasted: From: Ann"]),
        ("[image: cid:abc]", ["8 pasted: [image: cid:abc]"]),
        ("Image source, Getty Images", ["8 pasted: Image source, Getty Images"]),
        ("Image caption, A house", ["8 pasted: Image caption, A house"]),
        ("5 min read", ["8 pasted: 5 min read"]),
        ('[gallery ids="1"] [/caption]', ['8 pasted: [gallery ids="1"]', "8 pasted: [/caption]"]),
        ("Itâ€™s a cafÃ©.", ["8 wrong-encoding: Itâ€™s"]),
        ("It costs Â£5.", ["8 wrong-encoding: Â£5."]),
        ("Lost � sign", ["8 wrong-encoding: �"]),
    ],
)
def test_remains(body: str, expected: list[str]) -> None:
    """Each is told at its line."""
    post = news(body)
    assert told(debris.check(post), post) == expected


@pytest.mark.parametrize(
    "body",
    [
        "You can hide adverts in your settings.",
        "We watch more of our patients’ videos now.",
        "Read more about dentists below.",
        "We earn nothing from the links on this page.",
        "Home visits > who can have one",
        "Home is where most people want to be.",
        "Choose Settings > Privacy > Cookies.",
        "Well…",
        f"He said: “{LONG}…”",
        f"> {LONG}…",
        f"{LONG} […]",
        "Yes\nYes",
        "x" * 2_000,
        "bye-bye",
        "A quiet ward\n\nText.\n\nA quiet ward",
        "Related topics:\n\n- dentists",
        "Related articles\n\n- [dentists](a.md)",
        "From: 9am\n\nTo: 5pm",
        "She wrote to us on Monday.",
        "The image source is our own.",
        "It is a 5 minute walk, or a 5 min read of the map.",
        '[gallery](a.md "A title") and [sic]',
        "It’s a café in Évian for £5, in PÂTÉ and “Ã”.",
        "```\nHide Ad\n```",
        "| a | b |\n|---|---|\n| open | 9am |\n| open | 9am |",
    ],
)
def test_what_writers_mean(body: str) -> None:
    """Words that only look like remains, and what others said."""
    post = news(body)
    assert told(debris.check(post), post) == []


@pytest.mark.parametrize(
    ("garbled", "right"),
    [("Itâ€™s", "It’s"), ("cafÃ©", "café"), ("Â£5", "£5"), ("â€œYesâ€", "“Yes”")],
)
def test_the_likely_right_text(garbled: str, right: str) -> None:
    """What was garbled is mended in the fix, one advice a post."""
    (found,) = debris.check(news(f"{garbled} and Â£6"))
    assert found.fix == f"type {right}, and look through the post: there may be more"
