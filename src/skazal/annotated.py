"""Annotated documents read back from where they were written: JSON Lines, compressed or not, or Parquet tables."""

from __future__ import annotations

import gzip
import io
import json
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

from skazal.document import Document
from skazal.errors import DocumentError
from skazal.tables import COLUMNS, documents_of, needed


def read_documents(path: Path) -> Iterator[Document]:
    """Yield the documents of a JSON Lines file, of all such files in a folder, or of a folder of Parquet tables.

    Raises:
        OSError: when the path cannot be read.
        DocumentError: for what is not a document, with file and line.
    """
    if not path.is_dir():
        yield from read_lines(path)
    elif (path / "documents.parquet").exists() or (path / "documents").is_dir():
        yield from read_tables(path)
    else:
        files = sorted(file for ending in ("", ".gz", ".zst") for file in path.glob(f"*.jsonl{ending}"))
        if not files:
            raise FileNotFoundError(2, "the folder holds neither Parquet tables nor .jsonl files", str(path))
        for file in files:
            yield from read_lines(file)


def read_lines(path: Path) -> Iterator[Document]:
    """Yield the documents of a JSON Lines file."""
    number = 0
    try:
        with opened(path) as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield read_line(line, f"{path}:{number}")
    except DocumentError:
        raise
    except Exception as error:
        # Zstandard's own error cannot be named where it is not installed.
        if not isinstance(error, (UnicodeDecodeError, EOFError, zlib.error)) and type(error).__name__ != "ZstdError":
            raise
        raise DocumentError(f"the file is damaged here: {error}", f"{path}:{number + 1}") from None


def opened(path: Path) -> IO[str]:
    """Open a text file, compressed when its name ends in ``.gz`` or ``.zst``."""
    if path.suffix == ".zst":
        reader = needed("zstandard").ZstdDecompressor().stream_reader(path.open("rb"), read_across_frames=True)
        return io.TextIOWrapper(reader, encoding="utf-8")
    return gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8")


def read_line(line: str, where: str) -> Document:
    """Return the document on a line."""
    try:
        return Document.from_dict(json.loads(line))
    except json.JSONDecodeError as error:
        raise DocumentError(f"broken JSON: {error.msg} at column {error.colno}", where) from None
    except DocumentError as error:
        raise DocumentError(f"{error.path}: {error.problem}" if error.path else error.problem, where) from None
    except (ValueError, RecursionError) as error:
        raise DocumentError(f"broken JSON: {error}", where) from None


def read_tables(folder: Path) -> Iterator[Document]:
    """Yield the documents of a folder of Parquet tables, one file a table or a folder of shards.

    The shards that ``skazal annotate`` writes have the same name in every table, and are read one by one.
    """
    parquet = needed("pyarrow.parquet")
    places = {name: folder / name if (folder / name).is_dir() else folder / f"{name}.parquet" for name in COLUMNS}
    for name in common_shards(places.values()) or [""]:
        yield from documents_of({table: parquet.read_table(place / name) for table, place in places.items()})


def common_shards(places: Iterable[Path]) -> list[str]:
    """Return the names of files that all tables have, in order: a shard that is being written is not in all of them."""
    return sorted(set.intersection(*({path.name for path in place.glob("part-*.parquet")} for place in places)))
