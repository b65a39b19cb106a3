"""Raw HTML that does other than it seems: tags without their other half, Markdown left as typed.

It is told from the typed text: that has the places, and what Markdown makes is always in pairs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sitegen.problems import Place, Problem, Severity, problem
from sitegen.prose.places import Places
from sitegen.prose.sanitise import TAGS
from sitegen.prose.tags import names

_VOID = names("br col hr img source track wbr")  # HTML, 13.1.2: these have no end tag
_MAY_BE_LEFT_OPEN = names("colgroup dd dt li p rp rt tbody td tfoot th thead tr")  # 13.1.2.4
_PAIRED = TAGS - _VOID
# A tag with its sign of an end and its name; a link's <address> is none.
_TAG = re.compile(r"(?<!\]\()(?<!\]: )<(/?)([a-zA-Z][^\s/<>]*+)(?:[^<>\"]|\"[^\"\n]*+\")*+>")


def faults(marked: tuple[int, ...], places: Places) -> Iterator[Problem]:
    """What is wrong with raw HTML; ``marked`` are the lines (from 0) where raw blocks begin that
    hold Markdown."""
    if "<" not in places.text:
        return
    unclosed, unopened = _unpaired(places.prose)
    for m in unopened:
        message, fix = f"</{m[2]}> ends nothing", "delete it, or type the tag that it should end"
        yield _warning("unopened-tag", message, places, m, fix)
    for m in unclosed:
        fix = f"type </{m[2]}> where it ends"
        yield _warning("unclosed-tag", f"<{m[2]}> is never closed", places, m, fix)
    told = {places.at(m.start()).line for m in unclosed}
    for place in map(places.line, marked):
        if place.line not in told:
            yield _as_typed(place, places)


def _unpaired(prose: str) -> tuple[list[re.Match[str]], list[re.Match[str]]]:
    """The start tags that nothing closes, and the end tags that close nothing."""
    still_open: dict[str, list[re.Match[str]]] = {}
    unopened = []
    for m in _TAG.finditer(prose):
        name = m[2].lower()
        if name not in _PAIRED:
            continue
        if not m[1]:
            still_open.setdefault(name, []).append(m)
        elif still_open.get(name):
            still_open[name].pop()
        else:
            unopened.append(m)
    unclosed = [m for name in still_open.keys() - _MAY_BE_LEFT_OPEN for m in still_open[name]]
    return sorted(unclosed, key=re.Match.start), unopened


def _warning(code: str, message: str, places: Places, m: re.Match[str], fix: str) -> Problem:
    place = places.at(m.start(), len(m[0]))
    return problem(code, message, places.path, place, fix=fix, severity=Severity.WARNING)


def _as_typed(place: Place, places: Places) -> Problem:
    return problem(
        "markdown-as-typed",
        "Markdown in this HTML is shown as typed",
        places.path,
        place,
        fix='add markdown="1" to each tag round it, or leave these tags out',
        severity=Severity.WARNING,
    )
