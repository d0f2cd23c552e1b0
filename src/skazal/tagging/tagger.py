"""The three heads behind one object."""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from skazal.tagging.names import NameSpan, spans_from_bio
from skazal.tagging.trees import Tree, best_tree, is_tree

Sentences = Sequence[Sequence[str]]


class Tagger:
    """Morphology, syntax and names of tokenized sentences."""

    def __init__(self, morph: Any, syntax: Any, ner: Any) -> None:
        self._morph = morph
        self._syntax = syntax
        self._ner = ner

    @classmethod
    def load(cls) -> Tagger:
        from navec import Navec
        from slovnet import NER, Morph, Syntax

        data = natasha_data()
        navec = Navec.load(data / "emb" / "navec_news_v1_1B_250K_300d_100q.tar")
        morph, syntax, ner = (
            head.load(data / "model" / f"slovnet_{name}_news_v1.tar").navec(navec)
            for head, name in ((Morph, "morph"), (Syntax, "syntax"), (NER, "ner"))
        )
        return cls(morph, syntax, ner)

    def morphology(self, sentences: Sentences) -> list[list[str]]:
        return self._per_sentence(sentences, lambda full: [m.tags for m in self._morph.map(full)])

    def raw_syntax(self, sentences: Sentences) -> list[tuple[list[int], list[str]]]:
        """Arg-max heads (0 the artificial root, i the i-th token) and labels, a pair for each sentence."""

        def parse(full: list[list[str]]) -> list[Any]:
            return [
                ([int(t.head_id) for t in m.tokens], [t.rel for t in m.tokens]) for m in self._syntax.map(full)
            ]

        return [pair or ([], []) for pair in self._per_sentence(sentences, parse)]

    def syntax(self, sentences: Sentences) -> list[Tree]:
        return [self._tree(list(words)) if words else Tree([], []) for words in sentences]

    def _tree(self, words: list[str]) -> Tree:
        infer = self._syntax.infer
        item = next(infer.encoder([words]))
        encoded = infer.model.encoder(infer.model.emb(item.word_id, item.shape_id), item.pad_mask)
        scores = infer.model.head(encoded)[0]
        heads = scores.argmax(-1).tolist()
        if not is_tree(heads):
            heads = best_tree(scores)
        relations = infer.model.rel(encoded, np.array([heads]))[0]
        items = infer.decoder.rels_vocab.items
        at_root = np.array(heads) == 0
        relations[:, items.index("root")] = np.where(at_root, np.inf, -np.inf)
        labels = [items[i] for i in relations.argmax(-1)]
        return Tree([head - 1 if head else i for i, head in enumerate(heads)], labels)

    def names(self, sentences: Sentences) -> list[list[NameSpan]]:
        def tag(full: list[list[str]]) -> list[Any]:
            infer = self._ner.infer
            return [spans_from_bio(tags) for tags in infer.decoder(infer.process(infer.encoder(full)))]

        return self._per_sentence(sentences, tag)

    @staticmethod
    def _per_sentence(sentences: Sentences, run: Any) -> list[Any]:
        """What `run` gives for the sentences that have words, an empty list for the others."""
        answers = iter(run([list(words) for words in sentences if words]))
        return [next(answers) if words else [] for words in sentences]


def natasha_data() -> Path:
    """The folder of natasha's data files, found without importing natasha (which would import pymorphy2)."""
    spec = importlib.util.find_spec("natasha")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("natasha is not installed: its wheel carries the models. Run `pip install natasha`.")
    return Path(spec.origin).parent / "data"
