"""config.yaml → a frozen Config, or every fault in it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from dataclasses import field as dataclass_field
from zoneinfo import ZoneInfo

from sitegen import clock, codes
from sitegen.clock import Moment, ends, starts
from sitegen.hints import did_you_mean, hinted
from sitegen.kinds import KINDS
from sitegen.problems import Place, Problem, Severity
from sitegen.source import yaml_tree
from sitegen.source.fieldtypes import (
    ActionId,
    Address,
    Choice,
    Colour,
    Email,
    Flag,
    Host,
    Language,
    Lines,
    Matching,
    Phone,
    Text,
    Web,
    When,
    Whole,
)
from sitegen.source.frontmatter import decode
from sitegen.source.nodes import Mapping as Tree
from sitegen.source.nodes import Scalar
from sitegen.source.schema import Group, ListOf, MapOf, Need, Reading, field, read_group
from sitegen.urls import Base, parse_base, split

PATH = "config.yaml"
TIMEZONE = "Europe/London"


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """The organisation whose site this is."""

    name: str = field(Text(), "its name", Need.REQUIRED)
    legal_name: str | None = field(Text(), "its legal name")
    number: str | None = field(Text(), "its charity or company number")
    address: str | None = field(Lines(), "its postal address")
    phone: str | None = field(Phone, "its phone number")
    email: str | None = field(Email, "its email address")


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """A message at the head of every page, between two moments."""

    title: str = field(Text(), "the message's title", Need.REQUIRED)
    text: str | None = field(Text(), "the message")
    link: str | None = field(Address, "where to read more")
    from_: Moment | None = field(
        When(), "shown from this moment; who reads a page's source sees it before"
    )
    until: Moment | None = field(When(is_end=True), "shown until this moment")


@dataclass(frozen=True, slots=True, kw_only=True)
class Help:
    """Where to get help now."""

    label: str = field(Text(), "who helps", Need.REQUIRED)
    text: str | None = field(Text(), "with what")
    url: str | None = field(Address, "a page")
    phone: str | None = field(Phone, "a phone number")


@dataclass(frozen=True, slots=True, kw_only=True)
class MenuItem:
    """A link in a menu: a page or fixed index of this site, or another site."""

    label: str = field(Text(40), "the words of the link", Need.REQUIRED)
    url: str = field(Address, "where it leads", Need.REQUIRED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Menus:
    """The menus."""

    main: tuple[MenuItem, ...] = field(ListOf(Group(MenuItem)), "the menu at the head")
    footer: tuple[MenuItem, ...] = field(ListOf(Group(MenuItem)), "the menu at the foot")


@dataclass(frozen=True, slots=True, kw_only=True)
class Brand:
    """The colours of the design, for light and for dark screens."""

    primary: str = field(Colour, "links and buttons", default="#0b5d5b")
    primary_dark: str = field(Colour, "links and buttons on a dark screen", default="#7fd1c7")
    accent: str = field(Colour, "marks and highlights", default="#8a1c4a")
    accent_dark: str = field(Colour, "marks and highlights on a dark screen", default="#f0a3c2")


_REPO = Matching(
    "a repository",
    r"[\w.-]+(/[\w.-]+)+",
    "bad-repository",
    "write its owner and name: owner/site",
    lambda address: split(address).path.strip("/").removesuffix(".git"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Editor:
    """The web editor at /admin/, for people with an account at the Git host."""

    repo: str = field(
        _REPO, "the repository that holds this site, such as owner/site", Need.REQUIRED
    )
    backend: str = field(
        Choice("github", "gitlab", "gitea", "test-repo"),
        "the kind of Git host; with test-repo nothing leaves the browser",
        default="github",
    )
    branch: str = field(Text(), "the branch that is published", default="main")
    host: str | None = field(Web, "the address of a Git host of your own")
    sign_in: str | None = field(
        Web, "a service for signing in to GitHub; without it, editors use an access token"
    )
    app_id: str | None = field(
        Text(), "the application's id at GitLab or Gitea; without it, editors use an access token"
    )
    review: bool = field(Flag(), "true lets every change wait in a pull request", default=False)


class _Reason(Text):
    """Why a code is left out."""

    def sample(self) -> str:
        """What to type after the code."""
        return "why it doesn't fit this site"


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """config.yaml: editorial settings only."""

    title: str = field(Text(120), "the site's name", Need.REQUIRED)
    tagline: str | None = field(Text(), "what the site is for, in a sentence")
    base_url: str = field(Web, "where the site is deployed; may have a path", Need.REQUIRED)
    language: str = field(Language, "the language of the site", default="en-GB")
    timezone: str = field(Text(), "the IANA time zone", default=TIMEZONE)
    organisation: Owner | None = field(Group(Owner), "whose site it is")
    notice: str | None = field(Text(), "a sentence shown on every page")
    alert: Alert | None = field(Group(Alert), "a message on every page, for a time")
    help_now: tuple[Help, ...] = field(ListOf(Group(Help)), "where to get help now")
    menus: Menus = field(Group(Menus), "the menus", default=Menus())
    brand: Brand = field(Group(Brand), "the colours", default=Brand())
    page_size: int = field(Whole(1), "posts on a page of a list", default=10)
    feed_size: int = field(Whole(1), "posts in a feed", default=20)
    noindex: bool = field(Flag(), "true asks search engines to leave the site out", default=False)
    search: bool = field(Flag(), "false leaves search out", default=True)
    images: bool = field(Flag(), "false leaves image sizes out", default=True)
    iframe_hosts: tuple[str, ...] = field(ListOf(Host), "hosts whose pages may be framed")
    actions: Mapping[str, tuple[str, ...]] = field(
        MapOf(Choice(*(k.name for k in KINDS.values())), ListOf(ActionId)),
        "the calls to action of each kind",
        default=None,
    )
    editor: Editor | None = field(Group(Editor), "the web editor at /admin/; without it, none")
    silence: Mapping[str, str] = field(
        MapOf(
            Matching(
                "a problem's code",
                r"[a-z0-9-]+",
                "bad-code",
                "write it as it is shown",
                lambda text: "-".join(text.lower().replace("_", " ").split()),
            ),
            _Reason(),
        ),
        "codes of warnings and advice to leave out, each with the reason",
    )
    base: Base = dataclass_field(default=Base("", ""))
    tz: ZoneInfo = dataclass_field(default=ZoneInfo("UTC"))


def read(
    data: bytes, *, base_url: str | None = None
) -> tuple[Config | None, tuple[Problem, ...], Mapping[str, Place]]:
    """The config, all that is wrong with it, and where each value stands.

    ``base_url``, when given, takes the place of the file's.
    """
    text, faults = decode(data, PATH)
    tree = yaml_tree.parse(text, path=PATH)
    if faults or tree.root is None:
        return None, faults or tree.problems, {}
    reading = Reading(PATH, _zone(tree.root))
    reading.problems += tree.problems
    config: Config = read_group(Config, tree.root, "", reading)
    config = _settled(config, base_url or config.base_url, reading)
    return config, tuple(reading.problems), reading.places


def _zone(root: Tree) -> ZoneInfo:
    """The time zone in which the file's moments are read; UTC where it names none that there is."""
    typed = (v.text for k, v in root.entries if k.text == "timezone" and isinstance(v, Scalar))
    try:
        return clock.zone(next(typed, "").strip() or TIMEZONE)
    except ValueError:
        return ZoneInfo("UTC")


def _settled(config: Config, base_url: str | None, reading: Reading) -> Config:
    """The config with its base and time zone worked out."""
    try:
        config = replace(config, tz=clock.zone(config.timezone))
    except ValueError:
        reading.fault(
            "unknown-timezone",
            "timezone",
            f'"{config.timezone}" is no time zone',
            fix="write Europe/London",
        )
    try:
        config = replace(config, base=parse_base(base_url or ""))
    except ValueError as reason:
        if base_url:
            reading.fault("bad-base-url", "base_url", f'"{base_url}" can\'t be used: {reason}')
    alert, tz = config.alert, config.tz
    if alert and alert.from_ and alert.until and ends(alert.until, tz) <= starts(alert.from_, tz):
        message = "the alert ends before it begins"
        reading.fault("date-order", "alert.until", message, fix="use a later until")
    for i, item in enumerate(config.help_now):
        if not (item.url or item.phone):
            reading.fault(
                "one-of", f"help_now.{i}", "this needs phone or url", fix="add phone: 111"
            )
    if config.editor and config.editor.host:
        try:
            parse_base(config.editor.host)
        except ValueError as reason:  # it stands in the editor's policy
            message = f'"{config.editor.host}" can\'t be used: {reason}'
            reading.fault("bad-url", "editor.host", message, fix="write https:// and its name")
    if config.editor and config.editor.review and config.editor.backend == "gitea":
        message = "with gitea there is no review of changes"
        reading.fault("editor-review", "editor.review", message, fix="delete review")
    _contrast(config.brand, reading)
    _silenced(config.silence or {}, reading)
    return replace(config, actions=config.actions or {}, silence=config.silence or {})


def _silenced(silence: Mapping[str, str], reading: Reading) -> None:
    """Each code that is left out is one that there is, and not only an error's."""
    known = {code: row for group in codes.CODES.values() for code, row in group.items()}
    for code in silence:
        at = f"silence.{code}"
        if code not in known:
            message = hinted(f'no problem has the code "{code}"', did_you_mean(code, known))
            fix = "" if "Did you" in message else "delete the line"
            reading.fault("unknown-code", at, message, fix=fix, severity=Severity.WARNING)
        elif known[code].severities == codes.ERROR:
            message = f'"{code}" is an error, and errors can\'t be silenced'
            fix = "delete the line, and mend what it is about"
            reading.fault("silenced-error", at, message, fix=fix, severity=Severity.WARNING)


# The grounds of the design on which a colour is hardest to read, light and dark.
PAPER, NIGHT, READABLE = "#faf5ea", "#1e2529", 4.5


def _contrast(brand: Brand, reading: Reading) -> None:
    """Each colour can be read on its background (WCAG 2.2, 1.4.3)."""
    for name in Brand.__slots__:
        colour = getattr(brand, name)
        ground = NIGHT if name.endswith("_dark") else PAPER
        ratio = contrast(colour, ground)
        if ratio < READABLE:
            reading.fault(
                "low-contrast",
                f"brand.{name}",
                f"{colour} on {ground} has a contrast of {ratio:.2f}; {READABLE} is the least",
                fix=f"choose a {'lighter' if ground == NIGHT else 'darker'} {name}",
            )


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two ``#rrggbb`` colours, 1 to 21 (WCAG 2.2)."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(part, 16) / 255 for part in re.findall("..", colour[1:]))
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
