"""From scores of heads to one tree with one root.

Slovnet's syntax head picks the best head of every token by itself: a fifth of news sentences come out with no root,
several roots or a cycle. Those are decoded anew as the maximum spanning arborescence with a single root
(Chu & Liu 1965, Edmonds 1967); sentences that are trees already keep their arg-max heads.

Heads in this module are counted with an artificial root: 0 is that root, i the i-th token.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from ufal.chu_liu_edmonds import chu_liu_edmonds

from skazal.tagging.weights import FloatArray

HeadIds = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Tree:
    """`heads[i]` is the index of token i's head within the sentence, the root's head is the root itself;
    `labels[i]` is the UD relation of token i to its head, `root` at the root and nowhere else."""

    heads: list[int]
    labels: list[str]


def decode_trees(scores: FloatArray, heads: HeadIds) -> HeadIds:
    """Heads of single-rooted trees for sentences of one length.

    scores: sentences × n × (n + 1), every token's candidate heads; heads: sentences × n, their arg-max.
    """
    trees = heads.copy()
    for sentence in np.flatnonzero(~are_trees(heads)):
        trees[sentence] = best_tree(scores[sentence])
    return trees


def are_trees(heads: HeadIds) -> npt.NDArray[np.bool_]:
    """Which of the sentences (sentences × n heads) are one tree with one root."""
    sentences, size = heads.shape
    one_root = (heads == 0).sum(1) == 1
    ancestors = np.zeros((sentences, size + 1), np.int64)
    ancestors[:, 1:] = heads
    # Each round looks twice as far up; whoever has not met the root after n steps goes round in a cycle.
    for _ in range(size.bit_length()):
        ancestors = np.take_along_axis(ancestors, ancestors, axis=1)
    trees: npt.NDArray[np.bool_] = one_root & (ancestors == 0).all(1)
    return trees


def best_tree(scores: FloatArray) -> HeadIds:
    """Heads of the single-rooted tree with the greatest sum of scores (n × (n + 1), column 0 the artificial root)."""
    size = len(scores)
    square = np.zeros((size + 1, size + 1))
    square[1:] = scores
    # A fine on every edge from the artificial root, greater than any two trees can differ: just one such edge remains.
    square[1:, 0] -= (np.ptp(scores) + 1) * (size + 1)
    heads, _ = chu_liu_edmonds(square)
    return np.array(heads[1:])
