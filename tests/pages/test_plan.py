"""The plan: every address has one owner, and whatever is planned was announced."""

from __future__ import annotations

import pytest

from sitegen.pages import plan
from sitegen.urls import output_path
from tests.sites import CONFIG, blog, consultation, desk, explainer, page, post


def clashes(files: dict[str, str]) -> list[tuple[str, str]]:
    """The code and file of every clash."""
    at_desk = desk(files)
    found = plan.clashes(plan.claims(plan.addresses(at_desk.site), plan.outputs(at_desk), ()))
    return sorted((p.code, p.path) for p in found)


SITE = {
    "content/series.yaml": "ceo: {title: The CEO writes}\n",
    "content/blog/a.md": blog(series="ceo", aliases="[/old/a, /older.html]"),
    "content/consultations/c.md": consultation("2026-06-01", "2026-07-01"),
    "content/explainers/e.md": explainer(),
    "content/news/n.md": post(),
    "content/pages/about.md": page(),
    "content/pages/index.md": page(title="Welcome"),
}


def test_planners_write_what_they_announce() -> None:
    """Each address is written, and nothing else but assets and files."""
    at_desk = desk(SITE)
    announced = {output_path(a.path) for a in plan.addresses(at_desk.site)}
    written = {o.path for o in plan.outputs(at_desk)}
    assert announced <= written
    assert {path.parts[0] for path in written - announced} == {"assets"}
    assert clashes(SITE) == []


def test_every_output_is_planned_once() -> None:
    """No path stands twice."""
    paths = [o.path for o in plan.outputs(desk(SITE))]
    assert len(paths) == len(set(paths))


@pytest.mark.parametrize(
    ("files", "faulty"),
    [
        ({"content/pages/blog.md": page()}, ["content/pages/blog.md"]),
        ({"content/pages/tags.md": page()}, ["content/pages/tags.md"]),
        ({"content/pages/archive.md": page()}, ["content/pages/archive.md"]),
        ({"content/pages/search.md": page()}, ["content/pages/search.md"]),
        ({"content/pages/home.md": page(aliases="[/]")}, ["content/pages/home.md"]),
        ({"content/pages/a.md": page(aliases="[/about]")}, ["content/pages/a.md"]),
        ({"content/pages/a.md": page(aliases="[/About/]")}, ["content/pages/a.md"]),
        ({"content/pages/a.md": page(aliases="[/feed.xml]")}, ["content/pages/a.md"]),
        ({"content/pages/a.md": page(aliases="[/a/]")}, ["content/pages/a.md"]),
        ({"content/pages/a.md": page(aliases="[/x, /x/]")}, ["content/pages/a.md"]),
        ({"content/explainers/f.md": explainer(slug="e")}, ["content/explainers/f.md"]),
        ({"content/pages/a.md": page(aliases="[/about/index.html]")}, ["content/pages/a.md"]),
    ],
)
def test_two_owners_of_one_address_are_refused(files: dict[str, str], faulty: list[str]) -> None:
    """Posts, aliases, lists and feeds; also where only letter case tells them apart."""
    found = clashes({**SITE, **files})
    assert {code for code, _ in found} == {"same-address"}
    assert {path for _, path in found} >= set(faulty) or len(found) == 1


def test_a_file_where_a_folder_must_be_is_refused() -> None:
    """An alias /about.html/x would need a folder where the file /about.html is."""
    files = {
        "content/pages/a.md": page(aliases="[/old.html]"),
        "content/pages/b.md": page(aliases="[/old.html/b]"),
    }
    assert [code for code, _ in clashes(files)] == ["same-address"]


@pytest.mark.parametrize("name", ["assets", "media", "pagefind"])
def test_addresses_that_are_taken(name: str) -> None:
    """No post may have an address under what is sitegen's own."""
    assert ("reserved-address", f"content/pages/{name}.md") in clashes(
        {f"content/pages/{name}.md": page()}
    )
    alias = page(aliases=f"[/{name.title()}/x/]")
    assert ("reserved-address", "content/pages/a.md") in clashes({"content/pages/a.md": alias})


def test_a_clash_names_both_and_says_what_to_do() -> None:
    """The one that an editor can change, at the line of its alias."""
    files = {"content/pages/a.md": page(aliases="[/blog/]")}
    at_desk = desk(files)
    (fault,) = plan.clashes(plan.claims(plan.addresses(at_desk.site), plan.outputs(at_desk), ()))
    assert (fault.path, fault.line) == ("content/pages/a.md", 3)
    assert "/blog/" in fault.message
    assert "Blog" in fault.message
    assert fault.fix


def test_a_second_translation_into_one_language() -> None:
    """The newer one is told, at its language, and which is there already."""
    files = {
        "content/news/a.md": post(title="A"),
        "content/news/b.md": post(title="B", date="2026-05-02", lang="pl", translation_of="news/a"),
        "content/news/c.md": post(title="C", date="2026-05-01", lang="pl", translation_of="news/a"),
        "content/news/d.md": post(title="D", lang="cy", translation_of="news/a"),
    }
    at_desk = desk(files)
    (fault,) = plan.clashes(plan.claims(plan.addresses(at_desk.site), plan.outputs(at_desk), ()))
    assert (fault.code, fault.path, fault.line) == ("same-translation", "content/news/b.md", 6)
    assert fault.message == '"content/news/c.md" already translates "news/a" into this language'


def test_a_deployment_below_a_path_changes_no_output_path() -> None:
    """``base_url`` may have a path: it is in the links, not in the files' places."""
    below = CONFIG.replace("example.org/", "example.org/site/")
    root = {o.path for o in plan.outputs(desk(SITE))}
    assert {o.path for o in plan.outputs(desk({**SITE, "config.yaml": below}))} == root
