"""Markdown: any text is a page that is safe, says what was typed, and is the same twice."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as etree
from html.parser import HTMLParser

import feedparser
import icalendar
from hypothesis import given
from hypothesis import strategies as st

from sitegen.prose import convert
from sitegen.prose.markdown import to_html
from sitegen.prose.places import Places
from sitegen.prose.prepare import prepare
from sitegen.prose.sanitise import Sanitised, sanitise
from tests.fuzz import mutate, oracle
from tests.properties import typed
from tests.sites import blog, consultation, made
from tests.trials import trials

PIECES = st.sampled_from([piece.decode() for piece in mutate.MARKDOWN] + mutate.ODD[:3])
WORDS = st.text(st.characters(categories=["L", "M", "N"]), min_size=1, max_size=6)
MARKED = st.lists(st.one_of(PIECES, PIECES, WORDS, st.just(" "), st.just("\n")), max_size=25)


@trials(400)
@given(MARKED.map("".join))
def test_any_text(text: str) -> None:
    """Whatever is typed: no exception, each fault in its place, and HTML that is allowed."""
    oracle.check("markdown", text.encode("utf-8", "replace"))


@trials(300)
@given(MARKED.map("".join))
def test_what_is_clean_stays_as_it_is(text: str) -> None:
    """What may be published, with nothing taken out by a fault, is cleaned again to the letter."""
    once = _sanitised(to_html(prepare(text).text)[0])
    if not once.problems:
        assert _sanitised(once.html).html == once.html


def _sanitised(html: str) -> Sanitised:
    places = Places(path="content/pages/a.md", text="", code=frozenset(), first_line=1)
    return sanitise(html, places, oracle.HOSTS)


@trials(300)
@given(st.lists(WORDS, min_size=1, max_size=30))
def test_every_word_is_kept(words: list[str]) -> None:
    """The letters, marks and digits of a plain paragraph are shown, all of them and in order."""
    made = convert(" ".join(words), path="content/pages/a.md")
    assert made.problems == ()
    assert made.body.text == " ".join(words)


PLAIN = st.text(st.characters(categories=["L", "N", "P", "S", "Zs"]), max_size=60)


@trials(300)
@given(PLAIN)
def test_every_sign_is_kept(text: str) -> None:
    """So is each other sign, when a backslash says that it stands for itself."""
    wanted = " ".join(text.split())
    escaped = re.sub(r"([\\`*_{}\[\]()>#+\-.!|])", r"\\\1", wanted)
    escaped = escaped.replace("&", "&amp;").replace("<", "&lt;")
    shown = convert(escaped, path="content/pages/a.md").body.text
    assert _plain(shown) == _plain(wanted)


def _plain(text: str) -> str:
    """A text without what is set as it should look: quotes, dashes and dots."""
    return re.sub(r"[\s\"'“”‘’–—….-]", "", text)


# ---- a title, wherever it is shown


class Heading(HTMLParser):
    """The words of a page's first heading, and its data for machines."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.inside, self.text, self.data = "", "", ""
        self.feed(page.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """The heading begins, or the data."""
        if tag == "h1" or (tag, dict(attrs).get("type")) == ("script", "application/ld+json"):
            self.inside = tag

    def handle_endtag(self, tag: str) -> None:
        """Either ends."""
        self.inside = "" if tag == self.inside else self.inside

    def handle_data(self, data: str) -> None:
        """A piece of either."""
        self.text += data if self.inside == "h1" else ""
        self.data += data if self.inside == "script" else ""


TITLES = typed.SPOKEN.filter(lambda text: not set(text) & set("'\"") and "--" not in text)


@trials(15)
@given(TITLES, typed.SPOKEN)
def test_a_title_is_shown_as_it_is_typed(title: str, words: str) -> None:
    """In the page, its data for machines, both feeds and the calendar: each is sound, and what is
    read from it is the title.
    """
    quoted = typed.double(title)
    files = {
        "content/blog/a.md": blog(words, title=quoted, summary=typed.double(words)),
        "content/consultations/c.md": consultation("2026-06-01", "2026-07-01", title=quoted),
    }
    page = Heading(made(files, "blog/2026-05-01/a/index.html"))
    assert " ".join(page.text.split()) == title
    assert title in _strings(json.loads(page.data))
    (item,) = json.loads(made(files, "blog/feed.json"))["items"]
    assert item["title"] == title
    atom = etree.fromstring(made(files, "blog/feed.xml"))
    assert [e.text for e in atom.iterfind(".//{*}entry/{*}title")] == [title]
    assert feedparser.parse(made(files, "blog/feed.xml")).bozo is False
    ics = made(files, "consultations/c/calendar.ics")
    assert all(len(line) <= 75 for line in ics.split(b"\r\n"))
    calendar = icalendar.Calendar.from_ical(ics.decode())
    assert any(title in str(event["SUMMARY"]) for event in calendar.walk("VEVENT"))


def _strings(value: object) -> list[str]:
    """Every text in some JSON."""
    if isinstance(value, str):
        return [value]
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for one in inner for text in _strings(one)]
