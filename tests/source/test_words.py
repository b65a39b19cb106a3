"""What pages say: in their own language, in English where that lacks it, and nothing in vain."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from sitegen.clock import Moment
from sitegen.problems import Severity, SitegenError
from sitegen.shown import Html
from sitegen.source import wordbook as wordbooks
from sitegen.source import words
from sitegen.source.wordbook import Wordbook
from tests.sites import consultation, made, post

DAY = dt.date(2020, 9, 13)
ENGLISH = """
skip: Skip
hello: Hello {name}
closes: Closes at {when}
time_on_day: "{time} on {day}"
posts: {one: "{n} post", other: "{n} posts"}
"""
POLISH = """
skip: Pomiń
posts: {one: "{n} wpis", few: "{n} wpisy", many: "{n} wpisów", other: "{n} wpisu"}
"""
ARABIC = """
skip: تخط
posts: {zero: لا شيء, one: واحد, two: اثنان, few: "{n} قليل", many: "{n} كثير", other: "{n} آخر"}
"""


def book(**files: str) -> Wordbook:
    """The words of some files, by language, with English."""
    found, problems = wordbooks.read(
        {f"{n}.yaml": t.encode() for n, t in {"en": ENGLISH, **files}.items()}
    )
    assert all(p.severity is Severity.ADVICE for p in problems), problems
    return found


# ---- saying


def test_words_in_their_own_language() -> None:
    """By key, as text and as HTML, which then are the same."""
    polish = book(pl=POLISH).of("pl")
    assert (polish.text("skip"), polish.html("skip")) == ("Pomiń", "Pomiń")


def test_what_a_language_lacks_is_said_in_english_and_marked_as_english() -> None:
    """In HTML with its language and direction; plain in text, as an attribute needs it."""
    arabic = book(ar=ARABIC).of("ar")
    assert arabic.text("hello", name="Ann") == "Hello Ann"
    assert arabic.html("hello", name="Ann") == '<span lang="en" dir="ltr">Hello Ann</span>'


def test_what_is_said_in_english_has_its_dates_in_english() -> None:
    """A value that depends on the language takes the one that the words are in."""
    polish = book(pl=POLISH).of("pl")
    assert polish.text("hello", name=DAY) == "Hello 13 September 2020"
    moment = Moment(DAY, dt.time(17))
    said = polish.html("closes", when=lambda w: w.closing(moment))
    assert "Closes at 5pm on Sunday 13 September 2020" in said


def test_markup_among_english_words_is_in_the_language_of_the_page() -> None:
    """A date that a template has made, say: it says so in turn."""
    arabic = book(ar=ARABIC).of("ar")
    said = arabic.html("hello", name=Html("<b>آن</b>"))
    marked = 'Hello <span lang="ar" dir="rtl"><b>آن</b></span>'
    assert said == f'<span lang="en" dir="ltr">{marked}</span>'


def test_english_is_not_marked_on_an_english_page() -> None:
    """Whichever English it is."""
    assert book().of("en-GB").html("skip") == "Skip"


def test_values_are_escaped_and_markup_is_kept() -> None:
    """In HTML; a text has what it was given."""
    english = book().of("en")
    assert english.html("hello", name="<b> & co") == "Hello &lt;b&gt; &amp; co"
    assert english.html("hello", name=Html("<b>Ann</b>")) == "Hello <b>Ann</b>"
    assert english.text("hello", name="<b> & co") == "Hello <b> & co"


def test_words_are_escaped_too() -> None:
    """A sign of HTML's in a file is text."""
    assert book(pl="skip: A & <b>").of("pl").html("skip") == "A &amp; &lt;b&gt;"


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", ["0 posts", "1 post", "2 posts", "5 posts", "22 posts"]),
        ("pl", ["0 wpisów", "1 wpis", "2 wpisy", "5 wpisów", "22 wpisy"]),
        ("ar", ["لا شيء", "واحد", "اثنان", "5 قليل", "22 كثير"]),
    ],
)
def test_plural_forms(lang: str, said: list[str]) -> None:
    """As many as the language has, by the rules of Unicode's CLDR."""
    counted = book(pl=POLISH, ar=ARABIC).of(lang)
    assert [counted.text("posts", n=n) for n in (0, 1, 2, 5, 22)] == said


def test_a_form_that_a_file_leaves_out() -> None:
    """Is that for all others."""
    polish = book(pl='posts: {one: "{n} wpis", other: "wpisy: {n}"}').of("pl")
    assert polish.text("posts", n=2) == "wpisy: 2"


def test_forms_for_a_script() -> None:
    """With their slots open; a text without forms is one for all."""
    english = book().of("en")
    assert english.forms("posts") == (("one", "{n} post"), ("other", "{n} posts"))
    assert english.forms("skip") == (("other", "Skip"),)


def test_a_word_that_english_lacks() -> None:
    """Is a broken set-up, and is named."""
    with pytest.raises(SitegenError, match=r'templates/i18n/en\.yaml lacks "nothing"'):
        book(pl=POLISH).of("pl").text("nothing")


@pytest.mark.parametrize(
    ("lang", "said"), [("pl", "Pomiń"), ("pl-PL", "Pomiń"), ("PL", "Pomiń"), ("cy", "Skip")]
)
def test_the_nearest_language_is_spoken(lang: str, said: str) -> None:
    """The tag itself, else less of it, else English."""
    assert book(pl=POLISH).of(lang).text("skip") == said


def test_the_languages_of_a_book() -> None:
    """Those that have a file, or a part of whose tag has one."""
    known = book(pl=POLISH)
    assert [known.has(lang) for lang in ("en-GB", "pl-PL", "ar")] == [True, True, False]


# ---- days and times


@pytest.mark.parametrize(
    ("lang", "digits", "said"),
    [
        ("en-GB", "248800", "248,800"),
        ("en-GB", "-1234.50", "-1,234.50"),
        ("en-GB", "1.10", "1.10"),
        ("pl", "248800", "248\u00a0800"),
        ("de", "1.10", "1,10"),
    ],
)
def test_numbers(lang: str, digits: str, said: str) -> None:
    """Grouped as the language does, with the decimals that were typed."""
    assert book().of(lang).number(digits) == said


@pytest.mark.parametrize(
    ("lang", "day", "weekday", "month", "late"),
    [
        ("en-GB", "13 September 2020", "Sunday 13 September 2020", "September 2020", "11:59pm"),
        ("pl", "13 września 2020", "niedziela, 13 września 2020", "wrzesień 2020", "23:59"),
        ("ar", "13 سبتمبر 2020", "الأحد، 13 سبتمبر 2020", "سبتمبر 2020", "11:59 م"),
        ("cy", "13 Medi 2020", "Dydd Sul, 13 Medi 2020", "Medi 2020", "23:59"),
        (
            "hu",
            "2020. szeptember 13.",
            "2020. szeptember 13., vasárnap",
            "2020. szeptember",
            "23:59",
        ),
        ("xx", "13 September 2020", "Sunday 13 September 2020", "September 2020", "11:59pm"),
    ],
)
def test_dates(lang: str, day: str, weekday: str, month: str, late: str) -> None:
    """English as the NHS writes it; others in the order and case that Unicode's CLDR gives."""
    said = book().of(lang)
    assert said.day(DAY) == day
    assert said.weekday(DAY) == weekday
    assert said.month(2020, 9) == month
    assert re.sub(r"\s", " ", said.time(dt.time(23, 59))) == late


def test_the_name_of_a_month() -> None:
    """As it stands by itself: in Polish not the case that a date takes."""
    assert [book().of(lang).month_name(9) for lang in ("en", "pl")] == ["September", "wrzesień"]


@pytest.mark.parametrize(
    ("moment", "opening", "closing"),
    [
        (Moment(DAY), "Sunday 13 September 2020", "11:59pm on Sunday 13 September 2020"),
        (
            Moment(DAY, dt.time(9, 30)),
            "9:30am on Sunday 13 September 2020",
            "9:30am on Sunday 13 September 2020",
        ),
    ],
)
def test_when_something_opens_and_closes(moment: Moment, opening: str, closing: str) -> None:
    """A day opens at its start, which needs no saying, and closes with its last minute."""
    english = book().of("en")
    assert (english.opening(moment), english.closing(moment)) == (opening, closing)


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("ur", "اتوار، 13 ستمبر، 2020 9:30 AM"),  # no file: as CLDR has it
        ("pl", "09:30: niedziela, 13 września 2020"),  # as its file has it
    ],
)
def test_a_moment_in_another_language(lang: str, said: str) -> None:
    """Day and time in one language, whether its file has the words or not."""
    found = book(pl='time_on_day: "{time}: {day}"').of(lang).opening(Moment(DAY, dt.time(9, 30)))
    assert re.sub(r"\s", " ", found) == said


@pytest.mark.parametrize(
    ("lang", "name", "direction"),
    [
        ("en-GB", "English", "ltr"),
        ("pl", "Polski", "ltr"),
        ("ar", "العربية", "rtl"),
        ("ur", "اردو", "rtl"),
        ("ckb-IQ", "کوردیی ناوەندی (عێراق)", "rtl"),
        ("xx", "Xx", "ltr"),
    ],
)
def test_languages(lang: str, name: str, direction: str) -> None:
    """Each named in itself, and written in its direction."""
    assert (words.name_of(lang), words.direction(lang)) == (name, direction)


# ---- a page from right to left


def arabic_page(**fields: object) -> str:
    """The page of an Arabic translation, on a site that has two words of Arabic."""
    found = made(
        {
            "content/news/a.md": post(),
            "content/news/a-ar.md": post(
                lang="ar", translation_of="news/a", title="مرحبا", **fields
            ),
            "templates/i18n/ar.yaml": 'skip: تخط إلى المحتوى\npublished: "نُشر في {day}"\n',
            "config.yaml": "title: The site\nbase_url: https://example.org/\n"
            "notice: A demonstration.\nsearch: false\nimages: false\n",
        },
        "ar/news/2026-05-01/a/index.html",
    )
    return found.decode()


def test_an_arabic_page_says_its_language_and_direction() -> None:
    """And has its words, with its dates, in Arabic."""
    html = arabic_page()
    assert '<html lang="ar" dir="rtl">' in html
    assert '<a class="skip" href="#_main">تخط إلى المحتوى</a>' in html
    assert 'نُشر في <time datetime="2026-05-01">1 مايو 2026</time>' in html


def test_what_arabic_lacks_is_english_and_says_so() -> None:
    """The words of the frame and of the kind; the site's own texts are in the site's language."""
    html = arabic_page()
    assert '<h2><span lang="en" dir="ltr">Topics</span></h2>' in html
    assert '<p class="eyebrow"><span lang="en" dir="ltr">News</span></p>' in html
    assert '<p class="demo" lang="en-GB" dir="auto">' in html
    assert '<li lang="en-GB" dir="auto"><a href="/tags/dentistry/">Dentistry</a></li>' in html


def test_an_english_page_says_nothing_of_languages() -> None:
    """No wrapper round what is in the page's own language."""
    html = made({"content/news/a.md": post()}, "news/2026-05-01/a/index.html").decode()
    assert html.count("lang=") == 1


def test_a_state_is_said_in_the_language_of_the_page() -> None:
    """A consultation's, with its dates."""
    files = {
        "content/consultations/a.md": consultation("2026-05-01", "2026-07-01"),
        "content/consultations/a-pl.md": consultation(
            "2026-05-01", "2026-07-01", lang="pl", translation_of="consultations/a"
        ),
    }
    html = made(files, "pl/consultations/a/index.html").decode()
    assert "Otwarte do 1 lipca 2026" in html
    assert "Jak odpowiedzieć" in html
    assert 'lang="en"' not in html


def test_other_formats_name_their_language_in_itself() -> None:
    """Where it is not the page's: with the language and direction of the name."""
    formats = "\n  - {kind: easy-read, url: https://example.org/a}"
    formats += "\n  - {kind: easy-read, lang: ar, url: https://example.org/b}"
    formats += "\n  - {kind: translation, lang: ar, url: https://example.org/c}"
    files = {"content/news/a.md": post(alternative_formats=formats)}
    html = made(files, "news/2026-05-01/a/index.html").decode()
    language = '<span lang="ar" dir="rtl">العربية</span>'
    assert '<a href="https://example.org/a">Easy Read</a>' in html
    assert f'<a href="https://example.org/b" hreflang="ar">Easy Read, {language}</a>' in html
    assert f'<a href="https://example.org/c" hreflang="ar">{language}</a>' in html
