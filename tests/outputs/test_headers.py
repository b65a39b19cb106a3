"""_headers: what hosts send with each file."""

from __future__ import annotations

import re

from tests.sites import CONFIG, made


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


def test_a_hidden_site_says_so_in_every_header() -> None:
    """``noindex`` also for what is no HTML."""
    assert "X-Robots-Tag" not in blocks()["/*"]
    assert blocks(CONFIG + "noindex: true\n")["/*"]["X-Robots-Tag"] == "noindex"


def test_patterns_lie_below_the_path_of_the_site() -> None:
    """``base_url`` with a path."""
    found = blocks(CONFIG.replace("example.org/", "example.org/site/"))
    assert all(path.startswith("/site/") for path in found)
