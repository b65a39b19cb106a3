"""/admin/: the web editor, where config.yaml asks for one."""

from __future__ import annotations

import json
from dataclasses import replace

from sitegen.formats.sveltia import AT_HOME, VERSION
from sitegen.outputs import admin
from sitegen.pages import plan
from sitegen.pages.desk import Desk
from tests.sites import CONFIG, desk, made, page, planned, post

ON = CONFIG + "editor: {repo: owner/site}\n"
BUNDLE = f"load('{' '.join(AT_HOME)}')"


def edited(config: str = ON) -> Desk:
    """A desk with an editor's files."""
    files = {"sveltia-cms.js": BUNDLE.encode(), "en-GB.json": b"{}", "icons.woff2": b"font"}
    return replace(desk({"config.yaml": config}), editor=files)


def written(at_desk: Desk) -> dict[str, bytes]:
    """The editor's files in the site, by path."""
    return {str(o.path): o.make() for o in admin.outputs(at_desk)}


def test_there_is_none_unless_it_is_asked_for() -> None:
    """Off by default."""
    files = {"content/news/a.md": post()}
    assert [path for path in planned(files) if path.startswith("admin")] == []
    assert "/admin/" not in made(files, "_headers").decode()


def test_one_line_turns_it_on() -> None:
    """A page, a configuration, and the editor's own files."""
    assert set(written(edited())) == {
        "admin/index.html",
        "admin/config.yml",
        "admin/start.js",
        "admin/sveltia-cms.js",
        "admin/icons.woff2",
        f"admin/sveltia@{VERSION}/locales/en-GB.json",
        "admin/sveltia/package.json",
        "admin/sveltia/status.json",
    }


def test_the_page_names_only_what_lies_beside_it() -> None:
    """So it works below a path, and under its own policy where a host sends no headers."""
    html = written(edited())["admin/index.html"].decode()
    assert '<script src="sveltia-cms.js"></script>' in html
    assert 'href="config.yml"' in html
    assert "connect-src 'self' blob: data: https://api.github.com" in html
    assert '<meta name="robots" content="noindex">' in html
    assert "frame-ancestors" not in html


def test_the_configuration() -> None:
    """It names the repository, and the site's own tags."""
    value = json.loads(written(edited())["admin/config.yml"])
    assert value["backend"]["repo"] == "owner/site"
    news = next(row for row in value["collections"] if row["name"] == "news")
    tags = next(row for row in news["fields"] if row["name"] == "tags")
    assert {"label": "Hospital care", "value": "hospital"} in tags["options"]


def test_the_bundle_stays_at_home() -> None:
    """Where it would ask other hosts, it asks the site."""
    files = written(edited())
    assert b"https:" not in files["admin/sveltia-cms.js"]
    assert json.loads(files["admin/sveltia/package.json"]) == {"version": VERSION}


def test_a_preview_has_no_editor() -> None:
    """It could only write past the files that are being looked at; its page says so."""
    at_desk = edited()
    files = written(replace(at_desk, site=replace(at_desk.site, preview=True)))
    assert set(files) == {"admin/index.html"}
    assert b"<script" not in files["admin/index.html"]


def test_its_headers() -> None:
    """A policy of its own in place of the pages', and no search engine."""
    text = made({"config.yaml": ON}, "_headers").decode()
    block = text.partition("\n/admin/*\n")[2]
    assert block.startswith("  ! Content-Security-Policy\n  Content-Security-Policy: default-src")
    assert "  X-Robots-Tag: noindex\n" in block
    rest = text.partition("\n/admin/*\n")[0]
    assert "unsafe-inline" not in rest
    assert "github" not in rest


def test_search_engines_are_not_told() -> None:
    """It is not in the sitemap."""
    assert b"admin" not in made({"config.yaml": ON}, "sitemap.xml")


def test_its_address_is_taken() -> None:
    """By it alone, and only where there is one."""
    files = {"content/pages/admin.md": page(), "content/pages/b.md": page(aliases="[/admin/b/]")}
    for config, faults in ((CONFIG, []), (ON, ["same-address", "reserved-address"])):
        at_desk = desk({"config.yaml": config, **files})
        found = plan.clashes(plan.claims(plan.addresses(at_desk.site), plan.outputs(at_desk), ()))
        assert [p.code for p in found] == faults
