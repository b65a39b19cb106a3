"""The advice on a site: its posts' files read again as they were typed, and looked through."""

from __future__ import annotations

from sitegen.content import Content, Inputs
from sitegen.memo import Memo
from sitegen.problems import Problem


def advise(found: Content, inputs: Inputs, memo: Memo) -> list[Problem]:
    """All advice on a site, drafts included."""
    return []
