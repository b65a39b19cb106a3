"""Feeds, Atom (RFC 4287) and JSON Feed 1.1: of the site, each kind, each tag and each series."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable, Iterator
from functools import partial

from sitegen import clock
from sitegen.clock import Moment
from sitegen.model import Address, Encoded, Entry, Output, Rendered
from sitegen.outputs.lists import Listing, listings
from sitegen.pages import bodies, present
from sitegen.pages.desk import Desk
from sitegen.shown import Html
from sitegen.site.index import Site
from sitegen.source.schema import UNSHOWABLE
from sitegen.urls import output_path
from sitegen.views.feeds import FeedItem, FeedView

# An empty feed must say when it was updated, and has nothing to tell it from.
NEVER = dt.date(1970, 1, 1)
SHOWN = ("what_is_proposed", "")  # of the Markdown of a post


def _followed(site: Site) -> Iterator[Listing]:
    """Every list that has a feed, its posts newest first."""
    yield Listing(path="/", title=site.config.title, entries=site.listed, feed="/feed.xml")
    for listing in listings(site):
        if listing.feed:
            yield listing


def _newest(listing: Listing, site: Site) -> tuple[Entry, ...]:
    entries = site.by_kind.get("consultation", ()) if listing.by_state else listing.entries
    return entries[: site.config.feed_size]


def addresses(site: Site) -> Iterator[Address]:
    """Two files a feed."""
    for listing in _followed(site):
        owner = f"the feed “{listing.title}”"
        yield Address(path=f"{listing.path}feed.xml", owner=owner)
        yield Address(path=f"{listing.path}feed.json", owner=owner)


def outputs(desk: Desk) -> Iterator[Output]:
    """Two files a feed."""
    items: dict[str, FeedItem] = {}
    for listing in _followed(desk.site):
        newest = _newest(listing, desk.site)
        view = partial(_view, listing, newest, items, desk)
        path = output_path(f"{listing.path}feed.xml")
        texts = tuple(entry.ref for entry in newest)
        yield Rendered(path=path, template="feeds/atom.xml", make=view, texts=texts)
        json_path = path.with_suffix(".json")
        yield Encoded(path=json_path, make=partial(_encoded, view), texts=texts)


def _view(
    listing: Listing, newest: Iterable[Entry], items: dict[str, FeedItem], desk: Desk
) -> FeedView:
    """A feed. Its posts are in other feeds too: each is an item made once, kept in ``items``."""
    for entry in newest:
        if entry.ref not in items:
            items[entry.ref] = _item(entry, desk)
    return _feed(listing, tuple(items[entry.ref] for entry in newest), desk)


def _encoded(view: Callable[[], FeedView]) -> bytes:
    return _json(view())


def _stamp(day: dt.date, desk: Desk) -> str:
    tz = desk.site.config.tz
    return clock.iso(clock.starts(Moment(day), tz), tz)


def _item(entry: Entry, desk: Desk) -> FeedItem:
    parts = (bodies.html(entry, at, desk, absolute=True, order=SHOWN) for at in SHOWN)
    body = "".join(filter(None, parts))
    day = entry.shown_day or NEVER
    author = present.person(entry, desk, present.words_of(entry, desk))
    tz = desk.site.config.tz
    published = clock.starts(entry.front.publish_at or Moment(entry.front.date or day), tz)
    changes = [clock.starts(Moment(d), tz) for d in (day, entry.updated) if d]
    return FeedItem(
        id=desk.absolute(entry.url),
        url=desk.absolute(entry.url),
        title=present.title_of(entry, desk.site),
        summary=UNSHOWABLE.sub("", _with_state(entry, desk)),
        html=Html(UNSHOWABLE.sub("", body)),
        published=clock.iso(published, tz),
        updated=clock.iso(max(published, *changes), tz),
        author=author.name if author else None,
        tags=tuple(desk.site.book.tags[tag].label for tag in entry.tags),
        lang=entry.lang,
    )


def _with_state(entry: Entry, desk: Desk) -> str:
    """The summary; a consultation's begins with its state, in words that stay true."""
    states = present.states_of(entry, desk, desk.site.words.text)
    return f"{states[0].sentence} {entry.summary}".strip() if states else entry.summary


def _feed(listing: Listing, items: tuple[FeedItem, ...], desk: Desk) -> FeedView:
    config = desk.site.config
    whole = listing.path == "/"
    return FeedView(
        id=desk.absolute(listing.path),
        title=listing.title if whole else f"{listing.title} – {config.title}",
        subtitle=config.tagline if whole else listing.intro,
        url=desk.absolute(f"{listing.path}feed.xml"),
        page_url=desk.absolute(listing.path),
        updated=max((item.updated for item in items), key=_instant, default=_stamp(NEVER, desk)),
        author=config.organisation.name if config.organisation else config.title,
        lang=config.language,
        items=items,
    )


def _instant(stamp: str) -> dt.datetime:
    return dt.datetime.fromisoformat(stamp)


def _json(view: FeedView) -> bytes:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": view.title,
        "description": view.subtitle,
        "home_page_url": view.page_url,
        "feed_url": view.url.removesuffix(".xml") + ".json",
        "language": view.lang,
        "authors": [{"name": view.author}],
        "items": [_json_item(item) for item in view.items],
    }
    text = json.dumps(
        {k: v for k, v in feed.items() if v is not None}, ensure_ascii=False, indent=1
    )
    return (text + "\n").encode()


def _json_item(item: FeedItem) -> dict[str, object]:
    row = {
        "id": item.id,
        "url": item.url,
        "title": item.title,
        "summary": item.summary,
        "content_html": str(item.html),
        "date_published": item.published,
        "date_modified": item.updated,
        "authors": [{"name": item.author}] if item.author else None,
        "tags": list(item.tags) or None,
        "language": item.lang,
    }
    return {k: v for k, v in row.items() if v is not None}
