"""The best paths, against all paths."""

from itertools import pairwise, product

import numpy as np
import pytest

from skazal.tagging.viterbi import certainly_outside, decode

OUTSIDE = 1


def all_paths(emissions: np.ndarray, transitions: np.ndarray) -> tuple[int, ...]:
    def score(path: tuple[int, ...]) -> float:
        return float(
            sum(emissions[i, tag] for i, tag in enumerate(path)) + sum(transitions[a, b] for a, b in pairwise(path))
        )

    return max(product(range(len(transitions)), repeat=len(emissions)), key=score)


@pytest.mark.parametrize("confidence", [0, 3, 8])
def test_paths_are_the_best(confidence: int) -> None:
    """The more tokens are surely outside, the more stretches there are between them."""
    random = np.random.default_rng(7)
    decided = 0
    for _ in range(30):
        lengths = random.integers(0, 6, size=5)
        emissions = random.normal(size=(lengths.sum(), 4)).astype(np.float32) * 2
        emissions[:, OUTSIDE] += confidence
        transitions = random.normal(size=(4, 4))
        expected = [
            tag for unit in np.split(emissions, np.cumsum(lengths)[:-1]) for tag in all_paths(unit, transitions)
        ]
        assert decode(emissions, lengths, transitions, OUTSIDE).tolist() == expected
        first = np.zeros(len(emissions), bool)
        first[(np.cumsum(lengths) - lengths)[lengths > 0]] = True
        decided += int(certainly_outside(emissions, first, transitions, OUTSIDE).sum())
    assert decided > 30 * confidence


def test_nothing_to_decode() -> None:
    nothing = np.zeros((0, 4), np.float32)
    assert decode(nothing, np.zeros(0, np.int64), np.zeros((4, 4)), OUTSIDE).tolist() == []
    assert decode(nothing, np.zeros(3, np.int64), np.zeros((4, 4)), OUTSIDE).tolist() == []
