"""Whom a phrase without a name takes up from the text before it: a pronoun, a bare noun.

The entities have joined to their persons whatever the text ties to them; here are the ties that only speech makes: a
speaker whom the text never names, and who it must be that has issued a document.
"""

from collections.abc import Iterator

from skazal import lexicon
from skazal.document import Entity, Gender
from skazal.entities.groups import groups
from skazal.quotes.cues import CueSite
from skazal.quotes.phrases import Source, is_one_of, phrase
from skazal.quotes.scene import Scene
from skazal.quotes.sources import source_of
from skazal.quotes.subjects import joint_subjects
from skazal.words import Word

SAYING = frozenset({"say", "ask", "answer", "write", "publish", "argue", "order", "promise", "evaluate", "think"})
"""Classes of cues by which somebody speaks."""
NEAR, FAR = 50, 500
"""Words of the same layer of speech, and words at all, before a pronoun within which somebody has spoken last."""
GENDERS: dict[str, Gender] = {"Masc": "masc", "Fem": "fem"}
STEPS = 4
"""Sentences before a noun within which it takes up somebody who has spoken."""
BACK = 60
"""Words before a phrase within which its antecedent is looked for."""
MASCULINE, FEMININE, PLURAL = (False, "Masc"), (False, "Fem"), (True, None)
PRONOUNS = {
    **dict.fromkeys(("он", "его", "ему", "него", "нему"), MASCULINE),
    **dict.fromkeys(("она", "ее", "ей", "нее", "ней"), FEMININE),
    **dict.fromkeys(("они", "их", "им", "них", "ним", "оба", "обе"), PLURAL),
}
"""Pronouns of the third person: whether they are plural, and their gender."""
OTHERS = {"тот": MASCULINE, "та": FEMININE, "те": PLURAL}
"""Pronouns for those who were not the subject."""
OTHER_THAN_SUBJECTS = frozenset({"obj", "iobj", "obl", "conj"})
NOBODY_YET = lexicon.words("first_person") | lexicon.words("second_person") | {"тот", "та", "те"}
"""Pronouns that only a person of the document can explain."""
SPEAKING = frozenset({"office", "profession", "person", "kin", "member", "source", "group"})
GROUPED = frozenset({"profession", "person", "member", "kin"})
"""Kinds of nouns whose plural is people."""
TAKEN_UP = frozenset({"profession", "person", "member", "office", "kin"})
TAKING_UP = lexicon.words("taking_up")
OF_SOMEBODY = lexicon.words("of_somebody")
GOING_ON = lexicon.words("going_on")
SOMEBODY_NEW, POSSESSIVE = lexicon.words("somebody_new"), lexicon.words("possessive")


def is_pronoun(norm: str) -> bool:
    """Whether a word denotes somebody only through its antecedent."""
    return norm in PRONOUNS or norm in NOBODY_YET


def antecedent(scene: Scene, i: int, after: int = -1) -> Source | None:
    """The unnamed person or group that the pronoun at word `i` stands for, behind the character position `after`.

    It is the nearest subject before it that names a role in its number and gender: `местная жительница … она`,
    `эксперты … их`; for `они` also several subjects together.
    """
    if scene.words[i].norm not in PRONOUNS:
        return _the_other(scene, i, after) if scene.words[i].norm in OTHERS else None
    plural, gender = PRONOUNS[scene.words[i].norm]
    others = _people_before(scene, i) if plural else None
    for j in _subjects_before(scene, i):
        word = scene.words[j]
        if word.start < after:
            return None
        if others is not None and j < scene.sentence(others.head)[0]:
            return others
        if plural and word.number != "Plur" and (joint := joint_subjects(scene, j, scene.words[word.head])):
            return joint
        if word.case != "Nom" or scene.named_at[j] is not None or (word.number == "Plur") != plural:
            continue
        if gender is None or word.gender in (None, gender):
            return phrase(scene, j, "antecedent")
    return others if plural else _addressee(scene, i, gender, after)


def _people_before(scene: Scene, i: int) -> Source | None:
    """`Жалобы поступили от жителей посёлка. Они рассказали`: the last people named in the sentence before the one of
    word `i`, whatever their case, if no others are its subject.
    """
    first = scene.sentence(i)[0]
    before = range(first - 1, scene.sentence(max(first - 1, 0))[0] - 1, -1)
    if any(scene.words[j].dep == "nsubj" and scene.words[j].number == "Plur" for j in before):
        return None
    for j in before:
        word = scene.words[j]
        if word.pos == "NOUN" and word.number == "Plur" and scene.layer[j] == scene.layer[i]:
            role = lexicon.find_role(word.lemma)
            if role is not None and role.kind in GROUPED and scene.named_at[j] is None:
                return phrase(scene, j, "antecedent")
    return None


def _the_other(scene: Scene, i: int, after: int) -> Source | None:
    """`Повар окликнул сторожа. Тот ответил`: whoever is not the subject of the sentence before."""
    plural, gender = OTHERS[scene.words[i].norm]
    first = scene.sentence(i)[0]
    if any(scene.words[j].pos not in ("CCONJ", "PUNCT") for j in range(first, i)) or scene.words[i + 1].text == ",":
        return None
    for j in range(first - 1, scene.sentence(max(first - 1, 0))[0] - 1, -1):
        word = scene.words[j]
        if word.start < after:
            return None
        fits = (word.number == "Plur") == plural and (plural or word.gender == gender)
        other = word.pos == "NOUN" and word.dep in OTHER_THAN_SUBJECTS and scene.layer[j] == scene.layer[i]
        if fits and other and _can_speak(scene, j):
            return phrase(scene, j, "antecedent")
    return None


def _addressee(scene: Scene, i: int, gender: str | None, after: int) -> Source | None:
    """`Он написал жене. Она ответила`: the object of the sentence before, where no subject can be taken up.

    An object with a preposition or a number (`ранил одного прохожего`) is not what a pronoun takes up.
    """
    here = scene.words[i].sentence
    first = scene.sentence(i)[0]
    for j in range(first - 1, max(-1, first - BACK), -1):
        word = scene.words[j]
        if word.start < after or here - word.sentence > 1:
            return None
        if word.dep not in ("obj", "iobj", "obl") or word.case not in ("Dat", "Acc") or word.number == "Plur":
            continue
        new = any(scene.words[child].dep == "case" or scene.words[child].pos == "NUM" for child in word.children)
        unnamed = scene.named_at[j] is None and scene.layer[j] == scene.layer[i]
        if unnamed and not new and word.gender == gender and _can_speak(scene, j):
            return phrase(scene, j, "antecedent")
    return None


def _subjects_before(scene: Scene, i: int) -> Iterator[int]:
    """Subjects before word `i` in its layer of speech that can speak, nearest first."""
    for j in range(i - 1, max(-1, i - BACK), -1):
        subject = scene.words[j].dep in ("nsubj", "nsubj:pass") and scene.layer[j] == scene.layer[i]
        if subject and _can_speak(scene, j) and not _passes_on(scene, j):
            yield j


def _passes_on(scene: Scene, i: int) -> bool:
    """Whether a word is the subject of a verb of passing on: `передаёт корреспондент`."""
    cue = scene.cue_at[scene.words[i].head]
    return cue is not None and cue.entry.kind == "relay"


def speaks(scene: Scene, source: Source) -> bool:
    """Whether a phrase is the subject of a cue."""
    return scene.cue_at[scene.words[source.head].head] is not None


def last_speaker(scene: Scene, i: int) -> tuple[Entity, int] | None:
    """The person named as the source of the last cue before the sentence of the pronoun at word `i`, if near enough,
    and the word of that cue.
    """
    gender = GENDERS.get(PRONOUNS.get(scene.words[i].norm, PLURAL)[1] or "")
    for site in _cues_before(scene, i) if gender else ():
        entity = _named_source_of(scene, site)
        if entity is not None and entity.type == "PER" and entity.gender in (None, gender):
            return entity, site.word
    return None


def _named_source_of(scene: Scene, site: CueSite) -> Entity | None:
    """The entity that the source of a cue belongs to."""
    source = source_of(scene, site)
    named = scene.named_at[source.head] if source else None
    return named.entity if named else None


def _cues_before(scene: Scene, i: int) -> Iterator[CueSite]:
    """Cues of saying before the sentence of word `i`, the last first, in its layer of speech and within NEAR of its
    words.
    """
    passed = 0
    for j in range(scene.sentence(i)[0] - 1, max(-1, i - FAR), -1):
        if scene.layer[j] != scene.layer[i]:
            continue
        passed += 1
        site = scene.cue_at[j]
        if passed > NEAR:
            return
        if site is not None and _says(site):
            yield site


def _says(site: CueSite) -> bool:
    """Whether somebody has spoken by a cue; who waits or shrugs has not, nor whose letters are told of."""
    if site.entry.pos == "NOUN":
        return site.entry.kind in SAYING and site.entry.kind != "write"
    return site.entry.kind in SAYING and bool(site.entry.frames & {"d", "p"})


def _can_speak(scene: Scene, i: int) -> bool:
    """A role noun for a person or group, `один из …`, or a named person."""
    word = scene.words[i]
    role = lexicon.find_role(word.lemma) or (lexicon.find_role(word.norm) if word.number == "Plur" else None)
    return is_one_of(scene, i) or (role is not None and role.kind in SPEAKING) or scene.named_at[i] is not None


def taken_up(scene: Scene, source: Source) -> Entity | None:
    """Whom a noun for a person takes up (`врач`, `сам юбиляр`, `ветеран лиги`): somebody spoken of before.

    One with a capital inside a sentence is a name.
    """
    head = scene.words[source.head]
    role = lexicon.find_role(head.lemma)
    if role is None or role.kind not in TAKEN_UP or head.number != "Sing" or source.by == "label":
        return None
    if head.text != head.norm and scene.sentence(source.head)[0] < source.start:
        return None
    rules = (_last_subject, _without_role, _speaks_on, _only_speaker)
    found = (one for rule in rules if (one := rule(scene, source, role)) is not None)
    fitting = (one for one in found if _of_verbs_gender(head, scene.words[head.head], one))
    return next((one for one in fitting if not _is_other_kin(one, role)), None)


def _is_other_kin(entity: Entity, role: lexicon.Role) -> bool:
    """Whether the text calls a person by another kinship than a noun: `отец Белова` is not `сын`."""
    if role.kind != "kin":
        return False
    named = (lexicon.find_role(lexicon.fold(title.split()[0])) for title in entity.roles)
    kin = {one.group for one in named if one is not None and one.kind == "kin"}
    return bool(kin) and role.group not in kin


def _of_verbs_gender(noun: Word, verb: Word, entity: Entity) -> bool:
    """Whether a person agrees with the verb that a noun is the subject of: `отметила эксперт` is said of a woman."""
    if noun.dep != "nsubj" or verb.pos != "VERB" or verb.gender not in GENDERS:
        return True
    return entity.gender in (None, GENDERS[verb.gender])


def _last_subject(scene: Scene, source: Source, role: lexicon.Role) -> Entity | None:
    """The last narrated subject before a bare noun, if the noun can denote it.

    A noun with a complement, a number or an indefinite word introduces somebody new, and so does one of another trade.
    """
    if not _is_bare(scene, source):
        return None
    for i in _subjects_before(scene, scene.sentence(source.head)[0]):
        named = scene.named_at[i]
        if named is not None and named.entity.type == "PER":
            return named.entity if _fits(named.entity, role) else None
    return None


def _without_role(scene: Scene, source: Source, role: lexicon.Role) -> Entity | None:
    """The person just named of whom the text has not said who it is; further back only one who has spoken.

    Those who speak about others (`судья`, `представитель завода`) must have spoken.
    """
    phrase_words = scene.words[source.start : source.stop]
    if any(word.lemma in SOMEBODY_NEW or word.norm in POSSESSIVE for word in phrase_words):
        return None
    about_others = role.group in groups().attending or (role.kind == "kin" and len(phrase_words) > 1)
    here = scene.words[source.head].sentence
    for entity, sentence, i in _persons_before(scene, source):
        if _trades(entity) or not _of_gender(entity, role):
            continue
        if (not about_others and here - sentence <= 1) or _spoke(scene, entity, i, source.start):
            return entity
    return None


def _speaks_on(scene: Scene, source: Source, role: lexicon.Role) -> Entity | None:
    """`Мэр открыл заседание и сказал, что … . Борис Лось также отметил`: whom the next sentence lets go on speaking."""
    head = scene.words[source.head]
    if role.kind != "office" or head.dep != "nsubj" or scene.cue_at[head.head] is None or not _is_bare(scene, source):
        return None
    _, last = scene.sentence(source.head)
    stop = scene.sentence(last)[1] if last < len(scene.words) else last
    for site in scene.cues_in(last, stop):
        goes_on = scene.words[site.word].lemma in GOING_ON or any(
            scene.words[child].norm == "также" for child in scene.words[site.word].children
        )
        entity = _named_source_of(scene, site) if goes_on and _says(site) else None
        if entity is not None and entity.type == "PER":
            return entity if _fits(entity, role) else None
    return None


def _only_speaker(scene: Scene, source: Source, role: lexicon.Role) -> Entity | None:
    """The only person that the text names, who speaks in it: `эксперт`, wherever the name stands."""
    if scene.persons != 1 or role.kind not in ("office", "profession") or not _is_bare(scene, source):
        return None
    person = next(entity for entity in scene.entities if entity.type == "PER")
    known = _trades(person)
    called = any(
        role.group in (one.group, *one.broader) or one.group in groups().like.get(role.group, ()) for one in known
    )
    fits = (called or not known) and _of_gender(person, role)
    return person if fits and _spoke(scene, person, 0, len(scene.words)) else None


def _is_bare(scene: Scene, source: Source) -> bool:
    """Whether a phrase has nothing but its noun, and what takes up somebody known."""
    return all(word.i == source.head or word.lemma in TAKING_UP for word in scene.words[source.start : source.stop])


def _persons_before(scene: Scene, source: Source) -> Iterator[tuple[Entity, int, int]]:
    """Persons named in the STEPS sentences before a phrase, nearest sentence first, each once: with it and a word."""
    here = scene.words[source.head].sentence
    seen = {named.entity.id for i in range(source.start, source.stop) if (named := scene.named_at[i])}
    for i in range(scene.sentence(source.head)[0] - 1, -1, -1):
        named, sentence = scene.named_at[i], scene.words[i].sentence
        if here - sentence > STEPS:
            return
        if named is not None and named.entity.type == "PER" and named.entity.id not in seen:
            seen.add(named.entity.id)
            yield named.entity, sentence, i


def _spoke(scene: Scene, entity: Entity, start: int, stop: int) -> bool:
    """Whether a person is the source of a cue near a word: in its sentence or up to word `stop`."""
    told = (site for site in scene.cues_in(scene.sentence(start)[0], stop) if _says(site))
    return any((one := _named_source_of(scene, site)) is not None and one.id == entity.id for site in told)


def _fits(entity: Entity, role: lexicon.Role) -> bool:
    """Whether a noun can denote a person: no other gender, and no other trade than the text gives."""
    if not _of_gender(entity, role):
        return False
    known = _trades(entity)
    wanted = {role.group, *role.broader, *groups().like.get(role.group, ())} - {""}
    if role.kind == "person" and not role.group and role.lemma not in OF_SOMEBODY:
        return True
    return not known or any(wanted & {other.group, *other.broader} for other in known)


def _trades(entity: Entity) -> list[lexicon.Role]:
    """What the text says of a person that is no kinship."""
    titles = (lexicon.find_role(lexicon.fold(word)) for title in entity.roles for word in title.split()[:2])
    return [role for role in titles if role is not None and role.kind != "kin"]


def _of_gender(entity: Entity, role: lexicon.Role) -> bool:
    """Whether a noun agrees with a person; offices and professions in the masculine go for women too."""
    if role.gender == "masc" and role.kind in ("office", "profession"):
        return True
    return role.gender not in ("masc", "fem") or entity.gender in (None, role.gender)
