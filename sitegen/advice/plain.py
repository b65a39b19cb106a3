"""Plain English: long sentences, long paragraphs, and words that have plainer ones.

Limits are those of GOV.UK's and the NHS's guides, with room to spare. There is no readability
score: the NHS's content guide advises against them. Other people's words are left alone.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sitegen.advice.reading import Block, Post, advice, place_in, prose
from sitegen.problems import Problem
from sitegen.source.facts import Wording

LONGEST_SENTENCE = 30  # words
LONGEST_PARAGRAPH = 120
LEAST_LETTERS = 2  # of a word with the space after it: shorter texts need no counting
# Fields whose words are others', or names.
OTHERS = frozenset({"quotes", "pull_quote", "source", "documents", "author"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Hard:
    """A phrase of content/words.yaml: what finds it in all its forms, and what is advised."""

    pattern: re.Pattern[str]
    wording: Wording


class Passage(NamedTuple):
    """A block, its prose, and its prose with other people's words blank."""

    block: Block
    text: str
    own: str


Vocabulary = Mapping[str, tuple[Hard, ...]]  # by the longest word of a form


def check(post: Post, vocabulary: Vocabulary) -> Iterator[Problem]:
    """What all rules find in a post in English. ``vocabulary`` is that of the site."""
    if not post.in_english:
        return
    passages = [_passage(block) for block in post.texts if not _is_others(block)]
    paragraphs = [passage for passage in passages if passage.block.kind == "paragraph"]
    yield from long_sentences(post, paragraphs)
    yield from long_paragraphs(post, paragraphs)
    yield from hard_words(post, passages, vocabulary)


def _passage(block: Block) -> Passage:
    text = prose(block)
    return Passage(block, text, own(text))


def _is_others(block: Block) -> bool:
    return block.kind == "quote" or block.field.partition(".")[0] in OTHERS


# Other people's words.

_QUOTED = re.compile(
    r"“[^”]*(?:”|$)|\"[^\"]*(?:\"|$)"
    r"|‘(?:[^‘’]|’(?=\w)){0,2000}’|(?<!\w)'(?! )(?:[^'\n]|'(?=\w)){1,500}'"
)
_LETTER = re.compile(r"\w")


def own(text: str) -> str:
    """A text with the letters between quotation marks blank, every other sign where it was.

    A quotation that is not closed runs to the end: the next paragraph goes on with it.
    """
    if not any(mark in text for mark in "“‘\"'"):
        return text
    return _QUOTED.sub(lambda quote: _LETTER.sub(" ", quote[0]), text)


# Length.

_WORD = re.compile(r"\w[\w'’]*(?:-\w+)*")
_STOP = re.compile(r"[.!?…][”’\"')\]]*(?=\s+[“‘\"'(\[]*(?:[A-Z0-9]|\s))|\n\n|$")
_ABBREVIATED = re.compile(r"\b(?:[A-Z]|Dr|Mr|Mrs|Ms|Prof|Rev|St|Cllr|Supt|No|eg|e\.g|ie|i\.e|vs)$")


def sentences(text: str) -> Iterator[tuple[int, str]]:
    """Each sentence of a text, and the offset at which its words begin."""
    start = 0
    for stop in _STOP.finditer(text):
        sentence = text[start : stop.end()]
        before = text[max(start, stop.start() - 8) : stop.start()]
        if stop[0].startswith(".") and _ABBREVIATED.search(before):
            continue
        if words := sentence.lstrip():
            yield start + len(sentence) - len(words), words
        start = stop.end()


def long_sentences(post: Post, paragraphs: Iterable[Passage]) -> Iterator[Problem]:
    """A sentence of over 30 words; not in lists, tables and quotations."""
    for block, _, text in paragraphs:
        if len(text) < LONGEST_SENTENCE * LEAST_LETTERS:
            continue
        for start, sentence in sentences(text):
            words = len(_WORD.findall(sentence))
            if words > LONGEST_SENTENCE:
                message = f"this sentence has {words} words; many readers lose the thread after 25"
                fix = "make two or more of it, with one thought each"
                place = place_in(block, start, len(sentence))
                yield advice(post, "long-sentence", message, place, fix=fix)


def long_paragraphs(post: Post, paragraphs: Iterable[Passage]) -> Iterator[Problem]:
    """A paragraph of over 120 words."""
    for block, _, text in paragraphs:
        if len(text) < LONGEST_PARAGRAPH * LEAST_LETTERS:
            continue
        words = len(_WORD.findall(text))
        if words > LONGEST_PARAGRAPH:
            message = f"this paragraph has {words} words: a wall of text on a phone"
            fix = "make two or more of it: an empty line ends a paragraph; or make a list of a part"
            place = place_in(block, 0, len(block.text))
            yield advice(post, "long-paragraph", message, place, fix=fix)


# Words.


def vocabulary(words: Mapping[str, Wording]) -> Vocabulary:
    """The phrases of content/words.yaml, by the longest word of each of their forms.

    Most posts have few of these words, and need not be searched for the others. An entry without
    a plainer word is a fault, and has the phrase itself in its place: it advises nothing.
    """
    found: defaultdict[str, list[Hard]] = defaultdict(list)
    for phrase, wording in words.items():
        if wording.use == phrase:
            continue
        forms = {*_inflected(phrase.lower()), *map(str.lower, wording.forms)}
        hard = Hard(pattern=_any_of(forms), wording=wording)
        for word in {max(_LETTERS.findall(form), key=len, default="") for form in forms}:
            found[word].append(hard)
    return {word: tuple(hards) for word, hards in found.items()}


_LETTERS = re.compile("[a-z]+")


def _any_of(forms: Iterable[str]) -> re.Pattern[str]:
    """What finds each of these forms; their words may have hyphens or a line's end between them."""
    between = r"(?:\s+|-)"
    parts = (between.join(map(re.escape, re.split("[ -]", form))) for form in sorted(forms))
    return re.compile(rf"(?<![\w-])(?:{'|'.join(parts)})(?![\w-])", re.I)


def _inflected(phrase: str) -> Iterator[str]:
    """A phrase with the regular endings of its last word."""
    yield phrase
    yield f"{phrase}s"
    if phrase.endswith("y"):
        yield from (f"{phrase[:-1]}ies", f"{phrase[:-1]}ied", f"{phrase}ing")
    elif phrase.endswith("e"):
        yield from (f"{phrase}d", f"{phrase[:-1]}ing")
    else:
        yield from (f"{phrase}ed", f"{phrase}ing")


def hard_words(post: Post, passages: Sequence[Passage], known: Vocabulary) -> Iterator[Problem]:
    """A word of the site's list, at its first use in a post."""
    used: defaultdict[Hard, list[str]] = defaultdict(list)
    for word in sorted(known.keys() & post.words):
        for hard in known[word]:
            used[hard].append(word)
    lower = [passage.text.lower() for passage in passages] if used else []
    for hard, words in used.items():
        likely = [p for p, text in zip(passages, lower, strict=True) if _has(text, words)]
        if found := _first_use(hard, likely):
            yield _hard(post, hard, *found)


def _has(text: str, words: Iterable[str]) -> bool:
    return any(word in text for word in words)


def _first_use(hard: Hard, passages: Iterable[Passage]) -> tuple[Block, re.Match[str]] | None:
    """Where a phrase is first used; None where it isn't, or where the post says what it means."""
    first = None
    for passage in passages:
        for m in hard.pattern.finditer(passage.text):
            if hard.wording.term and _is_explained(passage.text, m):
                return None
            is_quoted = passage.own[m.start()] == " "
            if first is None and not (_is_name(m) or is_quoted):
                first = passage.block, m
    return first


def _hard(post: Post, hard: Hard, block: Block, m: re.Match[str]) -> Problem:
    found, use = " ".join(m[0].split()), hard.wording.use
    place = place_in(block, m.start(), len(m[0]))
    if hard.wording.term:
        message = f'not everyone knows what "{found}" means'
        fix = f'write "{use}", or say there what it means'
        return advice(post, "hard-term", message, place, fix=fix)
    message = f'"{found}" has a plainer word'
    return advice(post, "hard-word", message, place, fix=f'use "{use}"')


_CLOSE = r"[\"'”’]{0,2}"
_MEANS = re.compile(
    rf"{_CLOSE}(?: \(|,? (?:which |that )?(?:means?|is (?:an?|the|how|about|when|where|what)"
    r"|are (?:the|those|people))\b|, which (?:is|are)\b|, or\b|,? that is\b)"
)
_CALLED = re.compile(r"\b(?:called|known as|what is|what are) (?:an? |the )?[\"'“‘]{0,2}$", re.I)


def _is_explained(text: str, m: re.Match[str]) -> bool:
    """Whether a term is a line of its own, as in a list of terms, or its meaning is beside it."""
    alone = not (_LETTER.search(text, 0, m.start()) or _LETTER.search(text, m.end()))
    return bool(alone or _MEANS.match(text, m.end()) or _CALLED.search(_before(m, 30)))


def _is_name(m: re.Match[str]) -> bool:
    """Whether a phrase is a part of a name: with a capital in the middle of a sentence."""
    return m[0][0].isupper() and re.fullmatch(r"[\w,;)]\s", _before(m, 2)) is not None


def _before(m: re.Match[str], count: int) -> str:
    """So many characters before what was found."""
    return m.string[max(0, m.start() - count) : m.start()]
