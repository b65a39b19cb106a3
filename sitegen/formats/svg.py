"""What could run in, or reach out of, an SVG that is opened by itself.

As a picture in a page a drawing is harmless; but it has an address, and browsers open it as a page
of the site. So it is read as XML, as they read it, and not searched for words.
"""

from __future__ import annotations

import re
from xml.parsers import expat

SVG = "http://www.w3.org/2000/svg"
XHTML = "http://www.w3.org/1999/xhtml"
_DOCTYPES = "-//W3C//DTD SVG"
_RUNS = frozenset(("script", "handler", "foreignobject", "iframe", "embed", "object", "listener"))
_MOVES = frozenset(("set", "animate"))  # what can give a link another address
_PICTURE = re.compile(r"data:image/(png|jpeg|gif|webp);", re.I)
_REACHES = re.compile(
    r"(@import|url\((?!\s*['\"]?\s*(?:#|data:image/(?:png|jpeg|gif|webp);))"
    r"|(?:image-set|image|src|expression)\()",
    re.I,
)
_ENCODING = re.compile(rb"\A\s*<\?xml[^>]*\bencoding\s*=\s*['\"](?!utf-8|us-ascii)", re.I)


class _Unsafe(Exception):
    """What was found."""


def unsafe(data: bytes) -> str | None:
    """The first thing in a drawing that could run or reach elsewhere, as it is typed; else None.

    ``"XML"`` where the file can't be read as XML in UTF-8: browsers might read it otherwise.
    """
    if _ENCODING.match(data):
        return "encoding"
    parser = expat.ParserCreate("UTF-8", " ")
    parser.StartDoctypeDeclHandler = _doctype
    parser.ProcessingInstructionHandler = _instruction
    styles = _Styles()
    parser.StartElementHandler = styles.start
    parser.EndElementHandler = styles.end
    parser.CharacterDataHandler = styles.text
    try:
        parser.Parse(data.removeprefix(b"\xef\xbb\xbf"), True)
    except _Unsafe as found:
        return str(found)
    except expat.ExpatError:
        return "XML"
    return None


def _doctype(name: str, system: str | None, public: str | None, has_entities: int) -> None:
    if has_entities:
        raise _Unsafe("<!ENTITY")
    if not (public or _DOCTYPES).startswith(_DOCTYPES):  # browsers know the entities of XHTML's
        raise _Unsafe(f"<!DOCTYPE {name} PUBLIC")


def _instruction(target: str, data: str) -> None:
    raise _Unsafe(f"<?{target}")


class _Styles:
    """What stands in the style element that is open, put together as browsers do; else None."""

    def __init__(self) -> None:
        self.inside: list[str] | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if self.inside is not None:  # browsers would join the texts round it
            raise _Unsafe(f"<{name.rpartition(' ')[2]}")
        _element(name, attributes)
        if name.rpartition(" ")[2] == "style":
            self.inside = []

    def end(self, name: str) -> None:
        if self.inside is not None and (reaches := _reaching("".join(self.inside))):
            raise _Unsafe(reaches)
        self.inside = None

    def text(self, text: str) -> None:
        if self.inside is not None:
            self.inside.append(text)


def _element(name: str, attributes: dict[str, str]) -> None:
    space, _, local = name.rpartition(" ")
    if space == XHTML or local.lower() in _RUNS:
        raise _Unsafe(f"<{local}")
    for at, value in attributes.items():
        _attribute(local, at.rpartition(" ")[2], value.strip())


def _attribute(element: str, name: str, value: str) -> None:
    """Handlers run; other addresses than the drawing's own parts and pictures in it reach out."""
    reaches = name in ("href", "src") and not (value.startswith("#") or _PICTURE.match(value))
    gives = element in _MOVES and name == "attributeName" and value.endswith("href")
    if (
        name.lower().startswith("on")
        or reaches
        or gives
        or name == "base"
        or ("(" in value and _reaching(value))
    ):
        raise _Unsafe(f"{name}=")


def _reaching(css: str) -> str:
    """What in some CSS reaches out, or may be spelled so that it can't be seen (``u\\72l(``)."""
    if "\\" in css:
        return "\\"
    found = _REACHES.search(css)
    return found[1] if found else ""
