"""The types that fields may have: how a text as typed becomes a value, or a fault with a hint."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from sitegen import clock
from sitegen.hints import did_you_mean
from sitegen.nodes import Node
from sitegen.problems import Severity
from sitegen.schema import Bad, OfText, Reading
from sitegen.urls import slugify


class Text(OfText):
    """Plain text on one line; line breaks count as spaces."""

    described = "text"

    def __init__(self, most: int | None = None, advised: int | None = None) -> None:
        self.most, self.advised = most, advised

    def parse(self, text: str, reading: Reading) -> str:
        """The text, its white space single."""
        text = " ".join(text.split())
        if self.most and len(text) > self.most:
            raise Bad("too-long", f"this has {len(text)} characters; {self.most} is the most")
        return text

    def read(self, node: Node, at: str, reading: Reading) -> Any:
        """The text; a length above the advised one is advice."""
        value = super().read(node, at, reading)
        if value and self.advised and len(value) > self.advised:
            reading.fault(
                "long-text",
                node.place,
                f"{len(value)} characters; readers take in {self.advised} at a glance",
                severity=Severity.ADVICE,
            )
        return value


class Lines(OfText):
    """Plain text that keeps its lines, such as an address."""

    described = "text, over several lines if need be"

    def parse(self, text: str, reading: Reading) -> str:
        """The text as typed."""
        return text


class Prose(OfText):
    """Text in which Markdown may be used, over several lines."""

    described = "Markdown text"

    def parse(self, text: str, reading: Reading) -> str:
        """The text as typed."""
        return text


class Flag(OfText):
    """true or false."""

    described = "true or false"

    def parse(self, text: str, reading: Reading) -> bool:
        """The truth value; ``yes``, ``no``, ``on`` and ``off`` are refused by name."""
        if text.lower() in ("true", "false"):
            return text.lower() == "true"
        meant = {"yes": "true", "on": "true", "no": "false", "off": "false"}.get(text.lower())
        fix = f"write {meant}" if meant else "write true or false"
        raise Bad("not-true-or-false", f'"{text}" is neither true nor false', fix)


class Whole(OfText):
    """A whole number, 0 or more."""

    described = "a whole number"

    def __init__(self, least: int = 0) -> None:
        self.least = least

    def parse(self, text: str, reading: Reading) -> int:
        """The number; thousands may be set apart by commas."""
        if re.fullmatch(r"\d{1,9}|\d{1,3}(,\d{3}){1,2}", text):
            number = int(text.replace(",", ""))
            if number >= self.least:
                return number
        raise Bad("not-a-number", f'"{text}" is not a whole number of at least {self.least}')


class Decimal(OfText):
    """A number, kept as typed so that 1.10 stays 1.10."""

    described = "a number"

    def parse(self, text: str, reading: Reading) -> str:
        """The number's text; thousands may be set apart by commas."""
        if re.fullmatch(r"-?\d{1,3}(,\d{3}){1,3}(\.\d{1,6})?", text):
            return text.replace(",", "")
        if re.fullmatch(r"-?\d{1,12}(\.\d{1,6})?", text):
            return text
        digits = re.fullmatch(r"[£$€]?\s*(-?\d{1,12}(?:\.\d{1,6})?)\s*(?:%|[^\W\d]{2,})?", text)
        fix = (
            f"write {digits[1]}, and its unit under unit"
            if digits
            else "write digits, such as 42 or 1.10"
        )
        raise Bad("not-a-number", f'"{text}" is not a number', fix)


class Day(OfText):
    """A date: YYYY-MM-DD."""

    described = "YYYY-MM-DD"

    def sample(self) -> str:
        """What to type after the field's name."""
        return self.described

    def parse(self, text: str, reading: Reading) -> Any:
        """A ``datetime.date``."""
        try:
            return clock.parse_date(text)
        except clock.BadDate as fault:
            if re.fullmatch(r"\d{4}-\d{2}-\d{2}[ T].+", text):
                raise Bad(
                    "date-format", "this field takes a day without a time", f"write {text[:10]}"
                ) from None
            raise Bad("date-format", str(fault), fault.fix) from None


class When(OfText):
    """A moment: YYYY-MM-DD or YYYY-MM-DD HH:MM, in the site's time zone."""

    described = "YYYY-MM-DD or YYYY-MM-DD HH:MM"

    def sample(self) -> str:
        """What to type after the field's name."""
        return self.described

    def parse(self, text: str, reading: Reading) -> clock.Moment:
        """A ``clock.Moment`` that the clocks really show."""
        try:
            moment = clock.parse_moment(text)
        except clock.BadDate as fault:
            raise Bad("date-format", str(fault), fault.fix) from None
        if not clock.exists(moment, reading.tz):
            raise Bad(
                "date-format",
                f"the clocks go forward that night and skip {text[11:]}",
                "use another time",
            )
        return moment


class Choice(OfText):
    """One of a few fixed words."""

    def __init__(self, *words: str) -> None:
        self.words = words

    def sample(self) -> str:
        """What to type after the field's name."""
        return self.describe()

    def describe(self) -> str:
        """The words."""
        return ", ".join(self.words[:-1]) + " or " + self.words[-1]

    def parse(self, text: str, reading: Reading) -> str:
        """The word."""
        if text in self.words:
            return text
        hint = did_you_mean(text, self.words) or f"Use {self.describe()}."
        raise Bad("unknown-choice", f'"{text}" is not one of the choices. {hint}')


class Matching(OfText):
    """Text of a given shape. ``mend`` makes what was probably meant of a text in another."""

    def __init__(
        self,
        described: str,
        pattern: str,
        code: str,
        fix: str,
        mend: Callable[[str], str] = str,
    ) -> None:
        self.words, self.pattern, self.code, self.fix = described, re.compile(pattern), code, fix
        self.mend = mend

    def describe(self) -> str:
        """What it looks like."""
        return self.words

    def parse(self, text: str, reading: Reading) -> str:
        """The text, when it has the shape."""
        if self.pattern.fullmatch(text):
            return text
        meant = self.mend(text)
        fix = f"write {meant}" if self.pattern.fullmatch(meant) else self.fix
        raise Bad(self.code, f'"{text}" is not {self.words}', fix)


_PATH = r"/(?!/)[^\s\\\x00-\x1f\"'<>?#]*"
_WEB = r"https?://[^\s/\"'<>\\@]+\.?[^\s\"'<>\\]*"


def _with_https(text: str) -> str:
    return f"https://{text}" if re.match(r"[\w-]+(\.[\w-]+)+(/|$)", text) else ""


def _without_host(text: str) -> str:
    return urlsplit(text).path if "//" in text else f"/{text}"


_PLAIN = "use a–z, 0–9 and single hyphens"
Slug = Matching("a slug", r"[a-z0-9]+(-[a-z0-9]+)*", "bad-slug", _PLAIN, slugify)
Key = Matching("an id", r"[a-z0-9]+([-_][a-z0-9]+)*", "bad-id", _PLAIN, slugify)
# No segment may lead elsewhere (".."), hide (".git"), be too long for a disk, or mean "any" in
# a file of redirects.
_OLD = r"(?!.*(?:/\.(?!well-known/)|//|[%*:]|[^/]{201}))/[^\s\\\x00-\x1f\"'<>?#]*"
Alias = Matching(
    "an old address",
    _OLD,
    "bad-alias",
    "begin with /, without the host name and without .., *, : or %",
    _without_host,
)
Web = Matching("a web address", _WEB, "bad-url", "begin with https://", _with_https)
Address = Matching(
    "a site path or a web address",
    rf"{_PATH}(\?[^\s\"'<>#\\]*)?(#[^\s\"'<>\\]*)?|{_WEB}|(mailto|tel):[^\s\"'<>\\]+",
    "bad-url",
    "begin with / for a page of this site, or https:// for another",
    _with_https,
)
Email = Matching(
    "an email address",
    r"[^\s@<>\"'\\]+@[^\s@<>\"'\\]+\.[^\s@<>\"'\\]+",
    "bad-email",
    "write it like name@example.org",
)
Phone = Matching(
    "a phone number",
    r"\+?[\d ()-]{2,20}",
    "bad-phone",
    "use digits and spaces, such as 01632 960001",
)
Language = Matching(
    "a language tag",
    r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?",
    "bad-language",
    "use a BCP 47 tag, such as en-GB, cy, pl or ur",
)
Colour = Matching(
    "a colour", r"#[0-9a-fA-F]{6}", "bad-colour", 'write six digits in quotes: "#0b5d5b"'
)
Host = Matching("a host name", r"[a-z0-9-]+(\.[a-z0-9-]+)+", "bad-host", "such as www.example.org")


class Name(OfText):
    """A name of something kept elsewhere: resolved against the whole site, not here."""

    def __init__(self, of: str) -> None:
        self.of = of

    def describe(self) -> str:
        """What it names."""
        return self.of

    def parse(self, text: str, reading: Reading) -> str:
        """The name as typed."""
        return " ".join(text.split())


Tag = Name("a tag id")
Person = Name("a person or organisation id, or a name")
Organisation = Name("an organisation id or a name")
ActionId = Name("an action id")
SeriesId = Name("a series id")
Ref = Name("a content ref")
Page = Name("a content ref, a site path or a web address")
File = Name("a file beside this post, or /media/…")
