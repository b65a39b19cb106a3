"""Which letters of running text look like an acronym (ICB, A&E, GPs), and how they stand there.

No glossary is known here: what one does not have is shown as it was typed. Too few is better than
too many: Roman numerals, postcodes, addresses, capitals that shout and long words are no acronyms.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from sitegen.prose.tags import names

LONGEST = 12

_JOIN = r"(?:&(?:amp;)?|-)"
_TWO_CAPITALS = rf"[A-Z][a-z0-9]{{0,3}}{_JOIN}?[A-Z]"
_WORD = (
    r"(?<![\w#])(?<!\w\.)(?:(?P<article>[Aa]n? )(?=[a-z]?[A-Z]))?"
    rf"(?P<letters>(?=[a-z]?{_TWO_CAPITALS})(?:[A-Za-z0-9]|{_JOIN}(?=[A-Z0-9]))++)"
    r"(?P<own>['’]s)?(?!\w|\.\w|@)"
)
_MARK = r"[()“”‘]|’(?!\w)"
_SIGNS = re.compile(rf"{_MARK}|{_WORD}")
_ANY_MARK = re.compile(r"[()“”‘’]")
_CAPITALS = re.compile(_TWO_CAPITALS)
_CLOSES = {"“": "”", "‘": "’"}
_ROMAN = re.compile(r"X{0,3}(?:IX|IV|V?I{0,3})")
_POSTCODE = re.compile(r"[A-Z]{1,2}\d[A-Z\d]?")
_SENTENCE_END = re.compile(r"(?:\A|(?<!\.\w)[.!?][”’)]*\s)\s*\Z")
_TAIL = 8  # as many characters as tell the start of a sentence

# Addresses of other sites and of email: what has ``://``, ``@`` or ``.uk/`` in it.
_ADDRESS = re.compile(r"(?<!\S)(?:(?!://|@|\.[a-z]{2,}/)\S)*+(?:://|@|\.[a-z]{2,}/)\S*")
_ALL_CAPITALS = re.compile(r"(?<!\w)[A-Z]++(?:(?:\s++|['’])[A-Z]++(?!\w)){2,}+")
_LONG_WORD = 7
_SHOUTED = names(
    "a an and any are as at be but by can do does don for from free get has have here how if in"
    " into is may more must new no not now of off on only open or our out please read see so stop"
    " that the their them then there these they this to up use very was we were what when where"
    " which why will with yes you your"
)
# Words that are put in capitals to stress them; a glossary may have them all the same.
STRESSED = names(
    "after again ahead all always any back before book both bring call cannot change check click"
    " closed come contact dial don each early email every find first free from get give help here"
    " hurry join just keep know last late learn leave listen look made make many more most need"
    " never new next not note now once online only open other out over phone please press read"
    " reply ring save see send show sign soon start stay still stop take tell text than that their"
    " them then these they this those today tonight turn under until update urgent use very visit"
    " wait want warning wash watch wear what when where which who why wish work write yes you your"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Letters:
    """What looks like an acronym: ``text``, ``article`` and ``setting`` as ``model.Acronym`` has
    them."""

    text: str
    article: str
    setting: str


@dataclass(slots=True, kw_only=True)
class Running:
    """The running text of a block as far as it has been read.

    ``quotation`` tells that all of it is one; ``closes`` is the mark that ends the one it is in.
    ``unread`` are texts without acronyms: their marks matter only if one follows.
    """

    quotation: bool = False
    closes: str = ""
    bracketed: bool = False
    tail: str = ""
    unread: list[str] = field(default_factory=list)

    def cut(self, text: str, *, apart: bool = False) -> Iterable[str | Letters]:
        """The text of a block (HTML's) cut at each acronym; whole where it stands ``apart``."""
        if _CAPITALS.search(text):
            return self._cut(text, apart)
        self.unread.append(text)
        return (text,)

    def after(self, tail: str) -> None:
        """What follows comes after something that is no running text, but stands for ``tail``."""
        self._catch_up()
        self.tail = tail

    def _catch_up(self) -> None:
        for text in self.unread:
            if _ANY_MARK.search(text):
                for m in _SIGNS.finditer(_quiet(text)):
                    self._sign(m[0])
            self._end(text)
        self.unread.clear()

    def _end(self, text: str) -> None:
        self.tail = (self.tail + text[-_TAIL:])[-_TAIL:]

    def _cut(self, text: str, apart: bool) -> Iterator[str | Letters]:
        self._catch_up()
        done = 0
        for m in _SIGNS.finditer(_quiet(text)):
            if m["letters"] is None:
                self._sign(m[0])
            elif not apart and _is_one(shown := html.unescape(m["letters"])):
                yield text[done : m.start()]
                yield Letters(
                    text=shown + (m["own"] or ""),
                    article=m["article"] or "",
                    setting=self._setting(text, m.start(), m.end()),
                )
                done = m.end()
        self._end(text)
        yield text[done:]

    def _sign(self, sign: str) -> None:
        if sign in "()":
            self.bracketed = sign == "("
        elif not self.closes:
            self.closes = _CLOSES.get(sign, "")
        elif sign == self.closes:
            self.closes = ""

    def _setting(self, text: str, start: int, end: int) -> str:
        before = (self.tail + text[max(0, start - _TAIL) : start])[-_TAIL:]
        if before.endswith("(") and text[end : end + 1] in (")", ""):
            return "alone"
        if self.quotation or self.closes:
            return "quoted"
        if self.bracketed:
            return "bracketed"
        return "start" if _SENTENCE_END.search(before) else ""


def stem(text: str) -> str:
    """The acronym in its forms: ``ICB`` of ``ICB``, ``ICBs`` and ``ICB’s``."""
    bare = re.sub(r"['’]s\Z", "", text)
    return bare[:-1] if bare.endswith("s") else bare


def typed(source: str) -> Iterator[tuple[str, tuple[int, int]]]:
    """Every acronym of a typed text by its stem: where it begins, and how wide it is."""
    for m in _SIGNS.finditer(_quiet(source)):
        if m["letters"] and _is_one(letters := html.unescape(m["letters"])):
            yield stem(letters), (m.start("letters"), len(m["letters"]))


def _is_one(letters: str) -> bool:
    bare = stem(letters)
    capitals = sum(c.isupper() for c in bare)
    return (
        capitals >= 2
        and capitals > sum(c.islower() for c in bare)
        and len(bare) <= LONGEST
        and bare.lower() not in _SHOUTED
        and not _ROMAN.fullmatch(bare)
        and not _POSTCODE.fullmatch(bare)
    )


def _quiet(text: str) -> str:
    """The text without addresses and without what shouts, every other character where it was."""
    if "/" in text or "@" in text:
        text = _ADDRESS.sub(_blank, text)
    return _ALL_CAPITALS.sub(lambda m: _blank(m) if _shouts(m[0]) else m[0], text)


def _shouts(run: str) -> bool:
    """Whether a run of words in capitals is a sentence, not some acronyms side by side."""
    return any(len(w) >= _LONG_WORD or w.lower() in _SHOUTED for w in re.findall("[A-Z]+", run))


def _blank(m: re.Match[str]) -> str:
    return re.sub(r"\S", " ", m[0])
