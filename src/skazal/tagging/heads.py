"""The three heads: from a stream of pairs to tag ids, to heads and relations, to entity tag ids."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from skazal.tagging import viterbi
from skazal.tagging.encoder import Encoder, Stream
from skazal.tagging.trees import HeadIds
from skazal.tagging.weights import FloatArray, HeadWeights

Ids = npt.NDArray[np.int64]
TreeDecoder = Callable[[FloatArray, HeadIds], HeadIds]


class MorphologyHead:
    """The best of 753 full tags for every token by itself."""

    def __init__(self, weights: HeadWeights) -> None:
        self.projection = weights.arrays["head.proj.weight"]
        self.bias = weights.arrays["head.proj.bias"]

    def __call__(self, stream: Stream, encoder: Encoder) -> Ids:
        return np.concatenate([rows.argmax(1) for rows in encoder(stream)])[stream.places]


class NameHead:
    """The best path of BIO tags through every unit."""

    def __init__(self, weights: HeadWeights) -> None:
        self.projection = weights.arrays["head.proj.weight"]
        self.bias = weights.arrays["head.proj.bias"]
        self._transitions = weights.arrays["head.crf.transitions"].astype(np.float64)
        self._outside = weights.outputs.index("O")

    def __call__(self, stream: Stream, encoder: Encoder) -> Ids:
        emissions = encoder.all_rows(stream)
        return viterbi.decode(emissions, stream.lengths, self._transitions, self._outside)


class SyntaxHead:
    """A biaffine score for every pair of tokens, then one for every relation of the chosen pairs.

    Four feed-forward layers stand on the encoder; they are one projection here, their outcomes side by side: the token
    as a dependent in search of its head, as a candidate, as the chosen head of a relation, as the relation's dependent.
    """

    PARTS = ("head.head", "head.tail", "rel.head", "rel.tail")
    ROWS = 512  # of outer products at once: 2 MB, which stay in the cache

    def __init__(self, weights: HeadWeights) -> None:
        arrays = weights.arrays
        self.projection = np.concatenate([arrays[f"{part}.proj.weight"] for part in self.PARTS], axis=1)
        self.bias = np.concatenate([arrays[f"{part}.proj.bias"] for part in self.PARTS])
        self._root_candidate = _feed_forward(arrays, "head.tail", arrays["head.root"])
        self._root_governor = _feed_forward(arrays, "rel.head", arrays["rel.root"])
        self._kernel = arrays["head.kernel"]
        self._root_relation = weights.outputs.index("root")
        self._relation_kernel = _pairs_to_relations(arrays["rel.kernel"], len(weights.outputs))

    def __call__(self, stream: Stream, encoder: Encoder, decoder: TreeDecoder | None) -> tuple[Ids, Ids]:
        """Heads (0 the artificial root, i the i-th token of the sentence) and relation ids of the stream's tokens.

        decoder: makes trees of the arg-max heads; then `root` stands at roots and nowhere else. Without it both are
        what scores best for every token by itself.
        """
        outcomes = np.maximum(encoder.all_rows(stream), 0)
        dependents, candidates, governors, governed = np.split(outcomes, len(self.PARTS), axis=1)
        heads = self._heads(dependents @ self._kernel, candidates, stream.lengths, decoder)
        starts = np.repeat(np.cumsum(stream.lengths) - stream.lengths, stream.lengths)
        chosen = np.concatenate((self._root_governor[np.newaxis], governors))[np.where(heads, starts + heads, 0)]
        return heads, self._relations(chosen, governed, heads if decoder else None)

    def _heads(
        self, dependents: FloatArray, candidates: FloatArray, lengths: Ids, decoder: TreeDecoder | None
    ) -> HeadIds:
        """Sentences of one length go together, so that there is nothing to pad or to mask."""
        heads = np.zeros(len(dependents), np.int64)
        starts = np.cumsum(lengths) - lengths
        for length in np.unique(lengths[lengths > 0]):
            tokens = starts[lengths == length, np.newaxis] + np.arange(length)
            with_root = np.empty((len(tokens), length + 1, candidates.shape[1]), np.float32)
            with_root[:, 0] = self._root_candidate
            with_root[:, 1:] = candidates[tokens]
            scores = dependents[tokens] @ with_root.swapaxes(1, 2)
            best = scores.argmax(2)
            heads[tokens] = decoder(scores, best) if decoder else best
        return heads

    def _relations(self, governors: FloatArray, governed: FloatArray, tree: HeadIds | None) -> Ids:
        relations = np.empty(len(governors), np.int64)
        for start in range(0, len(governors), self.ROWS):
            rows = slice(start, start + self.ROWS)
            outer = governors[rows, :, np.newaxis] * governed[rows, np.newaxis, :]
            scores = outer.reshape(len(outer), -1) @ self._relation_kernel
            if tree is not None:
                scores[:, self._root_relation] = np.where(tree[rows] == 0, np.inf, -np.inf)
            relations[rows] = scores.argmax(1)
        return relations


def _feed_forward(arrays: dict[str, FloatArray], part: str, row: FloatArray) -> FloatArray:
    outcome: FloatArray = np.maximum(row @ arrays[f"{part}.proj.weight"] + arrays[f"{part}.proj.bias"], 0)
    return outcome


def _pairs_to_relations(kernel: FloatArray, relations: int) -> FloatArray:
    """The bilinear kernel as a matrix from outer products (head dim × dependent dim) to relations."""
    hidden = len(kernel)
    return np.ascontiguousarray(kernel.reshape(hidden, relations, hidden).swapaxes(1, 2).reshape(-1, relations))
