"""What links say about where they lead."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sitegen.advice.reading import (
    STAND_IN,
    TARGET,
    Block,
    Post,
    advice,
    place_in,
    shown,
    stand_in,
    unquoted,
)
from sitegen.problems import Problem
from sitegen.source.schema import place_of


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedLink:
    """A link as typed: its words, the address (or ``[label]``), and where its words begin."""

    words: str
    target: str
    block: Block
    start: int


_MARKDOWN = re.compile(rf"(?<!!)\[((?:[^\[\]]|!\[[^\[\]]*\](?:\([^()\n]*\))?)*)\]({TARGET})")
_PICTURE = re.compile(rf"!\[[^\[\]]*\](?:{TARGET})")
_AUTOLINK = re.compile(r"<((https?://)[^<>\s]*)>")
_HTML = re.compile(
    r"<a\b[^<>]*?\bhref\s*=\s*[\"']?([^\"'\s>]*)[^<>]*>((?:[^<]|<(?!/?a\b))*+)</a>", re.I
)
_TITLE = re.compile(r"\s+[\"'(].*", re.S)


def check(post: Post) -> Iterator[Problem]:
    """What every rule about links finds in a post."""
    found = tuple(links(post))
    for rule in (*OF_LINKS, *(OF_ENGLISH_LINKS if post.in_english else ())) if found else ():
        yield from rule(post, found)
    for other in (*OF_TEXT, *(OF_ENGLISH_TEXT if post.in_english else ())):
        yield from other(post)


def links(post: Post) -> Iterator[TypedLink]:
    """Every link of a post's Markdown, in order of the blocks."""
    for block in post.texts:
        if block.kind != "field" and ("[" in block.text or "<" in block.text):
            yield from _in_block(block, shown(block))


def _in_block(block: Block, text: str) -> Iterator[TypedLink]:
    for m in _MARKDOWN.finditer(text):
        typed = m[2] if m[2][0] == "[" else _TITLE.sub("", m[2][1:-1].strip()).strip("<>")
        target = m[1] if m[2] == "[]" else typed
        yield TypedLink(words=m[1], target=target, block=block, start=m.start(1))
    for m in _AUTOLINK.finditer(text):
        yield TypedLink(words=m[1], target=m[1], block=block, start=m.start(1))
    for m in _HTML.finditer(text):
        yield TypedLink(words=m[2], target=m[1], block=block, start=m.start(2))


_VAGUE = re.compile(
    r"(?:(?:click|see|view|download|apply|(?:read|find)(?: it)?|(?:read|find out) more) )?here"
    r"|(?:(?:click|follow|read|see|view|visit) )?th(?:is|e)"
    r" (?:link|page|website|site|document|article|post)"
    r"|(?:(?:read|see|view|find out|learn) )?more(?: (?:info|information|details))?"
    r"|further (?:information|details)|click(?: this)?|this|link|read(?: on)?|go"
    r"|continue(?: reading)?|details|download|view|website|web page|page"
)
_NOTHING = re.compile(r"\s*(?:&nbsp;\s*)*")
_CLICK = re.compile(r"\bclick(?:ing)?(?: on)? (?:here|this|the link|below)\b", re.I)


def vague(post: Post, found: Sequence[TypedLink]) -> Iterator[Problem]:
    """Link text that could lead anywhere: some people hear the links of a page one by one."""
    for link in found:
        words = _plain(link.words)
        if _VAGUE.fullmatch(words) or _CLICK.search(link.words):
            message = f'"{link.words.strip()}" does not say where the link goes'
            fix = f"[what people find there]({link.target})"
            place = place_in(link.block, link.start, len(link.words))
            yield advice(post, "link-text", message, place, fix=fix)


def wordless(post: Post, found: Sequence[TypedLink]) -> Iterator[Problem]:
    """A link without words: nobody sees it, and a screen reader reads out its address."""
    for link in found:
        if _NOTHING.fullmatch(link.words):
            message = "this link has no words: nobody sees it"
            fix = f"[what people find there]({link.target}), or delete it"
            yield advice(post, "link-text", message, place_in(link.block, link.start - 1), fix=fix)


def click_here(post: Post) -> Iterator[Problem]:
    """ "Click here" outside any link: the address was lost, or the link stands elsewhere."""
    if not post.words & {"click", "clicking"}:
        return
    for block in post.texts:
        text = unquoted(_MARKDOWN.sub(stand_in, shown(block)))
        for m in _CLICK.finditer(_HTML.sub(stand_in, text)):
            message = f'"{m[0]}" leads nowhere, and "here" says nothing to people who listen'
            fix = "link the words that say what people find there: [the survey](https://…)"
            yield advice(post, "link-text", message, place_in(block, m.start(), len(m[0])), fix=fix)


_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|[\w-]+(?:\.[\w-]+)+/\S+", re.I)


def bare(post: Post, found: Sequence[TypedLink]) -> Iterator[Problem]:
    """A web address as the words of its own link: it is read out letter by letter."""
    for link in found:
        if _ADDRESS.fullmatch(link.words.strip()):
            message = "a web address as link text is read out character by character"
            fix = f"[what people find there]({link.target})"
            place = place_in(link.block, link.start, len(link.words))
            yield advice(post, "link-address", message, place, fix=fix)


# Tags, definitions, and links that are half typed, of which ``half_typed`` tells.
_NOT_BARE = re.compile(r"<[^<>]*>|\]\s*\([^()]*\)?|\)\[[^\[\]]*\]|\[[^\]]*\]:.*")
_RAW = ("html", "definition", "code", "comment")


def unlinked(post: Post) -> Iterator[Problem]:
    """A web address in the text that is no link."""
    if "://" not in post.text and "www." not in post.text:
        return
    for block in post.blocks:
        if block.kind in _RAW or ("://" not in block.text and "www." not in block.text):
            continue
        text = _MARKDOWN.sub(stand_in, shown(block))
        text = _NOT_BARE.sub(stand_in, text)
        for m in re.finditer(r"(?:https?://|(?<![\w/.@])www\.)[^\s()<>\[\]]*\w/?", text):
            message = "this address can't be followed: it is no link"
            address = m[0] if "://" in m[0] else f"https://{m[0]}"
            fix = f"[what people find there]({address})"
            yield advice(
                post, "not-a-link", message, place_in(block, m.start(), len(m[0])), fix=fix
            )


_TO = r"(?:https?:|www\.|mailto:|/|\.\.?/)[^\s()\[\]]*"
_APART = re.compile(rf"(?<!!)\[([^\[\]\n]+)\]\s+\(({_TO})\)")
_PICTURE_APART = re.compile(r"!\[([^\[\]\n]*)\]\s+\(([^\s()]+)\)")
_SWAPPED = re.compile(rf"\(([^()\n]+)\)\[({_TO})\]")
_OPEN = re.compile(r"(?<!!)\[([^\[\]\n]+)\]\(([^()\s]*)|()\]\(([^()\s]*)\)?")


def half_typed(post: Post) -> Iterator[Problem]:
    """A link of which brackets are missing, swapped or apart: its signs are shown as typed."""
    for block in post.texts:
        if block.kind in ("field", "html") or "]" not in block.text:
            continue
        text = _MARKDOWN.sub(stand_in, _PICTURE.sub(stand_in, shown(block)))
        for pattern, signs in ((_APART, "]"), (_SWAPPED, ")["), (_OPEN, "](")):
            for m in pattern.finditer(text) if signs in text else ():
                words, target = (m[n] for n in range(1, len(m.groups()) + 1) if m[n] is not None)
                message = "this is no link yet: its brackets are shown as typed"
                fix = f"[{words or 'what people find there'}]({target or 'https://…'})"
                place = place_in(block, m.start(), len(m[0]))
                yield advice(post, "half-link", message, place, fix=fix)


def half_picture(post: Post) -> Iterator[Problem]:
    """A picture with a space between its brackets: its signs are shown as typed."""
    for block in post.texts if "![" in post.text else ():
        for m in _PICTURE_APART.finditer(shown(block)) if block.kind != "field" else ():
            message = "this is no picture yet: its brackets are shown as typed"
            place = place_in(block, m.start(), len(m[0]))
            yield advice(post, "half-link", message, place, fix=f"![{m[1]}]({m[2]})")


def same_text(post: Post, found: Sequence[TypedLink]) -> Iterator[Problem]:
    """The same words for two places: in a list of links nobody can tell them apart."""
    first: dict[str, TypedLink] = {}
    for link in found:
        words = _plain(link.words)
        if not words or _VAGUE.fullmatch(words) or STAND_IN in words or "![" in link.words:
            continue
        other = first.setdefault(words, link)
        if _file(other.target) != _file(link.target):
            line = place_in(other.block, other.start).line
            message = (
                f'"{link.words.strip()}" is also the text of a link to another place (line {line})'
            )
            fix = "say in each link what is different about its place"
            place = place_in(link.block, link.start, len(link.words))
            yield advice(post, "link-same-text", message, place, fix=fix)


def _file(target: str) -> str:
    """The last part of an address: ``../a.md#x`` and ``/news/a/`` may be the same page."""
    path = target.casefold().partition("#")[0]
    if path.startswith(("http:", "https:")):
        return path.partition("://")[2].rstrip("/")
    path = path.removesuffix(".md").rstrip("/").removesuffix("/index")
    return path.rpartition("/")[2]


def pdf_only(post: Post) -> Iterator[Problem]:
    """A PDF without a page that says the same: on a phone, or with a screen reader, it is hard."""
    documents = getattr(post.document.front, "documents", ())
    for n, document in enumerate(documents):
        address = document.file or document.url or ""
        if _is_pdf(address) and not document.html:
            message = f'"{document.title}" is a PDF, and no page says the same'
            at = f"documents.{n}.{'file' if document.file else 'url'}"
            place = place_of(post.document.places, at)
            fix = "html: a page of this site, or a web address, that says the same"
            yield advice(post, "pdf-only", message, place, fix=fix)


def pdf_in_text(post: Post, found: Sequence[TypedLink]) -> Iterator[Problem]:
    """A link to a PDF of this site that ``documents`` does not list."""
    documents = getattr(post.document.front, "documents", ())
    listed = {_file(document.file or document.url or "") for document in documents}
    for link in found:
        if _is_pdf(link.target) and "://" not in link.target and _file(link.target) not in listed:
            message = "this leads to a PDF, and no page is said to say the same"
            fix = f"documents:\n  - title: …\n    file: {link.target}\n    html: …"
            place = place_in(link.block, link.start, len(link.words))
            yield advice(post, "pdf-only", message, place, fix=fix)


def _is_pdf(address: str) -> bool:
    return address.partition("#")[0].partition("?")[0].casefold().endswith(".pdf")


def _plain(text: str) -> str:
    """Link text as it is compared."""
    return " ".join(re.sub(r"<[^<>]*>|[*_`>»›→….!:]", " ", text).casefold().split())


OF_LINKS = (wordless, bare, same_text, pdf_in_text)
OF_ENGLISH_LINKS = (vague,)
OF_TEXT = (unlinked, half_typed, half_picture, pdf_only)
OF_ENGLISH_TEXT = (click_here,)
