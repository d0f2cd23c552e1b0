"""Noun phrases that say who somebody is: `президент Казахстана`, `25-летняя певица`, `глава ведомства`."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from skazal.entities import gazetteer
from skazal.entities.heads import adjectives_before
from skazal.entities.spans import MARKS
from skazal.lexicon import Role, find_role, roles
from skazal.words import Text, Word

PEOPLE = frozenset({"office", "profession", "person", "kin", "member", "source"})
DEPENDENTS = frozenset(
    {
        "nmod",
        "amod",
        "det",
        "case",
        "flat",
        "flat:name",
        "flat:foreign",
        "fixed",
        "compound",
        "appos",
        "cc",
        "conj",
        "nummod",
    }
)
LENGTH = 20
"""Words that a phrase may have after its head at most."""
FORMER = frozenset({"бывший", "экс", "прежний", "тогдашний", "будущий", "несостоявшийся"})


class Phrase(NamedTuple):
    """A noun phrase without a name in apposition: words `start` to `stop` (exclusive), head noun `head`.

    `role` is the lexicon's entry for the head and the words that belong to it, None for a noun that it does not have.
    """

    start: int
    stop: int
    head: int
    role: Role | None

    def groups(self) -> frozenset[str]:
        """The groups of words that can denote the same person."""
        return frozenset() if self.role is None else frozenset({self.role.group, *self.role.broader}) - {""}


@cache
def roles_by_head() -> Mapping[str, Sequence[tuple[int, Role]]]:
    """Roles by the folded lemma of their head noun, the longest first, with the place of the head in their words."""
    found: dict[str, list[tuple[int, Role]]] = {}
    for role in roles().values():
        place = head_place(role.words)
        found.setdefault(role.words[place], []).append((place, role))
    return {head: sorted(entries, key=lambda entry: -len(entry[1].words)) for head, entries in found.items()}


def head_place(words: Sequence[str]) -> int:
    """The place of the head noun in a role's words: adjectives stand before it."""
    place = 0
    while (
        place < len(words) - 1 and words[place].endswith(("ый", "ий", "ой", "ая", "яя")) and words[place] not in roles()
    ):
        place += 1
    return place


def role_of(text: Text, i: int) -> Role | None:
    """The lexicon's entry for noun `i` with the words around it: `генеральный директор`, `глава государства`; an
    adjective may stand before its last word (`глава британского правительства`, `доктор технических наук`).
    """
    words = text.words
    for place, role in roles_by_head().get(words[i].lemma, ()):
        if len(role.words) == 1 or is_said(words, i - place, i, role.words):
            return role
    return find_role(words[i].lemma) if "-" in words[i].lemma else None


def is_said(words: Sequence[Word], first: int, head: int, said: Sequence[str]) -> bool:
    """Whether the lemmas of words `first` to `head`, and the forms of those behind it, are the words of a role."""
    rest, after = said[head - first + 1 :], head + 1
    if rest and after < len(words) and words[after].pos == "ADJ" and words[after].norm != rest[0]:
        after += 1
    if first < 0 or after + len(rest) > len(words):
        return False
    return all(words[after + j].norm == form for j, form in enumerate(rest)) and all(
        words[first + j].lemma == lemma for j, lemma in enumerate(said[: head - first + 1])
    )


def is_person_noun(word: Word) -> bool:
    """Whether a noun can say who somebody is, known to the lexicon or not."""
    if word.pos not in ("NOUN", "ADJ", "PROPN"):
        return False
    entry = find_role(word.lemma)
    if entry is not None:
        return entry.kind in PEOPLE
    return word.pos == "NOUN" and (word.feats.get("Animacy") == "Anim" or word.lemma in gazetteer.inhabitants())


def phrase_at(text: Text, i: int, limit: int) -> Phrase:
    """The phrase of noun `i`; it ends before word `limit`."""
    start = adjectives_before(text, i)
    while start and text.words[start - 1].pos == "ADJ" and text.words[start - 1].case == text.words[i].case:
        start -= 1
    return Phrase(start, phrase_stop(text, i, limit), i, role_of(text, i))


def phrase_stop(text: Text, i: int, limit: int) -> int:
    """Where the dependents that follow noun `i` without a break end."""
    words = text.words
    stop = i + 1
    j = i + 1
    while j < min(limit, i + LENGTH, len(words)) and words[j].sentence == words[i].sentence:
        word = words[j]
        if word.text in MARKS or word.text == "-":
            j += 1
            continue
        if word.pos in ("PUNCT", "VERB", "AUX", "PRON", "SCONJ") or not hangs_on(text, j, i):
            break
        j += 1
        if word.pos not in ("ADP", "CCONJ", "ADJ"):
            stop = j
    while stop < len(words) and stop < limit and words[stop].text in '»”“"' and opened(text, i, stop):
        stop += 1
    return stop


def hangs_on(text: Text, j: int, i: int) -> bool:
    """Whether word `j` is a dependent of noun `i` through links that keep it in the phrase."""
    for _ in range(LENGTH):
        word = text.words[j]
        if word.head == i:
            return word.dep in DEPENDENTS
        if word.head < i or word.head == j or word.dep not in DEPENDENTS:
            return False
        j = word.head
    return False


def opened(text: Text, start: int, stop: int) -> bool:
    """Whether a mark opened after `start` is still open at `stop`."""
    inside = "".join(word.text for word in text.words[start:stop])
    return inside.count("«") > inside.count("»") or inside.count("„") > inside.count("“") or inside.count('"') % 2 == 1


def is_former(text: Text, phrase: Phrase) -> bool:
    """`экс-президент`, `бывший министр`."""
    words = text.words[phrase.start : phrase.head + 1]
    return words[-1].lemma.startswith("экс-") or any(word.lemma in FORMER for word in words)


def complements(text: Text, phrase: Phrase) -> Iterator[Word]:
    """Words of the phrase that say whose or what for: adjectives of places and nouns after the head."""
    for word in text.words[phrase.start : phrase.head]:
        if word.lemma in gazetteer.country_adjectives():
            yield word
    own = list(phrase.role.words[head_place(phrase.role.words) + 1 :]) if phrase.role is not None else []
    for word in text.words[phrase.head + 1 : phrase.stop]:
        if own and word.norm == own[0]:
            own.pop(0)
        elif word.pos in ("NOUN", "PROPN", "X", "ADJ") and word.text not in MARKS:
            yield word
