"""What looks like an acronym in running text, and how it stands there."""

from __future__ import annotations

import random
import string

import pytest

from sitegen.problems import Place
from sitegen.prose import convert
from sitegen.prose.acronyms import Letters, Running, stem, typed
from tests.sites import as_typed

PATH = "content/news/x.md"


def found(text: str) -> list[str]:
    """What looks like an acronym in a text of HTML, with its article."""
    return [cut.article + cut.text for cut in Running().cut(text) if isinstance(cut, Letters)]


def settings(text: str) -> list[str]:
    """How each acronym of a text stands in it."""
    return [cut.setting for cut in Running().cut(text) if isinstance(cut, Letters)]


@pytest.mark.parametrize(
    ("text", "acronyms"),
    [
        ("the ICB and ICBs, the ICB’s plan", ["ICB", "ICBs", "ICB’s"]),
        ("A&amp;E, R&amp;D, NHS&nbsp;111", ["A&E", "R&D", "NHS"]),
        ("DfE LeDeR ReSPECT VCSE eGFR PhD", ["DfE", "LeDeR", "ReSPECT", "VCSE", "eGFR", "PhD"]),
        ("COVID-19, SARS-CoV-2, PHQ-9 and H1N1", ["COVID-19", "SARS-CoV-2", "PHQ-9", "H1N1"]),
        ("ICB-led, non-NHS, GP/ICB (ICB) “ICB” ICB.", ["ICB", "NHS", "GP", *["ICB"] * 4]),
        ("an ICB, a CCG. An MP met a big GP", ["an ICB", "a CCG", "An MP", "GP"]),
        ("NHS BLMK ICB", ["NHS", "BLMK", "ICB"]),
    ],
)
def test_acronyms(text: str, acronyms: list[str]) -> None:
    """Two capitals or more, with digits, & and hyphens; plurals, possessives and articles too."""
    assert found(text) == acronyms


@pytest.mark.parametrize(
    "text",
    [
        "Milton Keynes, McDonald, YouTube, GitHub, iPhone, X-ray, I, A, 111",
        "World War II, Henry VIII, part IV",
        "MK9 3XX, MK14 6GL and the MK9 area",
        "https://example.org/ICB www.ICB.org/ICB me.ICB@example.org example.org/ICB/AB",
        "ICB.pdf ICB_2024 #ICB x.ICB ICB@home",
        "PLEASE READ THIS NOW. DO NOT USE IT",
        "THE ICB AND YOU, you must NOT go",
        "HEALTHWATCHMK ABCDEFGHIJKLM",
        "the&nbsp;board &lt;b&gt; &amp; so on",
    ],
)
def test_what_is_none(text: str) -> None:
    """Names, numerals, postcodes, addresses, files, and capitals that shout are left alone."""
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "how"),
    [
        ("ICB. ICB? “Yes.” ICB e.g. ICB", ["start", "start", "start", ""]),
        ("An ICB, the ICB", ["start", ""]),
        ("a board (ICB), a board (the ICB), ICB", ["alone", "bracketed", ""]),
        ("“the ICB (ICB) and ICB” ICB", ["quoted", "alone", "quoted", ""]),
        ("‘the ICB’s don’t’ and ICB", ["quoted", ""]),
        ("“it’s ‘ICB’ and ICB” – it’s ICB", ["quoted", "quoted", ""]),
    ],
)
def test_settings(text: str, how: list[str]) -> None:
    """At the start of a sentence, in brackets, alone in them, or in a quotation."""
    assert settings(text) == how


def test_a_block_in_pieces() -> None:
    """A block's text is read across its tags; its pieces together are what was given."""
    running = Running()
    pieces = [*running.cut("We (the "), *running.cut("ICB"), *running.cut(" of BLMK) meet ICB")]
    assert [p.setting for p in pieces if isinstance(p, Letters)] == ["bracketed", "bracketed", ""]
    texts = (p if isinstance(p, str) else p.article + p.text for p in pieces)
    assert "".join(texts) == "We (the ICB of BLMK) meet ICB"


@pytest.mark.parametrize("text", ["ICB", "ICBs", "ICB’s", "ICB's"])
def test_stem(text: str) -> None:
    """An acronym is one in all its forms."""
    assert stem(text) == "ICB"


def test_places() -> None:
    """Each stands at its first use as typed: no heading, link, address or code is one."""
    text = "## ICB\n\n`ICB` [ICB](/ICB) <b title='ICB'>\n\nThe A&E, *ICBs*</b>. An ICB\n\nA&amp;E"
    body = convert(text, path=PATH, first_line=4).body
    assert [(a.text, a.place) for a in body.acronyms] == [
        ("A&E", Place(line=8, column=5, width=3)),
        ("ICBs", Place(line=8, column=11, width=4)),
        ("ICB", Place(line=8, column=11, width=4)),
        ("A&E", Place(line=8, column=5, width=3)),
    ]


def test_plain_texts_stay_whole() -> None:
    """Acronyms are holes of the HTML only: headings, excerpt and text have them as typed."""
    body = convert("## The ICB\n\nAn ICB's A&E.", path=PATH).body
    assert (body.headings[0].text, body.excerpt) == ("The ICB", "An ICB’s A&E.")
    assert body.text == "The ICB\nAn ICB’s A&E."
    assert as_typed(body) == '<h2 id="the-icb">The ICB</h2>\n<p>An ICB’s A&amp;E.</p>'


def test_a_hundred_thousand_capitals() -> None:
    """Absurd texts are read whole, and nothing of them is lost."""
    some = random.Random(1)
    words = ("".join(some.choices(string.ascii_uppercase, k=3)) for _ in range(25_000))
    for text in (
        "A" * 100_000,
        "AB " * 33_000,
        "A&amp;" * 20_000,
        "(“AB” " * 16_000,
        " ".join(words),
    ):
        cuts = list(Running().cut(text))
        shown = (c if isinstance(c, str) else (c.article + c.text) for c in cuts)
        assert "".join(shown).replace("&amp;", "&") == text.replace("&amp;", "&")
        assert all(0 <= at < len(text) for _, (at, _) in typed(text))
