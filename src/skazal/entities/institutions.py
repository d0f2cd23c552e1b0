"""Nouns that denote an organisation named elsewhere: `компания`, `ведомство`, `издание`."""

from collections.abc import Iterator
from functools import lru_cache

from skazal.entities import gazetteer
from skazal.entities.focus import Focus
from skazal.entities.phrases import Phrase, phrase_at
from skazal.entities.referents import Referent
from skazal.entities.roles import Names, complement_keys
from skazal.lexicon import Role, find_role, outlets, roles
from skazal.words import Text, Word, fold

STEPS = 4
"""Sentences back within which the organisation is looked for."""
KINDS = {
    "agency": frozenset({"агентство", "информагентство", "информационное агентство"}),
    "paper": frozenset({"газета"}),
    "magazine": frozenset({"журнал"}),
    "tv": frozenset({"телеканал", "канал"}),
    "radio": frozenset({"радиостанция", "радио"}),
    "online": frozenset({"портал", "сайт"}),
}
"""What outlets of each kind in the lexicon are called."""
AUTHORITIES = frozenset(
    "министерство служба агентство управление прокуратура комитет полиция департамент инспекция мвд мид мчс".split()
)
ASSOCIATIONS = frozenset(
    "организация союз фонд движение альянс ассоциация содружество лига объединение партия федерация".split()
)


def organisation_phrases(text: Text, names: Names) -> Iterator[Phrase]:
    """Nouns for organisations in the singular that stand in no name and have no complement with a name."""
    for word in text.words:
        role = find_role(word.lemma) if word.pos == "NOUN" else None
        if role is None or role.kind != "org" or word.number == "Plur" or word.i in names.owners:
            continue
        phrase = phrase_at(text, word.i, len(text.words))
        if not any(key.startswith("#") for key in complement_keys(text, phrase, names)):
            yield phrase


def organisation(text: Text, word: Word, focus: Focus) -> Referent | None:
    """The organisation mentioned last that a noun can denote."""
    role = find_role(word.lemma)
    if role is None:
        return None
    near = (one for one in focus.things(word.i) if focus.steps[word.i] - one.step <= STEPS)
    return next((one.who for one in near if one.who is not None and can_be(one.who, role)), None)


def can_be(who: Referent, role: Role) -> bool:
    """Whether an organisation can be called by a noun."""
    noun, nouns = fold(role.lemma), nouns_of(who)
    if noun in nouns or (role.group and any(group_of(one) == role.group for one in nouns)):
        return True
    if role.group == "outlet":
        return is_outlet(who, noun)
    if noun in ("ведомство", "министерство"):
        return bool(nouns & AUTHORITIES) or fold(who.name).startswith("мин")
    if noun == "организация":
        return bool(nouns & ASSOCIATIONS)
    return role.group == "company" and not nouns and outlets().get(fold(who.name)) is None and who.known is None


def nouns_of(who: Referent) -> frozenset[str]:
    """The nouns by which the text, the name itself or the gazetteer tell what an organisation is."""
    return nouns_in(who.name).union(nouns_in(who.known or ""), who.head_nouns)


@lru_cache(maxsize=4_096)
def nouns_in(name: str) -> frozenset[str]:
    """The nouns for organisations that a name holds in their dictionary form."""
    words = gazetteer.plain(name).split()
    return frozenset(word for word in words if word in roles() or word in gazetteer.head_nouns())


def group_of(noun: str) -> str:
    """The group of a noun in the lexicon, empty for none."""
    role = find_role(noun)
    return "" if role is None else role.group


def is_outlet(who: Referent, noun: str) -> bool:
    """Whether an organisation is an outlet that `noun` can denote; `издание` is any."""
    outlet = outlets().get(fold(who.name))
    if outlet is None:
        return any(place.rule == "site" for place in who.places) and noun not in ("газета", "журнал", "телеканал")
    exact = KINDS.get(outlet.kind, frozenset())
    return noun in exact or not any(noun in nouns for nouns in KINDS.values())
