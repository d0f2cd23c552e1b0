"""One walk through the text: nouns and pronouns joined to the persons whom they denote, in reading order."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from heapq import nlargest

from skazal.entities.focus import SUBJECTS, Focus, top_of_phrase
from skazal.entities.institutions import organisation, organisation_phrases
from skazal.entities.nominals import Nominal, Said, denoted, nominal, nominal_phrases, said_of
from skazal.entities.phrases import Phrase, complements
from skazal.entities.pronouns import antecedent, pronouns
from skazal.entities.referents import Place, Referent
from skazal.entities.roles import Holding, Names, entity_key, top_of
from skazal.lexicon import find_role
from skazal.words import Text, Word

HEADLINES = 3
"""Sentences from the beginning of a text in which the person of the headline is named."""
MAIN = 4
"""Times that a text names its main person at least."""
Event = tuple[int, int, Referent | Phrase | Word, int]


def join_mentions(
    text: Text, referents: Sequence[Referent], names: Names, held: Sequence[Holding], shown: Iterable[Holding]
) -> None:
    """Add to the referents the places of nouns and pronouns that denote them; O(words). `held` is what the text says
    of persons, `shown` what their deeds show of them.
    """
    said = said_of(text, sorted((*held, *shown), key=lambda one: one.phrase.head))
    owners: dict[int, Referent] = {}
    for known in held:
        known.person.places.append(Place(known.phrase.start, known.phrase.stop, "nominal", known.rule))
    counts = {id(one): sum(place.kind == "name" for place in one.places) for one in referents}
    focus = Focus(text, counts, first=first_subject(text, names), main=main_person(referents, counts))
    for _, _, what, head in sorted(events(text, referents, names, held), key=lambda event: event[:2]):
        if isinstance(what, Referent):
            focus.add(focus.look(what, head, what.gender, what.type))
        elif isinstance(what, Word):
            join_pronoun(text, what, focus, owners)
        elif what.role is not None and what.role.kind == "org":
            join_organisation(text, what, focus)
        else:
            join_noun(text, nominal(text, what, names), said, focus, owners)


def join_noun(text: Text, what: Nominal, said: Said, focus: Focus, owners: Mapping[int, Referent]) -> None:
    """Add a phrase to the person that it denotes; what denotes nobody with a name is remembered too."""
    owner = owners.get(what.possessive) if what.possessive is not None else None
    what = replace(what, of=what.of.union(organisations_in(text, what.phrase, focus)))
    one, rule = denoted(text, what, said, focus, owner)
    if one is not None:
        one.places.append(Place(what.phrase.start, what.phrase.stop, "nominal", rule))
    focus.add(focus.look(one, what.phrase.head, one.gender if one else what.gender, "PER"))


def organisations_in(text: Text, phrase: Phrase, focus: Focus) -> Iterator[str]:
    """What the nouns for organisations in a phrase stand for: `представитель ведомства` is of the one just named."""
    for word in complements(text, phrase):
        role = find_role(word.lemma)
        if role is not None and role.kind == "org" and word.number != "Plur":
            one = organisation(text, word, focus)
            if one is not None:
                yield entity_key(one)


def join_pronoun(text: Text, word: Word, focus: Focus, owners: dict[int, Referent]) -> None:
    """Add a pronoun to the person that it denotes; `owners` has the persons of pronouns by word."""
    one = antecedent(text, word, focus)
    if one is not None:
        owners[word.i] = one
        one.places.append(Place(word.i, word.i + 1, "pronoun", "pronoun"))
        focus.add(focus.look(one, word.i, one.gender, "PER"))


def main_person(referents: Sequence[Referent], counts: Mapping[int, int]) -> Referent | None:
    """The person that a text names far more often than any other."""
    ranked = nlargest(2, (one for one in referents if one.type == "PER"), key=lambda one: counts[id(one)])
    if not ranked or counts[id(ranked[0])] < MAIN:
        return None
    return ranked[0] if len(ranked) == 1 or counts[id(ranked[0])] >= 2 * counts[id(ranked[1])] else None


def join_organisation(text: Text, phrase: Phrase, focus: Focus) -> None:
    """Add a noun to the organisation that it denotes, if the text names it."""
    one = organisation(text, text.words[phrase.head], focus)
    if one is not None:
        one.places.append(Place(phrase.start, phrase.stop, "nominal", "description"))
        focus.add(focus.look(one, phrase.head, None, "ORG"))


def first_subject(text: Text, names: Names) -> Referent | None:
    """The first person that a text names, if as a subject and soon after the headline."""
    start = min(names.persons, default=None)
    if start is None or not 0 < text.words[start].sentence <= HEADLINES:
        return None
    return names.persons[start] if text.words[top_of_phrase(text, start)].dep in SUBJECTS else None


def events(text: Text, referents: Sequence[Referent], names: Names, held: Sequence[Holding]) -> Iterator[Event]:
    """Names, phrases and pronouns: the place that orders them, their rank there, what they are, their head word."""
    for one in referents:
        for place in one.places:
            if place.kind == "name":
                yield place.start, 0, one, top_of(text, place)
    for phrase in nominal_phrases(text, names, {one.phrase.head for one in held}):
        yield phrase.head, 1, phrase, phrase.head
    for phrase in organisation_phrases(text, names):
        yield phrase.head, 1, phrase, phrase.head
    for word in pronouns(text):
        yield word.i, 2, word, word.i
