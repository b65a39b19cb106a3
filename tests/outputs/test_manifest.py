"""build.json: the pages and their sources, and how long the build is right."""

from __future__ import annotations

import json

import pytest

from tests.sites import blog, consultation, made, page, post

SITE = {
    "content/pages/index.md": page(title="Welcome"),
    "content/blog/a.md": blog(title="A", date="2026-05-01"),
    "content/consultations/c.md": consultation("2026-06-01", "2026-06-30", title="C"),
    "content/news/later.md": post(title="Later", date="2026-07-05"),
    "content/news/draft.md": post(title="Draft", date="2026-06-20", draft="true"),
}


def manifest(now: str) -> dict[str, object]:
    """build.json of a build at a moment."""
    found = json.loads(made(SITE, "build.json", now))
    assert isinstance(found, dict)
    return found


def test_pages_with_their_sources() -> None:
    """By address; never a draft's or a scheduled post's."""
    found = manifest("2026-06-15")
    assert str(found["generator"]).startswith("sitegen")
    assert found["base_url"] == "https://example.org/"
    assert found["pages"] == [
        {"url": "/", "kind": "page", "title": "Welcome", "source": "content/pages/index.md"},
        {
            "url": "/blog/2026-05-01/a/",
            "kind": "blog",
            "title": "A",
            "source": "content/blog/a.md",
        },
        {
            "url": "/consultations/c/",
            "kind": "consultation",
            "title": "C",
            "source": "content/consultations/c.md",
            "state": "open",
            "state_until": "2026-07-01T00:00:00+01:00",
        },
    ]
    assert found["timezone"] == "Europe/London"


STATES = [
    ("2026-05-20", {"state": "upcoming", "state_until": "2026-06-01T00:00:00+01:00"}),
    ("2026-06-15", {"state": "open", "state_until": "2026-07-01T00:00:00+01:00"}),
    ("2026-07-15", {"state": "closed"}),
    ("2026-08-15", {"state": "outcome"}),
    ("2026-09-15", {"state": "outcome", "ended": "expired"}),
    ("2026-10-15", {"state": "outcome", "ended": "withdrawn"}),
]


@pytest.mark.parametrize(("now", "told"), STATES)
def test_a_state_and_what_its_page_says_of_its_end(now: str, told: dict[str, str]) -> None:
    """When it opens and closes; never when an outcome will come, or when the page will go."""
    files = {
        "content/consultations/c.md": consultation(
            "2026-06-01",
            "2026-06-30",
            final_outcome="{published_on: 2026-08-01, decision: adopted, detail: Done.}",
            expiry_date="2026-08-31",
            withdrawn="{date: 2026-10-01, reason: Old.}",
        )
    }
    (row,) = json.loads(made(files, "build.json", now))["pages"]
    assert {name: row[name] for name in row if name in ("state", "state_until", "ended")} == told


def test_how_long_it_is_right() -> None:
    """From the last change that time brought to the next one; null where there is none."""
    first, middle, last = (manifest(now) for now in ("2026-04-01", "2026-06-15", "2027-01-01"))
    assert (first["valid_from"], first["valid_until"]) == (None, "2026-05-01T00:00:00+01:00")
    assert middle["valid_from"] == "2026-06-01T00:00:00+01:00"
    assert middle["valid_until"] == "2026-07-01T00:00:00+01:00"
    assert (last["valid_from"], last["valid_until"]) == ("2026-07-05T00:00:00+01:00", None)


def test_it_does_not_hold_now() -> None:
    """Two builds with nothing between them have the same bytes."""
    assert made(SITE, "build.json", "2026-06-15") == made(SITE, "build.json", "2026-06-30 23:59")
