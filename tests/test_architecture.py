"""The shape of the code: floors, purity, docstrings, and kinds that are complete."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from sitegen.kinds import KINDS

REPO = Path(__file__).parents[1]
PACKAGE = REPO / "sitegen"

# From the ground up. A module imports only from those before it, so there are no circles.
FLOORS = [
    "__init__ problems codes model shown",
    "hints spaces memo batches clock fingerprint report formats formats.ical formats.bundle"
    " formats.sveltia urls formats.metadata formats.svg source source.nodes source.schema"
    " source.fieldtypes source.yaml_faults source.yaml_tree",
    "prose.tags prose.typography prose.acronyms prose.lists prose.ids prose.addresses"
    " prose.places prose.limits prose.sanitise prose.prepare prose.shortcuts prose.markdown"
    " prose.excerpt prose.finish prose.faults prose.unpaired prose.convert prose pages pages.charts"
    " kinds.common kinds.blog kinds.states kinds.consultation kinds.explainer kinds.news"
    " kinds.page kinds source.frontmatter source.words source.wordbook source.config"
    " source.facts source.layout source.face source.parse tables tables.reference"
    " tables.fault_guide tables.jsonshape tables.snippets tables.forms",
    "site site.names site.index site.statement site.schedule site.targets site.links"
    " site.glossing site.checks site.pictures views views.frame views.post views.lists"
    " views.others views.feeds tables.view_types tables.template_guide pages.desk pages.album"
    " pages.bodies pages.present pages.policy pages.jsonld pages.machines pages.chrome"
    " pages.looking outputs.calendar outputs.lists outputs.home outputs.pages outputs.tags"
    " outputs.archive outputs.glossary outputs.search outputs.notfound outputs.feeds"
    " outputs.redirects outputs.sitemap outputs.headers outputs.manifest outputs.files"
    " outputs.assets outputs.admin outputs pages.plan site.lockfile site.successors site.lost"
    " site.private site.leaks templating templating.jinja templating.closures"
    " templating.render building building.outdated commands commands.built commands.comparison"
    " commands.differences advice.blocks advice.reading advice.alts advice.linktext"
    " advice.access advice.debris advice.layout advice.spelling advice.dates advice.times"
    " advice.copy advice.plain advice.holidays advice.duties advice.shared advice.tags"
    " advice.upkeep advice serving serving.dashboard",
    "options stopping disk disk.own disk.inside disk.read disk.apart disk.cluster disk.workers"
    " disk.images disk.vendored disk.refusals disk.survey disk.swap disk.spare disk.write"
    " disk.guard disk.state disk.shapes disk.gallery disk.search",
    "building.content building.design building.verdict building.advising building.prepare"
    " building.retold building.compared serving.stage building.making building.glance"
    " building.verify building.build",
    "commands.new commands.vscode commands.upcoming commands.stale commands.diff"
    " commands.lock serving.watch serving.overlay serving.asking serving.server"
    " serving.preview serving.window serving.serve arguments cli __main__",
]
ORDER = [name for floor in FLOORS for name in floor.split()]
PURE = [name for floor in FLOORS[:4] for name in floor.split()]

IMPURE_MODULES = {
    *("os", "io", "time", "socket", "subprocess", "threading", "multiprocessing", "random"),
    *("shutil", "tempfile", "glob", "sqlite3", "signal", "urllib.request", "http", "logging"),
    *("secrets", "uuid", "asyncio", "ctypes", "locale", "pathlib.Path"),
    *("concurrent.futures.ProcessPoolExecutor", "concurrent.futures.ThreadPoolExecutor"),
}
IMPURE_CALLS = {
    "open",
    "print",
    "input",
    "now",
    "today",
    "utcnow",
    "read_text",
    "write_text",
    "read_bytes",
    "write_bytes",
}


def modules() -> dict[str, ast.Module]:
    """Every module of the package, by its name without ``sitegen.``."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        name = ".".join(parts[:-1] if len(parts) > 1 and parts[-1] == "__init__" else parts)
        found[name] = ast.parse(path.read_text(encoding="utf-8"))
    return found


MODULES = modules()
every_module = pytest.mark.parametrize("name", MODULES)


def running(tree: ast.AST) -> Iterator[ast.AST]:
    """The nodes that run: not those under ``if TYPE_CHECKING``."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            continue
        yield node
        yield from running(node)


def imports(name: str) -> Iterator[str]:
    """Every dotted name that a module imports, also inside its functions."""
    for node in running(MODULES[name]):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module != "__future__":
            assert not node.level, f"{name} imports relatively"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def own(dotted: str) -> str:
    """The module of the package that a dotted name is in."""
    inside = dotted.removeprefix("sitegen").lstrip(".")
    while inside and inside not in MODULES:
        inside = inside.rpartition(".")[0]
    return inside or "__init__"


def test_every_module_has_a_floor() -> None:
    """Nothing stands outside the order, and the order names nothing that is not there."""
    unplaced = set(MODULES) - set(ORDER)
    assert not unplaced, f"give these a place in FLOORS: {sorted(unplaced)}"
    assert len(ORDER) == len(set(ORDER))
    assert not set(ORDER) - set(MODULES)


def test_the_map_names_every_module() -> None:
    """sitegen/README.md has a place for each, and for each package."""
    text = (PACKAGE / "README.md").read_text(encoding="utf-8")
    own_names = {name.rpartition(".")[2] for name in MODULES} - {"__init__"}
    assert {name for name in own_names if not re.search(rf"`{name}[`/.]", text)} == set()


@every_module
def test_imports_come_from_below(name: str) -> None:
    """A module imports only from those before it in the order."""
    used = {own(dotted) for dotted in imports(name) if dotted.split(".")[0] == "sitegen"}
    place = ORDER.index(name)
    above = {n for n in used - {name} if ORDER.index(n) > place}
    assert not above, f"{name} imports {sorted(above)} from its own height or above"


@pytest.mark.parametrize("name", [n for n in PURE if n in MODULES])
def test_lower_floors_are_pure(name: str) -> None:
    """Floors 0 to 3 know no disk, clock, network, process or print."""
    imported = set(imports(name))
    reached = {i for i in imported for m in IMPURE_MODULES if i == m or i.startswith(f"{m}.")}
    assert not reached
    for node in running(MODULES[name]):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute | ast.Name):
            called = ast.unparse(node.func).rpartition(".")[2]
            assert called not in IMPURE_CALLS, f"{name}:{node.lineno} calls {called}()"


@every_module
def test_a_module_says_what_it_is(name: str) -> None:
    """Every module has a docstring."""
    assert ast.get_docstring(MODULES[name])


@every_module
def test_no_global_state(name: str) -> None:
    """No ``global`` statement anywhere."""
    assert not [n for n in ast.walk(MODULES[name]) if isinstance(n, ast.Global)]


@pytest.mark.parametrize("name", KINDS)
def test_a_kind_is_complete(name: str) -> None:
    """Every kind has a module, a template, a folder of content and a case."""
    kind = KINDS[name]
    assert f"kinds.{name}" in MODULES
    assert (REPO / "templates" / "kinds" / f"{name}.html").is_file()
    assert (REPO / "content" / kind.folder).is_dir()
    cases = (p.read_text(encoding="utf-8") for p in (REPO / "tests" / "cases").rglob("*.txt"))
    assert any(f"-- content/{kind.folder}/" in case for case in cases)


@pytest.mark.parametrize("path", sorted((REPO / "tests").rglob("test_*.py")), ids=lambda p: p.name)
def test_every_test_says_what_it_promises(path: Path) -> None:
    """The docstring of a test is its promise, so every test has one."""
    tests = [
        node
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    ]
    assert tests
    assert [t.name for t in tests if not ast.get_docstring(t)] == []
