"""The Content-Security-Policy (CSP Level 3): nothing runs, and nothing comes, from elsewhere.

It is in ``_headers`` and, less what a meta element can't say, in each page, for hosts that send
no headers. The one script in the pages is let in by its hash.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Iterator
from hashlib import sha256

from sitegen.source.config import Editor

FRAMING = "frame-ancestors"
HOSTS = {
    "github": "https://api.github.com",
    "gitlab": "https://gitlab.com",
    "gitea": "https://gitea.com",
}


def policy(*, script: str, frame_hosts: Iterable[str] = (), search: bool = False) -> str:
    """The policy of pages with this inline ``script``.

    ``frame_hosts`` are those whose pages may be framed; ``search`` lets Pagefind in, which is
    the site's own but WebAssembly.
    """
    scripts = ["'self'", "'wasm-unsafe-eval'"] if search else []
    scripts += [f"'sha256-{_hash(script)}'"] if script else []
    frames = [f"https://{host}" for host in frame_hosts]
    rules = {
        "default-src": ["'none'"],
        "img-src": ["'self'"],
        "media-src": ["'self'"],
        "style-src": ["'self'"],
        "script-src": scripts,
        "connect-src": ["'self'"],  # search, and auditors who ask for robots.txt from a page
        "frame-src": frames,
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        FRAMING: ["'none'"],
    }
    return "; ".join(f"{name} {' '.join(values)}" for name, values in rules.items() if values)


def editing(editor: Editor) -> str:
    """The policy of the web editor: its own files, its pictures in memory, and the Git host's API.

    It writes its styles into the page, so those can't be held to files.
    """
    rules = {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'", "'unsafe-inline'"],
        "font-src": ["'self'"],
        "img-src": ["'self'", "blob:", "data:"],
        "media-src": ["'self'", "blob:"],
        "connect-src": ["'self'", "blob:", "data:", *_git_host(editor)],
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
        FRAMING: ["'none'"],
    }
    return "; ".join(f"{name} {' '.join(values)}" for name, values in rules.items())


def _git_host(editor: Editor) -> Iterator[str]:
    """The origin of the Git host's API; GitLab and Gitea sign people in from the same one."""
    address = editor.host or HOSTS.get(editor.backend)
    if address and editor.backend in HOSTS:
        yield from re.findall(r"\Ahttps?://[^/?#]+", address)


def in_a_page(whole: str) -> str:
    """A policy less what a meta element can't say."""
    return "; ".join(rule for rule in whole.split("; ") if not rule.startswith(FRAMING))


def _hash(script: str) -> str:
    return b64encode(sha256(script.encode()).digest()).decode()
