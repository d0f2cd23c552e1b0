"""Corpora on Apache Spark: ``annotate`` maps a data frame of texts, ``tables`` takes what comes out apart.

A thin layer over ``skazal.corpus.annotate_batches``: Spark plans, moves and repeats the work, this library only turns
record batches into record batches. Needs the extra ``skazal[spark]``, and skazal itself on every worker.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from skazal.corpus.arrow import TABLES, annotate_batches, annotated_schema
from skazal.corpus.settings import PIPELINE, Limits

if TYPE_CHECKING:
    from pyspark.sql import DataFrame
    from pyspark.sql.types import StructType


def annotate(
    df: DataFrame, text: str = "text", id: str = "id", *, limits: Limits | None = None, pipeline: str = PIPELINE
) -> DataFrame:
    """Annotate the texts of a data frame; each row gives one.

    Args:
        df: with a column of texts and one of ids; its other columns become the documents' meta.
        text: the column of texts.
        id: the column of ids.
        limits: what a document may cost; with them each Python worker annotates in a process beside it, and a document
            that kills or hangs that process is rejected alone instead of failing the job.
        pipeline: ``module:function`` that returns the pipeline; a Python worker calls it once.

    Returns:
        a data frame of ``documents``, ``entities``, ``mentions``, ``quotes`` and ``rejected``, one input a row: see
        ``skazal.corpus.arrow``. Write it or keep it before you take several tables out of it, or Spark annotates for
        each of them.
    """
    work = partial(annotate_batches, text=text, id=id, limits=limits, pipeline=pipeline)
    return df.mapInArrow(work, spark_schema())


def tables(annotated: DataFrame) -> dict[str, DataFrame]:
    """Return the five tables of what ``annotate`` returned, by name, with the columns of the Parquet tables."""
    return {name: table(annotated, name) for name in TABLES}


def table(annotated: DataFrame, name: str) -> DataFrame:
    """Return one of the tables."""
    from pyspark.sql.functions import col, explode

    if name in ("documents", "rejected"):
        return annotated.where(col(name).isNotNull()).select(f"{name}.*")
    return annotated.select(explode(name).alias("row")).select("row.*")


def spark_schema() -> StructType:
    """Return the schema of ``annotate_batches`` as Spark has it."""
    from pyspark.sql.pandas.types import from_arrow_schema

    return from_arrow_schema(annotated_schema())
