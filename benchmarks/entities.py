"""Accuracy of the entities stage on gold: spans, canonical names, grouping, and who the speakers' mentions denote.

    python benchmarks/entities.py [--errors N] [--tagged FOLDER] [--only entities|speakers]

Gold is looked for in the folder SKAZAL_GOLD, by default ../shared/gold beside the repository. `--tagged` keeps the
tagged documents in a folder, so that a second run measures the entities stage alone.
"""

import argparse
import importlib.util
import json
import os
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from spacy.tokens import Doc, DocBin
from spacy.vocab import Vocab

from skazal.document import Entity, Mention
from skazal.entities import resolve
from skazal.reading import read

GOLD = Path(os.environ.get("SKAZAL_GOLD", Path(__file__).parents[2] / "shared" / "gold"))
PRONOUNS = frozenset("он она они оно его ее её их ему ей им ими ею него неё нее них нему ней ним ними нем нём".split())
ATTRIBUTES = ["ORTH", "LEMMA", "POS", "MORPH", "HEAD", "DEP", "SENT_START", "ENT_IOB", "ENT_TYPE", "SPACY"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="list up to N errors of each sort")
    parser.add_argument("--tagged", type=Path, help="folder for tagged documents")
    parser.add_argument("--only", choices=["entities", "speakers"])
    arguments = parser.parse_args()
    if arguments.only != "speakers":
        measure_entities(arguments.errors, arguments.tagged)
    if arguments.only != "entities":
        for name in ("cases-dev", "quotes-dev", "quotes-train"):
            measure_speakers(name, arguments.errors, arguments.tagged)


def measure_entities(errors: int, tagged: Path | None) -> None:
    """Print the figures of score_entities.py on entities-dev, the speed, up to `errors` wrong names of each type."""
    scorer, gold = scorer_named("score_entities"), read_gold("entities-dev")
    docs = tag("entities-dev", gold, tagged)
    resolved, seconds = timed(docs)
    predicted = {
        document["id"]: {"entities": [entity.to_dict() for entity in entities]}
        for document, entities in zip(gold, resolved, strict=True)
    }
    wrong: list[tuple[Any, ...]] = []
    figures = scorer.score(gold, predicted, wrong)
    spans = figures["span F1"].items()
    print("entities-dev")
    print("  span F1        " + "  ".join(f"{kind} {f['f1']:.3f} (P {f['p']:.3f} R {f['r']:.3f})" for kind, f in spans))
    print("  canonical name " + "  ".join(f"{kind} {share:.3f}" for kind, share in figures["canonical name"].items()))
    print(f"  grouping B3    {figures['grouping B3']:.3f}")
    print(f"  {seconds / sum(map(len, docs)) * 1e6:.1f} µs a token")
    for kind in figures["canonical name"]:
        for row in [row for row in wrong if row[0] == kind][:errors]:
            print("   ", *row, sep=" | ")


def measure_speakers(name: str, errors: int, tagged: Path | None) -> None:
    """Print how often the entity at a gold speaker's mention has the speaker's full name, by the kind of mention."""
    scorer, gold = scorer_named("score"), read_gold(name)
    docs = tag(name, gold, tagged)
    resolved, seconds = timed(docs)
    right, of, unnamed = Counter[str](), Counter[str](), Counter[str]()
    wrong: dict[str, list[str]] = defaultdict(list)
    for document, entities in zip(gold, resolved, strict=True):
        for quote, mention in named_speakers(document):
            kind = kind_of(mention, quote["name"])
            found = entity_at(entities, *quote["mention"])
            hit = found is not None and scorer.same_words(found.name, quote["name"])
            of[kind] += 1
            right[kind] += hit
            if not hit:
                wrong[kind].append(f"{document['id']} | {mention} | {quote['name']} | {found and found.name}")
        for quote, mention in unnamed_speakers(document):
            found = entity_at(entities, *quote["mention"])
            unnamed["all"] += 1
            if found is not None and found.type == "PER" and nominal_at(found, *quote["mention"]):
                unnamed["named"] += 1
                wrong["unnamed"].append(f"{document['id']} | {mention} | {quote['name']} | {found.name}")
    total, hits = sum(of.values()), sum(right.values())
    shares = "  ".join(f"{kind} {right[kind] / of[kind]:.3f} ({of[kind]})" for kind in sorted(of))
    print(f"{name}\n  full name of persons speaking {hits / total:.3f} ({total})  {shares}")
    print(f"  unnamed speakers taken for a named person {unnamed['named']} of {unnamed['all']}")
    print(f"  {seconds / sum(map(len, docs)) * 1e6:.1f} µs a token")
    for kind, rows in sorted(wrong.items()):
        for row in list(dict.fromkeys(rows))[:errors]:
            print("   ", kind, "|", row)


def named_speakers(document: dict[str, Any]) -> Iterator[tuple[dict[str, Any], str]]:
    """Quotes of a gold document whose speaker is a named person mentioned in the text, with the mention."""
    for quote in document["quotes"]:
        if quote["type"] == "PER" and quote["mention"]:
            start, end = quote["mention"]
            yield quote, document["text"][start:end]


def unnamed_speakers(document: dict[str, Any]) -> Iterator[tuple[dict[str, Any], str]]:
    """Quotes of a gold document whose speaker is a person without a name, with the mention."""
    for quote in document["quotes"]:
        if quote["type"] == "ROLE" and quote["mention"]:
            start, end = quote["mention"]
            yield quote, document["text"][start:end]


def nominal_at(entity: Entity, start: int, end: int) -> bool:
    """Whether a noun or pronoun that begins where the stretch begins, or before, is joined to the entity."""
    within = [mention for mention in entity.mentions if mention.start <= start < mention.end <= end]
    return any(mention.kind == "nominal" or (mention.kind == "pronoun" and mention.end == end) for mention in within)


def kind_of(mention: str, name: str) -> str:
    if mention.casefold() in PRONOUNS:
        return "pronoun"
    stems = [word[:4].casefold() for word in name.replace("-", " ").split()]
    named = any(word[:1].isupper() and word[:4].casefold() in stems for word in mention.replace("-", " ").split())
    return "name" if named else "role"


def entity_at(entities: Sequence[Entity], start: int, end: int) -> Entity | None:
    """The entity of the mention that overlaps most with `start` to `end`; of two alike, that of a person."""
    best: tuple[int, int, int, Entity] | None = None
    for place, entity in enumerate(entities):
        for mention in entity.mentions:
            shared = overlap(mention, start, end)
            if shared > 0 and (best is None or (shared, entity.type == "PER") > best[:2]):
                best = shared, entity.type == "PER", place, entity
    return best[3] if best else None


def overlap(mention: Mention, start: int, end: int) -> int:
    return min(mention.end, end) - max(mention.start, start)


def timed(docs: Sequence[Doc]) -> tuple[list[list[Entity]], float]:
    """The entities of each document, and the seconds that took without reading the Doc."""
    texts = [read(doc) for doc in docs]
    resolve(texts[0])
    start = time.perf_counter()
    return [resolve(text) for text in texts], time.perf_counter() - start


def tag(name: str, gold: Sequence[dict[str, Any]], folder: Path | None) -> list[Doc]:
    """The documents of a gold file, tagged; kept in `folder` if there is one."""
    path = folder / f"{name}.spacy" if folder else None
    if path is not None and path.exists():
        return list(DocBin().from_disk(path).get_docs(Vocab()))
    from skazal.pipeline import load  # here, so that the weights are read only when there is something to tag

    nlp = load(exclude=["skazal_entities", "skazal_quotes"])
    docs = list(nlp.pipe(document["text"] for document in gold))
    if path is not None:
        DocBin(ATTRIBUTES, store_user_data=True, docs=docs).to_disk(path)
    return docs


def read_gold(name: str) -> list[dict[str, Any]]:
    with (GOLD / f"{name}.jsonl").open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def scorer_named(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, GOLD / f"{name}.py")
    if spec is None or spec.loader is None:
        raise SystemExit(f"no {name}.py in {GOLD}: set SKAZAL_GOLD to the folder with the gold data")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


if __name__ == "__main__":
    main()
