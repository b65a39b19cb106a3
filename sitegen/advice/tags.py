"""Tags that say the same in two ways, and those that lead nowhere else."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import timedelta

from sitegen.model import Entry
from sitegen.problems import Problem, Severity, problem
from sitegen.site.index import Site
from sitegen.source.facts import Facts
from sitegen.source.schema import place_of
from sitegen.urls import slugify

ADVICE = Severity.ADVICE
SETTLED = timedelta(days=90)  # until then other posts may still take up a new tag


def check(site: Site) -> Iterator[Problem]:
    """All about tags."""
    yield from similar(site)
    yield from lonely(site)


def similar(site: Site) -> Iterator[Problem]:
    """Tags that differ only in case or as one and many do: readers find half of the posts."""
    yield from _similar_facts(site.facts) if site.facts.has_tags else _similar_words(site)


def _similar_facts(facts: Facts) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for name, tag in facts.tags.items():
        for key in {_one(name), _one(tag.label)}:
            if (other := first.setdefault(key, name)) != name:
                message = f'the tags "{other}" and "{name}" look the same to readers'
                place = facts.places.get(f"tags.{name}")
                fix = f"make one of them a synonym of the other:\n  synonyms: [{tag.label.lower()}]"
                yield problem(
                    "similar-tags", message, "content/tags.yaml", place, fix=fix, severity=ADVICE
                )
                break


def _similar_words(site: Site) -> Iterator[Problem]:
    """Without content/tags.yaml: by the words that were typed; the one used most often is right."""
    typed: dict[str, tuple[Entry, int]] = {}
    used: Counter[str] = Counter()
    for entry in reversed(tuple(site.entries.values())):  # the oldest first
        for i, word in enumerate(entry.front.tags):
            typed.setdefault(word, (entry, i))
            used[word] += 1
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for word in sorted(used, key=lambda word: (-used[word], word)):
        groups[_one(word)].append(word)
    for best, *others in groups.values():
        for word in others:
            entry, i = typed[word]
            message = f'"{word}" is "{best}" in other posts'
            yield _at_tag("similar-tags", message, entry, i, f"write {best}")


def _one(tag: str) -> str:
    """What is left of a tag without its capitals and its plural."""
    return "-".join(map(_singular, slugify(tag).split("-")))


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return f"{word[:-3]}y"
    return word[:-1] if len(word) > 4 and word[-1] == "s" and word[-2] not in "sui" else word


def lonely(site: Site) -> Iterator[Problem]:
    """A tag that one old post has alone: its page leads nowhere else.

    Only where tags are made up as one goes: those in content/tags.yaml were chosen. One that is
    like another is told by ``similar``.
    """
    if site.facts.has_tags:
        return
    alike = Counter(map(_one, site.by_tag))
    for tag, entries in site.by_tag.items():
        entry = entries[0]
        settled = entry.visible_from and entry.visible_from + SETTLED <= site.now
        if len(entries) == alike[_one(tag)] == 1 and settled:
            i = next(i for i, w in enumerate(entry.front.tags) if site.book.id_of(w) == tag)
            message = f'no other post has the tag "{entry.front.tags[i]}"'
            fix = "use a tag that other posts have, or none"
            yield _at_tag("lonely-tag", message, entry, i, fix)


def _at_tag(code: str, message: str, entry: Entry, i: int, fix: str) -> Problem:
    place = place_of(entry.document.places, f"tags.{i}")
    path = f"content/{entry.document.path}"
    return problem(code, message, path, place, fix=fix, severity=ADVICE)
