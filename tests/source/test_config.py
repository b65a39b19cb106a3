"""config.yaml: editorial settings, or every fault in them."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from sitegen.source import config
from sitegen.source.config import NIGHT, PAPER, Brand, Config, contrast
from sitegen.urls import Base

LEAST = "title: Sample\nbase_url: https://example.org/\n"


def read(text: str) -> Config:
    """A config without faults."""
    found, problems, _ = config.read(text.encode())
    assert found is not None and problems == ()
    return found


def faults(text: str) -> list[str]:
    """``line code: message (fix)`` of each problem of the least config and these lines."""
    _, problems, _ = config.read((text + LEAST).encode())
    return [f"{p.line} {p.code}: {p.message}" + (f" ({p.fix})" if p.fix else "") for p in problems]


def test_least() -> None:
    """A title and an address are enough; the rest has defaults."""
    found = read(LEAST)
    assert (found.title, found.base) == ("Sample", Base("https://example.org", ""))
    assert (found.language, found.tz) == ("en-GB", ZoneInfo("Europe/London"))
    assert (found.page_size, found.feed_size) == (10, 20)
    assert (found.search, found.images, found.noindex) == (True, True, False)
    assert (found.actions, found.silence, found.menus.main, found.alert) == ({}, {}, (), None)
    assert found.brand == Brand()


def test_everything() -> None:
    """Every setting is read by its type."""
    found = read(
        LEAST
        + "timezone: Asia/Tokyo\n"
        + "organisation: {name: HW, number: 0123, phone: 0800 111, email: a@example.org}\n"
        + "alert: {title: Closed, link: /news/, from: 2026-06-01, until: 2026-06-02 09:00}\n"
        + "help_now: [{label: NHS, phone: 111}, {label: Web, url: 'https://111.nhs.uk'}]\n"
        + "menus: {main: [{label: News, url: /news/}], footer: []}\n"
        + "brand: {primary: '#004400'}\npage_size: 5\nsearch: false\n"
        + "iframe_hosts: [www.youtube-nocookie.com]\n"
        + "actions: {blog: [newsletter]}\nsilence: {missing-field: our posts are short}\n"
    )
    assert found.tz == ZoneInfo("Asia/Tokyo")
    assert found.organisation is not None and found.organisation.number == "0123"
    assert found.alert is not None and str(found.alert.until) == "2026-06-02 09:00"
    assert [h.phone or h.url for h in found.help_now] == ["111", "https://111.nhs.uk"]
    assert found.menus.main[0].url == "/news/"
    assert (found.brand.primary, found.brand.accent) == ("#004400", Brand().accent)
    assert found.actions == {"blog": ("newsletter",)}
    assert found.silence == {"missing-field": "our posts are short"}


def test_base_url_from_outside() -> None:
    """``--base-url`` takes the place of the file's."""
    found, problems, _ = config.read(LEAST.encode(), base_url="https://preview.example/pr/7/")
    assert found is not None
    assert (found.base, problems) == (Base("https://preview.example", "/pr/7"), ())


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("pagesize: 5\n", '1 unknown-field: "pagesize" is not a field. Did you mean "page_size"?'),
        (
            "timezone: London\n",
            '1 unknown-timezone: "London" is no time zone (write Europe/London)',
        ),
        ("page_size: 0\n", '1 not-a-number: "0" is not a whole number of at least 1'),
        ("help_now: [{label: NHS}]\n", "1 one-of: this needs phone or url (add phone: 111)"),
        (
            "actions: {blogs: [a]}\n",
            '1 unknown-choice: "blogs" is not one of the choices. Did you mean "blog"?',
        ),
        (
            "silence: {missing-field: }\n",
            '1 empty-item: "missing-field" has nothing after it '
            "(fill in missing-field: why it doesn't fit this site)",
        ),
        (
            "silence: {reviews-due: no time}\n",
            '1 unknown-code: no problem has the code "reviews-due". Did you mean "review-due"?',
        ),
        ("silence: {z: so}\n", '1 unknown-code: no problem has the code "z" (delete the line)'),
        (
            "title: Other\n",
            '2 duplicate-key: "title" is also set on line 1 (keep one of the two lines)',
        ),
        (
            "brand: {primary: teal}\n",
            '1 bad-colour: "teal" is not a colour (write six digits in quotes: "#0b5d5b")',
        ),
    ],
)
def test_faults(text: str, fault: str) -> None:
    """Settings are validated like front matter."""
    assert faults(text) == [fault]


@pytest.mark.parametrize(
    ("name", "colour", "ground", "fix"),
    [
        ("primary", "#888888", PAPER, "choose a darker primary"),
        ("accent", "#ffff00", PAPER, "choose a darker accent"),
        ("primary_dark", "#0b5d5b", NIGHT, "choose a lighter primary_dark"),
    ],
)
def test_contrast_of_the_brand(name: str, colour: str, ground: str, fix: str) -> None:
    """A colour that can't be read on its background is a fault that names the two."""
    ratio = f"{contrast(colour, ground):.2f}"
    assert faults(f"brand:\n  {name}: '{colour}'\n") == [
        f"2 low-contrast: {colour} on {ground} has a contrast of {ratio}; 4.5 is the least ({fix})"
    ]


def test_contrast() -> None:
    """The contrast ratio is WCAG's, whichever colour comes first."""
    assert contrast("#000000", "#ffffff") == contrast("#ffffff", "#000000") == 21
    assert contrast("#ffffff", "#ffffff") == 1
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48


def test_own_colours_can_be_read() -> None:
    """The colours that a site has without asking pass the rule that its own must pass."""
    assert faults("") == []


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"\xff\xfet\0", "not-utf8"),
        (b"- a\n", "yaml-colon-missing"),
        (b"words\n", "yaml-colon-missing"),
        (b"a:\n  - b\n  c: d\n", "yaml-indent"),
    ],
)
def test_what_cannot_be_read(data: bytes, code: str) -> None:
    """Where nothing can be read there is no config, and a fault that says why."""
    found, problems, _ = config.read(data)
    assert found is None
    assert problems[0].code == code


def test_missing() -> None:
    """Without a title or an address there is a config to go on with, and a fault for each."""
    found, problems, _ = config.read(b"")
    assert found is not None
    assert [p.message for p in problems] == [
        '"title" is missing: the site\'s name',
        '"base_url" is missing: where the site is deployed; may have a path',
    ]


@pytest.mark.parametrize(
    "host", ["https://a.example;sandbox", "https://a.example,*", "https://b@a.example"]
)
def test_a_git_host_is_a_host(host: str) -> None:
    """It stands in the policy of the editor, where signs would say more."""
    (found,) = faults(f'editor: {{repo: a/b, host: "{host}"}}\n')
    assert found.startswith("1 bad-url: ")
