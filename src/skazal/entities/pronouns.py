"""Third-person and possessive pronouns: `он`, `её`, `ему`."""

from collections import Counter
from collections.abc import Iterator

from skazal.entities.focus import Focus, Seen
from skazal.entities.referents import Referent
from skazal.words import Text, Word

GENDERS = {
    **dict.fromkeys("он него нему ним нем".split(), "masc"),
    **dict.fromkeys("его ему им".split(), "masc"),
    **dict.fromkeys("она ее ей нее ней ею нею".split(), "fem"),
}
POSSESSIVES = frozenset({"его", "ее"})
SENTENCES = 3
"""Sentences back within which the antecedent is looked for."""


def pronouns(text: Text) -> Iterator[Word]:
    """Pronouns in the singular that may denote a person."""
    for word in text.words:
        if word.norm in GENDERS and word.pos in ("PRON", "DET") and not (word.norm == "им" and word.number == "Plur"):
            yield word


def antecedent(text: Text, word: Word, focus: Focus, topic: Counter[int]) -> Referent | None:
    """Whom a pronoun denotes; None when it is nobody with a name, or nothing tells."""
    gender = GENDERS[word.norm]
    found = [one for one in focus.recent(word.i) if possible(text, one, word, gender, focus)]
    if not found:
        return None
    best = max(found, key=lambda one: salience(one, word, focus, topic))
    return best.who


def possible(text: Text, one: Seen, word: Word, gender: str, focus: Focus) -> bool:
    if one.type != "PER" or word.sentence - one.sentence > SENTENCES:
        return False
    if one.gender is not None and one.gender != gender:
        return False
    if word.dep not in ("nsubj", "nsubj:pass") and one.subject and one.sentence == word.sentence and same_clause(text, one, word):
        return False
    return True


def same_clause(text: Text, one: Seen, word: Word) -> bool:
    """Whether a pronoun hangs in the clause of which the mention is the subject."""
    i = word.i
    for _ in range(12):
        if text.words[i].head == i:
            return False
        i = text.words[i].head
        if i == one.clause:
            return True
        if text.words[i].pos in ("VERB", "AUX"):
            return False
    return False


def salience(one: Seen, word: Word, focus: Focus, topic: Counter[int]) -> float:
    inside, around = focus.region_of[word.i], one.region
    distance = word.sentence - one.sentence
    score = -1.0 * distance + 0.8 * one.subject + 0.15 * min(topic[id(one.who)], 8)
    score += 0.3 if one.pronoun else 0.0
    if around != inside:
        score -= 0.8
    return score - 0.002 * (word.i - one.word)
