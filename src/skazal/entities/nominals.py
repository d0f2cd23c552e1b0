"""Nouns that denote somebody named elsewhere: `президент`, `глава ведомства`, `спортсменка`."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from skazal.document import Gender
from skazal.entities import gazetteer
from skazal.entities.focus import SUBJECTS, Focus, Seen
from skazal.entities.groups import groups
from skazal.entities.phrases import Phrase, is_former, is_person_noun, phrase_at
from skazal.entities.referents import Referent
from skazal.entities.roles import REACH, Holding, Names, complement_keys, entity_key
from skazal.lexicon import words
from skazal.text.sentences import LINE_BREAK
from skazal.words import Text, Word

NOBODY = frozenset({"source", "member"})
NEAREST = 48
"""Things said of persons that are looked through for a phrase at most."""
STEPS = 3
"""Sentences back within which a description takes somebody up."""
GENDERS: Mapping[str, Gender] = {"Masc": "masc", "Fem": "fem"}
ENDS_PARAGRAPH = re.compile(r"(?:\.|[.!?…][»”“\"])\Z")
"""What ends a sentence that is no headline."""
OBJECTS = frozenset({"obj", "iobj"})
CONVERSE: Mapping[str, str] = {"parent": "child", "child": "parent", "spouse": "spouse"}
"""Kinship seen from the other side."""
POSSESSIVES = frozenset("его ее их свой мой твой наш ваш".split())


@dataclass(frozen=True, slots=True)
class Nominal:
    """A phrase to be understood: what its complements denote, the gender of whom it can denote, whose it is."""

    phrase: Phrase
    lemma: str
    group: str
    of: frozenset[str]
    gender: str | None
    possessive: int | None


@dataclass(frozen=True, slots=True)
class Said:
    """What the text says of persons, in its order: by the lemma of the head noun and by group, and by complement.

    `groups_of` has those of each person.
    """

    by_key: Mapping[str, Sequence[Holding]]
    by_complement: Mapping[str, Sequence[Holding]]
    groups_of: Mapping[int, set[str]]

    def of_kind(self, keys: Iterable[str], what: "Nominal") -> Iterator[Holding]:
        """Holdings under any of the keys: those around a phrase, and those with a complement of its own."""
        for key in keys:
            yield from around(self.by_key.get(key, ()), what.phrase.head)
        for complement in what.of:
            yield from around(self.by_complement.get(complement, ()), what.phrase.head)


def around(found: Sequence[Holding], word: int) -> Sequence[Holding]:
    """The holdings nearest to a word, most of them before it: the work per phrase must not grow with the text."""
    if len(found) <= NEAREST:
        return found
    i = bisect_left(found, word, key=lambda one: one.phrase.head)
    return found[max(0, i - NEAREST + NEAREST // 4) : i + NEAREST // 4]


def said_of(text: Text, found: Sequence[Holding]) -> Said:
    """The holdings of a text as they are looked up."""
    by_key: dict[str, list[Holding]] = defaultdict(list)
    by_complement: dict[str, list[Holding]] = defaultdict(list)
    groups_of: dict[int, set[str]] = defaultdict(set)
    for one in found:
        if one.phrase.role is None or one.phrase.role.kind != "kin":
            groups_of[id(one.person)] |= (one.phrase.groups() or trade(one.phrase)) | workers(text, one.phrase)
        for complement in one.of:
            by_complement[complement].append(one)
        for key in {text.words[one.phrase.head].lemma, *one.phrase.groups()}:
            by_key[key].append(one)
    return Said(by_key, by_complement, groups_of)


def trade(phrase: Phrase) -> set[str]:
    """A profession that has no group of words is one of its own: an agronomist is no pilot."""
    role = phrase.role
    return {" ".join(role.words)} if role is not None and role.kind == "profession" else set()


def workers(text: Text, phrase: Phrase) -> set[str]:
    """The groups of those who work at a place that a phrase names: `депутат` for `глава комитета Госдумы`."""
    places = {word.lemma for word in text.words[phrase.start : phrase.stop]}
    return {group for group, known in groups().works_for.items() if known & places}


def nominal_phrases(text: Text, names: Names, taken: set[int]) -> Iterator[Phrase]:
    """Phrases in the singular that may denote somebody; those with the heads in `taken` stand beside a name."""
    for word in text.words:
        if not is_person_noun(word) or word.number == "Plur" or not names.free(word.i) or word.i in taken:
            continue
        if word.pos == "ADJ" and word.dep in ("amod", "acl") and word.head > word.i:
            continue
        yield phrase_at(text, word.i, name_after(text, word, names))


def name_after(text: Text, word: Word, names: Names) -> int:
    """The first word of a person's name that hangs on a noun: its phrase ends before it."""
    after = range(word.i + 1, min(word.i + REACH, len(text.words)))
    return next((i for i in after if i in names.starts and text.words[i].head == word.i), len(text.words))


def nominal(text: Text, phrase: Phrase, names: Names) -> Nominal:
    """What is to be known of a phrase before it is understood."""
    word = text.words[phrase.head]
    possessive = next((child for child in word.children if text.words[child].norm in POSSESSIVES), None)
    group = phrase.role.group if phrase.role else ""
    of = complement_keys(text, phrase, names) | whose(text, phrase, names)
    return Nominal(phrase, word.lemma, group, of, gender_of(text, phrase), possessive)


def whose(text: Text, phrase: Phrase, names: Names) -> frozenset[str]:
    """The person in the genitive right behind a phrase that is not said of that person: `бабушка Тимофея`."""
    person = names.persons.get(phrase.stop)
    if person is None or text.words[phrase.stop].case != "Gen":
        return frozenset()
    return frozenset({entity_key(person)})


def gender_of(text: Text, phrase: Phrase) -> str | None:
    """The gender of whom a phrase denotes: by a noun for women, by the verb in the past, else by the noun.

    Masculine nouns of office and profession tell nothing by themselves.
    """
    word = text.words[phrase.head]
    gender = phrase.role.gender if phrase.role else GENDERS.get(word.gender or "")
    if gender == "fem":
        return gender
    verb = text.words[word.head]
    if (
        word.dep in SUBJECTS
        and verb.pos == "VERB"
        and verb.feats.get("Tense") == "Past"
        and (verb.gender or "") in GENDERS
    ):
        return GENDERS[verb.gender or ""]
    if phrase.role is not None and phrase.role.kind in ("office", "profession"):
        return None
    return gender if gender == "masc" else None


def denoted(text: Text, what: Nominal, said: Said, focus: Focus, owner: Referent | None) -> tuple[Referent | None, str]:
    """Whom a phrase denotes and the rule that says so; `owner` is whose it is (`его адвокат`): somebody else."""
    if what.phrase.role is not None and what.phrase.role.kind in NOBODY:
        return None, ""
    holder = by_holding(text, what, said, focus, owner)
    if holder is not None and id(holder) not in focus.people and (met := by_description(text, what, said, focus)):
        return met, "description"
    if holder is None and (relative := by_kinship(what, said, focus, owner)) is not None:
        return relative, "kinship"
    if holder is not None or what.possessive is not None:
        return holder, "role"
    for rule in (by_state, by_employer, by_description, by_office, by_headline):
        one = rule(text, what, said, focus)
        if one is not None:
            return (None, "") if is_beside(text, what, one, focus) else (one, rule.__name__.removeprefix("by_"))
    return None, ""


def is_beside(text: Text, what: Nominal, person: Referent, focus: Focus) -> bool:
    """Whether a person is the subject of the clause that a phrase is the object of: `Белова встретила министра`."""
    word = text.words[what.phrase.head]
    if word.dep not in OBJECTS:
        return False
    return any(
        one.who is person and one.subject and one.sentence == word.sentence and one.clause == word.head
        for one in focus.recent(word.i)
    )


def by_holding(text: Text, what: Nominal, said: Said, focus: Focus, owner: Referent | None) -> Referent | None:
    """`президент` of whom the text says that he is `президент Мальты`; of several the one most in mind."""
    broader = what.phrase.role.broader if what.phrase.role else ()
    scores: dict[int, float] = {}
    people: dict[int, Holding] = {}
    for one in said.of_kind({what.lemma, what.group, *broader} - {""}, what):
        score = match(text, what, one) if one.person is not owner else 0.0
        if score > scores.get(id(one.person), 0.0):
            scores[id(one.person)], people[id(one.person)] = score, one
    if not scores:
        return None
    best = max(scores.values())
    tied = {key for key, score in scores.items() if score == best}
    here = focus.look(None, what.phrase.head, what.gender, "PER")
    near = [seen for seen in focus.recent(what.phrase.head) if id(seen.who) in tied]
    if near:
        return max(near, key=lambda seen: focus.salience(seen, here)).who
    return min((people[key] for key in tied), key=lambda one: one.phrase.head).person


def by_kinship(what: Nominal, said: Said, focus: Focus, owner: Referent | None) -> Referent | None:
    """`сын` where the text says that somebody is `отец Белова`: Белов, the last named who has that relative."""
    converse = CONVERSE.get(what.group, "")
    if what.of or (what.possessive is not None and owner is None):
        return None
    told = [one for one in around(said.by_key.get(converse, ()), what.phrase.head) if owner in (None, one.person)]
    relatives = {key for one in told for key in one.of if key.startswith("#")}
    near = (one.who for one in focus.recent(what.phrase.head) if one.who is not None and fits(one, what.gender))
    return next((one for one in near if entity_key(one) in relatives), None)


def match(text: Text, what: Nominal, one: Holding) -> float:
    """How well a phrase fits what the text says of a person; 0 where it does not."""
    if what.gender and one.person.gender and what.gender != one.person.gender:
        return 0.0
    score = likeness(what, text.words[one.phrase.head].lemma, one)
    if not score or not complements_meet(what.of, one.of):
        return 0.0
    if what.of and one.of:
        score += 2.0
    elif what.of:
        score -= 0.5
    return score - (1.0 if one.former != is_former(text, what.phrase) else 0.0)


def complements_meet(ours: frozenset[str], theirs: frozenset[str]) -> bool:
    """Whether two phrases can have complements that denote the same: names are compared with names (`глава «Ромашки»`,
    `глава «Астры»`), else nouns with nouns (`глава Военного совета`, `глава совета`)."""
    if not ours or not theirs:
        return True
    names = [frozenset(key for key in keys if key.startswith("#")) for keys in (ours, theirs)]
    return bool(names[0] & names[1] if all(names) else ours & theirs)


def likeness(what: Nominal, lemma: str, one: Holding) -> float:
    """How near the noun of a phrase is to that of a holding: the same, a synonym, a broader one, a narrower one."""
    theirs = one.phrase.role.group if one.phrase.role else ""
    if what.lemma == lemma or (what.phrase.role is not None and what.phrase.role is one.phrase.role):
        return 3.0
    if what.group and what.group == theirs:
        return 2.5
    if what.group and what.group in one.phrase.groups():
        return 2.0
    narrower = what.phrase.role is not None and theirs in what.phrase.role.broader
    return 1.5 if narrower and what.of and what.of == one.of else 0.0


def by_state(text: Text, what: Nominal, said: Said, focus: Focus) -> Referent | None:
    """`глава Мальты` of whom the text says that he leads a party there: one leader of a state, whatever the office."""
    places = {key for key in what.of if len(key) == 3 and key.startswith("#")}
    if not places or not (what.group in groups().state or what.lemma in ("лидер", "глава")):
        return None
    near = (one for place in places for one in around(said.by_complement.get(place, ()), what.phrase.head))
    holders = {id(one.person): one.person for one in near if one.phrase.groups() & groups().state and not one.former}
    fitting = [person for person in holders.values() if what.gender in (None, person.gender)]
    return fitting[0] if len(fitting) == 1 else None


def by_employer(text: Text, what: Nominal, said: Said, focus: Focus) -> Referent | None:
    """`представитель «Ромашки»` of whom the text says that she is its director: the last named of one employer."""
    if what.group not in groups().staff or not any(key.startswith("#") for key in what.of):
        return None
    named = [key for key in what.of if key.startswith("#")]
    same = (one for key in named for one in around(said.by_complement.get(key, ()), what.phrase.head))
    employed = {id(one.person) for one in same if one.phrase.groups() & groups().staff}
    near = (one for one in focus.recent(what.phrase.head) if id(one.who) in employed and fits(one, what.gender))
    one = next(near, None)
    return one.who if one is not None and focus.steps[what.phrase.head] - one.step <= STEPS else None


def by_description(text: Text, what: Nominal, said: Said, focus: Focus) -> Referent | None:
    """`певица`, `россиянин`: the person in mind, if nothing that the text says of it speaks against the noun."""
    inhabitant = what.lemma in gazetteer.inhabitants()
    if not inhabitant and (what.group not in groups().describing or what.of or introduces(text, what)):
        return None
    group = "man" if inhabitant else what.group
    may_be = lambda one: group in groups().whoever or not is_something_else(one, group, said)  # noqa: E731
    return most_salient(what, focus, may_be) or main_person(what, focus, may_be)


def introduces(text: Text, what: Nominal) -> bool:
    """Whether an adjective of kind makes a noun of those who speak about others a new one: `федеральный чиновник`."""
    adjectives = (word for word in text.words[what.phrase.start : what.phrase.head] if word.pos == "ADJ")
    return what.group in groups().attending and any(
        word.lemma not in words("taking_up") and "-летн" not in word.norm for word in adjectives
    )


def by_office(text: Text, what: Nominal, said: Said, focus: Focus) -> Referent | None:
    """`президент Мальты` where the text names one person and does not say who it is; `глава завода` after its name."""
    if what.group not in groups().heads:
        return None
    if len(focus.people) == 1:
        person = next(iter(focus.people.values()))
        return (
            person if what.gender in (None, person.gender) and not is_something_else(person, what.group, said) else None
        )
    word = text.words[what.phrase.head]
    if word.dep not in SUBJECTS:
        return None
    one = most_salient(what, focus, lambda person: not person.roles)
    return one if one is not None and focus.counts[id(one)] > 1 else None


def by_headline(text: Text, what: Nominal, said: Said, focus: Focus) -> Referent | None:
    """`Актриса попала в больницу` above a text that names her first, or `директор … . Лось руководит …`."""
    word = text.words[what.phrase.head]
    person = focus.first
    if (
        word.sentence
        or word.dep not in SUBJECTS
        or person is None
        or focus.seen
        or what.gender not in (None, person.gender)
        or not is_headline_of(text, person)
    ):
        return None
    known = what.group or what.lemma in gazetteer.inhabitants()
    return person if known and not is_something_else(person, what.group, said) else None


def is_headline_of(text: Text, person: Referent) -> bool:
    """Whether the first sentence stands above a paragraph that names a person, or in it; a paragraph is no headline."""
    last = text.words[text.sentences[0][1] - 1]
    between = text.text[last.end : text.words[person.first()].start]
    return not (ENDS_PARAGRAPH.search(text.text[max(last.end - 2, 0) : last.end]) and LINE_BREAK.search(between))


def most_salient(what: Nominal, focus: Focus, may_be: Callable[[Referent], bool]) -> Referent | None:
    """The person most in mind at a phrase, of the right gender and not further back than STEPS."""
    here = focus.look(None, what.phrase.head, what.gender, "PER")
    near = [one for one in focus.recent(what.phrase.head) if here.step - one.step <= STEPS and fits(one, what.gender)]
    found = [one for one in near if one.who is not None and may_be(one.who)]
    return max(found, key=lambda one: focus.salience(one, here)).who if found else None


def main_person(what: Nominal, focus: Focus, may_be: Callable[[Referent], bool]) -> Referent | None:
    """The person that the text names far more often than any other."""
    person = focus.main
    if (
        person is None
        or id(person) not in focus.people
        or what.gender not in (None, person.gender)
        or not may_be(person)
    ):
        return None
    return person


def fits(one: Seen, gender: str | None) -> bool:
    """Whether a mention can be of this gender."""
    return one.gender is None or gender is None or one.gender == gender


def is_something_else(person: Referent, group: str, said: Said) -> bool:
    """Whether the text says of a person what does not go with the group."""
    known = said.groups_of.get(id(person), set())
    return bool(known) and group not in known and not known & groups().like.get(group, frozenset())
