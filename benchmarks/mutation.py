"""Whether the tests notice when a rule is broken: mutants of quotes/ and entities/, each run against its tests.

    python benchmarks/mutation.py [--rules] [--only NAME] [--sample N] [--seed S] [--minutes M] [--write FILE]

With --rules each function in turn finds nothing: it returns None, False (and True), or nothing to iterate. Without it
conditions are negated, parts of `and` and `or`, entries of lists and words of word lists left out, comparisons turned,
numbers raised, one at a time, in random order. A mutant is killed when a test fails, when it cannot be imported, or
when the tests take several times as long. Each mutant that no test notices is printed, and at the end the share of
killed ones by module. --write adds every mutant and its fate to a file of JSON Lines.

No file is touched: a mutant is imported in place of its module in a forked process, whose parent has loaded all that
is not mutated. That needs POSIX.
"""

import argparse
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
}
"""Tests of the mutated packages, those that notice most first."""
KEPT = ("skazal.text", "skazal.tagging", "skazal.morphology", "skazal.names", "skazal.lexicon", "skazal.words",
    "skazal.document", "skazal.record", "skazal.errors", "skazal.artefacts")  # fmt: skip
"""Modules that a mutant's process takes as its parent has loaded them: none of them imports what is mutated."""
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
    parser.add_argument("--write", type=Path)
    options = parser.parse_args()
    os.chdir(ROOT)
    paths = [path for package in TESTS for path in sorted((PACKAGES / package).glob("*.py"))]
    made = [
        mutant
        for path in paths
        if options.only in str(path.relative_to(PACKAGES))
        for mutant in mutants(path, rules=options.rules)
    ]
    random.Random(options.seed).shuffle(made)
    warm_up()
    fates = run(made[: options.sample], time.monotonic() + 60 * options.minutes, options.write)
    report(fates, len(made))
    return 0


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
    for name in list(sys.modules):
        if name.startswith(("skazal", "quotes", "golden")) and not name.startswith(KEPT):
            del sys.modules[name]


def run(made: Sequence[Mutant], until: float, path: Path | None) -> dict[Mutant, str]:
    """The fate of each mutant until the time is over."""
    limits: dict[str, float] = {}
    fates: dict[Mutant, str] = {}
    for mutant in made:
        if time.monotonic() > until:
            break
        package = mutant.path.parent.name
        if package not in limits:
            limits[package] = PATIENCE * time_of_tests(TESTS[package])
        fates[mutant] = tried(mutant, TESTS[package], limits[package])
        if fates[mutant] == "survived":
            print(mutant, flush=True)
        if path is not None:
            with path.open("a", encoding="utf-8") as lines:
                lines.write(json.dumps({"mutant": str(mutant), "fate": fates[mutant]}, ensure_ascii=False) + "\n")
    return fates


def time_of_tests(tests: Sequence[str]) -> float:
    """Seconds of processor time that the tests take of a tree that is as it should be."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    if outcome(None, tests, 3600) != 0:
        sys.exit(f"The tests in {', '.join(tests)} fail before anything is broken.")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def tried(mutant: Mutant, tests: Sequence[str], seconds: float) -> str:
    """`survived`, `killed`, or `killed by time`."""
    status = outcome(mutant, tests, seconds)
    if os.WIFSIGNALED(status):
        return "killed by time"
    return "killed" if status else "survived"


def outcome(mutant: Mutant | None, tests: Sequence[str], seconds: float) -> int:
    """The status of a forked process that runs the tests, with a mutant or without."""
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
        if mutant is not None:
            sys.meta_path.insert(0, Mutated(mutant))
        code = int(pytest.main([*PLAINLY, *tests]))
    finally:
        os._exit(code)


def report(fates: Mapping[Mutant, str], made: int) -> None:
    """The share of killed mutants by module, and what was not tried."""
    every = Counter(f"{mutant.path.parent.name}/{mutant.path.name}" for mutant in fates)
    alive = Counter(f"{m.path.parent.name}/{m.path.name}" for m, fate in fates.items() if fate == "survived")
    for name in sorted(every):
        print(f"{name:32} {every[name] - alive[name]:4} of {every[name]:4} killed")
    killed = every.total() - alive.total()
    print(
        f"{killed} of {every.total()} mutants killed ({killed / max(every.total(), 1):.1%}), of {made} that there are"
    )


if __name__ == "__main__":
    sys.exit(main())
