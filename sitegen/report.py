"""What a build found and did, for the doors to tell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sitegen.clock import Validity
from sitegen.fingerprint import Digest
from sitegen.problems import Problem

if TYPE_CHECKING:
    from sitegen.site.schedule import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a build found and did. ``made`` has a reason for every output that was made anew.

    ``total`` is how many outputs the site has, ``look`` how they were left (``survey``);
    ``nothing_to_do`` that all was as it should be. ``differing`` are the files that a build from
    nothing makes otherwise, when it was asked for.
    """

    problems: tuple[Problem, ...]
    stopped: bool
    made: Mapping[PurePosixPath, str] = dataclass_field(default_factory=dict)
    total: int = 0
    removed: int = 0
    summary: str = ""
    validity: Validity = dataclass_field(default_factory=Validity)
    events: tuple[Event, ...] = ()
    tz: ZoneInfo = dataclass_field(default=ZoneInfo("UTC"))
    look: Digest = ""
    nothing_to_do: bool = False
    differing: tuple[str, ...] = ()
