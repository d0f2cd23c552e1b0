"""One walk through the text: nouns and pronouns joined to the persons whom they denote, in reading order."""

from heapq import nlargest
from collections.abc import Iterator, Sequence

from skazal.entities.focus import SUBJECTS, Focus, top_of_phrase
from skazal.entities.institutions import organisation, organisation_phrases
from skazal.entities.nominals import denoted, nominal, nominal_phrases, said_of
from skazal.entities.phrases import Phrase
from skazal.entities.pronouns import antecedent, pronouns
from skazal.entities.referents import Place, Referent
from skazal.entities.roles import Holding, Names, top_of
from skazal.words import Text, Word

HEADLINES = 3
"""Sentences from the beginning of a text in which the person of the headline is named."""
MAIN = 4
"""Times that a text names its main person at least."""
Event = tuple[int, int, Referent | Phrase | Word, Place | None]


def join_mentions(text: Text, referents: Sequence[Referent], names: Names, held: Sequence[Holding]) -> None:
    """Add to the referents the places of nouns and pronouns that denote them; O(words)."""
    counts = {id(one): len(one.places) for one in referents}
    said = said_of(text, held)
    by_pronoun: dict[int, Referent] = {}
    for one in held:
        one.person.places.append(Place(one.phrase.start, one.phrase.stop, "nominal", one.rule))
    focus = Focus(text, counts)
    focus.first, focus.main = first_subject(text, names), main_person(referents)
    for _, _, what, place in sorted(events(text, referents, names, held), key=lambda event: event[:2]):
        if isinstance(what, Referent):
            assert place is not None
            focus.add(focus.look(what, top_of(text, place), what.gender, what.type))
        elif isinstance(what, Phrase):
            if what.role is not None and what.role.kind == "org":
                join_organisation(text, what, focus)
                continue
            phrase = nominal(text, what, names)
            owner = by_pronoun.get(phrase.possessive) if phrase.possessive is not None else None
            one, rule = denoted(text, phrase, said, focus, owner)
            if one is not None:
                one.places.append(Place(what.start, what.stop, "nominal", rule))
            focus.add(focus.look(one, what.head, one.gender if one else phrase.gender, "PER"))
        else:
            one = antecedent(text, what, focus)
            if one is not None:
                by_pronoun[what.i] = one
                one.places.append(Place(what.i, what.i + 1, "pronoun", "pronoun"))
                focus.add(focus.look(one, what.i, one.gender, "PER"))


def main_person(referents: Sequence[Referent]) -> Referent | None:
    """The person that a text names far more often than any other."""
    ranked = nlargest(2, (one for one in referents if one.type == "PER"), key=lambda one: len(one.places))
    if not ranked or len(ranked[0].places) < MAIN:
        return None
    return ranked[0] if len(ranked) == 1 or len(ranked[0].places) >= 2 * len(ranked[1].places) else None


def join_organisation(text: Text, phrase: Phrase, focus: Focus) -> None:
    """Add a noun to the organisation that it denotes, if the text names it."""
    one = organisation(text, phrase, focus)
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
    """Names, phrases and pronouns with the place that orders them."""
    for one in referents:
        for place in one.places:
            if place.kind == "name":
                yield place.start, 0, one, place
    taken = {one.phrase.head for one in held}
    for phrase in nominal_phrases(text, names, taken):
        yield phrase.head, 1, phrase, None
    for phrase in organisation_phrases(text, names):
        yield phrase.head, 1, phrase, None
    for word in pronouns(text):
        yield word.i, 2, word, None
