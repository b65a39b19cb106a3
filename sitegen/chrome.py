"""What every page shares: the site's name, menus, help, alert, owner and assets."""

from __future__ import annotations

from sitegen import clock
from sitegen.model import (
    LinkTo,
)
from sitegen.present import Desk
from sitegen.urls import tel
from sitegen.views import AlertView, Chrome, Contact, HelpLine


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
        footer=tuple(LinkTo(label=m.label, url=desk.href(m.url)) for m in config.menus.footer),
        owner=_owner(desk),
        feed=desk.href("/feed.xml"),
        assets={name: desk.href(path) for name, path in desk.assets.items()},
    )


def _alert(desk: Desk) -> AlertView | None:
    config, now = desk.site.config, desk.site.now
    alert = config.alert
    if alert is None:
        return None
    early = alert.from_ and clock.starts(alert.from_, config.tz) > now
    late = alert.until and clock.ends(alert.until, config.tz) <= now
    if early or late:
        return None
    link = desk.href(alert.link) if alert.link else None
    return AlertView(title=alert.title, text=alert.text, link=link)


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
