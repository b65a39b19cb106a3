"""Field tables: a mapping with places becomes a dataclass, or every fault with a hint.

A table is a frozen dataclass whose fields are declared with ``field(type, doc, need)``. One table
has many uses: it validates front matter, config.yaml and the shared facts, drives ``sitegen new``,
and is the reference in the docs, the JSON Schema for whoever types and the web editor's forms.

Every value is read by the type that its field has, never by a guess at what the text may be:
``no``, ``9:30``, ``1.10`` and ``111`` are text where text is expected.
"""

from __future__ import annotations

import dataclasses
import re
from collections import abc
from collections.abc import Hashable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from enum import Enum
from functools import cache
from typing import Any, ClassVar, cast
from zoneinfo import ZoneInfo

from sitegen.hints import did_you_mean, hinted
from sitegen.problems import Place, Problem, Severity, problem
from sitegen.source.nodes import Mapping, Node, Scalar, Sequence, is_empty


class Need(Enum):
    """Whether a field must be there. A draft may lack required and recommended fields."""

    REQUIRED = "required"
    RECOMMENDED = "recommended"
    OPTIONAL = "optional"


@dataclass(slots=True)
class Reading:
    """What the reading of one file finds. Local to that reading; its results are frozen."""

    path: str
    tz: ZoneInfo
    draft: bool = False
    problems: list[Problem] = dataclass_field(default_factory=list)
    places: dict[str, Place] = dataclass_field(default_factory=dict)
    unread: set[str] = dataclass_field(default_factory=set)  # typed, but not as it must be

    def fault(
        self,
        code: str,
        at: Place | str,
        message: str,
        *,
        fix: str = "",
        severity: Severity = Severity.ERROR,
    ) -> None:
        """Note a problem at a place, or at the dotted name of a field that was read."""
        place = self.place(at) if isinstance(at, str) else at
        self.problems.append(problem(code, message, self.path, place, fix=fix, severity=severity))

    def forget(self, start: str) -> None:
        """Let go of the fields whose dotted names begin so: what they are in is left out."""
        self.places = {at: p for at, p in self.places.items() if not at.startswith(start)}
        self.unread = {at for at in self.unread if not at.startswith(start)}

    def lacks(self, code: str, at: Place | str, message: str, *, fix: str = "") -> None:
        """Note that something is missing; a draft may lack it."""
        if not self.draft:
            self.fault(code, at, message, fix=fix)

    def place(self, name: str) -> Place:
        """The place of a dotted name, or of the nearest thing around it."""
        return place_of(self.places, name)


def place_of(places: abc.Mapping[str, Place], name: str) -> Place:
    """The place of a field by dotted name (``image.src``), else of what it is in."""
    while name and name not in places:
        name = name.rpartition(".")[0]
    return places.get(name, Place())


class Type:
    """How the value of a field is read. Subclasses say what they hold in ``described``."""

    described: ClassVar[str] = ""

    def describe(self) -> str:
        """The type in a few words, for the reference."""
        return self.described

    def sample(self) -> str:
        """What to type after the field's name."""
        return "…"

    def json_schema(self) -> dict[str, Any]:
        """What may be typed, in JSON Schema (draft-07), as YAML 1.2 reads it."""
        raise NotImplementedError

    def read(self, node: Node, at: str, reading: Reading) -> Any:
        """The value, or None after noting what is wrong with it."""
        raise NotImplementedError


class Bad(Exception):
    """A text that its field's type can't take: code, message and what to type instead."""

    def __init__(self, code: str, message: str, fix: str = "") -> None:
        super().__init__(message)
        self.code, self.message, self.fix = code, message, fix


class OfText(Type):
    """A type that reads one scalar: ``parse`` gives the value or raises ``Bad``.

    ``between`` is a pattern of what no such text holds: in a list that was not typed as one it
    stands between the items.
    """

    between: ClassVar[str] = ""

    def parse(self, text: str, reading: Reading) -> Any:
        """The value of the text."""
        raise NotImplementedError

    def read(self, node: Node, at: str, reading: Reading) -> Any:
        """The value, or None after noting what is wrong with it."""
        name = called(at)
        if not isinstance(node, Scalar):
            what = "a list" if isinstance(node, Sequence) else "a group of fields"
            message = f"{name} takes {self.describe()}, and this is {what}"
            reading.fault("not-text", node.place, message, fix=_as_text(node, at))
            return None
        if bad := UNSHOWABLE.search(node.text):
            reading.fault(
                "bad-character",
                node.place,
                f"{name} holds a character that can't be shown (U+{ord(bad[0]):04X})",
                fix="delete it and type the text again",
            )
            return None
        try:
            return self.parse(node.text.strip(), reading)
        except Bad as bad_value:
            reading.fault(bad_value.code, node.place, bad_value.message, fix=bad_value.fix)
            return None


def _as_text(node: Node, at: str) -> str:
    """What was probably meant by a list of one text, or by a text with a colon in it."""
    name = at.rpartition(".")[2]
    start = "" if name.isdigit() else f"{name}: "
    match node:
        case Sequence(items=(Scalar(text=text),)):
            return f"{start}{text}"
        case Mapping(entries=((Scalar(text=key), Scalar(text=text)),)) if text:
            return f'{start}"{key}: {text}"'
    return ""


def called(at: str) -> str:
    """A field by its own name; an item by that of its list."""
    rest, _, name = at.rpartition(".")
    return f'an item of "{rest.rpartition(".")[2]}"' if name.isdigit() else f'"{name}"'


# What neither XML nor a screen can hold: controls, lone surrogates and non-characters.
UNSHOWABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


SIGNS = r"[,;•·|]|(?:^|\s)#"  # what else is typed between the items of a list


MOST_ITEMS = 1000  # of any list, and fields of a group; all further ones are passed over


@dataclass(frozen=True)
class ListOf(Type):
    """A list of one type; a single value where a list is expected is a fault."""

    item: Type
    most: int | None = None

    def describe(self) -> str:
        """The type in a few words."""
        most = f", up to {self.most}" if self.most else ""
        return f"list of {self.item.describe()}{most}"

    def sample(self) -> str:
        """What to type after the field's name."""
        return f"[{self.item.sample()}]"

    def json_schema(self) -> dict[str, Any]:
        """A list, and what each of its items may be."""
        most = {"maxItems": self.most} if self.most else {}
        return {"type": "array", "items": self.item.json_schema(), **most}

    def read(self, node: Node, at: str, reading: Reading) -> tuple[Any, ...] | None:
        """A tuple of the items that could be read."""
        name = at.rpartition(".")[2]
        if not isinstance(node, Sequence):
            reading.fault(
                "not-a-list",
                node.place,
                f'"{name}" takes a list',
                fix=_as_list(name, node, self.item),
            )
            return None
        if self._runs_together(node):
            message = f'the items of "{name}" need commas between them'
            fix = _as_list(name, node, self.item)
            reading.fault("not-a-list", node.items[0].place, message, fix=fix)
            return None
        most = self.most or MOST_ITEMS
        if len(node.items) > most:
            reading.fault("too-many", node.items[most].place, f'"{name}" takes at most {most}')
        items: list[Any] = []
        for item in node.items[:MOST_ITEMS]:
            here = f"{at}.{len(items)}"  # its number among those that can be read
            reading.places[here] = item.place
            if isinstance(item, Scalar) and is_empty(item):
                reading.fault("empty-item", item.place, f'an item of "{name}" is empty')
            elif (read := self.item.read(item, here, reading)) is not None:
                items.append(read)
            else:
                reading.forget(f"{here}.")
        return tuple(items)

    def _runs_together(self, node: Sequence) -> bool:
        """Whether items were typed with other signs between them: ``[• care • dentistry]``."""
        signs = self.item.between if isinstance(self.item, OfText) else ""
        texts = (item.text.strip() for item in node.items if isinstance(item, Scalar))
        return bool(signs) and any(re.search(signs, text) for text in texts)


def _as_list(name: str, node: Node, item: Type) -> str:
    if isinstance(item, Group):
        first, *rest = item.outline(node)
        return "\n".join([f"{name}:", f"  - {first}", *(f"    {line}" for line in rest)])
    if isinstance(node, Mapping):  # {care, dentistry}
        words = [key.text for key, value in node.entries]
    elif isinstance(node, Sequence):  # [• care • dentistry]
        typed = " , ".join(item.text for item in node.items if isinstance(item, Scalar))
        words = [w.strip() for w in re.split(SIGNS, typed)]
    else:
        # "-care - dentistry" is a list whose hyphens have no space after them.
        text = node.text.strip("()[]“” ") if isinstance(node, Scalar) else ""
        parts = re.split(r"(?:^|\s)-\s*", text) if text.startswith("-") else re.split(SIGNS, text)
        words = [w.strip() for w in parts]
    return f"{name}: [{', '.join(w for w in words if w)}]"


@dataclass(frozen=True)
class Group(Type):
    """Named fields, read into a table's dataclass."""

    table: type[Any]

    def describe(self) -> str:
        """The names of its fields."""
        names = (f.name + ("" if f.need is Need.OPTIONAL else "*") for f in fields(self.table))
        return "{" + ", ".join(names) + "}"

    def json_schema(self) -> dict[str, Any]:
        """The fields that it may have. Which of them it must have is for who asks to say."""
        return {
            "type": "object",
            "properties": {row.name: _property(row) for row in fields(self.table)},
            "patternProperties": {"^x-": {"description": "a private note"}},
            "additionalProperties": False,
        }

    def read(self, node: Node, at: str, reading: Reading) -> Any:
        """An instance of the table, or None when the node is no group or lacks what it needs."""
        if isinstance(node, Mapping):
            group = read_group(self.table, node, at, reading)
            needed = (row.attr for row in fields(self.table) if row.need is Need.REQUIRED)
            return None if any(getattr(group, name) is None for name in needed) else group
        name = at.rpartition(".")[2]
        is_item, typed = name.isdigit(), self.outline(node)
        what = "this item" if is_item else f'"{name}"'
        one = typed[0].partition(":")[0]
        message = f'{what} needs fields with names, such as "{one}"'
        start = [] if is_item else [f"{name}:"]
        lines = [f"{'- ' if is_item and i == 0 else '  '}{line}" for i, line in enumerate(typed)]
        reading.fault("not-a-group", node.place, message, fix="\n".join([*start, *lines]))
        return None

    def outline(self, node: Node) -> list[str]:
        """The lines to type for what is needed; a text that was typed is the first one's value."""
        rows = [row for row in fields(self.table) if row.need is Need.REQUIRED]
        rows = rows or [*fields(self.table)[:2]]
        first, *rest = (f"{row.name}: {_told(row)}" for row in rows)
        if isinstance(node, Scalar) and isinstance(rows[0].type, OfText):
            with suppress(Bad):
                text = node.text.strip()
                rows[0].type.parse(text, Reading("", ZoneInfo("UTC")))
                fits = text and not ("/" in text and rows[0].type.describe() == "text")
                first = f"{rows[0].name}: {text}" if fits else first
        return [first, *rest]


@dataclass(frozen=True)
class MapOf(Type):
    """Keys of one type with values of another: the shared facts, by id."""

    key: OfText
    value: Type

    def describe(self) -> str:
        """The type in a few words."""
        return f"{{{self.key.describe()}: {self.value.describe()}}}"

    def json_schema(self) -> dict[str, Any]:
        """What its keys may be, and what each may hold."""
        key, value = self.key.json_schema(), self.value.json_schema()
        if words := key.get("enum"):
            each = dict.fromkeys(words, value)
            return {"type": "object", "properties": each, "additionalProperties": False}
        return {"type": "object", "propertyNames": key, "additionalProperties": value}

    def read(self, node: Node, at: str, reading: Reading) -> dict[str, Any] | None:
        """A dict in the order of the file."""
        if not isinstance(node, Mapping):
            what = at.rpartition(".")[2] or "this file"
            item = next(iter(node.items), None) if isinstance(node, Sequence) else node
            name = item.text if isinstance(item, Scalar) else "…"
            message = f'"{what}" needs lines "name: value", and the name is {self.key.describe()}'
            fix = f"{what}:\n  {name}: {self.value.sample()}"
            reading.fault("not-a-group", node.place, message, fix=fix)
            return None
        result = {}
        for key, value in node.entries:
            name = self.key.read(key, f"{at}.{key.text}".lstrip("."), reading)
            inner = f"{at}.{key.text if name is None else name}".lstrip(".")
            if name in result:  # they differ in white space only
                message, fix = f'"{name}" is also set above', "keep one of the two lines"
                reading.fault("duplicate-key", key.place, message, fix=fix)
                continue
            reading.places[inner] = key.place
            if is_empty(value) and isinstance(self.value, OfText):
                fix = f"fill in {key.text}: {self.value.sample()}"
                message = f'"{key.text}" has nothing after it'
                reading.fault("empty-item", key.place, message, fix=fix)
                continue
            if isinstance(self.value, Group) and isinstance(value, Mapping):
                read = read_group(self.value.table, value, inner, reading)
            else:
                read = self.value.read(value, inner, reading)
            if read is None and isinstance(self.value, Group):
                read = self.value.table()  # faulty, but there: others may name it
            if name is not None and read is not None:
                result[name] = read
        return result


@dataclass(frozen=True, slots=True)
class Field:
    """One row of a table. ``attr`` is the dataclass's name for it: ``from`` is ``from_`` there.

    ``default`` is the text, number or truth that holds where nothing is typed; None for others.
    """

    name: str
    attr: str
    type: Type
    doc: str
    need: Need
    default: str | int | None = None


def field(type_: Type, doc: str, need: Need = Need.OPTIONAL, *, default: object = None) -> Any:
    """Declare a field of a table. A list's default is the empty tuple."""
    if default is None and isinstance(type_, ListOf):
        default = ()
    return dataclass_field(default=default, metadata={"type": type_, "doc": doc, "need": need})


def fields(table: type[Any]) -> tuple[Field, ...]:
    """The rows of a table, in order."""
    return _fields(cast(Hashable, table))


@cache
def _fields(table: Hashable) -> tuple[Field, ...]:
    return tuple(
        Field(
            name=f.name.rstrip("_"),
            attr=f.name,
            type=f.metadata["type"],
            doc=f.metadata["doc"],
            need=f.metadata["need"],
            default=f.default if isinstance(f.default, str | int) else None,
        )
        for f in dataclasses.fields(cast(Any, table))
        if "type" in f.metadata
    )


# What counts as absent, wherever a field may stand: ``is_empty``, in JSON Schema. No example of
# it is named, or an editor would offer that.
NOTHING = {"$ref": "#/definitions/nothing"}
DEFINITIONS = {
    "nothing": {
        "description": "nothing, as if the field were not there",
        "not": {"type": ["boolean", "number"]},
        "pattern": r"^\s*$",
        "maxItems": 0,
        "maxProperties": 0,
    }
}


def _property(row: Field) -> dict[str, Any]:
    """A field in JSON Schema. With nothing after its colon it counts as absent."""
    default = {} if row.default is None else {"default": row.default}
    return {"description": row.doc, "anyOf": [row.type.json_schema(), NOTHING], **default}


def read_group(table: type[Any], node: Mapping, at: str, reading: Reading) -> Any:
    """An instance of a table from a mapping. What is faulty or absent has its default."""
    rows = {f.name: f for f in fields(table)}
    values = {}
    prefix = f"{at}." if at else ""
    if len(node.entries) > MOST_ITEMS:
        message = f"there are no more than {MOST_ITEMS} fields to read"
        reading.fault("too-many", node.entries[MOST_ITEMS][0].place, message)
    for key, value in node.entries[:MOST_ITEMS]:
        if key.text.startswith("x-"):
            continue
        row = rows.get(key.text)
        if row is None and (group := _strayed(key.text, node, rows)):
            message = f'"{key.text}" is a field of "{group}", and stands beside it'
            fix = f"put two spaces before it:\n{group}:\n  {key.text}: …"
            reading.fault("unknown-field", key.place, message, fix=fix)
            continue
        if row is None:
            _unknown(key, table, reading)
            continue
        reading.places[prefix + row.name] = key.place if is_empty(value) else value.place
        if not is_empty(value):
            read = row.type.read(value, prefix + row.name, reading)
            values[row.attr] = read
            if read is None:
                reading.unread.add(prefix + row.name)
    # "Title" is told as a slip, and is not missing as well.
    given = {name for k, v in node.entries if not is_empty(v) for name in (k.text, _plain(k.text))}
    for row in rows.values():
        if row.name not in given and not reading.draft:
            _missing(row, prefix + row.name, node, reading)
    return table(**{name: value for name, value in values.items() if value is not None})


def sample(group: Any, name: str) -> str:
    """What to type after the name of a group's field."""
    return next(_told(row) for row in fields(type(group)) if row.name == name)


def _told(row: Field) -> str:
    """What to type after a field's name: its form, else what it is."""
    shown = row.type.sample()
    return row.doc if shown == "…" else shown


def _plain(name: str) -> str:
    """A field's name as it is spelled here: small letters, no spaces."""
    return re.sub(r"[\s_-]+", "_", name.strip().lower())


def _strayed(name: str, node: Mapping, rows: abc.Mapping[str, Field]) -> str:
    """The group that stands empty before a field of its own; the indent is missing."""
    empty = (rows[k.text] for k, value in node.entries if k.text in rows and is_empty(value))
    groups = ((row.name, row.type.table) for row in empty if isinstance(row.type, Group))
    return next((at for at, table in groups if name in {f.name for f in fields(table)}), "")


def _unknown(key: Scalar, table: type[Any], reading: Reading) -> None:
    slips: dict[str, str] = getattr(table, "SLIPS", {})
    if key.text in slips:
        reading.fault(
            "unknown-field", key.place, f'"{key.text}" is not a field', fix=slips[key.text]
        )
        return
    if re.fullmatch(r"\d[\d.]*", key.text):
        message = f'"{key.text}" is no field: between {{ and }} a comma ends a value'
        fix = "write a number without commas: 1150, not 1,150"
        reading.fault("unknown-field", key.place, message, fix=fix)
        return
    hint = did_you_mean(key.text, [f.name for f in fields(table)])
    what = getattr(table, "CALLED", "field")
    reading.fault(
        "unknown-field",
        key.place,
        hinted(f'"{key.text}" is not a {what}', hint),
        fix=f"delete the line, or rename it x-{key.text.replace(' ', '-')} to keep a private note"
        if not hint
        else "",
    )


def _missing(row: Field, at: str, node: Mapping, reading: Reading) -> None:
    if row.need is Need.OPTIONAL:
        return
    required = row.need is Need.REQUIRED
    reading.fault(
        "missing-field",
        reading.places.get(at) or (node.place if "." in at else Place()),
        f'"{row.name}" is {"missing" if required else "recommended"}: {row.doc}',
        fix=f"{to_add(at, reading)}: {row.type.sample()}",
        severity=Severity.ERROR if required else Severity.WARNING,
    )


def to_add(at: str, reading: Reading) -> str:
    """``add name`` of a field that is missing; ``fill in name`` where its line is there, empty."""
    return f"{'fill in' if at in reading.places else 'add'} {at.rpartition('.')[2]}"


def leaves(group: Any, at: str = "") -> Iterator[tuple[str, Type, Any]]:
    """Every single value of a table's instance: its dotted name, its type and the value."""
    for row in fields(type(group)):
        value = getattr(group, row.attr)
        if value is not None and value != ():  # as most are
            yield from _leaves(row.type, value, f"{at}{row.name}")


def _leaves(type_: Type, value: Any, at: str) -> Iterator[tuple[str, Type, Any]]:
    if isinstance(type_, Group):
        yield from leaves(value, at + ".")
    elif isinstance(type_, ListOf):
        for i, item in enumerate(value):
            yield from _leaves(type_.item, item, f"{at}.{i}")
    elif not isinstance(type_, MapOf):
        yield at, type_, value
