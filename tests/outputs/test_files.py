"""What is published of the files that pages use: pictures clean and in several sizes."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from sitegen.model import Copied, Derived, Shape
from sitegen.outputs import files
from sitegen.pages import album
from sitegen.views.frame import SharedImage
from tests.photos import SECRET, claiming, encoded, exif, moving, scene
from tests.sites import (
    CONFIG,
    NOW,
    PLAIN,
    blog,
    build,
    clean,
    desk,
    links_of,
    make_site,
    post,
    put,
    sitegen,
    tree,
)

WITH_SIZES = CONFIG.replace("images: false", "images: true")
LARGE = encoded(scene(1600, 1200), "JPEG", exif=exif(6))  # 1200 × 1600 as it is shown
PORTRAIT = encoded(scene(700, 700), "PNG")
SITE = {
    "config.yaml": WITH_SIZES,
    "content/blog/a.md": blog(
        "![A ward](/media/ward.jpg)\n\n[The poster](/media/poster.png)",
        author="ann",
        image="{src: /media/hall.jpg, alt: The hall}",
    ),
    "content/people.yaml": "ann: {name: Ann Other, photo: /media/ann.png, bio: Writes.}\n",
    "content/media/ward.jpg": LARGE,
    "content/media/hall.jpg": encoded(scene(800, 400), "JPEG"),
    "content/media/poster.png": encoded(scene(), "PNG"),
    "content/media/ann.png": PORTRAIT,
    "content/media/unused.jpg": encoded(scene(900, 900), "JPEG"),
}
PAGE = "blog/2026-05-01/a/index.html"


def named(path: str) -> str:
    """A variant's name without the digest in it."""
    return re.sub(r"\.[0-9a-f]{8}\.(\d+w\.webp)$", r".\1", path)


def media(root: Path) -> set[str]:
    """What is published under /media/."""
    paths = (p for p in tree(root / "output") if p.startswith("media/"))
    return {named(p.removeprefix("media/")) for p in paths}


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built once."""
    root = make_site(tmp_path_factory.mktemp("first") / "site", SITE)
    report = build(root)
    assert not report.problems
    return root


@pytest.fixture
def site(first: Path, tmp_path: Path) -> Path:
    """The site as its last build left it."""
    shutil.copytree(first, tmp_path / "site")
    return tmp_path / "site"


# ---- what is planned


def planned(shapes: dict[str, Shape], config: str = WITH_SIZES) -> dict[str, object]:
    """The outputs of this planner, when the pictures of SITE have these shapes, by name."""
    at = desk({**SITE, "config.yaml": config})
    of = {
        file.digest: shapes[path.name]
        for path, file in at.links.copies.items()
        if path.name in shapes
    }
    return {named(o.path.name): o for o in files.outputs(replace(at, shapes=of))}


def test_a_picture_has_the_sizes_that_it_is_shown_in() -> None:
    """All of them in a text or at its head, small ones of a portrait, none of what is linked to."""
    shape = Shape(width=800, height=600, kind="jpeg")
    names = ("ward.jpg", "hall.jpg", "poster.png", "ann.png")
    assert set(planned(dict.fromkeys(names, shape))) == {
        *names,
        *("ward.jpg.320w.webp", "ward.jpg.640w.webp", "ward.jpg.800w.webp"),
        *("hall.jpg.320w.webp", "hall.jpg.640w.webp", "hall.jpg.800w.webp"),
        "ann.png.320w.webp",
    }


def test_what_is_dirty_is_cleaned() -> None:
    """Wherever it is used: also what a page only links to."""
    made = planned({"poster.png": Shape(width=800, height=600, kind="png", dirty=True)})
    assert isinstance(made["poster.png"], Derived)
    assert isinstance(made["ward.jpg"], Copied)


def test_without_sizes() -> None:
    """The pictures themselves stay, and are clean."""
    dirty = Shape(width=800, height=600, kind="jpeg", dirty=True)
    made = planned({"ward.jpg": dirty, "ann.png": dirty}, CONFIG)
    assert set(made) == {"ward.jpg", "hall.jpg", "poster.png", "ann.png"}
    assert isinstance(made["ward.jpg"], Derived)


# ---- what is built


def test_nothing_unused_is_published(first: Path) -> None:
    """Each variant is offered by a page, and a picture that no page uses is not there."""
    page = (first / "output" / PAGE).read_text("utf-8")
    offered = {address.split(" ")[0] for address in re.findall(r"/media/\S+ \d+w", page)}
    files = tree(first / "output")
    variants = {p for p in files if p.endswith(".webp")}
    assert {address.lstrip("/") for address in offered} == variants
    assert media(first) == {
        *("ward.jpg", "hall.jpg", "poster.png", "ann.png"),
        *("ward.jpg.320w.webp", "ward.jpg.640w.webp", "ward.jpg.960w.webp", "ward.jpg.1200w.webp"),
        *("hall.jpg.320w.webp", "hall.jpg.640w.webp", "hall.jpg.800w.webp"),
        "ann.png.320w.webp",
    }


def test_no_picture_tells_where_it_was_taken(first: Path) -> None:
    """Not a word of Exif, in any file of the site."""
    for path, data in tree(first / "output").items():
        assert b"Exif" not in data, path
        assert SECRET.encode() not in data, path


def test_how_a_page_offers_pictures(first: Path) -> None:
    """The first at once, others when they are near; each with its size, and a fallback."""
    page = (first / "output" / PAGE).read_text("utf-8")
    hall, ward, ann = re.findall(r"<picture>\s*<source[^>]+>\s*<img[^>]+>\s*</picture>", page)
    assert '<img src="/media/hall.jpg" alt="The hall" width="800" height="400"' in hall
    assert 'fetchpriority="high"' in hall
    assert "lazy" not in hall
    assert '<img src="/media/ward.jpg" alt="A ward" width="1200" height="1600"' in ward
    assert 'loading="lazy" decoding="async"' in ward
    assert re.search(r'srcset="/media/ann.png.[0-9a-f]{8}.320w.webp 320w" sizes="4.5rem"', ann)
    for picture in (hall, ward):
        assert 'type="image/webp" srcset="/media/' in picture
        assert 'sizes="(min-width: 44rem) 42rem, calc(100vw - 2rem)"' in picture


def test_feeds_have_plain_pictures(first: Path) -> None:
    """With their size; readers of feeds know little else."""
    feed = (first / "output/feed.json").read_text("utf-8").replace('\\"', '"')
    image = '<img src="https://example.org/media/ward.jpg" alt="A ward" width="1200" height="1600">'
    assert image in feed
    assert "webp" not in feed


def test_an_unchanged_site_makes_no_picture(site: Path) -> None:
    """Nor does another edit: each picture is made once."""
    assert build(site).nothing_to_do
    put(site, {"content/blog/b.md": blog("Other words.", title="B", date="2026-05-02")})
    assert not [path for path in build(site).made if path.parts[0] == "media"]


def test_a_changed_picture_is_made_anew(site: Path) -> None:
    """Its variants have new names, so no browser takes the old ones for them."""
    before = set(tree(site / "output"))
    put(site, {"content/media/hall.jpg": encoded(scene(1000, 500), "JPEG")})
    made = {named(str(path)) for path in build(site).made if path.parts[0] == "media"}
    assert made == {
        f"media/hall.jpg{end}" for end in ("", ".320w.webp", ".640w.webp", ".1000w.webp")
    }
    assert {p for p in before if "hall.jpg." in p}.isdisjoint(tree(site / "output"))
    assert tree(site / "output") == clean(site, site.parent / "clean")


def test_a_lost_output_comes_out_of_what_is_kept(site: Path) -> None:
    """Pictures are not made a second time when output/ is deleted."""
    kept = {path: path.stat().st_mtime_ns for path in (site / ".sitegen/images").iterdir()}
    before = tree(site / "output")
    shutil.rmtree(site / "output")
    build(site)
    assert tree(site / "output") == before
    assert {p: p.stat().st_mtime_ns for p in (site / ".sitegen/images").iterdir()} == kept


def test_what_is_kept_can_be_deleted(site: Path) -> None:
    """The same bytes are made again."""
    before = tree(site / "output")
    shutil.rmtree(site / ".sitegen")
    shutil.rmtree(site / "output")
    build(site)
    assert tree(site / "output") == before


def test_a_build_without_sizes(site: Path) -> None:
    """No variants, no srcset; sizes of pictures stay, and they are clean and upright."""
    assert sitegen("build", "--no-images", "--now", NOW, cwd=site).returncode == 0
    assert media(site) == {"ward.jpg", "hall.jpg", "poster.png", "ann.png"}
    page = (site / "output" / PAGE).read_bytes()
    assert b"srcset" not in page
    assert b'width="1200" height="1600"' in page
    assert b"Exif" not in (site / "output/media/ward.jpg").read_bytes()
    assert {link.lstrip("/") for link in links_of(page) if "/media/" in link} == {
        f"media/{name}" for name in media(site)
    }
    assert len([path for path in build(site).made if path.suffix == ".webp"]) == 8  # as before


def test_what_others_show_of_a_page() -> None:
    """Its lead image, at its whole address and with its size; a drawing few could show."""
    shown = {}
    for name in ("hall.jpg", "hall.SVG"):
        text = blog(image=f"{{src: /media/{name}, alt: The hall}}")
        at = desk({"content/blog/a.md": text, f"content/media/{name}": b"hall"})
        (file,) = at.links.copies.values()
        shape = Shape(width=800, height=400, kind="jpeg")
        entry = at.site.entries["blog/a"]
        shown[name] = album.share_image(entry, replace(at, shapes={file.digest: shape}))
    url = "https://example.org/media/hall.jpg"
    image = SharedImage(url=url, width=800, height=400, alt="The hall")
    assert shown == {"hall.jpg": image, "hall.SVG": None}


def test_what_moves_goes_on_moving(tmp_path: Path) -> None:
    """It has no variants, which would stand still."""
    data = moving("GIF", loop=0)
    body = "![Steps](/media/steps.gif)"
    root = make_site(
        tmp_path,
        {
            **PLAIN,
            "config.yaml": WITH_SIZES,
            "content/news/a.md": post(body),
            "content/media/steps.gif": data,
        },
    )
    build(root)
    assert media(root) == {"steps.gif"}
    assert (root / "output/media/steps.gif").read_bytes() == data


@pytest.mark.parametrize(
    ("data", "code"),
    [(b"Dear all,", "image-unreadable"), (claiming(60_000, 60_000), "image-too-large")],
    ids=["text", "bomb"],
)
def test_a_picture_that_cant_be_shown_stops_the_build(
    tmp_path: Path, data: bytes, code: str
) -> None:
    """One that a page uses: what lies about unused is the editor's own affair."""
    text = post("![A hall](/media/hall.png)")
    files = {**PLAIN, "content/news/a.md": text, "content/media/hall.png": data}
    root = make_site(tmp_path / "used", files)
    report = build(root)
    assert report.stopped
    assert [(p.code, p.path) for p in report.problems] == [(code, "content/media/hall.png")]
    assert not (root / "output").exists()
    assert not build(make_site(tmp_path / "unused", {**files, "content/news/a.md": post()})).stopped
