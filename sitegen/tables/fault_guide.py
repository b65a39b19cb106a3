"""The page of all codes as Markdown, made from their table, with an example of each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from sitegen.codes import ADVICE, CODES, ERROR, WARNING, Code
from sitegen.problems import Severity

_OPENING = """\
# Faults and advice

Everything that sitegen may say of a site, by its code. This page is made from the table in
`sitegen/codes.py`, its examples from `tests/cases/`, and a test holds it to them.

Each message says where (file, line and column), how serious it is, what is wrong, and after `fix:`
what to type instead.

- An **error** stops the build. Nothing is published until it is mended, and it can't be silenced.
- A **warning** stops the build only with `--strict`.
- **Advice** is shown by `sitegen check`, and stops nothing.

Where a warning or an advice doesn't fit your site, silence its code in `config.yaml`, with a reason
for whoever comes after you:

```yaml
silence:
  long-text: our titles are the names of reports
```
"""
_SEVERITY: Mapping[tuple[Severity, ...], str] = {
    ERROR: "An error: it stops the build and can't be silenced.",
    WARNING: "A warning: it stops a strict build, and can be silenced.",
    ADVICE: "Advice: it stops nothing, and can be silenced.",
    ERROR + WARNING: "An error or a warning: only as a warning can it be silenced.",
    WARNING + ADVICE: "A warning or advice: it can be silenced.",
}
_FIRST_LINE = re.compile(r"^\S.*?: (?:error|warning|advice) ([a-z0-9-]+): ")


def page(told: Iterable[str]) -> str:
    """All codes as Markdown. ``told`` are texts that editors have seen, to take examples from."""
    found = examples(told)
    parts = [_OPENING, "".join(f"- {name}: {_links(group)}\n" for name, group in CODES.items())]
    for name, group in CODES.items():
        parts.append(f"## {name}\n")
        parts += [_part(code, about, found.get(code, "")) for code, about in group.items()]
    return "\n".join(parts)


def _links(codes: Iterable[str]) -> str:
    return ", ".join(f"[{code}](#{code})" for code in codes)


def _part(code: str, about: Code, example: str) -> str:
    shown = f"\n```text\n{example}```\n" if example else ""
    says = about.says[0].upper() + about.says[1:]
    return f"### {code}\n\n{says}. {about.why}\n\n{_SEVERITY[about.severities]}\n{shown}"


def examples(told: Iterable[str]) -> dict[str, str]:
    """A message for each code: the shortest of those that say what to type."""
    found: dict[str, list[str]] = {}
    for message in (message for text in told for message in _messages(text)):
        if match := _FIRST_LINE.match(message):
            found.setdefault(match[1], []).append(message)
    return {code: min(messages, key=_unfit) for code, messages in found.items()}


def _unfit(message: str) -> tuple[bool, int, str]:
    return "\n  fix: " not in message, len(message), message


def _messages(text: str) -> Iterator[str]:
    """The messages of a text: each begins at the margin; the last line is the count."""
    yield from re.findall(r"^\S.*\n(?:[ ].*\n)*", text, re.M)
