"""What is not public is nowhere: words are planted, and every byte of the output searched."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.photos import spelling
from tests.sites import CONFIG, blog, build, consultation, explainer, make_site, page, post, tree

STATES = {
    "draft": {"draft": "true"},
    "scheduled": {"date": "2027-03-04"},
    "expired": {"expiry_date": "2026-06-01"},
    "withdrawn": {"withdrawn": "{date: 2026-06-01, reason: Wrong.}"},
}
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
        **STATES[state],
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


def where(output: dict[str, bytes], word: str) -> set[str]:
    """The outputs whose bytes or names hold a word, in any case; calendars break lines in words."""
    low = word.lower()
    whole = {p: data.replace(b"\r\n ", b"").lower() for p, data in output.items()}
    return {p for p, data in whole.items() if low.encode() in data or low in p.lower()}


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
