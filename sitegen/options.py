"""What to build, and how: what every door asks of the stages."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from sitegen.problems import SitegenError

Progress = Callable[[str, int, int], None]

FOLDER = ".sitegen"  # where a build remembers, in the site's folder
FOLDERS = ("content", "templates")  # what it reads there, besides single files
# A file written in the same tick of the clock as it was read may change and look the same:
# only what has rested for this long is known by its looks.
SETTLED_NS = 2_000_000_000


def _silent(*_: object) -> None:
    """Nothing is said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What to build, and how. ``now`` gets the site's time zone and gives an instant.

    Without an ``output`` the site is only checked, and advice is given. A ``preview`` has drafts
    and scheduled posts too. ``force`` reads, parses and makes everything anew. ``progress`` is
    told the stage, how much is done and of how much; ``note`` gets sentences for whoever waits.
    ``images`` asks for the sizes of pictures, ``search`` for the search index, where config.yaml
    does too. ``scheduler`` is the address of a Dask cluster that posts and pages are sent to.
    ``verify`` has what is in the output compared with a build from nothing. What builds remember
    is in ``memory``, which is the site's own unless ``memory_in`` names another folder.
    """

    config: Path
    output: Path | None
    now: Callable[[ZoneInfo], datetime]
    base_url: str | None = None
    strict: bool = False
    force: bool = False
    preview: bool = False
    images: bool = True
    search: bool = True
    jobs: int | None = None
    scheduler: str | None = None
    memory_in: Path | None = None
    verify: bool = False
    progress: Progress = _silent
    note: Callable[[str], None] = _silent

    @property
    def root(self) -> Path:
        """The site's folder: the one that holds its config.yaml."""
        return root_of(self.config)

    @property
    def memory(self) -> Path:
        """The folder where builds remember."""
        return self.memory_in or self.root / FOLDER

    @property
    def shaping(self) -> tuple[object, ...]:
        """What of this shapes the output, besides ``now``."""
        return self.base_url, self.preview, self.images, self.search

    def require(self) -> None:
        """SitegenError when there is no such config.yaml, or no site round it."""
        try:
            if not self.config.is_file():
                raise no_config(self.config)
        except OSError as error:
            raise SitegenError(f"{self.config} can't be read: {error.strerror}") from None
        for name in FOLDERS:
            if not (self.root / name).is_dir():
                raise SitegenError(f"there is no folder {name}/ beside {self.config.name}")


def root_of(config: Path) -> Path:
    """The folder of the site whose config file this is, or leads to; as it is, in a circle."""
    return Path(os.path.realpath(config)).parent


def no_config(config: Path) -> SitegenError:
    """What to say when there is no config.yaml."""
    fix = "run sitegen in the folder of the site, or name its config.yaml with --config"
    return SitegenError(f"there is no {config}", fix=fix)
