"""Whose the words of a cue are: from the cue to the noun phrase that denotes the source.

The tree is asked first (subject, antecedent of a relative clause, issuer of a document), the order of words where
the tree has no answer. Nothing here asks who the phrase denotes in the world; the entities are asked afterwards.
"""

from dataclasses import replace

from skazal import lexicon
from skazal.quotes.cues import CueSite
from skazal.quotes.owners import issuer_of, of_noun, owner_of_words
from skazal.quotes.phrases import (
    CUT,
    DEPTH,
    INFORMATION,
    NOMINAL,
    POSSESSIVE,
    REACH,
    RELATIVE,
    SUBJECTS,
    Source,
    ancestors,
    can_be_source,
    is_document,
    name_further_on,
    phrase,
)
from skazal.quotes.places import REPORTED_IN, collective_place, from_where, in_document, some_place
from skazal.quotes.scene import OPENING, Scene
from skazal.quotes.subjects import behind_colon, nearest_nominative, own_subject, shared_subject, subject_before
from skazal.words import Word

IMPERSONAL = lexicon.words("impersonal")
OUTCRIES = lexicon.words("outcries")


def source_of(scene: Scene, site: CueSite) -> Source | None:
    """The phrase in the cue's own sentence that says whose words these are; None when there is none (a dropped
    subject).
    """
    if site.entry.pos == "PREP":
        return _after_preposition(scene, site)
    if site.entry.pos == "NOUN":
        return of_noun(scene, site.word) or _crier(scene, site.word) or _lying_there(scene, site.word)
    if site.entry.pos == "PRED" and site.entry.lemma.endswith("о"):
        return in_document(scene, site.word)
    found = of_verb(scene, site.word)
    return (_speaker_of_words(scene, found) or found) if found else None


def _speaker_of_words(scene: Scene, source: Source) -> Source | None:
    """`Ответ Рябова был краток`, `Слова мэра звучат так`: who spoke the words that a phrase denotes."""
    cue, noun = scene.cue_at[source.head], scene.words[source.head]
    words = cue is not None and cue.entry.pos == "NOUN" and source.by == "subject" and not is_document(noun)
    return of_noun(scene, source.head) if words and lexicon.find_role(noun.lemma) is None else None


def of_verb(scene: Scene, i: int) -> Source | None:
    """The source of a verb or predicative at word `i`."""
    if passive(scene.words[i]):
        return _reference(scene, i) or in_document(scene, i)
    return (
        _reference(scene, i)
        or from_where(scene, i)
        or owner_of_words(scene, i)
        or _outlet_behind(scene, i)
        or own_subject(scene, i)
        or collective_place(scene, i)
        or behind_colon(scene, i)
        or (shared_subject(scene, i, 1) if scene.words[i].dep == "conj" else None)
        or nearest_nominative(scene, i)
        or subject_before(scene, i)
        or shared_subject(scene, i, DEPTH)
        or some_place(scene, i)
    )


def relay_of(scene: Scene, i: int) -> Source | None:
    """Who passes on what verb `i` reports: `передаёт ТАСС со ссылкой на мэрию`, `приводит слова врача газета`; None
    if nobody.
    """
    if _reference(scene, i) is None and owner_of_words(scene, i) is None:
        return None
    return own_subject(scene, i) or nearest_nominative(scene, i)


def _reference(scene: Scene, i: int) -> Source | None:
    """`…, сообщает агентство со ссылкой на прокуратуру`: the words are the prosecutors'."""
    first, last = scene.sentence(i)
    behind = list(scene.cues_in(i + 1, min(last, i + REACH)))
    before = list(scene.cues_in(max(first, i - REACH), i))[::-1]
    for direction in (behind, before):
        for site in direction:
            if site.entry.pos == "VERB" and scene.words[site.word].feats.get("VerbForm") == "Fin":
                break
            if site.entry.words[-1] == "на" and site.entry.words[0] in ("со", "ссылаясь"):
                source = _after_preposition(scene, site)
                return source if source is not None and can_be_source(scene, source.head) else None
    return None


def _outlet_behind(scene: Scene, i: int) -> Source | None:
    """`…, передаёт «Северный курьер»`, `как пишет «Заря»`: an organisation in marks behind the cue of an insertion."""
    words = scene.words
    inserted = i > 0 and (words[i - 1].text == "," or words[i - 1].norm == "как")
    if not inserted or i + 2 >= len(words) or words[i + 1].text not in OPENING:
        return None
    named = scene.named_at[i + 2]
    if named is None or named.entity.type != "ORG" or scene.layer[i + 2] != scene.layer[i]:
        return None
    stop = scene.word_range(0, named.mention.end)[1]
    head = max(j for j in range(i + 2, stop) if words[j].pos != "PUNCT")
    return Source(head, i + 2, head + 1, "subject") if words[head].case in ("Nom", None) else None


def passive(word: Word) -> bool:
    """`говорится`, `сообщается`, `сказано`, `отмечено`: a verb that leaves its source to a document or a place."""
    if word.pos == "VERB" and word.norm.endswith(("ется", "ится", "лось", "ются", "ятся")):
        return (
            word.number != "Plur"
            and (word.norm.endswith("лось") or word.norm.endswith(("ется", "ится")))
            and word.lemma in IMPERSONAL
        )
    return word.feats.get("Variant") == "Short" and word.norm.endswith("о") and word.feats.get("VerbForm") == "Part"


def _crier(scene: Scene, i: int) -> Source | None:
    """`Колонна прошла под лозунгом «…»`, `встретили команду криками «…»`: the subject of the verb."""
    words = scene.words
    if words[i].lemma not in OUTCRIES or words[i].case != "Ins" or words[i].head == i:
        return None
    verb = next((above for above in ancestors(scene, i) if words[above].pos == "VERB"), None)
    crier = own_subject(scene, verb) or shared_subject(scene, verb, 1) if verb is not None else None
    if crier is None or not crier.start <= i < crier.stop:
        return crier
    return replace(crier, stop=max(crier.head + 1, i - 1))


def _lying_there(scene: Scene, i: int) -> Source | None:
    """`На столе лежала записка: «…»`: a document of nobody in particular, as the subject right before the colon."""
    words = scene.words
    if i + 1 >= len(words) or words[i + 1].text != ":" or words[i].case != "Nom":
        return None
    return phrase(scene, i, "document") if words[i].dep in (*SUBJECTS, "root") and is_document(words[i]) else None


def _after_preposition(scene: Scene, site: CueSite) -> Source | None:
    """`по словам X`, `по его мнению`, `согласно данным X`, `со ссылкой на X`."""
    words = scene.words
    for i in range(site.start, site.stop):
        if words[i].norm in POSSESSIVE:
            return Source(i, i, i + 1, "possessive")
    if (
        words[site.stop - 1].pos == "NOUN"
        and is_document(words[site.stop - 1])
        and site.entry.words[0] not in ("по", "со")
    ):
        issuer = issuer_of(scene, site.stop - 1)
        head = site.stop - 1 if issuer is None else issuer
        return phrase(scene, head, "document" if issuer is None else "issuer")
    last = min(scene.sentence(site.word)[1], site.stop + 6)
    i = _past_place(scene, site.stop, last)
    while i < last and (words[i].pos not in NOMINAL or words[i].dep == "amod" or _modifies(scene, i)):
        if words[i].text in CUT:
            return None
        i += 1
    if i >= last:
        return None
    if is_document(words[i]) or words[i].lemma in INFORMATION:
        issuer = issuer_of(scene, i)
        if issuer is not None:
            return phrase(scene, issuer, "issuer")
    found = phrase(scene, i, "genitive")
    return (
        _of_described(scene, site, i)
        if words[i].lemma in RELATIVE
        else Source(
            found.head, found.start, name_further_on(scene, i, found.start, found.stop, frozenset({"Gen"})), "genitive"
        )
    )


def _of_described(scene: Scene, site: CueSite, relative: int) -> Source | None:
    """`Лось дал прогноз, согласно которому …`: who has given what the relative clause is about."""
    words = scene.words
    noun = next((i for i in range(site.start - 2, site.start - REACH, -1) if i >= 0 and words[i].pos == "NOUN"), None)
    cue = scene.cue_at[noun] if noun is not None else None
    if noun is None or cue is None or words[noun].sentence != words[relative].sentence:
        return None
    verb = next((i for i in ancestors(scene, noun) if words[i].feats.get("VerbForm") == "Fin"), None)
    giver = of_noun(scene, noun)
    return giver or (own_subject(scene, verb) if verb is not None and words[noun].dep not in SUBJECTS else None)


def _past_place(scene: Scene, start: int, last: int) -> int:
    """Past a place or stray comma before a genitive: `согласно показаниям в суде бухгалтера`, `По мнению, мэра,`."""
    words = scene.words
    if start + 1 >= last:
        return start
    if words[start].text == "," and words[start + 1].case == "Gen" and can_be_source(scene, start + 1):
        return start + 1
    if words[start].norm in REPORTED_IN and start + 2 < last and words[start + 1].case == "Loc":
        return start + 2 if words[start + 2].case == "Gen" and can_be_source(scene, start + 2) else start
    return start


def _modifies(scene: Scene, i: int) -> bool:
    """`его` of `по словам его брата`."""
    words = scene.words
    return words[i].norm in POSSESSIVE and i + 1 < len(words) and words[i + 1].pos in ("NOUN", "ADJ", "PROPN")
