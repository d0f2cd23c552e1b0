"""Women whose name looks like a man's in the genitive: `Александра Белова`, `Валерия Орлова`, `Богдана Рыбина`.

The tagger takes the man's where the name begins a sentence. What settles it is the verb and the other forms of the name
in the text.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from types import MappingProxyType
from typing import NamedTuple

from skazal import lexicon
from skazal.morphology import known_tags
from skazal.words import Word

SURNAME = ("ова", "ева", "ина", "ына")
UNCHANGING = ("ко", "их", "ых")
"""Endings of surnames that have one form for men and women in all cases."""
WOMEN = (("ы", "и", "ой", "ей"), ("ой",))
MEN = (("", "й", "ом", "ем"), ("", "ым"))
"""Endings of the given name and of the surname that tell who is meant, behind what all forms share."""
WOMAN = MappingProxyType({"Animacy": "Anim", "Case": "Nom", "Gender": "Fem", "Number": "Sing"})
MAN = MappingProxyType({"Animacy": "Anim", "Case": "Gen", "Gender": "Masc", "Number": "Sing"})
FINITE = frozenset({"VERB", "AUX"})


class FullName(NamedTuple):
    """A given name and a surname side by side, in the order of the text, and which of them hangs on the other."""

    first: Word
    last: Word
    given: Word
    surname: Word
    top: Word


def name_women(words: Sequence[Word]) -> None:
    """Give names of women in the nominative their tags and their place in the tree; O(words)."""
    for name in ambiguous(words):
        if name.given.case == name.surname.case == "Nom" and name.top.dep.startswith("nsubj"):
            continue
        told = genders_elsewhere(words, name)
        if told == {"f"} or ("m" not in told and acts(words, name)):
            name_woman(words, name)
        elif told == {"m"} and not name.top.dep.startswith("nsubj"):
            name_man(words, name)


def ambiguous(words: Sequence[Word]) -> Iterator[FullName]:
    """Full names that may be a woman's in the nominative and a man's in the genitive."""
    for given in words:
        if given.norm[-1] not in "ая" or not given.capitalized or not is_ambiguous(given.norm):
            continue
        for i in (given.i + 1, given.i - 1):
            surname = words[i] if 0 <= i < len(words) and words[i].sentence == given.sentence else given
            if surname is not given and surname.capitalized and is_surname(surname):
                first, last = (given, surname) if i > given.i else (surname, given)
                yield FullName(first, last, given, surname, surname if given.head == surname.i else given)
                break


@lru_cache(maxsize=4_096)
def is_ambiguous(given: str) -> bool:
    """Whether a given name is a woman's in the nominative and a man's in the genitive: `Станислава`."""
    if given in lexicon.words("women_as_men"):
        return True
    tags = [tag.grammemes for tag in known_tags(given)]
    return any({"Name", "femn", "nomn"} <= tag for tag in tags) and any({"Name", "masc", "gent"} <= tag for tag in tags)


def is_surname(word: Word) -> bool:
    """Whether a word has the ending of a surname that does not tell a woman from a man in the genitive."""
    return len(word.norm) > 4 and word.norm.endswith(SURNAME + UNCHANGING)


def genders_elsewhere(words: Sequence[Word], name: FullName) -> set[str]:
    """What other forms of the name tell (f, m): `Александры Беловой`, `Александром Беловым`."""
    given, surname = name.given.norm[:-1], name.surname.norm
    stem = surname if surname.endswith(UNCHANGING) else surname[:-1]
    told: set[str] = set()
    for one, other in pairwise(words):
        first, last = (one, other) if one.norm.startswith(given) else (other, one)
        if first.norm.startswith(given) and last.norm.startswith(stem):
            endings = first.norm.removeprefix(given), last.norm.removeprefix(surname[:-1])
            told.update("f" for kind in zip(endings, WOMEN, strict=True) if kind[0] in kind[1])
            told.update("m" for kind in zip(endings, MEN, strict=True) if kind[0] in kind[1])
    return told


def acts(words: Sequence[Word], name: FullName) -> bool:
    """Whether a name is a subject or stands for itself: `Александра Белова заявила`, `Александра Белова: «Нет»`."""
    before = words[name.first.i - 1] if name.first.i else None
    if before is not None and before.pos == "ADP" and before.sentence == name.first.sentence:
        return False
    top, head = name.top, words[name.top.head]
    if head is top:
        return True
    if top.dep.startswith("nsubj"):
        return agrees(words, name, head)
    if top.dep == "conj":
        return head.case == "Nom" and head.dep.startswith("nsubj")
    return holds_office(words, head) or acting_verb(words, name) is not None


def agrees(words: Sequence[Word], name: FullName, head: Word) -> bool:
    """Whether what the tree has as the predicate can be a woman's: not `нет`, not a verb in the masculine or neuter."""
    if head.number == "Plur":
        return any(words[i].dep == "conj" and may_be_subject(words[i]) for i in name.top.children)
    if head.pos in FINITE:
        return head.lemma != "нет" and head.gender in (None, "Fem")
    return head.gender == "Fem" or (head.pos in ("NOUN", "PROPN") and head.case == "Nom")


def may_be_subject(word: Word) -> bool:
    """Whether a name joined to another is in the nominative, or may be: `Евгения` of `Александра Белова и Евгения`."""
    return word.case == "Nom" or is_ambiguous(word.norm)


def holds_office(words: Sequence[Word], head: Word) -> bool:
    """Whether a name stands behind an office that is nobody's: `Депутат Александра Белова считает`."""
    role = lexicon.find_role(head.lemma)
    nobodys = role is not None and role.kind in ("office", "member", "profession") and head.gender == "Masc"
    return (
        nobodys
        and head.case == "Nom"
        and head.dep.startswith("nsubj")
        and head.lemma not in lexicon.words("serving")
        and words[head.head].gender in (None, "Fem")
    )


def acting_verb(words: Sequence[Word], name: FullName) -> Word | None:
    """The verb in the feminine that has no other subject: `Ростислава Зимина подала`, `Адвокат Анна Белова подала`."""
    behind = name.last.i + 1
    if behind < len(words) and words[behind].norm == "не":
        behind += 1
    near = [words[name.top.head], *words[behind : behind + 1]]
    for verb in near:
        if verb.gender == "Fem" and (verb.pos in FINITE or verb.feats.get("Variant") == "Short"):
            return verb if all(may_share(words, name, words[i]) for i in verb.children) else None
    return None


def may_share(words: Sequence[Word], name: FullName, child: Word) -> bool:
    """Whether a word that hangs on a verb leaves it to a woman: no subject, or a man's office right before her name."""
    if not child.dep.startswith("nsubj") or child is name.top:
        return True
    return child.gender == "Masc" and words[name.top.head] is child and child.feats.get("Animacy") == "Anim"


def name_woman(words: Sequence[Word], name: FullName) -> None:
    """Make a name a woman's in the nominative, a subject where there is a verb for it."""
    tag_name(words, name, WOMAN)
    head, verb = words[name.top.head], acting_verb(words, name)
    if head.dep.startswith("nsubj") and name.top.dep in ("nmod", "appos"):
        name.top.dep = "appos"
    elif verb is not None and not name.top.dep.startswith("nsubj"):
        hang(words, name.top, verb, "nsubj")


def name_man(words: Sequence[Word], name: FullName) -> None:
    """Make a name a man's in the genitive: `Вдова Александра Белова` where the text speaks of `Александр Белов`."""
    tag_name(words, name, MAN)
    if name.top.dep == "appos":
        name.top.dep = "nmod"


def tag_name(words: Sequence[Word], name: FullName, feats: Mapping[str, str]) -> None:
    """Give both words the same tag, and make one name of them in the tree."""
    for word in (name.given, name.surname):
        word.pos, word.feats = "PROPN", feats
    hang(words, name.surname if name.top is name.given else name.given, name.top, "flat:name")


def hang(words: Sequence[Word], word: Word, head: Word, dep: str) -> None:
    """Put a word under another head in the tree."""
    if word.head != head.i:
        before = words[word.head]
        before.children = [i for i in before.children if i != word.i]
        head.children = sorted([*head.children, word.i])
        word.head = head.i
    word.dep = dep
