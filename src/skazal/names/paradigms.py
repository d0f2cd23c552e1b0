"""From a form of a name to the nominatives it may have: endings turned round.

The endings stand in `lexicon/names_paradigms.toml`. A *cell* is a place in the table of declension: gender (masculine,
feminine) by six cases, then the plural by six cases, numbered 0 to 17.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any, NamedTuple

CASES = ("Nom", "Gen", "Dat", "Acc", "Ins", "Loc")
CELLS = 18
BLOCKS: Mapping[str, int] = {"m": 0, "f": 6, "p": 12}
LONGEST_ENDING = 4
SHORTEST_STEM = 2  # letters before an ending: `Су`, `Чжи`, `Хан` are whole names
NEVER = "(?!)"  # a pattern that nothing matches


@dataclass(frozen=True, slots=True)
class Ending:
    """An ending of one cell: what stem may stand before it, and what makes the nominative of that stem."""

    cell: int
    after: re.Pattern[str]
    unless: re.Pattern[str]
    nominative: str
    roles: str
    weight: float
    must_be_known: bool
    paradigm: str


@dataclass(frozen=True, slots=True)
class Indeclinable:
    """A last part of words that have one form for all cases of the genders given."""

    ending: re.Pattern[str]
    unless: re.Pattern[str]
    genders: str
    roles: str
    weight: float


class Guess(NamedTuple):
    """A nominative that a form may have, in small letters: in which cells of one gender, as which parts of a name."""

    nominative: str
    cells: tuple[int, ...]
    roles: str
    weight: float
    must_be_known: bool
    paradigm: str


def guesses(form: str) -> Iterator[Guess]:
    """All nominatives of a folded form by its endings alone, indeclinable readings included."""
    endings, indeclinables = _tables()
    for length in range(max(min(LONGEST_ENDING, len(form) - SHORTEST_STEM), 0) + 1):
        stem = form[: len(form) - length]
        for ending in endings.get(form[len(stem) :], ()):
            if ending.after.search(stem) and not ending.unless.search(stem):
                yield Guess(
                    stem + ending.nominative,
                    (ending.cell,),
                    ending.roles,
                    ending.weight,
                    ending.must_be_known,
                    ending.paradigm,
                )
    for kind in indeclinables:
        if kind.ending.search(form) and not kind.unless.search(form):
            for gender in kind.genders:
                cells = tuple(range(BLOCKS[gender], BLOCKS[gender] + 6))
                yield Guess(form, cells, kind.roles, kind.weight, False, "indeclinable")


@cache
def _tables() -> tuple[Mapping[str, tuple[Ending, ...]], tuple[Indeclinable, ...]]:
    text = resources.files("skazal.lexicon").joinpath("names_paradigms.toml").read_text(encoding="utf-8")
    tables = tomllib.loads(text)
    endings: dict[str, list[Ending]] = {}
    for row in tables["paradigm"]:
        for letters, ending in _endings(row):
            endings.setdefault(letters, []).append(ending)
    indeclinables = tuple(
        Indeclinable(
            _at_end(row["ending"]),
            _at_end(row.get("unless", NEVER)),
            row.get("gender", "mfp"),
            row["roles"],
            row["weight"],
        )
        for row in tables["indeclinable"]
    )
    return MappingProxyType({letters: tuple(found) for letters, found in endings.items()}), indeclinables


def _endings(row: Mapping[str, Any]) -> Iterator[tuple[str, Ending]]:
    """The endings of one paradigm with their letters; the first variant of a cell is the usual one."""
    after, unless = _at_end(row["after"]), _at_end(row.get("unless", NEVER))
    nominative = row["forms"][0].split("|")[0]
    for gender in row["gender"]:
        for case, variants in enumerate(row["forms"]):
            for rank, letters in enumerate(variants.split("|")):
                yield (
                    letters,
                    Ending(
                        BLOCKS[gender] + case, after, unless, nominative, row["roles"], row["weight"] - 0.5 * rank,
                        row.get("known", False), row["name"],
                    ),
                )  # fmt: skip


def _at_end(pattern: str) -> re.Pattern[str]:
    return re.compile(f"(?:{pattern})$")
