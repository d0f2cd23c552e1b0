"""The three heads: from a stream of pairs to tag ids, to heads and relations, to entity tag ids."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from skazal.tagging import viterbi
from skazal.tagging.convolution import direct
from skazal.tagging.encoder import Encoder, Stream, encode, fold
from skazal.tagging.products import ProductTable
from skazal.tagging.trees import are_trees, best_tree
from skazal.tagging.weights import FloatArray, HeadWeights

Ids = npt.NDArray[np.int64]


class MorphologyHead:
    """The best of 753 full tags for every token by itself."""

    def __init__(self, weights: HeadWeights, table: ProductTable, head: int) -> None:
        arrays = weights.arrays
        layers, bias = fold(weights, arrays["head.proj.weight"], arrays["head.proj.bias"])
        self.encoder = Encoder(table, head, layers, bias, _best)

    def __call__(self, stream: Stream) -> Ids:
        (tags,) = encode(stream, self.encoder)
        return tags


def _best(scores: FloatArray) -> Ids:
    best: Ids = scores.argmax(-1)
    return best


class NameHead:
    """The best path of BIO tags through every unit."""

    def __init__(self, weights: HeadWeights, table: ProductTable, head: int) -> None:
        arrays = weights.arrays
        self._encoder = Encoder(table, head, *fold(weights, arrays["head.proj.weight"], arrays["head.proj.bias"]))
        self._transitions = arrays["head.crf.transitions"].astype(np.float64)
        self._outside = weights.outputs.index("O")

    def __call__(self, stream: Stream) -> Ids:
        (emissions,) = encode(stream, self._encoder)
        return viterbi.decode(emissions, stream.lengths, self._transitions, self._outside)


@dataclass(frozen=True, slots=True)
class Roles:
    """What the syntax head makes of every token, tokens × hidden, and where sentences of `lengths` tokens start."""

    dependents: FloatArray  # in search of a head
    candidates: FloatArray  # that offer themselves as heads
    governors: FloatArray  # heads of a relation
    governed: FloatArray  # dependents of a relation
    starts: Ids
    lengths: Ids


class SyntaxHead:
    """A biaffine score for every pair of tokens, then one for every relation of the chosen pairs.

    Heads are counted within the sentence: 0 is an artificial root, i the i-th token.
    """

    LAYERS = ("head.head", "head.tail", "rel.head", "rel.tail")  # feed-forward, one for each of the four roles
    ROWS = 512  # of all relations' products at once: 3 MB, which stay in the cache

    def __init__(self, weights: HeadWeights, table: ProductTable, head: int) -> None:
        arrays = weights.arrays
        projection = np.concatenate([arrays[f"{layer}.proj.weight"] for layer in self.LAYERS], axis=1)
        bias = np.concatenate([arrays[f"{layer}.proj.bias"] for layer in self.LAYERS])
        # Words of a sentence compete: where a phrase is repeated, rounding must not choose between its first and second
        # appearance.
        self.encoder = Encoder(table, head, *fold(weights, projection, bias, direct))
        self._root_candidate = _feed_forward(arrays, "head.tail", arrays["head.root"])
        self._root_governor = _feed_forward(arrays, "rel.head", arrays["rel.root"])
        self._kernel = arrays["head.kernel"]
        self._relation_kernel = arrays["rel.kernel"]
        self._root_relation = weights.outputs.index("root")

    def best(self, stream: Stream) -> tuple[Ids, Ids]:
        """Heads and relation ids of all tokens, the best for every token by itself."""
        (outcomes,) = encode(stream, self.encoder)
        roles = self._roles(outcomes, stream.lengths)
        heads = self._best_heads(roles)
        return heads, self._relation_scores(roles, heads).argmax(1)

    def trees(self, stream: Stream) -> tuple[Ids, Ids]:
        """Heads and relation ids of all tokens; every sentence is a tree with one root, and only that has `root`."""
        (outcomes,) = encode(stream, self.encoder)
        return self.trees_of(outcomes, stream.lengths)

    def trees_of(self, outcomes: FloatArray, lengths: Ids) -> tuple[Ids, Ids]:
        """`trees` from the encoder's outcomes, which are changed in place; lengths: of the sentences."""
        roles = self._roles(outcomes, lengths)
        heads = self._best_heads(roles)
        for sentence in np.flatnonzero(~are_trees(heads, roles.lengths) & (roles.lengths > 0)):
            tokens = roles.starts[sentence] + np.arange(roles.lengths[sentence])
            heads[tokens] = best_tree(self._head_scores(roles, tokens[np.newaxis])[0])
        scores = self._relation_scores(roles, heads)
        scores[:, self._root_relation] = np.where(heads == 0, np.inf, -np.inf)
        return heads, scores.argmax(1)

    def _roles(self, outcomes: FloatArray, lengths: Ids) -> Roles:
        np.maximum(outcomes, 0, out=outcomes)
        dependents, candidates, governors, governed = np.split(outcomes, len(self.LAYERS), axis=1)
        starts = np.cumsum(lengths) - lengths
        return Roles(dependents @ self._kernel, candidates, governors, governed, starts, lengths)

    def _best_heads(self, roles: Roles) -> Ids:
        """Sentences of one length go together, so that there is nothing to pad or to mask."""
        heads = np.zeros(len(roles.dependents), np.int64)
        for length in np.unique(roles.lengths[roles.lengths > 0]):
            tokens = roles.starts[roles.lengths == length, np.newaxis] + np.arange(length)
            heads[tokens] = self._head_scores(roles, tokens).argmax(2)
        return heads

    def _head_scores(self, roles: Roles, tokens: Ids) -> FloatArray:
        """Scores of all heads of tokens: sentences × n token places to sentences × n × (n + 1)."""
        sentences, length = tokens.shape
        candidates = np.empty((sentences, length + 1, len(self._root_candidate)), np.float32)
        candidates[:, 0] = self._root_candidate
        candidates[:, 1:] = roles.candidates[tokens]
        scores: FloatArray = roles.dependents[tokens] @ candidates.swapaxes(1, 2)
        return scores

    def _relation_scores(self, roles: Roles, heads: Ids) -> FloatArray:
        """Tokens × relations."""
        places = np.where(heads > 0, np.repeat(roles.starts, roles.lengths) + heads, 0)
        governors = np.concatenate((self._root_governor[np.newaxis], roles.governors))[places]
        hidden = governors.shape[1]
        scores = np.empty((len(heads), self._relation_kernel.shape[1] // hidden), np.float32)
        for start in range(0, len(heads), self.ROWS):
            rows = slice(start, start + self.ROWS)
            products = (governors[rows] @ self._relation_kernel).reshape(-1, scores.shape[1], hidden)
            scores[rows] = (products @ roles.governed[rows, :, np.newaxis])[:, :, 0]
        return scores


def _feed_forward(arrays: dict[str, FloatArray], layer: str, row: FloatArray) -> FloatArray:
    outcome: FloatArray = np.maximum(row @ arrays[f"{layer}.proj.weight"] + arrays[f"{layer}.proj.bias"], 0)
    return outcome
