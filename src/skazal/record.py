"""Dataclasses with a JSON form: written field by field, read back by what their annotations allow."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from operator import attrgetter
from types import NoneType, UnionType
from typing import Any, Literal, Self, TypeVar, Union, get_args, get_origin, get_type_hints

from skazal.errors import DocumentError

Maker = Callable[[Any], Any]
R = TypeVar("R")
SCALARS = frozenset({str, int, float, bool, NoneType})
LONE_SURROGATE = re.compile(r"[\ud800-\udfff]")


class Record:
    """Gives a dataclass its JSON form and its way back from it."""

    __slots__ = ()

    def to_dict(self) -> dict[str, Any]:
        """Return the fields as a dict of plain JSON values."""
        names, values, deep = layers(type(self))  # type: ignore[arg-type]  # classes are hashable; mypy doubts it
        written: dict[str, Any] = dict(zip(names, values(self), strict=True))
        for name in deep:
            written[name] = plain(written[name])
        return written

    def to_json(self) -> str:
        """Return the JSON form on one line, Cyrillic letters as they are."""
        line = json.dumps(self.to_dict(), ensure_ascii=False, allow_nan=False)
        # UTF-8 cannot carry half of a surrogate pair, which careless JSON sometimes has in its texts.
        return LONE_SURROGATE.sub(lambda half: f"\\u{ord(half[0]):04x}", line)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Read what ``to_dict`` returned; fields that this version does not know are left aside.

        Raises:
            DocumentError: when a field is missing or holds what it must not, with the path to it.
        """
        return read_record(cls, data)


def plain(value: Any) -> Any:
    """Return ``value`` with records as dicts and tuples as lists."""
    if type(value) in SCALARS:
        return value
    if isinstance(value, Record):
        return value.to_dict()
    if isinstance(value, tuple | list):
        return [plain(part) for part in value]
    if isinstance(value, Mapping):
        return {key: plain(part) for key, part in value.items()}
    return value


def built(cls: type[R], data: Mapping[str, Any]) -> R:
    """Build ``cls`` from what ``to_dict`` returned a moment ago: nothing is checked.

    Raises:
        KeyError, TypeError, AttributeError: for what ``to_dict`` does not return; ``from_dict`` tells what is wrong.
    """
    return cls(*[data[name] if make is None else make(data[name]) for name, make in makers(cls)])  # type: ignore[arg-type]  # classes are hashable; mypy doubts it


@cache
def layers(cls: type) -> tuple[tuple[str, ...], Callable[[Any], tuple[Any, ...]], tuple[str, ...]]:
    """Return the names of the fields, what gets their values, and the names of those with more than scalars."""
    hints = get_type_hints(cls)
    names = tuple(item.name for item in fields(cls))
    deep = tuple(name for name in names if not is_scalar(hints[name]))
    return names, attrgetter(*names) if len(names) > 1 else lambda one: (getattr(one, names[0]),), deep


def is_scalar(hint: Any) -> bool:
    """Whether a field with this annotation holds a JSON scalar."""
    origin, inner = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        return all(map(is_scalar, inner))
    return hint in SCALARS or origin is Literal


@cache
def makers(cls: type) -> tuple[tuple[str, Maker | None], ...]:
    """Return name of each field, and what makes its value of the JSON value, None where both are the same."""
    hints = get_type_hints(cls)
    return tuple((item.name, maker_of(hints[item.name])) for item in fields(cls))


def maker_of(hint: Any) -> Maker | None:
    """Return what makes a value with this annotation of a JSON value, None where both are the same."""
    origin, inner = get_origin(hint), get_args(hint)
    if is_dataclass(hint):
        return lambda value: built(hint, value)  # type: ignore[arg-type]  # the check is blind to classes
    if origin in (Union, UnionType):
        some = maker_of(next(part for part in inner if part is not NoneType))
        return None if some is None else lambda value: None if value is None else some(value)
    if origin is tuple:
        each = maker_of(inner[0])
        return tuple if each is None else lambda value: tuple(map(each, value))
    return None


# Reading back: a reader takes a JSON value and returns the field's value or raises DocumentError.
Reader = Callable[[Any], Any]


def read_record(cls: type[R], data: Any) -> R:
    """Build ``cls`` from a JSON object, each field by the reader that its annotation asks for."""
    if not isinstance(data, Mapping):
        raise DocumentError(f"an object is wanted, {shown(data)} came")
    values = {}
    for name, required, reader in record_readers(cls):  # type: ignore[arg-type]  # classes are hashable; mypy doubts it
        if name in data:
            values[name] = read_step(reader, data[name], name)
        elif required:
            raise DocumentError("the field is missing", name)
    return cls(**values)


def read_step(reader: Reader, value: Any, step: str) -> Any:
    """Read a part of a record or list, naming that part in the error."""
    try:
        return reader(value)
    except DocumentError as error:
        raise error.inside(step) from None


@cache
def record_readers(cls: type) -> tuple[tuple[str, bool, Reader], ...]:
    """Return name, whether it must be there, and reader of each field."""
    hints = get_type_hints(cls)
    return tuple(
        (item.name, item.default is MISSING and item.default_factory is MISSING, reader_of(hints[item.name]))
        for item in fields(cls)
    )


def reader_of(hint: Any) -> Reader:
    """Return the reader for an annotation as the records above use them."""
    origin, inner = get_origin(hint), get_args(hint)
    if is_dataclass(hint):
        return lambda value: read_record(hint, value)  # type: ignore[arg-type]  # the check is blind to classes
    if origin in (Union, UnionType):
        return optional_reader(reader_of(next(part for part in inner if part is not NoneType)))
    if origin is tuple:
        return tuple_reader(reader_of(inner[0]))
    if origin is Literal:
        return choice_reader(inner)
    return SCALAR_READERS[origin or hint]


def optional_reader(reader: Reader) -> Reader:
    """Let null through."""
    return lambda value: None if value is None else reader(value)


def tuple_reader(reader: Reader) -> Reader:
    """Read a list, each part by ``reader``."""

    def read(value: Any) -> tuple[Any, ...]:
        if not isinstance(value, list | tuple):
            raise DocumentError(f"a list is wanted, {shown(value)} came")
        return tuple(read_step(reader, part, f"[{index}]") for index, part in enumerate(value))

    return read


def choice_reader(allowed: tuple[str, ...]) -> Reader:
    """Let one of the ``allowed`` words through."""

    def read(value: Any) -> str:
        if value not in allowed:
            raise DocumentError(f"one of {', '.join(allowed)} is wanted, {shown(value)} came")
        return str(value)

    return read


def read_text(value: Any) -> str:
    """Let a string through."""
    if not isinstance(value, str):
        raise DocumentError(f"a string is wanted, {shown(value)} came")
    return value


def read_offset(value: Any) -> int:
    """Let a count of characters through."""
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise DocumentError(f"a whole number from 0 is wanted, {shown(value)} came")
    return value


def read_share(value: Any) -> float:
    """Let a number from 0 to 1 through."""
    if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value <= 1:
        raise DocumentError(f"a number from 0 to 1 is wanted, {shown(value)} came")
    return float(value)


def read_meta(value: Any) -> dict[str, Any]:
    """Let an object through, as a dict of its own."""
    if not isinstance(value, Mapping):
        raise DocumentError(f"an object is wanted, {shown(value)} came")
    return dict(value)


SCALAR_READERS: dict[Any, Reader] = {str: read_text, int: read_offset, float: read_share, Mapping: read_meta}


def shown(value: Any) -> str:
    """Return a value for a message, cut where it is long."""
    try:
        written = repr(value)
    except ValueError:  # a number with more digits than Python writes
        return f"a number of {value.bit_length()} bits" if isinstance(value, int) else f"a {type(value).__name__}"
    return written if len(written) <= 60 else f"{written[:57]}..."
