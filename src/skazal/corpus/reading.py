"""Articles read from text files, JSON Lines, CSV and Parquet as a stream; what cannot be read is told, not raised."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, NoReturn, cast
from zlib import error as ZlibError  # noqa: N812  # an exception, whatever zlib calls it

from skazal.corpus.articles import Article, Fields, Item, Rejected, UnusableError, article_of, decoded
from skazal.corpus.files import STDIN, File, Format, Meter, files_of, opened, standard_input
from skazal.tables import needed

if TYPE_CHECKING:
    from _csv import Reader

BYTE_ORDER_MARK = "\ufeff"
# Longer lines are not read into memory: no article has as much.
LONGEST_LINE = 1 << 26
ROWS = 256
SEPARATORS = ",;\t"
FOLDERS = "the folder holds no .txt file; a pattern such as 'folder/*.jsonl' reads others"
ARRAYS = "jq -c '.[]' makes lines of an array"
LINES = "an object is wanted on each line"

Row = tuple[int, dict[str, Any] | UnusableError]


def read_inputs(
    inputs: Iterable[str], fields: Fields, format: Format | None = None, meter: Meter | None = None
) -> Iterator[Item]:
    """Read every input in turn: ``-``, a file, a pattern, or a folder of ``.txt``; plain or compressed.

    Args:
        inputs: as the user gives them.
        fields: which fields of records hold id and text.
        format: of all inputs; without it each file's name tells.
        meter: told how far the reading has come.
    """
    meter = meter or Meter()
    for name in inputs:
        if name == STDIN:
            stream, found = standard_input()
            yield from read_stream(File(Path(STDIN), STDIN), stream, format or found, fields)
        else:
            yield from read_input(name, fields, format, meter)


def read_input(name: str, fields: Fields, format: Format | None, meter: Meter) -> Iterator[Item]:
    """Read what one input names."""
    empty = True
    try:
        for file in files_of(name):
            empty = False
            yield from read_file(file, fields, format or file.format, meter)
    except OSError as error:
        yield Rejected(name, "unreadable", error.strerror or str(error))
    else:
        if empty:
            what = FOLDERS if Path(name).is_dir() else "no file matches"
            yield Rejected(name, "unreadable", what)


def read_file(file: File, fields: Fields, format: Format, meter: Meter) -> Iterator[Item]:
    """Read a file."""
    try:
        with opened(file, meter) as stream:
            yield from read_stream(file, stream, format, fields)
    except OSError as error:
        yield Rejected(str(file.path), "unreadable", error.strerror or str(error))


def read_stream(file: File, stream: BinaryIO, format: Format, fields: Fields) -> Iterator[Item]:
    """Read the articles of an open file; damage ends it, and is told with the line that it stands on."""
    source, line = str(file.path), 0
    if format == "text":
        yield read_text(file, stream)
        return
    rows = {"jsonl": json_rows, "csv": csv_rows, "parquet": parquet_rows}[format]
    try:
        for line, row in rows(file, stream):  # the last one is told when the stream breaks off
            yield item_of(row, fields, file, line)
    except DAMAGE as error:
        yield Rejected(source, "unreadable", f"the file is damaged here: {error}", line + 1)
    except Exception as error:
        if not is_damage(error):
            raise
        yield Rejected(source, "unreadable", f"the file is damaged here: {error}", line + 1)


DAMAGE = (OSError, EOFError, ZlibError)


def is_damage(error: Exception) -> bool:
    """Whether an error of the libraries that read formats means a broken file."""
    return type(error).__name__ in {"ZstdError", "ArrowInvalid", "ArrowException"}


def item_of(row: dict[str, Any] | UnusableError, fields: Fields, file: File, line: int) -> Item:
    """Return the article of a row, or why there is none."""
    source = str(file.path)
    try:
        if isinstance(row, UnusableError):
            raise row
        return article_of(row, fields, f"{file.path.name}:{line}", source, line)
    except UnusableError as error:
        return Rejected(source, error.reason, str(error), line, error.id)


def read_text(file: File, stream: BinaryIO) -> Item:
    """Take a whole file as one text, its line ends as they are."""
    source = str(file.path)
    try:
        content = stream.read(LONGEST_LINE + 1)
        if len(content) > LONGEST_LINE:
            return Rejected(source, "too_long", f"the file has more than {LONGEST_LINE} bytes", id=file.key)
        return Article(file.key, decoded(content).removeprefix(BYTE_ORDER_MARK), source=source)
    except UnusableError as error:
        return Rejected(source, error.reason, str(error), id=file.key)
    except Exception as error:
        if not isinstance(error, DAMAGE) and not is_damage(error):
            raise
        return Rejected(source, "unreadable", f"the file is damaged: {error}", id=file.key)


def json_rows(file: File, stream: BinaryIO) -> Iterator[Row]:
    """Take every line as a JSON object; blank lines are passed over, but counted."""
    number = 0
    while line := stream.readline(LONGEST_LINE):
        number += 1
        if len(line) == LONGEST_LINE and not line.endswith(b"\n"):
            while (rest := stream.readline(LONGEST_LINE)) and not rest.endswith(b"\n"):
                pass
            yield number, UnusableError("too_long", f"the line has more than {LONGEST_LINE} bytes")
        elif line.strip():
            yield number, json_row(line, first=number == 1)


def json_row(line: bytes, *, first: bool) -> dict[str, Any] | UnusableError:
    """Return the object on a line."""
    try:
        written = decoded(line).rstrip("\r\n")
        return parsed(written.removeprefix(BYTE_ORDER_MARK) if first else written)
    except UnusableError as error:
        return error


def parsed(line: str) -> dict[str, Any]:
    """Return the JSON object on a line."""
    try:
        record = json.loads(line, parse_constant=refuse_constant)
    except json.JSONDecodeError as error:
        advice = f"; {ARRAYS}" if line.startswith("[") else ""
        raise UnusableError("bad_json", f"broken JSON: {error.msg} at column {error.colno}{advice}") from None
    except (ValueError, RecursionError) as error:
        raise UnusableError("bad_json", f"broken JSON: {error}") from None
    if isinstance(record, list):
        raise UnusableError("bad_json", f"{LINES}, an array came; {ARRAYS}")
    if not isinstance(record, dict):
        raise UnusableError("bad_json", f"{LINES}, {type(record).__name__} came")
    return record


def refuse_constant(name: str) -> NoReturn:
    """Refuse what Python reads but JSON does not have."""
    raise ValueError(f"{name} is not JSON")


def csv_rows(file: File, stream: BinaryIO) -> Iterator[Row]:
    """Take every row as a record whose fields the first row names; what is between them there is between all."""
    csv.field_size_limit(LONGEST_LINE)
    # Bytes that are not UTF-8 come through as lone surrogates, so that one bad row spoils no other.
    text = io.TextIOWrapper(cast(Any, stream), encoding="utf-8-sig", errors="surrogateescape", newline="")
    try:
        first = text.readline(LONGEST_LINE)
        separator = max(SEPARATORS, key=first.count)
        yield from csv_records(csv.reader(chain([first], text), delimiter=separator, strict=True))
    finally:
        # Who opened the stream closes it.
        text.detach()


def csv_records(rows: Reader) -> Iterator[Row]:
    """Yield each row under its line; the first that is not empty names the fields."""
    head: list[str] | None = None
    while True:
        line = rows.line_num + 1
        try:
            row = next(rows, None)
        except csv.Error as error:
            advice = "; a quotation mark that opens here is never closed" if "end of data" in str(error) else ""
            yield line, UnusableError("bad_csv", f"broken CSV: {error}{advice}")
            continue
        if row is None:
            return
        if not row:
            continue
        if head is None:
            head = row
        else:
            yield line, csv_row(head, row)


def csv_row(head: list[str], row: list[str]) -> dict[str, Any] | UnusableError:
    """Return a row by the names of its fields."""
    if len(row) != len(head):
        return UnusableError("bad_csv", f"the row has {len(row)} fields, the head {len(head)}")
    try:
        for cell in row:
            decoded(cell.encode("utf-8", errors="surrogateescape"))
    except UnusableError as error:
        return error
    return dict(zip(head, row, strict=True))


def parquet_rows(file: File, stream: BinaryIO) -> Iterator[Row]:
    """Take every row of a Parquet file as a record, a few hundred in memory at a time."""
    parquet = needed("pyarrow.parquet")
    # The format is read from its end, which only a real file has.
    source = stream if stream.seekable() and not file.name.endswith(STDIN) else io.BytesIO(stream.read())
    number = 0
    for batch in parquet.ParquetFile(source).iter_batches(ROWS):
        for index in range(batch.num_rows):
            number += 1
            yield number, parquet_row(batch, index)


def parquet_row(batch: Any, index: int) -> dict[str, Any] | UnusableError:
    """Return a row."""
    try:
        return {name: column[index].as_py() for name, column in zip(batch.schema.names, batch.columns, strict=True)}
    except UnicodeDecodeError as error:
        return UnusableError("bad_encoding", f"not UTF-8: byte 0x{error.object[error.start]:02x} at {error.start}")
