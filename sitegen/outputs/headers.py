"""``_headers``: what hosts that read it (Netlify, Cloudflare) send with each file."""

from __future__ import annotations

from collections.abc import Iterator

from sitegen.model import Address, Encoded, Output, Ready
from sitegen.outputs.search import INDEX
from sitegen.pages.desk import Desk
from sitegen.pages.policy import editing, policy
from sitegen.site.index import Site
from sitegen.site.targets import IMAGES
from sitegen.urls import output_path

PATH = "/_headers"
YEAR = 31_536_000
FOR_EVER = f"Cache-Control: public, max-age={YEAR}, immutable"
# What no page asks for, and no page that is framed may. Screens may be filled: films do.
NOT_ASKED_FOR = (
    *("accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "magnetometer"),
    *("microphone", "midi", "payment", "usb"),
)
SHARING = "Cross-Origin-Resource-Policy"
PARTS = ("filter", "fragment", "index")  # of the search index: named after what is in them


def addresses(site: Site) -> Iterator[Address]:
    """One file."""
    yield Address(path=PATH, owner="the file of headers")


def outputs(desk: Desk) -> Iterator[Output]:
    """One file. Fingerprinted assets may be kept for a year; pages are asked for anew."""
    config = desk.site.config
    rules = policy(script=desk.script, frame_hosts=config.iframe_hosts, search=config.search)
    everywhere = [
        f"Content-Security-Policy: {rules}",
        "X-Content-Type-Options: nosniff",
        "X-Frame-Options: DENY",  # to browsers that don't know the policy's frame-ancestors
        "Referrer-Policy: strict-origin-when-cross-origin",
        f"Permissions-Policy: {', '.join(f'{name}=()' for name in NOT_ASKED_FOR)}",
        f"{SHARING}: same-origin",
    ]
    if config.base.origin.startswith("https:"):
        everywhere.append(f"Strict-Transport-Security: max-age={YEAR}")
    if config.noindex:
        everywhere.append("X-Robots-Tag: noindex")
    # Where a header is another's too, "!" takes that back: Cloudflare would send both, and browsers
    # would hold to both; a line without a colon says nothing to Netlify.
    blocks = {
        "/*": everywhere,
        # Pictures are shown elsewhere too: by those who read feeds in a browser.
        **{f"/*.{kind}": [f"! {SHARING}", f"{SHARING}: cross-origin"] for kind in sorted(IMAGES)},
        "/assets/*": [FOR_EVER],
        **({f"{INDEX}{part}/*": [FOR_EVER] for part in PARTS} if config.search else {}),
        "/feed.json": ["Content-Type: application/feed+json; charset=utf-8"],
        "/*/feed.json": ["Content-Type: application/feed+json; charset=utf-8"],
        # Not "/*.ics": Netlify takes that dot for any character, and so /tags/clinics/ too.
        "/consultations/calendar.ics": ["Content-Type: text/calendar; charset=utf-8"],
        "/consultations/*/calendar.ics": ["Content-Type: text/calendar; charset=utf-8"],
    }
    if config.editor:
        blocks["/admin/*"] = [
            "! Content-Security-Policy",
            f"Content-Security-Policy: {editing(config.editor)}",
            *([] if config.noindex else ["X-Robots-Tag: noindex"]),
        ]
    text = "".join(
        desk.href(path) + "\n" + "".join(f"  {line}\n" for line in lines)
        for path, lines in blocks.items()
    )
    yield Encoded(path=output_path(PATH), make=Ready(text.encode()))
