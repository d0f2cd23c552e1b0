"""What one word of a name may be: as which part of the name, in which cell, with which nominative."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from math import inf, log
from operator import itemgetter
from types import MappingProxyType
from typing import NamedTuple

from skazal.morphology import GRAMMEMES, Known, Parse, inflected, known_readings, known_tags, parses
from skazal.names import dictionaries
from skazal.names.paradigms import BLOCKS, CASES, CELLS, Guess, guesses
from skazal.words import fold

# Parts of a name: given name, surname, patronymic, initial, particle, title, and what has no place of its own
# (numerals, nicknames).
GIVEN, SURNAME, PATRONYMIC, INITIAL, PARTICLE, TITLE, OTHER = "FSPITNX"

OPTIONS_KEPT = 3
TITLE_BEGINS = 2  # letters that all forms of a title share
NOMINATIVE = frozenset({"nomn"})
CASE_OF = {case: number for number, ud in enumerate(CASES) for case in GRAMMEMES["Case", ud]}
GENDERS_OF = {"masc": "m", "femn": "f", "ms-f": "mf", "GNdr": "mf"}

# Natural logarithms, set by hand on tests/cases/names.txt and pymorphy3's surnames.
KNOWN_SURNAME = 0.6
UNKNOWN_SURNAME = -1.0
LISTED_SURNAME = 0.8
LISTED_DOUBTFULLY = 0.4
DECLINES_BY_GENDER = frozenset({"possessive", "adjective"})
DOUBTFUL_PARADIGMS = frozenset({"а", "я", "indeclinable"})  # natasha's list holds genitives of other surnames
SURNAME_LIKE_GIVEN_NAME = -1.0
LISTED_GIVEN = -0.8
UNKNOWN_GIVEN = -4.0
OBLIQUE_ELSEWHERE = -1.0
BESIDE_COMMON = -1.0
WOMAN_OF_MAN = -1.5
SMALL_LETTERS = -3.0
FIXED_BESIDE_DECLINED = -1.5
SHARE_WEIGHT = 0.35
UNKNOWN_PATRONYMIC = -1.5
FROZEN_PART = -1.0
INITIAL_PART_WEIGHT = 0.3  # of the first parts of hyphenated words

NEVER = -inf
INITIAL_SHAPE = re.compile(r"(?:[А-ЯЁA-Z]|Дж|Дз|Ю|Я)\.?|(?:[А-ЯЁA-Z]\.-?)+")
ROMAN = re.compile(r"[IVXLC]+")
CYRILLIC = re.compile(r"[а-яё]", re.I)
NOMINATIVE_OF_PATRONYMIC = re.compile(r"(ович|евич|ич|ыч|овна|евна|ична|инишна|овичи|евичи|ичи)$")


class Option(NamedTuple):
    """One nominative of a form, folded, and the natural logarithm of how likely it is."""

    weight: float
    nominative: str


Cells = tuple[tuple[Option, ...], ...]
Table = Mapping[str, Cells]


@lru_cache(maxsize=4_096)
def table(word: str) -> Table:
    """For each part of a name that `word` may be, its options in each of the 18 cells, the best first."""
    form = fold(word)
    if INITIAL_SHAPE.fullmatch(word):
        return {INITIAL: same_everywhere(form)}
    if not CYRILLIC.search(word):
        return {OTHER: same_everywhere(form)} if ROMAN.fullmatch(word) else foreign(form)
    found = _Collector()
    if "-" in form:
        _add_hyphenated(found, form)
    _add_known(found, form)
    _add_guesses(found, form)
    words = dictionaries.name_words()
    if form in words.particles:
        found.add_everywhere(PARTICLE, form, 0.0 if word.islower() else -0.7)
    if word.islower():
        found.lower((GIVEN, SURNAME, PATRONYMIC), SMALL_LETTERS)
    _add_titles(found, form, 0.0 if word.islower() else -0.5)
    return found.table()


@lru_cache(maxsize=5_000)
def syllable_table(word: str, last: bool) -> Table:
    """A part of an Asian given name: only the last one declines (`Ким Чен Ира`), unknown words being the rule."""
    form = fold(word)
    if not last:
        return {GIVEN: same_everywhere(form)}
    found = _Collector()
    for guess in guesses(form):
        if GIVEN in guess.roles or guess.paradigm == "indeclinable":
            fixed = guess.paradigm == "indeclinable" and guess.weight >= -1.5
            weight = 0.0 if fixed else guess.weight
            found.add(GIVEN, guess.cells, guess.nominative, weight - (2.0 if guess.nominative[-1] in "ая" else 0.0))
    return found.table()


@lru_cache(maxsize=4_096)
def same_everywhere(form: str, weight: float = 0.0) -> Cells:
    """The cells of a word that looks the same in all of them."""
    return ((Option(weight, form),),) * CELLS


def foreign(form: str) -> Table:
    """A word in Latin letters: it never changes, and may be any part."""
    return {GIVEN: same_everywhere(form, -0.5), SURNAME: same_everywhere(form)}


@lru_cache(maxsize=4_096)
def is_given_name(form: str) -> bool:
    """Whether some dictionary knows a folded form, in any case, as a given name."""
    return form in dictionaries.given_names() or any("Name" in tag.grammemes for tag in known_tags(form))


class _Collector:
    """Options gathered by part and cell, the best weight for each nominative."""

    def __init__(self) -> None:
        self.parts: dict[str, list[tuple[Option, ...]]] = {}

    def add(self, part: str, where: Iterable[int], nominative: str, weight: float) -> None:
        cells = self.parts.get(part)
        if cells is None:
            cells = self.parts[part] = [()] * CELLS
        option = Option(weight, nominative)
        alone = (option,)
        for cell in where:
            known = cells[cell]
            cells[cell] = _with(known, option) if known else alone

    def add_everywhere(self, part: str, nominative: str, weight: float) -> None:
        self.add(part, range(CELLS), nominative, weight)

    def lower(self, parts: Iterable[str], weight: float) -> None:
        """Add a (negative) weight to all options of these parts."""
        for part in parts:
            if part in self.parts:
                self.parts[part] = [
                    tuple([Option(known + weight, nominative) for known, nominative in cell])
                    for cell in self.parts[part]
                ]

    def table(self) -> Table:
        return MappingProxyType(
            {
                part: tuple([_best(cell) if len(cell) > 1 else cell for cell in cells])
                for part, cells in self.parts.items()
            }
        )


def _with(known: tuple[Option, ...], option: Option) -> tuple[Option, ...]:
    """Options and one more; of one nominative the weightier stays."""
    for i, (weight, nominative) in enumerate(known):
        if nominative == option.nominative:
            return known if weight >= option.weight else (*known[:i], option, *known[i + 1 :])
    return (*known, option)


def _best(cell: tuple[Option, ...]) -> tuple[Option, ...]:
    return tuple(sorted(cell, key=_by_weight, reverse=True)[:OPTIONS_KEPT])


_by_weight = itemgetter(0)


@lru_cache(maxsize=1_024)
def _part_and_cells(grammemes: frozenset[str]) -> tuple[str | None, tuple[int, ...]]:
    """As which part of a name pymorphy3's dictionary has a reading, if as one, and in which cells."""
    part = next(
        (part for g, part in (("Name", GIVEN), ("Surn", SURNAME), ("Patr", PATRONYMIC)) if g in grammemes), None
    )
    case = next((CASE_OF[g] for g in grammemes if g in CASE_OF), None)
    if case is None:
        return part, ()
    genders = "p" if "plur" in grammemes else next((v for g, v in GENDERS_OF.items() if g in grammemes), "")
    return part, tuple(BLOCKS[gender] + case for gender in genders)


def _add_known(found: _Collector, form: str) -> None:
    """Given names, surnames and patronymics of pymorphy3's dictionary."""
    known = known_readings(form)
    nominatives: dict[tuple[str, int], str] = {}
    for reading in known:
        part, cells = _part_and_cells(reading.tag.grammemes)
        if part is None:
            continue
        weight, lexeme = KNOWN_SURNAME if part == SURNAME else _share(reading, known), reading.normal_form
        for cell in cells:
            key = (lexeme, cell // 6)
            if key not in nominatives:
                nominatives[key] = _nominative(reading)
            found.add(part, (cell,), nominatives[key], weight)


def _nominative(reading: Parse) -> str:
    """A reading's own nominative, folded: the woman's for a woman's surname, the plural for a plural."""
    grammemes = reading.tag.grammemes
    if "sing" in grammemes and "Surn" not in grammemes and "Patr" not in grammemes:
        return fold(reading.normal_form)
    return fold(inflected(reading, NOMINATIVE) or reading.word)


def _share(reading: Known, known: Sequence[Known]) -> float:
    """What speaks against a lexeme beside others of the same form: `Петра` is rarely the woman's name.

    A foreign name that does not decline (`Марку`) yields to one that has this form in an oblique case.
    """
    kind = {"Name", "Patr"} & reading.tag.grammemes
    lexeme = reading.normal_form
    rivals = [(other.normal_form, other) for other in known if kind & other.tag.grammemes]
    own = sum([other.score for name, other in rivals if name == lexeme])
    whole = sum([other.score for _, other in rivals])
    declined_rival = any(name != lexeme and "Fixd" not in other.tag.grammemes for name, other in rivals)
    fixed = FIXED_BESIDE_DECLINED if "Fixd" in reading.tag.grammemes and declined_rival else 0.0
    common = dictionaries.common_names()
    if fold(lexeme) in common:
        return fixed
    if any(fold(name) in common for name, _ in rivals):
        fixed += BESIDE_COMMON
    return fixed + (SHARE_WEIGHT * log(own / whole) if own > 0 else 0.0)


def _add_guesses(found: _Collector, form: str) -> None:
    common = _is_common(form)
    for guess in guesses(form):
        for part in guess.roles:
            weight = _weight(guess, part)
            if weight is not None:
                if part == GIVEN and common and guess.nominative not in dictionaries.common_names():
                    weight += BESIDE_COMMON
                found.add(part, guess.cells, guess.nominative, weight)


def _is_common(form: str) -> bool:
    """Whether a form belongs to one of the given names common in Russia."""
    return any(fold(one.normal_form) in dictionaries.common_names() for one in known_readings(form))


def _weight(guess: Guess, part: str) -> float | None:
    """How likely a guess is as this part of a name; None where it cannot be."""
    if part == PATRONYMIC:
        return guess.weight + (0.0 if _from_given_name(guess.nominative) else UNKNOWN_PATRONYMIC)
    if part == GIVEN:
        return guess.weight + _given_weight(guess)
    return _surname_weight(guess)


def _given_weight(guess: Guess) -> float:
    gender = "mfp"[guess.cells[0] // 6]
    known = dictionaries.given_names().get(guess.nominative)
    if known is not None and gender in known:
        # A listed name is known to decline as it does, however rare its shape.
        return (OBLIQUE_ELSEWHERE if _is_oblique(guess.nominative) else 0.0) - 0.75 * guess.weight
    if known is not None:
        return UNKNOWN_GIVEN
    listed = LISTED_GIVEN if guess.nominative in dictionaries.listed_first() else UNKNOWN_GIVEN
    if guess.nominative[-1] in "ая" and _is_mans_genitive(guess.nominative):
        listed += WOMAN_OF_MAN
    return listed + _gender_by_ending(guess.nominative, gender)


@lru_cache(maxsize=4_096)
def _is_oblique(form: str) -> bool:
    """Whether pymorphy3 knows a given name's form mostly as an oblique case: `карла` of `Карл`."""
    names = [one for one in known_readings(form) if "Name" in one.tag.grammemes]
    own = sum(one.score for one in names if fold(one.normal_form) == form)
    return own < 0.5 * sum(one.score for one in names)


@lru_cache(maxsize=4_096)
def _is_mans_genitive(form: str) -> bool:
    """Whether a form in -а, -я is the genitive of a known man's name: natasha's list holds some of them (`Давида`)."""
    return any(is_given_name(form[:-1] + ending) for ending in ("", "й", "ь"))


def _gender_by_ending(nominative: str, gender: str) -> float:
    """Given names in -а and -я are mostly women's, on a consonant mostly men's."""
    last = nominative[-1]
    if last in "ая":
        return -1.5 if gender == "m" else 0.0
    if last not in "аеиоуыэюяь":
        return -2.5 if gender == "f" else 0.0
    return -0.5


def _surname_weight(guess: Guess) -> float | None:
    kind = dictionaries.surname_kinds().get(guess.nominative)
    if kind == "fixed":
        return KNOWN_SURNAME if guess.paradigm == "indeclinable" else -4.0
    weight = guess.weight + UNKNOWN_SURNAME
    if kind == "consonant" and guess.paradigm == "foreign -ин, -ов":
        weight += 2.0
    bases = _dictionary_forms(guess)
    if guess.paradigm in DECLINES_BY_GENDER and any(map(_is_known_surname, bases)):
        return KNOWN_SURNAME + guess.weight
    if not dictionaries.listed_surnames().isdisjoint(bases):
        weight += LISTED_DOUBTFULLY if guess.paradigm in DOUBTFUL_PARADIGMS else LISTED_SURNAME
    elif guess.must_be_known:
        return None
    if guess.nominative in dictionaries.given_names():
        weight += SURNAME_LIKE_GIVEN_NAME
    return weight


@lru_cache(maxsize=8_192)
def _is_known_surname(form: str) -> bool:
    """Whether pymorphy3 knows a surname, be it only as a man's: `кротов`."""
    return any("Surn" in one.tag.grammemes and fold(one.normal_form) == form for one in known_readings(form))


def _dictionary_forms(guess: Guess) -> Sequence[str]:
    """The forms under which a dictionary lists a surname: a woman's and the plural under the man's."""
    name = guess.nominative
    if guess.paradigm == "possessive" and guess.cells[0] >= 6:
        return (name[:-1],)
    if guess.paradigm == "adjective" and guess.cells[0] >= 6:
        return (name[:-2] + "ий", name[:-2] + "ый", name[:-2] + "ой")
    return (name,)


def _from_given_name(patronymic: str) -> bool:
    """Whether a patronymic is made of a known given name: `Кемелевич` of `Кемель`."""
    stem = NOMINATIVE_OF_PATRONYMIC.sub("", patronymic)
    return stem != patronymic and any(is_given_name(s) or s in dictionaries.listed_first() for s in _stem_names(stem))


def _stem_names(stem: str) -> Iterator[str]:
    for ending in ("", "й", "ь", "а", "я", "о", "ий"):
        yield stem + ending
    if stem.endswith("ь"):
        yield stem[:-1] + "ий"


def _add_hyphenated(found: _Collector, form: str) -> None:
    """Parts of a double name decline together, and a first part may stay as it is: `Жан-Пьера`, `Марии-Луизы`."""
    *firsts, last = form.split("-")
    if not last or not all(firsts):
        return
    maker = dictionaries.name_words().patronymic.get(last)
    if maker:
        found.add(PATRONYMIC, range(BLOCKS[maker], BLOCKS[maker] + 6), form, 0.0)
        return
    for part, cells in table(last.capitalize()).items():
        if part not in (GIVEN, SURNAME):
            continue
        for cell, options in enumerate(cells):
            start, weight = _first_parts(firsts, part, cell)
            for option in options:
                found.add(part, (cell,), start + option.nominative, weight + option.weight)


def _first_parts(firsts: Sequence[str], part: str, cell: int) -> tuple[str, float]:
    """The first parts of a double name with a hyphen after each, and their share of the weight."""
    text, weight = "", 0.0
    for word in firsts:
        if word in dictionaries.name_words().particles:
            text += word + "-"
            continue
        options = table(word.capitalize()).get(part, same_everywhere(word))[cell]
        frozen = Option(max((o.weight for o in options), default=UNKNOWN_GIVEN) + FROZEN_PART, word)
        best = max((*options, frozen), key=lambda o: o.weight)
        text += best.nominative + "-"
        weight += INITIAL_PART_WEIGHT * best.weight
    return text, weight


def _may_be_title(form: str) -> bool:
    """Whether it is worth looking for a title: other words are not read by pymorphy3, which takes long."""
    beginnings, unknown = _title_beginnings()
    return form[:TITLE_BEGINS] in beginnings and (
        bool(known_tags(form)) or "-" in form or form[:TITLE_BEGINS] in unknown
    )


@cache
def _title_beginnings() -> tuple[frozenset[str], frozenset[str]]:
    """What forms of titles begin with, and what those that the dictionary does not have."""
    titles = dictionaries.name_words().titles
    unknown = (title for title in titles if not known_tags(title))
    return frozenset(title[:TITLE_BEGINS] for title in titles), frozenset(title[:TITLE_BEGINS] for title in unknown)


def _add_titles(found: _Collector, form: str, weight: float) -> None:
    """Common nouns that a text writes within the name: `Папы Бенедикта`, `супругов Ивановых`."""
    titles = dictionaries.name_words().titles
    if not _may_be_title(form):
        return
    for parse in parses(form):
        grammemes = parse.tag.grammemes
        if "NOUN" not in grammemes or "anim" not in grammemes:
            continue
        plural = "plur" in grammemes
        nominative = _nominative(parse) if plural else fold(parse.normal_form)
        gender = titles.get(nominative, titles.get(fold(parse.normal_form)))
        case = next((CASE_OF[g] for g in grammemes if g in CASE_OF), None)
        if gender is not None and case is not None:
            found.add(TITLE, (BLOCKS["p" if plural else gender] + case,), nominative, weight)
