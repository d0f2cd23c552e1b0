"""Errors: one hierarchy, all of it in the documentation, messages that say what came and what is allowed."""

from __future__ import annotations

import inspect
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import skazal
from skazal import errors, tables
from skazal.annotated import read_line
from skazal.corpus import Corpus
from skazal.corpus.settings import Limits, Settings
from skazal.errors import SkazalError
from skazal.export import export
from skazal.names import canonical, parse_name
from skazal.report import write_report
from skazal.tagging.pairs import Vocabulary

PAGE = (Path(__file__).parents[1] / "docs/reference/errors.md").read_text(encoding="utf-8")
ANY: Any = None

CALLS: list[tuple[Callable[[], object], type[Exception], list[str]]] = [
    (lambda: skazal.annotate("а\ud800"), ValueError, ["'\\ud800' at character 1", "not Unicode", "replace it with"]),
    (lambda: skazal.annotate(b"a"), ValueError, ["is a string", "bytes came", "decode"]),  # type: ignore[arg-type]  # on purpose
    (lambda: skazal.annotate(ANY), ValueError, ["is a string", "NoneType came", "leave it out"]),
    (lambda: skazal.explain(ANY), ValueError, ["is a string", "NoneType came", "leave it out"]),
    (lambda: skazal.annotate("а", id=5), TypeError, ["is a string", "int came", "str(id)"]),  # type: ignore[arg-type]  # as above
    (lambda: skazal.annotate("а", meta=[1]), TypeError, ["mapping", "list came"]),  # type: ignore[arg-type]  # as above
    (lambda: skazal.annotate_many("а"), TypeError, ["iterable of strings", "single string came", "list"]),
    (lambda: list(skazal.annotate_many([ANY])), ValueError, ["is a string", "NoneType came", "leave it out"]),
    (lambda: skazal.annotate("а" * 5_000_001), ValueError, ["at most 5000000", "5000001 came", "cut it"]),
    (lambda: skazal.annotate("а", meta={"a": {1}}), TypeError, ["JSON values", "set", "as text"]),
    (lambda: skazal.annotate("а", id="\ud800"), TypeError, ["in Unicode", "surrogates", "as text"]),
    (lambda: skazal.annotate_many(ANY), TypeError, ["iterable of strings", "NoneType came", "list"]),
    (lambda: list(skazal.annotate_many(["а\ud800"], workers=2)), ValueError, ["character 1", "replace it with"]),
    (lambda: skazal.annotate_many([], workers=ANY), TypeError, ["a whole number from 1", "None came", "int"]),
    (lambda: skazal.load(exclude="skazal_quotes"), TypeError, ["iterable of names", "single string", "write ["]),
    (lambda: skazal.load(exclude=["quotes"]), ValueError, ["skazal_quotes", "'quotes' came"]),
    (lambda: Settings(format="xml"), ValueError, ["jsonl", "'xml' came"]),  # type: ignore[arg-type]  # as above
    (lambda: Limits(seconds=-1), ValueError, ["time_limit", "above 0", "-1 came"]),
    (lambda: Limits(characters=0), ValueError, ["max_length is at least 1", "0 came"]),
    (lambda: Limits(megabytes=-1), ValueError, ["memory_limit is at least 0", "-1 came"]),
    (lambda: skazal.frames(ANY), TypeError, ["iterable of Documents", "NoneType came", "list"]),
    (lambda: export(ANY, "json", Path("a")), TypeError, ["iterable of Documents", "NoneType came", "list"]),
    (lambda: write_report(ANY, ANY), TypeError, ["iterable of Documents", "NoneType came", "list"]),
    (lambda: parse_name(ANY), TypeError, ["a string or its tokens", "NoneType came", "str(name)"]),
    (lambda: parse_name("Ян", gender="neut"), ValueError, ["masc, fem or None", "'neut' came"]),  # type: ignore[arg-type]  # as above
    (lambda: canonical(["Ян"]), TypeError, ["MentionForms", "str came", "MentionForm("]),  # type: ignore[list-item]  # as above
    (lambda: Vocabulary("а".encode()), OSError, ["<unk> and <pad>", "reinstall natasha"]),
    (lambda: Corpus("no such folder"), SkazalError, ["no folder no such folder", "annotate into a folder"]),
    (lambda: read_line("[" * 100_000, "a.jsonl:1"), ValueError, ["a.jsonl:1: broken JSON", "to_json()"]),
    (lambda: read_line("1" * 5_000, "a.jsonl:1"), ValueError, ["a.jsonl:1: broken JSON", "to_json()"]),
    (lambda: skazal.annotate_many([], workers=0), ValueError, ["workers is at least 1", "0 came"]),
    (lambda: Settings(shard_size=-1), ValueError, ["shard_size is at least 1", "-1 came"]),
    (lambda: skazal.annotate("а").to_frame("x"), ValueError, ["documents, entities, mentions, quotes", "'x' came"]),
    (lambda: skazal.frames([], "x"), ValueError, ["pandas, polars, arrow", "'x' came"]),  # type: ignore[arg-type]  # as above
    (lambda: skazal.annotate("а").entity("e1"), KeyError, ["'e1'", "has no entities"]),
    (lambda: export([], "xml", Path("a")), ValueError, ["conllu, brat, docbin, json, parquet", "'xml' came"]),  # type: ignore[arg-type]  # as above
    (lambda: canonical([]), ValueError, ["no mentions given", "at least one"]),
    (lambda: skazal.Document.from_dict(ANY), ValueError, ["an object is wanted", "None came"]),
    (lambda: skazal.Document.from_dict({"id": "a"}), ValueError, ["text: the field is missing", "read what to_json()"]),
    (lambda: tables.needed("skazal_no_such_module"), ImportError, ["pip install", "skazal[tables]"]),
]  # fmt: skip


@pytest.mark.parametrize(("call", "kind", "parts"), CALLS, ids=range(len(CALLS)))
def test_a_message_says_what_came_and_what_is_allowed(
    call: Callable[[], object], kind: type[Exception], parts: list[str]
) -> None:
    with pytest.raises(SkazalError) as caught:
        call()
    assert isinstance(caught.value, kind)
    assert [part for part in parts if part not in str(caught.value)] == []


def test_every_error_is_in_the_hierarchy_and_in_the_documentation() -> None:
    raised = [value for _, value in inspect.getmembers(errors, inspect.isclass) if value.__module__ == errors.__name__]
    assert all(issubclass(value, SkazalError) and value.__doc__ for value in raised)
    assert [value.__name__ for value in raised if f"`{value.__name__}`" not in PAGE and value is not SkazalError] == []


def test_an_error_survives_the_way_between_processes() -> None:
    for call, _, _ in CALLS:
        with pytest.raises(SkazalError) as caught:
            call()
        again = pickle.loads(pickle.dumps(caught.value))
        assert (type(again), str(again)) == (type(caught.value), str(caught.value))
