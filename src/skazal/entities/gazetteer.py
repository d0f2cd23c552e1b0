"""Names that everybody knows: countries and their adjectives, organisations and abbreviations, nouns before names.

Keys are folded (small letters, `ё` as `е`, one space between words, no marks). Lists are read once a process.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from types import MappingProxyType

from skazal.words import fold

LEXICON = "skazal.lexicon"
BEGINNING = 3
"""Letters of its first word that a name is looked for by."""


@dataclass(frozen=True, slots=True)
class Known:
    """A name in the gazetteer: what it denotes (`key` is shared by all its names), and its label.

    `general`: others bear the name too (`МИД`), so that two mentions of it need not be one organisation.
    """

    key: str
    label: str
    general: bool = False


@dataclass(frozen=True, slots=True)
class HeadNoun:
    """A common noun that makes one name with a proper name: see name_heads.tsv."""

    label: str
    kinds: frozenset[str]

    def takes(self, kind: str) -> bool:
        return kind in self.kinds or "both" in self.kinds


@cache
def known() -> Mapping[str, Known]:
    """Countries and organisations by each of their names."""
    found: dict[str, Known] = {}
    for kind, names, general in rows("organisations.tsv"):
        every = names.split("; ")
        for name in every:
            found[plain(name)] = Known(plain(every[0]), kind, general == "yes")
    for code, name in rows("countries.tsv"):
        found[plain(name)] = Known(code, "LOC")
    for code, names, _, _ in rows("country_words.tsv"):
        for name in listed(names):
            found[plain(name)] = Known(code, "LOC")
    return MappingProxyType(found)


@cache
def country_adjectives() -> Mapping[str, str]:
    """Codes of countries by their adjectives: `российский` to RU."""
    return MappingProxyType(
        {fold(word): code for code, _, words, _ in rows("country_words.tsv") for word in listed(words)}
    )


@cache
def inhabitants() -> Mapping[str, str]:
    """Codes of countries by their inhabitants: `россиянка` to RU."""
    return MappingProxyType(
        {fold(word): code for code, _, _, words in rows("country_words.tsv") for word in listed(words)}
    )


@cache
def seats() -> Mapping[str, tuple[str, str]]:
    """The country, and the group of roles, of whoever has a seat, by its folded name: `Кремль`."""
    return MappingProxyType({plain(seat): (country, group) for seat, country, group in rows("seats.tsv")})


@cache
def head_nouns() -> Mapping[str, tuple[HeadNoun, ...]]:
    """Nouns that stand before names, by folded lemma."""
    found: dict[str, dict[str, set[str]]] = {}
    for label, kind, nouns in rows("name_heads.tsv"):
        for noun in nouns.split():
            found.setdefault(fold(noun.replace("_", " ")), {}).setdefault(label, set()).add(kind)
    return MappingProxyType(
        {
            noun: tuple(HeadNoun(label, frozenset(kinds)) for label, kinds in labels.items())
            for noun, labels in found.items()
        }
    )


@cache
def phrases() -> Mapping[str, tuple[str, ...]]:
    """The gazetteer's names of several words by the first letters of the first, for names in oblique cases."""
    found: dict[str, list[str]] = {}
    for name in known():
        if " " in name:
            found.setdefault(name[:BEGINNING], []).append(name)
    return MappingProxyType({start: tuple(names) for start, names in found.items()})


@cache
def beginnings() -> frozenset[str]:
    """The first letters of all names."""
    return frozenset(name[:BEGINNING] for name in known())


def may_begin(word: str) -> bool:
    """Whether some name may begin with a folded word; marks and words of few letters tell nothing."""
    start = word[:BEGINNING]
    return len(start) < BEGINNING or not start.isalpha() or start in beginnings()


@lru_cache(maxsize=32_768)
def plain(name: str) -> str:
    """A name as a key: folded, without marks, dashes as hyphens."""
    kept = "".join(" " if ch in "«»„“”\"'()" else "-" if ch in "–—" else ch for ch in fold(name))
    return " ".join(kept.replace(" - ", " ").split())


def listed(column: str) -> list[str]:
    """The entries of a column."""
    return [] if column == "-" else [name for name in column.split("; ") if name != "-"]


def rows(filename: str) -> Iterator[list[str]]:
    """Rows of a list after its comments and its column names."""
    text = resources.files(LEXICON).joinpath(filename).read_text(encoding="utf-8")
    lines = [line for line in text.split("\n") if line and not line.startswith("#")]
    return (line.split("\t") for line in lines[1:])
