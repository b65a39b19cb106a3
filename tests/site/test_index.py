"""The Site: who is published at a moment, where each post lives, and in what order."""

from __future__ import annotations

import pytest

from sitegen.model import Entry
from sitegen.site import names
from sitegen.source.facts import Facts
from tests.sites import (
    CONFIG,
    blog,
    config,
    consultation,
    documents,
    explainer,
    page,
    post,
    resolved,
)


def refs(entries: tuple[Entry, ...]) -> list[str]:
    """The entries' refs."""
    return [entry.ref for entry in entries]


@pytest.mark.parametrize(
    ("fields", "now", "status"),
    [
        ({"date": "2026-06-15"}, "2026-06-15", "published"),
        ({"date": "2026-06-15"}, "2026-06-14 23:59", "scheduled"),
        ({"date": "2026-06-15", "publish_at": "2026-06-16 09:00"}, "2026-06-15", "scheduled"),
        ({"date": "2026-06-15", "publish_at": "2026-06-16 09:00"}, "2026-06-16 09:00", "published"),
        ({"date": "2026-06-15", "draft": "true"}, "2026-06-15", "draft"),
        ({"date": "2027-06-15", "draft": "true"}, "2026-06-15", "draft"),
    ],
)
def test_a_post_is_public_from_its_moment(fields: dict[str, str], now: str, status: str) -> None:
    """From 00:00 of its date, or from publish_at when given; a draft never."""
    found = resolved({"content/blog/a.md": blog(**fields)}, now)
    assert bool(found.site.entries) == (status == "published")
    assert bool(found.waiting) == (status == "scheduled")
    shown = resolved({"content/blog/a.md": blog(**fields)}, now, preview=True)
    assert shown.site.entries["blog/a"].status == status
    assert not shown.waiting


def test_midnight_is_that_of_the_sites_zone() -> None:
    """In British Summer Time a day begins at 23:00 UTC of the day before."""
    files = {"content/blog/a.md": blog(date="2026-06-15")}
    assert resolved(files, "2026-06-14T23:00+00:00").site.entries
    assert not resolved(files, "2026-06-14T22:59+00:00").site.entries


@pytest.mark.parametrize(
    ("expiry", "now", "expired"),
    [
        ("2026-06-15", "2026-06-15 23:59", False),
        ("2026-06-15", "2026-06-16", True),
        ("2026-06-15 17:00", "2026-06-15 16:59", False),
        ("2026-06-15 17:00", "2026-06-15 17:00", True),
    ],
)
def test_an_expired_post_keeps_its_page_and_leaves_the_lists(
    expiry: str, now: str, expired: bool
) -> None:
    """A bare expiry date is the end of that day; a moment is exact."""
    files = {"content/news/a.md": post(expiry_date=expiry)}
    site = resolved(files, now).site
    assert site.entries["news/a"].expired is expired
    assert bool(site.listed) is not expired


def test_a_withdrawn_post_keeps_its_page_and_leaves_the_lists() -> None:
    """From its day of withdrawal, not before."""
    files = {"content/news/a.md": post(withdrawn="{date: 2026-06-15, reason: It was wrong.}")}
    before, after = resolved(files, "2026-06-14").site, resolved(files, "2026-06-15").site
    assert (before.entries["news/a"].withdrawn, refs(before.listed)) == (False, ["news/a"])
    assert (after.entries["news/a"].withdrawn, refs(after.listed)) == (True, [])


@pytest.mark.parametrize(
    ("path", "fields", "url"),
    [
        ("blog/a-name.md", {}, "/blog/2026-05-01/a-name/"),
        ("blog/2026-05-01-a-name.md", {}, "/blog/2026-05-01/a-name/"),
        ("blog/2020-01-01-a-name.md", {}, "/blog/2026-05-01/2020-01-01-a-name/"),
        ("blog/2026/a-name.md", {}, "/blog/2026-05-01/a-name/"),
        ("blog/a-name/index.md", {}, "/blog/2026-05-01/a-name/"),
        ("blog/a-name.md", {"slug": "other"}, "/blog/2026-05-01/other/"),
        ("blog/Tŷ Nŵydd’s Day.md", {}, "/blog/2026-05-01/ty-nwydds-day/"),
        ("news/a.md", {}, "/news/2026-05-01/a/"),
    ],
)
def test_dated_addresses(path: str, fields: dict[str, str], url: str) -> None:
    """/kind/date/slug/: folders inside a kind only group, and a date in the name is not doubled."""
    site = resolved({f"content/{path}": blog(**fields)}).site
    assert [e.url for e in site.entries.values()] == [url]


def test_undated_addresses() -> None:
    """Consultations and explainers live by slug below their kind; pages at the root."""
    site = resolved(
        {
            "content/consultations/c.md": consultation("2026-06-01", "2026-07-01"),
            "content/explainers/e.md": explainer(),
            "content/pages/about.md": page(),
            "content/pages/index.md": page(title="Welcome"),
        }
    ).site
    urls = {e.ref: e.url for e in site.entries.values()}
    assert urls == {
        "consultations/c": "/consultations/c/",
        "explainers/e": "/explainers/e/",
        "pages/about": "/about/",
    }
    assert site.home and site.home.front.title == "Welcome"


def test_a_translation_lives_under_its_language_and_in_no_list() -> None:
    """/<lang> + its original's path; the original lists it."""
    site = resolved(
        {
            "content/blog/a.md": blog(),
            "content/blog/a-pl.md": blog(lang="pl", translation_of="blog/a"),
        }
    ).site
    assert site.entries["blog/a-pl"].url == "/pl/blog/2026-05-01/a/"
    assert refs(site.listed) == ["blog/a"]
    assert refs(site.translations["blog/a"]) == ["blog/a-pl"]


def test_newest_first_and_settled() -> None:
    """By day, then by moment, then by ref, whatever the order of the files."""
    files = {
        "content/blog/b.md": blog(date="2026-05-01"),
        "content/blog/a.md": blog(date="2026-05-01"),
        "content/blog/late.md": blog(date="2026-05-01", publish_at="2026-05-01 18:00"),
        "content/blog/new.md": blog(date="2026-05-02"),
    }
    wanted = ["blog/new", "blog/late", "blog/a", "blog/b"]
    assert refs(resolved(files).site.listed) == wanted
    assert refs(resolved(dict(reversed(files.items()))).site.listed) == wanted


def test_an_explainer_is_sorted_by_its_newest_change() -> None:
    """Its newest change note that has come, else its last review."""
    notes = "[{date: 2026-06-01, note: Seen.}, {date: 2026-12-01, note: To come.}]"
    site = resolved(
        {
            "content/explainers/changed.md": explainer(change_notes=notes),
            "content/explainers/reviewed.md": explainer(last_reviewed_on="2026-05-20"),
        }
    ).site
    assert [str(e.shown_day) for e in site.listed] == ["2026-06-01", "2026-05-20"]


def test_tags_by_any_of_their_words() -> None:
    """Id, label or synonym in any case come out as the id, once."""
    site = resolved({"content/blog/a.md": blog(tags="[Teeth, dentistry, PHARMACY]")}).site
    assert site.entries["blog/a"].tags == ("dentistry", "pharmacy")


def test_without_a_file_of_tags_only_published_posts_make_tags() -> None:
    """A tag that only a draft or a scheduled post has is no tag of the site."""
    site = resolved(
        {
            "content/tags.yaml": "",
            "content/blog/a.md": blog(tags="[Out of hours]"),
            "content/blog/draft.md": blog(tags="[Secret merger]", draft="true"),
            "content/blog/later.md": blog(tags="[Next year]", date="2027-01-01"),
            "content/blog/gone.md": blog(tags="[Old things]", expiry_date="2026-05-02"),
        }
    ).site
    assert sorted(site.book.tags) == ["old-things", "out-of-hours"]
    assert site.entries["blog/a"].tags == ("out-of-hours",)
    assert refs(site.by_tag["out-of-hours"]) == ["blog/a"]


def test_neighbours_keep_to_their_kind_and_series() -> None:
    """The older and newer post of the same kind; of the same series, where a post is in one."""
    site = resolved(
        {
            "content/series.yaml": "ceo: {title: The CEO writes}\n",
            "content/blog/a.md": blog(date="2026-05-01", series="ceo"),
            "content/blog/b.md": blog(date="2026-05-02"),
            "content/blog/c.md": blog(date="2026-05-03", series="ceo"),
            "content/news/n.md": post(date="2026-05-04"),
        }
    ).site
    names = {
        ref: tuple(e.ref if e else None for e in pair) for ref, pair in site.neighbours.items()
    }
    assert names == {
        "blog/a": (None, "blog/c"),
        "blog/b": ("blog/a", "blog/c"),
        "blog/c": ("blog/a", None),
        "news/n": (None, None),
    }


def test_related_posts_share_tags_or_are_chosen() -> None:
    """The chosen ones; else up to three that share the most tags, the newest first."""
    files = {
        "content/blog/me.md": blog(date="2026-05-05", tags="[dentistry, pharmacy]"),
        "content/blog/both.md": blog(date="2026-05-01", tags="[dentistry, pharmacy]"),
        "content/blog/one.md": blog(date="2026-05-02", tags="[dentistry]"),
        "content/blog/two.md": blog(date="2026-05-03", tags="[pharmacy]"),
        "content/blog/three.md": blog(date="2026-05-04", tags="[pharmacy]"),
        "content/blog/none.md": blog(date="2026-05-06", tags="[hospital]"),
    }
    assert refs(resolved(files).site.related["blog/me"]) == ["blog/both", "blog/three", "blog/two"]
    chosen = blog(tags="[dentistry]", related="[blog/none, blog/later]")
    more = {"content/blog/chosen.md": chosen, "content/blog/later.md": blog(date="2027-01-01")}
    assert refs(resolved({**files, **more}).site.related["blog/chosen"]) == ["blog/none"]


def test_follow_ups_and_children() -> None:
    """An older story knows its follow-ups; a page its children, by nav_order and title."""
    site = resolved(
        {
            "content/news/first.md": post(),
            "content/news/then.md": post(updates="[news/first]"),
            "content/pages/about.md": page(title="About"),
            "content/pages/b.md": page(title="Beta", parent="pages/about"),
            "content/pages/a.md": page(title="Alpha", parent="pages/about"),
            "content/pages/z.md": page(title="Zeta", parent="pages/about", nav_order="1"),
        }
    ).site
    assert refs(site.follow_ups["news/first"]) == ["news/then"]
    assert refs(site.children["pages/about"]) == ["pages/z", "pages/a", "pages/b"]


@pytest.mark.parametrize(
    ("now", "state"),
    [
        ("2026-05-31 23:59", "upcoming"),
        ("2026-06-01", "open"),
        ("2026-07-01 23:59", "open"),
        ("2026-07-02", "closed"),
        ("2026-07-31 23:59", "closed"),
        ("2026-08-01", "outcome"),
    ],
)
def test_the_state_follows_from_the_dates(now: str, state: str) -> None:
    """Not yet open → open → closed → outcome; a closing day lasts until its midnight."""
    outcome = "{published_on: 2026-08-01, decision: adopted, detail: Done.}"
    files = {
        "content/consultations/c.md": consultation(
            "2026-06-01", "2026-07-01", final_outcome=outcome
        )
    }
    assert resolved(files, now).site.entries["consultations/c"].state == state


def test_a_post_with_faults_is_left_out() -> None:
    """A fault in one file leaves the others in their places."""
    site = resolved({"content/blog/a.md": blog(), "content/blog/b.md": blog(date="yesterday")}).site
    assert list(site.entries) == ["blog/a"]


def test_refs_may_leave_out_groups_where_it_is_clear() -> None:
    """blog/a finds content/blog/2026/a.md, unless there are two."""
    one = {"content/blog/2026/a.md": blog()}
    assert resolved(one).site.find("blog/a")
    two = {**one, "content/blog/2025/a.md": blog(date="2025-05-01")}
    assert resolved(two).site.find("blog/a") is None
    assert resolved(two).site.find("blog/2025/a")


def test_two_posts_of_one_name_are_refused() -> None:
    """a.md beside a/index.md would be one post: neither may be dropped in silence."""
    posts = documents({"content/blog/a.md": blog(), "content/blog/a/index.md": blog()})
    (fault,) = names.check(posts, Facts(), config(), {})
    assert (fault.code, fault.path) == ("same-name", "content/blog/a/index.md")
    assert "content/blog/a.md" in fault.message


def test_the_language_is_the_sites_unless_said() -> None:
    """``lang`` of a post, else ``language`` of the config."""
    files = {
        "config.yaml": CONFIG + "language: cy\n",
        "content/blog/a.md": blog(),
        "content/blog/b.md": blog(lang="en"),
    }
    site = resolved(files).site
    assert [site.entries[ref].lang for ref in ("blog/a", "blog/b")] == ["cy", "en"]
