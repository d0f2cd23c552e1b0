"""The layer over Spark, on Spark: two threads of this machine, and a cluster of processes that loses one in mid-job."""

from __future__ import annotations

import os
import shutil
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psutil
import pytest

import skazal
from skazal.corpus import Corpus
from skazal.corpus.arrow import TABLES, table_schema
from skazal.corpus.settings import Limits

from .pipelines import DIE, FAIL, SLEEP

pyspark_sql = pytest.importorskip("pyspark.sql", reason="pip install 'skazal[spark]'")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.spark,
    pytest.mark.allow_hosts(["127.0.0.1"]),
    pytest.mark.skipif(shutil.which("java") is None, reason="Apache Spark needs Java 17"),
    pytest.mark.filterwarnings("ignore::FutureWarning"),
]

FAST = "corpus.pipelines:fast"
SAID = "«Мост откроют осенью», — сообщила мэр Орловки Инна Лужина."


@contextmanager
def session(master: str) -> Iterator[Any]:
    """A Spark that talks to this machine alone."""
    modules = os.pathsep.join(filter(None, sys.path))
    os.environ |= {"PYSPARK_PYTHON": sys.executable, "SPARK_LOCAL_IP": "127.0.0.1"}
    settings = {
        "spark.ui.enabled": "false",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.executorEnv.PYTHONPATH": modules,
        "spark.executorEnv.OPENBLAS_NUM_THREADS": "1",
        "spark.sql.execution.arrow.maxRecordsPerBatch": "8",
    }
    builder = pyspark_sql.SparkSession.builder.master(master)
    for name, value in settings.items():
        builder = builder.config(name, value)
    spark = builder.getOrCreate()
    try:
        yield spark
    finally:
        spark.stop()


def test_a_data_frame_becomes_the_five_tables(tmp_path: Path) -> None:
    from skazal import spark as layer

    rows = [(f"a{n}", SAID, "Вестник", "2031-05-04") for n in range(12)] + [("b", None, "Курьер", None)]
    with session("local[2]") as spark:
        frame = spark.createDataFrame(rows, "id string, text string, outlet string, date string").repartition(2)
        annotated = layer.annotate(frame).persist()
        tables = layer.tables(annotated)
        for name in TABLES:
            assert tables[name].columns == table_schema(name).names
            tables[name].write.parquet(str(tmp_path / "out" / name))
        assert tables["documents"].count() == 12
        (rejected,) = tables["rejected"].collect()
        assert (rejected.document, rejected.reason) == ("b", "no_text")
        odd = spark.createDataFrame([("c", DIE), ("d", FAIL), ("e", "Да")], "url string, body string").coalesce(1)
        found = layer.tables(layer.annotate(odd, "body", "url", limits=Limits(), pipeline=FAST).persist())
        assert sorted((row.document, row.reason) for row in found["rejected"].collect()) == [
            ("c", "died"), ("d", "failed"),
        ]  # fmt: skip
        assert [row.document for row in found["documents"].collect()] == ["e"]
    expected = skazal.annotate(SAID).quotes[0].speaker
    assert expected
    (speaker,) = Corpus(tmp_path / "out").speakers().to_pylist()
    assert (speaker["speaker"], speaker["quotes"], speaker["outlets"]) == (expected.name, 12, 1)


def test_a_cluster_that_loses_an_executor_loses_no_document() -> None:
    from skazal import spark as layer

    rows = [(f"a{n}", f"{SLEEP} {n}") for n in range(400)]
    with session("local-cluster[2,1,2048]") as spark:
        frame = spark.createDataFrame(rows, "id string, text string").repartition(16)
        documents = layer.table(layer.annotate(frame, pipeline=FAST), "documents")
        killed: list[int] = []
        watcher = threading.Thread(target=kill_one, args=(spark, killed))
        watcher.start()
        ids = [row.document for row in documents.select("document").collect()]
        watcher.join()
    assert killed
    assert sorted(ids) == sorted(f"a{n}" for n in range(400))


def kill_one(spark: Any, killed: list[int]) -> None:
    """End an executor once the first tasks of the job are done and others are at work."""
    tracker = spark.sparkContext.statusTracker()
    end = time.monotonic() + 600
    while time.monotonic() < end:
        stages = [tracker.getStageInfo(stage) for stage in tracker.getActiveStageIds()]
        if any(stage and stage.numCompletedTasks and stage.numActiveTasks and stage.numTasks == 16 for stage in stages):
            executor = executors(spark.sparkContext.applicationId)[0]
            executor.kill()
            killed.append(executor.pid)
            return
        time.sleep(0.05)


def executors(application: str) -> list[psutil.Process]:
    """The executors' processes of an application."""
    found = []
    for process in psutil.Process().children(recursive=True):
        with suppress(psutil.Error):  # some are gone before they are asked
            command = process.cmdline()
            if application in command and any("ExecutorBackend" in part for part in command):
                found.append(process)
    return found
