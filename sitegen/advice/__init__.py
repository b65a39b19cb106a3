"""Advice for editors: what ``check`` tells besides faults. It never stops a build.

``reading`` takes a post apart as it was typed, with ``blocks``. The other modules hold rules, a
question each, and each has a ``check`` that runs all of its own: about one post as typed (``of``
runs them all), or about the whole site (``duties``, ``upkeep``, ``shared``, ``tags``).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sitegen.advice import access, copy, plain
from sitegen.advice.plain import Vocabulary
from sitegen.advice.reading import Post
from sitegen.problems import Problem


def of(post: Post, today: date, vocabulary: Vocabulary) -> Iterator[Problem]:
    """All advice on one post that its own file gives rise to, on the day ``today``.

    ``vocabulary`` are the words that have plainer ones.
    """
    yield from access.check(post)
    yield from copy.check(post, today)
    yield from plain.check(post, vocabulary)
