"""The names that fields give to things kept elsewhere: tags, people, posts and the rest.

``check`` finds the ones that lead nowhere. ``TagBook`` turns what an editor typed into a tag's id.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import PurePosixPath

from sitegen.hints import did_you_mean, hinted
from sitegen.memo import Memo
from sitegen.model import Document
from sitegen.problems import Place, Problem, Severity, problem
from sitegen.source import fieldtypes, schema
from sitegen.source.config import PATH as CONFIG_PATH
from sitegen.source.config import Config
from sitegen.source.facts import Facts
from sitegen.source.facts import Tag as TagFact
from sitegen.source.schema import place_of
from sitegen.urls import slugify


@dataclass(frozen=True, slots=True, kw_only=True)
class TagBook:
    """The tags of a site: by id, and the id of every word that may be typed for one."""

    tags: Mapping[str, TagFact]
    ids: Mapping[str, str]

    def id_of(self, word: str) -> str | None:
        """The id of a tag typed as its id, label or synonym, in any case; None when unknown."""
        return self.ids.get(word.casefold())


def tag_book(documents: Iterable[Document], facts: Facts) -> TagBook:
    """The tags of content/tags.yaml; without that file, those that the posts use."""
    if facts.has_tags:
        words = {
            word.casefold(): name
            for name, tag in facts.tags.items()
            for word in (name, tag.label, *tag.synonyms)
        }
        return TagBook(tags=facts.tags, ids=words)
    tags: dict[str, TagFact] = {}
    ids: dict[str, str] = {}
    for word in sorted({word for d in documents if d.front for word in d.front.tags}):
        if name := slugify(word):
            tags.setdefault(name, TagFact(label=word))
            ids[word.casefold()] = ids[name] = name
    return TagBook(tags=tags, ids=ids)


def ref_of(document: Document) -> str:
    """The ref of a post: its folder and name, without extension (``explainers/mk-deal``)."""
    return _ref(document.path)


@lru_cache(maxsize=1 << 16)
def _ref(path: PurePosixPath) -> str:
    parts = path.with_suffix("").parts
    is_bundle = parts[-1] == "index" and len(parts) > 2
    return "/".join(parts[:-1] if is_bundle else parts)


def refs(documents: Iterable[Document]) -> dict[str, str]:
    """Every way to name a post → its ref. Folders that only group may be left out."""
    known: dict[str, str] = {}
    short: dict[str, list[str]] = {}
    for document in documents:
        ref = ref_of(document)
        known[ref] = ref
        folder, *_, name = ref.split("/")
        short.setdefault(f"{folder}/{name}", []).append(ref)
    for name, meant in short.items():
        if len(meant) == 1:
            known.setdefault(name, meant[0])
    return known


def check(
    documents: Iterable[Document],
    facts: Facts,
    config: Config,
    places: Mapping[str, Place],
    memo: Memo | None = None,
) -> list[Problem]:
    """Every name in front matter and in config.yaml's ``actions`` that leads nowhere."""
    memo, documents = memo or Memo(), tuple(documents)
    known = memo.same("refs", refs(documents))
    book = memo.same("tags", tag_book(documents, facts))
    rules = memo(_rules, facts, known, book)
    found = [*_actions(facts, config, places), *_same_names(documents)]
    for document in documents:
        found += memo(_of_document, document, rules)
    return found


Rules = Mapping[schema.Type, Callable[[str, Document, str], Problem | None]]


def _of_document(document: Document, rules: Rules) -> list[Problem]:
    """Every name in a post that leads nowhere."""
    rows = schema.leaves(document.front) if document.front else ()
    found = (rules[type_](name, document, at) for at, type_, name in rows if type_ in rules)
    return [fault for fault in found if fault]


def _rules(facts: Facts, known_refs: Mapping[str, str], book: TagBook) -> Rules:
    """What is looked at in a field of each type that names something."""
    people = {*facts.people, *facts.organisations}
    return {
        fieldtypes.Tag: partial(_tag, book=book),
        fieldtypes.Ref: partial(
            _listed, code="unknown-post", what="post", where="content/", known=known_refs
        ),
        fieldtypes.Page: partial(_page, known=known_refs),
        fieldtypes.ActionId: partial(
            _listed,
            code="unknown-action",
            what="action",
            where="content/actions.yaml",
            known=facts.actions,
        ),
        fieldtypes.SeriesId: partial(
            _listed,
            code="unknown-series",
            what="series",
            where="content/series.yaml",
            known=facts.series,
        ),
        fieldtypes.Person: partial(_or_name, known=people),
        fieldtypes.Organisation: partial(_or_name, known=facts.organisations),
    }


def _actions(facts: Facts, config: Config, places: Mapping[str, Place]) -> Iterator[Problem]:
    """Calls to action in config.yaml that there are not."""
    for kind, actions in config.actions.items():
        for i, name in enumerate(actions):
            if name not in facts.actions:
                message = hinted(f'there is no action "{name}"', did_you_mean(name, facts.actions))
                place = place_of(places, f"actions.{kind}.{i}")
                fix = "" if "Did you" in message else "add it to content/actions.yaml"
                yield problem("unknown-action", message, CONFIG_PATH, place, fix=fix)


def _same_names(documents: Iterable[Document]) -> list[Problem]:
    """Two posts of one name: ``a.md`` beside ``a/index.md``."""
    first: dict[str, Document] = {}
    return [
        _fault(
            "same-name", f'"content/{other.path}" has this name too', document, "", fix="rename it"
        )
        for document in documents
        if (other := first.setdefault(ref_of(document), document)) is not document
    ]


def _fault(code: str, message: str, document: Document, at: str, **more: object) -> Problem:
    place: Place = place_of(document.places, at)
    return problem(code, message, f"content/{document.path}", place, **more)  # type: ignore[arg-type]


def _tag(word: str, document: Document, at: str, *, book: TagBook) -> Problem | None:
    if book.id_of(word):
        return None
    words = {*book.tags, *(t.label for t in book.tags.values())}
    hint = did_you_mean(word, words)
    message = hinted(f'"{word}" is not a tag', hint)
    fix = "the tags are listed in content/tags.yaml"
    return _fault("unknown-tag", message, document, at, fix=fix)


def _listed(
    name: str,
    document: Document,
    at: str,
    *,
    code: str,
    what: str,
    where: str,
    known: Iterable[str],
) -> Problem | None:
    known = set(known)
    if name in known:
        return None
    hint = did_you_mean(name, known)
    fix = "write its folder and name, such as news/coffee-morning"
    if what != "post":
        fix = f"add it to {where}" + (f", or use {' or '.join(sorted(known))}" if known else "")
    message = hinted(f'there is no {what} "{name}" in {where}', hint)
    return _fault(code, message, document, at, fix="" if hint else fix)


def _page(name: str, document: Document, at: str, *, known: Iterable[str]) -> Problem | None:
    """A ref; addresses are looked at with the links."""
    if name.startswith(("/", "https://", "http://")):
        return None
    return _listed(
        name, document, at, code="unknown-post", what="post", where="content/", known=known
    )


def _or_name(name: str, document: Document, at: str, *, known: Iterable[str]) -> Problem | None:
    """A name is free text, but one written like an id is meant as an id."""
    known = set(known)
    if name in known or not fieldtypes.Key.pattern.fullmatch(name):
        return None
    hint = did_you_mean(name, known)
    message = hinted(f'"{name}" is no known id', hint)
    fix = "" if hint else "add it to people.yaml or organisations.yaml, or write the full name"
    return _fault("unknown-name", message, document, at, fix=fix, severity=Severity.ERROR)
