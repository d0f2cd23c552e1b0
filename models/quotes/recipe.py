"""Train the three models of `skazal.quotes` on annotated quotes: `python models/quotes/recipe.py [--gold DIR]
[--check]`.

speech    is an utterance (in marks, a dialogue line, a block) somebody's own words? binary
speakers  which candidate is the speaker? one of the candidates of an utterance (conditional logit)
indirect  does a clause report speech? binary

All three are linear in features with names; the penalty on the weights is chosen once (PENALTY) and the optimizer is
L-BFGS from zero, so that the same data give the same weights. Needs scipy: `pip install skazal[train]`.
"""

import argparse
import json
import os
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from skazal import pipeline
from skazal.document import Entity
from skazal.quotes.attachments import attachments
from skazal.quotes.attribution import introducing, linked
from skazal.quotes.naming import speaker_of
from skazal.quotes.reports import extents, find_reports
from skazal.quotes.scene import set_scene
from skazal.quotes.speakers import candidates
from skazal.quotes.speech import describe
from skazal.quotes.utterances import find_utterances
from skazal.words import read

HERE = Path(__file__).parent
PENALTY = {"speech": 1.0, "speakers": 1.0, "indirect": 1.0}
OPTIONAL = ("event", "pointed at")
"""Constructions that the guidelines call optional: finding one is right, so it is an example of a report."""
RARE = 3
"""A feature seen in fewer examples gets no weight."""
MATCH, REPORT_MATCH = 0.8, 0.5


def gold_folder() -> Path:
    return Path(os.environ.get("SKAZAL_GOLD") or HERE.parents[2] / "shared" / "gold")


def scorer(folder: Path):
    sys.path.insert(0, str(folder))
    import score

    return score


def overlap(a: set[int], b: set[int]) -> float:
    return len(a & b) / len(a | b) if a | b else 0.0


class Examples:
    """Training examples of a set of documents: feature dicts with labels, per model."""

    def __init__(self) -> None:
        self.speech: list[tuple[dict, int]] = []
        self.indirect: list[tuple[dict, int]] = []
        self.speakers: list[tuple[list[dict], list[int]]] = []


def collect(docs: Iterable, gold: Sequence[dict], score) -> Examples:
    found = Examples()
    for doc, record in zip(docs, gold, strict=True):
        entities = [Entity.from_dict(entity) for entity in doc._.skazal_entities]
        one_document(found, set_scene(read(doc), entities), record, score)
    return found


def one_document(found: Examples, scene, record: dict, score) -> None:
    text = record["text"]
    quoted = [
        (quote, score.covered(text, quote["spans"]))
        for quote in record["quotes"]
        if quote["kind"] != "indirect" or quote.get("optional")
    ]
    indirect = [
        (quote, score.covered(text, quote["spans"]))
        for quote in record["quotes"]
        if quote["kind"] == "indirect" or quote.get("optional")
    ]
    kept, golds = [], []
    for utterance in find_utterances(scene):
        places = attachments(scene, utterance)
        covered = score.covered(text, utterance.extents)
        best, quote = max(((overlap(covered, other), i) for i, (_, other) in enumerate(quoted)), default=(0.0, -1))
        quote = quoted[quote][0] if quote >= 0 else None
        if quote and quote.get("optional") and best >= 0.5:
            continue
        label = best >= MATCH
        found.speech.append((describe(scene, utterance, places), int(label)))
        if label:
            kept.append((utterance, places, 1.0))
            golds.append(quote)
    spoken = linked(scene, kept)
    for item, quote in zip(spoken, golds, strict=True):
        options = candidates(scene, item.utterance, item.places, item.earlier, item.around)
        labels = [int(right(scene, option, quote, golds, score)) for option in options]
        if any(labels):
            found.speakers.append(([dict(option.features) for option in options], labels))
    for report in find_reports(scene, introducing(spoken)):
        covered = score.covered(text, extents(scene, report))
        best, quote = max(((overlap(covered, other), i) for i, (_, other) in enumerate(indirect)), default=(0.0, -1))
        quote = indirect[quote][0] if quote >= 0 else None
        if quote and quote.get("optional") and best >= REPORT_MATCH and report.construction not in OPTIONAL:
            continue
        found.indirect.append((dict(report.features), int(best >= REPORT_MATCH)))


def right(scene, option, quote: dict, golds: Sequence[dict], score) -> bool:
    if option.same_as is not None:
        return golds[option.same_as]["name"] == quote["name"] and quote["name"] is not None
    if option.source is None:
        return False
    speaker = speaker_of(scene, option.source)
    return speaker is not None and score.same_speaker(quote, {"speaker": speaker.to_dict()})


def names_of(dicts: Iterable[dict]) -> list[str]:
    counts = Counter(name for features in dicts for name, value in features.items() if value)
    return sorted(name for name, count in counts.items() if count >= RARE)


def matrix(dicts: Sequence[dict], names: Sequence[str]) -> csr_matrix:
    place = {name: i for i, name in enumerate(names)}
    rows, columns, values = [], [], []
    for row, features in enumerate(dicts):
        for name, value in features.items():
            if value and name in place:
                rows.append(row)
                columns.append(place[name])
                values.append(value)
    return csr_matrix((values, (rows, columns)), shape=(len(dicts), len(names)))


def fit_binary(examples: Sequence[tuple[dict, int]], penalty: float) -> dict:
    names = names_of(features for features, _ in examples)
    x = matrix([features for features, _ in examples], names)
    y = np.array([label for _, label in examples], dtype=float)

    def loss(w):
        z = x @ w[1:] + w[0]
        p = 1 / (1 + np.exp(-z))
        value = np.sum(np.logaddexp(0, z) - y * z) + penalty / 2 * np.sum(w[1:] ** 2)
        return value, np.concatenate([[np.sum(p - y)], x.T @ (p - y) + penalty * w[1:]])

    return solved(loss, names)


def fit_choice(examples: Sequence[tuple[list[dict], list[int]]], penalty: float) -> dict:
    rows = [features for group, _ in examples for features in group]
    names = names_of(rows)
    x = matrix(rows, names)
    y = np.array([label for _, labels in examples for label in labels], dtype=float)
    starts = np.cumsum([0, *(len(group) for group, _ in examples)])[:-1]
    group = np.repeat(np.arange(len(examples)), [len(g) for g, _ in examples])

    def loss(w):
        z = x @ w[1:]
        z = z - np.maximum.reduceat(z, starts)[group]
        e = np.exp(z)
        total, good = np.add.reduceat(e, starts), np.add.reduceat(e * y, starts)
        value = np.sum(np.log(total) - np.log(good)) + penalty / 2 * np.sum(w[1:] ** 2)
        gradient = e / total[group] - e * y / good[group]
        return value, np.concatenate([[0.0], x.T @ gradient + penalty * w[1:]])

    return solved(loss, names)


def solved(loss, names: Sequence[str]) -> dict:
    result = minimize(loss, np.zeros(len(names) + 1), jac=True, method="L-BFGS-B", options={"maxiter": 2000})
    weights = {name: round(float(weight), 3) for name, weight in zip(names, result.x[1:], strict=True)}
    return {
        "bias": round(float(result.x[0]), 3),
        "weights": {name: weight for name, weight in weights.items() if weight},
    }


def fit(found: Examples) -> dict[str, dict]:
    return {
        "speech": fit_binary(found.speech, PENALTY["speech"]),
        "speakers": fit_choice(found.speakers, PENALTY["speakers"]),
        "indirect": fit_binary(found.indirect, PENALTY["indirect"]),
    }


def save(models: dict[str, dict], folder: Path) -> None:
    for name, model in models.items():
        (folder / f"{name}.json").write_text(
            json.dumps(model, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, default=gold_folder(), help="folder with quotes-train.jsonl and score.py")
    args = parser.parse_args()
    score = scorer(args.gold)
    gold = score.read(args.gold / "quotes-train.jsonl")
    nlp = pipeline.load(exclude=["skazal_quotes"])
    found = collect(nlp.pipe(record["text"] for record in gold), gold, score)
    for name in ("speech", "indirect"):
        labels = [label for _, label in getattr(found, name)]
        print(f"{name}: {len(labels)} examples, {sum(labels)} positive")
    print(f"speakers: {len(found.speakers)} utterances with a right candidate")
    save(fit(found), HERE)


if __name__ == "__main__":
    main()
