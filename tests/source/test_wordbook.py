"""The words of all languages: their files, and the repository's own, of which none is in vain."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache

import jinja2
import pytest
from jinja2 import nodes

from sitegen.problems import Severity
from sitegen.source import wordbook as wordbooks
from tests.sites import REPO, templates, wordbook


def faults(**files: str | bytes) -> list[tuple[str, str, int, str]]:
    """The faults of some files beside an English one: path, code, line and message."""
    texts = {"en": "skip: Skip\nhello: Hello {name}\n", **files}
    data = {f"{n}.yaml": t.encode() if isinstance(t, str) else t for n, t in texts.items()}
    return [(p.path, p.code, p.line, p.message) for p in wordbooks.read(data)[1]]


def test_files_without_faults() -> None:
    """A complete file has nothing to be told."""
    assert faults(pl="skip: Pomiń\nhello: Witaj {name}\n") == []


def test_a_key_that_is_none_of_the_words() -> None:
    """A warning with the word that was meant, at its line."""
    (fault,) = faults(pl="skip: Pomiń\nhello: Witaj {name}\nskpi: x\n")
    assert fault[:3] == ("templates/i18n/pl.yaml", "unknown-word", 3)
    assert fault[3] == '"skpi" is none of the words. Did you mean "skip"?'


def test_a_slot_that_stands_for_nothing() -> None:
    """An error: it would be shown to readers."""
    _, problems = wordbooks.read({"en.yaml": b"hello: Hello {name}", "pl.yaml": b'hello: "{nam}"'})
    (fault,) = problems
    assert (fault.code, fault.severity, fault.line) == ("unknown-slot", Severity.ERROR, 1)
    assert fault.message == '"hello" has {nam}, which stands for nothing'
    assert fault.fix == "use only {name}"


def test_a_slot_that_is_lost() -> None:
    """A warning: pages would not say what it stands for."""
    (fault,) = faults(pl="skip: Pomiń\nhello: Witaj\n")
    assert fault[1:] == ("lost-slot", 2, '"hello" has lost {name}: pages would not say it')


def test_a_copy_of_english_is_english() -> None:
    """What was copied and not translated is shown, and told, as English."""
    texts = {f"k{i}": f"word {i}" for i in range(20)}
    data = "".join(f"{key}: {text}\n" for key, text in texts.items()).encode()
    book, (fault,) = wordbooks.read({"en.yaml": data, "fr.yaml": data})
    assert fault.message.startswith("20 of 20 words are not translated")
    assert book.of("fr").html("k1") == '<span lang="en" dir="ltr">word 1</span>'


def test_words_that_are_missing_are_one_piece_of_advice() -> None:
    """A file, not a word."""
    _, problems = wordbooks.read({"en.yaml": b"a: A\nb: B\nc: C", "pl.yaml": b"b: B"})
    (fault,) = problems
    assert (fault.code, fault.severity) == ("words-missing", Severity.ADVICE)
    assert fault.message == "2 of 3 words are not translated: a, c"


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("skip: [a]\nhello: x", "bad-word", 1),
        ("skip: a\nhello: {one: x}", "bad-word", 2),
        ("Skip It: a\nskip: a\nhello: x", "bad-word", 1),
        ("skip: a\nskip: b\nhello: x", "duplicate-key", 2),
        ("skip: 'a\nhello: x", "yaml-quote", 1),
        (b"skip: \xff\xfehello", "not-utf8", 1),
    ],
)
def test_files_that_cannot_be_used(text: str | bytes, code: str, line: int) -> None:
    """Each fault at its line, in an editor's words."""
    assert ("templates/i18n/pl.yaml", code, line) in [f[:3] for f in faults(pl=text)]


# ---- the repository's own words


@cache
def _sources() -> tuple[ast.Module, ...]:
    return tuple(
        ast.parse(p.read_text(encoding="utf-8")) for p in sorted((REPO / "sitegen").rglob("*.py"))
    )


def _keys(node: ast.AST) -> Iterator[str]:
    """The keys that an expression may stand for, as patterns."""
    match node:
        case ast.Constant(value=str(text)) if re.fullmatch("[a-z_]+", text):
            yield text
        case ast.IfExp(body=body, orelse=orelse):
            yield from (*_keys(body), *_keys(orelse))
        case ast.JoinedStr(values=[ast.Constant() as first, *rest]):
            parts = [part.value if isinstance(part, ast.Constant) else None for part in rest]
            text = str(first.value) + "".join("[a-z_]*" if p is None else str(p) for p in parts)
            if re.fullmatch(r"[a-z]+_[a-z_*\[\]-]*", text):
                yield text


def said_in_code() -> Iterator[str]:
    """What the code asks for by ``words.text("…")``, ``say(f"…")`` and the like, as patterns."""
    for call in (n for tree in _sources() for n in ast.walk(tree) if isinstance(n, ast.Call)):
        of, _, name = ast.unparse(call.func).rpartition(".")
        asks = name == "say" or (name in ("text", "html", "forms") and re.search("words", of))
        if asks and call.args:
            yield from _keys(call.args[0])


def said_in_templates() -> Iterator[str]:
    """What the templates ask for by ``t("…")`` and ``label("…")``."""
    environment = jinja2.Environment()
    for _, text in templates():
        for call in environment.parse(text).find_all(nodes.Call):
            if isinstance(call.node, nodes.Name) and call.node.name in ("t", "label"):
                yield call.args[0].value  # type: ignore[attr-defined]


def named_in_code() -> Iterator[str]:
    """Whatever in the code could be a key: some reach ``text`` by a variable."""
    for tree in _sources():
        for node in ast.walk(tree):
            yield from _keys(node)


def test_all_words_that_are_asked_for_are_there() -> None:
    """In English: no page can fail for want of a word."""
    english = wordbook().of("en").said
    asked = {*said_in_code(), *said_in_templates()}
    assert len(asked) > 100
    assert [key for key in asked if not any(re.fullmatch(key, k) for k in english)] == []


def test_no_word_is_dead() -> None:
    """Each is asked for somewhere."""
    asked = {*named_in_code(), *said_in_templates()}
    english = wordbook().of("en").said
    assert [key for key in english if not any(re.fullmatch(a, key) for a in asked)] == []


def test_polish_is_complete() -> None:
    """The sample site has a Polish page: none of its words is English."""
    tables = dict(wordbook().tables)
    assert [key for key, _ in tables["pl"]] == [key for key, _ in tables["en"]]


def test_polish_has_a_text_for_each_form() -> None:
    """One, few and many, and the form of fractions."""
    forms = [dict(said) for said in wordbook().of("pl").said.values() if not isinstance(said, str)]
    assert forms
    assert all(list(f) == ["one", "few", "many", "other"] for f in forms)


def test_english_must_be_there() -> None:
    """Without it no page has words, and the fault names the file."""
    _, (fault,) = wordbooks.read({})
    assert (fault.path, fault.severity) == ("templates/i18n/en.yaml", Severity.ERROR)
