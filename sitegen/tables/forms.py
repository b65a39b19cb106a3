"""The web editor's forms: the field tables as a configuration of Sveltia CMS.

Every row of a table is one field of a form, with its label, its sentence as the hint, and a widget
that saves what the row's type reads. Moments are texts: a widget for them would add a time where
an editor gave a day only. Rules between fields are left to the build.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from types import MappingProxyType
from typing import Any

from sitegen.kinds import KINDS, Kind
from sitegen.source import facts, fieldtypes
from sitegen.source.config import Config, Editor
from sitegen.source.fieldtypes import (
    Choice,
    Day,
    Decimal,
    Flag,
    Lines,
    Matching,
    Prose,
    Text,
    When,
    Whole,
)
from sitegen.source.schema import Field, Group, ListOf, Need, Type, fields

Value = dict[str, Any]
Labels = Mapping[str, str]

BODY: Value = {"name": "body", "label": "Text", "required": False}
PICTURES = {"src", "photo"}
API = {"github": "/api/v3", "gitlab": "/api/v4", "gitea": "/api/v1"}
ICONS = {
    "blog": "edit",
    "consultation": "chat",
    "explainer": "book",
    "news": "article",
    "page": "description",
}
# What a field is called where its name alone would not say it.
LABELS = {
    "aliases": "Old addresses",
    "alt": "What the picture shows",
    "as_of": "Day",
    "cta": "Calls to action",
    "external_url": "Web address",
    "html": "Page that says the same",
    "id": "ID",
    "lang": "Language",
    "link_url": "Online form",
    "source_url": "Web address of the source",
    "src": "Picture",
    "url": "Web address",
}
FIELD_NAME = re.compile(r"[^\s.*:<>]+")  # as Sveltia CMS would have it
MOMENT = r"^\d{4}-\d{2}-\d{2}( (?!00:00)\d{2}:\d{2})?$"  # midnight could be either day's
SOON = ("draft", "ways_to_respond", "external_url")  # what stands first though a table can't ask it
NUMBER = r"^-?\d{1,12}(\.\d{1,6})?$"


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """What fields may name: ids, and the words by which to choose one."""

    tags: Labels = dataclass_field(default_factory=dict)
    people: Labels = dataclass_field(default_factory=dict)
    organisations: Labels = dataclass_field(default_factory=dict)
    series: Labels = dataclass_field(default_factory=dict)
    actions: Labels = dataclass_field(default_factory=dict)
    posts: Labels = dataclass_field(default_factory=dict)


def names(known: facts.Facts, posts: Labels) -> Names:
    """The names in the shared facts, and the titles of posts by ref."""
    return Names(
        tags={name: tag.label for name, tag in known.tags.items()},
        people={name: person.name for name, person in known.people.items()},
        organisations={name: body.name for name, body in known.organisations.items()},
        series={name: series.title for name, series in known.series.items()},
        actions={name: action.title for name, action in known.actions.items()},
        posts=posts,
    )


def configuration(
    config: Config, editor: Editor, known: facts.Facts, posts: Labels = MappingProxyType({})
) -> Value:
    """All that Sveltia CMS is told: where to save, and a form for each kind and each fact.

    ``posts`` are the titles of those that are published, by ref: a field of Sveltia's that finds
    posts by itself does so in one folder only.
    """
    found = names(known, posts)
    return {
        "backend": backend(editor),
        **({"publish_mode": "editorial_workflow"} if editor.review else {}),
        "app_title": f"Editing {config.title}",
        "site_url": config.base_url,
        "media_folder": "content/media",
        "public_folder": "/media",
        # Pictures from elsewhere would need other hosts; names are made fit for an address.
        "media_libraries": {
            "default": {"config": {"slugify_filename": True}},
            "stock_assets": {"providers": []},
        },
        "slug": {"encoding": "ascii", "clean_accents": True, "maxlength": 80, "timezone": "local"},
        "show_preview_links": False,
        "editor": {"preview": False},
        "output": {"omit_empty_optional_fields": True},
        "collections": [
            *(collection(kind, found) for kind in KINDS.values()),
            *_shared(known, found),
        ],
    }


def backend(editor: Editor) -> Value:
    """The Git host. Without a service for it, people sign in with an access token alone."""
    if editor.backend == "test-repo":
        return {"name": "test-repo"}
    host = editor.host.rstrip("/") if editor.host else None
    own: Value = {"api_root": host + API[editor.backend]} if host else {}
    if editor.backend == "github":
        signs_in = {"base_url": editor.sign_in} if editor.sign_in else {}
    else:
        own |= {"base_url": host} if host else {}
        pkce = {"auth_type": "pkce"} if editor.backend == "gitlab" else {}
        signs_in = {**pkce, "app_id": editor.app_id} if editor.app_id else {}
    return {
        "name": editor.backend,
        "repo": editor.repo,
        "branch": editor.branch,
        **own,
        **(signs_in or {"auth_methods": ["token"]}),
    }


def collection(kind: Kind, found: Names) -> Value:
    """The posts of a kind. A new one is named after its title; files in folders stay there."""
    return {
        "name": kind.folder,
        "label": kind.plural,
        "label_singular": kind.label,
        "icon": ICONS[kind.name],
        "folder": f"content/{kind.folder}",
        "extension": "md",
        "format": "yaml-frontmatter",
        "create": True,
        "slug": "{{title}}",
        "nested": {"subfolders": False},
        "sortable_fields": {
            "fields": ["title", "date"],
            "default": {"field": "date", "direction": "descending"}
            if kind.dated
            else {"field": "title"},
        },
        "fields": post(kind, found),
    }


def post(kind: Kind, found: Names) -> list[Value]:
    """The form of a kind: what a post needs, its text, and then what it may have."""
    rows = fields(kind.front)
    first = [row for row in rows if row.need is not Need.OPTIONAL or row.name in SOON]
    rest = [row for row in rows if row not in first]
    form = [
        *(of_field(row, found) for row in first),
        {**BODY, **_markdown()},
        *(of_field(row, found) for row in rest),
    ]
    # A default is given to posts that are opened as well, so only what none may lack has one.
    today = {"name": "date", "required": True}
    return [
        {**field, "default": "{{now}}"} if today.items() <= field.items() else field
        for field in form
    ]


def of_field(row: Field, found: Names) -> Value:
    """A row of a table as a field of a form."""
    return {
        "name": row.name,
        "label": LABELS.get(row.name) or row.name.replace("_", " ").capitalize(),
        "hint": _hint(row),
        "required": row.need is Need.REQUIRED,
        **widget(row.type, row.name, found),
    }


def _hint(row: Field) -> str:
    """What a field is for, how it is typed where that isn't shown, and when it is needed."""
    hint = row.doc[0].upper() + row.doc[1:]
    if isinstance(row.type, When):
        hint += " (2026-12-01, or 2026-12-01 17:00)"
    if row.need is Need.RECOMMENDED:
        hint += ". Needed before it is published"
    return hint


def widget(type_: Type, name: str, found: Names) -> Value:
    """The widget that saves what a type reads."""
    match type_:
        case ListOf():
            return _list(type_, name, found)
        case Group():
            inner = [of_field(row, found) for row in fields(type_.table)]
            return {"widget": "object", "collapsed": "auto", "fields": inner}
        case Flag():
            return {"widget": "boolean", "default": False}
        case Whole():
            return {"widget": "number", "value_type": "int", "min": type_.least}
        case Day():
            return {"widget": "datetime", "type": "date", "format": "YYYY-MM-DD"}
        case When():
            return _string(MOMENT, type_)
        case Decimal():
            return _string(NUMBER, type_)
        case Choice():
            return {"widget": "select", "options": list(type_.words)}
        case Matching():
            return _string(_javascript(type_), type_)
        case Prose():
            return {**_markdown(), "minimal": True}
        case Lines():
            return {"widget": "text"}
        case Text():
            return {"widget": "string", **({"maxlength": type_.most} if type_.most else {})}
        case _:
            return _named(type_, name, found)


def _named(type_: Type, name: str, found: Names) -> Value:
    """A name of something kept elsewhere: chosen, or typed where any name will do."""
    choices: Mapping[Type, Labels] = {
        fieldtypes.Tag: found.tags,
        fieldtypes.SeriesId: found.series,
        fieldtypes.ActionId: found.actions,
        fieldtypes.Ref: found.posts,
    }
    offered: Mapping[Type, Labels] = {
        fieldtypes.Person: {**found.people, **found.organisations},
        fieldtypes.Organisation: found.organisations,
    }
    if labels := choices.get(type_):  # where there is none to choose from, one is typed
        options = [{"label": label, "value": name} for name, label in labels.items()]
        return {"widget": "select", "options": options}
    if type_ in offered:
        ids = ", ".join(offered[type_])
        return {"widget": "string", **({"comment": f"A name, or one of: {ids}"} if ids else {})}
    if type_ is fieldtypes.File:
        return {"widget": "image" if name in PICTURES else "file"}
    return {"widget": "string"}


def _list(type_: ListOf, name: str, found: Names) -> Value:
    """Several of a choice are chosen together; anything else is added one by one."""
    most = {"max": type_.most} if type_.most else {}
    item = widget(type_.item, name, found)
    if item["widget"] == "select":
        return {**item, "multiple": True, **most}
    if isinstance(type_.item, Group):
        return {"widget": "list", "collapsed": "auto", "fields": item["fields"], **most}
    inner = {"name": "item", "label": "Entry", "required": True, **item}
    return {"widget": "list", "field": inner, **most}


def _string(pattern: str, type_: Type) -> Value:
    """A text of one shape."""
    told = type_.fix if isinstance(type_, Matching) and type_.fix else type_.describe()
    return {"widget": "string", "pattern": [pattern, told]}


def _javascript(type_: Matching) -> str:
    """A pattern for the whole of a text, as browsers read it (ECMA 262)."""
    return f"^(?:{type_.pattern.pattern})$"


def _markdown() -> Value:
    return {
        "widget": "markdown",
        "modes": ["raw", "rich_text"],
        "editor_components": ["image"],
        "linked_images": False,
        "use_emoji_autocomplete": False,
    }


def _shared(known: facts.Facts, found: Names) -> list[Value]:
    """The files of shared facts: what stands under each id. Ids are added in the file itself.

    A file with an id that can't be a field's name (a phrase) is left out.
    """
    files = [
        {
            "name": stem,
            "label": stem.capitalize(),
            "file": f"content/{stem}.yaml",
            "format": "yaml",
            "fields": [_fact(name, type_.value, found) for name in getattr(known, stem)],
        }
        for stem, type_ in facts.FILES.items()
        if getattr(known, stem) and all(map(FIELD_NAME.fullmatch, getattr(known, stem)))
    ]
    if not files:
        return []
    label = {"name": "facts", "label": "Shared facts", "icon": "library_books"}
    return [{**label, "files": files}]


def _fact(name: str, type_: Type, found: Names) -> Value:
    return {"name": name, "label": name, **widget(type_, name, found)}
