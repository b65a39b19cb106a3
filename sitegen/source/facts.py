"""The shared facts: content/*.yaml → frozen tables of tags, people, organisations and more.

Each file is optional, and validated like front matter.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from dataclasses import field as dataclass_field
from typing import Any
from zoneinfo import ZoneInfo

from sitegen.hints import did_you_mean, hinted
from sitegen.problems import Place, Problem, problem
from sitegen.source import yaml_tree
from sitegen.source.fieldtypes import Address, Day, File, Flag, Key, Matching, Name, Text, Web
from sitegen.source.frontmatter import decode
from sitegen.source.schema import Group, ListOf, MapOf, Need, Reading, field, fields
from sitegen.urls import slugify


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """A subject."""

    label: str = field(Text(60), "the tag as readers see it", Need.REQUIRED)
    description: str | None = field(Text(), "what posts with this tag are about")
    synonyms: tuple[str, ...] = field(ListOf(Text()), "other words that editors may type for it")


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who writes or speaks."""

    name: str = field(Text(), "the name", Need.REQUIRED)
    role: str | None = field(Text(), "the role")
    photo: str | None = field(File, "a picture under /media/")
    bio: str | None = field(Text(), "a sentence about the person")


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """A body, and what followed it when it is no more."""

    name: str = field(Text(), "the full name", Need.REQUIRED)
    short: str | None = field(Text(), "the short name")
    url: str | None = field(Web, "its website")
    from_: dt.date | None = field(Day(), "the day it began")
    until: dt.date | None = field(Day(), "the day it ended")
    successor: str | None = field(Name("an organisation id"), "the organisation that followed it")


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """An acronym."""

    meaning: str = field(Text(), "what the letters stand for", Need.REQUIRED)
    plural: str | None = field(Text(), "the meaning in the plural, when that is not regular")
    explanation: str | None = field(Text(), "what it is, in a sentence")
    until: dt.date | None = field(Day(), "the day it ended")
    successor: str | None = field(Name("an acronym"), "the acronym that followed it")
    well_known: bool = field(
        Flag(), "true when everybody knows it: it is not spelled out", default=False
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """Posts that belong together."""

    title: str = field(Text(), "the series' title", Need.REQUIRED)
    prefix: str | None = field(Text(), "words shown before each title")
    description: str | None = field(Text(), "what the series is about")


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """A call to action."""

    title: str = field(Text(), "the heading", Need.REQUIRED)
    text: str | None = field(Text(), "a sentence")
    button: str = field(Text(), "the words of the link", Need.REQUIRED)
    url: str = field(Address, "where the link leads", Need.REQUIRED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """A word or phrase that has a plainer one, for advice to editors."""

    use: str = field(Text(), "what to write instead", Need.REQUIRED)
    forms: tuple[str, ...] = field(
        ListOf(Text()), "its other forms, where they don’t just end in s, d, ed or ing"
    )
    term: bool = field(
        Flag(), "true for a term that may stay where the text says what it means", default=False
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """All the shared facts, by id. ``has_tags`` tells whether content/tags.yaml exists.

    ``places`` says where each value stands: ``tags.dentistry.label`` → place.
    """

    tags: Mapping[str, Tag] = dataclass_field(default_factory=dict)
    people: Mapping[str, Person] = dataclass_field(default_factory=dict)
    organisations: Mapping[str, Organisation] = dataclass_field(default_factory=dict)
    glossary: Mapping[str, Term] = dataclass_field(default_factory=dict)
    series: Mapping[str, Series] = dataclass_field(default_factory=dict)
    actions: Mapping[str, Action] = dataclass_field(default_factory=dict)
    words: Mapping[str, Wording] = dataclass_field(default_factory=dict)
    has_tags: bool = False
    places: Mapping[str, Place] = dataclass_field(default_factory=dict)


def term_id(acronym: str) -> str:
    """The anchor of an acronym in the glossary: ``icb``, ``a-and-e``."""
    return slugify(acronym.replace("&", " and ")) or "term"


_ACRONYM = Matching(
    "an acronym",
    r"[^\s<>\"][^<>\"]{0,39}",
    "bad-acronym",
    "use letters, digits, & and hyphens, 40 at most",
)
_PHRASE = Matching(
    "a word or phrase",
    r"(?=.*[A-Za-z])[^\W_]+([ '’-][^\W_]+)*",
    "bad-phrase",
    "use words with a space or a hyphen between them",
)
FILES: dict[str, MapOf] = {
    "tags": MapOf(Key, Group(Tag)),
    "people": MapOf(Key, Group(Person)),
    "organisations": MapOf(Key, Group(Organisation)),
    "glossary": MapOf(_ACRONYM, Group(Term)),
    "series": MapOf(Key, Group(Series)),
    "actions": MapOf(Key, Group(Action)),
    "words": MapOf(_PHRASE, Group(Wording)),
}


def read(files: Mapping[str, bytes], tz: ZoneInfo) -> tuple[Facts, tuple[Problem, ...]]:
    """The facts in the YAML files of content/ (by name, such as ``tags.yaml``), and all faults."""
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    readings: dict[str, Reading] = {}
    for name in sorted(files):
        path, stem = f"content/{name}", name.removesuffix(".yaml")
        if stem not in FILES:
            near = did_you_mean(name.partition(".")[0], FILES).replace('"?', '.yaml"?')
            hint = near or f"It can be {', '.join(f'{n}.yaml' for n in FILES)}."
            message = f'"{name}" is no file of shared facts. {hint}'
            problems.append(problem("unknown-file", message, path, fix="rename it, or delete it"))
            continue
        reading = readings[stem] = Reading(path, tz)
        values[stem] = _table_of(files[name], stem, reading)
        problems += reading.problems
    places = {f"{stem}.{at}": p for stem, r in readings.items() for at, p in r.places.items()}
    facts = Facts(**values, has_tags="tags" in values, places=places)
    return facts, (*problems, *_loose_ends(facts, readings))


def _table_of(data: bytes, stem: str, reading: Reading) -> Mapping[str, Any]:
    text, faults = decode(data, reading.path)
    if faults:
        reading.problems += faults
        return {}
    tree = yaml_tree.parse(text, path=reading.path)
    reading.problems += tree.problems
    facts = (FILES[stem].read(tree.root, "", reading) or {}) if tree.root else {}
    return {name: _whole(fact, name) for name, fact in facts.items()}


def _whole(fact: Any, name: str) -> Any:
    """A fact whose missing texts are its id: the fault is noted, and others may refer to it."""
    rows = (row for row in fields(type(fact)) if row.need is Need.REQUIRED)
    return replace(fact, **{r.attr: name for r in rows if getattr(fact, r.attr) is None})


def _loose_ends(facts: Facts, readings: Mapping[str, Reading]) -> list[Problem]:
    """Successors that are not in their table, and what two acronyms or two tags claim."""
    found = []
    for stem in ("organisations", "glossary"):
        known = getattr(facts, stem)
        for name, fact in known.items():
            if fact.successor and fact.successor not in known:
                hint = did_you_mean(fact.successor, known)
                message = hinted(f'"{fact.successor}" is not in this file', hint)
                place = readings[stem].place(f"{name}.successor")
                fix = "" if hint else f"add {fact.successor} to this file"
                path = readings[stem].path
                found.append(problem("unknown-successor", message, path, place, fix=fix))
    anchors: dict[str, str] = {}
    for name in facts.glossary:
        if (other := anchors.setdefault(term_id(name), name)) != name:
            message = f'"{name}" and "{other}" would have the same place in the glossary'
            reading, fix = readings["glossary"], "keep one of them, or write one another way"
            place = reading.place(name)
            found.append(problem("acronym-clash", message, reading.path, place, fix=fix))
    words: dict[str, str] = {}
    for name, tag in facts.tags.items():
        for word in sorted({w.casefold() for w in (name, tag.label, *tag.synonyms)}):
            if words.setdefault(word, name) != name:
                message = f'"{word}" already leads to the tag "{words[word]}"'
                place = readings["tags"].place(name)
                path, fix = readings["tags"].path, "take the word from one of the two"
                found.append(problem("tag-clash", message, path, place, fix=fix))
    return found
