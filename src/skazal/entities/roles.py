"""What the text says persons are: by apposition (`глава завода Ян Белов`) and predicate (`Белов стал директором`)."""

from collections.abc import Collection, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from skazal.entities import gazetteer
from skazal.entities.phrases import Phrase, complements, is_former, is_person_noun, phrase_at
from skazal.entities.referents import Place, Referent
from skazal.entities.spans import CLOSING, HONORIFICS, MARKS, OPENING, opens_sentence
from skazal.lexicon import find_role
from skazal.morphology import is_oblique, nominative_phrase
from skazal.words import Text, Word, fold

BECOMING = frozenset(
    "являться стать становиться быть назначить назначать избрать избирать переизбрать утвердить работать служить "
    "оказаться оставаться остаться считаться называться провозгласить объявить признать".split()
)
POSTS = frozenset("пост должность место звание кресло титул".split())
GENERIC = frozenset("государство страна республика".split())
BETWEEN = frozenset({"ADJ", "ADV", "NUM", "DET", "ADP", "NOUN", "PROPN", "X"})
REACH = 14
"""Words before a name within which the noun that it stands in apposition to is looked for."""
SUBJECTS = frozenset({"nsubj", "nsubj:pass"})
COUNTRY = len("#RU")
"""Letters of the key of a country."""
RELATIONS = frozenset({"spokesperson", "deputy_leader", "lawyer"})
"""Groups of those who are somebody's: a name in the genitive behind their noun may be the other's."""
POSSESSIVES: Mapping[str, str] = {"его": "masc", "ее": "fem"}
JOINING = frozenset({",", "—", "–", "-"})
"""What stands between two phrases that say who one person is."""
ENUMERATED = 4
"""Phrases before the one beside the name that may say more of the person."""


class Holding(NamedTuple):
    """The text says that `person` is what `phrase` denotes; `of` holds what the phrase's complements denote."""

    person: Referent
    phrase: Phrase
    of: frozenset[str]
    former: bool
    rule: str


@dataclass(frozen=True, slots=True)
class Names:
    """Whose name stands at a word: `persons` for persons, `owners` for all.

    `starts` are the first words of persons' names, `offices` nouns of office within the names of organisations
    (`пресс-служба президента Мальты`).
    """

    persons: Mapping[int, Referent]
    owners: Mapping[int, Referent]
    starts: frozenset[int]
    offices: frozenset[int]

    def free(self, i: int) -> bool:
        """Whether word `i` may denote somebody by itself."""
        return i not in self.owners or i in self.offices


def names_of(text: Text, referents: Sequence[Referent]) -> Names:
    """The names of referents by word; where names are nested, that of the inner one."""
    owners: dict[int, Referent] = {}
    persons: dict[int, Referent] = {}
    places = sorted(
        ((place, one) for one in referents for place in one.places), key=lambda pair: pair[0].start - pair[0].stop
    )
    for place, one in places:
        for i in range(place.start, place.stop):
            owners[i] = one
            if one.type == "PER":
                persons[i] = one
    starts = frozenset(place.start for place, one in places if one.type == "PER")
    inner = (i for place, _ in places if place.rule == "owner" for i in range(place.start + 1, place.stop))
    return Names(persons, owners, starts, frozenset(i for i in inner if is_office(text.words[i])))


def is_office(word: Word) -> bool:
    """Whether a word is a noun of office in the lexicon."""
    role = find_role(word.lemma)
    return role is not None and role.kind == "office"


def holdings(text: Text, referents: Sequence[Referent], names: Names) -> list[Holding]:
    """What the text says of persons, in its order; O(words)."""
    found: list[Holding] = []
    for one in referents:
        if one.type == "PER":
            for place in one.places:
                found.extend(
                    holding(text, one, phrase, names, "apposition") for phrase in appositions(text, place, names)
                )
    found.extend(holding(text, one, phrase, names, "predicate") for one, phrase in predicates(text, names))
    unique = {(id(one.person), one.phrase.head): one for one in found if not contradicts(one)}
    clients = clients_of(text, list(unique.values()))
    kept = (one for one in unique.values() if not (is_genitive(text, one) and is_client(one, clients)))
    return sorted(kept, key=lambda one: one.phrase.head)


def clients_of(text: Text, found: Sequence[Holding]) -> set[tuple[str, str]]:
    """Whose lawyer, or spokesman, somebody else is: `адвокат Беловой Ян Лис`, `её адвокат Ян Лис`; then `адвоката Анны
    Беловой` is not Белова. By the group of the noun and by the person, or the gender that a possessive tells.
    """
    clients: set[tuple[str, str]] = set()
    for one in found:
        if one.phrase.role is None or one.phrase.role.group not in RELATIONS or is_genitive(text, one):
            continue
        group = one.phrase.role.group
        clients.update((group, key) for key in one.of if key.startswith("#"))
        before = text.words[max(one.phrase.start - 1, 0)].norm
        if before in POSSESSIVES:
            clients.add((group, POSSESSIVES[before]))
    return clients


def is_client(one: Holding, clients: Container[tuple[str, str]]) -> bool:
    """Whether somebody else has been called what a holding says of a person, as that person's."""
    group = one.phrase.role.group if one.phrase.role is not None else ""
    return (group, entity_key(one.person)) in clients or (group, one.person.gender or "") in clients


def is_genitive(text: Text, one: Holding) -> bool:
    """Whether the noun of a holding stands in the genitive, where the name behind it may be its complement."""
    return text.words[one.phrase.head].case == "Gen"


def contradicts(one: Holding) -> bool:
    """Whether a noun that only women, or only men, are called by is said of the other."""
    role = one.phrase.role
    if role is None or one.person.gender is None or role.gender not in ("masc", "fem"):
        return False
    return role.gender != one.person.gender and (role.gender == "fem" or role.kind in ("kin", "person"))


def holding(text: Text, person: Referent, phrase: Phrase, names: Names, rule: str) -> Holding:
    """A phrase that is said of a person."""
    return Holding(person, phrase, complement_keys(text, phrase, names), is_former(text, phrase), rule)


def complement_keys(text: Text, phrase: Phrase, names: Names) -> frozenset[str]:
    """What a phrase's complements denote: entities under their keys, other nouns by lemma."""
    found: set[str] = set()
    for word in complements(text, phrase):
        owner = names.owners.get(word.i)
        if owner is not None:
            found.add(entity_key(owner))
            found.update(seated(owner))
            if owner.type == "ORG" and word.pos == "NOUN":
                found.add(word.lemma)
        elif word.lemma in gazetteer.country_adjectives():
            found.add("#" + gazetteer.country_adjectives()[word.lemma])
        elif word.pos == "NOUN" and word.lemma not in GENERIC:
            found.add(word.lemma)
            found.update(synonyms(word.lemma))
    return frozenset(found | set(of_countries(found)))


def synonyms(lemma: str) -> Iterator[str]:
    """The group of a noun for people or institutions: `жена артиста` and `жена актёра` have one complement."""
    role = find_role(lemma)
    if role is not None and role.group:
        yield from (f"@{group}" for group in (role.group, *role.broader))


def seated(owner: Referent) -> Iterator[str]:
    """Whose seat a place is: `представитель Кремля` is that of the president of Russia."""
    if (seat := gazetteer.seats().get(gazetteer.plain(owner.name))) is not None:
        country, group = seat
        yield f"@{group}"
        yield f"#{country} @{group}"


def of_countries(keys: Collection[str]) -> Iterator[str]:
    """What complements make together: of `президента` and `России` the president of that country."""
    countries = [key for key in keys if key.startswith("#") and len(key) == COUNTRY]
    return (f"{country} {group}" for country in countries for group in keys if group.startswith("@"))


def entity_key(one: Referent) -> str:
    """What a named complement is compared by."""
    return f"#{one.known}" if one.known else f"#{id(one)}"


def appositions(text: Text, place: Place, names: Names) -> Iterator[Phrase]:
    """Phrases around a person's name that say who it is."""
    before = noun_before(text, place, names)
    if before is not None:
        phrase = phrase_at(text, before, place.start)
        yield phrase
        yield from coordinated(text, before, names)
        yield from enumerated(text, phrase, names)
        if (above := stacked(text, phrase, names)) is not None:
            yield above
            yield from enumerated(text, above, names)
    after = noun_after(text, place, names)
    if after is not None:
        yield after


def is_owner(noun: Word, text: Text, place: Place, names: Names) -> bool:
    """Whether a name after a noun is rather its genitive: `отец Белова`, `представитель Гарсес`, named before."""
    if is_bare_kinship(noun):
        return True
    if noun.case != "Nom" or place.stop - place.start > 1:
        return False
    person = names.persons[place.start]
    form = text.words[place.start].norm
    if form not in fold(person.name).split():
        return True
    role = find_role(noun.lemma)
    relation = role is not None and (role.kind in ("kin", "member") or role.group in RELATIONS)
    return relation and not declines_in(person.name, form) and person.first() < place.start


def is_bare_kinship(noun: Word) -> bool:
    """`брата` of `по словам брата Белова`: in the genitive kinship without `его` or `бывшей` has its other side behind
    it.
    """
    role = find_role(noun.lemma)
    kin = role is not None and role.kind == "kin"
    return kin and noun.case == "Gen" and not any(child < noun.i for child in noun.children)


def declines_in(name: str, form: str) -> bool:
    """Whether a surname in the nominative would look otherwise in the genitive, by its last letter."""
    return form[-1] not in "еиоуыэюьсз" or len(name.split()) < 2


def noun_before(text: Text, place: Place, names: Names) -> int | None:
    """`глава` of `глава завода Ян Белов`: the noun that the tree gives, else the outermost that agrees."""
    head = text.words[top_of(text, place)].head
    if is_apposition(text, head, place, names):
        return None if is_owner(text.words[head], text, place, names) else head
    best = None
    stop = before_brackets(text, place.start)
    first = before_marks(text, stop)
    for i in range(stop - 1, max(-1, stop - REACH), -1):
        word = text.words[i]
        if first <= i < stop:
            continue
        if (
            word.sentence != text.words[place.start].sentence
            or i in names.persons
            or (word.pos not in BETWEEN and word.text not in MARKS)
        ):
            break
        if is_person_noun(word) and i not in names.owners and agrees(word, text, place):
            best = i
    return None if best is None or is_owner(text.words[best], text, place, names) else best


def is_apposition(text: Text, head: int, place: Place, names: Names) -> bool:
    """Whether the tree hangs a name on a noun for people right before it."""
    if head >= place.start or text.words[top_of(text, place)].dep not in ("appos", "flat:name", "flat", "nmod"):
        return False
    noun = text.words[head]
    return (
        is_person_noun(noun)
        and head not in names.owners
        and unbroken(text, head, before_marks(text, before_brackets(text, place.start)))
        and agrees(noun, text, place)
    )


def top_of(text: Text, place: Place) -> int:
    """The word of a name that hangs on a word outside it."""
    inside = range(place.start, place.stop)
    return next((i for i in inside if text.words[i].head not in inside), place.start)


def unbroken(text: Text, start: int, stop: int) -> bool:
    """Whether nothing between two words ends the phrase."""
    return not any(word.pos in ("VERB", "AUX") or word.text in ",;:()—–-" for word in text.words[start + 1 : stop])


def agrees(noun: Word, text: Text, place: Place) -> bool:
    """Whether a noun can stand in apposition to a name: one case, no plural.

    `форвард Спартака` is not one, whatever case the tags give the name. The accusative of a name looks like its
    genitive (`задержали директора базы Ивана Белова`).
    """
    case = case_of(text, place)
    if noun.case == "Acc" and case == "Gen" and holds_alone(noun):
        case = "Acc"
    if noun.case == "Nom" and is_oblique(text.words[place.start].text):
        return False
    return noun.number != "Plur" and (case is None or noun.case is None or noun.case == case)


def holds_alone(noun: Word) -> bool:
    """Whether a noun is an office or trade that is not somebody's, as `адвоката Белова` may be Белов's."""
    role = find_role(noun.lemma)
    return role is not None and role.kind in ("office", "profession") and role.group not in RELATIONS


def coordinated(text: Text, i: int, names: Names) -> Iterator[Phrase]:
    """`актёр` of `актёр и режиссёр Ян Белов`, `поэт` and `актёр` of `поэт, актёр и режиссёр Ян Белов`."""
    words, last = text.words, text.words[i]
    if last.dep != "conj" or last.head >= i:
        return
    joined = [last.head, *(j for j in words[last.head].children if last.head < j < i and words[j].dep == "conj")]
    for j, stop in zip(reversed(joined), reversed([*joined[1:], i]), strict=True):
        word = words[j]
        if not listed(text, j, stop, names):
            return
        if word.case != last.case or word.number == "Plur" or j in names.owners or not is_person_noun(word):
            return
        yield phrase_at(text, j, stop - 1)


def listed(text: Text, start: int, stop: int, names: Names) -> bool:
    """Whether between two words stands nothing that a list of nouns has not: no verb, no dash, no name of a person."""
    between = text.words[start:stop]
    return not any(word.i in names.starts or word.pos in ("VERB", "AUX") or word.text in ";:()—–-" for word in between)


def stacked(text: Text, phrase: Phrase, names: Names) -> Phrase | None:
    """`глава ведомства` of `глава ведомства генерал Ян Белов`: a title right before another one in the same case, none
    in that of a complement (`помощника депутата Белова`).
    """
    noun = text.words[phrase.head]
    if noun.case not in ("Nom", "Dat", "Ins"):
        return None
    for i in range(phrase.start - 1, max(-1, phrase.start - REACH), -1):
        word = text.words[i]
        inside = word.pos in ("NOUN", "PROPN", "ADJ", "X", "NUM", "ADP", "CCONJ") or word.text in MARKS
        if not inside or word.sentence != noun.sentence or i in names.persons:
            return None
        if is_person_noun(word) and word.pos == "NOUN" and word.case == noun.case and i not in names.owners:
            above = phrase_at(text, i, phrase.start)
            return above if above.stop == phrase.start and word.number != "Plur" else None
    return None


def enumerated(text: Text, phrase: Phrase, names: Names) -> Iterator[Phrase]:
    """`министр` of `министр, лидер партии «Весна» Ян Белов`, `глава совета` of `глава совета — секретарь Ян Белов`."""
    for _ in range(ENUMERATED):
        before = before_comma(text, phrase, names)
        if before is None:
            return
        yield before
        phrase = before


def before_comma(text: Text, phrase: Phrase, names: Names) -> Phrase | None:
    """The phrase in the same case that ends at the comma, or dash, before another one."""
    comma = phrase.start - 1
    while comma > 0 and text.words[comma].dep == "amod":
        comma -= 1
    if comma < 1 or text.words[comma].text not in JOINING:
        return None
    first, _ = text.sentences[text.words[comma].sentence]
    for i in range(comma - 1, max(first - 1, comma - REACH), -1):
        word = text.words[i]
        if i in names.persons or word.pos in ("PUNCT", "VERB", "AUX", "PRON"):
            return None
        if is_person_noun(word) and word.case == text.words[phrase.head].case and i not in names.owners:
            before = phrase_at(text, i, comma)
            return before if before.stop == comma else None
    return None


def noun_after(text: Text, place: Place, names: Names) -> Phrase | None:
    """`глава завода` of `Ян Белов, глава завода, …` and `Ян Белов (глава завода)`."""
    words = text.words
    i = after_brackets(text, place.stop)
    if (
        i >= len(words)
        or words[i].text not in (",", "(", "—", "–", "-")
        or words[i].sentence != words[place.start].sentence
    ):
        return None
    j = i + 1
    while j < len(words) and j < i + 6 and (words[j].pos in ("ADJ", "ADV", "DET") or words[j].text[0].isdigit()):
        if is_person_noun(words[j]):
            break
        j += 1
    if j >= len(words) or j in names.owners or not is_person_noun(words[j]) or words[j].sentence != words[i].sentence:
        return None
    if words[j].case not in (case_of(text, place), "Nom", None) or words[j].number == "Plur":
        return None
    limit = next((k for k in range(j, min(j + REACH, len(words))) if k in names.starts), len(words))
    phrase = phrase_at(text, j, limit)
    ends = (
        phrase.stop >= len(words)
        or words[phrase.stop].pos in ("PUNCT", "VERB", "AUX", "SCONJ")
        or words[phrase.stop].sentence != words[i].sentence
    )
    named = phrase.stop in names.starts and words[phrase.stop].head == j
    return phrase if ends and not named else None


def before_brackets(text: Text, i: int) -> int:
    """The word at which the brackets right before word `i` open, or `i`: `глава Союза (Union) Ян Лис`."""
    return before_closed(text, i, "(", ")")


def before_marks(text: Text, i: int) -> int:
    """The word at which the marks right before word `i` open, or `i`: `глава фирмы «Лис, Лось и партнёры» Ян Белов`."""
    return before_closed(text, i, OPENING, CLOSING)


def before_closed(text: Text, i: int, opening: Container[str], closing: Container[str]) -> int:
    """The word at which what is closed right before word `i` opens, or `i`."""
    if not i or text.words[i - 1].text not in closing:
        return i
    return next((j for j in range(i - 2, max(0, i - REACH), -1) if text.words[j].text in opening), i)


def after_brackets(text: Text, i: int) -> int:
    """The word after the brackets that open at word `i`, or `i`."""
    if (
        i < len(text.words)
        and text.words[i].text == "("
        and i + 1 < len(text.words)
        and text.words[i + 1].text[0].isascii()
    ):
        return next((j + 1 for j in range(i, min(i + REACH, len(text.words))) if text.words[j].text == ")"), i)
    return i


def case_of(text: Text, place: Place) -> str | None:
    """The case of a name: its first word's that has one."""
    return next((word.case for word in text.words[place.start : place.stop] if word.case), None)


def predicates(text: Text, names: Names) -> Iterator[tuple[Referent, Phrase]]:
    """Persons and the phrases that a clause says of them."""
    for word in text.words:
        if word.pos != "NOUN" or word.i in names.owners or word.number == "Plur" or not is_person_noun(word):
            continue
        subject = subject_of(text, word)
        if subject is not None and subject in names.persons:
            limit = next(
                (k for k in range(word.i, min(word.i + REACH, len(text.words))) if k in names.starts), len(text.words)
            )
            yield names.persons[subject], phrase_at(text, word.i, limit)


def subject_of(text: Text, noun: Word) -> int | None:
    """Of whom `noun` is said: `Белов — директор`, `Белов стал директором`, `Белова назначили на пост директора`."""
    words = text.words
    if noun.case == "Nom":
        linked = any(words[child].dep == "cop" or words[child].text in "—–-" for child in noun.children)
        return child_with(text, noun.i, SUBJECTS) if linked else None
    if noun.case == "Ins":
        if any(words[child].dep == "cop" for child in noun.children):
            return child_with(text, noun.i, SUBJECTS)
        return of_verb(text, noun.head) if not has_preposition(text, noun.i) else None
    if noun.case == "Gen" and words[noun.head].lemma in POSTS:
        return of_verb(text, words[noun.head].head)
    return None


def of_verb(text: Text, i: int) -> int | None:
    """The person that a verb of becoming or appointing is about."""
    verb = text.words[i]
    if verb.lemma not in BECOMING and verb.lemma not in ("занять", "занимать", "покинуть", "вступить", "получить"):
        return None
    obj = child_with(text, i, frozenset({"obj"}))
    return (
        obj
        if obj is not None and verb.feats.get("Voice") == "Act" and verb.lemma.startswith(("наз", "изб", "утв"))
        else child_with(text, i, SUBJECTS)
    )


def child_with(text: Text, i: int, deps: frozenset[str]) -> int | None:
    """The first dependent of a word by one of these relations."""
    return next((child for child in text.words[i].children if text.words[child].dep in deps), None)


def has_preposition(text: Text, i: int) -> bool:
    """Whether a preposition governs a noun."""
    return any(text.words[child].dep == "case" for child in text.words[i].children)


def add_roles(text: Text, found: Sequence[Holding]) -> None:
    """Write the roles of persons, each once, in the nominative, in the order of the text."""
    known: set[tuple[int, str]] = set()
    for one in found:
        if text.words[one.phrase.head].lemma in HONORIFICS:
            continue
        shown = shown_role(text, one.phrase)
        if (id(one.person), fold(shown)) not in known:
            known.add((id(one.person), fold(shown)))
            one.person.roles.append(shown)


def shown_role(text: Text, phrase: Phrase) -> str:
    """A phrase in the nominative, without the capital that it has from beginning a sentence."""
    first = text.words[phrase.start]
    shown = nominative_phrase(text.words[phrase.start : phrase.stop], text.text, phrase.head - phrase.start)
    begins = opens_sentence(text, first) or text.words[first.i - 1].text in MARKS
    noun = first.pos != "PROPN" or find_role(first.lemma) is not None
    common = noun and not first.text.isupper() and first.text[1:].islower()
    return shown[:1].lower() + shown[1:] if begins and common else shown
