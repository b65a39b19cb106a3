"""YAML as editors' tools read it: YAML 1.2's core schema, in which there are no dates."""

from __future__ import annotations

import json
import re
from typing import Any

import yaml


class Core(yaml.SafeLoader):
    """PyYAML with the types of YAML 1.2.2, 10.3.2: null, bool, int, float and text."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012


def _plain(tag: str, pattern: str, read: Any) -> None:
    name = f"tag:yaml.org,2002:{tag}"
    Core.add_implicit_resolver(name, re.compile(rf"(?:{pattern})$"), None)
    Core.add_constructor(name, lambda loader, node: read(loader.construct_scalar(node)))


_plain("null", "~|null|Null|NULL|", lambda text: None)
_plain("bool", "true|True|TRUE|false|False|FALSE", lambda text: text.lower() == "true")
_plain("int", r"[-+]?[0-9]+", int)
_plain("float", r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?", float)


def load(text: str) -> Any:
    """The value of a YAML text, as JSON has it."""
    return json.loads(json.dumps(yaml.load(text, Loader=Core)))
