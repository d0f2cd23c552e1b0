"""Word lists: reporting words, nouns for people and sources, nouns before titles, news outlets.

Each list is a TSV file beside this module, with a header that tells its provenance and columns. The functions here
read a list once, check its shape and return an immutable mapping. Keys are lower case with `ё` written `е` (see
`fold`), so that both spellings are found:

    >>> cues()["убежден", "PRED"].stance
    'claiming'
    >>> roles()[fold("Глава государства")].group
    'head_of_state'
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib import resources
from types import MappingProxyType

from skazal.errors import ArtefactError

__all__ = [
    "Cue",
    "Outlet",
    "Role",
    "TitleNoun",
    "cues",
    "find_role",
    "fold",
    "outlets",
    "predicatives",
    "roles",
    "title_nouns",
    "words",
]


FOR_WOMEN = frozenset({"profession", "person", "office"})
"""Kinds of nouns from which words for women are made."""


@dataclass(frozen=True, slots=True)
class Cue:
    """A word or phrase that introduces reported speech.

    `lemma` is the dictionary form (`ё` kept), `words` its folded words in order, `pos` one of VERB, PRED, NOUN, PREP,
    VPHRASE; `kind` says what sort of act it reports (say, ask, think, gesture, …), `stance` how the narrator stands to
    it (neutral, claiming, …); `frames` holds the letters of the frames in which it reports speech: d, c, p, m, i, o
    (explained in cues.tsv); `forms` are the other short forms of a predicative.
    """

    lemma: str
    pos: str
    kind: str
    stance: str
    frames: frozenset[str]
    note: str
    forms: tuple[str, ...]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Role:
    """A noun (phrase) that denotes a person by office, profession or relation, a group, an organisation or a document.

    `group` names a set of words that can denote the same person or thing (`head_of_state`), or is empty;
    `gender` is masc, fem, neut, common, plur or empty; `broader` names the groups whose words can denote it as well
    (`athlete` for a footballer).
    """

    lemma: str
    kind: str
    group: str
    gender: str
    broader: tuple[str, ...]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TitleNoun:
    """A noun before «…» which tells that the marks hold a name, title or term of that `kind`, not speech."""

    lemma: str
    kind: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outlet:
    """A news outlet by its name in Russian news; `kind` is agency, paper, magazine, tv, radio, online or network."""

    name: str
    kind: str
    words: tuple[str, ...]


def fold(text: str) -> str:
    """`text` in lower case with `ё` written `е`: the form of all keys."""
    return text.lower().replace("ё", "е")


@cache
def cues() -> Mapping[tuple[str, str], Cue]:
    """Reporting words by (folded lemma, pos): a PREP by its surface words, a PRED by its masculine short form."""
    found: dict[tuple[str, str], Cue] = {}
    for lemma, pos, kind, stance, frames, note, forms in _rows("cues.tsv", 7):
        other_forms = tuple(forms.split())
        found[fold(lemma), pos] = Cue(lemma, pos, kind, stance, frozenset(frames), note, other_forms, _words(lemma))
    return MappingProxyType(found)


@cache
def predicatives() -> Mapping[str, Cue]:
    """Predicatives by each of their folded short forms (`уверен`, `уверена`, `уверено`, `уверены`)."""
    found: dict[str, Cue] = {}
    for cue in cues().values():
        if cue.pos == "PRED":
            found |= {fold(form): cue for form in (cue.lemma, *cue.forms)}
    return MappingProxyType(found)


@cache
def roles() -> Mapping[str, Role]:
    """Nouns for people and sources by folded lemma; of several words, by the words joined with one space."""
    found = {}
    for lemma, kind, group, gender, broader in _rows("roles.tsv", 5):
        found[fold(lemma)] = Role(lemma, kind, group, gender, tuple(broader.split()), _words(lemma))
    return MappingProxyType(found)


def find_role(lemma: str) -> Role | None:
    """The entry of a folded lemma; of a compound (`боксер-профессионал`, `экс-министр`) that of a part that has one, of
    a word for women (`авторка`, `партнерша`) that of the word for men.
    """
    found = roles().get(lemma)
    return _made_role(lemma) if found is None and (lemma.endswith(("ка", "ша")) or "-" in lemma) else found


@lru_cache(maxsize=1_024)
def _made_role(lemma: str) -> Role | None:
    """The entry of a compound or of a word for women that the list does not have."""
    known = roles()
    if "-" in lemma:
        return next((known[part] for part in lemma.split("-") if part in known), None)
    masculine = known.get(lemma[:-2])
    return replace(masculine, gender="fem") if masculine and masculine.kind in FOR_WOMEN else None


@cache
def title_nouns() -> Mapping[str, TitleNoun]:
    """Nouns that stand before a name or title in marks, by folded lemma."""
    rows = _rows("title_nouns.tsv", 2)
    return MappingProxyType({fold(lemma): TitleNoun(lemma, kind, _words(lemma)) for lemma, kind in rows})


@cache
def outlets() -> Mapping[str, Outlet]:
    """News outlets by folded name."""
    return MappingProxyType({fold(name): Outlet(name, kind, _words(name)) for name, kind in _rows("outlets.tsv", 2)})


@cache
def words(name: str) -> frozenset[str]:
    """A set of words of `words.toml` by its name, folded. Raises KeyError for a name that is not there."""
    return _word_sets()[name]


@cache
def _word_sets() -> Mapping[str, frozenset[str]]:
    text = resources.files(__name__).joinpath("words.toml").read_text(encoding="utf-8")
    return MappingProxyType({name: frozenset(value.split()) for name, value in tomllib.loads(text).items()})


def _rows(filename: str, columns: int) -> Iterator[list[str]]:
    """The rows of a list after its comments and its column names.

    Raises ArtefactError naming the line when a row has another number of columns than `columns`.
    """
    text = resources.files(__name__).joinpath(filename).read_text(encoding="utf-8")
    lines = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line and not line.startswith("#")]
    for number, line in lines[1:]:
        row = line.split("\t")
        if len(row) != columns:
            raise ArtefactError(
                f"{filename}:{number}: {columns} columns are wanted, {len(row)} came: {line!r}; reinstall the package"
            )
        yield row


def _words(lemma: str) -> tuple[str, ...]:
    return tuple(fold(lemma).split())
