"""No path or name, wherever it is typed or lies, reads or writes outside the site's folder.

Hostile names are all tried in one site: each must be told of, since all faults are told at once.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import quote

import pytest

from sitegen.problems import Problem, Severity, SitegenError
from sitegen.urls import collision_key, unfit
from tests.sites import PLAIN, TAGS, blog, build, consultation, make_site, page, post, put, tree
from tests.test_cases import PICTURE
from tests.trust.child import in_a_child

SECRET = "OUTSIDE"  # stands in every file round the site, and nowhere in it
PDF = b"%PDF-1.4"
NOBODY = 65534


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A site's folder, not made yet, with secrets round it."""
    for name in ("secret.pdf", "secret.png", "secret.md", "media/secret.pdf", "templates/x.html"):
        put(tmp_path, {name: SECRET})
    return tmp_path / "site"


def errors(root: Path, **options: Any) -> tuple[Problem, ...]:
    """The errors of a build of the site, which has none of the secrets."""
    found = build(root, **options).problems
    output = root / "output"
    for name, data in tree(output).items() if output.exists() else ():
        assert SECRET.encode() not in data, name
    return tuple(p for p in found if p.severity is Severity.ERROR)


def quoted(text: str) -> str:
    """A text as YAML, whatever is in it."""
    escaped = (f"\\U{ord(c):08x}" if not c.isprintable() or c in '"\\' else c for c in text)
    return f'"{"".join(escaped)}"'


# ---- what is typed

NOWHERE = [
    *("../../../secret.pdf", "/../secret.pdf", "/../../secret.pdf", "../../secret.pdf"),
    *("/media/../../secret.pdf", "media/../../../secret.pdf", "./../../../secret.pdf"),
    *("/media/a.pdf/../../../secret.pdf", "/media/./../../secret.pdf", "..//..//..//secret.pdf"),
    *("/media/..%2f..%2fsecret.pdf", "/media/%2e%2e/%2e%2e/secret.pdf", "%2e%2e/secret.pdf"),
    *("/media/%252e%252e/secret.pdf", "/media/..%5csecret.pdf", "/media/..;/secret.pdf"),
    *("/etc/passwd", "/etc/passwd.pdf", "/proc/self/environ.txt", "/dev/zero.pdf", "~/secret.pdf"),
    *("file:///etc/passwd.pdf", "file:secret.pdf", "FILE://localhost/secret.pdf"),
    *("C:\\secret.pdf", "C:/secret.pdf", "c:secret.pdf", "\\secret.pdf", "..\\..\\secret.pdf"),
    *("\\\\host\\share\\x.pdf", "\\\\?\\C:\\x.pdf", "\\\\.\\pipe\\x.pdf", "/media\\..\\x.pdf"),
    *("/media/a.pdf::$DATA", "/media/a.pdf.", "/media/.a.pdf", "/media/a.PDF"),
    *("/media/a\0.pdf", "/media/a.pdf\0.png", "/media/a\x1b.pdf", "/media/a\x7f.pdf"),
    *("/media/\u202efdp.a", "/media/a\u200b.pdf", "/media/\u2024\u2024/a.pdf", "/media/．．/a.pdf"),
    *("|cat.pdf", "$(id).pdf", "`id`.pdf", "-rf.pdf", "*.pdf", "a?.pdf", "{{ x }}.pdf", "<a>.pdf"),
    *("x" * 300 + ".pdf", "x" * 5000 + ".pdf", "/media/" + "d/" * 3000 + "a.pdf"),
    *("/config.yaml", "/tags.yaml", "../tags.yaml", "/media/../tags.yaml", "/.sitegen/state.db"),
]
# Where a path is typed, as the YAML of a post; "" for a body.
TYPED: dict[str, Callable[[str], str]] = {
    "slug": lambda it: blog(slug=quoted(it)),
    "documents": lambda it: blog(documents=f"[{{title: It, file: {quoted(it)}}}]"),
    "formats": lambda it: blog(alternative_formats=f"[{{kind: easy-read, file: {quoted(it)}}}]"),
    "image": lambda it: blog(image=f"{{src: {quoted(it)}, alt: It is}}"),
    "tags": lambda it: blog(tags=f"[{quoted(it)}]"),
    "series": lambda it: blog(series=quoted(it)),
    "related": lambda it: blog(related=f"[{quoted(it)}]"),
    "link": lambda it: blog(f"[It](<{it}>)"),
    "picture": lambda it: blog(f"![It](<{it}>)"),
}


@pytest.mark.parametrize("at", TYPED)
def test_what_is_typed_leads_nowhere_outside(root: Path, at: str) -> None:
    """Each text in each place is a fault of its own file; nothing is written."""
    names = {f"content/blog/p{i}.md": it for i, it in enumerate(NOWHERE)}
    posts = {name: TYPED[at](it) for name, it in names.items()}
    make_site(root, {**PLAIN, "content/media/a.pdf": PDF, **posts})
    faulty = {p.path for p in errors(root)}
    assert [it for name, it in names.items() if name not in faulty] == []
    assert not (root / "output").exists()


def test_shared_facts_lead_nowhere_outside(root: Path) -> None:
    """Neither the ids that are addresses nor the photos of people."""
    rows = [it for it in NOWHERE if len(it) < 1000]  # YAML takes no longer keys
    people = "".join(f"p{i}: {{name: P, photo: {quoted(it)}}}\n" for i, it in enumerate(rows))
    ids = "".join(f"{quoted(it)}: {{label: It {i}}}\n" for i, it in enumerate(rows))
    posts = {f"content/blog/p{i}.md": blog(author=f"p{i}") for i in range(len(rows))}
    files = {"content/people.yaml": people, "content/tags.yaml": ids, **posts}
    found = errors(make_site(root, {**PLAIN, **files}))
    for name in ("people", "tags"):
        lines = {p.line for p in found if p.path == f"content/{name}.yaml"}
        assert [it for line, it in enumerate(rows, 1) if line not in lines] == [], name


BAD_ALIASES = [
    *("/../x", "/a/../b", "/..", "/.", "/a/.", "//host", "/a//b", "/C:/x", "/a:b", "/a\\b", "a/b"),
    *(
        "/%2e%2e/x",
        "/a%00",
        "/\0",
        "/a\x1b",
        "/a\u202eb",
        "/a\u200bb",
        "/*",
        "/a?b",
        "/a#b",
        "/a|b",
    ),
    *(
        "/.git/config",
        "/.htaccess",
        "/.env",
        "/.sitegen-new/x",
        "/.gitkeep",
        '/a"b',
        "/a<b",
        "/a b",
    ),
    *("/con", "/AUX.txt", "/a/nul/b", "/com1.html", "/COM¹", "/lpt0", "/conin$", "/prn.a.b"),
    *("/a./", "/a.../b", "/x." + "y" * 300, "/" + "x" * 256, "/" + "/".join(["x" * 100] * 12)),
    *("/" + "é" * 130, "/about", "/About/", "/ABOUT/index.html", "/", "/INDEX.HTML", "/feed.xml"),
    *("/_redirects", "/_headers", "/build.json", "/404.html", "/robots.txt", "/tags/dentistry"),
    *(
        "/media/x.html",
        "/assets/x.html",
        "/pagefind/x",
        "/search",
        "/ARCHIVE/x",
        "/feed.xml/x.html",
    ),
]


def test_aliases_stay_in_their_folder_and_on_every_disk(root: Path) -> None:
    """Each is refused by name; a post is left with the address that it has."""
    posts = {
        f"content/blog/p{i}.md": blog(aliases=f"[{quoted(alias)}]")
        for i, alias in enumerate(BAD_ALIASES)
    }
    site = make_site(root, {**PLAIN, **posts, "content/pages/about.md": page()})
    faulty = {p.path for p in errors(site)}
    assert {name: posts[name] for name in posts.keys() - faulty} == {}


NAMES_OF_TEMPLATES = [
    "../../secret.md",
    "/etc/passwd",
    "x/../../x.html",
    "C:\\\\x",
    "..\\\\x",
    "\0",
]


@pytest.mark.parametrize("tag", ["include '%s'", "extends '%s'", "import '%s' as x"])
def test_templates_name_templates_only(root: Path, tag: str) -> None:
    """A name that is no template's is a fault, with its line; one that is worked out is, too."""
    lines = [f"{{% {tag % name} %}}" for name in NAMES_OF_TEMPLATES]
    lines.append("{% set n = 'home.html' %}{% include n %}")
    found = errors(make_site(root, {**PLAIN, "templates/home.html": "\n".join(lines)}))
    assert {p.line for p in found} == set(range(1, len(lines) + 1))


def test_addresses_of_settings_and_of_the_record_are_no_paths(root: Path) -> None:
    """Menus, calls to action and urls.lock: what leads nowhere is a fault, and never opened."""
    rows = [it for it in NOWHERE if "\0" not in it]
    menu = ", ".join(f"{{label: It, url: {quoted(it)}}}" for it in rows)
    actions = "".join(
        f"a{i}: {{title: T, text: X, button: B, url: {quoted(it)}}}\n" for i, it in enumerate(rows)
    )
    lock = "".join(f"/{it} {it}\n" for it in rows if it.isprintable() and " " not in it)
    config = f"{PLAIN_CONFIG}menus:\n  main: [{menu}]\n"
    files = {"config.yaml": config, "content/actions.yaml": actions, "urls.lock": lock}
    found = errors(make_site(root, {**PLAIN, **files}))
    assert {p.path for p in found} == {"config.yaml", "content/actions.yaml", "urls.lock"}
    assert sum(p.path == "content/actions.yaml" for p in found) >= len(rows)


PLAIN_CONFIG = "title: The site\nbase_url: https://example.org/\nsearch: false\nimages: false\n"

# ---- what lies there

LITTER = [
    *("a.md~", ".a.md.swp", "a.md.swp", ".#a.md", "#a.md#", "~$a.docx", "~$a.md", "a.md.bak"),
    *("a.md.orig", "a.md.rej", "a.md.old", "a.md.save", "a.tmp", "a.pdf.part", "a.pdf.crdownload"),
    *(
        "Thumbs.db",
        "ehthumbs.db",
        "desktop.ini",
        ".DS_Store",
        "._a.pdf",
        "Icon\r",
        "__MACOSX/a.pdf",
    ),
    *(".git/config", ".gitignore", ".gitkeep", "a.kate-swp", "~WRL0001.tmp", ".a.pdf.swo"),
]
HIDDEN = [".env", ".env.local", ".htpasswd", ".ssh/id_rsa", ".svn/x", ".aws/credentials", ".npmrc"]
SECRETS = [
    *("id_rsa", "id_ed25519", "server.pem", "server.key", "x.p12", "x.kdbx", "secrets.yaml"),
    *("dump.sql", "x.php", "x.py", "a.lnk", "config.yaml", "README.md", "x.pyc", "core"),
]
FOLDERS = ["content/media", "content/blog", "content/blog/b", "content/pages", "content/attic"]
DESIGN = ["templates/root", "templates/root/sub", "templates/assets", "templates/root/.well-known"]


def test_what_editors_and_systems_leave_about_is_passed_over(root: Path) -> None:
    """Backups, locks and the files of systems: no fault, and nothing of them is published."""
    littered = {f"{f}/{name}": SECRET for f in (*FOLDERS, *DESIGN) for name in LITTER}
    littered |= {f"{f}/{name}": SECRET for f in FOLDERS for name in HIDDEN}
    make_site(root, {**PLAIN, **littered, "content/blog/b/index.md": blog()})
    assert errors(root) == ()


def test_secrets_lying_about_are_not_published(root: Path) -> None:
    """In content/ nothing is that no post names; of the design each is a fault that names it."""
    lying = {
        f"{f}/{n}": SECRET for f in FOLDERS for n in SECRETS if not n.endswith((".md", "yaml"))
    }
    make_site(root, {**PLAIN, **lying, "content/blog/b/index.md": blog()})
    assert errors(root) == ()
    hidden = {f"{f}/{n}": SECRET for f in DESIGN if f != "templates/assets" for n in HIDDEN}
    bare = {"id_rsa", "id_ed25519", "core"}  # well-known files need no ending
    design = {f"{f}/{n}": SECRET for f in DESIGN[:3] for n in SECRETS}
    design |= {f"{DESIGN[3]}/{n}": SECRET for n in SECRETS if n not in bare}
    put(root, {**hidden, **design})
    assert {p.path for p in errors(root)} == hidden.keys() | design.keys()


def test_secrets_that_are_named_are_not_published(root: Path) -> None:
    """By their types, which are not published, and by what they hold: a key called notes.txt."""
    key = f"-----BEGIN OPENSSH PRIVATE KEY-----\n{SECRET}"
    keys = [f"content/media/key{end}" for end in (".txt", ".csv", ".TXT", ".json")]
    keys += ["templates/root/.well-known/id_rsa", "templates/assets/x.js", "templates/root/x.asc"]
    lying = {f"content/media/{name}": SECRET for name in SECRETS if name != "README.md"}
    named = [f"/media/{name}" for name in (*lying, *HIDDEN)] + ["/media/key.txt", "/media/key.TXT"]
    named = [it.replace("/media/content/", "/") for it in named]
    posts = {f"content/blog/p{i}.md": blog(f"[It]({it})") for i, it in enumerate(named)}
    found = errors(make_site(root, {**PLAIN, **dict.fromkeys(keys, key), **lying, **posts}))
    told = {p.path for p in found}
    used = {"content/media/key.txt", "content/media/key.TXT", *keys[4:]}
    assert used <= told
    assert posts.keys() - told == {p for p in posts if "key." in posts[p]}


def special(path: Path, kind: str) -> None:
    """Put there what is no file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "socket":
        here = Path.cwd()
        os.chdir(path.parent)  # its address may be no longer than a hundred bytes
        with socket.socket(socket.AF_UNIX) as listening:
            listening.bind(path.name)
        os.chdir(here)
    else:
        targets = {"loop": path.name, "dangling": "/nowhere/x", "endless": "/dev/zero"}
        up = "/".join([".."] * len(path.relative_to(path.parents[-1]).parts))
        path.symlink_to({**targets, "out": f"{up}{path.parents[-1]}", "root": "/"}[kind])


PLACES = [
    *("content/media/x.pdf", "content/blog/x.md", "content/blog/x", "content/news/b/x.pdf"),
    *("content/people.yaml", "content/x", "templates/x.html", "templates/root/x.txt"),
    *("templates/root/x", "templates/root/.well-known/x", "templates/assets/x.js"),
    *("templates/i18n/x.yaml", "templates/inline.js", "templates/kinds/x.html"),
]
LINKS = ["loop", "dangling", "endless", "root"]


@pytest.mark.parametrize("kind", ["pipe", "socket", *LINKS])
def test_what_is_no_file_is_a_fault_that_names_it(root: Path, kind: str) -> None:
    """Pipes, sockets and links to anything, in any place; none is waited for."""
    make_site(root, PLAIN)
    for place in PLACES:
        special(root / place, kind)
    code = "symbolic-link" if kind in LINKS else "unreadable-file"
    found = in_a_child(lambda: [(p.code, p.path) for p in errors(root)])
    assert sorted(found) == sorted((code, place) for place in PLACES)


@pytest.mark.parametrize("kind", ["pipe", "socket", *LINKS])
@pytest.mark.parametrize("name", ["urls.lock", "content", ".sitegen", "output", "config.yaml"])
def test_what_is_no_file_at_the_top_is_told_in_a_sentence(root: Path, name: str, kind: str) -> None:
    """Nor is it waited for there, or believed, or written through."""
    make_site(root, {**PLAIN, "content/news/a.md": post()})
    (root / name).rename(root / "away") if (root / name).exists() else None
    special(root / name, kind)

    def told() -> str:
        try:
            return f"{len(errors(root))} errors"
        except SitegenError as error:
            return str(error)

    allowed = {("output", "dangling")}  # output/ is made where its link leads
    if (name, kind) not in allowed:
        assert str(root) in (words := in_a_child(told)) or "beside config.yaml" in words
    assert (root / name).lstat()


def test_files_that_cannot_be_read_are_faults_beside_all_others() -> None:
    """Each is named; the faults of the files that can be read are told in the same run."""
    locked = ["content/media/x.pdf", "content/news/a.md", "content/news/b", "templates/root/x.txt"]
    files = {f"{name}/c.pdf" if name.endswith("b") else name: SECRET for name in locked}
    with TemporaryDirectory() as folder:  # pytest's own are for one user
        root = make_site(
            Path(folder) / "site", {**PLAIN, **files, "content/news/c.md": post(title="")}
        )
        for name in locked:
            (root / name).chmod(0)

        def as_somebody() -> list[str]:
            if os.geteuid() == 0:  # who may read everything
                for path in (root.parent, root, *root.rglob("*")):
                    os.chown(path, NOBODY, NOBODY)
                os.setegid(NOBODY)
                os.seteuid(NOBODY)
            return [p.path for p in errors(root)]

        assert sorted(in_a_child(as_somebody)) == sorted([*locked, "content/news/c.md"])
        (root / "content/news/b").chmod(0o755)


def test_folders_in_each_other_end(root: Path) -> None:
    """Deeper than a path may be long, and than Python may call itself: a fault beside others."""
    make_site(root, {**PLAIN, "content/media/a.pdf": PDF, "content/news/a.md": post(title="")})

    def dig() -> list[str]:
        os.chdir(root / "content/media")
        for _ in range(1200):
            Path("d").mkdir()
            os.chdir("d")
        return [p.code for p in errors(root)]

    assert sorted(in_a_child(dig)) == ["bad-name", "missing-field"]
    # Neither shutil nor pytest can go so deep.
    subprocess.run(["rm", "-rf", root / "content/media"], check=True)


def test_names_that_are_no_text_are_faults(root: Path) -> None:
    """Bytes that are no UTF-8, control characters, and what turns the line round."""
    make_site(root, PLAIN)
    names = [
        b"caf\xe9.md",
        b"a\x07.md",
        b"a\nb.md",
        "a\u202eb.md".encode(),
        b"\xff\xfe.pdf",
        b"a\x1b",
    ]
    for name in names:
        for folder in ("content/news", "templates/root"):
            (root / folder).mkdir(parents=True, exist_ok=True)
            os.close(os.open(os.fsencode(root / folder) + b"/" + name, os.O_CREAT | os.O_WRONLY))
    found = errors(root)
    assert [p.code for p in found] == ["bad-name"] * 2 * len(names)
    assert all(p.path.isascii() and p.path.isprintable() for p in found)


# ---- what is put there after the folder was looked through

SWAPPED = {
    "a post": ("content/news/a.md", post("Words.")),
    "shared facts": ("content/tags.yaml", TAGS),
    "words": ("templates/i18n/en.yaml", PLAIN["templates/i18n/en.yaml"]),
    "a template": ("templates/home.html", PLAIN["templates/home.html"]),
    "styles": ("templates/assets/css/a.css", "body{}"),
    "the script": ("templates/inline.js", "1"),
    "a document": ("content/media/a.pdf", PDF),
    "a picture": ("content/media/a.png", PICTURE),
    "a drawing": ("content/media/a.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>"),
    "an asset": ("templates/assets/a.js", "1"),
    "a file of the root": ("templates/root/d/a.txt", "A"),
    "the record": ("urls.lock", ""),
}
USING = "![A](/media/a.png) ![B](/media/a.svg) [C](/media/a.pdf)"


@pytest.mark.parametrize("whole_folder", [False, True], ids=["file", "folder"])
@pytest.mark.parametrize("what", SWAPPED)
def test_a_link_put_there_during_a_build_is_not_followed(
    root: Path, what: str, whole_folder: bool
) -> None:
    """Nothing that it leads to is read, let alone published; the build ends with a sentence."""
    files = dict(SWAPPED.values())
    make_site(root, {**PLAIN, **files, "content/news/z.md": post(USING)})
    path = root / SWAPPED[what][0]
    at = path.parent if whole_folder else path
    if at in (root, root / "content"):
        pytest.skip("that is the site itself")

    def swap_in(event: str, arguments: tuple[Any, ...]) -> None:
        """As config.yaml is read, which comes next after the folder was looked through."""
        if event == "open" and str(arguments[0]) == str(root / "config.yaml") and not is_done():
            at.rename(root / "away")
            elsewhere = root.parent / "elsewhere"
            target = elsewhere / path.name if whole_folder else elsewhere
            put(root.parent, {str(target.relative_to(root.parent)): SECRET})
            at.symlink_to(elsewhere)

    def is_done() -> bool:
        return (root / "away").exists()

    def told() -> str:
        sys.addaudithook(swap_in)
        try:
            return str(errors(root))
        except SitegenError as error:
            return str(error)

    assert SECRET not in in_a_child(told)
    assert is_done()


# ---- two for one

NFC, NFD = "é", unicodedata.normalize("NFD", "é")
TWO = {
    "two posts": ({"content/news/a.md": post(), "content/news/A.md": post()}, "A.md", "a.md"),
    "a post and a bundle": (
        {"content/news/a.md": post(), "content/news/a/index.md": post()},
        *("news/a.md", "a/index.md"),
    ),
    "two posts, coded in two ways": (
        {f"content/news/{NFC}.md": post(), f"content/news/{NFD}.md": post()},
        *(f"{NFC}.md", f"{NFD}.md"),
    ),
    "a post and its copy": (
        {"content/news/a.md": post(), "content/news/a - Copy (2).md": post()},
        *("a - Copy (2).md", "news/a.md"),
    ),
    "two slugs": (
        {"content/news/a.md": post(slug="x"), "content/news/b.md": post(slug="x")},
        *("a.md", "b.md"),
    ),
    "an alias and a post": (
        {"content/pages/a.md": page(), "content/pages/b.md": page(aliases="[/A]")},
        *("a.md", "b.md"),
    ),
    "two aliases": (
        {"content/pages/a.md": page(aliases="[/x]"), "content/pages/b.md": page(aliases="[/X/]")},
        *("a.md", "b.md"),
    ),
    "two aliases, coded in two ways": (
        {
            "content/pages/a.md": page(aliases=f"[/{NFC}]"),
            "content/pages/b.md": page(aliases=f"[/{NFD}]"),
        },
        *("a.md", "b.md"),
    ),
    "a file and a folder": (
        {
            "content/pages/a.md": page(aliases="[/x.html]"),
            "content/pages/b.md": page(aliases="[/X.html/y]"),
        },
        *("a.md", "b.md"),
    ),
    "a page and a list": ({"content/pages/news.md": page()}, "news.md", "“News”"),
    "a page and an archive": ({"content/pages/archive.md": page()}, "archive.md", "archive"),
    "an alias and a tag": (
        {"content/pages/a.md": page(aliases="[/tags/dentistry/]")},
        *("a.md", "“Dentistry”"),
    ),
    "an alias and a feed": (
        {"content/pages/a.md": page(aliases="[/news/FEED.xml]")},
        *("a.md", "feed “News”"),
    ),
    "an alias and the home page": (
        {"content/pages/a.md": page(aliases="[/index.html]")},
        *("a.md", "home page"),
    ),
    "two documents": (
        {
            "content/media/a.pdf": PDF,
            "content/media/A.pdf": PDF,
            "content/news/a.md": post("[1](/media/a.pdf) [2](/media/A.pdf)"),
        },
        *("A.pdf", "a.pdf"),
    ),
    "two documents, coded in two ways": (
        {f"content/media/{NFC}.pdf": PDF, f"content/media/{NFD}.pdf": PDF},
        *(f"{NFC}.pdf", f"{NFD}.pdf"),
    ),
    "a document and an alias": (
        {
            "content/news/b/index.md": post("[1](a.pdf)"),
            "content/news/b/a.pdf": PDF,
            "content/pages/a.md": page(aliases="[/news/2026-05-01/b/a.pdf]"),
        },
        *("pages/a.md", "b/a.pdf"),
    ),
    "a document and a calendar": (
        {
            "content/consultations/c/index.md": consultation(
                "2026-06-01", "2026-07-01", "[1](calendar.ics)"
            ),
            "content/consultations/c/calendar.ics": "x",
        },
        *("c/calendar.ics", "the calendar"),
    ),
    "the root's file and a document": (
        {
            "content/media/a.pdf": PDF,
            "content/news/a.md": post("[1](/media/a.pdf)"),
            "templates/root/media/A.pdf": PDF,
        },
        *("content/media/a.pdf", "templates/root/media/A.pdf"),
    ),
    "the root's file and a page": (
        {"content/pages/a.md": page(), "templates/root/A/index.html": "x"},
        *("pages/a.md", "templates/root/A/index.html"),
    ),
    "the root's file and the redirects": (
        {"templates/root/_redirects": "x"},
        *("templates/root/_redirects", "the file of redirects"),
    ),
    "the root's file and the home page": (
        {"templates/root/INDEX.html": "x"},
        *("templates/root/INDEX.html", "the home page"),
    ),
    "the root's file and a picture's size": (
        {
            "config.yaml": PLAIN_CONFIG.replace("images: false", "images: true"),
            "content/media/a.png": PICTURE,
            "content/news/a.md": post("![A](/media/a.png)"),
            "templates/root/media/a.png/x.txt": "x",
        },
        *("templates/root/media/a.png/x.txt", "content/media/a.png"),
    ),
    "two of the root's files": (
        {"templates/root/a.txt": "x", "templates/root/A.txt": "x"},
        *("templates/root/A.txt", "templates/root/a.txt"),
    ),
    "two assets": (
        {"templates/assets/a.js": "x", "templates/assets/A.js": "x"},
        *("templates/assets/A.js", "templates/assets/a.js"),
    ),
}


@pytest.mark.parametrize(("files", "one", "other"), TWO.values(), ids=TWO)
def test_two_sources_for_one_address_are_told_with_both(
    root: Path, files: dict[str, str | bytes], one: str, other: str
) -> None:
    """Whatever the two are: the fault is told at one of them, and names the other."""
    found = errors(make_site(root, {**PLAIN, **files}))
    assert any(one in f"{p.path} {p.message}" and other in f"{p.path} {p.message}" for p in found)
    assert not (root / "output").exists()


# ---- what is normalised, and what is made


def test_accents_may_be_coded_in_either_way(root: Path) -> None:
    """What a Mac keeps apart and a keyboard types together are one; addresses are composed."""
    folder = f"content/news/caf{NFD}"
    files = {
        f"{folder}/index.md": post(f"[D](r{NFC}sum{NFC}.pdf) [M](/media/{NFC}.pdf)"),
        f"{folder}/r{NFD}sum{NFD}.pdf": PDF,
        f"content/media/{NFD}.pdf": PDF,
        "content/news/b.md": post(f"[P](caf{NFC}/index.md)", title="B"),
    }
    assert errors(make_site(root, {**PLAIN, **files})) == ()
    names = tree(root / "output").keys()
    assert {f"media/{NFC}.pdf", f"news/2026-05-01/cafe/r{NFC}sum{NFC}.pdf"} <= names


NAMES = [
    *(
        "a",
        " b ",
        "CON",
        "aux.b",
        "nul",
        "c:d",
        "e\\f",
        "g|h",
        "i.",
        "j*",
        "k?",
        '"l"',
        "-rf",
        "<m>",
    ),
    *(
        "$(id)",
        "%2e%2e",
        "日本",
        "ŵ" * 120,
        "x" * 250,
        "COM¹",
        "lpt9.z",
        "index.html",
        "_redirects",
    ),
    *("feed.xml", "&amp;", "É", "ﬁ", "n" + "́" * 50, "..o", "p\xa0q", "r\u3000s", "~t", "!", "u;v"),
]


@pytest.mark.parametrize("folder", ["content/news", "content/pages", "content/media"])
def test_every_address_that_is_made_fits_every_disk(root: Path, folder: str) -> None:
    """Of any name: what can't become one is a fault that names the file, or where it is linked."""
    files: dict[str, str] = {}
    if folder == "content/media":
        files = {f"{folder}/{name}.pdf": "" for name in NAMES}
        linked = {name: f"content/news/linked-{i}.md" for i, name in enumerate(files)}
        put(root, {linked[name]: post(f"[It]({quote(name[7:])})") for name in files})
    else:
        text = page() if folder == "content/pages" else post()
        files, linked = {f"{folder}/{name}.md": text for name in NAMES}, {}
    make_site(root, {**PLAIN, **files})
    faulty = {p.path for p in errors(root)}
    gone = [name for name in files if {name, ascii(name), linked.get(name)} & faulty]
    assert faulty <= {*gone, *map(ascii, gone), *linked.values()}
    put(root, dict.fromkeys([*gone, *(linked[name] for name in gone if linked)]))
    assert errors(root) == ()
    paths = [PurePosixPath(name) for name in tree(root / "output")]
    assert [path for path in paths if unfit(path)] == []
    assert len({collision_key(path) for path in paths}) == len(paths) > 20
