"""The shortcuts through Python-Markdown lead to the very same HTML."""

from __future__ import annotations

import functools
import random
from pathlib import Path
from typing import Any

import pytest
from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.treeprocessors import InlineProcessor

from sitegen.prose.markdown import converter
from sitegen.prose.prepare import prepare
from sitegen.prose.shortcuts import SIGNS, Shortcuts

ROOT = Path(__file__).parents[2]


@functools.cache
def stock() -> Markdown:
    """Python-Markdown as it comes."""
    return converter()


@functools.cache
def short() -> Markdown:
    """Python-Markdown with the shortcuts."""
    return converter(Shortcuts())


ODD = [
    "A line of text\n  <table><tr><td>x</td></tr></table>",
    "x\n ",
    '**a** *b* (*c*), "*d*" **e**. *f*-g h*i*j *k\nl* ** m** * n * ***o*** **p*q*r** *s **t***',
    "*a*\\*b* `*c*` *d* and a * star, *not closed; **neither*",
    "- *a*\n- b *c*\n\n    d **e**\n\n        *code*\n\n1. *f* [g](h)\n2. i",
    "*a*{.b} and **c**{: #d lang=cy}\n{.e}\n\n## *f* {#g}\n\n| *a* {.h} | b |\n|:--|--:|\n| *c* |",
    "a\\*b\\_c \\[d\\] \\`e \\\\` f `\\` ``g ` h`` <https://x.org/*a*> <me@x.org> &copy; &#65 &amp",
    "[a][b] [b] ![c][b] [d](e \"*f*\") [g [h]](i) ![j](k) [^none] [l]\n\n[b]: /x '*y*'\n[m]:\n  /n",
    "*[AB]: *c*\n\nAB *AB* **xABx** (AB)\n\nD\n: *e* AB\n\n    f",
    '!!! note\n    *a*\n\n    - b **c**\n\n!!! x ""\n    d\n\n> *e*\n> - f\n\n>g\n\n# h #\n\ni\n==',
    "<div markdown=1>\n*a* AB\n\n<p markdown=span>*b* </p>*c*\n</div>\n\n<b>*d*</b> <!-- *e* -->",
    "a  \n*b*  \nc\t\nd\r\ne\x02klzzwxh:0000\x03 *f* \x0242\x03\n   \n*g*",
    "x <b title='*a*'>*c*</b> *d\n\n<div class=footnote markdown=1>e\n\n///Footnotes Go Here///",
    "[^a]: *b*\n\n*c*[^a] d[^a]\n\n- e[^f]\n\ng[^h]\n\n[^f]: f\n    [^g]: g\n[^h]: h",
    "*\u00a0a* *b\u2003* *c\x0bd* “*e*” ‘**f**’ (**g**) *h*! *i*:*j* **k**; *l*/*m* _n_ *o_p*",
]
BITS = [
    *("*", "*", "**", "_", "__", "`", "``", "[", "]", "(", ")", "![", "](", "](/x)", "[^1]", "\\"),
    *("[^1]: note", "\n", "\n\n", "    ", "- ", "1. ", "> ", "# ", "|", "|---|", "{.a}", "{: #b}"),
    *("*[AB]: t", "AB", "word", " two words ", "(", "'", '"', ",", ". ", "&amp;", "&#65", "<", ">"),
    *("<b>", "</b>", "<div markdown=1>", "</div>", "<!-- x -->", "<https://x.org>", "[r]", "\t"),
    *("[r]: /y", "!!! note", "```", "~~~", "term\n: def", "  \n", "---", "=", ":", "\x02", "<br>"),
]


def html(make: Any, text: str) -> str:
    """What a converter makes of a text; it gives up on some, and stops half-way."""
    try:
        made: str = make().reset().convert(text)
    except Exception as error:
        make.cache_clear()
        return type(error).__name__
    return made


def assert_same(text: str) -> None:
    for given in (text, prepare(text).text):
        assert html(short, given) == html(stock, given)


@pytest.mark.parametrize("text", ODD)
def test_odd_texts(text: str) -> None:
    """Whatever stands next to, in and round marks, nothing is lost or won."""
    assert_same(text)


@pytest.mark.parametrize("folder", ["content", "docs", "tests/cases"])
def test_real_texts(folder: str) -> None:
    """All texts of the sample site, of the documentation and of the cases."""
    files = [*(ROOT / folder).rglob("*.md"), *(ROOT / folder).rglob("*.txt")]
    assert files
    for file in files:
        assert_same(file.read_text("utf-8"))


@pytest.mark.parametrize("seed", range(20))
def test_random_texts(seed: int) -> None:
    """Marks in any order."""
    some = random.Random(seed)
    for _ in range(100):
        assert_same("".join(some.choices(BITS, k=some.randint(1, 30))))


def test_plain_texts_are_not_searched(monkeypatch: pytest.MonkeyPatch) -> None:
    """Plain paragraphs with plain emphasis meet no pattern, and one processor of blocks."""
    asked: list[str] = []
    for pattern in short().inlinePatterns:
        monkeypatch.setattr(pattern, "getCompiledRegExp", lambda: asked.append("a pattern"))
    for processor in short().parser.blockprocessors:
        counted = functools.partial(_counted, asked, processor.test)
        monkeypatch.setattr(processor, "test", counted)
    made = html(short, 'One is *plain*.\n\nAnother "has **two**\nlines", (*more*) and no')
    assert made.count("<em>") + made.count("<strong>") == 3
    assert "".join(asked).strip() == ""


def _counted(asked: list[str], test: Any, parent: Any, block: str) -> bool:
    asked.append(block)
    return bool(test(parent, block))


def test_names() -> None:
    """All that the shortcuts stand in for is there under its name, or they do nothing."""
    assert all(name in stock().inlinePatterns for name in SIGNS)
    assert InlineProcessor(stock()).inlinePatterns is stock().inlinePatterns
    assert callable(BlockParser.parseBlocks)
    assert callable(Markdown.is_block_level)
