"""``_headers``: what hosts that read it (Netlify, Cloudflare) send with each file."""

from __future__ import annotations

from collections.abc import Iterator

from sitegen.model import Address, Encoded, Output
from sitegen.present import Desk
from sitegen.site import Site
from sitegen.urls import output_path

PATH = "/_headers"
YEAR = 31_536_000


def addresses(site: Site) -> Iterator[Address]:
    """One file."""
    yield Address(path=PATH, owner="the file of headers")


def policy(frame_hosts: tuple[str, ...]) -> str:
    """A Content-Security-Policy under which nothing runs and nothing comes from elsewhere."""
    rules = {
        "default-src": "'none'",
        "img-src": "'self'",
        "media-src": "'self'",
        "style-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
    }
    if frame_hosts:
        rules["frame-src"] = " ".join(f"https://{host}" for host in frame_hosts)
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def outputs(desk: Desk) -> Iterator[Output]:
    """One file. Fingerprinted assets may be kept for a year; pages are asked for anew."""
    config = desk.site.config
    everywhere = [
        f"Content-Security-Policy: {policy(config.iframe_hosts)}",
        "X-Content-Type-Options: nosniff",
        "Referrer-Policy: strict-origin-when-cross-origin",
        "Permissions-Policy: camera=(), geolocation=(), microphone=()",
    ]
    if config.noindex:
        everywhere.append("X-Robots-Tag: noindex")
    blocks = {
        "/*": everywhere,
        "/assets/*": [f"Cache-Control: public, max-age={YEAR}, immutable"],
        "/feed.json": ["Content-Type: application/feed+json; charset=utf-8"],
        "/*/feed.json": ["Content-Type: application/feed+json; charset=utf-8"],
    }
    text = "".join(
        desk.href(path) + "\n" + "".join(f"  {line}\n" for line in lines)
        for path, lines in blocks.items()
    )
    yield Encoded(path=output_path(PATH), data=text.encode())
