"""What the features of the quote models are worth: each group left out in turn, cross-validated on quotes-train.

    python benchmarks/ablation.py [--gold DIR] [--write FILE]

Per model: the share of examples decided rightly by models fitted on the other folds, with all features and without each
group. speech and indirect: is the example above one half as it should be? speakers: is the best candidate a right one?
"""

import argparse
import json
import math
from collections.abc import Callable, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from accuracy import ROOT, module, show

GROUPS: dict[str, dict[str, tuple[str, ...]]] = {
    "speech": {
        "length": ("words >=",),
        "person and mood inside": ("finite verb in", "imperative", "pronoun of"),
        "what stands before": ("title noun", "role before", "noun before", "preposition", "conjunction", "colon"),
        "cues around": ("governs", "left", "right", "attached", "near cue", "cue very", "judged"),
        "neighbouring sentences": ("sentence", "line"),
    },
    "speakers": {
        "kind of source": ("PER", "ORG", "LOC", "role", "no role", "pronoun"),
        "how the source was found": ("source by", "no source"),
        "kind of cue": ("cue is", "cue tells", "cue relays", "cue governs", "cue negated"),
        "distance": ("cue's distance", "context: words away"),
        "discourse": ("context", "goes on"),
    },
    "indirect": {
        "the cue's lemma": ("cue ",),
        "class of cue": ("class",),
        "order of cue and source": ("comma", "source", "no source"),
        "form of the verb": ("form", "tense", "first person", "passive", "negated", "hypothetical"),
        "length of content": ("length", "short"),
    },
}


def without(features: dict[str, float], prefixes: Sequence[str]) -> dict[str, float]:
    """Features whose name, or its part behind a colon, has none of the prefixes."""
    return {
        name: value
        for name, value in features.items()
        if not name.startswith(tuple(prefixes)) and not name.split(": ", 1)[-1].startswith(tuple(prefixes))
    }


def score_of(model: dict[str, Any], features: dict[str, float]) -> float:
    """The log-odds by a fitted model."""
    weights = model["weights"]
    return float(model["bias"] + math.fsum(weights.get(name, 0.0) * value for name, value in features.items()))


def binary(recipe: ModuleType, folds: Sequence[Sequence[Any]], penalty: float) -> float:
    """The share of examples on the right side of one half, each fold by a model of the others."""
    right = total = 0
    for fold, held_out in enumerate(folds):
        model = recipe.fit_binary([e for i, part in enumerate(folds) if i != fold for e in part], penalty)
        right += sum((score_of(model, features) > 0) == bool(label) for features, label in held_out)
        total += len(held_out)
    return right / total


def choice(recipe: ModuleType, folds: Sequence[Sequence[Any]], penalty: float) -> float:
    """The share of groups whose best candidate is a right one."""
    right = total = 0
    for fold, held_out in enumerate(folds):
        model = recipe.fit_choice([e for i, part in enumerate(folds) if i != fold for e in part], penalty)
        for group, labels in held_out:
            scores = [score_of(model, features) for features in group]
            right += labels[scores.index(max(scores))]
        total += len(held_out)
    return right / total


def main() -> None:
    """Measure with all features and without each group."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    recipe = module(ROOT / "models" / "quotes" / "recipe.py", "recipe")
    parser.add_argument("--gold", type=Path, default=recipe.gold_folder())
    parser.add_argument("--write", type=Path)
    options = parser.parse_args()
    score = recipe.load_scorer(options.gold)
    readings = recipe.read_gold(options.gold / "quotes-train.jsonl")
    examples = [recipe.examples_of(reading, score) for reading in readings]
    figures: dict[str, dict[str, float]] = {}
    for name, groups in GROUPS.items():
        measure: Callable[..., float] = choice if name == "speakers" else binary
        figures[name] = {}
        for group, prefixes in {"all features": (), **groups}.items():
            folds: list[list[Any]] = [[] for _ in range(recipe.FOLDS)]
            for i, found in enumerate(examples):
                for features, label in getattr(found, name):
                    kept = (
                        [without(row, prefixes) for row in features]
                        if name == "speakers"
                        else without(features, prefixes)
                    )
                    folds[i % recipe.FOLDS].append((kept, label))
            title = group if group == "all features" else f"without {group}"
            figures[name][title] = measure(recipe, folds, recipe.PENALTY[name])
    show(figures)
    if options.write:
        options.write.write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
