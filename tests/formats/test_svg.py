"""What could run in, or reach out of, a drawing."""

from __future__ import annotations

import pytest

from sitegen.formats.svg import unsafe

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:x="http://www.w3.org/1999/xlink"'


def drawing(inside: str, attributes: str = "") -> bytes:
    """A drawing that holds this."""
    return f"{HEAD} {attributes}>{inside}</svg>".encode()


@pytest.mark.parametrize(
    "inside",
    [
        '<path d="M0 0h9"/>',
        '<use x:href="#a"/><a href="#b"><text>Read on</text></a>',
        '<image href="data:image/png;base64,AAAA"/>',
        "<style>.a { fill: url(#shade); stroke: red }</style>",
        '<rect style="fill:url(\'#shade\')"/><animate attributeName="x" to="4"/>',
        '<m:view xmlns:m="https://example.org/draw" m:zoom="2"/><!-- made by hand -->',
        "<text>The script is ready, come on: url(https://example.org/), C:\\new (old)</text>",
        '<style>.a { fill: url("data:image/png;base64,AAAA") }</style>',
    ],
)
def test_what_a_drawing_may_hold(inside: str) -> None:
    """Shapes, links within it, pictures that it holds itself, and what programs note in it."""
    assert unsafe(drawing(inside)) is None


@pytest.mark.parametrize(
    ("inside", "what"),
    [
        ("<script>1</script>", "<script"),
        ('<s:script xmlns:s="http://www.w3.org/2000/svg">1</s:script>', "<script"),
        ("<foreignObject/>", "<foreignObject"),
        ('<h:meta xmlns:h="http://www.w3.org/1999/xhtml" http-equiv="refresh"/>', "<meta"),
        ('<path onload="1"/>', "onload="),
        ('<a href="java&#115;cript:1"><text>a</text></a>', "href="),
        ('<a x:href=" https://example.org/"><text>a</text></a>', "href="),
        ('<image href="https://example.org/a.png"/>', "href="),
        ('<image href="data:image/svg+xml;base64,AAAA"/>', "href="),
        ('<a><animate attributeName="href" values="javascript&#58;1"/></a>', "attributeName="),
        ("<style>@import url(https://example.org/a.css);</style>", "@import"),
        ("<style>.a { fill: url(https://example.org/a) }</style>", "url("),
        ('<rect fill="url(https://example.org/a)"/>', "fill="),
        ("<style>@\\69mport 'https://example.org/a.css';</style>", "\\"),
        ('<rect style="fill:u\\72l(https://example.org/a)"/>', "style="),
        ("<style>@imp<!-- a -->ort '//example.org/a.css';</style>", "@import"),
        ("<style>@imp<g/>ort '//example.org/a.css';</style>", "<g"),
        ("<style>@imp<![CDATA[ort]]> '//example.org/a.css';</style>", "@import"),
        ("<style>.a { mask: image-set('https://example.org/a.png' 1x) }</style>", "image-set("),
        ("<style>.a { fill: url(data:image/svg+xml,x) }</style>", "url("),
        ("<path>", "XML"),
    ],
)
def test_what_could_run_or_reach_out(inside: str, what: str) -> None:
    """Named as it stands in the file, however it is spelled."""
    assert unsafe(drawing(inside)) == what


@pytest.mark.parametrize(
    ("start", "what"),
    [
        (b'<?xml version="1.0" encoding="ISO-2022-JP"?>', "encoding"),
        (b'<?xml-stylesheet href="https://example.org/a.css"?>', "<?xml-stylesheet"),
        (b'<!DOCTYPE svg [<!ENTITY a "b">]>', "<!ENTITY"),
        (b'<!DOCTYPE svg PUBLIC "-//W3C//DTD XHTML 1.0//EN" "a">', "<!DOCTYPE svg PUBLIC"),
    ],
)
def test_what_stands_before_it(start: bytes, what: str) -> None:
    """Another encoding, a style sheet from elsewhere, entities: also those that browsers know."""
    assert unsafe(start + drawing("")) == what


def test_the_usual_head() -> None:
    """A declaration and a public DOCTYPE are harmless; so is a byte order mark."""
    head = (
        b'<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "a">'
    )
    assert unsafe(head + drawing("")) is None
    assert unsafe(b"\xef\xbb\xbf" + drawing("")) is None
