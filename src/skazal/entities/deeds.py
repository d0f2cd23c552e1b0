"""Who persons are by what they do, or what is done to them: `Белов возглавляет область`, `Белова вину отрицает`.

The nouns that a deed allows are those of a role in the lexicon; the text does not say them there.
"""

from collections.abc import Iterator, Mapping, Sequence

from skazal.entities.groups import groups
from skazal.entities.phrases import Phrase, phrase_at
from skazal.entities.referents import Referent
from skazal.entities.roles import Holding, Names, complement_keys, synonyms
from skazal.lexicon import find_role
from skazal.words import Text, Word

DEFENDANT = "обвиняемый"
WITHOUT_PLACE = frozenset({DEFENDANT, "писатель"})
"""Roles of which the object of the verb does not say where or whose."""
ACTORS, PATIENTS = frozenset({"nsubj"}), frozenset({"obj", "nsubj:pass"})


def deeds(text: Text, names: Names, held: Sequence[Holding]) -> Iterator[Holding]:
    """What persons are by the verbs of the text; `held` has what it says of them, O(words)."""
    known = groups()
    people = {one.phrase.head: one.person for one in held}
    for word in text.words:
        if word.pos != "VERB":
            continue
        if word.lemma in known.undergone:
            person = argument(text, word, PATIENTS, names, people)
            role = known.undergone[word.lemma]
        elif word.lemma in known.deeds:
            person = argument(text, word, ACTORS, names, people)
            role = "" if person is None else done(text, word, known.deeds[word.lemma])
        else:
            continue
        if person is not None and role:
            yield holding(text, word, person, role, names)


def argument(
    text: Text, verb: Word, deps: frozenset[str], names: Names, people: Mapping[int, Referent]
) -> Referent | None:
    """The person that hangs on a verb by one of these relations, by its name or by the noun before the name."""
    children = (child for child in verb.children if text.words[child].dep in deps)
    return next((one for child in children if (one := names.persons.get(child) or people.get(child))), None)


def done(text: Text, verb: Word, known: Mapping[str, str]) -> str:
    """The role of who has done something to the object of a verb; none where it is somebody else's (`вину брата`)."""
    thing = thing_of(text, verb)
    role = known.get(text.words[thing].lemma, "") if thing is not None else ""
    return "" if thing is not None and role == DEFENDANT and is_of_others(text, thing) else role


def is_of_others(text: Text, i: int) -> bool:
    """Whether a noun has a genitive that says whose it is."""
    return any(text.words[child].dep == "nmod" for child in text.words[i].children)


def thing_of(text: Text, verb: Word) -> int | None:
    """The object of a verb: `область` of `возглавляет область`, `заводом` of `руководит заводом`, `вины` of `не
    признаёт вины`.
    """
    things = (
        child
        for child in verb.children
        if text.words[child].dep in ("obj", "iobj", "obl") and text.words[child].case in ("Acc", "Gen", "Ins")
    )
    return next(things, None)


def holding(text: Text, verb: Word, person: Referent, role: str, names: Names) -> Holding:
    """What a deed says of a person; whoever `руководил` something no longer does."""
    phrase, thing = Phrase(verb.i, verb.i + 1, verb.i, find_role(role)), thing_of(text, verb)
    if thing is None or role in WITHOUT_PLACE:
        return Holding(person, phrase, frozenset(), former=False, rule="deed")
    place = text.words[thing].lemma
    of = complement_keys(text, phrase_at(text, thing, len(text.words)), names) | {place, *synonyms(place)}
    former = verb.feats.get("Aspect") == "Imp" and verb.feats.get("Tense") == "Past"
    return Holding(person, phrase, of, former, "deed")
