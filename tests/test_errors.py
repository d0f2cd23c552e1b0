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
from skazal.corpus.settings import Settings
from skazal.errors import SkazalError
from skazal.export import export
from skazal.names import canonical

PAGE = (Path(__file__).parents[1] / "docs/reference/errors.md").read_text(encoding="utf-8")
ANY: Any = None

CALLS: list[tuple[Callable[[], object], type[Exception], list[str]]] = [
    (lambda: skazal.annotate("а\ud800"), ValueError, ["'\\ud800' at character 1", "not Unicode", "replace it with"]),
    (lambda: skazal.annotate(b"a"), ValueError, ["is a string", "bytes came", "decode"]),  # type: ignore[arg-type]  # on purpose
    (lambda: skazal.annotate(ANY), ValueError, ["is a string", "NoneType came"]),
    (lambda: skazal.explain(ANY), ValueError, ["is a string", "NoneType came"]),
    (lambda: skazal.annotate("а", id=5), TypeError, ["is a string", "int came", "str(id)"]),  # type: ignore[arg-type]  # as above
    (lambda: skazal.annotate("а", meta=[1]), TypeError, ["mapping", "list came"]),  # type: ignore[arg-type]  # as above
    (lambda: skazal.annotate_many("а"), TypeError, ["iterable of strings", "single string came", "list"]),
    (lambda: list(skazal.annotate_many([ANY])), ValueError, ["is a string", "NoneType came"]),
    (lambda: skazal.annotate_many([], workers=0), ValueError, ["workers is at least 1", "0 came"]),
    (lambda: Settings(shard_size=-1), ValueError, ["shard_size is at least 1", "-1 came"]),
    (lambda: skazal.annotate("а").to_frame("x"), ValueError, ["documents, entities, mentions, quotes", "'x' came"]),
    (lambda: skazal.frames([], "x"), ValueError, ["pandas, polars, arrow", "'x' came"]),  # type: ignore[arg-type]  # as above
    (lambda: skazal.annotate("а").entity("e1"), KeyError, ["'e1'", "has 0"]),
    (lambda: export([], "xml", Path("a")), ValueError, ["conllu, brat, docbin, json, parquet", "'xml' came"]),  # type: ignore[arg-type]  # as above
    (lambda: canonical([]), ValueError, ["no mentions given", "at least one"]),
    (lambda: skazal.Document.from_dict(ANY), ValueError, ["an object is wanted", "None came"]),
    (lambda: skazal.Document.from_dict({"id": "a"}), ValueError, ["text: the field is missing"]),
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
