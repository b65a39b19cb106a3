"""Hostile content in a real Chromium: a canary tells if anything of it ran, or reached out.

Without the Content-Security-Policy, so that what is built needs no help; and with it, which then
has nothing to report.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

import pytest

from sitegen.prose import convert
from tests.browser.conftest import Served
from tests.browser.hosting import Host
from tests.sites import as_typed, tree
from tests.trials import TRIALS
from tests.trust.hostile import FRAMES, SETTINGS, of_markdown, of_text, settle, vectors

# In every frame, before anything else: what a vector would call tells that it was called.
CANARY = """(() => {
  window.ran = [];
  for (const name of ["alert", "prompt", "confirm", "open", "fetch"])
    window[name] = (...what) => { top.ran.push(name + "(" + what + ")"); };
  navigator.sendBeacon = (what) => top.ran.push("beacon " + what);
  addEventListener("securitypolicyviolation", (e) => {
    if (!String(e.blockedURI).startsWith("https://frames.example"))
      top.ran.push(e.effectiveDirective + " forbids " + e.blockedURI + " " + e.sample);
  });
})()"""
# Everything that a reader could do, done to every element; and what the browser made of it all.
PROVOKE = """() => {
  const all = [...document.querySelectorAll("*")];
  addEventListener("click", (event) => event.preventDefault(), { capture: true });
  const happen = "click mouseover mouseenter pointerenter focus focusin toggle load error begin" +
    " animationstart transitionend scroll input change submit keydown beforetoggle start canplay";
  for (const one of all)
    for (const name of happen.split(" "))
      one.dispatchEvent(new Event(name, { bubbles: true, cancelable: true }));
  const bad = new Set("javascript: data: vbscript: blob: file: filesystem:".split(" "));
  const where = (one) => one.outerHTML.slice(0, 120);
  const wrong = all.filter((one) =>
    one.getAttributeNames().some((name) => name.startsWith("on") || name === "style") ||
    bad.has(one.protocol) ||
    one.namespaceURI !== "http://www.w3.org/1999/xhtml" && !one.closest("figure.chart") ||
    one.matches("main :is(script, style, meta, base, link, object, embed, template)") ||
    one.matches("iframe[src]") && new URL(one.src).host !== "frames.example" ||
    one.matches(":is(img, video, audio, source, track)") && one.src &&
      new URL(one.src).origin !== location.origin);
  return [...ran, ...wrong.map(where)];
}"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Both sites of vectors in one: what could be built of each."""
    root = tmp_path_factory.mktemp("hostile")
    texts = tuple(v.text for v in vectors("text"))[:: max(1, 3 // TRIALS)]
    settle(root, {**of_text(texts, SETTINGS + "page_size: 999\n"), **markdown()})
    return root / "output"


def markdown() -> dict[str, Any]:
    """The posts of the vectors of Markdown, beside those of texts."""
    posts = of_markdown().items()
    return {
        path.replace("content/news/v", "content/news/m"): data
        for path, data in posts
        if path.startswith("content/news/")
    }


@pytest.fixture(params=["without the policy", "with it"])
def tab(browser, request: pytest.FixtureRequest) -> Iterator[Any]:
    """A page with the canary; whatever it asks of another host is not answered, and told."""
    context = browser.new_context(bypass_csp=request.param == "without the policy")
    context.add_init_script(CANARY)
    tab = context.new_page()
    tab.asked = []
    tab.on("dialog", lambda dialog: dialog.dismiss())
    tab.route(lambda url: "127.0.0.1" not in url, lambda route: reached(route, tab.asked))
    yield tab
    context.close()


def reached(route: Any, asked: list[str]) -> None:
    """Note what was asked for, and end it; the one host that may be framed is no fault."""
    if not route.request.url.startswith(f"https://{FRAMES}/"):
        asked.append(route.request.url)
    route.abort()


def some(paths: list[str], most: int) -> list[str]:
    """So many of them, evenly spread; more with SITEGEN_TRIALS."""
    return paths[:: max(1, len(paths) // (most * TRIALS))]


def test_nothing_runs(tab, built: Path, served: Served) -> None:
    """Lists, which show every title and summary, and posts of every kind, however they are used."""
    address = served(built, Host)
    pages = [p.removesuffix("index.html") for p in tree(built) if p.endswith(".html")]
    lists = [
        "",
        "blog/",
        "news/",
        "consultations/",
        "explainers/",
        "tags/",
        "glossary/",
        "archive/",
    ]
    assert {*lists} <= {*pages}
    of_markdown = [p for p in pages if p.startswith("news/2026-05-01/m")]
    moved = [p for p in pages if p.startswith("old/")]  # they lead on at once
    others = [p for p in pages if p not in {*lists, *of_markdown, *moved}]
    for path in [*lists, *some(of_markdown, 15), *some(others, 15)]:
        tab.goto(f"{address}/{path}")
        assert tab.evaluate(PROVOKE) == [], path
        assert tab.url == f"{address}/{path}"
    assert tab.asked == []


def test_the_sanitiser_alone(tab, tmp_path: Path, served: Served) -> None:
    """All Markdown in one page, also what a build refuses; only pictures may be of elsewhere."""
    bodies = (
        as_typed(convert(v.text, path="a.md", iframe_hosts=frozenset({FRAMES})).body)
        for v in vectors("markdown")
    )
    rows = "".join(f"<section>{body}</section>\n" for body in bodies)
    page = f"<!doctype html><title>{escape('All')}</title><main>{rows}</main>"
    (tmp_path / "index.html").write_text(page, "utf-8")
    (tmp_path / "404.html").write_text("")
    policy = "default-src 'self'; img-src *; media-src *; frame-src https://frames.example"
    (tmp_path / "_headers").write_text(f"/*\n  Content-Security-Policy: {policy}\n")
    tab.goto(served(tmp_path, Host))
    found = tab.evaluate(PROVOKE)
    assert [
        x for x in found if not x.startswith(("<img", "<video", "<audio", "<source", "<track"))
    ] == []
    assert {url for url in tab.asked if not url.endswith((".png", ".mp3", ".mp4", ".vtt"))} == set()
    assert tab.evaluate("document.querySelectorAll('section').length") == len(vectors("markdown"))


def test_the_canary_sings(tab, tmp_path: Path, served: Served) -> None:
    """What is not made harmless is told: by a handler, by a script, by a request."""
    vector = "<img src=x onerror=alert(1)><img src=https://evil.example/x.png>"
    (tmp_path / "index.html").write_text(f"<!doctype html><title>a</title>{vector}")
    (tmp_path / "404.html").write_text("")
    (tmp_path / "_headers").write_text("/*\n  Content-Security-Policy: default-src 'self'\n")
    tab.goto(served(tmp_path, Host))
    assert tab.evaluate(PROVOKE)
    told = " ".join([*tab.evaluate("ran"), *tab.asked])
    assert "alert(1)" in told or "forbids inline" in told
    assert "evil.example" in told
