"""The types of fields: what each takes, and what each says of the rest."""

# ruff: noqa: E501  (a row of a table stays on its line)
from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.clock import Moment
from sitegen.problems import Place, Severity
from sitegen.source import fieldtypes as ft
from sitegen.source.nodes import Scalar
from sitegen.source.schema import OfText, Reading

ACTIVITY = ft.Choice("consultation", "survey")


def read(type_: OfText, text: str) -> object:
    """The value of a text, or ``code: message (fix)`` of its first problem."""
    reading = Reading("a.md", ZoneInfo("Europe/London"))
    value = type_.read(Scalar(text=text, place=Place()), "field", reading)
    for p in reading.problems:
        return f"{p.code}: {p.message}" + (f" ({p.fix})" if p.fix else "")
    return value


@pytest.mark.parametrize(
    ("type_", "text", "value"),
    [
        (ft.Text(), "  two\n words ", "two words"),
        (ft.Text(3), "abc", "abc"),
        (ft.Prose(), " a\n\n- b ", "a\n\n- b"),
        (ft.Flag(), "True", True),
        (ft.Flag(), "FALSE", False),
        (ft.Whole(), "0", 0),
        (ft.Whole(), "1,234,567", 1234567),
        (ft.Decimal(), "1.10", "1.10"),
        (ft.Decimal(), "1,150", "1150"),
        (ft.Decimal(), "-3", "-3"),
        (ft.Day(), "2026-06-15", dt.date(2026, 6, 15)),
        (ft.When(), "2026-06-15", Moment(dt.date(2026, 6, 15))),
        (ft.When(), "2026-06-15 09:30", Moment(dt.date(2026, 6, 15), dt.time(9, 30))),
        (ACTIVITY, "survey", "survey"),
        (ft.Slug, "mk-deal-2", "mk-deal-2"),
        (ft.Key, "have_your-say", "have_your-say"),
        (ft.Alias, "/news/2023-01-04/what", "/news/2023-01-04/what"),
        (ft.Alias, "/", "/"),
        (ft.Web, "https://www.example.org/a?b=c#d", "https://www.example.org/a?b=c#d"),
        (ft.Web, "http://localhost:8000", "http://localhost:8000"),
        (ft.Address, "/tags/dentistry/?a=b#c", "/tags/dentistry/?a=b#c"),
        (ft.Address, "mailto:a@example.org", "mailto:a@example.org"),
        (ft.Address, "tel:111", "tel:111"),
        (ft.Email, "a.b+c@mail.example.org", "a.b+c@mail.example.org"),
        (ft.Phone, "0800 111", "0800 111"),
        (ft.Phone, "+44 (0)1632 960-001", "+44 (0)1632 960-001"),
        (ft.Phone, "999", "999"),
        (ft.Language, "en-GB", "en-GB"),
        (ft.Language, "zh-Hant-HK", "zh-Hant-HK"),
        (ft.Language, "es-419", "es-419"),
        (ft.Colour, "#0B5d5b", "#0B5d5b"),
        (ft.Host, "www.example.org", "www.example.org"),
        (ft.Tag, " Mental   health ", "Mental health"),
    ],
)
def test_takes(type_: OfText, text: str, value: object) -> None:
    """Each type reads what it is for, white space at the ends aside."""
    assert read(type_, text) == value


@pytest.mark.parametrize(
    ("type_", "text", "fault"),
    [
        (ft.Text(3), "abcd", "too-long: this has 4 characters; 3 is the most"),
        (ft.Flag(), "yes", 'not-true-or-false: "yes" is neither true nor false (write true)'),
        (ft.Flag(), "Off", 'not-true-or-false: "Off" is neither true nor false (write false)'),
        (ft.Whole(), "-1", 'not-a-number: "-1" is not a whole number of at least 0'),
        (ft.Whole(1), "0", 'not-a-number: "0" is not a whole number of at least 1'),
        (ft.Whole(), "1.5", 'not-a-number: "1.5" is not a whole number of at least 0'),
        (ft.Whole(), "12,34", 'not-a-number: "12,34" is not a whole number of at least 0'),
        (
            ft.Decimal(),
            "10%",
            'not-a-number: "10%" is not a number (write 10, and its unit under unit)',
        ),
        (
            ft.Decimal(),
            "1e5",
            'not-a-number: "1e5" is not a number (write digits, such as 42 or 1.10)',
        ),
        (
            ft.Day(),
            "2026-06-15 09:00",
            "date-format: this field takes a day without a time (write 2026-06-15)",
        ),
        (
            ft.Day(),
            "09/05/2025",
            'date-format: "09/05/2025" is not a date I can read for sure'
            " (write 2025-05-09 (9 May 2025) or 2025-09-05 (5 September 2025))",
        ),
        (
            ft.When(),
            "23:59",
            'date-format: "23:59" is a time without its day (write the day too: YYYY-MM-DD 23:59)',
        ),
        (
            ft.When(),
            "2026-03-29 01:30",
            "date-format: the clocks go forward that night and skip 01:30 (write 2026-03-29 02:30)",
        ),
        (
            ACTIVITY,
            "Survey",
            'unknown-choice: "Survey" is not one of the choices. Did you mean "survey"?',
        ),
        (
            ACTIVITY,
            "poem",
            'unknown-choice: "poem" is not one of the choices. Use consultation or survey.',
        ),
        (ft.Slug, "My Story!", 'bad-slug: "My Story!" is not a slug (write my-story)'),
        (
            ft.Slug,
            "…",
            'bad-slug: "…" is not a slug (use small letters a–z, digits and single hyphens: open-day)',
        ),
        (ft.Key, "Ann Bee", 'bad-id: "Ann Bee" is not an id (write ann-bee)'),
        (ft.Alias, "old/a", 'bad-alias: "old/a" is not an old address (write /old/a)'),
        (
            ft.Alias,
            "https://example.org/a/",
            'bad-alias: "https://example.org/a/" is not an old address (write /a/)',
        ),
        (
            ft.Alias,
            "/a b",
            'bad-alias: "/a b" is not an old address (begin with /, without the host name and without .., *, : or %)',
        ),
        (
            ft.Web,
            "www.example.org",
            'bad-url: "www.example.org" is not a web address (write https://www.example.org)',
        ),
        (ft.Web, "our form", 'bad-url: "our form" is not a web address (begin with https://)'),
        (
            ft.Web,
            "javascript:alert(1)",
            'bad-url: "javascript:alert(1)" is not a web address (begin with https://)',
        ),
        (
            ft.Address,
            "news",
            'bad-url: "news" is not a site path or a web address'
            " (begin with / for a page of this site, or https:// for another)",
        ),
        (
            ft.Address,
            "//example.org",
            'bad-url: "//example.org" is not a site path or a web address'
            " (begin with / for a page of this site, or https:// for another)",
        ),
        (
            ft.Email,
            "ann at example",
            'bad-email: "ann at example" is not an email address (write it like name@example.org)',
        ),
        (
            ft.Phone,
            "ask Ann",
            'bad-phone: "ask Ann" is not a phone number (use digits and spaces, such as 01632 960001)',
        ),
        (
            ft.Language,
            "English",
            'bad-language: "English" is not the code of a language (write en-GB)',
        ),
        (
            ft.Language,
            "Polish",
            'bad-language: "Polish" is not the code of a language (write pl)',
        ),
        (
            ft.Language,
            "Elvish",
            'bad-language: "Elvish" is not the code of a language (use its code, such as en-GB for English, cy for Welsh, pl for Polish)',
        ),
        (
            ft.Language,
            "en-gb",
            'bad-language: "en-gb" is not the code of a language (write en-GB)',
        ),
        (
            ft.Colour,
            "teal",
            'bad-colour: "teal" is not a colour (write six digits in quotes: "#0b5d5b")',
        ),
        (
            ft.Host,
            "https://example.org",
            'bad-host: "https://example.org" is not a host name (write example.org)',
        ),
    ],
)
def test_refuses(type_: OfText, text: str, fault: str) -> None:
    """What a type can't take is a fault that says what to type."""
    assert read(type_, text) == fault


def test_advised_length() -> None:
    """Text above the advised length is advice, and read all the same."""
    reading = Reading("a.md", ZoneInfo("UTC"))
    value = ft.Text(120, advised=5).read(Scalar(text="six ab", place=Place()), "title", reading)
    assert value == "six ab"
    assert [(p.severity, p.code) for p in reading.problems] == [(Severity.ADVICE, "long-text")]


TYPES = [t for t in vars(ft).values() if isinstance(t, OfText)]
TYPES += [
    ft.Text(120),
    ft.Prose(),
    ft.Flag(),
    ft.Whole(),
    ft.Decimal(),
    ft.Day(),
    ft.When(),
    ACTIVITY,
]


@pytest.mark.parametrize("type_", [ft.Web, ft.Address, ft.Host, ft.Alias])
@pytest.mark.parametrize(
    "text",
    [
        "https://[a",
        "https://a]b.org/",
        "//[",
        "https://a@b.org/",
        "https://a.org;b/",
        "https://a℀.org[/",
    ],
)
def test_addresses_that_others_cannot_read(type_: OfText, text: str) -> None:
    """A host with a bracket in it, or a name before it, is a fault in words."""
    reading = Reading("a.md", ZoneInfo("Europe/London"))
    assert type_.read(Scalar(text=text, place=Place()), "field", reading) is None
    assert [p.code for p in reading.problems] in (["bad-url"], ["bad-host"], ["bad-alias"])


@given(st.sampled_from(TYPES), st.text(min_size=1))
def test_any_text(type_: OfText, text: str) -> None:
    """Any text is a value or one fault, in words, for every type there is."""
    reading = Reading("a.md", ZoneInfo("Europe/London"))
    value = type_.read(Scalar(text=text, place=Place()), "field", reading)
    assert (value is None) == bool(reading.problems)
    assert all(p.message and p.code for p in reading.problems)


@given(st.text())
def test_no_address_holds_what_breaks_html(text: str) -> None:
    """What passes as an address has no quote, angle bracket, space or control in it."""
    for type_ in (ft.Web, ft.Address, ft.Alias, ft.Email, ft.Host):
        for start in ("", "/", "https://", "mailto:"):
            if type_.pattern.fullmatch(start + text):
                assert not set("\"'<> \t\n\\") & set(text)


def test_samples() -> None:
    """A type shows what to type after the field's name."""
    assert ft.Day().sample() == "YYYY-MM-DD"
    assert ft.When().sample() == "YYYY-MM-DD or YYYY-MM-DD HH:MM"
    assert ACTIVITY.sample() == "consultation or survey"
    assert ft.Text().sample() == "…"
