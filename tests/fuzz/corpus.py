"""The inputs that are kept: small files, in a folder for each target."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.fuzz import oracle
from tests.fuzz.mutate import mutated

FOLDER = Path(__file__).parent / "corpus"


def kept(folder: Path = FOLDER) -> Iterator[tuple[str, bytes]]:
    """Every input, with the target that reads it."""
    for path in sorted(folder.glob("*/*")):
        yield path.parent.name, path.read_bytes()


def keep(target: str, data: bytes, folder: Path = FOLDER) -> Path:
    """Put an input beside the others; the same one always has the same name."""
    path = folder / target / hashlib.sha256(data).hexdigest()[:12]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


class Broken(Exception):
    """An input breaks a promise: the ``target`` that read it, and its ``data``."""

    def __init__(self, target: str, data: bytes, cause: BaseException) -> None:
        super().__init__(f"{type(cause).__name__}: {cause}")
        self.target, self.data = target, data


@dataclass(slots=True)
class Pool:
    """The inputs that changes begin with: those that are kept, and those that brought out more."""

    inputs: dict[str, list[bytes]] = field(default_factory=dict)
    seen: dict[str, set[str]] = field(default_factory=dict)

    def add(self, target: str, data: bytes) -> bool:
        """Check an input, and take it in where it brings out something new."""
        try:
            brought = oracle.check(target, data)
        except Exception as error:
            raise Broken(target, data, error) from error
        seen, inputs = self.seen.setdefault(target, set()), self.inputs.setdefault(target, [])
        is_new = not brought <= seen or not inputs
        seen |= brought
        if is_new:
            inputs.append(data)
        return is_new

    def step(self, random: Random) -> bool:
        """Change one input, and check what comes of it."""
        target = random.choice([*self.inputs])
        inputs = self.inputs[target]
        return self.add(target, mutated(random, random.choice(inputs), inputs))


def smaller(target: str, data: bytes) -> bytes:
    """The input with all left out that does not matter: it breaks the same promise."""
    wanted = _broken(target, data)
    size = len(data) // 2
    while size:
        for start in range(len(data) - size, -1, -size):
            less = data[:start] + data[start + size :]
            if len(less) < len(data) and _broken(target, less) == wanted:
                data = less
        size //= 2
    return data


def _broken(target: str, data: bytes) -> str:
    """The promise that an input breaks; empty when it keeps them all."""
    try:
        oracle.check(target, data)
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return ""
