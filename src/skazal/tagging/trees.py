"""From scores of heads to one tree with one root.

Slovnet's syntax head picks the best head of every token by itself: a quarter of news sentences come out with a cycle or
with no root or several. Those get the maximum spanning arborescence with a single root instead (Chu & Liu 1965, Edmonds
1967; written here because the package at hand is under the GPL); sentences that are trees keep their arg-max heads.

Heads in this module are counted with an artificial root: 0 is that root, i the i-th token.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from skazal.tagging.weights import FloatArray

Indices = npt.NDArray[np.int64]
Scores = npt.NDArray[np.float64]

TRIES = 4  # roots tried one by one, before all are compared at once at the cost of a dozen of tries


@dataclass(frozen=True, slots=True)
class Tree:
    """`heads[i]` is the index of token i's head within the sentence, the root's head is the root itself;
    `labels[i]` is the UD relation of token i to its head, `root` at the root and nowhere else."""

    heads: list[int]
    labels: list[str]


def are_trees(heads: Indices, lengths: Indices) -> npt.NDArray[np.bool_]:
    """Which sentences are one tree with one root; heads: of all tokens one after the other; lengths: of sentences."""
    sentence = np.repeat(np.arange(len(lengths)), lengths)
    starts = np.cumsum(lengths) - lengths
    ancestors = np.concatenate(([0], np.where(heads > 0, heads + starts[sentence], 0)))  # one root for all sentences
    # Each round looks twice as far up; who has not met the root after as many steps as there are tokens is in a cycle.
    for _ in range(int(lengths.max(initial=0)).bit_length()):
        ancestors = ancestors[ancestors]
    roots = np.bincount(sentence[heads == 0], minlength=len(lengths))
    lost = np.bincount(sentence[ancestors[1:] > 0], minlength=len(lengths))
    trees: npt.NDArray[np.bool_] = (roots == 1) & (lost == 0)
    return trees


def best_tree(scores: FloatArray) -> Indices:
    """Heads of the single-rooted tree with the greatest sum of scores (n × (n + 1), column 0 the artificial root).

    Every root has its best tree, and that cannot beat all other tokens with their best heads. Roots are tried in the
    order of that bound until it falls below the best tree so far: nearly always after the first.
    """
    size = len(scores)
    if size == 1:
        return np.zeros(1, np.int64)
    square = np.full((size + 1, size + 1), -np.inf)
    square[1:] = scores
    np.fill_diagonal(square, -np.inf)
    best_heads = square[1:, 1:].max(1)
    bounds = square[1:, 0] - best_heads + best_heads.sum()
    winner, highest = np.zeros(size, np.int64), -np.inf
    for tried, root in enumerate(np.argsort(-bounds) + 1):
        if bounds[root - 1] <= highest:
            break
        if tried == TRIES:
            return arborescence(_with_fined_roots(square))[1:]
        heads = arborescence(_with_only_root(square, root))[1:]
        total = square[np.arange(1, size + 1), heads].sum()
        if total > highest:
            winner, highest = heads, total
    return winner


def _with_only_root(square: Scores, root: int) -> Scores:
    """The scores that let one token hang on the artificial root, and on nothing else."""
    allowed = square.copy()
    allowed[:, 0] = -np.inf
    allowed[root] = -np.inf
    allowed[root, 0] = square[root, 0]
    return allowed


def _with_fined_roots(square: Scores) -> Scores:
    """The scores with a fine on hanging on the artificial root that no tree can make up for: just one token will."""
    fined = square.copy()
    fined[1:, 0] -= (np.ptp(square[np.isfinite(square)]) + 1) * len(square)
    return fined


def arborescence(scores: Scores) -> Indices:
    """Heads of the best tree over n nodes with root 0: n × n scores, rows dependents, columns heads, -inf no edge.

    Cycles of best heads are contracted into their first node until none is left, then opened again in reverse, each
    where the tree enters it. Overwrites the scores.
    """
    heads: Indices = scores.argmax(1)
    heads[0] = 0
    contractions = []
    while cycle := _find_cycle(heads.tolist()):
        contractions.append(_contract(scores, heads, np.array(cycle)))
    for contraction in reversed(contractions):
        _open(contraction, heads)
    return heads


@dataclass(frozen=True, slots=True)
class Contraction:
    """A cycle that its first node stands for: `heads` within it, `entries[u]` the node of it that would hang on u
    outside, `exits[u]` the node of it that u outside would hang on."""

    cycle: Indices
    heads: Indices
    entries: Indices
    exits: Indices


def _find_cycle(heads: list[int]) -> list[int]:
    """The nodes of some cycle; none if all nodes reach node 0."""
    met = [0] * len(heads)
    for start in range(1, len(heads)):
        path, node = [], start
        while node and not met[node]:
            met[node] = start
            path.append(node)
            node = heads[node]
        if node and met[node] == start:
            return path[path.index(node) :]
    return []


def _contract(scores: Scores, heads: Indices, cycle: Indices) -> Contraction:
    """Make the cycle's first node have its best edges; its other nodes get no edges, and the root as a blind head."""
    first, others = cycle[0], cycle[1:]
    entering = scores[cycle] - scores[cycle, heads[cycle], np.newaxis]
    leaving = scores[:, cycle]
    contraction = Contraction(cycle, heads[cycle], cycle[entering.argmax(0)], cycle[leaving.argmax(1)])
    scores[first] = entering.max(0)
    scores[:, first] = leaving.max(1)
    scores[first, cycle] = -np.inf
    scores[:, others] = -np.inf
    members = np.zeros(len(heads), bool)
    members[cycle] = True
    heads[members[heads]] = first
    heads[others] = 0
    heads[first] = scores[first].argmax()
    return contraction


def _open(contraction: Contraction, heads: Indices) -> None:
    first = contraction.cycle[0]
    outside = heads[first]
    hanging = np.flatnonzero(heads == first)
    heads[hanging] = contraction.exits[hanging]
    heads[contraction.cycle] = contraction.heads
    heads[contraction.entries[outside]] = outside
