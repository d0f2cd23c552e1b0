"""A name's words together: parts and nominatives that agree in case, gender and number."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile
from math import inf
from typing import NamedTuple, cast

from skazal.errors import ArgumentError, ArgumentTypeError
from skazal.morphology import features
from skazal.names import dictionaries
from skazal.names.forms import (
    CYRILLIC,
    GIVEN,
    INITIAL,
    OTHER,
    PARTICLE,
    PATRONYMIC,
    SURNAME,
    TITLE,
    Option,
    Table,
    is_given_name,
    same_everywhere,
    syllable_table,
    table,
)
from skazal.names.paradigms import BLOCKS, CASES, CELLS, guesses
from skazal.names.person import Gender, PersonName
from skazal.words import fold

# How well one part of a name follows another, natural logarithms; `^` is the start, `$` the end. What is not here is
# FAR.
FOLLOWS: Mapping[str, float] = {
    "^F": 0.0, "^S": -0.7, "^I": 0.0, "^P": -0.5, "^T": -0.5, "^N": 0.0, "^X": -3.0,
    "NF": 0.0, "NS": 0.0, "NI": 0.0, "NT": 0.0, "NN": -1.0,
    "FF": -2.0, "FS": 0.0, "FP": 0.0, "FI": -0.5, "FT": -0.3, "FX": 0.0, "F$": -0.5, "FN": -1.0,
    "PS": 0.0, "PT": -0.3, "P$": -0.3, "PX": 0.0,
    "SF": -1.5, "SI": -0.5, "SS": -3.2, "ST": -1.5, "S$": 0.0, "SX": -0.5,
    "II": 0.0, "IS": 0.0, "IT": 0.0, "I$": 0.0, "IF": -2.5,
    "TT": 0.0, "TS": 0.0, "TF": -3.0,
    "XS": -0.5, "X$": 0.0, "XX": 0.0, "XF": -1.0,
}  # fmt: skip
FAR = -6.0
START, END = "^", "$"
PARTS = GIVEN + SURNAME + PATRONYMIC + INITIAL + PARTICLE + TITLE + OTHER + END
# A Chinese, Korean or Vietnamese surname before the given name.
FOLLOWS_ASIAN: Mapping[str, float] = {"^S": 0.0, "SF": -0.3, "FF": 0.0}


def _by_part(follows: Mapping[str, float]) -> Mapping[str, Mapping[str, float]]:
    """For each part how well it follows each part before it."""
    found: dict[str, dict[str, float]] = {part: {} for part in PARTS}
    for pair, weight in follows.items():
        found[pair[1]][pair[0]] = weight
    return found


CASE_PRIOR = (0.0, -1.0, -1.8, -1.8, -1.8, -2.4)
WRONG_CASE, WRONG_GENDER, WRONG_NUMBER = -3.0, -1.2, -2.0
FEMININE, PLURAL = -0.4, -4.5
SURE = 0.7  # by how much one gender must be likelier than the other to be told
NEAR = 4.0  # nominatives this much less likely than the best one are still possible
TOO_FAR = 6.0  # alternatives this much less likely are not kept at all
HOPELESS = 9.0  # and so are readings this much less likely than the best one so far
READINGS_KEPT = 16
LONGEST = 100  # words of a name that are read; a text may put any number where a name is expected

# Chinese, Korean and Vietnamese given names as Russian writes them, a case ending included: Цзиньпином, Чжэ, Ына.
ASIAN_SYLLABLES = re.compile(
    r"(?:(?:дж|дз|чж|цз|нг|[ткп]х|[бвгджзклмнпрстфхцчшщ])?[ьъ]?[аоуыэияюе]{1,3}(?:нь|нг|ль|[нмкптй])?-?){1,2}"
    r"(?:[рчсхг]|[нлмкптрг]?(?:а|у|ом|ем|е|я|ю))?"
)
WORD = re.compile(r"[^\W_]+(?:[-'’‘`][^\W_]+)*\.?|[«»\"“”„()]|[^\s\w]", re.U)
OPENING, CLOSING = '«"“„(', '»"”“)'
APOSTROPHES = str.maketrans("’‘`", "'''")


EUROPEAN, ASIAN = _by_part(FOLLOWS), _by_part(FOLLOWS_ASIAN)
Path = tuple[float, str, tuple[Option, ...]]  # natural logarithm of its odds, parts, an option for each word


class Reading(NamedTuple):
    """One way to read the words: a part and a folded nominative for each, the cell, the natural logarithm of its odds.

    `score` is all; `gender_score` the share of it that the tags' and the prior gender have.
    """

    score: float
    gender_score: float
    cell: int
    parts: str
    nominatives: tuple[str, ...]
    gender: str


@dataclass(frozen=True, slots=True)
class Split:
    """A name cut into words, initials with their full stop; nicknames in marks are taken out.

    `places` are the indices of the words among the tokens given; `gaps` what stands before each word in the text.
    """

    words: tuple[str, ...]
    places: tuple[int, ...]
    gaps: tuple[str, ...]
    nickname: str | None


def parse_name(
    name: str | Sequence[str], *, tags: Sequence[str] | None = None, gender: Gender | None = None
) -> PersonName:
    """The parts, gender and nominative of a person's name in any case and order.

    `name` is a string or its tokens, `tags` the tokens' Universal Dependencies tags (`PROPN|Case=Gen|…`), which may be
    wrong; `gender` is what is known already. An empty name gives an empty PersonName. Raises ArgumentTypeError for what
    is neither, ArgumentError for another gender.
    """
    if gender not in (None, "masc", "fem"):
        raise ArgumentError(f"gender is masc, fem or None; {gender!r} came")
    if isinstance(name, str):
        return _parse(name, None, gender)
    if not isinstance(name, Sequence):
        raise ArgumentTypeError(f"a name is a string or its tokens, {type(name).__name__} came; write str(name)")
    return _parse(tuple(name), tuple(tags) if tags is not None else None, gender)


@lru_cache(maxsize=8_192)
def _parse(name: str | tuple[str, ...], tags: tuple[str, ...] | None, gender: Gender | None) -> PersonName:
    split = split_name(name)
    if not split.words:
        return PersonName(None, None, None, gender, "given" if gender else "", split.nickname or "", split.nickname)
    found = readings(split.words, tuple(tags[i] for i in split.places) if tags else None)
    if gender:
        found = tuple(r for r in found if r.gender == gender[0]) or found
    told, evidence = (gender, "given") if gender else gender_of(found)
    return person(split, found[0], told, evidence, surname_forms(found))


@lru_cache(maxsize=1_024)
def split_name(name: str | tuple[str, ...]) -> Split:
    """Words of a name from a string or its tokens: `А.Б. Смирнов` and tokens `А` `.` `Б` `.` give the same words."""
    pieces = _pieces(name)
    words: list[str] = []
    places: list[int] = []
    gaps: list[str] = []
    nickname: list[str] = []
    depth, before = 0, ""
    for place, gap, piece in pieces:
        if piece in OPENING and depth == 0:
            depth = 1
        elif piece in CLOSING:
            depth = 0
        elif piece == "." and words and len(words[-1]) <= 2 and not gap:
            words[-1] += "."
            continue
        elif depth:
            nickname.append(piece)
        elif piece[0].isalnum():
            words.append(piece)
            places.append(place)
            gaps.append(before + gap if words[1:] else "")
            before = ""
            continue
        before += gap + piece
    return Split(tuple(unshout(words)), tuple(places), tuple(gaps), " ".join(nickname) or None)


def _pieces(name: str | tuple[str, ...]) -> Iterator[tuple[int, str, str]]:
    """Token index, what stands before it, and the piece; initials written together are cut apart."""
    tokens = [name] if isinstance(name, str) else name
    for place, token in enumerate(tokens):
        if token.isalpha() and tokens is name:
            yield place, " ", token
            continue
        end = 0
        for match in WORD.finditer(token.translate(APOSTROPHES)):
            gap = token[end : match.start()] if end or isinstance(name, str) else (" " if token[0].isalnum() else "")
            end = match.end()
            piece = match.group()
            if piece.endswith(".") and len(piece) > 3:
                piece, end = piece[:-1], end - 1
            yield place, gap, piece


def unshout(words: Sequence[str]) -> list[str]:
    """Words in capitals with small letters: `ТОКАЕВ` to `Токаев`; initials, Latin and Roman numerals stay."""
    return [_unshout(word) if _shouted(word) else word for word in words]


def _shouted(word: str) -> bool:
    return len(word) > 1 and word.isupper() and "." not in word and bool(CYRILLIC.search(word))


def _unshout(word: str) -> str:
    return re.sub(r"[^\W\d_]+", lambda m: m.group().capitalize(), word)


@lru_cache(maxsize=4_096)
def readings(words: tuple[str, ...], tags: tuple[str, ...] | None) -> tuple[Reading, ...]:
    """The likeliest ways to read the words, the best first; never empty for a name of at least one word."""
    asian, read = _is_asian(words), words[:LONGEST]
    found = _readings(_tables(read, asian), tags, asian) or _readings([*map(_as_it_is, read)], tags, False)
    rest = tuple(map(fold, words[LONGEST:]))
    return (
        tuple(r._replace(parts=r.parts + OTHER * len(rest), nominatives=r.nominatives + rest) for r in found)
        if rest
        else found
    )


def _as_it_is(word: str) -> Table:
    return {OTHER: same_everywhere(fold(word))}


def _readings(tables: Sequence[Table], tags: tuple[str, ...] | None, asian: bool) -> tuple[Reading, ...]:
    found: dict[tuple[str, str, tuple[str, ...]], Reading] = {}
    follows = ASIAN if asian else EUROPEAN
    best = -inf
    for cell, (base, gender_score) in enumerate(_cell_scores(tags)):
        gender = "mfp"[cell // 6]
        for score, parts, options in _paths(tables, cell, follows):
            likely = base + gender_score + score
            if likely < best - HOPELESS:
                continue
            best = max(best, likely)
            for change, nominatives in _alternatives(tables, cell, parts, options):
                key = (gender, parts, nominatives)
                known = found.get(key)
                if known is None or known.score < likely + change:
                    found[key] = Reading(likely + change, gender_score, cell, parts, nominatives, gender)
    return tuple(sorted(found.values(), reverse=True)[:READINGS_KEPT])


def _is_asian(words: Sequence[str]) -> bool:
    """`Си Цзиньпин`, `Ким Чен Ын`: a listed surname, then short words that are no given names of Europe."""
    if not 2 <= len(words) <= 4 or not all(_syllables(word) for word in words[1:]):
        return False
    if all(is_given_name(fold(word)) for word in words[1:]):
        return False
    return fold(words[0]) in dictionaries.name_words().asian or (len(words) > 2 and bool(_asian_surname(words[0])))


def _asian_surname(word: str) -> Table:
    """A listed surname as it is, or declined by an author who thinks it Russian: `Кима Чен Ира`."""
    form = fold(word)
    if form in dictionaries.name_words().asian:
        return {SURNAME: same_everywhere(form, 0.6)}
    cells: list[tuple[Option, ...]] = [()] * CELLS
    for guess in guesses(form):
        if guess.nominative in dictionaries.name_words().asian and guess.paradigm == "consonant":
            for cell in guess.cells:
                cells[cell] = (Option(0.0, guess.nominative),)
    return {SURNAME: tuple(cells)} if any(cells) else {}


def _syllables(word: str) -> bool:
    return word[:1].isupper() and bool(ASIAN_SYLLABLES.fullmatch(fold(word)))


def _tables(words: Sequence[str], asian: bool) -> list[Table]:
    if asian:
        return [
            _asian_surname(words[0]),
            *(syllable_table(word, i == len(words) - 1) for i, word in enumerate(words) if i),
        ]
    tables = [table(word) for word in words]
    makers = dictionaries.name_words().patronymic
    for i, word in enumerate(words):
        maker = makers.get(word.lower())
        if maker and i:
            cells = tuple(
                c if BLOCKS[maker] <= k < BLOCKS[maker] + 6 else () for k, c in enumerate(same_everywhere(fold(word)))
            )
            tables[i] = {PATRONYMIC: cells}
            tables[i - 1] = {PATRONYMIC: same_everywhere(fold(words[i - 1]))}
    return tables


@lru_cache(maxsize=4_096)
def _cell_scores(tags: tuple[str, ...] | None) -> tuple[tuple[float, float], ...]:
    return tuple(_cell_score(cell, tags) for cell in range(CELLS))


def _cell_score(cell: int, tags: tuple[str, ...] | None) -> tuple[float, float]:
    """How well a cell agrees with the tags, or how common it is: without the gender, and the gender's share."""
    case, gender = CASES[cell % 6], "mfp"[cell // 6]
    feats = [features(tag) for tag in tags or ()]
    cases = [f["Case"] for f in feats if "Case" in f]
    score = 0.3 * CASE_PRIOR[cell % 6] if cases else CASE_PRIOR[cell % 6]
    if cases:
        score += WRONG_CASE * sum(_case_differs(c, case) for c in cases) / len(cases)
    numbers = [f["Number"] for f in feats if "Number" in f]
    plural = sum(n == "Plur" for n in numbers) / len(numbers) if numbers else 0.0
    score += (1 - plural) * PLURAL if gender == "p" else plural * WRONG_NUMBER
    genders = [f["Gender"] for f in feats if "Gender" in f]
    gender_score = FEMININE if gender == "f" else 0.0
    if genders and gender != "p":
        wanted = "Masc" if gender == "m" else "Fem"
        gender_score += WRONG_GENDER * sum(g != wanted for g in genders) / len(genders)
    return score, gender_score


def _case_differs(tagged: str, case: str) -> float:
    """The genitive and the accusative of men look alike, so that a tagger takes one for the other."""
    if tagged == case:
        return 0.0
    return 0.4 if {tagged, case} == {"Gen", "Acc"} else 1.0


def _paths(tables: Sequence[Table], cell: int, follows: Mapping[str, Mapping[str, float]]) -> list[Path]:
    """The best sequence of parts for each last part, by dynamic programming over the words."""
    best: dict[str, Path] = {}
    for part, cells in tables[0].items():
        if cells[cell]:
            option = cells[cell][0]
            best[part] = (follows[part].get(START, FAR) + option[0], part, (option,))
    for choices in tables[1:]:
        following: dict[str, Path] = {}
        for part, cells in choices.items() if best else ():
            if not cells[cell]:
                continue
            option, after = cells[cell][0], follows[part]
            score, last = -inf, ""
            for before, path in best.items():  # of equals the later letter
                found = path[0] + after.get(before, FAR)
                if found > score or (found == score and before > last):
                    score, last = found, before
            _, parts, options = best[last]
            following[part] = (score + option[0], parts + part, (*options, option))
        best = following
    ends = EUROPEAN[END]
    return [(score + ends.get(last, FAR), parts, options) for last, (score, parts, options) in best.items()]


def _alternatives(
    tables: Sequence[Table], cell: int, parts: str, options: Sequence[Option]
) -> list[tuple[float, tuple[str, ...]]]:
    """The nominatives of a path, and those with one word's second or third option instead."""
    nominatives = tuple([nominative for _, nominative in options])
    found = [(0.0, nominatives)]
    for i, part in enumerate(parts):
        others = tables[i][part][cell]
        if len(others) < 2:
            continue
        for option in others[1:]:
            if option.weight < options[i].weight - TOO_FAR:
                break
            change = option.weight - options[i].weight
            found.append((change, (*nominatives[:i], option.nominative, *nominatives[i + 1 :])))
    return found


def gender_of(found: Sequence[Reading]) -> tuple[Gender | None, str]:
    """The gender that the readings tell and what told it: a part of the name, or the tags when words leave it open."""
    if not found or found[0].gender == "p":
        return None, ""
    plain, tagged = {"m": -99.0, "f": -99.0, "p": -99.0}, {"m": -99.0, "f": -99.0, "p": -99.0}
    for r in found:
        plain[r.gender] = max(plain[r.gender], r.score - r.gender_score)
        tagged[r.gender] = max(tagged[r.gender], r.gender_score)
    if abs(plain["m"] - plain["f"]) >= SURE:
        return named_gender("m" if plain["m"] >= plain["f"] else "f"), _evidence(found[0].parts)
    if abs(tagged["m"] - (tagged["f"] - FEMININE)) >= 0.5 * abs(WRONG_GENDER):
        return named_gender(found[0].gender), "tag"
    return None, ""


def named_gender(gender: str) -> Gender:
    """The public name of a gender's letter."""
    return cast(Gender, {"m": "masc", "f": "fem"}[gender])


def _evidence(parts: str) -> str:
    for part, name in ((PATRONYMIC, "patronymic"), (TITLE, "title"), (GIVEN, "first name")):
        if part in parts:
            return name
    return "surname"


def surname_forms(found: Sequence[Reading]) -> frozenset[str]:
    """The nominatives that the surname may have in readings nearly as likely as the best."""
    near = takewhile(lambda reading: reading.score >= found[0].score - NEAR, found)
    return frozenset(
        [
            " ".join([n for p, n in zip(r.parts, r.nominatives, strict=True) if p == SURNAME])
            for r in near
            if SURNAME in r.parts
        ]
    )


def person(
    split: Split, reading: Reading, gender: Gender | None, evidence: str, surnames: frozenset[str]
) -> PersonName:
    """The name that a reading gives, in the spelling and capitals of the text."""
    spelled = [respell(word, nominative) for word, nominative in zip(split.words, reading.nominatives, strict=True)]
    by_part: dict[str, list[str]] = {}
    for part, word in zip(_slots(reading.parts), spelled, strict=True):
        by_part.setdefault(part, []).append(word)
    slot = {part: " ".join(words) for part, words in by_part.items()}
    text = "".join(gap + word for gap, word in zip(split.gaps, spelled, strict=True))
    return PersonName(
        first=slot.get(GIVEN),
        patronymic=slot.get(PATRONYMIC),
        surname=slot.get(SURNAME),
        gender=gender,
        gender_evidence=evidence,
        nominative=text,
        nickname=split.nickname or slot.get(OTHER),
        title=slot.get(TITLE),
        plural=reading.gender == "p",
        surnames=surnames,
    )


def _slots(parts: str) -> Iterator[str]:
    """Particles belong to the surname; of initials the first is the given name's, the second the patronymic's."""
    given = GIVEN in parts
    for part in parts:
        if part == PARTICLE:
            yield SURNAME
        elif part == INITIAL:
            yield PATRONYMIC if given else GIVEN
            given = True
        else:
            yield part


def respell(word: str, nominative: str) -> str:
    """A folded nominative with the letters that it shares with the text's word: capitals and `ё` are kept."""
    if "-" in word and word.count("-") == nominative.count("-"):
        return "-".join(map(respell, word.split("-"), nominative.split("-")))
    folded = fold(word)
    if folded == nominative:
        return word
    same = 0
    for letter, other in zip(folded, nominative, strict=False):
        if letter != other:
            break
        same += 1
    return word[:same] + nominative[same:]
