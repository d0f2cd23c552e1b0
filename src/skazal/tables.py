"""Documents as four tables, by way of Arrow, for pandas, Polars, DuckDB, R and whoever reads Parquet.

``documents`` has a row for each document, ``entities``, ``mentions`` and ``quotes`` a row for each of theirs; they are
joined by ``document`` and ``entity``. Needs the extra ``skazal[tables]``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, get_args

from skazal.document import Document, Entity, Quote, Span, check_several
from skazal.errors import ArgumentError, MissingExtraError

if TYPE_CHECKING:
    import pyarrow as pa

Engine = Literal["pandas", "polars", "arrow"]
Row = dict[str, Any]

# Grows when a column is added; columns are never changed or removed under the same first number.
SCHEMA_VERSION = "1.0"

TEXT, NUMBER, SHARE, TEXTS, SPANS, EXTENTS = "text", "number", "share", "texts", "spans", "extents"

# Columns of each table, in order. Offsets count characters of `documents.text`, end exclusive; an empty cell is null.
COLUMNS: dict[str, dict[str, str]] = {
    "documents": {
        "document": TEXT, "text": TEXT, "meta": TEXT, "sentences": EXTENTS, "entities": NUMBER, "quotes": NUMBER,
    },
    "entities": {
        "document": TEXT, "entity": TEXT, "type": TEXT, "name": TEXT, "gender": TEXT, "roles": TEXTS,
        "mentions": NUMBER,
    },
    "mentions": {
        "document": TEXT, "entity": TEXT, "start": NUMBER, "end": NUMBER, "text": TEXT, "kind": TEXT, "rule": TEXT,
    },
    "quotes": {
        "document": TEXT, "quote": TEXT, "kind": TEXT, "text": TEXT, "start": NUMBER, "end": NUMBER, "spans": SPANS,
        "speaker": TEXT, "speaker_type": TEXT, "speaker_entity": TEXT, "speaker_role": TEXT, "speaker_gender": TEXT,
        "speaker_start": NUMBER, "speaker_end": NUMBER, "speaker_text": TEXT,
        "cue": TEXT, "cue_lemma": TEXT, "cue_class": TEXT, "cue_stance": TEXT, "cue_start": NUMBER, "cue_end": NUMBER,
        "relay": TEXT, "relay_start": NUMBER, "relay_end": NUMBER, "relay_text": TEXT,
        "within": TEXT, "confidence": SHARE, "rule": TEXT, "speaker_rule": TEXT,
    },
}  # fmt: skip


class Frames(NamedTuple):
    """The four tables of some documents, as the engine asked for has them."""

    documents: Any
    entities: Any
    mentions: Any
    quotes: Any


def frames(documents: Iterable[Document], engine: Engine = "pandas") -> Frames:
    """Return the tables of documents as pandas (Arrow-backed) or Polars data frames, or as Arrow tables.

    Raises:
        ImportError: when the engine, or pyarrow, is not installed; the message says what to install.
        ValueError: for an engine that is not one of the three.
    """
    if engine not in get_args(Engine):
        raise ArgumentError(f"engine is one of {', '.join(get_args(Engine))}; {engine!r} came")
    check_several(documents)
    convert = {"pandas": as_pandas, "polars": as_polars, "arrow": as_arrow}[engine]
    return Frames(*(convert(table) for table in arrow_tables(documents).values()))


def arrow_tables(documents: Iterable[Document]) -> dict[str, pa.Table]:
    """Return the tables of documents by name, in the order of `COLUMNS`."""
    pa = needed("pyarrow")
    rows: dict[str, list[Row]] = {name: [] for name in COLUMNS}
    for document in documents:
        for name, found in rows_of(document).items():
            rows[name].extend(found)
    return {name: pa.Table.from_pylist(rows[name], schema=arrow_schema(name)) for name in COLUMNS}


def arrow_schema(name: str) -> pa.Schema:
    """Return the Arrow schema of a table; its metadata have the version."""
    pa = needed("pyarrow")
    extent = [("start", pa.int32()), ("end", pa.int32())]
    types = {
        TEXT: pa.string(),
        NUMBER: pa.int32(),
        SHARE: pa.float64(),
        TEXTS: pa.list_(pa.string()),
        SPANS: pa.list_(pa.struct([*extent, ("text", pa.string())])),
        EXTENTS: pa.list_(pa.struct(extent)),
    }
    columns = [(column, types[kind]) for column, kind in COLUMNS[name].items()]
    return pa.schema(columns, metadata={"skazal.schema": SCHEMA_VERSION})


def rows_of(document: Document) -> dict[str, list[Row]]:
    """Return a document's rows by table."""
    return {
        "documents": [document_row(document)],
        "entities": [entity_row(document.id, entity) for entity in document.entities],
        "mentions": [
            {"document": document.id, "entity": entity.id, **mention.to_dict()}
            for entity in document.entities
            for mention in entity.mentions
        ],
        "quotes": [quote_row(document.id, quote) for quote in document.quotes],
    }


def document_row(document: Document) -> Row:
    """Return the row of a document; its meta is JSON, because every corpus has its own fields."""
    return {
        "document": document.id,
        "text": document.text,
        "meta": json.dumps(dict(document.meta), ensure_ascii=False),
        "sentences": [sentence.to_dict() for sentence in document.sentences],
        "entities": len(document.entities),
        "quotes": len(document.quotes),
    }


def entity_row(document: str, entity: Entity) -> Row:
    """Return the row of an entity."""
    return {
        "document": document, "entity": entity.id, "type": entity.type, "name": entity.name, "gender": entity.gender,
        "roles": list(entity.roles), "mentions": len(entity.mentions),
    }  # fmt: skip


def quote_row(document: str, quote: Quote) -> Row:
    """Return the row of a quote, from the beginning of its first part to the end of its last."""
    speaker, cue, relay = quote.speaker, quote.cue, quote.relay
    row: Row = {
        "document": document, "quote": quote.id, "kind": quote.kind, "text": quote.text,
        "start": min((span.start for span in quote.spans), default=None),
        "end": max((span.end for span in quote.spans), default=None),
        "spans": [span.to_dict() for span in quote.spans],
        "within": quote.within, "confidence": quote.confidence, "rule": quote.rule, "speaker_rule": quote.speaker_rule,
    }  # fmt: skip
    if speaker:
        row |= {
            "speaker": speaker.name, "speaker_type": speaker.type, "speaker_entity": speaker.entity,
            "speaker_role": speaker.role, "speaker_gender": speaker.gender, **place("speaker", speaker.mention),
        }  # fmt: skip
    if cue:
        row |= {"cue_lemma": cue.lemma, "cue_class": cue.semantic_class, "cue_stance": cue.stance}
        row |= {"cue": cue.text, "cue_start": cue.start, "cue_end": cue.end}
    if relay:
        row |= {"relay": relay.name, **place("relay", relay.mention)}
    return row


def place(name: str, span: Span | None) -> Row:
    """Return the three columns of a span that may be missing."""
    return {f"{name}_start": span.start, f"{name}_end": span.end, f"{name}_text": span.text} if span else {}


def documents_of(tables: dict[str, Any]) -> Iterator[Document]:
    """Yield the documents that Arrow tables by name were made from."""
    entities = by_document(tables["entities"])
    mentions = by_document(tables["mentions"])
    quotes = by_document(tables["quotes"])
    for row in tables["documents"].to_pylist():
        key = row["document"]
        yield Document.from_dict(
            {
                "id": key,
                "text": row["text"],
                "meta": json.loads(row["meta"]),
                "sentences": row["sentences"],
                "entities": [entity_of(entity, mentions.get(key, [])) for entity in entities.get(key, [])],
                "quotes": [quote_of(quote) for quote in quotes.get(key, [])],
            }
        )


def by_document(table: Any) -> dict[str, list[Row]]:
    """Return a table's rows by the document they belong to."""
    found: dict[str, list[Row]] = {}
    for row in table.to_pylist():
        found.setdefault(row["document"], []).append(row)
    return found


def entity_of(row: Row, mentions: list[Row]) -> Row:
    """Return the JSON form of an entity from its rows."""
    own = [mention for mention in mentions if mention["entity"] == row["entity"]]
    return {**row, "id": row["entity"], "mentions": own}


def quote_of(row: Row) -> Row:
    """Return the JSON form of a quote from its row."""
    speaker = cue = relay = None
    if row["speaker"] is not None:
        speaker = {name: row[f"speaker_{name}"] for name in ("type", "entity", "role", "gender")}
        speaker |= {"name": row["speaker"], "mention": span_of("speaker", row)}
    if row["cue"] is not None:
        cue = {"start": row["cue_start"], "end": row["cue_end"], "text": row["cue"], "lemma": row["cue_lemma"]}
        cue |= {"semantic_class": row["cue_class"], "stance": row["cue_stance"]}
    if row["relay"] is not None:
        relay = {"name": row["relay"], "mention": span_of("relay", row)}
    return {**row, "id": row["quote"], "speaker": speaker, "cue": cue, "relay": relay}


def span_of(name: str, row: Row) -> Row | None:
    """Return the JSON form of a span from its three columns."""
    if row[f"{name}_start"] is None:
        return None
    return {key: row[f"{name}_{key}"] for key in ("start", "end", "text")}


def as_pandas(table: pa.Table) -> Any:
    """Return a pandas data frame whose columns are Arrow's."""
    pandas = needed("pandas")
    return table.to_pandas(types_mapper=pandas.ArrowDtype)


def as_polars(table: pa.Table) -> Any:
    """Return a Polars data frame."""
    return needed("polars").from_arrow(table)


def as_arrow(table: pa.Table) -> Any:
    """Return the table itself."""
    return table


def needed(module: str) -> Any:
    """Import what a table needs.

    Raises:
        ImportError: telling what to install.
    """
    from importlib import import_module

    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        if error.name != module:
            raise
        raise MissingExtraError(f"tables need {module}: pip install 'skazal[tables]' {module}", name=module) from None
