"""Files changed at random, by pieces of the languages that they are written in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

from sitegen.kinds import KINDS
from sitegen.source.schema import fields

LONGEST = 4000  # bytes: what breaks is broken by less


def _listed(text: str) -> list[bytes]:
    return text.encode().split()


# What means something to Markdown, to HTML, to YAML or to sitegen, and what looks like it.
MARKDOWN = _listed(
    "[ ] ( ) ![ ](/a/) ](b.md#c) [a] [a]: [^1] [^1]: *[ICB]: ICB ICBs GP's ** * __ _ ` ``` ~~~ > "
    ">> - * + 1. 2) a) # ## ###### --- === | |--|:-: {#a} {.b} {: {:#a .b c=d} !!! !!! note : \\ "
    "<!-- --> --!> <![ <![CDATA[ ]]> <? ?> <!doctype <p> </p> <p <div> </div> markdown=1 <b </b> "
    "<details> <summary> <table> <td> <li> </ul> <pre> <code> <hr> <br/> <h2 <h1> <img <iframe "
    "</iframe> <svg> <math> <style> <script> </script> <title> <textarea> <plaintext> <xmp> <a "
    "<template> <noscript> <select> <option> <audio> <video> <object> <base> <q> <blockquote> "
    "href= src= id= title= class= onclick= style= headers= name= =' =\" ' \" &amp; &lt; &#0; "
    "&#x6a; &colon; & javascript: data: https://maps.example.org/ http:// mailto: //x www.x.org "
    "a@b.org /media/ ../ #fn:1 #fnref:1 _a TODO ... -- 1990s 'Tis 5' ½"
)
YAML = _listed(
    "--- ... : - ? # | > |- >- >2 & * ! !! &a *a !!str !x { } [ ] , \" ' '' \\ % @ ` ~ null no yes "
    "true false 1.10 0x1F 9:30 2026-06-15 2026-03-29 01:30 2026-13-45 15/6/26 <<: x-a: = "
    "/media/a.png https://x.org/ 01632 {} [] [a, b] \"a\" 'b' #0b5d5b"
)
FIELDS = sorted({f"{row.name}: " for kind in KINDS.values() for row in fields(kind.front)})
ODD = [
    *"\t\r\n\0\x02\x03\x07\x0b\x0c\x1b\x1c\x1d\x1e\x7f\x85\xa0\xad\u0301\u200b\u200d\u2028\u2029",
    *"\u202e\ufeff\ufdd0\ufdd2\ufffe\U0001f600éŵßİıſК漢",
    *("\r\n", "\n\n", "\n    ", "  \n", "klzzwxh:0", "\x02wzxhzdk:0\x03", "\x02amp\x03"),
]
BYTES = [b"\xff", b"\xfe", b"\x80", b"\xc3", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\0", b"\xf4\x90"]
PIECES = [*MARKDOWN, *YAML, *(piece.encode() for piece in [*FIELDS, *ODD])]

Change = Callable[[Random, bytes, Sequence[bytes]], bytes]


def mutated(random: Random, data: bytes, others: Sequence[bytes]) -> bytes:
    """An input with a few changes; ``others`` are what it may take pieces from."""
    for _ in range(random.choice([1, 1, 2, 3, 5, 8])):
        data = random.choice(CHANGES)(random, data, others)
    return data[:LONGEST]


def _place(random: Random, data: bytes) -> int:
    """Anywhere, or where a line begins."""
    at = random.randint(0, len(data))
    return data.rfind(b"\n", 0, at) + 1 if random.random() < 0.3 else at


def _slice(random: Random, data: bytes) -> tuple[int, int]:
    start = _place(random, data)
    return start, min(len(data), start + int(random.expovariate(1 / 12)) + 1)


def _insert(random: Random, data: bytes, others: Sequence[bytes]) -> bytes:
    at, piece = _place(random, data), random.choice(PIECES)
    space = random.choice([b"", b"", b"", b" ", b"\n"])
    return data[:at] + space + piece * random.choice([1, 1, 1, 1, 2, 3, 12, 40]) + data[at:]


def _wrap(random: Random, data: bytes, others: Sequence[bytes]) -> bytes:
    start, end = _slice(random, data)
    one, other = random.choice(PIECES), random.choice(PIECES)
    return data[:start] + one + data[start:end] + random.choice([one, other]) + data[end:]


def _drop(random: Random, data: bytes, others: Sequence[bytes]) -> bytes:
    start, end = _slice(random, data)
    return data[:start] + data[end:]


def _repeat(random: Random, data: bytes, others: Sequence[bytes]) -> bytes:
    start, end = _slice(random, data)
    at = random.choice([end, _place(random, data)])
    return data[:at] + data[start:end] * random.choice([1, 1, 2, 15]) + data[at:]


def _line(random: Random, data: bytes, others: Sequence[bytes]) -> bytes:
    """A line lost, said twice, moved, or indented."""
    lines = data.split(b"\n")
    at, to = random.randrange(len(lines)), random.randint(0, len(lines))
    what = random.randrange(4)
    if what == 0:
        del lines[at]
    elif what == 1:
        lines.insert(to, lines[at])
    elif what == 2:
        lines.insert(to, lines.pop(at))
    else:
        lines[at] = random.choice([b"  ", b"    ", b"\t", b"> ", b"- ", b"1. ", b""]) + lines[at]
    return b"\n".join(lines)


def _splice(random: Random, data: bytes, others: Sequence[bytes]) -> bytes:
    other = random.choice(others)
    start, end = random.randint(0, len(other)), random.randint(0, len(other))
    at = _place(random, data)
    return data[:at] + other[min(start, end) : max(start, end)][:300] + data[at:]


def _garble(random: Random, data: bytes, others: Sequence[bytes]) -> bytes:
    at = _place(random, data)
    one = random.choice([random.choice(BYTES), bytes([random.randrange(256)])])
    return data[:at] + one + data[at + random.randint(0, 1) :]


CHANGES: tuple[Change, ...] = (
    *(_insert, _insert, _insert, _insert, _wrap, _wrap, _drop, _drop),
    *(_repeat, _line, _line, _splice, _splice, _garble),
)
