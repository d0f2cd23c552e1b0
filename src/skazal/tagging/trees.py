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

# Bounds on the search in texts that are not sentences, such as a thousand quotation marks. No sentence of 7,700 in news
# needs more; beyond them the tree is still a tree, but perhaps not the best one.
TRIES = 3  # roots
CONTRACTIONS = 32  # cycles; further ones are opened where hanging on the root costs least


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
    edges = scores[:, 1:].astype(np.float64)
    np.fill_diagonal(edges, -np.inf)
    best_heads = edges.max(1)
    bounds = scores[:, 0] - best_heads + best_heads.sum()
    winner, highest = np.zeros(size, np.int64), -np.inf
    for top in np.argsort(-bounds)[:TRIES].tolist():
        if bounds[top] <= highest:
            break
        heads = arborescence(edges, top)
        heads_and_root = np.where(np.arange(size) == top, 0, heads + 1)
        total = scores[np.arange(size), heads_and_root].sum(dtype=np.float64)
        if total > highest:
            winner, highest = heads_and_root, total
    return winner


def arborescence(edges: Scores, top: int) -> Indices:
    """Heads of the best tree over n nodes that grows from `top`, which is its own head.

    edges: n × n scores, rows dependents, columns heads, -inf on the diagonal. Cycles met on the way up from each node
    are contracted into their first node, then opened again in reverse, each where the tree enters it.
    """
    heads: Indices = edges.argmax(1)
    heads[top] = top
    if _is_grown_from(heads, top):
        return heads
    scores = edges.copy()
    contractions: list[Contraction] = []
    walk_by = [-1] * len(heads)  # the start of the walk that came by; whom an earlier walk has passed reaches the top
    walk_by[top] = top
    for start in range(len(heads)):
        path: list[int] = []
        node = start
        while walk_by[node] < 0:
            walk_by[node] = start
            path.append(node)
            node = heads.item(node)
            if walk_by[node] != start:
                continue
            cycle = path[path.index(node) :]
            if len(contractions) == CONTRACTIONS:
                losses = scores[cycle, heads[cycle]] - scores[cycle, top]
                heads[cycle[losses.argmin()]] = top
                break
            contractions.append(_contract(scores, heads, np.array(cycle), top))
            del path[-len(cycle) :]
            walk_by[node] = -1  # it stands for the cycle now and has a new head
    for contraction in reversed(contractions):
        _open(contraction, heads)
    return heads


def _is_grown_from(heads: Indices, top: int) -> bool:
    """Whether all nodes have `top` above them, as they have in most sentences: then there are no cycles."""
    above = heads
    for _ in range(len(heads).bit_length()):
        above = above[above]
    return bool((above == top).all())


@dataclass(frozen=True, slots=True)
class Contraction:
    """A cycle that its first node stands for: `heads` within it, `entries[u]` the node of it that would hang on u
    outside, `exits[u]` the node of it that u outside would hang on."""

    cycle: Indices
    heads: Indices
    entries: Indices
    exits: Indices


def _contract(scores: Scores, heads: Indices, cycle: Indices, top: int) -> Contraction:
    """Make the cycle's first node have its best edges; its other nodes get no edges, and `top` as a blind head."""
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
    heads[others] = top
    heads[first] = scores[first].argmax()
    return contraction


def _open(contraction: Contraction, heads: Indices) -> None:
    first = contraction.cycle[0]
    outside = heads[first]
    hanging = np.flatnonzero(heads == first)
    heads[hanging] = contraction.exits[hanging]
    heads[contraction.cycle] = contraction.heads
    heads[contraction.entries[outside]] = outside
