"""Sveltia CMS, the web editor: which of its files are served, and what it would ask of others.

The files are those of the npm package ``@sveltia/cms``, as they are, but for the icons' font, of
which only the icons in use are kept. ``tools/vendor_sveltia.py`` gets them and prints ``FILES``.
"""

from __future__ import annotations

from collections.abc import Mapping

VERSION = "0.221.1"
BUNDLE = "sveltia-cms.js"
FILES: Mapping[str, str] = {  # by name, the SHA-256 of each
    "sveltia-cms.js": "2fc783907e1a4a70783f155cc28435c70b8f79792f2aab75e787984e84aa413a",
    "en-GB.json": "a7959d8901b3873a9315d010560044b30eeb819306a0bd320f127e13c0082993",
    "source-sans-3.woff2": "7a19a7027e125257d310c6dbd78ae3a30b5ea1e3794d60b12bb28227a003bfda",
    "noto-mono.woff2": "2787a2983d94072a2c6262b1992a2642519800a889bd90ca1042d04a89852d58",
    "icons.woff2": "d707ab4807a5d118d1fd764a2d2a3d1f4585553510f9531da727ae22d538cc6a",
}
# What the bundle names, by the address that it has → the one that it gets, from /admin/. The
# addresses of the package get versions and paths of their own behind them.
_PACKAGE = "https://unpkg.com/@sveltia/cms"
_FONTS = "https://cdn.jsdelivr.net/fontsource/fonts/"
AT_HOME: Mapping[str, str] = {
    f"{_FONTS}source-sans-3:vf@5.3.0/latin-wght-normal.woff2": "source-sans-3.woff2",
    f"{_FONTS}noto-mono@5.3.0/latin-400-normal.woff2": "noto-mono.woff2",
    f"{_FONTS}material-symbols-outlined:vf@5.3.7/latin-wght-normal.woff2": "icons.woff2",
    _PACKAGE: "sveltia",
    "https://www.githubstatus.com/api/v2/status.json": "sveltia/status.json",
    "https://status-api.hostedstatus.com/1.0/status/5b36dc6502d06804c08349f7": (
        "sveltia/status.json"
    ),
}


def at_home(bundle: str) -> str:
    """The bundle with every such address leading to a file of the site itself.

    ValueError when it lacks one: another version asks for other things, and must be looked at.
    """
    for elsewhere, here in AT_HOME.items():
        if elsewhere not in bundle:
            raise ValueError(f"the bundle does not name {elsewhere}")
        bundle = bundle.replace(elsewhere, here)
    return bundle
