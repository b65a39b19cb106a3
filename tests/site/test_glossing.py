"""Acronyms on a page: spelled out at the first use, marked up after it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from sitegen.kinds import KINDS, Kind
from sitegen.pages import bodies
from sitegen.prose import convert
from sitegen.site import glossing
from sitegen.source import schema
from sitegen.source.fieldtypes import Prose
from tests.sites import consultation, desk, page, post, resolved, wordbook

GLOSSARY = """\
ICB: {meaning: integrated care board}
CCG: {meaning: clinical commissioning group, until: 2022-06-30, successor: ICB}
PCT: {meaning: primary care trust, until: 2013-03-31}
SHA: {meaning: strategic health authority, successor: ICB}
"A&E": {meaning: accident and emergency}
MP: {meaning: member of Parliament, plural: members of Parliament}
UTC: {meaning: urgent treatment centre}
CQC: {meaning: Care Quality Commission}
NHS: {meaning: National Health Service, well_known: true}
FT: {meaning: NHS foundation trust}
BLMK: {meaning: "Bedfordshire, Luton and Milton Keynes"}
XSS: {meaning: '<b onclick="x">"&'}
"""
ICB = '<abbr title="integrated care board">ICB</abbr>'
FIRST = "integrated care board (<abbr>ICB</abbr>)"


SITE = {"content/glossary.yaml": GLOSSARY}
TERMS = resolved(SITE).site.facts.glossary


def shown(*texts: str, lang: str = "en-GB") -> str:
    """The HTML of some Markdown texts that one page shows."""
    read = [convert(text, path="content/news/x.md").body for text in texts]
    glosses = glossing.gloss(read, TERMS, wordbook().of(lang))
    pairs = zip(read, glosses, strict=True)
    return "".join(
        bodies.join(b, bodies.fillings(b, [k.target for k in b.links], glosses=g)) for b, g in pairs
    )


def line(text: str) -> str:
    """The HTML of a paragraph, without its tags."""
    return shown(text).removeprefix("<p>").removesuffix("</p>")


@pytest.mark.parametrize(
    ("typed", "html"),
    [
        ("The ICB and ICB, ICBs", f"The {FIRST} and {ICB}, {ICB.replace('>ICB', '>ICBs')}"),
        ("Two ICBs met.", "Two integrated care boards (<abbr>ICBs</abbr>) met."),
        ("the ICB's plan", "the integrated care board’s (<abbr>ICB’s</abbr>) plan"),
        ("at A&E", "at accident and emergency (<abbr>A&amp;E</abbr>)"),
        ("the MPs", "the members of Parliament (<abbr>MPs</abbr>)"),
        ("three SHAs", "three strategic health authorities (<abbr>SHAs</abbr>; followed by"),
        ("ask NHS 111", "ask NHS 111"),
        ("a PCN", "a PCN"),
    ],
)
def test_first_use(typed: str, html: str) -> None:
    """The meaning, then the letters; the letters alone after that; nothing of what is unknown."""
    assert line(typed).startswith(html)


@pytest.mark.parametrize(
    ("typed", "html"),
    [
        ("an MP", "a member of Parliament (<abbr>MP</abbr>)"),
        ("a UTC", "an urgent treatment centre (<abbr>UTC</abbr>)"),
        ("a FT", "an NHS foundation trust (<abbr>FT</abbr>)"),
        ("vitamin A UTC", "vitamin A urgent treatment centre (<abbr>UTC</abbr>)"),
        ("An MP", "A member of Parliament (<abbr>MP</abbr>)"),
        ("So. ICBs", "So. Integrated care boards (<abbr>ICBs</abbr>)"),
        ("So? CQC", "So? Care Quality Commission (<abbr>CQC</abbr>)"),
    ],
)
def test_grammar(typed: str, html: str) -> None:
    """The article suits the meaning, and a sentence begins with a capital."""
    assert line(typed) == html


def test_articles_are_english() -> None:
    """In another language "a" is another word."""
    assert shown("x a UTC", lang="pl").startswith("<p>x a urgent treatment centre (")


@pytest.mark.parametrize(
    ("typed", "html"),
    [
        ("integrated care board (ICB), ICB", f"integrated care board (<abbr>ICB</abbr>), {ICB}"),
        ("boards for care (**ICBs**)", "boards for care (<strong><abbr>ICBs</abbr></strong>)"),
        ("ICB (Integrated Care Board)", "<abbr>ICB</abbr> (Integrated Care Board)"),
        (
            "Bedfordshire, Luton and Milton Keynes Integrated Care Board (BLMK ICB)",
            "Bedfordshire, Luton and Milton Keynes Integrated Care Board"
            " (<abbr>BLMK</abbr> <abbr>ICB</abbr>)",
        ),
    ],
)
def test_what_the_writer_explains(typed: str, html: str) -> None:
    """No meaning is said twice."""
    assert line(typed) == html


@pytest.mark.parametrize(
    ("typed", "html"),
    [
        ('"An MP said"', "“An <abbr>MP</abbr> [member of Parliament] said”"),
        ("(the ICBs met)", "(the <abbr>ICBs</abbr> [integrated care boards] met)"),
        ("ICB-led, ICB", f"{ICB}-led, {FIRST}"),
    ],
)
def test_where_no_words_fit(typed: str, html: str) -> None:
    """Quoted words stay as said, brackets are not put in brackets, compounds stay whole."""
    assert line(typed) == html


def test_block_quotations() -> None:
    """A quotation without marks is one too."""
    assert "<p><abbr>ICB</abbr> [integrated care board] says.</p>" in shown("> ICB says.")


def test_not_everywhere() -> None:
    """Never in links, headings or code."""
    text = "## The ICB\n\n[ICB](/x/) `ICB` then ICB\n"
    assert shown(text).count("<abbr") == 1
    assert FIRST in shown(text)


@pytest.mark.parametrize(
    ("typed", "html"),
    [
        (
            "The CCG and ICB",
            "The clinical commissioning group (<abbr>CCG</abbr>, until 30 June 2022; followed by"
            f" integrated care board, ICB) and {ICB}",
        ),
        (
            "The ICB and CCGs",
            f"The {FIRST} and clinical commissioning groups"
            " (<abbr>CCGs</abbr>, until 30 June 2022; followed by ICBs)",
        ),
        (
            "Clinical commissioning groups (CCGs)",
            "Clinical commissioning groups"
            " (<abbr>CCGs</abbr>, until 30 June 2022; followed by integrated care boards, ICBs)",
        ),
        ("the PCT", "the primary care trust (<abbr>PCT</abbr>, until 31 March 2013)"),
        (
            "the SHA",
            "the strategic health authority"
            " (<abbr>SHA</abbr>; followed by integrated care board, ICB)",
        ),
    ],
)
def test_what_is_no_more(typed: str, html: str) -> None:
    """The first use says until when, and what followed: in words that stay true."""
    assert line(typed) == html


def test_a_page_is_read_once() -> None:
    """The first use is the first of the page, whichever of its texts that is in."""
    assert shown("The ICB", "The ICB") == f"<p>The {FIRST}</p><p>The {ICB}</p>"


def test_meanings_are_text() -> None:
    """Markup in a meaning is shown, never run."""
    html = shown("x XSS XSS")
    assert "&lt;b onclick=" in html
    assert 'title="&lt;b onclick=&quot;x&quot;&gt;&quot;&amp;"' in html
    assert "<b" not in html


def test_unknown() -> None:
    """The first use of what neither the glossary nor the writer explains."""
    text = "PCN, PCNs, ICBs, UK, GPs, primary care (XYZ), QOF (a frame), WARNING, XYZ, VCSE"
    body = convert(text, path="content/news/x.md").body
    found = glossing.unknown([body], TERMS)
    assert [(a.text, a.place.column) for a in found] == [("PCN", 1), ("VCSE", 76)]


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("**PCNX**: primary care network experts", []),
        ("PCN – a primary care network", ["PCN"]),
        ("PCN – primary care network", []),
        ("PCN: the pharmacy, closed now", ["PCN"]),
        ("PCN, primary care", ["PCN"]),
        ("**DNACPR**: do not attempt cardiopulmonary resuscitation if so", []),
        ("text **SHOUT** to 85258", []),
        ("SHOUT to us", ["SHOUT"]),
        ("NOTE that. CALL us, PLEASE: ALL of you STOP and READ.", []),
    ],
)
def test_what_explains_itself(typed: str, names: list[str]) -> None:
    """Letters beside their words, a word to text, and words in capitals are not unknown."""
    body = convert(typed, path="content/news/x.md").body
    assert [a.text for a in glossing.unknown([body], TERMS)] == names


# ---- in a site


def bodies_of(text: str, **fields: object) -> list[str]:
    """What is read of a post, by field."""
    site = resolved({**SITE, "content/news/a.md": post(text, **fields)}).site
    (entry,) = site.entries.values()
    return list(glossing.read_in(entry, KINDS[entry.kind].reading_order, site))


def test_other_languages() -> None:
    """Meanings are in the site's language: a post in another is left as it is."""
    assert bodies_of("ICB") == [""]
    assert bodies_of("ICB", lang="en") == [""]
    assert bodies_of("ICB", lang="pl") == []


def test_what_is_hidden_is_not_read() -> None:
    """A reason that is not shown yet explains nothing."""
    reason = "{date: %s, reason: The ICB asked.}"
    assert bodies_of("ICB", withdrawn=reason % "2026-06-01") == ["withdrawn.reason", ""]
    assert bodies_of("ICB", withdrawn=reason % "2026-07-01") == [""]


def test_a_consultation_is_read_as_it_is_shown() -> None:
    """The proposal stands before the body; an address to copy stays as it is."""
    files = {
        **SITE,
        "content/consultations/c.md": consultation(
            "2026-06-01",
            "2026-07-01",
            "The ICB",
            what_is_proposed="The ICB",
            ways_to_respond="{postal_address: The ICB, in_person: The ICB}",
        ),
    }
    at = desk(files)
    (entry,) = at.site.entries.values()
    html = {name: bodies.html(entry, name, at) for name in ["", *entry.document.prose]}
    assert html["what_is_proposed"] == f"<p>The {FIRST}</p>"
    assert html[""] == html["ways_to_respond.in_person"] == f"<p>The {ICB}</p>"
    assert html["ways_to_respond.postal_address"] == "<p>The ICB</p>"


def texts_of(table: type[Any], at: str = "") -> Iterator[str]:
    """The Markdown fields of a table, by dotted name."""
    for row in schema.fields(table):
        if isinstance(row.type, Prose):
            yield f"{at}{row.name}"
        elif isinstance(row.type, schema.Group):
            yield from texts_of(row.type.table, f"{at}{row.name}.")


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_every_text_is_read(kind: Kind) -> None:
    """A Markdown field that is new gets its place in the reading order."""
    texts = {*texts_of(kind.front)} - {"ways_to_respond.postal_address"}
    assert {*kind.reading_order} == {"", *texts}


def test_a_feed_is_read_by_itself() -> None:
    """What only the page says first is explained in the feed too; its addresses are whole."""
    files = {
        **SITE,
        "content/consultations/c.md": consultation(
            "2026-03-01",
            "2026-04-01",
            "The ICB [met](/about/)",
            final_outcome="{published_on: 2026-05-01, decision: adopted, detail: The ICB}",
        ),
        "content/pages/about.md": page(),
    }
    at = desk(files)
    entry = at.site.entries["consultations/c"]
    assert bodies.html(entry, "", at) == f'<p>The {ICB} <a href="/about/">met</a></p>'
    feed = bodies.html(entry, "", at, absolute=True, order=("",))
    assert feed == f'<p>The {FIRST} <a href="https://example.org/about/">met</a></p>'
