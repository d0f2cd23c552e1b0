"""Documents for other people's tools: CoNLL-U, brat, spaCy's DocBin, JSON, Parquet."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Literal, get_args

from skazal.document import Document, check_several
from skazal.errors import ArgumentError
from skazal.export.brat import write_brat
from skazal.export.conllu import write_conllu
from skazal.export.docbin import write_docbin
from skazal.export.plain import write_json, write_parquet

Format = Literal["conllu", "brat", "docbin", "json", "parquet"]
FORMATS: tuple[Format, ...] = get_args(Format)
# Formats of several files, which go to a folder.
FOLDERS: tuple[Format, ...] = ("brat", "parquet")

WRITERS: dict[Format, Callable[[Iterable[Document], Path], None]] = {
    "conllu": write_conllu,
    "brat": write_brat,
    "docbin": write_docbin,
    "json": write_json,
    "parquet": write_parquet,
}

__all__ = ["FOLDERS", "FORMATS", "Format", "export"]


def export(documents: Iterable[Document], format: Format, path: Path) -> None:
    """Write documents in a format to a file, or to a folder for ``brat`` and ``parquet``.

    CoNLL-U and DocBin have tags, a tree and lemmas, which documents do not carry: the texts are tagged again.

    Raises:
        ValueError: for a format that is not one of `FORMATS`.
        OSError: when the path cannot be written.
    """
    if format not in FORMATS:
        raise ArgumentError(f"format is one of {', '.join(FORMATS)}; {format!r} came")
    check_several(documents)
    WRITERS[format](documents, Path(path))
