"""The repository's own site: it builds without a fault, and every page of it holds together."""

from __future__ import annotations

import gzip
import html
import re
from base64 import b64encode
from datetime import timedelta
from hashlib import sha256
from itertools import pairwise
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

import lxml.html
import pytest
from lxml import etree

from sitegen.clock import parse_now
from sitegen.kinds.common import published_at
from sitegen.problems import Severity
from sitegen.source.config import read
from tests.sites import REPO, build, documents, sample_site, tree

NOW = "2026-11-21"
CONFIG, _, _ = read((REPO / "config.yaml").read_bytes())
assert CONFIG
POSTS = documents(
    {str(p.relative_to(REPO)): p.read_bytes() for p in sorted((REPO / "content").rglob("*.md"))}
)
Pages = dict[str, lxml.html.HtmlElement]


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the site."""
    return sample_site(tmp_path_factory.mktemp("sample"))


@pytest.fixture(scope="module")
def output(root: Path) -> dict[str, bytes]:
    """All that is built, warnings being errors."""
    report = build(root, NOW, strict=True)
    assert not report.stopped, report.problems
    return tree(root / "output")


@pytest.fixture(scope="module")
def pages(output: dict[str, bytes]) -> Pages:
    """Its HTML, parsed."""
    return parsed(output)


def parsed(output: dict[str, bytes]) -> Pages:
    """The HTML of an output."""
    return {
        path: lxml.html.document_fromstring(data.decode())
        for path, data in output.items()
        if path.endswith(".html")
    }


def addresses(page: lxml.html.HtmlElement) -> list[str]:
    """Every address that a page names."""
    refreshes = page.xpath("//meta[@http-equiv='refresh']/@content")
    moved = [refresh.partition("url=")[2] for refresh in refreshes]
    return [str(address) for address in [*page.xpath("//@href"), *page.xpath("//@src"), *moved]]


def file_of(address: str, base: str) -> str | None:
    """The file of the output that an address leads to; None for another site."""
    parts = urlsplit(address)
    origin = urlsplit(base)
    if parts.scheme and (parts.scheme, parts.netloc) != (origin.scheme, origin.netloc):
        return None
    assert parts.path.startswith(origin.path), address
    inside = unquote(parts.path.removeprefix(origin.path)).lstrip("/")
    return inside + "index.html" if inside.endswith("/") or not inside else inside


def broken(output: dict[str, bytes], pages: Pages, base: str) -> list[str]:
    """The addresses and anchors that lead nowhere."""
    found = []
    ids = {path: set(page.xpath("//@id")) for path, page in pages.items()}
    for path, page in pages.items():
        for address in addresses(page):
            to = path if address.startswith("#") else file_of(address, base)
            fragment = unquote(urlsplit(address).fragment)
            if to is None:
                continue
            if to not in output or (fragment and fragment not in ids[to]):
                found.append(f"{path}: {address}")
    return found


def test_it_has_no_faults(root: Path) -> None:
    """Not a warning either, and all that remains is advice."""
    report = build(root, NOW, output=None)
    assert [p for p in report.problems if p.severity is not Severity.ADVICE] == []


def test_time_alone_makes_no_fault(root: Path) -> None:
    """A build of the unchanged content goes well after every event that is still to come."""
    events = build(root, NOW, output=None).events
    later = {e.at for e in events if e.at > parse_now(NOW, CONFIG.tz)}
    assert later
    for moment in [*sorted(later)[::4], max(later) + timedelta(days=3650)]:
        report = build(root, moment.isoformat(), output=None)
        assert [p for p in report.problems if p.severity is not Severity.ADVICE] == []


def test_every_link_leads_somewhere(output: dict[str, bytes], pages: Pages) -> None:
    """Every internal address to a file, and every anchor to an id."""
    assert broken(output, pages, CONFIG.base_url) == []


def test_feeds_and_sitemap_lead_somewhere(output: dict[str, bytes]) -> None:
    """Every absolute address of the site in them too."""
    for path, data in output.items():
        if path.endswith((".xml", ".json", ".txt")) or path == "_redirects":
            for address in re.findall(
                rf"{re.escape(CONFIG.base_url)}[^\s\"'<>&\\]*", data.decode()
            ):
                assert file_of(address, CONFIG.base_url) in output, f"{path}: {address}"


def test_what_style_sheets_name_is_there(output: dict[str, bytes]) -> None:
    """No address in them leads nowhere or to another site."""
    for path, data in output.items():
        if path.endswith(".css"):
            for address in re.findall(r"url\(([^)]*)\)", data.decode()):
                assert address.strip("\"'").startswith("data:") or (
                    str(PurePosixPath(path).parent / address.strip("\"'")) in output
                ), address


def test_below_a_path_every_link_stays_below_it(root: Path) -> None:
    """``--base-url`` with a path."""
    base = "https://demo.example/site/"
    report = build(root, NOW, output=root / "below", base_url=base)
    assert not report.stopped
    output = tree(root / "below")
    pages = parsed(output)
    assert broken(output, pages, base) == []
    for path, page in pages.items():
        for address in addresses(page):
            assert not address.startswith("/") or address.startswith("/site/"), f"{path}: {address}"
    host = urlsplit(CONFIG.base_url).netloc.encode()
    assert [path for path, data in output.items() if host in data] == []


def test_pages_parse(output: dict[str, bytes]) -> None:
    """Every element is closed where it should be, and every attribute stands once."""
    for path, data in output.items():
        if path.endswith(".html"):
            parser = etree.HTMLParser(encoding="utf-8")
            etree.fromstring(data, parser)
            faults = [e for e in parser.error_log if e.type_name != "HTML_UNKNOWN_TAG"]
            assert [(path, e.line, e.message) for e in faults] == []
            assert data.startswith(b"<!doctype html>\n")


def test_ids_stand_once(pages: Pages) -> None:
    """And what refers to an id finds it."""
    for path, page in pages.items():
        ids = page.xpath("//@id")
        assert len(ids) == len(set(ids)), path
        for names in page.xpath("//@aria-labelledby | //@aria-describedby | //@for"):
            assert set(str(names).split()) <= set(ids), path


def test_each_page_has_one_h1_and_no_level_is_skipped(pages: Pages) -> None:
    """Headings tell the outline of the page."""
    for path, page in pages.items():
        levels = [int(h.tag[1]) for h in page.iter("h1", "h2", "h3", "h4", "h5", "h6")]
        assert levels.count(1) == 1, path
        assert all(b <= a + 1 for a, b in pairwise(levels)), (path, levels)


def test_each_page_says_what_it_is(pages: Pages) -> None:
    """A title, a language, a main part, and a canonical address."""
    for path, page in pages.items():
        assert page.get("lang"), path
        assert len(page.xpath("//main")) == 1, path
        assert len(page.xpath("//link[@rel='canonical']")) == 1, path
        assert len(page.xpath("//head/title/text()")) == 1, path


def test_pictures_have_words_or_are_decorative(pages: Pages) -> None:
    """Every img has an alt, be it empty."""
    for path, page in pages.items():
        assert not page.xpath("//img[not(@alt)]"), path


def test_nothing_is_inline_and_nothing_comes_from_elsewhere(pages: Pages) -> None:
    """No style attribute or element, no handler, no file of another site.

    The one inline script is let in by its hash; JSON-LD is data, of which a browser runs none.
    """
    for path, page in pages.items():
        assert not page.xpath("//@style | //style"), path
        (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
        for script in page.xpath("//script[not(@src) and not(@type='application/ld+json')]"):
            hash_ = b64encode(sha256(script.text.encode()).digest()).decode()
            assert f"'sha256-{hash_}'" in policy, path
        assert not page.xpath("//@*[starts-with(name(), 'on')]"), path
        for address in page.xpath("//@src | //link[not(@rel='canonical' or @hreflang)]/@href"):
            assert not urlsplit(str(address)).netloc, f"{path}: {address}"


def test_a_first_visit_is_light(output: dict[str, bytes]) -> None:
    """HTML, styles and scripts of any page come to 14 KB at most, compressed."""
    light = {path: len(gzip.compress(data, 9)) for path, data in output.items()}
    (sheet,) = (path for path in output if re.fullmatch(r"assets/[^/]*\.css", path))
    heavy = {}
    for path in (path for path in output if path.endswith(".html")):
        scripts = re.findall(r'<script[^>]* src="/([^"]*)"', output[path].decode())
        if (size := sum(light[file] for file in (path, sheet, *scripts))) > 14 * 1024:
            heavy[path] = size
    assert heavy == {}


def test_every_page_says_that_it_is_a_demonstration(pages: Pages) -> None:
    """The notice of config.yaml."""
    assert CONFIG.notice
    assert "demonstration" in CONFIG.notice
    for path, page in pages.items():
        moved = page.xpath("//meta[@http-equiv='refresh']")
        assert moved or CONFIG.notice in " ".join(page.text_content().split()), path


def phrases(text: str) -> set[tuple[str, ...]]:
    """Every five words of a text that stand together, dates aside."""
    words = re.findall(r"[\w’'-]+", text.lower())
    found = {tuple(words[i : i + 5]) for i in range(len(words) - 4)}
    return {five for five in found if not re.search(r"\d", "".join(five))}


def test_nothing_of_drafts_and_scheduled_posts_is_there(output: dict[str, bytes]) -> None:
    """Of what only they say, nothing stands in any output; nor do their names."""
    now = parse_now(NOW, CONFIG.tz)
    hidden: set[tuple[str, ...]] = set()
    shown: set[tuple[str, ...]] = set()
    names = []
    for post in POSTS:
        assert post.front
        at = published_at(post.front, CONFIG.tz)
        said = phrases(post.front.title) | phrases(post.body.text)
        said |= phrases(post.front.summary or "")
        if post.front.draft or (at and at > now):
            names.append(post.path.stem)
            hidden |= said
        else:
            shown |= said | phrases((REPO / "content" / post.path).read_text(encoding="utf-8"))
    assert len(names) >= 2
    assert len(hidden - shown) >= 50
    for path, data in output.items():
        text = data.decode("utf-8", "ignore")
        assert [name for name in names if name in text or name in path] == [], path
        plain = re.sub(r"<[^>]*>", " ", html.unescape(text))
        assert phrases(plain) & (hidden - shown) == set(), path
