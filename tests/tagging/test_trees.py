"""Trees: told from what is none, best by brute force, always found."""

from itertools import product

import numpy as np
import pytest

from skazal.tagging.trees import arborescence, are_trees, best_tree


def brute_force(scores: np.ndarray) -> float:
    """The greatest sum of scores of any single-rooted tree."""
    size = len(scores)
    sums = [
        float(scores[np.arange(size), heads].sum())
        for heads in product(range(size + 1), repeat=size)
        if are_trees(np.array(heads), np.array([size]))[0]
    ]
    return max(sums)


@pytest.mark.parametrize(
    ("heads", "expected"),
    [
        ([0], True),
        ([1], False),
        ([2, 0, 2], True),
        ([2, 1, 0], False),
        ([0, 0], False),
        ([2, 3, 1], False),
        ([2, 3, 4, 0], True),
        ([0, 3, 4, 2, 1], False),
    ],
)
def test_trees_are_told_from_cycles_and_many_roots(heads: list[int], expected: bool) -> None:
    assert are_trees(np.array(heads), np.array([len(heads)])).tolist() == [expected]


def test_sentences_are_judged_one_by_one() -> None:
    heads = np.array([2, 0, 0, 1, 2, 1, 0])
    assert are_trees(heads, np.array([2, 2, 0, 2, 1])).tolist() == [True, True, False, False, True]


@pytest.mark.parametrize("size", [1, 2, 3, 4])
def test_best_tree_is_the_best(size: int) -> None:
    random = np.random.default_rng(size)
    for _ in range(20):
        scores = random.normal(size=(size, size + 1)).astype(np.float32)
        heads = best_tree(scores)
        assert are_trees(heads, np.array([size]))[0]
        assert scores[np.arange(size), heads].sum() == pytest.approx(brute_force(scores), abs=1e-4)


@pytest.mark.parametrize("size", [2, 17, 200])
@pytest.mark.parametrize("kind", ["equal", "same head", "random", "ring"])
def test_there_is_always_a_tree(size: int, kind: str) -> None:
    random = np.random.default_rng(0)
    scores = {
        "equal": np.zeros((size, size + 1)),
        "same head": np.tile(random.normal(size=size + 1), (size, 1)),
        "random": random.normal(size=(size, size + 1)),
        "ring": np.eye(size, size + 1, k=2) - np.arange(size + 1) / 1000,
    }[kind].astype(np.float32)
    assert are_trees(best_tree(scores), np.array([size]))[0]


def test_cycles_within_cycles_are_opened() -> None:
    """2 and 1 point at each other, both together and 3 do, all of them and 4 do; 0 is dear to reach."""
    edges = np.full((5, 5), -9.0)
    edges[1, 2] = edges[2, 1] = 9
    edges[1, 3] = edges[3, 2] = 7
    edges[3, 4] = edges[4, 1] = 5
    edges[4, 0] = -3
    np.fill_diagonal(edges, -np.inf)
    assert arborescence(edges, 0).tolist() == [0, 3, 1, 4, 0]
