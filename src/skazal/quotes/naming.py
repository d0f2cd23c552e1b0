"""From the phrase that denotes a source to the speaker: the entity behind it, or the phrase itself in the nominative."""

from skazal import lexicon
from skazal.document import Entity, Span, Speaker
from skazal.morphology import nominative_phrase
from skazal.quotes.scene import Named, Scene
from skazal.quotes.sources import Source
from skazal.words import Word

NAME_LINKS = frozenset({"appos", "flat", "flat:name", "flat:foreign"})
PERSONS = frozenset({"office", "profession", "person", "kin", "member", "source"})
GENDERS = {"Masc": "masc", "Fem": "fem"}
SPEAKING_SELF = frozenset({"я", "мы", "мне", "нам", "меня", "нас"})


def speaker_of(scene: Scene, source: Source) -> Speaker | None:
    """Who a source phrase denotes; None for a pronoun whose referent is unknown."""
    named = named_source(scene, source)
    if named is not None:
        mention = named.mention if named.mention.kind == "name" else _span(scene, source.start, source.stop)
        return of_entity(named.entity, Span(mention.start, mention.end, mention.text))
    head = scene.words[source.head]
    if head.pos in ("PRON", "DET"):
        return None
    words = scene.words[source.start : source.stop]
    name = nominative_phrase(words, scene.text.text, source.head - source.start)
    kind = _type(head)
    gender = GENDERS.get(head.gender or "") if kind == "ROLE" else None
    return Speaker(_small_first(name, words[0]), kind, None, None, gender, _span(scene, source.start, source.stop))  # type: ignore[arg-type]


def of_entity(entity: Entity, mention: Span | None) -> Speaker:
    """The speaker that an entity of the document is; a place that speaks is its authorities."""
    kind = "PER" if entity.type == "PER" else "ORG"
    role = max(entity.roles, key=len, default=None)
    return Speaker(entity.name, kind, entity.id, role, entity.gender, mention)  # type: ignore[arg-type]


def named_source(scene: Scene, source: Source) -> Named | None:
    """The mention that the phrase stands for: a name in apposition to its head, else the mention of the head itself."""
    for i in range(source.start, source.stop):
        named = scene.named_at[i]
        if named is not None and named.entity.type == "PER" and named.mention.kind == "name" and _linked(scene, i, source):
            return named
    named = scene.named_at[source.head]
    if named is None:
        return None
    if named.mention.kind == "name" and named.entity.type != "PER" and scene.words[source.start].start < named.mention.start:
        return named if _modifiers_only(scene, source, named) else None
    return named


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
    same_case = words[i].case is not None and words[i].case == words[source.head].case
    return ends and same_case and words[i].dep in ("nmod", "conj", "nsubj", *NAME_LINKS) and words[source.head].case != "Gen"


def _modifiers_only(scene: Scene, source: Source, named: Named) -> bool:
    """`российская прокуратура`: what stands before the name only describes it."""
    return all(word.end > named.mention.start or word.pos in ("ADJ", "DET", "PUNCT") for word in scene.words[source.start : source.head])


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
