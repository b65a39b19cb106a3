"""What machines read in the head of a page: JSON-LD, and Open Graph (ogp.me).

Both say only what the page shows to people too. Each ``of_…`` takes the ``Head`` of a page and
returns it with both; pages that are not to be found (404, redirects) have neither.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from sitegen.model import Entry
from sitegen.pages import jsonld
from sitegen.pages.album import share_image
from sitegen.pages.desk import Desk
from sitegen.pages.jsonld import Node
from sitegen.source.words import is_english
from sitegen.views.frame import Head, Share, SharedImage
from sitegen.views.lists import Letter


def of_post(head: Head, entry: Entry, desk: Desk) -> Head:
    """A post's page and what it holds; of one that has ended, only that it has."""
    if entry.ended:
        ended = jsonld.page(head, desk, expires=jsonld.ends(entry, desk))
        return _told(head, [ended], desk)
    image = share_image(entry, desk)
    nodes = jsonld.post(head, entry, image, desk)
    return _told(head, nodes, desk, image=image, article=entry if entry.kind != "page" else None)


def of_list(head: Head, desk: Desk) -> Head:
    """A page that lists others."""
    page = jsonld.page(head, desk, "CollectionPage", description=head.description)
    return _told(head, [page], desk)


def of_glossary(head: Head, letters: Iterable[Letter], desk: Desk) -> Head:
    """The glossary: a set of terms."""
    terms = jsonld.terms(head, letters)
    return _told(head, [jsonld.page(head, desk, mainEntity=terms)], desk)


def of_home(head: Head, desk: Desk) -> Head:
    """The home page: the site as a whole, and the organisation whose it is."""
    return _told(head, [jsonld.whole_site(head, desk)], desk)


def _told(
    head: Head,
    nodes: Iterable[Node],
    desk: Desk,
    *,
    image: SharedImage | None = None,
    article: Entry | None = None,
) -> Head:
    """A head with these nodes and its breadcrumbs, and with what is shown where it is shared."""
    share = Share(
        type="article" if article else "website",
        title=head.title,
        description=head.description,
        url=head.canonical,
        site_name=desk.site.config.title,
        locale=locale(head.lang),
        image=image,
        published=jsonld.published(article, desk) if article else None,
        modified=jsonld.modified(article) if article else None,
    )
    return replace(head, share=share, data=jsonld.script([*nodes, *jsonld.crumbs(head, desk)]))


def locale(lang: str) -> str:
    """A BCP 47 tag as Open Graph writes it: ``en_GB``; ``pl_PL`` for a language by itself."""
    language, *others = lang.split("-")
    territory = next((part for part in others if len(part) == 2), "")
    if not territory:  # English is Britain's, as in all words of the site
        usual = "GB" if is_english(lang) else _likely(lang.replace("-", "_"))
        territory = next(
            (part for part in usual.split("_") if len(part) == 2 and part.isupper()), ""
        )
    return f"{language}_{territory.upper()}" if territory else language


def _likely(language: str) -> str:
    """A language with its usual script and territory (Unicode CLDR): ``pl_Latn_PL``."""
    from babel.core import get_global  # slow to load, and few sites need it

    return str(get_global("likely_subtags").get(language, ""))
