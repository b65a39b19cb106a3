"""The desk that the planners of ``outputs/`` work at: all that a page may be made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field

from sitegen.clock import Validity
from sitegen.model import File, Shape
from sitegen.shown import Card
from sitegen.site.glossing import Order
from sitegen.site.index import Site
from sitegen.site.links import Links

Glosses = Mapping[str, tuple[str, ...]]  # by field, the HTML for each of its acronyms
Assets = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What planners work with. ``assets`` maps an asset's name to its site path.

    ``sheet`` is the style sheet, ``script`` what stands in every page; ``files`` are the
    design's other files by path. ``shapes`` are those of pictures, by digest;
    ``editor`` has the web editor's files, by name.
    """

    site: Site
    links: Links
    assets: Assets
    sheet: str
    files: Mapping[str, File]
    validity: Validity
    script: str = ""
    shapes: Mapping[str, Shape] = dataclass_field(default_factory=dict)
    editor: Mapping[str, bytes] = dataclass_field(default_factory=dict)
    cards: dict[str, Card] = dataclass_field(default_factory=dict)
    glosses: dict[tuple[str, Order], Glosses] = dataclass_field(default_factory=dict)

    def href(self, path: str) -> str:
        """A site path as a link within the site."""
        return self.site.config.base.href(path)

    def absolute(self, path: str) -> str:
        """A site path as an absolute URL."""
        return self.site.config.base.absolute(path)
