"""The Markdown that editors may write: Python-Markdown, its extensions, and ours."""

from __future__ import annotations

import functools
import re
import xml.etree.ElementTree as etree

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.abbr import AbbrExtension
from markdown.extensions.admonition import AdmonitionExtension
from markdown.extensions.attr_list import AttrListExtension
from markdown.extensions.def_list import DefListExtension
from markdown.extensions.fenced_code import FencedCodeExtension
from markdown.extensions.footnotes import FN_BACKLINK_TEXT, FootnoteExtension
from markdown.extensions.md_in_html import (
    HtmlBlockPreprocessor,
    HTMLExtractorExtra,
    MarkdownInHtmlExtension,
)
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor

from sitegen.prose.prepare import NAMED
from sitegen.prose.shortcuts import Shortcuts
from sitegen.prose.typography import STRAIGHT

_NAMED = re.compile(f"(<code>)?{NAMED}([A-Za-z0-9_#+-]+)\n?")


def to_html(prepared: str) -> tuple[str, dict[str, str]]:
    """The HTML, not yet safe, and the addresses of the reference definitions by label."""
    kept = _converter().reset()
    try:
        raw = kept.convert(prepared)
    except Exception:
        _converter.cache_clear()  # it stopped half-way
        raise
    if NAMED in raw:
        raw = _NAMED.sub(_language, raw)
    return raw, {label: address for label, (address, _) in kept.references.items()}


def _language(m: re.Match[str]) -> str:
    return f'<code class="language-{m[2]}">' if m[1] else ""


@functools.cache
def _converter() -> Markdown:
    return converter(Shortcuts())


def converter(*more: Extension) -> Markdown:
    """A converter for what editors may write, with ``more`` extensions after all others."""
    return Markdown(
        output_format="html",
        extensions=[
            TableExtension(use_align_attribute=True),
            _Footnotes(BACKLINK_TITLE="Back to reference {}", USE_DEFINITION_ORDER=False),
            AbbrExtension(),
            AttrListExtension(),
            DefListExtension(),
            MarkdownInHtmlExtension(),
            SaneListExtension(),
            AdmonitionExtension(),
            FencedCodeExtension(),
            _Ours(),
            *more,
        ],
    )


class _Ours(Extension):
    def extendMarkdown(self, md: Markdown) -> None:
        md.preprocessors.register(_RawHtml(md), "html_block", 20)
        md.inlinePatterns.register(_StraightQuote(r"\\([\"'])", md), "straight_quote", 185)
        # Before attribute lists (8), which may add classes; after all that footnotes do.
        md.treeprocessors.register(_Tree(md), "sitegen", 9)
        # After the footnotes are there (50), and before they are put in order (19).
        md.treeprocessors.register(_EmptyNotes(md), "empty_notes", 49)


class _Footnotes(FootnoteExtension):
    """A footnote that says nothing has a way back too; without one Python-Markdown fails."""

    def makeFootnotesDiv(self, root: etree.Element) -> etree.Element | None:
        section = super().makeFootnotesDiv(root)
        for number, note in enumerate(section.iterfind("ol/li") if section is not None else (), 1):
            if not len(note):
                back = etree.SubElement(etree.SubElement(note, "p"), "a")
                back.set("class", "footnote-backref")
                back.set("href", f"#{note.get('id', '').replace('fn', 'fnref', 1)}")
                back.set("title", self.getConfig("BACKLINK_TITLE").format(number))
                back.text = FN_BACKLINK_TEXT
        return section


class _RawHtml(HtmlBlockPreprocessor):
    """Takes raw HTML out, the same with every Python."""

    def run(self, lines: list[str]) -> list[str]:
        reader = _Reader(self.md)
        reader.feed("\n".join(lines))
        reader.close()
        return "".join(reader.cleandoc).split("\n")


class _Reader(HTMLExtractorExtra):
    """Takes ``<?`` and ``<!`` for words, save in ``<!--``.

    Where such markup ends, and what it is without an end, Python's parser says by its version.
    """

    def parse_pi(self, i: int) -> int:
        self.handle_data("<?")
        return i + 2

    def parse_html_declaration(self, i: int) -> int:
        if self.rawdata.startswith("<!--", i):
            return super().parse_html_declaration(i)
        self.handle_data("<!")
        return i + 2


class _StraightQuote(InlineProcessor):
    r"""``\"`` and ``\'`` stay straight."""

    def handleMatch(  # type: ignore[override]
        self, m: re.Match[str], data: str
    ) -> tuple[str, int, int]:
        return STRAIGHT[m[1]], m.start(), m.end()


class _EmptyNotes(Treeprocessor):
    """A way back in footnotes that say nothing: Python-Markdown fails on those without one."""

    def run(self, root: etree.Element) -> None:
        for note in root.iterfind(".//div[@class='footnote']/ol/li"):
            if not len(note):
                mark = note.get("id", "").replace("fn", "fnref", 1)
                etree.SubElement(note, "a", {"class": "footnote-backref", "href": f"#{mark}"})


class _Tree(Treeprocessor):
    """Alignment as a class, and footnotes with roles and names, after the other extensions."""

    def run(self, root: etree.Element) -> None:
        for element in root.iter():
            if element.tag in ("td", "th") and (side := element.attrib.pop("align", None)):
                element.set("class", f"align-{side}")
            elif element.get("class") == "footnote":
                _footnotes(element, {mark.get("id") for mark in root.iter("sup")})
            elif element.get("class") == "footnote-ref":
                element.set("role", "doc-noteref")
                element.set("aria-label", f"Footnote {element.text}")


def _footnotes(section: etree.Element, marks: set[str | None]) -> None:
    """A name for the section, none of its rule, and only those ways back that lead somewhere."""
    section.set("role", "doc-endnotes")
    section.set("aria-label", "Footnotes")
    for parent in list(section.iter()):
        for child in list(parent):
            if child.tag == "hr" and parent is section:
                parent.remove(child)
            elif child.get("class") == "footnote-backref":
                if child.get("href", "")[1:] in marks:
                    _name(child)
                else:
                    parent.remove(child)


def _name(link: etree.Element) -> None:
    """A name for those who hear the arrow; a second mark of one note has a link of its own."""
    again = re.match(r"#fnref(\d+):", link.get("href", ""))
    name = link.attrib.pop("title", "")
    link.set("aria-label", f"{name}, use {again[1]}" if again else name)
