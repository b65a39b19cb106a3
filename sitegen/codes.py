"""Every code that a fault or an advice may have: what it tells, and why it matters.

``docs/faults.md`` is made from this table, and ``silence`` in config.yaml may name its codes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Code:
    """What a code tells, in a sentence, and why it matters to readers or to the site."""

    says: str
    why: str


CODES: Mapping[str, Mapping[str, Code]] = {}
