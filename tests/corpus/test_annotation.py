"""Runs over small corpora: nothing is lost, whatever dies, hangs, fills up or is interrupted."""

from __future__ import annotations

import errno
import gzip
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

import pyarrow.parquet as pq
import pytest
import zstandard

from skazal import Document
from skazal.annotated import read_documents
from skazal.corpus import Corpus, Summary, annotate, shards
from skazal.corpus.annotation import InterruptedRun
from skazal.corpus.journal import JOURNAL, Journal
from skazal.corpus.supervision import Crew
from skazal.errors import CorpusError

from .pipelines import DIE, FAIL, FILL, HANG, SLEEP

FAST = "corpus.pipelines:fast"


def corpus(path: Path, *texts: str) -> Path:
    records = [{"id": f"n{number}", "text": text, "outlet": "Вестник"} for number, text in enumerate(texts)]
    path.write_text("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records), encoding="utf-8")
    return path


def quick(path: Path, output: Path, **options: Any) -> Summary:
    return annotate(path, output, **{"pipeline": FAST, "batch_size": 4, "shard_size": 8, **options})


def rejected_rows(output: Path) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = pq.read_table(output / "rejected").to_pylist()
    return sorted(rows, key=lambda row: int(row["position"]))


def ids(output: Path) -> list[str]:
    return [document.id for document in read_documents(output)]


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    return corpus(tmp_path / "news.jsonl", *(f"Мост {number} открыт." for number in range(30)))


@pytest.mark.parametrize("workers", [1, 2])
def test_a_corpus_becomes_tables_in_order(articles: Path, tmp_path: Path, workers: int) -> None:
    summary = quick(articles, tmp_path / "out", workers=workers)
    assert (summary.documents, summary.rejected, summary.finished) == (30, {}, True)
    assert ids(tmp_path / "out") == [f"n{number}" for number in range(30)]
    assert next(read_documents(tmp_path / "out")).meta == {"outlet": "Вестник"}
    names = sorted(path.name for path in (tmp_path / "out" / "documents").iterdir())
    assert names == [f"part-{first:012}.parquet" for first in (0, 8, 16, 24)]
    assert pq.read_schema(tmp_path / "out" / "quotes" / names[0]).metadata[b"skazal.schema"]


@pytest.mark.parametrize(
    ("name", "opened"),
    [
        ("out.jsonl", bytes),
        ("out.jsonl.gz", gzip.decompress),
        (
            "out.jsonl.zst",
            lambda content: zstandard.ZstdDecompressor().stream_reader(content, read_across_frames=True).read(),
        ),
    ],
)
def test_a_corpus_becomes_json_lines(
    articles: Path, tmp_path: Path, name: str, opened: Callable[[bytes], bytes]
) -> None:
    quick(articles, tmp_path / name)
    lines = opened((tmp_path / name).read_bytes()).decode().splitlines()
    assert [Document.from_dict(json.loads(line)).id for line in lines] == [f"n{number}" for number in range(30)]
    assert [document.id for document in read_documents(tmp_path / name)] == [f"n{number}" for number in range(30)]
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(["news.jsonl", name, f".{name}.journal"])


def test_the_real_pipeline_gives_the_same_one_by_one_and_in_workers(tmp_path: Path) -> None:
    import skazal

    texts = [
        "«Мост откроют осенью», — сообщила мэр Орловки Инна Лужина.",
        "Капитан Тимур Вяткин считает, что без ледокола не обойтись.",
        "По словам Лужиной, деньги есть. Вяткин молчит.",
    ] * 3
    annotate(corpus(tmp_path / "a.jsonl", *texts), tmp_path / "out", workers=2, batch_size=2)
    expected = [skazal.annotate(text, id=f"n{n}", meta={"outlet": "Вестник"}) for n, text in enumerate(texts)]
    assert list(read_documents(tmp_path / "out")) == expected
    assert list(skazal.annotate_many(texts, workers=2, batch_size=2)) == list(skazal.annotate_many(texts, batch_size=2))


def test_every_sort_of_broken_record_is_rejected_with_its_place(tmp_path: Path) -> None:
    good = json.dumps({"id": "a", "text": "Да"}).encode()
    broken: list[tuple[bytes, str]] = [
        (b'{"id": "b", "text": 5}', "not_text"),
        (b'{"id": "c"}', "no_text"),
        (b'{"id": "d", "text": ""}', "no_text"),
        (b'{"id": "e", "text": "\xcc\xee"}', "bad_encoding"),
        (b'{"id": "f", ', "bad_json"),
        (good, "duplicate_id"),
        (json.dumps({"id": "g", "text": "а" * 101}).encode(), "too_long"),
        (json.dumps({"id": "h", "text": FAIL}).encode(), "failed"),
        (json.dumps({"id": "i", "text": DIE}).encode(), "died"),
        (json.dumps({"id": "j", "text": HANG}).encode(), "time_limit"),
        (json.dumps({"id": "k", "text": FILL}).encode(), "memory_limit"),
        (b'{"id": [], "text": "a"}', "bad_id"),
    ]
    lines = [good]
    for number, (line, _) in enumerate(broken):
        lines += [line, json.dumps({"id": f"n{number}", "text": "Мост"}).encode()]
    (tmp_path / "a.jsonl").write_bytes(b"\n".join(lines))
    summary = quick(
        tmp_path / "a.jsonl",
        tmp_path / "out",
        workers=2,
        max_length=100,
        time_limit=8,
        memory_limit=300,
        shard_size=7,
    )
    rows = rejected_rows(tmp_path / "out")
    assert [row["reason"] for row in rows] == [reason for _, reason in broken]
    assert [row["position"] for row in rows] == list(range(1, 24, 2))
    assert [row["line"] for row in rows] == list(range(2, 25, 2))
    assert {row["source"] for row in rows} == {str(tmp_path / "a.jsonl")}
    assert rows[7]["message"] == "RuntimeError: сломалось совсем"
    assert ids(tmp_path / "out") == ["a", *(f"n{number}" for number in range(12))]
    assert (summary.documents, summary.records) == (13, 25)
    assert summary.rejected["no_text"] == 2
    assert summary.examples["no_text"].line == 4


def test_rejected_records_stand_beside_json_lines(tmp_path: Path) -> None:
    articles = corpus(tmp_path / "news.jsonl", "Да", "", "Нет")
    summary = quick(articles, tmp_path / "out.jsonl")
    assert summary.rejected == {"no_text": 1}
    (line,) = (tmp_path / "out.rejected.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(line) == {
        "position": 1, "source": str(articles), "line": 2, "id": "n1", "reason": "no_text",
        "message": "the text is empty",
    }  # fmt: skip
    quick(corpus(articles, "Да"), tmp_path / "out.jsonl", overwrite=True)
    assert sorted(path.name for path in tmp_path.iterdir()) == [".out.jsonl.journal", "news.jsonl", "out.jsonl"]


def started(articles: Path, output: Path, *options: str) -> subprocess.Popen[bytes]:
    code = (
        "from skazal.corpus import annotate; import sys;"
        f"annotate({str(articles)!r}, {str(output)!r}, "
        f"batch_size=2, shard_size=4, pipeline={FAST!r}, {', '.join(options)})"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    return subprocess.Popen([sys.executable, "-c", code], env=environment, stderr=subprocess.PIPE)


def wait_for(condition: Callable[[], object], seconds: float = 120.0) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.01)


@pytest.mark.parametrize("name", ["out", "out.jsonl.gz"])
def test_a_killed_run_goes_on_where_it_was(tmp_path: Path, name: str) -> None:
    articles = corpus(tmp_path / "news.jsonl", *(f"{SLEEP} {number}" for number in range(120)))
    output = tmp_path / name
    journal = output / JOURNAL if name == "out" else tmp_path / f".{name}.journal"
    luck = random.Random(3)
    for _ in range(3):
        process = started(articles, output, "resume=True")
        wait_for(lambda: journal.exists() and len(journal.read_bytes().splitlines()) > 1 + luck.randrange(4))
        time.sleep(luck.random() * 0.2)
        process.kill()
        process.communicate()
    summary = annotate(articles, output, batch_size=2, shard_size=4, pipeline=FAST, resume=True)
    assert (summary.documents, summary.finished) == (120, True)
    assert summary.skipped >= 4
    assert ids(output) == [f"n{number}" for number in range(120)]


def test_ctrl_c_saves_what_is_done(tmp_path: Path) -> None:
    articles = corpus(tmp_path / "news.jsonl", *(f"{SLEEP} {number}" for number in range(400)))
    output = tmp_path / "out"
    process = started(articles, output)
    wait_for(lambda: (output / JOURNAL).exists() and len((output / JOURNAL).read_bytes().splitlines()) > 2)
    process.send_signal(signal.SIGINT)
    _, complaint = process.communicate()
    assert b"InterruptedRun" in complaint
    assert process.returncode != 0
    with Journal(output / JOURNAL) as journal:
        assert 0 < journal.documents == len(ids(output)) < 400
        assert not journal.finished


def test_a_run_stopped_by_a_signal_raises_with_its_summary(articles: Path, tmp_path: Path, monkeypatch: Any) -> None:
    def interrupted(crew: Crew) -> None:
        os.kill(os.getpid(), signal.SIGINT)
        listen(crew)

    listen = Crew.listen
    monkeypatch.setattr(Crew, "listen", interrupted)
    with pytest.raises(InterruptedRun) as caught:
        quick(articles, tmp_path / "out")
    assert not caught.value.summary.finished
    monkeypatch.undo()
    assert quick(articles, tmp_path / "out", resume=True).documents == 30
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


@pytest.mark.parametrize("name", ["out", "out.jsonl"])
def test_a_full_disk_loses_nothing_that_was_saved(
    articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    room = iter(range(12))

    def full(handle: int) -> None:
        if next(room, None) is None:
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        quick(articles, tmp_path / name, shard_size=4)
    monkeypatch.undo()
    left = [path.name for path in tmp_path.rglob("*") if path.name.endswith(".tmp")]
    assert left == []
    summary = quick(articles, tmp_path / name, shard_size=4, resume=True)
    assert summary.skipped > 0
    assert summary.documents == 30
    assert ids(tmp_path / name) == [f"n{number}" for number in range(30)]


def test_files_of_a_shard_that_the_journal_does_not_know_are_made_anew(articles: Path, tmp_path: Path) -> None:
    quick(articles, tmp_path / "out")
    journal = tmp_path / "out" / JOURNAL
    lines = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(b"".join(lines[:3]) + lines[3][:20])
    stray = tmp_path / "out" / "quotes" / "part-000000000009.parquet"
    stray.write_bytes(b"half")
    summary = quick(articles, tmp_path / "out", resume=True)
    assert (summary.skipped, summary.documents) == (16, 30)
    assert ids(tmp_path / "out") == [f"n{number}" for number in range(30)]
    assert not stray.exists()


def test_resuming_with_other_settings_or_input_is_refused(articles: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    quick(articles, output)
    journal = output / JOURNAL
    journal.write_bytes(b"".join(journal.read_bytes().splitlines(keepends=True)[:-1]))
    with pytest.raises(CorpusError, match="max_length was 1000000, is 5"):
        quick(articles, output, resume=True, max_length=5)
    content = articles.read_bytes()
    articles.write_bytes(content.replace(b"n3", b"m3"))
    with pytest.raises(CorpusError, match="not the one that the run has read"):
        quick(articles, output, resume=True)
    articles.write_bytes(content + b'{"text": "a"}\n')
    with pytest.raises(CorpusError, match=r"input\.bytes was"):
        quick(articles, output, resume=True)
    articles.write_bytes(content)
    assert quick(articles, output, resume=True, workers=2, batch_size=3).documents == 30


@pytest.mark.parametrize("name", ["out", "out.jsonl"])
def test_resuming_a_finished_run_looks_at_settings_and_input_too(articles: Path, tmp_path: Path, name: str) -> None:
    content = articles.read_bytes()
    quick(articles, tmp_path / name)
    again = quick(articles, tmp_path / name, resume=True)
    assert (again.documents, again.skipped) == (30, 30)
    with pytest.raises(CorpusError, match="id_field was 'id', is 'url'"):
        quick(articles, tmp_path / name, resume=True, id_field="url")
    articles.write_bytes(content.replace(b"n29", b"m29"))
    with pytest.raises(CorpusError, match="not the one that the run has read"):
        quick(articles, tmp_path / name, resume=True)
    articles.write_bytes(content)
    assert quick(articles, tmp_path / name, resume=True).documents == 30


def test_a_file_that_no_run_wrote_and_the_input_itself_are_left_alone(articles: Path, tmp_path: Path) -> None:
    mine = corpus(tmp_path / "mine.jsonl", "Да")
    for mode in ({}, {"resume": True}):
        with pytest.raises(CorpusError, match=r"overwrite it .--overwrite., or name another"):
            quick(articles, mine, **mode)
    with pytest.raises(CorpusError, match="is one of the inputs"):
        quick(tmp_path / "*.jsonl", articles, overwrite=True)
    assert quick(articles, mine, overwrite=True).documents == 30
    mine.unlink()
    assert quick(articles, mine).documents == 30


def test_saved_shards_that_are_gone_are_told(articles: Path, tmp_path: Path) -> None:
    for name, lost in (("out", "out/quotes/part-000000000008.parquet"), ("out.jsonl", ".out.jsonl.part")):
        quick(articles, tmp_path / name)
        journal = tmp_path / name / JOURNAL if name == "out" else tmp_path / ".out.jsonl.journal"
        journal.write_bytes(b"".join(journal.read_bytes().splitlines(keepends=True)[:-1]))
        (tmp_path / lost).unlink(missing_ok=True)
        with pytest.raises(CorpusError, match="put it back, or overwrite all"):
            quick(articles, tmp_path / name, resume=True)
        journal.write_bytes(b"{}\nno journal\n")
        with pytest.raises(CorpusError, match="is damaged"):
            quick(articles, tmp_path / name, resume=True)


def test_an_output_is_neither_mixed_nor_overwritten_unasked(articles: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    quick(articles, output)
    with pytest.raises(CorpusError, match=r"finished run; resume it .--resume., overwrite it"):
        quick(articles, output)
    assert quick(articles, output, resume=True).skipped == 30
    assert quick(corpus(articles, "Да"), output, overwrite=True).documents == 1
    assert ids(output) == ["n0"]
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("Да", encoding="utf-8")
    for mode in ({}, {"overwrite": True}, {"resume": True}):
        with pytest.raises(CorpusError, match="is not empty"):
            quick(articles, tmp_path / "mine", **mode)


@pytest.mark.parametrize(
    ("inputs", "output", "problem"),
    [
        ("none.jsonl", "out", "nothing to read: .*none.jsonl: No such file"),
        ("*.csv", "out", "nothing to read: .*csv: no file matches"),
        ("empty", "out", "holds no .txt file; a pattern"),
        ("news.jsonl", "none/out", "there is no folder .*none; make it"),
        ("news.jsonl", "out.json", "is a file's name; JSON Lines are written to"),
        ("news.jsonl", "news.jsonl.gz", "is a folder"),
    ],
)
@pytest.mark.usefixtures("articles")
def test_what_cannot_be_read_or_written_is_told_and_leaves_nothing(
    tmp_path: Path, inputs: str, output: str, problem: str
) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "news.jsonl.gz").mkdir()
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(CorpusError, match=problem):
        quick(tmp_path / inputs, tmp_path / output)
    assert sorted(tmp_path.rglob("*")) == before


def test_two_runs_do_not_share_an_output(articles: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    with Journal(tmp_path / "out" / JOURNAL), pytest.raises(CorpusError, match="another run is writing there"):
        quick(articles, tmp_path / "out")


def test_a_pipeline_that_does_not_load_ends_the_run(articles: Path, tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="could not load its pipeline"):
        quick(articles, tmp_path / "out", pipeline="corpus.pipelines:broken")


def test_an_empty_corpus_gives_empty_tables(tmp_path: Path) -> None:
    news = corpus(tmp_path / "news.jsonl")
    for name in ("out", "out.jsonl.gz"):
        for resume in (False, True):
            summary = quick(news, tmp_path / name, resume=resume)
            assert (summary.documents, summary.finished) == (0, True)
        assert ids(tmp_path / name) == []
    assert len(Corpus(tmp_path / "out").speakers()) == 0


def test_settings_that_cannot_be_are_refused(articles: Path, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="workers is at least 1"):
        quick(articles, tmp_path / "out", workers=0)


def test_a_shard_is_whole_or_not_there(tmp_path: Path) -> None:
    def half(stream: BinaryIO) -> None:
        stream.write(b"half")
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        shards.write_whole(tmp_path / "a", half)
    assert list(tmp_path.iterdir()) == []
