"""The story of a text: prepared, converted, sanitised, finished; and what is wrong with it, where.

``convert`` is one function of its text alone, so what it returns can be cached for ever.
"""

from __future__ import annotations

from dataclasses import dataclass

from sitegen.model import Acronym, Body, Embedded, Hole, Link
from sitegen.problems import Place, Problem, ordered, problem
from sitegen.prose import faults, limits, unpaired
from sitegen.prose.acronyms import Letters, stem
from sitegen.prose.addresses import Address
from sitegen.prose.finish import Finished, finish
from sitegen.prose.markdown import to_html
from sitegen.prose.places import Places
from sitegen.prose.prepare import prepare
from sitegen.prose.sanitise import sanitise


@dataclass(frozen=True, slots=True, kw_only=True)
class Converted:
    """A body and all that is wrong with it."""

    body: Body
    problems: tuple[Problem, ...] = ()


def convert(
    text: str,
    *,
    path: str,
    first_line: int = 1,
    prefix: str = "",
    iframe_hosts: frozenset[str] = frozenset(),
) -> Converted:
    """The body that ``text`` makes. Never raises: what fails is a Problem of ``path``.

    ``first_line`` is the number that text's first line has in its file. ``prefix`` goes before
    every id, so that several bodies can share a page. Frames are let in from ``iframe_hosts``.
    """
    try:
        return _converted(text, path, first_line, prefix, iframe_hosts)
    except (MemoryError, OSError, ImportError):  # no fault of the text: none to be remembered
        raise
    except Exception as error:  # Python-Markdown gives up on deep nesting, for one
        fault = problem(
            "markdown-failed",
            f"this text could not be turned into a page ({type(error).__name__})",
            path,
            Place(line=first_line),
            fix="look for lists, quotations, footnotes or HTML that stand in one another, and make"
            " them simpler",
        )
        return Converted(body=Body(), problems=(fault,))


def _converted(
    text: str, path: str, first_line: int, prefix: str, iframe_hosts: frozenset[str]
) -> Converted:
    if refused := tuple(limits.refused(text, path, first_line)):
        return Converted(body=Body(), problems=refused)
    prepared = prepare(text)
    places = Places(path=path, text=text, code=prepared.code, first_line=first_line)
    if prepared.too_deep is not None:
        return Converted(body=Body(), problems=(faults.too_deep(prepared.too_deep, places),))
    raw, definitions = to_html(prepared.text)
    safe = sanitise(raw, places, iframe_hosts)
    finished = finish(safe.html, prefix=prefix)
    problems = [
        *safe.problems,
        *faults.lost_addresses(safe.addresses, finished, places),
        *faults.ids(finished, places),
        *faults.unused_definitions(definitions, safe.addresses, places),
        *unpaired.faults(prepared.marked, places),
        *faults.unclosed_code(prepared.unclosed, places),
        *faults.numbers(places),
        *faults.footnotes(prepared.wordless, places),
    ]
    # Last, for the n-th use of an address is looked up, and those above are not links.
    return Converted(body=_body(finished, places), problems=ordered(problems))


def _body(finished: Finished, places: Places) -> Body:
    return Body(
        parts=finished.parts,
        holes=tuple(
            _acronym(cut, places) if isinstance(cut, Letters) else _address(cut, places)
            for cut in finished.cuts
        ),
        headings=finished.headings,
        ids=finished.ids,
        excerpt=finished.excerpt,
        text=finished.text,
    )


def _address(cut: Address, places: Places) -> Hole:
    place = places.next("address", cut.typed)
    if cut.image is not None:
        return Embedded(target=cut.target, place=place, attributes=cut.image)
    return Link(target=cut.target, place=place, is_image=cut.is_src)


def _acronym(letters: Letters, places: Places) -> Acronym:
    return Acronym(
        text=letters.text,
        place=places.first("acronym", stem(letters.text)),
        article=letters.article,
        setting=letters.setting,
    )
