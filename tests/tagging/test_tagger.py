"""The tagger as others use it: any sizes, threads, processes, and what it knows of the language."""

import pickle
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from skazal.errors import ArtefactError
from skazal.tagging import NameSpan, Tagger, Tree, encoder, products
from skazal.tagging import tagger as tagger_module
from skazal.tagging.products import ProductTable

from .texts import sentences, shuffled


def answers(tagger: Tagger, texts: Sequence[Sequence[str]]) -> tuple[list[Any], ...]:
    return tagger.morphology(texts), tagger.syntax(texts), tagger.raw_syntax(texts), tagger.names(texts)


def is_one_tree(tree: Tree) -> bool:
    roots = [index for index, head in enumerate(tree.heads) if head == index]
    labelled = [index for index, label in enumerate(tree.labels) if label == "root"]
    reached = {*roots}
    while grown := {i for i, head in enumerate(tree.heads) if head in reached} - reached:
        reached |= grown
    return len(roots) == 1 and roots == labelled and len(reached) == len(tree.heads)


def test_tags_of_a_sentence(tagger: Tagger) -> None:
    words = "Министр Иван Лужкарёв сказал это в Туле .".split()
    assert tagger.names([words]) == [[NameSpan(1, 3, "PER"), NameSpan(6, 7, "LOC")]]
    assert [tag.split("|")[0] for tag in tagger.morphology([words])[0]] == (
        "NOUN PROPN PROPN VERB PRON ADP PROPN PUNCT".split()
    )
    assert "Case=Nom" in tagger.morphology([words])[0][1]
    tree = tagger.syntax([words])[0]
    assert tree.heads[3] == 3
    assert (tree.heads[0], tree.labels[0], tree.labels[3]) == (3, "nsubj", "root")


def test_nothing_to_tag(tagger: Tagger) -> None:
    assert answers(tagger, []) == ([], [], [], [])
    assert answers(tagger, [[], []]) == ([[], []], [Tree([], [])] * 2, [([], [])] * 2, [[], []])


def test_odd_tokens_are_tagged(tagger: Tagger) -> None:
    odd = ["", " ", "\n", "а\nб", "<pad>", "<unk>", "\ud800", "\x00", "я" * 100_000, "🙂", "İ"]
    tags, trees, _, _ = answers(tagger, [odd])
    assert len(tags[0]) == len(trees[0].heads) == len(odd)


def test_batches_do_not_show(tagger: Tagger) -> None:
    texts = [*sentences(), [], *sentences()]
    alone = [answers(tagger, [words]) for words in texts]
    assert answers(tagger, texts) == tuple([found for (found,) in head] for head in zip(*alone, strict=True))


def test_windows_and_blocks_do_not_show(tagger: Tagger, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [*sentences(), shuffled(100)]
    whole = answers(tagger, texts)
    monkeypatch.setattr(encoder, "CHUNK", 50)
    monkeypatch.setattr(encoder, "WINDOW", 7)
    monkeypatch.setattr(products, "AT_ONCE", 9)
    monkeypatch.setattr(tagger_module, "BLOCK", 11)
    assert answers(tagger, texts) == whole


def test_tags_and_trees_come_together(tagger: Tagger) -> None:
    texts = [*sentences(), [], shuffled(300), *sentences()]
    together = list(zip(tagger.morphology(texts), tagger.syntax(texts), strict=True))
    assert tagger.tags_and_trees(texts) == together
    assert tagger.tags_and_trees([]) == []


def test_every_sentence_is_one_tree(tagger: Tagger) -> None:
    texts = [shuffled(length, seed) for length in range(1, 40) for seed in range(3)]
    assert all(map(is_one_tree, tagger.syntax(texts)))


@pytest.mark.parametrize("words", [shuffled(1000), ["«"] * 1000, ["да"] * 257])
def test_a_sentence_without_end_is_one_tree(tagger: Tagger, words: list[str]) -> None:
    (tree,) = tagger.syntax([words])
    assert is_one_tree(tree)
    assert len(tree.heads) == len(words)
    assert max(abs(head - index) for index, head in enumerate(tree.heads[:256])) < 256
    ((heads, labels),) = tagger.raw_syntax([words])
    assert len(heads) == len(labels) == len(words)


def test_a_full_table_forgets_and_answers_the_same(tagger: Tagger, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [*sentences(), shuffled(300)]
    expected = answers(tagger, texts)
    monkeypatch.setattr(encoder, "CHUNK", 16)
    monkeypatch.setattr(ProductTable, "CAPACITY", 60)
    assert answers(Tagger.load(), texts) == expected


def test_eight_threads_share_a_tagger(tagger: Tagger, monkeypatch: pytest.MonkeyPatch) -> None:
    """A table that is full all the time, so that rows move under everybody's feet."""
    texts = [[shuffled(30, seed) for seed in range(start, start + 5)] for start in range(0, 80, 5)]
    expected = [answers(tagger, batch) for batch in texts]
    monkeypatch.setattr(encoder, "CHUNK", 16)
    monkeypatch.setattr(ProductTable, "CAPACITY", 60)
    shared = Tagger.load()
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(lambda batch: answers(shared, batch), texts)) == expected


def test_another_process_loads_its_own(tagger: Tagger) -> None:
    message = pickle.dumps(tagger)
    assert len(message) < 200
    assert answers(pickle.loads(message), sentences()) == answers(tagger, sentences())


def test_missing_data_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tagger_module, "natasha_data", lambda: tmp_path)
    with pytest.raises(ArtefactError, match="no slovnet_morph_news_v1"):
        Tagger.load()


def test_missing_natasha_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(ArtefactError, match="pip install natasha"):
        Tagger.load()
