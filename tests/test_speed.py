"""What keeps the pipeline quick, as far as a busy machine can tell; benchmarks/speed.py measures it."""

import importlib
import inspect
import pkgutil
import random
import time
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from spacy.language import Language

import skazal
from skazal import pipeline, reading, words
from skazal.text import marks

NEWS = (
    "Мост в Орловке откроют осенью. «Движение пустят в две полосы», — сообщила мэр города Инна Лужина. "
    "По её словам, ремонт обошёлся дешевле. Глава завода «Ромашка» Пётр Рябов с ней не согласился.\n"
)
SIZE = 2_000
TIMES = 8
SLOWEST = 3.0
"""How much more than TIMES as long a text of TIMES the length may take, on a machine that does other things too."""
FEW = {"skazal.record", "skazal.lexicon", "skazal.quotes.logistic"}
"""Modules that remember something for each class of records, list of words or model: there are only so many."""
SYLLABLES = "ба ве ги до жу зе ка ло ми но пе ро са ту".split()


def names(size: int) -> str:
    luck = random.Random(1)
    surnames = ("".join(luck.choices(SYLLABLES, k=3)).capitalize() + "ков" for _ in range(size // 30))
    return "".join(f"Иван {surname} сказал, что мост цел. " for surname in surnames)[:size]


KINDS: dict[str, Callable[[int], str]] = {
    "news": lambda size: (NEWS * (size // len(NEWS) + 1))[:size],
    "marks": lambda size: '«"»„“”' * (size // 6),
    "openings": lambda size: "«Он сказал: " * (size // 12),
    "one sentence": lambda size: "и мы шли вдоль реки, " * (size // 20),
    "names": names,
    "no spaces": lambda size: "слово-,.слово" * (size // 13),
    "one word": lambda size: "мост" * (size // 4),
    "lines": lambda size: "а\n" * (size // 2),
    "verbs": lambda size: "сказал " * (size // 7),
}  # fmt: skip


@pytest.fixture(scope="module")
def nlp() -> Language:
    return skazal.load()


@pytest.mark.parametrize("kind", KINDS)
def test_time_grows_with_the_text_and_no_faster(nlp: Language, kind: str) -> None:
    short, long = KINDS[kind](SIZE), KINDS[kind](SIZE * TIMES)
    seconds(nlp, long)
    assert seconds(nlp, long) < SLOWEST * TIMES * max(seconds(nlp, short), 0.02)


def seconds(nlp: Language, text: str) -> float:
    """Processor time, the better of two runs."""
    runs = []
    for _ in range(2):
        start = time.process_time()
        pipeline.to_document(nlp(text))
        runs.append(time.process_time() - start)
    return min(runs)


def test_a_text_of_two_million_characters_is_not_refused(nlp: Language) -> None:
    assert nlp.max_length >= 2_000_000
    assert len(nlp.make_doc(NEWS * (2_000_000 // len(NEWS)))) > 400_000


def test_marks_and_layout_of_a_text_are_found_once(nlp: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: Counter[str] = Counter()

    def counted(module: Any, name: str) -> None:
        work = getattr(module, name)
        monkeypatch.setattr(module, name, lambda *values: calls.update([name]) or work(*values))

    counted(marks, "_linked")
    counted(words, "_layout")
    counted(reading, "_read")
    pipeline.to_document(nlp("Только здесь: " + NEWS))
    assert calls == {"_linked": 1, "_layout": 1, "_read": 1}


def test_stages_left_out_are_not_made() -> None:
    nlp = skazal.load(exclude=["skazal_entities", "skazal_quotes"])
    assert nlp.pipe_names == ["skazal_sentences", "skazal_tagger", "skazal_lemmatizer"]


def test_every_cache_is_bounded_or_of_a_function_without_arguments() -> None:
    modules = [importlib.import_module(info.name) for info in pkgutil.walk_packages(skazal.__path__, "skazal.")
               if "__main__" not in info.name]  # fmt: skip
    caches = {
        f"{module.__name__}.{name}": function
        for module in modules
        for name, function in vars(module).items()
        if hasattr(function, "cache_parameters") and function.__module__.startswith("skazal")
    }
    assert len(caches) > 20
    unbounded = [name for name, function in caches.items() if function.cache_parameters()["maxsize"] is None]
    growing = [name for name in unbounded if caches[name].__module__ not in FEW]
    assert [name for name in growing if inspect.signature(caches[name].__wrapped__).parameters] == []
