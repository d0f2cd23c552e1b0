"""Speed of the tagging stage against slovnet's own three heads, in one run, with one BLAS thread.

    python benchmarks/tagging.py [TEXTS ...] [--tokens N] [--repeats N] [--json FILE]

TEXTS are .txt and .jsonl files (an object a line, with "text") or folders of them; by default quotes-train.jsonl of the
gold folder (SKAZAL_GOLD, by default ../shared/gold beside the repository). About N tokens at the end are measured; the
texts before them are what the tagger's table is warm from. Both engines get the same tokens (razdel's) and take turns;
figures are medians. Names are looked for in whole texts, as natasha does. Our syntax includes the decoding of trees.
"""

import os

os.environ.update(OPENBLAS_NUM_THREADS="1", OMP_NUM_THREADS="1")  # read once, when numpy is imported

import argparse
import importlib.util
import json
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from importlib.metadata import version
from itertools import chain
from pathlib import Path
from typing import Any

from navec import Navec
from razdel import sentenize, tokenize
from slovnet import NER, Morph, Syntax

from skazal.tagging import Tagger

GOLD = Path(os.environ.get("SKAZAL_GOLD", Path(__file__).parents[2] / "shared" / "gold"))
BATCH = 16  # documents

Sentences = list[list[str]]
Head = Callable[[Sentences, Sentences], Any]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("texts", nargs="*", type=Path, default=[GOLD / "quotes-train.jsonl"])
    parser.add_argument("--tokens", type=int, default=20_000, help="tokens to measure (default: %(default)s)")
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    parser.add_argument("--footprint", choices=["skazal", "slovnet"], help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.footprint:
        print(json.dumps(footprint(arguments.footprint, [*documents(arguments.texts)])))
        return
    figures = measure(arguments.texts, arguments.tokens, arguments.repeats)
    print_table(figures)
    if arguments.json:
        arguments.json.write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def measure(paths: list[Path], tokens: int, repeats: int) -> dict[str, Any]:
    texts = [*documents(paths)]
    warming, measured = split(texts, tokens)
    size = sum(map(len, chain.from_iterable(measured)))
    slovnet = slovnet_heads()
    seconds: dict[str, dict[str, list[float]]] = {}
    for _ in range(repeats):
        for mode, batch, known in (
            ("batches", BATCH, warming),
            ("batches, known texts", BATCH, [*warming, *measured]),
            ("batches, cold", BATCH, []),
            ("single", 1, warming),
        ):
            # A fresh tagger each time: unless the mode says so, the texts measured must be new to its table.
            for engine, heads in (("slovnet", slovnet), ("skazal", skazal_heads(warm(Tagger.load(), known)))):
                for head, taken in run(heads, measured, batch).items():
                    seconds.setdefault(f"{head}, {mode}", {}).setdefault(engine, []).append(taken)
    return {
        "machine": f"{platform.machine()}, {processor()}, Python {platform.python_version()}, one BLAS thread",
        "versions": {name: version(name) for name in ("numpy", "slovnet", "navec", "natasha", "razdel")},
        "texts": [path.name for path in paths],
        "tokens": size,
        "documents": len(measured),
        "documents the table is warm from": len(warming),
        "documents in a batch": BATCH,
        "repeats": repeats,
        "microseconds a token": {
            row: {engine: statistics.median(times) / size * 1e6 for engine, times in engines.items()}
            for row, engines in seconds.items()
        },
        "footprint": {engine: footprint_in_new_process(engine, paths) for engine in ("slovnet", "skazal")},
    }


def warm(tagger: Tagger, texts: list[Sentences]) -> Tagger:
    run(skazal_heads(tagger), texts, BATCH)
    return tagger


def documents(paths: Sequence[Path]) -> Iterator[Sentences]:
    """Documents as sentences of tokens."""
    for text in chain.from_iterable(map(texts_of, paths)):
        yield [[token.text for token in tokenize(sentence.text)] for sentence in sentenize(text)]


def texts_of(path: Path) -> Iterator[str]:
    if path.is_dir():
        yield from chain.from_iterable(texts_of(inner) for inner in sorted(path.rglob("*")) if inner.is_file())
    elif path.suffix == ".jsonl":
        yield from (json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines())
    elif path.suffix == ".txt":
        yield path.read_text(encoding="utf-8")


def split(texts: list[Sentences], tokens: int) -> tuple[list[Sentences], list[Sentences]]:
    """The texts before, and those at the end that have about so many tokens."""
    size, cut = 0, len(texts)
    while cut and size < tokens:
        cut -= 1
        size += sum(map(len, texts[cut]))
    return texts[:cut], texts[cut:]


def skazal_heads(tagger: Tagger) -> dict[str, Head]:
    return {
        "morphology and syntax": lambda sentences, units: tagger.tags_and_trees(sentences),
        "names": lambda sentences, units: tagger.names(units),
    }


def slovnet_heads() -> dict[str, Head]:
    """Slovnet's public calls, except that its names are fed with tokens instead of texts, which spares it razdel."""
    spec = importlib.util.find_spec("natasha")
    if spec is None or spec.origin is None:
        sys.exit("natasha is not installed")
    data = Path(spec.origin).parent / "data"
    navec = Navec.load(data / "emb" / "navec_news_v1_1B_250K_300d_100q.tar")
    morph, syntax, ner = (
        head.load(data / "model" / f"slovnet_{name}_news_v1.tar").navec(navec)
        for head, name in ((Morph, "morph"), (Syntax, "syntax"), (NER, "ner"))
    )
    return {
        "morphology and syntax": lambda sentences, units: [*morph.map(sentences), *syntax.map(sentences)],
        "names": lambda sentences, units: list(
            ner.infer.decoder(ner.infer.process(ner.infer.encoder([unit for unit in units if unit])))
        ),
    }


def run(heads: dict[str, Head], texts: list[Sentences], batch: int) -> dict[str, float]:
    """Seconds that every head takes, and all of them, for so many texts in a call; the first pays for new words."""
    seconds = dict.fromkeys([*heads, "all three"], 0.0)
    for first in range(0, len(texts), batch):
        some = texts[first : first + batch]
        sentences, units = [*chain.from_iterable(some)], [[*chain.from_iterable(text)] for text in some]
        for name, head in heads.items():
            start = time.perf_counter()
            head(sentences, units)
            taken = time.perf_counter() - start
            seconds[name] += taken
            seconds["all three"] += taken
    return seconds


def footprint(engine: str, texts: list[Sentences]) -> dict[str, float]:
    """Seconds to load an engine, and the MB it adds to the process: when loaded, and after tagging a hundred texts."""
    before, start = resident(), time.perf_counter()
    heads = skazal_heads(Tagger.load()) if engine == "skazal" else slovnet_heads()
    seconds, loaded = time.perf_counter() - start, resident()
    run(heads, texts[:100], BATCH)
    return {"load, s": seconds, "loaded, MB": loaded - before, "after 100 texts, MB": resident() - before}


def footprint_in_new_process(engine: str, paths: list[Path]) -> Any:
    command = [sys.executable, __file__, *map(str, paths), "--footprint", engine]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def resident() -> float:
    """MB of this process in memory (Linux)."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def processor() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    return next((line.partition(": ")[2] for line in lines if line.startswith("model name")), "unknown processor")


def print_table(figures: dict[str, Any]) -> None:
    print(f"{figures['machine']}; " + ", ".join(f"{name} {number}" for name, number in figures["versions"].items()))
    print(
        f"{figures['documents']} documents, {figures['tokens']} tokens of {', '.join(figures['texts'])}, in batches of "
        f"{figures['documents in a batch']} or single; table warm from {figures['documents the table is warm from']} "
        f"other documents, or cold; medians of {figures['repeats']} runs in turn\n"
    )
    print(f"{'microseconds a token':44} {'slovnet':>8} {'skazal':>8} {'ratio':>7} {'skazal tokens/s':>16}")
    for row, engines in figures["microseconds a token"].items():
        theirs, ours = engines["slovnet"], engines["skazal"]
        print(f"{row:44} {theirs:8.1f} {ours:8.1f} {theirs / ours:6.1f}x {1e6 / ours:16,.0f}")
    print()
    for row in figures["footprint"]["skazal"]:
        theirs, ours = figures["footprint"]["slovnet"][row], figures["footprint"]["skazal"][row]
        print(f"{row:44} {theirs:8.2f} {ours:8.2f}")


if __name__ == "__main__":
    main()
