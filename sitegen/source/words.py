"""What pages say, in each language: words, dates and plural forms.

English is complete. What another language lacks is said in English, and marked as English. Dates,
times, plural rules and the names of languages are Babel's (Unicode CLDR); in English they are
written as the NHS writes them.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache, partial
from html import escape
from typing import TYPE_CHECKING

from sitegen import clock
from sitegen.clock import Moment
from sitegen.problems import SitegenError
from sitegen.shown import Html

if TYPE_CHECKING:
    from babel import Locale

FOLDER = "templates/i18n/"
ENGLISH = "en"

Said = str | tuple[tuple[str, str], ...]  # a text, or one for each plural form of {n}
Say = Callable[..., str]  # Words.text or Words.html
Value = object  # shown as it is; a date, or what a function makes of Words, in their language
SLOT = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """The words of one language, by key; English for what it lacks. There is one a language."""

    lang: str
    said: Mapping[str, Said]
    english: Mapping[str, Said]

    def text(self, key: str, /, **values: Value) -> str:
        """The words of a key as plain text; ``{name}`` stands for the value of that name."""
        return self._in(key)._filled(key, str, values) if values else _plain(self, key)

    def html(self, key: str, /, **values: Value) -> Html:
        """The words as HTML: escaped, markup among the values kept, English marked as English."""
        return self._as_html(key, values) if values else _plain_html(self, key)

    def _as_html(self, key: str, values: Mapping[str, Value]) -> Html:
        words = self._in(key)
        if words is self or is_english(self.lang):
            return Html(words._filled(key, _as_html, values))
        return marked(words._filled(key, partial(_as_html, lang=self.lang), values), ENGLISH)

    def forms(self, key: str) -> tuple[tuple[str, str], ...]:
        """The text of each plural form, its slots still open: for a script to choose and fill."""
        said = self._in(key).said[key]
        return (("other", said),) if isinstance(said, str) else said

    def _in(self, key: str) -> Words:
        """The language that the words of a key are said in: this one or English."""
        if key in self.said:
            return self
        if key not in self.english:
            raise SitegenError(
                f'{FOLDER}{ENGLISH}.yaml lacks "{key}"', fix="put the line back, or take its text"
            )
        return Words(ENGLISH, self.english, self.english)

    def _filled(self, key: str, show: Callable[[Value], str], values: Mapping[str, Value]) -> str:
        text = self._form(self.said[key], values.get("n"))
        parts = list(_split(text))
        if strange := next((name for name in parts[1::2] if name not in values), ""):
            message = (
                f'"{key}" in {FOLDER}{self.lang}.yaml has {{{strange}}}, which stands for nothing'
            )
            raise SitegenError(message, fix="write its text as it was in the design you began with")
        parts[::2] = map(show, parts[::2])
        parts[1::2] = (show(self._value(values[name])) for name in parts[1::2])
        return "".join(parts)

    def _form(self, said: Said, number: Value) -> str:
        """The text, or that of the plural form that a number takes."""
        if isinstance(said, str):
            return said
        forms = dict(said)
        if not isinstance(number, int):  # nothing is counted where these words stand
            return forms["other"]
        locale = _locale(self.lang)
        name = locale.plural_form(number) if locale else "one" if number == 1 else "other"
        return forms.get(name, forms["other"])

    def _value(self, value: Value) -> Value:
        if isinstance(value, dt.date):
            return self.day(value)
        if isinstance(value, int):
            return self.number(str(value))
        return value(self) if callable(value) else value

    def number(self, digits: str) -> str:
        """``248,800``: a number as its language groups it, with the decimals that were typed."""
        locale = _locale(self.lang)
        if locale is None:
            return f"{Decimal(digits):,}"
        from babel.numbers import format_decimal

        decimals = "0" * len(digits.partition(".")[2])
        pattern = locale.decimal_formats[None].pattern.partition(".")[0]
        shape = f"{pattern}.{decimals}" if decimals else pattern
        return str(format_decimal(Decimal(digits), shape, locale=locale))

    def fate(self, until: dt.date | None, successor: str) -> Html | None:
        """``until 30 June 2022; followed by …``: what became of a body; None while it is."""
        if until:
            key = "body_followed" if successor else "body_until"
            return self.html(key, until=until, successor=successor)
        return self.html("body_successor", successor=successor) if successor else None

    # Days and times.

    def day(self, when: dt.date) -> str:
        """``6 August 2018``."""
        return self._date(when, "long") or clock.show_date(when)

    def weekday(self, when: dt.date) -> str:
        """``Sunday 13 September 2020``."""
        return self._date(when, "full") or clock.show_weekday(when)

    def month_name(self, month: int) -> str:
        """``October``, by its number."""
        return self._date(dt.date(2000, month, 1), "LLLL") or clock.MONTHS[month - 1]

    def month(self, year: int, month: int) -> str:
        """``October 2024``."""
        locale = _locale(self.lang)
        if locale is None:
            return clock.show_month(year, month)
        from babel.dates import format_skeleton

        return format_skeleton("yMMMM", dt.date(year, month, 1), locale=locale)

    def time(self, at: dt.time) -> str:
        """``11:59pm``; ``23:59`` where that is how it is written."""
        locale = _locale(self.lang)
        if locale is None:
            return clock.show_time(at)
        from babel.dates import format_time

        return format_time(at, "short", locale=locale)

    def closing(self, moment: Moment) -> str:
        """``11:59pm on Sunday 13 September 2020``: when something closes, in full."""
        return self._time_on_day(moment.time or clock.LAST_MINUTE, moment.day)

    def opening(self, moment: Moment) -> str:
        """``Monday 3 August 2020``, with the time where one was typed."""
        time = moment.time
        if not time or time == dt.time():
            return self.weekday(moment.day)
        return self._time_on_day(time, moment.day)

    def _time_on_day(self, time: dt.time, day: dt.date) -> str:
        """A moment in full: as this language's file has it, else as CLDR does."""
        locale, said = _locale(self.lang), (self.time(time), self.weekday(day))
        if locale and "time_on_day" not in self.said:
            from babel.dates import get_datetime_format

            pattern = str(get_datetime_format("full", locale=locale))
            return pattern.replace("'", "").format(*said)
        return self.text("time_on_day", time=said[0], day=said[1])

    def _date(self, when: dt.date, form: str) -> str:
        """A date in a form of CLDR's, in the order that the language has; empty in English."""
        locale = _locale(self.lang)
        if locale is None:
            return ""
        from babel.dates import format_date

        return format_date(when, form, locale=locale)


# Most words have no slots: they are asked for on every page, and always the same.


@lru_cache(maxsize=1024)
def _plain(words: Words, key: str) -> str:
    return words._in(key)._filled(key, str, {})


@lru_cache(maxsize=1024)
def _plain_html(words: Words, key: str) -> Html:
    return words._as_html(key, {})


@lru_cache(maxsize=1024)
def _split(text: str) -> tuple[str, ...]:
    """What stands between the slots of a text, and by turns the slots' names."""
    return tuple(SLOT.split(text))


def _as_html(value: Value, lang: str = "") -> str:
    """A value escaped, or as it is if it is markup: that of ``lang`` then, among English words."""
    shown = getattr(value, "__html__", None)
    if shown is None:
        return escape(str(value))
    return marked(shown(), lang) if lang else shown()


def marked(html: str, lang: str) -> Html:
    """HTML that says which language it is in."""
    return Html(f'<span lang="{lang}" dir="{direction(lang)}">{html}</span>')


# Languages.


def primary(lang: str) -> str:
    """``en`` of ``en-GB``: the language alone (BCP 47)."""
    return lang.partition("-")[0].lower()


def is_english(lang: str) -> bool:
    """Whether a BCP 47 tag is that of English."""
    return primary(lang) == ENGLISH


@lru_cache(maxsize=64)
def _locale(lang: str) -> Locale | None:
    """What is known of a language; None for English, and for one that is not known."""
    if is_english(lang):
        return None
    from babel import Locale, UnknownLocaleError  # slow to load, and few sites need it

    try:
        return Locale.parse(lang, sep="-")
    except (UnknownLocaleError, ValueError):
        shorter = lang.rpartition("-")[0]
        return _locale(shorter) if shorter else None


def direction(lang: str) -> str:
    """``rtl`` for a language written from right to left, else ``ltr``."""
    locale = _locale(lang)
    return locale.text_direction if locale else "ltr"


def name_of(lang: str) -> str:
    """A language named in itself, ``Polski``; its tag where it is not known."""
    if is_english(lang):
        return "English"
    locale = _locale(lang)
    name = (locale and locale.get_display_name(locale)) or lang
    return name[:1].upper() + name[1:]
