"""Logistic models over named features: weights are JSON that a person can read, inference needs no library."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import exp

from skazal.artefacts import models_path


@dataclass(frozen=True, slots=True)
class Logistic:
    """`weights` by feature name; features without a weight count nothing."""

    bias: float
    weights: Mapping[str, float]

    def score(self, features: Mapping[str, float]) -> float:
        """The log-odds."""
        weights = self.weights
        return self.bias + sum(weights.get(name, 0.0) * value for name, value in features.items() if value)

    def probability(self, features: Mapping[str, float]) -> float:
        """From 0 to 1."""
        return sigmoid(self.score(features))


def sigmoid(odds: float) -> float:
    """The logistic function, safe for any float."""
    if odds >= 0:
        return 1.0 / (1.0 + exp(-odds))
    return exp(odds) / (1.0 + exp(odds))


@cache
def load(name: str) -> Logistic:
    """The model `models/quotes/<name>.json`."""
    data = json.loads((models_path() / "quotes" / f"{name}.json").read_text(encoding="utf-8"))
    return Logistic(data["bias"], data["weights"])
