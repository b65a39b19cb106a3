"""Tags are cut at their addresses, and images are cut out whole."""

from __future__ import annotations

from sitegen.model import Link
from sitegen.prose.addresses import Address, cut, resolved
from sitegen.prose.convert import convert
from sitegen.prose.ids import Ids


def pieces(token: str) -> list[str | Address]:
    """The pieces of a tag on a page that has the id ``here``, with the prefix ``q-``."""
    ids = Ids(prefix="q-", typed=frozenset(["here"]), shown={"q-here": None})
    return [p if isinstance(p, str) else resolved(p, ids) for p in cut(token[1:4], token, ids)]


def test_a_tag_is_cut_at_its_address() -> None:
    """The rest of the tag stays; an address within the page gets the prefix."""
    assert list(cut("a", '<a href="#x?a&amp;b" title="t">', Ids(prefix="", typed=frozenset()))) == [
        "<a",
        ' href="',
        Address(typed="#x?a&b"),
        '"',
        ' title="t"',
        ">",
    ]
    (address,) = [p for p in pieces('<ins href="#here">') if isinstance(p, Address)]
    assert (address.typed, address.target) == ("#here", "#q-here")


def test_ids_get_the_prefix() -> None:
    """So do the attributes that name ids."""
    assert "".join(map(str, pieces('<nav id="a" aria-labelledby="b c">'))) == (
        '<nav id="q-a" aria-labelledby="q-b q-c">'
    )


def test_images_are_cut_out_whole() -> None:
    """An image leaves its words; the site sets its true size, whatever was typed."""
    token = '<img width="9" alt="a &amp; b" src="y" loading="lazy" height="9" id="i" title="t">'
    assert pieces(token) == [
        Address(typed="y", target="y", is_src=True, image=' alt="a &amp; b" id="q-i" title="t"')
    ]


def test_image_without_an_address() -> None:
    """An image whose address was taken out stays as it is: the fault is told elsewhere."""
    assert pieces('<img alt="x">') == ['<img alt="x">']
    assert "".join(map(str, pieces('<img alt="a src=b">'))) == '<img alt="a src=b">'
    assert pieces('<img alt="x" id="i">') == ["<img", ' alt="x"', ' id="q-i"', ">"]


def test_a_quote_in_an_address_is_the_one_that_was_typed() -> None:
    """With a backslash before it: what keeps typography off is no part of the address."""
    found = convert('[a](https://example.org/?q=\\"flu\\")', path="a.md")
    assert found.problems == ()
    assert [hole.target for hole in found.body.holes if isinstance(hole, Link)] == [
        'https://example.org/?q="flu"'
    ]
