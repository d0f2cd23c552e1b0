"""From scores of heads to one tree with one root.

Slovnet's syntax head picks the best head of every token by itself: a fifth of news sentences come out with no root,
several roots or a cycle. Those are decoded anew as the maximum spanning arborescence with a single root
(Chu & Liu 1965, Edmonds 1967); sentences that are trees already keep their arg-max heads.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from ufal.chu_liu_edmonds import chu_liu_edmonds  # type: ignore[import-untyped]  # ships no types


@dataclass(frozen=True, slots=True)
class Tree:
    """`heads[i]` is the index of token i's head within the sentence, the root's head is the root itself;
    `labels[i]` is the UD relation of token i to its head, `root` at the root and nowhere else."""

    heads: list[int]
    labels: list[str]


def is_tree(heads: list[int]) -> bool:
    """Whether `heads` (0 the artificial root, i the i-th token counted from one) are one tree with one root."""
    if heads.count(0) != 1:
        return False
    reaches_root = [True] + [False] * len(heads)
    for token in range(1, len(heads) + 1):
        path = []
        while not reaches_root[token]:
            if len(path) > len(heads):
                return False
            path.append(token)
            token = heads[token - 1]
        for step in path:
            reaches_root[step] = True
    return True


def best_tree(scores: npt.NDArray[np.float32]) -> list[int]:
    """Heads (0 the artificial root, i the i-th token) of the single-rooted tree with the greatest sum of scores.

    scores: n × (n + 1), row i the scores of token i's heads, column 0 the artificial root.
    """
    size = len(scores)
    square = np.zeros((size + 1, size + 1))
    square[1:] = scores
    # A fine on every edge from the artificial root, greater than any tree's sum can differ: one such edge remains.
    square[1:, 0] -= (np.ptp(scores) + 1) * (size + 1)
    heads, _ = chu_liu_edmonds(square)
    return list(heads[1:])
