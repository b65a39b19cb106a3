"""The words of all languages: ``templates/i18n/<lang>.yaml`` → a Wordbook, or what is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from sitegen.fingerprint import Digest, digest
from sitegen.hints import did_you_mean, hinted
from sitegen.problems import Place, Problem, Severity, problem
from sitegen.source import nodes, yaml_tree
from sitegen.source.fieldtypes import Matching, Text
from sitegen.source.frontmatter import decode
from sitegen.source.schema import MapOf, Reading, Type
from sitegen.source.words import ENGLISH, FOLDER, SLOT, Said, Words, is_english

FORMS = ("zero", "one", "two", "few", "many", "other")  # CLDR's plural categories
Table = tuple[tuple[str, Said], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Wordbook:
    """The words of every language that the site has a file for; known by their digest."""

    tables: tuple[tuple[str, Table], ...] = ()
    digest: Digest = ""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Wordbook) and self.digest == other.digest

    def __hash__(self) -> int:
        return hash(self.digest)

    def of(self, lang: str) -> Words:
        """The words of a language, by its BCP 47 tag: ``pt-BR``'s, else ``pt``'s, else English."""
        return _words(self, lang)

    def has(self, lang: str) -> bool:
        """Whether there is a file for a language."""
        return bool(_nearest(lang, dict(self.tables)))


@lru_cache(maxsize=64)
def _words(book: Wordbook, lang: str) -> Words:
    tables = {name: dict(table) for name, table in book.tables}
    english = tables.get(ENGLISH, {})
    nearest = _nearest(lang, tables)
    if not is_english(nearest):  # what was copied and not translated is English still
        tables[nearest] = {k: v for k, v in tables.get(nearest, {}).items() if v != english.get(k)}
    return Words(
        lang, {**(english if is_english(lang) else {}), **tables.get(nearest, {})}, english
    )


def _nearest(lang: str, tables: Mapping[str, object]) -> str:
    """The tag that has a table: ``pt-BR``, else ``pt``; empty where neither has."""
    known = {name.lower(): name for name in tables}
    while lang:
        if lang.lower() in known:
            return known[lang.lower()]
        lang = lang.rpartition("-")[0]
    return ""


class _Saying(Type):
    """A text, or a text for each plural form."""

    described = "text, or {one: …, other: …}"

    def read(self, node: nodes.Node, at: str, reading: Reading) -> Said | None:
        if isinstance(node, nodes.Scalar):
            return _SAID.read(node, at, reading) or None
        forms = tuple(
            (key.text, _SAID.read(value, at, reading) or "")
            for key, value in (node.entries if isinstance(node, nodes.Mapping) else ())
            if key.text in FORMS and isinstance(value, nodes.Scalar)
        )
        if "other" in dict(forms):
            return forms
        reading.fault("bad-word", node.place, f'"{at}" takes {self.described}')
        return None


_SAID = Text()
_KEY = Matching("a word's key", r"[a-z0-9_]+", "bad-word", "use small letters, digits and _")
_FILE = MapOf(_KEY, _Saying())


def read(files: Mapping[str, bytes]) -> tuple[Wordbook, tuple[Problem, ...]]:
    """The words in the files of templates/i18n/ (by name: ``pl.yaml``), and all faults."""
    faults: list[Problem] = []
    if f"{ENGLISH}.yaml" not in files:
        message = "pages take their words from this file, and it is not there"
        faults.append(problem("english-missing", message, f"{FOLDER}{ENGLISH}.yaml"))
    tables: dict[str, dict[str, Any]] = {}
    readings: dict[str, Reading] = {}
    for name in sorted(files):
        lang = name.removesuffix(".yaml")
        reading = readings[lang] = Reading(FOLDER + name, ZoneInfo("UTC"))
        tables[lang] = _table(files[name], reading)
    for lang, reading in readings.items():
        faults += reading.problems
        if lang != ENGLISH and ENGLISH in tables:
            faults += _compared(tables[lang], tables.get(ENGLISH, {}), reading)
    # A file that can't be read is none: what else is missing for want of its words is not told.
    rows = tuple((lang, tuple(table.items())) for lang, table in tables.items() if table)
    return Wordbook(rows, digest(rows)), tuple(faults)


def _table(data: bytes, reading: Reading) -> dict[str, Any]:
    text, faults = decode(data, reading.path)
    if faults:
        reading.problems += faults
        return {}
    tree = yaml_tree.parse(text, path=reading.path)
    reading.problems += tree.problems
    return (_FILE.read(tree.root, "", reading) or {}) if tree.root else {}


def _compared(
    table: Mapping[str, Said], english: Mapping[str, Said], reading: Reading
) -> Iterator[Problem]:
    """What a language has too much, or lacks, against English."""
    for key, said in table.items():
        if key not in english:
            message = hinted(f'"{key}" is none of the words', did_you_mean(key, english))
            yield problem(
                "unknown-word", message, reading.path, reading.place(key), severity=Severity.WARNING
            )
        elif strange := sorted(_slots(said) - _slots(english[key])):
            fix = f"use only {', '.join('{' + s + '}' for s in sorted(_slots(english[key])))}"
            message = f'"{key}" has {{{strange[0]}}}, which stands for nothing'
            yield problem("unknown-slot", message, reading.path, reading.place(key), fix=fix)
        elif lost := sorted(_slots(english[key]) - _slots(said)):
            slot, warning = f"{{{lost[0]}}}", Severity.WARNING
            message = f'"{key}" has lost {slot}: pages would not say it'
            fix = f"put {slot} where it belongs in the text"
            place = reading.place(key)
            yield problem("lost-slot", message, reading.path, place, fix=fix, severity=warning)
    same = [key for key, said in table.items() if said == english.get(key)]
    missing = [key for key in english if key not in table]
    missing += (
        same if len(same) > max(10, len(english) // 4) else []
    )  # some words are the same in both
    if missing:
        some = ", ".join(missing[:8]) + (", …" if len(missing) > 8 else "")
        message = f"{len(missing)} of {len(english)} words are not translated: {some}"
        yield problem(
            "words-missing",
            message,
            reading.path,
            Place(),
            fix="pages say them in English until they are here",
            severity=Severity.ADVICE,
        )


def _slots(said: Said) -> set[str]:
    texts = [said] if isinstance(said, str) else [text for _, text in said]
    return {name for text in texts for name in SLOT.findall(text)}
