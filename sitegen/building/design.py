"""templates/, read and ready: the templates, the style sheet and the other assets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from sitegen.building.content import Inputs
from sitegen.disk import inside
from sitegen.fingerprint import Digest, digest
from sitegen.model import File
from sitegen.outputs import assets
from sitegen.problems import Place, Problem, Severity, problem
from sitegen.source.config import Brand
from sitegen.source.wordbook import Wordbook
from sitegen.templating.render import Renderer, Templates, renderer

HEAVY = 1024  # bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Design:
    """The design of a site. ``addresses`` are the site paths of its assets, by name;

    ``sheet`` is its style sheet, ``script`` what stands in every page.
    """

    templates: Templates
    book: Wordbook
    ready: Renderer
    digest: Digest
    sheet: str
    script: str
    files: Mapping[str, File]
    addresses: Mapping[str, str]
    problems: tuple[Problem, ...]


def read_design(inputs: Inputs, brand: Brand, book: Wordbook) -> Design:
    """The design in the site's folder, with what is wrong with its files."""
    texts, text_faults = _texts(inputs.root, inputs.layout.templates)
    styles, style_faults = _texts(inputs.root, inputs.layout.styles)
    scripts, script_faults = _texts(inputs.root, inputs.layout.scripts)
    templates = tuple((path.removeprefix("templates/"), text) for path, text in texts.items())
    script = inline("".join(scripts.values()))
    script_faults += tuple(_unfit(script))
    sheet = assets.stylesheet(styles, brand)
    paths = (*inputs.layout.assets, *inputs.layout.root)
    files = {path.as_posix(): inputs.tree.files[path] for path in paths}
    return Design(
        templates=templates,
        book=book,
        ready=renderer(templates, book),
        digest=digest((templates, book)),
        sheet=sheet,
        script=script,
        files=files,
        addresses=assets.names(sheet, files),
        problems=text_faults + style_faults + script_faults,
    )


def inline(script: str) -> str:
    """A script as it stands in the pages: without its comments and indentation."""
    lines = (line.strip() for line in script.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//"))


def _unfit(script: str) -> Iterator[Problem]:
    """What would end the script in the middle, or make every page heavy."""
    path = "templates/inline.js"
    if re.search(r"</script|<!--", script, re.IGNORECASE):
        message = 'this would end the script in the page: it holds "</script" or "<!--"'
        yield problem("unfit-script", message, path, fix='write "<\\/script" in its place')
    if len(script.encode()) > HEAVY:
        message = f"this stands in every page, and has {len(script.encode())} bytes"
        fix = f"keep it under {HEAVY}"
        yield problem("heavy-script", message, path, fix=fix, severity=Severity.WARNING)


def _texts(
    root: Path, paths: Iterable[PurePosixPath]
) -> tuple[dict[str, str], tuple[Problem, ...]]:
    """Files as text, by path; a fault for each that is not UTF-8."""
    texts, faults = {}, []
    for path in paths:
        try:
            texts[path.as_posix()] = inside.read_bytes(root, path).decode("utf-8-sig")
        except UnicodeDecodeError:
            message = "this file is not saved as UTF-8"
            fix = "save the file again and choose the encoding UTF-8"
            faults.append(problem("not-utf8", message, path.as_posix(), Place(), fix=fix))
    return texts, tuple(faults)
