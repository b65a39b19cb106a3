"""``sitegen diff``: two built sites, and what readers will see change between them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from sitegen.commands import diff, differences
from sitegen.commands.built import Page
from sitegen.commands.comparison import Comparison
from sitegen.problems import SitegenError
from tests.sites import CONFIG, blog, build, consultation, make_site, page, post, put

SITE: Mapping[str, str] = {
    "content/blog/kept.md": blog(title="Kept"),
    "content/blog/edited.md": blog(title="Edited"),
    "content/blog/renamed.md": blog(title="An old title"),
    "content/news/gone.md": post(title="Gone", tags="[hospital]", aliases="[/old/gone/]"),
    "content/news/replaced.md": post(title="Replaced", tags="[hospital]"),
    "content/news/moved.md": post(title="Moved", tags="[hospital]"),
    "content/news/lost.md": post(title="Lost", tags="[hospital]"),
    "content/consultations/c.md": consultation("2026-06-01", "2026-06-20", title="C"),
    "content/pages/index.md": page(title="Home"),
    "content/pages/paper.md": page("[Paper](/media/paper.pdf)", title="Papers"),
    "content/media/paper.pdf": "%PDF-1",
    "content/media/other.pdf": "%PDF-2",
}
EDITS: Mapping[str, str | None] = {
    "content/blog/edited.md": blog("Other words.", title="Edited"),
    "content/blog/renamed.md": blog(title="A | `new` [title](x) <b>@all"),
    "content/news/gone.md": None,
    "content/news/replaced.md": None,
    "content/news/moved.md": post(
        title="Moved", tags="[hospital]", slug="here", aliases="[/news/2026-05-01/moved/]"
    ),
    "content/news/lost.md": post(title="Lost", tags="[hospital]", slug="elsewhere"),
    "content/news/new.md": post(
        title="New", tags="[hospital]", aliases="[/news/2026-05-01/replaced/]"
    ),
    "content/pages/paper.md": page("[Paper](/media/other.pdf)", title="Papers"),
    "config.yaml": CONFIG + "tagline: Words in the frame\n",
}


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The folders of two built sites: one before and one after edits and some days."""
    root = make_site(tmp_path_factory.mktemp("diff") / "site", SITE)
    assert not build(root, output=root / "old").stopped
    put(root, EDITS)
    assert not build(root, "2026-06-25", output=root / "new").stopped
    return root / "old", root / "new"


MARKDOWN = """\
## What readers will see change

**3 pages moved, 1 removed, 1 in another state, 5 changed.**

### Moved

| Page | From | To | The old address |
| --- | --- | --- | --- |
| [Lost](<{news}elsewhere/>) | /news/2026-05-01/lost/ | /news/2026-05-01/elsewhere/ \
| leads nowhere: add it to aliases |
| [Moved](<{news}here/>) | /news/2026-05-01/moved/ | /news/2026-05-01/here/ | leads to the new one |
| [New](<{news}new/>) | /news/2026-05-01/replaced/ | /news/2026-05-01/new/ | leads to the new one |

### Removed

| Page | Address | What is there now |
| --- | --- | --- |
| Gone | /news/2026-05-01/gone/ | nothing |

### Other state

| Page | Was | Is now |
| --- | --- | --- |
| [C](<{base}consultations/c/>) | open | closed |

### Changed

| Page | What |
| --- | --- |
| [Home](<{base}>) | its text, links or pictures |
| [Edited](<{base}blog/2026-05-01/edited/>) | its text, links or pictures |
| [A \\| \\`new\\` \\[title\\](x) \\<b\\>@&#8203;all](<{base}blog/2026-05-01/renamed/>) \
| title, was “An old title”; its text, links or pictures |
| [New](<{news}new/>) | title, was “Replaced”; its text, links or pictures |
| [Papers](<{base}paper/>) | its text, links or pictures |

### Old addresses that lead nowhere now

| Address | Led to |
| --- | --- |
| /old/gone/ | /news/2026-05-01/gone/ |

### Documents

| Document | What |
| --- | --- |
| /media/other.pdf | added |
| /media/paper.pdf | removed |

### Other files

| Files | Added | Changed | Removed |
| --- | --- | --- | --- |
| lists and other pages | 0 | 9 | 0 |
| feeds and calendars | 0 | 12 | 0 |
| files of the design, and for machines | 0 | 2 | 0 |

- 1 page: only the links to other posts changed.
- 5 pages: only the frame round them changed (head, menu, footer).
"""


def test_the_markdown(sites: tuple[Path, Path]) -> None:
    """A sentence, a table each, and a line for what a table would make too much of."""
    base = "https://example.org/"
    golden = MARKDOWN.format(base=base, news=f"{base}news/2026-05-01/")
    assert differences.as_markdown(diff.between(*sites)) == golden


def test_the_text(sites: tuple[Path, Path]) -> None:
    """The same in lines."""
    told = differences.as_text(diff.between(*sites))
    assert told.startswith(
        "3 pages moved, 1 removed, 1 in another state, 5 changed.\n"
        "\n"
        "Moved: page, from, to, the old address\n"
        "  Lost · /news/2026-05-01/lost/ · /news/2026-05-01/elsewhere/ · "
        "leads nowhere: add it to aliases\n"
    )
    assert "\nOther state: page, was, is now\n  C · open · closed\n\n" in told


def test_the_json(sites: tuple[Path, Path]) -> None:
    """Complete, and the other way round: what was added is removed."""
    there, back = (
        json.loads(differences.as_json(diff.between(*pair))) for pair in (sites, sites[::-1])
    )
    assert [row["title"] for row in there["removed"]] == ["Gone"]
    assert there["removed"][0] == back["added"][0] | {"leads": None}
    assert [row["title"] for row in back["added"]] == ["Gone", "Replaced"]
    assert [row["leads"] for row in there["moved"]] == [
        None,
        "/news/2026-05-01/here/",
        "/news/2026-05-01/new/",
    ]
    assert [(c["old"]["state"], c["new"]["state"]) for c in there["states"]] == [("open", "closed")]
    assert there["lost"] == [{"url": "/old/gone/", "led": "/news/2026-05-01/gone/"}]


def test_a_site_and_itself(sites: tuple[Path, Path]) -> None:
    """Nothing is different."""
    found = diff.between(sites[0], sites[0])
    assert differences.as_text(found) == "No page says anything else.\n"
    assert differences.as_markdown(found) == (
        "## What readers will see change\n\n**No page says anything else.**\n"
    )


def test_a_new_frame_is_one_line(tmp_path: Path) -> None:
    """A menu, a style sheet and its fingerprint: not a row a page."""
    root = make_site(tmp_path / "site", {"content/blog/a.md": blog(), "content/news/b.md": post()})
    build(root, output=root / "old")
    style = next((root / "templates/assets").rglob("*.css"))
    style.write_text(style.read_text("utf-8") + "\np{color:red}\n", "utf-8")
    put(root, {"config.yaml": CONFIG + "menus: {main: [{label: A, url: /blog/}]}\n"})
    assert not build(root, output=root / "new").stopped
    found = diff.between(root / "old", root / "new")
    assert (found.changed, found.around, found.framed > 10) == ((), 0, True)
    assert [(c.what, c.added, c.changed, c.removed) for c in found.counts] == [
        ("files of the design, and for machines", 0, 1, 0)
    ]


@pytest.mark.parametrize(
    ("record", "why"),
    [
        (None, "no site that sitegen built"),
        ("<h1>", "it is not JSON"),
        ("[" * 100_000, "it is not JSON"),
        ("[]", "sitegen did not write it"),
        ('{"generator": "Hugo"}', "sitegen did not write it"),
        ('{"generator": "sitegen"}', "its pages can't be read"),
        ('{"generator": "sitegen", "pages": [{"url": 1}]}', "its pages can't be read"),
    ],
)
def test_a_folder_that_is_no_site(tmp_path: Path, record: str | None, why: str) -> None:
    """It is said, and why."""
    if record is not None:
        (tmp_path / "build.json").write_text(record, "utf-8")
    with pytest.raises(SitegenError, match=why):
        diff.between(tmp_path, tmp_path)


# ---- how it is shown


def found(titles: list[str], base: str = "https://example.org/") -> Comparison:
    """A comparison that found new pages of these titles."""
    added = (Page(url="/a/", kind="blog", title=t, source="content/a.md", state="") for t in titles)
    nothing = dict.fromkeys(
        ("removed", "moved", "states", "changed", "lost", "documents", "counts"), ()
    )
    return Comparison(
        old_base=base, new_base=base, added=tuple(added), around=0, framed=0, **nothing
    )


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("a | b", r"a \| b"),
        ("`a` *b* _c_ ~~d~~", r"\`a\` \*b\* \_c\_ \~\~d\~\~"),
        ("[a](b) ![c](d)", r"\[a\](b) !\[c\](d)"),
        ("<img src=x> &amp; \\", r"\<img src=x\> \&amp; \\\\"[:-2]),
        ("@all #12 :tada: a@b.org", "@&#8203;all #&#8203;12 :&#8203;tada: a@&#8203;b.org"),
        ("https://x.org www.x.org", "https:&#8203;//x.org www&#8203;.x.org"),
        ("$a$", "<span>$</span>a<span>$</span>"),
        ("a\n\n# b\r\u2028\u202ec", "a # b c"),
        ("CEO's blog: We need £5 (now)!", "CEO's blog: We need £5 (now)!"),
    ],
)
def test_content_does_nothing_in_markdown(title: str, shown: str) -> None:
    """A title stays in its cell, and is no link, markup, mention or mathematics."""
    assert differences.escaped(title) == shown
    assert f"| [{shown}](<https://example.org/a/>) |" in differences.as_markdown(found([title]))


def test_only_an_address_of_the_web_is_linked() -> None:
    """A build.json may say anything."""
    told = differences.as_markdown(found(["A"], base="javascript:alert(1)//"))
    assert "| A | /a/ | blog |" in told


@pytest.mark.parametrize("shown", [differences.as_markdown, differences.as_text])
def test_a_long_table_is_cut(shown: differences.Format) -> None:
    """And says by how much. JSON has it all."""
    many = found([f"Title {n}" for n in range(170)])
    told = shown(many)
    assert told.count("Title ") == 50
    assert "and 120 more" in told
    assert len(json.loads(differences.as_json(many))["added"]) == 170


def test_nothing_from_content_can_move_a_cursor() -> None:
    """Whatever a build.json holds."""
    assert "A\ufffd[2J\ufffdB" in differences.as_text(found(["A\x1b[2J\nB"]))
