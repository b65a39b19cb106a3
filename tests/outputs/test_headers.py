"""_headers: what hosts send with each file."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from sitegen.outputs.headers import SHARING
from sitegen.site.targets import IMAGES
from tests.sites import CONFIG, made

POLICY = "Content-Security-Policy"


def blocks(config: str = CONFIG) -> dict[str, dict[str, str]]:
    """The headers of each pattern."""
    found: dict[str, dict[str, str]] = {}
    for line in made({"config.yaml": config}, "_headers").decode().splitlines():
        if line.startswith(" "):
            name, _, value = line.strip().partition(": ")
            found[list(found)[-1]][name] = value
        else:
            found[line] = {}
    return found


def test_nothing_comes_from_elsewhere() -> None:
    """A strict policy for every page: no other site's scripts, styles, pictures or frames."""
    policy = blocks()["/*"]["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert "http" not in policy
    assert "frame-ancestors 'none'" in policy


def test_framed_hosts_are_allowed() -> None:
    """Those of ``iframe_hosts``, and no other."""
    policy = blocks(CONFIG + "iframe_hosts: [www.example.com]\n")["/*"]["Content-Security-Policy"]
    assert re.search(r"frame-src [^;]*https://www\.example\.com", policy)


def test_fingerprinted_files_are_kept_for_ever() -> None:
    """Assets only: pages are asked for anew."""
    kept = [path for path, headers in blocks().items() if "immutable" in str(headers)]
    assert kept == ["/assets/*"]


def test_search_is_let_in_where_there_is_search() -> None:
    """WebAssembly and the index; of the index what is named after its bytes is kept for ever."""
    with_search = blocks(CONFIG.replace("search: false", "search: true"))
    policy = with_search["/*"]["Content-Security-Policy"]
    assert "script-src 'self' 'wasm-unsafe-eval'" in policy
    assert "connect-src 'self'" in policy
    assert "wasm" not in blocks()["/*"]["Content-Security-Policy"]
    kept = {path for path, headers in with_search.items() if "immutable" in str(headers)}
    parts = {f"/pagefind/{part}/*" for part in ("filter", "fragment", "index")}
    assert kept == {"/assets/*", *parts}


# ---- what Mozilla's HTTP Observatory asks for (developer.mozilla.org/en-US/observatory)


def observed(config: str = CONFIG) -> dict[str, str]:
    """The headers of the home page."""
    return blocks(config)["/*"]


SEARCHED = CONFIG.replace("search: false", "search: true") + "iframe_hosts: [www.example.com]\n"


@pytest.mark.parametrize("config", [CONFIG, SEARCHED], ids=["plain", "search and frames"])
def test_the_policy_gets_full_marks(config: str) -> None:
    """Nothing by default; no code or style in a page, none made from text, none from anywhere."""
    rules = map(str.split, observed(config)[POLICY].split(";"))
    policy = {name: values for name, *values in rules}
    assert policy["default-src"] == ["'none'"]
    assert policy["base-uri"] == ["'none'"]
    assert policy["form-action"] == ["'self'"]
    assert policy["frame-ancestors"] == ["'none'"]
    assert not {"object-src", "worker-src", "script-src-attr", "report-uri"} & policy.keys()
    sources = [source for values in policy.values() for source in values]
    assert not {"'unsafe-inline'", "'unsafe-eval'", "'strict-dynamic'", "*"} & {*sources}
    assert [x for x in sources if x.endswith(":") or x.startswith("http:")] == []
    assert {*policy.get("script-src", [])} <= {"'self'", "'wasm-unsafe-eval'"}


def test_the_other_headers_get_full_marks() -> None:
    """Each test of the Observatory that a static file can pass; cookies and CORS are there none."""
    headers = observed()
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    age = re.fullmatch(r"max-age=(\d+)", headers["Strict-Transport-Security"])
    assert age and int(age[1]) >= 15_768_000  # six months
    assert not {"Set-Cookie", "Access-Control-Allow-Origin"} & headers.keys()
    assert headers["Permissions-Policy"].count("=()") >= 10


def test_pictures_may_be_shown_elsewhere() -> None:
    """Readers of feeds show them in pages of their own; nothing else may be taken into a page."""
    shared = {p for p, headers in blocks().items() if headers.get(SHARING) == "cross-origin"}
    assert shared == {f"/*.{kind}" for kind in IMAGES}


def test_a_site_without_https_does_not_ask_for_it() -> None:
    """Browsers would keep to it."""
    assert "Strict-Transport-Security" not in observed(CONFIG.replace("https:", "http:"))


def netlify(pattern: str) -> str:
    """How Netlify reads a pattern: a star alone may be nothing; beside one a dot is any sign."""
    parts = (
        "?(.*)" if part == "*" else part.replace("*", "(.*)") if "*" in part else re.escape(part)
        for part in pattern.strip("/").split("/")
    )
    return f"/{'/'.join(parts)}/?"


def cloudflare(pattern: str) -> str:
    """How Cloudflare reads a pattern: a star, of which it takes one, is any text."""
    assert pattern.count("*") <= 1
    return ".*".join(map(re.escape, pattern.split("*")))


@pytest.mark.parametrize("read", [netlify, cloudflare])
@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        ("/consultations/calendar.ics", {"text/calendar; charset=utf-8"}),
        ("/consultations/clinics/calendar.ics", {"text/calendar; charset=utf-8"}),
        ("/feed.json", {"application/feed+json; charset=utf-8"}),
        ("/tags/clinics/feed.json", {"application/feed+json; charset=utf-8"}),
        ("/consultations/", set()),
        ("/consultations/clinics/", set()),
        ("/tags/clinics/", set()),
    ],
)
def test_calendars_and_feeds_are_called_what_they_are(
    path: str, wanted: set[str], read: Callable[[str], str]
) -> None:
    """So that a phone opens them with the right program; no page is called one of them."""
    found = [headers for p, headers in blocks().items() if re.fullmatch(read(p), path)]
    assert {h["Content-Type"] for h in found if "Content-Type" in h} == wanted


def test_a_hidden_site_says_so_in_every_header() -> None:
    """``noindex`` also for what is no HTML."""
    assert "X-Robots-Tag" not in blocks()["/*"]
    assert blocks(CONFIG + "noindex: true\n")["/*"]["X-Robots-Tag"] == "noindex"


def test_patterns_lie_below_the_path_of_the_site() -> None:
    """``base_url`` with a path."""
    found = blocks(CONFIG.replace("example.org/", "example.org/site/"))
    assert all(path.startswith("/site/") for path in found)
