"""The page of all tags."""

from __future__ import annotations

from sitegen.model import Rendered
from sitegen.views.lists import TagsView
from tests.sites import blog, planned


def tags(files: dict[str, str]) -> list[tuple[str, str, int]]:
    """Label, address and count of each tag."""
    output = planned(files)["tags/index.html"]
    assert isinstance(output, Rendered)
    assert isinstance(output.view, TagsView)
    return [(t.label, t.url, t.count) for t in output.view.tags]


def test_tags_are_counted_and_empty_ones_kept() -> None:
    """By label; only current posts count; a tag without posts keeps its place and page."""
    files = {
        "content/blog/a.md": blog(tags="[dentistry, hospital]"),
        "content/blog/b.md": blog(tags="[teeth]"),
        "content/blog/gone.md": blog(tags="[hospital]", expiry_date="2026-06-01"),
        "content/blog/draft.md": blog(tags="[pharmacy]", draft="true"),
    }
    assert tags(files) == [
        ("Dentistry", "/tags/dentistry/", 2),
        ("Hospital care", "/tags/hospital/", 1),
        ("Pharmacy", "/tags/pharmacy/", 0),
    ]
    assert "tags/pharmacy/index.html" in planned(files)
    assert "tags/pharmacy/feed.xml" in planned(files)


def test_without_a_file_of_tags_the_posts_make_them() -> None:
    """As they are typed, at a slug's address."""
    files = {"content/tags.yaml": "", "content/blog/a.md": blog(tags="[Out of hours]")}
    assert tags(files) == [("Out of hours", "/tags/out-of-hours/", 1)]


def test_a_site_without_tags() -> None:
    """Still has its page of tags: it may be in a menu."""
    assert tags({"content/tags.yaml": ""}) == []
