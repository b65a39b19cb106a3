"""The types that fields may have: how a text as typed becomes a value, or a fault with a hint."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import time, timedelta
from typing import Any

from sitegen import clock
from sitegen.hints import did_you_mean
from sitegen.problems import Severity
from sitegen.source.nodes import Node
from sitegen.source.schema import Bad, OfText, Reading
from sitegen.spaces import single
from sitegen.urls import slugify, split


def scalar() -> dict[str, Any]:
    """JSON Schema of any text that is not empty. YAML takes some texts for numbers or truths."""
    return {"type": ["string", "number", "boolean"], "pattern": r"\S"}


def shaped(pattern: str, told: str, *also: str) -> dict[str, Any]:
    """JSON Schema of a text of some shape, and what to type instead; white space round it is free.

    ``also`` are the other types that YAML may take such a text for.
    """
    # In a pattern of JSON Schema (ECMA 262) no quotation mark may be escaped.
    plain = pattern.replace('\\"', '"').replace("\\'", "'")
    return {
        "type": ["string", *also] if also else "string",
        "pattern": rf"^\s*(?:{plain})\s*$",
        "patternErrorMessage": told,
    }


class Text(OfText):
    """Plain text on one line; line breaks count as spaces."""

    described = "text"

    def __init__(self, most: int | None = None, advised: int | None = None) -> None:
        self.most, self.advised = most, advised

    def json_schema(self) -> dict[str, Any]:
        """Any text, up to its longest: white space counts as one character, as it is read."""
        if not self.most:
            return scalar()
        one = r"\S|\s+(?=\S)"
        told = f"{self.most} characters are the most"
        return shaped(rf"(?:{one}){{1,{self.most}}}", told, "number", "boolean")

    def parse(self, text: str, reading: Reading) -> str:
        """The text, its white space single."""
        text = single(text)
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

    def json_schema(self) -> dict[str, Any]:
        """Any text."""
        return scalar()

    def parse(self, text: str, reading: Reading) -> str:
        """The text as typed."""
        return text


class Prose(OfText):
    """Text in which Markdown may be used, over several lines."""

    described = "Markdown text"

    def json_schema(self) -> dict[str, Any]:
        """Any text."""
        return scalar()

    def parse(self, text: str, reading: Reading) -> str:
        """The text as typed."""
        return text


_FLAGS = {
    **dict.fromkeys(("true", "yes", "on", "y", "1"), "true"),
    **dict.fromkeys(("false", "no", "off", "n", "0"), "false"),
}


class Flag(OfText):
    """true or false."""

    described = "true or false"

    def json_schema(self) -> dict[str, Any]:
        """A truth, or its word in any case."""
        words = "[Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee]"
        return {**shaped(words, "write true or false"), "type": ["boolean", "string"]}

    def parse(self, text: str, reading: Reading) -> bool:
        """The truth value; ``yes``, ``no``, ``on`` and ``off`` are refused by name."""
        if text.lower() in ("true", "false"):
            return text.lower() == "true"
        meant = _FLAGS.get(text.lower().strip("“”‘’\"' "))
        fix = f"write {meant}" if meant else "write true or false"
        raise Bad("not-true-or-false", f'"{text}" is neither true nor false', fix)


class Whole(OfText):
    """A whole number, 0 or more."""

    described = "a whole number"

    def __init__(self, least: int = 0) -> None:
        self.least = least

    def json_schema(self) -> dict[str, Any]:
        """A number, or its text with commas."""
        texts = shaped(r"\d{1,9}|\d{1,3}(?:,\d{3}){1,2}", "write a whole number, such as 42")
        least_most = {"minimum": self.least, "maximum": 999_999_999}
        return {**texts, "type": ["integer", "string"], **least_most}

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

    def json_schema(self) -> dict[str, Any]:
        """A number, or its text with commas."""
        digits = r"-?(?:\d{1,12}|\d{1,3}(?:,\d{3}){1,3})(?:\.\d{1,6})?"
        texts = shaped(digits, "write digits, such as 42 or 1.10")
        ends = {"exclusiveMinimum": -(10**12), "exclusiveMaximum": 10**12}
        return {**texts, "type": ["number", "string"], **ends}

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


# The days that clock.parse_date takes, save that not every year has a 29 February.
_MONTH_DAY = (
    "(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-9])|(?:0[13-9]|1[0-2])-30|(?:0[13578]|1[02])-31"
)
_DAY = rf"(?:19|2[0-9])[0-9]{{2}}-(?:{_MONTH_DAY})"
_TIME = "(?:[01]?[0-9]|2[0-3]):[0-5][0-9](?::00)?"
_NOT_MIDNIGHT = "(?!0?0:00)"


class Day(OfText):
    """A date: YYYY-MM-DD."""

    described = "YYYY-MM-DD"

    def json_schema(self) -> dict[str, Any]:
        """A day as text: in YAML 1.2 there are no dates."""
        return shaped(_DAY, "write a day as YYYY-MM-DD, such as 2026-06-15")

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
    """A moment: YYYY-MM-DD or YYYY-MM-DD HH:MM, in the site's time zone.

    ``is_end`` tells that something lasts until then: 00:00 is refused, as people read it as the
    start of the day and as its end.
    """

    described = "YYYY-MM-DD or YYYY-MM-DD HH:MM"

    def __init__(self, *, is_end: bool = False) -> None:
        self.is_end = is_end

    def json_schema(self) -> dict[str, Any]:
        """A day as text, perhaps with a time."""
        told = "write a day as YYYY-MM-DD, or with a time: 2026-06-15 17:00"
        at = _NOT_MIDNIGHT * self.is_end + _TIME
        return shaped(rf"{_DAY}(?:[ T]{at})?", told)

    def sample(self) -> str:
        """What to type after the field's name."""
        return self.described

    def parse(self, text: str, reading: Reading) -> clock.Moment:
        """A ``clock.Moment`` that the clocks really show."""
        try:
            moment = clock.parse_moment(text, reading.tz, is_end=self.is_end)
            if self.is_end and moment.time == time():
                raise _midnight(moment)
            clock.require_shown(moment, reading.tz)
        except clock.BadDate as fault:
            raise Bad("date-format", str(fault), fault.fix) from None
        return moment


def _midnight(end: clock.Moment) -> Bad:
    """The fault of an end at 00:00, with both that it may mean."""
    return Bad(
        "closing-midnight",
        "midnight is ambiguous: people read it as the start or the end of the day",
        f"write {end.day - timedelta(days=1)} 23:59\n"
        f"(or {end.day}, which lasts until 11:59pm that day)",
    )


class Choice(OfText):
    """One of a few fixed words."""

    def __init__(self, *words: str) -> None:
        self.words = words

    def json_schema(self) -> dict[str, Any]:
        """One of the words."""
        return {"enum": list(self.words)}

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


_TAKEN_FOR = {"integer": "111", "boolean": "true"}  # by YAML, for such a text


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

    def json_schema(self) -> dict[str, Any]:
        """A text of this shape, which YAML may take for something else."""
        told = f"this is not {self.words}" + (f": {self.fix}" if self.fix else "")
        also = [its for its, text in _TAKEN_FOR.items() if self.pattern.fullmatch(text)]
        schema = shaped(self.pattern.pattern, told, *also)
        return {**schema, "minimum": 0} if "integer" in also else schema

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
# No user name in it, for that looks like a host; and no bracket, for few can read that.
_WEB = r"https?://[^\s/?#\"'<>\\@\[\];,]+(?:[/?#][^\s\"'<>\\]*)?"


def _with_https(text: str) -> str:
    is_site = re.match(r"[\w-]+(\.[\w-]+)+(/|$)", text) and not text.endswith((".md", ".html"))
    return f"https://{text}" if is_site else ""


_ALSO_CALLED = {"bengali": "bn", "english": "en-GB", "farsi": "fa"}


def _code_of(text: str) -> str:
    """The code of a language: ``pl`` for ``Polish``, ``en-GB`` for ``EN_gb``."""
    if re.fullmatch(r"[^\W\d_]{4,}", text):
        from babel import Locale  # slow to load, and only a slip needs it

        called: dict[str, str] = {v.casefold(): k for k, v in Locale("en").languages.items()}
        return (called | _ALSO_CALLED).get(text.casefold(), "")
    first, *rest = text.replace("_", "-").split("-")
    return "-".join([first.lower(), *(r.upper() if len(r) == 2 else r.title() for r in rest)])


def _host_of(text: str) -> str:
    return (split(text).hostname or "") if "//" in text else text.partition("/")[0].lower()


def _without_host(text: str) -> str:
    return split(text).path if "//" in text else f"/{text}"


_PLAIN = "use small letters a–z, digits and single hyphens: open-day"
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
    lambda text: re.sub(r"^<|>$|^mailto:|^\[.*\]\((?:mailto:)?|\)$", "", text),
)
Phone = Matching(
    "a phone number",
    r"\+?[\d ()-]{2,20}",
    "bad-phone",
    "use digits and spaces, such as 01632 960001",
)
Language = Matching(
    "the code of a language",
    r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?",
    "bad-language",
    "use its code, such as en-GB for English, cy for Welsh, pl for Polish",
    _code_of,
)
Colour = Matching(
    "a colour", r"#[0-9a-fA-F]{6}", "bad-colour", 'write six digits in quotes: "#0b5d5b"'
)
Host = Matching(
    "a host name",
    r"[a-z0-9-]+(\.[a-z0-9-]+)+",
    "bad-host",
    "write it like www.example.org",
    _host_of,
)


class Name(OfText):
    """A name of something kept elsewhere: resolved against the whole site, not here."""

    between = r"[;•·|]|\s#"

    def __init__(self, of: str, example: str = "…") -> None:
        self.of, self.example = of, example

    def sample(self) -> str:
        """What to type after the field's name."""
        return self.example

    def json_schema(self) -> dict[str, Any]:
        """Any text: whether there is such a thing, only the whole site tells."""
        return scalar()

    def describe(self) -> str:
        """What it names."""
        return self.of

    def parse(self, text: str, reading: Reading) -> str:
        """The name as typed."""
        return single(text)


Tag = Name("a tag id", "dentistry")
Person = Name("a person or organisation id, or a name", "Ann Bee")
Organisation = Name("an organisation id or a name", "The Council")
ActionId = Name("an action id", "have-your-say")
SeriesId = Name("a series id", "ceo-blog")
Ref = Name("a post (folder/name)", "news/open-day")
Page = Name("a post (folder/name), a site path or a web address", "news/open-day")
File = Name("a file beside this post, or /media/…", "/media/name.pdf")
