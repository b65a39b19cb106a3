"""How often what is drawn at random is tried.

A test draws the same examples each time, so that what fails here fails everywhere. With
``SITEGEN_TRIALS=20`` it draws twenty times as many, and others each time.
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

TRIALS = int(os.environ.get("SITEGEN_TRIALS", "1"))


def trials(examples: int, **more: int) -> settings:
    """The settings of a test that draws so many examples; ``more`` is ``stateful_step_count``."""
    return settings(
        max_examples=examples * TRIALS,
        deadline=None,
        database=None,
        derandomize=TRIALS == 1,
        suppress_health_check=[HealthCheck.too_slow],
        **more,
    )
