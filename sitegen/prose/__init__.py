"""Markdown → Body: safe HTML with holes for what others decide, and what is wrong with it, where.

``convert`` tells the story. On its way a text goes through ``prepare`` and ``lists`` (as typed →
as Python-Markdown reads it), ``markdown`` with ``shortcuts`` (→ HTML), ``sanitise`` and ``tags``
(→ safe HTML) and ``finish`` with ``addresses``, ``ids``, ``typography``, ``acronyms`` and
``excerpt`` (→ as shown).
``faults`` and ``places`` say what is wrong.
"""

from sitegen.prose.convert import Converted, convert

__all__ = ["Converted", "convert"]
