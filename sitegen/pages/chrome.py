"""What every page shares: the site's name, menus, help, alert, owner and assets."""

from __future__ import annotations

from collections.abc import Iterator

from sitegen import clock
from sitegen.pages.desk import Desk
from sitegen.pages.policy import in_a_page, policy
from sitegen.pages.present import nav_title_of
from sitegen.shown import Html, LinkTo, Span
from sitegen.site import statement
from sitegen.source.config import NIGHT, Alert
from sitegen.source.words import Words
from sitegen.urls import tel
from sitegen.views.frame import AlertView, Chrome, Colours, Contact, HelpLine


def chrome(desk: Desk) -> Chrome:
    """What every page shares."""
    config = desk.site.config
    return Chrome(
        title=config.title,
        tagline=config.tagline,
        language=config.language,
        home=desk.href("/"),
        notice=config.notice,
        alert=_alert(desk),
        help_now=tuple(
            HelpLine(
                label=h.label,
                text=h.text,
                link=LinkTo(label=h.phone, url=tel(h.phone))
                if h.phone
                else LinkTo(label=h.label, url=desk.href(h.url or "")),
            )
            for h in config.help_now
        ),
        menu=tuple(LinkTo(label=m.label, url=desk.href(m.url)) for m in config.menus.main),
        footer=tuple(_footer(desk)),
        owner=_owner(desk),
        feed=desk.href("/feed.xml"),
        json_feed=desk.href("/feed.json"),
        search=desk.href("/search/") if config.search else None,
        assets={name: desk.href(path) for name, path in desk.assets.items()},
        colours=Colours(light=config.brand.primary, dark=NIGHT),
        policy=in_a_page(policy(script=desk.script, frame_hosts=config.iframe_hosts)),
        # A preview may show another day than the browser's.
        script=Html(desk.script) if desk.script and not desk.site.preview else None,
    )


def _footer(desk: Desk) -> Iterator[LinkTo]:
    """The menu at the foot, and the accessibility statement where that doesn't lead to it."""
    menu = desk.site.config.menus.footer
    yield from (LinkTo(label=m.label, url=desk.href(m.url)) for m in menu)
    found = statement.of_site(desk.site)
    if found and found.url not in {f"{m.url.rstrip('/')}/" for m in menu}:
        yield LinkTo(label=nav_title_of(found), url=desk.href(found.url))


def _alert(desk: Desk) -> AlertView | None:
    """The alert, until it is over. One that is to come is there already, hidden."""
    config, now = desk.site.config, desk.site.now
    alert = config.alert
    if alert is None:
        return None
    since = clock.starts(alert.from_, config.tz) if alert.from_ else now
    until = clock.ends(alert.until, config.tz) if alert.until else None
    if until and until <= now:
        return None
    return AlertView(
        title=alert.title,
        text=alert.text,
        link=desk.href(alert.link) if alert.link else None,
        period=_period(alert, desk.site.words),
        span=Span(
            since=since.isoformat() if since > now else None,
            until=until.isoformat() if until else None,
            later=since > now,
        ),
    )


def _period(alert: Alert, words: Words) -> str | None:
    """When the alert holds, in words that stay true."""
    since, until = alert.from_, alert.until
    if until and since:
        return words.text(
            "alert_between", since=lambda w: w.opening(since), until=lambda w: w.closing(until)
        )
    return words.text("alert_until", until=lambda w: w.closing(until)) if until else None


def _owner(desk: Desk) -> Contact | None:
    owner = desk.site.config.organisation
    if owner is None:
        return None
    return Contact(
        name=owner.name,
        legal_name=owner.legal_name,
        number=owner.number,
        address=owner.address,
        phone=LinkTo(label=owner.phone, url=tel(owner.phone)) if owner.phone else None,
        email=LinkTo(label=owner.email, url=f"mailto:{owner.email}") if owner.email else None,
    )
