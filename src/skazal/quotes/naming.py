"""From the phrase that denotes a source to the speaker: the entity behind it, or the phrase in the nominative."""

from skazal import lexicon
from skazal.document import Entity, Span, Speaker, SpeakerType
from skazal.entities.roles import RELATIONS, is_bare_kinship
from skazal.morphology import is_oblique, nominative_phrase
from skazal.quotes.antecedents import GENDERS, OTHERS, antecedent, is_pronoun, last_speaker, speaks, taken_up
from skazal.quotes.chains import introduced, talked_to
from skazal.quotes.issuers import author_of, issuer_of
from skazal.quotes.phrases import PERSONS, Source, is_page, names_person
from skazal.quotes.scene import CLOSING, DASHES, OPENING, Named, Scene
from skazal.words import Word

NAME_LINKS = frozenset({"appos", "flat", "flat:name", "flat:foreign"})
TYPES: dict[str, SpeakerType] = {"org": "ORG", "document": "DOC", "group": "GROUP"}
QUANTITIES, APPROXIMATELY = lexicon.words("quantities"), lexicon.words("approximately")
OF_SOMEBODY = lexicon.words("of_somebody")
NICKNAMES = frozenset({"ником", "никнеймом", "псевдонимом"})
ENDS = frozenset({*CLOSING, *DASHES, ",", ".", ":", ";", "!", "?", "…", "("})
NICK = 3
"""Words that a nickname may have."""
BOTH = frozenset({"оба", "обе"})
JOINED_CASES = frozenset({"quoted", "genitive", "reference"})
"""How a source was found where its genitive is the case of the whole phrase, not of a dependent name."""


def speaker_of(scene: Scene, source: Source) -> Speaker | None:
    """Who a source phrase denotes; None for a pronoun whose referent is unknown."""
    mention = span(scene, source.start, source.stop)
    nickname = _nickname(scene, source)
    if nickname is not None:
        return Speaker(nickname.text, "PER", None, None, GENDERS.get(scene.words[source.head].gender or ""), nickname)
    if (owner := _person_of_page(scene, source)) is not None:
        return of_entity(owner, mention)
    named = None if source.by == "subjects" else named_source(scene, source)
    if named is not None and not _nearer_than(scene, source, named):
        if named.mention.kind == "pronoun":
            return of_entity(_spoke_later(scene, source.head, named.entity) or named.entity, mention)
        if named.mention.kind == "name":
            mention = Span(named.mention.start, named.mention.end, named.mention.text)
        return of_entity(named.entity, mention)
    norm = scene.words[source.head].norm
    if is_pronoun(norm):
        known = _of_pronoun(scene, source.head, mention)
        return unnamed(scene, source, mention) if known is None and norm in BOTH else known
    return _described(scene, source, mention)


def _described(scene: Scene, source: Source, mention: Span) -> Speaker:
    """The speaker whom a noun denotes: somebody it takes up, who issued a document, who spoke last without a name
    (`собеседник агентства`), or nobody but the phrase.
    """
    person = taken_up(scene, source) or _owner_of_page(scene, source)
    if person is not None:
        return of_entity(person, mention)
    if _type(scene.words[source.head]) == "DOC":
        return _known_or_not(scene, author_of(scene, source.head) or issuer_of(scene, source) or source, mention)
    return _talked_to(scene, source, mention)


def _owner_of_page(scene: Scene, source: Source) -> Entity | None:
    """The organisation whose page or channel it is: `сайте Кремля`, `Telegram-канале музея`, the first behind it."""
    if not is_page(scene.words[source.head]):
        return None
    behind = (scene.named_at[i] for i in range(source.head + 1, source.stop))
    owner = next((named.entity for named in behind if named is not None), None)
    return owner if owner is not None and owner.type != "PER" else None


def _person_of_page(scene: Scene, source: Source) -> Entity | None:
    """Who writes on a page: `в микроблоге Лося`, `в Telegram-канале депутата Ивана Лося`."""
    words, i = scene.words, source.head + 1
    if not is_page(words[source.head]):
        return None
    while i < len(words) and words[i].case == "Gen" and not names_person(scene, i):
        i += 1
    named = scene.named_at[i] if i < len(words) and names_person(scene, i) else None
    return named.entity if named is not None and words[i].case == "Gen" else None


def _talked_to(scene: Scene, source: Source, mention: Span) -> Speaker:
    """The speaker whom the text has not named, or who spoke last: `собеседник агентства`."""
    return _known_or_not(scene, talked_to(scene, source) or source, mention)


def _known_or_not(scene: Scene, who: Entity | Source, mention: Span) -> Speaker:
    """The speaker that an entity is, or that only a phrase denotes."""
    return of_entity(who, mention) if isinstance(who, Entity) else unnamed(scene, who, mention)


def _nickname(scene: Scene, source: Source) -> Span | None:
    """`lilac_77` of `пользователь под ником lilac_77`: the name that somebody goes by."""
    words = scene.words
    for i in range(source.head + 1, min(source.stop, len(words) - 1)):
        if words[i].norm == "под" and words[i + 1].norm in NICKNAMES and i + 2 < len(words):
            start = i + 2 + (words[i + 2].text in OPENING)
            stop = next((j for j in range(start, len(words)) if words[j].text in ENDS), len(words))
            return span(scene, start, min(stop, start + NICK)) if stop > start else None
    return None


def _of_pronoun(scene: Scene, i: int, mention: Span) -> Speaker | None:
    """Who a pronoun denotes that the entities do not explain: whom its antecedent denotes, or who spoke last."""
    stands_for = antecedent(scene, i)
    if scene.words[i].norm in OTHERS:
        return unnamed(scene, stands_for, mention) if stands_for else None
    person = taken_up(scene, stands_for) if stands_for else None
    if person is None and not (stands_for and speaks(scene, stands_for)):
        person, _ = last_speaker(scene, i) or (None, i)
    if person is not None:
        return of_entity(person, mention)
    return _known_or_not(scene, talked_to(scene, stands_for) or stands_for, mention) if stands_for else None


def _spoke_later(scene: Scene, i: int, entity: Entity) -> Entity | None:
    """Who spoke after the text named the entity that a pronoun was given to, or in the same sentence: `Как сказал
    тренер, Лось был примером. …, — добавил он`.
    """
    spoke = last_speaker(scene, i)
    if spoke is None or spoke[0].id == entity.id:
        return None
    position = scene.words[i].start
    words = [scene.word_range(mention.start, mention.end)[0] for mention in entity.mentions if mention.end <= position]
    named = [word for word in words if scene.layer[word] == scene.layer[i]]
    after = named and scene.words[named[-1]].sentence > scene.words[spoke[1]].sentence
    return None if after else spoke[0]


def _nearer_than(scene: Scene, source: Source, named: Named) -> bool:
    """Whether an unnamed subject stands nearer to a pronoun than the entity that it was given to."""
    if named.mention.kind != "pronoun":
        return False
    position = scene.words[source.head].start
    last = max((mention.end for mention in named.entity.mentions if mention.end <= position), default=-1)
    return antecedent(scene, source.head, after=last) is not None


def of_entity(entity: Entity, mention: Span | None) -> Speaker:
    """The speaker that an entity of the document is; a place that speaks is its authorities."""
    role = max(entity.roles, key=len, default=None)
    return Speaker(entity.name, "PER" if entity.type == "PER" else "ORG", entity.id, role, entity.gender, mention)


def unnamed(scene: Scene, source: Source, mention: Span) -> Speaker:
    """The speaker that only the phrase denotes: a role, a group, an organisation without a name, a document."""
    if source.by == "subjects":
        return Speaker(_listed(scene, source), "GROUP", None, None, None, mention)
    head = scene.words[source.head]
    kind = _type(head)
    gender = GENDERS.get(head.gender or "") if kind == "ROLE" else None
    return Speaker(_nominative(scene, introduced(scene, source)), kind, None, None, gender, mention)


def _listed(scene: Scene, source: Source) -> str:
    """Several people by their full names, or the phrase where not all are named."""
    people = {
        named.entity.id: named.entity.name
        for i in range(source.start, source.stop)
        if (named := scene.named_at[i]) and named.entity.type == "PER"
    }
    return " и ".join(people.values()) if len(people) > 1 else _nominative(scene, source)


def _nominative(scene: Scene, source: Source) -> str:
    """The phrase in the nominative; it loses the capital that it has only from the start of its sentence.

    An approximate number of people has none (`около ста жителей`).
    """
    words = scene.words[source.start : source.stop]
    if any(word.norm in APPROXIMATELY for word in words[: source.head - source.start]):
        name = scene.text.slice(source.start, source.stop)
    else:
        name = nominative_phrase(words, scene.text.text, source.head - source.start)
    kept = words[0].pos == "PROPN" or words[0].text[1:2].isupper()
    return name if kept else name[:1].lower() + name[1:]


def named_source(scene: Scene, source: Source) -> Named | None:
    """The mention that the phrase stands for: a name in apposition to its head, else the mention of the head itself."""
    names = [
        named
        for i in range(source.start, source.stop)
        if (named := scene.named_at[i]) and named.entity.type == "PER" and named.mention.kind == "name"
        if _linked(scene, i, source)
    ]
    own = next((named for named in names if not _of_somebody_else(scene, source, named)), None)
    if own is not None:
        return own
    named = scene.named_at[source.head]
    if named is None or any(other.entity.id == named.entity.id for other in names):
        return None
    if named.mention.kind == "nominal" and _holds_name_of(scene, source, named.entity):
        return None
    begins_before = scene.words[source.start].start < named.mention.start
    if named.mention.kind == "name" and named.entity.type != "PER" and begins_before:
        return named if _modifiers_only(scene, source, named) else None
    return named


def _holds_name_of(scene: Scene, source: Source, entity: Entity) -> bool:
    """Whether a phrase has a person's name in it that is not in apposition to its head: then it is not that person."""
    return any(
        named.entity.id == entity.id and named.mention.kind == "name"
        for i in range(source.start, source.stop)
        if (named := scene.named_at[i]) and i != source.head
    )


def _of_somebody_else(scene: Scene, source: Source, named: Named) -> bool:
    """`адвокат Ивана Грина`, `форвард Спартака`, `помощник Хелен Грин по связям с прессой`: told by case or by what
    follows the name.
    """
    head = scene.words[source.head]
    name = scene.words[scene.word_range(named.mention.start, named.mention.end)[0]]
    goes_on = named.mention.end < scene.words[source.stop - 1].end
    if _differ(head, named.entity) or _complement(head, name, named) or _is_client(scene, head, name, named):
        return True
    other = head.case == "Nom" or is_bare_kinship(head)
    genitive = name.case == "Gen" and other and name.i == head.i + 1
    return head.end < named.mention.start and (goes_on or genitive) and head.lemma in OF_SOMEBODY


def _is_client(scene: Scene, head: Word, name: Word, named: Named) -> bool:
    """`адвоката Анны Беловой` where the entities have not taken the noun for what she is: somebody else is it."""
    role, known = lexicon.find_role(head.lemma), scene.named_at[head.i]
    beside = name.i == head.i + 1 and head.case == name.case == "Gen"
    if role is None or role.group not in RELATIONS or not beside:
        return False
    return known is None or known.entity.id != named.entity.id


def _complement(head: Word, name: Word, named: Named) -> bool:
    """`форвард Спартака`: a noun for a person in the nominative and a single word, as of a man, that has no nominative
    reading.
    """
    alone = named.mention.end == name.end and named.entity.gender == "masc"
    return alone and _kind(head) in PERSONS and head.case == "Nom" and is_oblique(name.text)


def _differ(head: Word, entity: Entity) -> bool:
    """`жены Рената`: a noun of kinship for a woman and a man's name, or the other way round."""
    role = lexicon.find_role(head.lemma)
    kin = role is not None and role.kind in ("kin", "person") and role.gender in ("masc", "fem")
    return bool(kin and role and entity.gender and role.gender != entity.gender)


def _linked(scene: Scene, i: int, source: Source) -> bool:
    """Whether word `i` is the head or hangs on it by apposition alone, or ends the phrase in the head's own case."""
    words, top = scene.words, i
    for _ in range(source.stop - source.start):
        if top == source.head:
            return True
        if words[top].dep not in NAME_LINKS:
            break
        top = words[top].head
    named, head = scene.named_at[i], words[source.head]
    ends = named is not None and named.mention.end >= words[source.stop - 1].end
    same_case = words[i].case is not None and (words[i].case == head.case or _accusative(source, words[i], head))
    dependent = head.case == "Gen" and (source.by not in JOINED_CASES or head.lemma in OF_SOMEBODY)
    return ends and same_case and not dependent


def _accusative(source: Source, name: Word, head: Word) -> bool:
    """`цитирует директора Ивана Лося`: the accusative of the quoted looks like the genitive."""
    return source.by == "quoted" and {name.case, head.case} == {"Acc", "Gen"}


def _modifiers_only(scene: Scene, source: Source, named: Named) -> bool:
    """`российская прокуратура`: what stands before the name only describes it."""
    return all(
        word.end > named.mention.start or word.pos in ("ADJ", "DET", "PUNCT")
        for word in scene.words[source.start : source.head]
    )


def _type(head: Word) -> SpeakerType:
    """What an unnamed source is, by its head noun; a participle without one is somebody (`пострадавшая заявила`)."""
    kind = _kind(head)
    if kind in TYPES:
        return TYPES[kind]
    if head.number == "Plur" or head.lemma in QUANTITIES or (head.pos == "NUM" and head.lemma != "один"):
        return "GROUP"
    if head.lemma == "один":
        return "ROLE"
    if head.feats.get("VerbForm") == "Part":
        return "ROLE"
    return "ROLE" if kind in PERSONS or head.feats.get("Animacy") == "Anim" else "ORG"


def _kind(head: Word) -> str:
    """The kind of role that a noun is for, if any."""
    role = lexicon.find_role(head.lemma)
    return role.kind if role else ""


def span(scene: Scene, start: int, stop: int) -> Span:
    """The words `start` to `stop` (exclusive) as a span."""
    a, b = scene.words[start].start, scene.words[stop - 1].end
    return Span(a, b, scene.text.text[a:b])
