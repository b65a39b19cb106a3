"""Which file of the site is what."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from sitegen.source.layout import Layout, is_litter, sort


def sorted_as(path: str) -> list[str]:
    """The names of what a path is, or the code of its fault."""
    layout = sort([PurePosixPath(path)])
    found = [name for name in Layout.__slots__ if name != "problems" and getattr(layout, name)]
    return found + [p.code for p in layout.problems]


@pytest.mark.parametrize(
    ("path", "what"),
    [
        ("content/blog/a.md", ["posts"]),
        ("content/news/2026/a.md", ["posts"]),
        ("content/consultations/a/index.md", ["posts"]),
        ("content/pages/index.md", ["posts"]),
        ("content/blog/a/photo.png", ["media"]),
        ("content/media/a/b.pdf", ["media"]),
        ("content/media/notes.txt", ["media"]),
        ("content/tags.yaml", ["facts"]),
        ("content/tags.yml", ["facts"]),
        ("content/blog/data.yaml", ["media"]),
        ("content/README", []),
        ("content/attic/photo.png", []),
        ("templates/base.html", ["templates"]),
        ("templates/kinds/blog.html", ["templates"]),
        ("templates/feeds/atom.xml", ["templates"]),
        ("templates/components/card.yaml", []),
        ("templates/assets/css/10-base.css", ["styles"]),
        ("templates/assets/js/state.js", ["assets"]),
        ("templates/assets/img/a.svg", ["assets"]),
        ("templates/root/CNAME", ["root"]),
        ("templates/root/.well-known/security.txt", ["root"]),
        ("content/a.md", ["no-kind"]),
        ("content/blogs/a.md", ["no-kind"]),
        ("content/media/a.md", ["no-kind"]),
        ("content/news/a.markdown", ["not-a-post"]),
        ("content/news/a.MD", ["not-a-post"]),
        ("content/news/a.md.txt", ["not-a-post"]),
        ("content/news/a.md.", ["not-a-post"]),
        ("content/news/a.md ", ["not-a-post"]),
        ("content/news/a.txt", ["not-a-post"]),
        ("content/news/a.docx", ["not-a-post"]),
        ("content/news/a/a.docx", ["media"]),
        ("content/news/a.pdf", ["media"]),
        ("templates/README.md", []),
        ("templates/root/.nojekyll", ["root"]),
        ("templates/root/.well-known/apple-app-site-association", ["root"]),
        ("templates/root/.env", ["file-type"]),
        ("templates/root/.well-known/.env", ["file-type"]),
        ("templates/root/.ssh/key.txt", ["file-type"]),
        ("templates/root/id_rsa", ["file-type"]),
        ("templates/assets/CNAME", ["file-type"]),
        ("templates/assets/README.md", ["file-type"]),
    ],
)
def test_sort(path: str, what: list[str]) -> None:
    """Every file is one thing, or nothing; a post that would be passed over is a fault."""
    assert sorted_as(path) == what


def test_fixes() -> None:
    """A misplaced post is told where it may be, a misnamed one its name."""
    layout = sort(
        map(PurePosixPath, ["content/nws/a.md", "content/news/b.mdx", "content/news/c.doc"])
    )
    assert [(p.message, p.fix) for p in layout.problems] == [
        ('the name of a post ends in ".md"', "rename it to b.md"),
        (
            'the name of a post ends in ".md"',
            "copy its text into c.md; a document to download goes into content/media/",
        ),
        (
            'a post must be in a folder of its kind. Did you mean "news"?',
            "move it to content/blog/, content/consultations/, content/explainers/, "
            "content/news/ or content/pages/",
        ),
    ]


def test_order() -> None:
    """Files come in the order of their paths, however the disk gave them."""
    names = ["content/news/b.md", "content/blog/z.md", "content/news/a.md"]
    assert [str(p) for p in sort(map(PurePosixPath, names)).posts] == sorted(names)


@pytest.mark.parametrize(
    ("names", "copies"),
    [
        (["a.md", "Copy of a.md"], ["Copy of a.md"]),
        (["a.md", "a - Copy.md", "a - Copy (2).md"], ["a - Copy (2).md", "a - Copy.md"]),
        (["a.md", "a copy.md", "a copy 2.md"], ["a copy 2.md", "a copy.md"]),
        (["a.md", "a (copy).md", "a (1).md"], ["a (1).md", "a (copy).md"]),
        (["a.b/index.md", "a.b copy/index.md"], ["a.b copy/index.md"]),
        (["copy of b.md", "b (1).md", "a copy of b.md"], []),
        (["Copy of ..md", "a.md", "sub/a (1).md", "a-1.md"], []),
    ],
)
def test_copies(names: list[str], copies: list[str]) -> None:
    """A post that is named like a copy of the one beside it; alone, it is a post like others."""
    layout = sort(PurePosixPath("content/news", name) for name in names)
    assert [(p.code, p.path) for p in layout.problems] == [
        ("copied-file", f"content/news/{name}") for name in copies
    ]


def test_twins() -> None:
    """Two names that are one where capital letters, or how accents are coded, don't count."""
    names = ["A.pdf", "a.pdf", "e\u0301.pdf", "é.pdf", "x/A.pdf"]
    layout = sort(PurePosixPath("content/media", name) for name in names)
    assert [(p.code, p.path[14:]) for p in layout.problems] == [
        ("same-name", "a.pdf"),
        ("same-name", "é.pdf"),
    ]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (".DS_Store", True),
        (".draft.md", True),
        ("a.md~", True),
        ("a.md.bak", True),
        (".a.md.swp", True),
        ("#a.md#", True),
        ("~$report.docx", True),
        ("Thumbs.db", True),
        ("a.md", False),
        ("a#b.md", False),
        ("bak.md", False),
    ],
)
def test_litter(name: str, expected: bool) -> None:
    """What editors and systems leave about is neither published nor a fault."""
    assert is_litter(name) is expected
