"""What browsers may run and fetch."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256

import pytest

from sitegen.pages.policy import editing, in_a_page, policy
from sitegen.source.config import Editor


def test_nothing_runs_and_nothing_is_fetched() -> None:
    """A site without scripts allows its own pictures, sound and styles, and no more."""
    assert policy(script="") == (
        "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'self'; "
        "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    )


def test_the_script_of_the_pages() -> None:
    """The one script is let in by the hash of its text, nothing else is."""
    hash_ = b64encode(sha256(b"go()").digest()).decode()
    assert f"script-src 'sha256-{hash_}';" in policy(script="go()")


def test_search() -> None:
    """Search runs from the site itself, as WebAssembly."""
    rules = policy(script="", search=True)
    assert "script-src 'self' 'wasm-unsafe-eval';" in rules


def test_frames() -> None:
    """Only the hosts that the site names may be framed."""
    rules = policy(script="", frame_hosts=["www.youtube-nocookie.com"])
    assert "frame-src https://www.youtube-nocookie.com;" in rules


def test_in_a_page() -> None:
    """A meta element says all but who may frame the page (CSP 3, 3.3)."""
    whole = policy(script="go()")
    assert in_a_page(whole) == whole.removesuffix("; frame-ancestors 'none'")


@pytest.mark.parametrize(
    ("editor", "host"),
    [
        (Editor(repo="a/b"), " https://api.github.com"),
        (Editor(repo="a/b", sign_in="https://auth.example.org"), " https://api.github.com"),
        (Editor(repo="a/b", backend="gitlab"), " https://gitlab.com"),
        (
            Editor(repo="a/b", backend="gitea", host="https://git.example.org:3000/git/"),
            " https://git.example.org:3000",
        ),
        (Editor(repo="a/b", backend="test-repo"), ""),
    ],
)
def test_the_editor_reaches_its_git_host(editor: Editor, host: str) -> None:
    """And nothing else; only its own scripts run."""
    rules = editing(editor)
    assert f"; connect-src 'self' blob: data:{host};" in rules
    assert "; script-src 'self';" in f"; {rules}".replace("default-src 'none'; ", "; ")
    assert rules.count("https:") == bool(host)
