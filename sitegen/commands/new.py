"""``sitegen new``: begin a post with a file that says what is still to do, and builds as it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from sitegen.hints import did_you_mean
from sitegen.kinds import BY_FOLDER, KINDS, Kind
from sitegen.problems import SitegenError
from sitegen.site import statement
from sitegen.source import schema, yaml_tree
from sitegen.source.nodes import Scalar
from sitegen.source.schema import Field, Group, ListOf, Need
from sitegen.source.yaml_faults import quoted
from sitegen.urls import slugify

LONGEST_TITLE = 120
# What a rule of the kind asks for although its table can't: one of several will do.
ASKED = {"consultation": ("ways_to_respond",)}
OFFERED = {
    "blog": ("image", "series", "standfirst", "pull_quote", "related", "publish_at"),
    "consultation": (
        "activity_type",
        "run_by",
        "external_url",
        "who_it_affects",
        "what_is_proposed",
        "documents",
        "alternative_formats",
        "publish_at",
    ),
    "explainer": ("image", "partners", "follows", "change_notes", "related", "documents"),
    "news": ("image", "source", "quotes", "dateline", "contact", "updates", "publish_at"),
    "page": ("summary", "nav_title", "nav_order", "parent", "last_reviewed_on", "next_review_due"),
}


def create(root: Path, kind: str, title: str, *, today: dt.date) -> Path:
    """Write the file of a new draft into the site at ``root``; its path.

    SitegenError, and nothing written, when it can't be: an unknown kind, a title that makes no
    address, a file that is there already.
    """
    chosen, title = _kind(kind), _title(title)
    slug, text = _slug(title), text_of(chosen, title, today)
    if not ((root / "content").is_dir() or (root / "config.yaml").is_file()):
        raise SitegenError(
            f"there is no site in {root}",
            fix="run sitegen in the folder of the site, or name its config.yaml with --config",
        )
    folder = root / "content" / chosen.folder
    if any(place.is_symlink() for place in (folder, folder.parent)):
        raise SitegenError(f"{folder} leads to another place, and nothing was written there")
    path, bundle = folder / f"{slug}.md", folder / slug / "index.md"
    try:
        if bundle.exists():
            raise FileExistsError
        folder.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        there = bundle if bundle.exists() else path
        raise SitegenError(
            f"{there} is there already, and was left as it is", fix="choose another title"
        ) from None
    except OSError as error:
        raise SitegenError(f"{path} can't be written: {error.strerror}") from None
    return path


def _kind(typed: str) -> Kind:
    """The kind of this name or folder."""
    word = typed.strip().casefold()
    found = KINDS.get(word) or BY_FOLDER.get(word)
    if found is None:
        hint = did_you_mean(word, [*KINDS, *BY_FOLDER])
        *most, last = KINDS
        raise SitegenError(
            f'"{typed}" is not a kind of post. {hint}'.rstrip(),
            fix=f"use {', '.join(most)} or {last}",
        )
    return found


def _title(typed: str) -> str:
    title = " ".join(typed.split())
    if not title:
        raise SitegenError("the title is empty", fix='sitegen new news "The title"')
    if len(title) > LONGEST_TITLE:
        raise SitegenError(
            f"the title has {len(title)} characters; {LONGEST_TITLE} is the most",
            fix="shorten it; the summary can say more",
        )
    return title


def _slug(title: str) -> str:
    slug = slugify(title)
    if slug in ("", "index"):
        raise SitegenError(
            f'nothing of the title "{title}" can be in an address'
            if not slug
            else f'"{title}" makes a file called index.md, which means something else',
            fix="begin with another title, in letters a–z, and change it in the file afterwards",
        )
    return slug


def text_of(kind: Kind, title: str, today: dt.date) -> str:
    """The text of a new draft of a kind."""
    known = {"title": _yaml(title), "date": today.isoformat()}
    rows = {row.name: row for row in schema.fields(kind.front)}
    is_statement = kind.name == "page" and slugify(title) == statement.NAME
    asked = ("last_reviewed_on",) if is_statement else ASKED.get(kind.name, ())
    lines = ["---"]
    for row in rows.values():
        if row.need is Need.OPTIONAL and row.name not in asked:
            continue
        if row.name in known:
            lines.append(f"{row.name}: {known[row.name]}")
        else:
            lines += [f"# TODO: {_about(row)}", *_field(row, told=True)]
        if row.name == ("date" if rows["date"].need is Need.REQUIRED else "title"):
            lines.append("draft: true")
    lines.append("# You may also use these: delete the # and the space before a field.")
    for name in (name for name in OFFERED[kind.name] if name not in asked):
        lines += [f"# {line}" for line in _field(rows[name])]
    body = statement.outline() if is_statement else "TODO: write the text here\n"
    return "\n".join([*lines, "---", "", body])


def _yaml(text: str) -> str:
    """A text as a YAML value: plain where that is read as it was meant, else in quotes."""
    with suppress(UnicodeEncodeError):
        for value in (text, quoted(text)):
            tree = yaml_tree.parse(f"x: {value}", path="")
            node = tree.root.entries[0][1] if tree.root and tree.root.entries else None
            if not tree.problems and isinstance(node, Scalar) and node.text == text:
                return value
    raise SitegenError(
        f"the title {text!a} holds a character that can't be shown",
        fix="type the title again",
    )


def _field(row: Field, *, told: bool = False) -> Iterator[str]:
    """A field without a value, on a line; a group's or a list of groups' on several."""
    item = row.type.item if isinstance(row.type, ListOf) else row.type
    about = "" if told else f"   # {_about(row)}"
    if isinstance(item, Group):
        yield f"{row.name}:{about}"
        first = "  - " if item is not row.type else "  "
        for i, inner in enumerate(schema.fields(item.table)):
            indent = first if i == 0 else " " * len(first)
            yield f"{indent}{inner.name}:   # {_about(inner)}"
    else:
        yield f"{row.name}:{' []' if isinstance(row.type, ListOf) else ''}{about}"


def _about(row: Field) -> str:
    """What a field is for, and what it takes where that isn't clear."""
    item = row.type.item if isinstance(row.type, ListOf) else row.type
    takes = "" if isinstance(item, Group) else item.describe()
    if takes in ("", "text", row.doc):
        return row.doc
    return f"{row.doc} ({takes if item is row.type else f'[{takes}, …]'})"
