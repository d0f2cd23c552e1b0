"""What is exported, read back by readers that know nothing of this project."""

from __future__ import annotations

import json
import re
import sys
import time
from dataclasses import replace
from pathlib import Path

import conllu
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import spacy
from spacy.tokens import DocBin
from typer.testing import CliRunner

import skazal
from skazal.annotated import read_documents
from skazal.cli import app
from skazal.document import Document, Mention, Quote, Span
from skazal.errors import DocumentError
from skazal.export import FORMATS, export
from skazal.export.brat import file_name
from skazal.pipeline import to_document
from skazal.tables import arrow_schema, arrow_tables, documents_of

EXAMPLE = (Path(__file__).parents[2] / "examples" / "article.txt").read_text(encoding="utf-8")
NESTED = (
    "«Мне вчера сказали: „Моста не будет“, — вспоминает рыбак Егор Тюлин.\r\n\r\n"
    "По словам Тюлина,\tпаром тоже отменили. Он живёт в Усть-Ладове | на берегу. "
)


@pytest.fixture(scope="module")
def documents() -> list[Document]:
    meta = {"outlet": "Северный курьер", "date": "2031-05-04"}
    return [
        skazal.annotate(EXAMPLE, id="ferry", meta=meta),
        skazal.annotate(NESTED, id="../nested/1\n"),
        skazal.annotate("", id="ferry"),
    ]


def waited(document: Document) -> Quote:
    """The quote of the example article in which people waited too long."""
    return next(quote for quote in document.quotes if quote.text.startswith("Люди ждали"))


# CoNLL-U


@pytest.fixture(scope="module")
def sentences(documents: list[Document], tmp_path_factory: pytest.TempPathFactory) -> list[conllu.TokenList]:
    path = tmp_path_factory.mktemp("conllu") / "all.conllu"
    export(documents, "conllu", path)
    return conllu.parse(path.read_text(encoding="utf-8"))


def in_document(sentences: list[conllu.TokenList], number: int) -> list[conllu.TokenList]:
    starts = [i for i, sentence in enumerate(sentences) if "newdoc id" in sentence.metadata]
    return sentences[starts[number] : [*starts, len(sentences)][number + 1]]


def test_conllu_has_trees_and_offsets(documents: list[Document], sentences: list[conllu.TokenList]) -> None:
    assert [s.metadata["newdoc id"] for s in sentences if "newdoc id" in s.metadata] == ["ferry", "../nested/1"]
    for number in (0, 1):
        for sentence in in_document(sentences, number):
            assert sentence.to_tree()
            assert {token["upos"] for token in sentence} - {"_"}
            for token in sentence:
                start, end = int(token["misc"]["Start"]), int(token["misc"]["End"])
                assert documents[number].text[start:end] == token["form"]


CASES = Path(__file__).parents[1] / "cases" / "quotes"


def test_conllu_has_one_root_a_sentence_and_no_cycle(tmp_path: Path) -> None:
    texts = [path.read_text(encoding="utf-8")[:4000] for path in sorted(CASES.glob("*.txt"))[::4]]
    export([Document(f"d{i}", text) for i, text in enumerate(texts)], "conllu", tmp_path / "all")
    for sentence in conllu.parse((tmp_path / "all").read_text(encoding="utf-8")):
        heads = {token["id"]: token["head"] for token in sentence}
        assert [token["deprel"] for token in sentence if token["head"] == 0] == ["root"]
        assert all(climbs(word, heads) for word in heads)


def climbs(word: int, heads: dict[int, int]) -> bool:
    """Whether the way up from a word ends at the root."""
    for _ in heads:
        word = heads[word] if word else 0
    return word == 0


def test_conllu_text_can_be_rebuilt_from_its_tokens(sentences: list[conllu.TokenList]) -> None:
    for sentence in sentences:
        rebuilt = "".join(
            token["form"] + ("" if token["misc"].get("SpaceAfter") == "No" else " ") for token in sentence
        )
        assert rebuilt.strip() == sentence.metadata["text"]


def test_conllu_has_every_quote(documents: list[Document], sentences: list[conllu.TokenList]) -> None:
    for number in (0, 1):
        found: dict[str, list[list[int]]] = {}
        for token in (token for sentence in in_document(sentences, number) for token in sentence):
            for item in filter(None, (token["misc"].get("Quote") or "").split(",")):
                quote, _, edge = item.partition(":")
                if edge == "B":
                    found.setdefault(quote, []).append([int(token["misc"]["Start"]), 0])
                found[quote][-1][1] = int(token["misc"]["End"])
        wanted = {quote.id: [[span.start, span.end] for span in quote.spans] for quote in documents[number].quotes}
        assert found == wanted


def test_conllu_has_every_mention(documents: list[Document], sentences: list[conllu.TokenList]) -> None:
    found: list[tuple[str, int, int]] = []
    open_: list[tuple[str, int]] = []
    for token in (token for sentence in in_document(sentences, 0) for token in sentence):
        for opens, key, closes in re.findall(
            r"(\()?(e\d+)(?:-[A-Z]+-\d+-[a-z]+)?(\))?", token["misc"].get("Entity") or ""
        ):
            if opens:
                open_.append((key, int(token["misc"]["Start"])))
            if closes:
                last = max(i for i, (other, _) in enumerate(open_) if other == key)
                found.append((*open_.pop(last), int(token["misc"]["End"])))
    wanted = [
        (entity.id, mention.start, mention.end) for entity in documents[0].entities for mention in entity.mentions
    ]
    assert sorted(found) == sorted(wanted)
    assert not open_


def test_conllu_names_speakers_in_comments(documents: list[Document], sentences: list[conllu.TokenList]) -> None:
    comments = sentences[0].metadata
    quote = waited(documents[0])
    speaker = quote.speaker
    assert speaker
    assert comments[f"quote {quote.id}"].split(" | ")[3:5] == [speaker.entity, "Аркадий Саврасов"]
    assert comments[f"entity {speaker.entity}"].startswith("PER | masc | Аркадий Саврасов | губернатор")


# brat


def read_brat(folder: Path, name: str) -> tuple[str, dict[str, list[str]]]:
    """Text and annotations by id, read as brat's documentation of the format says."""
    text = (folder / f"{name}.txt").read_bytes().decode("utf-8")
    lines = [line.split("\t") for line in (folder / f"{name}.ann").read_bytes().decode("utf-8").split("\n") if line]
    keys = [line[0] for line in lines if line[0] != "*"]
    assert len(keys) == len(set(keys))
    for line in lines:
        if line[0].startswith("T"):
            _, offsets = line[1].split(" ", 1)
            spans = [tuple(map(int, pair.split(" "))) for pair in offsets.split(";")]
            assert " ".join(text[start:end] for start, end in spans) == line[2]
            assert not re.search(r"[\r\n]", line[2])
        if line[0].startswith("R"):
            assert all(part.partition(":")[2] in keys for part in line[1].split(" ")[1:])
    return text, {line[0]: line[1:] for line in lines}


def test_brat_has_texts_mentions_and_quotes(documents: list[Document], tmp_path: Path) -> None:
    export(documents, "brat", tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        ".._nested_1_.ann".lstrip("."), ".._nested_1_.txt".lstrip("."), "annotation.conf",
        "ferry.ann", "ferry.txt", "ferry_2.ann", "ferry_2.txt",
    ]  # fmt: skip
    text, found = read_brat(tmp_path, "ferry")
    assert text == EXAMPLE
    quotes = {key: value for key, value in found.items() if key[0] == "T" and value[0].startswith("Quote ")}
    assert [value[1] for value in quotes.values()] == [quote.text for quote in documents[0].quotes]
    said = dict(re.findall(r"Said Arg1:(\w+) Arg2:(\w+)", "\n".join(v[0] for v in found.values())))
    assert [found[said[key]][1] for key in quotes if key in said] == [
        quote.speaker.mention.text for quote in documents[0].quotes if quote.speaker and quote.speaker.mention
    ]
    assert read_brat(tmp_path, "_nested_1_")[0] == NESTED


def test_brat_declares_what_it_uses(documents: list[Document], tmp_path: Path) -> None:
    export(documents, "brat", tmp_path)
    declared = (tmp_path / "annotation.conf").read_text(encoding="utf-8")
    _, found = read_brat(tmp_path, "ferry")
    used = {value[0].split(" ")[0] for key, value in found.items() if key[0] in "TRA"}
    assert all(re.search(rf"^{label}\b", declared, re.MULTILINE) for label in used)


def test_brat_has_no_annotation_across_a_line_break(tmp_path: Path) -> None:
    text = "«Первая строка\r\nвторая», — сказал он."
    span = Span(1, 22, text[1:22])
    quote = Quote("q1", "direct", (span,), span.text, None, None, None, None, 1.0, "")
    export([Document("d", text, quotes=(quote,))], "brat", tmp_path)
    assert read_brat(tmp_path, "d")[1]["T1"] == ["Quote 1 14;16 22", "Первая строка вторая"]


# spaCy


def test_docbin_is_read_by_spacy(documents: list[Document], tmp_path: Path) -> None:
    export(documents, "docbin", tmp_path / "all.spacy")
    docs = list(DocBin().from_disk(tmp_path / "all.spacy").get_docs(spacy.blank("ru").vocab))
    assert [doc.user_data["skazal_id"] for doc in docs] == [document.id for document in documents]
    again = [to_document(doc, doc.user_data["skazal_id"], doc.user_data["skazal_meta"]) for doc in docs]
    assert [replace(d, sentences=()) for d in again] == [replace(d, sentences=()) for d in documents]
    assert "Софья Берг" in {ent.kb_id_ for ent in docs[0].ents}
    assert docs[0].has_annotation("DEP")


# JSON and tables


def test_json_is_one_array(documents: list[Document], tmp_path: Path) -> None:
    export(documents, "json", tmp_path / "all.json")
    export([], "json", tmp_path / "none.json")
    assert list(map(Document.from_dict, json.loads((tmp_path / "all.json").read_text(encoding="utf-8")))) == documents
    assert json.loads((tmp_path / "none.json").read_text(encoding="utf-8")) == []


def test_parquet_is_read_by_pyarrow_and_polars(documents: list[Document], tmp_path: Path) -> None:
    export(documents, "parquet", tmp_path / "tables")
    for name in ("documents", "entities", "mentions", "quotes"):
        assert pq.read_schema(tmp_path / "tables" / f"{name}.parquet").equals(arrow_schema(name))
    quotes = pl.read_parquet(tmp_path / "tables" / "quotes.parquet")
    assert quotes["text"].to_list() == [quote.text for document in documents for quote in document.quotes]
    key = waited(documents[0]).id
    speaker = quotes.filter(pl.col("quote") == key, pl.col("document") == "ferry")["speaker"].item()
    assert speaker == "Аркадий Саврасов"


def test_parquet_and_json_lines_give_the_documents_back(documents: list[Document], tmp_path: Path) -> None:
    distinct = [replace(document, id=f"d{i}") for i, document in enumerate(documents)]
    export(distinct, "parquet", tmp_path / "tables")
    (tmp_path / "all.jsonl").write_text("".join(f"{d.to_json()}\n" for d in distinct), encoding="utf-8")
    assert list(read_documents(tmp_path / "tables")) == distinct
    assert list(read_documents(tmp_path / "all.jsonl")) == distinct
    assert list(read_documents(tmp_path)) == distinct


def test_a_line_that_is_no_document_is_told_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "all.jsonl"
    path.write_text('{"id": "a", "text": ""}\n\n{"id": "b"', encoding="utf-8")
    with pytest.raises(DocumentError, match=r"all.jsonl:3: broken JSON"):
        list(read_documents(path))
    path.write_text('{"id": "a"}', encoding="utf-8")
    with pytest.raises(DocumentError, match=r"all.jsonl:1: text: the field is missing"):
        list(read_documents(path))


def test_frames_of_pandas_and_polars(documents: list[Document]) -> None:
    frames = skazal.frames(documents)
    assert isinstance(frames.quotes, pd.DataFrame)
    assert all(isinstance(kind, pd.ArrowDtype) for kind in frames.quotes.dtypes)
    counts = frames.quotes.groupby("speaker").size()
    assert counts["Вера Кононова"] == 3
    assert isinstance(skazal.frames(documents, "polars").entities, pl.DataFrame)
    assert isinstance(skazal.frames(documents, "arrow").mentions, pa.Table)
    own = documents[0].to_frame()
    assert list(own["text"]) == [quote.text for quote in documents[0].quotes]
    assert list(documents[0].to_frame("entities")["name"]) == [entity.name for entity in documents[0].entities]
    with pytest.raises(ValueError, match="pandas, polars, arrow; 'excel' came"):
        skazal.frames(documents, "excel")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="documents, entities, mentions, quotes; 'tokens' came"):
        documents[0].to_frame("tokens")


def test_tables_hold_all_of_a_document(documents: list[Document]) -> None:
    distinct = [replace(document, id=f"d{i}") for i, document in enumerate(documents)]
    assert list(documents_of(arrow_tables(distinct))) == distinct
    assert arrow_tables([])["quotes"].num_rows == 0


# The command


def run(*arguments: object) -> str:
    result = CliRunner().invoke(app, ["export", *map(str, arguments)])
    return f"{result.exit_code} {result.output}"


@pytest.mark.parametrize("format", FORMATS)
def test_the_command_writes_every_format(format: str, documents: list[Document], tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text("".join(f"{d.to_json()}\n" for d in documents), encoding="utf-8")
    assert run(tmp_path / "in.jsonl", "--to", format, "-o", tmp_path / "out") == "0 "
    export(documents, format, tmp_path / "same")  # type: ignore[arg-type]
    for path in [tmp_path / "out", *(tmp_path / "out").glob("*")]:
        if path.is_file():
            same = tmp_path / "same" / path.relative_to(tmp_path / "out")
            assert path.read_bytes() == same.read_bytes()


def test_the_command_tells_what_is_wrong(tmp_path: Path) -> None:
    assert run(tmp_path / "no.jsonl", "--to", "json", "-o", tmp_path / "out").startswith("1 skazal: ")
    (tmp_path / "in.jsonl").write_text("[]", encoding="utf-8")
    assert "in.jsonl:1: an object is wanted" in run(tmp_path / "in.jsonl", "--to", "json", "-o", tmp_path / "out")
    (tmp_path / "in.jsonl").write_bytes(b"\xff\xfe")
    assert "in.jsonl:1: the file is damaged here" in run(tmp_path / "in.jsonl", "--to", "json", "-o", tmp_path / "out")
    assert not (tmp_path / "out").exists()
    assert run(tmp_path / "in.jsonl", "--to", "pdf", "-o", tmp_path / "out").startswith("2 ")


def test_mentions_that_touch_no_token_are_left_out(tmp_path: Path) -> None:
    text = "Да. "
    entity = skazal.Entity("e1", "PER", "Да", None, (), (Mention(3, 4, " ", "name"), Mention(0, 2, "Да", "name")))
    export([Document("d", text, entities=(entity,))], "conllu", tmp_path / "d")
    assert "(e1-PER-1-name)" in (tmp_path / "d").read_text(encoding="utf-8")


def test_a_missing_extra_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ImportError, match=r"pip install 'skazal\[tables\]' pyarrow"):
        Document("d", "").to_frame()
    (tmp_path / "in.jsonl").write_text("", encoding="utf-8")
    assert run(tmp_path / "in.jsonl", "--to", "parquet", "-o", tmp_path / "out").startswith("1 skazal: tables need")


def test_a_name_of_a_file_fits_the_file_system_and_is_no_other_documents(tmp_path: Path) -> None:
    began = time.process_time()
    ids = ["漢" * 200, "и" * 200, *["d"] * 3, "d_2", "D"]
    export([Document(key, "") for key in ids], "brat", tmp_path / "few")
    assert sorted(path.name for path in (tmp_path / "few").glob("[Dd]*.txt")) == [
        "D_4.txt",
        "d.txt",
        "d_2.txt",
        "d_2_2.txt",
        "d_3.txt",
    ]
    assert len(list((tmp_path / "few").glob("*.txt"))) == len(ids)
    taken: dict[str, int] = {}
    assert len({file_name("", taken) for _ in range(20_000)}) == 20_000
    assert time.process_time() - began < 5
