"""Get the web editor's files from npm: ``python tools/vendor_sveltia.py 0.221.1``.

It needs npm, and fonttools and brotli (``pip install fonttools brotli``). It writes
sitegen/vendor/sveltia/ and tests/tables/sveltia.schema.json, and prints what belongs in
sitegen/formats/sveltia.py. Read the new version's notes, then run the tests: they find an address
of another host that is new, a widget that is gone, and whether a post can still be written.
"""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

REPO = Path(__file__).parents[1]
FOLDER = REPO / "sitegen" / "vendor" / "sveltia"
FORMS = REPO / "sitegen" / "forms.py"
SCHEMA = REPO / "tests" / "tables" / "sveltia.schema.json"
PROSE = ("description", "markdownDescription")
# Our name for a file → the beginning of its path in the package, and its end.
FILES = {
    "sveltia-cms.js": ("dist/sveltia-cms", ".js"),
    "en-GB.json": ("locales/en-GB.json", ""),
    "source-sans-3.woff2": ("npm/assets/source-sans-3-", ".woff2"),
    "noto-mono.woff2": ("npm/assets/noto-mono-", ".woff2"),
    "icons.woff2": ("npm/assets/material-symbols-outlined-", ".woff2"),
    "LICENSE.txt": ("LICENSE.txt", ""),
    "source-sans-3.LICENSE.txt": ("npm/assets/source-sans-3.LICENSE.txt", ""),
    "noto-mono.LICENSE.txt": ("npm/assets/noto-mono.LICENSE.txt", ""),
    "icons.LICENSE.txt": ("npm/assets/material-symbols-outlined.LICENSE.txt", ""),
}


def package(version: str) -> dict[str, bytes]:
    """Every file of the npm package by its path in it. npm holds the archive to its integrity."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            ["npm", "pack", f"@sveltia/cms@{version}", "--pack-destination", folder],
            check=True,
            capture_output=True,
        )
        (archive,) = Path(folder).glob("*.tgz")
        with tarfile.open(archive) as tar:
            return {
                member.name.removeprefix("package/"): file.read()
                for member in tar
                if (file := tar.extractfile(member))
            }


def chosen(files: dict[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """The files that are kept, under our names."""
    for name, (start, end) in FILES.items():
        (path,) = (p for p in files if p.startswith(start) and p.endswith(end))
        yield name, files[path]


def icons(font: bytes, used: set[str]) -> bytes:
    """The icons' font with the icons in use, each a ligature of its name, in one weight."""
    whole = TTFont(io.BytesIO(font), recalcTimestamp=False)
    letters = {glyph: chr(code) for code, glyph in whole.getBestCmap().items()}
    keep = [glyph for name, glyph in ligatures(whole, letters) if name in used]
    one = instantiateVariableFont(whole, {"wght": 400})
    options = Options(layout_features=["liga", "rlig"], layout_closure=False, flavor="woff2")
    subsetter = Subsetter(options)
    subsetter.populate(glyphs=keep, text="abcdefghijklmnopqrstuvwxyz0123456789_ ")
    subsetter.subset(one)
    one.flavor = "woff2"
    out = io.BytesIO()
    one.save(out)
    return out.getvalue()


def ligatures(font: Any, letters: dict[str, str]) -> Iterator[tuple[str, str]]:
    """The names of all icons, each with its glyph."""
    for lookup in font["GSUB"].table.LookupList.Lookup:
        for table in (getattr(t, "ExtSubTable", t) for t in lookup.SubTable):
            for first, rows in getattr(table, "ligatures", {}).items():
                for row in rows:
                    glyphs = (first, *row.Component)
                    yield "".join(letters.get(g, "?") for g in glyphs), row.LigGlyph


def without_prose(value: Any) -> Any:
    """A JSON Schema less its descriptions, which are most of it."""
    if isinstance(value, dict):
        return {
            k: without_prose(v)
            for k, v in value.items()
            if k not in PROSE or not isinstance(v, str)
        }
    return [without_prose(v) for v in value] if isinstance(value, list) else value


def main(version: str) -> None:
    """Write the files and print their digests."""
    files = package(version)
    kept = dict(chosen(files))
    # Any word of the bundle, and of the forms' configuration, may be an icon's name.
    text = kept["sveltia-cms.js"].decode() + FORMS.read_text(encoding="utf-8")
    kept["icons.woff2"] = icons(kept["icons.woff2"], set(re.findall(r"[a-z0-9_]+", text)))
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, data in kept.items():
        (FOLDER / name).write_bytes(data)
    schema = without_prose(json.loads(files["schema/sveltia-cms.json"]))
    SCHEMA.write_text(json.dumps(schema, separators=(",", ":")) + "\n", encoding="utf-8")
    print(f'VERSION = "{version}"')
    for name, data in kept.items():
        if "LICENSE" not in name:
            print(f'    "{name}": "{sha256(data).hexdigest()}",')


if __name__ == "__main__":
    main(sys.argv[1])
