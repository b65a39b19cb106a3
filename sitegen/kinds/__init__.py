"""The kinds of post. ``KINDS`` lists them by name; the folder of content/ decides the kind."""

from __future__ import annotations

from sitegen.kinds import blog, consultation, explainer, news, page
from sitegen.kinds.common import Kind

__all__ = ["BY_FOLDER", "KINDS", "Kind"]

KINDS: dict[str, Kind] = {
    kind.name: kind for kind in (blog.KIND, consultation.KIND, explainer.KIND, news.KIND, page.KIND)
}
BY_FOLDER: dict[str, Kind] = {kind.folder: kind for kind in KINDS.values()}
