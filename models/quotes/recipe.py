"""Train the models of `skazal.quotes` on annotated quotes.

    python models/quotes/recipe.py [--gold DIR]      # writes speech.json, speakers.json, indirect.json, confidence.json

speech      is an utterance (in marks, a dialogue line, a block) somebody's own words? binary
speakers    which candidate is the speaker? one of the candidates of an utterance (conditional logit)
indirect    does a clause report speech? binary
confidence  is a quote right, words and speaker? binary, on predictions for documents that the other three have not seen

All are linear in named features, with a penalty on the squares of the weights, fitted by L-BFGS from zero: the same
data give the same weights. Gold is `quotes-train.jsonl` with `score.py` beside it. Needs scipy: `skazal[train]`.
"""

import argparse
import importlib.util
import json
import os
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any
from unittest.mock import patch

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from skazal import pipeline
from skazal.document import Entity, Quote
from skazal.quotes import attribute, logistic
from skazal.quotes.attachments import attachments
from skazal.quotes.attribution import introducing, linked
from skazal.quotes.naming import speaker_of
from skazal.quotes.reports import extents, find_reports
from skazal.quotes.scene import Scene, set_scene
from skazal.quotes.speakers import Candidate, candidates
from skazal.quotes.speech import describe
from skazal.quotes.utterances import find_utterances
from skazal.reading import read
from skazal.words import Text

HERE = Path(__file__).parent
PENALTY = {"speech": 1.0, "speakers": 1.0, "indirect": 1.0, "confidence": 3.0}
OPTIONAL = ("event", "pointed at")
"""Constructions that the guidelines call optional: finding one is right, so it is an example of a report."""
RARE = 3
"""A feature seen in fewer examples gets no weight."""
MATCH, REPORT_MATCH = 0.8, 0.5
"""Shares of common characters from which a quote of own words, or a report, is the gold's (as in score.py)."""
FOLDS = 5
CAUTION = 0.3
"""Log odds by which confidence stays below what fits best: news that nobody has looked at goes wrong a little more
often than the annotated news, on which the rules were chosen."""

Features = dict[str, float]
Gold = dict[str, Any]
Model = dict[str, Any]


@dataclass
class Reading:
    """A gold document with what the stages before the quotes made of it."""

    gold: Gold
    text: Text
    entities: list[Entity]


@dataclass
class Examples:
    """Training examples: features with labels, for each model."""

    speech: list[tuple[Features, int]] = field(default_factory=list)
    speakers: list[tuple[list[Features], list[int]]] = field(default_factory=list)
    indirect: list[tuple[Features, int]] = field(default_factory=list)


def gold_folder() -> Path:
    """The gold beside the repository, or where SKAZAL_GOLD says."""
    return Path(os.environ.get("SKAZAL_GOLD") or HERE.parents[2] / "shared" / "gold")


def load_scorer(folder: Path) -> ModuleType:
    """The scorer that comes with the gold: what counts as the same quote and the same speaker is defined there."""
    spec = importlib.util.spec_from_file_location("score", folder / "score.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(f"{folder / 'score.py'} is missing: give the folder with the gold by --gold")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def read_gold(path: Path) -> list[Reading]:
    """Annotate the texts of a gold file as far as the entities."""
    gold = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]
    nlp = pipeline.load(exclude=["skazal_quotes"])
    docs = nlp.pipe(record["text"] for record in gold)
    return [
        Reading(record, read(doc), [Entity.from_dict(entity) for entity in doc._.skazal_entities])
        for record, doc in zip(gold, docs, strict=True)
    ]


def examples_of(reading: Reading, score: ModuleType) -> Examples:
    """The examples of one document."""
    found, text = Examples(), reading.gold["text"]
    quotes = [(quote, score.covered(text, quote["spans"])) for quote in reading.gold["quotes"]]
    scene = set_scene(reading.text, reading.entities)
    own = [pair for pair in quotes if pair[0]["kind"] != "indirect" or pair[0].get("optional")]
    kept, golds = [], []
    for utterance in find_utterances(scene):
        places = attachments(scene, utterance)
        quote, share = best_match(score.covered(text, utterance.extents), own)
        if quote and quote.get("optional") and share >= REPORT_MATCH:
            continue
        found.speech.append((describe(scene, utterance, places), int(share >= MATCH)))
        if quote and share >= MATCH:
            kept.append((utterance, places, 1.0))
            golds.append(quote)
    spoken = linked(scene, kept)
    for item, quote in zip(spoken, golds, strict=True):
        options = candidates(scene, item.utterance, item.places, item.earlier, item.around)
        labels = [int(is_speaker(scene, option, quote, golds, score)) for option in options]
        if any(labels):
            found.speakers.append(([dict(option.features) for option in options], labels))
    reported = [pair for pair in quotes if pair[0]["kind"] == "indirect" or pair[0].get("optional")]
    for report in find_reports(scene, introducing(spoken)):
        quote, share = best_match(score.covered(text, extents(scene, report)), reported)
        optional = quote is not None and quote.get("optional") and share >= REPORT_MATCH
        if not optional or report.construction in OPTIONAL:
            found.indirect.append((dict(report.features), int(share >= REPORT_MATCH)))
    return found


def best_match(covered: set[int], quotes: Sequence[tuple[Gold, set[int]]]) -> tuple[Gold | None, float]:
    """The gold quote that shares most characters, and the share (intersection over union)."""
    rated = [
        (len(covered & other) / len(covered | other) if covered | other else 0.0, i)
        for i, (_, other) in enumerate(quotes)
    ]
    share, i = max(rated, default=(0.0, -1))
    return (quotes[i][0], share) if i >= 0 else (None, 0.0)


def is_speaker(scene: Scene, option: Candidate, quote: Gold, golds: Sequence[Gold], score: ModuleType) -> bool:
    """Whether a candidate is who the gold says."""
    if option.same_as is not None:
        return quote["name"] is not None and golds[option.same_as]["name"] == quote["name"]
    speaker = speaker_of(scene, option.source) if option.source else None
    return speaker is not None and score.same_speaker(quote, {"speaker": speaker.to_dict()})


def fit(examples: Sequence[Examples]) -> dict[str, Model]:
    """The three models of the examples of some documents."""
    return {
        "speech": fit_binary([e for x in examples for e in x.speech], PENALTY["speech"]),
        "speakers": fit_choice([e for x in examples for e in x.speakers], PENALTY["speakers"]),
        "indirect": fit_binary([e for x in examples for e in x.indirect], PENALTY["indirect"]),
    }


@dataclass
class Predicted:
    """A predicted quote: the features of its confidence, and whether words and speaker are right (None: arguable)."""

    quote: Quote
    features: Features
    right: bool | None


def predict(reading: Reading, models: Mapping[str, Model], score: ModuleType) -> list[Predicted]:
    """The quotes of a document by the models given."""
    traced: list[Features] = []

    def trace(features: Features) -> float:
        traced.append(features)
        return float(len(traced) - 1)

    loaded = {name: logistic.Logistic(model["bias"], model["weights"]) for name, model in models.items()}
    with patch.object(logistic, "load", loaded.__getitem__), patch("skazal.quotes.attribution.confidence", trace):
        quotes = attribute(reading.text, reading.entities)
    right = judged(reading, quotes, score)
    return [
        Predicted(quote, traced[int(quote.confidence)], verdict) for quote, verdict in zip(quotes, right, strict=True)
    ]


def judged(reading: Reading, quotes: Sequence[Quote], score: ModuleType) -> list[bool | None]:
    """For each predicted quote, in order: right, wrong, or None where the gold calls it arguable (as in score.py)."""
    text = reading.gold["text"]
    verdicts: dict[int, bool | None] = {}
    for kinds, floor in ((("direct", "mixed"), MATCH), (("indirect",), REPORT_MATCH)):
        numbers = [i for i, quote in enumerate(quotes) if quote.kind in kinds]
        found = [quotes[i].to_dict() for i in numbers]
        asked = [quote for quote in reading.gold["quotes"] if quote["kind"] in kinds and not quote.get("optional")]
        pairs = {j: asked[i] for i, j, _ in score.match(asked, found, text, floor)}
        arguable = [quote for quote in reading.gold["quotes"] if quote.get("optional")]
        excused = {j for _, j, _ in score.match(arguable, found, text, REPORT_MATCH)}
        for j, number in enumerate(numbers):
            if j in pairs:
                verdicts[number] = bool(score.same_speaker(pairs[j], found[j]))
            else:
                verdicts[number] = None if j in excused else False
    return [verdicts[i] for i in range(len(quotes))]


def out_of_fold(readings: Sequence[Reading], score: ModuleType) -> list[list[Predicted]]:
    """Predictions for each document by models that were fitted without its fold."""
    examples = [examples_of(reading, score) for reading in readings]
    predicted: list[list[Predicted]] = [[] for _ in readings]
    for fold in range(FOLDS):
        models = fit([e for i, e in enumerate(examples) if i % FOLDS != fold])
        for i in range(fold, len(readings), FOLDS):
            predicted[i] = predict(readings[i], models, score)
    return predicted


def fit_confidence(predicted: Iterable[Sequence[Predicted]]) -> Model:
    """The model of confidence of predictions that were made out of fold, CAUTION below what fits them best."""
    rows = [(item.features, int(item.right)) for items in predicted for item in items if item.right is not None]
    model = fit_binary(rows, PENALTY["confidence"])
    return {**model, "bias": round(model["bias"] - CAUTION, 3)}


def names_of(rows: Iterable[Features]) -> list[str]:
    """Names of the features that are seen often enough, in alphabetical order."""
    counts = Counter(name for features in rows for name, value in features.items() if value)
    return sorted(name for name, count in counts.items() if count >= RARE)


def matrix(rows: Sequence[Features], names: Sequence[str]) -> csr_matrix:
    """Rows × features."""
    place = {name: i for i, name in enumerate(names)}
    cells = [
        (row, place[name], value)
        for row, features in enumerate(rows)
        for name, value in features.items()
        if value and name in place
    ]
    row, column, values = zip(*cells, strict=True)
    return csr_matrix((values, (row, column)), shape=(len(rows), len(names)))


def fit_binary(examples: Sequence[tuple[Features, int]], penalty: float) -> Model:
    """Logistic regression."""
    names = names_of(features for features, _ in examples)
    x = matrix([features for features, _ in examples], names)
    y = np.array([label for _, label in examples], dtype=float)

    def loss(w: npt.NDArray[np.float64]) -> tuple[float, npt.NDArray[np.float64]]:
        z = x @ w[1:] + w[0]
        error = 1 / (1 + np.exp(-z)) - y
        value = np.sum(np.logaddexp(0, z) - y * z) + penalty / 2 * np.sum(w[1:] ** 2)
        return value, np.concatenate([[np.sum(error)], x.T @ error + penalty * w[1:]])

    return solved(loss, names)


def fit_choice(examples: Sequence[tuple[list[Features], list[int]]], penalty: float) -> Model:
    """Conditional logit: the probability of the right candidates of a group among all of the group."""
    rows = [features for group, _ in examples for features in group]
    names = names_of(rows)
    x = matrix(rows, names)
    y = np.array([label for _, labels in examples for label in labels], dtype=float)
    starts = np.cumsum([0, *(len(group) for group, _ in examples)])[:-1]
    group_of = np.repeat(np.arange(len(examples)), [len(group) for group, _ in examples])

    def loss(w: npt.NDArray[np.float64]) -> tuple[float, npt.NDArray[np.float64]]:
        z = x @ w[1:]
        e = np.exp(z - np.maximum.reduceat(z, starts)[group_of])
        total, good = np.add.reduceat(e, starts), np.add.reduceat(e * y, starts)
        value = np.sum(np.log(total) - np.log(good)) + penalty / 2 * np.sum(w[1:] ** 2)
        gradient = e / total[group_of] - e * y / good[group_of]
        return value, np.concatenate([[0.0], x.T @ gradient + penalty * w[1:]])

    return solved(loss, names)


def solved(loss: Callable[..., Any], names: Sequence[str]) -> Model:
    """The weights at the least loss, to three digits; features whose weight rounds to nothing are left out."""
    result = minimize(loss, np.zeros(len(names) + 1), jac=True, method="L-BFGS-B", options={"maxiter": 2000})
    weights = {name: round(float(weight), 3) for name, weight in zip(names, result.x[1:], strict=True)}
    return {
        "bias": round(float(result.x[0]), 3),
        "weights": {name: weight for name, weight in weights.items() if weight},
    }


def main() -> None:
    """Train, write the weights beside this file, and say on how many examples."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, default=gold_folder(), help="folder with quotes-train.jsonl and score.py")
    folder = parser.parse_args().gold
    score = load_scorer(folder)
    readings = read_gold(folder / "quotes-train.jsonl")
    examples = [examples_of(reading, score) for reading in readings]
    models = fit(examples)
    models["confidence"] = fit_confidence(out_of_fold(readings, score))
    for name, model in models.items():
        line = json.dumps(model, ensure_ascii=False, indent=1, sort_keys=True)
        (HERE / f"{name}.json").write_text(line + "\n", encoding="utf-8")
        rows = [example for found in examples for example in getattr(found, name, [])]
        print(f"{name}: {len(rows) or 'out-of-fold'} examples, {len(model['weights'])} weights")


if __name__ == "__main__":
    main()
