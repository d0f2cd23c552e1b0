"""Promises of the Python interface, kept by the real pipeline on the example article and on arbitrary text."""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import skazal
from promises.entries import check
from skazal.corpus import encoding, running, supervision
from skazal.document import Document

EXAMPLE = (Path(__file__).parents[1] / "examples" / "article.txt").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def document() -> Document:
    return skazal.annotate(EXAMPLE, id="ferry", meta={"outlet": "Северный курьер"})


def test_the_example_keeps_its_text_id_and_meta(document: Document) -> None:
    assert (document.id, document.text, document.meta) == ("ferry", EXAMPLE, {"outlet": "Северный курьер"})


def test_the_example_tells_who_said_what(document: Document) -> None:
    said = {
        quote.text.split()[0]: quote.speaker.name
        for quote in document.quotes
        if quote.speaker and quote.kind == "direct"
    }
    assert said == {
        "Люди": "Аркадий Саврасов",
        "Судно": "Вера Кононова",
        "Мы": "Софья Берг",
        "Деньги": "Вера Кононова",
    }


def test_the_example_has_every_kind_of_quote(document: Document) -> None:
    assert {quote.kind for quote in document.quotes} == {"direct", "mixed", "indirect"}


def test_the_example_names_the_relay(document: Document) -> None:
    assert [quote.relay.name for quote in document.quotes if quote.relay] == ["Северный курьер"]


def test_the_example_survives_pickle_and_json(document: Document) -> None:
    assert pickle.loads(pickle.dumps(document)) == document
    assert Document.from_dict(json.loads(document.to_json())) == document


def test_promises_hold_on_the_example(document: Document) -> None:
    check(EXAMPLE, document)


@pytest.mark.parametrize("unit", ["«", "«»„“”", "«Он сказал: ", "сказал ", "и мы шли вдоль реки, "])
def test_a_text_made_to_be_slow_is_not(unit: str) -> None:
    text = unit * (10_000 // len(unit))
    began = time.process_time()
    document = skazal.annotate(text)
    assert time.process_time() - began < 20
    assert document.text == text


def test_many_come_in_order_and_equal_to_one_by_one() -> None:
    texts = [f"«Мост номер {n} откроют», — сообщила Инна Лужина." for n in range(7)]
    expected = [skazal.annotate(text) for text in texts]
    assert list(skazal.annotate_many(texts, batch_size=3)) == expected
    assert list(skazal.annotate_many(texts, batch_size=2, workers=2)) == expected


@pytest.mark.parametrize("workers", [1, 2])
def test_many_take_no_more_texts_than_they_need(workers: int) -> None:
    taken = 0

    def endless() -> Iterator[str]:
        nonlocal taken
        while True:
            taken += 1
            yield f"Мост номер {taken} закрыт."

    documents = skazal.annotate_many(endless(), workers=workers, batch_size=2)
    assert taken == 0
    assert next(documents).text == "Мост номер 1 закрыт."
    assert taken <= 2 * workers * supervision.AHEAD
    documents.close()  # type: ignore[attr-defined]  # a generator behind the Iterator


@pytest.mark.parametrize("name", ["workers", "batch_size"])
def test_a_count_below_one_is_refused_at_once(name: str) -> None:
    with pytest.raises(ValueError, match=f"{name} is at least 1, 0 came"):
        skazal.annotate_many([], **{name: 0})


def test_threads_that_come_at_once_load_one_pipeline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoding, "loaded", {})
    gate = threading.Barrier(4)

    def ask(_: int) -> int:
        gate.wait()
        return id(running.default_pipeline())

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(ask, range(4)))) == 1


def test_a_pipeline_that_has_seen_too_many_words_is_made_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoding, "loaded", {})
    before, document = running.default_pipeline(), skazal.annotate(EXAMPLE)
    monkeypatch.setattr(encoding, "WORDS", len(before.vocab))
    assert running.default_pipeline() is before
    skazal.annotate("Сойка улетела.")
    after = running.default_pipeline()
    assert after is not before
    assert skazal.annotate(EXAMPLE) == document
    assert list(skazal.annotate_many([EXAMPLE] * 3)) == [document] * 3


def test_a_pipeline_of_somebody_else_is_never_made_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoding, "loaded", {})
    monkeypatch.setattr(encoding, "WORDS", 0)
    made = encoding.pipeline_of("spacy.lang.ru:Russian")
    made("Дом стоит.")
    assert len(made.vocab) > encoding.WORDS
    assert encoding.pipeline_of("spacy.lang.ru:Russian") is made


def test_a_saved_pipeline_is_loaded_in_a_fresh_process_without_an_import(tmp_path: Path) -> None:
    skazal.load().to_disk(tmp_path / "saved")
    code = (
        "import json, sys, spacy\n"
        "doc = spacy.load(sys.argv[1])(sys.stdin.read())\n"
        "print(json.dumps([doc.text, [str(e) for e in doc.ents], doc._.skazal_quotes]))"
    )
    again = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "saved")], input=EXAMPLE, capture_output=True, check=True, text=True
    )
    doc = skazal.load()(EXAMPLE)
    assert json.loads(again.stdout) == [EXAMPLE, [str(entity) for entity in doc.ents], doc._.skazal_quotes]


def test_nothing_is_asked_of_the_network() -> None:
    code = (
        "import sys\n"
        "def refuse(event, _):\n"
        "    if event.startswith('socket.'): raise AssertionError(event)\n"
        "sys.addaudithook(refuse)\n"
        "import skazal\n"
        "print(len(skazal.annotate(sys.stdin.read()).quotes))"
    )
    found = subprocess.run([sys.executable, "-c", code], input=EXAMPLE, capture_output=True, check=True, text=True)
    assert int(found.stdout) > 0
