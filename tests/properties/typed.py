"""Front matter drawn at random: what its fields hold, and how that is typed in YAML."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from hypothesis import strategies as st

from sitegen.clock import Moment, exists
from sitegen.source import fieldtypes as ft
from sitegen.source import schema, yaml_faults
from sitegen.source.nodes import UNSEEN
from sitegen.source.schema import Field, Group, ListOf, Type
from tests.fuzz.oracle import LONDON

DAYS = st.dates(date(1900, 1, 1), date(2999, 12, 31))
# Letters of all scripts, marks, signs and spaces, and what means something to YAML or Markdown.
SIGNS = st.characters(exclude_categories=["Cs", "Cc", "Cn", "Co"])
WORDS = st.sampled_from(["~", "null", "no", "1.10", "9:30", "2026-06-15", "<<", "=", "---"])
TEXTS = WORDS | st.text(
    SIGNS | st.sampled_from("':-#&*!|>%@`\"[]{},?\\~ \u00a0"), min_size=1, max_size=30
)
SPOKEN = TEXTS.map(lambda text: " ".join(text.split())).filter(
    lambda text: not UNSEEN.fullmatch(text)
)
NAMES = st.from_regex(r"[a-z]{1,8}([ -][A-Z][a-z]{1,5})?", fullmatch=True)
# A value of these would be held against what else the site has, or is odd to draw by its pattern.
SOME = {
    ft.Alias: st.from_regex(r"(/[a-z0-9_-]{1,9}){1,3}/?", fullmatch=True),
    ft.Web: st.from_regex(r"https?://[a-z]{1,9}\.org(/[a-zé0-9?=&;%~()-]{0,9})?", fullmatch=True),
    ft.Email: st.from_regex(r"[a-z.+]{1,9}@[a-z]{1,9}\.org", fullmatch=True),
}


@dataclass(frozen=True, slots=True)
class Spelt:
    """A value, and how it is typed."""

    value: Any
    text: str


@st.composite
def spelt(draw: st.DrawFn, value: Any, text: str | None = None) -> Spelt:
    """A value that is typed as it is, or in quotes of either kind."""
    text = str(value) if text is None else text
    ways = [double(text)]
    if "\n" not in text:
        ways += [yaml_faults.typed(text), "'" + text.replace("'", "''") + "'"]
    return Spelt(value, draw(st.sampled_from(ways)))


def double(text: str) -> str:
    """A text in double quotes: what is not plain ASCII may be escaped there (YAML 1.2, 5.7)."""
    odd = re.compile(r"[\n\u0085\u2028\u2029\ufeff]")
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + odd.sub(lambda m: f"\\u{ord(m[0]):04x}", escaped) + '"'


@st.composite
def moments(draw: st.DrawFn, is_end: bool = False) -> Spelt:
    """A day, perhaps with a time, in each of the ways in which that is accepted."""
    day = draw(DAYS)
    if draw(st.booleans()):
        return Spelt(Moment(day), f"{day}")
    at = time(draw(st.integers(0, 23)), draw(st.integers(0, 59)))
    if not exists(Moment(day, at), LONDON) or (is_end and at == time(0)):
        at = time(12)
    between, hour = draw(st.sampled_from(" T")), draw(st.sampled_from([f"{at:%H}", str(at.hour)]))
    return Spelt(
        Moment(day, at), f"{day}{between}{hour}:{at:%M}" + draw(st.sampled_from(["", ":00"]))
    )


def scalars(type_: Type) -> st.SearchStrategy[Spelt]:
    """The values of a type of field, as they are typed."""
    match type_:
        case ft.Flag():
            words = {True: ["true", "True", '"TRUE"'], False: ["false", "FALSE", "'false'"]}
            return st.sampled_from([Spelt(flag, word) for flag in words for word in words[flag]])
        case ft.Whole():
            numbers = st.integers(type_.least, 999_999_999)
            return numbers.flatmap(
                lambda n: st.sampled_from([Spelt(n, f"{n}"), Spelt(n, f'"{n:,}"')])
            )
        case ft.Decimal():
            return st.from_regex(r"-?[0-9]{1,12}(\.[0-9]{1,6})?", fullmatch=True).flatmap(spelt)
        case ft.Day():
            return DAYS.flatmap(spelt)
        case ft.When():
            return moments(type_.is_end)
        case ft.Choice():
            return st.sampled_from(type_.words).flatmap(spelt)
        case ft.Matching() if type_ in SOME:
            return SOME[type_].flatmap(spelt)
        case ft.Matching():
            pattern = type_.pattern.pattern.replace(r"\d", "[0-9]")
            return (
                st.from_regex(pattern, fullmatch=True)
                .filter(lambda text: not UNSEEN.fullmatch(text))
                .flatmap(lambda text: spelt(text.strip(), text))
            )
        case ft.Text():
            return SPOKEN.flatmap(spelt)
        case ft.Prose() | ft.Lines():
            several = st.lists(SPOKEN, min_size=1, max_size=3).map("\n".join)
            return several.flatmap(lambda text: spelt(text))
    return NAMES.flatmap(spelt)


@st.composite
def groups(draw: st.DrawFn, table: type[Any], most: int = 6) -> dict[str, Any]:
    """Some fields of a table, and all those that it needs, in any order."""
    rows = schema.fields(table)
    needed = [row for row in rows if row.need is schema.Need.REQUIRED and row.name != "draft"]
    others = draw(st.lists(st.sampled_from(rows), max_size=most, unique_by=lambda row: row.name))
    chosen: dict[str, Field] = {row.name: row for row in draw(st.permutations([*needed, *others]))}
    return {name: draw(nodes(row.type)) for name, row in chosen.items()}


def nodes(type_: Type) -> st.SearchStrategy[Any]:
    """What a field may hold: a spelt scalar, a list or a dict."""
    if isinstance(type_, Group):
        return groups(type_.table, most=3)
    if isinstance(type_, ListOf):
        return st.lists(nodes(type_.item), min_size=1, max_size=min(3, type_.most or 3))
    return scalars(type_)


def lines(node: dict[str, Any]) -> list[str]:
    """The lines of a mapping, in block style."""
    return [line for name, value in node.items() for line in _field(name, value)]


def _field(name: str, value: Any) -> list[str]:
    if isinstance(value, Spelt):
        return [f"{name}: {value.text}"]
    if isinstance(value, dict):
        return [f"{name}:", *(f"  {line}" for line in lines(value))]
    return [f"{name}:", *(f"  {line}" for item in value for line in _item(item))]


def _item(item: Any) -> list[str]:
    inner = [item.text] if isinstance(item, Spelt) else lines(item)
    return [f"{'-' if at == 0 else ' '} {line}" for at, line in enumerate(inner)]


def leaves(node: Any, at: str = "") -> dict[str, Spelt]:
    """Every spelt value by its dotted name."""
    if isinstance(node, Spelt):
        return {at: node}
    inner = node.items() if isinstance(node, dict) else enumerate(node)
    start = f"{at}." if at else ""
    return {k: v for name, value in inner for k, v in leaves(value, f"{start}{name}").items()}
