"""From a form of a name to the nominatives it may have: endings turned round.

The endings stand in `lexicon/names_paradigms.toml`. A *cell* is a place in the table of declension: gender (masculine,
feminine) by six cases, then the plural by six cases, numbered 0 to 17.
"""

import re
import tomllib
from collections.abc import Mapping
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


class Guess(NamedTuple):
    """A nominative that a form may have, in small letters: in which cells of one gender, as which parts of a name."""

    nominative: str
    cells: tuple[int, ...]
    roles: str
    weight: float
    must_be_known: bool
    paradigm: str


@dataclass(frozen=True, slots=True)
class Ending:
    """What an ending may be: the stem that may stand before it, and for each gender the guess, whose nominative is as
    yet the ending alone.
    """

    after: re.Pattern[str]
    unless: re.Pattern[str] | None
    guesses: tuple[Guess, ...]


@dataclass(frozen=True, slots=True)
class Indeclinable:
    """A last part of words that have one form for all cases of the genders given."""

    ending: re.Pattern[str]
    unless: re.Pattern[str] | None
    guesses: tuple[Guess, ...]


def guesses(form: str) -> list[Guess]:
    """All nominatives of a folded form by its endings alone, indeclinable readings included."""
    endings, indeclinables = _tables()
    found = []
    for length in range(max(min(LONGEST_ENDING, len(form) - SHORTEST_STEM), 0) + 1):
        stem = form[: len(form) - length]
        for ending in endings.get(form[len(stem) :], ()):
            if ending.after.search(stem) and not (ending.unless and ending.unless.search(stem)):
                found += [_after(stem, guess) for guess in ending.guesses]
    for kind in indeclinables:
        if kind.ending.search(form) and not (kind.unless and kind.unless.search(form)):
            found += [_after(form, guess) for guess in kind.guesses]
    return found


def _after(stem: str, guess: Guess) -> Guess:
    """A guess with the stem before its ending."""
    return Guess(stem + guess.nominative, guess.cells, guess.roles, guess.weight, guess.must_be_known, guess.paradigm)


@cache
def _tables() -> tuple[Mapping[str, tuple[Ending, ...]], tuple[Indeclinable, ...]]:
    """The endings by their letters, and what does not decline."""
    text = resources.files("skazal.lexicon").joinpath("names_paradigms.toml").read_text(encoding="utf-8")
    tables = tomllib.loads(text)
    endings: dict[str, list[Ending]] = {}
    for row in tables["paradigm"]:
        after, unless = _at_end(row["after"]), _unless(row)
        for letters, found in _endings(row).items():
            endings.setdefault(letters, []).append(Ending(after, unless, tuple(found)))
    indeclinables = tuple(
        Indeclinable(_at_end(row["ending"]), _unless(row), _fixed(row)) for row in tables["indeclinable"]
    )
    return MappingProxyType({letters: tuple(found) for letters, found in endings.items()}), indeclinables


def _endings(row: Mapping[str, Any]) -> Mapping[str, list[Guess]]:
    """The guesses of one paradigm by the letters of the ending; the first variant of a cell is the usual one."""
    nominative = row["forms"][0].split("|")[0]
    cells: dict[tuple[str, str, int], list[int]] = {}
    for gender in row["gender"]:
        for case, variants in enumerate(row["forms"]):
            for rank, letters in enumerate(variants.split("|")):
                cells.setdefault((letters, gender, rank), []).append(BLOCKS[gender] + case)
    found: dict[str, list[Guess]] = {}
    for (letters, _, rank), where in cells.items():
        weight = row["weight"] - 0.5 * rank
        found.setdefault(letters, []).append(
            Guess(nominative, tuple(where), row["roles"], weight, row.get("known", False), row["name"])
        )
    return found


def _fixed(row: Mapping[str, Any]) -> tuple[Guess, ...]:
    """The guesses of what has one form in all cases of a gender."""
    blocks = (range(BLOCKS[gender], BLOCKS[gender] + 6) for gender in row.get("gender", "mfp"))
    return tuple(Guess("", tuple(block), row["roles"], row["weight"], False, "indeclinable") for block in blocks)


def _unless(row: Mapping[str, Any]) -> re.Pattern[str] | None:
    return _at_end(row["unless"]) if "unless" in row else None


def _at_end(pattern: str) -> re.Pattern[str]:
    return re.compile(f"(?:{pattern})$")
