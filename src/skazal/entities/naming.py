"""Names of places and organisations in the nominative: all mentions of a name decide together what it is."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from skazal.entities import gazetteer
from skazal.entities.gazetteer import plain
from skazal.entities.repeats import same_word
from skazal.entities.spans import MARKS, Name, opens_sentence
from skazal.morphology import (
    declines,
    features,
    inflect,
    inflected,
    known_tags,
    like,
    nominative_phrase,
    parses,
    tag_of,
)
from skazal.names.parsing import respell
from skazal.words import Text, Word, fold

ENDINGS: Mapping[tuple[str, str], Sequence[tuple[str, str]]] = {
    ("Gen", "Masc"): (("а", ""),),
    ("Dat", "Masc"): (("у", ""),),
    ("Ins", "Masc"): (("ом", ""), ("ем", "")),
    ("Loc", "Masc"): (("е", ""),),
    ("Gen", "Fem"): (("ы", "а"), ("и", "а")),
    ("Dat", "Fem"): (("е", "а"),),
    ("Acc", "Fem"): (("у", "а"),),
    ("Ins", "Fem"): (("ой", "а"),),
    ("Loc", "Fem"): (("е", "а"),),
}
VOWELS = frozenset("аеёиоуыэюя")
READINGS = 3
"""Readings of a word in the dictionary that are considered."""
BY_TAG, UNCHANGED, NOMINATIVE, PLACE, OTHER, KNOWN = 1.0, 0.2, 1.0, 0.6, 0.3, 1.5


class Named(NamedTuple):
    """A name with the nominative that the document's mentions make likeliest, as it is shown and as it is compared."""

    name: Name
    shown: str
    key: str


def named(text: Text, names: Sequence[Name]) -> list[Named]:
    """The nominative of each name; O(names)."""
    candidates = [dict(nominatives(text, name)) for name in names]
    votes: dict[str, float] = defaultdict(float)
    for found in candidates:
        for form, weight in found.items():
            votes[plain(form)] += weight
    return [best(name, found, votes) for name, found in zip(names, candidates, strict=True)]


def best(name: Name, found: Mapping[str, float], votes: Mapping[str, float]) -> Named:
    """A name under the nominative with most votes of the document, then of its own."""
    shown = max(found, key=lambda form: (votes[plain(form)], found[form]))
    return Named(name, shown, plain(shown))


def nominatives(text: Text, name: Name) -> Iterator[tuple[str, float]]:
    """What a name can be in the nominative, and how likely each is."""
    words = core_words(text, name)
    if len(words) > 1:
        shown = calm(text, nominative_phrase(words, text.text), words)
        if shown.endswith(words[-1].text) and words[-1].head in (words[0].i, words[-2].i) and words[0].pos != "NOUN":
            shown = shown.removesuffix(words[-1].text) + unknown_nominative(words[-1].text, tag_of(words[-1]))
        yield shown, BY_TAG + (KNOWN if plain(shown) in gazetteer.known() else 0.0)
        listed = known_phrase([word.text for word in words])
        if listed:
            yield listed, BY_TAG + KNOWN
        return
    word = words[0]
    found: dict[str, float] = {}
    for form, weight in of_word(word.text, tag_of(word)):
        found[form] = max(weight, found.get(form, 0.0))
    yield from found.items()


def core_words(text: Text, name: Name) -> list[Word]:
    """The words of the proper name, without the marks at its ends."""
    start, stop = name.core, name.stop
    while start < stop - 1 and text.words[start].text in MARKS:
        start += 1
    last = text.words[stop - 1].text
    inside = [word.text for word in text.words[start : stop - 1]]
    closes = inside.count(last) % 2 == 1 if last in "\"'" else any(mark in inside for mark in "«„“")
    if last in MARKS and stop - 1 > start and not closes:
        stop -= 1
    return list(text.words[start:stop])


def calm(text: Text, shown: str, words: Sequence[Word]) -> str:
    """A phrase without the capitals of a headline, or a common noun without that of the beginning of a sentence.

    The short name of an authority is no common noun: `Минздрав РФ`.
    """
    if len(words) > 2 and all(word.text.isupper() for word in words if word.text[0].isalpha()):
        return shown.capitalize()
    first = words[0]
    begins = opens_sentence(text, first) and first.text[1:].islower()
    common = any(noun.kinds == {"owned"} for noun in gazetteer.head_nouns().get(first.lemma, ()))
    return shown[:1].lower() + shown[1:] if begins and common and first.lemma not in gazetteer.known() else shown


@lru_cache(maxsize=20_000)
def of_word(word: str, tag: str) -> tuple[tuple[str, float], ...]:
    """The nominatives of a name of one word."""
    shouted = word.isupper() and max(map(len, word.split("-"))) > 5
    spelled = word.capitalize() if shouted else word
    found = [(spelled, NOMINATIVE if "Case=Nom" in tag else UNCHANGED)]
    if declines(spelled):
        unknown = not known_tags(fold(spelled))
        found.append((unknown_nominative(spelled, tag) if unknown else inflect(spelled, tag, "Nom"), BY_TAG))
        for parse in parses(fold(spelled))[:READINGS]:
            if not parse.tag.grammemes.isdisjoint(("NOUN", "ADJF")):
                number = "plur" if "plur" in parse.tag.grammemes else "sing"
                form = inflected(parse, frozenset({"nomn", number}))
                weight = PLACE if parse.tag.grammemes & {"Geox", "Orgn"} else OTHER
                found.append((like(spelled, form) if form else spelled, weight * float(parse.score)))
    return tuple((form, weight + (KNOWN if plain(form) in gazetteer.known() else 0.0)) for form, weight in found)


def unknown_nominative(word: str, tag: str) -> str:
    """The nominative of a foreign place that no dictionary has: `Мельборне` to `Мельборн`."""
    feats = features(tag)
    if word.islower() or known_tags(fold(word)):
        return word
    for ending, nominative in ENDINGS.get((feats.get("Case", ""), feats.get("Gender", "")), ()):
        stem = word.removesuffix(ending)
        if stem != word and stem[-1:] not in VOWELS:
            return stem + nominative
    return word


def known_phrase(words: Sequence[str]) -> str | None:
    """The gazetteer's name of which these words are a form, spelled as they are: `Соединённых Штатов`."""
    for name in gazetteer.phrases().get(fold(words[0])[: gazetteer.BEGINNING], ()):
        listed = name.split()
        if len(listed) == len(words) and all(same_word(a, fold(b)) for a, b in zip(listed, words, strict=True)):
            return " ".join(respell(word, form) for word, form in zip(words, listed, strict=True))
    return None
