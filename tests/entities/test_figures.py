"""Floors of the figures on gold: they only rise."""

import json
import sys
from importlib.util import module_from_spec, spec_from_file_location
from os import environ
from pathlib import Path
from types import ModuleType

import pytest

from skazal.entities import resolve
from skazal.pipeline import load
from skazal.reading import read

ROOT = Path(__file__).parents[2]
GOLD = Path(environ.get("SKAZAL_GOLD", ROOT.parent / "shared" / "gold"))
SPANS = {"PER": 0.96, "LOC": 0.93, "ORG": 0.75}
NAMES = {"PER": 0.93, "LOC": 0.94, "ORG": 0.80}
GROUPING = 0.97

pytestmark = pytest.mark.skipif(not GOLD.is_dir(), reason=f"no gold data in {GOLD}; SKAZAL_GOLD names its folder")


def scorer() -> ModuleType:
    spec = spec_from_file_location("score_entities", GOLD / "score_entities.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_figures_on_entities_dev_stay_above_their_floors() -> None:
    lines = (GOLD / "entities-dev.jsonl").read_text(encoding="utf-8").splitlines()
    gold = [json.loads(line) for line in lines if line]
    nlp = load(exclude=["skazal_entities", "skazal_quotes"])
    docs = nlp.pipe(document["text"] for document in gold)
    predicted = {
        document["id"]: {"entities": [entity.to_dict() for entity in resolve(read(doc))]}
        for document, doc in zip(gold, docs, strict=True)
    }
    figures = scorer().score(gold, predicted)
    assert {kind for kind, floor in SPANS.items() if figures["span F1"][kind]["f1"] < floor} == set()
    assert {kind for kind, floor in NAMES.items() if figures["canonical name"][kind] < floor} == set()
    assert figures["grouping B3"] >= GROUPING
