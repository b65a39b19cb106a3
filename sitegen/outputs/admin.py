"""/admin/: the web editor, where config.yaml asks for one. A preview says where to find it.

In a preview it could only write past the files that are being looked at, so there is none.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import partial
from html import escape

from sitegen.formats.sveltia import BUNDLE, FILES, VERSION, at_home
from sitegen.model import Address, Encoded, Output, Ready
from sitegen.pages.desk import Desk
from sitegen.pages.policy import editing, in_a_page
from sitegen.site.index import Site
from sitegen.source.config import Editor
from sitegen.tables import forms
from sitegen.urls import output_path

PATH = "/admin/"
OWNER = "the web editor"
START = "start.js"
# The page looks the same in every build but for its title; it is no part of the design.
_PAGE = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
{head}<title>{title}</title>
</head>
<body>
{body}
</body>
</html>
"""
_HEAD = """\
<meta http-equiv="Content-Security-Policy" content="{policy}">
<link rel="icon" href="data:,">
<link rel="cms-config-url" type="text/yaml" href="config.yml">
"""
_BODY = f"""\
<noscript>The editor needs JavaScript. Posts can be edited as files, too.</noscript>
<script src="{START}"></script>
<script src="{BUNDLE}"></script>"""
# What is new begins as a draft. A default would do so too, but the editor gives defaults to old
# posts as well, and the next change to one would take it off the site.
_START = """\
function asDraft() {
  const [path, query] = location.hash.split("?");
  const values = new URLSearchParams(query);
  if (!path.endsWith("/new") || values.has("draft")) return;
  values.set("draft", "true");
  history.replaceState(history.state, "", `${path}?${values}`);
}
asDraft();
addEventListener("hashchange", asDraft);
// Escape closes lists in a form; it must not close the form, with all that was typed.
try {
  const PREFERENCES = "sveltia-cms.prefs";
  const kept = JSON.parse(localStorage.getItem(PREFERENCES) || "{}");
  localStorage.setItem(PREFERENCES, JSON.stringify({ closeWithEscape: false, ...kept }));
} catch {
  // A browser that keeps nothing: the editor then has its own ways.
}
"""
_ELSEWHERE = """\
<p>This is a preview of the files on this computer: edit those.
The web editor is on the published site.</p>"""


def addresses(site: Site) -> Iterator[Address]:
    """The page, where there is an editor."""
    if site.config.editor:
        yield Address(path=PATH, owner=OWNER)


def is_foreign(output: Output) -> bool:
    """Whether this is a file of the editor's own makers: it says nothing of the site."""
    return output.owner == OWNER and output.path.name in FILES


def outputs(desk: Desk) -> Iterator[Output]:
    """The page, the configuration, and the editor's own files."""
    editor = desk.site.config.editor
    if editor is None:
        return
    for name, make in _files(desk, editor):
        yield Encoded(path=output_path(PATH + name), make=make, owner=OWNER)


def _files(desk: Desk, editor: Editor) -> Iterator[tuple[str, Callable[[], bytes]]]:
    title = escape(f"Editing {desk.site.config.title}")
    if desk.site.preview:
        page = _PAGE.format(head="", title=title, body=_ELSEWHERE)
        yield "", Ready(page.encode())
        return
    head = _HEAD.format(policy=in_a_page(editing(editor)))
    yield "", Ready(_PAGE.format(head=head, title=title, body=_BODY).encode())
    yield "config.yml", partial(_configuration, desk, editor)
    yield START, Ready(_START.encode())
    for name, data in desk.editor.items():
        yield _place(name), partial(_served, name, data)
    # That it is the newest version, and that nothing is known of the Git host's health.
    yield "sveltia/package.json", Ready(json.dumps({"version": VERSION}).encode())
    yield "sveltia/status.json", Ready(b"{}")


def _configuration(desk: Desk, editor: Editor) -> bytes:
    """JSON, which is YAML, too."""
    site = desk.site
    titles = {entry.ref: entry.front.title for entry in site.entries.values() if entry.current}
    posts = dict(sorted(titles.items(), key=lambda row: (row[1].casefold(), row[0])))
    value = forms.configuration(site.config, editor, site.facts, posts)
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def _place(name: str) -> str:
    """Words are looked for in a folder that is named after the version."""
    return f"sveltia@{VERSION}/locales/{name}" if name.endswith(".json") else name


def _served(name: str, data: bytes) -> bytes:
    return at_home(data.decode()).encode() if name == BUNDLE else data
