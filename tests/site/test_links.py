"""Links: every address of a post leads somewhere, or is a fault at its line."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from sitegen.model import File
from sitegen.pages import plan
from sitegen.problems import problem
from sitegen.site import links
from tests.sites import CONFIG, blog, config, consultation, linked, page, post, resolved

OTHER = blog("## Aims\n\nWords.", title="Other")
SITE = {
    "content/blog/other.md": OTHER,
    "content/blog/draft.md": blog("Words.", draft="true"),
    "content/blog/later.md": blog("Words.", date="2026-07-01"),
    "content/pages/about.md": page("Words."),
    "content/consultations/c.md": consultation("2026-06-01", "2026-07-01"),
    "content/media/report.pdf": b"pdf",
    "content/media/hall.png": b"png",
    "content/media/clip.exe": b"exe",
    "content/media/unused.png": b"png",
}


def found(typed: str, **fields: object) -> list[str]:
    """Where one link of a post leads, or the code of its fault."""
    files = {**SITE, "content/news/2026/me.md": post(f"## Here\n\n{typed}", **fields)}
    return outcome(files, "news/2026/me")


def outcome(files: dict[str, str | bytes], ref: str) -> list[str]:
    """Where the links of a post lead, or the codes of its faults."""
    made = linked(files)
    return [p.code for p in made.problems] or list(made.bodies[ref, ""])


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("[a](../../blog/other.md)", "/blog/2026-05-01/other/"),
        ("[a](../../blog/other.md#aims)", "/blog/2026-05-01/other/#aims"),
        ("[a](/blog/other.md)", "/blog/2026-05-01/other/"),
        ("[a](/blog/2026-05-01/other/#aims)", "/blog/2026-05-01/other/#aims"),
        ("[a](/blog/2026-05-01/other)", "/blog/2026-05-01/other/"),
        ("[a](../../pages/about.md)", "/about/"),
        ("[a](/about/)", "/about/"),
        ("[a](/)", "/"),
        ("[a](/tags/dentistry/)", "/tags/dentistry/"),
        ("[a](/archive/2026/05/)", "/archive/2026/05/"),
        ("[a](/consultations/#open)", "/consultations/#open"),
        ("[a](/feed.xml)", "/feed.xml"),
        ("[a](#here)", "#here"),
        ("[a](#top)", "#top"),
        ("[a](/media/report.pdf)", "/media/report.pdf"),
        ("![A hall](/media/hall.png)", "/media/hall.png"),
        ("[a](../../media/report.pdf#page=2)", "/media/report.pdf#page=2"),
        ("[a](https://example.com/a?b=c#d)", "https://example.com/a?b=c#d"),
        ("[a](mailto:a@example.org)", "mailto:a@example.org"),
        ("[a](tel:111)", "tel:111"),
    ],
)
def test_where_a_link_leads(typed: str, address: str) -> None:
    """Files, site paths, anchors and other sites come out as addresses of the site."""
    assert found(typed) == [address]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("[a](ſhttps://example.com/a)", "broken-link"),
        ("[a](../../blog/nothing.md)", "broken-link"),
        ("[a](/nothing/)", "broken-link"),
        ("[a](/blog/page/2/)", "broken-link"),
        ("[a](../../blog/other.md#nowhere)", "broken-anchor"),
        ("[a](#nowhere)", "broken-anchor"),
        ("[a](/tags/dentistry/#nowhere)", "broken-anchor"),
        ("[a](../../blog/draft.md)", "link-to-draft"),
        ("[a](/blog/2026-05-01/draft/)", "link-to-draft"),
        ("[a](../../blog/later.md)", "link-to-scheduled"),
        ("[a](/blog/2026-07-01/later/)", "link-to-scheduled"),
        ("[a](/media/nothing.pdf)", "missing-file"),
        ("[a](/media/clip.exe)", "file-type"),
        ("[a](hall.png)", "missing-file"),
        ("![a](/media/report.pdf)", "file-type"),
        ("![a](https://example.com/a.png)", "external-image"),
        ("![a](//example.com/a.png)", "broken-link"),
        ("[a](../../../config.yaml)", "file-type"),
    ],
)
def test_a_link_that_leads_nowhere_is_a_fault(typed: str, code: str) -> None:
    """To nothing, to a draft, to a scheduled post, to what is not published, off the site."""
    assert found(typed) == [code]


def test_a_setting_that_leads_to_what_is_not_public() -> None:
    """A menu's link to a draft, or to a post that waits, is told so; to nothing is broken."""
    files: dict[str, str | bytes] = {
        "content/pages/plan.md": page("Words.", draft="true"),
        "content/pages/later.md": page("Words.", publish_at="2026-07-01"),
    }
    made, menu = resolved(files), "menus: {main: [{label: A, url: %s}]}\n"
    unseen = (*made.drafts, *made.waiting)
    told = {"/plan/": "link-to-draft", "/later": "link-to-scheduled", "/none/": "broken-link"}
    for url, code in told.items():
        settings = config(CONFIG + menu % url)
        faults = links.check_settings(settings, {}, made.site.facts, {}, (), unseen)
        assert [fault.code for fault in faults] == [code]


def test_told_where() -> None:
    """A fault of a file says which post uses it first, and where; any other fault stays."""
    file = File(source=PurePosixPath("content/media/a.png"), digest="", size=1)
    uses = {file.source: links.Use(file, "content/news/a.md, line 7")}
    faults = [problem("x", "It is broken", p) for p in ("content/media/a.png", "config.yaml")]
    told = [fault.message for fault in links.told_where(faults, uses)]
    assert told == ["It is broken (used in content/news/a.md, line 7)", "It is broken"]


def test_a_fault_says_where_it_stands() -> None:
    """File, line and column of the link's address."""
    files = {"content/news/me.md": post("One line.\n\nThen [a link](nothing.md) here.")}
    (fault,) = linked(files).problems
    assert (fault.path, fault.line, fault.column) == ("content/news/me.md", 10, 15)


def test_a_file_with_faults_of_its_own_is_still_a_target() -> None:
    """One fault is not made two."""
    files = {
        "content/news/me.md": post("[a](bad.md) and [b](/news/2026-05-01/bad/)."),
        "content/news/bad.md": post(colour="red"),
    }
    assert not linked(files).problems


def test_a_scheduled_post_may_link_to_what_is_public_by_then() -> None:
    """Only a link to something later than itself is a fault."""
    me = {d: post("[a](../blog/later.md)", date=d) for d in ("2026-06-30", "2026-07-01")}
    assert [p.code for p in linked({**SITE, "content/news/me.md": me["2026-06-30"]}).problems] == [
        "link-to-scheduled"
    ]
    assert not linked({**SITE, "content/news/me.md": me["2026-07-01"]}).problems


def test_only_files_that_published_pages_use_are_copied() -> None:
    """Media and bundle files of published posts; none of a draft's or a scheduled post's."""
    bundle = "![A map](map.png) and [a form](forms/a.pdf)."
    files: dict[str, str | bytes] = {**SITE}
    for name, fields in {
        "now": {},
        "draft": {"draft": "true"},
        "later": {"date": "2026-07-01"},
    }.items():
        files |= {
            f"content/news/{name}/index.md": post(bundle, **fields),
            f"content/news/{name}/map.png": b"png",
            f"content/news/{name}/forms/a.pdf": b"pdf",
            f"content/news/{name}/unused.pdf": b"pdf",
        }
    assert sorted(map(str, linked(files).copies)) == [
        "news/2026-05-01/now/forms/a.pdf",
        "news/2026-05-01/now/map.png",
    ]


def test_fields_name_files_too() -> None:
    """The image, documents and formats of the front matter, and their faults at their lines."""
    fields = {
        "image": "{src: /media/hall.png, alt: The hall}",
        "documents": "[{title: Report, file: /media/report.pdf}]",
    }
    made = linked({**SITE, "content/news/me.md": post(**fields)})
    assert made.files["news/me", "image.src"].address == "/media/hall.png"
    assert made.files["news/me", "documents.0.file"].address == "/media/report.pdf"
    assert PurePosixPath("media/report.pdf") in made.copies
    wrong = post(image="{src: /media/report.pdf, alt: A report}")
    (fault,) = linked({**SITE, "content/news/me.md": wrong}).problems
    assert (fault.code, fault.line) == ("file-type", 6)


def test_a_persons_photo_is_copied_when_they_write() -> None:
    """Not when nobody's page shows it."""
    people = "ann: {name: Ann Other, photo: /media/hall.png}\n"
    files = {**SITE, "content/people.yaml": people}
    assert not linked(files).copies
    written = linked({**files, "content/blog/me.md": blog(author="ann")})
    assert PurePosixPath("media/hall.png") in written.copies


def test_markdown_in_fields_is_resolved_too() -> None:
    """A consultation's proposal may link, and its faults are told."""
    good = consultation(
        "2026-06-01", "2026-07-01", what_is_proposed='"See [other](../blog/other.md)."'
    )
    made = linked({**SITE, "content/consultations/me.md": good})
    assert made.bodies["consultations/me", "what_is_proposed"] == ("/blog/2026-05-01/other/",)
    bad = good.replace("other.md", "nothing.md")
    assert [p.code for p in linked({**SITE, "content/consultations/me.md": bad}).problems] == [
        "broken-link"
    ]


@pytest.mark.parametrize(
    ("url", "codes"),
    [
        ("/about/", []),
        ("/blog/", []),
        ("/tags/dentistry/", []),
        ("https://example.com/", []),
        ("/nothing/", ["broken-link"]),
        ("/blog/2026-05-01/other/", ["menu-post"]),
        ("/blog/2026-05-01/draft/", ["broken-link"]),
    ],
)
def test_menus_hold_pages_lists_and_other_sites(url: str, codes: list[str]) -> None:
    """A menu leads somewhere, and never to a post: it is on every page."""
    of = config(CONFIG + f"menus: {{main: [{{label: There, url: {url}}}]}}\n")
    site = resolved(SITE).site
    addresses = plan.by_path(plan.addresses(site))
    faults = links.check_settings(of, {}, site.facts, addresses, site.entries.values())
    assert [fault.code for fault in faults] == codes
