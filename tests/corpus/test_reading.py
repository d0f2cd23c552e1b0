"""What is read from which files, and what is said of inputs that give no article."""

from __future__ import annotations

import gzip
import io
import json
import sys
from pathlib import Path
from types import SimpleNamespace

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard

from skazal.corpus.articles import Article, Fields, Item, Rejected
from skazal.corpus.checks import Feed, checked, unique
from skazal.corpus.files import Format, Meter, sizes
from skazal.corpus.reading import read_inputs

RECORDS = [{"id": "n1", "text": "Мост открыт.", "outlet": "Вестник"}, {"id": "n2", "text": "Паром ушёл.", "outlet": ""}]
LINES = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in RECORDS).encode()


def read(*inputs: Path | str, id: str = "id", text: str = "text", format: Format | None = None) -> list[Item]:
    return list(read_inputs([str(name) for name in inputs], Fields(id, text), format))


def told(items: list[Item]) -> list[tuple[str, int | None, str]]:
    return [(item.reason, item.line, item.message) for item in items if isinstance(item, Rejected)]


def assert_records(items: list[Item]) -> None:
    assert [(item.id, item.text, item.meta) for item in items if isinstance(item, Article)] == [
        ("n1", "Мост открыт.", {"outlet": "Вестник"}),
        ("n2", "Паром ушёл.", {"outlet": ""}),
    ]


def test_json_lines_are_read_plain_and_compressed(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(LINES)
    # Files that grew member by member are as common as those of one.
    half = LINES.index(b"\n") + 1
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(LINES[:half]) + gzip.compress(LINES[half:]))
    compress = zstandard.ZstdCompressor().compress
    (tmp_path / "a.jsonl.zst").write_bytes(compress(LINES[:half]) + compress(LINES[half:]))
    for name in ("a.jsonl", "a.jsonl.gz", "a.jsonl.zst"):
        assert_records(read(tmp_path / name))


def test_csv_and_tsv_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(
        'id,text,outlet\nn1,Мост открыт.,Вестник\n\nn2,"Паром ушёл.",\n', encoding="utf-8-sig"
    )
    (tmp_path / "a.tsv.gz").write_bytes(
        gzip.compress("id\ttext\toutlet\nn1\tМост открыт.\tВестник\nn2\tПаром ушёл.\t\n".encode())
    )
    assert_records(read(tmp_path / "a.csv"))
    assert_records(read(tmp_path / "a.tsv.gz"))


def test_a_csv_row_may_take_many_lines(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text('id,text\n1,"Мост\nоткрыт."\n2,Да\n', encoding="utf-8")
    assert [(item.id, item.line) for item in read(tmp_path / "a.csv") if isinstance(item, Article)] == [
        ("1", 2),
        ("2", 4),
    ]


def test_a_csv_may_have_semicolons_between_its_fields(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text('id;text\n1;"Мост; открыт, вот."\n2;Да, так\n', encoding="utf-8")
    assert [item.text for item in read(tmp_path / "a.csv") if isinstance(item, Article)] == [
        "Мост; открыт, вот.", "Да, так",
    ]  # fmt: skip


def test_a_quotation_mark_that_is_never_closed_is_told_where_it_opens(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text('id,text\n1,Да\n2,"Нет\n3,Вот\n', encoding="utf-8")
    (broken,) = told(read(tmp_path / "a.csv"))
    assert broken[:2] == ("bad_csv", 3)
    assert "never closed" in broken[2]


def test_records_without_a_field_are_told_what_they_have(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(LINES)
    (first, _) = told(read(tmp_path / "a.jsonl", text="body"))
    assert first == (
        "no_text",
        1,
        "the record has no field 'body' but 'id', 'text', 'outlet'; --text-field names another",
    )
    (first, _) = told(read(tmp_path / "a.jsonl", id="url"))
    assert first[0] == "bad_id"


def test_arrays_of_json_are_told_how_they_become_lines(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('[{"text": "Да"},\n{"text": "Нет"}]\n[{"text": "Да"}]\n', encoding="utf-8")
    broken = told(read(tmp_path / "a.json"))
    assert ["jq -c '.[]'" in message for _, _, message in broken] == [True, False, True]


def test_broken_csv_rows_are_told_by_their_lines(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes("id,text\n1,Да\n2\n3,а,б\n4,".encode() + b"\xcc\xee\n" + "5,Нет\n".encode())
    items = read(tmp_path / "a.csv")
    assert [item.id for item in items if isinstance(item, Article)] == ["1", "5"]
    assert told(items) == [
        ("bad_csv", 3, "the row has 1 fields, the head 2"),
        ("bad_csv", 4, "the row has 3 fields, the head 2"),
        (
            "bad_encoding",
            5,
            "not UTF-8: byte 0xcc at offset 0; convert it first, for example with iconv -f cp1251 -t utf-8",
        ),
    ]


def test_parquet_is_read_and_keeps_what_json_can_hold(tmp_path: Path) -> None:
    table = pa.table(
        {
            "id": [1, 2, 3],
            "text": ["Мост открыт.", None, "Да"],
            "date": pa.array([0, 1, 2], pa.date32()),
            "score": [1.5, float("nan"), None],
        }
    )
    pq.write_table(table, tmp_path / "a.parquet")
    items = read(tmp_path / "a.parquet")
    first, _, third = items
    assert isinstance(first, Article)
    assert isinstance(third, Article)
    assert (first.id, first.meta) == ("1", {"date": "1970-01-01", "score": 1.5})
    assert third.meta == {"date": "1970-01-03", "score": None}
    assert told(items) == [("no_text", 2, "the field 'text' is null")]


def test_parquet_texts_that_are_bytes_are_decoded(tmp_path: Path) -> None:
    table = pa.table({"id": ["a", "b"], "text": ["Да".encode(), b"\xc4\xe0"]})
    pq.write_table(table, tmp_path / "a.parquet")
    good, bad = read(tmp_path / "a.parquet")
    assert isinstance(good, Article)
    assert good.text == "Да"
    assert isinstance(bad, Rejected)
    assert bad.reason == "bad_encoding"


def test_folders_and_patterns_are_read_in_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a/d.txt", "a/c.txt", "notes.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name, encoding="utf-8")
    (tmp_path / "e.txt.gz").write_bytes(gzip.compress(b"e.txt"))
    assert [item.id for item in read(tmp_path) if isinstance(item, Article)] == ["a/c", "a/d", "b", "e"]
    assert [item.id for item in read(tmp_path / "*.txt") if isinstance(item, Article)] == ["b"]
    assert [item.id for item in read(tmp_path / "**" / "?.txt") if isinstance(item, Article)] == ["c", "d", "b"]
    assert told(read(tmp_path / "*.csv")) == [("unreadable", None, "no file matches")]
    assert sizes([str(tmp_path)])[0] == 4


@pytest.mark.parametrize("compress", [bytes, gzip.compress, zstandard.ZstdCompressor().compress])
def test_standard_input_tells_its_format_itself(monkeypatch: pytest.MonkeyPatch, compress: object) -> None:
    assert callable(compress)
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(compress(LINES))))
    assert_records(read("-"))
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(compress("Мост открыт.\n".encode()))))
    (item,) = read("-")
    assert isinstance(item, Article)
    assert (item.id, item.text) == ("-", "Мост открыт.\n")


def test_a_format_may_be_said(tmp_path: Path) -> None:
    (tmp_path / "dump").write_bytes(LINES)
    assert_records(read(tmp_path / "dump", format="jsonl"))


def test_damaged_files_are_told_where_they_break(tmp_path: Path) -> None:
    whole = gzip.compress(LINES * 500)
    (tmp_path / "cut.jsonl.gz").write_bytes(whole[: len(whole) // 2])
    (tmp_path / "cut.jsonl.zst").write_bytes(zstandard.ZstdCompressor().compress(LINES * 500)[:-200] + b"x" * 200)
    (tmp_path / "no.gz").write_bytes(b"no gzip at all")
    (tmp_path / "no.parquet").write_bytes(b"no parquet")
    (tmp_path / "good.jsonl").write_bytes(LINES)
    for name in ("cut.jsonl.gz", "cut.jsonl.zst", "no.gz", "no.parquet"):
        *before, broken, one, two = read(tmp_path / name, tmp_path / "good.jsonl")
        assert isinstance(broken, Rejected), name
        assert broken.reason == "unreadable"
        assert broken.line in (None, len(before) + 1)
        assert_records([one, two])


def test_flaws_and_repeated_ids_are_rejected(tmp_path: Path) -> None:
    records = [
        {"id": "a", "text": "Да"}, {"id": "b", "text": ""}, {"id": "c", "text": " \n"}, {"id": "d", "text": "а" * 11},
        {"id": "a", "text": "Нет"}, {"id": "e", "text": 5}, {"id": "f"}, {"id": "g", "text": "а" * 10},
    ]  # fmt: skip
    path = tmp_path / "a.jsonl"
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    items = list(unique(checked(read(path), 10)))
    assert [item.id for item in items if isinstance(item, Article)] == ["a", "g"]
    assert [(item.reason, item.line, item.id) for item in items if isinstance(item, Rejected)] == [
        ("no_text", 2, "b"),
        ("no_text", 3, "c"),
        ("too_long", 4, "d"),
        ("duplicate_id", 5, "a"),
        ("not_text", 6, "e"),
        ("no_text", 7, "f"),
    ]


def test_ids_made_from_names_are_made_unique(tmp_path: Path) -> None:
    for folder in ("x", "y"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.txt").write_text("Да", encoding="utf-8")
    items = list(unique(read(tmp_path / "x", tmp_path / "y")))
    assert [item.id for item in items] == ["a", str(tmp_path / "y" / "a.txt")]


def test_very_long_lines_are_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("skazal.corpus.reading.LONGEST_LINE", 200)
    path = tmp_path / "a.jsonl"
    path.write_bytes(LINES + b'{"text": "' + b"a" * 1000 + b'"}\n' + LINES)
    items = read(path)
    assert told(items) == [("too_long", 3, "the line has more than 200 bytes")]
    assert len(items) == 5


def test_a_feed_knows_what_it_has_read() -> None:
    articles = [Article(str(number), "а" * number) for number in range(1, 8)]
    (first, *_) = Feed(articles).batches(3)
    again = Feed(articles)
    assert list(again.skip(3)) == []
    assert again.digest == first.digest
    assert [(batch.first, len(batch.items)) for batch in again.batches(3)] == [(3, 3), (6, 1)]
    assert not again.more()
    for other in (articles[1:], articles[:2]):
        feed = Feed(other)
        assert not list(feed.skip(3))
        assert feed.digest != first.digest


def test_batches_of_long_texts_are_short() -> None:
    articles = [Article(str(number), "а" * 90_000) for number in range(5)]
    assert [len(batch.items) for batch in Feed(articles).batches(32)] == [3, 2]


def test_the_meter_follows_the_reading(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(LINES * 1000)
    meter = Meter(sizes([str(path)])[1])
    shares = [meter.share for _ in read_inputs([str(path)], Fields(), meter=meter)]
    assert meter.share == 1.0
    assert sorted(share or 0.0 for share in shares) == shares
    assert Meter().share is None
