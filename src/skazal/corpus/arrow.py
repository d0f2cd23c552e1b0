"""One Arrow function for every engine that maps record batches: a row of text in, a row of tables out.

A row that comes out has five columns, each in the schema of the table it is named after: a struct ``documents``, lists
``entities``, ``mentions`` and ``quotes``, and, for what was not annotated, a struct ``rejected``. ``tables_of`` takes
such batches apart.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from skazal.corpus.articles import Article, Fields, Item, Rejected, UnusableError, article_of
from skazal.corpus.checks import Batch, checked
from skazal.corpus.encoding import answer, pipeline_of
from skazal.corpus.settings import PIPELINE, Job, Limits
from skazal.document import Document
from skazal.tables import COLUMNS, SCHEMA_VERSION, arrow_schema, needed, rows_of

if TYPE_CHECKING:
    import pyarrow as pa

TABLES = (*COLUMNS, "rejected")


def rejected_schema() -> pa.Schema:
    """Return the Arrow schema of the table of what was not annotated.

    ``position`` counts all inputs from 0, ``line`` those of a file (or the rows of a Parquet file) from 1; where an
    engine has no order, both are null.
    """
    pa = needed("pyarrow")
    texts = [(name, pa.string()) for name in ("document", "reason", "message", "source")]
    numbers = [(name, pa.int64()) for name in ("line", "position")]
    return pa.schema([*texts, *numbers], metadata={"skazal.schema": SCHEMA_VERSION})


def table_schema(name: str) -> pa.Schema:
    """Return the Arrow schema of one of the five tables."""
    return rejected_schema() if name == "rejected" else arrow_schema(name)


@cache
def annotated_schema() -> pa.Schema:
    """Return the schema of what ``annotate_batches`` yields."""
    pa = needed("pyarrow")
    rows = {name: pa.struct(list(table_schema(name))) for name in TABLES}
    types = {name: row if name in ("documents", "rejected") else pa.list_(row) for name, row in rows.items()}
    return pa.schema(list(types.items()), metadata={"skazal.schema": SCHEMA_VERSION})


def annotate_batches(
    batches: Iterable[pa.RecordBatch],
    *,
    text: str = "text",
    id: str = "id",
    limits: Limits | None = None,
    pipeline: str = PIPELINE,
) -> Iterator[pa.RecordBatch]:
    """Annotate the rows of record batches; each comes back as one row, in order.

    Args:
        batches: with a column of ids and one of texts; the other columns become the documents' meta.
        text: the column of texts.
        id: the column of ids, strings or whole numbers.
        limits: with them, documents are annotated in a process of their own, which may be killed over one of them;
            without them in this one, by a pipeline that is loaded once.
        pipeline: ``module:function`` that returns the pipeline.

    Yields:
        batches in ``annotated_schema()``.
    """
    read = (read_batch(batch, Fields(id, text), limits or Limits()) for batch in batches)
    if limits:
        from skazal.corpus.supervision import spread

        answered = spread(read, 1, Job("documents", limits, pipeline))
        for batch, found in answered:
            yield record_batch(merged(batch.items, found.payload, found.rejected))
        return
    for batch in read:
        found = answer(pipeline_of(pipeline), batch.articles, "documents")
        yield record_batch(merged(batch.items, found.payload, found.rejected))


def read_batch(batch: pa.RecordBatch, fields: Fields, limits: Limits) -> Batch:
    """Return the articles of a record batch."""
    return Batch(0, list(checked(items_of(batch, fields), limits.characters)), "")


def items_of(batch: pa.RecordBatch, fields: Fields) -> Iterator[Item]:
    """Yield the rows of a record batch as articles, or why they are none."""
    from skazal.corpus.reading import parquet_row

    for index in range(batch.num_rows):
        try:
            row = parquet_row(batch, index)
            if isinstance(row, UnusableError):
                raise row
            if row.get(fields.id) in (None, ""):
                raise UnusableError("bad_id", f"the column {fields.id!r} is missing or empty")
            yield article_of(row, fields, "", "", index + 1)
        except UnusableError as error:
            yield Rejected("", error.reason, str(error), id=error.id)


def merged(
    items: Iterable[Item], documents: Iterable[Document], rejected: Mapping[int, Rejected]
) -> Iterator[Document | Rejected]:
    """Yield for each item its document or why there is none."""
    done = iter(documents)
    article = -1
    for item in items:
        if not isinstance(item, Article):
            yield item
            continue
        article += 1
        yield rejected[article] if article in rejected else next(done)


def record_batch(found: Iterable[Document | Rejected]) -> pa.RecordBatch:
    """Return documents and rejections as a batch in ``annotated_schema()``."""
    pa = needed("pyarrow")
    return pa.RecordBatch.from_pylist([nested_row(one) for one in found], schema=annotated_schema())


def nested_row(found: Document | Rejected) -> dict[str, Any]:
    """Return all that a document or rejection has in the five tables."""
    if isinstance(found, Rejected):
        return {"entities": [], "mentions": [], "quotes": [], "rejected": rejected_row(found)}
    rows: dict[str, Any] = dict(rows_of(found))
    return {**rows, "documents": rows["documents"][0], "rejected": None}


def rejected_row(found: Rejected, position: int | None = None) -> dict[str, Any]:
    """Return the row of a rejection."""
    return {
        "document": found.id, "reason": found.reason, "message": found.message, "source": found.source or None,
        "line": found.line if found.source else None, "position": position,
    }  # fmt: skip


def tables_of(batches: Iterable[pa.RecordBatch]) -> dict[str, pa.Table]:
    """Return the five tables of batches in ``annotated_schema()``."""
    pa = needed("pyarrow")
    kept = list(batches)
    return {
        name: pa.Table.from_batches([table_rows(batch, name) for batch in kept], schema=table_schema(name))
        for name in TABLES
    }


def table_rows(batch: pa.RecordBatch, name: str) -> pa.RecordBatch:
    """Return the rows of one table from a nested batch."""
    pa = needed("pyarrow")
    column = batch.column(name)
    rows = column.drop_null() if name in ("documents", "rejected") else column.flatten()
    return pa.RecordBatch.from_struct_array(rows).replace_schema_metadata(table_schema(name).metadata)


def to_stream(documents: Iterable[Document]) -> bytes:
    """Return documents as an Arrow stream, the form in which they leave a worker."""
    pa = needed("pyarrow")
    sink = io.BytesIO()
    with pa.ipc.new_stream(sink, annotated_schema()) as writer:
        writer.write_batch(record_batch(documents))
    return sink.getvalue()


def from_stream(content: bytes) -> Iterator[pa.RecordBatch]:
    """Yield the batches of an Arrow stream."""
    with needed("pyarrow").ipc.open_stream(content) as reader:
        yield from reader
