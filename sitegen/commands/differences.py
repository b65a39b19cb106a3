"""What is different between two built sites, as text, as Markdown for a pull request, as JSON.

Whatever comes from content is shown as the plain text that it is: no title can make a link, a
cell of a table, a mention or markup (GitHub Flavored Markdown).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from urllib.parse import quote

from sitegen.commands.built import Page
from sitegen.commands.comparison import Comparison, Gone, Pair
from sitegen.problems import printable

MOST_ROWS = 50
STATES = {"upcoming": "not yet open", "outcome": "outcome published"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell of a table: text, and the site path that it leads to, if any."""

    text: str
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table: a heading, the names of its columns, and its rows."""

    heading: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def tables(found: Comparison) -> Iterator[Table]:
    """What was found, as tables; only those with rows."""
    made = (
        _table("Added", "Page, Address, Kind, State", map(_added, found.added)),
        _table("Moved", "Page, From, To, The old address", map(_moved, found.moved)),
        _table("Removed", "Page, Address, What is there now", map(_removed, found.removed)),
        _table("Other state", "Page, Was, Is now", map(_state, found.states)),
        _table("Changed", "Page, What", map(_changed, found.changed)),
        _table("Old addresses that lead nowhere now", "Address, Led to", found.lost),
        _table(
            "Documents", "Document, What", ((f"/{path}", what) for path, what in found.documents)
        ),
        _table(
            "Other files",
            "Files, Added, Changed, Removed",
            ((c.what, str(c.added), str(c.changed), str(c.removed)) for c in found.counts),
        ),
    )
    return (table for table in made if table.rows)


def _table(heading: str, columns: str, rows: Iterable[Iterable[str | Cell]]) -> Table:
    cells = (tuple(c if isinstance(c, Cell) else Cell(text=c) for c in row) for row in rows)
    return Table(heading=heading, columns=tuple(columns.split(", ")), rows=tuple(cells))


def _page(page: Page) -> Cell:
    return Cell(text=page.title, url=page.url)


def _shown(state: str) -> str:
    return STATES.get(state, state)


def _added(page: Page) -> tuple[str | Cell, ...]:
    return _page(page), page.url, page.kind, _shown(page.state)


def _moved(row: tuple[Pair, Gone]) -> tuple[str | Cell, ...]:
    pair, gone = row
    return _page(pair.new), pair.old.url, pair.new.url, _leads(gone, pair.new.url)


def _removed(gone: Gone) -> tuple[str | Cell, ...]:
    return gone.page.title, gone.page.url, _leads(gone, "")


def _leads(gone: Gone, wanted: str) -> str:
    """What an old address leads to, in words."""
    if not gone.leads:
        return "leads nowhere: add it to aliases" if wanted else "nothing"
    if gone.leads == gone.page.url:
        return "has another page now" if wanted else "another page"
    return "leads to the new one" if gone.leads == wanted else f"leads to {gone.leads}"


def _state(pair: Pair) -> tuple[str | Cell, ...]:
    return (
        _page(pair.new),
        _shown(pair.old.state) or "no state",
        _shown(pair.new.state) or "no state",
    )


def _changed(pair: Pair) -> tuple[str | Cell, ...]:
    whats = [f"title, was “{pair.old.title}”"] if pair.is_renamed else []
    whats += ["its text, links or pictures"] if pair.is_other else []
    return _page(pair.new), "; ".join(whats)


def summary(found: Comparison) -> str:
    """All in a sentence: ``2 pages added, 1 changed.``"""
    of = {
        "added": found.added,
        "moved": found.moved,
        "removed": found.removed,
        "in another state": found.states,
        "changed": found.changed,
    }
    told = [f"{len(rows)} {what}" for what, rows in of.items() if rows]
    if not told:
        return "No page says anything else."
    first, *rest = told
    count, _, what = first.partition(" ")
    return ", ".join([f"{count} page{'s' if count != '1' else ''} {what}", *rest]) + "."


def notes(found: Comparison) -> Iterator[str]:
    """What a table would make too much of."""
    if found.around:
        yield f"{_pages(found.around)}: only the links to other posts changed."
    if found.framed:
        yield f"{_pages(found.framed)}: only the frame round them changed (head, menu, footer)."
    if found.old_base != found.new_base:
        yield f"The sites are built for two addresses: {found.old_base} and {found.new_base}."


def _pages(count: int) -> str:
    return f"{count} page{'s' if count > 1 else ''}"


# ---- as text


def as_text(found: Comparison) -> str:
    """A sentence, and a section a table: a line a row."""
    sections = [[summary(found)], *map(_section, tables(found)), list(notes(found))]
    return "\n".join("".join(f"{printable(x)}\n" for x in lines) for lines in sections if lines)


def _section(table: Table) -> list[str]:
    columns = ", ".join(table.columns).lower()
    rows = [
        "  " + " · ".join(cell.text for cell in row if cell.text) for row in table.rows[:MOST_ROWS]
    ]
    return [f"{table.heading}: {columns}", *rows, *_more(table, "  ")]


def _more(table: Table, before: str) -> list[str]:
    more = len(table.rows) - MOST_ROWS
    return [f"{before}and {more} more"] if more > 0 else []


# ---- as Markdown

_BREAKS = re.compile("[\x00-\x20\x7f-\xa0\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]+")
_MARKUP = re.compile(r"[\\`*_\[\]<>|~&]")
_CALLS = re.compile(r"([@#:](?=[\w/+-])|\bwww(?=\.))")  # mentions, issues, emoji, bare addresses
_APART = "&#8203;"  # a space without width


def escaped(text: str) -> str:
    """A text in a line of Markdown, where it says what it says and does nothing."""
    plain = _MARKUP.sub(r"\\\g<0>", _BREAKS.sub(" ", text).strip())
    return _CALLS.sub(rf"\1{_APART}", plain).replace("$", "<span>$</span>")


def as_markdown(found: Comparison) -> str:
    """A sentence, and a table each; pages lead to the new site's address."""
    base = found.new_base.rstrip("/") if found.new_base.startswith(("https://", "http://")) else ""
    lines = ["## What readers will see change", "", f"**{summary(found)}**", ""]
    for table in tables(found):
        lines += [f"### {table.heading}", "", *_marked(table, base), ""]
    return "\n".join([*lines, *(f"- {escaped(note)}" for note in notes(found))]).rstrip() + "\n"


def _marked(table: Table, base: str) -> Iterator[str]:
    yield _row(table.columns)
    yield _row(["---"] * len(table.columns))
    for row in table.rows[:MOST_ROWS]:
        yield _row(_cell(cell, base) for cell in row)
    for more in _more(table, ""):
        yield _row([more, *([""] * (len(table.columns) - 1))])


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(cell: Cell, base: str) -> str:
    text = escaped(cell.text)
    if not (base and cell.url):
        return text
    address = quote(base + cell.url, safe=_IN_ADDRESSES, errors="replace")
    return f"[{text}](<{address}>)"


_IN_ADDRESSES = "/:%?#@!$&'()*+,;=-._~"  # what has a meaning there, and none in Markdown


# ---- as JSON


def as_json(found: Comparison) -> str:
    """A JSON object, complete. A page is its url, kind, title, source and state.

    ``added``: pages. ``removed`` and ``moved``: with ``leads``, the site path that the old address
    leads to now, or null. ``states`` and ``changed``: ``old`` and ``new``; ``changed`` says of
    ``title`` and ``text`` whether they differ. ``lost``: old addresses that lead nowhere now, with
    where they led. ``documents``: path and what became of it. ``files``: counts of other files.
    ``around`` and ``framed``: how many pages differ in links to other posts, or in the frame alone.
    """
    row = {
        "old_base_url": found.old_base,
        "new_base_url": found.new_base,
        "added": [asdict(page) for page in found.added],
        "removed": [asdict(g.page) | {"leads": g.leads or None} for g in found.removed],
        "moved": [_both(pair) | {"leads": gone.leads or None} for pair, gone in found.moved],
        "states": [_both(pair) for pair in found.states],
        "changed": [_both(p) | {"title": p.is_renamed, "text": p.is_other} for p in found.changed],
        "lost": [{"url": url, "led": led} for url, led in found.lost],
        "documents": [{"path": path, "what": what} for path, what in found.documents],
        "files": [asdict(count) for count in found.counts],
        "around": found.around,
        "framed": found.framed,
    }
    return json.dumps(row, ensure_ascii=False, indent=2) + "\n"


def _both(pair: Pair) -> dict[str, object]:
    return {"old": asdict(pair.old), "new": asdict(pair.new)}


Format = Callable[[Comparison], str]
FORMATS: dict[str, Format] = {
    "text": as_text,
    "markdown": as_markdown,
    "json": as_json,
}
