"""What a run writes: shards that are whole or not there, and a file that grows by whole shards.

Nothing is safe before ``commit`` has returned; then it is on the disk, whatever happens to the process.
"""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from skazal.corpus.articles import Rejected
from skazal.corpus.settings import Form
from skazal.errors import CorpusError
from skazal.tables import needed

Sizes = Mapping[str, int]
Rejections = list[tuple[int, Rejected]]


class Shards(Protocol):
    """Where documents go."""

    form: Form

    def begin(self, committed: list[tuple[str, Sizes]]) -> None:
        """Take away what is not among the committed shards, given by name and what ``commit`` returned.

        Raises:
            CorpusError: when one of them is not there.
        """

    def commit(self, name: str, payload: list[bytes], rejected: Rejections) -> Sizes:
        """Put a shard on the disk; what it returns is kept in the journal."""

    def finish(self) -> None:
        """All is committed; may come again after a run that ended here."""

    def gone(self) -> bool:
        """Whether the output of a finished run is no longer there."""


class ParquetShards:
    """A folder for each table, a file for each shard."""

    form: Form = "arrow"

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        needed("pyarrow.parquet")

    def begin(self, committed: list[tuple[str, Sizes]]) -> None:
        from skazal.corpus.arrow import TABLES

        kept = {f"{name}.parquet" for name, _ in committed}
        for table in TABLES:
            place = self.folder / table
            place.mkdir(parents=True, exist_ok=True)
            for path in place.iterdir():
                if path.name.lstrip(".").startswith("part-") and path.name not in kept:
                    path.unlink()
            if lost := sorted(kept - {path.name for path in place.iterdir()}):
                raise CorpusError(
                    f"{place / lost[0]} is gone, which the run had saved; put it back, or overwrite all (--overwrite)"
                )

    def commit(self, name: str, payload: list[bytes], rejected: Rejections) -> Sizes:
        from skazal.corpus.arrow import annotated_schema, from_stream, rejected_row, rejected_schema, tables_of

        pa = needed("pyarrow")
        empty = pa.RecordBatch.from_pylist([], schema=annotated_schema())
        tables = tables_of([empty, *(batch for stream in payload for batch in from_stream(stream))])
        rows = [rejected_row(item, position) for position, item in rejected]
        tables["rejected"] = pa.Table.from_pylist(rows, schema=rejected_schema())
        paths = {table: self.folder / table / f"{name}.parquet" for table in tables}
        try:
            for table, content in tables.items():
                write_whole(paths[table], parquet_writer(content))
        except OSError:
            for path in paths.values():
                path.unlink(missing_ok=True)
            raise
        return {}

    def finish(self) -> None:
        pass

    def gone(self) -> bool:
        return False


def parquet_writer(table: Any) -> Callable[[BinaryIO], None]:
    """Return what writes a table to a stream."""
    return lambda stream: needed("pyarrow.parquet").write_table(table, stream, compression="zstd")


class LinesFile:
    """One file of JSON Lines, compressed as its name says, and one of rejections beside it.

    Until all is done they have other names. What each shard adds is a member of its own of the compressed file.
    """

    form: Form = "lines"

    def __init__(self, path: Path) -> None:
        self.path = path
        self.compressed = compressor(path.suffix)
        self.rejections = rejections_path(path)
        self.unfinished = {"documents": unfinished(path), "rejected": unfinished(self.rejections)}

    def begin(self, committed: list[tuple[str, Sizes]]) -> None:
        sizes = committed[-1][1] if committed else {}
        for name, path in self.unfinished.items():
            path.touch()
            if path.stat().st_size < sizes.get(name, 0):
                raise CorpusError(f"{path} is not what the run had saved; put it back, or overwrite all (--overwrite)")
            os.truncate(path, sizes.get(name, 0))

    def commit(self, name: str, payload: list[bytes], rejected: Rejections) -> Sizes:
        lines = [json.dumps(rejection(item, position), ensure_ascii=True) + "\n" for position, item in rejected]
        return {
            "documents": append(self.unfinished["documents"], self.compressed(b"".join(payload)) if payload else b""),
            "rejected": append(self.unfinished["rejected"], "".join(lines).encode("ascii")),
        }

    def finish(self) -> None:
        rejected, documents = self.unfinished["rejected"], self.unfinished["documents"]
        if rejected.exists() and rejected.stat().st_size:
            rejected.replace(self.rejections)
        elif rejected.exists():
            rejected.unlink()
            self.rejections.unlink(missing_ok=True)
        if documents.exists():
            documents.replace(self.path)
        sync_folder(self.path.parent)

    def gone(self) -> bool:
        return not self.path.exists() and not self.unfinished["documents"].exists()


def rejections_path(path: Path) -> Path:
    """Return where the rejections beside a file of JSON Lines are."""
    name = path.name.removesuffix(".gz").removesuffix(".zst")
    return path.with_name(f"{name.removesuffix('.jsonl').removesuffix('.ndjson')}.rejected.jsonl")


def unfinished(path: Path) -> Path:
    """Return the name of a file that is not whole yet."""
    return path.with_name(f".{path.name}.part")


def rejection(item: Rejected, position: int) -> dict[str, Any]:
    """Return the JSON form of a rejection."""
    return {
        "position": position, "source": item.source, "line": item.line, "id": item.id, "reason": item.reason,
        "message": item.message,
    }  # fmt: skip


def compressor(suffix: str) -> Callable[[bytes], bytes]:
    """Return what compresses a shard for a file with this suffix."""
    if suffix == ".gz":
        return lambda content: gzip.compress(content, mtime=0)
    if suffix == ".zst":
        compress: Callable[[bytes], bytes] = needed("zstandard").ZstdCompressor().compress
        return compress
    return bytes


def append(path: Path, content: bytes) -> int:
    """Write at the end of a file and return its size; a write that fails leaves the file as it was."""
    with path.open("ab") as stream:
        size = stream.tell()
        try:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        except OSError:
            os.truncate(path, size)
            raise
        return size + len(content)


def write_whole(path: Path, write: Callable[[BinaryIO], None]) -> None:
    """Write a file that appears under its name when it is whole and on the disk."""
    waiting = path.with_name(f".{path.name}.tmp")
    try:
        with waiting.open("wb") as stream:
            write(stream)
            stream.flush()
            os.fsync(stream.fileno())
        waiting.replace(path)
    finally:
        waiting.unlink(missing_ok=True)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """See to it that the names in a folder are on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
