"""Whether the tests notice when a rule is broken: mutants of the rules, each run against the tests of its package.

    python benchmarks/mutation.py [--rules] [--only NAME] [--sample N] [--seed S] [--minutes M] [--fates FILE] [--again]

With --rules each function in turn finds nothing: it returns None, False (and True), or nothing to iterate. Without it
conditions are negated, parts of `and` and `or`, entries of lists and words of word lists left out, comparisons turned,
numbers raised, one at a time, in random order. A mutant is killed when a test fails, when it cannot be imported, or
when the tests take several times as long. At the end each mutant that no test noticed is printed, and the share of
killed ones by module.

--only takes the mutants that have a text in what is printed of them: `quotes/`, `speech.py`, `_deed`.
--fates keeps what became of each mutant in a file of JSON Lines; a run goes on from the file of an earlier one, and
tries again only mutants of functions that have changed since, with --again also those that survived. --minutes 0
tries nothing and reports what the file has.

No file is touched: a mutant is imported in place of its module in a forked process, whose parent has loaded all that
is not mutated. That needs POSIX.
"""

import argparse
import gc
import importlib
import importlib.abc
import json
import os
import random
import resource
import sys
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from types import CodeType

import pytest

from mutants import Mutant, mutants

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ROOT / "src" / "skazal"
TESTS: Mapping[str, Sequence[str]] = {
    "quotes": ("tests/quotes", "tests/golden"),
    "entities": ("tests/entities", "tests/quotes/test_cases.py", "tests/golden"),
    "names": ("tests/test_names.py", "tests/entities", "tests/quotes/test_cases.py", "tests/golden"),
    "text": ("tests/text", "tests/test_document.py", "tests/quotes/test_cases.py", "tests/golden"),
    "lexicon": ("tests/test_lexicon.py", "tests/test_lexemes.py", "tests/quotes", "tests/entities", "tests/golden"),
}
"""Tests of the mutated packages, those that notice most first."""
KEPT = ("skazal.text", "skazal.tagging", "skazal.morphology", "skazal.names", "skazal.lexicon", "skazal.words",
    "skazal.document", "skazal.record", "skazal.errors", "skazal.artefacts")  # fmt: skip
"""Modules that a mutant's process takes as its parent has loaded them, but for its own package: none of the others
imports what is mutated."""
PLAINLY = ("-x", "-q", "--assert=plain", "-p", "no:cacheprovider", "-p", "pytest_socket")
"""Stop at the first failure, and do nothing for people: nobody reads what a mutant's tests print."""
PATIENCE = 4
"""How many times as long as without a mutation the tests may take, in processor time."""


class Mutated(importlib.abc.MetaPathFinder, SourceFileLoader):
    """Finds and loads the mutant in place of the module of its file."""

    def __init__(self, mutant: Mutant) -> None:
        name = f"skazal.{mutant.path.parent.name}.{mutant.path.stem}".removesuffix(".__init__")
        SourceFileLoader.__init__(self, name, str(mutant.path))
        self.mutant = mutant

    def find_spec(self, name: str, path: object, target: object = None) -> ModuleSpec | None:
        if name != self.name:
            return None
        spec = PathFinder.find_spec(name, path)  # type: ignore[arg-type]
        if spec is not None:
            spec.loader = self
        return spec

    def get_code(self, fullname: str) -> CodeType:
        return compile(self.mutant.tree(), self.path, "exec")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rules", action="store_true")
    parser.add_argument("--only", default="")
    parser.add_argument("--sample", type=int)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--fates", type=Path)
    parser.add_argument("--again", action="store_true")
    options = parser.parse_args()
    os.chdir(ROOT)
    paths = [path for package in TESTS for path in sorted((PACKAGES / package).glob("*.py"))]
    made = [mutant for path in paths for mutant in mutants(path, rules=options.rules) if options.only in str(mutant)]
    random.Random(options.seed).shuffle(made)
    known = read_fates(options.fates)
    wanted = [mutant for mutant in made[: options.sample] if known.get(mutant.key) in wanting(again=options.again)]
    if options.minutes:
        warm_up()
        known |= run(wanted, time.monotonic() + 60 * options.minutes, options.fates)
    report({mutant: known[mutant.key] for mutant in made if mutant.key in known}, len(made))
    return 0


def wanting(*, again: bool) -> tuple[str | None, ...]:
    """The fates so far with which a mutant is tried."""
    return (None, "survived") if again else (None,)


def read_fates(path: Path | None) -> dict[str, str]:
    """The last fate of each mutant that earlier runs have tried, by its key."""
    if path is None or not path.exists():
        return {}
    lines = map(json.loads, path.read_text(encoding="utf-8").split("\n")[:-1])
    return {line["key"]: line["fate"] for line in lines}


def warm_up() -> None:
    """Load all that is not mutated, and tag the texts of the tests once."""
    sys.path[:0] = [str(ROOT / "tests")]
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    importlib.import_module("hypothesis")
    import skazal
    from quotes.cases import read_cases
    from skazal.tagging import Tagger

    tagger = Tagger.load()
    Tagger.load = staticmethod(lambda: tagger)  # type: ignore[method-assign]
    list(skazal.annotate_many(case.text for case in read_cases()))
    # In each mutant's process the collector would go through all that is loaded, for as long as the tests take.
    gc.collect()
    gc.freeze()
    gc.disable()


def forget(package: str) -> None:
    """Let all be imported anew that is mutated, or may import what is."""
    kept = tuple(name for name in KEPT if name != f"skazal.{package}")
    for name in list(sys.modules):
        if name.startswith(("skazal", "quotes", "golden")) and not name.startswith(kept):
            del sys.modules[name]


def run(made: Sequence[Mutant], until: float, path: Path | None) -> dict[str, str]:
    """The fate of each mutant until the time is over, by its key."""
    limits: dict[str, float] = {}
    fates: dict[str, str] = {}
    for mutant in made:
        if time.monotonic() > until:
            break
        package = mutant.path.parent.name
        if package not in limits:
            limits[package] = PATIENCE * time_of_tests(package)
        fate = fates[mutant.key] = tried(mutant, package, limits[package])
        if path is not None:
            keep(mutant, fate, path)
    return fates


def keep(mutant: Mutant, fate: str, path: Path) -> None:
    """Add a line to the file of fates."""
    with path.open("a", encoding="utf-8") as lines:
        lines.write(json.dumps({"key": mutant.key, "mutant": str(mutant), "fate": fate}, ensure_ascii=False) + "\n")


def time_of_tests(package: str) -> float:
    """Seconds of processor time that a package's tests take of a tree that is as it should be."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    if outcome(None, package, 3600) != 0:
        sys.exit(f"The tests in {', '.join(TESTS[package])} fail before anything is broken.")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def tried(mutant: Mutant, package: str, seconds: float) -> str:
    """`survived`, `killed`, or `killed by time`."""
    status = outcome(mutant, package, seconds)
    if os.WIFSIGNALED(status):
        return "killed by time"
    return "killed" if status else "survived"


def outcome(mutant: Mutant | None, package: str, seconds: float) -> int:
    """The status of a forked process that runs a package's tests, with a mutant or without."""
    child = os.fork()
    if child:
        return os.waitpid(child, 0)[1]
    code = 1
    try:
        spent = time.process_time()
        limit = int(spent + seconds) + 1
        resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))
        silent = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silent, 1)
        os.dup2(silent, 2)
        forget(package)
        if mutant is not None:
            sys.meta_path.insert(0, Mutated(mutant))
        code = int(pytest.main([*PLAINLY, *TESTS[package]]))
    finally:
        os._exit(code)


def report(fates: Mapping[Mutant, str], made: int) -> None:
    """The mutants that no test noticed, the share of killed ones by module, and how many were not tried."""
    every = Counter(module(mutant) for mutant in fates)
    survivors = [mutant for mutant, fate in fates.items() if fate == "survived"]
    alive = Counter(map(module, survivors))
    print(*sorted(map(str, survivors)), sep="\n", end="\n\n")
    for name in sorted(every):
        print(f"{name:32} {every[name] - alive[name]:4} of {every[name]:4} killed")
    killed = every.total() - alive.total()
    print(
        f"{killed} of {every.total()} mutants killed ({killed / max(every.total(), 1):.1%}), of {made} that there are"
    )


def module(mutant: Mutant) -> str:
    return f"{mutant.path.parent.name}/{mutant.path.name}"


if __name__ == "__main__":
    sys.exit(main())
