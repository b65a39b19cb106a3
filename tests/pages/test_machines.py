"""What machines read in the head of a page: JSON-LD and Open Graph."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest

from sitegen.model import Rendered
from sitegen.pages import jsonld, machines
from sitegen.pages.jsonld import node, script
from sitegen.views.frame import Head, Share
from tests.sites import CONFIG, Files, blog, consultation, explainer, made, page, planned, post

Node = dict[str, Any]

OWNER = (
    CONFIG + "organisation: {name: Healthwatch, legal_name: HW CIC, phone: 01908 000000,"
    " email: a@example.org, address: 1 High Street}\n"
)
PICTURE = {"content/media/a.png": "x"}
IMAGE = "{src: /media/a.png, alt: Two clinics}"
HOME = "https://example.org/"
SITE = {"@type": "WebSite", "@id": HOME + "#website", "url": HOME, "name": "The site"}
HOSTILE = [
    "</script><script>alert(1)</script>",
    "<!-- <script>",
    "]]> & &lt; &amp;",
    "\u2028 line \u2029 paragraph",
    "\"quotes\" 'and' \\ backslash \\u003c",
    "Ŵ 健康 🩺 \U0001f468\u200d⚕️",
    "{{ page }} {% raw %}",
]

# The properties of schema.org's types that are used here: no other is spelt right.
THING = {"name", "description", "url", "alternateName", "mainEntityOfPage"}
CREATIVE = THING | {
    *("author", "publisher", "image", "inLanguage", "datePublished", "dateModified", "keywords"),
    *("isBasedOn", "translationOfWork", "workTranslation", "headline", "about", "isPartOf"),
    *("mainEntity", "expires", "potentialAction"),
}
PAGE = CREATIVE | {"breadcrumb", "lastReviewed"}
EVENT = {"startDate", "endDate", "eventStatus", "eventAttendanceMode", "location", "organizer"}
PROPERTIES = {
    "WebPage": PAGE,
    "CollectionPage": PAGE,
    "BlogPosting": CREATIVE,
    "NewsArticle": CREATIVE | {"dateline"},
    "Article": CREATIVE,
    "CreativeWork": CREATIVE,
    "WebSite": CREATIVE,
    "DefinedTermSet": CREATIVE | {"hasDefinedTerm"},
    "DefinedTerm": THING,
    "Event": THING | EVENT | {"image", "inLanguage"},
    "VirtualLocation": THING,
    "Place": THING,
    "ImageObject": CREATIVE | {"width", "height"},
    "Organization": THING | {"legalName", "email", "telephone", "address"},
    "Person": THING | {"jobTitle"},
    "BreadcrumbList": THING | {"itemListElement"},
    "ListItem": THING | {"position", "item"},
    "SearchAction": {"target", "query-input"},
    "EntryPoint": {"urlTemplate"},
}


def head(files: Files, path: str, now: str = "2026-06-15") -> Head:
    """The head of a page."""
    output = planned(files, now)[path + "index.html"]
    assert isinstance(output, Rendered)
    found: Head = output.view.head
    return found


def graph(files: Files, path: str, now: str = "2026-06-15") -> dict[str, Node]:
    """The nodes of a page by their types."""
    told = json.loads(head(files, path, now).data or "")
    assert told["@context"] == "https://schema.org"
    return {found["@type"]: found for found in told["@graph"]}


def share(files: Files, path: str) -> Share:
    """What is shown where a page is shared."""
    found = head(files, path).share
    assert found
    return found


def nodes(value: Any) -> Iterator[Node]:
    """Every node in a graph, those within others too."""
    if isinstance(value, dict):
        yield value
    for inner in value.values() if isinstance(value, dict) else value:
        if isinstance(inner, dict | list):
            yield from nodes(inner)


# ---- what can't break out


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_ends_the_script(text: str) -> None:
    """Of what could end a script element or a line of one, nothing is left; the value is kept."""
    told = script([node("Thing", name=text)])
    assert not set(told) & set("<>&\u2028\u2029")
    assert json.loads(told)["@graph"] == [{"@type": "Thing", "name": text}]


class Read(HTMLParser):
    """A page as a browser reads it: its inline scripts by type, and its meta elements."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.scripts: list[tuple[str | None, str]] = []
        self.metas: dict[str | None, str | None] = {}
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element begins."""
        given = dict(attrs)
        if tag == "meta":
            self.metas[given.get("property")] = given.get("content")
        if tag == "script" and "src" not in given:
            self.scripts.append((given.get("type"), ""))

    def handle_data(self, data: str) -> None:
        """Some text: a script's, when one is open."""
        if self.cdata_elem == "script" and self.scripts:
            kind, text = self.scripts.pop()
            self.scripts.append((kind, text + data))


@pytest.mark.parametrize("text", HOSTILE)
def test_a_built_page_says_what_was_typed(text: str) -> None:
    """A browser finds one script, and in it and in the meta elements the title as typed."""
    title = " ".join(text.split())
    typed = json.dumps(title, ensure_ascii=False)
    files = {"content/news/a.md": post(title=typed, summary=typed)}
    read = Read(made(files, "news/2026-05-01/a/index.html").decode())
    [(kind, data)] = read.scripts
    told = {n["@type"]: n for n in json.loads(data)["@graph"]}
    assert kind == "application/ld+json"
    assert told["NewsArticle"]["headline"] == told["WebPage"]["name"] == title
    assert read.metas["og:title"] == read.metas["og:description"] == title


# ---- posts


def test_a_blog_post() -> None:
    """A BlogPosting: who wrote it, who publishes it, when, about what, with which picture."""
    files = {
        "config.yaml": OWNER,
        "content/people.yaml": "ann: {name: Ann Other, role: Chief executive}\n",
        "content/blog/a.md": blog(author="ann", updated="2026-06-01", image=IMAGE),
        **PICTURE,
    }
    url = "https://example.org/blog/2026-05-01/a/"
    told = graph(files, "blog/2026-05-01/a/")
    assert told["BlogPosting"] == {
        "@type": "BlogPosting",
        "@id": url + "#article",
        "headline": "A post",
        "description": "In short.",
        "inLanguage": "en-GB",
        "mainEntityOfPage": {"@id": url},
        "author": {"@type": "Person", "name": "Ann Other", "jobTitle": "Chief executive"},
        "publisher": {
            "@type": "Organization",
            "@id": HOME + "#organization",
            "name": "Healthwatch",
            "url": HOME,
        },
        "image": {"@type": "ImageObject", "url": "https://example.org/media/a.png"},
        "datePublished": "2026-05-01",
        "dateModified": "2026-06-01",
        "keywords": ["Dentistry"],
    }
    assert told["WebPage"] == {
        "@type": "WebPage",
        "@id": url,
        "url": url,
        "name": "A post",
        "inLanguage": "en-GB",
        "isPartOf": SITE,
        "breadcrumb": {"@id": url + "#breadcrumb"},
    }


def test_a_news_story() -> None:
    """A NewsArticle, with its dateline and what it is based on; a moment has its offset."""
    source = "{name: The Citizen, url: 'https://example.com/x', published_on: 2026-04-30}"
    fields = {"source": source, "publish_at": "2026-05-01 09:30", "dateline": "Bletchley"}
    told = graph({"content/news/a.md": post(**fields)}, "news/2026-05-01/a/")["NewsArticle"]
    assert told["datePublished"] == "2026-05-01T09:30:00+01:00"
    assert told["dateline"] == "Bletchley"
    assert told["isBasedOn"] == {
        "@type": "CreativeWork",
        "url": "https://example.com/x",
        "publisher": {"@type": "Organization", "name": "The Citizen"},
        "datePublished": "2026-04-30",
    }
    assert "publisher" not in told, "config.yaml names no organisation"


def test_an_explainer() -> None:
    """An Article on a page that says when it was last reviewed; a review is no change."""
    note = "[{date: 2026-05-20, note: More.}]"
    told = graph({"content/explainers/a.md": explainer(change_notes=note)}, "explainers/a/")
    assert told["WebPage"]["lastReviewed"] == "2026-05-02"
    assert told["Article"]["dateModified"] == "2026-05-20"
    assert "datePublished" not in told["Article"]
    same = graph({"content/explainers/a.md": explainer()}, "explainers/a/")
    assert "dateModified" not in same["Article"]


def test_a_page() -> None:
    """A WebPage, which is no article where it is shared either."""
    files = {"content/pages/a.md": page(title="About us", last_reviewed_on="2026-05-02")}
    told = graph(files, "a/")
    assert set(told) == {"WebPage", "BreadcrumbList"}
    assert told["WebPage"]["lastReviewed"] == "2026-05-02"
    assert (share(files, "a/").type, share(files, "a/").published) == ("website", None)


@pytest.mark.parametrize(
    ("author", "type_"),
    [("icb", "Organization"), ("The Board", "Organization"), ("Jo Smith", "Person")],
)
def test_authors(author: str, type_: str) -> None:
    """An organisation by id or by name is one; any other name is taken for a person's."""
    files = {
        "content/organisations.yaml": "icb: {name: The Board}\n",
        "content/blog/a.md": blog(author=author),
    }
    told = graph(files, "blog/2026-05-01/a/")["BlogPosting"]["author"]
    name = "The Board" if type_ == "Organization" else author
    assert told == {"@type": type_, "name": name}


def test_translations() -> None:
    """A translation and its original name each other, and their languages."""
    files = {
        "content/news/a.md": post(),
        "content/news/b.md": post(lang="pl", translation_of="news/a"),
    }
    original, other = "news/2026-05-01/a/", "pl/news/2026-05-01/a/"
    one, two = graph(files, original)["NewsArticle"], graph(files, other)["NewsArticle"]
    assert one["workTranslation"] == [{"@id": HOME + other + "#article"}]
    assert two["translationOfWork"] == {"@id": HOME + original + "#article"}
    assert "workTranslation" not in two
    assert (one["inLanguage"], two["inLanguage"]) == ("en-GB", "pl")
    assert share(files, other).locale == "pl_PL"


def test_a_withdrawn_translation_is_not_named() -> None:
    """The page doesn't show it either."""
    withdrawn = "{date: 2026-06-01, reason: Old.}"
    files = {
        "content/news/a.md": post(),
        "content/news/b.md": post(lang="pl", translation_of="news/a", withdrawn=withdrawn),
    }
    assert "workTranslation" not in graph(files, "news/2026-05-01/a/")["NewsArticle"]


@pytest.mark.parametrize(
    ("fields", "ended"),
    [
        ({"withdrawn": "{date: 2026-06-01, reason: Old.}"}, "2026-06-01"),
        ({"expiry_date": "2026-06-02"}, "2026-06-02"),
        ({"expiry_date": "2026-06-02 12:00"}, "2026-06-02T12:00:00+01:00"),
    ],
)
def test_what_has_ended(fields: dict[str, str], ended: str) -> None:
    """Neither article nor event is promised: a page that says since when it doesn't hold."""
    files = {
        "content/news/a.md": post(**fields),
        "content/consultations/b.md": consultation("2026-05-01", "2026-08-01", **fields),
    }
    for path in ("news/2026-05-01/a/", "consultations/b/"):
        told = graph(files, path)
        assert set(told) == {"WebPage", "BreadcrumbList"}
        assert told["WebPage"]["expires"] == ended
        assert share(files, path).type == "website"


def test_an_end_to_come() -> None:
    """An expiry is told from the first day, so that it stays true; a withdrawal when it comes."""
    withdrawn = "{date: 2026-07-01, reason: Old.}"
    files = {
        "content/news/a.md": post(expiry_date="2026-07-01"),
        "content/news/b.md": post(withdrawn=withdrawn),
    }
    one, two = graph(files, "news/2026-05-01/a/"), graph(files, "news/2026-05-01/b/")
    assert one["WebPage"]["expires"] == "2026-07-01"
    assert "NewsArticle" in one
    assert "expires" not in two["WebPage"] | two["NewsArticle"]


# ---- consultations


def test_a_consultation() -> None:
    """A page about an event that ends in its last minute; the page is no article of its own."""
    ways = "{link_url: 'https://example.com/form', in_person: At the town hall}"
    files = {
        "content/consultations/a.md": consultation(
            "2026-06-01", "2026-07-31", ways_to_respond=ways, run_by="[The Board]"
        )
    }
    url = "https://example.org/consultations/a/"
    told = graph(files, "consultations/a/")
    assert set(told) == {"WebPage", "Event", "BreadcrumbList"}
    assert told["WebPage"]["about"] == {"@id": url + "#event"}
    assert told["WebPage"]["datePublished"] == "2026-05-01"
    assert told["Event"] == {
        "@type": "Event",
        "@id": url + "#event",
        "name": "A post",
        "description": "In short.",
        "url": url,
        "inLanguage": "en-GB",
        "startDate": "2026-06-01",
        "endDate": "2026-07-31T23:59:00+01:00",
        "eventStatus": "https://schema.org/EventScheduled",
        "eventAttendanceMode": "https://schema.org/MixedEventAttendanceMode",
        "location": [
            {"@type": "VirtualLocation", "url": "https://example.com/form"},
            {"@type": "Place", "description": "At the town hall"},
        ],
        "organizer": [{"@type": "Organization", "name": "The Board"}],
    }


@pytest.mark.parametrize(
    ("ways", "mode", "places"),
    [
        ("{email: a@example.org}", "Online", [HOME + "consultations/a/"]),
        (
            "{link_url: 'https://example.com/', phone: 01908 000000}",
            "Mixed",
            ["https://example.com/"],
        ),
        ("{phone: 01908 000000}", "Offline", []),
    ],
)
def test_ways_to_respond(ways: str, mode: str, places: list[str]) -> None:
    """Online, otherwise or both; where there is no form the page itself says how."""
    text = consultation("2026-06-01", "2026-07-31 17:00", ways_to_respond=ways)
    event = graph({"content/consultations/a.md": text}, "consultations/a/")["Event"]
    assert event["eventAttendanceMode"] == f"https://schema.org/{mode}EventAttendanceMode"
    assert [place["url"] for place in event.get("location", [])] == places
    assert event["endDate"] == "2026-07-31T17:00:00+01:00"


@pytest.mark.parametrize(
    ("now", "told"), [("2026-05-15", True), ("2026-07-31 23:59", True), ("2026-08-01", False)]
)
def test_an_event_until_it_closes(now: str, told: bool) -> None:
    """From the day that it is public until it has closed: then nobody can answer."""
    files = {"content/consultations/a.md": consultation("2026-06-01", "2026-07-31")}
    assert ("Event" in graph(files, "consultations/a/", now)) == told


# ---- other pages


def test_the_home_page() -> None:
    """The site and whose it is; it stands under no other page."""
    told = graph({"config.yaml": OWNER + "tagline: Health and care\n"}, "")
    assert told == {
        "WebSite": {
            **SITE,
            "description": "Health and care",
            "inLanguage": "en-GB",
            "publisher": {
                "@type": "Organization",
                "@id": HOME + "#organization",
                "name": "Healthwatch",
                "url": HOME,
                "legalName": "HW CIC",
                "email": "a@example.org",
                "telephone": "01908 000000",
                "address": "1 High Street",
            },
        }
    }


def test_the_search_page() -> None:
    """A site with a search says how to ask it."""
    config = "title: The site\nbase_url: https://example.org/x/\nsearch: true\n"
    action = graph({"config.yaml": config}, "")["WebSite"]["potentialAction"]
    assert action["target"]["urlTemplate"] == "https://example.org/x/search/?q={search_term_string}"


@pytest.mark.parametrize(
    "path",
    ["news/", "tags/", "tags/dentistry/", "archive/", "archive/2026/", "archive/2026/05/"],
)
def test_lists(path: str) -> None:
    """Every page that lists others is a CollectionPage."""
    told = graph({"content/news/a.md": post()}, path)
    assert set(told) == {"CollectionPage", "BreadcrumbList"}
    assert told["CollectionPage"]["url"] == HOME + path


def test_the_glossary() -> None:
    """A set of terms, each at its anchor."""
    files = {
        "content/glossary.yaml": "ICB: {meaning: Integrated care board, explanation: Plans.}\n"
    }
    terms = graph(files, "glossary/")["WebPage"]["mainEntity"]
    assert terms["@type"] == "DefinedTermSet"
    assert terms["hasDefinedTerm"] == [
        {
            "@type": "DefinedTerm",
            "@id": HOME + "glossary/#icb",
            "name": "ICB",
            "alternateName": "Integrated care board",
            "description": "Plans.",
        }
    ]


def test_breadcrumbs() -> None:
    """The way from the home page, the page itself last, in absolute URLs."""
    files = {
        "config.yaml": "title: The site\nbase_url: https://example.org/x/\nsearch: false\n",
        "content/pages/a.md": page(title="About us", nav_title="About"),
        "content/pages/b.md": page(title="Our board", parent="pages/a"),
    }
    items = graph(files, "b/")["BreadcrumbList"]["itemListElement"]
    assert [(item["position"], item["name"], item["item"]) for item in items] == [
        (1, "Home", "https://example.org/x/"),
        (2, "About", "https://example.org/x/a/"),
        (3, "Our board", "https://example.org/x/b/"),
    ]


def test_pages_that_are_not_to_be_found() -> None:
    """The page for what is not there, and those that redirect, say nothing to machines."""
    outputs = planned({"content/news/a.md": post(aliases="[/old/]")})
    for path in ("404.html", "old/index.html"):
        output = outputs[path]
        assert isinstance(output, Rendered)
        assert (output.view.head.share, output.view.head.data) == (None, None)


def test_every_property_is_schema_orgs() -> None:
    """Each type is known, with properties that it has; nothing is said that is empty."""
    source = "{name: The Citizen, url: 'https://example.com/x'}"
    files = {
        "config.yaml": OWNER.replace("search: false", "search: true"),
        "content/glossary.yaml": "ICB: {meaning: Integrated care board}\n",
        "content/blog/a.md": blog(image=IMAGE),
        "content/news/a.md": post(dateline="Bletchley", source=source),
        "content/news/b.md": post(lang="pl", translation_of="news/a"),
        "content/consultations/a.md": consultation("2026-06-01", "2026-07-31", run_by="[icb]"),
        "content/explainers/a.md": explainer(),
        "content/pages/a.md": page(),
        "content/organisations.yaml": "icb: {name: The Board, url: 'https://example.com/'}\n",
        **PICTURE,
    }
    views = [output.view for output in planned(files).values() if isinstance(output, Rendered)]
    data = [view.head.data for view in views if hasattr(view, "head") and view.head.data]
    told = [found for text in data for found in nodes(json.loads(text)["@graph"])]
    typed = [n for n in told if "@type" in n]
    assert {n["@type"] for n in typed} == set(PROPERTIES) - {"Place"}
    for found in typed:
        assert set(found) - {"@type", "@id"} <= PROPERTIES[found["@type"]], found
        assert all(found.values()), found


# ---- Open Graph


def test_sharing_an_article() -> None:
    """A post is an article, with its series in the title, its dates and its picture."""
    files = {
        "content/series.yaml": "ceo: {title: The CEO's blog, prefix: CEO's blog}\n",
        "content/blog/a.md": blog(series="ceo", updated="2026-06-01", image=IMAGE),
        **PICTURE,
    }
    told = share(files, "blog/2026-05-01/a/")
    assert (told.type, told.title) == ("article", "CEO's blog: A post")
    assert (told.description, told.site_name, told.locale) == ("In short.", "The site", "en_GB")
    assert told.url == HOME + "blog/2026-05-01/a/"
    assert (told.published, told.modified) == ("2026-05-01", "2026-06-01")
    assert told.image
    assert (told.image.url, told.image.alt) == (HOME + "media/a.png", "Two clinics")


def test_sharing_other_pages() -> None:
    """A list and the home page are parts of a website."""
    for path in ("", "news/", "glossary/"):
        told = share({}, path)
        assert (told.type, told.image, told.published) == ("website", None, None)


@pytest.mark.parametrize(
    ("lang", "shown"),
    [
        ("en-GB", "en_GB"),
        ("cy", "cy_GB"),
        ("pl", "pl_PL"),
        ("zh-Hant-HK", "zh_HK"),
        ("zh-Hant", "zh_TW"),
        ("ur", "ur_PK"),
        ("tlh", "tlh"),
    ],
)
def test_locales(lang: str, shown: str) -> None:
    """A language with its territory, the usual one where none is typed; alone if none is known."""
    assert machines.locale(lang) == shown


def test_the_same_bytes() -> None:
    """The order of what is said depends on nothing but the code."""
    text = jsonld.script([node("Thing", "https://example.org/", name="A", url="b")])
    assert text == (
        '{"@context":"https://schema.org","@graph":'
        '[{"@type":"Thing","@id":"https://example.org/","name":"A","url":"b"}]}'
    )
