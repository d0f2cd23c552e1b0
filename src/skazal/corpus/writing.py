"""Output that is whole or not there: a file takes its name when everything has been written to it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex
from shutil import rmtree
from typing import BinaryIO


@contextmanager
def output(path: Path | None) -> Iterator[BinaryIO]:
    """Open where results go: standard output, a device or pipe, or a file that appears under its name at the end.

    When the block raises, the unfinished file is removed and an older one of that name stays as it was.
    """
    if path is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
    elif path.exists() and not path.is_file():
        with path.open("wb") as stream:
            yield stream
    else:
        yield from replaced(path.resolve())


def replaced(path: Path) -> Iterator[BinaryIO]:
    """Yield a new file beside ``path`` and put it in its place at the end."""
    unfinished = path.with_name(f".{path.name}.{token_hex(8)}.part")
    try:
        with unfinished.open("xb") as stream:
            yield stream
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """Give a path to write a file or folder at; when the block succeeds, it is moved to ``path``.

    An older file there is replaced; an older folder gets the new files beside or in place of its own.
    """
    unfinished = path.with_name(f".{path.name}.{token_hex(8)}.part")
    try:
        yield unfinished
        if unfinished.is_dir() and path.is_dir():
            for file in unfinished.iterdir():
                file.replace(path / file.name)
        else:
            unfinished.replace(path)
    finally:
        if unfinished.is_dir():
            rmtree(unfinished)
        unfinished.unlink(missing_ok=True)
