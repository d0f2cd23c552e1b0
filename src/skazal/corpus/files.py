"""The files of an input: folders and patterns spelled out in a fixed order, compressed ones opened as if they were not.

A file's format is told by its name, that of standard input by its first bytes.
"""

from __future__ import annotations

import gzip
import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from glob import glob, has_magic
from pathlib import Path
from typing import BinaryIO, Literal, cast

from skazal.tables import needed

STDIN = "-"
Format = Literal["text", "jsonl", "csv", "parquet"]
FORMATS: dict[str, Format] = {
    ".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "jsonl", ".csv": "csv", ".tsv": "csv", ".parquet": "parquet",
}  # fmt: skip
COMPRESSED = {".gz": "gzip", ".zst": "zstd"}
MAGIC = {b"\x1f\x8b": "gzip", b"\x28\xb5\x2f\xfd": "zstd"}


@dataclass(frozen=True, slots=True)
class File:
    """A file to read.

    Attributes:
        path: as the user or the folder gave it.
        key: what the id of its text is made from.
    """

    path: Path
    key: str

    @property
    def name(self) -> str:
        """The file's name without the suffix of its compression."""
        return self.path.stem if self.path.suffix in COMPRESSED else self.path.name

    @property
    def format(self) -> Format:
        """What the name says of the content."""
        return FORMATS.get(Path(self.name).suffix.lower(), "text")


@dataclass(slots=True)
class Meter:
    """How far the reading has come, in bytes as they lie on the disk."""

    total: int = 0
    passed: int = 0
    raw: BinaryIO | None = None

    @property
    def share(self) -> float | None:
        """From 0 to 1; None when nobody knows, as with standard input."""
        if not self.total:
            return None
        inside = self.raw.tell() if self.raw and not self.raw.closed else 0
        return min((self.passed + inside) / self.total, 1.0)


def files_of(name: str) -> list[File] | Iterator[File]:
    """Return the files that an input names: itself, what matches a pattern, or the ``.txt`` under a folder."""
    path = Path(name)
    if path.is_dir():
        return folder_files(path, path)
    if has_magic(name) and not path.exists():
        return [file for found in sorted(glob(name, recursive=True)) for file in files_of(found)]
    return [File(path, Path(File(path, "").name).stem)]


def folder_files(folder: Path, top: Path) -> Iterator[File]:
    """Yield every text of a folder and its subfolders, in the order of their names; one folder at a time is listed."""
    # Names alone: a folder may have a million.
    for path in map(folder.joinpath, sorted(os.listdir(folder))):
        if path.is_dir():
            yield from folder_files(path, top)
        elif path.name.endswith((".txt", ".txt.gz", ".txt.zst")) and path.is_file():
            inside = path.relative_to(top)
            yield File(path, inside.with_name(File(path, "").name).with_suffix("").as_posix())


def sizes(inputs: list[str]) -> tuple[int, int]:
    """Return how many files the inputs are and their bytes; what cannot be looked at counts as nothing."""
    count = size = 0
    for path in sources(inputs):
        count += 1
        size += path.stat().st_size
    return count, size


def sources(inputs: list[str]) -> Iterator[Path]:
    """Yield the files that the inputs name and that are there."""
    for name in inputs:
        with suppress(OSError):
            yield from (file.path for file in files_of(name) if name != STDIN and file.path.exists())


@contextmanager
def opened(file: File, meter: Meter) -> Iterator[BinaryIO]:
    """Open a file for reading, uncompressed; the meter follows."""
    with file.path.open("rb") as raw:
        meter.raw = raw
        try:
            yield plain(raw, COMPRESSED.get(file.path.suffix))
        finally:
            meter.passed += file.path.stat().st_size
            meter.raw = None


def plain(stream: BinaryIO, compression: str | None) -> BinaryIO:
    """Return what a compressed stream holds, all its members in a row."""
    if compression == "gzip":
        return cast(BinaryIO, gzip.GzipFile(fileobj=stream))
    if compression == "zstd":
        reader = needed("zstandard").ZstdDecompressor().stream_reader(stream, read_across_frames=True)
        return cast(BinaryIO, io.BufferedReader(reader, 1 << 17))
    return stream


def standard_input() -> tuple[BinaryIO, Format]:
    """Return standard input, uncompressed, and its format: an opening brace promises JSON Lines."""
    stream = peekable(sys.stdin.buffer)
    start = stream.peek(4)
    compression = next((name for magic, name in MAGIC.items() if start.startswith(magic)), None)
    stream = peekable(plain(cast(BinaryIO, stream), compression))
    start = stream.peek(64).lstrip(b"\xef\xbb\xbf \t\r\n")
    found: Format = "parquet" if start.startswith(b"PAR1") else "jsonl" if start.startswith(b"{") else "text"
    return cast(BinaryIO, stream), found


def peekable(stream: BinaryIO) -> io.BufferedReader:
    """Return a stream whose beginning can be looked at without taking it."""
    return stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(cast(io.RawIOBase, stream))
