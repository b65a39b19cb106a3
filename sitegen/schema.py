"""Field tables: a mapping with places becomes a dataclass, or every fault with a hint.

A table is a frozen dataclass whose fields are declared with ``field(type, doc, need)``. The same
table validates front matter, config.yaml and the shared facts, drives ``sitegen new`` and is the
reference in the docs. Every value is read by the type that its field has, never by a guess at
what the text may be: ``no``, ``9:30``, ``1.10`` and ``111`` are text where text is expected.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from difflib import get_close_matches
from enum import Enum
from functools import cache
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from sitegen import clock
from sitegen.problems import Place, Problem, Severity, problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Scalar:
    """A single value as typed, quotes and escapes undone."""

    text: str
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Sequence:
    """A list."""

    items: tuple[Node, ...]
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapping:
    """Keys with their values, in the order of the file; no key stands twice."""

    entries: tuple[tuple[Scalar, Node], ...]
    place: Place


Node = Scalar | Sequence | Mapping


class Need(Enum):
    """Whether a field must be there. A draft may lack required and recommended fields."""

    REQUIRED = "required"
    RECOMMENDED = "recommended"
    OPTIONAL = "optional"


@dataclass(slots=True)
class Reading:
    """What the reading of one file finds. Local to that reading; its results are frozen."""

    path: str
    tz: ZoneInfo
    draft: bool = False
    problems: list[Problem] = dataclass_field(default_factory=list)
    places: dict[str, Place] = dataclass_field(default_factory=dict)

    def fault(
        self,
        code: str,
        at: Place | str,
        message: str,
        *,
        fix: str = "",
        severity: Severity = Severity.ERROR,
    ) -> None:
        """Note a problem at a place, or at the dotted name of a field that was read."""
        place = self.place(at) if isinstance(at, str) else at
        self.problems.append(problem(code, message, self.path, place, fix=fix, severity=severity))

    def place(self, name: str) -> Place:
        """The place of a dotted name, or of the nearest thing around it."""
        return place_of(self.places, name)


def place_of(places: dict[str, Place], name: str) -> Place:
    """The place of a field by dotted name (``image.src``), else of what it is in."""
    while name and name not in places:
        name = name.rpartition(".")[0]
    return places.get(name, Place())


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """``Did you mean "closing_date"?``, or nothing when no known word is near."""
    by_fold = {k.casefold(): k for k in known}
    near = get_close_matches(word.casefold(), by_fold, n=1, cutoff=0.6)
    return f'Did you mean "{by_fold[near[0]]}"?' if near else ""


class Type:
    """How the value of a field is read. Subclasses say what they hold in ``described``."""

    described: ClassVar[str] = ""

    def describe(self) -> str:
        """The type in a few words, for the reference."""
        return self.described

    def read(self, node: Node, at: str, reading: Reading) -> Any:
        """The value, or None after noting what is wrong with it."""
        raise NotImplementedError


class Bad(Exception):
    """A text that its field's type can't take: code, message and what to type instead."""

    def __init__(self, code: str, message: str, fix: str = "") -> None:
        super().__init__(message)
        self.code, self.message, self.fix = code, message, fix


class OfText(Type):
    """A type that reads one scalar: ``parse`` gives the value or raises ``Bad``."""

    def parse(self, text: str, reading: Reading) -> Any:
        """The value of the text."""
        raise NotImplementedError

    def read(self, node: Node, at: str, reading: Reading) -> Any:
        """The value, or None after noting what is wrong with it."""
        name = at.rpartition(".")[2]
        if not isinstance(node, Scalar):
            what = "a list" if isinstance(node, Sequence) else "a group of fields"
            reading.fault(
                "not-text", node.place, f'"{name}" takes {self.describe()}, and this is {what}'
            )
            return None
        if bad := _UNSHOWABLE.search(node.text):
            reading.fault(
                "bad-character",
                node.place,
                f'"{name}" holds a character that can\'t be shown (U+{ord(bad[0]):04X})',
                fix="delete it and type the text again",
            )
            return None
        try:
            return self.parse(node.text.strip(), reading)
        except Bad as bad_value:
            reading.fault(bad_value.code, node.place, bad_value.message, fix=bad_value.fix)
            return None


# What neither XML nor a screen can hold: controls, lone surrogates and non-characters.
_UNSHOWABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class ListOf(Type):
    """A list of one type; a single value where a list is expected is a fault."""

    item: Type
    most: int | None = None

    def describe(self) -> str:
        """The type in a few words."""
        most = f", up to {self.most}" if self.most else ""
        return f"list of {self.item.describe()}{most}"

    def read(self, node: Node, at: str, reading: Reading) -> tuple[Any, ...] | None:
        """A tuple of the items that could be read."""
        name = at.rpartition(".")[2]
        if not isinstance(node, Sequence):
            reading.fault(
                "not-a-list", node.place, f'"{name}" takes a list', fix=_as_list(name, node)
            )
            return None
        if self.most is not None and len(node.items) > self.most:
            reading.fault(
                "too-many", node.items[self.most].place, f'"{name}" takes at most {self.most}'
            )
        items = []
        for i, item in enumerate(node.items):
            reading.places[f"{at}.{i}"] = item.place
            if isinstance(item, Scalar) and not item.text.strip():
                reading.fault("empty-item", item.place, f'an item of "{name}" is empty')
                continue
            items.append(self.item.read(item, f"{at}.{i}", reading))
        return tuple(item for item in items if item is not None)


def _as_list(name: str, node: Node) -> str:
    if isinstance(node, Mapping):
        return f"{name}:\n  - {node.entries[0][0].text}: …" if node.entries else f"{name}: []"
    words = [w.strip() for w in node.text.split(",")] if isinstance(node, Scalar) else []
    return f"{name}: [{', '.join(w for w in words if w)}]"


@dataclass(frozen=True)
class Group(Type):
    """Named fields, read into a table's dataclass."""

    table: type[Any]

    def describe(self) -> str:
        """The names of its fields."""
        names = (f.name + ("" if f.need is Need.OPTIONAL else "*") for f in fields(self.table))
        return "{" + ", ".join(names) + "}"

    def read(self, node: Node, at: str, reading: Reading) -> Any:
        """An instance of the table, or None when the node is no group."""
        if isinstance(node, Mapping):
            return read_group(self.table, node, at, reading)
        name = at.rpartition(".")[2]
        first = fields(self.table)[0].name
        if name.isdigit():
            message, fix = f"this item needs named fields: {self.describe()}", f"- {first}: …"
        else:
            message = f'"{name}" needs named fields: {self.describe()}'
            fix = f"{name}:\n  {first}: …"
        reading.fault("not-a-group", node.place, message, fix=fix)
        return None


@dataclass(frozen=True)
class MapOf(Type):
    """Keys of one type with values of another: the shared facts, by id."""

    key: OfText
    value: Type

    def describe(self) -> str:
        """The type in a few words."""
        return f"{{{self.key.describe()}: {self.value.describe()}}}"

    def read(self, node: Node, at: str, reading: Reading) -> dict[str, Any] | None:
        """A dict in the order of the file."""
        if not isinstance(node, Mapping):
            what = at.rpartition(".")[2] or "this file"
            reading.fault("not-a-group", node.place, f'"{what}" takes {self.describe()}')
            return None
        result = {}
        for key, value in node.entries:
            name = self.key.read(key, f"{at}.{key.text}".lstrip("."), reading)
            inner = f"{at}.{key.text}".lstrip(".")
            reading.places[inner] = key.place
            read = self.value.read(value, inner, reading)
            if name is not None and read is not None:
                result[name] = read
        return result


@dataclass(frozen=True, slots=True)
class Field:
    """One row of a table. ``attr`` is the dataclass's name for it: ``from`` is ``from_`` there."""

    name: str
    attr: str
    type: Type
    doc: str
    need: Need


def field(type_: Type, doc: str, need: Need = Need.OPTIONAL, *, default: object = None) -> Any:
    """Declare a field of a table. A list's default is the empty tuple."""
    if default is None and isinstance(type_, ListOf):
        default = ()
    return dataclass_field(default=default, metadata={"type": type_, "doc": doc, "need": need})


@cache
def fields(table: type[Any]) -> tuple[Field, ...]:
    """The rows of a table, in order."""
    return tuple(
        Field(f.name.rstrip("_"), f.name, f.metadata["type"], f.metadata["doc"], f.metadata["need"])
        for f in dataclasses.fields(table)
        if "type" in f.metadata
    )


def is_empty(node: Node) -> bool:
    """Whether a value counts as absent: nothing after the colon, or an empty list or group."""
    match node:
        case Scalar():
            return not node.text.strip()
        case Sequence():
            return not node.items
        case Mapping():
            return not node.entries


def read_group(table: type[Any], node: Mapping, at: str, reading: Reading) -> Any:
    """An instance of a table from a mapping. What is faulty or absent has its default."""
    rows = {f.name: f for f in fields(table)}
    values = {}
    prefix = f"{at}." if at else ""
    for key, value in node.entries:
        if key.text.startswith("x-"):
            continue
        row = rows.get(key.text)
        if row is None:
            _unknown(key, table, reading)
            continue
        reading.places[prefix + row.name] = key.place if is_empty(value) else value.place
        if not is_empty(value):
            read = row.type.read(value, prefix + row.name, reading)
            values[row.attr] = read
    given = {key.text for key, value in node.entries if not is_empty(value)}
    for row in rows.values():
        if row.name not in given and not reading.draft:
            _missing(row, prefix + row.name, node, reading)
    return table(**{name: value for name, value in values.items() if value is not None})


def _unknown(key: Scalar, table: type[Any], reading: Reading) -> None:
    slips: dict[str, str] = getattr(table, "SLIPS", {})
    if key.text in slips:
        reading.fault(
            "unknown-field", key.place, f'"{key.text}" is not a field', fix=slips[key.text]
        )
        return
    hint = did_you_mean(key.text, [f.name for f in fields(table)])
    what = getattr(table, "CALLED", "field")
    reading.fault(
        "unknown-field",
        key.place,
        " ".join(filter(None, [f'"{key.text}" is not a {what}.', hint])),
        fix=f"delete the line, or rename it x-{key.text} to keep a private note"
        if not hint
        else "",
    )


def _missing(row: Field, at: str, node: Mapping, reading: Reading) -> None:
    if row.need is Need.OPTIONAL:
        return
    required = row.need is Need.REQUIRED
    reading.fault(
        "missing-field",
        reading.places.get(at) or (node.place if "." in at else Place()),
        f'"{row.name}" is {"missing" if required else "recommended"}: {row.doc}',
        fix=f"add {row.name}: {row.type.describe()}",
        severity=Severity.ERROR if required else Severity.WARNING,
    )


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
        likely = {"yes": "true", "on": "true", "1": "true", "y": "true"}.get(text.lower(), "false")
        raise Bad("not-true-or-false", f'"{text}" is neither true nor false', f"write {likely}")


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
        """The number's text."""
        if re.fullmatch(r"-?\d{1,12}(\.\d{1,6})?", text):
            return text
        raise Bad("not-a-number", f'"{text}" is not a number', "write digits, such as 42 or 1.10")


class Day(OfText):
    """A date: YYYY-MM-DD."""

    described = "YYYY-MM-DD"

    def parse(self, text: str, reading: Reading) -> Any:
        """A ``datetime.date``."""
        try:
            return clock.parse_date(text)
        except clock.BadDate as fault:
            if re.fullmatch(r"\d{4}-\d{2}-\d{2}[ T].+", text):
                raise Bad(
                    "date-format", "this field takes a day without a time", text[:10]
                ) from None
            raise Bad("date-format", str(fault), fault.fix) from None


class When(OfText):
    """A moment: YYYY-MM-DD or YYYY-MM-DD HH:MM, in the site's time zone."""

    described = "YYYY-MM-DD or YYYY-MM-DD HH:MM"

    def parse(self, text: str, reading: Reading) -> clock.Moment:
        """A ``clock.Moment`` that the clocks really show."""
        try:
            moment = clock.parse_moment(text)
        except clock.BadDate as fault:
            raise Bad("date-format", str(fault), fault.fix) from None
        if not clock.exists(moment, reading.tz):
            raise Bad("date-format", f"the clocks go forward that night and skip {text[11:]}")
        return moment


class Choice(OfText):
    """One of a few fixed words."""

    def __init__(self, *words: str) -> None:
        self.words = words

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
    """Text of a given shape."""

    def __init__(self, described: str, pattern: str, code: str, fix: str) -> None:
        self.words, self.pattern, self.code, self.fix = described, re.compile(pattern), code, fix

    def describe(self) -> str:
        """What it looks like."""
        return self.words

    def parse(self, text: str, reading: Reading) -> str:
        """The text, when it has the shape."""
        if self.pattern.fullmatch(text):
            return text
        raise Bad(self.code, f'"{text}" is not {self.words}', self.fix)


_PATH = r"/(?!/)[^\s\\\x00-\x1f\"'<>?#]*"
_WEB = r"https?://[^\s/\"'<>\\@]+\.?[^\s\"'<>\\]*"

Slug = Matching("a slug", r"[a-z0-9]+(-[a-z0-9]+)*", "bad-slug", "use a–z, 0–9 and single hyphens")
Key = Matching("an id", r"[a-z0-9]+([-_][a-z0-9]+)*", "bad-id", "use a–z, 0–9 and single hyphens")
Alias = Matching("an old address", _PATH, "bad-alias", "begin with / and leave out the host name")
Web = Matching("a web address", _WEB, "bad-url", "begin with https://")
Address = Matching(
    "a site path or a web address",
    rf"{_PATH}(\?[^\s\"'<>#]*)?(#[^\s\"'<>]*)?|{_WEB}|(mailto|tel):[^\s\"'<>]+",
    "bad-url",
    "begin with / for a page of this site, or https:// for another",
)
Email = Matching(
    "an email address", r"[^\s@<>\"']+@[^\s@<>\"']+\.[^\s@<>\"']+", "bad-email", "such as a@b.org"
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
Colour = Matching("a colour", r"#[0-9a-fA-F]{6}", "bad-colour", 'six digits in quotes: "#0b5d5b"')
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


def leaves(group: Any, at: str = "") -> Iterator[tuple[str, Type, Any]]:
    """Every single value of a table's instance: its dotted name, its type and the value."""
    for row in fields(type(group)):
        value = getattr(group, row.attr)
        if value is not None:
            yield from _leaves(row.type, value, f"{at}{row.name}")


def _leaves(type_: Type, value: Any, at: str) -> Iterator[tuple[str, Type, Any]]:
    if isinstance(type_, Group):
        yield from leaves(value, at + ".")
    elif isinstance(type_, ListOf):
        for i, item in enumerate(value):
            yield from _leaves(type_.item, item, f"{at}.{i}")
    elif not isinstance(type_, MapOf):
        yield at, type_, value


Tag = Name("a tag id")
Person = Name("a person or organisation id, or a name")
Organisation = Name("an organisation id or a name")
ActionId = Name("an action id")
SeriesId = Name("a series id")
Ref = Name("a content ref")
File = Name("a file beside this post, or /media/…")
