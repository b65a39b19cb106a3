"""CBOR, as far as a search index needs it: whole numbers, text and arrays (RFC 8949).

Lengths are known beforehand and every number is as short as it can be: the RFC's preferred
serialization (section 4.1). So what is read here and written again has the same bytes.
"""

from __future__ import annotations

Value = int | str | tuple["Value", ...]

_UNSIGNED, _NEGATIVE, _TEXT, _ARRAY = 0, 1, 3, 4  # major types (section 3.1)
_SHORT = 24  # smaller numbers stand in the head itself


def loads(data: bytes) -> Value:
    """The value that these bytes are; ValueError for anything else."""
    value, end = _read(data, 0)
    if end != len(data):
        raise ValueError("this doesn't end where it should")
    return value


def _read(data: bytes, at: int) -> tuple[Value, int]:
    """The value that begins at a place, and where it ends."""
    major, number, at = _head(data, at)
    if major == _UNSIGNED:
        return number, at
    if major == _NEGATIVE:
        return -1 - number, at
    if major == _TEXT:
        return data[at : at + number].decode(), at + number
    if major != _ARRAY or number > len(data):
        raise ValueError("this is no whole number, text or array")
    items = []
    for _ in range(number):
        item, at = _read(data, at)
        items.append(item)
    return tuple(items), at


def _head(data: bytes, at: int) -> tuple[int, int, int]:
    """The major type of what begins at a place, its number, and where the rest begins."""
    if at >= len(data):
        raise ValueError("this ends too soon")
    major, short = divmod(data[at], 32)
    if short < _SHORT:
        return major, short, at + 1
    if short > _SHORT + 3:
        raise ValueError("this has no length")
    end = at + 1 + 2 ** (short - _SHORT)
    return major, int.from_bytes(data[at + 1 : end]), end


def dumps(value: Value) -> bytes:
    """The bytes of a value. OverflowError for a number of more than 64 bits."""
    if isinstance(value, int):
        return _headed(_UNSIGNED, value) if value >= 0 else _headed(_NEGATIVE, -1 - value)
    if isinstance(value, str):
        text = value.encode()
        return _headed(_TEXT, len(text)) + text
    return _headed(_ARRAY, len(value)) + b"".join(map(dumps, value))


def _headed(major: int, number: int) -> bytes:
    if number < _SHORT:
        return bytes([major * 32 + number])
    size = next((n for n in range(4) if number < 256**2**n), 3)
    return bytes([major * 32 + _SHORT + size]) + number.to_bytes(2**size)
