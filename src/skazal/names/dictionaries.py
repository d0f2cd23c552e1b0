"""Lists of names and of the words inside names, read once a process when first asked for.

natasha's lists are read as files from its wheel; natasha itself is never imported.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType

from skazal.words import fold

LEXICON = "skazal.lexicon"


@cache
def given_names() -> Mapping[str, str]:
    """Given names and their genders: `m`, `f` or `mf`."""
    return MappingProxyType(dict(_rows("names_given.tsv")))


@cache
def surname_kinds() -> Mapping[str, str]:
    """Surnames that decline otherwise than they look: name to kind (see the file)."""
    return MappingProxyType(dict(_rows("names_surnames.tsv")))


@cache
def diminutives() -> Mapping[str, frozenset[str]]:
    """Each given name and short form to the full names it may stand for, itself among them."""
    full: dict[str, set[str]] = {}
    for name, short in _rows("names_diminutives.tsv"):
        for form in (name, *short.split()):
            full.setdefault(form, set()).add(name)
    return MappingProxyType({form: frozenset(names) for form, names in full.items()})


@cache
def common_names() -> frozenset[str]:
    """Given names that are common in Russia: those with short forms of their own."""
    return frozenset(name for name, _ in _rows("names_diminutives.tsv"))


@cache
def listed_first() -> frozenset[str]:
    """Given names of natasha's list, without those that are words too."""
    return _natasha("first.txt") - _natasha("maybe_first.txt")


@cache
def listed_surnames() -> frozenset[str]:
    """Surnames of natasha's list (182,000; 0.1 s to read). It holds some words that are no surnames."""
    return _natasha("last.txt")


@dataclass(frozen=True, slots=True)
class NameWords:
    """Words inside names: particles, makers of patronymics, titles by gender (m, f, p), surnames that stand first."""

    particles: frozenset[str]
    patronymic: Mapping[str, str]
    titles: Mapping[str, str]
    asian: frozenset[str]


@cache
def name_words() -> NameWords:
    """The word lists of `names_words.toml`."""
    lists = tomllib.loads(_text("names_words.toml"))
    makers = dict.fromkeys(lists["patronymic_masculine"].split(), "m")
    makers |= dict.fromkeys(lists["patronymic_feminine"].split(), "f")
    titles = {fold(word): gender[0] for gender, words in lists["titles"].items() for word in words.split()}
    asian = frozenset(word for words in lists["asian"].values() for word in words.split())
    return NameWords(frozenset(lists["particles"].split()), MappingProxyType(makers), MappingProxyType(titles), asian)


def _natasha(filename: str) -> frozenset[str]:
    """One of natasha's lists, folded, comments dropped; empty where natasha is not installed."""
    spec = find_spec("natasha")
    if spec is None or spec.origin is None:
        return frozenset()
    path = Path(spec.origin).parent / "data" / "dict" / filename
    text = fold(path.read_text(encoding="utf-8"))
    return frozenset(re.sub(r" *#.*", "", text).split("\n")) - {""}


def _rows(filename: str) -> Iterator[tuple[str, str]]:
    """The rows of a two-column list after its comments and its column names."""
    lines = [line for line in _text(filename).splitlines() if line and not line.startswith("#")]
    for line in lines[1:]:
        key, _, value = line.partition("\t")
        yield key, value


def _text(filename: str) -> str:
    return resources.files(LEXICON).joinpath(filename).read_text(encoding="utf-8")
