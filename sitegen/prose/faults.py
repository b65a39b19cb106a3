"""What can be wrong with prose once it is HTML: ids, lost addresses, definitions, footnotes, code.

Nothing that was typed vanishes without a word. (``sanitise`` speaks for tags and attributes.)
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from sitegen.problems import Problem, Severity, problem
from sitegen.prose.finish import Finished
from sitegen.prose.places import Places
from sitegen.prose.prepare import DEEPEST
from sitegen.prose.sanitise import address_fault
from sitegen.prose.tags import address_in
from sitegen.source.schema import UNSHOWABLE


def lost_addresses(expected: Counter[str], finished: Finished, places: Places) -> Iterator[Problem]:
    """What the sanitiser took out though it seemed fit to stay is no address either."""
    for address in expected - Counter(a.typed for a in finished.addresses):
        yield problem(
            "bad-link",
            f'"{address}" is not an address that a browser can follow',
            places.path,
            places.next("address", address),
            fix="check it for missing or stray characters",
        )


def ids(finished: Finished, places: Places) -> Iterator[Problem]:
    """Ids that the page keeps for itself, and ids that two elements have."""
    for name in finished.reserved:
        message = f'the id "{name}" begins with "_", which the page keeps for its own parts'
        fix = f'use "{name.lstrip("_")}"'
        yield problem("reserved-id", message, places.path, places.next("id", name), fix=fix)
    for name, uses in Counter(finished.repeated).items():
        places.next("id", name)  # the first may keep it
        for _ in range(uses):
            message = f'the id "{name}" is already taken on this page'
            fix = "give this one another id"
            yield problem("duplicate-id", message, places.path, places.next("id", name), fix=fix)


def unused_definitions(
    definitions: Mapping[str, str], used: Counter[str], places: Places
) -> Iterator[Problem]:
    """``[Photo]: Jane`` is a definition, and would vanish."""
    for label, typed in definitions.items():
        address = address_in(typed)
        if used[address] or address_fault(address):
            continue
        yield problem(
            "unused-definition",
            f'"[{label}]: {typed}" is the address of links marked [{label}]; there are none, so'
            " this line is not shown",
            places.path,
            places.next("address", address),
            fix="to show the words, put a backslash before the bracket; otherwise delete them",
            severity=Severity.WARNING,
        )


def unclosed_code(numbers: tuple[int, ...], places: Places) -> Iterator[Problem]:
    """Fences that never close."""
    for number in numbers:
        fix = "type the same marks on a line of their own where the code ends"
        place = places.line(number)
        yield problem("unclosed-code", "this code has no end", places.path, place, fix=fix)


def numbers(places: Places) -> Iterator[Problem]:
    """Characters that can't be shown, told by their numbers: ``&#11;``."""
    if "&#" not in places.text:
        return
    for typed in sorted(places.keys("number")):
        digits = typed[2:-1]
        code = int(digits[1:], 16) if digits[0] == "x" else int(digits)
        if not 0 < code < 0x11_0000 or UNSHOWABLE.match(chr(code)):
            message = f'"{typed}" is no character that can be shown'
            place = places.next("number", typed)
            yield problem("bad-character", message, places.path, place, fix="delete it")


def too_deep(number: int, places: Places) -> Problem:
    """Lists and quotations in one another, deeper than anybody could follow."""
    return problem(
        "text-deep",
        f"lists or quotations are nested more than {DEEPEST} levels deep here",
        places.path,
        places.line(number),
        fix="make them simpler; for a dash or a number that is only to be seen, put a backslash"
        " before it",
    )


def footnotes(wordless: tuple[int, ...], places: Places) -> Iterator[Problem]:
    """Footnotes with one half missing, or without words."""
    for number in wordless:
        fix = "type what it says after the colon, or delete it"
        place = places.line(number)
        yield problem("footnote-empty", "this footnote says nothing", places.path, place, fix=fix)
    marks, notes = places.keys("note"), places.keys("footnote")
    for label in marks - notes:
        yield problem(
            "footnote-missing",
            f"there is no footnote [^{label}]",
            places.path,
            places.next("note", label),
            fix=f"add a line that begins [^{label}]: and says what the note says",
        )
    for label in notes - marks:
        yield problem(
            "footnote-unused",
            f"nothing refers to the footnote [^{label}]",
            places.path,
            places.next("footnote", label),
            fix=f"put [^{label}] in the text, or delete the note",
            severity=Severity.WARNING,
        )
