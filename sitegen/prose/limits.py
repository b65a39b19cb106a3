"""Shapes of text that a Markdown converter does not get done with: refused before it is asked.

On some texts Python-Markdown's work grows with the square of their length: from each bracket on
it looks for the end, through all that follows, and begins anew at the next. What it would look
through is counted here, in one pass. So the same texts are refused on every machine, and nobody
meets these limits who writes for readers: the largest of many real pages come to a tenth of them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from sitegen.problems import Place, Problem, problem

LONGEST = 1_000_000  # characters of a text: four long novels
MOST_LINES = 50_000  # Python-Markdown moves all that are left to take the first away
FARTHEST = 5_000_000  # characters that are looked through for the ends of one kind: about a second
MOST_NOTES = 1_000  # footnotes of a text, and uses of one
HEAVY = 5_000_000  # see ``is_heavy``

# The faults of a text that no page is made of.
REFUSALS = frozenset({"text-long", "text-tangled", "text-deep", "text-slow"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of opener: the ``sign`` that each holds, and what is wrong with too many.

    ``marks`` matches an opener as ``opens``, the end of the last one as ``closes``, what ends all
    that are open as ``ends``, and without a name what is only to be seen.
    """

    sign: str
    marks: re.Pattern[str]
    message: str
    fix: str


_FAR = '"{0}" is typed again and again from here on, and its "{1}" is missing or far away'
_BLANK_LINE = r"\n[ \t]*\n|\Z"
_KINDS = (
    Kind(
        sign="[",
        marks=re.compile(rf"\\[\\\[\]]|(?P<opens>\[)|(?P<closes>\])|(?P<ends>{_BLANK_LINE})"),
        message=_FAR.format("[", "]"),
        fix=r"type the missing ], or \[ for a bracket that is only to be seen",
    ),
    Kind(
        sign="](",
        marks=re.compile(rf"(?P<opens>\]\()|(?P<closes>\))|(?P<ends>{_BLANK_LINE})"),
        message=_FAR.format("](", ")"),
        fix="type the missing )",
    ),
    Kind(
        sign="](",
        marks=re.compile(
            rf"""(?P<opens>\]\([^()"'\n]*["'][^()"'\n]*\))|(?P<closes>(?!))|(?P<ends>{_BLANK_LINE})"""
        ),
        message="the titles of links lack their closing quotes, again and again from here on",
        fix='type the missing quotes: [words](address "title")',
    ),
    Kind(
        sign="<",
        marks=re.compile(r"(?P<opens><(?=[a-zA-Z/!?]))|(?P<closes>(?!))|(?P<ends>>|\Z)"),
        message=_FAR.format("<", ">"),
        fix="type the missing >, or &lt; for a sign that is only to be seen",
    ),
    Kind(
        sign="\n",
        marks=re.compile(
            rf"^ *(?P<opens>: +|\*?\[[^\]\n]*\]:)|(?P<closes>(?!))|(?P<ends>{_BLANK_LINE})",
            re.M,
        ),
        message="very many footnotes or definitions follow one another from here on",
        fix="put an empty line between them",
    ),
)
_NOTE = re.compile(r"^[ >]*\[\^[^\]\n]*\]:|\[\^([^\]\n]*)\]", re.M)


def refused(text: str, path: str, first_line: int) -> Iterator[Problem]:
    """Why ``text`` is not converted, if it is not; ``first_line`` is the number of its first."""
    lines = text.count("\n")
    if len(text) > LONGEST or lines > MOST_LINES:
        message = (
            f"this text has {len(text):,} characters in {lines + 1:,} lines,"
            f" and a page may have {LONGEST:,} in {MOST_LINES:,}"
        )
        fix = "make several pages of it"
        yield problem("text-long", message, path, Place(line=first_line), fix=fix)
        return
    for kind in _KINDS:
        if (at := _lost_in(text, kind)) is not None:
            place = _place(text, at, first_line)
            yield problem("text-tangled", kind.message, path, place, fix=kind.fix)
    if (at := _one_note_too_many(text)) is not None:
        place = _place(text, at, first_line)
        message = f"these are more than {MOST_NOTES:,} footnotes, or as many uses of one"
        fix = "make several pages of it"
        yield problem("text-tangled", message, path, place, fix=fix)


def _one_note_too_many(text: str) -> int | None:
    uses: Counter[str | None] = Counter()  # of each label; None for the notes themselves
    for m in _NOTE.finditer(text) if text.count("[^") > MOST_NOTES else ():
        uses[m[1]] += 1
        if uses[m[1]] > MOST_NOTES:
            return m.start()
    return None


def _lost_in(text: str, kind: Kind) -> int | None:
    """Where the first opener stands of those whose ends are looked for too far."""
    if text.count(kind.sign) * len(text) <= FARTHEST:
        return None  # as in nearly all texts
    left, still_open = FARTHEST, list[int]()
    for m in kind.marks.finditer(text):
        if not m.lastgroup:
            continue
        if m.lastgroup == "opens":
            still_open.append(m.start("opens"))
            continue
        ended = still_open[-1:] if m.lastgroup == "closes" else still_open
        left -= sum(m.start() - at for at in ended)
        if left < 0:
            return ended[0]
        del still_open[len(still_open) - len(ended) :]
    return None


def _place(text: str, at: int, first_line: int) -> Place:
    line = text.count("\n", 0, at)
    return Place(line=first_line + line, column=at - text.rfind("\n", 0, at))


# What may be more than it seems.

_SIGNS = b"!\"#$%&'()*+-/:;<=>?@[\\]^_`{|}~\n"


def is_heavy(data: bytes) -> bool:
    """Whether a post could take seconds for a reason that is not known here.

    The worst that a converter does is to look from every sign to the end of its paragraph, and
    from every tag to the end of the text: so many bytes at most. Most posts are far below.
    """
    signs = len(data) - len(data.translate(None, _SIGNS))
    if signs * len(data) <= HEAVY:
        return False
    return sum(map(_weight, data.split(b"\n\n"))) + data.count(b"<") * len(data) > HEAVY


def _weight(block: bytes) -> int:
    return len(block) * (len(block) - len(block.translate(None, _SIGNS)))


def heaviest_line(text: str) -> int:
    """The number of the line where the paragraph begins in which most is to be looked through."""
    blocks = text.split("\n\n")
    weights = [_weight(block.encode("utf-8", "replace")) for block in blocks]
    before = blocks[: weights.index(max(weights))]
    return 1 + sum(block.count("\n") + 2 for block in before)
