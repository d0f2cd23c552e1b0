"""Nouns that denote somebody named elsewhere: `президент`, `глава ведомства`, `спортсменка`."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from skazal.entities import gazetteer
from skazal.entities.focus import Focus, Seen
from skazal.entities.phrases import Phrase, is_former, is_person_noun, phrase_at
from skazal.entities.referents import Referent
from skazal.entities.roles import Holding, Names, complement_keys
from skazal.words import Text, Word

DESCRIBING = frozenset(
    "politician official athlete artist singer musician actor writer businessman scientist cosmonaut director_film racer runner footballer "
    "hockey_player tennis_player figure_skater boxer chess_player player swimmer gymnast skier monarch pope activist man woman pensioner "
    "defendant student pilot clergy military".split()
)
"""Groups whose nouns can take up a person of whom the text has not said it: `певица`, `политик`, `мужчина`."""
ONE_OF_A_KIND = frozenset(
    "head_of_state head_of_government monarch governor mayor foreign_minister defence_minister interior_minister finance_minister "
    "minister pope patriarch central_banker speaker party_leader".split()
)
"""Offices that the one person a text is about can hold without the text saying so."""
NOT_PEOPLE = frozenset({"source", "member"})


@dataclass(frozen=True, slots=True)
class Index:
    """Holdings by what can find them: head lemma and groups."""

    by_key: Mapping[str, Sequence[Holding]]


def index_of(found: Sequence[Holding], text: Text) -> Index:
    by_key: dict[str, list[Holding]] = defaultdict(list)
    for one in found:
        for key in {text.words[one.phrase.head].lemma, *one.phrase.groups()}:
            by_key[key].append(one)
    return Index(by_key)


def nominal_phrases(text: Text, names: Names, taken: set[int]) -> list[Phrase]:
    """Phrases in the singular that may denote somebody, those that stand beside the name left out."""
    found = []
    for word in text.words:
        if word.i in names.owners or word.i in taken or word.number == "Plur" or not is_person_noun(word):
            continue
        if word.pos == "ADJ" and not stands_as_noun(text, word):
            continue
        limit = next((k for k in range(word.i + 1, min(word.i + 16, len(text.words))) if k in names.starts and text.words[k].head == word.i), len(text.words))
        found.append(phrase_at(text, word.i, limit))
    return found


def stands_as_noun(text: Text, word: Word) -> bool:
    """`ведущий`, `пострадавшая` with no noun that they describe."""
    head = text.words[word.head]
    return not (word.dep in ("amod", "acl") and head.i > word.i)


def denoted(text: Text, phrase: Phrase, names: Names, index: Index, focus: Focus) -> tuple[Referent | None, str]:
    """Whom a phrase denotes and the rule that says so."""
    if phrase.role is not None and phrase.role.kind in NOT_PEOPLE:
        return None, ""
    of = complement_keys(text, phrase, names)
    holder = by_holding(text, phrase, of, index, focus)
    if holder is not None:
        return holder, "role"
    one = by_description(text, phrase, of, focus, index)
    return one, "description" if one is not None else ""


def by_holding(text: Text, phrase: Phrase, of: frozenset[str], index: Index, focus: Focus) -> Referent | None:
    """The last mentioned of the persons of whom the text says what the phrase says."""
    lemma = text.words[phrase.head].lemma
    keys = {lemma, phrase.role.group if phrase.role else "", *(phrase.role.broader if phrase.role else ())} - {""}
    found: dict[int, tuple[float, Holding]] = {}
    for key in keys:
        for one in index.by_key.get(key, ()):
            score = match(text, phrase, lemma, of, one)
            if score > 0 and score > found.get(id(one.person), (0.0, one))[0]:
                found[id(one.person)] = score, one
    if not found:
        return None
    best = max(score for score, _ in found.values())
    tied = {key: one for key, (score, one) in found.items() if score == best}
    for seen in reversed(focus.seen):
        if seen.who is not None and id(seen.who) in tied:
            return seen.who
    return min(tied.values(), key=lambda one: one.phrase.head).person


def match(text: Text, phrase: Phrase, lemma: str, of: frozenset[str], one: Holding) -> float:
    """How well a phrase fits what the text says of a person; 0 where it does not."""
    gender = phrase.role.gender if phrase.role else ""
    if one.person.gender and gender in ("masc", "fem") and gender != one.person.gender and not (gender == "masc" and is_office(phrase)):
        return 0.0
    same_lemma = lemma == text.words[one.phrase.head].lemma
    mine, theirs = phrase.role.group if phrase.role else "", one.phrase.role.group if one.phrase.role else ""
    if same_lemma:
        score = 3.0
    elif mine and mine == theirs:
        score = 2.5
    elif mine and mine in one.phrase.groups():
        score = 2.0
    elif theirs and phrase.role and theirs in phrase.role.broader and of and of & one.of:
        score = 1.5
    else:
        return 0.0
    if of and one.of:
        if not of & one.of:
            return 0.0
        score += 2.0
    elif of and not one.of:
        score -= 0.5
    if one.former and not is_former(text, phrase):
        score -= 1.0
    return score


def is_office(phrase: Phrase) -> bool:
    return phrase.role is not None and phrase.role.kind in ("office", "profession")


def by_description(text: Text, phrase: Phrase, of: frozenset[str], focus: Focus, index: Index) -> Referent | None:
    """The person in mind, if nothing that the text says of it speaks against the phrase."""
    word = text.words[phrase.head]
    group = phrase.role.group if phrase.role else ""
    kind = "person" if word.lemma in gazetteer.inhabitants() else phrase.role.kind if phrase.role else ""
    if not group and kind != "person":
        return None
    if group not in DESCRIBING and kind != "person" and group not in ONE_OF_A_KIND:
        return None
    gender = gender_of(phrase, word)
    candidates = [one for one in focus.recent(word.i) if one.type == "PER" and fits(one, gender)]
    candidates = [one for one in candidates if one.who is not None and focus.steps[word.i] - one.step <= 3 and not otherwise(one.who, group, kind, index)]
    if not candidates:
        return None
    if group in ONE_OF_A_KIND:
        people = {id(one.who) for one in focus.seen if one.who is not None and one.type == "PER"}
        return candidates[0].who if len(people) == 1 else None
    if of - {""} and kind != "person":
        return None
    here = focus.look(None, word.i, gender, "PER")
    return max(candidates, key=lambda one: focus.salience(one, here)).who


def fits(one: Seen, gender: str | None) -> bool:
    return one.gender is None or gender is None or one.gender == gender


def gender_of(phrase: Phrase, word: Word) -> str | None:
    """The gender of whom a noun can denote; masculine nouns of office say nothing."""
    gender = phrase.role.gender if phrase.role else {"Masc": "masc", "Fem": "fem"}.get(word.gender or "")
    return None if gender in ("common", "") else gender


def otherwise(person: Referent, group: str, kind: str, index: Index) -> bool:
    """Whether the text says of the person something else of the same kind."""
    if kind == "person":
        return False
    said = [one for key in (group,) for one in index.by_key.get(key, ()) if one.person is person]
    anything = person.roles
    return bool(anything) and not said
