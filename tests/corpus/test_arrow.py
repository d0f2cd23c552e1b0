"""Record batches in, record batches out: the function that engines map."""

from __future__ import annotations

import datetime

import pyarrow as pa

import skazal
from skazal.corpus import annotate_batches
from skazal.corpus.arrow import TABLES, annotated_schema, table_schema, tables_of
from skazal.corpus.settings import Limits
from skazal.tables import COLUMNS, arrow_schema, documents_of

from .pipelines import DIE, FAIL

SAID = "«Мост откроют осенью», — сообщила мэр Орловки Инна Лужина."


def batch(**columns: list[object]) -> pa.RecordBatch:
    return pa.RecordBatch.from_pydict(columns)


def test_a_row_comes_back_with_all_its_tables() -> None:
    rows = batch(url=["a1", "a2"], body=[SAID, "Пусто."], date=[datetime.date(2031, 5, 4), None])
    (found,) = annotate_batches([rows], text="body", id="url")
    assert found.schema.equals(annotated_schema())
    tables = tables_of([found])
    assert tuple(tables) == TABLES
    for name, table in tables.items():
        assert table.schema.equals(table_schema(name), check_metadata=True)
    first, second = documents_of({name: tables[name] for name in COLUMNS})
    assert first == skazal.annotate(SAID, id="a1", meta={"date": "2031-05-04"})
    assert (second.id, second.meta) == ("a2", {"date": None})


def test_schemas_are_those_of_the_tables() -> None:
    for name in COLUMNS:
        assert table_schema(name).equals(arrow_schema(name))


def test_what_is_not_annotated_comes_back_as_rejected() -> None:
    rows = batch(id=["a", None, "c", "d", "e", "f"], text=["Да", "Да", None, " ", FAIL, "Нет"])
    (found,) = annotate_batches([rows], pipeline="corpus.pipelines:fast")
    assert found.num_rows == 6
    assert [row and row["document"] for row in found.column("documents").to_pylist()] == ["a", *[None] * 4, "f"]
    rejected = [row and (row["document"], row["reason"]) for row in found.column("rejected").to_pylist()]
    assert rejected == [None, (None, "bad_id"), ("c", "no_text"), ("d", "no_text"), ("e", "failed"), None]
    (no_text,) = annotate_batches([batch(id=[1])], pipeline="corpus.pipelines:fast")
    assert no_text.column("rejected").to_pylist()[0]["reason"] == "no_text"


def test_with_limits_a_document_that_kills_is_rejected_alone() -> None:
    batches = [batch(id=[n, n + 1, n + 2], text=["Да", DIE, "Нет"]) for n in (1, 4)]
    found = list(annotate_batches(iter(batches), limits=Limits(), pipeline="corpus.pipelines:fast"))
    tables = tables_of(found)
    assert tables["documents"].column("document").to_pylist() == ["1", "3", "4", "6"]
    assert tables["rejected"].select(["document", "reason"]).to_pylist() == [
        {"document": "2", "reason": "died"},
        {"document": "5", "reason": "died"},
    ]
