"""All mentions of one person together: the fullest name, its nominative, whether two names can be one person's."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from skazal.errors import ArgumentError, ArgumentTypeError
from skazal.names import dictionaries
from skazal.names.forms import CYRILLIC, GIVEN, INITIAL, PATRONYMIC, SURNAME, TITLE
from skazal.names.parsing import (
    SURE,
    Reading,
    gender_of,
    named_gender,
    parse_name,
    person,
    readings,
    respell,
    split_name,
    surname_forms,
)
from skazal.names.person import Gender, PersonName
from skazal.words import fold

DOES_NOT_FIT = -8.0
GENDER_FLOOR = -6.0  # one mention, read wrongly, must not outvote the rest


@dataclass(frozen=True, slots=True)
class MentionForm:
    """A mention's words and their Universal Dependencies tags (none, or one for each word)."""

    words: tuple[str, ...]
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Seen:
    """A distinct mention: its split, readings, how often it stands in the text."""

    words: tuple[str, ...]
    found: tuple[Reading, ...]
    count: int
    mention: MentionForm


def canonical(mentions: Sequence[MentionForm]) -> PersonName:
    """The one name behind all mentions of a person in a document, in the nominative and as full as they make it.

    Each mention votes for the gender and for the nominatives that explain its form in its case; a surname that stands
    unchanged in several cases does not decline. O(distinct mentions), whatever their number. Raises ValueError for no
    mentions.
    """
    if not mentions:
        raise ArgumentError("canonical: no mentions given; a person needs at least one")
    for mention in mentions:
        if not isinstance(mention, MentionForm):
            kind = type(mention).__name__
            raise ArgumentTypeError(f"mentions are MentionForms, {kind} came; write MentionForm(tuple(words))")
    return _canonical(tuple(mentions))


@lru_cache(maxsize=8_192)
def _canonical(mentions: tuple[MentionForm, ...]) -> PersonName:
    seen = _seen(mentions)
    if not seen:
        return parse_name(mentions[0].words)
    gender, letter, evidence = _gender(seen)
    fullest = max(seen, key=lambda s: (_length(s.words), _is_nominative(s), s.count))
    candidates = [r for r in fullest.found if r.gender == letter] or list(fullest.found)
    best = max(candidates, key=lambda r: _support(r, fullest, seen, letter))
    split = split_name(fullest.mention.words)
    name = person(split, best, gender, evidence, surname_forms([best]))
    return _completed(_respelled(name, best, fullest, seen), best, seen, letter)


def _seen(mentions: Sequence[MentionForm]) -> list[_Seen]:
    found = []
    for mention, count in Counter(mentions).items():
        split = split_name(mention.words)
        if split.words:
            tags = tuple(mention.tags[i] for i in split.places) if mention.tags else None
            found.append(_Seen(split.words, readings(split.words, tags), count, mention))
    return found


def _length(words: Sequence[str]) -> int:
    """How full a name is: initials count little, Latin letters less than Cyrillic ones."""
    return sum(1 if word.endswith(".") or len(word) == 1 else 4 if CYRILLIC.search(word) else 3 for word in words)


def _is_nominative(mention: _Seen) -> bool:
    """Whether a mention itself stands in the nominative: its spelling then needs no guessing."""
    best = mention.found[0]
    return best.cell % 6 == 0 and all(map(str.__eq__, map(fold, mention.words), best.nominatives))


def _gender(seen: Sequence[_Seen]) -> tuple[Gender | None, str, str]:
    """The gender, its letter for choosing readings, and the evidence; the letter is there even when it is not sure."""
    each = [(s.count, _gender_votes(s)) for s in seen]
    votes = {g: sum([count * vote[g] for count, vote in each]) for g in "mfp"}
    letter = max(votes, key=lambda g: votes[g])
    if letter == "p":
        return None, "p", ""
    told = (gender_of(s.found) for s in sorted(seen, key=lambda s: -_length(s.words)))
    evidence = next((e for g, e in told if g and g[0] == letter), "")
    if not evidence and abs(votes["m"] - votes["f"]) >= SURE + 0.4:
        evidence = "surname"
    return (named_gender(letter) if evidence else None), letter, evidence


def _gender_votes(mention: _Seen) -> Mapping[str, float]:
    """What speaks against each gender in a mention's readings."""
    top = mention.found[0].score
    best: dict[str, float] = {}
    for reading in mention.found:
        best.setdefault(reading.gender, reading.score)
    return {gender: max(best.get(gender, top + GENDER_FLOOR) - top, GENDER_FLOOR) for gender in "mfp"}


def _support(reading: Reading, fullest: _Seen, seen: Sequence[_Seen], letter: str) -> float:
    """How well one reading of the fullest mention explains all mentions."""
    total = fullest.count * (reading.score - fullest.found[0].score)
    if len(seen) == 1:
        return total
    names = set(reading.nominatives)
    initials = {name[0] for name in names}
    for mention in seen:
        if mention is fullest:
            continue
        top = mention.found[0].score
        fits = (r.score - top for r in mention.found if r.gender == letter and _fits(r, names, initials))
        total += mention.count * max(fits, default=DOES_NOT_FIT)
    return total


def _fits(reading: Reading, names: set[str], initials: set[str]) -> bool:
    """Whether some word of a reading is among the names and the rest does not speak against it."""
    shared = False
    for part, nominative in zip(reading.parts, reading.nominatives, strict=True):
        if part == INITIAL:
            if nominative[0] not in initials:
                return False
        elif nominative in names:
            shared = True
        elif part == SURNAME:
            return False
    return shared


def _respelled(name: PersonName, reading: Reading, fullest: _Seen, seen: Sequence[_Seen]) -> PersonName:
    """The spelling that the text itself has for a nominative, where it has one: `Пётр` or `Петр`."""
    changed = [pair for pair in zip(fullest.words, reading.nominatives, strict=True) if fold(pair[0]) != pair[1]]
    if not changed:
        return name
    wanted = frozenset(reading.nominatives)
    attested = Counter({word: s.count for s in seen for word in s.words if fold(word) in wanted and not word.isupper()})
    most_seen: dict[str, str] = {}
    for word, _ in attested.most_common():
        most_seen.setdefault(fold(word), word)
    for word, nominative in changed:
        spelled = most_seen.get(nominative)
        ours = respell(word, nominative)
        if spelled and spelled != ours:
            name = _replaced(name, ours, spelled)
    return name


def _replaced(name: PersonName, old: str, new: str) -> PersonName:
    def swap(text: str | None) -> str | None:
        return " ".join(new if word == old else word for word in text.split(" ")) if text else text

    return replace(
        name,
        first=swap(name.first),
        patronymic=swap(name.patronymic),
        surname=swap(name.surname),
        nominative=swap(name.nominative) or "",
    )


def _completed(name: PersonName, best: Reading, seen: Sequence[_Seen], letter: str) -> PersonName:
    """The fullest name with the parts that only other mentions have: `Людмила Гурова` and `Людмила Павловна`."""
    known = set(best.nominatives)
    for mention in sorted(seen, key=lambda s: (-_length(s.words), -s.count)):
        for reading in mention.found[:4]:
            if reading.gender == letter and not known.isdisjoint(reading.nominatives):
                name = _with_parts(name, mention.words, reading, known)
                break
    return name


def _with_parts(name: PersonName, words: Sequence[str], reading: Reading, known: set[str]) -> PersonName:
    """`name` with the patronymic, surname or given name that it lacks and this reading has."""
    for part, word, nominative in zip(reading.parts, words, reading.nominatives, strict=True):
        if nominative in known or part not in (GIVEN, PATRONYMIC, SURNAME):
            continue
        spelled = respell(word, nominative)
        if part == PATRONYMIC and name.patronymic is None and name.first and not name.first.endswith("."):
            name = replace(
                name, patronymic=spelled, nominative=name.nominative.replace(name.first, f"{name.first} {spelled}", 1)
            )
        elif part == SURNAME and name.surname is None:
            name = replace(
                name, surname=spelled, nominative=f"{name.nominative} {spelled}", surnames=frozenset({nominative})
            )
        elif part == GIVEN and name.first is None and TITLE not in reading.parts:
            name = replace(name, first=spelled, nominative=f"{spelled} {name.nominative}")
    return name


def compatible(one: PersonName, other: PersonName) -> bool:
    """Whether two names can be the same person's: nothing in them contradicts.

    Surnames must share a possible nominative, given names be equal, short for one another or fit an initial, genders
    not differ. A lone given name is compatible with a full name that has it.
    """
    if one.plural != other.plural or (one.gender and other.gender and one.gender != other.gender):
        return False
    if one.surname and other.surname and not _same_surname(one, other):
        return False
    if not _same_given(one.first, other.first) or not _same_given(one.patronymic, other.patronymic):
        return False
    pairs = (
        (one.surname, other.surname),
        (one.first, other.first),
        (one.patronymic, other.patronymic),
        (one.nickname, other.nickname),
    )
    return any(left and right for left, right in pairs) or _patronymic_is_surname(one, other)


def _patronymic_is_surname(one: PersonName, other: PersonName) -> bool:
    """`Милош Йованович` and `Йованович`: what looks like a patronymic may be the surname where there is no other."""
    return any(
        name.surname is None and rival.surname is not None and fold(name.patronymic or "-") in rival.surnames
        for name, rival in ((one, other), (other, one))
    )


def _same_surname(one: PersonName, other: PersonName) -> bool:
    left = one.surnames | {fold(one.surname or "")}
    right = other.surnames | {fold(other.surname or "")}
    return bool(left & right) or any(_is_part(a, b) or _is_part(b, a) for a in left for b in right)


def _is_part(short: str, long: str) -> bool:
    """Whether a surname is a part of a double one: `Кестнер` of `Кестнер-Бауэр`, `Маркес` of `Гарсия Маркес`."""
    return short in long.replace("-", " ").split(" ")


def _same_given(one: str | None, other: str | None) -> bool:
    if not one or not other:
        return True
    left, right = fold(one).split(" "), fold(other).split(" ")
    return all(_same_word(a, b) for a, b in zip(left, right, strict=False)) or bool(set(left) & set(right))


def _same_word(one: str, other: str) -> bool:
    full = dictionaries.diminutives()
    left, right = full.get(one, frozenset()) | {one}, full.get(other, frozenset()) | {other}
    if one.endswith(".") or other.endswith("."):
        return bool({name[0] for name in left} & {name[0] for name in right})
    return bool(left & right)
