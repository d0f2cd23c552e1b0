"""The same text gives the same document in any process, thread, batch and company."""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path

import pytest

import skazal

TEXTS = [
    path.read_text(encoding="utf-8") for path in sorted((Path(__file__).parents[1] / "golden/texts").glob("*.txt"))
]
HASH = """
import hashlib, json, sys, warnings
warnings.filterwarnings("error", module="skazal")
import skazal
texts = json.load(sys.stdin)
print(hashlib.sha256("".join(skazal.annotate(text).to_json() for text in texts).encode()).hexdigest())
"""


def answered(text: str) -> str:
    return skazal.annotate(text).to_json()


@pytest.fixture(scope="module")
def alone() -> list[str]:
    return [answered(text) for text in TEXTS]


@pytest.mark.parametrize("batch_size", [1, 3, 50])
def test_neighbours_change_nothing(alone: list[str], batch_size: int) -> None:
    order = random.sample(range(len(TEXTS)), len(TEXTS))
    strangers = ["«" * 500, "", "\x00", TEXTS[0].upper(), " ".join(TEXTS)[:20_000]]
    texts = [text for index in order for text in (TEXTS[index], strangers[index % len(strangers)])]
    found = [document.to_json() for document in skazal.annotate_many(texts, batch_size=batch_size)][::2]
    assert found == [alone[index] for index in order]


def test_eight_threads_share_one_pipeline(alone: list[str]) -> None:
    nlp = skazal.load()
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(answered, TEXTS * 3)) == alone * 3
        quotes = list(pool.map(lambda text: nlp(text)._.skazal_quotes, TEXTS * 2))
    assert quotes[: len(TEXTS)] == quotes[len(TEXTS) :]


@pytest.mark.parametrize("method", ["fork", "spawn"])
@pytest.mark.filterwarnings("ignore:.*multi-threaded, use of fork:DeprecationWarning")
def test_processes_answer_alike_however_they_start(alone: list[str], method: str) -> None:
    context = multiprocessing.get_context(method)
    with ProcessPoolExecutor(2, mp_context=context) as pool:
        assert list(pool.map(answered, TEXTS[:6])) == alone[:6]


def test_no_hash_seed_changes_a_document_and_nothing_warns() -> None:
    told = {
        subprocess.run(
            [sys.executable, "-c", HASH], input=json.dumps(TEXTS[:8]), env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True, check=True, text=True,
        ).stdout
        for seed in ("0", "1", "4294967295")
    }  # fmt: skip
    assert len(told) == 1
