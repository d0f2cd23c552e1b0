"""How often skazal is right about who said what, on annotated news.

    python benchmarks/accuracy.py [--gold DIR] [--cross-validate] [--gate] [--write FILE]

Prints, for each gold file that is there (quotes-dev, cases-dev, article, entities-dev, quotes-train), what its scorer
measures; with --cross-validate also figures for quotes-train and quotes-dev by models that have not seen the document,
by rule, by speaker type, and how far the confidence can be trusted; with --gate exits with status 1 when a figure is
below its floor in benchmarks/floors.json. --write stores everything as JSON, --page writes docs/accuracy.md.
"""

import argparse
import importlib.util
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
FLOORS = Path(__file__).with_name("floors.json")
QUOTE_SETS = ("article", "quotes-dev", "cases-dev", "quotes-train")
FEW = 4
"""Rules that fire less often are left out of the page."""
PREFACE = """# Accuracy

Written by `python benchmarks/accuracy.py --cross-validate --page docs/accuracy.md` from annotated news (`quotes-*`),
short texts written for each construction (`cases-dev`) and factRuEval-2016 (`entities-dev`). What the figures mean is
defined by the scorers that come with the annotation: *end to end* is the F1 of quotes with the right words and the
right speaker, *quoted* are direct and mixed quotes, *clean* are documents without any error in these.

Errors were looked at in all of these files, and the models are trained on `quotes-train`; so the honest figures are
the cross-validated ones: each document by models that have not seen it (the rules have). `quotes-dev` has 105 quoted
quotes: one quote is a hundredth, and two standard errors are about .08.
"""
BINS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 1.01)

Figures = dict[str, Any]


def module(path: Path, name: str) -> ModuleType:
    """A module from a file outside the package."""
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(path)
    loaded = importlib.util.module_from_spec(spec)
    sys.modules[name] = loaded
    spec.loader.exec_module(loaded)
    return loaded


def annotated(path: Path) -> tuple[list[dict[str, Any]], dict[str, dict[str, Any]]]:
    """A gold file and what the default pipeline says of its texts, by id."""
    from skazal.pipeline import load, to_document

    gold = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]
    docs = load().pipe(record["text"] for record in gold)
    return gold, {
        record["id"]: to_document(doc, record["id"]).to_dict() for record, doc in zip(gold, docs, strict=True)
    }


def quote_figures(path: Path, score: ModuleType) -> Figures:
    """The scorer's figures for a file of quotes."""
    gold, predicted = annotated(path)
    result = score.score(gold, predicted)
    return {
        "quoted end to end": result["quoted"]["end to end"]["f1"],
        "quoted detection": result["quoted"]["detection"]["f1"],
        "quoted exact": result["quoted"]["exact"]["f1"],
        "quoted speaker": result["quoted"]["speaker"],
        "quoted full name": result["quoted"]["full name"],
        "indirect end to end": result["indirect"]["end to end"]["f1"],
        "indirect detection": result["indirect"]["detection"]["f1"],
        "indirect speaker": result["indirect"]["speaker"],
        "clean documents": len(score.clean_documents(gold, predicted)) / len(gold),
    }


def entity_figures(path: Path, score: ModuleType) -> Figures:
    """The scorer's figures for a file of entities."""
    result = score.score(*annotated(path))
    return {
        **{f"span F1 {kind}": row["f1"] for kind, row in result["span F1"].items()},
        **{f"canonical name {kind}": share for kind, share in result["canonical name"].items()},
        "grouping B3": result["grouping B3"],
    }


def cross_validated(folder: Path, score: ModuleType) -> Figures:
    """Figures for quotes-train and quotes-dev by models fitted on the other folds of both."""
    recipe = module(ROOT / "models" / "quotes" / "recipe.py", "recipe")
    readings = [*recipe.read_gold(folder / "quotes-train.jsonl"), *recipe.read_gold(folder / "quotes-dev.jsonl")]
    predicted = recipe.out_of_fold(readings, score)
    gold = [reading.gold for reading in readings]
    found = {
        record["id"]: {"quotes": [item.quote.to_dict() for item in items]}
        for record, items in zip(gold, predicted, strict=True)
    }
    result = score.score(gold, found)
    return {
        "quoted end to end": result["quoted"]["end to end"]["f1"],
        "quoted speaker": result["quoted"]["speaker"],
        "indirect end to end": result["indirect"]["end to end"]["f1"],
        "indirect speaker": result["indirect"]["speaker"],
        "by kind and rule": by(predicted, lambda quote: quote.rule),
        "by speaker rule": by(predicted, lambda quote: quote.speaker_rule or "nobody"),
        "by speaker type": by(predicted, lambda quote: quote.speaker.type if quote.speaker else "nobody"),
        "confidence": calibration(recipe, predicted),
    }


def by(predicted: Iterable[Sequence[Any]], key: Any) -> dict[str, dict[str, float]]:
    """How often each value of `key` comes among predicted quotes, and the share that is right; no arguable ones."""
    rows: dict[str, list[bool]] = defaultdict(list)
    for items in predicted:
        for item in items:
            if item.right is not None:
                rows[key(item.quote)].append(item.right)
    ordered = sorted(rows.items(), key=lambda pair: -len(pair[1]))
    return {name: {"quotes": len(right), "right": sum(right) / len(right)} for name, right in ordered}


def calibration(recipe: ModuleType, predicted: Sequence[Sequence[Any]]) -> dict[str, dict[str, float]]:
    """The share of right quotes by confidence, each fold's confidence by a model fitted on the other folds."""
    from skazal.quotes.logistic import Logistic

    rated: list[tuple[float, bool]] = []
    for fold in range(recipe.FOLDS):
        model = recipe.fit_confidence(items for i, items in enumerate(predicted) if i % recipe.FOLDS != fold)
        logistic = Logistic(model["bias"], model["weights"])
        for items in predicted[fold :: recipe.FOLDS]:
            rated += [(logistic.probability(item.features), item.right) for item in items if item.right is not None]
    table = {}
    for low, high in pairwise(BINS):
        right = [good for value, good in rated if low <= value < high]
        table[f"{low} to {min(high, 1.0)}"] = {
            "quotes": len(right),
            "share": len(right) / len(rated),
            "right": sum(right) / (len(right) or 1),
        }
    sure = [good for value, good in rated if value >= 0.9]
    table["0.9 and more"] = {
        "quotes": len(sure),
        "share": len(sure) / len(rated),
        "right": sum(sure) / (len(sure) or 1),
    }
    return table


def show(figures: Figures, indent: str = "") -> None:
    """Print figures, nested ones indented."""
    for name, value in figures.items():
        if isinstance(value, dict):
            print(f"{indent}{name}")
            show(value, indent + "  ")
        else:
            print(f"{indent}{name:32} {value:.3f}" if isinstance(value, float) else f"{indent}{name:32} {value}")


HEADS = {"quotes": "quotes", "right": "right", "share": "share of all"}


def page(figures: Figures) -> str:
    """The figures as a page of the documentation."""
    lines = [PREFACE]
    names = [name for name in figures if name in QUOTE_SETS]
    lines += table("who said what", names, {key: [figures[name][key] for name in names] for key in figures[names[0]]})
    if "entities-dev" in figures:
        lines += table("who is who", ["entities-dev"], {key: [value] for key, value in figures["entities-dev"].items()})
    crossed = figures.get("cross-validated", {})
    plain = {key: [value] for key, value in crossed.items() if isinstance(value, float)}
    if plain:
        lines += table("cross-validated", ["quotes-train and quotes-dev"], plain)
    for key, rows in crossed.items():
        if isinstance(rows, dict):
            columns = [column for column in HEADS if column in next(iter(rows.values()))]
            title = "confidence" if key == "confidence" else f"cross-validated, {key}"
            cells = {name: [row[column] for column in columns] for name, row in rows.items() if row["quotes"] >= FEW}
            lines += table(title, [HEADS[column] for column in columns], cells)
    return "\n".join(lines)


def table(title: str, columns: Sequence[str], rows: Figures) -> list[str]:
    """A table in Markdown."""
    body = [f"| {name} | {' | '.join(shown(value) for value in values)} |" for name, values in rows.items()]
    return [f"| {title} | {' | '.join(columns)} |", "|---" * (len(columns) + 1) + "|", *body, ""]


def shown(value: float) -> str:
    """A count, or a share to three digits."""
    return str(value) if isinstance(value, int) else f"{value:.3f}"


def below_floors(figures: Figures) -> list[str]:
    """Figures that have fallen under their floors."""
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))
    return [
        f"{name}: {key} is {figures[name][key]:.3f}, its floor is {floor:.3f}"
        for name, wanted in floors.items()
        for key, floor in wanted.items()
        if name in figures and figures[name][key] < floor
    ]


def main() -> int:
    """Measure, print, and compare with the floors."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    recipe = module(ROOT / "models" / "quotes" / "recipe.py", "recipe")
    parser.add_argument("--gold", type=Path, default=recipe.gold_folder())
    parser.add_argument("--cross-validate", action="store_true")
    parser.add_argument("--gate", action="store_true")
    parser.add_argument("--write", type=Path)
    parser.add_argument("--page", type=Path)
    options = parser.parse_args()
    if not (options.gold / "score.py").exists():
        print(f"No gold in {options.gold}: accuracy is not measured. Set SKAZAL_GOLD or give --gold.", file=sys.stderr)
        return 0
    score = recipe.load_scorer(options.gold)
    figures: Figures = {
        name: quote_figures(options.gold / f"{name}.jsonl", score)
        for name in QUOTE_SETS
        if (options.gold / f"{name}.jsonl").exists()
    }
    if (options.gold / "entities-dev.jsonl").exists():
        scorer = module(options.gold / "score_entities.py", "score_entities")
        figures["entities-dev"] = entity_figures(options.gold / "entities-dev.jsonl", scorer)
    if options.cross_validate:
        figures["cross-validated"] = cross_validated(options.gold, score)
    show(figures)
    if options.write:
        options.write.write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    if options.page:
        options.page.write_text(page(figures), encoding="utf-8")
    fallen = below_floors(figures) if options.gate else []
    for line in fallen:
        print(line, file=sys.stderr)
    return 1 if fallen else 0


if __name__ == "__main__":
    sys.exit(main())
