"""What is not public is nowhere: words are planted, and every byte of the output searched.

And each build proves it: a planner that is broken on purpose gets nothing published.
"""

from __future__ import annotations

import gzip
from dataclasses import replace
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any

import pytest

from sitegen import cli
from sitegen.building import outdated
from sitegen.model import (
    Copied,
    Derived,
    Encoded,
    Output,
    Ready,
    Recipe,
    Rendered,
    SearchIndex,
    SearchRecord,
)
from sitegen.pages import plan
from sitegen.shown import Card, LinkTo
from sitegen.site import index as sites
from sitegen.site import leaks, private
from sitegen.site.leaks import Leak
from sitegen.views.feeds import FeedItem, SitemapRow
from sitegen.views.lists import Line, TermView
from tests.photos import spelling
from tests.sites import (
    CONFIG,
    NOW,
    PLAIN,
    blog,
    build,
    consultation,
    documents,
    explainer,
    make_site,
    page,
    planned,
    post,
    put,
    resolved,
    tree,
)

SEARCHED = CONFIG.replace("search: false", "search: true")

STATES = {
    "draft": {"draft": "true"},
    "scheduled": {"date": "2027-03-04"},
    "expired": {"expiry_date": "2026-06-01"},
    "withdrawn": {"withdrawn": "{date: 2026-06-01, reason: Wrong.}"},
}
BESIDE = {"content/blog/public.md": blog("Public words.", title="Public")}
KINDS = {"blog": "blog", "news": "news", "consultations": "consultation", "explainers": "explainer"}


def token(state: str, where: str) -> str:
    """A word that stands nowhere else."""
    return f"zq{state}zq{where}zq"


def planted(state: str, folder: str) -> dict[str, str | bytes]:
    """A post of a state, with a word of its own in every part, as a bundle with its files."""
    at = {
        p: token(state + folder, p) for p in ("title", "body", "summary", "slug", "alias", "note")
    }
    fields: dict[str, object] = {
        "title": at["title"],
        "summary": at["summary"],
        "aliases": f"[/{at['alias']}/]",
        "slug": at["slug"],
        "change_notes": f"[{{date: 2027-03-05, note: {at['note']}}}]",
        "image": f"{{src: {token(state + folder, 'picture')}.png, alt: {at['title']} pictured}}",
        "documents": f"[{{title: {at['title']}, file: {token(state + folder, 'paper')}.pdf}}]",
        **STATES.get(state, {}),
    }
    body = f"{at['body']}\n\n![{at['title']}](/media/{token(state + folder, 'media')}.png)"
    text = {
        "blog": lambda: blog(body, **fields, author=token(state + folder, "author").title()),
        "news": lambda: post(body, **fields),
        "consultations": lambda: consultation("2026-06-02", "2026-07-02", body, **fields),
        "explainers": lambda: explainer(body, **fields),
    }[folder]()
    name = f"content/{folder}/{token(state + folder, 'file')}"
    return {
        f"{name}/index.md": text,
        f"{name}/{token(state + folder, 'picture')}.png": spelling(
            b"zqpngzq" + at["body"].encode()
        ),
        f"{name}/{token(state + folder, 'paper')}.pdf": b"zqpdfzq" + at["body"].encode(),
        f"content/media/{token(state + folder, 'media')}.png": spelling(at["body"].encode()),
    }


def refers(state: str) -> str:
    """A public post whose front matter names posts that are not public."""
    names = [f"{folder}/{token(state + folder, 'file')}" for folder in KINDS][:3]
    return post(
        related=f"[{', '.join(names)}]",
        updates=f"[news/{token(state + 'news', 'file')}]",
    )


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The site with all of them, built."""
    files: dict[str, str | bytes] = {
        "config.yaml": SEARCHED,
        "content/blog/public.md": blog("Public words.", title="Public"),
        "content/explainers/public.md": explainer(follows="dentistry"),
        "content/news/public-draft.md": refers("draft"),
        "content/news/public-scheduled.md": refers("scheduled"),
        "content/pages/about.md": page(title="About"),
        "content/pages/zqdraftpagezq.md": page(
            "zqdraftpagezq", title="zqdraftpagezq", draft="true"
        ),
        "content/pages/under.md": page("Under it.", parent="pages/zqdraftpagezq"),
    }
    for state in STATES:
        for folder in KINDS:
            files |= planted(state, folder)
    root = make_site(tmp_path_factory.mktemp("leaks") / "site", files)
    report = build(root)
    assert not report.stopped, report.problems
    return tree(root / "output")


def plain(data: bytes) -> bytes:
    """What an output says: unpacked, and without the breaks in a calendar's lines."""
    data = gzip.decompress(data) if data.startswith(b"\x1f\x8b") else data
    return data.replace(b"\r\n ", b"").lower()


def where(output: dict[str, bytes], word: str) -> set[str]:
    """The outputs whose bytes or names hold a word, in any case."""
    low = word.lower()
    return {p for p, data in output.items() if low.encode() in plain(data) or low in p.lower()}


@pytest.mark.parametrize("state", ["draft", "scheduled"])
def test_what_is_not_public_is_nowhere(output: dict[str, bytes], state: str) -> None:
    """Not a word of a draft or a scheduled post, in any byte or name: of any kind, any field."""
    assert where(output, f"zq{state}") == set()


@pytest.mark.parametrize("folder", KINDS)
@pytest.mark.parametrize("state", ["expired", "withdrawn"])
def test_what_is_no_longer_current_is_on_its_own_page_only(
    output: dict[str, bytes], state: str, folder: str
) -> None:
    """And in what leads there: the pages for its old addresses, _redirects and build.json.

    The calendar of a consultation tells no more than its title and its address.
    """
    day = "2026-05-01/" if folder in ("blog", "news") else ""
    here = f"{folder}/{day}{token(state + folder, 'slug')}/"
    alias = f"{token(state + folder, 'alias')}/index.html"
    page = f"{here}index.html"
    beside = {f"{here}{token(state + folder, n)}" for n in ("picture", "paper")}
    beside = {f"{name}.{'png' if 'picture' in name else 'pdf'}" for name in beside}
    shared = f"media/{token(state + folder, 'media')}.png"
    dates = {f"{here}calendar.ics"} if folder == "consultations" else set()
    assert where(output, token(state + folder, "title")) == {page, alias, "build.json", *dates}
    assert where(output, token(state + folder, "body")) == {page, shared, *beside}
    assert where(output, token(state + folder, "summary")) == {page}
    assert where(output, token(state + folder, "alias")) == {alias, "_redirects"}
    assert where(output, token(state + folder, "note")) == set()
    leading_there = {alias, "_redirects", "build.json"}
    assert where(output, token(state + folder, "slug")) == {page, *beside, *dates, *leading_there}


def test_tags_that_only_hidden_posts_have_are_hidden(tmp_path: Path) -> None:
    """Without content/tags.yaml the posts make the tags: the public ones only."""
    root = make_site(
        tmp_path / "site",
        {
            "content/blog/a.md": blog(tags="[Seen]"),
            "content/blog/b.md": blog(tags="[Zqmerger]", draft="true"),
            "content/blog/c.md": blog(tags="[Zqclosure]", date="2027-01-01"),
            "content/explainers/e.md": explainer(tags="[Seen]", follows="zqlater", draft="true"),
            "content/explainers/f.md": explainer(tags="[Zqlater]", draft="true"),
        },
    )
    (root / "content/tags.yaml").unlink()
    report = build(root)
    assert not report.stopped, report.problems
    assert where(tree(root / "output"), "zq") == set()


def test_a_preview_never_goes_where_the_site_is(tmp_path: Path) -> None:
    """After a preview in its own folder, a build holds no draft."""
    root = make_site(tmp_path / "site", planted("draft", "blog"))
    shown = build(root, preview=True, output=tmp_path / "preview")
    assert not shown.stopped
    assert where(tree(tmp_path / "preview"), "zqdraft")
    build(root)
    assert where(tree(root / "output"), "zqdraft") == set()


def test_what_no_page_uses_is_not_published(tmp_path: Path) -> None:
    """Loose files in content/, notes in YAML comments, private x- keys."""
    root = make_site(
        tmp_path / "site",
        {
            "config.yaml": CONFIG + "# zqcomment\n",
            "content/blog/a/index.md": blog("Words. <!-- zqhtml -->", **{"x-note": "zqnote"}),
            "content/blog/a/zqloose.pdf": b"zqloose",
            "content/media/zqloose.png": b"zqloose",
            "content/zqnotes.txt": "zqnotes",
            "content/people.yaml": "zqann: {name: Zqann, bio: zqbio}\n",
        },
    )
    report = build(root)
    assert not report.stopped, report.problems
    assert where(tree(root / "output"), "zq") == set()


def test_the_files_of_what_is_not_out_yet_are_not_published(tmp_path: Path) -> None:
    """A document of an outcome, of feedback or of a withdrawal waits for its day."""
    told = {
        "feedback_summary": "{published_on: 2026-12-01, file: feedback.pdf}",
        "final_outcome": "{published_on: 2026-12-02, decision: adopted, detail: '[a](out.pdf)'}",
        "withdrawn": "{date: 2027-12-01, reason: 'See [why](why.pdf).'}",
    }
    folder = "content/consultations/plan"
    files = {f"{folder}/{name}.pdf": b"%PDF" for name in ("feedback", "out", "why")}
    text = consultation("2026-05-01", "2026-06-01", **told)
    root = make_site(tmp_path, {f"{folder}/index.md": text, **files})
    published = []
    for now in ("2026-06-15", "2026-12-01", "2026-12-02", "2027-12-01"):
        build(root, now)
        published.append({Path(p).stem for p in tree(root / "output") if p.endswith(".pdf")})
    assert published == [set(), {"feedback"}, {"feedback", "out"}, {"feedback", "out", "why"}]


def test_a_translation_waits_for_its_original(tmp_path: Path) -> None:
    """Its address would tell the slug and the day of a post that is not public."""
    hidden = post(date="2026-12-01", slug="zqslugzq")
    text = post("Dzień dobry.", translation_of="news/a", lang="pl")
    root = make_site(tmp_path, {"content/news/a.md": hidden, "content/news/b.md": text})
    build(root)
    assert not any("zqslugzq" in path for path in tree(root / "output"))
    build(root, "2026-12-01")
    assert "pl/news/2026-12-01/zqslugzq/index.html" in tree(root / "output")


def test_a_withdrawn_consultation_offers_no_form(tmp_path: Path) -> None:
    """Nobody can answer it, so its ways to respond go, and the form that only they refer to."""
    ways = {"ways_to_respond": "{response_form: form.pdf}"}
    folder, now = "content/consultations/plan", "2026-06-15"
    root = make_site(tmp_path, {f"{folder}/form.pdf": b"%PDF"})
    for withdrawn, published in ((None, True), ("{date: 2026-06-10, reason: Wrong.}", False)):
        text = consultation("2026-06-01", "2026-07-01", withdrawn=withdrawn, **ways)
        (root / folder / "index.md").write_text(text, encoding="utf-8")
        build(root, now)
        output = tree(root / "output")
        assert ("consultations/plan/form.pdf" in output) is published
        assert (b"How to respond" in output["consultations/plan/index.html"]) is published


# ---- from one build to the next


@pytest.mark.parametrize("folder", KINDS)
def test_what_was_public_is_gone_with_the_next_build(tmp_path: Path, folder: str) -> None:
    """A post becomes a draft, is withdrawn or expires: only what is not current is made again."""
    path = f"content/{folder}/{token('x' + folder, 'file')}/index.md"
    files = planted("x", folder)
    root = make_site(tmp_path / "site", {"config.yaml": SEARCHED, **BESIDE, **files})
    word = f"zqx{folder}zq"

    def held(**fields: str) -> set[str]:
        lines = "".join(f"{name}: {value}\n" for name, value in fields.items())
        put(root, {path: str(files[path]).replace("---\n", f"---\n{lines}", 1)})
        report = build(root)
        assert not report.stopped, report.problems
        return where(tree(root / "output"), word)

    public = held()
    assert {"feed.xml", "feed.json", "sitemap.xml", "index.html"} <= public
    assert any(name.startswith("pagefind/") for name in public)
    assert held(draft="true") == set()
    assert held() == public
    withdrawn = held(withdrawn="{date: 2026-06-01, reason: Wrong.}")
    assert held(expiry_date="2026-06-14") == withdrawn
    lists = ("tags/", "archive/", "pagefind/", "feed", "sitemap", "index.html", f"{folder}/index")
    assert [name for name in withdrawn if name.startswith(lists)] == []
    assert held(publish_at="2026-07-01") == set()


def test_what_expires_by_the_clock_leaves_all_lists(tmp_path: Path) -> None:
    """Nothing was edited: the same files, a day later."""
    word = "zqsoonzq"
    text = post(word, title=word, summary=word, expiry_date="2026-06-15", slug=word)
    files = {"config.yaml": SEARCHED, **BESIDE, "content/news/soon.md": text}
    root = make_site(tmp_path / "site", files)
    build(root, "2026-06-15")
    before = where(tree(root / "output"), word)
    build(root, "2026-06-16")
    own = f"news/2026-05-01/{word}/index.html"
    assert {own, "build.json"} == where(tree(root / "output"), word) < before


# ---- the proof


PUBLIC = {
    "content/news/open/index.md": post("[Plan](plan.pdf)", title="Open"),
    "content/news/open/plan.pdf": b"%PDF",
    "content/news/old.md": post(title="Old", withdrawn="{date: 2026-06-01, reason: Wrong.}"),
}
HIDDEN = {
    "content/news/secret/index.md": post("![x](x.png)", draft="true", aliases="[/was/secret/]"),
    "content/news/secret/x.png": spelling(b"secret"),
    "content/consultations/later.md": consultation("2027-01-01", "2027-02-01", date="2027-01-01"),
    "content/news/pl.md": post(lang="pl", translation_of="news/secret"),
    "content/pages/p.md": page(draft="true"),
}
SITE = {**PUBLIC, **HIDDEN}
SECRET, OLD = "/news/2026-05-01/secret/", "/news/2026-05-01/old/"


def prove(*outputs: Output, data: bytes = b"", records: tuple[str, ...] = ()) -> None:
    """Look into these outputs of the site, each with these bytes."""
    site, posts = resolved(SITE).site, documents(SITE)
    known = private.secrets(posts, site, plan.addresses(site))
    found = (SearchRecord(url=u, title="", text="", kind="news", kind_label="") for u in records)
    index = SearchIndex(records=tuple(found), language="en")
    leaks.prove(known, outputs, [(o, data) for o in outputs], index, posts, site)


def rendered(path: str = "x/index.html", view: object = None, owner: str = "") -> Rendered:
    """A page with this view."""
    return Rendered(path=PurePosixPath(path), template="x.html", make=Ready(view), owner=owner)


def copied(source: str) -> Copied:
    """A copy of this file."""
    return Copied(path=PurePosixPath("x"), source=PurePosixPath(source), digest="")


def test_what_is_planned_has_no_leak() -> None:
    """The whole site, as it is."""
    prove(*planned(SITE).values())


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (rendered(owner="content/news/secret/index.md"), "which is not public"),
        (rendered(owner="content/consultations/later.md"), "which is not public"),
        (rendered(owner="content/news/pl.md"), "which is not public"),
        (copied("content/news/secret/x.png"), "which no public post names"),
        (copied("content/news/open/loose.pdf"), "which no public post names"),
        (
            Derived(
                path=PurePosixPath("x"),
                source=PurePosixPath("content/news/secret/x.png"),
                digest="",
                recipe=Recipe(format="webp", width=320),
            ),
            "which no public post names",
        ),
    ],
)
def test_what_comes_from_a_hidden_post_is_a_leak(made: Output, words: str) -> None:
    """Pages by their owner, files by who names them."""
    with pytest.raises(Leak, match=words):
        prove(made)
    prove(copied("content/news/open/plan.pdf"), copied("templates/root/favicon.ico"))


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("index.html", f'<a href="{SECRET}">'),
        ("index.html", f"<a href='{SECRET}#part'>"),
        ("index.html", f"<a href={SECRET}?x=1>"),
        ("index.html", f'<link href="https://example.org{SECRET}">'),
        ("index.html", f'<img srcset="/a.webp 320w, {SECRET}x.png 640w">'),
        ("index.html", f'<script>{{"url":"https://example.org{SECRET}"}}</script>'),
        ("index.html", '<a href="/was/secret/">'),
        ("index.html", '<a href="/pl/news/2026-05-01/secret/">'),
        ("feed.xml", f"<id>https://example.org{SECRET}</id>"),
        ("feed.xml", f"&lt;a href=&#34;https://example.org{SECRET}&#34;&gt;"),
        ("feed.json", f'"content_html": "<a href=\\"https://example.org{SECRET}\\">"'),
        ("sitemap.xml", "<loc>https://example.org/consultations/later/</loc>"),
        ("calendar.ics", "URL:https://example.org/consul\r\n tations/later/\r\n"),
        ("_redirects", f"/was/secret/ {SECRET} 301\n"),
        ("_headers", f"{SECRET}\n  X-Robots-Tag: noindex\n"),
        ("build.json", f'"url": "{SECRET}"'),
    ],
)
def test_an_address_that_is_hidden_is_found_in_every_format(path: str, text: str) -> None:
    """Of a draft, of what is scheduled, of their translations, old addresses and files."""
    made = Encoded(path=PurePosixPath(path), make=Ready(b""))
    with pytest.raises(Leak, match=f"{path} gives .* away"):
        prove(made, data=text.encode())


@pytest.mark.parametrize(
    "text",
    [
        "<p>Words.</p> and/or/p/",
        '<a href="/tags/p/"> <a href="/p/q/"> <a href="https://example.com/p/">',
        f'<a href="/en{SECRET}">',
        '<a href="/news/2026-05-01/open/">',
    ],
)
def test_what_only_looks_like_a_hidden_address_is_none(text: str) -> None:
    """Another address that ends or begins like one; tags of HTML."""
    prove(rendered(), data=text.encode())


def card(url: str) -> Card:
    """A post in a list."""
    return Card(kind="news", kind_label="", title="", url=url, summary="")


def item(url: str) -> FeedItem:
    """A post in a feed."""
    words = dict.fromkeys(("id", "title", "html", "published", "updated", "lang"), "")
    return FeedItem(url=url, summary=None, author=None, tags=(), **words)  # type: ignore[arg-type]


LISTED = {
    "card": partial(card, OLD),
    "line": lambda: Line(date=None, kind_label="", title="", url=OLD),  # type: ignore[arg-type]
    "item": lambda: item(f"https://example.org{OLD}"),
    "row": lambda: SitemapRow(url=f"https://example.org{OLD}", updated=None),
    "term": lambda: TermView(
        id="",
        acronym="",
        meaning="",
        explanation=None,
        ended=None,
        successor=None,
        uses=(LinkTo(label="", url=OLD),),
        uses_count=1,
    ),
}


@pytest.mark.parametrize("name", LISTED)
def test_what_is_no_longer_current_is_listed_nowhere(name: str) -> None:
    """In no card, line of the archive, feed, sitemap or use of the glossary; a link is allowed."""
    with pytest.raises(Leak, match=f"lists {OLD}, which is no longer current"):
        prove(rendered(view=(LinkTo(label="", url="/"), (LISTED[name](),))))
    prove(rendered(view=(LinkTo(label="", url=OLD), card("/news/2026-05-01/open/"))))


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("news/feed.json", f'  "items": [\n   {{\n   "url": "https://example.org{OLD}",'),
        ("consultations/calendar.ics", f"BEGIN:VEVENT\r\nURL:https://example.org{OLD}\r\n"),
    ],
)
def test_what_is_no_longer_current_is_in_no_file_for_machines(path: str, text: str) -> None:
    """In no JSON feed, and not in the calendar of all."""
    with pytest.raises(Leak, match="no longer current"):
        prove(Encoded(path=PurePosixPath(path), make=Ready(b"")), data=text.encode())


@pytest.mark.parametrize("field", ["previous", "next"])
def test_what_is_no_longer_current_is_not_next_to_a_post(field: str) -> None:
    """Readers are not led on to it."""
    view = planned(SITE)["news/2026-05-01/open/index.html"].view  # type: ignore[union-attr]
    with pytest.raises(Leak, match=f"lists {OLD}"):
        prove(rendered(view=replace(view, **{field: LinkTo(label="", url=OLD)})))


@pytest.mark.parametrize("url", [SECRET, OLD])
def test_search_finds_nothing_that_is_secret(url: str) -> None:
    """Neither what is hidden nor what is no longer current."""
    prove(records=("/news/2026-05-01/open/",))
    with pytest.raises(Leak, match=f"search finds {url}"):
        prove(records=("/news/2026-05-01/open/", url))


def test_what_somebody_typed_is_no_leak(tmp_path: Path) -> None:
    """An address in words, or a draft that is the copy of a page: the build goes through."""
    address = "https://example.org/news/2027-01-01/later/"
    files = {
        "config.yaml": CONFIG + f"help_now: [{{label: See, url: {address}}}]\n",
        "content/news/later.md": post(date="2027-01-01"),
        "content/news/a.md": post(f"[Soon]({address}), `/news/2027-01-01/later/`"),
        "content/news/copy.md": post(slug="a", draft="true"),
        "content/pages/news.md": page(draft="true", aliases="[/tags/]"),
        "content/pages/index.md": page(draft="true"),
    }
    report = build(make_site(tmp_path / "site", files))
    assert not report.stopped, report.problems


def test_a_broken_planner_gets_nothing_published(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With all posts taken for public ones, the build ends as a bug and touches nothing."""
    root = make_site(tmp_path / "site", SITE)
    build(root)
    before = tree(root / "output")
    monkeypatch.setattr(sites, "_status", lambda *_: "published")
    config = str(root / "config.yaml")
    assert cli.main(["build", "--force", "--jobs", "1", "--now", NOW, "--config", config]) == 3
    assert "this is a bug in sitegen, not in your content: Leak: " in capsys.readouterr().err
    assert tree(root / "output") == before


def test_a_list_that_keeps_what_has_ended_gets_nothing_published(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The home page, by mistake, with posts that are no longer current."""
    root = make_site(tmp_path / "site", SITE)
    monkeypatch.setattr("sitegen.outputs.home._newest", lambda site: tuple(site.entries.values()))
    with pytest.raises(Leak, match=f"index.html lists {OLD}"):
        build(root)
    assert not (root / "output").exists()


def test_pages_that_are_kept_are_looked_into_for_new_secrets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Were a page wrongly kept, the address of a post that is a draft by now would be found."""
    files = {"content/news/a.md": post(), "content/news/b.md": post()}
    root = make_site(tmp_path / "site", {**PLAIN, **files})
    build(root)
    put(root, {"content/news/a.md": post(draft="true")})

    def never(
        parts: dict[Any, Any], before: Any, known: Any, same: Any, **more: Any
    ) -> dict[Any, str]:
        return {path: "it is new" for path in parts if path not in known}

    monkeypatch.setattr(outdated, "outdated", never)
    with pytest.raises(Leak, match=r"gives /news/2026-05-01/a/ away"):
        build(root)


def test_what_a_designer_types_is_no_leak(tmp_path: Path) -> None:
    """A template may lead to a page that is a draft by now: that is a dead link, no leak."""
    files = {
        "templates/kinds/page.html": '<a href="/news/2026-05-01/a/">A</a>',
        "content/news/a.md": post(draft="true"),
        "content/pages/b.md": page(),
    }
    assert not build(make_site(tmp_path / "site", {**PLAIN, **files})).stopped


@pytest.mark.parametrize("name", ["projects", "assets", "pagefind", "media"])
def test_a_draft_where_others_have_files_is_no_leak(tmp_path: Path, name: str) -> None:
    """The web editor's own files, and sitegen's folders, may have the very address of a draft."""
    config = CONFIG + "editor: {repo: owner/site}\n"
    files = {"config.yaml": config, f"content/pages/{name}.md": page(draft="true")}
    assert not build(make_site(tmp_path / "site", files)).stopped


def test_a_preview_shows_drafts(tmp_path: Path) -> None:
    """There nothing is secret."""
    root = make_site(tmp_path / "site", SITE)
    assert not build(root, preview=True, output=tmp_path / "preview").stopped


def test_a_document_in_place_of_a_page_is_no_leak(tmp_path: Path) -> None:
    """A post may be replaced by a file, and a document may say the same as another."""
    files = {
        "content/media/new.pdf": b"%PDF-1.4",
        "content/news/a.md": post(
            withdrawn="{date: 2026-06-01, reason: Old., replaced_by: /media/new.pdf}"
        ),
    }
    root = make_site(tmp_path / "site", {**PLAIN, **files})
    assert not build(root).stopped
    assert "media/new.pdf" in tree(root / "output")
