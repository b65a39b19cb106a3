"""What comes along when text is pasted from another website, and belongs to that one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sitegen.advice.reading import STAND_IN, Block, Post, advice, pairs, place_in, prose
from sitegen.problems import Problem

Lines = Sequence[tuple[Block, int, str]]  # a line's block, where it begins there, its words


def check(post: Post) -> Iterator[Problem]:
    """What every rule about pasted remains finds in a post."""
    found = tuple(_lines(post))
    for rule in (*RULES, *(ENGLISH_RULES if post.in_english else ())):
        yield from rule(post, found)


def _lines(post: Post) -> Iterator[tuple[Block, int, str]]:
    """Every line of the text of a body."""
    for block in post.blocks:
        if block.kind in ("paragraph", "item", "quote", "heading"):
            start = 0
            for line in prose(block).split("\n"):
                if bare := line.strip():
                    yield block, start + line.index(bare[0]), bare
                start += len(line) + 1


# Whole lines, and what they are. No writer means them.
_LINES = {
    "an advertisement's label": r"hide ads?|advert|advertisements?|sponsored(?: content)?"
    r"|(?:story|article) continues (?:below|after)(?: (?:this |the )?advert\w*)?",
    "another website's advertisement": r"watch more of our videos(?: on .{1,30})?"
    r"|(?:and live )?on freeview channel \d+|visit \w+! now|download (?:our|the) app(?: now)?"
    r"|subscribe (?:now|today)|you may also like|recommended for you|trending(?: now)?",
    "a button of another page": r"share (?:this|on \w+|to \w+)(?: (?:article|page|post|story))?"
    r"|tweet(?: this)?|print this page|back to top|skip to (?:main )?content|copy link|show more"
    r"|accept (?:all )?cookies|continue reading|read more|loading\W*|log ?in|sign in"
    r"|\d* ?comments?(?: \(\d+\))?|leave a comment|text size(?: a)*",
    "a place holder": r"lorem ipsum.*|insert (?:text|image|caption) here|\[?tbc\]?|x{4,}",
}
_KIND_OF = [(what, re.compile(rf"\W*(?:{pattern})\W*", re.I)) for what, pattern in _LINES.items()]
_AFFILIATE = re.compile(
    r"this (?:article|page|post) (?:may )?contains? affiliate links"
    r"|we may earn a (?:small )?commission",
    re.I,
)
_LONGEST = 100  # characters; longer lines are text


def pasted(post: Post, found: Lines) -> Iterator[Problem]:
    """Labels, buttons and advertisements of the page that a text was copied from."""
    for block, start, line in found:
        if what := _remains(line):
            message = f'"{line}" is {what}, and seems to have come along with pasted text'
            place = place_in(block, start, len(line))
            yield advice(post, "pasted", message, place, fix="delete the line")


def _remains(line: str) -> str:
    """What a line is that no writer means; empty for any other."""
    if len(line) <= _LONGEST:
        return next((what for what, pattern in _KIND_OF if pattern.fullmatch(line)), "")
    return ""


def affiliate(post: Post, found: Lines) -> Iterator[Problem]:
    """Another publisher's notice about the commission that it earns."""
    if not post.words & {"affiliate", "commission"}:
        return
    for block in post.texts:
        if m := _AFFILIATE.search(block.text):
            message = "this notice is about the advertising of the site that the text comes from"
            place = place_in(block, m.start(), len(m[0]))
            yield advice(post, "pasted", message, place, fix="delete the notice")


_CRUMBS = re.compile(r"home\s*(?:>>?|»|›|/|\|)\s*\S.*", re.I)


def breadcrumb(post: Post, found: Lines) -> Iterator[Problem]:
    """ "Home >> News >> …" above a pasted text."""
    for block, start, line in found:
        if line[:4].lower() == "home" and _CRUMBS.fullmatch(line):
            message = "this is the path to a page of another site: this site makes its own"
            place = place_in(block, start, len(line))
            yield advice(post, "pasted", message, place, fix="delete the line")


_CUT = re.compile(r"(?<=\w)\s?(?:…|\.{3})\W*")
_LEAST = 40  # characters; shorter ones trail off


def cut_off(post: Post, found: Lines) -> Iterator[Problem]:
    """A line that breaks off: the beginning of another story, from a list of them."""
    for block, start, line in found:
        tail = line[-3:]
        if ("…" in tail or "..." in line[-5:]) and len(line) >= _LEAST and block.kind != "quote":
            m = next(iter(_CUT.finditer(line, len(line) - 6)), None)
            if m and m.end() == len(line) and not re.search(r"[”’\"')\]]", m[0]):
                message = "this line breaks off, as the teaser of another story does"
                fix = "finish the sentence, or delete what was pasted along with the text"
                place = place_in(block, start + m.start(), len(m[0].rstrip()))
                yield advice(post, "cut-off", message, place, fix=fix)


def doubled(post: Post, found: Lines) -> Iterator[Problem]:
    """A caption that was pasted twice, in one line or in two."""
    above = ""
    for block, start, line in found:
        if block.kind in ("heading", "quote") or STAND_IN in line:
            above = ""
            continue
        half = _half(line)
        again = line == above and 8 <= len(line) <= _LONGEST
        above = half or line
        if (half or again) and not _remains(above):
            place = place_in(block, start, len(line))
            message = f"this line says the same {'twice' if half else 'as the one above'}"
            fix = f"type it once: {half}" if half else "delete one of them"
            yield advice(post, "doubled-line", message, place, fix=fix)


def _half(line: str) -> str:
    """Half of a line that is the same words twice; else empty."""
    middle = len(line) // 2
    first, second = line[:middle].strip(), line[middle:].strip()
    return first if len(first) >= 8 and first == second else ""


_MENU = re.compile(
    r"(?:related|similar|more|latest|popular)"
    r" (?:topics?|articles?|stories|posts?|links|news|content|tags?)\s*:?"
    r"|topics?:|tags?:|categor(?:y|ies):|filed under:|share:",
    re.I,
)


def is_label(text: str) -> bool:
    """Whether a line is the label of a list of links, which the site makes by itself."""
    return _MENU.fullmatch(text.strip()) is not None


def empty_label(post: Post, found: Lines) -> Iterator[Problem]:
    """ "Related topics:" with nothing below it: the list of links did not come along."""
    for block, below in pairs(post):
        ends = below is None or below.kind == "heading"
        if ends and block.kind in ("paragraph", "heading") and is_label(prose(block)):
            message = f'nothing follows "{prose(block).strip()}"'
            place = place_in(block, 0, len(block.text))
            fix = "delete the line: the site shows related posts and tags by itself"
            yield advice(post, "pasted", message, place, fix=fix)


RULES = (breadcrumb, cut_off, doubled)
ENGLISH_RULES = (pasted, affiliate, empty_label)
