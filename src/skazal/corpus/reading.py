"""Articles read from text files, folders, JSON Lines and standard input; what cannot be read is told, not raised."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, NoReturn

STDIN = "-"
JSON_LINES = {".jsonl", ".ndjson", ".json"}
BYTE_ORDER_MARK = "\ufeff"
LONE_SURROGATE = re.compile(r"[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Article:
    """A text to annotate.

    Attributes:
        id: from the record, or made from the file's name (and line), so that it is the same in every run.
        meta: the record's other fields.
        where: the file and line it came from, for messages.
    """

    id: str
    text: str
    meta: dict[str, Any] = field(default_factory=dict)
    where: str = ""


@dataclass(frozen=True, slots=True)
class Rejected:
    """An input that gives no article, and why."""

    where: str
    reason: str

    def __str__(self) -> str:
        return f"{self.where}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Fields:
    """Names of the fields of a JSON record that hold its id and its text."""

    id: str = "id"
    text: str = "text"


class UnusableError(ValueError):
    """Why a file or record gives no article; never leaves this module."""


def read_inputs(inputs: Iterable[str], fields: Fields) -> Iterator[Article | Rejected]:
    """Read every input in turn: ``-``, a text file, a JSON Lines file (by its suffix) or a folder of ``.txt``."""
    for name in inputs:
        if name == STDIN:
            yield read_text(name, STDIN, sys.stdin.buffer.read())
        else:
            yield from read_path(Path(name), fields)


def read_path(path: Path, fields: Fields) -> Iterator[Article | Rejected]:
    """Read a file or folder; an id is the file's name, in a folder its path from there, without the suffix."""
    try:
        if path.is_dir():
            yield from read_folder(path)
        elif path.suffix.lower() in JSON_LINES:
            with path.open("rb") as stream:
                yield from read_json_lines(path, stream, fields)
        else:
            yield read_text(str(path), path.stem, path.read_bytes())
    except OSError as error:
        yield Rejected(str(path), error.strerror or str(error))


def read_folder(folder: Path) -> Iterator[Article | Rejected]:
    """Read every ``.txt`` in a folder and its subfolders, in the order of their paths."""
    paths = sorted(path for path in folder.rglob("*.txt") if path.is_file())
    if not paths:
        yield Rejected(str(folder), "the folder holds no .txt file")
    for path in paths:
        key = path.relative_to(folder).with_suffix("").as_posix()
        try:
            yield read_text(str(path), key, path.read_bytes())
        except OSError as error:
            yield Rejected(str(path), error.strerror or str(error))


def read_text(where: str, key: str, content: bytes) -> Article | Rejected:
    """Take a whole file as one text, its line ends as they are."""
    try:
        return Article(key, decoded(content).removeprefix(BYTE_ORDER_MARK), where=where)
    except UnusableError as error:
        return Rejected(where, str(error))


def read_json_lines(path: Path, lines: BinaryIO, fields: Fields) -> Iterator[Article | Rejected]:
    """Take every line as a JSON object with a text; blank lines are passed over, but counted."""
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        where = f"{path}:{number}"
        try:
            written = decoded(line).rstrip("\r\n")
            record = parsed(written.removeprefix(BYTE_ORDER_MARK) if number == 1 else written)
            yield article(record, fields, f"{path.name}:{number}", where)
        except UnusableError as error:
            yield Rejected(where, str(error))


def decoded(content: bytes) -> str:
    """Return UTF-8 content as text."""
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise UnusableError(
            f"not UTF-8: byte 0x{content[error.start]:02x} at offset {error.start}; "
            "convert it first, for example with iconv -f cp1251 -t utf-8"
        ) from None


def parsed(line: str) -> dict[str, Any]:
    """Return the JSON object on a line."""
    try:
        record = json.loads(line, parse_constant=refuse_constant)
    except json.JSONDecodeError as error:
        raise UnusableError(f"broken JSON: {error.msg} at column {error.colno}") from None
    except (ValueError, RecursionError) as error:
        raise UnusableError(f"broken JSON: {error}") from None
    if not isinstance(record, dict):
        raise UnusableError(f"an object is wanted on each line, {type(record).__name__} came")
    return record


def refuse_constant(name: str) -> NoReturn:
    """Refuse what Python reads but JSON does not have."""
    raise ValueError(f"{name} is not JSON")


def article(record: dict[str, Any], fields: Fields, default_id: str, where: str) -> Article:
    """Return the article that a JSON object gives."""
    if fields.text not in record:
        raise UnusableError(f"the record has no field {fields.text!r}; --text-field names another")
    text = record[fields.text]
    if not isinstance(text, str):
        raise UnusableError(f"the field {fields.text!r} is not a string but {type(text).__name__}")
    if half := LONE_SURROGATE.search(text):
        raise UnusableError(f"the text has half of a surrogate pair at character {half.start()}")
    key = record.get(fields.id)
    if not isinstance(key, str | int | None) or isinstance(key, bool):
        raise UnusableError(f"the field {fields.id!r} is not a string or a whole number but {type(key).__name__}")
    meta = {name: value for name, value in record.items() if name not in (fields.id, fields.text)}
    return Article(default_id if key is None else str(key), text, meta, where)
