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
    "the end of an e-mail": r"sent from my \w+.*|sent from outlook.*|get outlook for \w+",
    "the head of an e-mail": r"on .{5,80} wrote:|-+ ?(?:original|forwarded) message ?-+",
    "a picture that an e-mail left behind": r"\[(?:image|cid): ?[^\]]+\]",
    "another site's note about a picture or a story": r"image (?:source|caption|credit)s?[,:].*"
    r"|\d+ min(?:ute)?s? read",
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


_HEAD = re.compile(r"(from|sent|to|cc|subject|date): \S.*", re.I)


def mail_head(post: Post, found: Lines) -> Iterator[Problem]:
    """``From:``, ``Sent:`` and ``Subject:``: the head of an e-mail. All of it in one advice."""
    heads = [(row, m[1].lower()) for row in found if (m := _HEAD.fullmatch(row[2]))]
    names = {name for _, name in heads}
    if "from" in names and names & {"sent", "subject"}:
        block, start, line = heads[0][0]
        message = f'"{line}" begins the head of an e-mail, which seems to have come along with it'
        place = place_in(block, start, len(line))
        yield advice(post, "pasted", message, place, fix="delete these lines")


_SHORTCODE = re.compile(r"\[/\w[\w-]*\](?!\()|\[\w[\w-]* (?:[\w-]+=[\"”“'’][^\[\]\n]*)\](?!\()")


def shortcode(post: Post, found: Lines) -> Iterator[Problem]:
    """``[gallery ids="1"]``: a sign of the system that another website is made with."""
    for block, start, line in found if "=" in post.text or "[/" in post.text else ():
        for m in _SHORTCODE.finditer(line):
            message = f'"{m[0]}" is a sign of another website\'s system, and is shown as typed'
            place = place_in(block, start + m.start(), len(m[0]))
            fix = "delete it; for a picture, type ![what it shows](its-file.jpg)"
            yield advice(post, "pasted", message, place, fix=fix)


# Another encoding's characters.

_GARBLE = r"[ÂÃ][\x80-\xbf]|â€[œ™˜“”¦¢\x9d]?|ðŸ\S\S"
_GARBLED = re.compile(rf"{_GARBLE}|\ufffd")
_LOST = "â€"  # of ”, of which Windows has no third character


def garbled(post: Post, found: Lines) -> Iterator[Problem]:
    """``Itâ€™s``: UTF-8 that was read as Windows' encoding. Once a post, at the first."""
    if post.text.isascii():
        return
    for block in post.texts:
        if m := _GARBLED.search(block.text):
            start, typed = _word_round(block.text, m.start())
            right = _mended(typed)
            message = f'"{typed}" was saved in one encoding and read in another'
            fix = f"type {right}, and look through the post: there may be more"
            if right == typed:
                fix = "type the character that belongs here, and look through the post"
            place = place_in(block, start, len(typed))
            yield advice(post, "wrong-encoding", message, place, fix=fix)
            return


def _word_round(text: str, at: int) -> tuple[int, str]:
    """Where the word begins that an offset is in, and the word."""
    before = re.split(r"\s", text[:at])[-1]
    after = re.split(r"\s", text[at:], maxsplit=1)[0]
    return at - len(before), before + after


def _mended(text: str) -> str:
    """The text that was meant, as far as anybody can tell."""
    return re.sub(_GARBLE, _meant, text)


def _meant(m: re.Match[str]) -> str:
    if m[0].rstrip("\x9d") == _LOST:
        return "”"
    try:
        return m[0].encode("cp1252").decode("utf-8")
    except UnicodeError:
        return m[0]


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


_LONGEST_HALF = 300  # characters; a longer one is no caption


def _half(line: str) -> str:
    """Half of a line that is the same words twice; else empty."""
    middle = len(line) // 2
    first, second = line[:middle].strip(), line[middle:].strip()
    return first if 8 <= len(first) <= _LONGEST_HALF and first == second else ""


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
        ends = below is None or below.kind == "heading" or _is_astray(block, below)
        if ends and block.kind in ("paragraph", "heading") and is_label(prose(block)):
            message = f'no list of links follows "{prose(block).strip()}"'
            place = place_in(block, 0, len(block.text))
            fix = "delete the line: the site shows related posts and tags by itself"
            yield advice(post, "pasted", message, place, fix=fix)


def _is_astray(block: Block, below: Block) -> bool:
    """Whether titles of other stories stand below a label, and no list of links."""
    is_text = block.kind == below.kind == "paragraph"
    return is_text and prose(block).lower().strip(": ") in ("related articles", "related stories")


RULES = (breadcrumb, cut_off, doubled, shortcode, garbled)
ENGLISH_RULES = (pasted, mail_head, affiliate, empty_label)
