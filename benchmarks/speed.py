"""Speed and memory of the whole pipeline against natasha's, and on texts of any kind; one core, one BLAS thread.

    python benchmarks/speed.py [TEXTS ...] [--rows ROW ...] [--repeats N] [--json FILE] [--gate]

TEXTS are .txt and .jsonl files (an object a line, with "text") or folders of them; by default quotes-train.jsonl of the
gold folder (SKAZAL_GOLD, by default ../shared/gold beside the repository). The rows, all by default:

pipeline  skazal from tokens to quotes, in batches and one document at a time, against natasha's segmentation,
          morphology, syntax and names. Two thirds of the texts, drawn anew each time, warm all caches; the rest is read
          once by both engines, who take turns every 32 documents, in processor time and with the garbage collector
          as calm as `skazal annotate` has it in its workers. With it: what each stage takes.
tagging   the tagging stage against slovnet's three heads (by benchmarks/tagging.py)
start     import, load and a command for one document, each in a new process, in processor time
sizes     time per character for texts of 2 KB to 2 MB
hostile   texts of 1 MB that no newspaper prints, each in a new process, against 1 MB of the texts
workers   two processes against one
memory    resident memory of one process along --documents-in-memory documents in which new words keep coming

Figures are medians of repeated runs. --gate ends with status 1 when one that was measured is below its floor in
benchmarks/floors.json ("speed"): there are floors for ratios only, which another machine hardly changes.
Natasha runs as its README shows it, but for its vocabulary for lemmas, which wants an old setuptools.
"""

import os

os.environ.update(OPENBLAS_NUM_THREADS="1", OMP_NUM_THREADS="1")  # read once, when numpy is imported

import argparse
import importlib.metadata
import json
import platform
import random
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import count, cycle, islice
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve()
GOLD = Path(os.environ.get("SKAZAL_GOLD", HERE.parents[2] / "shared" / "gold"))
FLOORS = HERE.with_name("floors.json")
VERSIONS = ("skazal", "natasha", "slovnet", "razdel", "pymorphy3", "spacy", "numpy")
BATCH = 32
MILLION = 1_000_000
SIZES = {"2 KB": 2_000, "20 KB": 20_000, "200 KB": 200_000, "2 MB": 2_000_000}
LONG_TEXT = 10 * MILLION
NEW_WORD = 15
"""Of so many words one is made new where texts come again: about what the vocabulary of news grows by."""
SYLLABLES = "ба ве ги до жу зе ка ло ми но пе ро са ту фе хо ца че шу".split()
SENTENCE = "Мэр Орловки Инна Лужина сказала: «Мост цел»."
TARGETS = {
    "skazal over natasha, in batches": ">= 4.0",
    "skazal over natasha, one by one": ">= 2.5",
    "entities, share of the pipeline": "<= 0.25",
    "tagging over slovnet, in batches": ">= 6.0",
    "import skazal, s": "<= 0.15",
    "skazal.load(), s": "<= 1.2",
    "skazal quotes FILE, s": "<= 3.0",
    "slowest size over fastest, per character": "<= 1.5",
    "hostile over news, time": "<= 10",
    "hostile over news, memory": "<= 3",
    "two workers over one": ">= 1.8",
    "peak memory, MB": "<= 600",
    "memory gained after document 1,000, MB": "flat",
}
Figures = dict[str, Any]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", nargs="*", type=Path, default=[GOLD / "quotes-train.jsonl"])
    parser.add_argument("--rows", nargs="+", choices=[*ROWS], default=[*ROWS])
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--documents", type=int, default=2_000, help="for the workers (default: %(default)s)")
    parser.add_argument("--documents-in-memory", type=int, default=5_000)
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    parser.add_argument("--gate", action="store_true")
    parser.add_argument("--alone", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.alone:
        what, _, argument = arguments.alone.partition(" ")
        print(json.dumps(ALONE[what]([*texts_in(arguments.texts)], argument)))
        return
    figures = measure(arguments)
    show(figures)
    if arguments.json:
        arguments.json.write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    fallen = below_floors(figures["figures"]) if arguments.gate else []
    print(*fallen, sep="\n", file=sys.stderr)
    sys.exit(bool(fallen))


def measure(arguments: argparse.Namespace) -> Figures:
    texts = [*texts_in(arguments.texts)]
    details = {row: ROWS[row](arguments) for row in ROWS if row in arguments.rows}
    return {
        "machine": f"{processor()}, {os.cpu_count()} cores, one BLAS thread",
        "python": platform.python_version(),
        "versions": {name: importlib.metadata.version(name) for name in VERSIONS},
        "texts": [path.name for path in arguments.texts],
        "documents": len(texts),
        "characters": sum(map(len, texts)),
        "repeats": arguments.repeats,
        "figures": {name: value for row in details.values() for name, value in row.pop("figures").items()},
        "details": details,
    }


def texts_in(paths: Iterable[Path]) -> Iterator[str]:
    """The texts of files and of all files in folders."""
    for path in paths:
        if path.is_dir():
            yield from texts_in(sorted(inner for inner in path.rglob("*") if inner.is_file()))
        elif path.suffix == ".jsonl":
            yield from (json.loads(line)["text"] for line in path.read_text(encoding="utf-8").split("\n") if line)
        elif path.suffix == ".txt":
            yield path.read_text(encoding="utf-8")


def alone(arguments: argparse.Namespace, what: str, argument: str = "") -> Any:
    """What a function of ALONE gives in a new process."""
    command = [sys.executable, str(HERE), *map(str, arguments.texts), "--alone", f"{what} {argument}"]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


# pipeline


def pipeline_row(arguments: argparse.Namespace) -> Figures:
    runs = [alone(arguments, "pipeline", str(seed)) for seed in range(arguments.repeats)]
    ratios = {mode: [run[mode]["natasha"] / run[mode]["skazal"] for run in runs] for mode in ("batches", "single")}
    stages = {name: statistics.median(run["stages"][name] for run in runs) for name in runs[0]["stages"]}
    shares = [run["stages"]["entities"] / sum(run["stages"].values()) for run in runs]
    return {
        "figures": {
            "skazal over natasha, in batches": statistics.median(ratios["batches"]),
            "skazal over natasha, one by one": statistics.median(ratios["single"]),
            "entities, share of the pipeline": statistics.median(shares),
        },
        "tokens a second": {
            f"{engine}, {mode}": statistics.median(run[mode]["tokens"] / run[mode][engine] for run in runs)
            for mode in ratios
            for engine in ("natasha", "skazal")
        },
        "from, to": {mode: [min(found), max(found)] for mode, found in ratios.items()},
        "microseconds a token by stage, in batches": stages,
        "tokens measured a run": statistics.median(run["batches"]["tokens"] + run["single"]["tokens"] for run in runs),
    }


def pipeline_alone(texts: list[str], seed: str) -> Figures:
    """Seconds of processor time of both engines, in batches and one by one, over texts that are new to their caches."""
    import skazal
    from skazal.corpus.worker import calm_collector

    shuffled = random.Random(seed).sample(texts, len(texts))
    cut = len(texts) * 2 // 3
    nlp, theirs, stages = skazal.load(), natasha(), Stages()
    annotate(nlp, shuffled[:cut])
    theirs(shuffled[:20])
    calm_collector()
    measured = {mode: {"tokens": 0.0, "natasha": 0.0, "skazal": 0.0} for mode in ("batches", "single")}
    stages.watch(nlp)
    for number, first in enumerate(range(cut, len(texts), BATCH)):
        some, mode = shuffled[first : first + BATCH], ("batches", "single")[number % 2]
        engines: dict[str, Callable[[], Any]] = {
            "natasha": lambda some=some: theirs(some),
            "skazal": lambda some=some, mode=mode: annotate(nlp, some, BATCH if mode == "batches" else 1),
        }
        stages.watching = mode == "batches"
        for name in sorted(engines, reverse=number % 4 > 1):
            measured[mode][name] += timed(engines[name])
        measured[mode]["tokens"] += sum(not token.is_space for text in some for token in nlp.make_doc(text))
    tokens = measured["batches"]["tokens"]
    return {**measured, "stages": {name: spent / tokens * 1e6 for name, spent in stages.spent.items()}}


def annotate(nlp: Any, texts: Sequence[str], batch: int = BATCH) -> list[Any]:
    """Documents, as annotate_many makes them."""
    from skazal.pipeline import to_document

    return [
        to_document(doc)
        for first in range(0, len(texts), batch)
        for doc in nlp.pipe(texts[first : first + batch], batch_size=batch)
    ]


def natasha() -> Callable[[Sequence[str]], Any]:
    """Natasha's pipeline up to its names, as its README has it."""
    from natasha import Doc, NewsEmbedding, NewsMorphTagger, NewsNERTagger, NewsSyntaxParser, Segmenter

    embedding, segmenter = NewsEmbedding(), Segmenter()
    morphology, syntax, names = NewsMorphTagger(embedding), NewsSyntaxParser(embedding), NewsNERTagger(embedding)

    def read(texts: Sequence[str]) -> list[Any]:
        docs = [Doc(text) for text in texts]
        for doc in docs:
            doc.segment(segmenter)
            doc.tag_morph(morphology)
            doc.parse_syntax(syntax)
            doc.tag_ner(names)
        return docs

    return read


def timed(work: Callable[[], Any]) -> float:
    """Seconds of this process that a call takes."""
    start = time.process_time()
    work()
    return time.process_time() - start


class Stages:
    """Processor time that the stages take, as they run one inside another's iterator."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = defaultdict(float)
        self.watching = False

    def watch(self, nlp: Any) -> None:
        from skazal import pipeline

        nlp.tokenizer = self.around("tokens", nlp.tokenizer)
        components = dict(nlp.pipeline)
        for name in ("sentences", "lemmatizer", "entities", "quotes"):
            stage = components[f"skazal_{name}"]
            stage.work = self.around(name, stage.work)
        tagger = components["skazal_tagger"]
        tagger._tag = self.around("tagger", tagger._tag)
        pipeline.to_document = self.around("document", pipeline.to_document)

    def around(self, name: str, work: Callable[..., Any]) -> Callable[..., Any]:
        def watched(*values: Any, **named: Any) -> Any:
            if not self.watching:
                return work(*values, **named)
            start = time.process_time()
            result = work(*values, **named)
            self.spent[name] += time.process_time() - start
            return result

        return watched


# tagging

MODES = {"batches": "in batches", "batches, known texts": "known texts", "single": "one by one"}


def tagging_row(arguments: argparse.Namespace) -> Figures:
    """See benchmarks/tagging.py."""
    import tagging

    found = tagging.measure(arguments.texts, 20_000, arguments.repeats)["microseconds a token"]
    ratio = {mode: found[f"all three, {mode}"]["slovnet"] / found[f"all three, {mode}"]["skazal"] for mode in MODES}
    figures = {f"tagging over slovnet, {shown}": ratio[mode] for mode, shown in MODES.items()}
    return {"figures": figures, "microseconds a token": found}


# start

IMPORTED = "import time; start = time.process_time(); import skazal; print(time.process_time() - start)"
LOADED = "import time; start = time.process_time(); import skazal; skazal.load(); print(time.process_time() - start)"


def start_row(arguments: argparse.Namespace) -> Figures:
    repeats = range(arguments.repeats)
    with tempfile.TemporaryDirectory() as folder:
        article = Path(folder, "article.txt")
        article.write_text(next(texts_in(arguments.texts)), encoding="utf-8")
        command = [str(Path(sys.executable).with_name("skazal")), "quotes", str(article)]
        return {
            "figures": {
                "import skazal, s": statistics.median(told(IMPORTED) for _ in repeats),
                "skazal.load(), s": statistics.median(told(LOADED) for _ in repeats),
                "skazal quotes FILE, s": statistics.median(spent(command) for _ in repeats),
            }
        }


def told(code: str) -> float:
    """What code prints in a new process."""
    return float(subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout)


def spent(command: list[str]) -> float:
    """Seconds of processor time that a command takes."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


# sizes


def sizes_row(arguments: argparse.Namespace) -> Figures:
    seconds = alone(arguments, "sizes", str(arguments.repeats))
    each = {name: statistics.median(found) * 1e6 for name, found in seconds.items()}
    return {
        "figures": {"slowest size over fastest, per character": max(each.values()) / min(each.values())},
        "microseconds a character": each,
    }


def sizes_alone(texts: list[str], repeats: str) -> dict[str, list[float]]:
    """Seconds a character of the same words as one text of 2 MB, ten of 200 KB and so on; each is read by itself.

    Of the many small ones a part is read that has as many characters as the largest has in a tenth.
    """
    import skazal

    nlp = skazal.load()
    whole = joined(texts, max(SIZES.values()))
    annotate(nlp, cut_up(whole, 200_000), 1)
    seconds: dict[str, list[float]] = {name: [] for name in SIZES}
    for number in range(max(int(repeats) // 2, 2)):
        for name, size in SIZES.items():
            pieces = cut_up(whole, size)
            some = random.Random(number).sample(pieces, -(-len(pieces) // 5))
            spent = timed(lambda some=some: annotate(nlp, some, 1))
            seconds[name].append(spent / sum(map(len, some)))
    return seconds


def joined(texts: Sequence[str], size: int) -> str:
    """News of `size` characters; where there are too few texts, they come again."""
    needed = islice(cycle(texts), len(texts) * (size // max(sum(map(len, texts)), 1) + 1))
    return "\n\n".join(needed)[:size]


def cut_up(text: str, size: int) -> list[str]:
    return [text[first : first + size] for first in range(0, len(text), size)]


# hostile


def hostile_row(arguments: argparse.Namespace) -> Figures:
    found = {name: alone(arguments, "hostile", name) for name in ("news", *HOSTILE)}
    news = found["news"]
    times = {name: found[name]["seconds"] / news["seconds"] for name in HOSTILE}
    memory = {name: found[name]["MB"] / news["MB"] for name in HOSTILE}
    return {
        "figures": {"hostile over news, time": max(times.values()), "hostile over news, memory": max(memory.values())},
        "texts": found,
        "times news": times,
        "memory of news": memory,
    }


def hostile_alone(texts: list[str], name: str) -> dict[str, float]:
    """Seconds, and the process's peak, for a text of a million characters in a process that has read a sentence."""
    import skazal

    text = joined(texts, MILLION) if name == "news" else HOSTILE[name]()[:MILLION]
    nlp = skazal.load()
    annotate(nlp, [SENTENCE])
    return {"seconds": timed(lambda: annotate(nlp, [text])), "MB": peak()}


def surname(luck: random.Random) -> str:
    stem = "".join(luck.choices(SYLLABLES, k=3))
    return (stem + luck.choice(["ков", "нин", "ский"])).capitalize()


def surnames() -> str:
    luck = random.Random(1)
    return ", ".join(surname(luck) for _ in range(100_000))


def full_names() -> str:
    luck = random.Random(1)
    given = ("Иван", "Пётр", "Анна", "Олег")
    return " ".join(f"{luck.choice(given)} {surname(luck)} сказал, что мост цел." for _ in range(30_000))


def letters() -> str:
    return "".join(random.Random(1).choices("абвгдежзиклмнопрст", k=MILLION))


HOSTILE: dict[str, Callable[[], str]] = {
    "only marks": lambda: '«"»„“”' * MILLION,
    "opening marks": lambda: "« " * MILLION,
    "one sentence": lambda: "и мы шли вдоль реки, " * MILLION,
    "surnames": surnames,
    "persons": full_names,
    "nested": lambda: "«Он сказал: " * (MILLION // 24) + "да" + "»" * (MILLION // 24),
    "nested, many": lambda: ("«Он сказал: " * 400 + "да" + "»" * 400 + ". ") * 208,
    "one word": letters,
    "no spaces": lambda: "слово-,.слово" * MILLION,
    "lines": lambda: "а\n" * MILLION,
    "full stops": lambda: ". " * MILLION,
    "one verb": lambda: "сказал " * MILLION,
    "brackets": lambda: "Союз (С) " * MILLION,
    "digits": lambda: "1.2,3-4 " * MILLION,
    "capitals": lambda: "ПРЕЗИДЕНТ МАЛЬТЫ ЯН БЕЛОВ " * MILLION,
}


# workers


def workers_row(arguments: argparse.Namespace) -> Figures:
    """One, two, two, one: a machine that slows down shows in the single figures."""
    seconds: dict[int, list[float]] = {1: [], 2: []}
    for workers in (1, 2, 2, 1):
        seconds[workers].append(alone(arguments, "workers", f"{workers} {arguments.documents}"))
    one, two = (statistics.mean(seconds[workers]) for workers in (1, 2))
    return {"figures": {"two workers over one": one / two}, "seconds": seconds, "documents": arguments.documents}


def workers_alone(texts: list[str], argument: str) -> float:
    """Seconds by the clock for some documents, the start of the workers included."""
    import skazal

    workers, documents = map(int, argument.split())
    news = [*islice(renewed(texts), documents)]
    start = time.perf_counter()
    for _ in skazal.annotate_many(news, workers=workers):
        pass
    return time.perf_counter() - start


def renewed(texts: Sequence[str]) -> Iterator[str]:
    """The texts, again and again, from the second time on with words that were never there before."""
    yield from texts
    for round_ in count(1):
        luck = random.Random(round_)
        for text in texts:
            yield re.sub(r"\w{5,}", lambda word, luck=luck: another(word[0], luck), text)


def another(word: str, luck: random.Random) -> str:
    """Mostly the same word; sometimes one with another beginning and its ending and capital."""
    if luck.randrange(NEW_WORD):
        return word
    new = "".join(luck.choices(SYLLABLES, k=2)) + word[-3:]
    return new.capitalize() if word[0].isupper() else new


# memory


def memory_row(arguments: argparse.Namespace) -> Figures:
    along = alone(arguments, "memory", str(arguments.documents_in_memory))
    after = [megabytes for documents, megabytes in along["MB"] if documents >= 1_000]
    return {
        "figures": {
            "peak memory, MB": along["peak"],
            "memory gained after document 1,000, MB": after[-1] - after[0] if after else 0.0,
        },
        "MB after documents": along["MB"],
    }


def memory_alone(texts: list[str], documents: str) -> Figures:
    """Resident memory along the way through documents whose words keep being new."""
    import skazal

    along = [(0, resident())]
    for number, _ in enumerate(skazal.annotate_many(islice(renewed(texts), int(documents))), 1):
        if number % 500 == 0:
            along.append((number, resident()))
    return {"MB": along, "peak": peak()}


def resident() -> float:
    """MB of this process in memory (Linux)."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() / 1e6


def peak() -> float:
    """MB that this process had in memory at most (Linux)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6


# The table


def processor() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    return next((line.partition(": ")[2] for line in lines if line.startswith("model name")), "unknown processor")


def show(figures: Figures) -> None:
    versions = ", ".join(f"{name} {number}" for name, number in figures["versions"].items())
    print(f"{figures['machine']}; Python {figures['python']}, {versions}")
    print(f"{figures['documents']} documents, {figures['characters']} characters of {', '.join(figures['texts'])}\n")
    for name, value in figures["figures"].items():
        print(f"{name:45} {value:10.2f}   {TARGETS.get(name, '')}")
    for row, details in figures["details"].items():
        for name, value in details.items():
            print(f"\n{row}: {name}")
            show_detail(value)


def show_detail(value: Any) -> None:
    for name, one in value.items() if isinstance(value, dict) else enumerate([value]):
        print(f"  {name!s:30} {rounded(one)}")


def rounded(value: Any) -> Any:
    """Numbers, however deep, with two digits after the point."""
    if isinstance(value, dict):
        return {name: rounded(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [rounded(one) for one in value]
    return round(value, 2) if isinstance(value, float) else value


def below_floors(measured: Figures) -> list[str]:
    """Measured figures that have fallen under their floors."""
    floors = json.loads(FLOORS.read_text(encoding="utf-8")).get("speed", {})
    return [
        f"{name} is {measured[name]:.2f}, its floor is {floor:.2f}"
        for name, floor in floors.items()
        if name in measured and measured[name] < floor
    ]


ROWS: dict[str, Callable[[argparse.Namespace], Figures]] = {
    "pipeline": pipeline_row,
    "tagging": tagging_row,
    "start": start_row,
    "sizes": sizes_row,
    "hostile": hostile_row,
    "workers": workers_row,
    "memory": memory_row,
}
ALONE: dict[str, Callable[[list[str], str], Any]] = {
    "pipeline": pipeline_alone,
    "sizes": sizes_alone,
    "hostile": hostile_alone,
    "workers": workers_alone,
    "memory": memory_alone,
}

if __name__ == "__main__":
    main()
