"""The subject of a verb as a source: from the tree first, from the order of words where the tree has none."""

from skazal import lexicon
from skazal.morphology import may_be_nominative
from skazal.quotes.owners import UTTERANCES, issuer_of
from skazal.quotes.phrases import (
    NOMINAL,
    REACH,
    RELATIVE,
    SUBJECTS,
    Source,
    ancestors,
    can_be_source,
    is_outlet,
    names_person,
    nominative,
    one_person,
    phrase,
)
from skazal.quotes.scene import CLOSING, DASHES, Scene
from skazal.words import Word

RELATIVE_WORDS = RELATIVE | {"где", "куда", "когда", "чей"}
EMPTY = lexicon.words("empty_subjects")
QUANTITIES = lexicon.words("quantities")
APPROXIMATELY = lexicon.words("approximately")
CLAUSES = frozenset({"VERB", "AUX", "ADJ"})
SHARED = frozenset({"conj", "xcomp", "advcl", "aux", "cop", "ccomp", "parataxis"})
NUMBERED = 4
"""Words from `около` or `более` on among which the noun under a number stands."""
SUBORDINATE = lexicon.words("subordinate")
JOINING = frozenset({"но", "а", "и", "или"})
"""Conjunctions that open a clause behind a comma: a subject that it leaves out does not stand right before them."""


def own_subject(scene: Scene, i: int) -> Source | None:
    """The subject that hangs on verb `i`: the nearest that agrees with it and can speak."""
    word = scene.words[i]
    for child in sorted(word.children, key=lambda child: abs(child - i)):
        noun = scene.words[child]
        if noun.dep not in SUBJECTS or scene.layer[child] != scene.layer[i]:
            continue
        if (counted := _counted(scene, noun)) is not None:
            return counted
        if not nominative(scene, child) or _before_its_noun(scene, child):
            continue
        if child > i and clause_between(scene, i, child):
            continue
        if noun.lemma in RELATIVE:
            return antecedent(scene, i)
        if noun.lemma not in EMPTY and (fits(word, noun) or joint_subjects(scene, child, word)):
            nearer = nearest_nominative(scene, i) if _verb_between(scene, child, i) else None
            nearer = nearer or _past_agency(scene, i, child)
            return nearer or joint_subjects(scene, child, word) or phrase(scene, child, "subject")
    if _active_participle(word):
        return phrase(scene, word.head, "antecedent")
    return _subject_like_object(scene, i)


def _past_agency(scene: Scene, verb: int, i: int) -> Source | None:
    """`сообщил РИА "Новости" министр Лось`: who speaks stands behind the outlet that was told, be it unknown."""
    told, words = scene.named_at[i], scene.words
    if i < verb or told is None or told.entity.type != "ORG":
        return None
    last = scene.sentence(i)[1]
    j = scene.word_range(told.mention.start, told.mention.end)[1]
    j += j < last and words[j].text in CLOSING
    if j >= last or words[j].case != "Nom" or not (one_person(scene, j) or names_person(scene, j)):
        return None
    second = words[j].dep in SUBJECTS and words[j].head == verb
    known = second or words[i].text.isascii() or is_outlet(told.entity.name)
    return phrase(scene, j, "subject") if known else None


def _before_its_noun(scene: Scene, i: int) -> bool:
    """Whether a word is a participle before the noun that is the subject: `поддерживающий мэра депутат`."""
    word = scene.words[i]
    others = (scene.words[j] for j in scene.words[word.head].children if j > i)
    return word.feats.get("VerbForm") == "Part" and any(
        other.dep in SUBJECTS and other.pos in ("NOUN", "PROPN") and other.case == word.case for other in others
    )


def _counted(scene: Scene, noun: Word) -> Source | None:
    """`около ста жителей`, `более тридцати учителей`, `несколько десятков человек`: people under a number, who are in
    the genitive.
    """
    words, head, start = scene.words, noun.i, noun.i
    if noun.norm in APPROXIMATELY:
        head = next((i for i in range(start + 1, min(start + NUMBERED, len(words))) if words[i].pos == "NOUN"), start)
    while start > 0 and words[start - 1].pos in ("NUM", "ADJ"):
        start -= 1
    if start > 0 and words[start - 1].norm in (*APPROXIMATELY, "не"):
        start -= 1
    if words[head].case != "Gen" or not any(words[i].norm in APPROXIMATELY for i in range(start, head)):
        governed = any(words[child].dep == "nummod:gov" for child in noun.children)
        people = noun.feats.get("Animacy") == "Anim" or noun.lemma in QUANTITIES
        return phrase(scene, head, "subject") if governed and people and noun.case == "Gen" else None
    return Source(head, start, phrase(scene, head, "subject").stop, "subject")


def _subject_like_object(scene: Scene, i: int) -> Source | None:
    """`сообщило доверенное лицо`, `заявило министерство`: a subject taken for the accusative that it looks like."""
    word = scene.words[i]
    if word.feats.get("VerbForm") != "Fin" or word.number != "Sing" or word.gender != "Neut":
        return None
    for child in word.children:
        noun = scene.words[child]
        neuter = noun.gender == "Neut" and noun.number == "Sing"
        if noun.dep == "obj" and neuter and scene.layer[child] == scene.layer[i]:
            return phrase(scene, child, "subject") if can_be_source(scene, child) else None
    return None


def joint_subjects(scene: Scene, i: int, verb: Word) -> Source | None:
    """`Иван Кедров и Анна Лис рассказали`: a plural verb with several singular subjects."""
    if verb.number != "Plur" or scene.words[i].number == "Plur":
        return None
    others = [
        child
        for child in scene.words[i].children
        if scene.words[child].dep == "conj" and scene.words[child].pos in NOMINAL
    ]
    if not others:
        return _joint_with_gloss(scene, i)
    first, last = phrase(scene, i, "subjects"), phrase(scene, max(others), "subjects")
    return Source(i, first.start, max(last.stop, first.stop), "subjects")


def _joint_with_gloss(scene: Scene, i: int) -> Source | None:
    """`Олег Рябов (партия «Свет») и Анна Котова сошлись`: two names, the first with something in brackets."""
    words, last = scene.words, phrase(scene, i, "subjects")
    k = last.start - 2
    if k < 1 or words[k + 1].norm != "и" or not names_person(scene, i):
        return None
    if words[k].text == ")":
        k = next((j - 1 for j in range(k, max(k - REACH, 0), -1) if words[j].text == "("), 0)
    named = scene.named_at[k] if names_person(scene, k) else None
    if named is None or words[k].sentence != words[i].sentence:
        return None
    return Source(k, scene.word_range(named.mention.start, named.mention.end)[0], last.stop, "subjects")


def clause_between(scene: Scene, start: int, stop: int) -> bool:
    """Whether a subordinate clause opens between two words: `утверждает, что тема закрыта`."""
    words = scene.words
    return any(words[j].text == "," and words[j + 1].norm in SUBORDINATE for j in range(start, stop))


def _verb_between(scene: Scene, start: int, stop: int) -> bool:
    """Whether a finite verb stands between two words: then the first may not be the subject of the second after all.

    A relative clause between them does not count: `Лось, который ушёл, сказал`.
    """
    low, high = sorted((start, stop))
    between = (scene.words[j] for j in range(low + 1, high))
    return any(word.feats.get("VerbForm") == "Fin" and not _of_relative_clause(scene, word) for word in between)


def _of_relative_clause(scene: Scene, verb: Word) -> bool:
    """Whether a verb is that of a clause with a relative word."""
    return verb.dep == "acl:relcl" and any(scene.words[child].lemma in RELATIVE_WORDS for child in verb.children)


def _active_participle(word: Word) -> bool:
    """`заявивший`, `утверждающая`: its noun is who speaks."""
    feats = word.feats
    return (
        feats.get("VerbForm") == "Part"
        and feats.get("Voice") == "Act"
        and word.dep in ("acl", "amod")
        and word.head != word.i
    )


def fits(verb: Word, noun: Word) -> bool:
    """Whether a noun can be the verb's subject: number, and gender of a past form unless the noun names an office."""
    if verb.number and noun.number and verb.number != noun.number:
        return verb.number == "Plur" and (
            (noun.pos == "PROPN" and may_be_nominative(noun.text)) or noun.lemma in QUANTITIES
        )
    wrong_gender = verb.gender and noun.gender and verb.gender != noun.gender and verb.number == "Sing"
    return not wrong_gender or noun.pos == "PROPN" or (noun.gender == "Masc" and verb.gender == "Fem")


def agrees_in_gender(verb: Word, gender: str | None) -> bool:
    """Whether whoever has a gender (`masc`, `fem`, unknown) can be the subject that a verb leaves out: `сказала` is not
    said of a man.
    """
    return verb.gender not in ("Masc", "Fem") or gender is None or (verb.gender == "Masc") == (gender == "masc")


def antecedent(scene: Scene, i: int) -> Source | None:
    """`чиновник, который заявил`: the noun that the relative clause hangs on, of `слова чиновника` the second."""
    for above in [i, *ancestors(scene, i)]:
        if scene.words[above].dep in ("acl:relcl", "acl") and scene.words[above].head != above:
            head = scene.words[above].head
            issuer = issuer_of(scene, head) if scene.words[head].lemma in UTTERANCES else None
            return phrase(scene, head if issuer is None else issuer, "antecedent")
    return None


def shared_subject(scene: Scene, i: int, depth: int) -> Source | None:
    """The subject of the clause that this one is joined to or hangs on: `вышел и сказал`, `отметил, добавив`, `хотел
    сказать`; none in another layer of speech (`«Я рада», — сказала`).
    """
    word = scene.words[i]
    if _where(scene, i):
        above = next((j for j in ancestors(scene, i) if scene.words[j].pos == "VERB"), None)
        return None if above is None else own_subject(scene, above)
    if not depth or word.head == i or scene.words[word.head].pos not in CLAUSES or word.pos not in CLAUSES:
        return None
    if word.dep not in SHARED and word.feats.get("VerbForm") not in ("Conv", "Inf"):
        return None
    if scene.layer[word.head] != scene.layer[i]:
        return None
    head = scene.words[word.head]
    if word.number and head.number and word.number != head.number and head.feats.get("VerbForm") != "Inf":
        return None
    shared = own_subject(scene, word.head) or shared_subject(scene, word.head, depth - 1)
    return shared if shared is None or fits(word, scene.words[shared.head]) else None


def behind_colon(scene: Scene, i: int) -> Source | None:
    """`Прогноз неясен: мэр назвал его «смелым» и выразил надежду, что …`: the subject of the verb before `и` behind
    the colon or dash, where the tree hangs the second verb on what stands before it.
    """
    words, first = scene.words, scene.sentence(i)[0]
    mark = next((j for j in range(i - 1, first, -1) if words[j].text == ":" or words[j].text in DASHES), None)
    if mark is None or words[i].dep != "conj" or scene.layer[mark] != scene.layer[i]:
        return None
    for j in range(i - 1, mark, -1):
        same = words[j].feats.get("VerbForm") == "Fin" and (words[j].number, words[j].gender) == (
            words[i].number,
            words[i].gender,
        )
        if same and words[j].head <= mark:
            nominative = (k for k in range(mark + 1, j) if words[k].case == "Nom" and words[k].pos in NOMINAL)
            head = next(nominative, None)
            return own_subject(scene, j) or (phrase(scene, head, "subject") if head is not None else None)
    return None


def subject_before(scene: Scene, i: int) -> Source | None:
    """`Тренер вышла к прессе, объявила: «…»`, `Сделка под вопросом – мэр сравнил её с игрой и заявил, что …`: the
    subject of the verb in the same form that this one is joined to, wherever the tree hangs them.
    """
    verb, first = scene.words[i], scene.sentence(i)[0]
    joined = i - 1 if scene.words[i - 1].norm in ("и", "также") else i
    if verb.feats.get("VerbForm") != "Fin" or joined <= first or (joined == i and scene.words[i - 1].text != ","):
        return None
    for j in range(joined - 1, max(first, i - REACH) - 1, -1):
        before = scene.words[j]
        if scene.layer[j] == scene.layer[i] and before.feats.get("VerbForm") == "Fin":
            same = all(before.feats.get(name) == verb.feats.get(name) for name in ("Number", "Gender", "Tense"))
            return own_subject(scene, j) or nearest_nominative(scene, j) if same else None
    return None


def _where(scene: Scene, i: int) -> bool:
    """Whether a verb is that of a relative clause of place or time: `приехал в Орск, где заявил`."""
    children = (scene.words[child] for child in scene.words[i].children)
    return scene.words[i].dep == "acl:relcl" and any(word.lemma in ("где", "куда", "когда") for word in children)


def nearest_nominative(scene: Scene, i: int) -> Source | None:
    """Where the tree gives no subject: the nearest nominative that agrees, to the right of the verb, then to the
    left.
    """
    verb = scene.words[i]
    if verb.feats.get("VerbForm") in ("Conv", "Inf", "Part") or verb.feats.get("Person") in ("1", "2"):
        return None
    first, last = scene.sentence(i)
    for steps in (range(i + 1, min(last, i + REACH)), range(i - 1, max(first, i - REACH) - 1, -1)):
        for j in steps:
            word = scene.words[j]
            if scene.layer[j] != scene.layer[i] or word.text in (";", ":", ".") or (j > i and word.norm in SUBORDINATE):
                break
            if j < i and word.norm in JOINING and scene.words[j - 1].text == ",":
                break
            if j != i and word.pos in ("VERB", "AUX") and word.feats.get("VerbForm") == "Fin":
                break
            named = names_person(scene, j) or word.pos in NOMINAL
            if (
                named
                and word.case == "Nom"
                and word.lemma not in EMPTY
                and fits(verb, word)
                and _personal(scene, j, i)
                and not _dependent(scene, j)
            ):
                return phrase(scene, _top_of_apposition(scene, j, i), "nearest")
    return None


def _dependent(scene: Scene, i: int) -> bool:
    """A name that belongs to a noun in an oblique case: `газеты «Нива»`."""
    word = scene.words[i]
    head = scene.words[word.head]
    return word.dep in ("appos", "flat", "flat:name", "nmod") and head.pos == "NOUN" and head.case not in (None, "Nom")


def _top_of_apposition(scene: Scene, i: int, verb: int) -> int:
    """From a name to the role noun that it stands in apposition to: `глава района Иван Петров`."""
    while scene.words[i].dep in ("flat", "flat:name", "appos") and scene.words[i].head != i:
        above = scene.words[i].head
        if (
            scene.words[above].case != "Nom"
            or above == verb
            or (above < verb) != (i < verb)
            or _inserted(scene, above, i)
        ):
            break
        i = above
    return i


def _inserted(scene: Scene, above: int, i: int) -> bool:
    """Whether word `above` is the source of an insertion before `i`: `Как сообщает «Заря», прораб Иван Лось заявил`."""
    cue = any(site.entry.pos == "VERB" for site in scene.cues_in(above - 2, above))
    return cue and any(scene.words[j].text == "," for j in range(above + 1, i))


def _personal(scene: Scene, i: int, verb: int) -> bool:
    """Whether a noun can speak: a named person or organisation, a role, a personal pronoun, a country right beside
    its verb.
    """
    word = scene.words[i]
    named = scene.named_at[i]
    return (
        (named is not None and (named.entity.type != "LOC" or abs(i - verb) == 1))
        or lexicon.find_role(word.lemma) is not None
        or word.norm in ("он", "она", "они")
    )
