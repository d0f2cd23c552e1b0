"""Whose a noun of saying is: the genitive, possessive or agent beside it (`слова мэра`, `его ответ`)."""

from skazal import lexicon
from skazal.morphology import may_be_nominative
from skazal.quotes.phrases import (
    NOMINAL,
    POSSESSIVE,
    REACH,
    Source,
    can_be_source,
    has_preposition,
    is_document,
    names_person,
    phrase,
)
from skazal.quotes.scene import Scene
from skazal.words import Word

PASSING_ON = lexicon.words("passing_on")
UTTERANCES = lexicon.words("utterances")


def issuer_of(scene: Scene, i: int) -> int | None:
    """`в заявлении компании` has `компании`, `данным опроса, проведённого фондом` has `фондом`: the genitive behind a
    document's name, else who made it.
    """
    role = lexicon.find_role(scene.words[i].lemma)
    if (role is not None and role.kind == "org") or scene.named_at[i]:
        return None
    for child in scene.words[i].children:
        noun = scene.words[child]
        linked = noun.dep in ("nmod", "appos", "flat", "flat:name") and noun.pos in NOMINAL
        if child > i and linked and noun.case in ("Gen", None) and not has_preposition(scene, child):
            issues = can_be_source(scene, child) or noun.pos == "PRON" or noun.text.isupper()
            return child if issues or not is_document(scene.words[i]) else None
    return agent_of(scene, i) if is_document(scene.words[i]) else None


def owner_of_words(scene: Scene, i: int) -> Source | None:
    """`приводит слова Иванова агентство`: the genitive speaks, the subject relays."""
    if scene.words[i].lemma not in PASSING_ON:
        return None
    for child in scene.words[i].children:
        noun = scene.words[child]
        if (noun.lemma in UTTERANCES or is_document(noun)) and noun.dep in ("obj", "nsubj"):
            return of_noun(scene, child)
        cited = noun.pos in NOMINAL and noun.case in ("Acc", "Gen") and not has_preposition(scene, child)
        if cited and scene.words[i].lemma.endswith("цитировать"):
            return phrase(scene, child, "quoted")
    person = _beside_outlet(scene, i) if scene.words[i].lemma.endswith("цитировать") else None
    return phrase(scene, person, "quoted") if person is not None else None


def _beside_outlet(scene: Scene, i: int) -> int | None:
    """The person in `цитирует РИА Новости Лю Вэня`, whatever case the tags give a foreign name."""
    last = min(scene.sentence(i)[1], i + REACH)
    persons = [j for j in range(i + 1, last) if names_person(scene, j)]
    outlets = [j for j in range(i + 1, last) if (named := scene.named_at[j]) and named.entity.type == "ORG"]
    return persons[0] if persons and outlets else None


def of_noun(scene: Scene, i: int) -> Source | None:
    """`слова Петровой`, `его ответ`, `заявление компании`, `строки из письма Петровой`."""
    words = scene.words
    for child in words[i].children:
        if words[child].norm in POSSESSIVE:
            return Source(child, child, child + 1, "possessive")
    issuer = issuer_of(scene, i)
    if issuer is not None and _may_speak(scene, issuer):
        return phrase(scene, issuer, "genitive")
    agent = agent_of(scene, i)
    if agent is not None:
        return phrase(scene, agent, "agent")
    for child in words[i].children:
        if words[child].case == "Gen" and any(words[j].norm == "из" for j in words[child].children):
            return of_noun(scene, child)
    following = i + 1
    if following < len(words) and _in_genitive(words[following]) and words[following].pos in (*NOMINAL, "ADJ"):
        head = following
        while words[head].pos == "ADJ" and head + 1 < len(words):
            head += 1
        return phrase(scene, head, "genitive")
    return None


def _in_genitive(word: Word) -> bool:
    """Whether a word stands in the genitive, or is a name tagged as a nominative that it cannot be (`Мокшиной`)."""
    return word.case == "Gen" or (word.pos == "PROPN" and word.case == "Nom" and not may_be_nominative(word.text))


def _may_speak(scene: Scene, i: int) -> bool:
    """Whether a noun in the genitive is somebody: not a thing, as in `сравнение этой ситуации`."""
    return can_be_source(scene, i) or scene.words[i].feats.get("Animacy") != "Inan"


def agent_of(scene: Scene, i: int) -> int | None:
    """`профсоюзом` of `требования, выдвинутые профсоюзом`: who did what a passive participle says of a noun."""
    agents = (_agent_of(scene, child) for child in scene.words[i].children)
    return next((agent for agent in agents if agent is not None), None)


def _agent_of(scene: Scene, participle: int) -> int | None:
    """`профсоюзом` of `выдвинутые профсоюзом`, `выдвинуты профсоюзом`."""
    words = scene.words
    if words[participle].feats.get("VerbForm") != "Part" or words[participle].feats.get("Voice") == "Act":
        return None
    for agent in words[participle].children:
        instrumental = words[agent].case == "Ins" and words[agent].pos in NOMINAL
        if instrumental and not has_preposition(scene, agent) and can_be_source(scene, agent):
            return agent
    return None


def by_whom(scene: Scene, i: int) -> Source | None:
    """`советом` of `Решение было принято советом`: the agent of a passive whose verb or auxiliary is word `i`."""
    participle = scene.words[i].head if scene.words[i].pos == "AUX" else i
    agent = _agent_of(scene, participle)
    return None if agent is None else phrase(scene, agent, "agent")
