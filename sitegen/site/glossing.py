"""What is shown for each acronym of a page: its meaning at the first use, an ``<abbr>`` after it.

The bodies of a page are read in the order in which it shows them. What the writer has explained
is not explained again, and words that are quoted stay as they were said: what is added to them
stands in square brackets.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html import escape

from sitegen.model import Acronym, Body, Entry
from sitegen.prose.acronyms import STRESSED, stem
from sitegen.prose.tags import names
from sitegen.site.index import Site
from sitegen.source.facts import Term
from sitegen.source.words import Words, is_english, primary

Glossary = Mapping[str, Term]
Order = tuple[str, ...]  # Markdown fields by dotted name, as they are read; "" is the body
LOOK_BACK = 200  # how far before "(BLMK ICB)" a meaning may stand, in characters

# What everybody knows, or has no better name, so that nobody is advised to explain it.
WELL_KNOWN = names(
    "AA AAA AGM AM BBC BST CD CEO CV DVD EU FAQ GMT GP HIV HTML ID IT LGBT LGBTQ MP NHS OK PC PDF"
    " PIN PM Q&A RSS SMS TODO TV UK URL US USA VAT"
)
LONGEST_ADVISED = 6  # longer words in capitals are stressed more often than they are acronyms


def read_in(entry: Entry, order: Order, site: Site) -> dict[str, Body]:
    """What is shown of these fields of a post, in order.

    Nothing of a post in another language: the glossary's meanings are in the site's.
    """
    if primary(entry.lang) != primary(site.config.language):
        return {}
    texts = ((at, entry.document.text(at)) for at in order if entry.shows(at))
    return {at: body for at, body in texts if body}


def gloss(bodies: Iterable[Body], glossary: Glossary, words: Words) -> tuple[tuple[str, ...], ...]:
    """The HTML for each acronym of each body, in order. ``words`` are those of the glossary."""
    page = _Page(glossary=glossary, words=words)
    return tuple(tuple(page.fillings(body)) for body in bodies)


def used(bodies: Iterable[Body], glossary: Glossary) -> frozenset[str]:
    """The terms that some bodies use."""
    found = (_term_of(acronym.text, glossary) for body in bodies for acronym in body.acronyms)
    return frozenset(name for name in found if name)


def unknown(bodies: Iterable[Body], glossary: Glossary) -> tuple[Acronym, ...]:
    """The first use of each acronym that neither the glossary nor the writer explains."""
    found: dict[str, Acronym] = {}
    explained: set[str] = set()
    for body in bodies:
        for acronym, _, after in _uses(body):
            name = stem(acronym.text)
            if acronym.setting == "alone" or _means(name, after):
                explained.add(name)
            elif name.lower() in STRESSED:
                continue
            elif len(name) <= LONGEST_ADVISED and not _term_of(acronym.text, glossary):
                found.setdefault(name, acronym)
    return tuple(found[name] for name in found if name not in explained | WELL_KNOWN)


_AFTER = re.compile(r"(?:</\w+>)* \(|(?:</\w+>)* to (?:<\w+>)*\d{5,6}\b")
_MEANING = re.compile(r"(?:</\w+>)*(?::| [-–—])(?:</\w+>)* ([^.;<]+)")


def _means(name: str, after: str) -> bool:
    """Whether the HTML after letters tells what they stand for, or to which number to send them.

    After a colon or a dash the words must begin with the letters: "CPR: cardiopulmonary
    resuscitation". Half of them suffice, the first among them: one word may have several.
    """
    if _AFTER.match(after):
        return True
    letters = [letter for letter in name.lower() if letter.isalpha()]
    means = _MEANING.match(after)
    firsts = re.findall(r"\b\w", means[1].lower()) if means else []
    rest = iter(firsts)
    return firsts[:1] == letters[:1] and len(letters) <= 2 * sum(x in rest for x in letters)


def as_typed(acronym: Acronym) -> str:
    """The HTML for an acronym that is not marked up."""
    return escape(acronym.article + acronym.text, quote=False)


def _uses(body: Body) -> Iterator[tuple[Acronym, str, str]]:
    """Each acronym of a body, and the HTML before (not all of it) and after it."""
    before = ""
    for hole, part, after in zip(body.holes, body.parts, body.parts[1:], strict=False):
        before = (before + part)[-LOOK_BACK:]
        if isinstance(hole, Acronym):
            yield hole, before, after
            before += hole.text


def _term_of(text: str, glossary: Glossary) -> str:
    """The term that letters stand for; empty where the glossary has none."""
    bare, _ = _possessive(text)
    return next((name for name in (bare, stem(text)) if name in glossary), "")


def _possessive(text: str) -> tuple[str, str]:
    """``ICB’s`` → ``ICB`` and ``’s``."""
    return (text[:-2], text[-2:]) if text.endswith(("'s", "’s")) else (text, "")


@dataclass(slots=True, kw_only=True)
class _Page:
    """A page as far as it has been read; ``seen`` are the terms that have been explained."""

    glossary: Glossary
    words: Words
    seen: set[str] = field(default_factory=set)

    def fillings(self, body: Body) -> Iterator[str]:
        for acronym, before, after in _uses(body):
            name = _term_of(acronym.text, self.glossary)
            if not name or self.glossary[name].well_known:
                yield as_typed(acronym)
            elif name in self.seen or _is_compound(before, after):
                yield acronym.article + _abbr(acronym.text, self.glossary[name].meaning)
            else:
                yield self._first(acronym, name, before, after)

    def _first(self, acronym: Acronym, name: str, before: str, after: str) -> str:
        """The first use of a term."""
        self.seen.add(name)
        meaning = _inflected(acronym.text, name, self.glossary[name])
        letters = _abbr(acronym.text)
        if _is_explained(acronym, meaning, before, after):
            fate = self._fate(acronym.text, name) if after.startswith(")") else ""
            return f"{acronym.article}{letters}{fate}"
        fate = self._fate(acronym.text, name)
        if acronym.setting in ("quoted", "bracketed"):
            return f"{acronym.article}{letters} [{escape(meaning, quote=False)}{fate}]"
        starts, article = acronym.setting == "start", acronym.article
        if article and is_english(self.words.lang) and (starts or article[0] == "a"):
            article = _article(article, meaning)
        elif starts and not article:
            meaning = meaning[:1].upper() + meaning[1:]
        return f"{article}{escape(meaning, quote=False)} ({letters}{fate})"

    def _fate(self, text: str, name: str) -> str:
        """``, until 30 June 2022; followed by integrated care board, ICB``: of what is no more."""
        term = self.glossary[name]
        follower = self._follower(text, name, term.successor or "")
        fate = self.words.fate(term.until, follower)
        return f"{', ' if term.until else '; '}{fate}" if fate else ""

    def _follower(self, text: str, name: str, successor: str) -> str:
        """What followed a term, explained if it has not been."""
        if successor not in self.glossary or successor == name:
            return ""
        bare, _ = _possessive(text)
        letters = successor + ("s" if bare != name else "")
        if successor in self.seen or self.glossary[successor].well_known:
            return letters
        self.seen.add(successor)
        return f"{_inflected(letters, successor, self.glossary[successor])}, {letters}"


def _abbr(text: str, meaning: str = "") -> str:
    title = f' title="{escape(meaning)}"' if meaning else ""
    return f"<abbr{title}>{escape(text, quote=False)}</abbr>"


def _is_compound(before: str, after: str) -> bool:
    """``ICB-led``: no room for a meaning."""
    return before.endswith("-") or after.startswith("-")


def _is_explained(acronym: Acronym, meaning: str, before: str, after: str) -> bool:
    """Whether the writer says the meaning: "integrated care board (ICB)", or the other way."""
    said = escape(meaning, quote=False).casefold()
    if acronym.setting == "alone" or after[: len(said) + 2].casefold() == f" ({said}":
        return True
    return acronym.setting == "bracketed" and said in before.casefold()


# English, where the glossary is English.

_CONSONANT_Y = re.compile(r"[^aeiou\W]y\Z", re.I)
_VOWEL_SOUND = re.compile(
    r"[AEFHILMNORSX][A-Z]"
    r"|(?![A-Z]{2})(?i:(?!uni(?!n)|us[aeu]|ut[ei]|eu|one\b|once\b)[aeiou]|hono|hour|heir|honest)"
)


def _inflected(text: str, name: str, term: Term) -> str:
    """The meaning in the form of the letters: plural (``ICBs``), possessive (``ICB’s``)."""
    bare, own = _possessive(text)
    if bare == name:
        return term.meaning + own
    return (term.plural or _plural(term.meaning)) + own


def _plural(meaning: str) -> str:
    head, of, rest = meaning.partition(" of ")
    if of:
        return _plural(head) + of + rest
    if _CONSONANT_Y.search(meaning):
        return f"{meaning[:-1]}ies"
    return meaning + ("es" if meaning.endswith(("s", "x", "z", "ch", "sh")) else "s")


def _article(typed: str, meaning: str) -> str:
    """``an `` or ``a ``, as the meaning asks; a capital stays one."""
    return typed[0] + ("n " if _VOWEL_SOUND.match(meaning) else " ")
