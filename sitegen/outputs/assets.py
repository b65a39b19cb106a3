"""Styles, pictures and fonts of the design, each under a name that holds its fingerprint."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from sitegen.fingerprint import digest_bytes
from sitegen.model import Copied, Encoded, File, Output, Ready
from sitegen.pages.desk import Desk
from sitegen.source.config import Brand

FOLDER = "templates/assets/"
SHEET = "site.css"


def stylesheet(styles: Mapping[str, str], brand: Brand) -> str:
    """The brand's colours, then every style sheet in the order of their names."""
    tokens = (
        f":root{{--brand:{brand.primary};--accent:{brand.accent}}}\n"
        "@media (prefers-color-scheme:dark){"
        f":root{{--brand:{brand.primary_dark};--accent:{brand.accent_dark}}}}}\n"
    )
    return tokens + "\n".join(styles[name] for name in sorted(styles))


def names(sheet: str, files: Mapping[str, File]) -> dict[str, str]:
    """The site path of every asset by its name: ``site.css``, ``img/mark.svg``."""
    found = {SHEET: _path(SHEET, digest_bytes(sheet.encode()))}
    for path, file in files.items():
        if path.startswith(FOLDER):
            name = path.removeprefix(FOLDER)
            found[name] = _path(name, file.digest)
    return found


def _path(name: str, digest: str) -> str:
    path = PurePosixPath(name)
    return f"/assets/{path.with_suffix('')}.{digest[:10]}{path.suffix}"


def outputs(desk: Desk) -> Iterator[Output]:
    """The style sheet, and the other assets as they are."""
    for name, address in desk.assets.items():
        path = PurePosixPath(address.lstrip("/"))
        if name == SHEET:
            yield Encoded(path=path, make=Ready(desk.sheet.encode()), owner="templates/assets/css")
        else:
            file = desk.files[FOLDER + name]
            yield Copied(path=path, source=file.source, digest=file.digest, owner=str(file.source))
