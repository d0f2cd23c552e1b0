"""Whose the words of a cue are: from the cue to the noun phrase that denotes the source.

The tree is asked first (subject, antecedent of a relative clause, issuer of a document), the order of words where
the tree has no answer. Nothing here asks who the phrase denotes in the world; the entities are asked afterwards.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from skazal import lexicon
from skazal.morphology import is_oblique, may_be_nominative, names_body, one_form
from skazal.quotes.cues import CueSite
from skazal.quotes.scene import CLOSING, DASHES, OPENING, Scene
from skazal.words import Word

NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "X"})
SUBJECTS = frozenset({"nsubj", "nsubj:pass"})
PHRASE = frozenset(
    "amod det nmod nummod nummod:gov nummod:entity flat flat:name flat:foreign appos compound fixed case conj cc "
    "punct".split()
)
PERSONS = frozenset({"office", "profession", "person", "kin", "member", "source"})
"""Kinds of role nouns that denote one person."""
RELATIVE = frozenset({"который", "кто", "что"})
RELATIVE_WORDS = RELATIVE | {"где", "куда", "когда", "чей"}
EMPTY = lexicon.words("empty_subjects")
QUANTITIES, APPROXIMATELY = lexicon.words("quantities"), lexicon.words("approximately")
CLAUSES = frozenset({"VERB", "AUX", "ADJ"})
SHARED = frozenset({"conj", "xcomp", "advcl", "aux", "cop", "ccomp", "parataxis"})
REPORTED_IN = frozenset({"в", "во", "на"})
OCCASIONS, TIMES = lexicon.words("occasions"), lexicon.words("times")
INFORMATION = lexicon.words("information")
PASSING_ON, UTTERANCES = lexicon.words("passing_on"), lexicon.words("utterances")
PAGES, OF_OUTLETS = lexicon.words("pages"), lexicon.words("of_outlets")
DEPTH = 5
"""Steps up the tree on the way to a subject that an inner clause leaves out."""
MARKED = '«»"„“”'
NUMBERED = 4
"""Words from `около` or `более` on among which the noun under a number stands."""
REACH = 14
"""Words to either side of a cue within which its source is looked for where the tree has no subject."""


@dataclass(frozen=True, slots=True)
class Source:
    """A noun phrase that denotes a source: words `start` to `stop` (exclusive), its head word, and how it was found."""

    head: int
    start: int
    stop: int
    by: str


def source_of(scene: Scene, site: CueSite) -> Source | None:
    """The phrase in the cue's own sentence that says whose words these are; None when there is none (a dropped
    subject).
    """
    if site.entry.pos == "PREP":
        return _after_preposition(scene, site)
    if site.entry.pos == "NOUN":
        return _of_noun(scene, site.word) or _crier(scene, site.word) or _lying_there(scene, site.word)
    if site.entry.pos == "PRED" and site.entry.lemma.endswith("о"):
        return _in_document(scene, site.word)
    found = of_verb(scene, site.word)
    return (_speaker_of_words(scene, found) or found) if found else None


def _speaker_of_words(scene: Scene, source: Source) -> Source | None:
    """`Ответ Рябова был краток`, `Слова мэра звучат так`: who spoke the words that a phrase denotes."""
    cue, noun = scene.cue_at[source.head], scene.words[source.head]
    words = cue is not None and cue.entry.pos == "NOUN" and source.by == "subject" and not _is_document(noun)
    return _of_noun(scene, source.head) if words and lexicon.find_role(noun.lemma) is None else None


def of_verb(scene: Scene, i: int) -> Source | None:
    """The source of a verb or predicative at word `i`."""
    if passive(scene.words[i]):
        return _reference(scene, i) or _in_document(scene, i)
    return (
        _reference(scene, i)
        or _owner_of_words(scene, i)
        or _outlet_behind(scene, i)
        or _own_subject(scene, i)
        or _collective_place(scene, i)
        or _behind_colon(scene, i)
        or (_shared_subject(scene, i, 1) if scene.words[i].dep == "conj" else None)
        or _nearest_nominative(scene, i)
        or _subject_before(scene, i)
        or _shared_subject(scene, i, DEPTH)
        or _some_place(scene, i)
    )


def relay_of(scene: Scene, i: int) -> Source | None:
    """Who passes on what verb `i` reports: `передаёт ТАСС со ссылкой на мэрию`, `приводит слова врача газета`; None
    if nobody.
    """
    if _reference(scene, i) is None and _owner_of_words(scene, i) is None:
        return None
    return _own_subject(scene, i) or _nearest_nominative(scene, i)


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


def can_be_source(scene: Scene, i: int) -> bool:
    """Whether a noun names or describes somebody, not a thing that was referred to (`со ссылкой на звонок`)."""
    named = scene.named_at[i]
    lemma = scene.words[i].lemma
    told = lexicon.find_role(lemma) is not None or lemma in INFORMATION
    return told or named is not None or scene.words[i].pos == "PROPN"


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


def _own_subject(scene: Scene, i: int) -> Source | None:
    word = scene.words[i]
    for child in sorted(word.children, key=lambda child: abs(child - i)):
        noun = scene.words[child]
        if noun.dep not in SUBJECTS or scene.layer[child] != scene.layer[i]:
            continue
        if (counted := _counted(scene, noun)) is not None:
            return counted
        if not _nominative(scene, child) or _before_its_noun(scene, child):
            continue
        if child > i and _clause_between(scene, i, child):
            continue
        if noun.lemma in RELATIVE:
            return _antecedent(scene, i)
        if noun.lemma not in EMPTY and (fits(word, noun) or joint_subjects(scene, child, word)):
            nearer = _nearest_nominative(scene, i) if _verb_between(scene, child, i) else None
            nearer = nearer or _past_agency(scene, i, child)
            return nearer or joint_subjects(scene, child, word) or phrase(scene, child, "subject")
    if _active_participle(word):
        return phrase(scene, word.head, "antecedent")
    return _subject_like_object(scene, i)


def _nominative(scene: Scene, i: int) -> bool:
    """Whether a word is in the nominative, or in the form in which its person's name is given, or has one form for
    all cases.
    """
    word, named = scene.words[i], scene.named_at[i]
    if word.case == "Nom":
        return not is_oblique(word.text)
    if word.case is None or one_form(word.text):
        return True
    return named is not None and _names_person(scene, i) and word.norm in lexicon.fold(named.entity.name).split()


def _past_agency(scene: Scene, verb: int, i: int) -> Source | None:
    """`сообщил РИА "Новости" министр Лось`: who speaks stands behind the agency that was told."""
    told, words = scene.named_at[i], scene.words
    if i < verb or told is None or not _is_outlet(told.entity.name):
        return None
    last = scene.sentence(i)[1]
    j = scene.word_range(told.mention.start, told.mention.end)[1]
    j += j < last and words[j].text in CLOSING
    speaks = j < last and words[j].case == "Nom" and (_one_person(scene, j) or _names_person(scene, j))
    return phrase(scene, j, "subject") if speaks else None


def _is_outlet(name: str) -> bool:
    """Whether a name, with marks or without, is that of an outlet: `РИА «Новости»`."""
    return lexicon.fold("".join(mark for mark in name if mark not in MARKED)) in lexicon.outlets()


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
    if k < 1 or words[k + 1].norm != "и" or not _names_person(scene, i):
        return None
    if words[k].text == ")":
        k = next((j - 1 for j in range(k, max(k - REACH, 0), -1) if words[j].text == "("), 0)
    named = scene.named_at[k] if _names_person(scene, k) else None
    if named is None or words[k].sentence != words[i].sentence:
        return None
    return Source(k, scene.word_range(named.mention.start, named.mention.end)[0], last.stop, "subjects")


def _clause_between(scene: Scene, start: int, stop: int) -> bool:
    """Whether a subordinate clause opens between two words: `утверждает, что тема закрыта`."""
    words = scene.words
    return any(words[j].text == "," and words[j + 1].norm in SUBORDINATE for j in range(start, stop))


SUBORDINATE = lexicon.words("subordinate")


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


def _antecedent(scene: Scene, i: int) -> Source | None:
    """`чиновник, который заявил`: the noun that the relative clause hangs on, of `слова чиновника` the second."""
    for above in [i, *_above(scene, i)]:
        if scene.words[above].dep in ("acl:relcl", "acl") and scene.words[above].head != above:
            head = scene.words[above].head
            issuer = _issuer(scene, head) if scene.words[head].lemma in UTTERANCES else None
            return phrase(scene, head if issuer is None else issuer, "antecedent")
    return None


def _above(scene: Scene, i: int) -> Iterator[int]:
    for _ in range(DEPTH):
        if scene.words[i].head == i:
            return
        i = scene.words[i].head
        yield i


def _shared_subject(scene: Scene, i: int, depth: int) -> Source | None:
    """The subject of the clause that this one is joined to or hangs on: `вышел и сказал`, `отметил, добавив`, `хотел
    сказать`.
    """
    word = scene.words[i]
    if _where(scene, i):
        above = next((j for j in _above(scene, i) if scene.words[j].pos == "VERB"), None)
        return None if above is None else _own_subject(scene, above)
    if not depth or word.head == i or scene.words[word.head].pos not in CLAUSES or word.pos not in CLAUSES:
        return None
    if word.dep not in SHARED and word.feats.get("VerbForm") not in ("Conv", "Inf"):
        return None
    head = scene.words[word.head]
    if word.number and head.number and word.number != head.number and head.feats.get("VerbForm") != "Inf":
        return None
    shared = _own_subject(scene, word.head) or _shared_subject(scene, word.head, depth - 1)
    return shared if shared is None or fits(word, scene.words[shared.head]) else None


def _behind_colon(scene: Scene, i: int) -> Source | None:
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
            return _own_subject(scene, j) or (phrase(scene, head, "subject") if head is not None else None)
    return None


def _subject_before(scene: Scene, i: int) -> Source | None:
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
            return _own_subject(scene, j) or _nearest_nominative(scene, j) if same else None
    return None


def _where(scene: Scene, i: int) -> bool:
    """Whether a verb is that of a relative clause of place or time: `приехал в Орск, где заявил`."""
    children = (scene.words[child] for child in scene.words[i].children)
    return scene.words[i].dep == "acl:relcl" and any(word.lemma in ("где", "куда", "когда") for word in children)


def passive(word: Word) -> bool:
    """`говорится`, `сообщается`, `сказано`, `отмечено`: a verb that leaves its source to a document or a place."""
    if word.pos == "VERB" and word.norm.endswith(("ется", "ится", "лось", "ются", "ятся")):
        return (
            word.number != "Plur"
            and (word.norm.endswith("лось") or word.norm.endswith(("ется", "ится")))
            and word.lemma in IMPERSONAL
        )
    return word.feats.get("Variant") == "Short" and word.norm.endswith("о") and word.feats.get("VerbForm") == "Part"


IMPERSONAL = lexicon.words("impersonal")


def _in_document(scene: Scene, i: int) -> Source | None:
    """`говорится в заявлении компании`, `сообщается на сайте завода`, `справку, в которой сказано`."""
    for place in _places(scene, i):
        if scene.words[place].lemma in OCCASIONS:
            continue
        if scene.words[place].lemma in RELATIVE:
            return _antecedent(scene, i)
        for child in scene.words[place].children:
            if scene.words[child].norm in POSSESSIVE and _is_document(scene.words[place]):
                return Source(child, child, child + 1, "possessive")
        issuer = None if scene.words[place].lemma in PAGES else _issuer(scene, place)
        return phrase(scene, place if issuer is None else issuer, "place" if issuer is None else "issuer")
    return None


def _collective_place(scene: Scene, i: int) -> Source | None:
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
    if not _is_outlet(told.entity.name) or own or start <= source.head:
        return source
    return replace(source, stop=start - (words[start - 1].text in OPENING))


def _some_place(scene: Scene, i: int) -> Source | None:
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
    if _clause_between(scene, verb, place):
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


def _issuer(scene: Scene, i: int) -> int | None:
    """`в заявлении компании` has `компании`: the genitive behind a document's name."""
    role = lexicon.find_role(scene.words[i].lemma)
    if (role is not None and role.kind == "org") or scene.named_at[i]:
        return None
    for child in scene.words[i].children:
        noun = scene.words[child]
        linked = noun.dep in ("nmod", "appos", "flat", "flat:name") and noun.pos in NOMINAL
        if child > i and linked and noun.case in ("Gen", None) and not _has_preposition(scene, child):
            issues = can_be_source(scene, child) or noun.pos == "PRON" or noun.text.isupper()
            return child if issues or not _is_document(scene.words[i]) else None
    return None


def _has_preposition(scene: Scene, i: int) -> bool:
    return any(scene.words[child].dep == "case" for child in scene.words[i].children)


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


def _owner_of_words(scene: Scene, i: int) -> Source | None:
    """`приводит слова Иванова агентство`: the genitive speaks, the subject relays."""
    if scene.words[i].lemma not in PASSING_ON:
        return None
    for child in scene.words[i].children:
        noun = scene.words[child]
        if (noun.lemma in UTTERANCES or _is_document(noun)) and noun.dep in ("obj", "nsubj"):
            return _of_noun(scene, child)
        cited = noun.pos in NOMINAL and noun.case in ("Acc", "Gen") and not _has_preposition(scene, child)
        if cited and scene.words[i].lemma.endswith("цитировать"):
            return phrase(scene, child, "quoted")
    person = _beside_outlet(scene, i) if scene.words[i].lemma.endswith("цитировать") else None
    return phrase(scene, person, "quoted") if person is not None else None


def _beside_outlet(scene: Scene, i: int) -> int | None:
    """The person in `цитирует РИА Новости Лю Вэня`, whatever case the tags give a foreign name."""
    last = min(scene.sentence(i)[1], i + REACH)
    persons = [j for j in range(i + 1, last) if _names_person(scene, j)]
    outlets = [j for j in range(i + 1, last) if (named := scene.named_at[j]) and named.entity.type == "ORG"]
    return persons[0] if persons and outlets else None


def _of_noun(scene: Scene, i: int) -> Source | None:
    """`слова Петровой`, `его ответ`, `заявление компании`, `строки из письма Петровой`."""
    words = scene.words
    for child in words[i].children:
        if words[child].norm in POSSESSIVE:
            return Source(child, child, child + 1, "possessive")
    issuer = _issuer(scene, i)
    if issuer is not None and _may_speak(scene, issuer):
        return phrase(scene, issuer, "genitive")
    agent = _agent(scene, i)
    if agent is not None:
        return phrase(scene, agent, "agent")
    for child in words[i].children:
        if words[child].case == "Gen" and any(words[j].norm == "из" for j in words[child].children):
            return _of_noun(scene, child)
    following = i + 1
    if following < len(words) and words[following].case == "Gen" and words[following].pos in (*NOMINAL, "ADJ"):
        head = following
        while words[head].pos == "ADJ" and head + 1 < len(words):
            head += 1
        return phrase(scene, head, "genitive")
    return None


def _may_speak(scene: Scene, i: int) -> bool:
    """Whether a noun in the genitive is somebody: not a thing, as in `сравнение этой ситуации`."""
    return can_be_source(scene, i) or scene.words[i].feats.get("Animacy") != "Inan"


POSSESSIVE = lexicon.words("possessive")
OUTCRIES = lexicon.words("outcries")


def _crier(scene: Scene, i: int) -> Source | None:
    """`Колонна прошла под лозунгом «…»`, `встретили команду криками «…»`: the subject of the verb."""
    words = scene.words
    if words[i].lemma not in OUTCRIES or words[i].case != "Ins" or words[i].head == i:
        return None
    verb = next((above for above in _above(scene, i) if words[above].pos == "VERB"), None)
    crier = _own_subject(scene, verb) or _shared_subject(scene, verb, 1) if verb is not None else None
    if crier is None or not crier.start <= i < crier.stop:
        return crier
    return replace(crier, stop=max(crier.head + 1, i - 1))


def _lying_there(scene: Scene, i: int) -> Source | None:
    """`На столе лежала записка: «…»`: a document of nobody in particular, as the subject right before the colon."""
    words = scene.words
    if i + 1 >= len(words) or words[i + 1].text != ":" or words[i].case != "Nom":
        return None
    return phrase(scene, i, "document") if words[i].dep in (*SUBJECTS, "root") and _is_document(words[i]) else None


def _agent(scene: Scene, i: int) -> int | None:
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
        if instrumental and not _has_preposition(scene, agent) and can_be_source(scene, agent):
            return agent
    return None


def by_whom(scene: Scene, i: int) -> Source | None:
    """`советом` of `Решение было принято советом`: the agent of a passive whose verb or auxiliary is word `i`."""
    participle = scene.words[i].head if scene.words[i].pos == "AUX" else i
    agent = _agent_of(scene, participle)
    return None if agent is None else phrase(scene, agent, "agent")


def _after_preposition(scene: Scene, site: CueSite) -> Source | None:
    """`по словам X`, `по его мнению`, `согласно данным X`, `со ссылкой на X`."""
    words = scene.words
    for i in range(site.start, site.stop):
        if words[i].norm in POSSESSIVE:
            return Source(i, i, i + 1, "possessive")
    if (
        words[site.stop - 1].pos == "NOUN"
        and _is_document(words[site.stop - 1])
        and site.entry.words[0] not in ("по", "со")
    ):
        issuer = _issuer(scene, site.stop - 1)
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
    if _is_document(words[i]) or words[i].lemma in INFORMATION:
        issuer = _issuer(scene, i)
        if issuer is not None:
            return phrase(scene, issuer, "issuer")
    found = phrase(scene, i, "genitive")
    return (
        _of_described(scene, site, i)
        if words[i].lemma in RELATIVE
        else Source(
            found.head, found.start, _name_further_on(scene, i, found.start, found.stop, frozenset({"Gen"})), "genitive"
        )
    )


def _of_described(scene: Scene, site: CueSite, relative: int) -> Source | None:
    """`Лось дал прогноз, согласно которому …`: who has given what the relative clause is about."""
    words = scene.words
    noun = next((i for i in range(site.start - 2, site.start - REACH, -1) if i >= 0 and words[i].pos == "NOUN"), None)
    cue = scene.cue_at[noun] if noun is not None else None
    if noun is None or cue is None or words[noun].sentence != words[relative].sentence:
        return None
    verb = next((i for i in _above(scene, noun) if words[i].feats.get("VerbForm") == "Fin"), None)
    giver = _of_noun(scene, noun)
    return giver or (_own_subject(scene, verb) if verb is not None and words[noun].dep not in SUBJECTS else None)


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


def _is_document(word: Word) -> bool:
    role = lexicon.find_role(word.lemma)
    return role is not None and role.kind == "document"


BESIDE = 3
"""Words from a place to its verb between which only a pronoun or an adverb may stand."""
JOINING = frozenset({"но", "а", "и", "или"})
"""Conjunctions that open a clause behind a comma: a subject that it leaves out does not stand right before them."""
PAIRS = {"(": ")", "«": "»", "„": "“", "“": "”", '"': '"'}
"""Marks and brackets that a name of a company or a gloss stands in."""
BETWEEN = frozenset({"NOUN", "PROPN", "ADJ", "ADP", "CCONJ", "NUM", "DET", "ADV", "PUNCT"})
CLOSE_TO = frozenset({"близкий", "знакомый", "приближенный", "осведомленный"})
ENDS = frozenset({";", ":", ".", "!", "?", "…", "(", ")"})
CUT = frozenset({",", ";", ":", "(", ")", ".", "!", "?", "…", *DASHES})


def _nearest_nominative(scene: Scene, i: int) -> Source | None:
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
            named = _names_person(scene, j) or word.pos in NOMINAL
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


def phrase(scene: Scene, head: int, by: str) -> Source:
    """The noun phrase around its head: modifiers, genitives, names, what somebody is in charge of (`заведующая
    аптекой`); no relative clause, no preposition before it."""
    members = {head}
    stack = [head]
    while stack:
        i = stack.pop()
        for child in scene.words[i].children:
            if scene.layer[child] == scene.layer[head] and _belongs(scene, head, i, child):
                members.add(child)
                stack.append(child)
    start = head
    while start - 1 in members and scene.words[start - 1].text not in CUT:
        start -= 1
    stop = head + 1
    while stop in members and (scene.words[stop].text not in CUT or scene.words[stop].dep == "fixed"):
        stop += 1
    start, stop = _whole_names(scene, start, stop)
    return Source(head, start, _close_to(scene, head, _name_further_on(scene, head, start, stop)), by)


def _close_to(scene: Scene, head: int, stop: int) -> int:
    """The end of what says which source it is: `источник, близкий к администрации,`."""
    words, role = scene.words, lexicon.find_role(scene.words[head].lemma)
    if role is None or role.kind != "source" or stop + 1 >= len(words) or words[stop].text != ",":
        return stop
    if words[stop + 1].lemma not in CLOSE_TO or words[stop + 1].number != words[head].number:
        return stop
    last = min(scene.sentence(head)[1], stop + REACH)
    return next((i for i in range(stop + 2, last) if words[i].text in CUT), stop)


def _name_further_on(
    scene: Scene, head: int, start: int, stop: int, cases: frozenset[str] = frozenset({"Nom", "Acc", "Ins", "Dat"})
) -> int:
    """The end of a name that follows its role behind commas: `глава комитета по вопросам семьи, женщин и детей Елена
    Мизина`, `автор закона, депутат Иван Петров`. The name has the case of the role, one of `cases`; no verb stands
    between."""
    words = scene.words
    if not _one_person(scene, head) or any(_names_person(scene, i) for i in range(start, stop)):
        return stop
    last = min(scene.sentence(head)[1], stop + REACH)
    skipped = stop
    for i in range(stop, last):
        if words[i].text in PAIRS:
            skipped = max(skipped, _closing(scene, i, last) + 1)
        if i < skipped:
            continue
        if _names_person(scene, i) and words[i].case in cases and _same_case(words[head], words[i]):
            return _whole_names(scene, start, i + 1)[1]
        if (
            (words[i].pos not in BETWEEN and words[i].feats.get("VerbForm") != "Part")
            or words[i].text in ENDS
            or scene.layer[i] != scene.layer[head]
        ):
            break
    return stop


def _closing(scene: Scene, i: int, last: int) -> int:
    """The mark or bracket that closes the one at word `i`, or `i` when none does."""
    closing = PAIRS[scene.words[i].text]
    return next((j for j in range(i + 1, last) if scene.words[j].text == closing), i)


def _one_person(scene: Scene, i: int) -> bool:
    """Whether a noun denotes one person: a role, or `один из зрителей`."""
    word = scene.words[i]
    if is_one_of(scene, i):
        return word.number != "Plur"
    if word.pos == "ADJ" and word.dep in SUBJECTS and word.number == "Sing":
        return scene.words[i + 1 : i + 2] != [] and scene.words[i + 1].text == ","
    role = lexicon.find_role(word.lemma)
    return word.pos == "NOUN" and role is not None and role.kind in PERSONS and word.number != "Plur"


def speaks_alone(scene: Scene, source: Source) -> bool:
    """Whether a source in the nominative is one person: a name, a role, `он`."""
    named = any(_names_person(scene, i) and _nominative(scene, i) for i in range(source.start, source.stop))
    return named or _one_person(scene, source.head) or scene.words[source.head].norm in ("он", "она")


def is_one_of(scene: Scene, i: int) -> bool:
    """`один из …`."""
    return scene.words[i].lemma == "один" and i + 1 < len(scene.words) and scene.words[i + 1].norm == "из"


def _same_case(role: Word, name: Word) -> bool:
    """Whether a name can stand in apposition to a role; the accusative of animate nouns looks like the genitive."""
    return name.case == role.case or (name.case == "Acc" and role.case == "Gen")


def _names_person(scene: Scene, i: int) -> bool:
    named = scene.named_at[i]
    return named is not None and named.entity.type == "PER" and named.mention.kind == "name"


def _belongs(scene: Scene, head: int, parent: int, child: int) -> bool:
    word = scene.words[child]
    in_charge = parent == head and child == head + 1 and word.case == "Ins" and word.pos in NOMINAL
    if word.dep not in PHRASE and not word.dep.startswith("nummod") and not in_charge:
        return False
    if parent == head and word.dep in ("case", "cc", "conj"):
        return False
    if word.dep in ("appos", "nmod") and word.case == "Nom" and word.pos == "NOUN" and scene.words[head].case == "Acc":
        return False
    return word.dep != "punct" or word.text in OPENING or word.text in CLOSING


def _whole_names(scene: Scene, start: int, stop: int) -> tuple[int, int]:
    """Let a phrase that cuts through a name hold all of it, and close the marks that it opens."""
    words = scene.words
    named = scene.named_at[stop - 1]
    while named and stop < len(words) and scene.named_at[stop] == named:
        stop += 1
    named = scene.named_at[start]
    while named and start > 0 and scene.named_at[start - 1] == named and named.mention.kind == "name":
        start -= 1
    opened = sum(words[i].text == "«" for i in range(start, stop)) - sum(
        words[i].text == "»" for i in range(start, stop)
    )
    if opened > 0 and stop < len(words) and words[stop].text == "»":
        stop += 1
    if opened < 0 and words[stop - 1].text == "»":
        stop -= 1
    return start, stop
