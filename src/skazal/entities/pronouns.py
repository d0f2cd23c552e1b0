"""Third-person and possessive pronouns: `он`, `её`, `ему`."""

from collections.abc import Iterator

from skazal.entities.focus import SUBJECTS, Focus, Seen
from skazal.entities.referents import Referent
from skazal.words import Text, Word

GENDERS = {
    **dict.fromkeys("он него нему ним нем его ему им".split(), "masc"),
    **dict.fromkeys("она ее ей нее ней ею нею".split(), "fem"),
}
OTHER = {"тот": "masc", "та": "fem"}
"""Pronouns for the one who is not the subject: `Белов спросил Рыбина, и тот ответил`."""
LATTER = {"последний": "masc", "последняя": "fem"}
"""Adjectives for the one named last: `Белов встретил Рыбина. Последний опоздал`."""
STEPS = 3
"""Sentences back within which the antecedent is looked for."""
CLIMB = 12
"""Links of the tree that are climbed from a pronoun to its clause."""


def pronouns(text: Text) -> Iterator[Word]:
    """Pronouns in the singular that may denote a person."""
    for word in text.words:
        if word.norm in LATTER and word.dep == "nsubj":
            yield word
        if word.pos not in ("PRON", "DET") or word.number == "Plur":
            continue
        if word.norm in GENDERS or (word.norm in OTHER and word.dep == "nsubj"):
            yield word


def antecedent(text: Text, word: Word, focus: Focus) -> Referent | None:
    """Whom a pronoun denotes; None when it is nobody with a name, or nothing tells."""
    if word.norm in OTHER:
        return the_other(text, word, focus)
    if word.norm in LATTER:
        fitting = (one for one in focus.recent(word.i) if one.gender in (None, LATTER[word.norm]))
        return next((one.who for one in fitting if word.sentence - one.sentence <= 1), None)
    here = focus.look(None, word.i, GENDERS[word.norm], "PER")
    found = [one for one in focus.recent(word.i) if possible(text, one, here)]
    return max(found, key=lambda one: focus.salience(one, here)).who if found else None


def the_other(text: Text, word: Word, focus: Focus) -> Referent | None:
    """The person named last that is not the subject, in the sentence or, for one that opens it, in that before:
    `Белов позвонил Рыбину. Тот ответил`; nobody where a clause says which one it is (`тот, кто ответил`).
    """
    if text.words[min(word.i + 1, len(text.words) - 1)].text == ",":
        return None
    here = focus.look(None, word.i, OTHER[word.norm], "PER")
    back = opens_clause(text, word)
    known = [one for one in focus.recent(word.i) if one.region == here.region]
    near = [one for one in known if (here.step - one.step == 1 if back else one.sentence == here.sentence)]
    fitting = [one for one in near if one.gender in (None, here.gender)]
    others = [one for one in fitting if not one.subject]
    if not others and back and len({id(one.who) for one in fitting}) == 1 and len({id(one.who) for one in near}) > 1:
        return fitting[0].who
    return others[0].who if others else None


def opens_clause(text: Text, word: Word) -> bool:
    """Whether a word is the first of its sentence, but for a conjunction: `А тот ответил`."""
    first, _ = text.sentences[word.sentence]
    return all(before.pos in ("CCONJ", "PUNCT") for before in text.words[first : word.i])


def possible(text: Text, one: Seen, here: Seen) -> bool:
    """Whether nothing in the grammar keeps a pronoun from taking up a mention."""
    if here.step - one.step > STEPS or one.gender not in (None, here.gender):
        return False
    oblique = text.words[here.word].dep not in SUBJECTS
    return not (oblique and one.subject and one.sentence == here.sentence and in_clause(text, here.word, one.clause))


def in_clause(text: Text, i: int, verb: int) -> bool:
    """Whether word `i` hangs on `verb` with no other verb between them."""
    for _ in range(CLIMB):
        if text.words[i].head == i:
            return False
        i = text.words[i].head
        if i == verb:
            return True
        if text.words[i].pos in ("VERB", "AUX"):
            return False
    return False
