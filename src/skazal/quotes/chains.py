"""One unnamed source under several phrases: `источник, близкий к мэрии`, then `собеседник агентства`, `источник`, `он`.

The speaker of all of them has one name: the phrase that says most of the source, which is the one that introduces it.
"""

from collections.abc import Iterator

from skazal import lexicon
from skazal.document import Entity
from skazal.quotes.phrases import PERSONS, Source, phrase
from skazal.quotes.scene import Scene
from skazal.quotes.sources import source_of
from skazal.words import Word

BACK = 500
"""Words before a phrase within which its source was introduced."""
LEAD = 60
"""Words behind a headline within which its source is introduced."""
TALKER = "собеседник"
TAKING_UP = lexicon.words("taking_up")


def introduced(scene: Scene, source: Source) -> Source:
    """The phrase that introduces whom a bare noun for a source takes up; the phrase itself where there is none.

    A headline's source is introduced below it.
    """
    head = scene.words[source.head]
    if not _is_bare(scene, source):
        return source
    if not _is_source(head):
        return next(_of_the_same_noun(scene, head), source)
    before = _introductions(scene, range(source.head - 1, max(-1, source.head - BACK), -1))
    behind = range(source.stop, min(source.stop + LEAD, len(scene.words)) if scene.line_at[source.head] == 0 else 0)
    return next(before, None) or next(_introductions(scene, behind), source)


def _of_the_same_noun(scene: Scene, head: Word) -> Iterator[Source]:
    """`представитель порта` before `представитель`: somebody whom the text does not name either."""
    role = lexicon.find_role(head.lemma)
    if role is None or role.kind not in PERSONS or head.number == "Plur":
        return
    for i in range(head.i - 1, max(-1, head.i - BACK), -1):
        same = scene.words[i].lemma == head.lemma and scene.words[i].number == head.number
        if same and scene.named_at[i] is None and not _is_bare(scene, found := phrase(scene, i, "introduced")):
            yield found


def talked_to(scene: Scene, source: Source) -> Entity | Source | None:
    """Who spoke last, for `собеседник агентства`: a person with a name or without; None for any other phrase."""
    head = scene.words[source.head]
    if head.lemma != TALKER or head.number == "Plur" or not _is_bare(scene, source):
        return None
    for i in range(source.start - 1, max(-1, source.start - BACK), -1):
        site = scene.cue_at[i]
        spoke = source_of(scene, site) if site is not None and scene.layer[i] == scene.layer[source.head] else None
        if spoke is not None and (person := _person(scene, spoke)) is not None:
            return person
    return None


def _person(scene: Scene, source: Source) -> Entity | Source | None:
    """The one person that a source is, by the entity or by the phrase; None for all others, and for who has asked."""
    named = scene.named_at[source.head]
    if named is not None:
        return named.entity if named.entity.type == "PER" else None
    role = lexicon.find_role(scene.words[source.head].lemma)
    if role is None or role.kind not in PERSONS or role.group == "journalist":
        return None
    return source if scene.words[source.head].number != "Plur" and scene.words[source.head].lemma != TALKER else None


def _introductions(scene: Scene, places: range) -> Iterator[Source]:
    """Phrases at these words that say more of a source than that it is one."""
    for i in places:
        if _is_source(scene.words[i]) and not _is_of_a_thing(scene, i):
            found = phrase(scene, i, "introduced")
            if not _is_bare(scene, found):
                yield found


def _is_source(word: Word) -> bool:
    """`источник`, `собеседник`, `инсайдер`: one of whom the text does not say who it is."""
    role = lexicon.find_role(word.lemma)
    source = word.lemma == TALKER or (role is not None and role.kind == "source")
    return source and word.pos == "NOUN" and word.number != "Plur"


def _is_of_a_thing(scene: Scene, i: int) -> bool:
    """`источник дохода`: no noun in the genitive that stands for people or an outlet is behind it."""
    words = scene.words
    if i + 1 >= len(words) or words[i + 1].pos != "NOUN" or words[i + 1].case != "Gen":
        return False
    return scene.named_at[i + 1] is None and lexicon.find_role(words[i + 1].lemma) is None


def _is_bare(scene: Scene, source: Source) -> bool:
    """`источник`, `этот источник`, `источник агентства`, `собеседник «Вестника»`: nothing tells it from others."""
    others = [word for word in scene.words[source.start : source.stop] if word.i != source.head and word.pos != "PUNCT"]
    if all(word.lemma in TAKING_UP for word in others):
        return True
    talker = scene.words[source.head].lemma == TALKER
    return all(word.i > source.head and _is_outlet(scene, word, talker) for word in others)


def _is_outlet(scene: Scene, word: Word, talker: bool) -> bool:
    """`агентства`, `РИА Новости`: the outlet that a source speaks to, for `собеседник` any organisation."""
    named = scene.named_at[word.i]
    if named is not None and named.entity.type == "ORG":
        return talker or lexicon.fold(named.entity.name) in lexicon.outlets()
    role = lexicon.find_role(word.lemma)
    return role is not None and role.group == "outlet"
