"""Which address would be lost, and what to write: said so that it can be pasted."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from sitegen.pages import plan
from sitegen.problems import Problem
from sitegen.site import lockfile, lost
from tests.sites import NOW, blog, consultation, documents, linked, page, post, resolved

Files = dict[str, str | bytes]
A: Files = {"content/news/a.md": post("Words.")}


def lock(files: Files, now: str = NOW) -> lockfile.Lock:
    """What is recorded of these files."""
    found = lockfile.published(resolved(files, now).site, linked(files, now).copies)
    return lockfile.parse(lockfile.write(found).encode())


def check(
    before: Files | lockfile.Lock, after: Files, now: str = NOW, *, preview: bool = False
) -> list[Problem]:
    """The faults of files after others (or these) were recorded."""
    locked = before if isinstance(before, lockfile.Lock) else lock(before)
    found = resolved(after, now, preview=preview)
    there = [address.path for address in plan.addresses(found.site)]
    media = [
        PurePosixPath(name).relative_to("content")
        for name in after
        if not name.endswith((".md", ".yaml"))
    ]
    return lost.check(locked, found, documents(after), there, linked(after, now), media, ())


def told(before: Files | lockfile.Lock, after: Files, now: str = NOW) -> list[tuple[str, str]]:
    """The message and the fix of each address that is lost."""
    found = check(before, after, now)
    assert all((p.code, p.path) == ("url-lost", "urls.lock") and p.line for p in found)
    return [(p.message, p.fix) for p in found]


def test_without_a_record_nothing_is_asked_for() -> None:
    """And a site that has all its addresses has no fault."""
    assert check(lockfile.Lock(), {}) == []
    assert check(A, A) == []


# ---- posts


@pytest.mark.parametrize(
    ("path", "fields", "url"),
    [
        ("content/news/a.md", {"slug": "better"}, "/news/2026-05-01/better/"),
        ("content/news/a.md", {"date": "2026-05-02"}, "/news/2026-05-02/a/"),
    ],
)
def test_a_post_that_moved_needs_an_alias(path: str, fields: dict[str, str], url: str) -> None:
    """The line to paste is there, and with it the fault is gone."""
    [(message, fix)] = told(A, {path: post("Words.", **fields)})
    assert message == f'"/news/2026-05-01/a/" was published, and its post is at "{url}" now'
    assert fix == "add to content/news/a.md\naliases: [/news/2026-05-01/a/]"
    assert told(A, {path: post("Words.", **fields, aliases=fix.partition("aliases: ")[2])}) == []


def test_the_line_holds_the_aliases_that_are_there() -> None:
    """To be pasted in their place; every address that the post has lost is in it."""
    first: Files = {"content/news/a.md": post(aliases="[/old/]")}
    both = lockfile.Lock(
        rows=lockfile.merged(lock(first).rows, lock({"content/news/a.md": post(slug="b")}).rows)
    )
    found = told(both, {"content/news/a.md": post(slug="c", aliases="['/x,y', /old/]")})
    line = 'aliases: ["/x,y", /old/, /news/2026-05-01/a/, /news/2026-05-01/b/]'
    fix = f"write in place of the aliases of content/news/a.md\n{line}"
    assert [f for _, f in found] == [fix, fix]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("content/news/zebra.md", post("Words.")),  # the only new one
        ("content/blog/a.md", blog("Words.")),  # the same slug in another folder
        ("content/blog/other.md", blog("Words.", title="A")),  # the slug is its title
        ("content/news/2026-05-01-aa/index.md", post("Words.")),
    ],
)
def test_a_file_that_was_renamed_is_guessed(path: str, text: str) -> None:
    """By its slug, its title, or because nothing else is new; and it is only a guess."""
    files: Files = {"content/news/b.md": post(title="Other")}
    [(message, fix)] = told({**A, **files}, {path: text, **files})
    assert message == '"/news/2026-05-01/a/" was published, and its file is gone'
    assert fix == (
        f"if that page is now {path}, add to it\n"
        "aliases: [/news/2026-05-01/a/]\n"
        "if not, put the file back and write in it\n"
        "withdrawn: {date: 2026-06-15, reason: why it is no longer right}"
    )


def test_two_posts_renamed_at_once_are_told_apart() -> None:
    """By what each can have kept: words of its name, its day, its title."""
    before: Files = {
        "content/news/new-clinic-opens.md": post(title="Clinic"),
        "content/news/coffee.md": post(title="Coffee", date="2026-05-07"),
        "content/news/tea.md": post(title="Tea"),
    }
    after: Files = {
        "content/news/our-clinic-opens-today.md": post(title="The clinic"),
        "content/news/morning.md": post(title="Come along", date="2026-05-07"),
        "content/news/b.md": post(title="Tea"),
    }
    fixes = [fix.partition("\nif not")[0] for _, fix in told(before, after)]
    assert [fix.removeprefix("if that page is now content/news/") for fix in fixes] == [
        "our-clinic-opens-today.md, add to it\naliases: [/news/2026-05-01/new-clinic-opens/]",
        "b.md, add to it\naliases: [/news/2026-05-01/tea/]",
        "morning.md, add to it\naliases: [/news/2026-05-07/coffee/]",
    ]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("content/news/pl.md", post(lang="pl", translation_of="news/b", title="A")),
        ("content/news/b.md", post(title="A")),
    ],
)
def test_a_translation_or_a_post_with_a_record_of_its_own_is_not_guessed(
    path: str, text: str
) -> None:
    """A page has one address for its own: what led elsewhere is not what it was."""
    other: Files = {"content/news/b.md": post(title="Other")}
    [(_, fix)] = told({**A, **other}, {**other, path: text})
    assert fix.startswith("put it back; ")


def test_a_post_that_lacks_what_its_new_kind_needs_is_known_by_its_name() -> None:
    """It has faults of its own, and its old address is asked for beside them."""
    files: Files = {"content/blog/a.md": post(title="Something else")}  # a blog post has an author
    [(_, fix)] = told(A, files)
    assert fix.startswith("if that page is now content/blog/a.md, add to it\naliases: [/news/")


def test_of_two_new_posts_the_likelier_name_is_guessed() -> None:
    """And none, where none is like it."""
    before: Files = {"content/news/clinic-opens.md": post()}
    new: Files = {"content/news/clinic-opening.md": post(), "content/news/zebra.md": post()}
    [(_, fix)] = told(before, new)
    assert fix.startswith("if that page is now content/news/clinic-opening.md, ")
    [(_, fix)] = told(A, new)
    assert fix.startswith("put it back; ")


def test_a_post_that_was_deleted_is_put_back_and_withdrawn() -> None:
    """Nothing is guessed from posts that were there before."""
    other: Files = {"content/news/other.md": post(title="Other")}
    [(message, fix)] = told({**A, **other}, other)
    assert message == (
        '"/news/2026-05-01/a/" was published, and its file is gone: content/news/a.md, or '
        "content/news/a/index.md"
    )
    assert fix == (
        "put it back; a page that is no longer right says so in its file\n"
        "withdrawn: {date: 2026-06-15, reason: why it is no longer right}\n"
        "if it was renamed, write in its new file\n"
        "aliases: [/news/2026-05-01/a/]"
    )


def test_a_post_is_no_draft_again() -> None:
    """It is withdrawn; in a preview, where drafts are shown, it is there."""
    draft: Files = {"content/news/a.md": post(draft="true")}
    [(message, fix)] = told(A, draft)
    assert message.endswith(" was published, and content/news/a.md is a draft again")
    assert fix.startswith("take draft: true out; if the page is no longer right, ")
    assert check(A, draft, preview=True) == []


def test_a_post_does_not_wait_again() -> None:
    """It was published: to say that it comes later makes its address lead nowhere."""
    [(message, _)] = told(A, {"content/news/a.md": post(publish_at="2026-12-01 09:00")})
    assert message.endswith(" was published, and content/news/a.md waits to be published again")


def test_time_travel_loses_nothing() -> None:
    """A build for a moment before an address was recorded doesn't ask for it."""
    assert check(A, A, "2026-04-01") == []
    assert check(A, A, "2026-06-14 23:59") == []
    assert [p.code for p in check(A, {}, NOW)] == ["url-lost"]


def test_time_alone_loses_nothing() -> None:
    """What expires, is withdrawn or closes keeps its address; its form goes, and is no fault."""
    ways = {"ways_to_respond": "{response_form: form.pdf}"}
    files: Files = {
        "content/consultations/c/index.md": consultation("2026-06-01", "2026-07-01", **ways),
        "content/consultations/c/form.pdf": b"%PDF",
        "content/news/a.md": post(expiry_date="2026-07-01"),
        "content/news/b.md": post(
            withdrawn="{date: 2026-08-01, reason: 'See [why](/media/w.pdf)'}"
        ),
        "content/media/w.pdf": b"%PDF",
    }
    assert "/consultations/c/form.pdf" in {row.url for row in lock(files).rows}
    for now in ("2026-07-02", "2026-09-01", "2027-01-01"):
        assert check(files, files, now) == []


def test_a_post_with_faults_of_its_own_is_not_lost_as_well() -> None:
    """Nor what only it refers to."""
    files: Files = {
        "content/news/a/index.md": post("[Plan](plan.pdf)"),
        "content/news/a/plan.pdf": b"%PDF",
    }
    for text in (post("[Plan](plan.pdf)", slug="b", date="x"), "---\ntitle: [\n---\n"):
        assert check(files, {**files, "content/news/a/index.md": text}) == []


def test_a_translation_is_kept_too() -> None:
    """It goes when its original does; and an alias does for it."""
    files: Files = {**A, "content/news/pl.md": post(lang="pl", translation_of="news/a")}
    draft = {**files, "content/news/a.md": post(draft="true")}
    assert sorted(m.partition('" ')[0] for m, _ in told(files, draft)) == [
        '"/news/2026-05-01/a/',
        '"/pl/news/2026-05-01/a/',
    ]
    moved = {**files, "content/news/a.md": post(slug="b")}
    fixes = [fix for _, fix in told(files, moved)]
    assert fixes[1] == "add to content/news/pl.md\naliases: [/pl/news/2026-05-01/a/]"


def test_many_at_once() -> None:
    """A whole folder renamed: each address has its own fault."""
    before: Files = {f"content/pages/a-{n}.md": page(title=f"Page {n}") for n in range(40)}
    after: Files = {f"content/pages/b-{n}.md": page(title=f"Page {n}") for n in range(40)}
    assert len(told(before, after)) == 40


# ---- documents, topics, series


PLAN: Files = {
    "content/news/a/index.md": post("[Plan](plan.pdf)"),
    "content/news/a/plan.pdf": b"%PDF",
}


def test_a_document_must_come_back() -> None:
    """An alias can't stand for it."""
    [(message, fix)] = told(PLAN, {"content/news/a/index.md": post(aliases="[/x/]")})
    assert message == '"/news/2026-05-01/a/plan.pdf" was published, and the file is gone'
    assert fix == (
        "put it back as content/news/a/plan.pdf, and link to it; an alias can't lead to a file"
    )


def test_a_document_that_no_page_leads_to_is_lost() -> None:
    """Only what pages refer to is published."""
    [(message, fix)] = told(PLAN, {**PLAN, "content/news/a/index.md": post("Words.")})
    assert message.endswith(" was published, and no page leads to it any more")
    assert fix == "link to content/news/a/plan.pdf from a published page"


def test_a_bundle_with_documents_keeps_its_address() -> None:
    """Its page could be redirected, its documents not; with what is to be written all is well."""
    moved: Files = {
        "content/news/b/index.md": post("[Plan](plan.pdf)", date="2026-05-02"),
        "content/news/b/plan.pdf": b"%PDF",
    }
    fix = dict(told(PLAN, moved))[
        '"/news/2026-05-01/a/plan.pdf" was published, and its post is at "/news/2026-05-02/b/" '
        "now, where an alias can't take a file along"
    ]
    assert fix == "keep the address of content/news/b/index.md: write date: 2026-05-01 and slug: a"
    kept = {**moved, "content/news/b/index.md": post("[Plan](plan.pdf)", slug="a")}
    assert told(PLAN, kept) == []
    same_day = {**moved, "content/news/b/index.md": post("[Plan](plan.pdf)")}
    fixes = [fix for _, fix in told(PLAN, same_day)]
    assert fixes[0].startswith(
        "if that page is now content/news/b/index.md, keep the address of it: write slug: a\nif not"
    )
    assert fixes[1] == "keep the address of content/news/b/index.md: write slug: a"
    aliased = post("[Plan](plan.pdf)", slug="b", aliases="[/news/2026-05-01/a/]")
    [(_, fix)] = told(PLAN, {**moved, "content/news/b/index.md": aliased})
    assert fix == "keep the address of content/news/b/index.md: write slug: a"


def test_documents_of_a_post_that_is_lost_come_back_with_it() -> None:
    """One fault is enough."""
    draft = {**PLAN, "content/news/a/index.md": post("[Plan](plan.pdf)", draft="true")}
    assert len(told(PLAN, draft)) == 1
    assert len(told(PLAN, {})) == 1


def test_topics_and_series_keep_their_pages() -> None:
    """Also when no post has them; a topic's id can't change."""
    before: Files = {
        "content/tags.yaml": "gp: {label: GPs}\nward: {label: Wards}\n",
        "content/series.yaml": "ceo: {title: CEO}\n",
    }
    assert (
        check(before, {**before, "content/tags.yaml": "gp: {label: Surgeries}\nward: {label: W}\n"})
        == []
    )
    found = told(before, {"content/tags.yaml": "ward: {label: Wards}\n"})
    assert found == [
        (
            '"/series/ceo/" was published, and a series keeps its page when no post has it '
            "any more",
            "put ceo back into content/series.yaml: its words may change, its id can't",
        ),
        (
            '"/tags/gp/" was published, and a topic keeps its page when no post has it any more',
            "put gp back into content/tags.yaml: its words may change, its id can't",
        ),
    ]
