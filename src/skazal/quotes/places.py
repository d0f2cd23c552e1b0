"""Places that speak: `сообщили в мэрии`, `говорится в заявлении компании`, `там считают`."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from skazal import lexicon
from skazal.morphology import names_body
from skazal.quotes.owners import issuer_of
from skazal.quotes.phrases import (
    CUT,
    NOMINAL,
    POSSESSIVE,
    REACH,
    RELATIVE,
    Source,
    is_document,
    is_outlet,
    is_page,
    phrase,
)
from skazal.quotes.scene import OPENING, Scene
from skazal.quotes.subjects import JOINING, antecedent, clause_between
from skazal.words import Word

REPORTED_IN = frozenset({"в", "во", "на"})
OCCASIONS = lexicon.words("occasions")
TIMES = lexicon.words("times")
OF_OUTLETS = lexicon.words("of_outlets")
SOUNDING = lexicon.words("sounding")
FROM = frozenset({"из", "с", "со", "от"})
BESIDE = 3
"""Words from a place to its verb between which only a pronoun or an adverb may stand."""


def in_document(scene: Scene, i: int) -> Source | None:
    """`говорится в заявлении компании`, `сообщается на сайте завода`, `справку, в которой сказано`."""
    for place in _places(scene, i):
        if scene.words[place].lemma in OCCASIONS:
            continue
        if scene.words[place].lemma in RELATIVE:
            return antecedent(scene, i)
        for child in scene.words[place].children:
            written = is_document(scene.words[place]) or is_page(scene.words[place])
            if scene.words[child].norm in POSSESSIVE and written:
                return Source(child, child, child + 1, "possessive")
        issuer = None if is_page(scene.words[place]) else issuer_of(scene, place)
        return phrase(scene, place if issuer is None else issuer, "place" if issuer is None else "issuer")
    return None


def collective_place(scene: Scene, i: int) -> Source | None:
    """`сообщили в МВД`, `пояснили в пресс-службе завода`: a plural verb without a subject."""
    word = scene.words[i]
    if (
        word.number != "Plur"
        or word.feats.get("VerbForm") in ("Part", "Conv")
        or word.feats.get("Person") in ("1", "2")
    ):
        return None
    for place in _places(scene, i):
        if _collective(scene, place) or _opens_clause(scene, place, i):
            return _without_addressee(scene, phrase(scene, place, "place"))
    return _there(scene, i)


def from_where(scene: Scene, i: int) -> Source | None:
    """`доносилось из толпы`, `раздавалось с трибун`: the crowd or place that a verb of sound comes from."""
    if scene.words[i].lemma not in SOUNDING:
        return None
    for child in scene.words[i].children:
        if any(scene.words[j].norm in FROM for j in scene.words[child].children) and scene.words[child].case == "Gen":
            return phrase(scene, child, "place")
    return None


def _there(scene: Scene, verb: int) -> Source | None:
    """`В мэрии знают об этом. Но там считают`: the authority that `там` takes up."""
    near = range(verb - 1, max(scene.sentence(verb)[0], verb - BESIDE) - 1, -1)
    adverb = next((i for i in near if scene.words[i].norm in ("там", "здесь")), 0)
    for i in range(adverb - 1, max(-1, adverb - REACH * 2), -1):
        authority = _located(scene, i) and (_collective(scene, i) or scene.named_at[i] is not None)
        if authority and scene.layer[i] == scene.layer[verb]:
            return phrase(scene, i, "place")
    return None


def _opens_clause(scene: Scene, place: int, verb: int) -> bool:
    """`в Кремле его посчитали`, `В торговой палате города заявили`: a place at the start of the clause, right before
    its verb; none of time (`в августе сообщили`), no event (`на встрече сообщили`).
    """
    words, named, noun = scene.words, scene.named_at[place], scene.words[place]
    if not place < verb or noun.lemma in (*OCCASIONS, *TIMES) or (named is not None and named.entity.type == "PER"):
        return False
    stop = phrase(scene, place, "place").stop
    if verb - stop >= BESIDE or any(words[i].pos not in ("PRON", "ADV", "PART") for i in range(stop, verb)):
        return False
    opening = place - 1
    while opening > 0 and words[opening].norm not in REPORTED_IN:
        opening -= 1
    if words[opening].norm == "на" and named is None:
        return False
    before = words[opening - 1]
    return opening <= scene.sentence(verb)[0] or before.text in (*CUT, *OPENING) or before.norm in JOINING


def _without_addressee(scene: Scene, source: Source) -> Source:
    """`В мэрии ТАСС сообщили`: an agency behind the noun for who speaks is whom they told."""
    words, last = scene.words, source.stop - 1
    told = scene.named_at[last]
    if last == source.head or told is None or told.entity.type != "ORG" or told == scene.named_at[source.head]:
        return source
    start = scene.word_range(told.mention.start, told.mention.end)[0]
    own = words[source.head].lemma in OF_OUTLETS and start == source.head + 1
    if not is_outlet(told.entity.name) or own or start <= source.head:
        return source
    return replace(source, stop=start - (words[start - 1].text in OPENING))


def some_place(scene: Scene, i: int) -> Source | None:
    """`ответили в областном минэкономики`: a plural verb without any subject, and a place right behind it."""
    word = scene.words[i]
    if word.number != "Plur" or word.feats.get("VerbForm") != "Fin" or word.feats.get("Person") in ("1", "2"):
        return None
    for place in _places(scene, i):
        named, noun = scene.named_at[place], scene.words[place]
        if (
            place > i
            and noun.lemma not in OCCASIONS
            and noun.pos == "NOUN"
            and (named is None or named.entity.type == "ORG")
        ):
            return phrase(scene, place, "place")
    return None


def _places(scene: Scene, i: int) -> Iterator[int]:
    """Nouns after `в`/`на` in the sentence of verb `i`: those that hang on it, then the nearest, right before left."""
    first, last = scene.sentence(i)
    near = [
        j
        for j in range(max(first, i - REACH), min(last, i + REACH))
        if scene.layer[j] == scene.layer[i] and _located(scene, j) and not (j > i and _past_clause(scene, i, j))
    ]
    hanging = [j for j in near if scene.words[j].head == i]
    yield from sorted(hanging, key=lambda j: (j < i, abs(j - i)))
    yield from sorted((j for j in near if j not in hanging), key=lambda j: (j < i, abs(j - i)))


def _past_clause(scene: Scene, verb: int, place: int) -> bool:
    """Whether a place behind a verb stands in another clause: a subordinate one, or `…, в Кремле его посчитали`."""
    words = scene.words
    if clause_between(scene, verb, place):
        return True
    other = words[place].head
    return other > place and words[other].feats.get("VerbForm") == "Fin" and _comma_between(words, verb, place)


def _comma_between(words: Sequence[Word], start: int, stop: int) -> bool:
    return any(word.text == "," for word in words[start:stop])


def _located(scene: Scene, i: int) -> bool:
    word = scene.words[i]
    named = scene.named_at[i] is not None or word.text.isupper() or names_body(word.norm)
    if word.pos not in NOMINAL or (word.case not in ("Loc", None) and not named):
        return False
    k = i - 1
    while k >= 0 and k > i - 5 and (scene.words[k].pos in ("ADJ", "DET", "NUM") or scene.words[k].text in OPENING):
        k -= 1
    return k >= 0 and scene.words[k].norm in REPORTED_IN


def _collective(scene: Scene, i: int) -> bool:
    """Whether a noun can denote people who speak as one: `МВД`, `пресс-служба`, `полиция`, `компания`."""
    word = scene.words[i]
    if word.lemma in OCCASIONS:
        return False
    role = lexicon.find_role(word.lemma)
    if role is not None:
        return role.kind in ("org", "group")
    named = scene.named_at[i]
    acronym = word.text.isupper() and len(word.text) > 1
    return (named is not None and named.entity.type == "ORG") or acronym or names_body(word.norm)
