"""JSON, the whole as one array, and Parquet, a file for each table."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from skazal.document import Document
from skazal.tables import arrow_tables, needed


def write_json(documents: Iterable[Document], path: Path) -> None:
    """Write documents as one JSON array, a document a line."""
    with path.open("w", encoding="utf-8") as stream:
        stream.write("[")
        for i, document in enumerate(documents):
            stream.write(",\n" if i else "\n")
            stream.write(document.to_json())
        stream.write("\n]\n")


def write_parquet(documents: Iterable[Document], path: Path) -> None:
    """Write the tables of documents as Parquet files into a folder."""
    parquet = needed("pyarrow.parquet")
    path.mkdir(parents=True, exist_ok=True)
    for name, table in arrow_tables(documents).items():
        parquet.write_table(table, path / f"{name}.parquet", compression="zstd")
