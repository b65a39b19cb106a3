"""A host as Cloudflare and Netlify are: files of a folder, sent as its ``_headers`` says."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

from tests.browser.conftest import Quiet

Rules = tuple[tuple[str, tuple[str, ...]], ...]  # each pattern with its lines


def rules(text: str) -> Rules:
    """The blocks of a file of headers."""
    blocks: list[tuple[str, list[str]]] = []
    for line in text.splitlines():
        if line.startswith(" "):
            blocks[-1][1].append(line.strip())
        else:
            blocks.append((line, []))
    return tuple((pattern, tuple(lines)) for pattern, lines in blocks)


def headers(path: str, of: Rules) -> dict[str, str]:
    """What is sent with a path: all that apply, joined; ``!`` takes back what came before."""
    sent: dict[str, str] = {}
    for pattern, lines in of:
        if not re.fullmatch(".*".join(map(re.escape, pattern.split("*"))), path):
            continue
        for line in lines:
            if line.startswith("! "):
                sent.pop(line.removeprefix("! "), None)
            else:
                name, _, value = line.partition(": ")
                sent[name] = f"{sent[name]}, {value}" if name in sent else value
    return sent


class Host(Quiet):
    """Sends each file with its headers, and the site's own page for what is not there."""

    def guess_type(self, path: str | Path) -> str:  # type: ignore[override]
        """What ``_headers`` calls a file, else what its name tells."""
        return self._told().get("Content-Type") or super().guess_type(str(path))

    def end_headers(self) -> None:
        """Add those of ``_headers``."""
        for name, value in self._told().items():
            if name != "Content-Type":
                self.send_header(name, value)
        super().end_headers()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """The site's 404.html."""
        body = Path(self.directory, "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _told(self) -> dict[str, str]:
        found = Path(self.directory, "_headers").read_text("utf-8")
        return headers(urlsplit(self.path).path, rules(found))
