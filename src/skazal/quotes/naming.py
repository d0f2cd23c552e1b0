"""From the phrase that denotes a source to the speaker: the entity behind it, or the phrase itself in the
nominative.
"""

from dataclasses import replace

from skazal import lexicon
from skazal.document import Entity, Span, Speaker
from skazal.morphology import nominative_phrase
from skazal.quotes.scene import Named, Scene
from skazal.quotes.sources import Source, joint_subjects, phrase
from skazal.words import Word

NAME_LINKS = frozenset({"appos", "flat", "flat:name", "flat:foreign"})
PERSONS = frozenset({"office", "profession", "person", "kin", "member", "source"})
GENDERS = {"Masc": "masc", "Fem": "fem"}


def speaker_of(scene: Scene, source: Source) -> Speaker | None:
    """Who a source phrase denotes; None for a pronoun whose referent is unknown."""
    if source.by == "subjects":
        return _several(scene, source)
    named = named_source(scene, source)
    if named is not None and named.mention.kind == "pronoun":
        nearer = antecedent(scene, source.head, after=_last_mention(named, scene.words[source.head].start))
        if nearer is not None:
            return replace(nearer, mention=_span(scene, source.start, source.stop))
    if named is not None:
        mention = named.mention if named.mention.kind == "name" else _span(scene, source.start, source.stop)
        return of_entity(named.entity, Span(mention.start, mention.end, mention.text))
    head = scene.words[source.head]
    if head.norm in PRONOUNS or head.norm in SELF:
        found = antecedent(scene, source.head)
        return replace(found, mention=_span(scene, source.start, source.stop)) if found else None
    words = scene.words[source.start : source.stop]
    name = nominative_phrase(words, scene.text.text, source.head - source.start)
    kind = _type(head)
    if kind == "DOC":
        author = _author_of(scene, source.head)
        if author is not None:
            return of_entity(author, _span(scene, source.start, source.stop))
    gender = GENDERS.get(head.gender or "") if kind == "ROLE" else None
    return Speaker(_small_first(name, words[0]), kind, None, None, gender, _span(scene, source.start, source.stop))  # type: ignore[arg-type]


def _author_of(scene: Scene, i: int) -> Entity | None:
    """Who issued a document that has no genitive: the subject of `подписал`, `направил`, `опубликовал` shortly
    before it.
    """
    words = scene.words
    for j in range(i - 1, max(-1, i - BACK), -1):
        if words[j].lemma in ISSUING and words[j].feats.get("Voice") != "Pass":
            for child in words[j].children:
                named = scene.named_at[child]
                if words[child].dep == "nsubj" and named is not None and named.entity.type != "LOC":
                    return named.entity
    return None


ISSUING = lexicon.words("issuing")


def _several(scene: Scene, source: Source) -> Speaker:
    """Several people listed: a group named by all of them."""
    words = scene.words[source.start : source.stop]
    entities = {
        named.entity.id: named.entity
        for i in range(source.start, source.stop)
        if (named := scene.named_at[i]) and named.entity.type == "PER"
    }
    names = " и ".join(entity.name for entity in entities.values())
    name = (
        names
        if len(entities) > 1
        else _small_first(nominative_phrase(words, scene.text.text, source.head - source.start), words[0])
    )
    return Speaker(name, "GROUP", None, None, None, _span(scene, source.start, source.stop))


def _last_mention(named: Named, position: int) -> int:
    """Where the entity was last mentioned before a character position."""
    return max((mention.end for mention in named.entity.mentions if mention.end <= position), default=-1)


def antecedent(scene: Scene, i: int, after: int = -1) -> Speaker | None:
    """The unnamed person or group that a pronoun of the third person stands for: the nearest subject before it that
    names a role in its number and gender (`местная жительница … она`, `эксперты … их`), behind the character
    position `after`."""
    words, pronoun = scene.words, scene.words[i]
    plural, gender = PRONOUNS.get(pronoun.norm, (None, None))
    if plural is None:
        return None
    for j in range(i - 1, max(-1, i - BACK), -1):
        word = words[j]
        if word.start < after:
            return None
        if word.dep not in ("nsubj", "nsubj:pass") or scene.layer[j] != scene.layer[i] or not _can_speak(scene, j):
            continue
        if plural and word.number != "Plur":
            joint = next((source for child in [word.head] if (source := joint_subjects(scene, j, words[child]))), None)
            if joint is not None:
                return _several(scene, joint)
        if word.case != "Nom" or scene.named_at[j] is not None or (word.number == "Plur") != plural:
            continue
        if gender is None or word.gender in (None, gender):
            return speaker_of(scene, phrase(scene, j, "antecedent"))
    return None


def _can_speak(scene: Scene, i: int) -> bool:
    """A role noun for a person or group, `один из …`, or a named person."""
    word = scene.words[i]
    role = lexicon.roles().get(word.lemma)
    one_of = word.lemma == "один" and i + 1 < len(scene.words) and scene.words[i + 1].norm == "из"
    return one_of or (role is not None and role.kind in (*PERSONS, "group")) or scene.named_at[i] is not None


MASCULINE, FEMININE, PLURAL = (False, "Masc"), (False, "Fem"), (True, None)
PRONOUNS = {
    **dict.fromkeys(("он", "его", "ему", "него", "нему"), MASCULINE),
    **dict.fromkeys(("она", "ее", "ей", "нее", "ней"), FEMININE),
    **dict.fromkeys(("они", "их", "им", "них", "ним"), PLURAL),
}
"""Pronouns of the third person: whether they are plural, and their gender."""
SELF = frozenset("я мы мне нам меня нас ты вы тот та те".split())
BACK = 60
"""Words before a pronoun within which its antecedent is looked for."""


def of_entity(entity: Entity, mention: Span | None) -> Speaker:
    """The speaker that an entity of the document is; a place that speaks is its authorities."""
    kind = "PER" if entity.type == "PER" else "ORG"
    role = max(entity.roles, key=len, default=None)
    return Speaker(entity.name, kind, entity.id, role, entity.gender, mention)  # type: ignore[arg-type]


def named_source(scene: Scene, source: Source) -> Named | None:
    """The mention that the phrase stands for: a name in apposition to its head, else the mention of the head itself."""
    others = set()
    for i in range(source.start, source.stop):
        named = scene.named_at[i]
        if (
            named is not None
            and named.entity.type == "PER"
            and named.mention.kind == "name"
            and _linked(scene, i, source)
        ):
            if not _of_somebody_else(scene, source, named):
                return named
            others.add(named.entity.id)
    named = scene.named_at[source.head]
    if named is None or named.entity.id in others:
        return None
    if (
        named.mention.kind == "name"
        and named.entity.type != "PER"
        and scene.words[source.start].start < named.mention.start
    ):
        return named if _modifiers_only(scene, source, named) else None
    return named


def _of_somebody_else(scene: Scene, source: Source, named: Named) -> bool:
    """`помощник Хелен Грин по связям с прессой`: a person's helper, when the helper's phrase goes on behind the
    name.
    """
    head = scene.words[source.head]
    begins_inside = scene.words[source.head].end < named.mention.start
    goes_on = named.mention.end < scene.words[source.stop - 1].end
    return named.mention.kind == "name" and begins_inside and goes_on and head.lemma in OF_SOMEBODY


OF_SOMEBODY = lexicon.words("of_somebody")


def _linked(scene: Scene, i: int, source: Source) -> bool:
    """Whether word `i` is the head or hangs on it by apposition alone, or ends the phrase in the head's own case."""
    words, top = scene.words, i
    for _ in range(source.stop - source.start):
        if top == source.head:
            return True
        if words[top].dep not in NAME_LINKS:
            break
        top = words[top].head
    named = scene.named_at[i]
    ends = named is not None and named.mention.end >= words[source.stop - 1].end
    head = words[source.head]
    same_case = words[i].case is not None and words[i].case == head.case
    return (
        ends
        and same_case
        and (head.case != "Gen" or (source.by in ("quoted", "genitive", "reference") and head.lemma not in OF_SOMEBODY))
    )


def _modifiers_only(scene: Scene, source: Source, named: Named) -> bool:
    """`российская прокуратура`: what stands before the name only describes it."""
    return all(
        word.end > named.mention.start or word.pos in ("ADJ", "DET", "PUNCT")
        for word in scene.words[source.start : source.head]
    )


def _type(head: Word) -> str:
    role = lexicon.roles().get(head.lemma)
    kind = role.kind if role else ""
    if kind == "org":
        return "ORG"
    if kind == "document":
        return "DOC"
    if kind == "group" or head.number == "Plur" or head.lemma in ("ряд", "большинство", "часть", "группа"):
        return "GROUP"
    if kind in PERSONS or head.feats.get("Animacy") == "Anim":
        return "ROLE"
    return "ORG"


def _small_first(name: str, first: Word) -> str:
    """A phrase loses the capital it has only from the start of its sentence."""
    if first.pos == "PROPN" or first.text[1:2].isupper() or not name:
        return name
    return name[0].lower() + name[1:]


def _span(scene: Scene, start: int, stop: int) -> Span:
    a, b = scene.words[start].start, scene.words[stop - 1].end
    return Span(a, b, scene.text.text[a:b])
