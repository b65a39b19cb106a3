"""What a template depends on, and what is wrong with it: seen in its tree, before any page is made.

A template's *closure* is its text with those of all templates that it extends, includes or imports,
and theirs. Only names in quotes are allowed there, so it is known exactly.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import dataclass

from jinja2 import nodes

from sitegen.fingerprint import Digest, digest
from sitegen.hints import did_you_mean, hinted
from sitegen.problems import Place, Problem, problem
from sitegen.source.words import Said

WORDS = ("t", "label")  # what says words in a template
_NAMING = (nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)


@dataclass(frozen=True, slots=True, kw_only=True)
class Closure:
    """What pages of a template depend on: ``digest`` is that of the texts in its closure.

    ``reads_site`` tells whether any looks at ``site`` (feeds don't, so no menu disturbs them),
    ``says_words`` whether any says words.
    """

    digest: Digest
    reads_site: bool
    says_words: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """Another template named, and what is taken of it; None for a name that is worked out."""

    template: str | None
    macros: tuple[str, ...]
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What the text of one template tells by itself. ``said`` are keys of words, by their lines."""

    names: frozenset[str]
    macros: frozenset[str]
    naming: tuple[Naming, ...]
    said: tuple[tuple[int, str], ...]


Tell = Callable[[str], Told]  # of a template's name


def told(tree: nodes.Template) -> Told:
    """What a template's tree tells. It is walked through once: that takes a while."""
    found = list(tree.find_all((nodes.Name, nodes.Call, nodes.Macro, *_NAMING)))
    return Told(
        names=frozenset(node.name for node in found if isinstance(node, nodes.Name)),
        macros=frozenset(node.name for node in found if isinstance(node, nodes.Macro)),
        naming=tuple(_naming(node) for node in found if isinstance(node, _NAMING)),
        said=tuple(row for node in found if isinstance(node, nodes.Call) for row in _said(node)),
    )


def _naming(node: nodes.Node) -> Naming:
    target = getattr(node, "template", None)
    name = target.value if isinstance(target, nodes.Const) else None
    taken = node.names if isinstance(node, nodes.FromImport) else ()
    macros = tuple(name if isinstance(name, str) else name[0] for name in taken)
    return Naming(template=name if isinstance(name, str) else None, macros=macros, line=node.lineno)


def _said(call: nodes.Call) -> Iterator[tuple[int, str]]:
    key = call.args[0] if call.args else None
    says = isinstance(call.node, nodes.Name) and call.node.name in WORDS
    if says and isinstance(key, nodes.Const):
        yield call.lineno, key.value


def closure(name: str, texts: Mapping[str, str], tell: Tell) -> Closure:
    """What a template and all that it extends, includes or imports depend on."""
    seen: dict[str, Told] = {}
    waiting = [name]
    while waiting:
        current = waiting.pop()
        if current not in seen:
            seen[current] = tell(current)
            waiting += (named.template for named in seen[current].naming if named.template)
    names = frozenset[str]().union(*(told.names for told in seen.values()))
    return Closure(
        digest=digest(tuple((n, texts[n]) for n in sorted(seen))),
        reads_site="site" in names,
        says_words=not names.isdisjoint(WORDS),
    )


def faults(
    name: str, good: Mapping[str, Told], there: Container[str], english: Mapping[str, Said]
) -> Iterator[Problem]:
    """What is wrong with what a template names: others, their macros, and words.

    ``good`` are the templates that can be read, ``there`` all.
    """
    for naming in good[name].naming:
        if naming.template is None:
            message = "only a template's name in quotes can be included"
            yield fault("template-include", message, name, naming.line)
        elif naming.template not in there:
            message = f'there is no template "{naming.template}"'
            yield fault("template-missing", message, name, naming.line)
        elif naming.template in good:
            yield from _missing(name, naming, good[naming.template].macros)
    for line, key in good[name].said:
        if key not in english:
            message = hinted(f'there are no words "{key}"', did_you_mean(key, english))
            yield fault("unknown-word", message, name, line)


def _missing(name: str, naming: Naming, macros: frozenset[str]) -> Iterator[Problem]:
    """A fault for each macro that is imported and not there."""
    for macro in naming.macros:
        if macro not in macros:
            message = hinted(
                f'"{naming.template}" has no macro "{macro}"', did_you_mean(macro, macros)
            )
            yield fault("template-missing", message, name, naming.line)


def fault(code: str, message: str, name: str, line: int | None) -> Problem:
    """A fault of a template, at a line where that is known."""
    place = Place(line=line) if line else None
    return problem(code, message, f"templates/{name}", place)
