"""What a corpus is made of: articles, and inputs that give none, with where they stand and why."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Reason = Literal[
    "unreadable",  # the file is missing, forbidden, damaged or cut off
    "bad_encoding",  # not UTF-8, or half of a surrogate pair
    "bad_json",  # not a JSON object
    "bad_csv",  # a row that does not fit its head
    "bad_id",  # neither a string nor a whole number
    "no_text",  # the field is missing, null or blank
    "not_text",  # the field holds something else
    "too_long",  # more characters than the limit
    "duplicate_id",  # an earlier article has it
    "failed",  # an exception, named in the message
    "time_limit",  # not done in time, alone in its process
    "memory_limit",  # did not fit, alone in its process
    "died",  # ended its process
]
USUAL_ID = "id"
# Fields that a message has room for.
SHOWN = 8
LONE_SURROGATE = re.compile(r"[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Article:
    """A text to annotate.

    Attributes:
        id: from the record, or made from the file's name (and line), so that it is the same in every run.
        meta: the record's other fields, as JSON values.
        source: the file it came from; ``-`` is standard input.
        line: its line in that file, or the row in a Parquet file, from 1; None when the file is the text.
        named: whether the record itself has the id.
    """

    id: str
    text: str
    meta: dict[str, Any] = field(default_factory=dict)
    source: str = ""
    line: int | None = None
    named: bool = False

    @property
    def where(self) -> str:
        """File and line, for messages and for ids that must be unique."""
        return self.source if self.line is None else f"{self.source}:{self.line}"


@dataclass(frozen=True, slots=True)
class Rejected:
    """An input that is not annotated, and why; ``source`` and ``line`` are an article's."""

    source: str
    reason: Reason
    message: str
    line: int | None = None
    id: str | None = None

    def __str__(self) -> str:
        where = self.source if self.line is None else f"{self.source}:{self.line}"
        return f"{where}: {self.message}"


Item = Article | Rejected


@dataclass(frozen=True, slots=True)
class Fields:
    """Names of the fields of a record that hold its id and its text.

    A record without the field ``id`` gets an id by its place; one without a field of another name is rejected.
    """

    id: str = USUAL_ID
    text: str = "text"


class UnusableError(ValueError):
    """Why a file or record gives no article; never leaves the readers."""

    def __init__(self, reason: Reason, message: str, id: str | None = None) -> None:
        super().__init__(message)
        self.reason = reason
        self.id = id


def rejected(article: Article, reason: Reason, message: str) -> Rejected:
    """Return an article as one that is left out."""
    return Rejected(article.source, reason, message, article.line, article.id)


def article_of(record: Mapping[str, Any], fields: Fields, default_id: str, source: str, line: int) -> Article:
    """Return the article that a record gives.

    Raises:
        UnusableError: when it gives none.
    """
    if fields.id not in record and fields.id != USUAL_ID:
        raise UnusableError("bad_id", missing(fields.id, record, "--id-field"))
    key = record.get(fields.id)
    if not isinstance(key, str | int | None) or isinstance(key, bool):
        problem = f"the field {fields.id!r} is not a string or a whole number but {type(key).__name__}"
        raise UnusableError("bad_id", problem)
    named = key not in (None, "")
    name = str(key) if named else default_id
    if LONE_SURROGATE.search(name):
        raise UnusableError("bad_encoding", f"the field {fields.id!r} has half of a surrogate pair")
    text = text_of(record, fields, name)
    meta = {key: jsonable(value) for key, value in record.items() if key not in (fields.id, fields.text)}
    return Article(name, text, meta, source, line, named)


def text_of(record: Mapping[str, Any], fields: Fields, id: str) -> str:
    """Return a record's text."""
    if fields.text not in record:
        raise UnusableError("no_text", missing(fields.text, record, "--text-field"), id)
    text = record[fields.text]
    if isinstance(text, bytes):
        text = decoded(text)
    if text is None:
        raise UnusableError("no_text", f"the field {fields.text!r} is null", id)
    if not isinstance(text, str):
        raise UnusableError("not_text", f"the field {fields.text!r} is not a string but {type(text).__name__}", id)
    return text


def missing(field: str, record: Mapping[str, Any], option: str) -> str:
    """Return what to say of a record without a field."""
    fields = [*record]
    there = ", ".join(map(repr, fields[:SHOWN])) + (", …" if len(fields) > SHOWN else "")
    return f"the record has no field {field!r} but {there or 'none at all'}; {option} names another"


def decoded(content: bytes) -> str:
    """Return UTF-8 content as text.

    Raises:
        UnusableError: with the first byte that is none.
    """
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise UnusableError(
            "bad_encoding",
            f"not UTF-8: byte 0x{content[error.start]:02x} at offset {error.start}; "
            "convert it first, for example with iconv -f cp1251 -t utf-8",
        ) from None


def flaw(text: str) -> tuple[Reason, str] | None:
    """Return what makes a string no text to annotate."""
    if not text.strip():
        return "no_text", "the text is empty"
    if half := LONE_SURROGATE.search(text):
        return "bad_encoding", f"the text has half of a surrogate pair at character {half.start()}"
    return None


def jsonable(value: Any) -> Any:
    """Return a value of a record as JSON has it: dates in ISO form, what is not a number as null."""
    if isinstance(value, str | int | bool | None):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {str(key): jsonable(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [jsonable(part) for part in value]
    if isinstance(value, bytes):
        return value.decode("utf-8", errors="replace")
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
